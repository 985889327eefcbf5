"""Digests: which there are from the beginning, who reads them, and an edition for whoever wants one now.

A morning that is three hours late is left out, and whatever else is six (our own judgement): until then it is still of
use to whoever reads it.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.core import digests
from bot.core.digest_parts import Edition, Entry, Section, without_braces
from bot.core.errors import NotFound
from bot.core.features import Feature
from bot.core.permissions import Act, Relation, may
from bot.core.workspaces import Caller, Desk, Work
from bot.desk.enquiry_parts import (
    PARTS,
    DueOvernight,
    DueToday,
    DutyOfficer,
    Holdings,
    Overdue,
    RecordHead,
    WentOut,
)
from storage import calendar, settings
from storage import digests as records
from storage.calendar import CalendarDate, DateKind
from storage.database import Transaction
from storage.digests import Digest, Every, Moment, Reader, ReaderKind
from storage.outbox import PostingKind
from storage.people import Person, Role
from storage.subjects import Subject, SubjectKind

MORNING, EVENING, WEEK, BOARD, BULLETIN_CALL = "morning", "evening", "week_ahead", "board", "bulletin_call"
NOT_THERE = "This digest is not on file any more. Type `/desk digest` to see those there are."
BEFORE_THE_BOARD = 5
"""Working days from the board's digest to its meeting: papers commonly go out then (our own judgement)."""


class NextMeeting:
    name, label, needs = "next_meeting", "The next board meeting", None

    def gather(self, work: Work, edition: Edition) -> Section:  # noqa: ARG002 (the same for every edition)
        found = calendar.between(work.tx, work.now, work.now + FAR_AHEAD, DateKind.BOARD_MEETING, limit=1)
        entries = tuple(Entry(f"{_meeting_words(meeting)}.", times={"starts": meeting.starts_at}) for meeting in found)
        return Section("The next board meeting", entries, quiet="no board meeting is in the calendar")


FAR_AHEAD = timedelta(days=366)


def _meeting_words(meeting: CalendarDate) -> str:
    place = f", {meeting.place}" if meeting.place else ""
    return f"{without_braces(meeting.title)}: {{starts}}{without_braces(place)}"


@dataclass(frozen=True)
class _Default:
    title: str
    every: Every
    moment: Moment
    hours_late: int
    parts: tuple[str, ...]
    readers: tuple[Reader, ...]
    on_day: int | None = None
    days_before: int | None = None


_PRESS = Reader(ReaderKind.PRESS_CHANNEL)


def _roles(*roles: Role) -> tuple[Reader, ...]:
    return tuple(Reader(ReaderKind.ROLE, role=role) for role in roles)


_DEFAULTS: dict[str, _Default] = {
    MORNING: _Default(
        "The day ahead",
        Every.WORKING_DAY,
        Moment.OPENS,
        3,
        (DueToday.name, Overdue.name, Holdings.name, WentOut.name, RecordHead.name),
        (_PRESS,),
    ),
    EVENING: _Default(
        "Overnight",
        Every.WORKING_DAY,
        Moment.CLOSES,
        6,
        (DutyOfficer.name, DueOvernight.name, Holdings.name),
        (_PRESS, Reader(ReaderKind.DUTY_OFFICER)),
    ),
    WEEK: _Default(
        "Week ahead",
        Every.WEEK,
        Moment.OPENS,
        6,
        ("coming_dates", "bulletin", "cascade", "reviews_due"),
        _roles(Role.PROGRAMME_OFFICE, Role.ORGANISATION_LEAD),
        on_day=0,
    ),
    BULLETIN_CALL: _Default(
        "Bulletin call",
        Every.MONTH,
        Moment.OPENS,
        6,
        ("bulletin_call",),
        _roles(Role.ORGANISATION_LEAD, Role.GROUP_CHAIR, Role.BOARD_MEMBER),
        on_day=1,
    ),
    BOARD: _Default(
        "Board",
        Every.BEFORE_MEETING,
        Moment.OPENS,
        6,
        (NextMeeting.name, "cascade", "reviews_put_off", "reviews_due", "coming_dates"),
        _roles(Role.CHAIR, Role.BOARD_MEMBER, Role.GROUP_CHAIR, Role.COMMS_LEAD, Role.PROGRAMME_OFFICE),
        days_before=BEFORE_THE_BOARD,
    ),
}


