"""A record changed behind the desk's back."""

import sqlite3
from pathlib import Path


def change(file: Path, *statements: str) -> None:
    """What somebody with the file in hand can do to it."""
    with sqlite3.connect(file) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
    connection.close()
