"""What the page in the browser is told and may do, as one member at a time."""

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.sandbox.conftest import Bot, Json, TestClock, actions, button, modal, section, text_input


class Page:
    """A browser, as far as the server can tell."""

    def __init__(self, sandbox: Sandbox, name: str) -> None:
        self._url = f"{sandbox.url}/page/api"
        self.user = sandbox.user_id(name)

    def _fetch(self, path: str, body: Json | None = None, headers: Json | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, headers or {})  # noqa: S310
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return json.load(answer)

    def get(self, what: str, **query: str) -> Any:
        rest = "".join(f"&{name}={value}" for name, value in query.items())
        return self._fetch(f"/{what}?as={self.user}{rest}")

    def act(self, act: str, **details: Any) -> Any:
        return self._fetch("/act", {"as": self.user, "act": act, **details})

    def post(self, path: str, **body: Any) -> Any:
        return self._fetch(path, body)

    def with_headers(self, **headers: str) -> Any:
        return self._fetch(f"/workspace?as={self.user}", headers=headers)


@contextmanager
def refused(status: int = 400) -> Iterator[None]:
    with pytest.raises(urllib.error.HTTPError) as failed:
        yield
    with failed.value as answer:
        assert answer.code == status
        assert json.load(answer)["error"]


@pytest.fixture
def page(sandbox: Sandbox) -> Page:
    return Page(sandbox, "Amina Rahman")


def test_the_frame_is_what_this_member_may_see(sandbox: Sandbox, page: Page) -> None:
    seen = page.get("workspace")
    assert seen["team"]["name"] == "Northbrook Health Alliance"
    assert seen["me"]["initials"] == "AR"
    assert [channel["name"] for channel in seen["channels"]] == ["press-office", "board", "secret", "canteen"]
    assert [command["command"] for command in seen["commands"]] == ["/enquiry", "/mention"]
    assert seen["clock"] == {"now": "2026-11-23T09:00:00+00:00", "zone": "Europe/London"}
    partner = Page(sandbox, "Piotr Partner").get("workspace")
    assert [channel["name"] for channel in partner["channels"]] == ["press-office"]
    assert partner["me"]["team_name"] == "Eastvale Council"
    assert partner["commands"] == partner["shortcuts"] == []


def test_unread_and_mentions(sandbox: Sandbox, client: WebClient, page: Page) -> None:
    channel = sandbox.channel_id("press-office")
    client.chat_postMessage(channel=channel, text=f"<@{page.user}>, look")
    client.chat_postMessage(channel=page.user, text="Psst")
    seen = page.get("workspace")
    assert (seen["channels"][0]["unread"], seen["channels"][0]["mention"], seen["dm"]["unread"]) == (1, True, 1)
    page.act("read", channel=channel)
    assert page.get("workspace")["channels"][0]["unread"] == 0
    assert Page(sandbox, "Ben Okafor").get("workspace")["channels"][0]["mention"] is False


def test_what_was_read_stays_read_whoever_it_was_for(sandbox: Sandbox, client: WebClient, page: Page) -> None:
    channel = sandbox.channel_id("press-office")
    ben = Page(sandbox, "Ben Okafor")

    def unread(of: Page) -> int:
        return int(of.get("workspace")["channels"][0]["unread"])

    client.chat_postMessage(channel=channel, text="For all")
    client.chat_postEphemeral(channel=channel, user=page.user, text="For Amina")
    assert (unread(page), unread(ben)) == (2, 1)
    for reader in (page, ben):
        reader.act("read", channel=channel)
    assert (unread(page), unread(ben)) == (0, 0)


def test_messages_and_threads(sandbox: Sandbox, client: WebClient, page: Page) -> None:
    channel = sandbox.channel_id("press-office")
    root = client.chat_postMessage(channel=channel, text="Root")["ts"]
    page.act("message", channel=channel, text="Reply", thread_ts=root)
    client.chat_postEphemeral(channel=channel, user=page.user, text="Just you")
    shown = page.get("messages", channel=channel)["messages"]
    assert [(m["text"], m["reply_count"], m["ephemeral"]) for m in shown] == [
        ("Root", 1, False),
        ("Just you", 0, True),
    ]
    assert shown[0]["user"] == {"id": sandbox.workspace.identity.bot_user_id, "name": "Test Desk", "bot": True}
    thread = page.get("messages", channel=channel, thread_ts=root)["messages"]
    assert [message["text"] for message in thread] == ["Root", "Reply"]
    assert page.act("message", channel=channel, text=" ")["error"] == "There is nothing to send."
    page.act("dismiss", channel=channel, ts=shown[1]["ts"])
    assert len(page.get("messages", channel=channel)["messages"]) == 1


