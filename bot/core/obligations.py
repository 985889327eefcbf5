"""Who owes what by when, and when they are reminded. Everything with a deadline makes one; nothing else nags."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from bot.core import deputies, outbox
from bot.core.errors import NotFromHere
from bot.core.ladders import (
    DEFAULT_LADDERS,
    DutyOfficerNow,
    Ladder,
    Step,
    Wait,
    current_step,
    next_step,
    when_to_tell,
)
from bot.core.rungs import Tell
from bot.core.workspaces import Desk, Work
from storage import leave, obligations, people
from storage.obligations import Duty, Obligation, Silence
from storage.outbox import PostingKind, Urgency
from storage.people import Person, Role
from storage.settings import Settings
from storage.subjects import Subject, SubjectKind

SNOOZE = timedelta(minutes=30)
AT_ONCE = 100
"""Reminders in one transaction: when thousands come due in one moment, nobody's press waits until all are written."""


CAN_WAIT = frozenset({Duty.CASCADE, Duty.CONTRIBUTE})
"""What nobody is rung up for at night, also once it is late. Nor is help called for, one by one, where somebody is away
and nobody stands in: the ladder brings all of it to whoever sees to the record."""


def ladder_for(settings: Settings, duty: Duty) -> Ladder:
    """The workspace's own ladder for a duty, or the default (DOMAIN §10)."""
    own = settings.ladders.get(duty.value)
    return DEFAULT_LADDERS[duty.value] if own is None else _read(json.dumps(own))


@lru_cache(maxsize=256)
def _read(own: str) -> Ladder:
    return Ladder.from_data(json.loads(own))


def owe(
    work: Work,
    duty: Duty,
    subject: Subject,
    *,
    owner: Person | None,
    due_at: datetime | None,
    holder: Person | None = None,
    is_told: bool = False,
) -> Obligation:
    """Somebody (or, while `owner` is None, nobody yet) owes something from now on. `due_at` is UTC.

    `holder` sees to it while the owner is away; not named, it is whoever stands in for them. With `is_told` they hear
    of it in this moment in another way, which counts as the first reminder if one is due now.
    """
    ladder, hours, told_at = ladder_for(work.settings, duty), work.hours, work.now if is_told else None
    first = next_step(ladder, asked_at=work.now, due_at=due_at, hours=hours, after=told_at, last_told=told_at)
    if holder is None and owner is not None and waits_for(work, duty, owner, first.at if first else None):
        holder = owner
    if holder is None and owner is not None:
        found = deputies.cover_on(work, subject, owner)
        holder = found.person or owner
        if found.person is None and duty not in CAN_WAIT:
            deputies.ask_for_help(work, subject, owner, found.because)
        elif holder.id != owner.id and duty in _TOLD_BY_NOTHING_ELSE:
            _tell_who_stands_in(work, subject, holder, owner, due_at)
    reached = current_step(ladder, asked_at=work.now, due_at=due_at, hours=hours, at=told_at) if told_at else None
    obligation = Obligation(
        owner_id=holder.id if holder else None,
        for_id=owner.id if owner and holder and holder.id != owner.id else None,
        duty=duty,
        subject_kind=subject.kind,
        subject_id=subject.id,
        asked_at=work.now,
        due_at=due_at,
        next_reminder_at=first.at if first else None,
        rung=reached.rung if reached else -1,
        last_told_at=told_at,
    )
    work.tx.add(obligation)
    outbox.redraw_homes(work, [obligation.owner_id])
    return obligation


BY_A_DAY = frozenset({Duty.REVIEW})
"""What is owed by a day months ahead, and not by an hour: it waits for whoever is back in time, and rings no duty
officer at night."""


def waits_for(work: Work, duty: Duty, owner: Person, next_reminder_at: datetime | None) -> bool:
    """Whether something stays with somebody who is away, since they are back before they are reminded of it."""
    back_at = leave.away(work.tx, work.now).get(owner.id)
    return duty in BY_A_DAY and back_at is not None and next_reminder_at is not None and back_at <= next_reminder_at


