"""What people type below a card, or to the bot."""

import logging
from typing import Any

from slack_bolt import App, BoltContext

from bot.core.errors import DeskError
from bot.core.workspaces import Desk
from bot.desk import typed_replies
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import caller_of, typed
from storage.database import DatabaseUnavailable

log = logging.getLogger(__name__)

BY_PEOPLE = frozenset({None, "thread_broadcast", "file_share"})
"""Subtypes of messages that somebody wrote; the others tell of edits, joins and bots."""


def register(edge: Edge, app: App, desk: Desk) -> None:
    @app.event(ids.MESSAGE_WRITTEN)
    def written(event: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        if event.get("subtype") not in BY_PEOPLE or event.get("bot_id") or not event.get("user"):
            return
        try:
            typed_replies.answer(
                desk,
                caller_of(context, body),
                typed(str(event.get("text") or "")),
                channel_id=str(event["channel"]),
                thread_ts=event.get("thread_ts"),
                ts=str(event["ts"]),
                to_bot=event.get("channel_type") == "im",
            )
        except (DeskError, DatabaseUnavailable) as error:  # nobody waits for an answer; Slack does not send it again
            log.warning("a typed reply was not answered: %s", error)

    edge.handled.add(ids.MESSAGE_WRITTEN)
