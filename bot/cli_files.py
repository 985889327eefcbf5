"""`comms-desk import` and `comms-desk export`: the press office's past, in and out."""

import argparse
import hashlib
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from datetime import time as time_of_day
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from bot.app import FEATURES
from bot.clock import SystemClock
from bot.config import Settings
from bot.core.errors import DeskError
from bot.core.features import Features
from bot.core.permissions import Act, may
from bot.core.working_days import moment_of
from bot.core.workspaces import Caller, Desk
from bot.desk import exports, import_columns, import_rows, imports, spreadsheets
from bot.desk.enquiry_cards import OUTCOME_WORDS
from bot.desk.exports import Format, Wanted
from bot.desk.import_columns import Columns, Field
from bot.desk.import_dates import Order
from bot.desk.import_rows import BadRow, Candidate, Office, Reading, Wishes
from bot.desk.spreadsheets import Sheet, UnreadableFile
from storage import migrate, people, workspaces
from storage.database import Database
from storage.enquiries import Outcome
from storage.people import Person, Role
from storage.workspaces import Workspace

SHORTEST_PAUSE, LONGEST_PAUSE = 0.01, 0.25
"""Seconds between two batches."""
MOST_SHOWN = 10
PREVIEWED = 3

OUTCOMES: dict[str, Outcome] = {
    "statement": Outcome.STATEMENT,
    "background": Outcome.BACKGROUND,
    "interview": Outcome.INTERVIEW,
    "declined": Outcome.DECLINED,
    "withdrawn": Outcome.WITHDRAWN,
    "referred": Outcome.REFERRED,
    "foi": Outcome.FOI,
}


class CannotError(Exception):
    """What is missing, in a sentence that says what to do."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds both commands to the command line."""
    in_ = commands.add_parser("import", help="bring enquiries along from a spreadsheet (.csv or .xlsx)")
    in_.add_argument("file", type=Path)
    in_.add_argument("--sheet", help="which sheet of a workbook")
    in_.add_argument("--columns", action="append", default=[], metavar="FIELD=NAME", help='"Question=Query text"')
    in_.add_argument("--dates", choices=["british", "american"], help="what all dates are, if 03/04/2024 is not clear")
    in_.add_argument("--outcome-for-rest", choices=sorted(OUTCOMES), help="how closed rows ended that do not say it")
    in_.add_argument("--open-too", action="store_true", help="open rows as well: they get cards and reminders")
    in_.add_argument("--without-bad-rows", action="store_true", help="import the others, if some cannot be read")
    in_.add_argument("--dry-run", action="store_true", help="read and report, and change nothing")
    in_.add_argument("--yes", action="store_true", help="do not ask before it begins")
    _who(in_)
    in_.set_defaults(run=_import)

    out = commands.add_parser("export", help="enquiries as a .csv or .xlsx file")
    out.add_argument("file", type=Path, nargs="?", help="where to (default: enquiries.csv or .xlsx)")
    out.add_argument("--format", choices=[one.value for one in Format], help="default: by the file's name, or csv")
    out.add_argument("--open", action="store_true", help="only what is not closed (default: all)")
    out.add_argument("--since", type=_day, metavar="2026-01-31", help="received on that day or later")
    _who(out)
    out.set_defaults(run=_export)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError("write the day like 2026-01-31") from None


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", metavar="NAME", help="who does this; it stays on the record (default: the comms lead)")
    parser.add_argument("--workspace", metavar="NAME", help="which workspace, if there are several")


def _import(chosen: argparse.Namespace) -> int:
    console = Console(highlight=False)
    return _carried_out(chosen, lambda desk, caller, name: _Import(chosen, console, desk, caller, name).run())


def _export(chosen: argparse.Namespace) -> int:
    def run(desk: Desk, caller: Caller, _name: str) -> int:
        named: Path | None = chosen.file
        suffix = named.suffix.lstrip(".").lower() if named else ""
        format_ = Format(chosen.format or (suffix if suffix in set(Format) else Format.CSV))
        file = named or Path(f"enquiries.{format_}")
        zone = imports.office(desk, caller).hours.zone
        since = moment_of(chosen.since, time_of_day(), zone) if chosen.since else None
        found = exports.export(desk, caller, Wanted(only_open=chosen.open, since=since))
        file.write_bytes(exports.as_file(found, format_))
        Console(highlight=False).print(Text(f"{file} has {_counted(len(found.rows))}."))
        return 0

    return _carried_out(chosen, run)


