"""Reading what a spreadsheet or a CSV file holds, and writing one that cannot do harm when it is opened."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from storage.database import without_controls

Cell = str | int | float | bool | date | time | timedelta | None
"""What one cell holds. A `datetime` is a date too; a formula is the value it last had."""

MOST_ROWS: Final = 100_000
LONGEST_CELL: Final = 32_767
"""Excel's own limit."""

_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class UnreadableFile(Exception):
    """The file is none that can be read; the sentence says what to do."""


@dataclass(frozen=True)
class Row:
    """One row. `line` is its number as a spreadsheet shows it, from 1."""

    line: int
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: tuple[Row, ...]


def read(path: Path) -> list[Sheet]:
    """All sheets that hold something and are not hidden. Raises `UnreadableFile`, or OSError."""
    match path.suffix.lower():
        case ".xlsx" | ".xlsm":
            return _read_xlsx(path)
        case ".csv" | ".txt" | ".tsv":
            return [Sheet(path.stem, tuple(_read_csv(path)))]
        case ".xls" | ".ods" | ".numbers":
            raise UnreadableFile(f"{path.name} has an older or another format. Open it and save it as .xlsx or .csv.")
        case _:
            raise UnreadableFile(f"{path.name} is neither .csv nor .xlsx. Save it as one of them.")


# -- CSV


def _read_csv(path: Path) -> Iterator[Row]:
    text = decoded(path.read_bytes())
    first, _, rest = text.partition("\n")
    shift = 0
    told = re.fullmatch(r"sep=(.)\r?", first.strip("\ufeff"))
    if told:  # Excel says so in a line of its own
        text, shift = rest, 1
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=told[1] if told else _delimiter(text))
    try:
        for number, cells in enumerate(reader, 1 + shift):
            _not_too_many(number)
            yield Row(number, tuple(_cleaned(cell) for cell in cells))
    except csv.Error as error:
        raise UnreadableFile(f"{path.name} is no CSV file that can be read ({error}). Save it anew.") from error


def decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16, or what Windows and older Macs write for British offices."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if len(content) > 3 and content[1:4:2] == b"\0\0":
        return content.decode("utf-16-le", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """Whatever separates the most cells in the first lines. Commas in sentences are rarer than separators."""
    sample = [line for line in text.splitlines()[:20] if line.strip()]
    unquoted = [re.sub(r'"[^"]*"', "", line) for line in sample]
    return max(",;\t|", key=lambda one: (sorted(line.count(one) for line in unquoted) or [0])[len(unquoted) // 2])


# -- XLSX


def _read_xlsx(path: Path) -> list[Sheet]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UnreadableFile(
            f"{path.name} cannot be opened: it is damaged, or has a password. Save it as .xlsx without one."
        ) from error
    try:
        found = []
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()  # some programs write them wrong, and rows would be missing
            merged = _Merged.of(path, sheet._worksheet_path)  # type: ignore[attr-defined]  # noqa: SLF001 (see there)
            rows = []
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                _not_too_many(number)
                rows.append(Row(number, merged.filled(number, [_cleaned(cell) for cell in cells])))
            while rows and rows[-1].is_empty:
                rows.pop()
            if rows:
                found.append(Sheet(sheet.title, tuple(rows)))
        return found
    finally:
        book.close()


class _Merged:
    """Cells merged over several rows: each of these rows has their value."""

    def __init__(self, ranges: Iterable[tuple[int, int, int, int]]) -> None:
        self._begins: dict[int, list[tuple[int, int]]] = {}
        for first_column, first_row, _, last_row in ranges:
            if last_row > first_row:
                self._begins.setdefault(first_row, []).append((first_column - 1, last_row))
        self._open: dict[int, tuple[Cell, int]] = {}

    @classmethod
    def of(cls, path: Path, part_name: str) -> "_Merged":
        """openpyxl, reading row by row, passes over what is merged: it stands at the end of the sheet's own part."""
        with zipfile.ZipFile(path) as parts, parts.open(part_name) as part:
            return cls(_merged_in(iter(lambda: part.read(1 << 16), b"")))

    def filled(self, line: int, cells: list[Cell]) -> tuple[Cell, ...]:
        for column, (value, last) in list(self._open.items()):
            if line > last:
                del self._open[column]
            elif column < len(cells) and cells[column] is None:
                cells[column] = value
        for column, last in self._begins.get(line, ()):
            if column < len(cells):
                self._open[column] = cells[column], last
        return tuple(cells)


def _merged_in(part: Iterable[bytes]) -> Iterator[tuple[int, int, int, int]]:
    kept = b""
    for chunk in part:
        for found in re.finditer(rb'<mergeCell ref="([A-Z0-9:]+)"', kept + chunk):
            columns_and_rows = range_boundaries(found[1].decode())
            first_column, first_row, last_column, last_row = (int(one or 0) for one in columns_and_rows)
            yield first_column, first_row, last_column, last_row
        kept = chunk[-64:] if b"<mergeCell" in chunk[-64:] else b""


def _cleaned(cell: object) -> Cell:
    if isinstance(cell, str):
        cell = without_controls(cell.replace("_x000D_", "")).replace("\r\n", "\n").replace("\xa0", " ").strip()
        return cell or None
    if cell is None or isinstance(cell, (bool, int, float, date, time, timedelta)):
        return cell
    return str(cell)


def _not_too_many(number: int) -> None:
    if number > MOST_ROWS:
        raise UnreadableFile(f"There are more than {MOST_ROWS:,} rows. Divide the file, and import one part at a time.")


# -- writing


def harmless(cell: Cell) -> Cell:
    """No cell may run as a formula where the file is opened: an apostrophe stands before what would."""
    if isinstance(cell, str):
        text = _NOT_IN_XLSX.sub("", cell)[: LONGEST_CELL - 1]
        return f"'{text}" if text.startswith(_RUNS_AS_FORMULA) else text
    return cell


_NOT_IN_XLSX = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """UTF-8 with its mark, without which Excel takes it for something else; times as `2026-11-23 10:00`."""
    yield b"\xef\xbb\xbf" + _csv_line(header)
    for values in rows:
        yield _csv_line(values)


def _csv_line(row: Sequence[Cell]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(["" if cell is None else _in_csv(harmless(cell)) for cell in row])
    return line.getvalue().encode()


def _in_csv(cell: Cell) -> Cell:
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else cell


def write_xlsx(file: Path | io.BytesIO, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Words as text, whatever they begin with; times (naive, of the office's zone) as dates that can be sorted."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    bold = []
    for name in header:
        cell = WriteOnlyCell(sheet, value=name)
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in rows:
        cells: list[object] = []
        for value in row:
            if value is None:
                cells.append(None)
                continue
            cell = WriteOnlyCell(sheet, value=harmless(value))  # type: ignore[arg-type]  # it takes dates and times too
            if isinstance(value, str):
                cell.data_type = "s"
                cell.number_format = "@"
            elif isinstance(value, datetime):
                cell.number_format = "dd/mm/yyyy hh:mm"
            cells.append(cell)
        sheet.append(cells)
    book.save(file)
