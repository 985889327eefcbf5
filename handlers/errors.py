"""What goes wrong in a request, as a sentence for the person: the one edge of the program on Slack's side."""

import logging
import secrets

from bot.core.errors import DeskError
from storage.database import DatabaseUnavailable

log = logging.getLogger(__name__)

NO_DATABASE = (
    "The desk cannot reach its records just now, so nothing was saved. Please try again in a minute; "
    "if it goes on, tell whoever runs Comms Desk."
)


def sentence_for(error: Exception) -> str:
    """What the person is told. Whatever nobody foresaw is logged with an id, and the person gets the id."""
    if isinstance(error, DeskError):
        return error.sentence
    if isinstance(error, DatabaseUnavailable):
        log.warning("database unavailable: %s", error)
        return NO_DATABASE
    reference = secrets.token_hex(3)
    log.error("request failed [%s]", reference, exc_info=error)
    return (
        f"Something went wrong on the desk’s side, and nothing was saved. Please try again. If it happens again, "
        f"tell whoever runs Comms Desk that the reference is {reference}."
    )
