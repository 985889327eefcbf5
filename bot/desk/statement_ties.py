"""Which enquiries a statement answers: tied while it is under way, untied until it goes out."""

from bot.core import deputies, outbox, signoffs, standings
from bot.core.errors import NotFromHere
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Work
from bot.desk import enquiry_places, statement_signing
from bot.desk.statement_signing import subject_of
from storage import outbox as postings
from storage import people, statements
from storage import signoffs as signoff_records
from storage.enquiries import Enquiry
from storage.people import Person
from storage.statements import Statement, StatementStatus
from storage.subjects import Subject, SubjectKind


def tie(work: Work, statement: Statement, enquiry: Enquiry) -> None:
    """The statement answers this enquiry too. Whoever must sign for that is asked, and its deadline counts."""
    others = statements.enquiries_of(work.tx, statement.id)
    if not statements.tie(work.tx, statement.id, enquiry.id):
        raise NotFromHere(f"{statement.reference} answers {enquiry.reference} already. Look at its card.")
    show(work, statement, enquiry)
    if statement.owner_id != work.person.id:
        by = " by {deadline}" if enquiry.deadline else ""
        told = (
            f"{work.person.name} answers {enquiry.reference} from {enquiry.outlet}{by} with your {statement.reference}:"
        )
        outbox.tell(
            work,
            deputies.acting_for(work, statement.owner, about=subject_of(statement.id)),
            Subject(SubjectKind.ENQUIRY, enquiry.id),
            said(
                told,
                quote=enquiry.question,
                times={"deadline": enquiry.deadline} if enquiry.deadline else {},
                enquiry=enquiry.id,
            ),
        )
    if statement.status is StatementStatus.IN_SIGNOFF:
        statement_signing.ask_who_is_missing(work, enquiry.id)
    statement_signing.deadline_changed(work, enquiry)
    _redraw(work, statement)
    work.record(
        Act.ANSWER_WITH,
        subject_of(statement.id),
        enquiry=enquiry.reference,
        beside=[other.reference for other in others],
    )


def show(work: Work, statement: Statement, enquiry: Enquiry) -> None:
    """The card of the statement stands below that of the enquiry, and all that it answers hear of it."""
    enquiry_places.show_statement(work, enquiry.id, statement.id)
    others = [one for one in statements.enquiries_of(work.tx, statement.id) if one.id != enquiry.id]
    told = f"{work.person.name} answers {enquiry.reference} with {statement.reference}"
    for other in others:
        enquiry_places.say_beside(work, enquiry.id, other.id, said(f"{told}, which answers {other.reference}."))
        enquiry_places.say_beside(work, other.id, enquiry.id, said(f"{told}, too."))


def untie(work: Work, statement: Statement, enquiry: Enquiry) -> None:
    """It does not answer this enquiry any more."""
    if not statements.untie(work.tx, statement.id, enquiry.id):
        raise NotFromHere(f"{statement.reference} does not answer {enquiry.reference} any more. Look at its card.")
    enquiry_places.take_statement_away(work, enquiry.id, statement.id)
    told = f"{work.person.name} untied {enquiry.reference} from {statement.reference}."
    enquiry_places.say(work, enquiry.id, said(f"{told} It still needs an answer."))
    for other in statements.enquiries_of(work.tx, statement.id):
        enquiry_places.say_beside(work, other.id, enquiry.id, said(told))
        statement_signing.deadline_changed(work, other)
    _redraw(work, statement)
    statement_signing.redraw_enquiry(work, enquiry)
    work.record(Act.UNTIE_STATEMENT, subject_of(statement.id), enquiry=enquiry.reference)


def ask_no_more(work: Work, statement: Statement, enquiry: Enquiry) -> None:
    """Whoever was to sign for an enquiry that it does not answer any more, and has not yet, is only copied."""
    if statement.status is not StatementStatus.IN_SIGNOFF:
        return
    for person in signoffs.ask_no_more(work, subject_of(statement.id), signing_for(work, enquiry)):
        sentence = said(f"{person.name} need not sign {statement.reference} any more.")
        statement_signing.say(work, statement.id, sentence)


def signing_for(work: Work, enquiry: Enquiry) -> list[Person]:
    """Whom the topic of an enquiry makes sign."""
    if enquiry.topic is None:
        return []
    lead = [enquiry.topic.lead] if enquiry.topic.lead is not None else []
    return [*lead, *people.also_signing(work.tx).get(enquiry.topic.id, ())]


def _redraw(work: Work, statement: Statement) -> None:
    """Its cards and the requests to sign it: they name the outlets that it answers."""
    statement_signing.redraw(work, statement)
    standing = standings.of(work.tx, signoff_records.of(work.tx, subject_of(statement.id)))
    postings.want_of_signatures(work.tx, [signature.id for signature in standing.signatures])
