"""What is set per workspace, and the erasure of journalists' names when their time is over.

Rules that the database itself keeps: of what went out, one thing alone may change, once: to whom it went becomes
`Erased`. Nothing else of it changes, and it is never deleted.

On SQLite every column is added without making its table anew, which would drop the triggers.
"""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0004"
down_revision = "0003"

_KEPT = ("id", "workspace_id", "statement_id", "draft_id", "sent_by", "sent_at", "recorded_by_id", "recorded_at")
"""Every column of `dispatches` but `sent_to`."""


def upgrade() -> None:
    op.create_table(
        "topic_signatories",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_topic_signatories_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "topic_id"],
            ["topics.workspace_id", "topics.id"],
            name=op.f("fk_topic_signatories_workspace_id_topic_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_topic_signatories_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_signatories")),
        sa.UniqueConstraint(
            "workspace_id", "topic_id", "person_id", name=op.f("uq_topic_signatories_workspace_id_topic_id_person_id")
        ),
    )
    op.add_column("enquiries", sa.Column("erased_at", UtcDateTime(), nullable=True))
    executives = sa.Enum("copied", "must_sign", name="executivesrule", native_enum=False, length=40)
    background = sa.Enum("same", "lead", name="backgroundrule", native_enum=False, length=40)
    for column in (
        sa.Column("weekdays", sa.JSON(), server_default="[0, 1, 2, 3, 4]", nullable=False),
        sa.Column("other_hours", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("closed_on", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("ladders", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("executives", executives, server_default="copied", nullable=False),
        sa.Column("background", background, server_default="same", nullable=False),
        sa.Column("keep_months", sa.Integer(), server_default="24", nullable=False),
        sa.Column("looked_for_expired_at", UtcDateTime(), nullable=True),
        sa.Column("own_domains", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("known_abbreviations", sa.JSON(), server_default="[]", nullable=False),
    ):
        op.add_column("settings", column)
    _let_dispatches_be_erased()


def _let_dispatches_be_erased() -> None:
    if op.get_bind().dialect.name == "sqlite":
        same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in _KEPT)
        op.execute("DROP TRIGGER dispatches_no_update")
        op.execute(
            "CREATE TRIGGER dispatches_no_update BEFORE UPDATE ON dispatches "
            f"WHEN NOT ({same} AND NEW.sent_to = 'Erased' AND OLD.sent_to <> 'Erased') "
            "BEGIN SELECT RAISE(ABORT, 'dispatches is kept as it is'); END"
        )
        return
    same = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in _KEPT)
    op.execute("DROP TRIGGER dispatches_is_kept ON dispatches")
    op.execute(
        "CREATE TRIGGER dispatches_is_kept BEFORE DELETE OR TRUNCATE ON dispatches "
        "FOR EACH STATEMENT EXECUTE FUNCTION dispatches_is_kept()"
    )
    op.execute(
        "CREATE TRIGGER dispatches_may_be_erased BEFORE UPDATE ON dispatches FOR EACH ROW "
        f"WHEN (NOT ({same} AND NEW.sent_to = 'Erased' AND OLD.sent_to <> 'Erased')) "
        "EXECUTE FUNCTION dispatches_is_kept()"
    )
