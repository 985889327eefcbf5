"""The e-bulletin: each call for items, who was asked, and what came in."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Overview, Transaction, by_value, changed, insert_once, within_workspace
from storage.people import Person
from storage.signoffs import HeardBy


class ContributorState(StrEnum):
    """What somebody who was asked for items said."""

    ASKED = "asked"
    GAVE = "gave"
    NOTHING = "nothing"


class Bulletin(InWorkspace, Base):
    """One call for items. Instants are UTC."""

    __tablename__ = "bulletins"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "called_by_digest_id", "called_for"),
        within_workspace("owner_id", table="people"),
        within_workspace("called_by_id", table="people"),
        within_workspace("called_by_digest_id", table="digests"),
        sa.Index("ix_bulletins_deadline", "workspace_id", "deadline"),
    )

    title: Mapped[str]
    deadline: Mapped[datetime]
    owner_id: Mapped[int]
    """To whom goes what comes in."""
    called_at: Mapped[datetime]
    called_by_id: Mapped[int | None]
    called_by_digest_id: Mapped[int | None]
    """The digest that called for items by itself, in its edition of the day `called_for`."""
    called_for: Mapped[date | None]
    roles: Mapped[list[str]] = mapped_column(sa.JSON)
    """Whose holders somebody chose to ask; empty, where a digest asked its readers."""
    gathered_at: Mapped[datetime | None]
    """When its owner was given what had come in, at the deadline."""
    ended_at: Mapped[datetime | None]
    """When those who had not answered were let go."""

    owner: Mapped[Person] = relationship(lazy="joined", foreign_keys="Bulletin.owner_id", viewonly=True)


class Contributor(InWorkspace, Base):
    """Somebody who was asked for items, and what they said."""

    __tablename__ = "bulletin_contributors"
    __table_args__ = (
        within_workspace("bulletin_id", table="bulletins"),
        within_workspace("person_id", table="people"),
        sa.UniqueConstraint("workspace_id", "bulletin_id", "person_id"),
    )

    bulletin_id: Mapped[int]
    person_id: Mapped[int]
    state: Mapped[ContributorState] = mapped_column(by_value(ContributorState))
    answered_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys="Contributor.person_id", viewonly=True)


class BulletinItem(InWorkspace, Base):
    """One piece of news, exactly as it was given. `given_by`: whose it is; where a press officer wrote it down,
    `recorded_by`, and how it reached them."""

    __tablename__ = "bulletin_items"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        within_workspace("bulletin_id", table="bulletins"),
        within_workspace("given_by_id", table="people"),
        within_workspace("recorded_by_id", table="people"),
        within_workspace("taken_out_by_id", table="people"),
        sa.Index("ix_bulletin_items_bulletin", "workspace_id", "bulletin_id"),
    )

    bulletin_id: Mapped[int]
    headline: Mapped[str]
    text: Mapped[str]
    link: Mapped[str | None]
    news_until: Mapped[date | None]
    given_by_id: Mapped[int]
    given_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None]
    heard_by: Mapped[HeardBy | None] = mapped_column(by_value(HeardBy))
    taken_out_at: Mapped[datetime | None]
    taken_out_by_id: Mapped[int | None]

    given_by: Mapped[Person] = relationship(lazy="joined", foreign_keys="BulletinItem.given_by_id", viewonly=True)


def get(tx: Transaction, bulletin_id: int) -> Bulletin | None:
    return tx.session.scalar(sa.select(Bulletin).where(Bulletin.id == bulletin_id))


def newest(tx: Transaction, *, limit: int) -> list[Bulletin]:
    """The one whose deadline comes last first."""
    return list(
        tx.session.scalars(sa.select(Bulletin).order_by(Bulletin.deadline.desc(), Bulletin.id.desc()).limit(limit))
    )


def open_ones(tx: Transaction, now: datetime) -> list[Bulletin]:
    """Those whose deadline is still to come, the first first."""
    return list(
        tx.session.scalars(sa.select(Bulletin).where(Bulletin.deadline > now).order_by(Bulletin.deadline, Bulletin.id))
    )


def titled(tx: Transaction, title: str, since: datetime) -> bool:
    """Whether items for something of this name were called for since then (UTC)."""
    found = tx.session.scalars(sa.select(Bulletin.title).where(Bulletin.called_at >= since))
    return any(one.casefold() == title.casefold() for one in found)  # SQLite knows small letters of ASCII alone


def last_asked_by_role(tx: Transaction) -> Bulletin | None:
    """The newest for which somebody chose whom to ask."""
    return tx.session.scalar(
        sa.select(Bulletin).where(Bulletin.called_by_id.is_not(None)).order_by(Bulletin.id.desc()).limit(1)
    )


def called_by(tx: Transaction, digest_id: int, day: date) -> bool:
    """Whether a digest has called for items in its edition of a day."""
    found = sa.select(Bulletin.id).where(Bulletin.called_by_digest_id == digest_id, Bulletin.called_for == day)
    return tx.session.scalar(found) is not None


def contributors(tx: Transaction, bulletin_id: int) -> list[Contributor]:
    """Those who were asked, by name."""
    return list(
        tx.session.scalars(
            sa.select(Contributor)
            .join(Person, Person.id == Contributor.person_id)
            .where(Contributor.bulletin_id == bulletin_id)
            .order_by(sa.func.lower(Person.name), Person.id)
        )
    )


def contributor(tx: Transaction, bulletin_id: int, person_id: int) -> Contributor | None:
    return tx.session.scalar(
        sa.select(Contributor).where(Contributor.bulletin_id == bulletin_id, Contributor.person_id == person_id)
    )


def ask(tx: Transaction, bulletin_id: int, person_id: int) -> bool:
    """Adds somebody to those who are asked. False: they are among them."""
    return insert_once(
        tx, Contributor, bulletin_id=bulletin_id, person_id=person_id, state=ContributorState.ASKED, answered_at=None
    )


def answered(tx: Transaction, row: Contributor, to: ContributorState, now: datetime) -> bool:
    """Notes what somebody said, if what they said before is still what `row` shows."""
    return changed(
        tx,
        sa.update(Contributor)
        .where(Contributor.id == row.id, Contributor.state == row.state)
        .values(state=to, answered_at=now),
    )


def items(tx: Transaction, bulletin_id: int) -> list[BulletinItem]:
    """What came in and was not taken out again, the first first."""
    return list(
        tx.session.scalars(
            sa.select(BulletinItem)
            .where(BulletinItem.bulletin_id == bulletin_id, BulletinItem.taken_out_at.is_(None))
            .order_by(BulletinItem.id)
        )
    )


def item(tx: Transaction, item_id: int) -> BulletinItem | None:
    return tx.session.scalar(sa.select(BulletinItem).where(BulletinItem.id == item_id))


def take_out(tx: Transaction, item_id: int, *, by_id: int, now: datetime) -> bool:
    """False: somebody took it out before."""
    return changed(
        tx,
        sa.update(BulletinItem)
        .where(BulletinItem.id == item_id, BulletinItem.taken_out_at.is_(None))
        .values(taken_out_at=now, taken_out_by_id=by_id),
    )


def change(tx: Transaction, bulletin: Bulletin, *, only_if_none: str, **values: Any) -> bool:
    """Changes a call if the column of this name is still empty."""
    return changed(
        tx,
        sa.update(Bulletin)
        .where(Bulletin.id == bulletin.id, getattr(Bulletin, only_if_none).is_(None))
        .values(**values),
    )


def workspaces_with_due(view: Overview, now: datetime) -> list[int]:
    """Where a deadline has passed and what follows from it is not done yet."""
    is_due = sa.and_(Bulletin.deadline <= now, sa.or_(Bulletin.gathered_at.is_(None), Bulletin.ended_at.is_(None)))
    return list(view.session.scalars(sa.select(Bulletin.workspace_id).where(is_due).distinct()))


def due(tx: Transaction, now: datetime) -> list[Bulletin]:
    is_due = sa.and_(Bulletin.deadline <= now, sa.or_(Bulletin.gathered_at.is_(None), Bulletin.ended_at.is_(None)))
    return list(tx.session.scalars(sa.select(Bulletin).where(is_due).order_by(Bulletin.id)))
