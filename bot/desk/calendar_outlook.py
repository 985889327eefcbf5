"""The calendar in digests and homes: what is coming, and the key messages that are owed."""

from datetime import time

from bot.core.digest_parts import Edition, Entry, Section, bounded, without_braces
from bot.core.outlook import Ahead, Because, Some, Stuck, Upcoming
from bot.core.permissions import Act, may
from bot.core.working_days import ONE_DAY, moment_of
from bot.core.workspaces import Work
from bot.desk.calendar_words import KIND_WORDS, subject_of, why_not_working
from storage import calendar as records
from storage import obligations
from storage.calendar import CalendarDate, DateKind
from storage.obligations import Duty, Obligation
from storage.people import Person
from storage.subjects import Subject

DAYS_AHEAD = 14
MOST_LINES = 10
MOST_STUCK = 4


class ComingDates:
    name, label, needs = "coming_dates", "What is in the calendar", None

    def gather(self, work: Work, edition: Edition) -> Section:
        since, until = (
            moment_of(day, time(), work.hours.zone) for day in (edition.day, edition.day + ONE_DAY * DAYS_AHEAD)
        )
        found, total = records.page(work.tx, since, until, limit=MOST_LINES)
        kept, more = bounded([_entry(work, one) for one in found], MOST_LINES, total)
        see = "`/desk calendar` shows all of it."
        return Section("In the calendar", kept, more, see, quiet="nothing is in the calendar for the next two weeks")


def _entry(work: Work, one: CalendarDate) -> Entry:
    if not one.is_on:
        return Entry(f"{{title}} · {without_braces(one.called_off_because or '')}", (subject_of(one.id),))
    not_working = why_not_working(work.hours, work.hours.local_day(one.starts_at))
    at = f"{one.starts_at.astimezone(work.hours.zone):%H:%M}"  # the day is in its title
    facts = ["{title}", at, without_braces(one.place or ""), f"this is {not_working}" if not_working else ""]
    return Entry(" · ".join(filter(None, facts)), (subject_of(one.id),))


def coming_up(work: Work, ahead: Ahead) -> Some[Upcoming]:
    """For whoever keeps the calendar: the board meetings of the next days, and the key messages that are owed."""
    if not may(Act.CHANGE_DATE, frozenset(ahead.reader.roles)):
        return Some()
    owed = [one for one in _owed(work) if one.subject not in ahead.shown]
    meetings = [
        one
        for one in records.between(work.tx, work.now, ahead.until, DateKind.BOARD_MEETING)
        if subject_of(one.id) not in ahead.shown
    ]
    items = [*(_briefing(work, one) for one in owed), *(_meeting(one) for one in meetings)]
    return Some(tuple(items[: ahead.most]), len(items))


def _owed(work: Work) -> list[Obligation]:
    found = obligations.open_of(work.tx, [Duty.BRIEF])
    return sorted(found, key=lambda owed: (owed.due_at or work.now, owed.id))


def _briefing(work: Work, owed: Obligation) -> Upcoming:
    return Upcoming(
        subject=owed.subject,
        title=work.features.title(work.tx, owed.subject),
        about="",
        due_at=owed.due_at or work.now,
        whose="nobody yet",
        words="its key-message briefing has not been begun",
    )


def _meeting(one: CalendarDate) -> Upcoming:
    return Upcoming(
        subject=subject_of(one.id),
        title=one.title,
        about="",
        due_at=one.starts_at,
        whose=one.place or "no place is given",
        words=KIND_WORDS[one.kind].lower(),
        is_event=True,
    )


def stuck(work: Work, reader: Person, shown: frozenset[Subject]) -> Some[Stuck]:  # noqa: ARG001 (the same for whom it is)
    """The meetings whose key messages are overdue and have not been begun."""
    late = [
        one for one in _owed(work) if one.due_at is not None and one.due_at <= work.now and one.subject not in shown
    ]
    found = [
        Stuck(
            because=Because.NOT_BRIEFED,
            title=work.features.title(work.tx, one.subject),
            words="nobody has begun its key-message briefing",
            advice="Write it, or ask somebody to. If the meeting was not held, press Show and call it off.",
            value=str(one.subject_id),
            due_at=one.due_at,
            subject=one.subject,
        )
        for one in late[:MOST_STUCK]
    ]
    return Some(tuple(found), len(late))
