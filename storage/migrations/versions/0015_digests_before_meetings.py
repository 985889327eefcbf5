"""Digests before meetings and of one’s own, and the e-bulletin: who is asked for items, and what came in."""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "bulletins",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("deadline", UtcDateTime(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("called_at", UtcDateTime(), nullable=False),
        sa.Column("called_by_id", sa.Integer(), nullable=True),
        sa.Column("called_by_digest_id", sa.Integer(), nullable=True),
        sa.Column("called_for", sa.Date(), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("gathered_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "called_by_digest_id"],
            ["digests.workspace_id", "digests.id"],
            name=op.f("fk_bulletins_workspace_id_called_by_digest_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "called_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_bulletins_workspace_id_called_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_bulletins_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_bulletins_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletins")),
        sa.UniqueConstraint(
            "workspace_id",
            "called_by_digest_id",
            "called_for",
            name=op.f("uq_bulletins_workspace_id_called_by_digest_id_called_for"),
        ),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_bulletins_workspace_id_id")),
    )
    op.create_index("ix_bulletins_deadline", "bulletins", ["workspace_id", "deadline"])

    op.create_table(
        "bulletin_contributors",
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("asked", "gave", "nothing", name="contributorstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "bulletin_id"],
            ["bulletins.workspace_id", "bulletins.id"],
            name=op.f("fk_bulletin_contributors_workspace_id_bulletin_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_bulletin_contributors_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_bulletin_contributors_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_contributors")),
        sa.UniqueConstraint(
            "workspace_id",
            "bulletin_id",
            "person_id",
            name=op.f("uq_bulletin_contributors_workspace_id_bulletin_id_person_id"),
        ),
    )
    op.create_table(
        "bulletin_items",
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("news_until", sa.Date(), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "heard_by",
            sa.Enum("phone", "email", "in_person", name="heardby", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("taken_out_at", UtcDateTime(), nullable=True),
        sa.Column("taken_out_by_id", sa.Integer(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "bulletin_id"],
            ["bulletins.workspace_id", "bulletins.id"],
            name=op.f("fk_bulletin_items_workspace_id_bulletin_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "given_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_bulletin_items_workspace_id_given_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "recorded_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_bulletin_items_workspace_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "taken_out_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_bulletin_items_workspace_id_taken_out_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_bulletin_items_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_items")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_bulletin_items_workspace_id_id")),
    )
    op.create_index("ix_bulletin_items_bulletin", "bulletin_items", ["workspace_id", "bulletin_id"])

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
