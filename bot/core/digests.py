"""One engine for all that is told regularly: whose hour has come, once for each local date and reader.

Which edition a moment belongs to is worked out from the digest, the office's calendar and the clock; whether it has
gone out, from its key. Nothing depends on how often this runs: it comes to the same over clock changes, after a
restart, in several processes at once, and for a clock that jumps. Of meetings alone it is kept on file when they were
told of, since a meeting may be moved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.core import deputies, outbox
from bot.core.digest_days import Meeting, editions_at, previous_due_at, told_on
from bot.core.digest_parts import AsksInPerson, Edition, Entry, Part, Section
from bot.core.errors import BadInput
from bot.core.permissions import may
from bot.core.working_days import ONE_DAY, moment_of
from bot.core.workspaces import Desk, Work
from storage import calendar as calendar_dates
from storage import digests, people, sensitive
from storage import outbox as postings
from storage.calendar import DateKind
from storage.digests import Digest, DigestReader, Every, ReaderKind
from storage.outbox import Posting, PostingKind, Urgency
from storage.people import Person
from storage.subjects import Subject, SubjectKind

NEWEST = 100
"""How many editions are looked through for what they must not name any more: some weeks of them."""

A_MOMENT = timedelta(minutes=1)
"""Whoever presses *Send me this now* twice within it gets one edition."""


@dataclass(frozen=True)
class ShownEntry:
    """An entry as its reader may see it now. `subject` is what it is about, if that is one thing."""

    words: str
    titles: tuple[str, ...]
    more: int
    times: dict[str, datetime]
    subject: Subject | None
    exact: str = ""


@dataclass(frozen=True)
class ShownSection:
    title: str
    entries: tuple[ShownEntry, ...]
    more: int
    see: str
    quiet: str
    is_small: bool


@dataclass(frozen=True)
class ShownDigest:
    """One edition as its reader may see it. It keeps saying how things stood when it was due. `until`: the day to which
    it reaches, over a weekend or holidays."""

    title: str
    day: date
    reader: Person | None
    sections: tuple[ShownSection, ...]
    until: date | None = None
    as_of: datetime | None = None
    """When it was made (UTC), if somebody wanted it then."""


@dataclass(frozen=True)
class _Place:
    """Where an edition goes. `key` tells it from the same digest's other places, `row` is what did so before readers
    could be changed. `is_press`: the press office reads it there, whoever that is."""

    key: str
    row: str
    channel_id: str | None = None
    person: Person | None = None
    is_press: bool = False


@dataclass(frozen=True)
class _Due:
    """An edition that is to go out."""

    digest: Digest
    day: date
    at: datetime
    place: _Place
    meetings: tuple[Meeting, ...]

    @property
    def key(self) -> str:
        return f"digest:{self.digest.id}:{self.day}:{self.place.key}"

    @property
    def keys(self) -> tuple[str, str]:
        """Any of them in use, it has gone out. The second is from before readers could be changed."""
        return self.key, f"digest:{self.digest.id}:{self.day}:{self.place.row}"


def send_due(desk: Desk) -> None:
    """The tick: makes the editions whose time has come. Safe to run in several processes."""
    with desk.database.across_workspaces(read_only=True) as view:
        ids = digests.workspaces_with_any(view)
    for workspace_id in ids:
        with desk.on_its_own(workspace_id, read_only=True) as work:
            is_due = bool(_unsent(work))
        if is_due:
            with desk.on_its_own(workspace_id) as work:
                for due in _unsent(work):
                    _send(work, due)


def _unsent(work: Work) -> list[_Due]:
    found: dict[str, _Due] = {}
    for digest in digests.every_one(work.tx):
        if not digest.is_on:
            continue
        meetings = _meetings(work, digest)
        for day, at in editions_at(digest, work.hours, work.now, meetings):
            told = tuple(told_on(digest, day, work.hours, meetings))
            for place in places(work, digest):
                due = _Due(digest, day, at, place, told)
                if told_parts(work, digest, place.person, is_press=place.is_press):
                    found.setdefault(due.key, due)
    sent = postings.keys_in_use(work.tx, [key for due in found.values() for key in due.keys]) if found else set()
    return [due for due in found.values() if not sent.intersection(due.keys)]


def _meetings(work: Work, digest: Digest) -> tuple[Meeting, ...]:
    """The meetings of the board that a digest may have to tell of; none, if it goes by other days."""
    if digest.every is not Every.BEFORE_MEETING:
        return ()
    hours = work.hours
    today = hours.local_day(work.now)
    start = moment_of(today - ONE_DAY, time(), hours.zone)
    span = timedelta(days=2 * (digest.days_before or 1) + LONGEST_HOLIDAYS)
    found = calendar_dates.between(work.tx, start, start + span, DateKind.BOARD_MEETING)
    told: dict[int, dict[date, date]] = {one.id: {} for one in found}
    for row in digests.meetings_told(work.tx, digest.id, told) if found else ():
        told[row.date_id][row.edition_day] = row.meeting_day
    return tuple(Meeting(one.id, hours.local_day(one.starts_at), told[one.id]) for one in found)


LONGEST_HOLIDAYS = 14
"""Days: what an office may be closed beside weekends, for a look ahead that misses no meeting."""


def places(work: Work, digest: Digest) -> list[_Place]:
    """Where a digest goes now, each once, however often somebody is among its readers."""
    found: dict[str, _Place] = {}
    for reader in sorted(digest.readers, key=lambda one: one.kind not in PRESS):
        for place in _places(work, reader):
            found.setdefault(place.channel_id or place.key, place)
    return list(found.values())


PRESS = frozenset({ReaderKind.PRESS_CHANNEL, ReaderKind.DUTY_OFFICER})
"""Readers who are the press office, whatever roles they hold."""


def _places(work: Work, reader: DigestReader) -> list[_Place]:
    """Where a reader is told now. Whoever is away is not, but who stands in for them."""
    is_press = reader.kind in PRESS
    if reader.kind is ReaderKind.PRESS_CHANNEL:
        channel = work.settings.press_channel_id
        # not the channel's id: one that moves to another channel during the day is not told all of it again
        return [_Place("press_channel", f"{reader.id}", channel_id=channel, is_press=True)] if channel else []
    if reader.kind is ReaderKind.CHANNEL:
        channel = reader.channel_id
        return [_Place(f"channel:{channel}", f"{reader.id}", channel_id=channel)] if channel else []
    found: list[Person] = []
    match reader.kind:
        case ReaderKind.DUTY_OFFICER:
            found = deputies.present(work, [work.settings.duty_officer] if work.settings.duty_officer else [])
        case ReaderKind.PERSON:
            found = [reader.person] if reader.person else []
        case ReaderKind.ROLE:
            found = people.holding(work.tx, reader.role) if reader.role else []
    return [
        _Place(f"person:{person.id}", f"{reader.id}:{person.id}", person=person, is_press=is_press)
        for person in found
        if person.on_slack
    ]


def is_fit(part: Part, person: Person | None, *, is_press: bool) -> bool:
    """Whether a part is for a reader: a person, or None for a channel. `is_press`: the press office itself."""
    if part.needs is None or is_press:
        return True
    return person is not None and may(part.needs, frozenset(person.roles))


def fit_parts(work: Work, digest: Digest, person: Person | None, *, is_press: bool) -> list[Part]:
    """What of a digest a reader is told, in its order. A part that this program does not have is left out."""
    parts = [part for name in digest.parts if (part := work.features.part(name)) is not None]
    return [part for part in parts if is_fit(part, person, is_press=is_press)]


def told_parts(work: Work, digest: Digest, person: Person | None, *, is_press: bool) -> list[Part]:
    """Of these, what the regular edition tells: not what people are asked in a message of its own."""
    parts = fit_parts(work, digest, person, is_press=is_press)
    return [part for part in parts if person is None or not isinstance(part, AsksInPerson)]


def due_now(work: Work, digest: Digest) -> list[date]:
    """The days whose edition may go out now."""
    if not digest.is_on:
        return []
    return [day for day, _ in editions_at(digest, work.hours, work.now, _meetings(work, digest))]


def people_of(work: Work, digest: Digest) -> list[Person]:
    """Everybody among a digest's readers, in Slack or not, by the roles they hold now. Nobody twice."""
    found: dict[int, Person] = {}
    for reader in digest.readers:
        several: list[Person] = []
        match reader.kind:
            case ReaderKind.PERSON:
                several = [reader.person] if reader.person else []
            case ReaderKind.ROLE:
                several = people.holding(work.tx, reader.role) if reader.role else []
            case ReaderKind.DUTY_OFFICER:
                several = [work.settings.duty_officer] if work.settings.duty_officer else []
        found |= {person.id: person for person in several if person.left_at is None}
    return list(found.values())


