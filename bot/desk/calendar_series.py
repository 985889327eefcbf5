"""Dates that come again: the rule as a form gives it, the dates it leads to, and planning them ahead."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.core import recurrences
from bot.core.errors import BadInput
from bot.core.permissions import Act
from bot.core.recurrences import EVEN_MONTHS, ODD_MONTHS, Frequency, Recurrence
from bot.core.working_days import ONE_DAY, WorkingHours, moment_of
from bot.core.workspaces import Caller, Desk, Work
from bot.desk.calendar_details import DateDetails, checked
from bot.desk.calendar_words import why_not_working
from storage import calendar as records
from storage.calendar import CalendarDate, Series

PLANNED_AHEAD = timedelta(days=457)
"""Fifteen months: twelve are shown, and planned anew once a month or so."""
PLANNED_ANEW = timedelta(days=30)
MOST_AHEAD = 500
SHOWN_AHEAD = 5


class Again(StrEnum):
    """How dates come again, as somebody chooses it."""

    WEEK = "week"
    WEEKDAY = "weekday"
    DAY = "day"
    YEAR = "year"
    OWN = "own"


class Months(StrEnum):
    EVERY = "every"
    ODD = "odd"
    EVEN = "even"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class RuleChoice:
    """What somebody filled in. What the way chosen in `again` does not need is passed over. `weekday`: Monday is 0;
    `nth`: 1 to 5, -1 for the last."""

    again: Again
    every: str = "1"
    weekday: int = 0
    nth: int = 1
    months: Months = Months.EVERY
    chosen: tuple[int, ...] = ()
    until: date | None = None
    own: str = ""


@dataclass(frozen=True)
class ComingDay:
    """A date that is to come. `not_working`: why nobody works then, in words."""

    starts_at: datetime
    day: date
    not_working: str


@dataclass(frozen=True)
class Preview:
    """A rule before it is saved. `first_on`: the day given as the first, whether or not the rule falls on it."""

    rule: Recurrence
    first_on: date
    days: tuple[ComingDay, ...]


def rule_of(choice: RuleChoice, first_on: date) -> Recurrence:
    """The rule that somebody chose. Raises `BadInput` for one that never falls on a day, or can hardly be meant."""
    rule = _rule(choice, first_on)
    rule.check(first_on)
    if len(rule.dates(first_on, most=2)) < 2:
        raise BadInput(
            "By this rule there is one date only. Choose a later last day, or add it as a single date.",
            field="own" if rule.own else "until",
        )
    return rule


def _rule(choice: RuleChoice, first_on: date) -> Recurrence:
    if choice.again is Again.OWN:
        own = recurrences.of_text(choice.own)
        if own.until is not None and choice.until is not None:
            raise BadInput("The rule says already until when. Leave this open.", field="until")
        return own if choice.until is None else Recurrence(**{**vars(own), "until": choice.until})
    if choice.own.strip():
        raise BadInput("Choose “By a rule of my own” above, or leave this open.", field="own")
    every = _number(choice.every)
    months = {Months.ODD: ODD_MONTHS, Months.EVEN: EVEN_MONTHS, Months.EVERY: ()}.get(
        choice.months, tuple(sorted(choice.chosen))
    )
    if choice.again in {Again.WEEKDAY, Again.DAY} and choice.months is Months.CHOSEN and not months:
        raise BadInput("Choose the months.", field="chosen")
    match choice.again:
        case Again.WEEK:
            return Recurrence(Frequency.WEEK, every, weekday=choice.weekday, until=choice.until)
        case Again.WEEKDAY:
            return Recurrence(
                Frequency.MONTH, every, weekday=choice.weekday, nth=choice.nth, months=months, until=choice.until
            )
        case Again.DAY:
            return Recurrence(Frequency.MONTH, every, day=first_on.day, months=months, until=choice.until)
        case _:
            return Recurrence(Frequency.YEAR, every, until=choice.until)


def _number(text: str) -> int:
    if not text.strip().isdecimal() or len(text.strip()) > 3:
        raise BadInput(f"Write a number between 1 and {recurrences.MOST_INTERVAL}.", field="interval")
    return int(text)


def preview(desk: Desk, caller: Caller, details: DateDetails, choice: RuleChoice) -> Preview:
    """The rule in words, and the next dates it leads to. Nothing is saved."""
    with desk.looking(caller, Act.ADD_DATE) as work:
        starts_at = checked(work, details).starts_at
        first_on = work.hours.local_day(starts_at)
        rule = rule_of(choice, first_on)
        return Preview(rule, first_on, tuple(_coming(work, rule, first_on, starts_at)))


def _coming(work: Work, rule: Recurrence, first_on: date, starts_at: datetime) -> list[ComingDay]:
    hours, clock = work.hours, starts_at.astimezone(work.hours.zone).time()
    found = [
        ComingDay(at, day, why_not_working(hours, day))
        for day in rule.dates(first_on, after=hours.local_day(work.now) - ONE_DAY, most=SHOWN_AHEAD + 1)
        if (at := moment_of(day, clock, hours.zone)) > work.now
    ]
    if not found:
        raise BadInput("All dates by this rule have passed. Choose a later last day.", field="until")
    return found[:SHOWN_AHEAD]


def begin(work: Work, details: DateDetails, rule: Recurrence) -> Series:
    """Within an act: a new series, with its first dates on file."""
    hours = work.hours
    series = Series(
        rule=rule.to_data(),
        first_on=hours.local_day(details.starts_at),
        added_by_id=work.person.id,
        **of_series(hours, details),
    )
    work.tx.add(series)
    plan(work, series)
    return series


def of_series(hours: WorkingHours, details: DateDetails) -> dict[str, Any]:
    """What a series keeps of a date, so that the others are like it: by the office's clock."""
    starts = details.starts_at.astimezone(hours.zone)
    ends = details.ends_at.astimezone(hours.zone) if details.ends_at else None
    return {
        "kind": details.kind,
        "title": details.title,
        "place": details.place or None,
        "starts": starts.time(),
        "ends": ends.time() if ends else None,
        "lasts_days": (ends.date() - starts.date()).days if ends else 0,
    }


