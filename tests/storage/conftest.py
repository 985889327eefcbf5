"""Press offices on a database of their own; every test that asks for one runs on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

import pytest
from sqlalchemy import create_engine, text

from bot.core.workspaces import Desk
from storage.database import Database
from tests.storage.press_office import NORTH, SOUTH, PressOffice, found_in, live, opened


@dataclass
class Copies:
    """Databases to be copied: with two press offices in them, as they are at first or after a busy morning."""

    request: pytest.FixtureRequest
    folder: Path
    made: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, kind: str, after: str) -> str:
        """The address of a new database. `after`: "opening" or "morning"."""
        return self._copy(kind, self._template(kind, after))

    def _template(self, kind: str, after: str) -> str:
        if (kind, after) not in self.made:
            if after == "opening":
                url = self._copy(kind, self._empty(kind))
                _for_both(url, opened)
            else:
                url = self._copy(kind, self._template(kind, "opening"))
                _for_both(url, lambda database, team: live(found_in(database, team)))
            self.made[kind, after] = url
        return self.made[kind, after]

    def _empty(self, kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{self.request.getfixturevalue('sqlite_template')}"
        return self._server(self.request.getfixturevalue("postgres_template"))

    def _copy(self, kind: str, template: str) -> str:
        name = f"copy_{token_hex(6)}"
        if kind == "sqlite":
            file = self.folder / f"{name}.db"
            shutil.copy(template.removeprefix("sqlite:///"), file)
            return f"sqlite:///{file}"
        self._on_server(f"CREATE DATABASE {name} TEMPLATE {_name(template)} STRATEGY file_copy")
        return self._server(name)

    def drop(self, url: str) -> None:
        if url.startswith("sqlite"):
            Path(url.removeprefix("sqlite:///")).unlink()
        else:
            self._on_server(f"DROP DATABASE {_name(url)} WITH (FORCE)")

    @property
    def _server(self) -> Callable[[str], str]:
        server: Callable[[str], str] = self.request.getfixturevalue("postgres_server")
        return server

    def _on_server(self, statement: str) -> None:
        engine = create_engine(self._server("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def _name(postgres_url: str) -> str:
    return postgres_url.partition("?")[0].rpartition("/")[2]


def _for_both(url: str, what: Callable[[Database, str], object]) -> None:
    database = Database(url)
    for team in (NORTH, SOUTH):
        what(database, team)
    database.dispose()


@pytest.fixture(scope="session")
def copies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    return Copies(request, tmp_path_factory.mktemp("copies"))


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def press_office(copies: Copies, kind: str) -> Iterator[PressOffice]:
    """One of two press offices in a database. The other is there too, with the same people."""
    yield from _office(copies, kind, "opening")


@pytest.fixture
def other_office(press_office: PressOffice) -> PressOffice:
    """The other workspace in the same database."""
    return found_in(press_office.desk.database, SOUTH)


@pytest.fixture
def elsewhere(press_office: PressOffice) -> Iterator[PressOffice]:
    """The same workspace as another process of the desk has it. SQLite is for one process, and stays with it."""
    if press_office.desk.database.engine.dialect.name == "sqlite":
        yield press_office
        return
    database = Database(press_office.desk.database.url)
    yield PressOffice(Desk(database, press_office.clock, press_office.desk.features), press_office.team_id)
    database.dispose()


@pytest.fixture
def busy_office(copies: Copies, kind: str) -> Iterator[PressOffice]:
    """A press office after a morning in which something of everything happened; the other one had the same."""
    yield from _office(copies, kind, "morning")


@pytest.fixture
def sqlite_busy_office(copies: Copies) -> Iterator[PressOffice]:
    """The same on SQLite alone, where the kind of database makes no difference to what is shown."""
    yield from _office(copies, "sqlite", "morning")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lived(request: pytest.FixtureRequest, copies: Copies) -> Iterator[PressOffice]:
    """A busy office for all tests of a file together: to be looked at, and left as it is."""
    yield from _office(copies, str(request.param), "morning")


def _office(copies: Copies, kind: str, after: str) -> Iterator[PressOffice]:
    url = copies.of(kind, after)
    database = Database(url)
    yield found_in(database, NORTH)
    database.dispose()
    copies.drop(url)
