"""Signing from anywhere: leave, deputies, requests passed on, evidence of what was said, overrides.

The new columns that name people carry no foreign key: SQLite would have to build their tables anew for one. A leave
ends after it begins; its foreign keys carry the workspace.
"""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "leaves",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_at", UtcDateTime(), nullable=False),
        sa.Column("back_at", UtcDateTime(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=True),
        sa.Column("over_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("from_at < back_at", name=op.f("ck_leaves_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_leaves_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "set_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_leaves_workspace_id_set_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_leaves_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    op.create_index("ix_leaves_not_over", "leaves", ["over_at", "from_at"], unique=False)
    op.create_index("ix_leaves_person", "leaves", ["workspace_id", "person_id"], unique=False)
    op.add_column("obligations", sa.Column("for_id", sa.Integer(), nullable=True))
    heard_by = sa.Enum("phone", "email", "in_person", name="heardby", native_enum=False, length=40)
    for column in (
        sa.Column("heard_by", heard_by, nullable=True),
        sa.Column("heard_at", UtcDateTime(), nullable=True),
        sa.Column("evidence_link", sa.Text(), nullable=True),
        sa.Column("disputed_at", UtcDateTime(), nullable=True),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("passed_to_id", sa.Integer(), nullable=True),
        sa.Column("passed_from_id", sa.Integer(), nullable=True),
        sa.Column("overridden_by_id", sa.Integer(), nullable=True),
        sa.Column("override_reason", sa.Text(), nullable=True),
    ):
        op.add_column("signatures", column)
    pass_to = sa.Enum("deputy_or_role", "deputy", "nobody", name="passto", native_enum=False, length=40)
    for column in (
        sa.Column("deputies_sign_for_leads", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("deputies_sign_for_spokespeople", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("pass_to", pass_to, server_default="deputy_or_role", nullable=False),
        sa.Column("spokespeople_can_be_overridden", sa.Boolean(), server_default=sa.true(), nullable=False),
    ):
        op.add_column("settings", column)
