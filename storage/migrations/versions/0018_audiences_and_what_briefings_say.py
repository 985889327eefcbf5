"""Audiences, what each draft of a briefing was put together from, and for whom it is."""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "audiences",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_audiences_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audiences")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_audiences_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_audiences_workspace_id_name")),
    )
    op.create_table(
        "audience_channels",
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "audience_id"],
            ["audiences.workspace_id", "audiences.id"],
            name=op.f("fk_audience_channels_workspace_id_audience_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_audience_channels_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_channels")),
        sa.UniqueConstraint(
            "workspace_id",
            "audience_id",
            "channel_id",
            name=op.f("uq_audience_channels_workspace_id_audience_id_channel_id"),
        ),
    )
    op.create_table(
        "audience_people",
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "audience_id"],
            ["audiences.workspace_id", "audiences.id"],
            name=op.f("fk_audience_people_workspace_id_audience_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_audience_people_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_audience_people_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_people")),
        sa.UniqueConstraint(
            "workspace_id",
            "audience_id",
            "person_id",
            name=op.f("uq_audience_people_workspace_id_audience_id_person_id"),
        ),
    )
    op.create_table(
        "briefing_audiences",
        sa.Column("briefing_id", sa.Integer(), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "audience_id"],
            ["audiences.workspace_id", "audiences.id"],
            name=op.f("fk_briefing_audiences_workspace_id_audience_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "briefing_id"],
            ["briefings.workspace_id", "briefings.id"],
            name=op.f("fk_briefing_audiences_workspace_id_briefing_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_briefing_audiences_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_audiences")),
        sa.UniqueConstraint(
            "workspace_id",
            "briefing_id",
            "audience_id",
            name=op.f("uq_briefing_audiences_workspace_id_briefing_id_audience_id"),
        ),
    )
    op.create_table(
        "briefing_contents",
        sa.Column("briefing_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "briefing_id"],
            ["briefings.workspace_id", "briefings.id"],
            name=op.f("fk_briefing_contents_workspace_id_briefing_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "draft_id"],
            ["drafts.workspace_id", "drafts.id"],
            name=op.f("fk_briefing_contents_workspace_id_draft_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_briefing_contents_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_contents")),
        sa.UniqueConstraint("workspace_id", "draft_id", name=op.f("uq_briefing_contents_workspace_id_draft_id")),
    )
    with op.batch_alter_table("briefing_contents", schema=None) as batch_op:
        batch_op.create_index("ix_briefing_contents_briefing", ["workspace_id", "briefing_id"], unique=False)