def owe_several(work: Work, duty: Duty, owed: Sequence[tuple[Subject, Person]], *, due_at: datetime) -> None:
    """The same duty by the same time, of many at once: one record each, whoever stands in included.

    Only for what `CAN_WAIT` and whose holders are told in another way: nobody hears of it here.
    """
    first = next_step(ladder_for(work.settings, duty), asked_at=work.now, due_at=due_at, hours=work.hours)
    away = leave.away(work.tx, work.now)
    new = []
    for subject, owner in owed:
        is_there = owner.id not in away and owner.left_at is None
        holder = owner if is_there else deputies.cover(work, owner).person or owner
        new.append(
            Obligation(
                owner_id=holder.id,
                for_id=owner.id if holder.id != owner.id else None,
                duty=duty,
                subject_kind=subject.kind,
                subject_id=subject.id,
                asked_at=work.now,
                due_at=due_at,
                next_reminder_at=first.at if first else None,
            )
        )
    work.tx.add(*new)
    outbox.redraw_homes(work, [obligation.owner_id for obligation in new])


_TOLD_BY_NOTHING_ELSE = frozenset({Duty.ANSWER, Duty.AWAITING_EMAIL, Duty.CORRECT})
"""A signature is asked for in a message of its own, and a text to issue comes with one."""


def _tell_who_stands_in(work: Work, subject: Subject, holder: Person, owner: Person, due_at: datetime | None) -> None:
    title = work.features.title(work.tx, subject)
    due = " It is due {due}." if due_at else ""
    sentence = f"{owner.name} is away, and you stand in: {title} is with you now.{due} Your Home shows it."
    outbox.tell(work, holder, subject, outbox.said(sentence, times={"due": due_at} if due_at else {}))


def give_to(work: Work, obligation: Obligation, holder: Person) -> bool:
    """Somebody else sees to it from now on: a deputy, or, when they are back, whoever owes it. False: it is so already.

    The ladder starts anew, so that whoever gets it hears of it in time.
    """
    whose = obligation.whose
    if whose is None or obligation.owner_id == holder.id:
        return False
    first = next_step(
        ladder_for(work.settings, obligation.duty),
        asked_at=work.now,
        due_at=obligation.due_at,
        hours=work.hours,
        after=None,
    )
    moved = obligations.move(
        work.tx,
        obligation,
        owner_id=holder.id,
        for_id=whose.id if whose.id != holder.id else None,
        asked_at=work.now,
        next_reminder_at=first.at if first else None,
        rung=-1,
        last_told_at=None,
    )
    if moved:
        outbox.redraw_reminders(work, obligation.id)
        outbox.redraw_homes(work, [obligation.owner_id, holder.id])
    return moved


def done(work: Work, subject: Subject, duty: Duty, *, owner_id: int | None = None) -> None:
    """What was owed has been done. `owner_id`: whose it was, whoever stands in for them."""
    _end(work, obligations.open_on(work.tx, subject, duty=duty, owner_id=owner_id), done_at=work.now)


def cancel(work: Work, subject: Subject, *duties: Duty) -> None:
    """What was owed is no longer wanted; all duties on the subject, if none is named."""
    for duty in duties or tuple(Duty):
        _end(work, obligations.open_on(work.tx, subject, duty=duty), cancelled_at=work.now)


def cancel_several(work: Work, kind: SubjectKind, subject_ids: Collection[int], duty: Duty) -> None:
    """One duty is no longer wanted on any of several records, whosever it was."""
    _end(work, obligations.open_on_several(work.tx, kind, subject_ids, duty), cancelled_at=work.now)


def cancel_of(work: Work, subject: Subject, duty: Duty, *, owner_id: int) -> None:
    """It is no longer wanted of one person, whoever stands in for them."""
    _end(work, obligations.open_on(work.tx, subject, duty=duty, owner_id=owner_id), cancelled_at=work.now)


