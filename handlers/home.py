"""Opening the desk's home."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.core.workspaces import Desk
from bot.desk import home
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import caller_of


def register(edge: Edge, app: App, desk: Desk) -> None:
    @app.event(ids.HOME_OPENED)
    def opened(event: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        if event.get("tab") == "home":
            home.open_home(desk, caller_of(context, body))

    edge.handled.add(ids.HOME_OPENED)
