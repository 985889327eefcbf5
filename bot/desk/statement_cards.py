"""A statement as people see it: how its text stands, what can be done, and what its forms show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.core import standings
from bot.core.errors import NotFound, NotFromHere
from bot.core.features import Asked
from bot.core.permissions import Act
from bot.core.standings import Standing
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import terms
from bot.desk.statement_signing import StatementSigning, check_lead, subject_of
from storage import corrections, people, statements
from storage import signoffs as signoff_records
from storage.database import Transaction
from storage.enquiries import Enquiry, EnquiryStatus
from storage.outbox import Posting
from storage.people import Person
from storage.retention import ERASED
from storage.signoffs import Capacity
from storage.statements import ANSWERING, Dispatch, SentBy, Statement, StatementStatus

TRANSITIONS: dict[tuple[StatementStatus, Act], StatementStatus] = {
    (StatementStatus.DRAFT, Act.WRITE_DRAFT): StatementStatus.DRAFT,
    (StatementStatus.IN_SIGNOFF, Act.WRITE_DRAFT): StatementStatus.IN_SIGNOFF,
    (StatementStatus.DRAFT, Act.REQUEST_SIGNOFF): StatementStatus.IN_SIGNOFF,
    (StatementStatus.IN_SIGNOFF, Act.RECORD_ISSUE): StatementStatus.ISSUED,
    (StatementStatus.DRAFT, Act.WITHDRAW_STATEMENT): StatementStatus.WITHDRAWN,
    (StatementStatus.IN_SIGNOFF, Act.WITHDRAW_STATEMENT): StatementStatus.WITHDRAWN,
    (StatementStatus.DRAFT, Act.ANSWER_WITH): StatementStatus.DRAFT,
    (StatementStatus.IN_SIGNOFF, Act.ANSWER_WITH): StatementStatus.IN_SIGNOFF,
    (StatementStatus.ISSUED, Act.ANSWER_WITH): StatementStatus.ISSUED,
    (StatementStatus.DRAFT, Act.UNTIE_STATEMENT): StatementStatus.DRAFT,
    (StatementStatus.IN_SIGNOFF, Act.UNTIE_STATEMENT): StatementStatus.IN_SIGNOFF,
    (StatementStatus.ISSUED, Act.CORRECT_STATEMENT): StatementStatus.ISSUED,
}


FROM_AN_ENQUIRY = frozenset({Act.ANSWER_WITH})
"""What begins at another enquiry, and so has no button on the statement."""

NOT_THERE = "This statement is not on file. Look at the enquiry’s card."


@dataclass(frozen=True)
class StatementCard:
    """A statement as the press office sees it in the thread of its enquiry."""

    statement: Statement
    standing: Standing
    enquiries: tuple[Enquiry, ...]
    dispatches: tuple[Dispatch, ...]
    acts: frozenset[Act]
    corrects: Statement | None = None
    corrected_by: Statement | None = None
    """Its correction, under way or issued."""


@dataclass(frozen=True)
class ToSign:
    """What is shown before signatures are asked for: the text, and whom the rules name."""

    card: StatementCard
    asked: tuple[Asked, ...]
    could_be_added: tuple[Person, ...]
    were_added: frozenset[int] = frozenset()
    """Of a correction: the ids of those whom somebody had added to the signatories of what it corrects."""


@dataclass(frozen=True)
class ToIssue:
    """The signed text, to copy, and whom it goes to. `draft` is the one it was asked for.

    `marks` stand above the text and go out with it: the terms, if it is not on the record, and an embargo. `sent_by` is
    how a text went that this one corrects. `redraw_at` (UTC) is when the embargo ends.
    """

    card: StatementCard
    draft: int
    waiting: tuple[Enquiry, ...]
    """The enquiries that it goes to."""
    sent_before: Mapping[int, Dispatch] = field(default_factory=dict)
    """How the text went that this one corrects, by the enquiry."""
    marks: tuple[str, ...] = ()
    redraw_at: datetime | None = None

    @property
    def to_copy(self) -> str:
        return "\n\n".join([*self.marks, self.card.standing.draft.text])

    @property
    def to(self) -> dict[int, str]:
        """To whom it goes, by the enquiry: a correction, to whom the mistake went."""
        before = {id_: one.sent_to for id_, one in self.sent_before.items() if one.sent_to != ERASED}
        return {enquiry.id: before.get(enquiry.id, recipient_of(enquiry)) for enquiry in self.waiting}

    @property
    def recipients(self) -> str:
        return "; ".join(self.to.values())

    @property
    def sent_by(self) -> SentBy:
        return next((one.sent_by for one in self.sent_before.values()), SentBy.EMAIL)

    @property
    def closes(self) -> tuple[Enquiry, ...]:
        """Which enquiries could be closed as answered once it has gone out."""
        if self.card.statement.kind not in ANSWERING:
            return ()
        return tuple(one for one in self.waiting if one.status is not EnquiryStatus.CLOSED)


def card(tx: Transaction, statement: Statement) -> StatementCard:
    standing = standings.of(tx, signoff_records.of(tx, subject_of(statement.id)))
    acts = {act for (status, act) in TRANSITIONS if status is statement.status} - FROM_AN_ENQUIRY
    answered = tuple(statements.enquiries_of(tx, statement.id))
    if len(answered) < 2:
        acts.discard(Act.UNTIE_STATEMENT)
    if not standing.is_signed:
        acts.discard(Act.RECORD_ISSUE)
    if statement.status is StatementStatus.IN_SIGNOFF and standing.missing:
        acts |= {Act.RECORD_REPLY, Act.OVERRIDE_SIGNATURE}
    correction = corrections.of(tx, statement.id)
    if correction is not None:
        acts.discard(Act.CORRECT_STATEMENT)
    return StatementCard(
        statement,
        standing,
        answered,
        tuple(statements.dispatches_of(tx, statement.id)),
        frozenset(acts),
        statements.get(tx, statement.corrects_id) if statement.corrects_id else None,
        correction,
    )


def look_at(desk: Desk, caller: Caller, statement_id: int, act: Act) -> StatementCard:
    """The statement, for the form of an act on it."""
    with desk.looking(caller, act, subject_of(statement_id)) as work:
        statement = get(work.tx, statement_id)
        next_status(statement, act)
        return card(work.tx, statement)


def read(desk: Desk, caller: Caller, statement_id: int) -> StatementCard:
    """The whole text, where a message has no room for it."""
    with desk.looking(caller, Act.READ_TEXT, subject_of(statement_id)) as work:
        return card(work.tx, get(work.tx, statement_id))


def to_sign(desk: Desk, caller: Caller, statement_id: int) -> ToSign:
    with desk.looking(caller, Act.REQUEST_SIGNOFF, subject_of(statement_id)) as work:
        statement = get(work.tx, statement_id)
        next_status(statement, Act.REQUEST_SIGNOFF)
        for enquiry in statements.enquiries_of(work.tx, statement_id):
            check_lead(enquiry)
        asked = StatementSigning().asked_by_policy(work.tx, statement_id)
        named = {one.person.id for one in asked if one.must_sign}
        others = [person for person in people.everyone(work.tx) if person.id not in named]
        were_added = _added_to(work.tx, statement.corrects_id) if statement.corrects_id else frozenset[int]()
        return ToSign(card(work.tx, statement), tuple(asked), tuple(others), were_added)


def to_issue(desk: Desk, caller: Caller, statement_id: int) -> ToIssue:
    with desk.looking(caller, Act.RECORD_ISSUE, subject_of(statement_id)) as work:
        statement = get(work.tx, statement_id)
        next_status(statement, Act.RECORD_ISSUE)
        shown = card(work.tx, statement)
        standings.check_signed(shown.standing)
        return _to_issue(work, shown, shown.standing.draft.number)


def load_card(work: Work, posting: Posting) -> StatementCard | None:
    return card(work.tx, get(work.tx, posting.subject_id))


def load_ready(work: Work, posting: Posting) -> ToIssue | None:
    return _to_issue(work, card(work.tx, get(work.tx, posting.subject_id)), int(posting.detail["draft"]))


def _to_issue(work: Work, shown: StatementCard, draft: int) -> ToIssue:
    """A correction goes to whom the text went that it corrects, and in the same way."""
    before = statements.dispatches_of(work.tx, shown.corrects.id) if shown.corrects else []
    waiting = goes_to(shown.statement, shown.enquiries)
    return ToIssue(
        shown,
        draft,
        waiting,
        {dispatch.enquiry_id: dispatch for dispatch in before},
        terms.marks(shown.statement.kind, waiting, work.now, work.hours.zone),
        terms.embargo_on(waiting, work.now),
    )


def goes_to(statement: Statement, tied: Sequence[Enquiry]) -> tuple[Enquiry, ...]:
    """Of the enquiries that it is tied to, those that still wait. What was closed otherwise needs no answer.

    A correction goes wherever the mistake went, also where everything is closed.
    """
    if statement.corrects_id is not None:
        return tuple(tied)
    return tuple(one for one in tied if one.status is not EnquiryStatus.CLOSED) or tuple(tied)


def recipient_of(enquiry: Enquiry) -> str:
    """To whom an answer goes, as a press officer would write it down."""
    return f"{enquiry.journalist}, {enquiry.outlet}" + (f" <{enquiry.email}>" if enquiry.email else "")


def _added_to(tx: Transaction, statement_id: int) -> frozenset[int]:
    rows = signoff_records.signatories(tx, signoff_records.of(tx, subject_of(statement_id)).id)
    return frozenset(row.person_id for row in rows if row.capacity is Capacity.ADDED)


def next_status(statement: Statement, act: Act) -> StatementStatus:
    to = TRANSITIONS.get((statement.status, act))
    if to is not None:
        return to
    raise NotFromHere(
        {
            StatementStatus.DRAFT: f"Nobody has been asked to sign {statement.reference} yet. Ask for that first.",
            StatementStatus.IN_SIGNOFF: f"Signatures on {statement.reference} have been asked for already.",
            StatementStatus.ISSUED: f"{statement.reference} has gone out. What went out does not change. If something "
            "in it is wrong, press Correct this on its card.",
            StatementStatus.WITHDRAWN: f"{statement.reference} was withdrawn. Start a new statement.",
        }[statement.status]
    )


def get(tx: Transaction, statement_id: int) -> Statement:
    statement = statements.get(tx, statement_id)
    if statement is None:
        raise NotFound(NOT_THERE)
    return statement
