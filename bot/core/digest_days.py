"""Which days a digest has an edition on, and when it is due: worked out from the digest, the office's calendar and the
clock, and for meetings from what was told of them."""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.core.working_days import ONE_DAY, WorkingHours, moment_of
from storage.digests import Digest, Every, Moment

LONGEST_PAUSE = 62
"""Days between two editions, at the most; between two meetings of the board there may be more."""

LONGEST_BETWEEN_MEETINGS = 92

MOVED_A_LITTLE = timedelta(days=7)
"""A meeting that is moved by no more than this after it was told of is not told of again (our own judgement)."""

MOST_DAYS_BEFORE = 20
"""Working days before a meeting, at the most."""


@dataclass(frozen=True)
class Meeting:
    """A meeting of the board, by the office's days. `told`: the days of the editions that have told of it, each with
    the day on which it was to be then."""

    id: int
    day: date
    told: Mapping[date, date] = field(default_factory=dict)


def goes_out_on(digest: Digest, day: date, hours: WorkingHours, meetings: Sequence[Meeting] = ()) -> bool:
    """Whether a day has an edition. A weekday or a day of the month on which nobody works is made up for on the next
    working day; of a month that is shorter, the last day counts. `meetings` are those that come."""
    if digest.every is Every.DAY:
        return True
    if not hours.is_working_day(day):
        return False
    if digest.every is Every.WORKING_DAY:
        return True
    if digest.every is Every.BEFORE_MEETING:
        return bool(told_on(digest, day, hours, meetings))
    since = hours.working_day_after(day, -1)
    return any(_falls_on(digest, day - ONE_DAY * back) for back in range((day - since).days))


def told_on(digest: Digest, day: date, hours: WorkingHours, meetings: Sequence[Meeting]) -> list[Meeting]:
    """The meetings of which the edition of a working day tells: so many working days before each.

    One that nobody has been told of by then is told of on a later day before it: it was called at short notice or
    brought forward, or the desk was down.
    """
    before = digest.days_before or 1
    return [
        meeting
        for meeting in meetings
        if hours.working_day_after(meeting.day, -before) <= day < meeting.day and not _is_known(meeting, day)
    ]


def _is_known(meeting: Meeting, day: date) -> bool:
    """Whether the edition of another day has told of a meeting, on about the day on which it is now."""
    return any(edition != day and abs(meeting.day - was) <= MOVED_A_LITTLE for edition, was in meeting.told.items())


def _falls_on(digest: Digest, day: date) -> bool:
    if digest.every is Every.WEEK:
        return day.weekday() == digest.on_day
    last = calendar.monthrange(day.year, day.month)[1]
    return day.day == min(digest.on_day or 1, last)


def due_at(digest: Digest, day: date, hours: WorkingHours) -> datetime:
    """When the edition of a day goes out (UTC)."""
    match digest.moment:
        case Moment.OPENS:
            return hours.opening_of(day)
        case Moment.CLOSES:
            return hours.closing_of(day)
    if digest.at is None:
        raise LookupError(f"digest {digest.name} has no time")
    return moment_of(day, digest.at, hours.zone)


def previous_due_at(
    digest: Digest, day: date, hours: WorkingHours, last_before_meeting: date | None = None
) -> datetime:
    """When the edition before that of a day was due (UTC), whether or not there was one already.

    Before meetings it is that of `last_before_meeting`, the last day with an edition, if there was one.
    """
    if digest.every is Every.BEFORE_MEETING:
        return due_at(digest, last_before_meeting or day - ONE_DAY * LONGEST_BETWEEN_MEETINGS, hours)
    for back in range(1, LONGEST_PAUSE):
        if goes_out_on(digest, day - ONE_DAY * back, hours):
            return due_at(digest, day - ONE_DAY * back, hours)
    return due_at(digest, day - ONE_DAY * LONGEST_PAUSE, hours)


def editions_at(
    digest: Digest, hours: WorkingHours, now: datetime, meetings: Sequence[Meeting] = ()
) -> Iterator[tuple[date, datetime]]:
    """The days whose edition may go out now, and when it was due: today's, or the one of a late last evening.

    One that is later than `hours_late` is left out: nobody wants to read in the evening what the morning brings.
    """
    today = hours.local_day(now)
    for day in (today - ONE_DAY, today):
        at = due_at(digest, day, hours)
        is_in_time = max(at, digest.on_since) <= now < at + timedelta(hours=digest.hours_late)
        if is_in_time and at >= digest.on_since and goes_out_on(digest, day, hours, meetings):
            yield day, at
