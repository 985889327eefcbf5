"""Sensitive enquiries: who was let in on them, and messages that are wanted back.

The columns are added without recreating their tables: on SQLite that would lose the triggers that keep what was sent.
"""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("enquiries", sa.Column("is_sensitive", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("postings", sa.Column("taken_back_at", UtcDateTime(), nullable=True))
    op.add_column("postings", sa.Column("taken_back_by_id", sa.Integer(), nullable=True))
    op.create_table(
        "insiders",
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("let_in_by_id", sa.Integer(), nullable=False),
        sa.Column("let_in_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_insiders_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enquiry_id"],
            ["enquiries.workspace_id", "enquiries.id"],
            name=op.f("fk_insiders_workspace_id_enquiry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_insiders_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "let_in_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_insiders_workspace_id_let_in_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insiders")),
        sa.UniqueConstraint(
            "workspace_id", "enquiry_id", "person_id", name=op.f("uq_insiders_workspace_id_enquiry_id_person_id")
        ),
    )
