"""Every button, menu entry and form that is shown is handled, and everything that is handled is shown somewhere."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.app import FEATURES
from bot.clock import SystemClock
from bot.core.features import Features
from bot.core.workspaces import Desk
from bot.sandbox.elements import interactive
from handlers import ids, register_all
from handlers.edge import Edge
from handlers.views.forms import ANSWER
from storage.database import Database
from tests.unit.on_screen import ordinary

CONSTANTS: dict[str, str] = {name: value for name, value in vars(ids).items() if name.isupper()}
NEVER_SHOWN = {
    ids.ENQUIRY_COMMAND,
    ids.DESK_COMMAND,
    ids.BRIEFING_COMMAND,
    ids.LOG_SHORTCUT,
    ids.LOG_MESSAGE_SHORTCUT,
    ids.HOME_OPENED,
    ids.MESSAGE_WRITTEN,
}
"""What Slack itself shows, by the manifest: see test_manifest."""


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Edge:
    """Everything registered with a Bolt app that never speaks to Slack, for a desk that never opens its database."""
    app = App(authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1"), signing_secret="none")  # noqa: S106
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('ids') / 'never.db'}")
    desk = Desk(database, SystemClock(), Features(FEATURES))
    return register_all(app, desk, WebClient(), WebClient())


def shown_ids() -> Iterator[str]:
    """The ids of buttons and forms, over every view in every state."""
    for _, data in ordinary():
        if "callback_id" in data:
            yield data["callback_id"]
        for placed in interactive(data["blocks"]):
            if placed.element["type"] == "button":
                yield placed.action_id


def inputs() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for view, data in ordinary():
        yield from ((view, placed.element) for placed in interactive(data["blocks"]))


def test_every_id_is_there_once() -> None:
    """Two buttons with one id would do the same."""
    assert len(set(CONSTANTS.values())) == len(CONSTANTS)


def test_what_is_shown_is_what_is_handled(edge: Edge) -> None:
    """No dead button, no dead form, and no handler that nothing leads to."""
    assert set(shown_ids()) == edge.handled - NEVER_SHOWN


def test_every_id_is_used(edge: Edge) -> None:
    """Each constant is handled, and nothing is handled under an id that is not among them."""
    assert edge.handled == set(CONSTANTS.values())


def test_nothing_but_buttons_sends_a_press() -> None:
    """Whatever else can be touched stands in a form and is sent in with it, under one name."""
    others = {element["action_id"] for _, element in inputs() if element["type"] != "button"}
    assert others == {ANSWER}
