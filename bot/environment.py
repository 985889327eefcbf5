"""What commands take from their environment, and what they say where it is wrong: a sentence with what to do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from slack_sdk.errors import SlackApiError

from bot.config import Settings
from storage.database import Database, DatabaseUnavailable
from storage.engines import UnknownDatabase

_OF_THE_BOT_TOKEN = {
    "invalid_auth": "Slack does not know the bot token. Copy it again: OAuth & Permissions, Bot User OAuth Token.",
    "not_authed": "Slack does not know the bot token. Copy it again: OAuth & Permissions, Bot User OAuth Token.",
    "account_inactive": "The app was removed from the workspace. Install it again: OAuth & Permissions, Install.",
    "token_revoked": "The bot token was revoked. Install the app again and copy the new one.",
}
_OF_THE_APP_TOKEN = {
    "invalid_auth": "Slack does not know the app-level token. Copy it again: Basic Information, App-Level Tokens.",
    "not_authed": "Slack does not know the app-level token. Copy it again: Basic Information, App-Level Tokens.",
    "token_revoked": "The app-level token was revoked. Make a new one: Basic Information, App-Level Tokens.",
    "missing_scope": "The app-level token lacks the scope connections:write. Make a new one with it: Basic "
    "Information, App-Level Tokens.",
}


def read() -> Settings:
    """What is set in the environment. Raises UnknownDatabase if there is no place for one."""
    try:
        return Settings()
    except OSError as error:
        raise UnknownDatabase(f"it is not set, and your data folder cannot be used ({error})") from error


@contextmanager
def database(config: Settings) -> Iterator[Database]:
    """The database, closed at the end. Raises UnknownDatabase."""
    opened = Database(config.sqlalchemy_url)
    try:
        yield opened
    finally:
        opened.dispose()


def unknown_database(error: UnknownDatabase) -> str:
    return (
        f"DATABASE_URL is no database that Comms Desk can use: {error}. Write sqlite:////folder/desk.db or "
        "postgresql://user:password@host/name."
    )


def silent_database(error: DatabaseUnavailable) -> tuple[str, str]:
    """What it said, and what to do."""
    said = " ".join(str(error).split())
    return f"The database does not answer: {said}", "Check DATABASE_URL and that the server runs."


def silent_slack(error: Exception, config: Settings) -> str:
    """Of OSError and HTTPException."""
    said = getattr(error, "reason", error)  # what urllib wraps
    return f"Slack does not answer at {config.api_url} ({said}). Check the network and SLACK_API_URL."


def refused_by_slack(error: SlackApiError, config: Settings) -> str:
    """What to do about a Slack that answered, and said no."""
    answer, status = error.response.data, error.response.status_code
    code = str(answer.get("error")) if isinstance(answer, dict) else "[]"  # JSON, and nothing that Slack would say
    if status >= 500 or code in {"fatal_error", "internal_error", "service_unavailable"}:
        return f"Slack is out of order ({code if status < 500 else f'HTTP {status}'}). Start again in a minute."
    if not re.fullmatch(r"[a-z0-9_]+", code):
        return f"What answers at {config.api_url} does not speak as Slack does (HTTP {status}). Check SLACK_API_URL."
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        return "Slack has been asked too often. Start again in a minute."
    known = _OF_THE_APP_TOKEN if error.response.api_url.endswith("/apps.connections.open") else _OF_THE_BOT_TOKEN
    return known.get(code, f"Slack refused the connection: {code}. Check both tokens.")
