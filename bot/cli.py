"""Start here: `comms-desk demo | run | migrate | audit verify | settings export, import | doctor`."""

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot import app as application
from bot import doctor, settings_command
from bot.clock import MovableClock
from bot.config import Settings, sqlite_url
from bot.core import audit
from storage import migrate
from storage.database import Database, DatabaseUnavailable

DEMO_FOLDER = Path(".demo")
DEMO_PORT = 8155

_SLACK_SAID = {
    "invalid_auth": "Slack does not know the bot token. Copy it again: OAuth & Permissions, Bot User OAuth Token.",
    "not_authed": "Slack does not know the bot token. Copy it again: OAuth & Permissions, Bot User OAuth Token.",
    "account_inactive": "The app was removed from the workspace. Install it again: OAuth & Permissions, Install.",
    "token_revoked": "The bot token was revoked. Install the app again and copy the new one.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. 0: done; 1: it found something wrong; 2: something is missing, and it said what."""
    parser = argparse.ArgumentParser(prog="comms-desk", description="A press office in Slack.")
    commands = parser.add_subparsers(dest="command", required=True)

    demo = commands.add_parser("demo", help="the desk with an invented partnership, in your browser, without Slack")
    demo.add_argument("--folder", type=Path, default=DEMO_FOLDER, help="where the demo keeps its data")
    demo.add_argument("--port", type=int, default=DEMO_PORT, help="0: any that is free")
    demo.add_argument("--fresh", action="store_true", help="forget what happened before")
    demo.set_defaults(run=_demo)

    commands.add_parser("run", help="the desk in your Slack workspace").set_defaults(run=_run)
    commands.add_parser("migrate", help="bring the database to the newest version").set_defaults(run=_migrate)

    record = commands.add_parser("audit", help="the record of what happened")
    actions = record.add_subparsers(dest="action", required=True)
    verify = actions.add_parser("verify", help="prove that nothing on the record was changed or cut off")
    verify.add_argument("--head", help="a head noted earlier, as the digest prints it")
    verify.set_defaults(run=_verify)

    settings_command.add(commands)
    doctor.add(commands)
    chosen = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = chosen.run
    try:
        return run(chosen)
    except DatabaseUnavailable as error:
        return _cannot(f"The database does not answer: {error}. Check DATABASE_URL and that the server runs.")


def _run(_: argparse.Namespace) -> int:
    config = Settings()
    _log_to_stderr(config.comms_desk_log_level)
    missing = config.missing()
    if missing:
        return _cannot(*missing)
    database = Database(config.sqlalchemy_url)
    try:
        migrate.upgrade(database)
    finally:
        database.dispose()
    try:
        desk = application.build_app(config)
        desk.start()
    except SlackApiError as error:
        code = str(error.response.get("error"))
        return _cannot(_SLACK_SAID.get(code, f"Slack refused the connection: {code}. Check both tokens."))
    except OSError as error:
        return _cannot(f"Slack does not answer at {config.api_url} ({error}). Check the network and SLACK_API_URL.")
    ended = _heeding_the_end()
    print("Comms Desk is running. Press Ctrl+C to stop.", flush=True)
    ended.wait()
    desk.stop()
    return 0


def _demo(chosen: argparse.Namespace) -> int:
    try:
        from bot import demo  # noqa: PLC0415 (the local workspace is an extra that `run` does without)
        from bot.sandbox import Sandbox  # noqa: PLC0415
    except ModuleNotFoundError as error:
        return _cannot(f"The demo needs {error.name}, which is not installed. Install comms-desk[demo].")
    _log_to_stderr("WARNING")
    folder: Path = chosen.folder
    folder.mkdir(parents=True, exist_ok=True)
    if chosen.fresh:
        for old in folder.glob("*.db*"):
            old.unlink()
    clock = MovableClock()
    plan = demo.plan()
    try:
        sandbox = Sandbox(plan, manifest=manifest_file(), clock=clock, state=folder / "slack.db", port=chosen.port)
        sandbox.start()
    except OSError as error:
        return _cannot(
            f"Port {chosen.port} cannot be used ({error}). Is the demo running already? Else: PORT=8156 make demo"
        )
    config = Settings(
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token),
        database_url=sqlite_url(folder / "comms-desk.db"),
        slack_api_url=sandbox.api_url,
        comms_desk_admin=sandbox.user_id("Carys Whitlock"),
    )
    database = Database(config.sqlalchemy_url)
    migrate.upgrade(database)
    database.dispose()
    desk = application.build_app(config, clock=clock, pace=application.Pace(tick_seconds=0.5))
    demo.seed_if_fresh(desk.desk, clock, sandbox)
    desk.start()
    ended = _heeding_the_end()
    print(f"Comms Desk is running. Open {sandbox.url} in your browser. Press Ctrl+C to stop.", flush=True)
    ended.wait()
    desk.stop()
    sandbox.stop()
    return 0


def _migrate(_: argparse.Namespace) -> int:
    database = Database(Settings().sqlalchemy_url)
    migrate.upgrade(database)
    print("The database is at the newest version.")
    return 0


def _verify(chosen: argparse.Namespace) -> int:
    try:
        verdict = audit.verify(Database(Settings().sqlalchemy_url), head=chosen.head)
    except ValueError as error:
        return _cannot(str(error))
    for finding in verdict.findings:
        print(f"Workspace {finding.workspace_id}, entry {finding.position}: {finding.what}")
    if not verdict.holds:
        print(f"The record does not hold: {len(verdict.findings)} found in {verdict.entries} entries.")
        return 1
    print(f"The record holds: {verdict.entries} entries, none changed, none missing.")
    for head in verdict.heads:
        print(f"Head: {head}")
    return 0


def manifest_file() -> Path:
    """The app's manifest, which the local workspace holds the desk to."""
    return Path(__file__).parent.parent / "manifest.yml"


def _heeding_the_end() -> threading.Event:
    """Set when somebody wants the program to end. Whoever has read that it runs may ask for that."""
    ended = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: ended.set())
    return ended


def _cannot(*sentences: str) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 2


def _log_to_stderr(level: str) -> None:
    logging.basicConfig(level=level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
