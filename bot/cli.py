"""Start here: `comms-desk demo | run | doctor | settings | import | export | migrate | audit verify`."""

import argparse
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from http.client import HTTPException
from pathlib import Path

from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot import app as application
from bot import cli_files, doctor, environment, settings_command
from bot.clock import MovableClock
from bot.config import Settings, sqlite_url
from bot.core import audit
from storage import migrate
from storage.database import DatabaseUnavailable
from storage.engines import UnknownDatabase

DEMO_FOLDER = Path(".demo")
DEMO_PORT = 8155
DEMO_DATABASE, DEMO_SLACK = "comms-desk.db", "slack.db"


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

    cli_files.add_to(commands)

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
    except UnknownDatabase as error:
        return _cannot(environment.unknown_database(error))
    except DatabaseUnavailable as error:
        return _cannot(*environment.silent_database(error))
    except migrate.NewerDatabase as error:
        return _cannot(f"{error} Install the newest Comms Desk.")
    except KeyboardInterrupt:
        return 130  # as a shell has it: somebody changed their mind while it was starting


def _run(_: argparse.Namespace) -> int:
    config = environment.read()
    problems = config.problems()
    if problems:
        return _cannot(*problems)
    _log_to_stderr(config.comms_desk_log_level)
    with environment.database(config) as database:
        migrate.upgrade(database)
    try:
        desk = application.build_app(config)
        desk.start()
    except SlackApiError as error:
        return _cannot(environment.refused_by_slack(error, config))
    except (OSError, HTTPException) as error:
        return _cannot(environment.silent_slack(error, config))
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
    if not manifest_file().exists():
        return _cannot("The demo needs manifest.yml, which lies beside the source. Start it from there: make demo.")
    folder: Path = chosen.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _check_port(chosen.port)  # before anything is forgotten: a demo may be running on these very files
    except FileExistsError:
        return _cannot(f"{folder} is no folder. Choose another with --folder.")
    except (OSError, OverflowError) as error:
        return _cannot(
            f"The demo cannot start in {folder} on port {chosen.port} ({error}). Is it running already? Choose "
            "another port: PORT=8156 make demo, or --port."
        )
    if chosen.fresh:
        for kept in (DEMO_DATABASE, DEMO_SLACK):
            for old in folder.glob(f"{kept}*"):
                old.unlink()
    clock = MovableClock()
    sandbox = Sandbox(
        demo.plan(), manifest=manifest_file(), clock=clock, state=folder / DEMO_SLACK, port=chosen.port
    ).start()
    config = Settings(
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token),
        database_url=sqlite_url(folder / DEMO_DATABASE),
        slack_api_url=sandbox.api_url,
        comms_desk_admin=sandbox.user_id("Carys Whitlock"),
    )
    with environment.database(config) as database:
        migrate.upgrade(database)
    desk = application.build_app(config, clock=clock, pace=application.Pace(tick_seconds=0.5))
    demo.seed_if_fresh(desk.desk, clock, sandbox)
    desk.start()
    ended = _heeding_the_end()
    print(f"Comms Desk is running. Open {sandbox.url} in your browser. Press Ctrl+C to stop.", flush=True)
    ended.wait()
    desk.stop()
    sandbox.stop()
    return 0


def _check_port(port: int) -> None:
    """Raises OSError if somebody else has it."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind(("127.0.0.1", port))


def _migrate(_: argparse.Namespace) -> int:
    with environment.database(environment.read()) as database:
        migrate.upgrade(database)
    print("The database is at the newest version.")
    return 0


def _verify(chosen: argparse.Namespace) -> int:
    with environment.database(environment.read()) as database:
        if not migrate.is_newest(database):
            return _cannot(
                "There is no record at DATABASE_URL, or it is an older or newer Comms Desk's. Check DATABASE_URL; "
                "`comms-desk migrate` brings an older one to the newest version."
            )
        try:
            verdict = audit.verify(database, head=chosen.head)
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
    if level.upper() == "INFO":
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it would tell of every tick, day and night
