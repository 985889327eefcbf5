"""The database does not answer, or not in time: people get a sentence, nothing is lost, and then everything goes on.

SQLite is locked by somebody else who writes; PostgreSQL ends every connection and takes no new one.
"""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
import sqlalchemy as sa

from tests.faults.helpers import Day, assert_said_once, desk_at_work
from tests.office import AMINA, PRESS

SENTENCE = "The desk cannot reach its records just now, so nothing was saved."


@pytest.fixture
def any_day(database_url: str) -> Iterator[Day]:
    """The desk at work on either database, with a line from Slack."""
    with desk_at_work(database_url) as day:
        day.office.app.socket.connect()  # type: ignore[no-untyped-call]
        yield day


@contextmanager
def database_gone(day: Day) -> Iterator[None]:
    url = day.database.engine.url
    if url.get_backend_name() == "sqlite":
        somebody = sqlite3.connect(str(url.database), isolation_level=None, check_same_thread=False)
        somebody.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            somebody.close()
        return
    with administrator(day) as server:
        server.execute(sa.text(f"ALTER DATABASE {url.database} WITH ALLOW_CONNECTIONS false"))
        end_connections(day, server)
        try:
            yield
        finally:
            server.execute(sa.text(f"ALTER DATABASE {url.database} WITH ALLOW_CONNECTIONS true"))


@contextmanager
def administrator(day: Day) -> Iterator[sa.Connection]:
    """Another connection to the PostgreSQL server, in a database of its own."""
    engine = sa.create_engine(day.database.engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as server:
        yield server
    engine.dispose()


def end_connections(day: Day, server: sa.Connection, *, only: str = "true") -> int:
    """Ends the connections to the desk's database. Says how many."""
    ended = server.execute(
        sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name AND {only}"),  # noqa: S608 (ours)
        {"name": day.database.engine.url.database},
    )
    return len(ended.all())


def test_a_command(any_day: Day) -> None:
    """SQLite still reads, so the form opens; otherwise there is a sentence, and later the form."""
    amina = any_day.sandbox.member(AMINA)
    with database_gone(any_day):
        shown = amina.run("/enquiry late buses", channel=PRESS)
        if any_day.database.engine.dialect.name == "sqlite":
            assert shown.form is not None
            amina.close_form()
        else:
            assert shown.ok
            assert SENTENCE in str(shown.text)
    assert amina.run("/enquiry late buses", channel=PRESS).form is not None


def test_a_press(any_day: Day) -> None:
    """The sentence comes in a form; the card is as it was; and the next press does it, once."""
    any_day.log()
    any_day.office.settle()
    amina = any_day.sandbox.member(AMINA)
    card = amina.sees("ENQ-1", channel=PRESS)
    with database_gone(any_day):
        shown = amina.press("Take it", on=card)
        assert shown.form is not None
        assert SENTENCE in shown.form.text
        amina.close_form()
    assert amina.press("Take it", on=card).form is None
    amina.sees("Owner  Amina Rahman", channel=PRESS)
    any_day.office.settle()
    assert len(amina.messages(channel=PRESS, thread=card)) == 2
    assert_said_once(any_day.sandbox, any_day.database)


def test_a_form(any_day: Day) -> None:
    """It stays open with what was typed and says why; sent in again, it is carried out once."""
    amina = any_day.sandbox.member(AMINA)
    amina.run("/enquiry late buses", channel=PRESS)
    amina.fill("Journalist", "Rosa Achter")
    amina.fill("Outlet", "Evening Courier")
    amina.fill("E-mail", "rosa@courier.example")
    amina.fill("Deadline", any_day.office.clock.now().replace(hour=16))
    with database_gone(any_day):
        form = amina.submit()
        assert form is not None
        assert SENTENCE in form.text
        amina.close_form()
        form = amina.form
        assert form is not None
        assert form.values["Journalist"] == "Rosa Achter"
    assert amina.submit() is None
    amina.sees("ENQ-1 · Evening Courier", channel=PRESS)
    any_day.office.settle()
    assert len(amina.messages(channel=PRESS)) == 1
    assert_said_once(any_day.sandbox, any_day.database)


def test_a_message_that_arrives_as_the_database_goes(any_day: Day) -> None:
    """It cannot be recorded; once it can, it is found, not said again, and what comes after it is said."""
    with ExitStack() as outage:
        gone = any_day.when(
            lambda call: call.method == "chat.postMessage" and "one" in str(call.args),
            lambda: outage.enter_context(database_gone(any_day)),
        )
        any_day.say(PRESS, "one", "two")
        assert gone.wait(5)
        any_day.sandbox.wait_until(lambda: not any_day.delivery._under_way or None)
    any_day.office.settle()
    assert_said_once(any_day.sandbox, any_day.database)
    assert len(any_day.calls("conversations.history")) == 1


@pytest.fixture
def postgres_day(postgres_url: str) -> Iterator[Day]:
    with desk_at_work(postgres_url) as day:
        day.office.app.socket.connect()  # type: ignore[no-untyped-call]
        yield day


def test_connections_that_were_ended_are_made_anew(postgres_day: Day) -> None:
    """Nobody notices a database that was restarted between two presses."""
    amina = postgres_day.sandbox.member(AMINA)
    assert amina.run("/enquiry list", channel=PRESS).text
    with administrator(postgres_day) as server:
        assert end_connections(postgres_day, server)
    assert "Nothing is open" in str(amina.run("/enquiry list", channel=PRESS).text)
    postgres_day.say(PRESS, "Here I am.")
    amina.sees("Here I am.", channel=PRESS)


def test_a_connection_that_is_ended_during_a_press(postgres_day: Day) -> None:
    """Somebody holds the records, the press waits, and its connection dies: a sentence, and nothing is done."""
    day = postgres_day
    day.log()
    day.office.settle()
    amina = day.sandbox.member(AMINA)
    card = amina.sees("ENQ-1", channel=PRESS)
    waits = "wait_event_type = 'Lock'"
    with administrator(day) as server, ThreadPoolExecutor(1) as people, day.database.engine.connect() as somebody:
        somebody.execute(sa.text("LOCK TABLE enquiries"))
        pressing = people.submit(amina.press, "Take it", card)
        day.sandbox.wait_until(lambda: end_connections(day, server, only=waits) or pressing.done() or None)
        somebody.rollback()
        shown = pressing.result()
    assert shown.form is not None
    assert SENTENCE in shown.form.text
    amina.close_form()
    assert amina.press("Take it", on=card).form is None
    amina.sees("Owner  Amina Rahman", channel=PRESS)
