"""Key messages are owed after each board meeting: the press office is asked for them the working day after, once.

Whether it was asked stands with the meeting, so it makes no difference when or how often the tick runs.
"""

from datetime import datetime, timedelta

from bot.core import obligations, outbox
from bot.core.working_days import WorkingHours
from bot.core.workspaces import Desk, Work
from bot.desk.calendar_words import subject_of
from storage import briefings, people
from storage import calendar as records
from storage.briefings import BriefingStatus
from storage.calendar import CalendarDate, DateKind
from storage.obligations import Duty
from storage.people import Role

ASKED_WITHIN = timedelta(days=60)
"""A meeting that is longer ago is not asked for any more."""
BRIEFED_AHEAD = timedelta(days=14)
DUE_ON_WORKING_DAY = 2


def meetings_to_brief(work: Work) -> list[CalendarDate]:
    """The board meetings that a briefing may be about: held in the last 60 days, or to come in the next 14. Those that
    lie behind come first, the newest before the others; then those to come, the nearest first."""
    found = records.between(work.tx, work.now - ASKED_WITHIN, work.now + BRIEFED_AHEAD, DateKind.BOARD_MEETING)
    held = [one for one in found if one.starts_at <= work.now]
    return [*reversed(held), *(one for one in found if one.starts_at > work.now)]


def briefed(work: Work, date_id: int) -> None:
    """Within an act: a briefing for this meeting has been begun, so the press office does not owe it any more."""
    obligations.done(work, subject_of(date_id), Duty.BRIEF)
    redraw_homes(work)


def not_briefed(work: Work, date_id: int) -> None:
    """Within an act: the briefing of this meeting was withdrawn. Unless there is another, it is asked for anew."""
    found = records.get(work.tx, date_id)
    if found is not None and not has_briefing(work, date_id):
        records.change(work.tx, found, asked_for_briefing_at=None)


def has_briefing(work: Work, date_id: int) -> bool:
    """Whether there is one, in whatever state, that was not withdrawn."""
    return any(one.status is not BriefingStatus.WITHDRAWN for one in briefings.of_meeting(work.tx, date_id))


def not_briefed_yet(work: Work, before: datetime) -> list[CalendarDate]:
    """The board meetings before an instant whose key messages are owed, or will be when the office opens."""
    owed = {one.id: one for one in records.meetings_owed(work.tx)}
    waiting = records.meetings_to_ask_for(work.tx, work.now - ASKED_WITHIN, work.now)
    owed |= {one.id: one for one in waiting if not has_briefing(work, one.id)}
    found = [one for one in owed.values() if one.starts_at < before]
    return sorted(found, key=lambda one: (one.starts_at, one.id))


def asked_at(meeting: CalendarDate, hours: WorkingHours) -> datetime:
    """When the press office is asked: as the office opens on the working day after (UTC)."""
    day = hours.local_day(meeting.ends_at or meeting.starts_at)
    return hours.opening_of(hours.working_day_after(day, 1))


def due_at(meeting: CalendarDate, hours: WorkingHours, now: datetime) -> datetime:
    """By when they are owed: close of the second working day after (our own judgement). If the desk was down for so
    long, close of the next working day."""
    day = hours.local_day(meeting.ends_at or meeting.starts_at)
    at = hours.closing_of(hours.working_day_after(day, DUE_ON_WORKING_DAY))
    return at if at > now else hours.closing_of(hours.working_day_after(hours.local_day(now), 1))


def ask_for_briefings(desk: Desk) -> None:
    """The tick: asks for the key messages of meetings that have been held. Safe to run in several processes."""
    now = desk.clock.now()
    with desk.database.across_workspaces(read_only=True) as view:
        ids = records.workspaces_with_meetings_to_ask_for(view, now - ASKED_WITHIN, now)
    for workspace_id in ids:
        with desk.on_its_own(workspace_id, read_only=True) as work:
            is_time = bool(_to_ask_for(work))
        if is_time:
            with desk.on_its_own(workspace_id) as work:
                for meeting in _to_ask_for(work):
                    _ask_for(work, meeting)


def _to_ask_for(work: Work) -> list[CalendarDate]:
    found = records.meetings_to_ask_for(work.tx, work.now - ASKED_WITHIN, work.now)
    return [one for one in found if asked_at(one, work.hours) <= work.now]


def _ask_for(work: Work, meeting: CalendarDate) -> None:
    if not records.ask_for_briefing(work.tx, meeting, work.now) or has_briefing(work, meeting.id):
        return
    subject = subject_of(meeting.id)
    due = due_at(meeting, work.hours, work.now)
    obligations.owe(work, Duty.BRIEF, subject, owner=None, due_at=due)
    work.record("briefing.asked_for", subject, due_at=due.isoformat())
    redraw_homes(work)


def redraw_homes(work: Work) -> None:
    """What comes up has changed for the press office."""
    office = people.holding(work.tx, Role.PRESS_OFFICER, Role.COMMS_LEAD, Role.PROGRAMME_OFFICE)
    outbox.redraw_homes(work, [person.id for person in office])
