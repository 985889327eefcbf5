"""*Log as media enquiry*, on a message: what it says, or the e-mail that it brings, fills the form in."""

from slack_sdk.models.views import View

from bot.core.email_reader import EmailSource
from bot.core.workspaces import Caller, Desk
from bot.desk import capture
from handlers import ids
from handlers.edge import Edge
from handlers.views import enquiries as views


def from_message(desk: Desk, caller: Caller, sources: list[EmailSource]) -> View:
    return views.log_form(capture.from_message(desk, caller, sources))


def register(edge: Edge) -> None:
    edge.on_message(ids.LOG_MESSAGE_SHORTCUT, from_message)
