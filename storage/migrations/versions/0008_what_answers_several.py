# ruff: noqa: S608 (the statements are put together from names of our own tables)
"""Enquiries that look alike, enquiries that follow others, and a dispatch for each enquiry that a statement answered.

`dispatches` is made anew, since a statement may have several now: one for each enquiry it went out to. What stands in
it stays word for word; whatever had answered several enquiries at once becomes one dispatch for each.

Rules that the database itself keeps, as before: of what went out, one thing alone may change, once (to whom it went
becomes `Erased`), and it is never deleted. Its words are found with the enquiries it was sent to, and no others.
"""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0008"
down_revision = "0007"

_KEPT = (
    *("id", "workspace_id", "statement_id", "enquiry_id", "draft_id", "sent_by", "sent_at"),
    *("recorded_by_id", "recorded_at"),
)
"""Every column of `dispatches` but `sent_to`."""
_MOVED = "workspace_id, statement_id, enquiry_id, draft_id, sent_to, sent_by, sent_at, recorded_by_id, recorded_at"


def upgrade() -> None:
    _make_tables()
    if op.get_bind().dialect.name == "sqlite":
        _dispatches_in_sqlite()
    else:
        _dispatches_in_postgresql()


def _make_tables() -> None:
    because = sa.Enum("journalist", "story", "both", name="because", native_enum=False, length=40)
    op.create_table(
        "look_alikes",
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("because", because, nullable=False),
        sa.Column("noticed_at", UtcDateTime(), nullable=False),
        sa.Column("set_aside_at", UtcDateTime(), nullable=True),
        sa.Column("set_aside_by_id", sa.Integer(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        *_keys("look_alikes", enquiry_id="enquiries", other_id="enquiries", set_aside_by_id="people"),
        sa.UniqueConstraint(
            "workspace_id", "enquiry_id", "other_id", name=op.f("uq_look_alikes_workspace_id_enquiry_id_other_id")
        ),
    )
    op.create_index("ix_look_alikes_other", "look_alikes", ["workspace_id", "other_id"], unique=False)
    op.create_table(
        "follow_ups",
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=False),
        sa.Column("linked_by_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", UtcDateTime(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        *_keys("follow_ups", enquiry_id="enquiries", follows_id="enquiries", linked_by_id="people"),
        sa.UniqueConstraint("workspace_id", "enquiry_id", name=op.f("uq_follow_ups_workspace_id_enquiry_id")),
    )
    op.create_index("ix_follow_ups_follows", "follow_ups", ["workspace_id", "follows_id"], unique=False)


def _keys(table: str, **pointers: str) -> list[sa.Constraint]:
    """The primary key, and pointers that stay in their workspace: the column, and the table it points to."""
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{table}_workspace_id")),
        *(
            sa.ForeignKeyConstraint(
                ["workspace_id", column],
                [f"{target}.workspace_id", f"{target}.id"],
                name=op.f(f"fk_{table}_workspace_id_{column}"),
            )
            for column, target in pointers.items()
        ),
    ]


# -- dispatches


def _dispatches_in_sqlite() -> None:
    for trigger in (
        *("dispatches_no_update", "dispatches_no_delete", "dispatches_indexed"),
        *("statement_enquiries_indexed", "enquiries_indexed", "imported_enquiries_indexed"),
    ):
        op.execute(f"DROP TRIGGER {trigger}")
    sent_by = sa.Enum("email", "phone", "social", "in_person", name="sentby", native_enum=False, length=40)
    op.create_table(
        "dispatches_anew",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("sent_to", sa.Text(), nullable=False),
        sa.Column("sent_by", sent_by, nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        *_keys(
            "dispatches", statement_id="statements", enquiry_id="enquiries", draft_id="drafts", recorded_by_id="people"
        ),
    )
    op.execute(f"INSERT INTO dispatches_anew ({_MOVED}) {_one_for_each()}")
    op.drop_table("dispatches")
    op.rename_table("dispatches_anew", "dispatches")
    _index_by_record()
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in _KEPT)
    op.execute(
        "CREATE TRIGGER dispatches_no_update BEFORE UPDATE ON dispatches "
        f"WHEN NOT ({same} AND NEW.sent_to = 'Erased' AND OLD.sent_to <> 'Erased') "
        "BEGIN SELECT RAISE(ABORT, 'dispatches is kept as it is'); END"
    )
    op.execute(
        "CREATE TRIGGER dispatches_no_delete BEFORE DELETE ON dispatches "
        "BEGIN SELECT RAISE(ABORT, 'dispatches is kept as it is'); END"
    )
    again = f"UPDATE enquiry_words SET sent = {_sent('enquiry_words.rowid', 'NEW.workspace_id', 'group_concat')}"
    new = f"{_asked('NEW')}, {_sent('NEW.id', 'NEW.workspace_id', 'group_concat')}"
    for name, when, what in (
        (
            "enquiries_indexed",
            "AFTER INSERT ON enquiries WHEN NOT EXISTS (SELECT 1 FROM enquiry_words WHERE rowid = NEW.id)",
            f"INSERT INTO enquiry_words (rowid, asked, sent) VALUES (NEW.id, {new})",
        ),
        ("dispatches_indexed", "AFTER INSERT ON dispatches", f"{again} WHERE rowid = NEW.enquiry_id"),
        (
            "imported_enquiries_indexed",
            "AFTER UPDATE OF answer ON imported_enquiries",
            f"{again} WHERE rowid = NEW.enquiry_id",
        ),
    ):
        op.execute(f"CREATE TRIGGER {name} {when} BEGIN {what}; END")


def _dispatches_in_postgresql() -> None:
    for trigger in ("dispatches_is_kept", "dispatches_may_be_erased", "dispatches_indexed"):
        op.execute(f"DROP TRIGGER {trigger} ON dispatches")
    op.execute("DROP TRIGGER statement_enquiries_indexed ON statement_enquiries")
    op.execute("DROP FUNCTION statement_enquiries_indexed()")
    op.drop_constraint(op.f("uq_dispatches_workspace_id_statement_id"), "dispatches")
    op.add_column("dispatches", sa.Column("enquiry_id", sa.Integer(), nullable=True))
    op.execute(f"INSERT INTO dispatches ({_MOVED}) {_one_for_each()}")
    op.execute("DELETE FROM dispatches WHERE enquiry_id IS NULL")
    op.alter_column("dispatches", "enquiry_id", nullable=False)
    op.create_foreign_key(
        op.f("fk_dispatches_workspace_id_enquiry_id"),
        "dispatches",
        "enquiries",
        ["workspace_id", "enquiry_id"],
        ["workspace_id", "id"],
    )
    _index_by_record()
    op.execute(
        "CREATE TRIGGER dispatches_is_kept BEFORE DELETE OR TRUNCATE ON dispatches "
        "FOR EACH STATEMENT EXECUTE FUNCTION dispatches_is_kept()"
    )
    same = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in _KEPT)
    op.execute(
        "CREATE TRIGGER dispatches_may_be_erased BEFORE UPDATE ON dispatches FOR EACH ROW "
        f"WHEN (NOT ({same} AND NEW.sent_to = 'Erased' AND OLD.sent_to <> 'Erased')) "
        "EXECUTE FUNCTION dispatches_is_kept()"
    )
    sent = _sent("e.id", "e.workspace_id", "string_agg")
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION comms_desk_index(which integer) RETURNS void LANGUAGE sql AS $$
            UPDATE enquiry_words SET words = comms_desk_words({_asked("e")}, {sent})
            FROM enquiries AS e WHERE e.id = which AND enquiry_words.enquiry_id = which
        $$
        """
    )
    op.execute(
        "CREATE OR REPLACE FUNCTION dispatches_indexed() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN PERFORM comms_desk_index(NEW.enquiry_id); RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER dispatches_indexed AFTER INSERT ON dispatches "
        "FOR EACH ROW EXECUTE FUNCTION dispatches_indexed()"
    )


def _one_for_each() -> str:
    """What went out of each statement, once for each enquiry that it answered."""
    columns = ", ".join(
        f"{'tied' if column == 'enquiry_id' else 'dispatches'}.{column}" for column in _MOVED.split(", ")
    )
    return (
        f"SELECT {columns} FROM dispatches JOIN statement_enquiries AS tied "
        "ON tied.workspace_id = dispatches.workspace_id AND tied.statement_id = dispatches.statement_id "
        "ORDER BY dispatches.id, tied.id"
    )


def _index_by_record() -> None:
    op.create_index("ix_dispatches_statement", "dispatches", ["workspace_id", "statement_id"], unique=False)
    op.create_index("ix_dispatches_enquiry", "dispatches", ["workspace_id", "enquiry_id"], unique=False)


def _asked(row: str) -> str:
    return f"{row}.question || ' ' || {row}.outlet || ' ' || {row}.journalist"


def _sent(enquiry_id: str, workspace_id: str, joined: str) -> str:
    """All that was sent on an enquiry, as an expression in SQL. `joined` puts several texts together."""

    def of_it(table: str) -> str:
        return f"{table}.workspace_id = {workspace_id} AND {table}.enquiry_id = {enquiry_id}"

    return (
        f"coalesce((SELECT {joined}(drafts.text, ' ') FROM dispatches "
        f"JOIN drafts ON drafts.id = dispatches.draft_id WHERE {of_it('dispatches')}), '') "
        f"|| ' ' || coalesce((SELECT {joined}(answer, ' ') FROM imported_enquiries "
        f"WHERE {of_it('imported_enquiries')}), '')"
    )
