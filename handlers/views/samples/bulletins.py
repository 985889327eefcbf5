"""The e-bulletin with made-up records: as the owner, whoever is asked, and whoever stands in for them see it."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from bot.core.deadlines import Band
from bot.core.permissions import Act
from bot.desk.bulletin_cards import Bulletins, Collected, ShownBulletin
from bot.desk.bulletins import ASKED_BY_DEFAULT, ToCall
from handlers.views import bulletins
from handlers.views.samples.records import NOW, Shown, Typed
from storage.bulletins import Bulletin, BulletinItem, Contributor, ContributorState
from storage.database import relate
from storage.people import Role
from storage.signoffs import HeardBy

_OF_OFFICE = frozenset({Act.ADD_ITEM, Act.RECORD_ITEM, Act.TAKE_ITEM_OUT, Act.COLLECT_ITEMS})
_OF_ASKED = frozenset({Act.ADD_ITEM, Act.NOTHING_TO_ADD})


def bulletin(typed: Typed, *, is_over: bool = False) -> Bulletin:
    found = Bulletin(
        id=4,
        title=typed.outlet[:75],
        deadline=NOW + timedelta(days=-1 if is_over else 3),
        owner_id=1,
        called_at=NOW,
        roles=[],
        gathered_at=NOW if is_over else None,
        ended_at=NOW if is_over else None,
    )
    relate(found, owner=typed.person(1, Role.PRESS_OFFICER))
    return found


def items(typed: Typed, number: int) -> tuple[BulletinItem, ...]:
    found = []
    for place in range(number):
        item = BulletinItem(
            id=place,
            bulletin_id=4,
            headline=typed.text[:150],
            text=typed.text[:3000],
            link=f"https://northbrook.example/{place}",
            news_until=date(2026, 12, 24) if place % 2 else None,
            given_by_id=5,
            given_at=NOW,
            recorded_by_id=1 if place % 3 == 0 else None,
            heard_by=HeardBy.EMAIL if place % 3 == 0 else None,
        )
        relate(item, given_by=typed.person(5))
        found.append(item)
    return tuple(found)


def contributors(typed: Typed, number: int) -> tuple[Contributor, ...]:
    found = []
    for place in range(number):
        state = list(ContributorState)[place % 3]
        row = Contributor(id=place, bulletin_id=4, person_id=100 + place, state=state)
        relate(row, person=typed.person(100 + place, in_slack=place % 2 > 0))
        found.append(row)
    return tuple(found)


def shown_bulletin(
    typed: Typed, number: int, *, is_over: bool = False, own: Contributor | None = None
) -> ShownBulletin:
    return ShownBulletin(
        bulletin=bulletin(typed, is_over=is_over),
        items=items(typed, number),
        asked=contributors(typed, 6 * number),
        own=own,
        reader=typed.person(101),
        acts=_OF_ASKED if own else _OF_OFFICE,
        band=Band.UNKNOWN if is_over else Band.SOON,
        email=f"We are putting together the {typed.outlet[:75]}." * 5,
    )


def views_of_bulletins(typed: Typed) -> Iterator[Shown]:
    for number, is_over in product((0, 1, 25), (False, True)):
        office = shown_bulletin(typed, number, is_over=is_over)
        yield f"bulletin card, {number} {is_over}", bulletins.card(office)
        yield f"what came in, {number} {is_over}", bulletins.page(office)
        yield f"text to copy, {number} {is_over}", bulletins.text_page(office)
        yield f"bulletins, {number} {is_over}", bulletins.listed(Bulletins((office,) * 3, may_call=True))
        if office.asked:
            yield f"record item form, {number}", bulletins.record_form(office)
        for own in contributors(typed, 3):
            asked = shown_bulletin(typed, number, is_over=is_over, own=own)
            yield f"bulletin request, {own.state} {number} {is_over}", bulletins.request(asked)
            yield f"own bulletin, {own.state} {number}", bulletins.listed(Bulletins((asked,), may_call=False))
            yield "add item form", bulletins.add_form(asked)
    nobody = shown_bulletin(typed, 1)
    yield "bulletin request, with somebody else", bulletins.request(nobody)
    yield "no bulletins", bulletins.listed(Bulletins((), may_call=True))
    yield "call form", bulletins.call_form(ToCall(typed.outlet[:75], NOW, ASKED_BY_DEFAULT))
    yield "file on its way", bulletins.on_its_way()
    yield "bulletin file", bulletins.beside(Collected(typed.outlet[:75], items(typed, 3), typed.name, NOW, NOW.date()))
