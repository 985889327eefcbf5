"""Which statement puts right which: asked from the one that was wrong."""

from collections.abc import Collection

import sqlalchemy as sa

from storage.database import Transaction
from storage.statements import Statement, StatementStatus


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
