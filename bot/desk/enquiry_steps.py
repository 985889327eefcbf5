"""The steps that acts on an enquiry are made of: found, moved on, owed, drawn anew and told."""

from datetime import datetime

from bot.core import obligations, outbox
from bot.core.errors import NotFound, NotFromHere
from bot.core.permissions import Act
from bot.core.workspaces import Work
from bot.desk import enquiry_places, facts_steps, statement_signing
from bot.desk.enquiry_cards import TRANSITIONS
from storage import enquiries, people
from storage.database import Transaction
from storage.enquiries import Enquiry, EnquiryStatus
from storage.obligations import Duty
from storage.people import Person, Role
from storage.subjects import Subject, SubjectKind

NOT_THERE = "This enquiry is not on file. Use /enquiry list to see what is."


def get(tx: Transaction, enquiry_id: int) -> Enquiry:
    enquiry = enquiries.get(tx, enquiry_id)
    if enquiry is None:
        raise NotFound(NOT_THERE)
    return enquiry


def subject_of(enquiry_id: int) -> Subject:
    return Subject(SubjectKind.ENQUIRY, enquiry_id)


def next_status(enquiry: Enquiry, act: Act) -> EnquiryStatus:
    to = TRANSITIONS.get((enquiry.status, act))
    if to is not None:
        return to
    if enquiry.status is EnquiryStatus.CLOSED:
        raise NotFromHere(f"{enquiry.reference} is closed. Reopen it first, if it should go on.")
    raise NotFromHere(f"{enquiry.reference} does not wait for this any more. Look at its card.")


def change(work: Work, enquiry: Enquiry, act: Act, **values: object) -> None:
    """The one way in which an enquiry changes: from a state that allows it, if nobody was quicker."""
    to = next_status(enquiry, act)
    if not enquiries.change(work.tx, enquiry, to=to, **values):
        raise NotFromHere(f"Somebody changed {enquiry.reference} a moment ago. Look at its card and try again.")


def say(work: Work, enquiry: Enquiry, sentence: dict[str, object]) -> None:
    enquiry_places.say(work, enquiry.id, sentence)


def redraw(work: Work, enquiry: Enquiry) -> None:
    """Its card, and the homes in which it stands: its owner's; while nobody has it, those of all who could take it."""
    outbox.redraw(work, subject_of(enquiry.id))
    could_take_it = [person.id for person in possible_owners(work.tx)] if enquiry.owner_id is None else []
    outbox.redraw_homes(work, [enquiry.owner_id, *could_take_it])


def owe(work: Work, enquiry: Enquiry) -> None:
    """What is owed on an enquiry as it stands: somebody must own it, and its owner must answer or chase."""
    subject = subject_of(enquiry.id)
    if enquiry.owner is None:
        obligations.owe(work, Duty.OWN, subject, owner=None, due_at=enquiry.deadline)
    elif enquiry.status is EnquiryStatus.OPEN:
        obligations.owe(work, Duty.ANSWER, subject, owner=enquiry.owner, due_at=enquiry.deadline)
    if enquiry.status is EnquiryStatus.AWAITING_EMAIL:
        chaser = enquiry.owner or people.get(work.tx, enquiry.logged_by_id)
        obligations.owe(work, Duty.AWAITING_EMAIL, subject, owner=chaser, due_at=None)


def deadline_changed(work: Work, enquiry_id: int, sentence: dict[str, object]) -> None:
    enquiry = get(work.tx, enquiry_id)
    subject = subject_of(enquiry.id)
    if obligations.is_owed(work, subject, Duty.AWAITING_EMAIL):
        obligations.done(work, subject, Duty.AWAITING_EMAIL)
        if enquiry.owner is not None:
            obligations.owe(work, Duty.ANSWER, subject, owner=enquiry.owner, due_at=enquiry.deadline)
    for duty in (Duty.ANSWER, Duty.OWN):
        obligations.move_deadline(work, subject, duty, enquiry.deadline)
    statement_signing.deadline_changed(work, enquiry)
    facts_steps.deadline_changed(work, enquiry)
    say(work, enquiry, sentence)
    redraw(work, enquiry)


def hand_over(work: Work, enquiry: Enquiry, to: Person, act: Act) -> None:
    was = enquiry.owner_id
    was_answered = was is not None and not obligations.is_owed(work, subject_of(enquiry.id))
    change(work, enquiry, act, owner_id=to.id)
    obligations.cancel(work, subject_of(enquiry.id), Duty.ANSWER, Duty.AWAITING_EMAIL)
    obligations.done(work, subject_of(enquiry.id), Duty.OWN)
    if not was_answered:
        owe(work, get(work.tx, enquiry.id))
    statement_signing.owner_changed(work, enquiry.id, was, to)
    facts_steps.owner_changed(work, enquiry.id, to)
    if enquiry.is_sensitive:
        enquiry_places.put_up(work, get(work.tx, enquiry.id))
        enquiry_places.hide(work, enquiry, by=work.person)
    outbox.redraw_homes(work, [was] if was else [person.id for person in possible_owners(work.tx)])
    redraw(work, enquiry)
    work.record(act, subject_of(enquiry.id), was=was, now=to.id)


def possible_owners(tx: Transaction) -> list[Person]:
    """Those who may own an enquiry and can be reached in Slack."""
    found = people.holding(tx, Role.PRESS_OFFICER, Role.COMMS_LEAD, Role.ON_CALL_OFFICER)
    return [person for person in found if person.on_slack]


def times(deadline: datetime | None) -> dict[str, datetime]:
    return {"deadline": deadline} if deadline else {}
