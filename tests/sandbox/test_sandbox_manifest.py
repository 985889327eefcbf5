"""A manifest that Slack would refuse is refused, and one that could not work here says why."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.sandbox import ChannelPlan, Manifest, ManifestError, MemberPlan, Plan, Sandbox, TeamPlan
from tests.sandbox.conftest import MANIFEST, PLAN, TestClock


def written(tmp_path: Path, **changes: Any) -> Path:
    content = yaml.safe_load(MANIFEST.read_text())
    for path, value in changes.items():
        *parents, last = path.split("__")
        place = content
        for parent in parents:
            place = place[parent]
        if value is None:
            del place[last]
        else:
            place[last] = value
    file = tmp_path / "manifest.yml"
    file.write_text(yaml.safe_dump(content))
    return file


def test_a_manifest_says_what_is_declared() -> None:
    manifest = Manifest.read(MANIFEST)
    assert [command.command for command in manifest.commands] == ["/enquiry", "/mention"]
    assert [shortcut.type for shortcut in manifest.shortcuts] == ["global", "message"]
    assert "message.im" in manifest.events
    assert manifest.home_tab


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"display_information": None}, "display_information"),
        ({"features__slash_commands": [{"command": "enquiry", "description": "x"}]}, "slash_commands"),
        ({"features__slash_commands": [{"command": "/enquiry"}]}, "description"),
        ({"features__colour": "red"}, "colour"),
        ({"features__bot_user": None}, "bot_user"),
        ({"settings__socket_mode_enabled": False}, "socket_mode_enabled"),
        ({"settings__interactivity": {"is_enabled": False}}, "interactivity"),
        ({"oauth_config__scopes__bot": ["chat:write", "chat:shout"]}, "chat:shout"),
        ({"oauth_config__scopes__bot": ["chat:write", "commands"]}, "im:history"),
        ({"oauth_config__scopes__bot": ["channels:history", "im:history", "app_mentions:read"]}, "commands"),
        ({"settings__event_subscriptions__bot_events": ["message.everywhere"]}, "message.everywhere"),
    ],
)
def test_a_manifest_that_would_not_do(tmp_path: Path, changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ManifestError, match=complaint):
        Manifest.read(written(tmp_path, **changes))


def test_no_manifest_no_workspace(tmp_path: Path, clock: TestClock) -> None:
    with pytest.raises(FileNotFoundError):
        Sandbox(PLAN, manifest=tmp_path / "none.yml", clock=clock)


@pytest.mark.parametrize(
    ("plan", "complaint"),
    [
        ({"members": (MemberPlan("A"), MemberPlan("A"))}, "same name"),
        ({"members": (MemberPlan("A", team="Nowhere"),)}, "Nowhere"),
        ({"channels": (ChannelPlan("c", members=("Nobody",)),)}, "Nobody"),
        ({"channels": (ChannelPlan("c"), ChannelPlan("c"))}, "same name"),
    ],
)
def test_a_plan_that_contradicts_itself(plan: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Plan(TeamPlan("T"), **plan)
