"""Digests for those outside the press office: before board meetings, week by week, and now for whoever asks."""

import json
from datetime import datetime
from typing import Any

import pytest

from bot.core.errors import NotFromHere
from bot.desk import settings_digests
from storage import audit
from storage.calendar import CalendarDate, DateKind
from storage.people import Role
from tests.office import AMINA, BEN, CARYS, ESTHER, GARETH, HANNAH, Office
from tests.scenarios.acts import log
from tests.scenarios.acts import said as said_to
from tests.scenarios.test_digests import at, digests
from tests.scenarios.test_settings_rules import changes


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

    assert "no digest for you" in said_to(office.member(ESTHER).run("/desk digest"))
    send_now(office, AMINA, "the day")
    assert "ENQ-1" in digests(office, AMINA, "The day ahead: Tuesday 8 December, as you asked", None)[0]
    assert [one["digest"] for one in done(office, "send_digest_now")] == ["board", "morning"]


def set_up(office: Office, **answers: object) -> str | None:
    """Carys fills in a digest of her own, or changes it. What is refused, if something is."""
    carys = office.member(CARYS)
    carys.open_home()
    carys.press_in_home("Change digests")
    carys.fill("Which", str(answers.pop("which", "A new one")))
    assert carys.submit() is not None
    for label, value in answers.items():
        carys.fill(label.replace("_", " "), value)
    refused = carys.submit()
    office.settle()
    if refused is None:
        return None
    carys.close_form()
    return " ".join(refused.errors.values())


def test_a_digest_of_one_s_own_with_its_readers(sqlite_office: Office) -> None:
    """Added, looked at, sent, changed and removed in Slack; nothing of an enquiry for whom it is not, ever."""
    office, carys = sqlite_office, sqlite_office.member(CARYS)
    log(office)
    meeting(office, at(12, 1, 14))
    enquiries = ["Who holds what", "The next board meeting"]
    chair, daily = "Everybody who is: Chair of the board", {"Days": "Every working day", "Title": "News for all"}
    for readers, refused in (
        ({"To_whom": [chair]}, "“Who holds what” is of enquiries, which are not for everybody in the role chair."),
        ({"And_to_these_people": [HANNAH]}, "which are not for Hannah Oduya"),
        ({"And_to_these_channels": ["second-office"]}, "which are not for the channel"),
        ({}, "Choose to whom it goes, or turn it off."),
    ):
        assert refused in str(set_up(office, What_it_tells=enquiries, **readers, **daily))
    assert "There is a digest of this title already" in str(
        set_up(office, Title="the DAY ahead", What_it_tells=["The next board meeting"], To_whom=[chair])
    )
    assert set_up(office, What_it_tells=enquiries, To_whom=["The press channel"], **daily) is None
    told: dict[str, Any] = changes(office)[-1]
    assert (told["digest"], told["was"], told["now"]["readers"]) == ("news-for-all", None, ["press_channel"])
    assert "News for all, every working day when the office opens" in carys.sees_in_home("Digests:").text

    some = {
        "What_it_tells": ["The next board meeting"],
        "To_whom": [chair, "Everybody who is: Spokesperson"],
        "And_to_these_channels": ["second-office"],
        "And_to_these_people": [GARETH, BEN],
    }
    assert set_up(office, which="News for all", **some) is None
    carys.open_home()
    carys.press_in_home("Change digests")
    carys.fill("Which", "News for all")
    carys.submit()
    shown = carys.press("Show what it would say now")
    assert shown.form is not None
    assert "Partnership board: 1 Dec" in shown.form.text
    office.wait_until(at(11, 24, 9))
    office.wait(minutes=1)
    for reader in (GARETH, BEN):
        assert len(digests(office, reader, "News for all: Tuesday 24 November", None)) == 1, "however often named"
    assert len(digests(office, BEN, "News for all", "second-office")) == 1
    assert digests(office, BEN, "News for all") == []

    assert set_up(office, which="News for all", What_it_tells=enquiries, To_whom=[], **_only(BEN)) is None
    office.wait_until(at(11, 25, 9))
    (_, news) = digests(office, BEN, "News for all", None)
    assert "Nobody yet, 1: ENQ-1" in news
    office.change(BEN, Role.BOARD_MEMBER)
    assert "ENQ-1" not in digests(office, BEN, "News for all", None)[1], "it is not for him any more"
    office.wait_until(at(11, 26, 9))
    newest = digests(office, BEN, "News for all", None)[-1]
    assert "Partnership board" in newest
    assert "ENQ-1" not in newest
    assert "Who holds what" not in newest
    remove_it(office)


def remove_it(office: Office) -> None:
    """It is sent no more, and one that comes with the desk cannot be removed."""
    carys = office.member(CARYS)
    carys.open_home()
    carys.press_in_home("Change digests")
    carys.fill("Which", "News for all")
    carys.submit()
    carys.press("Remove digest")
    assert carys.submit() is None
    office.settle()
    told = changes(office)[-1]
    assert told["now"] == "removed"
    office.wait_until(at(11, 27, 9))
    assert len(digests(office, BEN, "News for all", None)) == 3
    with pytest.raises(NotFromHere, match="comes with the desk"):
        settings_digests.remove(office.app.desk, office.caller(CARYS), 1, once="remove")
    assert "News for all" not in said_to(carys.run("/desk digest"))


def _only(who: str) -> dict[str, object]:
    return {"And_to_these_channels": [], "And_to_these_people": [who]}
