"""How the five ideas reach the features: each kind of record registers what the core must know of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from bot.core.digest_parts import Part
from bot.core.documents import Document, FileReader
from bot.core.outlook import ComingUp, LateAndStuck, Listings
from bot.core.permissions import Act, Relation
from storage.database import Transaction
from storage.obligations import Duty
from storage.outbox import Posting, PostingKind
from storage.people import Person
from storage.signoffs import Capacity
from storage.subjects import Subject, SubjectKind

if TYPE_CHECKING:
    from bot.core.workspaces import Work


@dataclass(frozen=True)
class Asked:
    """Somebody whom policy names for a text: to sign it, or to be shown it."""

    person: Person
    capacity: Capacity
    must_sign: bool


@dataclass(frozen=True)
class Ending:
    """What became of a text, with `{name}` for each of `times` (UTC); if it went out, whom to tell of a mistake."""

    words: str
    times: Mapping[str, datetime]
    to_tell: Person | None


@dataclass(frozen=True)
class Corrected:
    """A text that went out with a mistake, and is put right by another: `words` with `{name}` for `times` (UTC)."""

    words: str
    times: Mapping[str, datetime]
    text: str
    what_was_wrong: str


@dataclass(frozen=True)
class Undelivered:
    """How those who can mend it, and `owner`, are told that something could not be said: what, and what to do.

    `more` says which buttons go below.
    """

    what: str
    advice: str
    owner: Person
    more: Mapping[str, Any] = field(default_factory=dict)


class Signing(Protocol):
    """What a sign-off must know of the thing that is signed."""

    def asked_by_policy(self, tx: Transaction, subject_id: int) -> list[Asked]:
        """Who must sign and who is copied, by the partnership's rules. Nobody may be taken off this list."""

    def sign_by(self, work: "Work", subject_id: int) -> datetime | None:
        """By when signatures are needed (UTC)."""

    def owner_id(self, tx: Transaction, subject_id: int) -> int:
        """Whom signatories answer to."""

    def is_open(self, tx: Transaction, subject_id: int) -> bool:
        """Whether signatures on it can still be given or taken back."""

    def signed(self, work: "Work", subject_id: int) -> None:
        """The last signature on the current draft has come in."""

    def no_longer_signed(self, work: "Work", subject_id: int) -> None:
        """It was signed, and now a signature is void or an amendment is open."""

    def ending(self, work: "Work", subject_id: int) -> "Ending":
        """What became of it, once signatures can no longer be given."""

    def corrected(self, work: "Work", subject_id: int) -> "Corrected | None":
        """What it corrects, so that signatories see word by word what becomes another; None if it is something new."""

    def asked_for(self, work: "Work", subject_id: int) -> tuple[str, ...]:
        """The questions that it answers, as they were asked; none, if nobody asked."""

    def what_follows(self, work: "Work", subject_id: int) -> tuple[str, Mapping[str, datetime]]:
        """What happens with it once it is signed, with `{name}` for each of the times (UTC); nothing, if nothing does
        by itself."""

    def redraw(self, work: "Work", subject_id: int) -> None:
        """Its cards no longer show the present state."""

    def still_missing(self, work: "Work", subject_id: int, tell: Person | None) -> None:
        """A signature is missing and its first reminder has come: half of the time is gone (DOMAIN §10, "sign").

        `tell` is the duty officer, where the office is closed and it cannot wait.
        """

    def has_gone_out(self, tx: Transaction, subject_id: int) -> bool:
        """Whether the text went out: its signatures stand, and what is said against one is told at once."""

    def cards(self, tx: Transaction, subject_id: int) -> list[Subject]:
        """The records below whose cards people talk about it."""

    def say(self, work: "Work", subject_id: int, sentence: str, *, quote: str | None = None) -> None:
        """Puts a sentence into its history, and below it what a person typed."""


Relations = Callable[[Transaction, int, Person], frozenset[Relation]]
Titles = Callable[[Transaction, int], str]
Owners = Callable[[Transaction, int], int | None]
Sights = Callable[[Transaction, int], bool]
OnDuty = Callable[["Work", int, Person], frozenset[Act]]
StandIns = Callable[["Work", int, Person], bool]
Loader = Callable[["Work", Posting], object | None]
Maker = Callable[[Any], Document]


def _no_relations(_tx: Transaction, _subject_id: int, _person: Person) -> frozenset[Relation]:
    return frozenset()


def _always(_tx: Transaction, _subject_id: int) -> bool:
    return True


