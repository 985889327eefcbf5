"""Bringing a database to the newest migration, and comparing it with the models."""

from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage import every_table, finds
from storage.database import Database, answering

WAIT_FOR_OTHERS_SECONDS = 60.0
"""How long a start waits while another process migrates: nobody has pressed anything yet."""


class NewerDatabase(Exception):
    """The database was migrated by a newer Comms Desk than this one."""


def upgrade(database: Database) -> None:
    """Runs whatever migrations are missing, all or none. Safe to call again, and from several processes at once.

    Raises `DatabaseUnavailable` when the database cannot be reached, `NewerDatabase` when this program is too old.
    """
    options: dict[str, Any] = {"writes": True, "patience": WAIT_FOR_OTHERS_SECONDS}
    with answering(), database.engine.connect().execution_options(**options) as connection:
        if database.engine.dialect.name == "postgresql":  # SQLite has one writer anyway
            connection.execute(sa.text("SET LOCAL lock_timeout = 0"))
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('comms-desk migrations'))"))
        current = _version(connection)
        if _is_newer(current):
            raise NewerDatabase(f"The database is at version {current}, which this Comms Desk does not know yet.")
        command.upgrade(_config(connection), "head")
        connection.commit()


def is_newest(database: Database) -> bool:
    """Whether the database is at the newest migration."""
    with answering(), database.engine.connect() as connection:
        current = _version(connection)
    return current == ScriptDirectory.from_config(_config(None)).get_current_head()


def is_newer(database: Database) -> bool:
    """Whether the database was migrated by a newer Comms Desk than this one."""
    with answering(), database.engine.connect() as connection:
        return _is_newer(_version(connection))


def _version(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_newer(version: str | None) -> bool:
    known = {script.revision for script in ScriptDirectory.from_config(_config(None)).walk_revisions()}
    return version is not None and version not in known


def differences(database: Database) -> list[Any]:
    """Where the migrated database differs from the models; empty when they agree."""
    with database.engine.connect() as connection:
        options = {"compare_type": True, "include_name": _is_described}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, every_table()))


def _is_described(name: str | None, type_: str, _parents: Any) -> bool:
    return not (type_ == "table" and name is not None and finds.is_part_of_index(name))


def _config(connection: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config
