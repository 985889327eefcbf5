"""Ladders in words: the few moments and the ways to repeat from which ordinary people put one together.

A `Plan` says whom to tell at each moment and how often again afterwards. Every default ladder can be said so
(a test holds it); a ladder that cannot, because somebody wrote its rungs in a file, has no plan.
"""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.core.ladders import DEFAULT_LADDERS, Ladder, steps
from bot.core.rungs import (
    After,
    AnyRepeat,
    AtDue,
    Before,
    NextMorning,
    Part,
    Position,
    Repeat,
    RepeatByWorkingDays,
    Rung,
    Since,
    Tell,
    WorkingDay,
)
from bot.core.working_days import Nation, WorkingHours
from storage.obligations import Duty

Chosen = TypeVar("Chosen", bound=StrEnum)


class Moment(StrEnum):
    """When somebody is told, in the order in which the moments come."""

    AT_ONCE = "at_once"
    AFTER_A_QUARTER_HOUR = "after_a_quarter_hour"
    AFTER_AN_HOUR = "after_an_hour"
    NEXT_MORNING = "next_morning"
    SECOND_DAY = "second_day"
    FOURTH_DAY = "fourth_day"
    FIFTH_DAY = "fifth_day"
    SEVENTH_DAY = "seventh_day"
    HALF = "half"
    THREE_QUARTERS = "three_quarters"
    DAY_BEFORE = "day_before"
    HOUR_BEFORE = "hour_before"
    DUE = "due"
    FOUR_WEEKS_BEFORE = "four_weeks_before"
    A_WEEK_BEFORE = "a_week_before"
    THE_DAY = "the_day"
    A_WEEK_AFTER = "a_week_after"


class Again(StrEnum):
    """How often somebody is told again, until it is done."""

    NOT = "not"
    HALF_HOURLY_THEN_HOURLY = "half_hourly_then_hourly"
    HALF_HOURLY_THEN_BY_DAY = "half_hourly_then_by_day"
    HALF_HOURLY = "half_hourly"
    HOURLY = "hourly"
    MORNINGS = "mornings"
    WEEKLY = "weekly"


_HALF_AN_HOUR, _AN_HOUR = timedelta(minutes=30), timedelta(hours=1)

_REPEATS: Mapping[Again, tuple[AnyRepeat, ...]] = {
    Again.NOT: (),
    Again.HALF_HOURLY_THEN_HOURLY: (Repeat(_HALF_AN_HOUR, times=4), Repeat(_AN_HOUR, only_in_working_hours=True)),
    Again.HALF_HOURLY_THEN_BY_DAY: (
        Repeat(_HALF_AN_HOUR, times=4),
        Repeat(_HALF_AN_HOUR, only_in_working_hours=True),
    ),
    Again.HALF_HOURLY: (Repeat(_HALF_AN_HOUR),),
    Again.HOURLY: (Repeat(_AN_HOUR, only_in_working_hours=True),),
    Again.MORNINGS: (RepeatByWorkingDays(1),),
    Again.WEEKLY: (RepeatByWorkingDays(5),),
}
_POSITIONS: Mapping[Moment, Position] = {
    Moment.AT_ONCE: After(timedelta()),
    Moment.AFTER_A_QUARTER_HOUR: After(
        timedelta(minutes=15), in_working_hours=True, at_once_if_due_within=timedelta(hours=2)
    ),
    Moment.AFTER_AN_HOUR: After(_AN_HOUR),
    Moment.NEXT_MORNING: NextMorning(),
    Moment.SECOND_DAY: WorkingDay(2),
    Moment.FOURTH_DAY: WorkingDay(4),
    Moment.FIFTH_DAY: WorkingDay(5),
    Moment.SEVENTH_DAY: WorkingDay(7),
    Moment.HALF: Part(Fraction(1, 2)),
    Moment.THREE_QUARTERS: Part(Fraction(3, 4)),
    Moment.DAY_BEFORE: WorkingDay(-1, Since.DUE),
    Moment.HOUR_BEFORE: Before(_AN_HOUR),
    Moment.DUE: AtDue(),
    Moment.FOUR_WEEKS_BEFORE: WorkingDay(-20, Since.DUE),
    Moment.A_WEEK_BEFORE: WorkingDay(-5, Since.DUE),
    Moment.THE_DAY: WorkingDay(0, Since.DUE),
    Moment.A_WEEK_AFTER: WorkingDay(5, Since.DUE),
}
_OF_DUTY: Mapping[tuple[str, Moment], Position] = {
    (Duty.ANSWER.value, Moment.HOUR_BEFORE): Before(_AN_HOUR, only_if_given_more_than=timedelta(hours=3))
}
"""Where DOMAIN §10 gives a duty's moment a condition of its own."""

