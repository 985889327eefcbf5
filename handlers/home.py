"""Opening the desk's home."""

import logging
from typing import Any

from slack_bolt import App, BoltContext

from bot.core.errors import DeskError
from bot.core.workspaces import Desk
from bot.desk import home
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import caller_of

log = logging.getLogger(__name__)


def register(edge: Edge, app: App, desk: Desk) -> None:
    @app.event(ids.HOME_OPENED)
    def opened(event: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        if event.get("tab") != "home":
            return
        try:
            home.open_home(desk, caller_of(context, body))
        except DeskError as error:
            log.info("a home was not opened: %s", error.sentence)  # acknowledged, or Slack would send it again

    edge.handled.add(ids.HOME_OPENED)