def _carried_out(chosen: argparse.Namespace, run: Callable[[Desk, Caller, str], int]) -> int:
    database = Database(Settings().sqlalchemy_url)
    try:
        migrate.upgrade(database)
        desk = Desk(database, SystemClock(), Features(FEATURES), Settings().administrators)
        caller, name = _caller(database, chosen.workspace, chosen.by)
        return run(desk, caller, name)
    except FileNotFoundError as error:
        print(f"There is no file {error.filename}.", file=sys.stderr)  # noqa: T201 (a command line prints)
        return 2
    except (CannotError, UnreadableFile, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201 (a command line prints)
        return 2
    except DeskError as error:
        print(error.sentence, file=sys.stderr)  # noqa: T201
        return 2
    finally:
        database.dispose()


class _Pauses:
    """Rests between two batches for as long as the last one took.

    SQLite keeps no line between processes: whoever waits to write looks again now and then, and must find it free.
    """

    def __init__(self) -> None:
        self._since = time.monotonic()

    def __call__(self) -> None:
        took = time.monotonic() - self._since
        time.sleep(min(LONGEST_PAUSE, max(SHORTEST_PAUSE, took)))
        self._since = time.monotonic()


class _Import:
    """One run of `comms-desk import`: what it prints, asks and answers."""

    def __init__(self, chosen: argparse.Namespace, console: Console, desk: Desk, caller: Caller, name: str) -> None:
        self.chosen = chosen
        self.console = console
        self.desk = desk
        self.caller = caller
        self.name = name
        self.file: Path = chosen.file

    def run(self) -> int:
        with self.console.status("Reading …"):
            content = self.file.read_bytes()
            told = _told(self.chosen.columns)
            sheet = _sheet(spreadsheets.read(self.file), self.chosen.sheet, told)
            columns = import_columns.find(sheet.rows, told)
            wishes = Wishes(
                open_too=self.chosen.open_too,
                outcome_for_rest=OUTCOMES.get(self.chosen.outcome_for_rest or ""),
                order=Order(self.chosen.dates) if self.chosen.dates else Order.BRITISH_FIRST,
            )
            office = imports.office(self.desk, self.caller)
            reading = import_rows.read(sheet.rows, columns, office, wishes)
            fresh = imports.not_yet_here(self.desk, self.caller, reading.candidates)
        self._show_columns(sheet, columns)
        self._show_rows(fresh)
        self._report(reading, fresh)
        self._say_what_is_erased(fresh, office)
        if reading.bad:
            self._keep_bad_rows(columns, reading.bad)
            if not self._goes_on_without(reading.bad, fresh):
                return 1
        if not fresh:
            self._say("There is nothing to import that is not on file already.")
            return 0
        if self.chosen.dry_run:
            self._say(f"A dry run: nothing was changed. {_counted(len(fresh))} would be imported.")
            return 0
        if not self.chosen.yes and not self._asks(f"Import {_counted(len(fresh))}?"):
            self._say("Nothing was imported.")
            return 1
        brought = self._bring(fresh, hashlib.sha256(content).hexdigest())
        self._say(
            f"Imported {_counted(brought.enquiries)}: {brought.references}. On the record as done by {self.name}."
        )
        return 0

    def _bring(self, fresh: Sequence[Candidate], sha256: str) -> imports.Brought:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self.console) as progress:
            task = progress.add_task("Importing", total=len(fresh))
            brought = imports.bring_along(
                self.desk,
                self.caller,
                fresh,
                sha256=sha256,
                progress=lambda done: progress.update(task, completed=done),
                between=_Pauses(),
            )
        imports.count_new(self.desk, self.caller)
        return brought

    def _show_columns(self, sheet: Sheet, columns: Columns) -> None:
        table = Table(title=Text(f"{self.file.name}, sheet “{sheet.name}”: the names are in line {columns.line}"))
        table.add_column("Taken as")
        table.add_column("Column")
        table.add_column("For example")
        below = [row for row in sheet.rows if row.line > columns.line and not row.is_empty]
        for field in Field:
            if field not in columns.of:
                continue
            example = next((cell for row in below if (cell := columns.cell(row, field)) is not None), "")
            table.add_row(field.value, Text(columns.names[columns.of[field]]), Text(_short(str(example))))
        self.console.print(table)
        if columns.left:
            self._say("Not imported: " + ", ".join(columns.left))

    def _show_rows(self, fresh: Sequence[Candidate]) -> None:
        if not fresh:
            return
        table = Table(title="How the first rows are read")
        for name in ("Line", "Received", "Journalist", "Outlet", "Question", "Ends as", "Answer"):
            table.add_column(name)
        for one in fresh[:PREVIEWED]:
            values = one.values
            outcome = values["outcome"]
            table.add_row(
                str(one.line),
                f"{values['received_at']:%d %b %Y %H:%M} UTC",
                *(Text(_short(str(values[name]), 24)) for name in ("journalist", "outlet", "question")),
                OUTCOME_WORDS[outcome] if outcome else "open",
                Text(_short(one.answer or "", 24)),
            )
        self.console.print(table)

    def _report(self, reading: Reading, fresh: Sequence[Candidate]) -> None:
        known = len(reading.candidates) - len(fresh)
        self._say(f"{len(fresh):,} rows can be imported.")
        if known:
            self._say(f"{known:,} rows are on file already, from an earlier import, and are left as they are.")
        if reading.same_twice:
            examples = ", ".join(f"{line} as {first}" for line, first in reading.same_twice[:MOST_SHOWN])
            self._say(f"{len(reading.same_twice):,} rows are the same as one before, and are left out: {examples}")
        if reading.headings:
            self._say(f"{reading.headings:,} lines are headings and are left out.")
        for words, number in reading.remarks.items():
            self._say(f"In {number:,} rows: {words}.")
        if reading.bad:
            self._say(f"{len(reading.bad):,} rows cannot be imported:")
            for bad in reading.bad[:MOST_SHOWN]:
                self._say(f"  Line {bad.line}: {bad.reason}.")
            if len(reading.bad) > MOST_SHOWN:
                self._say(f"  and {len(reading.bad) - MOST_SHOWN:,} more.")

    def _say_what_is_erased(self, fresh: Sequence[Candidate], office: Office) -> None:
        closed = [one.values["closed_at"] for one in fresh if one.values["closed_at"] is not None]
        old = sum(at < office.kept_since for at in closed)
        if old:
            self._say(
                f"{old:,} of them were closed before {office.kept_since:%d %B %Y}. Journalists’ names and addresses "
                "are not kept so long: within a day they are erased from these. What was asked and answered stays. To "
                "keep them, change what is kept in Settings first."
            )

    def _keep_bad_rows(self, columns: Columns, bad: Sequence[BadRow]) -> None:
        beside = self.file.with_name(f"{self.file.stem}-rows-to-mend.csv")
        try:
            beside.write_bytes(exports.bad_rows(columns.names, [(one.line, one.reason, one.cells) for one in bad]))
        except OSError as error:
            self._say(f"They could not be written to {beside}: {error}.")
        else:
            self._say(f"They are in {beside}, each with its reason.")

    def _goes_on_without(self, bad: Sequence[BadRow], fresh: Sequence[Candidate]) -> bool:
        if self.chosen.dry_run or self.chosen.without_bad_rows:
            return True
        if fresh and not self.chosen.yes and self._asks(f"Leave these {len(bad):,} rows out, and go on?"):
            return True
        self._say("Nothing was imported. Mend these rows, or leave them out: --without-bad-rows")
        return False

    def _asks(self, question: str) -> bool:
        if not sys.stdin.isatty():
            self._say(f"{question} Nobody is there to ask: say --yes.")
            return False
        return self.console.input(f"{question} [y/N] ".replace("[", "\\[")).strip().lower() in {"y", "yes"}

    def _say(self, sentence: str) -> None:
        self.console.print(Text(sentence), soft_wrap=True)