def test_a_whole_story_through_the_page(sandbox: Sandbox, bot: Bot, page: Page) -> None:
    channel = sandbox.channel_id("press-office")

    @bot.app.command("/enquiry")
    @bot.app.shortcut("log")
    def on_open(ack: Any, body: Any, client: Any) -> None:
        blocks = [text_input("Name", "name"), actions(button("Check", "check"))]
        client.views_open(trigger_id=body["trigger_id"], view=modal("Log", blocks=blocks))
        ack()

    @bot.app.action("check")
    def on_check(ack: Any, body: Any, client: Any) -> None:
        ack()
        value = body["view"]["state"]["values"]["name"]["typed"]["value"]
        client.views_update(view_id=body["view"]["id"], view=modal(f"Hello {value}"))

    @bot.app.view("form")
    def on_form(ack: Any, view: Any, client: Any) -> None:
        value = view["state"]["values"]["name"]["typed"]["value"]
        if value == "Nobody":
            ack(response_action="errors", errors={"name": "There is nobody"})
            return
        client.chat_postMessage(channel=channel, text=value, blocks=[actions(button("Take it", "take"))])
        ack()

    @bot.app.action("take")
    def on_take(ack: Any, body: Any, client: Any) -> None:
        client.chat_update(channel=channel, ts=body["message"]["ts"], text="Taken")
        ack()

    def typed(value: str) -> Json:
        return {"name": {"typed": {"type": "plain_text_input", "value": value}}}

    bot.connect()
    assert page.act("command", channel=channel, text="/enquiry") == {"ok": True, "shown": None, "error": None}
    assert page.act("shortcut", callback_id="log")["ok"]
    [form] = page.get("form")["views"]
    press = {"where": "form", "view_id": form["id"], "block_id": "actions", "action_id": "check"}
    assert page.act("press", **press, state=typed("Ada"))["ok"]
    [form] = page.get("form")["views"]
    assert form["view"]["title"]["text"] == "Hello Ada"
    assert form["state"] == typed("Ada")
    assert not page.act("submit", view_id=form["id"], state=typed("Nobody"))["ok"]
    assert page.get("form")["views"][0]["errors"] == {"name": "There is nobody"}
    assert page.act("submit", view_id=form["id"], state=typed("Ada"))["ok"]
    assert page.get("form")["views"] == []
    [card] = page.get("messages", channel=channel)["messages"]
    press = {"where": "message", "channel": channel, "ts": card["ts"], "block_id": "actions", "action_id": "take"}
    assert page.act("press", **press)["ok"]
    assert page.get("messages", channel=channel)["messages"][0]["text"] == "Taken"


def test_a_command_that_answers_shows_its_answer(sandbox: Sandbox, bot: Bot, page: Page) -> None:
    @bot.app.command("/enquiry")
    def on_command(ack: Any) -> None:
        ack("Logged")

    bot.connect()
    answer = page.act("command", channel=sandbox.channel_id("press-office"), text="/enquiry x")
    assert answer["shown"]["text"] == "Logged"
    answer = page.act("command", channel=sandbox.channel_id("press-office"), text="/nothing")
    assert (answer["ok"], answer["error"]) == (False, "/nothing is not a valid command.")


def test_a_partners_member_is_told_that_they_have_no_commands(sandbox: Sandbox) -> None:
    page = Page(sandbox, "Piotr Partner")
    answer = page.act("command", channel=sandbox.channel_id("press-office"), text="/enquiry x")
    assert (answer["ok"], answer["error"]) == (False, "/enquiry is not a valid command.")
    assert answer["shown"]["text"] == answer["error"]


def test_the_home_is_opened_and_pressed(sandbox: Sandbox, bot: Bot, page: Page) -> None:
    @bot.app.event("app_home_opened")
    def on_home(event: Any, client: Any) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [actions(button("Done"))]})

    @bot.app.action("press")
    def on_press(ack: Any, body: Any, client: Any) -> None:
        client.views_publish(user_id=body["user"]["id"], view={"type": "home", "blocks": [section("Rest")]})
        ack()

    bot.connect()
    assert page.get("home") == {"view": None}
    assert page.act("open_home")["ok"]
    amina = sandbox.member("Amina Rahman")
    sandbox.wait_until(lambda: page.user in sandbox.workspace.homes or None)
    page.act("press", where="home", block_id="actions", action_id="press")
    assert amina.sees_in_home("Rest").buttons == []


def test_a_form_is_closed(sandbox: Sandbox, client: WebClient, page: Page) -> None:
    trigger_id = sandbox.ask(lambda: sandbox.workspace.new_trigger(page.user))
    view_id = client.views_open(trigger_id=trigger_id, view=modal("x"))["view"]["id"]
    assert page.act("close", view_id=view_id)["ok"]
    assert page.get("form")["views"] == []


def test_options_come_as_somebody_types(sandbox: Sandbox, bot: Bot, page: Page) -> None:
    @bot.app.options("outlet")
    def on_options(ack: Any, payload: Any) -> None:
        ack(options=[{"text": {"type": "plain_text", "text": payload["value"]}, "value": "1"}])

    bot.connect()
    blocks = [actions({"type": "external_select", "action_id": "outlet"})]
    channel = sandbox.channel_id("press-office")
    ts = bot.client.chat_postMessage(channel=channel, text="x", blocks=blocks)["ts"]
    found = page.act("options", channel=channel, ts=ts, block_id="actions", action_id="outlet", value="Gaz")
    assert found["options"][0]["text"]["text"] == "Gaz"


