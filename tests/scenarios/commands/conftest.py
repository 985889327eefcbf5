"""What every command starts from: an environment with nothing of ours in it, and a workspace to run in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import cli
from bot.clock import MovableClock
from bot.config import sqlite_url
from bot.sandbox import Sandbox
from tests.office import MANIFEST, MONDAY_TEN, PLAN
from tests.scenarios.commands.processes import Comms, Ended


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of ours is set but where the database is."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL", "COMMS_DESK_ADMIN", "COMMS_DESK_LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path / "desk.db"))


@pytest.fixture
def comms(capfd: pytest.CaptureFixture[str]) -> Comms:
    """Runs a command here, to its end. `comms("audit", "verify")`."""

    def run(*words: str) -> Ended:
        capfd.readouterr()
        try:
            code = cli.main(words)
        except SystemExit as end:
            code = int(end.code or 0)
        printed = capfd.readouterr()
        assert "Traceback" not in printed.err
        return Ended(code, printed.out, printed.err)

    return run


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(PLAN, manifest=MANIFEST, clock=MovableClock(MONDAY_TEN)) as sandbox:
        yield sandbox


@pytest.fixture
def connected(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """The environment has all that is needed to run in this workspace."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", sandbox.bot_token)
    monkeypatch.setenv("SLACK_APP_TOKEN", sandbox.app_token)
    monkeypatch.setenv("SLACK_API_URL", sandbox.api_url)
    return sandbox