def times_on(series: Series, day: date, hours: WorkingHours) -> dict[str, datetime | None]:
    """When a date of a series begins and ends on a day, as its columns: by the office’s clock all the year."""
    ends = moment_of(day + ONE_DAY * series.lasts_days, series.ends, hours.zone) if series.ends else None
    return {"starts_at": starts_on(series, day, hours), "ends_at": ends}


def starts_on(series: Series, day: date, hours: WorkingHours) -> datetime:
    return moment_of(day, series.starts, hours.zone)


def days_to_come(work: Work, series: Series, since: datetime) -> list[date]:
    """The days from an instant on that the rule gives and that have not begun."""
    hours, rule = work.hours, Recurrence.from_data(series.rule)
    found = rule.dates(series.first_on, after=hours.local_day(since) - ONE_DAY, most=MOST_AHEAD)
    return [day for day in found if starts_on(series, day, hours) > work.now]


def plan(work: Work, series: Series) -> int:
    """Puts the dates of a series on file that are to come in the next fifteen months, and at least the next one.

    Gives how many are new. Those that are there stay as they are, also where they were moved or called off.
    """
    hours, until = work.hours, work.now + PLANNED_AHEAD
    days = days_to_come(work, series, max(work.now, series.planned_until or work.now))
    near = [day for day in days if starts_on(series, day, hours) <= until]
    taken = records.days_on_file(work.tx, series.id)
    new = sum(
        records.plan(
            work.tx,
            kind=series.kind,
            title=series.title,
            place=series.place,
            series_id=series.id,
            series_day=day,
            added_by_id=series.added_by_id,
            added_at=work.now,
            **times_on(series, day, hours),
        )
        for day in near or days[:1]
        if day not in taken
    )
    records.change_series(work.tx, series.id, planned_until=until)
    return new


def plan_ahead(desk: Desk) -> None:
    """The tick: every series has its dates of the next months on file. Safe to run in several processes."""
    until = desk.clock.now() + PLANNED_AHEAD - PLANNED_ANEW
    with desk.database.across_workspaces(read_only=True) as view:
        ids = records.workspaces_to_plan(view, until)
    for workspace_id in ids:
        with desk.on_its_own(workspace_id) as work:
            for series in records.to_plan(work.tx, until):
                plan(work, series)


def follows(series: Series, one: CalendarDate, hours: WorkingHours) -> bool:
    """Whether a date is when its series says: it was not moved by itself."""
    return one.series_day is not None and one.starts_at == starts_on(series, one.series_day, hours)
