"""What a command says of a database that cannot be used, whatever is wrong with it."""

import socket
from pathlib import Path

import pytest

from bot.config import sqlite_url
from bot.sandbox import Sandbox
from storage.database import Database
from tests.scenarios.commands.processes import Comms, Ended, free_port
from tests.scenarios.commands.tampering import change


@pytest.mark.parametrize("command", [("migrate",), ("audit", "verify"), ("settings", "export")])
@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("nonsense", "it cannot be read"),
        ("postgresql://desk:geheim@127.0.0.1:port/desk", "it cannot be read"),
        ("mysql://127.0.0.1/desk", "mysql is not supported"),
        ("postgresql+psycopg2://127.0.0.1/desk", "postgresql+psycopg2 is not supported"),
        ("sqlite+nonsense:///desk.db", "sqlite+nonsense is not supported"),
        ("sqlite://", "it names no file"),
        ("sqlite:///:memory:", "it names no file"),
    ],
)
def test_an_address_that_is_no_database(
    comms: Comms, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], address: str, told: str
) -> None:
    """A sentence with 2, without the password."""
    monkeypatch.setenv("DATABASE_URL", address)
    run = comms(*command)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("DATABASE_URL is no database that Comms Desk can use")
    assert told in run.err
    assert "geheim" not in run.err


def test_a_database_that_does_not_answer(
    comms: Comms, connected: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A port where nobody is, a server that takes the connection and says nothing, a folder that is not there."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        for address in (
            f"postgresql://desk:geheim@127.0.0.1:{free_port()}/desk",
            f"postgres://desk:geheim@127.0.0.1:{silent.getsockname()[1]}/desk",
            f"postgresql://desk:geheim@127.0.0.1:{free_port()}/desk?nonsense=1",
            sqlite_url(tmp_path / "nowhere" / "desk.db"),
            sqlite_url(tmp_path),
        ):
            monkeypatch.setenv("DATABASE_URL", address)
            for command in (("run",), ("migrate",), ("audit", "verify"), ("settings", "export")):
                run = comms(*command)
                assert (run.code, run.out) == (2, ""), address
                assert "The database does not answer: " in run.err
                assert "Check DATABASE_URL and that the server runs." in run.err
                assert "geheim" not in run.err
    assert connected.calls == [], "Slack is asked nothing before the database is there"


def test_a_file_that_is_no_database(comms: Comms, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is said, and left as it is."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ms Achter, " * 100)
    monkeypatch.setenv("DATABASE_URL", sqlite_url(letter))
    for command in (("migrate",), ("audit", "verify")):
        run = comms(*command)
        assert (run.code, run.out) == (2, "")
        assert "file is not a database" in run.err
    assert letter.read_text().startswith("Dear Ms Achter")


def test_an_account_that_may_not_make_tables(comms: Comms, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As PostgreSQL 15 and later have it for an account that was only let in."""
    database = Database(postgres_url)
    with database.engine.begin() as connection:
        for statement in (
            "DROP SCHEMA public CASCADE",
            "CREATE SCHEMA public",
            "DROP ROLE IF EXISTS visitor",
            "CREATE ROLE visitor LOGIN",
            "GRANT USAGE ON SCHEMA public TO visitor",
        ):
            connection.exec_driver_sql(statement)
    database.dispose()
    monkeypatch.setenv("DATABASE_URL", postgres_url.replace("://postgres", "://visitor"))
    run = comms("migrate")
    assert (run.code, run.out) == (2, "")
    assert "permission denied for schema public" in run.err


def test_a_data_folder_that_cannot_be_used(comms: Comms, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where a service has no home: DATABASE_URL is what to set."""
    (tmp_path / "file").touch()
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("HOME", str(tmp_path / "file"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    for command in (("run",), ("migrate",), ("audit", "verify")):
        run = comms(*command)
        assert (run.code, run.out) == (2, "")
        assert "DATABASE_URL" in run.err
        assert "your data folder cannot be used" in run.err


def test_migrate_twice(comms: Comms) -> None:
    """The second time there is nothing to do, and it says the same."""
    for _ in range(2):
        assert comms("migrate") == Ended(0, "The database is at the newest version.\n", "")


def test_a_database_of_a_newer_comms_desk(comms: Comms, tmp_path: Path, connected: Sandbox) -> None:
    """An old program keeps its hands off it."""
    comms("migrate")
    change(tmp_path / "desk.db", "UPDATE alembic_version SET version_num = '9999'")
    for command in (("run",), ("migrate",)):
        run = comms(*command)
        assert (run.code, run.out) == (2, "")
        assert "version 9999" in run.err
        assert "Install the newest Comms Desk" in run.err
    assert comms("audit", "verify").code == 2
    assert "Install the newest Comms Desk" in comms("settings", "export").err