def _send(work: Work, due: _Due) -> None:
    digests.note_meetings(work.tx, due.digest.id, [(one.id, one.day) for one in due.meetings], due.day)
    edition = Edition(due.digest, due.day, due.at, due.place.person, _since(work, due.digest, due.day))
    _post(work, edition, due.place, dedupe_key=due.key)


def _since(work: Work, digest: Digest, day: date) -> datetime:
    is_before_meetings = digest.every is Every.BEFORE_MEETING
    last = digests.last_told_before(work.tx, digest.id, day) if is_before_meetings else None
    return previous_due_at(digest, day, work.hours, last)


def _post(work: Work, edition: Edition, place: _Place, *, dedupe_key: str | None = None, is_now: bool = False) -> None:
    outbox.post(
        work,
        PostingKind.DIGEST,
        Subject(SubjectKind.DIGEST, edition.digest.id),
        channel_id=place.channel_id,
        person=place.person,
        detail={
            "title": edition.digest.title,
            "day": edition.day.isoformat(),
            "is_press": place.is_press,
            "sections": gathered(work, edition, is_press=place.is_press, is_regular=not is_now),
            **({"now": work.now.isoformat()} if is_now else {}),
        },
        dedupe_key=dedupe_key,
        urgency=Urgency.WAITED_FOR if is_now else Urgency.BY_THE_WAY,
    )


