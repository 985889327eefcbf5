"""Each edition once by the local date: over both clock changes, after a downtime, and for a clock that jumps."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.digests import due_at, editions_at, goes_out_on, previous_due_at
from bot.core.working_days import ONE_DAY, Nation, WorkingHours
from storage.digests import Digest, Every, Moment

LONDON = ZoneInfo("Europe/London")
OFFICE = WorkingHours(zone=LONDON, nation=Nation.ENGLAND, other_hours={4: (time(9), time(16, 30))})
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
CHANGES = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]
"""Sundays on which the clocks of London go forward, back, forward and back."""


def digest(
    every: Every = Every.WORKING_DAY,
    moment: Moment = Moment.OPENS,
    *,
    on_day: int | None = None,
    at: time | None = None,
    hours_late: int = 3,
    on_since: datetime = LONG_AGO,
) -> Digest:
    return Digest(
        id=1,
        name="morning",
        title="The day ahead",
        is_on=True,
        on_since=on_since,
        every=every,
        on_day=on_day,
        moment=moment,
        at=at,
        hours_late=hours_late,
        parts=[],
    )


def ticks(start: datetime, end: datetime, step: timedelta) -> Iterator[datetime]:
    while start < end:
        yield start
        start += step


def sent(what: Digest, hours: WorkingHours, clock: Iterator[datetime]) -> list[tuple[date, datetime]]:
    """What goes out while a clock shows these times, one after the other: each key once, as the database has it."""
    keys: dict[date, datetime] = {}
    for now in clock:
        for day, _ in editions_at(what, hours, now):
            keys.setdefault(day, now)
    return sorted(keys.items())


@pytest.mark.parametrize("change", CHANGES, ids=str)
@pytest.mark.parametrize("at", [time(0), time(0, 30), time(1), time(1, 30), time(1, 59), time(2), time(2, 30)])
def test_in_the_hour_that_is_skipped_or_comes_twice_there_is_one(change: date, at: time) -> None:
    """Three days around each clock change, ticked every minute: three editions, on their own dates, in time."""
    daily = digest(Every.DAY, Moment.CLOCK, at=at)
    start = datetime.combine(change - ONE_DAY, time(), LONDON).astimezone(UTC)
    end = datetime.combine(change + 2 * ONE_DAY, time(), LONDON).astimezone(UTC)
    found = sent(daily, OFFICE, ticks(start, end, timedelta(minutes=1)))
    assert [day for day, _ in found] == [change - ONE_DAY, change, change + ONE_DAY]
    for day, now in found:
        local = now.astimezone(LONDON)
        assert local.date() == day
        is_skipped = day == change and change.month == 3 and time(1) <= at < time(2)
        assert local.time() == (time(2) if is_skipped else at)


@given(
    zone=st.sampled_from(["Europe/London", "America/St_Johns", "Australia/Lord_Howe", "America/Santiago"]),
    start=st.datetimes(datetime(2026, 1, 2), datetime(2027, 12, 20), timezones=st.just(UTC)),  # noqa: DTZ001
    at=st.times().map(lambda at: at.replace(microsecond=0)),
    steps=st.lists(st.tuples(st.integers(1, 90), st.sampled_from([0, 0, 0, -60, 60])), min_size=60, max_size=60),
)
def test_a_clock_that_jumps_an_hour_either_way_loses_and_doubles_nothing(
    zone: str, start: datetime, at: time, steps: list[tuple[int, int]]
) -> None:
    """Ticks up to an hour and a half apart, with jumps: every date whose hour lay within the span, exactly once."""
    hours = WorkingHours(zone=ZoneInfo(zone), nation=Nation.ENGLAND)
    daily = digest(Every.DAY, Moment.CLOCK, at=at, hours_late=6)
    clock, now = [start], start
    for minutes, jump in steps:
        now += timedelta(minutes=minutes + jump)
        clock.append(now)
    found = [day for day, _ in sent(daily, hours, iter(clock))]
    assert len(found) == len(set(found))
    first, last = hours.local_day(min(clock)), hours.local_day(max(clock))
    expected = [
        day
        for day in (first + ONE_DAY * number for number in range((last - first).days + 1))
        if clock[0] <= due_at(daily, day, hours) <= max(clock) - timedelta(hours=3)
    ]
    assert set(expected) <= set(found)
    assert all(min(clock) - timedelta(hours=6) <= due_at(daily, day, hours) <= max(clock) for day in found)


def london(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def test_late_is_fine_for_a_while_and_then_left_out() -> None:
    """The desk was down: at half past eleven the morning still goes out, at noon no more; an evening until night."""
    morning, evening = digest(), digest(moment=Moment.CLOSES, hours_late=6)
    monday = date(2026, 11, 23)
    assert [day for day, _ in editions_at(morning, OFFICE, london(23, 11, 59))] == [monday]
    assert list(editions_at(morning, OFFICE, london(23, 12))) == []
    assert list(editions_at(evening, OFFICE, london(23, 16, 59))) == []
    assert [day for day, _ in editions_at(evening, OFFICE, london(23, 22, 59))] == [monday]
    late = digest(Every.DAY, Moment.CLOCK, at=time(22), hours_late=6)
    assert [day for day, _ in editions_at(late, OFFICE, london(24, 3))] == [monday], (
        "it is Monday’s, after midnight too"
    )
    friday = date(2026, 11, 27)
    assert [at for _, at in editions_at(evening, OFFICE, london(27, 17))] == [london(27, 16, 30)]
    assert due_at(evening, friday, OFFICE) == london(27, 16, 30), "a short Friday ends earlier"


def test_what_was_before_it_was_turned_on_is_not_made_up_for() -> None:
    """Chosen at ten, the first morning is the next one."""
    morning = digest(on_since=london(23, 10))
    assert list(editions_at(morning, OFFICE, london(23, 10, 1))) == []
    assert [day for day, _ in editions_at(morning, OFFICE, london(24, 9))] == [date(2026, 11, 24)]


@pytest.mark.parametrize(
    ("every", "on_day", "expected"),
    [
        (Every.DAY, None, [24, 25, 26, 27, 28, 29, 30, 31]),
        (Every.WORKING_DAY, None, [24, 29, 30, 31]),
        (Every.WEEK, 3, [24, 31]),
        (Every.WEEK, 4, [29]),
        (Every.WEEK, 5, [29]),
        (Every.MONTH, 25, [29]),
        (Every.MONTH, 31, [31]),
        (Every.MONTH, 24, [24]),
    ],
)
def test_days_around_christmas(every: Every, on_day: int | None, expected: list[int]) -> None:
    """24 December 2026 is a Thursday; the 25th and the 28th are holidays: what falls there comes on the 29th, once."""
    what = digest(every, on_day=on_day)
    days = [day for day in range(24, 32) if goes_out_on(what, date(2026, 12, day), OFFICE)]
    assert days == expected


def test_of_a_short_month_the_last_day_counts() -> None:
    """The 31st in June is the 30th; in February 2027, whose 28th is a Sunday, it is 1 March."""
    monthly = digest(Every.MONTH, on_day=31)
    assert goes_out_on(monthly, date(2026, 6, 30), OFFICE)
    assert not goes_out_on(monthly, date(2027, 2, 26), OFFICE)
    assert goes_out_on(monthly, date(2027, 3, 1), OFFICE)


def test_what_went_out_is_told_from_the_last_edition_on() -> None:
    """On Monday since Friday, after Christmas since Christmas Eve, monthly since last month: nothing falls between."""
    assert previous_due_at(digest(), date(2026, 11, 23), OFFICE) == london(20, 9)
    assert previous_due_at(digest(), date(2026, 12, 29), OFFICE) == london(24, 9, month=12)
    monthly = digest(Every.MONTH, on_day=1)
    assert previous_due_at(monthly, date(2026, 12, 1), OFFICE) == london(2, 9), "1 November is a Sunday"
