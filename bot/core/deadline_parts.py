"""What the parts of a phrase about time are: days, times of day, instants.

A part already knows what it means to somebody who wrote at `sent` (local, aware): "Thursday" is a date, "half
four" is 16:30. `doubt` says that a kind reader would ask; `also` holds what else it might mean.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from bot.core.deadline_text import PlainText
from bot.core.working_days import WorkingHours

ONE_DAY = timedelta(days=1)
SMALL_HOURS = 4
"""Until this hour of the night "tomorrow" may mean the day that has already begun."""


class DayKind(Enum):
    """How a day is named."""

    DATE = "date"  # 3 June, 03/06, the 3rd
    WEEKDAY = "weekday"  # Thursday
    RELATIVE = "relative"  # today, tomorrow, in two days
    LIMIT = "limit"  # the end of the week


@dataclass(frozen=True)
class Part:
    """Where it stands in the plain text."""

    start: int
    end: int


@dataclass(frozen=True)
class Day(Part):
    """A day. `clock`: the time that its own words give ("tonight"); `half`: "am" or "pm" where they give that."""

    day: date
    kind: DayKind
    doubt: bool = False
    also: tuple[date, ...] = ()
    clock: time | None = None
    half: str = ""
    asked: bool = False  # "within two days", not only "two days"
    is_sent_day: bool = False  # the day of the week on which it was written: today, or a week later


@dataclass(frozen=True)
class Clock(Part):
    """A time of day. `bare`: neither am nor pm was said; `half`: a part of the day ("morning") and no hour."""

    clock: time
    bare: bool = False
    half: str = ""
    at_end: bool = False  # midnight, at the end of its day
    doubt: bool = False
    next_morning: bool = False  # "first thing" with no day


@dataclass(frozen=True)
class Moment(Part):
    """An instant that a span of hours or minutes leads to. `asked`: "within", not only "two hours"."""

    at: datetime
    asked: bool
    doubt: bool = False


@dataclass(frozen=True)
class NoDay(Part):
    """Words for a day or a time that the calendar or the clock here does not have. `why`: a sentence."""

    why: str


@dataclass(frozen=True)
class Writer:
    """Somebody who wrote at `sent` (aware, in the office's zone) to an office that keeps `hours`."""

    sent: datetime
    hours: WorkingHours
    text: PlainText = field(repr=False)

    @property
    def today(self) -> date:
        return self.sent.date()

    def after(self, span: timedelta) -> datetime:
        """`span` of real time after it was written, in UTC."""
        return self.sent.astimezone(UTC) + span

    @property
    def up_late(self) -> bool:
        return self.sent.hour < SMALL_HOURS


Found = Day | Clock | Moment | NoDay
Reader = Callable[[re.Match[str], Writer], Found | None]
"""What a match of a pattern means to its writer; None where it is no time after all."""

Readers = tuple[tuple[re.Pattern[str], Reader], ...]


def pattern(text: str) -> re.Pattern[str]:
    """As all patterns here are read: letters and digits are those of ASCII."""
    return re.compile(text, re.ASCII)


def stands_alone(match: re.Match[str]) -> bool:
    """Whether the text says nothing else."""
    return not match.string[: match.start()].strip(" ¶") and not match.string[match.end() :].strip(" ¶.")
