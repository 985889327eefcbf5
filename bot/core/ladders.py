"""Ladders: when somebody who owes something is reminded, and who else is told as the due time draws near.

A ladder is data, set per workspace (DESIGN.md, idea 1; DOMAIN.md §10, from which the defaults are). `steps`
turns one into moments:

- Steps stand at least ten minutes apart. Before the due time a rung that comes sooner after the one before it
is moved to ten minutes after it, and left out if that reaches the next rung or the due time.
- Whatever comes at the due time or later is moved as far as it must be and never left out. But of rungs that
come at one moment, all of them past already when it was asked, only the highest counts.
- A rung repeats until the next one; a repeat less than ten minutes before that gives way to it.
- Without a due time the rungs that need one are left out. A due time already past is due at once.

Then `when_to_tell` holds against quiet hours what has come. Instants go in aware and come out in UTC; a naive
one is a `ValueError`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import takewhile
from types import MappingProxyType

from bot.core.ladder_data import rung_from_data, rung_to_data
from bot.core.rungs import (
    TEN_MINUTES,
    After,
    Asking,
    AtDue,
    Before,
    NextMorning,
    Part,
    Repeat,
    RepeatByWorkingDays,
    Rung,
    Since,
    Tell,
    WorkingDay,
)
from bot.core.working_days import WorkingHours, as_utc

CLOSING_GRACE = timedelta(minutes=5)


@dataclass(frozen=True)
class Ladder:
    """How one kind of obligation is chased. `ValueError` without a name or a rung."""

    name: str
    rungs: tuple[Rung, ...]

    def __post_init__(self) -> None:
        if not self.name or not self.rungs:
            raise ValueError("A ladder has a name and at least one rung.")

    def to_data(self) -> dict[str, object]:
        """Plain JSON-able data, of which `from_data` makes an equal ladder; its shape: `ladder_data`."""
        return {"name": self.name, "rungs": [rung_to_data(rung) for rung in self.rungs]}

    @classmethod
    def from_data(cls, data: object) -> "Ladder":
        """The ladder that was written so. `ValueError` with a sentence that names the rung at fault."""
        match data:
            case {"name": str(name), "rungs": [*rungs], **rest} if not rest:
                return cls(name, tuple(_numbered_rung(number, rung) for number, rung in enumerate(rungs, 1)))
            case _:
                raise ValueError("A ladder has a name and a list of rungs, and nothing else.")


def _numbered_rung(number: int, data: object) -> Rung:
    try:
        return rung_from_data(data)
    except ValueError as error:
        raise ValueError(f"Rung {number}: {error}") from error


@dataclass(frozen=True)
class Step:
    """One moment (UTC) at which a ladder reminds. `repeat` is 0 when the rung comes first, then counts on."""

    rung: int
    repeat: int
    at: datetime
    tells: tuple[Tell, ...]
    pierces: bool


def steps(ladder: Ladder, *, asked_at: datetime, due_at: datetime | None, hours: WorkingHours) -> Iterator[Step]:
    """Every reminder in order of time, ten minutes apart or more; without end where a repeat has none."""
    placed = _placed(ladder, as_utc(asked_at), None if due_at is None else as_utc(due_at), hours)
    next_rungs_at = [*(at for at, _ in placed[1:]), None]
    for (at, index), next_rung_at in zip(placed, next_rungs_at, strict=False):
        rung = ladder.rungs[index]
        for number, moment in enumerate(_moments(rung, at, hours)):
            if number and next_rung_at is not None and moment > next_rung_at - TEN_MINUTES:
                break
            yield Step(index, number, moment, rung.tells, rung.pierces_quiet_hours)


def next_step(
    ladder: Ladder,
    *,
    asked_at: datetime,
    due_at: datetime | None,
    hours: WorkingHours,
    after: datetime | None = None,
    last_told: datetime | None = None,
) -> Step | None:
    """The first step strictly after `after`: the step dealt with last (none yet: from the beginning).

    Less than ten minutes after `last_told` it is put off until those have passed, together with what else has
    come by then, as the highest rung of them: nothing is lost, and `at` says when to look again. None: there
    is no more.
    """
    after = None if after is None else as_utc(after)
    free_from = None if last_told is None else as_utc(last_told) + TEN_MINUTES
    to_come = (
        step
        for step in steps(ladder, asked_at=asked_at, due_at=due_at, hours=hours)
        if after is None or step.at > after
    )
    first = next(to_come, None)
    if first is None or free_from is None or first.at >= free_from:
        return first
    put_off = [first, *takewhile(lambda step: step.at <= free_from, to_come)]
    return replace(_highest(put_off), at=free_from)


def current_step(
    ladder: Ladder,
    *,
    asked_at: datetime,
    due_at: datetime | None,
    hours: WorkingHours,
    at: datetime,
    since: datetime | None = None,
) -> Step | None:
    """The latest step that has come by `at`; None where none has.

    With `since` (exclusive: when somebody was last told), only of those that have come after it: several missed in
    a downtime count as one, the highest rung, and of its repeats the latest.
    """
    at, since = as_utc(at), None if since is None else as_utc(since)
    come = list(takewhile(lambda step: step.at <= at, steps(ladder, asked_at=asked_at, due_at=due_at, hours=hours)))
    if since is None:
        return come[-1] if come else None
    missed = [step for step in come if step.at > since]
    return _highest(missed) if missed else None


@dataclass(frozen=True)
class Now:
    """Tell those whom the step tells, now."""


@dataclass(frozen=True)
class DutyOfficerNow:
    """Tell the duty officer, now: the others are not at work and it cannot wait for them."""


@dataclass(frozen=True)
class Wait:
    """Tell those whom the step tells when the office opens, at `until` (UTC)."""

    until: datetime


def when_to_tell(
    at: datetime, *, due_at: datetime | None, hours: WorkingHours, pierces: bool = False
) -> Now | DutyOfficerNow | Wait:
    """Whether a reminder that comes at `at` is given then (quiet hours: DOMAIN.md §10).

    Outside working hours it waits for the next working morning; unless `due_at` (the journalist's deadline or
    the crisis clock; None for whatever can wait) has come by then: so it goes to the duty officer. `at` is
    the moment of telling: after a downtime not the step's own. Five minutes after closing still count as
    working hours, since close of play is the commonest deadline and whoever owes it is still there.
    """
    at = as_utc(at)
    if pierces or hours.is_open(at) or hours.is_open(at - CLOSING_GRACE):
        return Now()
    morning = hours.next_opening(at)
    return Wait(morning) if due_at is None or as_utc(due_at) > morning else DutyOfficerNow()


def _placed(
    ladder: Ladder, asked_at: datetime, due_at: datetime | None, hours: WorkingHours
) -> list[tuple[datetime, int]]:
    """When each rung comes, with its index, in order of time and ten minutes apart: the rules of this module."""
    coming: list[tuple[datetime, int]] = []
    asking = Asking(asked_at, due_at, hours, below_at=asked_at)
    for index, rung in enumerate(ladder.rungs):
        comes_at = rung.position.comes_at(asking)
        if comes_at is not None:
            coming.append((comes_at, index))
            asking = replace(asking, below_at=comes_at)
    coming.sort()

    placed: list[tuple[datetime, int]] = []
    for place, (comes_at, index) in enumerate(coming):
        at = max(comes_at, placed[-1][0] + TEN_MINUTES) if placed else comes_at
        next_at = coming[place + 1][0] if place + 1 < len(coming) else None
        if due_at is not None and comes_at >= due_at:
            left_out = comes_at == next_at
        else:
            left_out = at > comes_at and any(limit is not None and at >= limit for limit in (next_at, due_at))
        if not left_out:
            placed.append((at, index))
    return placed


def _moments(rung: Rung, at: datetime, hours: WorkingHours) -> Iterator[datetime]:
    """`at`, and then each repeat."""
    yield at
    for repeat in rung.repeats:
        given = 0
        while repeat.times is None or given < repeat.times:
            at = repeat.next_after(at, hours)
            yield at
            given += 1


def _highest(come: list[Step]) -> Step:
    return max(come, key=lambda step: (step.rung, step.at))


def _ladder(name: str, *rungs: Rung) -> Ladder:
    return Ladder(name, rungs)


_HALF, _THREE_QUARTERS = Part(Fraction(1, 2)), Part(Fraction(3, 4))
_HALF_HOURLY = timedelta(minutes=30)
_AN_HOUR = timedelta(hours=1)
_THE_DAY = WorkingDay(0, Since.DUE)
_ONCE_LATE = (Repeat(_HALF_HOURLY, times=4), Repeat(_AN_HOUR, only_in_working_hours=True))
_OWNER_AND_LEAD = (Tell.OWNER, Tell.COMMS_LEAD)
_OWNER_AND_SUBJECT_OWNER = (Tell.OWNER, Tell.SUBJECT_OWNER)

DEFAULT_LADDERS: Mapping[str, Ladder] = MappingProxyType(
    {
        ladder.name: ladder
        for ladder in (
            _ladder(
                "answer",
                Rung(_HALF, (Tell.OWNER,)),
                Rung(_THREE_QUARTERS, (Tell.OWNER,)),
                Rung(Before(_AN_HOUR, only_if_given_more_than=timedelta(hours=3)), (Tell.OWNER,)),
                Rung(
                    AtDue(),
                    _OWNER_AND_LEAD,
                    repeats=_ONCE_LATE,
                ),
            ),
            _ladder(
                "own",
                Rung(
                    After(timedelta(minutes=15), in_working_hours=True, at_once_if_due_within=timedelta(hours=2)),
                    (Tell.PRESS_CHANNEL,),
                ),
                Rung(_HALF, (Tell.COMMS_LEAD,)),
                Rung(AtDue(), (Tell.PRESS_CHANNEL, Tell.COMMS_LEAD), repeats=_ONCE_LATE),
            ),
            _ladder(
                "sign",
                Rung(_HALF, (Tell.OWNER,)),
                Rung(_THREE_QUARTERS, (Tell.OWNER, Tell.DEPUTY)),
                Rung(Before(_AN_HOUR), (Tell.OWNER, Tell.DEPUTY, Tell.SUBJECT_OWNER)),
                Rung(AtDue(), (Tell.COMMS_LEAD,)),
            ),
            _ladder(
                "issue",
                Rung(After(timedelta()), (Tell.OWNER,), repeats=(Repeat(_HALF_HOURLY),)),
                Rung(
                    AtDue(),
                    _OWNER_AND_LEAD,
                    repeats=(Repeat(_HALF_HOURLY, times=4), Repeat(_HALF_HOURLY, only_in_working_hours=True)),
                ),
            ),
            _ladder(
                "post",  # not in DOMAIN §10: our own judgement, as for what is signed and has not gone out
                Rung(After(timedelta()), (Tell.OWNER,), repeats=(Repeat(_AN_HOUR, only_in_working_hours=True),)),
                Rung(NextMorning(), _OWNER_AND_LEAD, repeats=(RepeatByWorkingDays(1),)),
            ),
            _ladder(
                "correct",
                Rung(_HALF, (Tell.OWNER,)),
                Rung(AtDue(), _OWNER_AND_LEAD, repeats=_ONCE_LATE),
            ),
            _ladder(
                "awaiting_email",
                Rung(After(_AN_HOUR), (Tell.OWNER,)),
                Rung(NextMorning(), (Tell.OWNER,), repeats=(RepeatByWorkingDays(1),)),
            ),
            _ladder(
                "facts",  # not in DOMAIN §10: our own judgement
                Rung(_HALF, (Tell.OWNER,)),
                Rung(_THREE_QUARTERS, (Tell.OWNER,)),
                Rung(
                    AtDue(),
                    (Tell.OWNER, Tell.SUBJECT_OWNER),
                    repeats=(Repeat(_AN_HOUR, only_in_working_hours=True),),
                ),
            ),
            _ladder(
                "accept_referral",
                Rung(_HALF, (Tell.OWNER,)),
                Rung(AtDue(), (Tell.OWNER, Tell.SUBJECT_OWNER), repeats=_ONCE_LATE),
            ),
            _ladder(
                "referral_outcome",
                Rung(_HALF, (Tell.OWNER,)),
                Rung(_THREE_QUARTERS, (Tell.OWNER,)),
                Rung(AtDue(), (Tell.OWNER, Tell.SUBJECT_OWNER), repeats=(RepeatByWorkingDays(1),)),
            ),
            _ladder(
                "brief",  # not in DOMAIN §10: our own judgement
                Rung(After(timedelta()), (Tell.PRESS_CHANNEL,)),
                Rung(_HALF, (Tell.PRESS_CHANNEL, Tell.COMMS_LEAD)),
                Rung(AtDue(), (Tell.PRESS_CHANNEL, Tell.COMMS_LEAD), repeats=(RepeatByWorkingDays(1),)),
            ),
            _ladder(
                "check",
                Rung(_HALF, (Tell.OWNER,)),
                Rung(_THREE_QUARTERS, _OWNER_AND_SUBJECT_OWNER),
                Rung(AtDue(), _OWNER_AND_SUBJECT_OWNER, repeats=(RepeatByWorkingDays(1),)),
            ),
            _ladder(
                "submit",
                Rung(_HALF, (Tell.OWNER,)),
                Rung(_THREE_QUARTERS, (Tell.OWNER,)),
                Rung(AtDue(), _OWNER_AND_LEAD, repeats=(RepeatByWorkingDays(1),)),
            ),
            _ladder(
                "contribute",  # the same; never after the deadline, when it would be of no use
                Rung(_HALF, (Tell.OWNER,)),
                Rung(WorkingDay(-1, Since.DUE), (Tell.OWNER,)),
                Rung(AtDue(), (Tell.OWNER,)),
            ),
            _ladder(
                "publish",
                Rung(_HALF, (Tell.OWNER,)),
                Rung(_THREE_QUARTERS, (Tell.OWNER,)),
                Rung(AtDue(), _OWNER_AND_LEAD, repeats=(RepeatByWorkingDays(1),)),
            ),
            _ladder(
                "rule",
                Rung(_HALF, (Tell.OWNER,)),
                Rung(AtDue(), _OWNER_AND_SUBJECT_OWNER, repeats=(RepeatByWorkingDays(1),)),
            ),
            _ladder(
                "cascade",
                Rung(WorkingDay(2), (Tell.OWNER,)),
                Rung(WorkingDay(4), (Tell.OWNER,)),
                Rung(WorkingDay(5), (Tell.DEPUTY,)),
                Rung(WorkingDay(7), (Tell.COMMS_LEAD,)),
            ),
            _ladder(
                "review",
                Rung(WorkingDay(-20, Since.DUE), (Tell.OWNER,)),
                Rung(WorkingDay(-5, Since.DUE), (Tell.OWNER,)),
                Rung(_THE_DAY, (Tell.OWNER,)),
                Rung(WorkingDay(5, Since.DUE), _OWNER_AND_LEAD, repeats=(RepeatByWorkingDays(5),)),
            ),
        )
    }
)
"""What DOMAIN.md §10 lays down, by obligation; what it leaves open is our own judgement (a mistake in print does harm
by the hour). A signatory or board member is the owner of what they owe."""