_BEFORE_DUE = (Moment.HALF, Moment.THREE_QUARTERS, Moment.HOUR_BEFORE, Moment.DUE)
_OFFERED: Mapping[str, tuple[Moment, ...]] = {
    Duty.OWN.value: (Moment.AFTER_A_QUARTER_HOUR, *_BEFORE_DUE),
    Duty.AWAITING_EMAIL.value: (Moment.AFTER_AN_HOUR, Moment.NEXT_MORNING),
    Duty.CONTRIBUTE.value: (Moment.HALF, Moment.THREE_QUARTERS, Moment.DAY_BEFORE, Moment.HOUR_BEFORE, Moment.DUE),
    Duty.ISSUE.value: (Moment.AT_ONCE, Moment.HOUR_BEFORE, Moment.DUE),
    Duty.POST.value: (Moment.AT_ONCE, Moment.NEXT_MORNING),
    Duty.BRIEF.value: (Moment.AT_ONCE, *_BEFORE_DUE),
    Duty.CASCADE.value: (Moment.SECOND_DAY, Moment.FOURTH_DAY, Moment.FIFTH_DAY, Moment.SEVENTH_DAY),
    Duty.REVIEW.value: (Moment.FOUR_WEEKS_BEFORE, Moment.A_WEEK_BEFORE, Moment.THE_DAY, Moment.A_WEEK_AFTER),
}


def moments_of(duty: Duty) -> tuple[Moment, ...]:
    """The moments that make sense for a duty: an e-mail that is awaited has no due time, for one."""
    return _OFFERED.get(duty.value, _BEFORE_DUE)


@dataclass(frozen=True)
class Plan:
    """Whom to tell at which moments. `again`: how often after the last of them; `meanwhile`: after the first."""

    tells: Mapping[Moment, tuple[Tell, ...]] = field(default_factory=lambda: MappingProxyType({}))
    again: Again = Again.NOT
    meanwhile: Again = Again.NOT


def ladder_of(duty: Duty, plan: Plan) -> Ladder:
    """The ladder that a plan describes. `ValueError` with a sentence where it would leave somebody untold."""
    said = [moment for moment in Moment if plan.tells.get(moment)]
    if not said:
        raise ValueError("This would tell nobody. Choose at least one moment, and whom to tell then.")
    foreign = [moment for moment in said if moment not in moments_of(duty)]
    if foreign:
        raise ValueError(f"{foreign[0]} is no moment of {duty}: choose among {', '.join(moments_of(duty))}.")
    rungs = []
    for moment in said:
        again = plan.again if moment is said[-1] else plan.meanwhile if moment is said[0] else Again.NOT
        position = _OF_DUTY.get((duty.value, moment), _POSITIONS[moment])
        rungs.append(Rung(position, plan.tells[moment], repeats=_REPEATS[again]))
    ladder = Ladder(duty.value, tuple(rungs))
    check(duty, ladder)
    return ladder


def plan_of(duty: Duty, ladder: Ladder) -> Plan | None:
    """The plan that describes a ladder; None where only its rungs can."""
    tells: dict[Moment, tuple[Tell, ...]] = {}
    again: list[Again] = []
    for rung in ladder.rungs:
        moment = next((one for one in moments_of(duty) if rung.position == _position(duty, one)), None)
        repeats = next((one for one, repeats in _REPEATS.items() if repeats == rung.repeats), None)
        if moment is None or repeats is None:
            return None
        tells[moment] = rung.tells
        again.append(repeats)
    plan = Plan(tells, again[-1], again[0] if len(again) > 1 else Again.NOT)
    try:
        return plan if ladder_of(duty, plan) == ladder else None
    except ValueError:
        return None


