"""`comms-desk run` as a person meets it: what it prints, where, and what it leaves for the shell."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot import app
from bot.config import Settings
from bot.sandbox import Sandbox
from tests.office import AMINA, CARYS, PRESS
from tests.scenarios.acts import said
from tests.scenarios.commands.processes import ROOT, Comms, ended, free_port, started


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
