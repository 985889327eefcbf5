"""What is told regularly, to whom and when: data, of which the desk makes an edition each time.

An edition is a posting whose dedupe key holds the digest, the local date and the reader: so there is one of each.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Overview, Transaction, by_value, changed, insert_once, within_workspace
from storage.people import Person, Role


class Every(StrEnum):
    """On which days a digest goes out. What falls on a day on which nobody works is told on the next working day.

    Before a meeting: so many working days before each meeting of the board.
    """

    WORKING_DAY = "working_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    BEFORE_MEETING = "before_meeting"


class Moment(StrEnum):
    """When it goes out on such a day: with the office's hours, or at a time of its own."""

    OPENS = "opens"
    CLOSES = "closes"
    CLOCK = "clock"


class ReaderKind(StrEnum):
    """To whom it goes. Whoever is named by the settings is looked up for each edition."""

    PRESS_CHANNEL = "press_channel"
    DUTY_OFFICER = "duty_officer"
    CHANNEL = "channel"
    PERSON = "person"
    ROLE = "role"


@dataclass(frozen=True)
class Reader:
    """To whom a digest goes, as somebody chose it: two that are equal are the same reader."""

    kind: ReaderKind
    channel_id: str | None = None
    person_id: int | None = None
    role: Role | None = None


class Digest(InWorkspace, Base):
    """`on_day` is a weekday (Monday is 0) or a day of the month (from 1), as `every` says; `at` is local time.
    `days_before` counts working days before a meeting of the board. One that was removed stays on file, so that its
    editions can still be drawn."""

    __tablename__ = "digests"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "name"),
        sa.CheckConstraint("(every IN ('week', 'month')) = (on_day IS NOT NULL)", name="on_which_day"),
        sa.CheckConstraint("(moment = 'clock') = (at IS NOT NULL)", name="at_which_time"),
    )

    name: Mapped[str]
    """What the desk and the settings file call it: `morning`."""
    title: Mapped[str]
    """What its readers see above it."""
    is_on: Mapped[bool]
    on_since: Mapped[datetime]
    """No edition whose time came before this is made up for."""
    every: Mapped[Every] = mapped_column(by_value(Every))
    on_day: Mapped[int | None]
    days_before: Mapped[int | None]
    moment: Mapped[Moment] = mapped_column(by_value(Moment))
    at: Mapped[time | None]
    hours_late: Mapped[int]
    """For how long after its time an edition that was missed is still worth reading."""
    parts: Mapped[list[str]] = mapped_column(sa.JSON)
    """The names of its parts, in the order in which they are read. Never changed in place."""
    removed_at: Mapped[datetime | None]

    readers: Mapped[list["DigestReader"]] = relationship(
        lazy="selectin",
        order_by="DigestReader.id",
        foreign_keys="DigestReader.digest_id",
        primaryjoin="Digest.id == DigestReader.digest_id",
        viewonly=True,
    )


class DigestReader(InWorkspace, Base):
    """One of those to whom a digest goes."""

    __tablename__ = "digest_readers"
    __table_args__ = (
        within_workspace("digest_id", table="digests"),
        within_workspace("person_id", table="people"),
        sa.Index("ix_digest_readers_digest", "workspace_id", "digest_id"),
    )

    digest_id: Mapped[int]
    kind: Mapped[ReaderKind] = mapped_column(by_value(ReaderKind))
    channel_id: Mapped[str | None]
    person_id: Mapped[int | None]
    role: Mapped[Role | None] = mapped_column(by_value(Role))

    person: Mapped[Person | None] = relationship(lazy="joined", foreign_keys="DigestReader.person_id", viewonly=True)


def reader_of(row: DigestReader) -> Reader:
    return Reader(row.kind, row.channel_id, row.person_id, row.role)


