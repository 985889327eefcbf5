"""Digests for those outside the press office: before board meetings, week by week, and now for whoever asks."""

import json
from datetime import datetime
from typing import Any

from storage import audit
from storage.calendar import CalendarDate, DateKind
from storage.people import Role
from tests.office import AMINA, BEN, CARYS, GARETH, HANNAH, JOAN, Office
from tests.scenarios.acts import log
from tests.scenarios.acts import said as said_to
from tests.scenarios.test_digests import at, digests


def meeting(office: Office, starts_at: datetime, title: str = "Partnership board") -> int:
    with office.app.desk.on_its_own(office.app.workspace_id) as work:
        date = CalendarDate(
            kind=DateKind.BOARD_MEETING, title=title, place="Town hall", starts_at=starts_at, added_at=starts_at
        )
        work.tx.add(date)
        return date.id


def move(office: Office, date_id: int, starts_at: datetime) -> None:
    with office.app.desk.on_its_own(office.app.workspace_id) as work:
        date = work.tx.session.get(CalendarDate, date_id)
        assert date is not None
        date.starts_at = starts_at


def done(office: Office, act: str) -> list[Any]:
    """What the record says of an act, the first first."""
    with office.app.database.transaction(office.app.workspace_id, read_only=True) as tx:
        found = [entry for page in audit.entries(tx) for entry in page if entry["act"] == act]
        return [json.loads(entry["details"]) for entry in found]


def send_now(office: Office, who: str, title: str) -> str:
    """Types `/desk digest`, with the title, and presses the button; what the page then says."""
    person = office.member(who)
    person.run(f"/desk digest {title}")
    shown = person.press("Send me this now")
    assert shown.form is not None
    office.settle()
    person.close_form()
    return shown.form.text


def test_before_a_board_meeting_and_now(office: Office) -> None:
    """Five working days before, once to each reader, moved or not; and an edition now for whoever may have it."""
    office.change(HANNAH, Role.PROGRAMME_OFFICE, Role.COMMS_LEAD)
    log(office)
    board = meeting(office, at(12, 1, 14))
    said = send_now(office, GARETH, "board")
    assert "Board comes to your messages" in said
    (asked_for,) = digests(office, GARETH, "Board: Monday 23 November, as you asked", None)
    assert "Partnership board: 1 Dec" in asked_for
    assert "a moment ago" in send_now(office, GARETH, "board")
    assert len(digests(office, GARETH, "Board", None)) == 1, "pressed twice within a minute: one"

    office.wait_until(at(11, 24, 9))
    for reader in (GARETH, CARYS, HANNAH):
        (told,) = digests(office, reader, "Board: Tuesday 24 November", None)
        assert "Partnership board: 1 Dec" in told
        assert "Town hall" in told
        assert "ENQ-1" not in told
    assert digests(office, AMINA, "Board", None) == []
    assert digests(office, BEN, "Board") == []
    move(office, board, at(12, 4, 14))
    office.wait_until(at(11, 27, 9))
    office.wait_until(at(11, 30, 9))
    assert len(digests(office, CARYS, "Board", None)) == 1, "it was told of on about the same day"
    move(office, board, at(12, 15, 14))
    office.wait_until(at(12, 8, 9))
    assert len(digests(office, CARYS, "Board", None)) == 2, "a fortnight later it is worth telling again"

    assert "no digest for you" in said_to(office.member(JOAN).run("/desk digest"))
    send_now(office, AMINA, "the day")
    assert "ENQ-1" in digests(office, AMINA, "The day ahead: Tuesday 8 December, as you asked", None)[0]
    assert [one["digest"] for one in done(office, "send_digest_now")] == ["board", "morning"]
