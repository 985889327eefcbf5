"""manifest.yml and the code say the same: what is declared is registered, and no scope is asked for in vain."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.app import FEATURES
from bot.clock import SystemClock
from bot.core.features import Features
from bot.core.workspaces import Desk
from bot.sandbox.manifest import EVENTS, SCHEMA, SCOPES, Manifest
from handlers import register_all
from storage.database import Database

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / "manifest.yml"

NEEDS: dict[str, frozenset[str]] = {
    "apps.connections.open": frozenset(),
    "auth.test": frozenset(),
    "blocks.validate": frozenset(),
    "chat.delete": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": frozenset({"channels:history", "groups:history", "im:history"}),
    "conversations.open": frozenset({"im:write"}),
    "conversations.replies": frozenset({"channels:history", "groups:history", "im:history"}),
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.delete": frozenset({"files:write"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "files.info": frozenset({"files:read"}),
    "users.info": frozenset({"users:read"}),
    "users.list": frozenset({"users:read"}),
    "views.open": frozenset(),
    "views.publish": frozenset(),
    "views.push": frozenset(),
    "views.update": frozenset(),
}
"""The scopes of each method that the desk calls (docs.slack.dev/reference/methods); of histories, all the kinds."""


class NotingApp(App):
    """Bolt, which also notes what is registered with it."""

    def __init__(self) -> None:
        super().__init__(
            authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1"),
            signing_secret="none",  # noqa: S106 (nothing ever reaches it)
        )
        self.commands: set[object] = set()
        self.shortcuts: set[object] = set()
        self.events: set[object] = set()

    def command(self, command: Any, *args: Any, **more: Any) -> Any:
        self.commands.add(command)
        return super().command(command, *args, **more)

    def shortcut(self, constraints: Any, *args: Any, **more: Any) -> Any:
        self.shortcuts.add(constraints)
        return super().shortcut(constraints, *args, **more)

    def message_shortcut(self, callback_id: Any, *args: Any, **more: Any) -> Any:
        self.shortcuts.add(callback_id)
        return super().message_shortcut(callback_id, *args, **more)

    def event(self, event: Any, *args: Any, **more: Any) -> Any:
        self.events.add(event)
        return super().event(event, *args, **more)


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> NotingApp:
    app = NotingApp()
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('manifest') / 'never.db'}")
    register_all(app, Desk(database, SystemClock(), Features(FEATURES)), WebClient(), WebClient())
    return app


@pytest.fixture(scope="module")
def declared() -> Manifest:
    return Manifest.read(MANIFEST)


def methods_called() -> Iterator[str]:
    """The methods of the Web API that the program calls; the local workspace, which answers them, is no part of it."""
    spelt = {name: name.replace("_", ".") for name in dir(WebClient) if "_" in name and not name.startswith("_")}
    for folder in ("bot", "handlers"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "sandbox" in file.relative_to(ROOT).parts:
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(func=ast.Attribute(attr="api_call"), args=[ast.Constant(value=str(method)), *_]):
                        yield method
                    case ast.Attribute(attr=attr) if attr in spelt and attr != "api_call":
                        yield spelt[attr]


def test_slack_would_create_an_app_from_it() -> None:
    """Slack's own schema has nothing against the manifest."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    content = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(content)] == []


def test_commands_shortcuts_and_events_are_declared_and_registered(registered: NotingApp, declared: Manifest) -> None:
    """Nothing is offered that nobody answers, and nothing waits for what Slack never sends."""
    assert {command.command for command in declared.commands} == registered.commands
    assert {shortcut.callback_id for shortcut in declared.shortcuts} == registered.shortcuts
    assert {event.partition(".")[0] for event in declared.events} == registered.events  # message.im is a message


def test_the_desk_calls_only_methods_whose_scopes_are_known() -> None:
    """A new call has to be looked up first, and one that is gone takes its line in the table with it."""
    assert set(methods_called()) == set(NEEDS)


def test_scopes_are_exactly_those_that_calls_and_events_need(declared: Manifest) -> None:
    """Too few, and something fails in the field; too many, and an administrator rightly asks why."""
    needed = {scope for method in set(methods_called()) for scope in NEEDS[method]}
    needed |= {EVENTS[event][0] for event in declared.events if EVENTS[event]}
    if declared.commands or declared.shortcuts:
        needed.add("commands")
    assert declared.scopes == needed
    assert needed <= SCOPES


def test_people_can_write_to_the_bot_and_open_its_home() -> None:
    """Both tabs are there, and the socket carries everything: no address of ours is needed."""
    content = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert content["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert content["settings"]["socket_mode_enabled"]
    assert content["settings"]["interactivity"] == {"is_enabled": True}
    assert all("url" not in command for command in content["features"]["slash_commands"])
