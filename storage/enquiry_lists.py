"""Lists of enquiries: which ones, in which order, a page at a time.

A page is found by ids alone, from an index, and only then fetched: twenty rows with all that hangs on them instead of
twenty thousand. What somebody may not see is in none of them (`storage.sensitive`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storage.database import Transaction
from storage.enquiries import Enquiry, EnquiryStatus
from storage.people import Person
from storage.signoffs import Signoff
from storage.statements import ANSWERING, Statement, StatementEnquiry, StatementStatus
from storage.subjects import SubjectKind

NOT_CLOSED = (EnquiryStatus.AWAITING_EMAIL, EnquiryStatus.OPEN)


class Listed(StrEnum):
    """Which enquiries a list holds."""

    OPEN = "open"
    MINE = "mine"
    OVERDUE = "overdue"
    WAITING = "waiting"
    WEEK = "week"
    NOBODYS = "nobodys"


@dataclass(frozen=True)
class Question:
    """One list, for one viewer. `week` is the first instant of this week and of the next, in the office's zone."""

    listed: Listed
    viewer: Person
    now: datetime
    week: tuple[datetime, datetime] | None = None


@dataclass(frozen=True)
class Page:
    """Some of a list. `total` counts all of it."""

    found: list[Enquiry]
    total: int


def page(tx: Transaction, question: Question, *, offset: int = 0, limit: int) -> Page:
    """The most pressing first, unknown deadlines last; of this week, what came in last first."""
    condition = sa.and_(*_conditions(question))
    total = tx.session.scalar(sa.select(sa.func.count(Enquiry.id)).where(condition)) or 0
    order: tuple[Any, ...] = (Enquiry.deadline.is_(None), Enquiry.deadline, Enquiry.number)
    if question.listed is Listed.WEEK:
        order = (Enquiry.received_at.desc(), Enquiry.number.desc())
    ids = tx.session.scalars(sa.select(Enquiry.id).where(condition).order_by(*order).offset(offset).limit(limit))
    return Page(in_this_order(tx, list(ids)), total)


def after(tx: Transaction, *, after: int, only_open: bool, since: datetime | None, limit: int) -> list[Enquiry]:
    """The next enquiries by number, after one, for whoever goes through all of them."""
    query = sa.select(Enquiry).where(Enquiry.number > after, *_all_or_some(only_open=only_open, since=since))
    return list(tx.session.scalars(query.order_by(Enquiry.number).limit(limit)))


def count(tx: Transaction, *, only_open: bool, since: datetime | None) -> int:
    """How many `after` gives in the end."""
    query = sa.select(sa.func.count(Enquiry.id)).where(*_all_or_some(only_open=only_open, since=since))
    return tx.session.scalar(query) or 0


def _all_or_some(*, only_open: bool, since: datetime | None) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [Enquiry.status.in_(NOT_CLOSED)] if only_open else []
    return [*found, Enquiry.received_at >= since] if since is not None else found


def in_this_order(tx: Transaction, ids: Sequence[int]) -> list[Enquiry]:
    """Enquiries by their ids, in the order of these."""
    if not ids:
        return []
    found = {enquiry.id: enquiry for enquiry in tx.session.scalars(sa.select(Enquiry).where(Enquiry.id.in_(ids)))}
    return [found[one] for one in ids if one in found]


def _conditions(question: Question) -> list[sa.ColumnElement[bool]]:
    not_closed = Enquiry.status.in_(NOT_CLOSED)
    match question.listed:
        case Listed.OPEN:
            return [not_closed]
        case Listed.MINE:
            return [not_closed, Enquiry.owner_id == question.viewer.id]
        case Listed.NOBODYS:
            return [not_closed, Enquiry.owner_id.is_(None)]
        case Listed.OVERDUE:
            # what was answered and not yet closed is late for nobody
            under_way = _answer(StatementStatus.DRAFT, StatementStatus.IN_SIGNOFF)
            answered = sa.and_(_answer(StatementStatus.ISSUED), ~under_way)
            return [not_closed, Enquiry.deadline < question.now, ~answered]
        case Listed.WAITING:
            return [not_closed, _unsigned()]
        case Listed.WEEK:
            if question.week is None:
                raise ValueError("which week is not said")
            first, next_ = question.week
            return [Enquiry.received_at >= first, Enquiry.received_at < next_]


def _answer(*statuses: StatementStatus) -> sa.ColumnElement[bool]:
    """Whether a statement in one of these states answers the enquiry, or is to: no holding line, no correction."""
    tied = sa.select(StatementEnquiry.enquiry_id).join(Statement, Statement.id == StatementEnquiry.statement_id)
    answers = sa.and_(Statement.kind.in_(ANSWERING), Statement.corrects_id.is_(None))
    return Enquiry.id.in_(tied.where(Statement.status.in_(statuses), answers))


def _unsigned() -> sa.ColumnElement[bool]:
    """Whether signatures on a statement of it have been asked for and are not all in."""
    return Enquiry.id.in_(
        sa.select(StatementEnquiry.enquiry_id)
        .join(Statement, Statement.id == StatementEnquiry.statement_id)
        .join(Signoff, sa.and_(Signoff.subject_kind == SubjectKind.STATEMENT, Signoff.subject_id == Statement.id))
        .where(Statement.status == StatementStatus.IN_SIGNOFF, Signoff.signed_at.is_(None))
    )
