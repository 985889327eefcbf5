"""Asking for facts: what somebody was asked for an enquiry, and what they said.

Two new tables; their foreign keys carry the workspace. Nothing that was there is changed.
"""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0009"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "fact_requests",
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("asked", "answered", "cannot_say", "withdrawn", name="factstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("in_confidence", sa.Boolean(), nullable=False),
        sa.Column("passed_from_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("instead_id", sa.Integer(), nullable=True),
        sa.Column("instead_words", sa.Text(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asked_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_fact_requests_workspace_id_asked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asked_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_fact_requests_workspace_id_asked_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enquiry_id"],
            ["enquiries.workspace_id", "enquiries.id"],
            name=op.f("fk_fact_requests_workspace_id_enquiry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "instead_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_fact_requests_workspace_id_instead_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_fact_requests_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "passed_from_id"],
            ["fact_requests.workspace_id", "fact_requests.id"],
            name=op.f("fk_fact_requests_workspace_id_passed_from_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_fact_requests_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_requests")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_fact_requests_workspace_id_id")),
    )
    op.create_index("ix_fact_requests_asked", "fact_requests", ["workspace_id", "asked_id"], unique=False)
    op.create_index("ix_fact_requests_enquiry", "fact_requests", ["workspace_id", "enquiry_id"], unique=False)
    op.create_index("ix_fact_requests_owner", "fact_requests", ["workspace_id", "owner_id", "state"], unique=False)
    op.create_table(
        "fact_answers",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "heard_by",
            sa.Enum("phone", "email", "in_person", name="heardby", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("heard_at", UtcDateTime(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "given_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_fact_answers_workspace_id_given_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "recorded_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_fact_answers_workspace_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "request_id"],
            ["fact_requests.workspace_id", "fact_requests.id"],
            name=op.f("fk_fact_answers_workspace_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_fact_answers_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_answers")),
    )
    op.create_index("ix_fact_answers_request", "fact_answers", ["workspace_id", "request_id"], unique=False)
