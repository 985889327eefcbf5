"""Transactions: whole or not at all, in UTC, heard of when they are done, and refused in good time."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.core.workspaces import Desk
from storage import people, workspaces
from storage.database import Base, Database, DatabaseUnavailable, ReadOnly, UtcDateTime, changed
from storage.enquiries import Enquiry
from storage.people import Organisation, Topic
from storage.workspaces import TakenIn
from tests.storage.press_office import PressOffice

SOON = 2.9
"""Seconds. Two, and what a busy machine adds to it; Slack gives three in all."""


def names(office: PressOffice) -> set[str]:
    with office.reading() as tx:
        return {organisation.name for organisation in people.organisations(tx)}


def add(office: PressOffice, name: str) -> None:
    with office.desk.database.transaction(office.workspace_id) as tx:
        tx.add(Organisation(name=name))


def test_every_instant_is_kept_as_utc() -> None:
    """No column of any table holds a moment in another type than the one that insists on UTC."""
    kinds = {type(c.type) for t in Base.metadata.sorted_tables for c in t.columns if "datetime" in repr(c.type).lower()}
    assert kinds == {UtcDateTime}


def test_a_naive_moment_is_refused(press_office: PressOffice) -> None:
    """A time of day without its zone would be read as another instant, so it is neither stored nor compared."""
    enquiry = press_office.log()
    naive = datetime(2026, 11, 23, 15, 0)  # noqa: DTZ001 (this is what must not get in)
    with (
        pytest.raises(sa.exc.StatementError, match="naive"),
        press_office.desk.database.transaction(press_office.workspace_id) as tx,
    ):
        tx.session.execute(sa.update(Enquiry).values(deadline=naive))
    with pytest.raises(sa.exc.StatementError, match="naive"), press_office.reading() as tx:
        tx.session.scalars(sa.select(Enquiry).where(Enquiry.deadline > naive)).all()
    with press_office.reading() as tx:
        assert tx.session.scalar(sa.select(Enquiry.deadline)) == enquiry.deadline


def test_instants_come_back_as_they_went_in(press_office: PressOffice) -> None:
    """To the microsecond, aware and in UTC, whatever zone they were given in; and they sort by instant."""
    press_office.log()
    given_in = [
        datetime(2026, 10, 25, 1, 30, 0, 1, tzinfo=timezone(timedelta(hours=1))),
        datetime(2026, 10, 25, 1, 30, 0, 1, tzinfo=UTC),
        datetime(2027, 2, 28, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=-11))),
    ]
    for moment in given_in:
        with press_office.desk.database.transaction(press_office.workspace_id) as tx:
            tx.session.execute(sa.update(Enquiry).values(deadline=moment))
        with press_office.reading() as tx:
            found = tx.session.scalars(sa.select(Enquiry.deadline)).one()
            assert found == moment
            assert found is not None
            assert found.utcoffset() == timedelta()
            earlier = sa.select(Enquiry.id).where(Enquiry.deadline < moment + timedelta(microseconds=1))
            assert tx.session.scalar(earlier) is not None


@given(st.datetimes(timezones=st.timezones(), min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))  # noqa: DTZ001 (Hypothesis adds the zone)
def test_any_instant_survives_either_database(moment: datetime) -> None:
    """Stored and read again by the column type, an instant is the same instant, in UTC."""
    kind = UtcDateTime()
    for dialect in (sa.make_url("sqlite://").get_dialect()(), sa.make_url("postgresql+psycopg://").get_dialect()()):
        stored = kind.process_bind_param(moment, dialect)
        found = kind.process_result_value(stored, dialect)
        assert found == moment.astimezone(UTC)
        assert found is not None
        assert found.tzinfo is UTC


class BrokeOffError(Exception):
    pass


def test_a_transaction_is_kept_whole_or_not_at_all(press_office: PressOffice) -> None:
    """What was written before something failed is gone with it, whichever part failed."""
    database, before = press_office.desk.database, names(press_office)

    def fails_in_its_body() -> None:
        with database.transaction(press_office.workspace_id) as tx:
            tx.add(Organisation(name="Half"))
            raise BrokeOffError

    def fails_in_what_is_written_last() -> None:
        def fail() -> None:
            raise BrokeOffError

        with database.transaction(press_office.workspace_id) as tx:
            tx.add(Organisation(name="Half"))
            tx.before_commit.append(fail)

    for attempt in (fails_in_its_body, fails_in_what_is_written_last):
        with pytest.raises(BrokeOffError):
            attempt()
        assert names(press_office) == before
    add(press_office, "Whole")
    assert names(press_office) == before | {"Whole"}


def test_waking_follows_a_commit_that_wrote_and_nothing_else(press_office: PressOffice) -> None:
    """Delivery hears of work once it can be read. Looking wakes nobody, or it would wake itself for ever."""
    database, seen = press_office.desk.database, []
    database.on_commit(lambda: seen.append(names(press_office)))
    add(press_office, "New")
    assert [found for found in seen if "New" in found] == seen
    assert len(seen) == 1
    with database.transaction(press_office.workspace_id) as tx:
        people.everyone(tx)
    with database.across_workspaces() as view:
        workspaces.all_of_them(view)
    names(press_office)
    with pytest.raises(sa.exc.IntegrityError), database.transaction(press_office.workspace_id) as tx:
        tx.add(Organisation(name="New"))
    assert len(seen) == 1
    with database.across_workspaces() as view:
        workspaces.open_for(view, team_id="TNEW", enterprise_id=None, name="New")
    assert len(seen) == 2


def test_what_only_reads_cannot_write(press_office: PressOffice) -> None:
    """A write in a transaction that will not be committed raises, where it would be lost without a word."""
    database = press_office.desk.database
    for write in (
        lambda tx: tx.add(Organisation(name="Lost")),
        lambda tx: tx.session.execute(sa.insert(Organisation).values(workspace_id=tx.workspace_id, name="Lost")),
        lambda tx: tx.session.execute(sa.update(Organisation).values(name="Lost")),
        lambda tx: tx.session.execute(sa.delete(TakenIn)),
    ):
        with (
            pytest.raises(ReadOnly),
            database.transaction(press_office.workspace_id, read_only=True) as tx,
        ):
            write(tx)  # type: ignore[no-untyped-call]
    assert "Lost" not in names(press_office)


def test_a_reader_sees_one_instant(press_office: PressOffice) -> None:
    """What is committed while somebody reads is not half in what they see: all their questions see the same."""
    with press_office.reading() as tx:
        before = [organisation.name for organisation in people.organisations(tx)]
        add(press_office, "Meanwhile")
        assert [organisation.name for organisation in people.organisations(tx)] == before
    assert "Meanwhile" in names(press_office)


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def locked_elsewhere(sqlite_url: str) -> Iterator[str]:
    """A SQLite database that another process has locked and does not let go."""
    file = sqlite_url.removeprefix("sqlite:///")
    with subprocess.Popen(  # noqa: S603 (our own Python, with the lines above)
        [sys.executable, "-c", HOLD, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield sqlite_url


def refused_within(seconds: float, database: Database) -> None:
    started = time.monotonic()
    with pytest.raises(DatabaseUnavailable), database.transaction(1) as tx:
        tx.add(Organisation(name="Never"))
    assert time.monotonic() - started < seconds


def test_a_database_locked_by_another_process_is_given_up_in_time(locked_elsewhere: str) -> None:
    """SQLite held by another process: each of several people hears of it while Slack still waits."""
    database = Database(locked_elsewhere)
    threads = [threading.Thread(target=refused_within, args=(SOON, database)) for _ in range(3)]
    for thread in threads:
        thread.start()
    refused_within(SOON, database)
    for thread in threads:
        thread.join()
    refused_within(SOON, database)
    database.dispose()


def test_writers_get_their_turn_in_the_order_they_came(press_office: PressOffice) -> None:
    """Two that write again and again, and many at once: nobody waits while others go twice."""
    database, went = press_office.desk.database, []

    def write(who: int) -> None:
        for _ in range(8):
            with database.transaction(press_office.workspace_id) as tx:
                assert changed(tx, sa.update(Organisation).values(name=f"by {who}"))
                went.append(who)

    threads = [threading.Thread(target=write, args=(who,)) for who in range(6)]
    with database.transaction(press_office.workspace_id) as tx:
        tx.add(Topic(name="first"))
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    assert len(went) == 48
    if database.engine.dialect.name == "sqlite":
        rounds = [set(went[start : start + 6]) for start in range(0, 48, 6)]
        assert sum(len(some) == 6 for some in rounds) >= 6, went


def test_a_writer_in_this_process_is_waited_for_and_no_longer(press_office: PressOffice) -> None:
    """A row, or all of SQLite, held by somebody else here: the second writer is told in time."""
    database, started = press_office.desk.database, time.monotonic()
    with database.transaction(press_office.workspace_id) as tx:
        tx.session.execute(sa.update(Organisation).values(name="Held"))
        outcome: list[object] = []

        def second() -> None:
            try:
                with database.transaction(press_office.workspace_id) as other:
                    other.session.execute(sa.update(Organisation).values(name="Too"))
            except DatabaseUnavailable as error:
                outcome.append(error)

        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert len(outcome) == 1
    assert time.monotonic() - started < SOON


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Somewhere that takes connections and never says a word."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_postgresql_that_refuses_or_says_nothing_is_given_up_in_time(silent_port: int) -> None:
    """Refused at once, silence after the two seconds that libpq insists on: both within Slack's three."""
    for port, seconds in ((9, SOON), (silent_port, SOON)):
        database = Database(f"postgresql+psycopg://desk@127.0.0.1:{port}/desk")
        refused_within(seconds, database)
        database.dispose()


