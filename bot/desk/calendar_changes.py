"""Moving dates and calling them off: one, or one and all of its series to come.

A change of a whole series touches nothing that has passed, and nothing that has a briefing. One date may be changed by
itself later too: a meeting that was not held after all is called off the day after.
"""

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.core import deputies, obligations, outbox
from bot.core.errors import BadInput, NotFromHere
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.recurrences import Recurrence
from bot.core.working_days import moment_of
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import calendar_asking, calendar_series, paper_steps
from bot.desk.calendar import get
from bot.desk.calendar_details import LONGEST_REASON, DateDetails, checked, details_of, values_of
from bot.desk.calendar_series import RuleChoice
from bot.desk.calendar_words import named, subject_of
from storage import briefings, papers, people
from storage import calendar as records
from storage.briefings import Briefing, BriefingStatus
from storage.calendar import CalendarDate, DateKind, Series
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.people import Role

MOST_NAMED = 5


class Scope(StrEnum):
    ONE = "one"
    ALL = "all"
    RULE = "rule"


def to_change(desk: Desk, caller: Caller, date_id: int) -> CalendarDate:
    """A date for the form that changes it."""
    with desk.looking(caller, Act.CHANGE_DATE, subject_of(date_id)) as work:
        return _still_on(get(work, date_id))


def to_call_off(desk: Desk, caller: Caller, date_id: int) -> CalendarDate:
    with desk.looking(caller, Act.CALL_OFF_DATE, subject_of(date_id)) as work:
        return _still_on(get(work, date_id))


def to_rule(
    desk: Desk, caller: Caller, date_id: int, details: DateDetails, *, seen: datetime
) -> tuple[DateDetails, datetime]:
    """What was filled in for a date whose series is to come by another rule, tidied, and its start by the office's
    clock. Nothing is saved."""
    with desk.looking(caller, Act.CHANGE_DATE, subject_of(date_id)) as work:
        found = _as_seen(work, date_id, seen)
        details = checked(work, _with_its_end(work, found, details))
        return details, details.starts_at.astimezone(work.hours.zone)


def change(
    desk: Desk, caller: Caller, date_id: int, details: DateDetails, *, seen: datetime, scope: Scope, once: str
) -> str:
    """Changes one date, or it and all of its series to come. `seen`: when it began as the form showed it (UTC).

    Gives in a sentence what was left as it was; empty, if nothing was.
    """
    with desk.acting(caller, Act.CHANGE_DATE, subject_of(date_id), once=once) as work:
        found = _as_seen(work, date_id, seen)
        details = checked(work, _with_its_end(work, found, details))
        if details == details_of(found):
            raise BadInput("This is how it is already. Change something, or close the form.", field="title")
        if scope is Scope.ALL and found.series is not None:
            return _change_all(work, found, found.series, details)
        _change_one(work, found, details)
        return ""


def change_rule(
    desk: Desk, caller: Caller, date_id: int, details: DateDetails, choice: RuleChoice, *, seen: datetime, once: str
) -> str:
    """From a date on, its series comes by another rule. Gives in a sentence what was left as it was.

    Dates keep their place on file where the new rule has one on the same day, or in the same month; so what hangs on
    them stays with them. The others are called off.
    """
    with desk.acting(caller, Act.CHANGE_DATE, subject_of(date_id), once=once) as work:
        found = _as_seen(work, date_id, seen)
        old = found.series
        if old is None:
            raise NotFromHere("This date does not come again. Add a new one that does.")
        details = checked(work, details)
        movable, kept = _movable(work, found, old)
        rule = calendar_series.rule_of(choice, work.hours.local_day(details.starts_at))
        records.change_series(work.tx, old.id, ended_at=work.now)
        _move_to(work, movable, details, rule)
        work.record(Act.CHANGE_DATE, subject_of(found.id), was=Recurrence.from_data(old.rule).words(), now=rule.words())
        calendar_asking.redraw_homes(work)
        return _kept_words(work, kept)


def call_off(desk: Desk, caller: Caller, date_id: int, because: str, *, seen: datetime, scope: Scope, once: str) -> str:
    """Calls off one date, or it and all of its series to come. Gives in a sentence what was left as it was."""
    with desk.acting(caller, Act.CALL_OFF_DATE, subject_of(date_id), once=once) as work:
        found = _as_seen(work, date_id, seen)
        because = " ".join(because.split())
        if not because:
            raise BadInput("Say why. Everybody who looks at the calendar sees it.", field="because")
        if len(because) > LONGEST_REASON:
            sentence = f"This has {len(because)} characters and may have {LONGEST_REASON}. Shorten it."
            raise BadInput(sentence, field="because")
        kept: list[CalendarDate] = []
        ended = [found]
        if scope is not Scope.ONE and found.series is not None:
            ended, kept = _movable(work, found, found.series)
            records.change_series(work.tx, found.series.id, ended_at=work.now)
        for one in ended:
            _call_off(work, one, because)
        work.record(Act.CALL_OFF_DATE, subject_of(found.id), because=because, dates=[one.id for one in ended])
        calendar_asking.redraw_homes(work)
        return _kept_words(work, kept)


