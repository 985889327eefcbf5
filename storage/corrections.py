"""Which statement puts right which: asked from the one that was wrong."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from storage.database import Transaction
from storage.obligations import Duty, Obligation
from storage.statements import Statement, StatementStatus
from storage.subjects import SubjectKind


def of(tx: Transaction, statement_id: int) -> Statement | None:
    """The correction of a statement, under way or issued. One that was withdrawn is none."""
    return of_several(tx, [statement_id]).get(statement_id)


def of_several(tx: Transaction, statement_ids: Collection[int]) -> dict[int, Statement]:
    """The corrections of several statements, by the statement that was wrong."""
    if not statement_ids:
        return {}
    query = sa.select(Statement).where(
        Statement.corrects_id.in_(statement_ids), Statement.status != StatementStatus.WITHDRAWN
    )
    return {one.corrects_id: one for one in tx.session.scalars(query) if one.corrects_id is not None}


def due_between(
    tx: Transaction, since: datetime | None, until: datetime, *, not_of: int | None = None, limit: int
) -> tuple[list[Obligation], int]:
    """The corrections under way that are due in a span (UTC; `until` no more), as they are owed, and how many in all.
    `not_of`: without what this person (id) owes."""
    conditions = [
        Obligation.duty == Duty.CORRECT,
        Obligation.subject_kind == SubjectKind.STATEMENT,
        Obligation.done_at.is_(None),
        Obligation.cancelled_at.is_(None),
        Obligation.due_at < until,
        *([Obligation.due_at >= since] if since is not None else []),
        *([Obligation.owner_id.is_distinct_from(not_of)] if not_of is not None else []),
    ]
    query = sa.select(Obligation).join(Statement, Statement.id == Obligation.subject_id).where(*conditions)
    total = tx.session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    return list(tx.session.scalars(query.order_by(Obligation.due_at, Obligation.id).limit(limit))), total
