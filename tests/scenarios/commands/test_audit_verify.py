# ruff: noqa: S608 (the statements are put together from names of our own tables)
"""`comms-desk audit verify`: a sound record is said to hold, a changed byte and a cut tail are found."""

import re
import shutil
from pathlib import Path

import pytest

from bot.config import sqlite_url
from tests.office import running
from tests.scenarios.acts import log, take
from tests.scenarios.commands.processes import Comms, Ended
from tests.scenarios.commands.tampering import change


@pytest.fixture(scope="module")
def morning(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a press office's morning on its record."""
    file = tmp_path_factory.mktemp("morning") / "desk.db"
    shutil.copy(sqlite_template, file)
    with running(sqlite_url(file)) as office:
        log(office)
        take(office)
    return file


@pytest.fixture
def record(morning: Path, tmp_path: Path) -> Path:
    """The same, to be changed: it is where DATABASE_URL says."""
    return Path(shutil.copy(morning, tmp_path / "desk.db"))


def heads_in(run: Ended) -> list[str]:
    return re.findall(r"^Head: (\d+-[0-9a-f]{64})$", run.out, re.MULTILINE)


def test_a_sound_record_is_said_to_hold(comms: Comms, record: Path) -> None:
    """With its head, which can be noted and shown again."""
    run = comms("audit", "verify")
    assert (run.code, run.err) == (0, "")
    assert re.search(r"The record holds: \d{2} entries, none changed, none missing\.", run.out)
    (head,) = heads_in(run)
    assert comms("audit", "verify", "--head", head) == run
    assert comms("audit", "verify", "--head", f" {head}\n") == run


def test_a_changed_byte_is_found_and_named(comms: Comms, record: Path) -> None:
    """1, and which entry it is."""
    change(record, "UPDATE audit_entries SET act = 'X' || substr(act, 2) WHERE position = 5")
    run = comms("audit", "verify")
    assert (run.code, run.err) == (1, "")
    assert run.out.splitlines() == [
        "Workspace 1, entry 5: was changed after it was written",
        f"The record does not hold: 1 found in {run.out.split()[-2]} entries.",
    ]


def test_a_cut_tail_is_found_by_its_head(comms: Comms, record: Path) -> None:
    """Cut with care the chain still holds by itself; against the head that was noted it does not."""
    (noted,) = heads_in(comms("audit", "verify"))
    end = int(noted.partition("-")[0]) - 1
    last = f"(SELECT id FROM audit_entries WHERE position > {end})"
    change(
        record,
        f"DELETE FROM audit_personal WHERE entry_id IN {last}",
        f"DELETE FROM audit_entries WHERE position > {end}",
        f"UPDATE audit_heads SET position = {end}, hash = (SELECT hash FROM audit_entries WHERE position = {end})",
    )
    assert comms("audit", "verify").code == 0
    run = comms("audit", "verify", "--head", noted)
    assert (run.code, run.err) == (1, "")
    assert "its end was cut off or rewritten" in run.out


@pytest.mark.parametrize("head", ["", "12", "12-", "twelve-9f3a"])
def test_a_head_that_cannot_be_one(comms: Comms, record: Path, head: str) -> None:
    """2: it proves nothing, and is no finding either."""
    run = comms("audit", "verify", "--head", head)
    assert (run.code, run.out) == (2, "")
    assert "copy it whole from the digest" in run.err


def test_a_record_that_is_not_there(comms: Comms, tmp_path: Path) -> None:
    """An empty database, then a migrated one with nothing in it yet, which holds."""
    run = comms("audit", "verify")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("There is no record at DATABASE_URL")
    comms("migrate")
    run = comms("audit", "verify")
    assert (run.code, run.err) == (0, "")
    assert "0 entries" in run.out
