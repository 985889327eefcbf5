"""Two ticks in the same moment make one edition."""

from datetime import timedelta

from bot.core import digests
from storage import outbox
from storage.outbox import PostingKind
from tests.storage.press_office import PressOffice, at_once, found_in


def test_four_processes_make_each_edition_once(press_office: PressOffice) -> None:
    """Each with its own desk on the same database, over an evening and the next morning, with a tick after it."""
    offices = [found_in(press_office.desk.database) for _ in range(4)]
    for hours in (7, 1, 15, 0):
        for office in offices:
            office.clock.advance(timedelta(hours=hours))
        at_once(*(lambda desk=office.desk: digests.send_due(desk) for office in offices))  # a busy one tries again
        digests.send_due(offices[0].desk)
    with press_office.reading() as tx:
        made = outbox.newest(tx, PostingKind.DIGEST, limit=50)
    assert [(posting.detail["title"], posting.detail["day"]) for posting in reversed(made)] == [
        ("Overnight", "2026-11-23"),
        ("The day ahead", "2026-11-24"),
    ]
