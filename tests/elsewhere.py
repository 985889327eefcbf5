"""Another program that speaks Slack's Web API and Socket Mode, and people in it: so that we do not test our own idea of
Slack alone.

It is local-slack (MIT), which npm has as `local-slack`; the environment variable `LOCAL_SLACK` names its program.
Whoever has it runs the stories that use it; for everybody else they say why they were left out.
"""

import asyncio
import json
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from bot.sandbox.elements import interactive
from tests.scenarios.commands.processes import free_port

Found = TypeVar("Found")
TEAM, BOT, BOT_TOKEN, APP_TOKEN = "T01TEST", "U0BOT", "xoxb-test-token", "xapp-test-token"
SECONDS = 15.0


class Elsewhere:
    """A workspace of theirs. Members and channels go by their ids: `U1AMINA`, `C1PRESS`."""

    def __init__(self, port: int) -> None:
        self.address = f"127.0.0.1:{port}"
        self.api_url = f"http://{self.address}/api/"

    def command(self, user: str, command: str, text: str = "", *, channel: str) -> None:
        self._send({"t": "slash_command", "user": user, "channel": channel, "command": command, "text": text})

    def press(self, user: str, button: str, *, below: str) -> None:
        """Presses a button of the newest message that begins with some words, as soon as it is there."""

        def found() -> dict[str, Any] | None:
            channel, message = self.message(user, below)
            for placed in interactive(message.get("blocks", [])):
                if placed.element["type"] == "button" and placed.element["text"]["text"] == button:
                    return {"channel": channel, "messageTs": message["ts"], "action": placed.element}
            return None

        self._send({"t": "block_action", "user": user, **self.wait_until(found)})

    def submit(self, user: str, **answers: object) -> None:
        """Fills in the form on top, each field by its name, and sends it. What is not named stays as it was shown."""
        form = self.form()
        values = {
            block["block_id"]: {block["element"]["action_id"]: _answer(block["element"], answers, block["block_id"])}
            for block in form["blocks"]
            if block["type"] == "input"
        }
        unknown = set(answers) - set(values)
        assert not unknown, f"{unknown} not among {set(values)}"
        self._send({"t": "view_submit", "user": user, "values": values})
        self.wait_until(lambda: self._state()["modalStack"][-1:] != [form] or None)

    def form(self) -> dict[str, Any]:
        """The form on top, as soon as one is open."""
        return self.wait_until(lambda: next(iter(reversed(self._state()["modalStack"])), None))

    def has_form(self) -> bool:
        return bool(self._state()["modalStack"])

    def message(self, user: str, begins: str) -> tuple[str, dict[str, Any]]:
        """The newest message that begins so in a conversation of somebody's, and where it is; waits for it."""

        def found() -> tuple[str, dict[str, Any]] | None:
            state = self._state()
            mine = [channel["id"] for channel in state["channels"] if user in channel["members"]]
            matching = [
                (channel, message)
                for channel in mine
                for message in state["messages"].get(channel, [])
                if message["text"].startswith(begins)
            ]
            return max(matching, key=lambda one: float(one[1]["ts"]), default=None)

        return self.wait_until(found)

    def texts(self, channel: str) -> list[str]:
        """All that was said in a channel, in words."""
        return [message["text"] for message in self._state()["messages"].get(channel, [])]

    def wait_until(self, look: Callable[[], Found | None]) -> Found:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            if (found := look()) is not None:
                return found
            time.sleep(0.02)  # it is another process: there is nothing to wait on
        raise AssertionError("it did not come")

    def _state(self) -> dict[str, Any]:
        return asyncio.run(self._talk(None))

    def _send(self, said: Mapping[str, Any]) -> None:
        asyncio.run(self._talk(said))

    async def _talk(self, said: Mapping[str, Any] | None) -> dict[str, Any]:
        async with aiohttp.ClientSession() as session, session.ws_connect(f"ws://{self.address}/ui") as line:
            state: dict[str, Any] = (await line.receive_json())["state"]
            if said is not None:
                await line.send_str(json.dumps(said))
                await asyncio.sleep(0.05)  # closed at once, it would not read it
            return state


def _answer(element: Mapping[str, Any], answers: Mapping[str, object], field: str) -> dict[str, Any]:
    kind, given = element["type"], answers.get(field)
    options = [*element.get("options", ()), *(o for g in element.get("option_groups", ()) for o in g["options"])]
    match kind:
        case "plain_text_input":
            return {"type": kind, "value": given if field in answers else element.get("initial_value")}
        case "datetimepicker":
            at = int(given.timestamp()) if isinstance(given, datetime) else element.get("initial_date_time")
            return {"type": kind, "selected_date_time": at}
        case "conversations_select":
            return {"type": kind, "selected_conversation": given or element.get("initial_conversation")}
        case "checkboxes" | "multi_static_select":
            chosen = [option for option in options if isinstance(given, list) and option["text"]["text"] in given]
            return {
                "type": kind,
                "selected_options": chosen if field in answers else element.get("initial_options", []),
            }
        case _:
            found = next((option for option in options if option["text"]["text"] == given), None)
            assert found or field not in answers, f"{given} not among {[o['text']['text'] for o in options]}"
            return {"type": kind, "selected_option": found or element.get("initial_option")}


@contextmanager
def another_slack(
    program: str, folder: Path, *, members: Mapping[str, str], channels: Mapping[str, str]
) -> Iterator[Elsewhere]:
    """Their program with these members (id to name) and these channels (id to name), in which everybody is."""
    users = [{"id": id_, "name": name, "real_name": name} for id_, name in members.items()]
    everybody = [*members, BOT]
    config = {
        "workspace": {"name": "Northbrook", "domain": "northbrook", "teamId": TEAM},
        "app": {"appId": "A01APP", "botUserId": BOT, "botName": "desk", "botToken": BOT_TOKEN, "appToken": APP_TOKEN}
        | {"signingSecret": "none", "mode": "socket", "requestUrl": "http://127.0.0.1:1/"},
        "users": users,
        "channels": [{"id": id_, "name": name, "members": everybody} for id_, name in channels.items()],
    }
    written = folder / "workspace.json"
    written.write_text(json.dumps(config))
    elsewhere = Elsewhere(free_port())
    port = elsewhere.address.rpartition(":")[2]
    with subprocess.Popen([program, "--config", str(written), "--port", port], stdout=subprocess.DEVNULL) as process:  # noqa: S603 (named by whoever runs the tests)
        try:
            elsewhere.wait_until(lambda: _answers(elsewhere))
            yield elsewhere
        finally:
            process.terminate()


def _answers(elsewhere: Elsewhere) -> bool | None:
    try:
        return bool(elsewhere._state())
    except aiohttp.ClientError:
        return None
