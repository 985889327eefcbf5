"""What not everybody sees, and who does (DOMAIN §8, "Confidential"): sensitive enquiries, those who work on them;
private reports, those who have to do with them; confidential papers, the board and the press office.

The rule is kept by the questions themselves: within `shown_to`, whatever asks for enquiries, statements, facts,
referrals, reports or papers gets only those that this reader may see, in lists, searches, counts and joins alike.
Nobody has to remember to ask.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped

from storage.database import Base, InWorkspace, Transaction, within_workspace
from storage.enquiries import Enquiry
from storage.facts import FactAnswer, FactRequest
from storage.obligations import Obligation
from storage.papers import HIDDEN, Paper
from storage.people import Person, Role
from storage.referrals import Referral
from storage.reports import Report, ReportEntry, ReportRow
from storage.signoffs import Draft, Signature, Signoff
from storage.statements import Statement, StatementEnquiry
from storage.subjects import SubjectKind


class Insider(InWorkspace, Base):
    """Somebody who was let in on a sensitive enquiry."""

    __tablename__ = "insiders"
    __table_args__ = (
        within_workspace("enquiry_id", table="enquiries"),
        within_workspace("person_id", table="people"),
        within_workspace("let_in_by_id", table="people"),
        sa.UniqueConstraint("workspace_id", "enquiry_id", "person_id"),
    )

    enquiry_id: Mapped[int]
    person_id: Mapped[int]
    let_in_by_id: Mapped[int]
    let_in_at: Mapped[datetime]


@contextmanager
def shown_to(tx: Transaction, reader: Person | None) -> Iterator[None]:
    """Whatever is asked inside is for the eyes of this person; `None`: for everybody in an open channel."""
    before = tx.criteria
    tx.criteria = ()
    if reader is None or Role.COMMS_LEAD not in reader.roles:
        enquiries = _criteria(reader) if _has_any(tx) else ()
        tx.criteria = (*enquiries, *_reports_shown(reader), *_papers_shown(reader))
    try:
        yield
    finally:
        tx.criteria = before


@contextmanager
def lifted(tx: Transaction) -> Iterator[None]:
    """Inside, all of a record may be read. Only for what is sent to somebody outside: never for a list or a search."""
    before = tx.criteria
    tx.criteria = ()
    try:
        yield
    finally:
        tx.criteria = before


def insiders(tx: Transaction, enquiry_id: int) -> list[Person]:
    return list(
        tx.session.scalars(
            sa.select(Person)
            .join(Insider, Insider.person_id == Person.id)
            .where(Insider.enquiry_id == enquiry_id)
            .order_by(Person.name)
        )
    )


def let_in(tx: Transaction, enquiry_id: int, person: Person, *, by: Person, at: datetime) -> bool:
    """Lets somebody in. False if they are in already."""
    if person.id in {one.id for one in insiders(tx, enquiry_id)}:
        return False
    tx.add(Insider(enquiry_id=enquiry_id, person_id=person.id, let_in_by_id=by.id, let_in_at=at))
    return True


def _has_any(tx: Transaction) -> bool:
    """Most offices have nothing sensitive most of the time, and the rule makes each question three times as long."""
    return tx.session.scalar(sa.select(Enquiry.id).where(Enquiry.is_sensitive).limit(1)) is not None


def _criteria(reader: Person | None) -> tuple[orm.LoaderCriteriaOption, ...]:
    """The comms leads see everything: they re-assign and unblock. Everybody else sees what they work on.

    Of a statement that answers several enquiries, whoever sees one of them sees it, and only that one with it.
    """
    table = Enquiry.__table__.c  # not the class: what narrows a question is not to be narrowed itself
    answers = sa.select(StatementEnquiry.statement_id).join(Enquiry.__table__, table.id == StatementEnquiry.enquiry_id)
    answers_hidden = answers.where(_is_hidden(table, reader))
    answers_shown = answers.where(~_is_hidden(table, reader))
    statement_shown = sa.or_(Statement.id.not_in(answers_hidden), Statement.id.in_(answers_shown))
    hidden = sa.select(table.id).where(_is_hidden(table, reader))
    referral_shown: sa.ColumnElement[bool] = Referral.enquiry_id.not_in(hidden)
    if reader is not None:
        referral_shown = sa.or_(referral_shown, Referral.lead_id == reader.id, Referral.id.in_(_carried_by(reader)))
    return (
        orm.with_loader_criteria(Referral, referral_shown, include_aliases=True),
        orm.with_loader_criteria(Enquiry, ~_is_hidden(Enquiry, reader), include_aliases=True),
        orm.with_loader_criteria(Statement, statement_shown, include_aliases=True),
        orm.with_loader_criteria(FactRequest, ~_is_hidden_request(reader), include_aliases=True),
    )


_NO_REPORTS = (orm.with_loader_criteria(Report, sa.false(), include_aliases=True),)
"""Reports belong to their owners: an open channel sees none."""


def _reports_shown(reader: Person | None) -> tuple[orm.LoaderCriteriaOption, ...]:
    """A private one is seen by its owner, whoever has a row of it or owes something on it, the chair, and the comms
    leads, who see everything."""
    if reader is None:
        return _NO_REPORTS
    return () if Role.CHAIR in reader.roles else (_reports_of(reader.id),)


@lru_cache(maxsize=1024)
def _reports_of(reader_id: int) -> orm.LoaderCriteriaOption:
    """Kept, since putting it together takes longer than to ask a question."""
    rows, entries = ReportRow.__table__.c, ReportEntry.__table__.c
    owed = sa.select(Obligation.subject_id).where(_owed_by(reader_id))
    said = sa.select(entries.row_id).where(entries.given_by_id == reader_id)
    owed_row = owed.where(Obligation.subject_kind == SubjectKind.REPORT_ROW)
    on_row = sa.or_(rows.assigned_id == reader_id, rows.id.in_(said), rows.id.in_(owed_row))
    shown = sa.or_(
        ~Report.is_private,
        Report.owner_id == reader_id,
        Report.id.in_(sa.select(rows.report_id).where(on_row)),
        Report.id.in_(owed.where(Obligation.subject_kind == SubjectKind.REPORT)),
    )
    return orm.with_loader_criteria(Report, shown, include_aliases=True)


_SEE_CONFIDENTIAL_PAPERS = frozenset({Role.CHAIR, Role.PRESS_OFFICER, Role.BOARD_MEMBER})
"""With the comms leads, who see everything (DOMAIN §5, "Papers")."""
_OPEN_PAPERS = (orm.with_loader_criteria(Paper, Paper.state.not_in(HIDDEN), include_aliases=True),)


def _papers_shown(reader: Person | None) -> tuple[orm.LoaderCriteriaOption, ...]:
    """A confidential paper, or one of which the chair has been asked, is seen by these and is in no open channel."""
    return () if reader is not None and reader.roles & _SEE_CONFIDENTIAL_PAPERS else _OPEN_PAPERS


def _is_hidden_request(reader: Person | None) -> sa.ColumnElement[bool]:
    """Whether a question belongs to an enquiry that is hidden from a reader, and was not put to them.

    Whoever was asked, stands in for them or answered sees the question, and nothing of the enquiry.
    """
    table = Enquiry.__table__.c
    is_hidden = FactRequest.enquiry_id.in_(sa.select(table.id).where(_is_hidden(table, reader)))
    if reader is None:
        return is_hidden
    owed = sa.select(Obligation.subject_id).where(_owes(reader), Obligation.subject_kind == SubjectKind.FACTS)
    answers = FactAnswer.__table__.c
    answered = sa.select(answers.request_id).where(answers.given_by_id == reader.id)
    was_asked = sa.or_(FactRequest.asked_id == reader.id, FactRequest.id.in_(owed), FactRequest.id.in_(answered))
    return sa.and_(is_hidden, ~was_asked)


def _is_hidden(enquiry: Any, reader: Person | None) -> sa.ColumnElement[bool]:
    """Of the class, or of its table: whether an enquiry is sensitive and this reader does not work on it."""
    is_sensitive: sa.ColumnElement[bool] = enquiry.is_sensitive
    return sa.and_(is_sensitive, ~_works_on(enquiry, reader)) if reader is not None else is_sensitive


def _carried_by(reader: Person) -> sa.Select[Any]:
    """The referrals that somebody sees to for a partner's lead: they see what was sent, and no more of the enquiry."""
    return sa.select(Obligation.subject_id).where(_owes(reader), Obligation.subject_kind == SubjectKind.REFERRAL)


