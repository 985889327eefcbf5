"""Holding the line: terms and embargoes, what was agreed, and corrections of what went out.

The columns are added without recreating their tables: on SQLite that would lose the triggers that keep the index of
words (`enquiries`), and what was sent.
"""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0010"
down_revision = "0009"

TERMS = sa.Enum("on_the_record", "background", "off_the_record", name="terms", native_enum=False, length=40)
NOT_WITHDRAWN = sa.text("status <> 'withdrawn'")


def upgrade() -> None:
    for table in ("enquiries", "notes"):
        op.add_column(table, sa.Column("terms", TERMS, nullable=False, server_default="on_the_record"))
    op.add_column("enquiries", sa.Column("embargo_until", UtcDateTime(), nullable=True))
    op.add_column("statements", sa.Column("corrects_id", sa.Integer(), nullable=True))
    op.add_column("statements", sa.Column("what_was_wrong", sa.Text(), nullable=True))
    op.add_column("statements", sa.Column("agreed_by", sa.Text(), nullable=True))
    op.add_column("statements", sa.Column("agreed_at", UtcDateTime(), nullable=True))
    op.create_index(
        "ix_statements_corrects",
        "statements",
        ["workspace_id", "corrects_id"],
        unique=True,
        sqlite_where=NOT_WITHDRAWN,
        postgresql_where=NOT_WITHDRAWN,
    )
