"""More time and its history; enquiries that partner organisations answer, or are told of.

Both tables are new, so that nothing of what is kept for good is built anew.
"""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "deadline_changes",
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column(
            "because",
            sa.Enum("corrected", "agreed", "refused", "reopened", name="because", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("was", UtcDateTime(), nullable=True),
        sa.Column("now", UtcDateTime(), nullable=True),
        sa.Column("agreed_by", sa.Text(), nullable=True),
        sa.Column(
            "heard_by",
            sa.Enum("phone", "email", "in_person", name="heardby", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_deadline_changes_workspace_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enquiry_id"],
            ["enquiries.workspace_id", "enquiries.id"],
            name=op.f("fk_deadline_changes_workspace_id_enquiry_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_deadline_changes_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_changes")),
    )
    op.create_index("ix_deadline_changes_enquiry", "deadline_changes", ["workspace_id", "enquiry_id"], unique=False)
    op.create_table(
        "referrals",
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "asked",
                "accepted",
                "refused",
                "answered",
                "withdrawn",
                "told",
                name="referralstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("referred_by_id", sa.Integer(), nullable=False),
        sa.Column("referred_at", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column(
            "heard_by",
            sa.Enum("phone", "email", "in_person", name="heardby", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enquiry_id"],
            ["enquiries.workspace_id", "enquiries.id"],
            name=op.f("fk_referrals_workspace_id_enquiry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_referrals_workspace_id_lead_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["organisations.workspace_id", "organisations.id"],
            name=op.f("fk_referrals_workspace_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "recorded_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_referrals_workspace_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "referred_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_referrals_workspace_id_referred_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_referrals_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_referrals_workspace_id_id")),
    )
    op.create_index("ix_referrals_enquiry", "referrals", ["workspace_id", "enquiry_id"], unique=False)
    op.create_index("ix_referrals_lead", "referrals", ["workspace_id", "lead_id"], unique=False)
    op.create_index(
        "uq_referrals_open",
        "referrals",
        ["workspace_id", "enquiry_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('asked', 'accepted')"),
        postgresql_where=sa.text("status IN ('asked', 'accepted')"),
    )
