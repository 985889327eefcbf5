"""Deadlines in the words of journalists: a table of phrases, whole e-mails, and what holds for any text at all."""

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deadline_reader import Reading, read_deadline, understood
from bot.core.working_days import Nation, WorkingHours
from tests.unit.deadline_emails import EMAILS, Email
from tests.unit.deadline_table import PHRASES, SENTENCES

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


@pytest.mark.parametrize(("sent", "phrase", "meant"), [*rows(PHRASES), *rows(SENTENCES)])
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


TIMES = {
    "4pm": "16:00",
    "16:00": "16:00",
    "1500": "15:00",
    "10.30": "10:30",
    "noon": "12:00",
    "half four": "16:30",
    "4 o'clock": "16:00",
    "4 p.m.": "16:00",
    "COP": "17:00",
    "lunchtime": "12:30",
    "first thing": "09:00",
}
DAYS = {
    "Wed": "06-10",
    "Thurs": "06-11",
    "Mon": "06-15",
    "Saturday": "06-13",
    "tomorrow": "06-10",
    "Thursday 11 June": "06-11",
    "June 11": "06-11",
    "11/6": "06-11",
    "Thurs 11th": "06-11",
    "this Thursday": "06-11",
    "Friday week": "06-19",
}
SETTINGS = (
    "{}",
    "Could you come back to me by {} please?",
    "My deadline is {}.",
    "We need a response before {}. Thanks",
)


@pytest.mark.parametrize("order", ["{time} {day}", "{day} {time}", "{time}, {day}", "{day}, {time}", "{day} ({time})"])
def test_a_time_beside_a_day_in_any_order_is_never_on_another_day_for_certain(order: str) -> None:
    sent, wrong = local("2026-06-09 11:20"), []
    for (time, clock), (day, date), setting in product(TIMES.items(), DAYS.items(), SETTINGS):
        text = setting.format(order.format(time=time, day=day))
        reading, meant = read(text, sent), local(f"2026-{date} {clock}").astimezone(UTC)
        if reading.at != meant:
            wrong.append(text)
            assert not reading.certain or (reading.at and reading.at.date() == meant.date()), text
    assert len(wrong) < len(TIMES) * len(DAYS) * len(SETTINGS) / 100, wrong


# --- what holds for any text ------------------------------------------------------------------------------

# Around the clock changes of both years, at any minute of the day.
SENT = st.one_of(
    *(
        st.datetimes(change - timedelta(days=3), change + timedelta(days=2), timezones=st.just(UTC))
        for change in (datetime(2026, 3, 29), datetime(2026, 10, 25), datetime(2027, 3, 28), datetime(2027, 10, 31))  # noqa: DTZ001  hypothesis adds UTC
    )
)
KNOWN = [phrase for _, phrase, _ in rows(PHRASES)]
WORDS = st.lists(st.one_of(st.sampled_from([*KNOWN, "deadline", "by", "need", "\n", ".", ","]), st.text(max_size=12)))
PHONES = st.sampled_from(["020 7946 0018", "07700 900123", "+44 (0)113 496 0018", "(0113) 496-0018", "01632 960 123"])


@given(WORDS.map(" ".join), SENT, st.integers(0, 3 * 24 * 60))
def test_any_text_gives_a_time_to_come_in_utc_or_none_and_says_why(text: str, sent: datetime, later: int) -> None:
    now = sent + timedelta(minutes=later)
    reading = read(text, sent, now)
    assert (reading.at is None) == bool(reading.why_not)
    assert reading.at is None or (reading.at > now and reading.at.tzinfo is UTC)
    assert all(other.at > now and other.at.tzinfo is UTC and other.at != reading.at for other in reading.others)
    assert " ".join(reading.words.replace("…", " ").split()) == "" or reading.at is not None
    if reading.at:
        assert understood(reading.at, now=now, zone=London)


@given(st.sampled_from(EMAILS), PHONES, st.data())
def test_a_telephone_number_in_a_paragraph_of_its_own_changes_nothing(
    email: Email, phone: str, data: st.DataObject
) -> None:
    paragraphs = email.text.split("\n\n")
    paragraphs.insert(data.draw(st.integers(0, len(paragraphs))), f"My number is {phone}.")
    sent = local(email.sent)
    without, with_phone = read(email.text, sent), read("\n\n".join(paragraphs), sent)
    assert (with_phone.at, with_phone.certain) == (without.at, without.certain)


@pytest.mark.parametrize(
    "piece", ["by ", "4 ", "0 ", "a", "4pm ", "from 4pm ", "half ", "1/", "\n> ", "A. ", "the ", "(07"]
)
def test_twenty_thousand_characters_of_anything_are_read(piece: str) -> None:
    read((piece * 20_000)[:20_000], local("2026-06-01 10:00"))


@pytest.mark.parametrize(
    ("sent", "text", "at"),
    [
        ("2026-03-28 18:00", "by 1.30am tomorrow", "2026-03-29T01:00"),  # skipped: the moment of the change
        ("2027-03-27 18:00", "by 1.30am tomorrow", "2027-03-28T01:00"),
        ("2026-10-24 18:00", "by 1.30am tomorrow", "2026-10-25T00:30"),  # twice: the first of the two
        ("2027-10-30 18:00", "by 1.30am tomorrow", "2027-10-31T00:30"),
        ("2027-03-27 18:00", "within 24 hours", "2027-03-28T18:00"),
        ("2027-03-26 18:00", "by 4pm Monday", "2027-03-29T15:00"),
        ("2027-10-29 18:00", "by 4pm Monday", "2027-11-01T16:00"),
    ],
)
def test_clock_changes_make_nobody_late(sent: str, text: str, at: str) -> None:
    assert read(text, local(sent)).at == datetime.fromisoformat(at).replace(tzinfo=UTC)


def test_relative_words_count_from_when_they_were_written() -> None:
    written, seen = local("2026-06-01 18:30"), local("2026-06-02 08:00")
    assert read("Need this by 4pm tomorrow", written, seen).at == local("2026-06-02 16:00").astimezone(UTC)
    late = read("Need this by 4pm tomorrow", written, local("2026-06-02 16:00"))
    assert (late.at, late.why_not) == (None, "“4pm tomorrow” has passed: check the deadline.")


def test_a_time_on_a_day_that_is_over_is_quoted() -> None:
    reading = read("deadline yesterday 4pm, Telegraph", local("2026-06-02 08:00"))
    assert (reading.at, reading.why_not) == (None, "“yesterday 4pm” has passed: ask them for a deadline.")


def test_the_very_words_are_given_as_they_were_written() -> None:
    assert read("Could I have it by 4.30 P.M. on\nThurs, please?", local("2026-06-01 10:00")).words == (
        "4.30 P.M. on Thurs"
    )


def test_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        read("4pm", datetime(2026, 6, 1, 10))  # noqa: DTZ001  that is what is refused
