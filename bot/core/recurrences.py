"""Dates that come again: a rule that a form can build, say in words, and ask for its next dates.

The dates are worked out by dateutil's `rrule` (RFC 5545). They are local dates; the hour belongs to what comes again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import islice, takewhile
from typing import Any, Literal

from dateutil import rrule

from bot.core.errors import BadInput

LOOKS_AHEAD_YEARS = 10
"""A rule that does not fall on any day for so long is taken for a mistake."""

MOST_INTERVAL = 60
SHORTEST_MONTH = 28

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ODD_MONTHS, EVEN_MONTHS = (1, 3, 5, 7, 9, 11), (2, 4, 6, 8, 10, 12)
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


class Frequency(StrEnum):
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_DAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)
_RRULE: Mapping[Frequency, Literal[0, 1, 2]] = {
    Frequency.WEEK: rrule.WEEKLY,
    Frequency.MONTH: rrule.MONTHLY,
    Frequency.YEAR: rrule.YEARLY,
}


@dataclass(frozen=True)
class Recurrence:
    """Every `interval` weeks, months or years, counted from the first date.

    In a month it is the `nth` weekday (Monday is 0; -1: the last), or the `day` of the month; neither: the day of the
    first date, and of a month that is shorter the last day. `months` (1 to 12) are those that count; none named: all.
    `until` is the last day that may be one.
    """

    frequency: Frequency
    interval: int = 1
    weekday: int | None = None
    nth: int | None = None
    day: int | None = None
    months: tuple[int, ...] = ()
    until: date | None = None

    def dates(self, first: date, *, after: date | None = None, most: int = 5) -> list[date]:
        """The next dates from `first` on, or those later than `after`: so many at the most."""
        begin = datetime.combine(first, time())
        horizon = datetime.combine(date((after or first).year + LOOKS_AHEAD_YEARS, 12, 31), time())
        found = self._rule(begin).xafter(datetime.combine(after, time()) if after else begin, inc=after is None)
        return [at.date() for at in islice(takewhile(lambda at: at <= horizon, found), most)]

    def check(self, first: date) -> None:
        """Raises `BadInput` for a rule that can hardly be meant."""
        if not 1 <= self.interval <= MOST_INTERVAL:
            raise BadInput(f"Choose a number between 1 and {MOST_INTERVAL}.", field="interval")
        if self.until is not None and self.until < first:
            raise BadInput("The last day is before the first. Choose a later one.", field="until")
        if not self.dates(first, most=1):
            raise BadInput("This rule does not fall on any day. Choose another day or other months.", field="frequency")

    def words(self) -> str:
        """The rule as one would say it: `every second Tuesday of odd months`."""
        until = f", until {self.until.day} {self.until:%B %Y}" if self.until else ""
        return f"{self._when()}{until}"

    def _when(self) -> str:
        if self.frequency is Frequency.WEEK:
            day = WEEKDAYS[self.weekday] if self.weekday is not None else "week"
            return f"every {day}" if self.interval == 1 else f"{day} every {self.interval} weeks"
        if self.frequency is Frequency.YEAR:
            return "every year" if self.interval == 1 else f"every {self.interval} years"
        of = self._of_months()
        if self.nth is not None and self.weekday is not None:
            return f"every {_NTH[self.nth]} {WEEKDAYS[self.weekday]} of {of}"
        return f"day {self.day} of {of}" if self.day is not None else f"the same day of {of}"

    def _of_months(self) -> str:
        match self.months:
            case ():
                return "the month" if self.interval == 1 else f"the month, every {self.interval} months"
            case months if months == ODD_MONTHS:
                return "odd months"
            case months if months == EVEN_MONTHS:
                return "even months"
        names = [MONTHS[month - 1] for month in self.months]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

    def to_data(self) -> dict[str, Any]:
        """As it is stored. `from_data` makes an equal one of it."""
        return {
            "frequency": self.frequency.value,
            "interval": self.interval,
            "weekday": self.weekday,
            "nth": self.nth,
            "day": self.day,
            "months": list(self.months),
            "until": self.until.isoformat() if self.until else None,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Recurrence":
        until = date.fromisoformat(data["until"]) if data["until"] else None
        return cls(
            **{**data, "frequency": Frequency(data["frequency"]), "months": tuple(data["months"]), "until": until}
        )

    def _rule(self, begin: datetime) -> rrule.rrule:
        by_weekday = None
        if self.weekday is not None:
            day = _DAYS[self.weekday]
            by_weekday = day(self.nth) if self.frequency is Frequency.MONTH and self.nth is not None else day
        if self._may_meet_a_shorter_month(begin):
            return rrule.rrule(
                _RRULE[self.frequency],
                dtstart=begin,
                interval=self.interval,
                bymonthday=list(range(SHORTEST_MONTH, begin.day + 1)),
                bymonth=list(self.months) or (begin.month if self.frequency is Frequency.YEAR else None),
                bysetpos=-1,
                until=datetime.combine(self.until, time()) if self.until else None,
            )
        return rrule.rrule(
            _RRULE[self.frequency],
            dtstart=begin,
            interval=self.interval,
            byweekday=by_weekday,
            bymonthday=self.day,
            bymonth=list(self.months) or None,
            until=datetime.combine(self.until, time()) if self.until else None,
        )

    def _may_meet_a_shorter_month(self, begin: datetime) -> bool:
        """Whether it is the day of the first date, and some month or year may not have that day."""
        is_of_month = self.frequency is Frequency.MONTH or (self.frequency is Frequency.YEAR and len(self.months) < 2)
        return is_of_month and self.weekday is None and self.day is None and begin.day > SHORTEST_MONTH