class DigestMeeting(InWorkspace, Base):
    """A meeting that a digest has told of: which day it was to be on then, and the day of the edition."""

    __tablename__ = "digest_meetings"
    __table_args__ = (
        within_workspace("digest_id", table="digests"),
        within_workspace("date_id", table="calendar_dates"),
        sa.UniqueConstraint("workspace_id", "digest_id", "date_id", "edition_day"),
    )

    digest_id: Mapped[int]
    date_id: Mapped[int]
    meeting_day: Mapped[date]
    edition_day: Mapped[date]


def workspaces_with_any(view: Overview) -> list[int]:
    """Where something is told regularly."""
    return list(view.session.scalars(sa.select(Digest.workspace_id).where(Digest.is_on).distinct()))


def every_one(tx: Transaction) -> list[Digest]:
    """All there are, also those that are off; not those that were removed."""
    return list(tx.session.scalars(sa.select(Digest).where(Digest.removed_at.is_(None)).order_by(Digest.id)))


def get(tx: Transaction, digest_id: int) -> Digest | None:
    return tx.session.scalar(sa.select(Digest).where(Digest.id == digest_id, Digest.removed_at.is_(None)))


def named(tx: Transaction, name: str) -> Digest | None:
    return tx.session.scalar(sa.select(Digest).where(Digest.name == name, Digest.removed_at.is_(None)))


def names_in_use(tx: Transaction) -> set[str]:
    """Those of removed ones too: a name is never given twice."""
    return set(tx.session.scalars(sa.select(Digest.name)))


def make(tx: Transaction, name: str, readers: Collection[Reader], **values: Any) -> Digest | None:
    """A new digest; None, if there is one of this name, or was."""
    if not insert_once(tx, Digest, name=name, **values):
        return None
    digest = tx.session.scalars(sa.select(Digest).where(Digest.name == name)).one()
    set_readers(tx, digest, readers)
    return get(tx, digest.id)


def change(tx: Transaction, digest: Digest, **values: Any) -> bool:
    """Changes a digest. False, if it is not there any more."""
    return changed(tx, sa.update(Digest).where(Digest.id == digest.id, Digest.removed_at.is_(None)).values(**values))


def set_readers(tx: Transaction, digest: Digest, readers: Collection[Reader]) -> None:
    """These and nobody else. Who stays keeps their row, and the others go last: SQLite gives freed ids again."""
    there = {reader_of(one): one.id for one in digest.readers}
    new = [
        DigestReader(
            digest_id=digest.id, kind=one.kind, channel_id=one.channel_id, person_id=one.person_id, role=one.role
        )
        for one in dict.fromkeys(readers)
        if one not in there
    ]
    tx.add(*new)
    kept = [row_id for reader, row_id in there.items() if reader in readers] + [row.id for row in new]
    changed(tx, sa.delete(DigestReader).where(DigestReader.digest_id == digest.id, DigestReader.id.not_in(kept)))


def note_meetings(tx: Transaction, digest_id: int, told: Sequence[tuple[int, date]], edition_day: date) -> None:
    """A digest tells of these meetings (id, and the day on which each is) in the edition of a day."""
    for date_id, meeting_day in told:
        insert_once(
            tx,
            DigestMeeting,
            digest_id=digest_id,
            date_id=date_id,
            meeting_day=meeting_day,
            edition_day=edition_day,
        )


def meetings_told(tx: Transaction, digest_id: int, date_ids: Collection[int]) -> list[DigestMeeting]:
    """What a digest has told of these meetings."""
    return list(
        tx.session.scalars(
            sa.select(DigestMeeting)
            .where(DigestMeeting.digest_id == digest_id, DigestMeeting.date_id.in_(date_ids))
            .order_by(DigestMeeting.id)
        )
    )


def last_told_before(tx: Transaction, digest_id: int, day: date) -> date | None:
    """The day of the newest edition before a day that told of a meeting."""
    return tx.session.scalar(
        sa.select(sa.func.max(DigestMeeting.edition_day)).where(
            DigestMeeting.digest_id == digest_id, DigestMeeting.edition_day < day
        )
    )
