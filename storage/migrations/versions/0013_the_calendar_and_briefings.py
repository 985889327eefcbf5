"""The board's calendar, and the key-message briefings after its meetings. Nothing that was there is changed."""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "calendar_series",
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("lasts_days", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "board_meeting", "group_meeting", "milestone", "campaign", name="datekind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("planned_until", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "added_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_calendar_series_workspace_id_added_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_calendar_series_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_series")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_calendar_series_workspace_id_id")),
    )
    op.create_table(
        "calendar_dates",
        sa.Column(
            "kind",
            sa.Enum(
                "board_meeting", "group_meeting", "milestone", "campaign", name="datekind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("series_day", sa.Date(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("called_off_at", UtcDateTime(), nullable=True),
        sa.Column("called_off_because", sa.Text(), nullable=True),
        sa.Column("asked_for_briefing_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "added_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_calendar_dates_workspace_id_added_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "series_id"],
            ["calendar_series.workspace_id", "calendar_series.id"],
            name=op.f("fk_calendar_dates_workspace_id_series_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_calendar_dates_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_dates")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_calendar_dates_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id",
            "series_id",
            "series_day",
            name=op.f("uq_calendar_dates_workspace_id_series_id_series_day"),
        ),
    )
    with op.batch_alter_table("calendar_dates", schema=None) as batch_op:
        batch_op.create_index("ix_calendar_dates_starts", ["workspace_id", "starts_at"], unique=False)

    op.create_table(
        "briefings",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("draft", "in_signoff", "posted", "withdrawn", name="briefingstatus", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("lines_to_take", sa.Text(), nullable=True),
        sa.Column("post_at", UtcDateTime(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("hour_passed", sa.Boolean(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "chair_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_briefings_workspace_id_chair_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "meeting_id"],
            ["calendar_dates.workspace_id", "calendar_dates.id"],
            name=op.f("fk_briefings_workspace_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_briefings_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "replaces_id"],
            ["briefings.workspace_id", "briefings.id"],
            name=op.f("fk_briefings_workspace_id_replaces_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_briefings_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefings")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_briefings_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_briefings_workspace_id_number")),
    )
    with op.batch_alter_table("briefings", schema=None) as batch_op:
        batch_op.create_index("ix_briefings_meeting", ["workspace_id", "meeting_id"], unique=False)
        batch_op.create_index("ix_briefings_status", ["workspace_id", "status"], unique=False)
