"""Digests that one may have now, and what is said when one was asked for."""

from collections.abc import Iterator
from datetime import time

from bot.desk.digests import Offered, Sent
from handlers.views import digests
from handlers.views.samples.records import NOW, Shown, Typed
from storage.database import relate
from storage.digests import Digest, Every, Moment


def digest_of_ones_own(typed: Typed, number: int = 1, every: Every = Every.BEFORE_MEETING) -> Digest:
    digest = Digest(
        id=number,
        name=f"own-{number}",
        title=typed.outlet,
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
    relate(digest, readers=[])
    return digest


def views_of_digests(typed: Typed) -> Iterator[Shown]:
    for number in (0, 1, 60):
        found = [
            Offered(digest_of_ones_own(typed, one, list(Every)[one % len(Every)]), one % 2 > 0) for one in range(number)
        ]
        yield f"digests on offer, {number}", digests.offered(found)
    for is_new in (True, False):
        yield f"digest on its way, {is_new}", digests.on_its_way(Sent(digest_of_ones_own(typed), is_new))
