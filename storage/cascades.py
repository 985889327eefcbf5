"""Who takes a briefing's key messages home, and what they said of it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Transaction, by_value, changed, within_workspace
from storage.people import Organisation, Person
from storage.signoffs import HeardBy


class CascadeState(StrEnum):
    ASKED = "asked"
    PASSED_ON = "passed_on"
    CANNOT = "cannot"
    NO_LONGER_ASKED = "no_longer_asked"


class NotAsked(StrEnum):
    """Why somebody is not asked any more."""

    REPLACED = "replaced"
    ROLE_LOST = "role_lost"
    LEFT = "left"


class PassedBy(StrEnum):
    """How messages were passed on."""

    MEETING = "meeting"
    EMAIL = "email"
    BULLETIN = "bulletin"
    CONVERSATION = "conversation"
    OTHER = "other"


class Cascade(InWorkspace, Base):
    """One person who is asked to take one briefing's key messages home. Instants are UTC.

    `organisation_id` is where they belonged when they were asked. `instead_of_id` is the record of whoever could not.
    """

    __tablename__ = "cascades"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "briefing_id", "person_id"),
        within_workspace("briefing_id", table="briefings"),
        within_workspace("person_id", table="people"),
        within_workspace("organisation_id", table="organisations"),
        within_workspace("instead_of_id", table="cascades"),
        sa.Index("ix_cascades_person", "workspace_id", "person_id", "state"),
        sa.Index("ix_cascades_state", "workspace_id", "state"),
    )

    briefing_id: Mapped[int]
    person_id: Mapped[int]
    organisation_id: Mapped[int | None]
    state: Mapped[CascadeState] = mapped_column(by_value(CascadeState))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    instead_of_id: Mapped[int | None]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[NotAsked | None] = mapped_column(by_value(NotAsked))

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys="Cascade.person_id", viewonly=True)
    organisation: Mapped[Organisation | None] = relationship(
        lazy="joined", foreign_keys="Cascade.organisation_id", viewonly=True
    )


class CascadeReply(InWorkspace, Base):
    """What somebody said of passing the messages on: `said` is PASSED_ON or CANNOT.

    `given_by` is the person asked, or whoever stood in for them. Where a press officer wrote it down, `recorded_by_id`
    and `heard_by` say who and how it reached them. A correction is a second one: both stay on file, the newest counts.
    `feedback` is what people said; with `is_named` False nobody is told who brought it.
    """

    __tablename__ = "cascade_replies"
    __table_args__ = (
        within_workspace("cascade_id", table="cascades"),
        within_workspace("given_by_id", table="people"),
        within_workspace("recorded_by_id", table="people"),
        within_workspace("instead_id", table="people"),
        sa.Index("ix_cascade_replies_cascade", "workspace_id", "cascade_id"),
    )

    cascade_id: Mapped[int]
    said: Mapped[CascadeState] = mapped_column(by_value(CascadeState))
    to_whom: Mapped[str | None]
    passed_by: Mapped[PassedBy | None] = mapped_column(by_value(PassedBy))
    passed_at: Mapped[datetime | None]
    feedback: Mapped[str | None]
    is_named: Mapped[bool]
    reason: Mapped[str | None]
    instead_id: Mapped[int | None]
    instead_words: Mapped[str | None]
    given_by_id: Mapped[int]
    at: Mapped[datetime]
    recorded_by_id: Mapped[int | None]
    heard_by: Mapped[HeardBy | None] = mapped_column(by_value(HeardBy))

    given_by: Mapped[Person] = relationship(lazy="joined", foreign_keys="CascadeReply.given_by_id", viewonly=True)
    recorded_by: Mapped[Person | None] = relationship(
        lazy="joined", foreign_keys="CascadeReply.recorded_by_id", viewonly=True
    )
    instead: Mapped[Person | None] = relationship(lazy="joined", foreign_keys="CascadeReply.instead_id", viewonly=True)


class Count(NamedTuple):
    """How a briefing's cascade stands: `passed_on` of `wanted`; `to_come` have not said anything, the first of them is
    due at `due_at` (UTC). Whoever cannot does not count where somebody else was asked instead, unless they
    are not asked any more either."""

    passed_on: int
    wanted: int
    cannot: int
    to_come: int
    due_at: datetime | None


def get(tx: Transaction, cascade_id: int) -> Cascade | None:
    return tx.session.scalar(sa.select(Cascade).where(Cascade.id == cascade_id))


def of_briefing(tx: Transaction, briefing_id: int, *states: CascadeState) -> list[Cascade]:
    """Who was asked, by name; of some states, or of all."""
    query = sa.select(Cascade).join(Person, Person.id == Cascade.person_id).where(Cascade.briefing_id == briefing_id)
    if states:
        query = query.where(Cascade.state.in_(states))
    return list(tx.session.scalars(query.order_by(sa.func.lower(Person.name), Cascade.id)))


def of_person(tx: Transaction, briefing_id: int, person_id: int) -> Cascade | None:
    """What one person was asked of one briefing."""
    return tx.session.scalar(
        sa.select(Cascade).where(Cascade.briefing_id == briefing_id, Cascade.person_id == person_id)
    )


def open_of_person(tx: Transaction, person_id: int) -> list[Cascade]:
    """What somebody is asked and has not said anything of."""
    return list(
        tx.session.scalars(
            sa.select(Cascade)
            .where(Cascade.person_id == person_id, Cascade.state == CascadeState.ASKED)
            .order_by(Cascade.id)
        )
    )


def briefings_under_way(tx: Transaction) -> list[int]:
    """The ids of the briefings that somebody is still to take home, whichever is due first before the others."""
    query = sa.select(Cascade.briefing_id).where(Cascade.state == CascadeState.ASKED).group_by(Cascade.briefing_id)
    return list(tx.session.scalars(query.order_by(sa.func.min(Cascade.due_at), Cascade.briefing_id)))


def asked_instead(tx: Transaction, cascade_ids: Collection[int]) -> dict[int, Cascade]:
    """By the record of whoever could not, that of whoever was asked last in their place."""
    query = sa.select(Cascade).where(Cascade.instead_of_id.in_(cascade_ids)).order_by(Cascade.id)
    return {one.instead_of_id: one for one in tx.session.scalars(query) if one.instead_of_id is not None}


def lock(tx: Transaction, cascade_id: int) -> None:
    """Holds a record until the transaction ends: two who ask somebody instead at once must not both be the first."""
    tx.session.execute(sa.select(Cascade.id).where(Cascade.id == cascade_id).with_for_update())


def last_instead(tx: Transaction, cascade: Cascade) -> Cascade:
    """Of those who were asked in place of somebody, one after another, the last; they themselves, if nobody was."""
    while instead := asked_instead(tx, [cascade.id]):
        cascade = instead[cascade.id]
    return cascade


def count(tx: Transaction, briefing_id: int) -> Count:
    return counted(of_briefing(tx, briefing_id))


def counted(everybody: Sequence[Cascade]) -> Count:
    """Of all who were asked of one briefing."""
    after: dict[int | None, list[Cascade]] = {}
    for one in everybody:
        after.setdefault(one.instead_of_id, []).append(one)

    def is_stood_for(one: Cascade) -> bool:
        """Whether somebody was asked in their place, or in the place of that one, and still is or has answered."""
        return any(
            later.state is not CascadeState.NO_LONGER_ASKED
            or later.ended_because is NotAsked.REPLACED
            or is_stood_for(later)
            for later in after.get(one.id, ())
        )

    passed_on = sum(one.state is CascadeState.PASSED_ON for one in everybody)
    cannot = sum(one.state is CascadeState.CANNOT and not is_stood_for(one) for one in everybody)
    to_come = [one.due_at for one in everybody if one.state is CascadeState.ASKED]
    return Count(passed_on, passed_on + cannot + len(to_come), cannot, len(to_come), min(to_come, default=None))


def replies(tx: Transaction, cascade_id: int) -> list[CascadeReply]:
    """What somebody said, the newest last."""
    return list(
        tx.session.scalars(
            sa.select(CascadeReply).where(CascadeReply.cascade_id == cascade_id).order_by(CascadeReply.id)
        )
    )


def newest_replies(tx: Transaction, cascade_ids: Collection[int]) -> dict[int, CascadeReply]:
    """By its record, what each person said last."""
    query = sa.select(CascadeReply).where(CascadeReply.cascade_id.in_(cascade_ids)).order_by(CascadeReply.id)
    return {reply.cascade_id: reply for reply in tx.session.scalars(query)}


def has_replied(tx: Transaction, cascade_id: int, person_id: int) -> bool:
    query = sa.select(CascadeReply.id).where(
        CascadeReply.cascade_id == cascade_id, CascadeReply.given_by_id == person_id
    )
    return tx.session.scalar(query.limit(1)) is not None


def change(tx: Transaction, cascade: Cascade, *, to: CascadeState, **values: Any) -> bool:
    """Moves a record on if its state is still as `cascade` shows it."""
    return changed(
        tx,
        sa.update(Cascade).where(Cascade.id == cascade.id, Cascade.state == cascade.state).values(state=to, **values),
    )


def replace_all(tx: Transaction, briefing_id: int, now: datetime) -> list[int]:
    """Nobody is asked to take a briefing home any more, since another takes its place. The ids of whose was open."""
    query = sa.select(Cascade.id).where(Cascade.briefing_id == briefing_id, Cascade.state == CascadeState.ASKED)
    ids = list(tx.session.scalars(query))
    changed(
        tx,
        sa.update(Cascade)
        .where(Cascade.id.in_(ids), Cascade.state == CascadeState.ASKED)
        .values(state=CascadeState.NO_LONGER_ASKED, ended_at=now, ended_because=NotAsked.REPLACED),
    )
    return ids


def feedback(tx: Transaction, briefing_id: int) -> list[tuple[Cascade, CascadeReply]]:
    """What people said of a briefing, the newest last. Of what somebody put right, only what they said last counts."""
    newest = (
        sa.select(sa.func.max(CascadeReply.id))
        .join(Cascade, Cascade.id == CascadeReply.cascade_id)
        .where(Cascade.briefing_id == briefing_id)
        .group_by(CascadeReply.cascade_id)
    )
    query = (
        sa.select(Cascade, CascadeReply)
        .join(CascadeReply, CascadeReply.cascade_id == Cascade.id)
        .where(CascadeReply.id.in_(newest), CascadeReply.feedback.is_not(None))
        .order_by(CascadeReply.id)
    )
    return [(cascade, reply) for cascade, reply in tx.session.execute(query)]