def put_back(desk: Desk, caller: Caller, date_id: int) -> None:
    """One that was called off is held after all."""
    with desk.acting(caller, Act.CHANGE_DATE, subject_of(date_id)) as work:
        found = get(work, date_id)
        if not records.put_back(work.tx, found, asked_for_briefing_at=None):
            raise NotFromHere("This is on already. Nothing has changed.")
        work.record(Act.CHANGE_DATE, subject_of(date_id), put_back=True)
        what = f"{found.title}, {{starts}}, is held after all: {work.person.name} put it back."
        _tell_of_briefings(work, found, what, {"starts": found.starts_at}, _PUT_BACK)
        paper_steps.meeting_put_back(work, found)
        calendar_asking.redraw_homes(work)


def _still_on(found: CalendarDate) -> CalendarDate:
    if not found.is_on:
        raise NotFromHere("This was called off. Press Put it back on first.")
    return found


def _as_seen(work: Work, date_id: int, seen: datetime) -> CalendarDate:
    found = _still_on(get(work, date_id))
    if found.starts_at.replace(second=0, microsecond=0) != seen.replace(second=0, microsecond=0):
        raise NotFromHere("Somebody moved this while you were writing. Close the form and look at it again.")
    return found


def _with_its_end(work: Work, found: CalendarDate, details: DateDetails) -> DateDetails:
    """Whoever moves a date to another day, and leaves its end as it was, means that to move along."""
    was, now, hours = found.starts_at, details.starts_at, work.hours
    if details.ends_at is None or details.ends_at != found.ends_at:
        return details
    if hours.local_day(was) == hours.local_day(now) and now < details.ends_at:
        return details
    wall = (at.astimezone(hours.zone).replace(tzinfo=None) for at in (now, was, details.ends_at))
    begins, began, ended = wall
    ends = begins + (ended - began)
    return replace(details, ends_at=moment_of(ends.date(), ends.time(), hours.zone))


def _change_one(work: Work, found: CalendarDate, details: DateDetails) -> None:
    if details.kind is not DateKind.BOARD_MEETING and calendar_asking.has_briefing(work, found.id):
        raise BadInput("This has a key-message briefing, so it stays a board meeting.", field="kind")
    if details.kind not in paper_steps.MEETINGS and papers.kinds_of_meeting(work.tx, found.id):
        raise BadInput("This has papers on file, so it stays a meeting.", field="kind")
    was, called = details_of(found), named(found, work.hours.zone)  # before it changes: records at hand are refreshed
    moved = details.starts_at != was.starts_at
    waits = {"asked_for_briefing_at": None} if details.starts_at > work.now else {}
    _update(work, found, **values_of(details), **waits)
    if waits or details.kind is not DateKind.BOARD_MEETING:
        obligations.cancel(work, subject_of(found.id), Duty.BRIEF)
    now = values_of(details)
    changed = {name: value for name, value in now.items() if value != values_of(was)[name]}
    work.record(
        Act.CHANGE_DATE,
        subject_of(found.id),
        was={name: _plain(values_of(was)[name]) for name in changed},
        now={name: _plain(value) for name, value in changed.items()},
    )
    if moved:
        what = f"{work.person.name} moved {called}, to {{starts}}."
        _tell_of_briefings(work, found, what, {"starts": details.starts_at}, _MOVED)
    calendar_asking.redraw_homes(work)


def _change_all(work: Work, found: CalendarDate, series: Series, details: DateDetails) -> str:
    hours = work.hours
    if hours.local_day(details.starts_at) != hours.local_day(found.starts_at):
        raise BadInput(
            "All to come stay on their own days. To move this one, choose “Only this one”; to move them all, choose "
            "“This and all to come, by another rule”.",
            field="starts",
        )
    movable, kept = _movable(work, found, series)
    new = calendar_series.of_series(hours, details)
    following = {one.id for one in movable if calendar_series.follows(series, one, hours)} | {found.id}
    renewed = Series(first_on=series.first_on, rule=series.rule, **new)
    records.change_series(work.tx, series.id, **new)
    for one in movable:
        day = hours.local_day(one.starts_at)
        times: dict[str, Any] = calendar_series.times_on(renewed, day, hours) if one.id in following else {}
        _update(work, one, kind=details.kind, title=details.title, place=details.place or None, **times)
    work.record(
        Act.CHANGE_DATE,
        subject_of(found.id),
        now={name: _plain(value) for name, value in new.items()},
        dates=[one.id for one in movable],
    )
    calendar_asking.redraw_homes(work)
    return _kept_words(work, kept)


