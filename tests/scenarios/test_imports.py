"""`comms-desk import` and `comms-desk export`, as somebody runs them who has a spreadsheet and five minutes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import cli
from bot.desk import enquiry_lists, spreadsheets
from bot.desk.enquiry_cards import EnquiryCard
from storage.database import Database
from storage.enquiry_lists import Listed
from tests.storage.press_office import AMINA, PressOffice, opened

HEAD = "Date rec'd,Journo,Media outlet,Query,Deadline,Response,Lead officer,Status,Outcome\n"
SNOW = '03/06/2024,Rosa Achter,Evening Courier,Why are the buses late?,4pm,"Because of the snow.",Ben,Closed,\n'
POOL = "04/06/2024,Tom Bell,Weekly Post,Is the pool closed?,ASAP,,Amina,Complete,Declined to comment\n"
BAD = "31/02/2024,Tom Bell,Weekly Post,What else?,,Nothing else.,Amina,Closed,\n"
OPEN = "05/06/2024,Tom Bell,Weekly Post,And the gym?,30/11/2026 16:00,,Amina,Open,\n"


@pytest.fixture
def office(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PressOffice]:
    """A workspace that the desk knows, and the command line beside it."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.chdir(tmp_path)
    database = Database(database_url)
    yield opened(database)
    database.dispose()


def run(*arguments: str) -> int:
    return cli.main(arguments)


def write(*lines: str) -> None:
    Path("log.csv").write_text("".join(lines), encoding="cp1252")


def on_file(office: PressOffice) -> int:
    with office.reading() as tx:
        from storage import enquiries

        return len([one for one in range(1, 20) if enquiries.get(tx, one)])


def closed(office: PressOffice, number: int) -> EnquiryCard:
    return enquiry_lists.numbered(office.desk, office.caller(AMINA), number)


def test_a_spreadsheet_is_brought_along_and_a_second_run_adds_nothing(
    office: PressOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    """The columns and the first rows are shown; then it is done, and said; then it is known."""
    write(HEAD, SNOW, POOL)
    assert run("import", "log.csv", "--yes") == 0
    told = capsys.readouterr().out
    for words in ("Date rec'd", "Journo", "Lead officer", "How the first rows are read", "ENQ-1 to ENQ-2", "Carys"):
        assert words in told
    assert "2 of them were closed before" in told, "they are of June 2024, and are kept for two years"
    card = closed(office, 1)
    assert card.answer_from_before == "Because of the snow."
    assert card.line.enquiry.owner is not None
    assert card.line.enquiry.owner.name == "Ben"
    assert run("import", "log.csv", "--yes") == 0
    assert "2 rows are on file already" in capsys.readouterr().out
    write(HEAD, SNOW, POOL, "06/06/2024,Tom Bell,Weekly Post,New?,,Yes.,Amina,Closed,\n")
    assert run("import", "log.csv", "--yes") == 0
    assert "Imported 1 enquiry: ENQ-3" in capsys.readouterr().out


def test_with_one_bad_row_nothing_is_imported_unless_it_is_left_out(
    office: PressOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line and the reason are told, and stand in a file beside, with the row as it was."""
    torn = "06/06/2024,Tom Bell,Weekly Post,Why, oh why?,,Yes.,Amina,Closed,,x\n"
    write(HEAD, SNOW, BAD, POOL, torn)
    assert run("import", "log.csv", "--yes") == 1
    told = capsys.readouterr().out
    assert "Line 3: Received: “31/02/2024” is no day of any year." in told
    assert "Line 5: it has more cells than there are columns" in told
    assert "Nothing was imported" in told
    beside = Path("log-rows-to-mend.csv").read_text("utf-8-sig")
    assert "31/02/2024,Tom Bell" in beside
    assert run("import", "log.csv", "--yes", "--without-bad-rows") == 0
    assert "ENQ-1 to ENQ-2" in capsys.readouterr().out


def test_nothing_is_changed_by_a_dry_run_or_when_nobody_says_yes(
    office: PressOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    write(HEAD, SNOW)
    assert run("import", "log.csv", "--dry-run") == 0
    assert "1 enquiry would be imported" in capsys.readouterr().out
    assert run("import", "log.csv") == 1
    assert "--yes" in capsys.readouterr().out
    assert enquiry_lists.listed(office.desk, office.caller(AMINA), Listed.OPEN).total == 0
    assert on_file(office) == 0


def test_open_rows_come_with_their_cards_if_they_are_meant_to(
    office: PressOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    write(HEAD, OPEN)
    assert run("import", "log.csv", "--yes") == 1
    assert "--open-too" in capsys.readouterr().out
    assert run("import", "log.csv", "--yes", "--open-too") == 0
    assert enquiry_lists.listed(office.desk, office.caller(AMINA), Listed.MINE).total == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nothing.csv",), "There is no file nothing.csv."),
        (("log.csv", "--columns", "Question=Nowhere"), "There is no column “Nowhere”"),
        (("log.csv", "--by", "Esther"), "Only"),
        (("log.csv", "--by", "Nobody"), "Say who does this"),
        (("log.csv", "--sheet", "2023"), "There is no sheet"),
        (("log.csv", "--workspace", "Elsewhere"), "no such workspace"),
    ],
)
def test_what_is_missing_is_said(
    office: PressOffice, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    write(HEAD, SNOW)
    assert run("import", *arguments, "--yes") == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_what_is_exported_is_all_there_is(
    office: PressOffice, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    """And it can be read back: every row of it is known already."""
    write(HEAD, SNOW.replace("Because", "=Because"), POOL)
    assert run("import", "log.csv", "--yes") == 0
    assert run("export", f"out.{format_}", "--since", "2024-06-03") == 0
    assert "2 enquiries" in capsys.readouterr().out
    [sheet] = spreadsheets.read(Path(f"out.{format_}"))
    assert sheet.rows[1].cells[0] == "ENQ-1"
    assert "'=Because of the snow." in sheet.rows[1].cells
    assert run("export", f"out.{format_}", "--since", "2024-06-04") == 0
    assert run("export", f"out.{format_}", "--open") == 0
    assert "0 enquiries" in capsys.readouterr().out
    assert len(spreadsheets.read(Path(f"out.{format_}"))[0].rows) == 1