def test_a_postgresql_that_goes_away_is_told_and_comes_back(postgres_url: str) -> None:
    """Connections cut in the middle of a transaction: that one is refused, the next one works again."""
    database, admin = Database(postgres_url), sa.create_engine(postgres_url)
    with database.across_workspaces() as view:
        workspace = workspaces.open_for(view, team_id="T1", enterprise_id=None, name="Before")

    def cut_off() -> None:
        with database.transaction(workspace.id) as tx:
            tx.add(Organisation(name="Cut off"))
            with admin.connect() as connection:
                others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
                assert connection.scalars(sa.text(f"SELECT pg_terminate_backend(pid) {others}")).all()
            tx.add(Organisation(name="Too late"))

    with pytest.raises(DatabaseUnavailable):
        cut_off()
    with database.transaction(workspace.id, read_only=True) as tx:
        assert people.organisations(tx) == []
    admin.dispose()
    database.dispose()


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    """A damaged file, or the wrong one, is told like a database that cannot be reached, not like a bug."""
    file = tmp_path / "letter.db"
    file.write_text("Dear Sir or Madam, " * 100)
    for url in (f"sqlite:///{file}", f"sqlite:///{tmp_path / 'missing' / 'desk.db'}"):
        database = Database(url)
        refused_within(SOON, database)
        database.dispose()


def test_a_workspace_is_opened_once_however_many_meet_it(press_office: PressOffice) -> None:
    """The same team met again is the same workspace, under its newest name."""
    desk: Desk = press_office.desk
    with desk.database.across_workspaces() as view:
        again = workspaces.open_for(view, team_id=press_office.team_id, enterprise_id="E1", name="Renamed")
    assert again.id == press_office.workspace_id
    with press_office.reading() as tx:
        found = workspaces.get(tx)
    assert (found.name, found.enterprise_id) == ("Renamed", "E1")
