"""The rungs of a ladder: when each comes, whom it tells, how it repeats.

Where a rung stands is a small frozen record (`Part`, `Before`, `After`, `WorkingDay`, `NextMorning`, `AtDue`)
whose `comes_at` gives its moment in UTC, or none where this asking has no such moment. How rungs that come
close together make room for one another is the business of `ladders`; how they are stored, of `ladder_data`.

Spans are whole minutes. A record that makes no sense cannot be made: it raises a `ValueError` with a sentence
for whoever set it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from bot.core.working_days import WorkingHours

TEN_MINUTES = timedelta(minutes=10)  # between two reminders about one thing (DOMAIN.md §10)
ONE_MINUTE = timedelta(minutes=1)
MOST_MINUTES = 366 * 24 * 60
MOST_WORKING_DAYS = 366
WORKING_TIME_FROM = timedelta(hours=24)


class Tell(StrEnum):
    """Whom a rung tells, seen from the obligation: its owner, the owner's deputy, who owns the record it is
    about."""

    OWNER = "owner"
    DEPUTY = "deputy"
    SUBJECT_OWNER = "subject_owner"
    COMMS_LEAD = "comms_lead"
    PRESS_CHANNEL = "press_channel"


class Since(StrEnum):
    """What working days are counted from."""

    ASKED = "asked"
    DUE = "due"


@dataclass(frozen=True)
class Asking:
    """What was asked of somebody, as the rung looked at sees it. All instants in UTC.

    `below_at` is when the rung below comes; where there is none, when it was asked.
    """

    asked_at: datetime
    due_at: datetime | None
    hours: WorkingHours
    below_at: datetime


@dataclass(frozen=True)
class Part:
    """When this part (between 0 and 1) of the time between asking and due has passed.

    Below 24 hours that is real time. From 24 hours up it is working time, unless there is none between the
    two.
    """

    of: Fraction

    def __post_init__(self) -> None:
        if not 0 < self.of < 1:
            raise ValueError("A part lies between 0 and 1.")

    def comes_at(self, asking: Asking) -> datetime | None:
        if asking.due_at is None or asking.due_at <= asking.asked_at:
            return None
        given = asking.due_at - asking.asked_at
        if given >= WORKING_TIME_FROM:
            working = asking.hours.time_between(asking.asked_at, asking.due_at)
            if working:
                return asking.hours.add(asking.asked_at, self._of(working))
        return asking.asked_at + self._of(given)

    def _of(self, span: timedelta) -> timedelta:
        return span * self.of.numerator / self.of.denominator


@dataclass(frozen=True)
class Before:
    """This much real time before due, if more than so much was given; never within ten minutes of asking."""

    span: timedelta
    only_if_given_more_than: timedelta | None = None

    def __post_init__(self) -> None:
        _check_span("The time before due", self.span, at_least=1)
        _check_span("The time given", self.only_if_given_more_than)

    def comes_at(self, asking: Asking) -> datetime | None:
        if asking.due_at is None:
            return None
        given = asking.due_at - asking.asked_at
        if self.only_if_given_more_than is not None and given <= self.only_if_given_more_than:
            return None
        return asking.due_at - self.span if given >= self.span + TEN_MINUTES else None


@dataclass(frozen=True)
class After:
    """This much time after asking, real or working; at once where no more than so much is given."""

    span: timedelta
    in_working_hours: bool = False
    at_once_if_due_within: timedelta | None = None

    def __post_init__(self) -> None:
        _check_span("The time after asking", self.span)
        _check_span("The time within which it is due", self.at_once_if_due_within)

    def comes_at(self, asking: Asking) -> datetime | None:
        at_once = self.at_once_if_due_within
        if at_once is not None and asking.due_at is not None and asking.due_at - asking.asked_at <= at_once:
            return asking.asked_at
        if self.in_working_hours:
            return asking.hours.add(asking.asked_at, self.span)
        return asking.asked_at + self.span


@dataclass(frozen=True)
class WorkingDay:
    """When the office opens on the working day of this number after asking; or after (negative: before) due.

    Number 0 is the day on which it is due, or the working day before that where nobody works then.
    """

    number: int
    since: Since = Since.ASKED

    def __post_init__(self) -> None:
        if abs(self.number) > MOST_WORKING_DAYS:
            raise ValueError(f"Working days are counted up to {MOST_WORKING_DAYS}.")
        if self.since is Since.ASKED and self.number < 1:
            raise ValueError("Working days after asking are counted from 1.")

    def comes_at(self, asking: Asking) -> datetime | None:
        hours = asking.hours
        if self.since is Since.ASKED:
            return hours.opening_of(hours.working_day_after(hours.local_day(asking.asked_at), self.number))
        if asking.due_at is None:
            return None
        day = hours.local_day(asking.due_at)
        if self.number or not hours.is_working_day(day):
            day = hours.working_day_after(day, self.number or -1)
        at = hours.opening_of(day)
        if self.number >= 0:
            return max(at, asking.asked_at)
        return at if at > asking.asked_at else None


@dataclass(frozen=True)
class NextMorning:
    """The next working morning after the rung below; after asking, where there is none."""

    def comes_at(self, asking: Asking) -> datetime | None:
        return asking.hours.next_morning(asking.below_at)


@dataclass(frozen=True)
class AtDue:
    """When it is due; at once where that was past already."""

    def comes_at(self, asking: Asking) -> datetime | None:
        return None if asking.due_at is None else max(asking.due_at, asking.asked_at)


@dataclass(frozen=True)
class Repeat:
    """Again after `every` so much real time; without `times`, until it is done.

    In working hours only: what would come while the office is closed comes when it opens, and counts on from
    there.
    """

    every: timedelta
    times: int | None = None
    only_in_working_hours: bool = False

    def __post_init__(self) -> None:
        _check_span("The time until a repeat", self.every, at_least=10)
        _check_times(self.times)

    def next_after(self, previous: datetime, hours: WorkingHours) -> datetime:
        at = previous + self.every
        return hours.next_opening(at) if self.only_in_working_hours else at


@dataclass(frozen=True)
class RepeatByWorkingDays:
    """Again when the office opens so many working days later (5: weekly); without `times`, until it is
    done."""

    working_days: int
    times: int | None = None

    def __post_init__(self) -> None:
        if not 0 < self.working_days <= MOST_WORKING_DAYS:
            raise ValueError(f"A repeat comes after 1 to {MOST_WORKING_DAYS} working days.")
        _check_times(self.times)

    def next_after(self, previous: datetime, hours: WorkingHours) -> datetime:
        day = hours.working_day_after(hours.local_day(previous), self.working_days)
        return max(hours.opening_of(day), previous + TEN_MINUTES)


Position = Part | Before | After | WorkingDay | NextMorning | AtDue
AnyRepeat = Repeat | RepeatByWorkingDays


@dataclass(frozen=True)
class Rung:
    """When it comes, whom it tells, whether quiet hours hold it back, and how it repeats.

    The repeats follow one another; only the last may go on without end.
    """

    position: Position
    tells: tuple[Tell, ...]
    pierces_quiet_hours: bool = False
    repeats: tuple[AnyRepeat, ...] = ()

    def __post_init__(self) -> None:
        if not self.tells or len(self.tells) > len(set(self.tells)):
            raise ValueError("A rung tells somebody, and nobody twice.")
        if any(repeat.times is None for repeat in self.repeats[:-1]):
            raise ValueError("Only the last repeat may go on without end.")


def _check_span(what: str, span: timedelta | None, *, at_least: int = 0) -> None:
    if span is not None and (span % ONE_MINUTE or not at_least <= span // ONE_MINUTE <= MOST_MINUTES):
        raise ValueError(f"{what} is {at_least} to {MOST_MINUTES} whole minutes.")


def _check_times(times: int | None) -> None:
    if times is not None and times < 1:
        raise ValueError("A repeat comes once or more.")