def is_owed(work: Work, subject: Subject, duty: Duty | None = None) -> bool:
    return bool(obligations.open_on(work.tx, subject, duty=duty))


def due_at(work: Work, subject: Subject, duty: Duty, *, owner_id: int) -> datetime | None:
    """By when somebody owes something that is still open (UTC)."""
    found = obligations.open_on(work.tx, subject, duty=duty, owner_id=owner_id)
    return found[0].due_at if found else None


def move_deadline(work: Work, subject: Subject, duty: Duty, due_at: datetime | None) -> None:
    """The same is owed by another time. Its ladder starts anew: the time from now to then is what the rungs divide."""
    for obligation in obligations.open_on(work.tx, subject, duty=duty):
        if obligation.due_at == due_at:
            continue
        _end(work, [obligation], cancelled_at=work.now)
        owe(work, duty, subject, owner=obligation.whose, due_at=due_at, holder=obligation.owner)


def hand_over(work: Work, subject: Subject, duty: Duty, to: Person) -> None:
    """The same is owed by somebody else, by the same time."""
    for obligation in obligations.open_on(work.tx, subject, duty=duty):
        _end(work, [obligation], cancelled_at=work.now)
        owe(work, duty, subject, owner=to, due_at=obligation.due_at)


def mark_seen(work: Work, obligation: Obligation) -> None:
    """The person has seen it and hears no more until the next rung; from the last one, until the next working morning.

    (The next rung: DESIGN. The morning is our own judgement: what is overdue must not be forgotten for good.)
    """
    _refuse_ended(obligation)
    is_last = obligation.rung >= len(ladder_for(work.settings, obligation.duty).rungs) - 1
    _be_silent(
        work,
        obligation,
        seen_rung=None if is_last else obligation.rung,
        until=work.hours.next_morning(work.now) if is_last else None,
    )


def snooze(work: Work, obligation: Obligation) -> datetime:
    """The person is not reminded for half an hour, and never past the due time. Gives until when (UTC)."""
    _refuse_ended(obligation)
    if obligation.due_at is not None and obligation.due_at <= work.now:
        raise NotFromHere("It is due already, so it cannot wait longer. Press Seen if you are on it.")
    until = min(work.now + SNOOZE, obligation.due_at or work.now + SNOOZE)
    _be_silent(work, obligation, seen_rung=None, until=until)
    if obligation.next_reminder_at is None or until < obligation.next_reminder_at:
        obligations.update(work.tx, obligation, next_reminder_at=until)
    return until


def replan(work: Work, *duties: Duty) -> None:
    """Ladders or working hours have changed: what is owed is reminded of by the new ones, from its last reminder on.

    All duties, if none is named. Who had seen the last reminder hears of the next, since its rung may be another.
    """
    for obligation in obligations.open_of(work.tx, duties or tuple(Duty)):
        ladder, hours, told_at = ladder_for(work.settings, obligation.duty), work.hours, obligation.last_told_at
        asked_at, due_at = obligation.asked_at, obligation.due_at
        reached = current_step(ladder, asked_at=asked_at, due_at=due_at, hours=hours, at=told_at) if told_at else None
        following = next_step(ladder, asked_at=asked_at, due_at=due_at, hours=hours, after=told_at, last_told=told_at)
        snoozes = [silence.snoozed_until for silence in obligations.silences(work.tx, obligation.id)]
        times = [at for at in (following.at if following else None, *snoozes) if at is not None]
        obligations.update(
            work.tx, obligation, rung=reached.rung if reached else -1, next_reminder_at=min(times, default=None)
        )
        obligations.forget_seen(work.tx, obligation.id)


def is_silent(silence: Silence, rung: int, now: datetime) -> bool:
    """Whether somebody still asks not to be told, on this rung of the ladder."""
    if silence.snoozed_until is not None:
        return silence.snoozed_until > now
    return silence.seen_rung is not None and rung <= silence.seen_rung


