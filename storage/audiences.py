"""Audiences: the stakeholder groups that briefings go to, each with its channels and people (DOMAIN §6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from storage.database import Base, InWorkspace, Transaction, changed, insert_once, within_workspace
from storage.people import Person


class AudienceRow(InWorkspace, Base):
    """One stakeholder group. Taken away it stays on file, for the briefings that went to it."""

    __tablename__ = "audiences"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "id"), sa.UniqueConstraint("workspace_id", "name"))

    name: Mapped[str]
    removed_at: Mapped[datetime | None]


class AudienceChannel(InWorkspace, Base):
    """A Slack channel in which an audience reads."""

    __tablename__ = "audience_channels"
    __table_args__ = (
        within_workspace("audience_id", table="audiences"),
        sa.UniqueConstraint("workspace_id", "audience_id", "channel_id"),
    )

    audience_id: Mapped[int]
    channel_id: Mapped[str]


class AudiencePerson(InWorkspace, Base):
    """Somebody who is told alone: in a message, or, without Slack, through a press officer."""

    __tablename__ = "audience_people"
    __table_args__ = (
        within_workspace("audience_id", table="audiences"),
        within_workspace("person_id", table="people"),
        sa.UniqueConstraint("workspace_id", "audience_id", "person_id"),
    )

    audience_id: Mapped[int]
    person_id: Mapped[int]


@dataclass(frozen=True)
class Audience:
    """A stakeholder group with where it reads: Slack ids of channels, and people, those who left included."""

    id: int
    name: str
    channels: tuple[str, ...]
    people: tuple[Person, ...]


def every_one(tx: Transaction) -> list[Audience]:
    """All that are in use, by name."""
    return _whole(tx, list(tx.session.scalars(_BY_NAME.where(AudienceRow.removed_at.is_(None)))))


def several(tx: Transaction, ids: Collection[int]) -> list[Audience]:
    """These, in use or not, by name."""
    return _whole(tx, list(tx.session.scalars(_BY_NAME.where(AudienceRow.id.in_(ids)))))


def get(tx: Transaction, audience_id: int) -> Audience | None:
    """One that is in use."""
    return next((one for one in every_one(tx) if one.id == audience_id), None)


def named(tx: Transaction, name: str) -> Audience | None:
    """One that is in use, whatever its capitals."""
    return next((one for one in every_one(tx) if one.name.casefold() == name.casefold()), None)


def is_kept_by_other(tx: Transaction, name: str, audience_id: int) -> bool:
    """Whether another, in use or not, has exactly this name."""
    query = sa.select(AudienceRow.id).where(AudienceRow.name == name, AudienceRow.id != audience_id)
    return tx.session.scalar(query) is not None


def put(tx: Transaction, audience_id: int | None, name: str) -> int:
    """Adds one, or gives one another name; one of that name that was taken away is in use again. Gives its id."""
    if audience_id is not None:
        changed(tx, sa.update(AudienceRow).where(AudienceRow.id == audience_id).values(name=name))
        return audience_id
    insert_once(tx, AudienceRow, name=name)
    changed(tx, sa.update(AudienceRow).where(AudienceRow.name == name).values(removed_at=None))
    return tx.session.scalars(sa.select(AudienceRow.id).where(AudienceRow.name == name)).one()


def set_places(tx: Transaction, audience_id: int, channels: Collection[str], person_ids: Collection[int]) -> None:
    """These channels and people, and no others."""
    of_it = AudienceChannel.audience_id == audience_id
    changed(tx, sa.delete(AudienceChannel).where(of_it, AudienceChannel.channel_id.not_in(channels)))
    for channel_id in channels:
        insert_once(tx, AudienceChannel, audience_id=audience_id, channel_id=channel_id)
    with_it = AudiencePerson.audience_id == audience_id
    changed(tx, sa.delete(AudiencePerson).where(with_it, AudiencePerson.person_id.not_in(person_ids)))
    for person_id in person_ids:
        insert_once(tx, AudiencePerson, audience_id=audience_id, person_id=person_id)


def remove(tx: Transaction, audience_id: int, now: datetime) -> bool:
    """Takes one out of use. False: it was already."""
    is_used = sa.and_(AudienceRow.id == audience_id, AudienceRow.removed_at.is_(None))
    return changed(tx, sa.update(AudienceRow).where(is_used).values(removed_at=now))


_BY_NAME = sa.select(AudienceRow).order_by(sa.func.lower(AudienceRow.name), AudienceRow.id)


def _whole(tx: Transaction, rows: list[AudienceRow]) -> list[Audience]:
    ids = [row.id for row in rows]
    channels: dict[int, list[str]] = {id_: [] for id_ in ids}
    persons: dict[int, list[Person]] = {id_: [] for id_ in ids}
    in_channels = sa.select(AudienceChannel).where(AudienceChannel.audience_id.in_(ids)).order_by(AudienceChannel.id)
    for one in tx.session.scalars(in_channels):
        channels[one.audience_id].append(one.channel_id)
    who = (
        sa.select(AudiencePerson.audience_id, Person)
        .join(Person, Person.id == AudiencePerson.person_id)
        .where(AudiencePerson.audience_id.in_(ids))
        .order_by(sa.func.lower(Person.name), Person.id)
    )
    for audience_id, person in tx.session.execute(who):
        persons[audience_id].append(person)
    return [Audience(row.id, row.name, tuple(channels[row.id]), tuple(persons[row.id])) for row in rows]
