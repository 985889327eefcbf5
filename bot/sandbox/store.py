"""The workspace's memory across restarts: one SQLite file of small JSON records.

Each change is written before anyone is told of it, so a workspace that is killed has not promised what it forgot.
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Store:
    """Records by kind and key. Without a file, nothing is kept (tests)."""

    def __init__(self, file: Path | None) -> None:
        self._database: sqlite3.Connection | None = None
        if file is None:
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        # Opened by whoever builds the sandbox, used by its loop's thread from then on: never by two at once.
        database = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(
            "CREATE TABLE IF NOT EXISTS record (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key))"
        )
        self._database = database

    def put(self, kind: str, key: str, record: dict[str, Any]) -> None:
        """Keeps a record, in place of an earlier one with the same key."""
        if self._database is not None:
            self._database.execute(
                "INSERT INTO record VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
                (kind, key, json.dumps(record)),
            )

    def forget(self, kind: str, key: str) -> None:
        """Drops a record."""
        if self._database is not None:
            self._database.execute("DELETE FROM record WHERE kind = ? AND key = ?", (kind, key))

    def all(self, kind: str) -> Iterator[dict[str, Any]]:
        """Every record of a kind, in the order in which they were first kept."""
        if self._database is not None:
            rows = self._database.execute("SELECT body FROM record WHERE kind = ? ORDER BY rowid", (kind,))
            yield from (json.loads(body) for (body,) in rows)

    def clear(self) -> None:
        """Forgets everything."""
        if self._database is not None:
            self._database.execute("DELETE FROM record")

    def close(self) -> None:
        """Lets go of the file. What comes after is not kept."""
        if self._database is not None:
            self._database.close()
            self._database = None


def erase(file: Path) -> None:
    """Takes a state file away, with what SQLite keeps beside it: the next workspace there begins anew."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
