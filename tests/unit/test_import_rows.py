"""Rows as enquiries: what each says of how it ended, and why some are refused."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core.working_days import Nation, WorkingHours
from bot.desk import import_columns, import_rows
from bot.desk.import_dates import Order
from bot.desk.import_rows import Office, Reading, Wishes, by_first_name_too, outcome_of
from bot.desk.spreadsheets import Cell, Row
from storage.enquiries import CameBy, EnquiryStatus, Outcome

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
OFFICE = Office(
    now=NOW,
    hours=WorkingHours(zone=ZoneInfo("Europe/London"), nation=Nation.ENGLAND),
    owners=by_first_name_too([("Amina Rahman", 1), ("Ben Okafor", 2), ("Ben Nevis", 3)]),
    topics={"screening": 5},
    organisations={},
    kept_since=NOW - timedelta(days=730),
)
GOOD: dict[str, Cell] = {
    "Date": "03/06/2024",
    "Journo": "Rosa Achter",
    "Media outlet": "Evening Courier",
    "Query": "Why are the buses late?",
    "Deadline": "03/06/2024 16:00",
    "Lead officer": "Amina",
    "Status": "Closed",
    "Outcome": "",
    "Response": "Because of the snow.",
}


def read(*changes: dict[str, Cell], wishes: Wishes | None = None) -> Reading:
    names = list(dict.fromkeys([*GOOD, *(name for change in changes for name in change)]))
    rows = [Row(1, tuple(names))]
    rows += [Row(2 + n, tuple((GOOD | change).get(name) for name in names)) for n, change in enumerate(changes)]
    return import_rows.read(rows, import_columns.find(rows, {}), OFFICE, wishes or Wishes())


def values(change: dict[str, Cell], **wishes: Any) -> Any:
    reading = read(change, wishes=Wishes(**wishes))
    assert reading.bad == []
    return reading.candidates[0].values


def why_not(change: dict[str, Cell], **wishes: Any) -> str:
    reading = read(change, wishes=Wishes(**wishes))
    assert reading.candidates == []
    return reading.bad[0].reason


def test_a_good_row_is_read_whole() -> None:
    """Times are the office's (BST here), the owner is known by first name, and the answer is kept as what it is."""
    found = values({})
    assert found["received_at"] == datetime(2024, 6, 3, 8, 0, tzinfo=UTC)
    assert found["deadline"] == datetime(2024, 6, 3, 15, 0, tzinfo=UTC)
    assert (found["owner_id"], found["status"], found["outcome"]) == (1, EnquiryStatus.CLOSED, Outcome.STATEMENT)
    assert read({}).candidates[0].answer == "Because of the snow."


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Statement issued", Outcome.STATEMENT),
        ("Responded", Outcome.STATEMENT),
        ("Background briefing given", Outcome.BACKGROUND),
        ("Radio interview with chair", Outcome.INTERVIEW),
        ("Declined to comment", Outcome.DECLINED),
        ("No comment", Outcome.DECLINED),
        ("Journalist withdrew query", Outcome.WITHDRAWN),
        ("Story no longer running", Outcome.WITHDRAWN),
        ("Referred to NHS England", Outcome.REFERRED),
        ("Passed to council", Outcome.REFERRED),
        ("Handled as FOI", Outcome.FOI),
        ("No statement issued", None),
        ("Not responded", None),
        ("Positive coverage", None),
        ("", None),
    ],
)
def test_how_it_ended_by_their_own_words(words: str, outcome: Outcome | None) -> None:
    assert outcome_of(words) is outcome


def test_a_closed_row_that_does_not_say_how_is_asked_about() -> None:
    closed: dict[str, Cell] = {"Response": None, "Outcome": "Positive coverage"}
    assert "--outcome-for-rest" in why_not(closed)
    found = values(closed, outcome_for_rest=Outcome.DECLINED)
    assert (found["outcome"], found["outcome_detail"]) == (Outcome.DECLINED, "Positive coverage")


def test_an_answer_without_its_text_is_said() -> None:
    assert read({"Response": None, "Outcome": "Statement issued"}).remarks == {
        "answered, but the text of the answer is not in the file": 1
    }


def test_open_rows_come_only_if_they_are_meant_to() -> None:
    """With a deadline that can be read; words about them are kept."""
    still: dict[str, Cell] = {"Status": "In progress", "Response": None, "Deadline": "30/11/2026 16:00"}
    assert "--open-too" in why_not(still)
    found = values(still, open_too=True)
    assert (found["status"], found["outcome"], found["closed_at"]) == (EnquiryStatus.OPEN, None, None)
    assert "ASAP" in why_not(still | {"Deadline": "ASAP"}, open_too=True)
    assert "deadline" in why_not(still | {"Deadline": None}, open_too=True)
    without_status: dict[str, Cell] = {"Status": None, "Response": None}
    assert "still open" in why_not(without_status)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Query": None}, "no question"),
        ({"Journo": None, "Media outlet": None}, "neither the journalist nor the outlet"),
        ({"Date": None}, "when it was received"),
        ({"Date": "someday"}, "is no date"),
        ({"Date": "03/06/2027"}, "still to come"),
        ({"Query": "x" * 40_000}, "40,000 characters"),
        ({"Journo": "x" * 300}, "another column"),
        ({"Response": "#REF!"}, "formula"),
    ],
)
def test_why_a_row_is_refused(change: dict[str, Cell], reason: str) -> None:
    assert reason in why_not(change)


def test_american_dates_are_reported_with_their_lines() -> None:
    """One in the column, and every other that may be either is refused too, unless somebody says what they are."""
    mixed: list[dict[str, Cell]] = [{"Date": "03/25/2024"}, {"Date": "03/04/2024"}, {"Date": "25/03/2024"}]
    reading = read(*mixed)
    assert [(bad.line, "American" in bad.reason) for bad in reading.bad] == [(2, True), (3, True)]
    assert len(reading.candidates) == 1
    british = read(*mixed[1:])
    assert [one.values["received_at"].month for one in british.candidates] == [4, 3]
    american = read(*mixed[:2], wishes=Wishes(order=Order.AMERICAN))
    assert [one.values["received_at"].month for one in american.candidates] == [3, 3]


def test_the_same_row_twice_is_one_and_said_so() -> None:
    """Even where the answer was filled in later: it is the same enquiry."""
    reading = read({}, {"Query": "Another?"}, {"Response": "Later words"})
    assert reading.same_twice == [(4, 2)]
    assert len(reading.candidates) == 2


def test_headings_and_names_in_the_middle_are_passed_over() -> None:
    month: dict[str, Cell] = dict.fromkeys(GOOD) | {"Date": "March 2024"}
    again: dict[str, Cell] = {name: name for name in GOOD}
    reading = read({}, month, again, dict.fromkeys(GOOD))
    assert (reading.headings, len(reading.candidates), reading.bad) == (2, 1, [])


def test_what_the_desk_does_not_know_is_left_open_and_counted() -> None:
    found = read({"Lead officer": "Ben", "Topic": "Zebras"}, {"Query": "?", "Topic": "screening", "Method": "Call"})
    assert [one.values["owner_id"] for one in found.candidates] == [None, 1]
    assert [one.values["topic_id"] for one in found.candidates] == [None, 5]
    assert [one.values["came_by"] for one in found.candidates] == [CameBy.EMAIL, CameBy.PHONE]
    assert sum(found.remarks.values()) == 2