@dataclass
class _Told:
    """What each person and the press channel is to be told in this tick, gathered so that it goes as one message."""

    people: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    channel: list[int] = field(default_factory=list)


def remind(desk: Desk) -> None:
    """The tick: tells those whose reminder has come, each person in one message. Safe to run in several processes."""
    with desk.database.across_workspaces(read_only=True) as view:
        due = obligations.workspaces_with_due(view, desk.clock.now())
    for workspace_id in due:
        while _remind_some(desk, workspace_id) == AT_ONCE:
            pass


def _remind_some(desk: Desk, workspace_id: int) -> int:
    """Tells of as much as one transaction should hold. Says of how much; whatever it was has moved on afterwards."""
    with desk.on_its_own(workspace_id) as work:
        told = _Told()
        found = obligations.due(work.tx, work.now, limit=AT_ONCE)
        for obligation in found:
            _climb(work, obligation, told)
        _say(work, told)
        if found:
            outbox.redraw_overviews(work)
        return len(found)


def _climb(work: Work, obligation: Obligation, told: _Told) -> None:
    """Where an obligation stands on its ladder now, who is told of it, and when it is looked at next."""
    ladder, hours = ladder_for(work.settings, obligation.duty), work.hours
    asked_at, due_at = obligation.asked_at, obligation.due_at
    new = current_step(
        ladder, asked_at=asked_at, due_at=due_at, hours=hours, at=work.now, since=obligation.last_told_at
    )
    step = new or current_step(ladder, asked_at=asked_at, due_at=due_at, hours=hours, at=work.now)
    if step is not None and not work.features.rests(work.tx, obligation.subject, obligation.duty):
        pressing_at = None if obligation.duty in CAN_WAIT | BY_A_DAY else due_at
        when = when_to_tell(work.now, due_at=pressing_at, hours=hours, pierces=step.pierces)
        if isinstance(when, Wait):
            obligations.update(work.tx, obligation, next_reminder_at=when.until)
            return
        _tell(work, obligation, step, told, is_new=new is not None, to_duty_officer=isinstance(when, DutyOfficerNow))
    following = next_step(ladder, asked_at=asked_at, due_at=due_at, hours=hours, after=work.now, last_told=work.now)
    ends = [s.snoozed_until for s in obligations.silences(work.tx, obligation.id)]
    times = [at for at in (following.at if following else None, *ends) if at is not None and at > work.now]
    obligations.update(
        work.tx,
        obligation,
        rung=step.rung if step else obligation.rung,
        last_told_at=work.now,
        next_reminder_at=min(times, default=None),
    )


def _tell(work: Work, obligation: Obligation, step: Step, told: _Told, *, is_new: bool, to_duty_officer: bool) -> None:
    """Tells of a step that has just come; of one that is behind us, only those whose snooze has just ended."""
    silences = {silence.person_id: silence for silence in obligations.silences(work.tx, obligation.id)}
    whom, channel = _whom(work, obligation, step, to_duty_officer=to_duty_officer)
    for person in whom:
        silence = silences.get(person.id)
        if is_new:
            if silence is None or not is_silent(silence, step.rung, work.now):
                told.people[person.id].append(obligation.id)
        elif silence is not None and _has_just_ended(silence, obligation.last_told_at, work.now):
            told.people[person.id].append(obligation.id)
    if channel and is_new:
        told.channel.append(obligation.id)
    if is_new and obligation.duty is Duty.SIGN:
        on_duty = whom[0] if to_duty_officer and whom else None
        work.features.signing(obligation.subject_kind).still_missing(work, obligation.subject_id, on_duty)
    outbox.redraw_homes(work, [obligation.owner_id])


def _has_just_ended(silence: Silence, last_told_at: datetime | None, now: datetime) -> bool:
    until = silence.snoozed_until
    return until is not None and until <= now and (last_told_at is None or until > last_told_at)


