"""Files that the desk makes and posts, and files that people gave it and that are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from storage.outbox import Posting

if TYPE_CHECKING:
    from bot.core.workspaces import Desk


@dataclass(frozen=True)
class Document:
    """A file, whole. `name` has its ending; `facts` go on the record when it is in Slack, and are nothing personal.

    It is made for each try and not kept: what the desk knows may have to be erased, and a copy would outlive it.
    """

    name: str
    title: str
    content: bytes
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FileReader:
    """What is done with a file that somebody gave, once Slack has given it out, or never will (a sentence says why).

    The posting's loader gives what has a `slack_file_id`; None, once it has been read.
    """

    read: Callable[["Desk", Posting, bytes], None]
    refuse: Callable[["Desk", Posting, str], None]
