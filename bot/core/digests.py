"""One engine for all that is told regularly: whose hour has come, once for each local date and reader.

Which edition a moment belongs to is worked out from the digest, the office's calendar and the clock; whether it has
gone out, from its key. Nothing depends on how often this runs: it comes to the same over clock changes, after a
restart, in several processes at once, and for a clock that jumps.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core import deputies, outbox
from bot.core.digest_parts import Edition, Entry, Section
from bot.core.working_days import ONE_DAY, WorkingHours, moment_of
from bot.core.workspaces import Desk, Work
from storage import digests, people, sensitive
from storage import outbox as postings
from storage.digests import Digest, DigestReader, Every, Moment, ReaderKind
from storage.outbox import Posting, PostingKind, Urgency
from storage.people import Person
from storage.subjects import Subject, SubjectKind

NEWEST = 100
"""How many editions are looked through for what they must not name any more: some weeks of them."""

LONGEST_PAUSE = 62
"""Days between two editions, at the most."""


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


def goes_out_on(digest: Digest, day: date, hours: WorkingHours) -> bool:
    """Whether a day has an edition. A weekday or a day of the month on which nobody works is made up for on the next
    working day; of a month that is shorter, the last day counts."""
    if digest.every is Every.DAY:
        return True
    if not hours.is_working_day(day):
        return False
    if digest.every is Every.WORKING_DAY:
        return True
    since = hours.working_day_after(day, -1)
    return any(_falls_on(digest, day - ONE_DAY * back) for back in range((day - since).days))


def _falls_on(digest: Digest, day: date) -> bool:
    if digest.every is Every.WEEK:
        return day.weekday() == digest.on_day
    last = calendar.monthrange(day.year, day.month)[1]
    return day.day == min(digest.on_day or 1, last)


def due_at(digest: Digest, day: date, hours: WorkingHours) -> datetime:
    """When the edition of a day goes out (UTC)."""
    match digest.moment:
        case Moment.OPENS:
            return hours.opening_of(day)
        case Moment.CLOSES:
            return hours.closing_of(day)
    if digest.at is None:
        raise LookupError(f"digest {digest.name} has no time")
    return moment_of(day, digest.at, hours.zone)


def previous_due_at(digest: Digest, day: date, hours: WorkingHours) -> datetime:
    """When the edition before that of a day was due (UTC), whether or not there was one already."""
    for back in range(1, LONGEST_PAUSE):
        if goes_out_on(digest, day - ONE_DAY * back, hours):
            return due_at(digest, day - ONE_DAY * back, hours)
    return due_at(digest, day - ONE_DAY * LONGEST_PAUSE, hours)


def editions_at(digest: Digest, hours: WorkingHours, now: datetime) -> Iterator[tuple[date, datetime]]:
    """The days whose edition may go out now, and when it was due: today's, or the one of a late last evening.

    One that is later than `hours_late` is left out: nobody wants to read in the evening what the morning brings.
    """
    today = hours.local_day(now)
    for day in (today - ONE_DAY, today):
        at = due_at(digest, day, hours)
        is_in_time = max(at, digest.on_since) <= now < at + timedelta(hours=digest.hours_late)
        if is_in_time and at >= digest.on_since and goes_out_on(digest, day, hours):
            yield day, at


@dataclass(frozen=True)
class _Place:
    """Where an edition goes. `key` tells it from the same digest's other places."""

    key: str
    channel_id: str | None = None
    person: Person | None = None


def send_due(desk: Desk) -> None:
    """The tick: makes the editions whose time has come. Safe to run in several processes."""
    with desk.database.across_workspaces(read_only=True) as view:
        ids = digests.workspaces_with_any(view)
    for workspace_id in ids:
        with desk.on_its_own(workspace_id, read_only=True) as work:
            is_due = bool(_unsent(work))
        if is_due:
            with desk.on_its_own(workspace_id) as work:
                for edition, place, key in _unsent(work):
                    _send(work, edition, place, key)


def _unsent(work: Work) -> list[tuple[Edition, _Place, str]]:
    found = [
        (Edition(digest, day, at, place.person), place, f"digest:{digest.id}:{day}:{place.key}")
        for digest in digests.every_one(work.tx)
        if digest.is_on
        for day, at in editions_at(digest, work.hours, work.now)
        for reader in digest.readers
        for place in _places(work, reader)
    ]
    sent = postings.keys_in_use(work.tx, [key for _, _, key in found]) if found else set()
    return [one for one in found if one[2] not in sent]


def _places(work: Work, reader: DigestReader) -> list[_Place]:
    """Where a reader is told now. Whoever is away is not, but who stands in for them."""
    if reader.kind in {ReaderKind.PRESS_CHANNEL, ReaderKind.CHANNEL}:
        is_press = reader.kind is ReaderKind.PRESS_CHANNEL
        channel = work.settings.press_channel_id if is_press else reader.channel_id
        # not the channel's id: one that moves to another channel during the day is not told all of it again
        return [_Place(f"{reader.id}", channel_id=channel)] if channel else []
    found: list[Person] = []
    match reader.kind:
        case ReaderKind.DUTY_OFFICER:
            found = deputies.present(work, [work.settings.duty_officer] if work.settings.duty_officer else [])
        case ReaderKind.PERSON:
            found = [reader.person] if reader.person else []
        case ReaderKind.ROLE:
            found = people.holding(work.tx, reader.role) if reader.role else []
    return [_Place(f"{reader.id}:{person.id}", person=person) for person in found if person.on_slack]


def _send(work: Work, edition: Edition, place: _Place, key: str) -> None:
    with sensitive.shown_to(work.tx, edition.reader):
        parts = [part for name in edition.digest.parts if (part := work.features.part(name)) is not None]
        sections = [part.gather(work, edition).to_data() for part in parts]
    outbox.post(
        work,
        PostingKind.DIGEST,
        Subject(SubjectKind.DIGEST, edition.digest.id),
        channel_id=place.channel_id,
        person=place.person,
        detail={"title": edition.digest.title, "day": edition.day.isoformat(), "sections": sections},
        dedupe_key=key,
        urgency=Urgency.BY_THE_WAY,
    )


def load(work: Work, posting: Posting) -> ShownDigest:
    """An edition for its reader: what it said when it was due, but for what they may not see any more."""
    sections = [Section.from_data(data) for data in posting.detail["sections"]]
    return ShownDigest(
        title=posting.detail["title"],
        day=date.fromisoformat(posting.detail["day"]),
        reader=posting.person,
        sections=tuple(_shown(work, section) for section in sections),
        until=max((section.until for section in sections if section.until is not None), default=None),
    )


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
