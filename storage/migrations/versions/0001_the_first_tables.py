"""The first tables.

Rules that the database itself keeps: what is on the audit record, a draft, and what went out are never changed or
deleted (triggers below); an enquiry is closed exactly when it has an outcome; no row points into another workspace
(foreign keys carry the workspace); nothing is taken in, numbered or posted twice (unique keys).
"""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "workspaces",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("enterprise_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
        sa.UniqueConstraint("team_id", name=op.f("uq_workspaces_team_id")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_audit_entries_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_audit_entries_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "position", name=op.f("uq_audit_entries_workspace_id_position")),
        sa.UniqueConstraint("workspace_id", "previous_hash", name=op.f("uq_audit_entries_workspace_id_previous_hash")),
    )
    op.create_index(
        "ix_audit_entries_subject", "audit_entries", ["workspace_id", "subject_kind", "subject_id"], unique=False
    )

    op.create_table(
        "audit_heads",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_audit_heads_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_heads")),
        sa.UniqueConstraint("workspace_id", name=op.f("uq_audit_heads_workspace_id")),
    )
    op.create_table(
        "last_numbers",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_last_numbers_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_numbers")),
        sa.UniqueConstraint("workspace_id", "series", name=op.f("uq_last_numbers_workspace_id_series")),
    )
    op.create_table(
        "organisations",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_organisations_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_organisations_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_organisations_workspace_id_name")),
    )
    op.create_table(
        "signoffs",
        sa.Column(
            "subject_kind",
            sa.Enum(
                "enquiry",
                "statement",
                "signature",
                "obligation",
                "person",
                "topic",
                "organisation",
                "settings",
                name="subjectkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("current_draft", sa.Integer(), nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_signoffs_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signoffs")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_signoffs_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id", "subject_kind", "subject_id", name=op.f("uq_signoffs_workspace_id_subject_kind_subject_id")
        ),
    )
    op.create_table(
        "taken_in",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_taken_in_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_in")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_taken_in_workspace_id_key")),
    )
    op.create_table(
        "audit_personal",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "entry_id"],
            ["audit_entries.workspace_id", "audit_entries.id"],
            name=op.f("fk_audit_personal_workspace_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_audit_personal_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_personal")),
    )
    op.create_table(
        "people",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("slack_user_id", sa.Text(), nullable=True),
        sa.Column("slack_team_id", sa.Text(), nullable=True),
        sa.Column("dm_channel_id", sa.Text(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("is_workspace_owner", sa.Boolean(), nullable=False),
        sa.Column("is_guest", sa.Boolean(), nullable=False),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.Column("profile_read_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "deputy_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_people_workspace_id_deputy_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["organisations.workspace_id", "organisations.id"],
            name=op.f("fk_people_workspace_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_people_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_people_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "slack_user_id", name=op.f("uq_people_workspace_id_slack_user_id")),
    )
    op.create_table(
        "drafts",
        sa.Column("signoff_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_drafts_workspace_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "signoff_id"],
            ["signoffs.workspace_id", "signoffs.id"],
            name=op.f("fk_drafts_workspace_id_signoff_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_drafts_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_drafts_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id", "signoff_id", "number", name=op.f("uq_drafts_workspace_id_signoff_id_number")
        ),
    )
    op.create_table(
        "obligations",
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column(
            "duty",
            sa.Enum("own", "answer", "awaiting_email", "sign", "issue", name="duty", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "subject_kind",
            sa.Enum(
                "enquiry",
                "statement",
                "signature",
                "obligation",
                "person",
                "topic",
                "organisation",
                "settings",
                name="subjectkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("next_reminder_at", UtcDateTime(), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("last_told_at", UtcDateTime(), nullable=True),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_obligations_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_obligations_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligations")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_obligations_workspace_id_id")),
    )
    op.create_index("ix_obligations_due", "obligations", ["next_reminder_at"], unique=False)
    op.create_index("ix_obligations_owner", "obligations", ["workspace_id", "owner_id"], unique=False)
    op.create_index(
        "ix_obligations_subject", "obligations", ["workspace_id", "subject_kind", "subject_id"], unique=False
    )

    op.create_table(
        "settings",
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("nation", sa.Text(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("press_channel_id", sa.Text(), nullable=True),
        sa.Column("duty_officer_id", sa.Integer(), nullable=True),
        sa.Column("asked_for_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "duty_officer_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_settings_workspace_id_duty_officer_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_settings_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings")),
        sa.UniqueConstraint("workspace_id", name=op.f("uq_settings_workspace_id")),
    )
    op.create_table(
        "signatories",
        sa.Column("signoff_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum("topic_lead", "spokesperson", "executive", "added", name="capacity", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("must_sign", sa.Boolean(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_signatories_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "signoff_id"],
            ["signoffs.workspace_id", "signoffs.id"],
            name=op.f("fk_signatories_workspace_id_signoff_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_signatories_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatories")),
        sa.UniqueConstraint(
            "workspace_id", "signoff_id", "person_id", name=op.f("uq_signatories_workspace_id_signoff_id_person_id")
        ),
    )
    op.create_table(
        "statements",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("statement", "background", name="statementkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum("draft", "in_signoff", "issued", "withdrawn", name="statementstatus", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("spokesperson_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_statements_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "spokesperson_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_statements_workspace_id_spokesperson_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_statements_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_statements_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_statements_workspace_id_number")),
    )
    op.create_table(
        "topics",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_topics_workspace_id_lead_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_topics_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_topics_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_topics_workspace_id_name")),
    )
    op.create_table(
        "dispatches",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("sent_to", sa.Text(), nullable=False),
        sa.Column(
            "sent_by",
            sa.Enum("email", "phone", "social", "in_person", name="sentby", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "draft_id"],
            ["drafts.workspace_id", "drafts.id"],
            name=op.f("fk_dispatches_workspace_id_draft_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "recorded_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_dispatches_workspace_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "statement_id"],
            ["statements.workspace_id", "statements.id"],
            name=op.f("fk_dispatches_workspace_id_statement_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_dispatches_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatches")),
        sa.UniqueConstraint("workspace_id", "statement_id", name=op.f("uq_dispatches_workspace_id_statement_id")),
    )
    op.create_table(
        "enquiries",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("awaiting_email", "open", "closed", name="enquirystatus", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("journalist", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column(
            "came_by",
            sa.Enum("email", "phone", "social", "in_person", name="cameby", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("out_of_hours", sa.Boolean(), nullable=False),
        sa.Column("deadline", UtcDateTime(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("logged_by_id", sa.Integer(), nullable=False),
        sa.Column("logged_at", UtcDateTime(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "answered_with_statement",
                "answered_with_background",
                "interview_given",
                "declined",
                "withdrawn",
                "referred",
                "became_foi",
                name="outcome",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("outcome_detail", sa.Text(), nullable=True),
        sa.Column("referred_to_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("reopened_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'closed') = (outcome IS NOT NULL)", name=op.f("ck_enquiries_closed_with_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "logged_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_enquiries_workspace_id_logged_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["organisations.workspace_id", "organisations.id"],
            name=op.f("fk_enquiries_workspace_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_enquiries_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "referred_to_id"],
            ["organisations.workspace_id", "organisations.id"],
            name=op.f("fk_enquiries_workspace_id_referred_to_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "topic_id"],
            ["topics.workspace_id", "topics.id"],
            name=op.f("fk_enquiries_workspace_id_topic_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_enquiries_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiries")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_enquiries_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_enquiries_workspace_id_number")),
    )
    op.create_table(
        "signatures",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum("topic_lead", "spokesperson", "executive", "added", name="capacity", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("must_sign", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked", "approved", "changes_asked", "voided", name="signaturestate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("suggested_text", sa.Text(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "draft_id"],
            ["drafts.workspace_id", "drafts.id"],
            name=op.f("fk_signatures_workspace_id_draft_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_signatures_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "recorded_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_signatures_workspace_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_signatures_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
        sa.UniqueConstraint(
            "workspace_id", "draft_id", "person_id", name=op.f("uq_signatures_workspace_id_draft_id_person_id")
        ),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_signatures_workspace_id_id")),
    )
    op.create_table(
        "silences",
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen_rung", sa.Integer(), nullable=True),
        sa.Column("snoozed_until", UtcDateTime(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "obligation_id"],
            ["obligations.workspace_id", "obligations.id"],
            name=op.f("fk_silences_workspace_id_obligation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_silences_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_silences_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silences")),
        sa.UniqueConstraint(
            "workspace_id", "obligation_id", "person_id", name=op.f("uq_silences_workspace_id_obligation_id_person_id")
        ),
    )
    op.create_table(
        "notes",
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("call", "conversation", "note", name="notekind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_notes_workspace_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enquiry_id"],
            ["enquiries.workspace_id", "enquiries.id"],
            name=op.f("fk_notes_workspace_id_enquiry_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_notes_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index("ix_notes_enquiry", "notes", ["workspace_id", "enquiry_id"], unique=False)

    op.create_table(
        "postings",
        sa.Column(
            "kind",
            sa.Enum(
                "enquiry_card",
                "statement_card",
                "sign_request",
                "ready_to_issue",
                "history",
                "reminder",
                "notice",
                "home",
                "profile",
                name="postingkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "urgency",
            sa.Enum("1_waited_for", "2_by_the_way", name="urgency", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "subject_kind",
            sa.Enum(
                "enquiry",
                "statement",
                "signature",
                "obligation",
                "person",
                "topic",
                "organisation",
                "settings",
                name="subjectkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=True),
        sa.Column("channel_id", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("thread_of_id", sa.Integer(), nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("posted_in", sa.Text(), nullable=True),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.Column("redraw_at", UtcDateTime(), nullable=True),
        sa.Column("wanted_by_id", sa.Integer(), nullable=True),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("attempting", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_tried_real", UtcDateTime(), nullable=True),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("claimed_until_real", UtcDateTime(), nullable=True),
        sa.Column("retry_at_real", UtcDateTime(), nullable=True),
        sa.Column("failed_because", sa.Text(), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(channel_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_postings_one_place")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_postings_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "signature_id"],
            ["signatures.workspace_id", "signatures.id"],
            name=op.f("fk_postings_workspace_id_signature_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "thread_of_id"],
            ["postings.workspace_id", "postings.id"],
            name=op.f("fk_postings_workspace_id_thread_of_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "wanted_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_postings_workspace_id_wanted_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_postings_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sa.UniqueConstraint("token", name=op.f("uq_postings_token")),
        sa.UniqueConstraint("workspace_id", "dedupe_key", name=op.f("uq_postings_workspace_id_dedupe_key")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_postings_workspace_id_id")),
    )
    op.create_index("ix_postings_channel", "postings", ["channel_id", "id"], unique=False)
    op.create_index("ix_postings_kind", "postings", ["workspace_id", "kind", "id"], unique=False)
    op.create_index("ix_postings_person", "postings", ["person_id", "kind"], unique=False)
    op.create_index("ix_postings_redraw", "postings", ["redraw_at"], unique=False)
    op.create_index("ix_postings_subject", "postings", ["workspace_id", "subject_kind", "subject_id"], unique=False)
    op.create_index("ix_postings_thread", "postings", ["thread_of_id"], unique=False)
    op.create_index(
        "ix_postings_unsent",
        "postings",
        ["urgency", "id"],
        unique=False,
        sqlite_where=sa.text("sent < wanted"),
        postgresql_where=sa.text("sent < wanted"),
    )

    op.create_table(
        "statement_enquiries",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enquiry_id"],
            ["enquiries.workspace_id", "enquiries.id"],
            name=op.f("fk_statement_enquiries_workspace_id_enquiry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "statement_id"],
            ["statements.workspace_id", "statements.id"],
            name=op.f("fk_statement_enquiries_workspace_id_statement_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_statement_enquiries_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_enquiries")),
        sa.UniqueConstraint(
            "workspace_id",
            "statement_id",
            "enquiry_id",
            name=op.f("uq_statement_enquiries_workspace_id_statement_id_enquiry_id"),
        ),
    )
    op.create_index(
        "ix_statement_enquiries_enquiry", "statement_enquiries", ["workspace_id", "enquiry_id"], unique=False
    )
    for table in FOR_GOOD:
        _refuse_changes(table)


FOR_GOOD = ("audit_entries", "drafts", "dispatches")


def _refuse_changes(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is kept as it is'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{table} is kept as it is'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_kept()"
    )
