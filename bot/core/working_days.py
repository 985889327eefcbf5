"""Working days and working hours: which days an office works, and sums in working time.

Every instant goes in aware and comes out in UTC; a naive one is a `ValueError`. A day is a `date` in the
office's own zone. Sums are over real time, so an office that is open through a clock change works an hour
more or less that day.

A time on the office's clock means the first moment at which the clocks there show it or later (`moment_of`).
So a time that the spring change skips is the moment of the change, and one that the autumn change repeats is
the first of the two. Hence openings never overlap and never run backwards, in any zone.

Bank holidays come from the `holidays` package, one-off ones (a jubilee) as far as it knew them when it was
released.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import groupby
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays

ONE_DAY = timedelta(days=1)
NO_TIME = timedelta(0)
SATURDAY = 5
FOI_WORKING_DAYS = 20  # Freedom of Information Act 2000, section 10(1)

Opening = tuple[datetime, datetime]
"""From when (inclusive) until when (exclusive) the office is open on one day, in UTC."""


class Nation(StrEnum):
    """A nation of the United Kingdom; each has bank holidays of its own."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


_SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


@cache
def _bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year))


def bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    """A nation's bank holidays of a year, as far as the package `holidays` knew them when it was released."""
    return _bank_holidays(nation, year)


def bank_holidays_of_any_nation(day: date) -> frozenset[Nation]:
    """The nations in which `day` is a bank holiday; empty (so false) where it is one in none."""
    _refuse_datetime(day)
    return frozenset(nation for nation in Nation if day in _bank_holidays(nation, day.year))


def as_utc(at: datetime) -> datetime:
    """The same instant in UTC. `ValueError` where `at` is naive."""
    if at.utcoffset() is None:
        raise ValueError(f"A time needs its zone: {at.isoformat()} has none.")
    return at.astimezone(UTC)


