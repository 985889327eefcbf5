"""Each edition once by the local date: over both clock changes, after a downtime, and for a clock that jumps."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.digest_days import Meeting, due_at, editions_at, goes_out_on, previous_due_at, told_on
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
    days_before: int | None = None,
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
        days_before=days_before,
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


class Board:
    """Meetings of the board by their days, moved while a clock runs, and what a digest has told of them: as on file."""

    def __init__(self, what: Digest, *days: date, hours: WorkingHours = OFFICE) -> None:
        self.what, self.hours = what, hours
        self.days = dict(enumerate(days))
        self.told: dict[int, dict[date, date]] = {one: {} for one in self.days}
        self.sent: dict[date, list[int]] = {}

    def tick(self, now: datetime) -> None:
        """Each key goes out once; of what meetings it tells is noted with it."""
        meetings = [Meeting(one, day, dict(self.told[one])) for one, day in self.days.items()]
        for day, _ in editions_at(self.what, self.hours, now, meetings):
            if day not in self.sent:
                self.sent[day] = [one.id for one in told_on(self.what, day, self.hours, meetings)]
                for one in self.sent[day]:
                    self.told[one].setdefault(day, self.days[one])

    def run(self, *moments: datetime) -> "Board":
        for now in moments:
            self.tick(now)
        return self


BOARD = digest(Every.BEFORE_MEETING, days_before=5, hours_late=6)


@pytest.mark.parametrize("change", CHANGES, ids=str)
@pytest.mark.parametrize("at", [time(0), time(0, 30), time(1, 30), time(2, 30), time(9)])
def test_before_a_meeting_there_is_one_over_a_clock_change(change: date, at: time) -> None:
    """A meeting three working days after the change, told of one and four working days before: once each, in time."""
    meeting = OFFICE.working_day_after(change, 3)
    start = datetime.combine(change - 5 * ONE_DAY, time(), LONDON).astimezone(UTC)
    for before in (1, 4):
        what = digest(Every.BEFORE_MEETING, Moment.CLOCK, at=at, days_before=before, hours_late=6)
        board = Board(what, meeting).run(*ticks(start, start + timedelta(days=12), timedelta(minutes=10)))
        assert board.sent == {OFFICE.working_day_after(meeting, -before): [0]}


@given(
    start=st.datetimes(datetime(2026, 1, 2), datetime(2027, 12, 20), timezones=st.just(UTC)),  # noqa: DTZ001
    hour=st.tuples(st.times().map(lambda at: at.replace(microsecond=0)), st.integers(1, 6)),
    away=st.lists(st.integers(6, 24), min_size=1, max_size=3, unique=True),
    moved=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 400), st.integers(-9, 12)), max_size=3),
    jumps=st.lists(st.sampled_from([0, 0, 0, 0, -60, 60]), min_size=400, max_size=400),
)
def test_a_meeting_is_told_of_once_whatever_the_clock_does_and_however_it_is_moved(
    start: datetime,
    hour: tuple[time, int],
    away: list[int],
    moved: list[tuple[int, int, int]],
    jumps: list[int],
) -> None:
    """Four weeks of ticks with jumps and moves: no two editions tell of one meeting on about the same day, and whatever
    is still to come and was due has been told of."""
    at, before = hour
    what = digest(Every.BEFORE_MEETING, Moment.CLOCK, at=at, days_before=before, hours_late=24)
    first = OFFICE.local_day(start)
    board = Board(what, *(first + ONE_DAY * days for days in away))
    now = highest = start
    for place, jump in enumerate(jumps):
        now += timedelta(minutes=100 + jump)
        highest = max(highest, now)
        for which, when, days in moved:
            if when == place and which in board.days:
                board.days[which] += ONE_DAY * days
        board.tick(now)
    for told in board.told.values():
        days_told = sorted(told.values())
        assert all(later - earlier > timedelta(days=7) for earlier, later in pairwise(days_told))
    if not moved:
        today = OFFICE.local_day(highest)
        for one, day in board.days.items():
            edition = OFFICE.working_day_after(day, -before)
            if first < edition < day and edition < today - ONE_DAY:
                assert list(board.told[one]) == [edition]


def test_a_meeting_that_is_moved_is_told_of_again_only_if_by_more_than_a_week() -> None:
    """Told of on Monday 23 November for the 30th: not again for 3 or 7 December, which is a week; again for the 8th."""
    told = {date(2026, 11, 23): date(2026, 11, 30)}
    days = [date(2026, 11, 23) + ONE_DAY * number for number in range(16)]
    for meeting, expected in (
        (date(2026, 11, 30), [date(2026, 11, 23)]),
        (date(2026, 12, 3), []),
        (date(2026, 12, 7), []),
        (date(2026, 12, 8), [date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 4)]),
    ):
        found = [day for day in days if goes_out_on(BOARD, day, OFFICE, [Meeting(1, meeting, told)])]
        assert found[: len(expected)] == expected, meeting
    assert Board(BOARD, date(2026, 12, 8)).run(*ticks(london(23, 8), london(30, 8), timedelta(hours=1))).sent == {}


def test_a_meeting_at_short_notice_is_told_of_on_the_next_morning() -> None:
    """Called on Monday for Thursday, when the day to tell of it is past; but never on the day itself."""
    board = Board(BOARD, date(2026, 11, 26)).run(*ticks(london(23, 10), london(27, 18), timedelta(minutes=30)))
    assert board.sent == {date(2026, 11, 23): [0]}
    late = Board(BOARD, date(2026, 11, 26)).run(*ticks(london(23, 16), london(27, 18), timedelta(minutes=30)))
    assert late.sent == {date(2026, 11, 24): [0]}
    assert Board(BOARD, date(2026, 11, 26)).run(*ticks(london(26, 8), london(27, 18), timedelta(minutes=30))).sent == {}
    two = Board(BOARD, date(2026, 11, 30), date(2026, 12, 1)).run(
        *ticks(london(21, 8), london(30, 8), timedelta(hours=1))
    )
    assert two.sent == {date(2026, 11, 23): [0], date(2026, 11, 24): [1]}


def test_before_a_meeting_is_told_what_is_new_since_the_edition_before_it() -> None:
    """That of the last meeting; three months where there was none."""
    monday = date(2026, 11, 23)
    assert previous_due_at(BOARD, monday, OFFICE, date(2026, 11, 2)) == london(2, 9)
    assert previous_due_at(BOARD, monday, OFFICE) == datetime(2026, 8, 23, 8, tzinfo=UTC)
