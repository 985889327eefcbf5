"""The papers of meetings, and what the chair ruled of them. Nothing that was there is changed."""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "papers",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("agenda", "paper", "minutes", name="paperkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "to_publish",
                "published",
                "asked",
                "confidential",
                "removed",
                name="paperstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("slack_file_id", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("permalink", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("refused_because", sa.Text(), nullable=True),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_because", sa.Text(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("public_link", sa.Text(), nullable=True),
        sa.Column("removed_because", sa.Text(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "added_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_papers_workspace_id_added_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asked_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_papers_workspace_id_asked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "chair_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_papers_workspace_id_chair_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "meeting_id"],
            ["calendar_dates.workspace_id", "calendar_dates.id"],
            name=op.f("fk_papers_workspace_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_papers_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_papers_workspace_id_id")),
    )
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.create_index("ix_papers_meeting", ["workspace_id", "meeting_id"], unique=False)

    op.create_table(
        "paper_rulings",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("chair_id", sa.Integer(), nullable=False),
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
            ["workspace_id", "chair_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_paper_rulings_workspace_id_chair_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "paper_id"],
            ["papers.workspace_id", "papers.id"],
            name=op.f("fk_paper_rulings_workspace_id_paper_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "recorded_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_paper_rulings_workspace_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_paper_rulings_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_rulings")),
    )
    with op.batch_alter_table("paper_rulings", schema=None) as batch_op:
        batch_op.create_index("ix_paper_rulings_paper", ["workspace_id", "paper_id"], unique=False)