def moment_of(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The first moment (UTC) at which the clocks of `zone` show `clock` on `day`, or later."""
    wall = datetime.combine(day, clock, tzinfo=zone)
    first = wall.replace(fold=0).astimezone(UTC)
    before_gap = wall.replace(fold=1).astimezone(UTC)
    if first <= before_gap:
        return first
    # The clocks skip `wall` (PEP 495: the two folds then stand the wrong way round). Close in on the moment
    # of the change; two times of the same zone compare by what the clock shows, which is what is wanted here.
    while first - before_gap > timedelta.resolution:
        middle = before_gap + (first - before_gap) // 2
        if middle.astimezone(zone) >= wall:
            first = middle
        else:
            before_gap = middle
    return first


@dataclass(frozen=True)
class WorkingHours:
    """When an office works: from `opens` until just before `closes`, by the clocks of `zone`, on its
    `weekdays` (Monday is 0, Sunday 6) that are no bank holiday of its `nation` and not among `closed_on`.
    `other_hours` are the opening and closing times of weekdays that differ.

    `ValueError` where there is no weekday, a weekday is none, a time carries a zone of its own, or `closes`
    does not come after `opens` (an office that works through midnight is not known to this desk).
    """

    zone: ZoneInfo
    nation: Nation
    opens: time = time(9)
    closes: time = time(17)
    weekdays: frozenset[int] = frozenset(range(5))
    other_hours: Mapping[int, tuple[time, time]] = field(default_factory=lambda: MappingProxyType({}))
    closed_on: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("Working hours need at least one weekday, from 0 (Monday) to 6 (Sunday).")
        for opens, closes in ((self.opens, self.closes), *self.other_hours.values()):
            if opens.tzinfo or closes.tzinfo:
                raise ValueError("Opening and closing times are on the office's own clock and carry no zone.")
            if opens >= closes:
                raise ValueError("An office has to close after it opens, on the same day.")

    def local_day(self, at: datetime) -> date:
        """The date that the office's calendar shows at `at`."""
        return as_utc(at).astimezone(self.zone).date()

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on `day`. `TypeError` for a `datetime`: its date depends on a zone."""
        _refuse_datetime(day)
        return (
            day.weekday() in self.weekdays
            and day not in self.closed_on
            and day not in _bank_holidays(self.nation, day.year)
        )

    def working_day_after(self, day: date, number: int) -> date:
        """The working day that comes `number` working days after `day` (before it, where negative).

        The day after `day` is the first that can count; 0 gives `day` itself, working or not.
        """
        step = ONE_DAY if number > 0 else -ONE_DAY
        for _ in range(abs(number)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def opening_of(self, day: date) -> datetime:
        """When the clocks show the opening time on `day` (UTC), whether or not the office works that day."""
        return moment_of(day, self._hours_of(day)[0], self.zone)

    def closing_of(self, day: date) -> datetime:
        """The same for the closing time."""
        return moment_of(day, self._hours_of(day)[1], self.zone)

    def is_open(self, at: datetime) -> bool:
        """Whether the office is open at `at`: at the opening moment yes, at the closing moment no longer."""
        at = as_utc(at)
        return next(self._openings_from(at))[0] <= at

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself if the office is open then, else the next moment at which it opens."""
        at = as_utc(at)
        return max(at, next(self._openings_from(at))[0])

    def next_morning(self, at: datetime) -> datetime:
        """The first moment strictly after `at` at which the office opens: if it is open now, not before the
        next working day."""
        at = as_utc(at)
        return next(opens for opens, _ in self._openings_from(at) if opens > at)

    def time_between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between the two; negative where `end` comes before `start`."""
        start, end = as_utc(start), as_utc(end)
        if end < start:
            return -self.time_between(end, start)
        total = NO_TIME
        for opens, closes in self._openings_from(start):
            if opens >= end:
                break
            total += min(closes, end) - max(opens, start)
        return total

    def add(self, start: datetime, span: timedelta) -> datetime:
        """The first moment by which `span` of working time has passed since `start`.

        No span gives `start` itself; a whole day's span gives the day's closing moment, not the next opening.
        `ValueError` where `span` is negative: ask `before`.
        """
        at, left = as_utc(start), _not_negative(span)
        if not left:
            return at
        for opens, closes in self._openings_from(at):
            begins = max(opens, at)
            if left <= closes - begins:
                return begins + left
            left -= closes - begins
        raise AssertionError("Openings never end.")

    def before(self, end: datetime, span: timedelta) -> datetime:
        """The last moment from which `span` of working time is left until `end`: the mirror image of `add`.

        No span gives `end` itself. `ValueError` where `span` is negative.
        """
        at, left = as_utc(end), _not_negative(span)
        if not left:
            return at
        for opens, closes in self._openings_back_from(at):
            ends = min(closes, at)
            if left <= ends - opens:
                return ends - left
            left -= ends - opens
        raise AssertionError("Openings never end.")

    def _hours_of(self, day: date) -> tuple[time, time]:
        return self.other_hours.get(day.weekday(), (self.opens, self.closes))

    def _opening_on(self, day: date) -> Opening | None:
        if not self.is_working_day(day):
            return None
        opens, closes = self.opening_of(day), moment_of(day, self._hours_of(day)[1], self.zone)
        return (opens, closes) if opens < closes else None  # equal where a clock change skips all of it

    def _openings_from(self, at: datetime) -> Iterator[Opening]:
        """Without end, in order: the openings that are not over at `at` (UTC)."""
        day = at.astimezone(self.zone).date() - ONE_DAY  # clocks set back past midnight show a date twice
        while True:
            opening = self._opening_on(day)
            if opening and opening[1] > at:
                yield opening
            day += ONE_DAY

    def _openings_back_from(self, at: datetime) -> Iterator[Opening]:
        """Without end, the latest first: the openings that have begun before `at` (UTC)."""
        day = at.astimezone(self.zone).date() + ONE_DAY
        while True:
            opening = self._opening_on(day)
            if opening and opening[0] < at:
                yield opening
            day -= ONE_DAY


@dataclass(frozen=True)
class FoiDue:
    """When an answer to a freedom-of-information request is due, and how that was counted.

    `bank_holidays` are those that would have counted but for the holiday: none falls on a weekend.
    """

    received: date
    day_one: date
    bank_holidays: tuple[date, ...]
    due: date

    @property
    def working(self) -> str:
        """The sum in words: "received Thu 1 May 2025; day 1 Fri 2 May; 5 and 26 May are bank holidays; day
        20, due: Mon 2 June". A year is named again only where it differs from the year of receipt."""
        return (
            f"received {self.received:%a} {self.received.day} {self.received:%B} {self.received.year}; "
            f"day 1 {self._named(self.day_one)}; {self._holidays_in_words()}; "
            f"day {FOI_WORKING_DAYS}, due: {self._named(self.due)}"
        )

    def _named(self, day: date) -> str:
        year = "" if day.year == self.received.year else f" {day.year}"
        return f"{day:%a} {day.day} {day:%B}{year}"

    def _holidays_in_words(self) -> str:
        months = groupby(self.bank_holidays, key=lambda day: f"{day:%B}")
        words = _listed([f"{_listed([str(day.day) for day in days])} {month}" for month, days in months])
        match len(self.bank_holidays):
            case 0:
                return "no bank holidays"
            case 1:
                return f"{words} is a bank holiday"
            case _:
                return f"{words} are bank holidays"


def foi_due(received: date) -> FoiDue:
    """When an answer is due to a request received on `received` (any day of the week).

    The rule (Freedom of Information Act 2000, section 10; DOMAIN.md §7): the twentieth working day after
    receipt, where no weekend and no bank holiday of any UK nation is a working day.
    """
    _refuse_datetime(received)
    counted: list[date] = []
    left_out: list[date] = []
    day = received
    while len(counted) < FOI_WORKING_DAYS:
        day += ONE_DAY
        if day.weekday() < SATURDAY:
            (left_out if bank_holidays_of_any_nation(day) else counted).append(day)
    return FoiDue(received=received, day_one=counted[0], bank_holidays=tuple(left_out), due=counted[-1])


def _refuse_datetime(day: date) -> None:
    # A datetime is a date to Python and to mypy, but equals none: every bank holiday would pass for a working
    # day.
    if isinstance(day, datetime):
        raise TypeError("A day is a date, not a datetime: which date it is depends on the office's zone.")


def _not_negative(span: timedelta) -> timedelta:
    if span < NO_TIME:
        raise ValueError("A span of working time can't be negative.")
    return span


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
