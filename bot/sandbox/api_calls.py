"""What every Web API method has in common: its arguments, its scopes, and how it refuses."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.events import Events
from bot.sandbox.manifest import Manifest
from bot.sandbox.records import Channel, Json, Upload
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.workspace import Workspace


class Refusal(Exception):
    """`ok: false`, with Slack's code and whatever goes with it."""

    def __init__(self, error: str, *messages: str, **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.body: Json = {"ok": False, "error": error, **extra}
        if messages:
            self.body["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in messages]}


@dataclass(frozen=True)
class Call:
    """A call that the bot made, for assertions."""

    method: str
    args: Json
    ok: bool
    error: str | None
    at: datetime


@dataclass(frozen=True)
class World:
    """What a method may look at and change."""

    workspace: Workspace
    manifest: Manifest
    socket: SocketMode
    events: Events
    uploads: dict[str, Upload] = field(default_factory=dict)  # begun and not completed, by the secret in their address

    def provided(self) -> str:
        """The scopes granted, as Slack's headers and refusals list them."""
        return ",".join(sorted(self.manifest.scopes))

    def require(self, scope: str) -> None:
        """Refuses unless the manifest holds the scope."""
        if scope not in self.manifest.scopes:
            raise Refusal("missing_scope", needed=scope, provided=self.provided())

    def channel_for_bot(self, args: Json, key: str = "channel") -> Channel:
        """The conversation named in the arguments, as far as the bot may know of it."""
        channel = self.workspace.channels.get(args[key])
        if channel is None or (channel.private and not self.workspace.bot_is_in(channel)):
            raise Refusal("channel_not_found")
        return channel


def text(value: object) -> str:
    """A string."""
    if not isinstance(value, str):
        raise TypeError("must be a string")
    return value


def timestamp(value: object) -> str:
    """A message's ts: always a string, in JSON too, as a float would lose digits."""
    if not re.fullmatch(r"[0-9]{1,16}\.[0-9]{6}", text(value)):
        raise TypeError("must be a timestamp")
    return str(value)


def moment(value: object) -> str:
    """A bound of a history: a ts, or seconds."""
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,16}(\.[0-9]{1,6})?", str(value)):
        raise TypeError("must be a timestamp")
    return str(value)


def flag(value: object) -> bool:
    """A boolean, in any of the spellings that forms have for it."""
    spelt = {True: True, False: False, "1": True, "0": False, "true": True, "false": False}
    if not isinstance(value, bool | str) or value not in spelt:
        raise TypeError("must be a boolean")
    return spelt[value]


def number(value: object) -> int:
    """A whole number."""
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,10}", str(value)):
        raise TypeError("must be an integer")
    return int(str(value))


def structure(value: object) -> Any:
    """An object or a list: as itself in a JSON body, as a string of JSON in a form."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError) as fault:
            raise TypeError("must be valid JSON") from fault
    if not isinstance(value, dict | list):
        raise TypeError("must be an object or a list")
    return value


# How each argument is read, whichever method it belongs to; those not named here are strings.
READ_AS: dict[str, Callable[[object], Any]] = {
    **dict.fromkeys(("ts", "thread_ts"), timestamp),
    **dict.fromkeys(("oldest", "latest"), moment),
    **dict.fromkeys(("limit", "length"), number),
    **dict.fromkeys(("blocks", "files", "message", "metadata", "view"), structure),
    **dict.fromkeys(("include_all_metadata", "include_locale", "include_num_members", "inclusive"), flag),
    **dict.fromkeys(("prevent_creation", "return_im", "unfurl_links", "unfurl_media"), flag),
}
# What Slack answers to an argument that it cannot read, where that is not `invalid_arguments`.
UNREADABLE = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
Run = Callable[[World, Json], Json]


@dataclass(frozen=True)
class Method:
    """A method of the Web API."""

    run: Run
    takes: list[str]
    may_take: list[str]
    scope: str
    bearer: str

    def read(self, given: Json) -> Json:
        """The arguments, converted; refused if one is missing, unreadable or, stricter than Slack, unknown."""
        if unknown := sorted(set(given) - set(self.takes) - set(self.may_take)):
            raise Refusal("invalid_arguments", *(f"unknown argument: {name}" for name in unknown))
        if missing := [name for name in self.takes if given.get(name) in (None, "")]:
            raise Refusal("invalid_arguments", *(f"missing required field: {name}" for name in missing))
        args: Json = {}
        for name, value in given.items():
            try:
                args |= {} if value is None else {name: READ_AS.get(name, text)(value)}
            except TypeError as fault:
                raise Refusal(UNREADABLE.get(name, "invalid_arguments"), f"{fault} [json-pointer:/{name}]") from fault
        return args


METHODS: dict[str, Method] = {}


def method(
    name: str, *, takes: str = "", may_take: str = "", scope: str = "", bearer: str = "xoxb"
) -> Callable[[Run], Run]:
    """Registers a method with the names of its arguments. Where the scope depends on the channel, the method asks."""

    def register(run: Run) -> Run:
        METHODS[name] = Method(run, takes.split(), may_take.split(), scope, bearer)
        return run

    return register


def page(items: list[Any], args: Json, *, most: int = 1000) -> tuple[list[Any], Json]:
    """One page of a list, with the cursor to the next, as Slack pages."""
    limit = args.get("limit") or 100
    if not 1 <= limit <= most:
        raise Refusal("invalid_limit")
    cursor = args.get("cursor", "") or "next:0"
    if not re.fullmatch(r"next:[0-9]+", cursor):
        raise Refusal("invalid_cursor")
    start = int(cursor.removeprefix("next:"))
    more = f"next:{start + limit}" if start + limit < len(items) else ""
    return items[start : start + limit], {"next_cursor": more}
