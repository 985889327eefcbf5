"""Files as offices have them: any encoding, any separator, merged cells; and none that runs when it is opened."""

import csv
import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from bot.core.errors import BadInput
from bot.desk import exports, import_columns, spreadsheets
from bot.desk.exports import HEADER, Exported, Format
from bot.desk.import_columns import Field
from bot.desk.spreadsheets import Row, UnreadableFile

LINES = 'Date;Question\r\n03/04/2024;"Why £5, and\r\nwhy now; Zoë?"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_any_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(LINES.replace("Date;", f"Date{separator}").replace("2024;", f"2024{separator}").encode(encoding))
    [sheet] = spreadsheets.read(file)
    assert [row.cells for row in sheet.rows] == [
        ("Date", "Question"),
        ("03/04/2024", "Why £5, and\nwhy now; Zoë?"),
    ]


def test_excel_s_own_line_about_the_separator(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("sep=|\nDate|Question\n1|a, b\n", encoding="utf-8")
    assert spreadsheets.read(file)[0].rows[1] == Row(3, ("1", "a, b"))


def test_a_workbook_with_merged_cells_titles_and_formulas(tmp_path: Path) -> None:
    """A date merged over three rows stands for each of them; a formula is the value that it had, here none."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2024"
    sheet["A1"] = "Media log"
    sheet.merge_cells("A1:C1")
    for place, name in enumerate(("Date", "Query", "Media outlet"), 1):
        sheet.cell(2, place, name)
    sheet["A3"] = datetime(2024, 4, 3)  # noqa: DTZ001 (as a spreadsheet has it)
    sheet.merge_cells("A3:A5")
    for row in (3, 4, 5):
        sheet.cell(row, 2, f"Question {row}")
    sheet["C5"] = "=1+1"
    hidden = book.create_sheet("Lists")
    hidden["A1"] = "x"
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "log.xlsx")
    [read] = spreadsheets.read(tmp_path / "log.xlsx")
    day = datetime(2024, 4, 3)  # noqa: DTZ001
    assert [row.cells[:2] for row in read.rows[2:]] == [(day, f"Question {row}") for row in (3, 4, 5)]
    assert read.rows[4].cells[2:] in {(), (None,)}
    columns = import_columns.find(read.rows, {})
    assert columns.line == 2
    assert set(columns.of) == {Field.RECEIVED, Field.QUESTION, Field.OUTLET}


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", b"PK broken"), ("a.xls", b"x"), ("a.pdf", b"%PDF")])
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match="ave it"):
        spreadsheets.read(tmp_path / name)


def test_names_as_offices_spell_them() -> None:
    """The names that the issue gives, slips of the pen, and whatever else is left."""
    names = "Date rec'd|Journo|Media outlet|Query|Deadline|Response|Lead officer|Status|Outcome|Colour|E-mail adress"
    columns = import_columns.find([Row(1, tuple(names.split("|")))], {})
    assert columns.of == {
        Field.RECEIVED: 0,
        Field.JOURNALIST: 1,
        Field.OUTLET: 2,
        Field.QUESTION: 3,
        Field.DEADLINE: 4,
        Field.RESPONSE: 5,
        Field.OWNER: 6,
        Field.STATUS: 7,
        Field.OUTCOME: 8,
        Field.EMAIL: 10,
    }
    assert columns.left == ("Colour",)


def test_a_column_may_be_named() -> None:
    rows = [Row(1, ("Date", "Their words", "Query"))]
    assert import_columns.find(rows, {"Question": "their words"}).of[Field.QUESTION] == 1
    for told in ({"Question": "Nothing"}, {"Colour": "Date"}):
        with pytest.raises(BadInput):
            import_columns.find(rows, told)


RUNS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://a.example","x")')
"""What a spreadsheet would take for a formula."""


def exported(*cells: str) -> Exported:
    moment = datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001 (as a spreadsheet has it)
    return Exported((("ENQ-1", moment, *cells),))


def test_no_cell_of_a_csv_runs() -> None:
    content = exports.as_file(exported(*RUNS), Format.CSV)
    assert content.startswith(b"\xef\xbb\xbf")
    header, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert header == list(HEADER)
    assert row == ["ENQ-1", "2026-11-23 10:00", *(f"'{one}" for one in RUNS)]


def test_no_cell_of_a_workbook_runs() -> None:
    """Words are kept as text, a time as a time, and nothing as a formula."""
    content = exports.as_file(exported(*RUNS), Format.XLSX)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    cells = next(sheet.iter_rows(min_row=2))[: 2 + len(RUNS)]
    assert [cell.data_type for cell in cells] == ["s", "d", *(["s"] * len(RUNS))]
    assert all(str(cell.value).startswith("'") for cell in cells[2:])


def test_what_is_exported_can_be_imported(tmp_path: Path) -> None:
    """Its columns are known by their names."""
    (tmp_path / "out.csv").write_bytes(exports.as_file(exported(), Format.CSV))
    columns = import_columns.find(spreadsheets.read(tmp_path / "out.csv")[0].rows, {})
    assert {Field.RECEIVED, Field.QUESTION, Field.DEADLINE, Field.CLOSED, Field.STATUS} <= set(columns.of)
    assert set(columns.left) == {"Sent"}
