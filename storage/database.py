"""The engine, the two doors through which everything else reaches the database, and the types all tables share."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from storage import engines
from storage.engines import TURN_SECONDS, WAIT_SECONDS
from storage.turns import Turns


class DatabaseUnavailable(Exception):
    """The database did not answer, or was busy for longer than `TURN_SECONDS`. Nothing was saved."""


class WrongWorkspace(Exception):
    """Something was about to reach past the door it came in by: into another workspace, or unscoped into all."""


class ReadOnly(Exception):
    """Something was about to be written in a transaction that only reads. It would have been lost without a word."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware instant, kept as UTC. SQLite drops offsets silently, so a naive value is refused on the way in."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(sa.DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime cannot be stored: {value!r}")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def without_controls(text: str) -> str:
    """The text without control characters (but line ends and tabs): nobody sees them, and PostgreSQL takes no NUL."""
    return _CONTROLS.sub("", text)


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def by_value(kind: type[StrEnum]) -> sa.Enum:
    """A column type that stores an enum by its value, so that renaming a Python name changes no row."""
    return sa.Enum(
        kind,
        native_enum=False,
        length=40,
        create_constraint=False,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(orm.DeclarativeBase):
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        str: sa.Text,
        dict[str, Any]: sa.JSON,
    }

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)


class InWorkspace:
    """What every table but `workspaces` mixes in: by it, queries through `transaction()` are narrowed to one."""

    workspace_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("workspaces.id"))


def within_workspace(*columns: str, table: str, target: str = "id") -> sa.ForeignKeyConstraint:
    """A foreign key that carries the workspace, so that no row can point into another one."""
    return sa.ForeignKeyConstraint(["workspace_id", *columns], [f"{table}.workspace_id", f"{table}.{target}"])


@dataclass
class Transaction:
    """One unit of work in one workspace: all of it is kept, or none."""

    session: orm.Session
    workspace_id: int
    before_commit: list[Callable[[], None]] = field(default_factory=list)
    """What must be written last, because it takes a lock that others wait for."""

    @property
    def criteria(self) -> tuple[orm.LoaderCriteriaOption, ...]:
        """What every question is narrowed by, beside the workspace: see `storage.sensitive`."""
        found: tuple[orm.LoaderCriteriaOption, ...] = self.session.info.get("criteria", ())
        return found

    @criteria.setter
    def criteria(self, criteria: tuple[orm.LoaderCriteriaOption, ...]) -> None:
        self.session.info["criteria"] = criteria

    def add(self, *records: Base) -> None:
        """Stores new records now, in this workspace, so that they have their ids."""
        for record in records:
            if isinstance(record, InWorkspace) and record.workspace_id is None:
                record.workspace_id = self.workspace_id
        self.session.add_all(records)
        self.session.flush()

    def flush(self) -> None:
        """Writes what was changed on records that are at hand, so that the next question sees it."""
        self.session.flush()


@dataclass(frozen=True)
class Overview:
    """A look across all workspaces, for ticks and delivery alone."""

    session: orm.Session


@dataclass
class _Visit:
    """What one session may do, as its connection knows it. `workspace_id` None: all workspaces."""

    workspace_id: int | None
    read_only: bool
    wrote: bool = False