def gathered(work: Work, edition: Edition, *, is_press: bool, is_regular: bool = False) -> list[dict[str, Any]]:
    """What an edition says to its reader, as it is kept: each section with the name of its part."""
    which = told_parts if is_regular else fit_parts
    parts = which(work, edition.digest, edition.reader, is_press=is_press)
    with sensitive.shown_to(work.tx, edition.reader):
        return [{**part.gather(work, edition).to_data(), "part": part.name} for part in parts]


def edition_now(work: Work, digest: Digest, reader: Person | None) -> Edition:
    """What a digest would say now. It is no regular edition: nothing is noted of it."""
    day = work.hours.local_day(work.now)
    return Edition(digest, day, work.now, reader, _since(work, digest, day))


def shown_now(work: Work, digest: Digest, reader: Person) -> ShownDigest:
    """What a digest would say to somebody now, to look at before it goes out."""
    edition = edition_now(work, digest, reader)
    sections = [Section.from_data(_without_name(data)) for data in gathered(work, edition, is_press=False)]
    with sensitive.shown_to(work.tx, reader):
        return _shown_digest(work, edition.digest.title, edition.day, sections, reader=reader, as_of=work.now)


def send_now(work: Work, digest: Digest, person: Person, *, is_press: bool) -> bool:
    """Sends an edition as of now to one person, beside the regular one. False: they got one a moment ago."""
    if not fit_parts(work, digest, person, is_press=is_press):
        raise BadInput(f"{digest.title} tells nothing that is for you. Ask a comms lead what it should tell.")
    subject = Subject(SubjectKind.DIGEST, digest.id)
    for posting in postings.newest_to(work.tx, subject, PostingKind.DIGEST, person.id, limit=MOST_IN_A_MOMENT):
        if "now" in posting.detail and abs(work.now - posting.created_at) < A_MOMENT:
            return False
    place = _Place(f"person:{person.id}", "", person=person, is_press=is_press)
    _post(work, edition_now(work, digest, person), place, is_now=True)
    return True


MOST_IN_A_MOMENT = 3
"""Editions to one person to look at: the one that was asked for, and regular ones that came after it."""


def load(work: Work, posting: Posting) -> ShownDigest:
    """An edition for its reader: what it said when it was due, but for what they may not see any more."""
    asked_at = posting.detail.get("now")
    return _shown_digest(
        work,
        posting.detail["title"],
        date.fromisoformat(posting.detail["day"]),
        [Section.from_data(data) for data in _still_fit(work, posting)],
        reader=posting.person,
        as_of=datetime.fromisoformat(asked_at) if asked_at else None,
    )


def _shown_digest(
    work: Work, title: str, day: date, sections: Sequence[Section], *, reader: Person | None, as_of: datetime | None
) -> ShownDigest:
    return ShownDigest(
        title=title,
        day=day,
        reader=reader,
        sections=tuple(_shown(work, section) for section in sections),
        until=max((section.until for section in sections if section.until is not None), default=None),
        as_of=as_of,
    )


def _without_name(section: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in section.items() if name != "part"}


def _still_fit(work: Work, posting: Posting) -> list[dict[str, Any]]:
    """Without the parts that are not for the reader any more, since they hold other roles now."""
    is_press = posting.detail.get("is_press", True)
    found = []
    for section in posting.detail["sections"]:
        part = work.features.part(section.get("part", ""))
        if part is None or posting.person is None or is_fit(part, posting.person, is_press=is_press):
            found.append(_without_name(section))
    return found


def _shown(work: Work, section: Section) -> ShownSection:
    entries = tuple(shown for entry in section.entries if (shown := _entry(work, entry)) is not None)
    return ShownSection(section.title, entries, section.more, section.see, section.quiet, section.is_small)


def _entry(work: Work, entry: Entry) -> ShownEntry | None:
    """None: it was about something that is not for this reader any more."""
    there = [subject for subject in entry.subjects if work.features.is_there(work.tx, subject)]
    if entry.subjects and not there and not entry.more:
        return None
    titles = tuple(work.features.title(work.tx, subject) for subject in there)
    subject = there[0] if "{title}" in entry.words and there else None
    return ShownEntry(entry.words, titles, entry.more, dict(entry.times), subject, entry.exact)


def redraw(work: Work, subjects: set[Subject]) -> None:
    """Some records are not for everybody any more: the newest editions that name one are drawn anew."""
    named = {(subject.kind.value, subject.id) for subject in subjects}
    for posting in postings.newest(work.tx, PostingKind.DIGEST, limit=NEWEST):
        sections = posting.detail["sections"]
        if any(tuple(one) in named for part in sections for entry in part["entries"] for one in entry["subjects"]):
            postings.want_by_id(work.tx, posting.id)


def redraw_for(work: Work, person: Person) -> None:
    """Somebody may see less than before: their newest editions are drawn anew."""
    for posting in postings.newest(work.tx, PostingKind.DIGEST, limit=NEWEST):
        if posting.person_id == person.id:
            postings.want_by_id(work.tx, posting.id)
