"""Reminders as people get them, and what they may answer: seen, or not now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core import deadlines, obligations, outbox
from bot.core.deadlines import Band
from bot.core.errors import NotFound
from bot.core.features import Feature
from bot.core.permissions import Act, Relation, may
from bot.core.workspaces import Caller, Desk, Work
from storage import cascades, signoffs
from storage import obligations as records
from storage.database import Transaction
from storage.obligations import Duty, Obligation
from storage.outbox import Posting, PostingKind
from storage.people import Person
from storage.signoffs import SignatureState
from storage.subjects import Subject, SubjectKind

NOT_THERE = "This reminder is not on file any more. Your home shows what waits for you."


@dataclass(frozen=True)
class ReminderLine:
    """One thing that is owed, as one reader sees it. Instants are UTC.

    `signature_id` is set where the reader can answer a request to sign right from the reminder.
    """

    obligation: Obligation
    title: str
    band: Band
    next_band_at: datetime | None
    is_readers_own: bool
    seen_at: datetime | None
    snoozed_until: datetime | None
    signature_id: int | None
    acts: frozenset[Act]
    briefing_id: int | None = None
    """The briefing whose messages somebody else is to take home: of many such, a reader is told in one line."""


@dataclass(frozen=True)
class Reminder:
    """What one person (or, with `reader` None, the press channel) is reminded of in one message."""

    reader: Person | None
    lines: tuple[ReminderLine, ...]

    @property
    def redraw_at(self) -> datetime | None:
        """When the band of something that is still owed changes next."""
        times = [line.next_band_at for line in self.lines if line.next_band_at is not None]
        return min(times, default=None)


def mark_seen(desk: Desk, caller: Caller, obligation_id: int) -> None:
    """The person has seen it. They hear no more until the next rung; others still do."""
    with desk.acting(caller, Act.MARK_SEEN, _id(obligation_id)) as work:
        obligation = _get(work, obligation_id)
        obligations.mark_seen(work, obligation)
        _answered(work, Act.MARK_SEEN, obligation)


def snooze(desk: Desk, caller: Caller, obligation_id: int) -> None:
    """The person is reminded again in half an hour, and never later than it is due."""
    with desk.acting(caller, Act.SNOOZE, _id(obligation_id)) as work:
        obligation = _get(work, obligation_id)
        until = obligations.snooze(work, obligation)
        _answered(work, Act.SNOOZE, obligation, until=until.isoformat())


def line(work: Work, obligation: Obligation, reader: Person | None) -> ReminderLine:
    silence = records.silence(work.tx, obligation.id, reader.id) if reader else None
    is_silent = silence is not None and obligations.is_silent(silence, obligation.rung, work.now)
    may_snooze = obligation.due_at is None or obligation.due_at > work.now
    acts: set[Act] = set()
    if reader is not None and obligation.is_open and not is_silent:
        acts = {Act.MARK_SEEN} | ({Act.SNOOZE} if may_snooze else set())
    if reader is not None and obligation.is_open:
        acts |= work.features.acts_on_duty(work, obligation.subject, reader)
    return ReminderLine(
        obligation=obligation,
        title=work.features.title(work.tx, obligation.subject),
        band=deadlines.band(obligation.due_at, work.now),
        next_band_at=deadlines.next_band_at(obligation.due_at, work.now) if obligation.is_open else None,
        is_readers_own=reader is not None and obligation.owner_id == reader.id,
        seen_at=silence.at if silence and is_silent and silence.snoozed_until is None else None,
        snoozed_until=silence.snoozed_until if silence and is_silent else None,
        signature_id=_signature_asked(work, obligation, reader),
        acts=frozenset(acts),
        briefing_id=_briefing_of_others(work, obligation, frozenset(acts)),
    )


_ASKED = SignatureState.ASKED


def _signature_asked(work: Work, obligation: Obligation, reader: Person | None) -> int | None:
    if obligation.duty is not Duty.SIGN or not obligation.is_open or reader is None:
        return None
    signoff = signoffs.of(work.tx, obligation.subject)
    draft = signoffs.draft(work.tx, signoff.id, signoff.current_draft)
    for signature in signoffs.signatures(work.tx, draft.id) if draft else []:
        if signature.person_id == (obligation.for_id or obligation.owner_id) and signature.state is _ASKED:
            standing = reader.roles | work.features.relations(work.tx, obligation.subject, reader)
            relays = not signature.asked.on_slack and may(Act.RECORD_REPLY, standing)
            return signature.id if relays or signature.may_be_given_by(reader.id) else None
    return None


def _briefing_of_others(work: Work, obligation: Obligation, acts: frozenset[Act]) -> int | None:
    if obligation.duty is not Duty.CASCADE or not obligation.is_open or Act.PASS_MESSAGES_ON in acts:
        return None
    cascade = cascades.get(work.tx, obligation.subject_id)
    return cascade.briefing_id if cascade is not None else None


def _answered(work: Work, act: Act, obligation: Obligation, **details: Any) -> None:
    outbox.redraw_reminders(work, obligation.id)
    outbox.redraw_homes(work, [work.person.id])
    work.record(act, _id(obligation.id), duty=obligation.duty.value, **details)


def _get(work: Work, obligation_id: int) -> Obligation:
    obligation = records.get(work.tx, obligation_id)
    if obligation is None:
        raise NotFound(NOT_THERE)
    return obligation


def _load(work: Work, posting: Posting) -> Reminder | None:
    found = records.several(work.tx, posting.detail["obligations"])
    found = [obligation for obligation in found if work.features.is_there(work.tx, obligation.subject)]
    if posting.ts is None:
        found = [obligation for obligation in found if obligation.is_open]
        if not found:
            return None
    lines = tuple(line(work, obligation, posting.person) for obligation in found)
    return Reminder(posting.person, lines)


def _id(obligation_id: int) -> Subject:
    return Subject(SubjectKind.OBLIGATION, obligation_id)


def _relations(tx: Transaction, obligation_id: int, person: Person) -> frozenset[Relation]:
    """Whoever owes something may answer its reminders, whatever their roles."""
    obligation = records.get(tx, obligation_id)
    owes = obligation is not None and obligation.owner_id == person.id
    return frozenset({Relation.KNOWN}) if owes else frozenset()


def _part_of(tx: Transaction, obligation_id: int) -> Subject | None:
    obligation = records.get(tx, obligation_id)
    return obligation.subject if obligation else None


FEATURE = Feature(
    kind=SubjectKind.OBLIGATION,
    relations=_relations,
    part_of=_part_of,
    not_there=NOT_THERE,
    loaders={PostingKind.REMINDER: _load},
)
