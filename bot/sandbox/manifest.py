"""What the app's manifest declares; whatever it does not declare, the workspace does not do."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from bot.sandbox.records import from_record

# Slack's own schema (slackapi/manifest-schema, July 2026, MIT).
SCHEMA = Path(__file__).with_name("manifest.schema.2.0.0.json")


# Events that the workspace sends, each with the scopes of which it takes one.
EVENTS: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    **dict.fromkeys(("member_joined_channel", "member_left_channel"), ("channels:read", "groups:read")),
    **dict.fromkeys(("channel_archive", "channel_unarchive"), ("channels:read",)),
    **dict.fromkeys(("group_archive", "group_unarchive"), ("groups:read",)),
}
# Scopes that a bot's token can have; Slack's schema would take any word.
SCOPES = frozenset(
    """
    app_mentions:read assistant:write bookmarks:read bookmarks:write calls:read calls:write canvases:read
    canvases:write channels:history channels:join channels:manage channels:read channels:write.invites
    channels:write.topic chat:write chat:write.customize chat:write.public commands conversations.connect:manage
    conversations.connect:read conversations.connect:write dnd:read emoji:read files:read files:write groups:history
    groups:read groups:write groups:write.invites groups:write.topic im:history im:read im:write im:write.topic
    incoming-webhook links.embed:write links:read links:write lists:read lists:write metadata.message:read
    mpim:history mpim:read mpim:write mpim:write.topic pins:read pins:write reactions:read reactions:write
    reminders:read reminders:write remote_files:read remote_files:share remote_files:write team:read
    usergroups:read usergroups:write users.profile:read users:read users:read.email users:write
    workflow.steps:execute
    """.split()  # noqa: SIM905 -- sixty words read best as words
)


class ManifestError(ValueError):
    """Slack would not create an app from this manifest, or the app could not work here."""


@dataclass(frozen=True)
class Command:
    """A slash command."""

    command: str
    description: str
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Shortcut:
    """A shortcut: `global`, from anywhere, or `message`, from a message's menu."""

    name: str
    type: str
    callback_id: str


@dataclass(frozen=True)
class Manifest:
    """The parts of a manifest that decide what the workspace sends and allows."""

    bot_name: str
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    scopes: frozenset[str]
    events: frozenset[str]
    interactive: bool
    home_tab: bool
    messages_tab: bool

    @classmethod
    def read(cls, file: Path) -> "Manifest":
        """Reads and checks a manifest; raises ManifestError with every fault found."""
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
        faults = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(content)]
        manifest = cls._from(content) if not faults else None
        faults += _beyond_the_schema(content, manifest) if manifest else []
        if faults or manifest is None:
            raise ManifestError("; ".join(faults))
        return manifest

    @classmethod
    def _from(cls, content: dict[str, Any]) -> "Manifest":
        features = content.get("features", {})
        settings = content.get("settings", {})
        home = features.get("app_home", {})
        return cls(
            bot_name=features.get("bot_user", {}).get("display_name", content["display_information"]["name"]),
            commands=tuple(from_record(Command, command) for command in features.get("slash_commands", [])),
            shortcuts=tuple(from_record(Shortcut, shortcut) for shortcut in features.get("shortcuts", [])),
            scopes=frozenset(content.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
            interactive=settings.get("interactivity", {}).get("is_enabled", False),
            home_tab=home.get("home_tab_enabled", False),
            messages_tab=home.get("messages_tab_enabled", False),
        )


def _beyond_the_schema(content: dict[str, Any], manifest: Manifest) -> list[str]:
    """What the schema lets pass, and Slack or this workspace would not."""
    settings = content.get("settings", {})
    faults = [f"no such bot scope: {scope}" for scope in sorted(manifest.scopes - SCOPES)]
    faults += [f"the workspace does not send {event}" for event in sorted(manifest.events - set(EVENTS))]
    for event in sorted(manifest.events & set(EVENTS)):
        if EVENTS[event] and not manifest.scopes.intersection(EVENTS[event]):
            faults.append(f"{event} needs the scope {' or '.join(EVENTS[event])}")
    if (manifest.commands or manifest.shortcuts) and "commands" not in manifest.scopes:
        faults.append("slash commands and shortcuts need the scope commands")
    if manifest.scopes and "bot_user" not in content.get("features", {}):
        faults.append("bot scopes need features.bot_user")
    if not manifest.interactive:
        faults.append("settings.interactivity.is_enabled must be true, or nothing could be pressed")
    if not settings.get("socket_mode_enabled"):
        faults.append("settings.socket_mode_enabled must be true: there is no other way to the bot here")
    return faults
