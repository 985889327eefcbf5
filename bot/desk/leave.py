"""Who is away, and who stands in: set by people themselves, or for them by the press office."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core import deputies, handovers, outbox
from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.core.outbox import said
from bot.core.outlook import Because, Some, Stuck
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from storage import leave as records
from storage import obligations, people, signoffs, workspaces
from storage.leave import Leave
from storage.people import Person
from storage.subjects import Subject, SubjectKind

LONGEST = timedelta(days=366)
MOST_NAMED = 10
"""Of what was answered for somebody, how much is named in the word to them."""


@dataclass(frozen=True)
class Absence:
    """When somebody is away and who stands in then, as a form gives it. Instants are UTC; `from_at` None means now."""

    from_at: datetime | None
    back_at: datetime | None
    deputy_id: int | None


@dataclass(frozen=True)
class LeaveLine:
    """Somebody's leave in a list. `stand_in` is who acts for them if it were now; None: nobody."""

    leave: Leave
    is_on: bool
    stand_in: Person | None


@dataclass(frozen=True)
class LeaveOffers:
    """What a form about somebody's leave offers. `person` None: they are still to be chosen."""

    person: Person | None
    people: tuple[Person, ...]
    now: datetime


def own_choices(desk: Desk, caller: Caller) -> LeaveOffers:
    with desk.looking(caller, Act.SET_OWN_LEAVE) as work:
        return LeaveOffers(work.person, tuple(people.everyone(work.tx)), work.now)


def choices(desk: Desk, caller: Caller) -> LeaveOffers:
    with desk.looking(caller, Act.SET_LEAVE) as work:
        return LeaveOffers(None, tuple(people.everyone(work.tx)), work.now)


def all_of_them(desk: Desk, caller: Caller) -> list[LeaveLine]:
    """Who is or will be away, for whoever may change it."""
    with desk.looking(caller, Act.SET_LEAVE) as work:
        return [line(work, leave) for leave in records.to_come(work.tx, work.now)]


def line(work: Work, leave: Leave) -> LeaveLine:
    at = leave.person
    deputy = people.get(work.tx, at.deputy_id) if at.deputy_id else None
    stand_in = deputies.cover(work, deputy).person if deputy else None
    is_on = leave.from_at <= work.now
    return LeaveLine(leave, is_on, deputies.cover(work, at).person if is_on else stand_in)


def stuck(work: Work, reader: Person, shown: frozenset[Subject]) -> Some[Stuck]:  # noqa: ARG001 (the same for whom it is)
    """Who is away while nobody stands in for them, and how much waits for them."""
    away = {leave.person_id: leave for leave in records.to_come(work.tx, work.now) if leave.from_at <= work.now}
    waits = Counter(owed.owner_id for owed in obligations.of_the_away(work.tx, away) if owed.for_id is None)
    found = []
    for person_id, leave in away.items():
        cover = deputies.cover(work, leave.person)
        if cover.person is None:
            number = {0: "Nothing waits", 1: "1 thing waits"}.get(waits[person_id], f"{waits[person_id]} things wait")
            found.append(
                Stuck(
                    because=Because.AWAY,
                    title=f"{leave.person.name} is away, and nobody stands in",
                    words=f"Back {{back}}. {cover.because}{number} for them.",
                    advice="Name a deputy who is there: press Show who is away.",
                    value="all",
                    times={"back": leave.back_at},
                )
            )
    return Some(tuple(found[:MOST_AWAY]), len(found))


MOST_AWAY = 4


def set_own(desk: Desk, caller: Caller, absence: Absence, *, once: str) -> None:
    """The person will be away, or is already. What they owe meanwhile goes to their deputy."""
    with desk.acting(caller, Act.SET_OWN_LEAVE, once=once) as work:
        _set(work, work.person, absence, Act.SET_OWN_LEAVE)


def set_for(desk: Desk, caller: Caller, person_id: int | None, absence: Absence, *, once: str) -> None:
    """The press office sets it for somebody who won't. They are told."""
    with desk.acting(caller, Act.SET_LEAVE, once=once) as work:
        person = people.get(work.tx, person_id) if person_id else None
        if person is None:
            raise BadInput("Choose who is away.", field="person")
        _set(work, person, absence, Act.SET_LEAVE)
        if person.id != work.person.id and absence.back_at is not None:
            deputy = people.get(work.tx, person.deputy_id) if person.deputy_id else None
            who = f"{deputy.name} stands in" if deputy else "Nobody stands in"
            outbox.tell(
                work,
                person,
                _about(person),
                said(
                    f"{work.person.name} noted that you are away from {{from}} until {{back}}. {who} meanwhile. If "
                    "this is wrong, open your Home and press I’m back.",
                    times={"from": absence.from_at or work.now, "back": absence.back_at},
                ),
            )


