"""*Log as media enquiry*, on a message: what it says, or the e-mail that it brings, fills the form in."""

from slack_sdk.models.views import View

from bot.core.email_reader import EmailSource, PastedEmail
from bot.core.workspaces import Caller, Desk
from bot.desk import capture, enquiry_lists
from bot.desk.capture import Captured
from handlers import ids
from handlers.edge import Edge
from handlers.views import enquiries as views


def from_message(desk: Desk, caller: Caller, sources: list[EmailSource]) -> View:
    """The first of what the message brings that says who asks; else the first of all."""
    read = [capture.from_email(desk, caller, source) for source in sources or [PastedEmail("")]]
    named = [captured for captured in read if captured.details.email or captured.details.journalist]
    return log_form(desk, caller, (named or read)[0])


def from_words(desk: Desk, caller: Caller, words: str) -> View:
    return log_form(desk, caller, capture.from_words(desk, caller, words))


def log_form(
    desk: Desk, caller: Caller, captured: Captured, *, ask_if_late: bool = False, what_to_do: str | None = None
) -> View:
    offered = enquiry_lists.log_choices(desk, caller, captured.details)
    choices = views.LogChoices(offered.topics, offered.organisations, offered.now, offered.alike)
    return views.log_form(
        choices,
        captured.details,
        understood=captured.understood,
        ask_if_late=ask_if_late,
        what_to_do=what_to_do,
    )


def register(edge: Edge) -> None:
    edge.on_message(ids.LOG_MESSAGE_SHORTCUT, from_message)
