"""Committee reports: covers, checklists, and what was submitted. Nothing that was there is changed."""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "submitted", "dropped", name="reportstatus", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("management_lead", sa.Text(), nullable=True),
        sa.Column("committee", sa.Text(), nullable=True),
        sa.Column("meeting_at", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("administrator_id", sa.Integer(), nullable=True),
        sa.Column(
            "is_for", sa.Enum("decision", "assurance", name="reportfor", native_enum=False, length=40), nullable=True
        ),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("key_points", sa.Text(), nullable=True),
        sa.Column("recommendation", sa.Text(), nullable=True),
        sa.Column("assurance", sa.Text(), nullable=True),
        sa.Column("background", sa.Text(), nullable=True),
        sa.Column("clinical_view", sa.Text(), nullable=True),
        sa.Column("public_view", sa.Text(), nullable=True),
        sa.Column("key_risks", sa.Text(), nullable=True),
        sa.Column("implications", sa.Text(), nullable=True),
        sa.Column("attachments", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("dropped_because", sa.Text(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "administrator_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_reports_workspace_id_administrator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_reports_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_reports_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_reports_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_reports_workspace_id_number")),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index("ix_reports_due", ["workspace_id", "status", "due_at"], unique=False)
        batch_op.create_index("ix_reports_owner", ["workspace_id", "owner_id"], unique=False)

    op.create_table(
        "report_rows",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "clinical",
                "public",
                "finance",
                "quality",
                "equality",
                "information_governance",
                "legal",
                "other",
                "data",
                "signed_off",
                name="rowkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("assigned_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("blank", "done", "not_applicable", name="rowstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("not_theirs", sa.Text(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assigned_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_report_rows_workspace_id_assigned_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "report_id"],
            ["reports.workspace_id", "reports.id"],
            name=op.f("fk_report_rows_workspace_id_report_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_report_rows_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_rows")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_report_rows_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id", "report_id", "kind", name=op.f("uq_report_rows_workspace_id_report_id_kind")
        ),
    )
    with op.batch_alter_table("report_rows", schema=None) as batch_op:
        batch_op.create_index("ix_report_rows_assigned", ["workspace_id", "assigned_id"], unique=False)

    op.create_table(
        "report_versions",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_to_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("taken_back_at", UtcDateTime(), nullable=True),
        sa.Column("taken_back_because", sa.Text(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "report_id"],
            ["reports.workspace_id", "reports.id"],
            name=op.f("fk_report_versions_workspace_id_report_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "sent_to_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_report_versions_workspace_id_sent_to_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "submitted_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_report_versions_workspace_id_submitted_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_report_versions_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_versions")),
        sa.UniqueConstraint(
            "workspace_id", "report_id", "number", name=op.f("uq_report_versions_workspace_id_report_id_number")
        ),
    )
    op.create_table(
        "report_entries",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("blank", "done", "not_applicable", name="rowstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("with_whom", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
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
            name=op.f("fk_report_entries_workspace_id_given_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "recorded_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_report_entries_workspace_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "row_id"],
            ["report_rows.workspace_id", "report_rows.id"],
            name=op.f("fk_report_entries_workspace_id_row_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_report_entries_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_entries")),
        sa.UniqueConstraint(
            "workspace_id", "row_id", "number", name=op.f("uq_report_entries_workspace_id_row_id_number")
        ),
    )
