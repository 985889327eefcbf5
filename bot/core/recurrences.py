"""Dates that come again: a rule that a form can build, say in words, and ask for its next dates.

The dates are worked out by dateutil's `rrule` (RFC 5545). They are local dates; the hour belongs to what comes again.
Whoever has a rule as iCalendar text gives that (`of_text`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any, Literal

from dateutil import rrule

from bot.core.errors import BadInput

LOOKS_AHEAD_YEARS = 10
"""A rule that does not fall on any day for so long is taken for a mistake."""

MOST_INTERVAL = 60
SHORTEST_MONTH = 28
LONGEST_TEXT = 300

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
    OWN = "own"


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

    `own` is the text of a rule of one's own, which says all of this but `until`; `times`: how many dates it has at the
    most, counted from the first.
    """

    frequency: Frequency
    interval: int = 1
    weekday: int | None = None
    nth: int | None = None
    day: int | None = None
    months: tuple[int, ...] = ()
    until: date | None = None
    own: str = ""
    times: int | None = None

    def dates(self, first: date, *, after: date | None = None, most: int = 5) -> list[date]:
        """The next dates from `first` on, or those later than `after`: so many at the most."""
        horizon = date((after or first).year + LOOKS_AHEAD_YEARS, 12, 31)
        every_one = islice(self._every_one(first, min(self.until or horizon, horizon)), self.times)
        return list(islice((day for day in every_one if after is None or day > after), most))

    def check(self, first: date) -> None:
        """Raises `BadInput` for a rule that can hardly be meant."""
        if not 1 <= self.interval <= MOST_INTERVAL:
            raise BadInput(f"Choose a number between 1 and {MOST_INTERVAL}.", field="interval")
        if self.until is not None and self.until < first:
            raise BadInput("The last day is before the first. Choose a later one.", field="until")
        if not self.dates(first, most=1):
            field = "own" if self.own else "frequency"
            raise BadInput("This rule does not fall on any day. Choose another day or other months.", field=field)

    def words(self) -> str:
        """The rule as one would say it: `every second Tuesday of odd months`."""
        until = f", until {self.until.day} {self.until:%B %Y}" if self.until else ""
        return f"{self._when()}{until}"

    def _when(self) -> str:
        if self.frequency is Frequency.OWN:
            times = f", {self.times} times" if self.times else ""
            return f"by the rule {self.own}{times}"
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
            **({"own": self.own, "times": self.times} if self.own else {}),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Recurrence":
        until = date.fromisoformat(data["until"]) if data["until"] else None
        return cls(
            **{**data, "frequency": Frequency(data["frequency"]), "months": tuple(data["months"]), "until": until}
        )

    def _every_one(self, first: date, until: date) -> Iterator[date]:
        """Worked out some centuries later, where all days are the same: dateutil looks for the next date of a rule that
        has none up to the year 9999, which takes seconds from here."""
        later = (date.max.year - 2 * LOOKS_AHEAD_YEARS - first.year) // _ALL_DAYS_THE_SAME * _ALL_DAYS_THE_SAME
        begin, end = (datetime(day.year + later, day.month, day.day) for day in (first, until))  # noqa: DTZ001 (days)
        return (at.date().replace(year=at.year - later) for at in self._rule(begin, end))

    def _rule(self, begin: datetime, end: datetime) -> Iterator[datetime]:
        if self.own:
            return iter(_parsed(self.own, begin).replace(until=end))
        by_weekday, by_day, months, place = None, [self.day] if self.day else None, list(self.months), None
        if self.weekday is not None:
            day = _DAYS[self.weekday]
            by_weekday = day(self.nth) if self.frequency is Frequency.MONTH and self.nth is not None else day
        if self._may_meet_a_shorter_month(begin):
            by_day, place = list(range(SHORTEST_MONTH, begin.day + 1)), -1
            months = months or ([begin.month] if self.frequency is Frequency.YEAR else [])
        return iter(
            rrule.rrule(
                _RRULE[self.frequency],
                dtstart=begin,
                interval=self.interval,
                byweekday=by_weekday,
                bymonthday=by_day,
                bymonth=months or None,
                bysetpos=place,
                until=end,
            )
        )

    def _may_meet_a_shorter_month(self, begin: datetime) -> bool:
        """Whether it is the day of the first date, and some month or year may not have that day."""
        is_of_month = self.frequency is Frequency.MONTH or (self.frequency is Frequency.YEAR and len(self.months) < 2)
        return is_of_month and self.weekday is None and self.day is None and begin.day > SHORTEST_MONTH


_ALL_DAYS_THE_SAME = 400
"""Years after which the calendar repeats itself, weekdays and leap years included."""