@dataclass(frozen=True)
class Feature:
    """One kind of record, as the core sees it."""

    kind: SubjectKind
    relations: Relations = _no_relations
    is_there: Sights = _always
    """Whether there is such a record, asked in somebody's name: for whom it is hidden, there is none."""
    part_of: Callable[[Transaction, int], Subject | None] | None = None
    """What a record belongs to, if it is shown to exactly those who see that."""
    not_there: str = "This is not on file."
    """What is said of a record that is not there, and of one that is hidden: the two read the same."""
    for_channels: bool = True
    """Whether a channel may read of one such record by name."""
    title: Titles | None = None
    """One line that names the record in a reminder; needed by whatever obligations are about."""
    owner_id: Owners | None = None
    rests: Callable[[Transaction, int, Duty], bool] | None = None
    """Whether a duty need not be reminded of for now, since another stands for it."""
    may_stand_in: StandIns | None = None
    """Whether a deputy may see to what is owed on it, where standing in by itself opens nobody's eyes to it."""
    acts_on_duty: OnDuty | None = None
    """What somebody who is reminded of a duty on it can do right there, as it stands."""
    signing: Signing | None = None
    loaders: Mapping[PostingKind, Loader] = field(default_factory=dict)
    """For each posting about it: the record as the reader may see it. None means: it need not be said any more."""
    parts: tuple[Part, ...] = ()
    """What digests can tell of it."""
    coming_up: ComingUp | None = None
    late_and_stuck: LateAndStuck | None = None
    """What of it stands in homes under these headings."""
    listing: Listings | None = None
    """What of it stands in homes under a heading of its own."""
    undelivered: Callable[["Work", Posting], Undelivered | None] | None = None
    """How it is told that one of its postings could not be said, where that is not told as of any other."""
    makers: Mapping[PostingKind, Maker] = field(default_factory=dict)
    """For each posting that is a file: the file, of what its loader gave. Called outside any transaction."""
    readers: Mapping[PostingKind, FileReader] = field(default_factory=dict)
    """For each posting that stands for a file which somebody gave: what is done with it once it can be read."""


class Features:
    """All kinds of record the desk knows."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self._by_kind = {feature.kind: feature for feature in features}
        self._loaders = {kind: loader for feature in self._by_kind.values() for kind, loader in feature.loaders.items()}
        self._parts = {part.name: part for feature in self._by_kind.values() for part in feature.parts}
        self._makers = {kind: maker for feature in self._by_kind.values() for kind, maker in feature.makers.items()}
        self._readers = {kind: reader for feature in self._by_kind.values() for kind, reader in feature.readers.items()}

    def of(self, kind: SubjectKind) -> Feature:
        return self._by_kind[kind]

    def signing(self, kind: SubjectKind) -> Signing:
        signing = self._by_kind[kind].signing
        if signing is None:
            raise LookupError(f"nothing of kind {kind} is signed")
        return signing

    def title(self, tx: Transaction, subject: Subject) -> str:
        title = self._by_kind[subject.kind].title
        if title is None:
            raise LookupError(f"a {subject.kind} has no title")
        return title(tx, subject.id)

    def owner_id(self, tx: Transaction, subject: Subject) -> int | None:
        owner = self._by_kind[subject.kind].owner_id
        return owner(tx, subject.id) if owner else None

    def rests(self, tx: Transaction, subject: Subject, duty: Duty) -> bool:
        rests = self._by_kind[subject.kind].rests
        return rests is not None and rests(tx, subject.id, duty)

    def may_stand_in(self, work: "Work", subject: Subject, person: Person) -> bool:
        may = self._by_kind[subject.kind].may_stand_in
        return may is None or may(work, subject.id, person)

    def acts_on_duty(self, work: "Work", subject: Subject, reader: Person) -> frozenset[Act]:
        acts = self._by_kind[subject.kind].acts_on_duty
        return acts(work, subject.id, reader) if acts else frozenset()

    def relations(self, tx: Transaction, subject: Subject, person: Person) -> frozenset[Relation]:
        return self._by_kind[subject.kind].relations(tx, subject.id, person)

    def is_there(self, tx: Transaction, subject: Subject) -> bool:
        """Whether a record is on file for whoever is asking."""
        feature = self._by_kind[subject.kind]
        if feature.part_of is None:
            return feature.is_there(tx, subject.id)
        whole = feature.part_of(tx, subject.id)
        return whole is not None and self.is_there(tx, whole)

    def is_for_channels(self, subject: Subject) -> bool:
        return self._by_kind[subject.kind].for_channels

    def loader(self, kind: PostingKind) -> Loader:
        return self._loaders[kind]

    def part(self, name: str) -> Part | None:
        """A part of digests by its name; None, if this program does not have it any more."""
        return self._parts.get(name)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that digests can tell."""
        return tuple(self._parts.values())

    @property
    def coming_up(self) -> list[ComingUp]:
        """Where that comes from which homes show under this heading."""
        return [feature.coming_up for feature in self._by_kind.values() if feature.coming_up is not None]

    @property
    def late_and_stuck(self) -> list[LateAndStuck]:
        """The same."""
        return [feature.late_and_stuck for feature in self._by_kind.values() if feature.late_and_stuck is not None]

    @property
    def listings(self) -> list[Listings]:
        """Where homes have what they show under headings of their own."""
        return [feature.listing for feature in self._by_kind.values() if feature.listing is not None]

    def undelivered(self, work: "Work", posting: Posting) -> Undelivered | None:
        """How it is told that a posting could not be said; None: as of any other."""
        feature = self._by_kind.get(posting.subject_kind)
        return feature.undelivered(work, posting) if feature is not None and feature.undelivered is not None else None

    def maker(self, kind: PostingKind) -> Maker:
        return self._makers[kind]

    def reader(self, kind: PostingKind) -> FileReader:
        return self._readers[kind]

    @property
    def files(self) -> frozenset[PostingKind]:
        """The postings that are files."""
        return frozenset(self._makers)
