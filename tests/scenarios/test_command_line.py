# ruff: noqa: S608 (the statements are put together from names of our own tables)
"""The command line as a person meets it: what it prints, where, and what it leaves for the shell."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import IO

import pytest

from bot import app, cli
from bot.clock import MovableClock
from bot.config import Settings, sqlite_url
from bot.sandbox import Sandbox
from storage.database import Database
from tests.office import AMINA, CARYS, MANIFEST, MONDAY_TEN, PLAN, PRESS, running
from tests.scenarios.acts import log, said, take

ROOT = Path(__file__).parent.parent.parent
RUNS = "Comms Desk is running."


@dataclass(frozen=True)
class Ended:
    """What was left of a command: its exit code, and what it printed where."""

    code: int
    out: str
    err: str


Comms = Callable[..., Ended]


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


@contextmanager
def started(*words: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A command as a process of its own, and the line that says it runs. Killed at the end, if it has not ended."""
    process = subprocess.Popen(  # noqa: S603 (our own command)
        [sys.executable, "-m", "bot", *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    impatience = threading.Timer(60, process.kill)
    impatience.start()
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith(RUNS), _all_of(process.stderr)
        yield process, line
    finally:
        impatience.cancel()
        process.kill()
        process.communicate()


def _all_of(stream: IO[str] | None) -> str:
    return stream.read() if stream is not None else ""


def ended(process: "subprocess.Popen[str]", by: signal.Signals) -> Ended:
    process.send_signal(by)
    out, err = process.communicate(timeout=30)
    return Ended(process.returncode, out, err)


# -- run


def test_run_without_tokens_says_which_and_what_to_do(comms: Comms, tmp_path: Path) -> None:
    """On stderr, with 2, and before a database is made."""
    run = comms("run")
    assert (run.code, run.out) == (2, "")
    assert [line.split()[0] for line in run.err.splitlines()] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert "OAuth & Permissions" in run.err
    assert "App-Level Tokens" in run.err
    assert not (tmp_path / "desk.db").exists()


def test_run_as_a_process_ends_with_2_too(comms: Comms, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m bot` hands on what the command gave; one good token leaves one sentence."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    run = subprocess.run(
        [sys.executable, "-m", "bot", "run"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("SLACK_APP_TOKEN is missing")
    assert run.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("variable", "told"),
    [
        ("SLACK_BOT_TOKEN", "does not know the bot token"),
        ("SLACK_APP_TOKEN", "does not know the app-level token"),
    ],
)
def test_run_with_a_token_that_slack_does_not_know(
    comms: Comms, connected: Sandbox, monkeypatch: pytest.MonkeyPatch, variable: str, told: str
) -> None:
    """Slack says `invalid_auth` of either; the person is told which to copy again, and nothing is said in Slack."""
    monkeypatch.setenv(variable, os.environ[variable] + "0")
    run = comms("run")
    assert (run.code, run.out) == (2, "")
    assert told in run.err.splitlines()[-1]
    assert not [call for call in connected.calls if call.method == "chat.postMessage"]


@pytest.mark.parametrize(
    ("method", "error", "told"),
    [
        ("auth.test", "account_inactive", "Install it again"),
        ("auth.test", "token_revoked", "bot token was revoked"),
        ("auth.test", "something_new", "something_new. Check both tokens"),
        ("apps.connections.open", "missing_scope", "connections:write"),
    ],
)
def test_run_says_what_to_do_about_slacks_no(
    comms: Comms, connected: Sandbox, method: str, error: str, told: str
) -> None:
    """Each of Slack's words for it becomes a sentence."""
    connected.faults.refuse(method, error=error)
    run = comms("run")
    assert (run.code, run.out) == (2, "")
    assert told in run.err.splitlines()[-1]


def test_run_when_slack_is_out_of_order(comms: Comms, connected: Sandbox) -> None:
    """A 500, a 429 and what it says of itself are told, with what to do, at whichever call."""
    for method in ("auth.test", "apps.connections.open"):
        connected.faults.server_error(method)
        run = comms("run")
        assert (run.code, run.out) == (2, "")
        assert "Slack is out of order (HTTP 500). Start again in a minute." in run.err
        connected.faults.refuse(method, error="fatal_error")
        assert "Slack is out of order (fatal_error). Start again in a minute." in comms("run").err
    connected.faults.rate_limit("auth.test")
    assert "Start again in a minute" in comms("run").err


@pytest.mark.parametrize("answer", ["[]", '"hello"', "null", "{}", '{"ok": true}', '{"ok": true, "team_id": null}'])
def test_run_where_something_else_answers_in_json(
    comms: Comms, connected: Sandbox, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """Whatever it says, it does not say who we are."""

    class SomethingElse(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), SomethingElse) as server, ThreadPoolExecutor(1) as listening:
        listening.submit(server.handle_request)
        monkeypatch.setenv("SLACK_API_URL", f"http://127.0.0.1:{server.server_port}")
        run = comms("run")
    assert (run.code, run.out) == (2, "")
    assert "SLACK_API_URL" in run.err.splitlines()[-1]


def test_run_where_slack_is_not(comms: Comms, connected: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is no Web API; a port where nobody is; an address that is none."""
    monkeypatch.setenv("SLACK_API_URL", connected.url)
    run = comms("run")
    assert (run.code, run.out) == (2, "")
    assert "does not speak as Slack does (HTTP 4" in run.err.splitlines()[-1]

    monkeypatch.setenv("SLACK_API_URL", f"http://127.0.0.1:{free_port()}")
    run = comms("run")
    assert (run.code, run.out) == (2, "")
    assert "Slack does not answer at http://127.0.0.1:" in run.err.splitlines()[-1]

    monkeypatch.setenv("SLACK_API_URL", "slack")
    assert comms("run").err.startswith("SLACK_API_URL is no web address: slack.")


def test_run_when_slack_takes_the_call_and_never_answers(
    comms: Comms, connected: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is given up after a while (here a second), and said."""
    impatient = partial(app.build_app, pace=app.Pace(delivery_timeout_seconds=1))
    monkeypatch.setattr(app, "build_app", impatient)
    connected.faults.no_reply("auth.test")
    run = comms("run")
    assert (run.code, run.out) == (2, "")
    assert "Slack does not answer" in run.err.splitlines()[-1]


def test_run_given_up_while_it_starts(comms: Comms, connected: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C before it says that it runs: nothing to explain, and what a shell has for it."""

    def interrupted(_: Settings) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "build_app", interrupted)
    run = comms("run")
    assert (run.code, run.out) == (130, "")


def test_run_from_nothing_asks_the_administrator_once_and_ends_cleanly(
    connected: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On an empty database, by whichever signal it is ended; started again it goes on and asks nobody twice."""
    monkeypatch.setenv("SLACK_API_URL", connected.api_url.rstrip("/"))
    carys, amina = connected.member(CARYS), connected.member(AMINA)
    asked = "needs to know how your press office works"
    for number, by in enumerate((signal.SIGTERM, signal.SIGINT)):
        with started("run") as (process, _):
            carys.sees(asked)
            assert "/enquiry ENQ-7" in said(amina.run("/enquiry help", channel=PRESS))
            run = ended(process, by)
        assert (run.code, run.out) == (0, ""), f"start {number + 1}: {run.err}"
        assert "Traceback" not in run.err
    assert len([message for message in carys.messages() if asked in message.text]) == 1
    assert amina.messages() == []


def test_run_asks_whom_the_environment_names(connected: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """COMMS_DESK_ADMIN instead of the workspace's owners; they may do the settings then."""
    amina = connected.member(AMINA)
    monkeypatch.setenv("COMMS_DESK_ADMIN", f" {amina.id}, ")
    with started("run"):
        amina.sees("needs to know how your press office works")
        amina.open_home()
        amina.press_in_home("Change press office")
        assert amina.wait_for_form().title == "Press office"
    assert connected.member(CARYS).messages() == []


# -- databases


@pytest.mark.parametrize("command", [("migrate",), ("audit", "verify"), ("settings", "export")])
@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("nonsense", "it cannot be read"),
        ("postgresql://desk:geheim@127.0.0.1:port/desk", "it cannot be read"),
        ("mysql://127.0.0.1/desk", "mysql is not supported"),
        ("postgresql+psycopg2://127.0.0.1/desk", "postgresql+psycopg2 is not supported"),
        ("sqlite+nonsense:///desk.db", "sqlite+nonsense is not supported"),
        ("sqlite://", "it names no file"),
        ("sqlite:///:memory:", "it names no file"),
    ],
)
def test_an_address_that_is_no_database(
    comms: Comms, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], address: str, told: str
) -> None:
    """A sentence with 2, without the password."""
    monkeypatch.setenv("DATABASE_URL", address)
    run = comms(*command)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("DATABASE_URL is no database that Comms Desk can use")
    assert told in run.err
    assert "geheim" not in run.err


def test_a_database_that_does_not_answer(
    comms: Comms, connected: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A port where nobody is, a server that takes the connection and says nothing, a folder that is not there."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        for address in (
            f"postgresql://desk:geheim@127.0.0.1:{free_port()}/desk",
            f"postgres://desk:geheim@127.0.0.1:{silent.getsockname()[1]}/desk",
            f"postgresql://desk:geheim@127.0.0.1:{free_port()}/desk?nonsense=1",
            sqlite_url(tmp_path / "nowhere" / "desk.db"),
            sqlite_url(tmp_path),
        ):
            monkeypatch.setenv("DATABASE_URL", address)
            for command in (("run",), ("migrate",), ("audit", "verify"), ("settings", "export")):
                run = comms(*command)
                assert (run.code, run.out) == (2, ""), address
                assert "The database does not answer: " in run.err
                assert "Check DATABASE_URL and that the server runs." in run.err
                assert "geheim" not in run.err
    assert connected.calls == [], "Slack is asked nothing before the database is there"


def test_a_file_that_is_no_database(comms: Comms, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is said, and left as it is."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ms Achter, " * 100)
    monkeypatch.setenv("DATABASE_URL", sqlite_url(letter))
    for command in (("migrate",), ("audit", "verify")):
        run = comms(*command)
        assert (run.code, run.out) == (2, "")
        assert "file is not a database" in run.err
    assert letter.read_text().startswith("Dear Ms Achter")


def test_an_account_that_may_not_make_tables(comms: Comms, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As PostgreSQL 15 and later have it for an account that was only let in."""
    database = Database(postgres_url)
    with database.engine.begin() as connection:
        for statement in (
            "DROP SCHEMA public CASCADE",
            "CREATE SCHEMA public",
            "DROP ROLE IF EXISTS visitor",
            "CREATE ROLE visitor LOGIN",
            "GRANT USAGE ON SCHEMA public TO visitor",
        ):
            connection.exec_driver_sql(statement)
    database.dispose()
    monkeypatch.setenv("DATABASE_URL", postgres_url.replace("://postgres", "://visitor"))
    run = comms("migrate")
    assert (run.code, run.out) == (2, "")
    assert "permission denied for schema public" in run.err


def test_a_data_folder_that_cannot_be_used(comms: Comms, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where a service has no home: DATABASE_URL is what to set."""
    (tmp_path / "file").touch()
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("HOME", str(tmp_path / "file"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    for command in (("run",), ("migrate",), ("audit", "verify")):
        run = comms(*command)
        assert (run.code, run.out) == (2, "")
        assert "DATABASE_URL" in run.err
        assert "your data folder cannot be used" in run.err


def test_migrate_twice(comms: Comms) -> None:
    """The second time there is nothing to do, and it says the same."""
    for _ in range(2):
        assert comms("migrate") == Ended(0, "The database is at the newest version.\n", "")


def test_a_database_of_a_newer_comms_desk(comms: Comms, tmp_path: Path, connected: Sandbox) -> None:
    """An old program keeps its hands off it."""
    comms("migrate")
    change(tmp_path / "desk.db", "UPDATE alembic_version SET version_num = '9999'")
    for command in (("run",), ("migrate",)):
        run = comms(*command)
        assert (run.code, run.out) == (2, "")
        assert "version 9999" in run.err
        assert "Install the newest Comms Desk" in run.err
    assert comms("audit", "verify").code == 2
    assert "Install the newest Comms Desk" in comms("settings", "export").err


# -- audit verify


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


def change(file: Path, *statements: str) -> None:
    """What somebody with the file in hand can do to it."""
    with sqlite3.connect(file) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


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


# -- demo


def test_the_demo_without_its_extra(comms: Comms, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`pip install comms-desk` alone: what is missing, and how to get it."""
    for name in [name for name in sys.modules if name.startswith("bot.sandbox") or name == "bot.demo"]:
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


# -- help


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("--help",),
            ["demo", "without Slack", "run", "in your Slack workspace", "migrate", "audit", "settings", "doctor"],
        ),
        (("demo", "--help"), ["--folder", "--port", "--fresh", "forget what happened before"]),
        (("run", "--help"), ["comms-desk run"]),
        (("migrate", "--help"), ["comms-desk migrate"]),
        (("audit", "--help"), ["verify", "nothing on the record was changed"]),
        (("settings", "import", "--help"), ["--yes", "without asking", "--workspace"]),
        (("doctor", "--help"), ["--live", "ask Slack about every view"]),
        (("audit", "verify", "--help"), ["--head", "as the digest prints it"]),
    ],
)
def test_help_says_what_there_is(comms: Comms, words: tuple[str, ...], told: list[str]) -> None:
    """On stdout, with 0."""
    run = comms(*words)
    assert (run.code, run.err) == (0, "")
    printed = " ".join(run.out.split())
    assert [words for words in told if words not in printed] == []


@pytest.mark.parametrize("words", [(), ("audit",), ("ran",), ("demo", "--port", "many")])
def test_what_it_does_not_know_is_2(comms: Comms, words: tuple[str, ...]) -> None:
    """With how it is used."""
    run = comms(*words)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("usage: comms-desk")


def free_port() -> int:
    """One where nobody is."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