def _told(columns: Sequence[str]) -> dict[str, str]:
    told = dict(one.partition("=")[::2] for one in columns)
    if not all(told.values()):
        raise CannotError('A column is named like this: --columns "Question=Query text"')
    return told


def _sheet(sheets: Sequence[Sheet], named: str | None, told: dict[str, str]) -> Sheet:
    names = ", ".join(f"“{sheet.name}”" for sheet in sheets)
    if not sheets:
        raise CannotError("There is nothing in this file.")
    if named is not None:
        for sheet in sheets:
            if sheet.name.strip().lower() == named.strip().lower():
                return sheet
        raise CannotError(f"There is no sheet “{named}”. There are {names}.")
    likely = [sheet for sheet in sheets if import_columns.makes_sense(sheet.rows, told)] or list(sheets)
    if len(likely) > 1:
        raise CannotError(f"Several sheets could be meant: {names}. Say which, one at a time: --sheet “{names[1:-1]}”")
    return likely[0]


def _caller(database: Database, workspace: str | None, by: str | None) -> tuple[Caller, str]:
    """Whoever does it, as the desk knows them: the rights are theirs, and so is the line on the record."""
    with database.across_workspaces(read_only=True) as view:
        known = workspaces.all_of_them(view)
    found = [one for one in known if workspace is None or workspace.lower() in {one.name.lower(), one.team_id.lower()}]
    if not found:
        raise CannotError("The desk knows no such workspace yet. Start it once (comms-desk run), then import.")
    if len(found) > 1:
        names = ", ".join(one.name for one in found)
        raise CannotError(f"There are several workspaces: {names}. Say which: --workspace “{found[0].name}”")
    person = _person(database, found[0], by)
    caller = Caller(found[0].team_id, str(person.slack_user_id), str(person.slack_team_id), person.name)
    return caller, person.name


def _person(database: Database, workspace: Workspace, by: str | None) -> Person:
    with database.transaction(workspace.id, read_only=True) as tx:
        everyone = [person for person in people.everyone(tx) if person.on_slack]
    may_import = [person for person in everyone if may(Act.IMPORT_ENQUIRIES, frozenset(person.roles))]
    if by is not None:
        named = [
            person for person in everyone if by.lower() in {person.name.lower(), str(person.slack_user_id).lower()}
        ]
    else:
        named = [person for person in may_import if Role.COMMS_LEAD in person.roles]
    if len(named) != 1:
        names = ", ".join(person.name for person in may_import) or "nobody yet; add them in Settings"
        raise CannotError(f"Say who does this: --by NAME. These may: {names}.")
    return named[0]


def _counted(number: int) -> str:
    return "1 enquiry" if number == 1 else f"{number:,} enquiries"


def _short(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
