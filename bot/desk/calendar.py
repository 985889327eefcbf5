"""The board's calendar: what is coming, and adding to it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from bot.core.digest_parts import Part
from bot.core.errors import BadInput, NotFound
from bot.core.features import Feature
from bot.core.permissions import Act, may
from bot.core.recurrences import Recurrence
from bot.core.working_days import moment_of
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import calendar_asking, calendar_outlook, calendar_series
from bot.desk.calendar_details import DateDetails, checked, values_of
from bot.desk.calendar_series import RuleChoice
from bot.desk.calendar_words import NOT_THERE, subject_of, title, why_not_working
from storage import briefings
from storage import calendar as records
from storage.briefings import Briefing
from storage.calendar import CalendarDate
from storage.subjects import SubjectKind

PAGE = 15
MOST_HELD = 5
SHOWN = timedelta(days=366)


@dataclass(frozen=True)
class CalendarLine:
    """A date in a list. `ends_same_day`: by the office's clock; `not_working`: why nobody works then, in words; `rule`:
    how it comes again; `owes_briefing`: it has been held, and its key messages are owed."""

    date: CalendarDate
    ends_same_day: bool = True
    not_working: str = ""
    rule: str = ""
    owes_briefing: bool = False
    briefings: tuple[Briefing, ...] = ()


@dataclass(frozen=True)
class CalendarPage:
    """What comes in the next twelve months from today on, a page of it; and, on the first, the meetings before today
    whose key messages are still to be told, and others held not long ago (`held`), whose date may have to be put right.
    `remark` says what has just been done.
    """

    lines: tuple[CalendarLine, ...]
    total: int
    offset: int
    owed: tuple[CalendarLine, ...]
    may_change: bool
    may_brief: bool = False
    remark: str = ""
    held: tuple[CalendarLine, ...] = ()


def page(desk: Desk, caller: Caller, *, offset: int = 0, remark: str = "") -> CalendarPage:
    """For everybody with a role."""
    with desk.looking(caller, Act.SEE_CALENDAR) as work:
        today = moment_of(work.hours.local_day(work.now), time(), work.hours.zone)
        found, total = records.page(work.tx, today, work.now + SHOWN, limit=PAGE, offset=offset)
        before = calendar_asking.not_briefed_yet(work, today) if not offset else []
        unseen = {one.id for one in before}
        held = [one for one in calendar_asking.meetings_to_brief(work) if one.starts_at < today and not offset]
        owed = _owed(work)
        return CalendarPage(
            lines=tuple(_line(work, one, owed) for one in found),
            total=total,
            offset=offset,
            owed=tuple(_line(work, one, owed) for one in before[:PAGE]),
            may_change=may(Act.CHANGE_DATE, work.standing),
            may_brief=may(Act.START_BRIEFING, work.standing),
            remark=remark,
            held=tuple(_line(work, one, owed) for one in held if one.id not in unseen)[:MOST_HELD],
        )


def one(desk: Desk, caller: Caller, date_id: int) -> CalendarPage:
    """A page with one date alone, and the briefings of it."""
    with desk.looking(caller, Act.SEE_CALENDAR, subject_of(date_id)) as work:
        found = _line(work, get(work, date_id), _owed(work), tuple(briefings.of_meeting(work.tx, date_id)))
        return CalendarPage(
            (found,), 1, 0, (), may(Act.CHANGE_DATE, work.standing), may(Act.START_BRIEFING, work.standing)
        )


def _owed(work: Work) -> frozenset[int]:
    return frozenset(one.id for one in records.meetings_owed(work.tx))


def _line(work: Work, found: CalendarDate, owed: frozenset[int], tells_of: tuple[Briefing, ...] = ()) -> CalendarLine:
    day = work.hours.local_day(found.starts_at)
    return CalendarLine(
        found,
        ends_same_day=found.ends_at is not None and work.hours.local_day(found.ends_at) == day,
        not_working=why_not_working(work.hours, day),
        rule=Recurrence.from_data(found.series.rule).words() if found.series else "",
        owes_briefing=found.id in owed,
        briefings=tells_of,
    )


def get(work: Work, date_id: int) -> CalendarDate:
    found = records.get(work.tx, date_id)
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def check(desk: Desk, caller: Caller, details: DateDetails) -> tuple[DateDetails, datetime]:
    """What was filled in for a new date, tidied, and its start by the office's clock. Nothing is saved."""
    with desk.looking(caller, Act.ADD_DATE) as work:
        details = checked(work, details)
        return details, details.starts_at.astimezone(work.hours.zone)


def may_add(desk: Desk, caller: Caller) -> None:
    """Raises `NotPermitted` before a form opens for nothing."""
    with desk.looking(caller, Act.ADD_DATE):
        pass


def add(desk: Desk, caller: Caller, details: DateDetails, choice: RuleChoice | None = None, *, once: str) -> None:
    """A new date; with `choice`, the first of those that come again by it."""
    with desk.acting(caller, Act.ADD_DATE, once=once) as work:
        details = checked(work, details)
        if choice is not None:
            rule = calendar_series.rule_of(choice, work.hours.local_day(details.starts_at))
            series = calendar_series.begin(work, details, rule)
            first = next(iter(records.dates_of(work.tx, series.id, work.now)), None)
            if first is None:
                raise BadInput("All dates by this rule have passed. Choose a later last day.", field="until")
            _added(work, first, rule=rule.words(), series=series.id)
            return
        found = CalendarDate(**values_of(details), added_by_id=work.person.id, added_at=work.now)
        work.tx.add(found)
        _added(work, found)


def _added(work: Work, found: CalendarDate, **more: Any) -> None:
    work.record(
        Act.ADD_DATE,
        subject_of(found.id),
        kind=found.kind.value,
        title=found.title,
        starts_at=found.starts_at.isoformat(),
        **more,
    )
    calendar_asking.redraw_homes(work)


PARTS: tuple[Part, ...] = (calendar_outlook.ComingDates(),)

FEATURE = Feature(
    kind=SubjectKind.CALENDAR_DATE,
    is_there=lambda tx, date_id: records.get(tx, date_id) is not None,
    not_there=NOT_THERE,
    title=title,
    parts=PARTS,
    coming_up=calendar_outlook.coming_up,
    late_and_stuck=calendar_outlook.stuck,
)