def plan_to_data(plan: Plan) -> dict[str, Any]:
    """What `plan_from_data` makes an equal plan of: `{"due": ["owner"], "again": "hourly", "meanwhile": "not"}`."""
    tells = {moment.value: [tell.value for tell in plan.tells[moment]] for moment in Moment if plan.tells.get(moment)}
    return {**tells, "again": plan.again.value, "meanwhile": plan.meanwhile.value}


def plan_from_data(data: Mapping[str, Any]) -> Plan:
    """The plan that was written so. `ValueError` with a sentence where it does not fit."""
    said = dict(data)
    again, meanwhile = (_one_of(Again, key, said.pop(key, Again.NOT)) for key in ("again", "meanwhile"))
    tells = {}
    for key, whom in said.items():
        moment = _one_of(Moment, "a moment", key)
        tells[moment] = tuple(_one_of(Tell, key, one) for one in (whom if isinstance(whom, list) else [whom]))
    return Plan(tells, again, meanwhile)


def _one_of(kind: type[Chosen], what: str, value: object) -> Chosen:
    if isinstance(value, str) and value in set(kind):
        return kind(value)
    raise ValueError(f"{what} is one of {', '.join(kind)}, not {value!r}.{nearest(value, list(kind))}")


def nearest(value: object, known: Sequence[str]) -> str:
    """ " Did you mean …?", where something known reads nearly the same; else nothing."""
    close = difflib.get_close_matches(str(value), known, n=1)
    return f" Did you mean {close[0]}?" if close else ""


def default_plan(duty: Duty) -> Plan | None:
    return plan_of(duty, DEFAULT_LADDERS[duty.value])


def _position(duty: Duty, moment: Moment) -> Position:
    return _OF_DUTY.get((duty.value, moment), _POSITIONS[moment])


_MONDAY_NINE = datetime(2026, 6, 1, 8, tzinfo=UTC)
_OFFICE = WorkingHours(ZoneInfo("Europe/London"), Nation.ENGLAND, time(9), time(17), closed_on=frozenset[date]())
_GIVEN = {"half an hour": timedelta(minutes=30), "six hours": timedelta(hours=6), "five days": timedelta(days=5)}


def check(duty: Duty, ladder: Ladder) -> None:
    """Refuses, with a sentence, a ladder by which nobody would be told in time of what is owed. `ValueError`."""
    if _tells_without_deadline(DEFAULT_LADDERS[duty.value]) and not _tells_without_deadline(ladder):
        when = MOMENT_WORDS[moments_of(duty)[0]]
        raise ValueError(f"While no deadline is known, this would tell nobody. Choose whom to tell {when}.")
    if duty is Duty.AWAITING_EMAIL:
        return
    for words, given in _GIVEN.items():
        if _tells_in_time(DEFAULT_LADDERS[duty.value], given) and not _tells_in_time(ladder, given):
            raise ValueError(
                f"Of what is due in {words}, this would tell nobody in time. Choose whom to tell when it is due."
            )


def _tells_in_time(ladder: Ladder, given: timedelta) -> bool:
    """Whether somebody is told before what is due. What counts working days from when it was asked need not."""
    due_at = _MONDAY_NINE + given
    first = next(steps(ladder, asked_at=_MONDAY_NINE, due_at=due_at, hours=_OFFICE), None)
    return first is not None and first.at <= due_at


def _tells_without_deadline(ladder: Ladder) -> bool:
    return next(steps(ladder, asked_at=_MONDAY_NINE, due_at=None, hours=_OFFICE), None) is not None