_PARTS = frozenset(
    {
        "FREQ",
        "INTERVAL",
        "BYDAY",
        "BYMONTH",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYSETPOS",
        "WKST",
        "UNTIL",
        "COUNT",
    }
)
_TOO_OFTEN = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
_BY_THE_CLOCK = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_MOST_NUMBER = 999
_WEEKDAY = re.compile(r"([+-]?[0-9]{1,3})?(MO|TU|WE|TH|FR|SA|SU)")
_NONE_OF_THESE = re.compile(r"[+-]?0+")
_MOST_OF_A_MONTH, _MOST_OF_A_YEAR = 5, 53


def of_text(text: str) -> Recurrence:
    """A rule of one's own, as iCalendar text (RFC 5545, with or without `RRULE:`). Whether it ever falls on a day is
    seen by `check`, which knows the first date. Raises `BadInput`, with a sentence, for the field `own`."""
    written = "".join(text.split()).upper().removeprefix("RRULE:")
    if not written:
        raise BadInput("Write the rule. Write it like FREQ=MONTHLY;BYDAY=2TU.", field="own")
    if len(written) > LONGEST_TEXT:
        raise BadInput(f"This has {len(written)} characters and may have {LONGEST_TEXT}. Shorten it.", field="own")
    parts: dict[str, str] = {}
    for part in written.strip(";").split(";"):
        name, equals, value = part.partition("=")
        if name in _BY_THE_CLOCK:
            raise BadInput(f"Leave {name} out: the time is that of the first date.", field="own")
        if not equals or not value or name not in _PARTS or name in parts:
            raise BadInput(f"“{part[:40]}” cannot be read here. Write it like FREQ=MONTHLY;BYDAY=2TU.", field="own")
        parts[name] = value
    if parts.get("FREQ") in _TOO_OFTEN:
        raise BadInput(
            "This rule comes more than once a day. Choose DAILY, WEEKLY, MONTHLY or YEARLY after FREQ=.", field="own"
        )
    if parts.get("FREQ") not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        raise BadInput("Say how often, with FREQ=. Write it like FREQ=MONTHLY;BYDAY=2TU.", field="own")
    until, times = _day(parts.pop("UNTIL", "")), _number(parts.pop("COUNT", ""), "COUNT")
    interval = _number(parts.get("INTERVAL", ""), "INTERVAL") or 1
    own = ";".join(f"{name}={value}" for name, value in parts.items())
    _check_numbers(parts)
    rule = Recurrence(Frequency.OWN, interval=min(interval, MOST_INTERVAL), until=until, own=own, times=times)
    try:
        rule.dates(date(2026, 1, 1), most=1)
    except (ValueError, TypeError, AttributeError, IndexError, KeyError) as error:
        raise BadInput(_UNREADABLE, field="own") from error
    return rule


_UNREADABLE = "This rule cannot be read. Write it like FREQ=MONTHLY;BYDAY=2TU."


def _check_numbers(parts: Mapping[str, str]) -> None:
    """dateutil takes numbers that mean nothing: it passes over a 0, and fails on the 99th Tuesday of a month."""
    for name in sorted(parts.keys() - {"FREQ", "INTERVAL", "WKST", "BYDAY"}):
        if any(map(_NONE_OF_THESE.fullmatch, parts[name].split(","))):
            raise BadInput(f"{name} cannot be 0. Count from 1, or from the end with -1.", field="own")
    most = {"MONTHLY": _MOST_OF_A_MONTH, "YEARLY": _MOST_OF_A_YEAR}.get(parts["FREQ"], 0)
    if "BYMONTH" in parts:
        most = min(most, _MOST_OF_A_MONTH)
    for value in parts["BYDAY"].split(",") if "BYDAY" in parts else ():
        day = _WEEKDAY.fullmatch(value)
        if day is None:
            raise BadInput(_UNREADABLE, field="own")
        if day[1] is not None and not 1 <= abs(int(day[1])) <= most:
            sentence = f"Write {day[1]}{day[2]} as {day[2]}, or choose MONTHLY or YEARLY after FREQ=."
            if most:
                sentence = f"{day[1]}{day[2]} is never there. Choose a number from 1 to {most}, or from -1 to -{most}."
            raise BadInput(sentence, field="own")


def _parsed(own: str, begin: datetime) -> rrule.rrule:
    found = rrule.rrulestr(own, dtstart=begin)
    if not isinstance(found, rrule.rrule):
        raise TypeError("this is a set of rules")
    return found


def _number(text: str, name: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[1-9]\d{0,2}", text):
        raise BadInput(f"{name} is a number from 1 to {_MOST_NUMBER}.", field="own")
    return int(text)


def _day(text: str) -> date | None:
    found = re.fullmatch(r"(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?", text)
    try:
        return date(*map(int, found.groups())) if found else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> date | None:
    if text:
        raise BadInput("Write the last day like UNTIL=20271231.", field="own")
    return None
