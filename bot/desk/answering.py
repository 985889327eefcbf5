"""One statement answers several enquiries: tied to it while it is under way, or sent on once it has gone out.

A statement under way that answers one more enquiry is signed for that one, too: by its topic's lead, and by its
deadline. One that has gone out is sent exactly as it was signed, and only if everybody whom the rules name for the new
enquiry has signed it; what went there is a dispatch of its own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from bot.core import standings
from bot.core.errors import NotFound, NotFromHere
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_closing, enquiry_steps, statement_cards, statement_ties, statements, terms
from bot.desk.statement_cards import StatementCard
from bot.desk.statement_signing import StatementSigning, check_lead, subject_of
from bot.desk.statements import Sending
from storage import alikes, corrections
from storage import signoffs as signoff_records
from storage import statements as records
from storage.enquiries import Enquiry
from storage.people import Person
from storage.statements import Statement, StatementStatus

SENT_WITHIN = timedelta(days=14)
"""Older answers are found with `/enquiry find`, read again and signed anew. Our own judgement."""
MOST_OFFERED = 30


@dataclass(frozen=True)
class Answers:
    """The statements that could answer an enquiry, the likeliest first."""

    enquiry: Enquiry
    offered: tuple[StatementCard, ...]


@dataclass(frozen=True)
class ToAnswer:
    """A statement, and the enquiry that it is to answer too. `must_sign`: whom that adds."""

    enquiry: Enquiry
    card: StatementCard
    must_sign: tuple[Person, ...]

    @property
    def has_gone_out(self) -> bool:
        return self.card.statement.status is StatementStatus.ISSUED


def choices(desk: Desk, caller: Caller, enquiry_id: int) -> Answers:
    """Statements under way, and those that went out lately: first of what the enquiry looks like, then the newest."""
    with desk.looking(caller, Act.ANSWER_WITH, enquiry_steps.subject_of(enquiry_id)) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        enquiry_steps.next_status(enquiry, Act.ANSWER_WITH)
        _check_open_to_all(enquiry)
        tied = {one.id for one in records.of_enquiry(work.tx, enquiry_id)}
        alike = {one.id for one, _ in alikes.of(work.tx, enquiry_id)}
        cards = [
            statement_cards.card(work.tx, one)
            for one in records.to_answer_with(work.tx, since=work.now - SENT_WITHIN, limit=MOST_OFFERED + len(tied))
            if one.id not in tied and _why_not_for_several(work, one) is None and work.may_see(None, subject_of(one.id))
        ]
        cards.sort(key=lambda card: not any(one.id in alike for one in card.enquiries))
        if not cards:
            raise NotFromHere(
                "No other enquiry has a statement under way, or one that went out in the last fortnight. Draft one."
            )
        return Answers(enquiry, tuple(cards[:MOST_OFFERED]))


def look_at(desk: Desk, caller: Caller, enquiry_id: int, statement_id: int) -> ToAnswer:
    """The text and what follows from it, before anything is done. Refuses what would be refused at the end."""
    with desk.looking(caller, Act.ANSWER_WITH, enquiry_steps.subject_of(enquiry_id)) as work:
        enquiry, statement = _both(work, enquiry_id, statement_id)
        card = statement_cards.card(work.tx, statement)
        if statement.status is StatementStatus.ISSUED:
            _check_signed_for(work, statement, enquiry)
            return ToAnswer(enquiry, card, ())
        if statement.status is StatementStatus.IN_SIGNOFF:
            check_lead(enquiry)
        asked = {
            asked.person.id for asked in StatementSigning().asked_by_policy(work.tx, statement.id) if asked.must_sign
        }
        return ToAnswer(enquiry, card, tuple(p for p in statement_ties.signing_for(work, enquiry) if p.id not in asked))


def tie(desk: Desk, caller: Caller, enquiry_id: int, statement_id: int, *, once: str) -> None:
    """A statement under way answers this enquiry too, once it goes out."""
    with desk.acting(caller, Act.ANSWER_WITH, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        _lock(work, statement_id)
        enquiry, statement = _both(work, enquiry_id, statement_id)
        if statement.status is StatementStatus.ISSUED:
            raise NotFromHere(
                f"{statement.reference} went out a moment ago. Open the form again to record to whom it is sent now."
            )
        if statement.status is StatementStatus.IN_SIGNOFF:
            check_lead(enquiry)
        statement_ties.tie(work, statement, enquiry)


def send(
    desk: Desk,
    caller: Caller,
    enquiry_id: int,
    statement_id: int,
    sending: Sending,
    *,
    close: Collection[int],
    once: str,
) -> None:
    """What went out before has gone to this enquiry's journalist too, exactly as it was signed."""
    with desk.acting(caller, Act.ANSWER_WITH, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        signoff = _lock(work, statement_id)
        enquiry, statement = _both(work, enquiry_id, statement_id)
        if statement.status is not StatementStatus.ISSUED:
            raise NotFromHere(f"{statement.reference} has not gone out yet. Look at its card.")
        _check_signed_for(work, statement, enquiry)
        now = standings.of(work.tx, signoff)
        statements.check_sending(work, statement, now, sending)
        if records.tie(work.tx, statement.id, enquiry.id):
            statement_ties.show(work, statement, enquiry)
        statements.went_out(work, statement, now, [enquiry], sending)
        work.record(
            Act.ANSWER_WITH, subject_of(statement.id), enquiry=enquiry.reference, draft=now.draft.number, issued=True
        )
        enquiry_closing.closed_by_answer(work, [one for one in (enquiry,) if one.id in close], statement.kind)


def to_untie(desk: Desk, caller: Caller, statement_id: int) -> StatementCard:
    with desk.looking(caller, Act.UNTIE_STATEMENT, subject_of(statement_id)) as work:
        card = statement_cards.card(work.tx, _to_untie(work, statement_id))
        _check_not_the_last(card.statement, card.enquiries)
        return card


def untie(desk: Desk, caller: Caller, statement_id: int, enquiry_id: int, *, once: str) -> None:
    """It does not answer this enquiry after all. Until it has gone out; and something must be left that it answers."""
    with desk.acting(caller, Act.UNTIE_STATEMENT, subject_of(statement_id), once=once) as work:
        _lock(work, statement_id)
        statement = _to_untie(work, statement_id)
        answered = records.enquiries_of(work.tx, statement_id)
        enquiry = next((one for one in answered if one.id == enquiry_id), None)
        if enquiry is None:
            raise NotFromHere(f"{statement.reference} does not answer this enquiry any more. Look at its card.")
        _check_not_the_last(statement, answered)
        statement_ties.untie(work, statement, enquiry)
        statement_ties.ask_no_more(work, statement, enquiry)


def _to_untie(work: Work, statement_id: int) -> Statement:
    statement = statement_cards.get(work.tx, statement_id)
    statement_cards.next_status(statement, Act.UNTIE_STATEMENT)
    return statement


def _check_not_the_last(statement: Statement, answered: Collection[Enquiry]) -> None:
    if len(answered) < 2:
        raise NotFromHere(f"{statement.reference} answers this enquiry alone. Withdraw it, if it will not go out.")


def _both(work: Work, enquiry_id: int, statement_id: int) -> tuple[Enquiry, Statement]:
    """The two, if the one may answer the other."""
    enquiry = enquiry_steps.get(work.tx, enquiry_id)
    enquiry_steps.next_status(enquiry, Act.ANSWER_WITH)
    statement = records.get(work.tx, statement_id)
    if statement is None or not work.may_see(work.person, subject_of(statement_id)):
        raise NotFound(statement_cards.NOT_THERE)
    _check_open_to_all(enquiry)
    why_not = _why_not_for_several(work, statement)
    if why_not is not None:
        raise NotFromHere(why_not)
    if not work.may_see(None, subject_of(statement_id)):
        raise NotFromHere(
            f"{statement.reference} is shown only to those who work on a sensitive enquiry. Draft a statement of its "
            f"own for {enquiry.reference}."
        )
    statement_cards.next_status(statement, Act.ANSWER_WITH)
    if statement.id in {one.id for one in records.answers(work.tx, [enquiry])[enquiry.id]}:
        raise NotFromHere(
            f"{enquiry.reference} has been answered with {statement.reference}. Close it, if that is all."
        )
    if statement.status is not StatementStatus.ISSUED and statement in records.of_enquiry(work.tx, enquiry_id):
        raise NotFromHere(f"{statement.reference} answers {enquiry.reference} already. Look at its card.")
    return enquiry, statement


def _why_not_for_several(work: Work, statement: Statement) -> str | None:
    """What one journalist agreed to is for them alone; and nobody is told what had to be corrected."""
    if terms.needs_agreement(statement.kind):
        return (
            f"{statement.reference} is {terms.APART[statement.kind]}, to which a journalist agrees for themselves. "
            "Draft one of its own."
        )
    correction = corrections.of(work.tx, statement.id)
    if correction is not None:
        return f"{correction.reference} corrects {statement.reference}. Draft a statement of its own."
    if statement.corrects_id is not None:
        return (
            f"{statement.reference} corrects what went out to others. Draft a statement of its own; Use this takes the "
            "text."
        )
    return None


def _check_open_to_all(enquiry: Enquiry) -> None:
    """Whoever signs or reads a statement sees what it answers: a sensitive enquiry has statements of its own."""
    if enquiry.is_sensitive:
        raise NotFromHere(
            f"{enquiry.reference} is sensitive, and others who work on the statement would see it. "
            "Draft a statement of its own; Use this takes the text of one that went out."
        )


def _check_signed_for(work: Work, statement: Statement, enquiry: Enquiry) -> None:
    """Once it has gone out nobody can sign it any more: everybody whom the new enquiry's topic names must have."""
    check_lead(enquiry)
    standing = standings.of(work.tx, signoff_records.of(work.tx, subject_of(statement.id)))
    given = {signature.person_id for signature in standing.given}
    missing = [person.name for person in statement_ties.signing_for(work, enquiry) if person.id not in given]
    if missing:
        raise NotFromHere(
            f"{enquiry.reference} is about {enquiry.topic.name if enquiry.topic else 'another topic'}, and "
            f"{', '.join(missing)} must sign for that and has not signed {statement.reference}. Draft a statement with "
            "the same text: Use this takes it."
        )


def _lock(work: Work, statement_id: int) -> signoff_records.Signoff:
    """So that it does not go out while it is tied, nor to one enquiry twice."""
    if records.get(work.tx, statement_id) is None:
        raise NotFound(statement_cards.NOT_THERE)
    return signoff_records.lock(work.tx, signoff_records.of(work.tx, subject_of(statement_id)).id)