class Database:
    """The two doors. `url` is SQLAlchemy's; SQLite and PostgreSQL (psycopg 3) are supported."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._sessions = orm.sessionmaker(self.engine, expire_on_commit=False)
        self._turns: dict[int, Turns] = {}
        self._after_commit: list[Callable[[], None]] = []

    def on_commit(self, wake: Callable[[], None]) -> None:
        """Calls `wake` after each commit that wrote something: how delivery learns that there is work."""
        self._after_commit.append(wake)

    @contextmanager
    def transaction(self, workspace_id: int, *, read_only: bool = False) -> Iterator[Transaction]:
        """The first door: every query inside sees and touches `workspace_id` alone, and one at a time writes in it.

        Commits on leaving, rolls back on any exception. With `read_only`, all questions see the same instant and
        writing raises. Raises `DatabaseUnavailable` within about two seconds when the database cannot be reached.
        """
        with self._session(_Visit(workspace_id, read_only)) as session:
            session.info["workspace_id"] = workspace_id
            tx = Transaction(session, workspace_id)
            yield tx
            for finish in tx.before_commit:
                finish()

    @contextmanager
    def across_workspaces(self, *, read_only: bool = False) -> Iterator[Overview]:
        """The second door: no workspace in particular. For ticks, delivery, and finding a workspace by its team."""
        with self._session(_Visit(None, read_only)) as session:
            yield Overview(session)

    @contextmanager
    def _session(self, visit: _Visit) -> Iterator[orm.Session]:
        with answering(), self._writers_turn(visit) as patience, self._sessions() as session:
            options: dict[str, Any] = {"visit": visit, "writes": not visit.read_only, "patience": patience}
            if visit.read_only and not self._is_sqlite:
                options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            connection = session.connection(execution_options=options)
            if visit.workspace_id is not None and not visit.read_only and not self._is_sqlite:
                _wait_for_other_processes(connection, visit.workspace_id, patience)
            yield session
            if not visit.read_only:
                session.commit()
        if visit.wrote:
            for wake in self._after_commit:
                wake()

    @contextmanager
    def _writers_turn(self, visit: _Visit) -> Iterator[float]:
        """Waits until nobody else here writes where this will. Gives how many seconds are left to wait for others.

        SQLite has one writer, and each workspace in PostgreSQL is treated alike: a press office's day is thousands of
        changes, not thousands a second, and without turns two of them can stand in each other's way for good. Waiting
        here is orderly, and takes no connection from those who only read.
        """
        turns = self._turns.setdefault(0 if self._is_sqlite else visit.workspace_id or 0, Turns())
        if visit.read_only or (visit.workspace_id is None and not self._is_sqlite):
            yield WAIT_SECONDS
            return
        until = time.monotonic() + TURN_SECONDS
        if not turns.acquire(timeout=TURN_SECONDS):
            raise DatabaseUnavailable("other changes took too long")
        try:
            yield min(WAIT_SECONDS, max(0.0, until - time.monotonic()))
        finally:
            turns.release()

    def why_not_writable(self) -> str | None:
        """Why nothing can be written, in the database's words; None where it can. Writes nothing that stays."""
        options = {"writes": True, "patience": WAIT_SECONDS}
        try:
            with self.engine.connect().execution_options(**options) as connection:
                connection.execute(sa.text("CREATE TABLE written_to_try_it (id INTEGER)"))
                connection.rollback()
        except sa.exc.DBAPIError as error:
            return str(error.orig).strip()
        return None

    @property
    def _is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def dispose(self) -> None:
        self.engine.dispose()


def _wait_for_other_processes(connection: Connection, workspace_id: int, patience: float) -> None:
    """Takes the turn of this workspace among all processes; it is had until the transaction ends."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, int(1000 * patience))}")
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(workspace_id)))
    connection.exec_driver_sql("SET LOCAL lock_timeout TO DEFAULT")


@contextmanager
def answering() -> Iterator[None]:
    """Whatever drivers call it: that the database does not answer is one error, `DatabaseUnavailable`."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.TimeoutError, sa.exc.InterfaceError) as error:
        raise DatabaseUnavailable(_words(error)) from error
    except sa.exc.ProgrammingError as error:
        connecting = error.statement is None and not isinstance(error.orig, sqlite3.Error)
        if not connecting and getattr(error.orig, "sqlstate", None) not in _NOT_LET_IN:
            raise
        raise DatabaseUnavailable(_words(error)) from error  # an option that libpq does not know; a right not granted
    except sa.exc.DatabaseError as error:
        if type(error.orig) is not sqlite3.DatabaseError:
            raise
        raise DatabaseUnavailable(_words(error)) from error  # the file is damaged, or no database


