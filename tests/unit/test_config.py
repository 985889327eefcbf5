"""The environment as people set it: what is taken as it is, what is made good, and what is said to be wrong."""

from pathlib import Path

import pytest

from bot.config import Settings

BOT, APP = "xoxb-1-invented", "xapp-1-invented"
OURS = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "DATABASE_URL",
    "SLACK_API_URL",
    "COMMS_DESK_ADMIN",
    "COMMS_DESK_LOG_LEVEL",
)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of ours is in the environment but two good tokens; the data folder is the test's own."""
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT)
    monkeypatch.setenv("SLACK_APP_TOKEN", APP)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_two_tokens_are_enough() -> None:
    """Slack itself, its owners, a file in the data folder."""
    config = Settings()
    assert config.problems() == []
    assert config.api_url == "https://slack.com/api/"
    assert config.administrators == frozenset()
    assert config.sqlalchemy_url.startswith("sqlite:///")
    assert Path(config.sqlalchemy_url.removeprefix("sqlite:///")).parent.is_dir()


def test_what_is_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """`DATABASE_URL=` in a file of settings means the default, as leaving it out does."""
    for name in OURS[2:]:
        monkeypatch.setenv(name, "")
    config = Settings()
    assert config.problems() == []
    assert config.api_url == "https://slack.com/api/"
    assert config.sqlalchemy_url.startswith("sqlite:///")


@pytest.mark.parametrize(
    ("variable", "given", "told"),
    [
        ("SLACK_BOT_TOKEN", None, "OAuth & Permissions"),
        ("SLACK_BOT_TOKEN", "", "OAuth & Permissions"),
        ("SLACK_BOT_TOKEN", APP, "OAuth & Permissions"),
        ("SLACK_BOT_TOKEN", "xoxb-", "OAuth & Permissions"),
        ("SLACK_BOT_TOKEN", "xoxb-1 2", "OAuth & Permissions"),
        ("SLACK_BOT_TOKEN", "xoxb-1\n2", "OAuth & Permissions"),
        ("SLACK_BOT_TOKEN", "xoxb-…", "OAuth & Permissions"),
        ("SLACK_BOT_TOKEN", "xoxp-1-a-person’s", "OAuth & Permissions"),
        ("SLACK_APP_TOKEN", None, "connections:write"),
        ("SLACK_APP_TOKEN", BOT, "connections:write"),
        ("SLACK_API_URL", "slack.example/api", "https://slack.example/api/"),
        ("SLACK_API_URL", "ftp://slack.example/", "https://slack.example/api/"),
        ("SLACK_API_URL", "http:///api/", "https://slack.example/api/"),
        ("SLACK_API_URL", "http://slack.example:port/", "https://slack.example/api/"),
        ("COMMS_DESK_ADMIN", "carys", "Copy member ID"),
        ("COMMS_DESK_ADMIN", "U0CARYS U0AMINA", "Copy member ID"),
        ("COMMS_DESK_ADMIN", "U0CARYS, @amina", "Copy member ID"),
        ("COMMS_DESK_LOG_LEVEL", "loud", "INFO"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, variable: str, given: str | None, told: str
) -> None:
    """One sentence, about that variable alone; a token is never shown."""
    if given is None:
        monkeypatch.delenv(variable)
    else:
        monkeypatch.setenv(variable, given)
    (said,) = Settings().problems()
    assert said.startswith(variable)
    assert told in said
    if given and "TOKEN" in variable and given not in {"xoxb-", "xoxb-…"}:
        assert given not in said


def test_everything_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to start it three times to learn of three things."""
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    monkeypatch.delenv("SLACK_APP_TOKEN")
    monkeypatch.setenv("SLACK_API_URL", "nonsense")
    assert [said.split()[0] for said in Settings().problems()] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_API_URL",
    ]


def test_a_token_is_taken_without_the_space_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copied from a page or read from a file it often ends with a new line, which no header may carry."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", f" {BOT}\r\n")
    config = Settings()
    assert config.problems() == []
    assert config.slack_bot_token is not None
    assert config.slack_bot_token.get_secret_value() == BOT


def test_no_token_is_shown() -> None:
    """Not even by whoever prints the settings to look for a fault."""
    assert "invented" not in repr(Settings())


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("postgres://u:p@db.example/desk", "postgresql+psycopg://u:p@db.example/desk"),
        ("postgresql://u:p@db.example:5433/desk", "postgresql+psycopg://u:p@db.example:5433/desk"),
        ("postgresql://db.example/desk?sslmode=require", "postgresql+psycopg://db.example/desk?sslmode=require"),
        ("postgresql+psycopg://db.example/desk", "postgresql+psycopg://db.example/desk"),
        ("sqlite:////srv/desk.db", "sqlite:////srv/desk.db"),
        (" postgres://db.example/postgres://\n", "postgresql+psycopg://db.example/postgres://"),
    ],
)
def test_postgresql_is_spoken_to_by_psycopg_3(monkeypatch: pytest.MonkeyPatch, given: str, taken: str) -> None:
    """Whichever of the usual ways its address is written."""
    monkeypatch.setenv("DATABASE_URL", given)
    assert Settings().sqlalchemy_url == taken


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("U0CARYS", {"U0CARYS"}),
        (" U0CARYS , W0AMINA ,,", {"U0CARYS", "W0AMINA"}),
        ("U0CARYS,U0CARYS", {"U0CARYS"}),
        (",", set()),
    ],
)
def test_administrators_stand_between_commas(monkeypatch: pytest.MonkeyPatch, given: str, taken: set[str]) -> None:
    """With or without space around them."""
    monkeypatch.setenv("COMMS_DESK_ADMIN", given)
    config = Settings()
    assert config.administrators == taken
    assert config.problems() == []


@pytest.mark.parametrize(
    "given", ["http://127.0.0.1:8155/api", "http://127.0.0.1:8155/api/", "http://127.0.0.1:8155/api//"]
)
def test_the_address_of_slack_ends_with_one_slash(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    """Whether somebody wrote it or not."""
    monkeypatch.setenv("SLACK_API_URL", given)
    assert Settings().api_url == "http://127.0.0.1:8155/api/"
