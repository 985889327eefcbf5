"""*Send me this now*: a digest as of now, for whoever wants it."""

from slack_sdk.models.views import View

from bot.core.workspaces import Caller, Desk
from bot.desk import digests
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press
from handlers.views import digests as views
from handlers.views.words import Drawn


def offered(desk: Desk, caller: Caller, words: str) -> Drawn:
    """`/desk digest`: all that they may have; with words, those whose title has them, if there are any."""
    return views.offered(digests.offered(desk, caller, words))


def send_now(desk: Desk, press: Press) -> View:
    return views.on_its_way(digests.send_now(desk, press.caller, press.number))


def register(edge: Edge) -> None:
    edge.button(ids.SEND_DIGEST_NOW, send_now)