def _whom(work: Work, obligation: Obligation, step: Step, *, to_duty_officer: bool) -> tuple[list[Person], bool]:
    """The people a rung tells, as they can be reached, and whether the press channel is told."""
    subject, duty_officer = obligation.subject, work.settings.duty_officer
    is_open = work.may_see(None, subject)

    def may_hear(person: Person) -> bool:
        return person.on_slack and (is_open or work.may_see(person, subject))

    if to_duty_officer and duty_officer is not None:
        on_duty = [person for person in deputies.present(work, [duty_officer]) if may_hear(person)]
        if on_duty:
            return on_duty, False
    named = {person.id: person for tell in step.tells for person in _named(work, obligation, tell)}
    found = [person for person in named.values() if may_hear(person)]
    if is_open:
        return found, Tell.PRESS_CHANNEL in step.tells or not found  # somebody must hear of it
    return found or deputies.who_hears(work, subject, people.holding(work.tx, Role.COMMS_LEAD)), False


def _named(work: Work, obligation: Obligation, tell: Tell) -> Iterable[Person]:
    """Whom a rung names. Whoever is away is not told, but who stands in for them."""
    owner = obligation.owner
    reached: list[Person | None] = []
    match tell:
        case Tell.OWNER:
            at_hand = deputies.cover(work, owner).person if owner else None
            reached = [at_hand if at_hand and at_hand.on_slack else _subject_owner(work, obligation)]
        case Tell.DEPUTY:
            deputy = people.get(work.tx, owner.deputy_id) if owner and owner.deputy_id else None
            reached = [deputies.cover(work, deputy).person if deputy else None]
            if reached == [None] and obligation.duty in CAN_WAIT:
                reached = [_subject_owner(work, obligation)]  # they tell nobody else here, and somebody must hear of it
        case Tell.SUBJECT_OWNER:
            reached = [_subject_owner(work, obligation)]
        case Tell.COMMS_LEAD:
            reached = list(deputies.present(work, people.holding(work.tx, Role.COMMS_LEAD)))
        case Tell.PRESS_CHANNEL:
            pass
    return [person for person in reached if person is not None and person.on_slack]


def _subject_owner(work: Work, obligation: Obligation) -> Person | None:
    owner_id = work.features.owner_id(work.tx, obligation.subject)
    owner = people.get(work.tx, owner_id) if owner_id else None
    return deputies.cover(work, owner).person if owner else None


def _say(work: Work, told: _Told) -> None:
    subject = Subject(SubjectKind.OBLIGATION, 0)
    for person in people.several(work.tx, told.people):
        detail = {"obligations": told.people[person.id]}
        outbox.post(work, PostingKind.REMINDER, subject, person=person, detail=detail, urgency=Urgency.BY_THE_WAY)
    if told.channel and work.settings.press_channel_id:
        outbox.post(
            work,
            PostingKind.REMINDER,
            subject,
            channel_id=work.settings.press_channel_id,
            detail={"obligations": told.channel},
            urgency=Urgency.BY_THE_WAY,
        )


def _be_silent(work: Work, obligation: Obligation, *, seen_rung: int | None, until: datetime | None) -> None:
    found = obligations.silence(work.tx, obligation.id, work.person.id)
    if found is None:
        found = Silence(obligation_id=obligation.id, person_id=work.person.id, at=work.now)
        work.tx.add(found)
    found.seen_rung, found.snoozed_until, found.at = seen_rung, until, work.now


def _end(work: Work, ended: list[Obligation], **how: datetime) -> None:
    if not ended:
        return
    for obligation in ended:
        obligations.update(work.tx, obligation, next_reminder_at=None, **how)
    outbox.redraw_reminders(work, *(obligation.id for obligation in ended))
    outbox.redraw_homes(work, [obligation.owner_id for obligation in ended])


def _refuse_ended(obligation: Obligation) -> None:
    if not obligation.is_open:
        raise NotFromHere("This is done already. You will not be reminded of it again.")
