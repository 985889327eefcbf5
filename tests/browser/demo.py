"""The demo, seeded once and then begun anew for each story: a copy of its files, going on as after a restart."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from bot import demo
from bot.app import CommsDesk, Pace, build_app
from bot.clock import MovableClock
from bot.config import Settings, sqlite_url
from bot.sandbox import Sandbox
from storage import migrate, outbox_line
from storage.database import Database
from tests.office import MANIFEST

SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""A standing clock begins here, so that every story and every picture has the same dates: the demo opens on Tuesday."""


@dataclass(frozen=True)
class Demo:
    """The running demo: its workspace, and the program behind it."""

    sandbox: Sandbox
    app: CommsDesk

    @property
    def url(self) -> str:
        return self.sandbox.url

    def tick(self) -> None:
        """Does what the scheduler would do in a moment, and returns when all of it is in the workspace."""
        self.app.tick()
        self.settle()

    def settle(self) -> None:
        """Returns when everything the desk wanted to say is in the workspace, or cannot be."""

        def all_said() -> bool | None:
            with self.app.database.across_workspaces(read_only=True) as view:
                return outbox_line.count_unsent(view) == 0 or None

        self.sandbox.wait_until(all_said, patience=30)


def seed(folder: Path) -> None:
    """Lets the demo play its first two days into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    database = Database(_database_url(folder))
    migrate.upgrade(database)
    database.dispose()
    with _running(folder) as running:
        running.settle()


@contextmanager
def copy_of(seeded: Path, folder: Path) -> Iterator[Demo]:
    """The seeded demo going on in a folder of its own."""
    shutil.copytree(seeded, folder)
    with _running(folder) as running:
        yield running


@contextmanager
def _running(folder: Path) -> Iterator[Demo]:
    clock = MovableClock(SUNDAY)
    with Sandbox(demo.plan(), manifest=MANIFEST, clock=clock, state=folder / "slack.db") as sandbox:
        config = Settings(
            slack_bot_token=SecretStr(sandbox.bot_token),
            slack_app_token=SecretStr(sandbox.app_token),
            database_url=_database_url(folder),
            slack_api_url=sandbox.api_url,
            comms_desk_admin=sandbox.user_id("Carys Whitlock"),
        )
        app = build_app(config, clock=clock, pace=Pace(tick_seconds=0.5))
        demo.seed_if_fresh(app.desk, clock, sandbox)
        app.start()
        try:
            yield Demo(sandbox, app)
        finally:
            app.stop()


def _database_url(folder: Path) -> str:
    return sqlite_url(folder / "comms-desk.db")
