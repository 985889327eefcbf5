"""A workspace that is stopped, or killed, goes on where it was."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.sandbox import Sandbox, erase
from tests.sandbox.conftest import MANIFEST, PLAN, TestClock, section

POST_UNTIL_KILLED = """
import sys
from pathlib import Path
from slack_sdk import WebClient
from bot.sandbox import Sandbox, erase
from tests.sandbox.conftest import MANIFEST, PLAN, TestClock

with Sandbox(PLAN, manifest=MANIFEST, clock=TestClock(), state=Path(sys.argv[1])) as sandbox:
    client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
    for number in range(100_000):
        answer = client.chat_postMessage(channel=sandbox.channel_id("press-office"), text=str(number))
        print(answer["ts"], flush=True)
"""


def bot_client(sandbox: Sandbox) -> WebClient:
    return WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


def test_a_restarted_workspace_goes_on(tmp_path: Path, clock: TestClock) -> None:
    state = tmp_path / "workspace.db"
    metadata = {"event_type": "card", "event_payload": {"key": "1"}}
    with Sandbox(PLAN, manifest=MANIFEST, clock=clock, state=state) as first:
        channel, amina = first.channel_id("press-office"), first.user_id("Amina Rahman")
        client = bot_client(first)
        ts = client.chat_postMessage(channel=channel, text="Card", metadata=metadata)["ts"]
        client.chat_postMessage(channel=channel, text="Reply", thread_ts=ts)
        client.chat_update(channel=channel, ts=ts, text="Card, changed")
        gone = client.chat_postMessage(channel=channel, text="Deleted")["ts"]
        client.chat_delete(channel=channel, ts=gone)
        client.chat_postEphemeral(channel=channel, user=amina, text="Not kept")
        direct = client.chat_postMessage(channel=amina, text="Psst")["channel"]
        client.views_publish(user_id=amina, view={"type": "home", "blocks": [section("Yours")]})
        first.archive("canteen")
        first.deactivate("Ben Okafor")
        tokens = (first.bot_token, first.app_token, first.team_id)

    with Sandbox(PLAN, manifest=MANIFEST, clock=clock, state=state) as second:
        assert (second.bot_token, second.app_token, second.team_id) == tokens
        assert second.user_id("Amina Rahman") == amina
        person = second.member("Amina Rahman")
        [card] = person.messages("press-office")
        assert (card.text, card.edited, card.metadata) == ("Card, changed", True, metadata)
        assert [reply.text for reply in person.messages("press-office", thread=card)] == ["Reply"]
        assert person.sees("Psst").channel == direct
        assert person.sees_in_home("Yours").text == "Yours"
        client = bot_client(second)
        assert client.conversations_info(channel=second.channel_id("canteen"))["channel"]["is_archived"]
        assert client.users_info(user=second.user_id("Ben Okafor"))["user"]["deleted"]
        assert client.chat_postMessage(channel=channel, text="Next")["ts"] > gone


def test_time_does_not_go_back(tmp_path: Path, clock: TestClock) -> None:
    state = tmp_path / "workspace.db"
    with Sandbox(PLAN, manifest=MANIFEST, clock=clock, state=state) as first:
        clock.advance(timedelta(days=3))
        bot_client(first).chat_postMessage(channel=first.channel_id("press-office"), text="x")
    restarted = TestClock()
    with Sandbox(PLAN, manifest=MANIFEST, clock=restarted, state=state):
        assert restarted.now() >= clock.now()


def test_another_workspace_has_other_ids_and_tokens(clock: TestClock) -> None:
    one, two = (Sandbox(PLAN, manifest=MANIFEST, clock=clock) for _ in range(2))
    assert one.bot_token != two.bot_token
    assert one.user_id("Amina Rahman") != two.user_id("Amina Rahman")
    one.stop()
    two.stop()


def test_a_state_can_be_erased(tmp_path: Path, clock: TestClock) -> None:
    state = tmp_path / "workspace.db"
    with Sandbox(PLAN, manifest=MANIFEST, clock=clock, state=state) as first:
        before = first.bot_token
    erase(state)
    assert list(tmp_path.iterdir()) == []
    with Sandbox(PLAN, manifest=MANIFEST, clock=clock, state=state) as second:
        assert second.bot_token != before


def test_a_port_that_is_taken_is_an_error_and_nothing_stays(sandbox: Sandbox, clock: TestClock) -> None:
    port = int(sandbox.url.rsplit(":", 1)[1])
    second = Sandbox(PLAN, manifest=MANIFEST, clock=clock, port=port)
    with pytest.raises(OSError, match="in use"):
        second.start()
    assert len([thread for thread in threading.enumerate() if thread.name == "slack-sandbox"]) == 1


def test_what_was_answered_survives_a_kill(tmp_path: Path, clock: TestClock) -> None:
    state = tmp_path / "workspace.db"
    command = [sys.executable, "-c", POST_UNTIL_KILLED, str(state)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as process:  # noqa: S603
        assert process.stdout
        answered = [process.stdout.readline().strip() for _ in range(30)]
        os.kill(process.pid, signal.SIGKILL)
        answered += process.stdout.read().split()
    with Sandbox(PLAN, manifest=MANIFEST, clock=clock, state=state) as restarted:
        kept = {message.ts for message in restarted.member("Amina Rahman").messages("press-office")}
    # The last line may have been cut short while it was printed.
    assert set(answered[:-1]) <= kept
