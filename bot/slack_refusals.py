"""What it means for a posting when Slack says no: whether to look, to wait, or to ask a person to mend it."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from slack_sdk.errors import SlackApiError

ACCOUNT_OFF = "user_disabled"
"""Slack's word for a person who has left."""


class Meaning(Enum):
    IN_DOUBT = auto()
    """It may have been said all the same. Whoever tries again looks first."""
    NOT_NOW = auto()
    """Nothing was said. The same may go out later."""
    UNKNOWN = auto()
    """Nothing was said, and nobody foresaw why. Worth a few tries."""
    NEVER = auto()
    """Nothing was said, and waiting will not help."""


@dataclass(frozen=True)
class Refusal:
    """`code` is Slack's word for it; `wait` is how long Slack wants to be left alone (real time), if it says so."""

    code: str
    meaning: Meaning
    wait: timedelta | None = None


_RATE_LIMITED = frozenset({"ratelimited", "rate_limited"})

# Slack on the first two: "It's possible some aspect of the operation succeeded before the error was raised."
_IN_DOUBT = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org"})

# About our token, not about the message: for whoever runs the desk to put right, and nothing can be said until then.
_SHUT_OUT = frozenset(
    {
        "access_denied",
        "account_inactive",
        "accesslimited",
        "ekm_access_denied",
        "invalid_auth",
        "not_authed",
        "org_login_required",
        "token_expired",
        "token_revoked",
    }
)
_SHUT_OUT_WAIT = timedelta(seconds=30)

_NEVER = frozenset(
    {
        # the place or the person is gone
        ACCOUNT_OFF,
        "cannot_dm_bot",
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "is_archived",
        "message_not_found",
        "messages_tab_disabled",
        "missing_scope",
        "not_in_channel",
        "restricted_action",
        "user_not_found",
        "user_not_visible",
        # our own mistake, which the same words will make again
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "view_too_large",
    }
)

_SAME_AS = {
    "is_inactive": "is_archived",  # what chat.update says of an archived channel
    "thread_not_found": "message_not_found",  # the card above it was deleted
    "users_not_found": "user_not_found",
}


def understand(error: SlackApiError) -> Refusal:
    """Reads an answer that says no. A rate limit without a time is a second."""
    status = error.response.status_code
    code = str(error.response.get("error") or f"http_{status}")
    code = _SAME_AS.get(code, code)
    if status == 429 or code in _RATE_LIMITED:
        return Refusal(code, Meaning.NOT_NOW, timedelta(seconds=_retry_after(error)))
    if status >= 500 or code in _IN_DOUBT or not re.fullmatch(r"[a-z0-9_]+", code):  # a page of HTML has no code
        return Refusal(code, Meaning.IN_DOUBT)
    if code in _SHUT_OUT:
        return Refusal(code, Meaning.NOT_NOW, _SHUT_OUT_WAIT)
    return Refusal(code, Meaning.NEVER if code in _NEVER else Meaning.UNKNOWN)


def _retry_after(error: SlackApiError) -> float:
    headers = {name.lower(): value for name, value in error.response.headers.items()}
    try:
        return max(1.0, float(headers.get("retry-after", 1)))
    except ValueError:
        return 1.0
