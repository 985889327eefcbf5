"""Deadlines in the words of journalists: a table of phrases, whole e-mails, and what holds for any text at all."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.deadline_reader import Reading, read_deadline, understood
from bot.core.working_days import Nation, WorkingHours
from tests.unit.deadline_emails import EMAILS, Email
from tests.unit.deadline_table import PHRASES

London = ZoneInfo("Europe/London")
HOURS = WorkingHours(London, Nation.ENGLAND)
Row = tuple[datetime, str, str]


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=London)


def read(text: str, sent: datetime, now: datetime | None = None) -> Reading:
    return read_deadline(text, received_at=sent, now=now or sent, zone=London, hours=HOURS)


def rows(table: str) -> list[Row]:
    found: list[Row] = []
    sent = local("2026-06-01 10:00")
    for line in filter(str.strip, table.splitlines()):
        if not line.startswith(" "):
            sent = local(line.partition(" ")[2])
            assert f"{sent:%a}" == line[:3]
            continue
        phrase, _, meant = line.partition("=>")
        found.append((sent, phrase.strip(), meant.strip()))
    return found


def expected(meant: str, sent: datetime) -> datetime | None:
    """What `06-04 16:00 ?` means; `ask` is None."""
    if meant == "ask":
        return None
    day, clock = meant.split()[:2]
    return local(f"{day if len(day) > 5 else f'{sent.year}-{day}'} {clock}")


@pytest.mark.parametrize(("sent", "phrase", "meant"), rows(PHRASES))
def test_a_phrase_means_what_its_writer_meant(sent: datetime, phrase: str, meant: str) -> None:
    reading = read(phrase, sent)
    at = expected(meant, sent)
    assert reading.at == (at and at.astimezone(UTC))
    assert reading.certain == (at is not None and "?" not in meant)
    assert bool(reading.why_not) == (at is None)


def test_what_was_understood_is_said_for_a_person_to_check() -> None:
    now = local("2026-06-04 11:00")
    said = {
        "2026-06-04 16:00": "Thu 4 June, 4pm, in 5 hours",
        "2026-06-04 16:30": "Thu 4 June, 4.30pm, in 5 hours 30 minutes",
        "2026-06-05 12:00": "Fri 5 June, noon, in 1 day 1 hour",
        "2026-06-05 00:00": "Thu 4 June, midnight at the end of the day, in 13 hours",
        "2026-06-05 00:05": "Fri 5 June, 12.05am, in 13 hours",
        "2027-01-05 09:00": "Tue 5 January 2027, 9am, in 214 days",
        "2026-06-04 10:20": "Thu 4 June, 10.20am, 40 minutes late",
    }
    assert {at: understood(local(at), now=now, zone=London) for at in said} == said


@pytest.mark.parametrize("email", EMAILS, ids=[email.name for email in EMAILS])
def test_the_deadline_is_found_in_a_whole_email(email: Email) -> None:
    sent = local(email.sent)
    reading = read(email.text, sent)
    at = expected(email.meant, sent)
    assert reading.at == (at and at.astimezone(UTC))
    assert reading.certain == (at is not None and "?" not in email.meant)
    assert bool(reading.why_not) == (at is None)
