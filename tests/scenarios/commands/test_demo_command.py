"""`comms-desk demo`: what it says when it cannot start, and that it goes on where it stopped."""

import re
import signal
import socket
import sqlite3
import sys
from pathlib import Path

import pytest

from bot import cli
from tests.scenarios.commands.processes import Comms, ended, started


def test_the_demo_without_its_extra(comms: Comms, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`pip install comms-desk` alone: what is missing, and how to get it."""
    for name in [name for name in sys.modules if name.startswith(("bot.sandbox", "bot.demo"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    run = comms("demo", "--folder", str(tmp_path / "demo"))
    assert (run.code, run.out) == (2, "")
    assert run.err == "The demo needs aiohttp, which is not installed. Install comms-desk[demo].\n"


def test_the_demo_without_its_source(comms: Comms, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where only the package was installed, its manifest is not there."""
    monkeypatch.setattr(cli, "manifest_file", lambda: tmp_path / "manifest.yml")
    run = comms("demo", "--folder", str(tmp_path / "demo"))
    assert (run.code, run.out) == (2, "")
    assert "make demo" in run.err
    assert not (tmp_path / "demo").exists()


def test_the_demo_on_a_port_that_somebody_has(comms: Comms, tmp_path: Path) -> None:
    """It says so, and forgets nothing: what has the port may be the demo on these very files."""
    kept = tmp_path / "demo" / "comms-desk.db"
    kept.parent.mkdir()
    kept.write_text("everything so far")
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        port = str(somebody.getsockname()[1])
        run = comms("demo", "--folder", str(kept.parent), "--port", port, "--fresh")
    assert (run.code, run.out) == (2, "")
    assert f"port {port}" in run.err
    assert "PORT=8156 make demo" in run.err
    assert kept.read_text() == "everything so far"


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_the_demo_on_a_port_that_cannot_be(comms: Comms, tmp_path: Path, port: str) -> None:
    """A sentence for that, too."""
    run = comms("demo", "--folder", str(tmp_path / "demo"), "--port", port)
    assert (run.code, run.out) == (2, "")
    assert f"port {port}" in run.err


def test_the_demo_in_a_folder_that_is_a_file(comms: Comms, tmp_path: Path) -> None:
    """A sentence for that, too."""
    (tmp_path / "demo").touch()
    run = comms("demo", "--folder", str(tmp_path / "demo"))
    assert (run.code, run.out) == (2, "")
    assert "is no folder" in run.err


def test_the_demo_goes_on_where_it_stopped_and_fresh_starts_anew(tmp_path: Path) -> None:
    """What was on record is there after a restart; `--fresh` forgets it, and nothing else in that folder."""
    folder = tmp_path / "demo"

    def played(*more: str) -> tuple[list[str], int]:
        """The heads after a start, and how many entries."""
        with started("demo", "--folder", str(folder), "--port", "0", *more) as (process, line):
            assert re.search(r"Open http://127\.0\.0\.1:\d+ in your browser", line)
            assert ended(process, signal.SIGINT).code == 0
        with sqlite3.connect(folder / "comms-desk.db") as connection:
            rows = connection.execute("SELECT hash FROM audit_entries ORDER BY position LIMIT 20").fetchall()
        connection.close()
        return [hash_ for (hash_,) in rows], len(rows)

    first, number = played()
    assert number == 20, "the story is on the record"
    (folder / "notes.db").write_text("mine")
    assert played()[0] == first
    assert played("--fresh")[0] != first
    assert (folder / "notes.db").read_text() == "mine"
