"""Settings of the process: the only reader of the environment."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_database() -> str:
    return sqlite_url(user_data_path("comms-desk", ensure_exists=True) / "comms-desk.db")


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


class Settings(BaseSettings):
    """What `comms-desk run` takes from the environment. README lists the same."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore")

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    database_url: str = Field(default_factory=_default_database)
    slack_api_url: str = "https://slack.com/api/"
    comms_desk_admin: str = ""
    """Slack ids of those who may do the first settings, separated by commas. Empty: the workspace's owners."""
    comms_desk_log_level: str = "INFO"

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

    def missing(self) -> list[str]:
        """What is missing before the desk can start, each in a sentence with what to do."""
        found = []
        if self.slack_bot_token is None or not self.slack_bot_token.get_secret_value().startswith("xoxb-"):
            found.append(
                "SLACK_BOT_TOKEN is missing or is no bot token (xoxb-…). Copy it from your Slack app: "
                "OAuth & Permissions."
            )
        if self.slack_app_token is None or not self.slack_app_token.get_secret_value().startswith("xapp-"):
            found.append(
                "SLACK_APP_TOKEN is missing or is no app-level token (xapp-…). Make one with the scope "
                "connections:write in your Slack app: Basic Information, App-Level Tokens."
            )
        return found