def come_back(desk: Desk, caller: Caller) -> None:
    """The person is back, or does not go after all."""
    with desk.acting(caller, Act.SET_OWN_LEAVE) as work:
        found = records.of(work.tx, work.person.id, work.now)
        if not found:
            raise NotFromHere("You are not away as far as the desk knows. Nothing has changed.")
        for leave in found:
            _end(work, leave)
        handovers.settle(work)
        work.record(Act.SET_OWN_LEAVE, _about(work.person), ended=[leave.id for leave in found])


def end_for(desk: Desk, caller: Caller, leave_id: int) -> Person:
    """Somebody is back, or does not go after all. Gives who."""
    with desk.acting(caller, Act.SET_LEAVE) as work:
        leave = records.get(work.tx, leave_id)
        if leave is None:
            raise NotFound("This is not on file any more. Look again at who is away.")
        if leave.over_at is not None:
            raise NotFromHere(f"{leave.person.name} is back already.")
        _end(work, leave)
        handovers.settle(work)
        work.record(Act.SET_LEAVE, _about(leave.person), ended=[leave.id])
        return leave.person


def notice(desk: Desk) -> None:
    """The tick: leave that has begun or ended since is noticed, and what is owed moves. Safe to run anywhere."""
    with desk.database.across_workspaces(read_only=True) as view:
        changed = records.workspaces_to_look_at(view, desk.clock.now())
    for workspace_id in changed:
        with desk.on_its_own(workspace_id) as work:
            _take_notice(work)


def settle_everywhere(desk: Desk) -> None:
    """The slow tick: whatever changed without anybody taking notice is put right."""
    with desk.database.across_workspaces(read_only=True) as view:
        ids = [workspace.id for workspace in workspaces.all_of_them(view)]
    for workspace_id in ids:
        with desk.on_its_own(workspace_id) as work:
            handovers.settle(work)


def _take_notice(work: Work) -> None:
    ended = []
    for leave in records.unnoticed(work.tx, work.now):
        is_over = leave.back_at <= work.now
        values = {"over_at": work.now} if is_over else {}
        if not records.update(work.tx, leave, begun_at=leave.begun_at or work.now, **values):
            continue  # another process was quicker
        if is_over:
            ended.append(leave)
        work.record("leave.over" if is_over else "leave.begun", _about(leave.person), leave=leave.id)
        outbox.redraw_homes(work, [leave.person_id])
    handovers.settle(work)
    outbox.redraw_overviews(work)
    for leave in ended:
        _tell_what_was_signed(work, leave)


def _tell_what_was_signed(work: Work, leave: Leave) -> None:
    """Whoever is back learns what was answered in their name."""
    given = signoffs.given_for(work.tx, leave.person_id, leave.from_at)
    if not given:
        return
    found = {
        f"{work.features.title(work.tx, _subject(work, one))}, draft {one.draft.number}, by {one.given_by.name}"
        for one in given
        if one.given_by is not None
    }
    sentence = f"Answered for you while you were away: {'; '.join(sorted(found)[:MOST_NAMED])}."
    outbox.tell(work, leave.person, _about(leave.person), said(sentence), dedupe_key=f"signed-for:{leave.id}")


def _subject(work: Work, signature: signoffs.Signature) -> Subject:
    signoff = signoffs.get(work.tx, signature.draft.signoff_id)
    return Subject(signoff.subject_kind, signoff.subject_id)


def _set(work: Work, person: Person, absence: Absence, act: Act) -> None:
    from_at, back_at = absence.from_at or work.now, absence.back_at
    if back_at is None:
        raise BadInput("Say when work goes on: the day and the time.", field="back")
    if back_at <= work.now:
        raise BadInput("This has passed. Give the time at which work goes on.", field="back")
    if back_at <= from_at:
        raise BadInput("This is before the leave begins. Give a later day.", field="back")
    if back_at - from_at > LONGEST:
        raise BadInput("This is longer than a year. Give an earlier day, and extend it later.", field="back")
    if absence.deputy_id == person.id:
        raise BadInput("Nobody can be their own deputy. Choose somebody else.", field="deputy")
    if absence.deputy_id is not None:
        person.deputy_id = absence.deputy_id
        work.tx.flush()
    for other in records.of(work.tx, person.id, work.now):
        if other.from_at < back_at and other.back_at > from_at:
            _end(work, other)  # the new one takes its place
    leave = Leave(person_id=person.id, from_at=from_at, back_at=back_at, set_by_id=work.person.id, set_at=work.now)
    work.tx.add(leave)
    work.record(
        act,
        _about(person),
        leave=leave.id,
        from_at=from_at.isoformat(),
        back_at=back_at.isoformat(),
        deputy=person.deputy_id,
    )
    outbox.redraw_homes(work, [person.id])
    if from_at <= work.now:
        _take_notice(work)


def _end(work: Work, leave: Leave) -> None:
    if not records.update(work.tx, leave, over_at=work.now):
        raise NotFromHere("Somebody changed this a moment ago. Open it again.")
    outbox.redraw_homes(work, [leave.person_id])
    outbox.redraw_overviews(work)


def _about(person: Person) -> Subject:
    return Subject(SubjectKind.PERSON, person.id)
