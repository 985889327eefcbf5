# ruff: noqa: S608 (the statements are put together from names of our own tables)
"""Finding by words, quick lists, and what is brought along from before Comms Desk.

`enquiry_words` is the index of words (storage/finds.py): FTS5 in SQLite, a table of `tsvector`s in PostgreSQL. Triggers
keep it in the transaction of what it indexes. It folds accents by itself, since PostgreSQL's unaccent may not be there,
and takes punctuation for spaces, so that both databases see the same words.
"""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("enquiries", sa.Integer(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "by_id"], ["people.workspace_id", "people.id"], name=op.f("fk_imports_workspace_id_by_id")
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_imports_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_imports_workspace_id_id")),
    )
    op.create_table(
        "import_rows",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
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
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "import_id"],
            ["imports.workspace_id", "imports.id"],
            name=op.f("fk_import_rows_workspace_id_import_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["organisations.workspace_id", "organisations.id"],
            name=op.f("fk_import_rows_workspace_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_import_rows_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "topic_id"],
            ["topics.workspace_id", "topics.id"],
            name=op.f("fk_import_rows_workspace_id_topic_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_import_rows_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_rows")),
        sa.UniqueConstraint(
            "workspace_id", "import_id", "position", name=op.f("uq_import_rows_workspace_id_import_id_position")
        ),
    )
    op.create_table(
        "imported_enquiries",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "import_id"],
            ["imports.workspace_id", "imports.id"],
            name=op.f("fk_imported_enquiries_workspace_id_import_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_imported_enquiries_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_enquiries")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_imported_enquiries_workspace_id_key")),
    )
    op.create_index("ix_imported_enquiries_enquiry", "imported_enquiries", ["workspace_id", "enquiry_id"], unique=False)
    op.create_index("ix_imported_enquiries_import", "imported_enquiries", ["workspace_id", "import_id"], unique=False)
    op.create_index("ix_enquiries_owner", "enquiries", ["workspace_id", "owner_id", "status"], unique=False)
    op.create_index("ix_enquiries_pressing", "enquiries", ["workspace_id", "status", "deadline"], unique=False)
    op.create_index("ix_enquiries_received", "enquiries", ["workspace_id", "received_at"], unique=False)
    op.create_index("ix_signatures_state", "signatures", ["workspace_id", "state", "must_sign"], unique=False)
    op.create_index("ix_statements_status", "statements", ["workspace_id", "status"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        _index_in_sqlite()
    else:
        _index_in_postgresql()


def _asked(row: str) -> str:
    return f"{row}.question || ' ' || {row}.outlet || ' ' || {row}.journalist"


def _sent(enquiry_id: str, workspace_id: str, joined: str) -> str:
    """All that was sent on an enquiry, as an expression in SQL. `joined` puts several texts together.

    The workspace is named because the indexes begin with it.
    """

    def of_it(table: str) -> str:
        return f"{table}.workspace_id = {workspace_id} AND {table}.enquiry_id = {enquiry_id}"

    return (
        f"coalesce((SELECT {joined}(drafts.text, ' ') FROM statement_enquiries "
        "JOIN dispatches ON dispatches.workspace_id = statement_enquiries.workspace_id "
        "AND dispatches.statement_id = statement_enquiries.statement_id "
        f"JOIN drafts ON drafts.id = dispatches.draft_id WHERE {of_it('statement_enquiries')}), '') "
        f"|| ' ' || coalesce((SELECT {joined}(answer, ' ') FROM imported_enquiries "
        f"WHERE {of_it('imported_enquiries')}), '')"
    )


_OF_NEW = "workspace_id = NEW.workspace_id AND statement_id = NEW.statement_id"
_WENT_OUT = f"EXISTS (SELECT 1 FROM dispatches WHERE {_OF_NEW})"
_OF_STATEMENT = f"SELECT enquiry_id FROM statement_enquiries WHERE {_OF_NEW}"


def _index_in_sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE enquiry_words USING fts5(asked, sent, tokenize='porter unicode61 remove_diacritics 2')"
    )

    again = f"UPDATE enquiry_words SET sent = {_sent('enquiry_words.rowid', 'NEW.workspace_id', 'group_concat')} WHERE"
    new = f"{_asked('NEW')}, {_sent('NEW.id', 'NEW.workspace_id', 'group_concat')}"
    for name, when, what in (
        (
            "enquiries_indexed",
            "AFTER INSERT ON enquiries WHEN NOT EXISTS (SELECT 1 FROM enquiry_words WHERE rowid = NEW.id)",
            f"INSERT INTO enquiry_words (rowid, asked, sent) VALUES (NEW.id, {new})",
        ),
        (
            "enquiries_indexed_again",
            "AFTER UPDATE OF question, outlet, journalist ON enquiries",
            f"UPDATE enquiry_words SET asked = {_asked('NEW')} WHERE rowid = NEW.id",
        ),
        ("enquiries_not_indexed", "AFTER DELETE ON enquiries", "DELETE FROM enquiry_words WHERE rowid = OLD.id"),
        ("dispatches_indexed", "AFTER INSERT ON dispatches", f"{again} rowid IN ({_OF_STATEMENT})"),
        (
            "statement_enquiries_indexed",
            f"AFTER INSERT ON statement_enquiries WHEN {_WENT_OUT}",
            f"{again} rowid = NEW.enquiry_id",
        ),
        (
            "imported_enquiries_indexed",
            "AFTER UPDATE OF answer ON imported_enquiries",
            f"{again} rowid = NEW.enquiry_id",
        ),
    ):
        op.execute(f"CREATE TRIGGER {name} {when} BEGIN {what}; END")
    op.execute(
        "INSERT INTO enquiry_words (rowid, asked, sent) "
        f"SELECT id, {_asked('enquiries')}, "
        f"{_sent('enquiries.id', 'enquiries.workspace_id', 'group_concat')} FROM enquiries"
    )


def _index_in_postgresql() -> None:
    op.execute("CREATE TABLE enquiry_words (enquiry_id integer PRIMARY KEY, words tsvector NOT NULL)")
    op.execute("CREATE INDEX enquiry_words_words ON enquiry_words USING gin (words)")
    op.execute(
        r"""
        CREATE FUNCTION comms_desk_words(asked text, sent text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
            SELECT to_tsvector('english', folded) || to_tsvector('simple', folded)
            FROM (SELECT regexp_replace(
                regexp_replace(normalize(asked || ' ' || sent, NFKD), U&'[\0300-\036F]', '', 'g'),
                U&'[!-/:-@\005B-`{-~\00A0-\00BF\2010-\206F]+', ' ', 'g'
            ) AS folded) AS plain
        $$
        """
    )
    sent = _sent("e.id", "e.workspace_id", "string_agg")
    new = f"INSERT INTO enquiry_words VALUES (NEW.id, comms_desk_words({_asked('NEW')}, ''))"
    op.execute(
        f"""
        CREATE FUNCTION comms_desk_index(which integer) RETURNS void LANGUAGE sql AS $$
            UPDATE enquiry_words SET words = comms_desk_words({_asked("e")}, {sent})
            FROM enquiries AS e WHERE e.id = which AND enquiry_words.enquiry_id = which
        $$
        """
    )
    for name, when, what in (
        (
            "enquiries_indexed",
            "AFTER INSERT ON enquiries",
            f"IF NOT EXISTS (SELECT 1 FROM enquiry_words WHERE enquiry_id = NEW.id) THEN {new}; END IF",
        ),
        (
            "enquiries_indexed_again",
            "AFTER UPDATE OF question, outlet, journalist ON enquiries",
            "PERFORM comms_desk_index(NEW.id)",
        ),
        ("enquiries_not_indexed", "AFTER DELETE ON enquiries", "DELETE FROM enquiry_words WHERE enquiry_id = OLD.id"),
        (
            "dispatches_indexed",
            "AFTER INSERT ON dispatches",
            f"PERFORM comms_desk_index(tied.enquiry_id) FROM ({_OF_STATEMENT}) AS tied",
        ),
        (
            "statement_enquiries_indexed",
            "AFTER INSERT ON statement_enquiries",
            f"IF {_WENT_OUT} THEN PERFORM comms_desk_index(NEW.enquiry_id); END IF",
        ),
        (
            "imported_enquiries_indexed",
            "AFTER UPDATE OF answer ON imported_enquiries",
            "PERFORM comms_desk_index(NEW.enquiry_id)",
        ),
    ):
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {what}; RETURN NULL; END $$")
        op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()")
    op.execute(f"INSERT INTO enquiry_words SELECT e.id, comms_desk_words({_asked('e')}, {sent}) FROM enquiries AS e")
