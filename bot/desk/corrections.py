"""Putting right what went out with a mistake: a statement of its own, linked, and signed anew (DOMAIN §2)."""

from dataclasses import dataclass

from bot.core import deputies, obligations, outbox
from bot.core.errors import BadInput, NotFromHere
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_steps, statement_cards, statement_signing, statements
from bot.desk.statement_signing import subject_of
from storage import corrections, people, sensitive
from storage import statements as records
from storage.database import Transaction
from storage.enquiries import Enquiry
from storage.obligations import Duty
from storage.people import Person, Role
from storage.statements import Dispatch, Statement, StatementStatus
from storage.workspaces import NumberSeries, next_number


@dataclass(frozen=True)
class ToCorrect:
    """A statement that went out, with the words that did, to whom they went first."""

    statement: Statement
    dispatch: Dispatch


def to_correct(desk: Desk, caller: Caller, statement_id: int) -> ToCorrect:
    """For the form, which begins with the text that went out. Refuses what `start` would refuse."""
    with desk.looking(caller, Act.CORRECT_STATEMENT, subject_of(statement_id)) as work:
        return _to_correct(work.tx, statement_id)


def start(desk: Desk, caller: Caller, statement_id: int, text: str, *, what_was_wrong: str, once: str) -> Statement:
    """Drafts the correction of a statement, for the same enquiries. They need not be opened again for that.

    Whoever owns the first of them owes it from now on, until it has gone out: a mistake in print is urgent.
    """
    with desk.acting(caller, Act.CORRECT_STATEMENT, subject_of(statement_id), once=once) as work:
        wrong = _to_correct(work.tx, statement_id)
        reason = what_was_wrong.strip()
        if not reason:
            raise BadInput("Say what was wrong. Those who sign the correction see this.", field="reason")
        everything = records.enquiries_of(work.tx, statement_id)
        with sensitive.shown_to(work.tx, work.person):
            tied = records.enquiries_of(work.tx, statement_id)
        owner = _owner(work, tied)
        correction = Statement(
            number=next_number(work.tx, NumberSeries.STATEMENT),
            kind=wrong.statement.kind,
            status=StatementStatus.DRAFT,
            spokesperson_id=wrong.statement.spokesperson_id,
            owner_id=owner.id,
            started_at=work.now,
            corrects_id=wrong.statement.id,
            what_was_wrong=reason,
        )
        correction, draft = statements.put_on_file(work, correction, tied, text)
        subject = subject_of(correction.id)
        statements.check_correction(work.features.signing(subject.kind).corrected(work, subject.id), text)
        obligations.owe(
            work, Duty.CORRECT, subject, owner=owner, due_at=statement_signing.deadline_of(work.tx, correction.id)
        )
        what = f"{wrong.statement.reference}, which went out {{sent}}. {correction.reference} corrects it."
        sentence = said(
            f"{work.person.name} found a mistake in {what} What was wrong:",
            quote=reason,
            times={"sent": wrong.dispatch.sent_at},
        )
        statement_signing.say(work, correction.id, sentence)
        for hidden in (one for one in everything if one not in tied):
            _tell_of_hidden(work, hidden, wrong.statement, correction)
        if owner.id != work.person.id:
            outbox.tell(work, owner, subject, {**sentence, "statement": correction.id})
        work.record(
            Act.CORRECT_STATEMENT,
            subject,
            reference=correction.reference,
            corrects=wrong.statement.reference,
            draft=draft.number,
            sha256=draft.sha256,
            personal={"what_was_wrong": reason},
        )
        return correction


def _to_correct(tx: Transaction, statement_id: int) -> ToCorrect:
    statement = statement_cards.get(tx, statement_id)
    statement_cards.next_status(statement, Act.CORRECT_STATEMENT)
    correction = corrections.of(tx, statement_id)
    if correction is not None and correction.status is StatementStatus.ISSUED:
        raise NotFromHere(
            f"{statement.reference} was corrected by {correction.reference}. If that is wrong too, press Correct this "
            f"on the card of {correction.reference}."
        )
    if correction is not None:
        raise NotFromHere(
            f"{correction.reference} corrects {statement.reference} already and has not gone out yet. Write a new "
            f"draft of {correction.reference}, or withdraw it first."
        )
    dispatches = records.dispatches_of(tx, statement_id)
    if not dispatches:
        raise LookupError(f"statement {statement_id} is issued and nothing went out")
    return ToCorrect(statement, dispatches[0])


def _tell_of_hidden(work: Work, enquiry: Enquiry, wrong: Statement, correction: Statement) -> None:
    """Whoever corrects a statement may not know that it answered a sensitive enquiry too; its owner does."""
    sentence = said(
        f"There is a mistake in {wrong.reference}, which answered {enquiry.reference} too. {correction.reference} "
        f"corrects it for others. Once it has gone out, send it to the journalist of {enquiry.reference} as well, and "
        "note that.",
        enquiry=enquiry.id,
    )
    subject = enquiry_steps.subject_of(enquiry.id)
    knowing = [enquiry.owner] if enquiry.owner is not None else people.holding(work.tx, Role.COMMS_LEAD)
    for person in deputies.who_hears(work, subject, knowing):
        outbox.tell(work, person, subject, sentence)


def _owner(work: Work, tied: list[Enquiry]) -> Person:
    """Whoever talks to the journalist; of an enquiry that is closed long since they may have left the desk."""
    owners = [enquiry.owner for enquiry in tied if enquiry.owner is not None]
    at_the_desk = {person.id for person in enquiry_steps.possible_owners(work.tx)}
    return next((owner for owner in owners if owner.id in at_the_desk), work.person)
