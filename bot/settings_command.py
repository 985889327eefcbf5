"""`comms-desk settings export | import`: everything that is set, in one file."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot import environment
from bot.app import FEATURES
from bot.clock import SystemClock
from bot.core.features import Features
from bot.core.workspaces import Desk
from bot.desk import settings_export, settings_file, settings_import
from bot.desk.settings_tables import FileRefused
from storage import migrate, workspaces

_YES = frozenset({"y", "yes"})


def add(commands: Any) -> None:
    """Adds the command to the others."""
    command = commands.add_parser("settings", help="everything that is set, in one file")
    actions = command.add_subparsers(dest="action", required=True)
    export = actions.add_parser("export", help="write what is set into a file (TOML)")
    export.add_argument("file", nargs="?", help="where to; without it, on the screen")
    import_ = actions.add_parser("import", help="show what a file would change, ask, and change it: all of it or none")
    import_.add_argument("file", help="a file like the one that export writes; -: what is typed")
    import_.add_argument("--yes", action="store_true", help="change it without asking")
    for action, run in ((export, _export), (import_, _import)):
        action.add_argument("--workspace", help="Slack's ID of the workspace (T…), where there are several")
        action.set_defaults(run=run)


def _export(chosen: argparse.Namespace) -> int:
    return _with_desk(chosen, lambda desk, workspace_id: _write(desk, workspace_id, chosen.file))


def _write(desk: Desk, workspace_id: int, file: str | None) -> int:
    with desk.on_its_own(workspace_id, read_only=True) as work:
        text = settings_export.written(work)
    if file is None or file == "-":
        print(text, end="")
        return 0
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        return _cannot(f"{file} cannot be written: {error.strerror}. Choose another place.")
    print(f"What is set is in {file}. Change it there, then: comms-desk settings import {file}")
    return 0


def _import(chosen: argparse.Namespace) -> int:
    name: str = chosen.file
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        return _cannot(f"{name} cannot be read: {why}.")
    return _with_desk(chosen, lambda desk, workspace_id: _take_over(desk, workspace_id, name, text, yes=chosen.yes))


def _take_over(desk: Desk, workspace_id: int, name: str, text: str, *, yes: bool) -> int:
    try:
        given = settings_file.read(text)
        changes = settings_import.preview(desk, workspace_id, given)
        if not changes:
            print("Nothing would change: everything is set like this already.")
            return 0
        for sentence in changes:
            print(f"• {sentence}")
        if not yes and not _agrees(len(changes)):
            print("Nothing has changed.")
            return 1
        settings_import.carry_out(desk, workspace_id, given, previewed=changes)
    except FileRefused as refused:
        return _cannot(*(f"{name}, {fault}" for fault in refused.faults), "Nothing has changed.")
    print(f"Done: {_counted(len(changes))}, on the record as by the command line.")
    return 0


def _agrees(number: int) -> bool:
    try:
        return (
            input(f"Make {'this change' if number == 1 else f'these {number} changes'}? [y/N] ").strip().lower() in _YES
        )
    except EOFError:
        print()
        return False


def _counted(number: int) -> str:
    return "1 change" if number == 1 else f"{number} changes"


def _with_desk(chosen: argparse.Namespace, act: Callable[[Desk, int], int]) -> int:
    """Runs something in the workspace that is meant, without Slack."""
    with environment.database(environment.read()) as database:
        if migrate.is_newer(database):
            return _cannot("The database is a newer Comms Desk’s. Install the newest Comms Desk.")
        if not migrate.is_newest(database):
            return _cannot("The database is not at this version yet. Run: comms-desk migrate")
        with database.across_workspaces(read_only=True) as view:
            known = workspaces.all_of_them(view)
        meant = [one for one in known if chosen.workspace in {None, one.team_id}]
        if len(meant) > 1:
            listed = ", ".join(f"{one.team_id} ({one.name})" for one in meant)
            return _cannot(f"There are several workspaces. Choose one with --workspace: {listed}.")
        if not meant:
            there = "There is no such workspace" if chosen.workspace else "There is no workspace yet"
            return _cannot(f"{there}. Start the desk in it once with: comms-desk run")
        return act(Desk(database, SystemClock(), Features(FEATURES)), meant[0].id)


def _cannot(*sentences: str) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 2
