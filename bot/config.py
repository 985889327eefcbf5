"""Settings of the process: the only reader of the environment."""

import logging
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,}")


def _default_database() -> str:
    return sqlite_url(user_data_path("comms-desk", ensure_exists=True) / "comms-desk.db")


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


class Settings(BaseSettings):
    """What `comms-desk run` takes from the environment. README lists the same."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore", env_ignore_empty=True)

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    database_url: str = Field(default_factory=_default_database)
    slack_api_url: str = "https://slack.com/api/"
    comms_desk_admin: str = ""
    """Slack ids of those who may do the first settings, separated by commas. Empty: the workspace's owners."""
    comms_desk_log_level: str = "INFO"

    @field_validator("*", mode="before")
    @classmethod
    def _without_space_around(cls, value: Any) -> Any:
        """A token copied from a page often brings a line's end with it, which no header may carry."""
        return value.strip() if isinstance(value, str) else value

    @property
    def administrators(self) -> frozenset[str]:
        return frozenset(part.strip() for part in self.comms_desk_admin.split(",") if part.strip())

    @property
    def api_url(self) -> str:
        return self.slack_api_url.rstrip("/") + "/"

    @property
    def sqlalchemy_url(self) -> str:
        """`DATABASE_URL` with the driver that is installed: psycopg 3."""
        for scheme in ("postgres://", "postgresql://"):
            if self.database_url.startswith(scheme):
                return "postgresql+psycopg://" + self.database_url.removeprefix(scheme)
        return self.database_url

    @property
    def has_bot_token(self) -> bool:
        """Whether there is one that looks like one; so the others."""
        return _is_token(self.slack_bot_token, "xoxb-")

    @property
    def has_app_token(self) -> bool:
        return _is_token(self.slack_app_token, "xapp-")

    @property
    def has_api_url(self) -> bool:
        return _is_web_address(self.slack_api_url)

    def problems(self) -> list[str]:
        """What is missing or wrong before the desk can start, each in a sentence with what to do. Shows no token."""
        found = []
        if not self.has_bot_token:
            found.append(
                "SLACK_BOT_TOKEN is missing or is no bot token (xoxb-…). Copy it from your Slack app: "
                "OAuth & Permissions."
            )
        if not self.has_app_token:
            found.append(
                "SLACK_APP_TOKEN is missing or is no app-level token (xapp-…). Make one with the scope "
                "connections:write in your Slack app: Basic Information, App-Level Tokens."
            )
        if not self.has_api_url:
            found.append(
                f"SLACK_API_URL is no web address: {self.slack_api_url}. Leave it out for Slack itself, or write it "
                "like https://slack.example/api/."
            )
        found += [
            f"COMMS_DESK_ADMIN names {one}, which is no member ID (U…). In Slack, open the person’s profile and choose "
            "Copy member ID; put commas between several."
            for one in sorted(self.administrators)
            if not _SLACK_ID.fullmatch(one)
        ]
        if self.comms_desk_log_level.upper() not in logging.getLevelNamesMapping():
            found.append(
                f"COMMS_DESK_LOG_LEVEL is {self.comms_desk_log_level}, which is not known. Write DEBUG, INFO, WARNING "
                "or ERROR."
            )
        return found


def _is_token(given: SecretStr | None, prefix: str) -> bool:
    return given is not None and re.fullmatch(re.escape(prefix) + "[!-~]+", given.get_secret_value()) is not None


def _is_web_address(given: str) -> bool:
    try:
        parts = urlsplit(given)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # a port that is no number
        return False