@pytest.mark.usefixtures("impatient")
def test_options_that_do_not_come_are_said_to_be_missing(sandbox: Sandbox, client: WebClient, page: Page) -> None:
    blocks = [actions({"type": "external_select", "action_id": "outlet"})]
    channel = sandbox.channel_id("press-office")
    ts = client.chat_postMessage(channel=channel, text="x", blocks=blocks)["ts"]
    answer = page.act("options", channel=channel, ts=ts, block_id="actions", action_id="outlet", value="Gaz")
    assert (answer["ok"], answer["error"][:25]) == (False, "This app didn’t respond. ")


def test_time_only_goes_forward(clock: TestClock, page: Page) -> None:
    before = clock.now()
    assert page.post("/clock", advance_seconds=3600)["now"] == "2026-11-23T10:00:00+00:00"
    assert (clock.now() - before).total_seconds() == 3600
    for wrong in (-1, "3600", True, None):
        with refused():
            page.post("/clock", advance_seconds=wrong)


def test_nobody_sees_or_does_more_than_they_may(sandbox: Sandbox, client: WebClient, page: Page) -> None:
    board = sandbox.channel_id("board")
    office = sandbox.channel_id("press-office")
    theirs = client.chat_postEphemeral(channel=office, user=page.user, text="x")["message_ts"]
    ben = Page(sandbox, "Ben Okafor")
    wrong: list[Callable[[], Any]] = [
        lambda: ben.get("messages", channel=board),
        lambda: ben.act("message", channel=board, text="x"),
        lambda: ben.act("command", channel=board, text="/enquiry"),
        lambda: ben.act("press", where="message", channel=office, ts=theirs, block_id="b", action_id="a"),
        lambda: ben.act("submit", view_id="V0"),
        lambda: ben.act("press", where="home", block_id="b", action_id="a"),
        lambda: ben.act("shortcut", callback_id="nothing"),
        lambda: ben.act("dance"),
        lambda: ben.act("command"),
        lambda: page.post("/act", **{"as": "U0", "act": "read"}),
    ]
    for attempt in wrong:
        with refused():
            attempt()
    sandbox.deactivate("Ben Okafor")
    with refused():
        ben.get("workspace")


def test_other_sites_are_kept_out(page: Page, sandbox: Sandbox) -> None:
    with refused(403):
        page.with_headers(Host="evil.example")
    with refused(403):
        page.with_headers(Origin="https://evil.example")
    assert page.with_headers(Origin=sandbox.url)["team"]


def test_the_page_and_its_files_are_served_from_here(sandbox: Sandbox) -> None:
    with urllib.request.urlopen(sandbox.url) as answer:  # noqa: S310
        assert "text/html" in answer.headers["Content-Type"]
        assert "://" not in answer.read().decode().replace("http://www.w3.org", "")
        assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    with urllib.request.urlopen(f"{sandbox.url}/static/app.js") as answer:  # noqa: S310
        assert answer.headers["Cache-Control"] == "no-cache"


def test_the_page_hears_what_changes(sandbox: Sandbox, client: WebClient, page: Page) -> None:
    channel = sandbox.channel_id("press-office")

    async def listen() -> set[str]:
        async with (
            ClientSession() as session,
            session.ws_connect(f"{sandbox.url}/page/api/events?as={page.user}") as news,
        ):
            await asyncio.to_thread(client.chat_postMessage, channel=channel, text="x")
            await asyncio.to_thread(page.post, "/clock", advance_seconds=1)
            heard: set[str] = set()
            while not {f"messages:{channel}", "clock"} <= heard:
                told = await news.receive_json(timeout=5)
                assert told["type"] == "changed"
                heard |= set(told["what"])
            return heard

    assert "calls" not in asyncio.run(listen())


def test_files_are_theirs_who_brought_or_see_them(sandbox: Sandbox, page: Page) -> None:
    ben = Page(sandbox, "Ben Okafor")
    board, office = sandbox.channel_id("board"), sandbox.channel_id("press-office")

    def fetch(who: Page, file_id: str) -> Any:
        with urllib.request.urlopen(f"{sandbox.url}/page/api/file?as={who.user}&file={file_id}") as answer:  # noqa: S310
            return answer.headers["Content-Disposition"], answer.read()

    def bring(name: str, content: bytes) -> Any:
        address = f"{sandbox.url}/page/api/file?as={page.user}&name={name}"
        with urllib.request.urlopen(address, content) as answer:  # noqa: S310
            return json.load(answer)

    assert bring("empty.txt", b"")["error"] == "empty.txt is empty."
    file_id = bring("a%22b.html", b"<script>")["file"]["id"]
    assert fetch(page, file_id) == ("attachment; filename*=UTF-8''a%22b.html", b"<script>")
    assert not ben.act("message", channel=office, text="", files=[file_id])["ok"]
    assert page.act("message", channel=board, text="", files=[file_id])["ok"]
    with refused():
        fetch(ben, file_id)
    assert page.act("message", channel=office, text="", files=[file_id])["ok"]
    assert fetch(ben, file_id)[1] == b"<script>"
    sandbox.delete_file(file_id)
    with refused():
        fetch(page, file_id)
