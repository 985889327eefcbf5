"""A small workspace, and a small bot on the real Bolt, the real client and a real socket."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox import ChannelPlan, MemberPlan, Plan, Sandbox, TeamPlan

Json = dict[str, Any]

MANIFEST = Path(__file__).with_name("manifest.yml")
PLAN = Plan(
    team=TeamPlan("Northbrook Health Alliance"),
    partner_teams=(TeamPlan("Eastvale Council"),),
    members=(
        MemberPlan("Amina Rahman", title="Press officer", owner=True),
        MemberPlan("Ben Okafor", title="Topic lead", zone="America/New_York"),
        MemberPlan("Gwen Guest", guest=True),
        MemberPlan("Piotr Partner", team="Eastvale Council"),
    ),
    channels=(
        ChannelPlan(
            "press-office",
            members=("Amina Rahman", "Ben Okafor", "Gwen Guest", "Piotr Partner"),
            bot=True,
            purpose="Enquiries",
        ),
        ChannelPlan("board", members=("Amina Rahman",), private=True, bot=True),
        ChannelPlan("secret", members=("Amina Rahman",), private=True),
        ChannelPlan("canteen", members=("Amina Rahman", "Ben Okafor")),
    ),
)


class TestClock:
    """Stands still until it is moved."""

    __test__ = False

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def advance(self, by: timedelta) -> None:
        self.time += by


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def sandbox(clock: TestClock) -> Iterator[Sandbox]:
    with Sandbox(PLAN, manifest=MANIFEST, clock=clock) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    """The bot's own view of the Web API."""
    return WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


class Bot:
    """The real Bolt, connected by the real socket client."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
        self.app = App(client=self.client, process_before_response=True, raise_error_for_unhandled_request=True)
        self.handler = SocketModeHandler(self.app, sandbox.app_token, ping_interval=0.2)

    def connect(self) -> "Bot":
        self.handler.connect()  # type: ignore[no-untyped-call]
        return self

    def close(self) -> None:
        """Left to itself the client waits for a silent server (3 s) and an empty queue (1 s)."""
        client = self.handler.client
        client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
        client.closed = True
        client.message_queue.put(None)
        self._sandbox.faults.drop_socket()
        with client.connect_operation_lock:  # a reconnection under way comes to its end first
            self._sandbox.faults.drop_socket()
        client.close()


@pytest.fixture
def new_bot(sandbox: Sandbox) -> Iterator[Callable[[], Bot]]:
    bots: list[Bot] = []

    def build() -> Bot:
        bots.append(Bot(sandbox))
        return bots[-1]

    yield build
    for bot in bots:
        bot.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack waits three seconds; most tests need not."""
    monkeypatch.setattr("bot.sandbox.socket_mode.ACK_SECONDS", 0.4)


@pytest.fixture
def bot(new_bot: Callable[[], Bot]) -> Bot:
    return new_bot()


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(text: str, action_id: str = "press", **more: Any) -> Json:
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": action_id, **more}


def actions(*elements: Json, block_id: str = "actions") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def input_block(label: str, block_id: str, element: Json, **more: Any) -> Json:
    labelled = {"type": "plain_text", "text": label}
    return {"type": "input", "block_id": block_id, "label": labelled, "element": element, **more}


def text_input(label: str, block_id: str, **more: Any) -> Json:
    return input_block(label, block_id, {"type": "plain_text_input", "action_id": "typed"}, **more)


def modal(title: str, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [text_input("Name", "name")],
        **more,
    }
