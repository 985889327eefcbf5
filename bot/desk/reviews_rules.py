"""How often something is reviewed: the cadences people choose from, rules of their own, and which date comes next.

Counted from the date planned, in whole months; of a month that is shorter, its last day (DOMAIN §5, "Reviews").
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.errors import BadInput
from bot.core.recurrences import MOST_INTERVAL, Frequency, Recurrence
from bot.core.working_days import WorkingHours

MOST_AHEAD_YEARS = 10
SHOWN_DATES = 5


class Cadence(StrEnum):
    THREE_MONTHS = "three_months"
    SIX_MONTHS = "six_months"
    YEARLY = "yearly"
    TWO_YEARS = "two_years"
    ONCE = "once"
    CUSTOM = "custom"


def months(number: int) -> Recurrence:
    return Recurrence(Frequency.MONTH, interval=number)


RULES: Mapping[Cadence, Recurrence] = {
    Cadence.THREE_MONTHS: months(3),
    Cadence.SIX_MONTHS: months(6),
    Cadence.YEARLY: months(12),
    Cadence.TWO_YEARS: months(24),
}
CADENCE_WORDS: Mapping[Cadence, str] = {
    Cadence.THREE_MONTHS: "every three months",
    Cadence.SIX_MONTHS: "every six months",
    Cadence.YEARLY: "every year",
    Cadence.TWO_YEARS: "every two years",
    Cadence.ONCE: "once only",
    Cadence.CUSTOM: "by a rule of its own",
}


class Way(StrEnum):
    """The rules that a form can build."""

    MONTHS = "months"
    WEEKDAY = "weekday"


@dataclass(frozen=True)
class CustomRule:
    """A rule as a form gives it: every so many months (`every`, as typed), or the `nth` `weekday` of some months."""

    way: Way | None
    every: str = ""
    nth: int | None = None
    weekday: int | None = None
    months: tuple[int, ...] = ()

    def rule(self) -> Recurrence:
        """`BadInput` where nothing was chosen, or what cannot be."""
        if self.way is None:
            raise BadInput("Choose how it comes again.", field="way")
        if self.way is Way.MONTHS:
            typed = self.every.strip()
            if not (typed.isdecimal() and len(typed) < 4 and 1 <= int(typed) <= MOST_INTERVAL):
                raise BadInput(f"Write a number of months, from 1 to {MOST_INTERVAL}.", field="every")
            return months(int(typed))
        if self.nth is None:
            raise BadInput("Choose which one of the month.", field="nth")
        if self.weekday is None:
            raise BadInput("Choose the day of the week.", field="weekday")
        return Recurrence(Frequency.MONTH, weekday=self.weekday, nth=self.nth, months=tuple(sorted(self.months)))


def cadence_of(rule: Recurrence | None) -> Cadence:
    if rule is None:
        return Cadence.ONCE
    return next((cadence for cadence, one in RULES.items() if one == rule), Cadence.CUSTOM)


def words(rule: Recurrence | None) -> str:
    """How often, as one would say it: `every six months`, `every last Friday of March`."""
    cadence = cadence_of(rule)
    if rule is None or cadence is not Cadence.CUSTOM:
        return CADENCE_WORDS[cadence]
    if rule.weekday is None:
        return "every month" if rule.interval == 1 else f"every {rule.interval} months"
    return rule.words()


def check(rule: Recurrence | None, first: date) -> None:
    """Refuses a rule that hardly ever comes again. `BadInput`."""
    if rule is not None and not rule.dates(first, after=first, most=1):
        raise BadInput("By this rule it would never be reviewed again. Choose another day or other months.")


def dates(rule: Recurrence | None, first: date) -> list[date]:
    """The first date, and those that follow from the rule: five in all."""
    return [first, *(rule.dates(first, after=first, most=SHOWN_DATES - 1) if rule else ())]


@dataclass(frozen=True)
class Following:
    """Which date comes next; None: it is reviewed once only. `missed`: those gone by since the one that was due."""

    day: date | None
    missed: tuple[date, ...] = ()


def following(rule: Recurrence | None, *, counted_from: date, due_on: date, today: date) -> Following:
    """The first date by the rule that is later than the one that was due, and still to come."""
    if rule is None:
        return Following(None)
    after = max(due_on, today)
    found = rule.dates(counted_from, after=after, most=1)
    gone = rule.dates(counted_from, after=due_on, most=_MOST_MISSED) if due_on < today else []
    return Following(found[0] if found else None, tuple(day for day in gone if day <= today))


_MOST_MISSED = 200


def in_words(day: date) -> str:
    """`Monday 1 March 2027`."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def remark(day: date, hours: WorkingHours) -> str:
    """Where nobody works on a day, when the reminder comes instead; else nothing."""
    if hours.is_working_day(day):
        return ""
    before = hours.working_day_after(day, -1)
    return f"Nobody works on {in_words(day)}, so the reminder of that day comes on {in_words(before)}."


def remarks(several: Collection[date], hours: WorkingHours) -> tuple[str, ...]:
    return tuple(said for day in several if (said := remark(day, hours)))


def check_next(day: date | None, today: date, *, field: str, otherwise: str) -> date:
    """A date that is still to come, within ten years. `otherwise` is said where there is none."""
    if day is None:
        raise BadInput(otherwise, field=field)
    if day <= today:
        raise BadInput("This date has passed. Choose a later one.", field=field)
    if day.year > today.year + MOST_AHEAD_YEARS:
        raise BadInput(f"This is more than {MOST_AHEAD_YEARS} years away. Check the year.", field=field)
    return day
