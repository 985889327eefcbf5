"""Briefings with made-up records: every state of one, its forms, and the audiences in the settings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.desk import briefing_text
from bot.desk.audiences import AudiencePage
from bot.desk.briefing_cards import BriefingCard, BriefingList, Failed, ToChange
from bot.desk.briefing_posting import ByHand, Post
from bot.desk.briefing_steps import TRANSITIONS, Places
from bot.desk.briefing_text import Content, Link
from bot.desk.briefings import Details, Offers, ReplacesAnother
from bot.desk.messages import Sentence
from handlers.views import audiences, briefing_forms, briefings, messages
from handlers.views.samples.records import NOW, Typed, related
from handlers.views.words import Drawn
from storage.audiences import Audience
from storage.briefings import Briefing, BriefingStatus
from storage.calendar import CalendarDate, DateKind
from storage.people import Role
from storage.signoffs import SignatureState
from storage.subjects import Subject, SubjectKind

_SIGNATURES: dict[BriefingStatus, tuple[tuple[SignatureState, ...], ...]] = {
    BriefingStatus.DRAFT: ((),),
    BriefingStatus.IN_SIGNOFF: (
        (SignatureState.ASKED,),
        (SignatureState.APPROVED,),
        (SignatureState.CHANGES_ASKED,),
        (SignatureState.PASSED, SignatureState.OVERRIDDEN),
    ),
    BriefingStatus.POSTED: ((SignatureState.APPROVED,),),
    BriefingStatus.WITHDRAWN: ((SignatureState.ASKED,),),
}


def meeting(typed: Typed, number: int = 3) -> CalendarDate:
    return CalendarDate(
        id=number, kind=DateKind.BOARD_MEETING, title=typed.outlet, starts_at=NOW, ends_at=NOW + timedelta(hours=2)
    )


def briefing(typed: Typed, status: BriefingStatus, *, number: int = 2, late: bool = False) -> Briefing:
    return related(
        Briefing(
            id=number,
            number=number,
            meeting_id=3,
            status=status,
            owner_id=1,
            chair_id=4,
            lines_to_take=typed.text,
            post_at=NOW + timedelta(days=1) if status is not BriefingStatus.DRAFT or late else None,
            hour_passed=late,
            replaces_id=None,
            started_at=NOW,
            posted_at=NOW if status is BriefingStatus.POSTED else None,
            withdrawn_because=typed.text[:1000],
        ),
        meeting=meeting(typed),
        owner=typed.person(1, Role.PRESS_OFFICER),
        chair=typed.person(4, Role.CHAIR),
    )


def audience(typed: Typed, number: int, size: int) -> Audience:
    persons = tuple(typed.person(400 + one, in_slack=one % 2 > 0) for one in range(size))
    return Audience(number, f"{number} {typed.name}"[:75], tuple(f"C{one:08}" for one in range(size)), persons)


def briefing_card(
    typed: Typed, status: BriefingStatus, *states: SignatureState, size: int = 1, late: bool = False
) -> BriefingCard:
    one = briefing(typed, status, late=late)
    standing = typed.standing(*states, in_slack=size == 1)
    acts = {act for (from_, act) in TRANSITIONS if from_ is status}
    if standing.missing:
        acts |= {Act.RECORD_REPLY, Act.OVERRIDE_SIGNATURE}
    persons = audience(typed, 1, size).people
    return BriefingCard(
        one,
        standing,
        Content(_messages(typed), (Link(typed.name, "https://board.example/agenda.pdf"),)),
        tuple(audience(typed, number, size) for number in range(size)),
        Places(
            tuple(f"C{place:08}" for place in range(size)),
            persons,
            *((persons if size > 1 else (),) * 3),
        ),
        frozenset(acts if standing.is_signed else acts - {Act.POST_BRIEFING}),
        briefing(typed, BriefingStatus.POSTED, number=1) if size > 1 else None,
        briefing(typed, BriefingStatus.POSTED if late else BriefingStatus.DRAFT, number=9) if size > 1 else None,
        tuple(Failed(f"C{place:08}" if place % 2 else None, typed.name, "it is archived") for place in range(size - 1)),
    )


def _messages(typed: Typed) -> tuple[str, ...]:
    """Seven that are as long as one post takes: longer ones are refused before a form shows them again."""
    return (text_that_fits(typed)[: briefing_text.ROOM // 8],) * 7


def text_that_fits(typed: Typed) -> str:
    """As much as may be posted at once."""
    text = f"{typed.draft_text or typed.text}\n\nPapers\nAgenda: https://board.example/agenda.pdf"
    while briefing_text.size(text) > briefing_text.ROOM:
        text = text[: len(text) * 9 // 10]
    return text


def briefing_views(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    for replaced_on in (None, NOW.date()):
        yield f"a briefing, posted, replaced {replaced_on}", briefings.post(Post(text_that_fits(typed), replaced_on))
    outside = tuple(typed.person(one, in_slack=False) for one in range(25))
    yield "a briefing by hand", briefings.by_hand(ByHand(2, "BRF-2", text_that_fits(typed), outside))
    cards = []
    for status, size, late in product(BriefingStatus, (1, 12), (False, True)):
        for states in _SIGNATURES[status]:
            shown = briefing_card(typed, status, *states, size=size, late=late)
            cards.append(shown)
            name = f"briefing, {status} {size} {late} {states}"
            yield name, briefings.card(shown)
            yield f"{name}, page", briefings.read_page(shown)
            yield f"{name}, preview", briefing_forms.preview(shown, ("Long words.",) * 4 if late else ())
    for shown in cards[:2]:
        offered = tuple(audience(typed, number, 1) for number in range(60))
        yield "change briefing", briefing_forms.change_form(ToChange(shown, offered))
        chairs = tuple(typed.person(number, Role.CHAIR) for number in range(1, 4))
        yield "change briefing, another chair", briefing_forms.change_form(ToChange(shown, offered, chairs))
        yield "briefing without a chair", briefings.card(replace(shown, needs_chair=True))
        yield "adopt in briefing", briefing_forms.change_form(ToChange(cards[-1], offered), typed.text)
        yield "posting time", briefing_forms.time_form(shown)
        yield "withdraw briefing", briefing_forms.withdraw_form(shown)
    offers = Offers(
        tuple(meeting(typed, number) for number in range(30)),
        (NOW.date(),) * 30,
        tuple(audience(typed, number, 1) for number in range(60)),
        (typed.person(4, Role.CHAIR),),
        3,
        NOW,
    )
    yield "new briefing", briefing_forms.new_form(offers)
    details = Details(3, _messages(typed), typed.text, (1, 2), NOW, typed.text, 4)
    for status in (BriefingStatus.IN_SIGNOFF, BriefingStatus.POSTED):
        replaces = ReplacesAnother(briefing(typed, status))
        yield f"second briefing, {status}", briefing_forms.new_form(offers, details, replaces)
    for number, may_start in product((0, 20), (True, False)):
        found = tuple((cards[place % len(cards)].briefing, place % 2 > 0) for place in range(number))
        yield f"briefings, {number}", briefings.listed(BriefingList(found, may_start))
    for more in ({"post_now": 2, "post_time": 2}, {"post_again": 2}, {"draft_of": 2}):
        said = Sentence(f"BRF-2 of {typed.name}.", None, {}, None, Subject(SubjectKind.BRIEFING, 2), dict(more))
        yield f"sentence of a briefing, {sorted(more)}", messages.sentence(said)
    about, then = Subject(SubjectKind.BRIEFING, 2), {"settled": NOW}
    became = Sentence(f"BRF-2 of {typed.name}.", None, then, None, about, {}, settled="BRF-2 was posted {settled}.")
    yield "sentence of a briefing, settled", messages.sentence(became)
    yield from audience_views(typed)


def audience_views(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    for number in (0, 1, 60):
        found = tuple(audience(typed, one, min(number, 9)) for one in range(number))
        everyone = tuple(typed.person(500 + one) for one in range(number * 4))
        yield f"choose audience, {number}", audiences.choose_form(AudiencePage(found, None, everyone))
        for chosen in (None, *found[:1]):
            yield f"audience form, {number}", audiences.form(AudiencePage(found, chosen, everyone))