_NOT_LET_IN = {"42501", "3F000"}
"""PostgreSQL: a right was not granted; there is no schema that one may use. Accounts may not make tables in `public`
unless somebody lets them."""


def _words(error: Exception) -> str:
    return str(error.__cause__ or error).strip()


def relate(record: Base, **related: object) -> None:
    """Gives a record that was made by hand what the database would have loaded beside it. Nothing is written."""
    for name, other in related.items():
        orm.attributes.set_committed_value(record, name, other)


def insert_once(tx: Transaction, table: type[Base], **values: Any) -> bool:
    """Inserts a row unless a unique key already holds it. Says whether it was inserted. Safe against a race."""
    return insert_new(tx.session, table, workspace_id=tx.workspace_id, **values)


def insert_new(session: orm.Session, table: type[Base], **values: Any) -> bool:
    """The same for a table that no workspace owns."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(**values).on_conflict_do_nothing().returning(table.id)
    return session.execute(statement).first() is not None


def next_id(tx: Transaction, table: type[Base]) -> int:
    """The id of a row that has to know it before it is inserted. Ask under a lock: on SQLite it is not set aside."""
    number: sa.ColumnElement[int] = sa.func.coalesce(sa.func.max(table.id), 0) + 1
    if tx.session.get_bind().dialect.name == "postgresql":
        number = sa.func.nextval(sa.func.pg_get_serial_sequence(table.__tablename__, "id"))
    return tx.session.connection().scalars(sa.select(number)).one()  # not through the session: of all workspaces


def changed(tx: Transaction | Overview, statement: sa.Update | sa.Delete) -> bool:
    """Runs a conditional update or delete; says whether a row was still in the expected state."""
    result = tx.session.execute(statement, execution_options={"synchronize_session": False})
    return bool(result.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result is a CursorResult


def _engine(url: str) -> Engine:
    engine = engines.engine_at(url)
    event.listen(engine, "before_cursor_execute", _stay_within_visit)
    return engine


@event.listens_for(orm.Session, "do_orm_execute")
def _stay_in_workspace(state: orm.ORMExecuteState) -> None:
    workspace_id = state.session.info.get("workspace_id")
    if workspace_id is None or state.is_column_load or state.is_relationship_load:
        return
    if not state.is_orm_statement:
        raise WrongWorkspace("only what is asked of mapped classes is narrowed to a workspace; this would see them all")
    if state.is_select:
        # Records are changed by conditional updates, not through objects: what a question gives is always fresh.
        state.update_execution_options(populate_existing=True)
    if state.is_select or state.is_update or state.is_delete:
        state.statement = state.statement.options(
            orm.with_loader_criteria(
                InWorkspace, lambda table: table.workspace_id == workspace_id, include_aliases=True
            ),
            *(state.session.info.get("criteria", ()) if state.is_select else ()),
        )


def _stay_within_visit(
    connection: Connection, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: Any
) -> None:
    """The last look at what is written, however it was put: by whom it is allowed, and into which workspace."""
    visit: _Visit | None = connection.get_execution_options().get("visit")
    if visit is None or not (context.isinsert or context.isupdate or context.isdelete):
        return
    if visit.read_only:
        raise ReadOnly("this transaction only reads")
    visit.wrote = True
    if visit.workspace_id is None:
        return
    for values in context.compiled_parameters:
        if values.get("workspace_id", visit.workspace_id) != visit.workspace_id:
            raise WrongWorkspace(f"a row was about to be written into workspace {values['workspace_id']}")


@event.listens_for(orm.Session, "before_flush")
def _write_in_workspace(session: orm.Session, *_: object) -> None:
    workspace_id = session.info.get("workspace_id")
    if workspace_id is None:
        return
    for record in (*session.new, *session.dirty, *session.deleted):
        if isinstance(record, InWorkspace) and record.workspace_id != workspace_id:
            raise WrongWorkspace(f"{type(record).__name__} belongs to workspace {record.workspace_id}")
