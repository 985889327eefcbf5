"""Working time: sums that hold over clock changes and bank holidays, checked against counting by hand."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.parser import parse
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.working_days import (
    Nation,
    WorkingHours,
    as_utc,
    bank_holidays_of_any_nation,
    foi_due,
    moment_of,
)

London = ZoneInfo("Europe/London")
Auckland = ZoneInfo("Pacific/Auckland")
ENGLAND = WorkingHours(London, Nation.ENGLAND)
AUCKLAND = WorkingHours(Auckland, Nation.ENGLAND)
EVERY_NIGHT = WorkingHours(London, Nation.ENGLAND, time(0), time(6), frozenset(range(7)))

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NO_TIME = timedelta(0)

# As gov.uk/bank-holidays has them; those at weekends make no difference to a working day and are left out.
IN_ALL_NATIONS = """
    2026-01-01 2026-04-03 2026-05-04 2026-05-25 2026-12-25 2026-12-28
    2027-01-01 2027-03-26 2027-05-03 2027-05-31 2027-12-27 2027-12-28
"""
BANK_HOLIDAYS = {
    Nation.ENGLAND: f"{IN_ALL_NATIONS} 2026-04-06 2026-08-31 2027-03-29 2027-08-30",
    Nation.WALES: f"{IN_ALL_NATIONS} 2026-04-06 2026-08-31 2027-03-29 2027-08-30",
    Nation.SCOTLAND: f"""{IN_ALL_NATIONS} 2026-01-02 2026-06-15 2026-08-03 2026-11-30
        2027-01-04 2027-08-02 2027-11-30""",
    Nation.NORTHERN_IRELAND: f"""{IN_ALL_NATIONS} 2026-03-17 2026-04-06 2026-07-13 2026-08-31
        2027-03-17 2027-03-29 2027-07-12 2027-08-30""",
}
HOLIDAYS = {nation: {date.fromisoformat(day) for day in days.split()} for nation, days in BANK_HOLIDAYS.items()}
OF_ANY_NATION = set().union(*HOLIDAYS.values())

# Months around each of the clock changes of 2026 and 2027, Christmas among them.
moments = st.datetimes(datetime(2026, 2, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis adds UTC
spans = st.integers(0, 60 * 24 * 12).map(lambda minutes: minutes * MINUTE)
offices = st.sampled_from(
    [
        ENGLAND,
        AUCKLAND,
        EVERY_NIGHT,
        WorkingHours(Auckland, Nation.SCOTLAND, time(1, 30), time(2, 45), frozenset({5, 6})),
        WorkingHours(ZoneInfo("Africa/Cairo"), Nation.WALES, time(0), time(23, 45), frozenset({3, 4})),
        WorkingHours(ZoneInfo("Australia/Lord_Howe"), Nation.NORTHERN_IRELAND, time(1, 45), time(12)),
    ]
)
some = settings(deadline=None, max_examples=60)
many = settings(deadline=None, max_examples=150)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def first_minute_showing(wall: datetime, zone: ZoneInfo) -> datetime:
    """What `moment_of` means, counted out minute by minute."""
    at = wall.replace(tzinfo=UTC) - 36 * HOUR
    while at.astimezone(zone).replace(tzinfo=None) < wall:
        at += MINUTE
    return at


# --- clocks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "wall", "moment"),
    [
        ("Europe/London", "2026-03-28T01:30", "2026-03-28T01:30"),
        ("Europe/London", "2026-03-29T01:30", "2026-03-29T01:00"),  # skipped: the moment of the change
        ("Europe/London", "2026-03-29T02:00", "2026-03-29T01:00"),
        ("Europe/London", "2026-10-25T01:30", "2026-10-25T00:30"),  # shown twice: the first time
        ("Europe/London", "2026-10-25T02:00", "2026-10-25T02:00"),
        ("Europe/London", "2027-03-28T01:59", "2027-03-28T01:00"),
        ("Europe/London", "2027-10-31T01:00", "2027-10-31T00:00"),
        ("Pacific/Auckland", "2026-09-27T02:30", "2026-09-26T14:00"),
        ("Pacific/Auckland", "2026-04-05T02:30", "2026-04-04T13:30"),
        ("Africa/Cairo", "2026-04-24T00:00", "2026-04-23T22:00"),  # midnight itself is skipped
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30"),  # half an hour is skipped
        ("Pacific/Apia", "2011-12-30T09:00", "2011-12-30T10:00"),  # a whole day is skipped
    ],
)
def test_a_time_skipped_or_shown_twice_has_one_moment(zone: str, wall: str, moment: str) -> None:
    shown = datetime.fromisoformat(wall)
    assert moment_of(shown.date(), shown.time(), ZoneInfo(zone)) == utc(moment)


@some
@given(
    st.sampled_from(
        [
            ("Europe/London", date(2026, 3, 29)),
            ("Europe/London", date(2026, 10, 25)),
            ("Pacific/Auckland", date(2026, 9, 27)),
            ("Pacific/Auckland", date(2027, 4, 4)),
            ("Africa/Cairo", date(2026, 4, 24)),
            ("Africa/Cairo", date(2026, 10, 29)),
            ("America/St_Johns", date(2010, 11, 7)),  # set back over midnight: two dates shown twice
        ]
    ),
    st.integers(-150, 300),
)
def test_a_moment_is_the_first_at_which_the_clock_shows_the_time(place: tuple[str, date], minutes: int) -> None:
    zone, wall = ZoneInfo(place[0]), datetime.combine(place[1], time()) + minutes * MINUTE
    assert moment_of(wall.date(), wall.time(), zone) == first_minute_showing(wall, zone)


# --- days -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nation", Nation)
def test_each_nation_keeps_its_own_bank_holidays(nation: Nation) -> None:
    office = WorkingHours(London, nation)
    weekdays = [day for n in range(730) if (day := date(2026, 1, 1) + n * DAY).weekday() < 5]
    assert {day for day in weekdays if not office.is_working_day(day)} == HOLIDAYS[nation]


def test_bank_holidays_name_the_nations_that_have_them() -> None:
    assert bank_holidays_of_any_nation(date(2026, 12, 25)) == set(Nation)
    assert bank_holidays_of_any_nation(date(2026, 11, 30)) == {Nation.SCOTLAND}
    assert bank_holidays_of_any_nation(date(2026, 3, 17)) == {Nation.NORTHERN_IRELAND}
    assert not bank_holidays_of_any_nation(date(2026, 11, 27))


@pytest.mark.parametrize(
    ("day", "number", "then"),
    [
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Christmas, a weekend, Boxing Day observed
        (date(2026, 12, 24), 4, date(2027, 1, 4)),
        (date(2026, 12, 29), -1, date(2026, 12, 24)),
        (date(2026, 4, 5), -1, date(2026, 4, 2)),  # from Easter Sunday
        (date(2026, 4, 5), 0, date(2026, 4, 5)),
    ],
)
def test_working_days_are_counted_both_ways(day: date, number: int, then: date) -> None:
    assert ENGLAND.working_day_after(day, number) == then


def test_the_calendar_is_the_offices_own() -> None:
    sunday_evening_in_london = utc("2026-07-12T20:00")
    assert AUCKLAND.local_day(sunday_evening_in_london) == date(2026, 7, 13)
    assert AUCKLAND.next_opening(sunday_evening_in_london) == utc("2026-07-12T21:00")
    assert AUCKLAND.is_open(utc("2026-07-12T21:00"))


# --- hours ------------------------------------------------------------------------------------------------


@many
@given(st.sampled_from([ENGLAND, AUCKLAND]), moments)
def test_open_is_what_the_clock_on_the_wall_says(hours: WorkingHours, at: datetime) -> None:
    wall = at.astimezone(hours.zone)
    works = wall.weekday() < 5 and wall.date() not in HOLIDAYS[hours.nation]
    assert hours.is_open(at) == (works and time(9) <= wall.time() < time(17))


@pytest.mark.parametrize(
    ("at", "is_open", "opening", "morning"),
    [
        (
            "2026-10-21T07:59",
            False,
            "2026-10-21T08:00",
            "2026-10-21T08:00",
        ),  # a Wednesday, still British Summer Time
        ("2026-10-21T08:00", True, "2026-10-21T08:00", "2026-10-22T08:00"),
        ("2026-10-21T15:59", True, "2026-10-21T15:59", "2026-10-22T08:00"),
        ("2026-10-21T16:00", False, "2026-10-22T08:00", "2026-10-22T08:00"),
        ("2026-10-23T16:00", False, "2026-10-26T09:00", "2026-10-26T09:00"),  # over the end of summer time
        ("2026-03-27T17:00", False, "2026-03-30T08:00", "2026-03-30T08:00"),  # over its beginning
        ("2026-12-24T12:00", True, "2026-12-24T12:00", "2026-12-29T09:00"),
    ],
)
def test_openings_and_mornings(at: str, is_open: bool, opening: str, morning: str) -> None:  # noqa: FBT001  a table
    moment = utc(at)
    assert ENGLAND.is_open(moment) == is_open
    assert ENGLAND.next_opening(moment) == utc(opening)
    assert ENGLAND.next_morning(moment) == utc(morning)


@many
@given(offices, moments)
def test_nothing_is_worked_before_the_next_opening(hours: WorkingHours, at: datetime) -> None:
    opening = hours.next_opening(at)
    assert opening >= at
    assert hours.is_open(opening)
    assert hours.time_between(at, opening) == NO_TIME
    assert (opening == at) == hours.is_open(at)


@many
@given(offices, moments)
def test_the_next_morning_is_the_first_opening_to_come(hours: WorkingHours, at: datetime) -> None:
    morning = hours.next_morning(at)
    just_before = morning - timedelta.resolution
    assert morning > at
    assert hours.is_open(morning)
    assert not hours.is_open(just_before)
    if not hours.is_open(at):
        assert morning == hours.next_opening(at)
    else:
        assert hours.local_day(morning) > hours.local_day(at)
        assert hours.time_between(at, morning) <= DAY


@pytest.mark.parametrize(
    ("start", "end", "worked"),
    [
        ("2026-03-27T09:00", "2026-03-30T16:00", 16 * HOUR),  # Friday in winter time to Monday in summer time
        ("2026-10-23T08:00", "2026-10-26T17:00", 16 * HOUR),
        ("2026-12-24T16:00", "2026-12-29T10:00", 2 * HOUR),
        ("2026-12-25T00:00", "2026-12-28T23:00", NO_TIME),
    ],
)
def test_working_time_over_clock_changes_and_christmas(start: str, end: str, worked: timedelta) -> None:
    assert ENGLAND.time_between(utc(start), utc(end)) == worked
    assert ENGLAND.time_between(utc(end), utc(start)) == -worked


def test_a_night_with_a_clock_change_is_an_hour_shorter_or_longer() -> None:
    assert EVERY_NIGHT.time_between(utc("2026-03-28T12:00"), utc("2026-03-29T12:00")) == 5 * HOUR
    assert EVERY_NIGHT.time_between(utc("2026-10-24T12:00"), utc("2026-10-25T12:00")) == 7 * HOUR


def test_an_office_whose_hours_are_skipped_stays_shut_that_day() -> None:
    night_shift = WorkingHours(London, Nation.ENGLAND, time(1, 15), time(1, 45), frozenset({6}))
    assert night_shift.next_opening(utc("2026-03-28T12:00")) == utc("2026-04-05T00:15")


@some
@given(offices, moments, st.integers(0, 60 * 48))
def test_working_time_is_the_minutes_at_which_it_is_open(hours: WorkingHours, at: datetime, minutes: int) -> None:
    start = at.replace(second=0, microsecond=0)
    counted = sum(hours.is_open(start + n * MINUTE) for n in range(minutes))
    assert hours.time_between(start, start + minutes * MINUTE) == counted * MINUTE


@many
@given(offices, moments, spans)
def test_working_time_added_is_the_working_time_between(hours: WorkingHours, at: datetime, span: timedelta) -> None:
    end = hours.add(at, span)
    assert hours.time_between(at, end) == span
    assert hours.time_between(at, end - timedelta.resolution) < span or end == at  # and not a moment later
    start = hours.before(at, span)
    assert hours.time_between(start, at) == span
    assert hours.time_between(start + timedelta.resolution, at) < span or start == at


@many
@given(offices, moments, spans, spans)
def test_working_time_never_runs_backwards(hours: WorkingHours, at: datetime, more: timedelta, span: timedelta) -> None:
    assert hours.add(at, span) <= hours.add(at + more, span) <= hours.add(at + more, span + MINUTE)
    assert hours.before(at, span) <= hours.before(at + more, span)
    assert hours.add(hours.add(at, more), span) == hours.add(at, more + span)


@many
@given(offices, moments, spans, spans)
def test_working_time_adds_up(hours: WorkingHours, at: datetime, one: timedelta, other: timedelta) -> None:
    middle, end = at + one, at + one + other
    parts = hours.time_between(at, middle) + hours.time_between(middle, end)
    assert parts == hours.time_between(at, end)


def test_whatever_zone_goes_in_utc_comes_out() -> None:
    at = datetime(2026, 7, 1, 10, tzinfo=Auckland)
    for moment in (
        ENGLAND.next_opening(at),
        ENGLAND.next_morning(at),
        ENGLAND.add(at, HOUR),
        ENGLAND.before(at, HOUR),
        ENGLAND.add(at, NO_TIME),
        as_utc(at),
    ):
        assert moment.tzinfo is UTC


# --- freedom of information -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "working",
    [
        "received Thu 1 May 2025; day 1 Fri 2 May; 5 and 26 May are bank holidays; day 20, due: Mon 2 June",
        """received Sat 12 December 2026; day 1 Mon 14 December; 25 and 28 December and 1 and 4 January are
        bank holidays; day 20, due: Thu 14 January 2027""",
        """received Fri 20 March 2026; day 1 Mon 23 March; 3 and 6 April are bank holidays;
        day 20, due: Tue 21 April""",
        """received Fri 20 February 2026; day 1 Mon 23 February; 17 March is a bank holiday;
        day 20, due: Mon 23 March""",
        """received Tue 1 September 2026; day 1 Wed 2 September; no bank holidays;
        day 20, due: Tue 29 September""",
    ],
)
def test_foi_shows_its_working(working: str) -> None:
    working = " ".join(working.split())
    received = parse(working.split(";")[0].removeprefix("received ")).date()
    assert foi_due(received).working == working


def test_foi_is_right_for_every_day_of_receipt_in_two_years() -> None:
    for number in range(690):
        received = date(2026, 1, 1) + number * DAY
        after = [received + n * DAY for n in range(1, 60)]
        counted = [day for day in after if day.weekday() < 5 and day not in OF_ANY_NATION]
        found = foi_due(received)
        assert (found.received, found.day_one, found.due) == (received, counted[0], counted[19])
        assert found.bank_holidays == tuple(day for day in after if day in OF_ANY_NATION and day < found.due)


# --- refusals ---------------------------------------------------------------------------------------------


def test_a_naive_time_is_refused() -> None:
    naive = datetime(2026, 7, 1, 10)  # noqa: DTZ001  what is to be refused
    with pytest.raises(ValueError, match="needs its zone"):
        ENGLAND.next_opening(naive)
    with pytest.raises(ValueError, match="needs its zone"):
        ENGLAND.time_between(utc("2026-07-01T10:00"), naive)


def test_a_datetime_is_refused_as_a_day() -> None:
    christmas = utc("2026-12-25T10:00")
    with pytest.raises(TypeError, match="not a datetime"):
        ENGLAND.is_working_day(christmas)
    with pytest.raises(TypeError, match="not a datetime"):
        foi_due(christmas)


def test_a_negative_span_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        ENGLAND.add(utc("2026-07-01T10:00"), -HOUR)
    with pytest.raises(ValueError, match="negative"):
        ENGLAND.before(utc("2026-07-01T10:00"), -HOUR)


@pytest.mark.parametrize(
    ("opens", "closes", "weekdays", "why"),
    [
        (time(17), time(9), {0}, "close after it opens"),
        (time(9), time(9), {0}, "close after it opens"),
        (time(9), time(17), set(), "at least one weekday"),
        (time(9), time(17), {7}, "at least one weekday"),
        (time(9, tzinfo=UTC), time(17), {0}, "carry no zone"),
    ],
)
def test_impossible_hours_are_refused(opens: time, closes: time, weekdays: set[int], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        WorkingHours(London, Nation.ENGLAND, opens, closes, frozenset(weekdays))
