"""Lists of enquiries: which ones, in which order, a page at a time.

A page is found by ids alone, from an index, and only then fetched: twenty rows with all that hangs on them instead of
twenty thousand. What somebody may not see is in none of them (`storage.sensitive`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storage.database import Transaction
from storage.enquiries import Enquiry, EnquiryStatus
from storage.obligations import Duty, Obligation
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


def page(tx: Transaction, question: Question, *, offset: int = 0, limit: int, without: Collection[int] = ()) -> Page:
    """The most pressing first, unknown deadlines last; of this week, what came in last first. `without`: ids."""
    condition = sa.and_(*_conditions(question), Enquiry.id.not_in(without))
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
            return [_unanswered(), Enquiry.deadline < question.now]
        case Listed.WAITING:
            return [not_closed, _unsigned()]
        case Listed.WEEK:
            if question.week is None:
                raise ValueError("which week is not said")
            first, next_ = question.week
            return [Enquiry.received_at >= first, Enquiry.received_at < next_]


def _unanswered() -> sa.ColumnElement[bool]:
    """Whether it is open; what was answered and not yet closed is late for nobody."""
    under_way = _answer(StatementStatus.DRAFT, StatementStatus.IN_SIGNOFF)
    answered = sa.and_(_answer(StatementStatus.ISSUED), ~under_way)
    return sa.and_(Enquiry.status.in_(NOT_CLOSED), ~answered)


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


def due_between(tx: Transaction, since: datetime | None, until: datetime, *, limit: int) -> Page:
    """What is open, unanswered and due in a span (UTC; `until` no more)."""
    begins = [Enquiry.deadline >= since] if since is not None else []
    return _most_pressing(tx, [_unanswered(), Enquiry.deadline < until, *begins], limit)


def owned(tx: Transaction, owner_id: int, *, until: datetime, without: Collection[int], limit: int) -> Page:
    """What somebody has that is due before `until`, or at a time not known yet."""
    by_then = sa.or_(Enquiry.deadline < until, Enquiry.deadline.is_(None))
    not_closed = Enquiry.status.in_(NOT_CLOSED)
    return _most_pressing(tx, [not_closed, Enquiry.owner_id == owner_id, by_then, Enquiry.id.not_in(without)], limit)


def ahead(
    tx: Transaction,
    person_id: int,
    *,
    tomorrow: datetime,
    now: datetime,
    until: datetime | None,
    without: Collection[int],
    limit: int,
) -> Page:
    """What somebody has due from `tomorrow` on, and what others have `until` then (None: not for them to see)."""
    found = own = sa.and_(Enquiry.owner_id == person_id, Enquiry.deadline >= tomorrow)
    if until is not None:
        found = sa.or_(own, sa.and_(Enquiry.owner_id != person_id, Enquiry.deadline < until, _unanswered()))
    # the first two are for the index: within an `or` it would not be used
    open_from_now = [Enquiry.status.in_(NOT_CLOSED), Enquiry.deadline >= now]
    return _most_pressing(tx, [*open_from_now, found, Enquiry.id.not_in(without)], limit)


SLOW_TO_ISSUE = timedelta(minutes=30)
"""After the last signature (our own judgement: when the ladder reminds for the second time)."""


def late_or_stuck(tx: Transaction, *, now: datetime, not_of: int, without: Collection[int], limit: int) -> Page:
    """What others have, or nobody has, that is overdue or does not move: nobody took it although the desk asked, a
    signature is missing after the first reminder (half of the time), or it is signed and has not gone out."""
    is_open = sa.and_(Obligation.done_at.is_(None), Obligation.cancelled_at.is_(None))
    free = sa.select(Obligation.subject_id).where(
        is_open,
        Obligation.subject_kind == SubjectKind.ENQUIRY,
        Obligation.duty == Duty.OWN,
        Obligation.rung >= 0,
    )
    slow = sa.or_(
        sa.and_(Obligation.duty == Duty.SIGN, Obligation.rung >= 0),
        sa.and_(Obligation.duty == Duty.ISSUE, Obligation.asked_at <= now - SLOW_TO_ISSUE),
    )
    waits = (
        sa.select(StatementEnquiry.enquiry_id)
        .join(Obligation, Obligation.subject_id == StatementEnquiry.statement_id)
        .where(is_open, Obligation.subject_kind == SubjectKind.STATEMENT, slow)
    )
    late = sa.and_(Enquiry.deadline < now, _unanswered())
    others = Enquiry.owner_id.is_distinct_from(not_of)
    stuck = sa.or_(late, Enquiry.id.in_(free), Enquiry.id.in_(waits))
    return _most_pressing(tx, [Enquiry.status.in_(NOT_CLOSED), others, stuck, Enquiry.id.not_in(without)], limit)


def _most_pressing(tx: Transaction, conditions: Sequence[sa.ColumnElement[bool]], limit: int) -> Page:
    total = tx.session.scalar(sa.select(sa.func.count(Enquiry.id)).where(*conditions)) or 0
    order = (Enquiry.deadline.is_(None), Enquiry.deadline, Enquiry.number)
    ids = tx.session.scalars(sa.select(Enquiry.id).where(*conditions).order_by(*order).limit(limit))
    return Page(in_this_order(tx, list(ids)), total)


@dataclass(frozen=True)
class Holding:
    """The open enquiries of one person, or those that nobody has: the most pressing ones (ids), and how many in all."""

    owner_id: int | None
    ids: list[int]
    total: int


def holdings(tx: Transaction, *, most: int) -> list[Holding]:
    """Who has which of the open enquiries; `most` of each are named. Whoever has most comes first, nobody last."""
    place = sa.func.row_number().over(
        partition_by=Enquiry.owner_id, order_by=[Enquiry.deadline.is_(None), Enquiry.deadline, Enquiry.number]
    )
    total = sa.func.count().over(partition_by=Enquiry.owner_id)
    ranked = (
        sa.select(Enquiry.owner_id, Enquiry.id, place.label("place"), total.label("total"))
        .where(Enquiry.status.in_(NOT_CLOSED))
        .subquery()
    )
    rows = tx.session.execute(
        sa.select(ranked.c.owner_id, ranked.c.id, ranked.c.total)
        .where(ranked.c.place <= most)
        .order_by(ranked.c.owner_id.is_(None), ranked.c.total.desc(), ranked.c.owner_id, ranked.c.place)
    )
    found: dict[int | None, Holding] = {}
    for owner_id, enquiry_id, number in rows:
        found.setdefault(owner_id, Holding(owner_id, [], number)).ids.append(enquiry_id)
    return list(found.values())
