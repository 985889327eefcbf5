"""What is told regularly, to whom and when: data, of which the desk makes an edition each time.

An edition is a posting whose dedupe key holds the digest, the local date and the reader: so there is one of each.
"""

from datetime import datetime, time
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Overview, Transaction, by_value, changed, insert_once, within_workspace
from storage.people import Person, Role


class Every(StrEnum):
    """On which days a digest goes out. What falls on a day on which nobody works is told on the next working day."""

    WORKING_DAY = "working_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


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


class Digest(InWorkspace, Base):
    """`on_day` is a weekday (Monday is 0) or a day of the month (from 1), as `every` says; `at` is local time."""

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
    moment: Mapped[Moment] = mapped_column(by_value(Moment))
    at: Mapped[time | None]
    hours_late: Mapped[int]
    """For how long after its time an edition that was missed is still worth reading."""
    parts: Mapped[list[str]] = mapped_column(sa.JSON)
    """The names of its parts, in the order in which they are read. Never changed in place."""

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


def workspaces_with_any(view: Overview) -> list[int]:
    """Where something is told regularly."""
    return list(view.session.scalars(sa.select(Digest.workspace_id).where(Digest.is_on).distinct()))


def every_one(tx: Transaction) -> list[Digest]:
    """All there are, also those that are off."""
    return list(tx.session.scalars(sa.select(Digest).order_by(Digest.id)))


def get(tx: Transaction, digest_id: int) -> Digest | None:
    return tx.session.scalar(sa.select(Digest).where(Digest.id == digest_id))


def named(tx: Transaction, name: str) -> Digest | None:
    return tx.session.scalar(sa.select(Digest).where(Digest.name == name))


def make(tx: Transaction, name: str, *readers: ReaderKind, **values: Any) -> None:
    """A new digest for readers whom the settings name; nothing, if there is one of this name."""
    if insert_once(tx, Digest, name=name, **values):
        digest = tx.session.scalars(sa.select(Digest).where(Digest.name == name)).one()
        tx.add(*(DigestReader(digest_id=digest.id, kind=kind) for kind in readers))


def change(tx: Transaction, digest: Digest, **values: Any) -> bool:
    """Changes a digest. False, if it is not there any more."""
    return changed(tx, sa.update(Digest).where(Digest.id == digest.id).values(**values))
