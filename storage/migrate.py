"""Bringing a database to the newest migration, and comparing it with the models."""

from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage import every_table
from storage.database import Database


def upgrade(database: Database) -> None:
    """Runs whatever migrations are missing. Safe to call again."""
    with database.engine.connect().execution_options(writes=True) as connection:
        command.upgrade(_config(connection), "head")
        connection.commit()


def is_newest(database: Database) -> bool:
    """Whether the database is at the newest migration."""
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config(None)).get_current_head()


def differences(database: Database) -> list[Any]:
    """Where the migrated database differs from the models; empty when they agree."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, every_table()))


def _config(connection: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config