def _owes(reader: Person) -> sa.ColumnElement[bool]:
    return _owed_by(reader.id)


def _owed_by(reader_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(
        sa.or_(Obligation.owner_id == reader_id, Obligation.for_id == reader_id),
        Obligation.done_at.is_(None),
        Obligation.cancelled_at.is_(None),
    )


def _works_on(enquiry: Any, reader: Person) -> sa.ColumnElement[bool]:
    """Whether somebody owns or logged an enquiry, was let in, owes something on it, or was asked to sign for it.

    Whoever stands in for somebody sees what they stand in for: as long as they owe it, and for good if they signed.
    """
    let_in = sa.select(Insider.enquiry_id).where(Insider.person_id == reader.id)
    owes = _owes(reader)
    owed = sa.select(Obligation.subject_id).where(owes, Obligation.subject_kind == SubjectKind.ENQUIRY)
    owed_on_text = (
        sa.select(StatementEnquiry.enquiry_id)
        .join(Obligation, Obligation.subject_id == StatementEnquiry.statement_id)
        .where(owes, Obligation.subject_kind == SubjectKind.STATEMENT)
    )
    asked_about = (
        sa.select(StatementEnquiry.enquiry_id)
        .join(Signoff, Signoff.subject_id == StatementEnquiry.statement_id)
        .join(Draft, Draft.signoff_id == Signoff.id)
        .join(Signature, Signature.draft_id == Draft.id)
        .where(
            sa.or_(
                Signature.person_id == reader.id,
                Signature.stand_in_id == reader.id,
                Signature.given_by_id == reader.id,
            ),
            Signoff.subject_kind == SubjectKind.STATEMENT,
        )
    )
    return sa.or_(
        sa.and_(enquiry.owner_id.is_not(None), enquiry.owner_id == reader.id),
        enquiry.logged_by_id == reader.id,
        enquiry.id.in_(let_in),
        enquiry.id.in_(owed),
        enquiry.id.in_(owed_on_text),
        enquiry.id.in_(asked_about),
    )
