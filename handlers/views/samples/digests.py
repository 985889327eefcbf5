"""Digests of one's own: those on offer, their settings, and what is said when one was asked for."""

from collections.abc import Iterator
from datetime import time

from bot.core.digests import ShownDigest, ShownEntry, ShownSection
from bot.desk.digests import Offered, Sent
from bot.desk.settings_digests import DigestChoice
from handlers.views import digests, settings_digests
from handlers.views.samples.records import NOW, Shown, Typed
from storage.database import relate
from storage.digests import Digest, DigestReader, Every, Moment, ReaderKind
from storage.people import Role


def digest_of_ones_own(typed: Typed, number: int = 1, every: Every = Every.BEFORE_MEETING) -> Digest:
    digest = Digest(
        id=number,
        name=f"own-{number}",
        title=typed.outlet[:75],
        is_on=number % 3 > 0,
        on_since=NOW,
        every=every,
        on_day=3 if every in {Every.WEEK, Every.MONTH} else None,
        days_before=20 if every is Every.BEFORE_MEETING else None,
        moment=Moment.CLOCK,
        at=time(8, 30),
        hours_late=6,
        parts=["next_meeting", "not_there_any_more"],
    )
    readers = [
        DigestReader(id=1, digest_id=number, kind=ReaderKind.PRESS_CHANNEL),
        DigestReader(id=2, digest_id=number, kind=ReaderKind.CHANNEL, channel_id="C00000002"),
        DigestReader(id=3, digest_id=number, kind=ReaderKind.PERSON, person_id=2),
        DigestReader(id=4, digest_id=number, kind=ReaderKind.ROLE, role=Role.CHAIR),
    ]
    relate(digest, readers=readers)
    return digest


def views_of_digests(typed: Typed) -> Iterator[Shown]:
    for number in (0, 1, 60):
        found = [
            Offered(digest_of_ones_own(typed, one, list(Every)[one % len(Every)]), one % 2 > 0) for one in range(number)
        ]
        yield f"digests on offer, {number}", digests.offered(found)
    for is_new in (True, False):
        yield f"digest on its way, {is_new}", digests.on_its_way(Sent(digest_of_ones_own(typed), is_new))
    parts = (("next_meeting", "The next board meeting"), ("bulletin", "Items for the bulletin, and the deadline"))
    people = tuple(typed.person(1 + place) for place in range(150))
    for digest in (None, *(digest_of_ones_own(typed, 1, every) for every in Every)):
        choice = DigestChoice(digest, parts, people)
        yield f"own digest form, {digest}", settings_digests.digest_form(choice)
    own = DigestChoice(digest_of_ones_own(typed), parts, people)
    yield "remove digest form", settings_digests.remove_form(own)
    said = ShownEntry(f"{typed.name}: {{starts}}", (), 0, {"starts": NOW}, None)
    sections = (ShownSection("The next board meeting", (said,) * 12, 3, "Type /desk.", "nothing", is_small=False),)
    now = ShownDigest(typed.outlet[:75], NOW.date(), typed.person(1), sections, as_of=NOW)
    yield "digest as it would be now", settings_digests.preview_page(now)