MOMENT_WORDS: Mapping[Moment, str] = {
    Moment.AT_ONCE: "at once",
    Moment.AFTER_A_QUARTER_HOUR: "after a quarter of an hour",
    Moment.AFTER_AN_HOUR: "after an hour",
    Moment.NEXT_MORNING: "the next working morning",
    Moment.HALF: "when half of the time is gone",
    Moment.THREE_QUARTERS: "when three quarters are gone",
    Moment.DAY_BEFORE: "the working day before",
    Moment.HOUR_BEFORE: "an hour before",
    Moment.DUE: "when it is due",
    Moment.SECOND_DAY: "the second working day",
    Moment.FOURTH_DAY: "the fourth working day",
    Moment.FIFTH_DAY: "the fifth working day",
    Moment.SEVENTH_DAY: "the seventh working day",
    Moment.FOUR_WEEKS_BEFORE: "20 working days before",
    Moment.A_WEEK_BEFORE: "5 working days before",
    Moment.THE_DAY: "in the morning of the day",
    Moment.A_WEEK_AFTER: "5 working days after",
}
AGAIN_WORDS: Mapping[Again, str] = {
    Again.NOT: "not again",
    Again.HALF_HOURLY_THEN_HOURLY: "every half hour for two hours, then hourly in working hours",
    Again.HALF_HOURLY_THEN_BY_DAY: "every half hour, after two hours only in working hours",
    Again.HALF_HOURLY: "every half hour",
    Again.HOURLY: "every hour in working hours",
    Again.MORNINGS: "every working morning",
    Again.WEEKLY: "every 5 working days",
}
TELL_WORDS: Mapping[Tell, str] = {
    Tell.OWNER: "whoever owes it",
    Tell.DEPUTY: "their deputy",
    Tell.SUBJECT_OWNER: "the enquiry’s owner",
    Tell.COMMS_LEAD: "the comms lead",
    Tell.PRESS_CHANNEL: "the press channel",
}


def in_words(duty: Duty, ladder: Ladder) -> list[str]:
    """A ladder as lines to read: "When it is due: whoever owes it and the comms lead; again every half hour"."""
    plan = plan_of(duty, ladder)
    if plan is None:
        return [_rung_in_words(rung) for rung in ladder.rungs]
    said = [moment for moment in Moment if plan.tells.get(moment)]
    lines = []
    for moment in said:
        again = plan.again if moment is said[-1] else plan.meanwhile if moment is said[0] else Again.NOT
        repeats = AGAIN_WORDS[again] if again is not Again.NOT else ""
        lines.append(_line(MOMENT_WORDS[moment], plan.tells[moment], repeats))
    return lines


def _line(when: str, tells: Sequence[Tell], again: str) -> str:
    whom = [TELL_WORDS[tell] for tell in tells]
    listed = whom[0] if len(whom) == 1 else f"{', '.join(whom[:-1])} and {whom[-1]}"
    return f"{when[:1].upper()}{when[1:]}: {listed}" + (f"; again {again}, until it is done" if again else "")


def _rung_in_words(rung: Rung) -> str:
    match rung.position:
        case Part(of):
            when = f"when {of} of the time is gone"
        case Before(span):
            when = f"{_span(span)} before it is due"
        case After(span):
            when = f"after {_span(span)}" if span else "at once"
        case WorkingDay(number, since):
            after = "after it is due" if since is Since.DUE and number > 0 else "before it is due"
            when = f"{abs(number)} working days {'after' if since is Since.ASKED else after}"
        case NextMorning():
            when = MOMENT_WORDS[Moment.NEXT_MORNING]
        case _:
            when = MOMENT_WORDS[Moment.DUE]
    repeats = [
        f"every {_span(repeat.every)}" if isinstance(repeat, Repeat) else f"every {repeat.working_days} working days"
        for repeat in rung.repeats
    ]
    return _line(when, rung.tells, ", then ".join(repeats))


def _span(span: timedelta) -> str:
    minutes = span // timedelta(minutes=1)
    hours, rest = divmod(minutes, 60)
    return f"{minutes} minutes" if rest or not hours else "an hour" if hours == 1 else f"{hours} hours"
