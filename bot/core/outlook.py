"""What a home shows beside what waits for its reader: what comes up, and what is late or stuck.

Each feature registers where its own comes from. Whatever a source asks for is what the reader may see.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from storage.people import Person
from storage.subjects import Subject

if TYPE_CHECKING:
    from bot.core.workspaces import Work

Item = TypeVar("Item")


@dataclass(frozen=True)
class Some(Generic[Item]):
    """The first of a list, and how long it is in all."""

    found: tuple[Item, ...] = ()
    total: int = 0


@dataclass(frozen=True)
class Ahead:
    """What is asked for: what the reader owes from `tomorrow` on, and what others do until `until` (both UTC), at most
    `most` of it, and nothing that another heading shows already."""

    reader: Person
    tomorrow: datetime
    until: datetime
    most: int
    shown: frozenset[Subject]


@dataclass(frozen=True)
class Upcoming:
    """One thing that comes up. `whose`: who sees to it, in words; empty, if it is the reader's own. `about`: what a
    person typed of it, if there is anything."""

    subject: Subject
    title: str
    about: str
    due_at: datetime
    whose: str
    words: str
    is_event: bool = False
    """Whether `due_at` is when something takes place, rather than by when it is owed."""


class Because(StrEnum):
    """Why something is stuck; from it follows which buttons help."""

    NOBODY = "nobody"
    NOT_ISSUED = "not_issued"
    UNSIGNED = "unsigned"
    LATE = "late"
    CORRECTION = "correction"
    UNDELIVERED = "undelivered"
    NOT_BRIEFED = "not_briefed"
    AWAY = "away"


@dataclass(frozen=True)
class Stuck:
    """One thing that is late or stuck, and what to do about it.

    `{name}` in `words` stands for one of `times` (UTC). `about` is what a person typed of it. `value` is what its
    buttons carry, `text_id` the statement that it waits for.
    """

    because: Because
    title: str
    words: str
    advice: str
    value: str
    about: str = ""
    due_at: datetime | None = None
    times: Mapping[str, datetime] = field(default_factory=dict)
    subject: Subject | None = None
    text_id: int | None = None
    channel_id: str | None = None


ComingUp = Callable[["Work", Ahead], Some[Upcoming]]
LateAndStuck = Callable[["Work", Person, frozenset[Subject]], Some[Stuck]]
"""For whom, and what is shown to them already."""


@dataclass(frozen=True)
class Listing:
    """A heading of its own in a home: what comes under it, the most pressing first, and in `see` where all of it is
    (mark-up, with nothing in it that a person typed)."""

    heading: str
    items: Some[Upcoming]
    see: str


Listings = Callable[["Work", Person], Listing | None]
"""What somebody's home shows of a kind of record; None, if it is nothing to them."""
