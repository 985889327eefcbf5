"""Statements: drafted, signed by everyone who must, issued, and kept on file for good."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core import obligations, outbox, signoffs, standings
from bot.core.errors import BadInput, NotFromHere, StaleDraft
from bot.core.features import Corrected, Feature
from bot.core.outbox import said
from bot.core.permissions import Act, Relation
from bot.core.standings import Standing
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import (
    correction_outlook,
    enquiries,
    enquiry_closing,
    enquiry_places,
    referral_steps,
    statement_cards,
    statement_signing,
    statement_ties,
    terms,
)
from bot.desk.statement_signing import SENT_BY_WORDS, StatementSigning, subject_of
from bot.desk.terms import Agreement
from storage import enquiries as enquiry_records
from storage import outbox as postings
from storage import people, statements
from storage import signoffs as signoff_records
from storage.database import Transaction
from storage.enquiries import Enquiry, EnquiryStatus
from storage.obligations import Duty, open_on
from storage.outbox import PostingKind
from storage.people import Person, Role
from storage.statements import (
    ANSWERING,
    Dispatch,
    SentBy,
    Statement,
    StatementEnquiry,
    StatementKind,
    StatementStatus,
)
from storage.subjects import Subject, SubjectKind
from storage.workspaces import NumberSeries, next_number


@dataclass(frozen=True)
class Sending:
    """How a text went out. `at` is UTC; `to` says to whom, by the id of the enquiry that it answers.

    `agreed`: to what is not on the record, the journalist agreed beforehand.
    """

    to: Mapping[int, str]
    by: SentBy
    at: datetime | None
    agreed: Agreement | None = None


def start(
    desk: Desk,
    caller: Caller,
    enquiry_id: int,
    *,
    kind: StatementKind,
    spokesperson_id: int | None,
    text: str,
    once: str,
) -> Statement:
    """Drafts a statement for an enquiry, in the name of a spokesperson."""
    enquiry_subject = enquiries.FEATURE.kind
    with desk.acting(
        caller, Act.START_STATEMENT, subject_of(enquiry_id)._replace(kind=enquiry_subject), once=once
    ) as work:
        enquiry = enquiry_records.get(work.tx, enquiry_id)
        if enquiry is None or enquiry.status is EnquiryStatus.CLOSED:
            raise NotFromHere("This enquiry is closed. Reopen it first, if it needs a statement.")
        spokesperson = people.get(work.tx, spokesperson_id) if spokesperson_id else None
        if spokesperson is None or Role.SPOKESPERSON not in spokesperson.roles:
            raise BadInput("Choose the spokesperson in whose name it goes out.", field="spokesperson")
        statement = Statement(
            number=next_number(work.tx, NumberSeries.STATEMENT),
            kind=kind,
            status=StatementStatus.DRAFT,
            spokesperson_id=spokesperson.id,
            owner_id=enquiry.owner_id or work.person.id,
            started_at=work.now,
        )
        statement, draft = put_on_file(work, statement, [enquiry], text)
        work.record(
            Act.START_STATEMENT,
            subject_of(statement.id),
            reference=statement.reference,
            kind=kind.value,
            enquiry=enquiry.reference,
            spokesperson=spokesperson.id,
            draft=draft.number,
            sha256=draft.sha256,
        )
        return statement


def put_on_file(
    work: Work, statement: Statement, tied: Collection[Enquiry], text: str
) -> tuple[Statement, signoff_records.Draft]:
    """A new statement for these enquiries, with its first draft, below each of their cards."""
    terms.check_length(statement.kind, text)
    work.tx.add(statement)
    work.tx.add(*(StatementEnquiry(statement_id=statement.id, enquiry_id=enquiry.id) for enquiry in tied))
    signoff = signoffs.begin(work, subject_of(statement.id), text)
    statement = statement_cards.get(work.tx, statement.id)
    for enquiry in tied:
        enquiry_places.show_statement(work, enquiry.id, statement.id)
    statement_signing.redraw(work, statement)
    return statement, standings.of(work.tx, signoff).draft


def write_draft(desk: Desk, caller: Caller, statement_id: int, text: str, *, based_on: int, once: str) -> None:
    """A new text. Signatures on the old one no longer count, and everyone who was asked is asked again."""
    with desk.acting(caller, Act.WRITE_DRAFT, subject_of(statement_id), once=once) as work:
        statement = statement_cards.get(work.tx, statement_id)
        statement_cards.next_status(statement, Act.WRITE_DRAFT)
        terms.check_length(statement.kind, text)
        check_correction(StatementSigning().corrected(work, statement_id), text)
        draft = signoffs.write_draft(work, subject_of(statement_id), text, based_on=based_on)
        asks_again = statement.status is StatementStatus.IN_SIGNOFF
        statement_signing.say(
            work,
            statement_id,
            said(
                f"{work.person.name} wrote draft {draft.number} of {statement.reference}."
                + (" Signatures on the earlier draft no longer count; everyone is asked again." * asks_again)
            ),
        )
        statement_signing.redraw(work, statement)
        work.record(
            Act.WRITE_DRAFT, subject_of(statement_id), draft=draft.number, sha256=draft.sha256, based_on=based_on
        )


def check_correction(corrected: Corrected | None, text: str) -> None:
    """A correction that says what went out corrects nothing."""
    if corrected is not None and signoff_records.text_hash(text) == signoff_records.text_hash(corrected.text):
        raise BadInput("This is the text that went out. Change what was wrong in it.", field="text")


def request_signoff(
    desk: Desk, caller: Caller, statement_id: int, *, draft: int, added: Collection[int], once: str
) -> None:
    """Asks everyone whom the rules name, and those added (person ids), to sign the current draft."""
    with desk.acting(caller, Act.REQUEST_SIGNOFF, subject_of(statement_id), once=once) as work:
        statement = statement_cards.get(work.tx, statement_id)
        _move(work, statement, Act.REQUEST_SIGNOFF)
        for enquiry in statements.enquiries_of(work.tx, statement_id):
            statement_signing.check_lead(enquiry)
        asked = signoffs.request(work, subject_of(statement_id), draft=draft, added=added)
        names = ", ".join(signature.person.name for signature in asked if signature.must_sign)
        statement_signing.say(
            work,
            statement_id,
            said(f"{work.person.name} asked for signatures on draft {draft} of {statement.reference}: {names}."),
        )
        statement_signing.redraw(work, statement)
        work.record(
            Act.REQUEST_SIGNOFF,
            subject_of(statement_id),
            draft=draft,
            must_sign=[signature.person_id for signature in asked if signature.must_sign],
            copied=[signature.person_id for signature in asked if not signature.must_sign],
        )


def record_issue(
    desk: Desk, caller: Caller, statement_id: int, sending: Sending, *, draft: int, close: Collection[int], once: str
) -> None:
    """The signed text has gone out: to whom, how and when stays on file. Refused until the last signature on it.

    `close` are the ids of the enquiries that are closed with it. From those that it was to answer and did not go to it
    is untied: they still wait, and it can be sent to them later.
    """
    with desk.acting(caller, Act.RECORD_ISSUE, subject_of(statement_id), once=once) as work:
        statement = statement_cards.get(work.tx, statement_id)
        signoff = signoff_records.lock(work.tx, signoff_records.of(work.tx, subject_of(statement_id)).id)
        statement = statement_cards.get(work.tx, statement_id)
        now = standings.of(work.tx, signoff)
        _check_issue(work, statement, now, draft, sending)
        agreed = sending.agreed if terms.needs_agreement(statement.kind) else None
        agreed_by, agreed_at = (agreed.by.strip(), agreed.at) if agreed else (None, None)
        _move(work, statement, Act.RECORD_ISSUE, agreed_by=agreed_by, agreed_at=agreed_at)
        statement = statement_cards.get(work.tx, statement_id)
        waiting = statement_cards.goes_to(statement, statements.enquiries_of(work.tx, statement_id))
        sent = [enquiry for enquiry in waiting if sending.to[enquiry.id].strip()]
        for enquiry in waiting:
            if enquiry not in sent and statement.corrects_id is None:
                statement_ties.untie(work, statement, enquiry)
        obligations.done(work, subject_of(statement.id), Duty.ISSUE)
        obligations.done(work, subject_of(statement.id), Duty.CORRECT)
        went_out(work, statement, now, sent, sending)
        _redraw_requests(work, statement)
        if statement.corrects_id is not None:
            _redraw_requests(work, statement_cards.get(work.tx, statement.corrects_id))
        if statement.kind in ANSWERING:
            enquiry_closing.closed_by_answer(work, [one for one in sent if one.id in close], statement.kind)


def withdraw(desk: Desk, caller: Caller, statement_id: int, reason: str, *, once: str) -> None:
    """The statement will not go out. Nobody has to sign it any more."""
    with desk.acting(caller, Act.WITHDRAW_STATEMENT, subject_of(statement_id), once=once) as work:
        statement = statement_cards.get(work.tx, statement_id)
        if not reason.strip():
            raise BadInput("Say why it is withdrawn.", field="reason")
        wrong = statements.get(work.tx, statement.corrects_id) if statement.corrects_id else None
        stands = f", so {wrong.reference} stands as it went out" if wrong else ""
        sentence = said(f"{work.person.name} withdrew {statement.reference}{stands}:", quote=reason.strip())
        _withdraw(work, statement, sentence, reason.strip())


def _withdraw(work: Work, statement: Statement, sentence: dict[str, object], reason: str) -> None:
    _move(work, statement, Act.WITHDRAW_STATEMENT)
    obligations.cancel(work, subject_of(statement.id))
    _redraw_requests(work, statement)
    statement_signing.say(work, statement.id, sentence)
    statement_signing.redraw(work, statement)
    work.record(Act.WITHDRAW_STATEMENT, subject_of(statement.id), personal={"reason": reason})


def _drop_holding_lines(work: Work, answered: Collection[Enquiry]) -> None:
    """What would have held the line is not needed any more where the answer was quicker."""
    for enquiry in answered:
        for line in statements.of_enquiry(work.tx, enquiry.id):
            if line.kind is not StatementKind.HOLDING or line.status not in statement_signing.OPEN_STATEMENT:
                continue
            tied = statements.enquiries_of(work.tx, line.id)
            waiting = [one for one in tied if one.status is not EnquiryStatus.CLOSED]
            if line.corrects_id is None and all(statements.answers(work.tx, waiting).values()):
                reason = "The answer has gone out."
                _withdraw(work, line, said(f"{reason} The holding line {line.reference} is not needed."), reason)


def went_out(work: Work, statement: Statement, standing: Standing, to: Collection[Enquiry], sending: Sending) -> None:
    """Keeps on file what went out to each of these enquiries. If it answers them, nothing more is owed on them."""
    at = sending.at or work.now
    for enquiry in to:
        recipient = sending.to[enquiry.id].strip()
        work.tx.add(
            Dispatch(
                statement_id=statement.id,
                enquiry_id=enquiry.id,
                draft_id=standing.draft.id,
                sent_to=recipient,
                sent_by=sending.by,
                sent_at=at,
                recorded_by_id=work.person.id,
                recorded_at=work.now,
            )
        )
        told = (
            f"{work.person.name} recorded {_what_it_is(work.tx, statement)} as issued, draft {standing.draft.number}, "
            f"{SENT_BY_WORDS[sending.by]}, {{sent}}, to:"
        )
        enquiry_places.say(work, enquiry.id, said(told, quote=recipient, times={"sent": at}))
        if enquiry.owner_id not in {work.person.id, statement.owner_id}:
            sentence = f"{work.person.name} sent {statement.reference} for {enquiry.reference}, which is yours, to:"
            on_enquiry = Subject(SubjectKind.ENQUIRY, enquiry.id)
            outbox.tell(work, enquiry.owner, on_enquiry, said(sentence, quote=recipient, enquiry=enquiry.id))
        if statement.is_answer:
            _answered(work, enquiry)
        work.record(
            Act.RECORD_ISSUE,
            subject_of(statement.id),
            enquiry=enquiry.reference,
            draft=standing.draft.number,
            sha256=standing.draft.sha256,
            sent_by=sending.by.value,
            sent_at=at.isoformat(),
            kind=statement.kind.value,
            agreed_at=statement.agreed_at.isoformat() if statement.agreed_at else None,
            personal={"sent_to": recipient, "agreed_by": statement.agreed_by},
        )
    statement_signing.redraw(work, statement)
    if statement.is_answer:
        _drop_holding_lines(work, to)


def _answered(work: Work, enquiry: Enquiry) -> None:
    subject = Subject(SubjectKind.ENQUIRY, enquiry.id)
    obligations.done(work, subject, Duty.ANSWER)
    obligations.done(work, subject, Duty.OWN)
    obligations.cancel(work, subject, Duty.AWAITING_EMAIL)
    referral_steps.ask_whom_it_touches(work, enquiry)


def _check_issue(work: Work, statement: Statement, now: Standing, draft: int, sending: Sending) -> None:
    statement_cards.next_status(statement, Act.RECORD_ISSUE)
    if now.draft.number != draft:
        raise StaleDraft(
            f"Draft {now.draft.number} has replaced the text you were looking at. What went out must be the signed "
            "text: close this form and look at the card."
        )
    standings.check_signed(now)
    check_signatories(work, statement, now)
    waiting = statement_cards.goes_to(statement, statements.enquiries_of(work.tx, statement.id))
    for enquiry in waiting:
        if enquiry.id not in sending.to:
            raise NotFromHere(
                f"{statement.reference} answers {enquiry.reference} too, since a moment ago. Close this form and open "
                "it again."
            )
    check_sending(
        work, statement, now, replace(sending, to={enquiry.id: sending.to[enquiry.id] for enquiry in waiting})
    )


def check_signatories(work: Work, statement: Statement, now: Standing) -> None:
    """Everybody whom the rules name by now, for all the enquiries that it answers, has signed this draft."""
    for enquiry in statements.enquiries_of(work.tx, statement.id):
        statement_signing.check_lead(enquiry)
    given = {signature.person_id for signature in now.given}
    for asked in StatementSigning().asked_by_policy(work.tx, statement.id):
        if asked.must_sign and asked.person.id not in given:
            raise NotFromHere(f"{asked.person.name} must sign this too and has not been asked. Write a new draft.")


def check_sending(work: Work, statement: Statement, now: Standing, sending: Sending) -> None:
    """To whom and when a signed text went out. Not before it was signed, nor later than now."""
    if not any(to.strip() for to in sending.to.values()):
        field = f"to_{next(iter(sending.to))}" if sending.to else None
        raise BadInput("Say to whom it went.", field=field)
    terms.check_agreement(statement.kind, sending.agreed, sent_at=sending.at or work.now)
    if sending.at is None:
        return
    if sending.at > work.now + timedelta(minutes=5):
        raise BadInput("This is in the future. Record it once it has gone out.", field="at")
    signed_at = now.signoff.signed_at
    if signed_at is not None and sending.at < signed_at.replace(second=0, microsecond=0):
        signed = f"{signed_at.astimezone(work.hours.zone):%H:%M on %d %B}"
        raise BadInput(
            f"The last signature came at {signed}. Give the time after that at which it went out. If it went out "
            "before, say so with Add note.",
            field="at",
        )


def _redraw_requests(work: Work, statement: Statement) -> None:
    standing = standings.of(work.tx, signoff_records.of(work.tx, subject_of(statement.id)))
    postings.want_of_signatures(work.tx, [signature.id for signature in standing.signatures])


def _move(work: Work, statement: Statement, act: Act, **values: object) -> None:
    if not statements.change(work.tx, statement, to=statement_cards.next_status(statement, act), **values):
        raise NotFromHere(f"Somebody changed {statement.reference} a moment ago. Look at its card and try again.")


def _relations(tx: Transaction, statement_id: int, person: Person) -> frozenset[Relation]:
    statement = statements.get(tx, statement_id)
    owns = statement is not None and (
        statement.owner_id == person.id or statement_signing.stands_in_for_owner(tx, statement_id, person)
    )
    return frozenset({Relation.OWNER}) if owns else frozenset()


def _title(tx: Transaction, statement_id: int) -> str:
    outlets = ", ".join(dict.fromkeys(enquiry.outlet for enquiry in statements.enquiries_of(tx, statement_id)))
    return f"{_what_it_is(tx, statement_cards.get(tx, statement_id))} · {outlets}"


def _what_it_is(tx: Transaction, statement: Statement) -> str:
    """Its reference, and what sets it apart from a statement on the record."""
    apart = [terms.APART[statement.kind]] if statement.kind in terms.APART else []
    corrected = statements.get(tx, statement.corrects_id) if statement.corrects_id else None
    if corrected is not None:
        apart.append(f"corrects {corrected.reference}")
    return f"{statement.reference} ({', '.join(apart)})" if apart else statement.reference


def _rests(tx: Transaction, statement_id: int, duty: Duty) -> bool:
    """While a signed correction waits to go out, reminding of that is enough."""
    return duty is Duty.CORRECT and bool(open_on(tx, subject_of(statement_id), duty=Duty.ISSUE))


FEATURE = Feature(
    kind=SubjectKind.STATEMENT,
    relations=_relations,
    is_there=lambda tx, statement_id: statements.get(tx, statement_id) is not None,
    not_there=statement_cards.NOT_THERE,
    title=_title,
    owner_id=lambda tx, statement_id: statement_cards.get(tx, statement_id).owner_id,
    rests=_rests,
    signing=StatementSigning(),
    late_and_stuck=correction_outlook.stuck,
    loaders={
        PostingKind.STATEMENT_CARD: statement_cards.load_card,
        PostingKind.READY_TO_ISSUE: statement_cards.load_ready,
    },
)
