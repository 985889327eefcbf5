"""Whose turn it is to sign: the person asked, or whoever stands in for them while they are away.

A signature stays the person's own. Somebody who is away may still give it; their deputy may give it for them, if the
workspace lets deputies sign in that capacity, and if the deputy did not write the draft; for the chair, only if they
are chair or vice-chair too. Any other deputy is there to reach them. One person in two capacities is asked twice,
because the record must show that they knew they signed for somebody else.
"""

from dataclasses import dataclass

from bot.core import deputies, obligations, outbox
from bot.core.workspaces import Work
from storage import leave, people, signoffs
from storage import obligations as obligation_records
from storage import outbox as postings
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.people import Person, Role
from storage.settings import PassTo
from storage.signoffs import Capacity, Signature, SignatureState
from storage.subjects import Subject


@dataclass(frozen=True)
class Turn:
    """`holder` is reminded; `stand_in` may sign in the person's place; `because` says why nobody sees to it."""

    holder: Person
    stand_in: Person | None = None
    because: str = ""


def others_may_sign(work: Work, capacity: Capacity) -> bool:
    """Whether the workspace lets a deputy, or whoever it is passed to, sign in this capacity."""
    settings = work.settings
    return {
        Capacity.TOPIC_LEAD: settings.deputies_sign_for_leads,
        Capacity.SPOKESPERSON: settings.deputies_sign_for_spokespeople,
    }.get(capacity, True)


def may_sign_for(work: Work, capacity: Capacity, person: Person) -> bool:
    """Whether this person may, in somebody else's place: for the chair only who holds that role too."""
    return others_may_sign(work, capacity) and (capacity is not Capacity.CHAIR or Role.CHAIR in person.roles)


def turn_of(work: Work, signature: Signature) -> Turn:
    person = signature.person
    found = deputies.cover(work, person, cannot={signature.draft.author_id})
    if found.person is None:
        return Turn(person, because=found.because)
    if found.person.id == person.id or not may_sign_for(work, signature.capacity, found.person):
        return Turn(found.person)
    return Turn(found.person, found.person)


_ROLES = {
    Capacity.TOPIC_LEAD: Role.LEAD,
    Capacity.SPOKESPERSON: Role.SPOKESPERSON,
    Capacity.EXECUTIVE: Role.EXECUTIVE,
    Capacity.CHAIR: Role.CHAIR,
}


def could_take(work: Work, signature: Signature) -> list[Person]:
    """To whom a request may be passed: the deputy, and whoever holds the same role, as the workspace has it.

    Not whoever wrote the draft, must sign it already, or is away themselves.
    """
    pass_to = work.settings.pass_to
    if pass_to is PassTo.NOBODY or not others_may_sign(work, signature.capacity):
        return []
    known = {one.person_id for one in signoffs.signatures(work.tx, signature.draft_id) if one.must_sign}
    away = leave.away(work.tx, work.now)
    deputy = people.get(work.tx, signature.person.deputy_id) if signature.person.deputy_id else None
    found = [deputy] if deputy else []
    if pass_to is PassTo.DEPUTY_OR_ROLE:
        roles = {_ROLES[signature.capacity]} if signature.capacity in _ROLES else signature.person.roles
        found += people.holding(work.tx, *roles) if roles else []
    return list(
        {
            one.id: one
            for one in found
            if one.id not in known and one.id != signature.draft.author_id and one.id not in away and not one.left_at
            if may_sign_for(work, signature.capacity, one)
        }.values()
    )


def ask(work: Work, subject: Subject, signature: Signature) -> None:
    """Sends the request to whoever's turn it is, and has them owe it. Who is only copied owes nothing."""
    turn = turn_of(work, signature) if signature.must_sign else Turn(signature.person)
    if turn.stand_in is not None or signature.stand_in_id is not None:
        signature = _stands_in(work, signature, turn.stand_in)
    send_request(work, subject, signature)
    if signature.must_sign:
        obligations.owe(
            work,
            Duty.SIGN,
            subject,
            owner=signature.person,
            due_at=work.features.signing(subject.kind).sign_by(work, subject.id),
            holder=turn.holder,
        )
        if turn.because:
            deputies.ask_for_help(work, subject, signature.person, turn.because)


def settle(work: Work, subject: Subject, person_id: int) -> bool:
    """Gives a signature that is still owed to whoever's turn it is by now. False: nothing had to change."""
    signoff = signoffs.lock(work.tx, signoffs.of(work.tx, subject).id)
    draft = signoffs.draft(work.tx, signoff.id, signoff.current_draft)
    found = [
        one
        for one in (signoffs.signatures(work.tx, draft.id) if draft else [])
        if one.person_id == person_id and one.state is SignatureState.ASKED
    ]
    moved = False
    for signature in found:
        turn = turn_of(work, signature)
        if signature.stand_in_id != (turn.stand_in.id if turn.stand_in else None):
            send_request(work, subject, _stands_in(work, signature, turn.stand_in))
            work.features.signing(subject.kind).redraw(work, subject.id)
            moved = True
        for owed in obligation_records.open_on(work.tx, subject, duty=Duty.SIGN, owner_id=person_id):
            moved |= obligations.give_to(work, owed, turn.holder)
        if turn.because:
            deputies.ask_for_help(work, subject, signature.person, turn.because)
    return moved


def send_request(work: Work, subject: Subject, signature: Signature) -> None:
    """One message with the whole text: to whoever is asked, or to the owner who reaches them outside Slack."""
    asked = signature.asked
    if not asked.on_slack:
        asked = must_get(work, work.features.signing(subject.kind).owner_id(work.tx, subject.id))
        asked = deputies.acting_for(work, asked, about=subject)
    outbox.post(
        work,
        PostingKind.SIGN_REQUEST,
        subject,
        person=asked,
        signature_id=signature.id,
        dedupe_key=f"sign:{signature.id}:{asked.id}",
    )


def must_get(work: Work, person_id: int) -> Person:
    person = people.get(work.tx, person_id)
    if person is None:
        raise LookupError(f"person {person_id} is not on file")
    return person


def _stands_in(work: Work, signature: Signature, stand_in: Person | None) -> Signature:
    signoffs.change(work.tx, signature, stand_in_id=stand_in.id if stand_in else None)
    postings.want_of_signatures(work.tx, [signature.id])
    fresh = signoffs.signature(work.tx, signature.id)
    return fresh or signature
