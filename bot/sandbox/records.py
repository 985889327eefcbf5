"""What a workspace consists of: people, channels, posts and views, as plain records that can be kept."""

import dataclasses
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Json = dict[str, Any]
Record = TypeVar("Record", bound="DataclassInstance")

ID_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id(prefix: str) -> str:
    """An id that looks like Slack's: `U07K3…`. Random, so that nothing can come to rely on an order."""
    return f"{prefix}0" + "".join(secrets.choice(ID_LETTERS) for _ in range(9))


@dataclass
class Team:
    """Our workspace or a partner's."""

    id: str
    name: str

    @property
    def domain(self) -> str:
        """The first part of the workspace's address."""
        return self.name.lower().replace(" ", "-")


@dataclass
class Person:
    """A member of our workspace or a partner's. `gone`: deactivated, as when someone leaves."""

    id: str
    name: str
    team_id: str
    title: str = ""
    zone: str = "Europe/London"
    email: str = ""
    owner: bool = False
    guest: bool = False
    gone: bool = False

    @property
    def username(self) -> str:
        """The handle that older payload fields carry."""
        return self.name.lower().replace(" ", ".")


@dataclass
class Channel:
    """A channel, or with `with_user` the direct conversation of that person and the bot."""

    id: str
    name: str
    members: list[str] = field(default_factory=list)
    private: bool = False
    purpose: str = ""
    archived: bool = False
    created: int = 0
    with_user: str | None = None
    read_up_to: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """`channel`, `group` or `im`: the word that events and scopes use."""
        if self.with_user:
            return "im"
        return "group" if self.private else "channel"


@dataclass
class Post:
    """A message. `only_for`: ephemeral, shown to that person alone and never kept."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    edited: str | None = None
    by_bot: bool = False
    only_for: str | None = None
    files: list[str] = field(default_factory=list)
    warnings: dict[str, Json] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """In a thread, and not what the thread hangs on."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class File:
    """A file. `email`: what Slack read in an e-mail. `given_to_bot`: its own, or put into a form of its."""

    id: str
    name: str
    title: str
    filetype: str
    size: int
    user: str
    created: int
    email: Json | None = None
    given_to_bot: bool = False
    deleted: bool = False


@dataclass
class Upload:
    """An address given out: what is to come, and once it came, its content."""

    file_id: str
    name: str
    length: int
    content: bytes | None = None


@dataclass
class View:
    """A modal or a home as one person has it before them. `state` is what is typed or chosen in it."""

    id: str
    user: str
    payload: Json
    hash: str
    root: str
    previous: str | None = None
    state: dict[str, Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    failure: str | None = None

    @property
    def blocks(self) -> list[Json]:
        """What stands in it."""
        return list(self.payload["blocks"])


Place = Post | View  # where something can be pressed or chosen


def from_record(kind: type[Record], record: Json) -> Record:
    """What `as_record` made, maybe in an earlier version: fields that are gone since are left out."""
    names = {each.name for each in dataclasses.fields(kind)}
    return kind(**{name: value for name, value in record.items() if name in names})


def as_record(thing: Team | Person | Channel | Post | File | View) -> Json:
    """The JSON that the store keeps."""
    return dataclasses.asdict(thing)