def is_default(digest: Digest) -> bool:
    """Whether it comes with the desk: it may be turned off and changed, and is not removed."""
    return digest.name in _DEFAULTS


def make_defaults(work: Work) -> None:
    """Gives a workspace whose press channel is known its digests; what it has is left as it is."""
    if work.settings.press_channel_id is None:
        return
    for name, default in _DEFAULTS.items():
        records.make(
            work.tx,
            name,
            default.readers,
            title=default.title,
            is_on=True,
            on_since=work.now,
            every=default.every,
            on_day=default.on_day,
            days_before=default.days_before,
            moment=default.moment,
            hours_late=default.hours_late,
            parts=list(default.parts),
        )


@dataclass(frozen=True)
class Sent:
    """What became of *Send me this now*. `is_new`: it was not asked for a moment ago already."""

    digest: Digest
    is_new: bool


@dataclass(frozen=True)
class Offered:
    """A digest that somebody may have now. `is_reader`: it comes to them anyway."""

    digest: Digest
    is_reader: bool


def offered(desk: Desk, caller: Caller, words: str = "") -> list[Offered]:
    """The digests that somebody may have now: those that come to them, and for the press office all.

    With `words`, those whose titles have them; all, where none has.
    """
    with desk.looking(caller, Act.ASK_FOR_DIGESTS) as work:
        found = []
        for digest in records.every_one(work.tx):
            standing = work.standing | _relations(work.tx, digest.id, work.person)
            if may(Act.SEND_DIGEST_NOW, standing) and _has_anything(work, digest):
                found.append(Offered(digest, Relation.READER in standing))
        return [one for one in found if words.casefold() in one.digest.title.casefold()] or found


def send_now(desk: Desk, caller: Caller, digest_id: int) -> Sent:
    """Sends somebody an edition as of now, as they may see it. It does not count as the regular one."""
    with desk.acting(caller, Act.SEND_DIGEST_NOW, subject_of(digest_id)) as work:
        digest = records.get(work.tx, digest_id)
        if digest is None:
            raise NotFound(NOT_THERE)
        is_new = digests.send_now(work, digest, work.person, is_press=_is_on_duty(work.tx, digest, work.person))
        if is_new:
            work.record(Act.SEND_DIGEST_NOW, subject_of(digest_id), digest=digest.name)
        return Sent(digest, is_new)


def subject_of(digest_id: int) -> Subject:
    return Subject(SubjectKind.DIGEST, digest_id)


def _has_anything(work: Work, digest: Digest) -> bool:
    return bool(digests.fit_parts(work, digest, work.person, is_press=_is_on_duty(work.tx, digest, work.person)))


def _relations(tx: Transaction, digest_id: int, person: Person) -> frozenset[Relation]:
    """Whether a digest comes to somebody."""
    digest = records.get(tx, digest_id)
    if digest is None:
        return frozenset()
    by_name = any(
        (one.kind is ReaderKind.PERSON and one.person_id == person.id)
        or (one.kind is ReaderKind.ROLE and one.role in person.roles)
        for one in digest.readers
    )
    return frozenset({Relation.READER}) if by_name or _is_on_duty(tx, digest, person) else frozenset()


def _is_on_duty(tx: Transaction, digest: Digest, person: Person) -> bool:
    """Whether it comes to somebody as the duty officer."""
    is_for_duty = any(one.kind is ReaderKind.DUTY_OFFICER for one in digest.readers)
    return is_for_duty and settings.get(tx).duty_officer_id == person.id


FEATURE = Feature(
    kind=SubjectKind.DIGEST,
    relations=_relations,
    is_there=lambda tx, digest_id: records.get(tx, digest_id) is not None,
    not_there=NOT_THERE,
    loaders={PostingKind.DIGEST: digests.load},
    parts=(*PARTS, NextMeeting()),
)
