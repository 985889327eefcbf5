"""How SQLite and PostgreSQL are reached, and what each is told when it is."""

import sqlite3
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import ConnectionPoolEntry

WAIT_SECONDS = 1.0
"""Longest wait for a connection or a lock: Slack gives a press three seconds in all. (libpq waits two seconds at the
least for a server that takes a connection and then says nothing.)"""


TURN_SECONDS = 2.0
"""Longest wait for one's turn to write, and for the database then: while others get theirs, waiting is worth it."""


QUESTIONS_KEPT = 4000
"""How many questions SQLAlchemy keeps put into SQL. The desk asks more than 600 different ones, and its own 500 would
not do: what is put out is found out anew, while others wait for their turn to write."""


PATIENCE_AT_FIRST_SECONDS = 5.0
"""Longest wait of a first start for another one on the same new file."""


class UnknownDatabase(Exception):
    """The address is not that of a database which the desk can use. Says so without showing it: it holds a password."""


def _check_address(url: str) -> None:
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):  # ValueError: a port that is no number
        raise UnknownDatabase("it cannot be read") from None
    if address.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise UnknownDatabase(f"{address.drivername} is not supported")
    if address.drivername == "sqlite" and address.database in {None, "", ":memory:"}:
        raise UnknownDatabase("it names no file")


def engine_at(url: str) -> Engine:
    """`url` is SQLAlchemy's. Raises `UnknownDatabase`."""
    _check_address(url)
    if url.startswith("sqlite"):
        engine = sa.create_engine(
            url,
            pool_size=32,
            max_overflow=64,
            pool_timeout=WAIT_SECONDS,
            query_cache_size=QUESTIONS_KEPT,
            connect_args={"timeout": WAIT_SECONDS},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return sa.create_engine(
        url,
        pool_size=32,
        max_overflow=32,
        pool_timeout=WAIT_SECONDS,
        pool_pre_ping=True,
        query_cache_size=QUESTIONS_KEPT,
        connect_args={
            "connect_timeout": int(WAIT_SECONDS),
            "tcp_user_timeout": int(WAIT_SECONDS * 2000),  # a server that vanished is given up, not waited for
            "options": f"-c lock_timeout={int(TURN_SECONDS * 1000)} -c timezone=UTC",
        },
    )


def _prepare_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we begin ourselves, below
    _log_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _log_ahead(connection: Any) -> None:
    """Readers and the writer do not stand in each other's way. The file keeps it; only its first use may be in doubt.

    SQLite does not wait for others when the mode is changed, whatever its timeout says: two first starts at once.
    """
    until = time.monotonic() + PATIENCE_AT_FIRST_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A plain BEGIN that reads first and writes later fails at once when another has written in between.
    options = connection.get_execution_options()
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout = {int(1000 * options.get('patience', WAIT_SECONDS))}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")
