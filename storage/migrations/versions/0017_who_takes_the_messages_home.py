"""Who takes key messages home, and what they said of it. Nothing that was there is changed."""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "cascades",
        sa.Column("briefing_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked", "passed_on", "cannot", "no_longer_asked", name="cascadestate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("instead_of_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column(
            "ended_because",
            sa.Enum("replaced", "role_lost", "left", name="notasked", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "briefing_id"],
            ["briefings.workspace_id", "briefings.id"],
            name=op.f("fk_cascades_workspace_id_briefing_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "instead_of_id"],
            ["cascades.workspace_id", "cascades.id"],
            name=op.f("fk_cascades_workspace_id_instead_of_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["organisations.workspace_id", "organisations.id"],
            name=op.f("fk_cascades_workspace_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_cascades_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_cascades_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cascades")),
        sa.UniqueConstraint(
            "workspace_id", "briefing_id", "person_id", name=op.f("uq_cascades_workspace_id_briefing_id_person_id")
        ),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_cascades_workspace_id_id")),
    )
    with op.batch_alter_table("cascades", schema=None) as batch_op:
        batch_op.create_index("ix_cascades_person", ["workspace_id", "person_id", "state"], unique=False)
        batch_op.create_index("ix_cascades_state", ["workspace_id", "state"], unique=False)

    op.create_table(
        "cascade_replies",
        sa.Column("cascade_id", sa.Integer(), nullable=False),
        sa.Column(
            "said",
            sa.Enum(
                "asked", "passed_on", "cannot", "no_longer_asked", name="cascadestate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("to_whom", sa.Text(), nullable=True),
        sa.Column(
            "passed_by",
            sa.Enum(
                "meeting", "email", "bulletin", "conversation", "other", name="passedby", native_enum=False, length=40
            ),
            nullable=True,
        ),
        sa.Column("passed_at", UtcDateTime(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=True),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("instead_id", sa.Integer(), nullable=True),
        sa.Column("instead_words", sa.Text(), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "heard_by",
            sa.Enum("phone", "email", "in_person", name="heardby", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "cascade_id"],
            ["cascades.workspace_id", "cascades.id"],
            name=op.f("fk_cascade_replies_workspace_id_cascade_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "given_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_cascade_replies_workspace_id_given_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "instead_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_cascade_replies_workspace_id_instead_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "recorded_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_cascade_replies_workspace_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_cascade_replies_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cascade_replies")),
    )
    with op.batch_alter_table("cascade_replies", schema=None) as batch_op:
        batch_op.create_index("ix_cascade_replies_cascade", ["workspace_id", "cascade_id"], unique=False)
