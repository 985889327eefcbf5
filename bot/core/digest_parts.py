"""What a digest is made of. Each part is registered with its feature; the engine (`digests`) knows none of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from bot.core.permissions import Act
from storage.digests import Digest
from storage.people import Person
from storage.subjects import Subject, SubjectKind

if TYPE_CHECKING:
    from bot.core.workspaces import Work


@dataclass(frozen=True)
class Edition:
    """One digest of one day, for one reader; `None`: for everybody in a channel. `due_at` is UTC.

    `since` is when the edition before it was due (UTC), whether or not there was one already.
    """

    digest: Digest
    day: date
    due_at: datetime
    reader: Person | None
    since: datetime


@dataclass(frozen=True)
class Entry:
    """One line. In `words`, `{title}` stands for the first of `subjects`, `{titles}` and `{count}` for all of them,
    `{name}` for each of `times` (UTC), and `{exact}` for what is to be copied as it is. Titles are looked up when it is
    drawn: what the reader may no longer see goes.

    `more` counts subjects that are not named.
    """

    words: str
    subjects: tuple[Subject, ...] = ()
    more: int = 0
    times: Mapping[str, datetime] = field(default_factory=dict)
    exact: str = ""

    def to_data(self) -> dict[str, Any]:
        return {
            "words": self.words,
            "subjects": [[subject.kind.value, subject.id] for subject in self.subjects],
            "more": self.more,
            "times": {name: at.isoformat() for name, at in self.times.items()},
            "exact": self.exact,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Entry":
        return cls(
            words=data["words"],
            subjects=tuple(Subject(SubjectKind(kind), id_) for kind, id_ in data["subjects"]),
            more=data["more"],
            times={name: datetime.fromisoformat(at) for name, at in data["times"].items()},
            exact=data["exact"],
        )


@dataclass(frozen=True)
class Section:
    """What one part has to say in one edition.

    `more` entries are left out; `see` says in a sentence where they are. `quiet` is said where there is none, without a
    capital letter and a full stop: all parts' make up one line on an empty day. A section without a title is a remark,
    which does not make a day busy by itself; `is_small` shows it in small print. `until` is the day to which it
    reaches, where that is later than the next.
    """

    title: str = ""
    entries: tuple[Entry, ...] = ()
    more: int = 0
    see: str = ""
    quiet: str = ""
    is_small: bool = False
    until: date | None = None

    @property
    def is_remark(self) -> bool:
        return not self.title

    def to_data(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "entries": [entry.to_data() for entry in self.entries],
            "more": self.more,
            "see": self.see,
            "quiet": self.quiet,
            "is_small": self.is_small,
            **({"until": self.until.isoformat()} if self.until else {}),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Section":
        until = date.fromisoformat(data["until"]) if data.get("until") else None
        entries = tuple(Entry.from_data(entry) for entry in data["entries"])
        return cls(**{**data, "entries": entries, "until": until})


class Part(Protocol):
    """One thing that digests can tell. Its name is stored with each digest that has it."""

    @property
    def name(self) -> str:
        """By which it is stored: never changed."""

    @property
    def label(self) -> str:
        """What it is called in the settings."""

    @property
    def needs(self) -> Act | None:
        """What one must be able to do to read it: `SEE_ENQUIRIES`, where it tells of enquiries. None: it is fit for
        everybody who works with the desk."""

    def gather(self, work: "Work", edition: Edition) -> Section:
        """What there is to tell now. Whatever it asks for is what the edition's reader may see."""


@runtime_checkable
class AsksInPerson(Protocol):
    """A part that asks people something in a message of its own, by a tick of its own, when the edition is due. In the
    edition it speaks to channels alone."""

    asks_in_person: bool


def without_braces(typed: str) -> str:
    """What somebody typed, in a sentence in which braces stand for something."""
    return typed.replace("{", "(").replace("}", ")")


def bounded(entries: Sequence[Entry], most: int, total: int | None = None) -> tuple[tuple[Entry, ...], int]:
    """The first so many entries, and how many are left out of `total`."""
    return tuple(entries[:most]), max(0, (len(entries) if total is None else total) - most)
