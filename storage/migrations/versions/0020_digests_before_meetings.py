"""Digests before meetings, and of one's own: so many days before, what was told of which meeting, and removing."""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "digest_meetings",
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("date_id", sa.Integer(), nullable=False),
        sa.Column("meeting_day", sa.Date(), nullable=False),
        sa.Column("edition_day", sa.Date(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "date_id"],
            ["calendar_dates.workspace_id", "calendar_dates.id"],
            name=op.f("fk_digest_meetings_workspace_id_date_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "digest_id"],
            ["digests.workspace_id", "digests.id"],
            name=op.f("fk_digest_meetings_workspace_id_digest_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_digest_meetings_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_meetings")),
        sa.UniqueConstraint(
            "workspace_id",
            "digest_id",
            "date_id",
            "edition_day",
            name=op.f("uq_digest_meetings_workspace_id_digest_id_date_id_edition_day"),
        ),
    )
    op.add_column("digests", sa.Column("days_before", sa.Integer(), nullable=True))
    op.add_column("digests", sa.Column("removed_at", UtcDateTime(), nullable=True))
