"""Moving dates and calling them off: one, or one and all of its series to come.

A change of a whole series touches nothing that has passed, and nothing that has a briefing; another rule, nothing that
has papers either. One date may be changed by itself later too: a meeting that was not held after all is called off the
day after.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.core import deputies, obligations, outbox
from bot.core.digest_parts import without_braces
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
from storage import briefings, papers, people, sensitive
from storage import calendar as records
from storage.briefings import Briefing, BriefingStatus
from storage.calendar import CalendarDate, DateKind, Series
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.people import Role
from storage.subjects import SubjectKind

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
    """From a date on, its series comes by another rule. Gives in sentences what was left as it was, and what was called
    off.

    Dates keep their place on file where the new rule has one on the same day, or in the same month. The others are
    called off, but for those that have a briefing or papers, or were moved by themselves: they stay where they are.
    """
    with desk.acting(caller, Act.CHANGE_DATE, subject_of(date_id), once=once) as work:
        found = _as_seen(work, date_id, seen)
        old = found.series
        if old is None:
            raise NotFromHere("This date does not come again. Add a new one that does.")
        details = checked(work, details)
        to_come, briefed = _movable(work, found, old)
        first_on = work.hours.local_day(details.starts_at)
        rule = calendar_series.rule_of(choice, first_on)
        has_papers = _with_papers(work, to_come)
        with_papers = [one for one in to_come if one.id in has_papers]
        alone = [one for one in to_come if one not in with_papers and one != found and _was_moved(work, one)]
        movable = [one for one in to_come if one not in with_papers and one not in alone]
        no_more = [] if old.ended_at else records.off_or_earlier(work.tx, old.id, found.starts_at, first_on)
        left = [_kept_words(work, briefed), *_papers_words(work, with_papers)]
        left.append(_named_words(work, "Left on the day to which it was moved", alone))
        records.change_series(work.tx, old.id, ended_at=work.now)
        series = _begin(work, details, rule)
        free = calendar_series.days_to_come(work, series, work.now)
        taken = _stay(work, series, [*briefed, *with_papers, *no_more, *alone], free)
        for one in alone:
            _update(work, one, has_papers=False, kind=series.kind, title=series.title, place=series.place)
        dropped = _move_to(work, series, movable, [day for day in free if day not in taken])
        left.append(_named_words(work, "Called off, since the new rule has no such date", dropped))
        because = f"The rule changed to {rule.words().removeprefix('by the rule ')}"
        _call_off(work, dropped, because, series_id=None, series_day=None)  # put back, each is a date by itself
        calendar_series.plan(work, series)
        new = calendar_series.of_series(work.hours, details)
        work.record(
            Act.CHANGE_DATE,
            subject_of(found.id),
            was={"rule": Recurrence.from_data(old.rule).words()},
            now={"rule": rule.words(), **{name: _plain(value) for name, value in new.items()}},
            moved=[one.id for one in movable if one not in dropped],
            called_off=[one.id for one in dropped],
            left=[one.id for one in (*briefed, *with_papers, *alone)],
        )
        calendar_asking.redraw_homes(work)
        return " ".join(filter(None, left))


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
        _call_off(work, ended, because)
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
        what = f"{without_braces(found.title)}, {{starts}}, is held after all: {work.person.name} put it back."
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
    _check_papers(work, found, details)
    was, called = details_of(found), named(found, work.hours.zone)  # before it changes: records at hand are refreshed
    moved = details.starts_at != was.starts_at
    waits: dict[str, Any] = {"asked_for_briefing_at": None} if details.starts_at > work.now else {}
    _update(work, found, **{**values_of(details), **waits})
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
        what = f"{work.person.name} moved {without_braces(called)}, to {{starts}}."
        _tell_of_briefings(work, found, what, {"starts": details.starts_at}, _MOVED)
    calendar_asking.redraw_homes(work)


def _check_papers(work: Work, found: CalendarDate, details: DateDetails) -> None:
    if details.kind in paper_steps.MEETINGS or not _with_papers(work, [found]):
        return
    with sensitive.shown_to(work.tx, work.person):  # else the refusal would tell of papers that are hidden from them
        told = bool(_with_papers(work, [found]))
    sentence = "This has papers on file, so it stays a meeting."
    raise BadInput(sentence if told else "This stays a meeting. Add a new date for anything else.", field="kind")


def _change_all(work: Work, found: CalendarDate, series: Series, details: DateDetails) -> str:
    hours = work.hours
    if hours.local_day(details.starts_at) != hours.local_day(found.starts_at):
        raise BadInput(
            "All to come stay on their own days. To move this one, choose “Only this one”; to move them all, choose "
            "“This and all to come, by another rule”.",
            field="starts",
        )
    _check_papers(work, found, details)
    movable, kept = _movable(work, found, series)
    filed, has_papers = list[CalendarDate](), _with_papers(work, movable)
    if details.kind not in paper_steps.MEETINGS:
        filed = [one for one in movable if one.id in has_papers]
        movable = [one for one in movable if one not in filed]
    left = " ".join(filter(None, [_kept_words(work, kept), *_papers_words(work, filed)]))
    new = calendar_series.of_series(hours, details)
    following = {one.id for one in movable if calendar_series.follows(series, one, hours)} | {found.id}
    renewed = Series(first_on=series.first_on, rule=series.rule, **new)
    records.change_series(work.tx, series.id, **new)
    for one in movable:
        day = hours.local_day(one.starts_at)
        times: dict[str, Any] = calendar_series.times_on(renewed, day, hours) if one.id in following else {}
        values: dict[str, Any] = {"kind": details.kind, "title": details.title, "place": details.place or None}
        _update(work, one, has_papers=one.id in has_papers, **values, **times)
    work.record(
        Act.CHANGE_DATE,
        subject_of(found.id),
        now={name: _plain(value) for name, value in new.items()},
        dates=[one.id for one in movable],
    )
    calendar_asking.redraw_homes(work)
    return left


def _begin(work: Work, details: DateDetails, rule: Recurrence) -> Series:
    series = Series(
        rule=rule.to_data(),
        first_on=work.hours.local_day(details.starts_at),
        added_by_id=work.person.id,
        **calendar_series.of_series(work.hours, details),
    )
    work.tx.add(series)
    return series


def _was_moved(work: Work, one: CalendarDate) -> bool:
    """Whether it was put on another day by itself."""
    return work.hours.local_day(one.starts_at) != one.series_day


def _stay(work: Work, series: Series, stay: list[CalendarDate], free: Sequence[date]) -> set[date | None]:
    """Into a new series with dates that stay as they are, so that no others are planned on their days. Gives these."""
    taken = set[date | None]()
    for one in sorted(stay, key=lambda one: _was_moved(work, one)):
        days = [day for day in (work.hours.local_day(one.starts_at), one.series_day) if day not in taken]
        day = next((day for day in days if day in free), one.series_day if one.series_day in days else None)
        taken.add(day)
        records.put_into(work.tx, one, series.id, day)
    return taken


def _move_to(work: Work, series: Series, old: list[CalendarDate], free: Sequence[date]) -> list[CalendarDate]:
    """A new series in place of these dates, which keep their rows as far as they can. Gives those that cannot."""
    hours = work.hours
    places: dict[int, date] = {one.id: one.series_day for one in old if one.series_day in free and one.series_day}
    left = [day for day in free if day not in places.values()]
    for one in old:
        near = hours.local_day(one.starts_at)
        same = (day for day in left if (day.year, day.month) == (near.year, near.month))
        day = None if one.id in places else next(same, None)
        if day is not None:
            places[one.id] = day
            left.remove(day)
    for one in old:
        if one.id in places:
            times = calendar_series.times_on(series, places[one.id], hours)
            values = {"kind": series.kind, "title": series.title, "place": series.place, **times}
            _update(work, one, has_papers=False, series_id=series.id, series_day=places[one.id], **values)
    return [one for one in old if one.id not in places]


def _movable(work: Work, found: CalendarDate, series: Series) -> tuple[list[CalendarDate], list[CalendarDate]]:
    """A date and those of its series after it, as far as they may be changed together; and those that have a briefing,
    which stay."""
    if found.starts_at <= work.now:
        raise NotFromHere("This one has passed. Choose the next one that is to come, or only this one.")
    to_come = records.dates_of(work.tx, series.id, found.starts_at)
    briefed = briefings.meetings_of_any(work.tx, [one.id for one in to_come])
    return [one for one in to_come if one.id not in briefed], [one for one in to_come if one.id in briefed]


def _with_papers(work: Work, meetings: list[CalendarDate]) -> set[int]:
    found = papers.states_by_meeting(work.tx, [one.id for one in meetings])
    return {meeting_id for meeting_id, states in found.items() if states}


def _kept_words(work: Work, kept: list[CalendarDate]) -> str:
    return _named_words(work, "Left as it was, since there is a briefing", kept)


def _papers_words(work: Work, kept: list[CalendarDate]) -> list[str]:
    """Of papers only to those who may see them."""
    with sensitive.shown_to(work.tx, work.person):
        told = _with_papers(work, kept)
    return [
        _named_words(work, "Left as it was, since there are papers", [one for one in kept if one.id in told]),
        _named_words(work, "Left as it was", [one for one in kept if one.id not in told]),
    ]


def _named_words(work: Work, what: str, found: list[CalendarDate]) -> str:
    if not found:
        return ""
    names = "; ".join(named(one, work.hours.zone) for one in found[:MOST_NAMED])
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return f"{what}: {names}{more}."


def _update(work: Work, found: CalendarDate, *, has_papers: bool = True, **values: Any) -> None:
    if not records.change(work.tx, found, **values):
        raise NotFromHere("Somebody called this off a moment ago. Close the form and look at it again.")
    if has_papers and "starts_at" in values:
        paper_steps.meeting_moved(work, found.id, values["starts_at"])
    if has_papers and "called_off_at" in values:
        paper_steps.meeting_called_off(work, found.id)


def _call_off(work: Work, ended: list[CalendarDate], because: str, **values: None) -> None:
    off: dict[str, Any] = {"called_off_at": work.now, "called_off_because": because, **values}
    ids = [one.id for one in ended]
    briefed, has_papers = briefings.meetings_of_any(work.tx, ids), _with_papers(work, ended)
    for one in ended:
        called = named(one, work.hours.zone)  # before it changes
        _update(work, one, has_papers=one.id in has_papers, **off)
        if one.id in briefed:
            what = without_braces(f"{work.person.name} called off {called}: {because}.")
            _tell_of_briefings(work, one, what, {}, _CALLED_OFF)
    obligations.cancel_several(work, SubjectKind.CALENDAR_DATE, ids, Duty.BRIEF)


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