def _move_to(work: Work, old: list[CalendarDate], details: DateDetails, rule: Recurrence) -> None:
    """A new series in place of these dates, which keep their rows as far as they can."""
    hours = work.hours
    series = Series(
        rule=rule.to_data(),
        first_on=hours.local_day(details.starts_at),
        added_by_id=work.person.id,
        **calendar_series.of_series(hours, details),
    )
    work.tx.add(series)
    free = calendar_series.days_to_come(work, series, work.now)
    places: dict[int, date | None] = {one.id: one.series_day for one in old if one.series_day in free}
    for one in old:
        near = hours.local_day(one.starts_at)
        if one.id not in places:
            same = (day for day in free if (day.year, day.month) == (near.year, near.month))
            places[one.id] = next((day for day in same if day not in places.values()), None)
    for one in old:
        day = places[one.id]
        if day is None:
            _call_off(work, one, None)
        else:
            times = calendar_series.times_on(series, day, hours)
            values = {"kind": series.kind, "title": series.title, "place": series.place, **times}
            _update(work, one, series_id=series.id, series_day=day, **values)
    calendar_series.plan(work, series)


def _movable(work: Work, found: CalendarDate, series: Series) -> tuple[list[CalendarDate], list[CalendarDate]]:
    """A date and those of its series after it, as far as they may be changed together; and those that stay."""
    if found.starts_at <= work.now:
        raise NotFromHere("This one has passed. Choose the next one that is to come, or only this one.")
    to_come = records.dates_of(work.tx, series.id, found.starts_at)
    kept = [one for one in to_come if briefings.of_meeting(work.tx, one.id)]
    return [one for one in to_come if one not in kept], kept


def _kept_words(work: Work, kept: list[CalendarDate]) -> str:
    if not kept:
        return ""
    names = "; ".join(named(one, work.hours.zone) for one in kept[:MOST_NAMED])
    more = f" and {len(kept) - MOST_NAMED} more" if len(kept) > MOST_NAMED else ""
    return f"Left as it was, since there is a briefing: {names}{more}."


def _update(work: Work, found: CalendarDate, **values: Any) -> None:
    if not records.change(work.tx, found, **values):
        raise NotFromHere("Somebody called this off a moment ago. Close the form and look at it again.")
    if "starts_at" in values:
        paper_steps.meeting_moved(work, found.id, values["starts_at"])
    if "called_off_at" in values:
        paper_steps.meeting_called_off(work, found.id)


def _call_off(work: Work, one: CalendarDate, because: str | None) -> None:
    """Without a reason: another date of its series comes in its place."""
    called = named(one, work.hours.zone)
    _update(work, one, called_off_at=work.now, called_off_because=because)
    obligations.cancel(work, subject_of(one.id), Duty.BRIEF)
    if because is not None:
        what = f"{work.person.name} called off {called}: {because}."
        _tell_of_briefings(work, one, what, {}, _CALLED_OFF)


_MOVED = {
    BriefingStatus.POSTED: "Check whether it names the old day. If it does, write one that replaces it, and tell those "
    "who have passed it on.",
    BriefingStatus.IN_SIGNOFF: "Check its words, and when it is to be posted. A new draft asks for the signature anew.",
    BriefingStatus.DRAFT: "Check its words, and when it is to be posted.",
}
_CALLED_OFF = {
    BriefingStatus.POSTED: "Write one that replaces it and says so, and tell those who have passed it on.",
    BriefingStatus.IN_SIGNOFF: "Withdraw it, so that it does not go out.",
    BriefingStatus.DRAFT: "Withdraw it, so that it does not go out.",
}


_PUT_BACK = {
    BriefingStatus.POSTED: "Whoever was told that it is off should hear of this.",
    BriefingStatus.IN_SIGNOFF: "Check its words, and when it is to be posted.",
    BriefingStatus.DRAFT: "Check its words, and when it is to be posted.",
}


def _tell_of_briefings(
    work: Work, meeting: CalendarDate, what: str, times: dict[str, datetime], advice: dict[BriefingStatus, str]
) -> None:
    """What is said about a meeting that is no more: whoever owns that and the comms leads hear what to do."""
    for briefing in briefings.of_meeting(work.tx, meeting.id):
        if briefing.status in advice:
            _tell_of_briefing(work, meeting, briefing, f"{what} {{briefing}} {advice[briefing.status]}", times)


def _tell_of_briefing(
    work: Work, meeting: CalendarDate, briefing: Briefing, what: str, times: dict[str, datetime]
) -> None:
    stands = f"{briefing.reference}, its key messages, has not been posted yet."
    if briefing.posted_at is not None:
        stands, times = (
            f"{briefing.reference}, its key messages, was posted {{posted}}.",
            {
                **times,
                "posted": briefing.posted_at,
            },
        )
    sentence = said(what.replace("{briefing}", stands), times=times, calendar_date=meeting.id, briefing=briefing.id)
    subject = subject_of(meeting.id)
    told = deputies.who_hears(work, subject, [briefing.owner, *people.holding(work.tx, Role.COMMS_LEAD)])
    for person in {one.id: one for one in told}.values():
        outbox.tell(work, person, subject, sentence)
    if not told and work.settings.press_channel_id:
        channel_id = work.settings.press_channel_id
        outbox.post(work, PostingKind.NOTICE, subject, channel_id=channel_id, detail=sentence)


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value
