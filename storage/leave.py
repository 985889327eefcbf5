"""When people are away. What they owe is seen to by their deputies meanwhile (DOMAIN §1)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from storage.database import Base, InWorkspace, Overview, Transaction, changed, within_workspace
from storage.people import Person


class Leave(InWorkspace, Base):
    """Somebody is away from `from_at` until they are `back_at` (UTC; that instant no more).

    `begun_at` and `over_at` say when the desk took notice: a tick that was missed is made up for.
    """

    __tablename__ = "leaves"
    __table_args__ = (
        within_workspace("person_id", table="people"),
        within_workspace("set_by_id", table="people"),
        sa.CheckConstraint("from_at < back_at", name="ends_after_it_begins"),
        sa.Index("ix_leaves_person", "workspace_id", "person_id"),
        sa.Index("ix_leaves_not_over", "over_at", "from_at"),
    )

    person_id: Mapped[int]
    from_at: Mapped[datetime]
    back_at: Mapped[datetime]
    set_by_id: Mapped[int]
    set_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    over_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys="Leave.person_id", viewonly=True)


_NOT_OVER = Leave.over_at.is_(None)


def away(tx: Transaction, now: datetime) -> dict[int, datetime]:
    """Who is away now, by their id, and when they will be back."""
    here = sa.select(Leave).where(_NOT_OVER, Leave.from_at <= now, Leave.back_at > now).order_by(Leave.back_at)
    return {leave.person_id: leave.back_at for leave in tx.session.scalars(here)}


def to_come(tx: Transaction, now: datetime) -> list[Leave]:
    """Who is or will be away, whoever comes back first first."""
    return list(
        tx.session.scalars(sa.select(Leave).where(_NOT_OVER, Leave.back_at > now).order_by(Leave.back_at, Leave.id))
    )


def of(tx: Transaction, person_id: int, now: datetime) -> list[Leave]:
    """When somebody is or will be away, the next first."""
    return [leave for leave in to_come(tx, now) if leave.person_id == person_id]


def get(tx: Transaction, leave_id: int) -> Leave | None:
    return tx.session.scalar(sa.select(Leave).where(Leave.id == leave_id))


def workspaces_to_look_at(view: Overview, now: datetime) -> list[int]:
    """Where somebody's leave has begun or ended and nobody took notice yet."""
    has_begun = sa.and_(Leave.begun_at.is_(None), Leave.from_at <= now)
    return list(
        view.session.scalars(
            sa.select(Leave.workspace_id).where(_NOT_OVER, sa.or_(has_begun, Leave.back_at <= now)).distinct()
        )
    )


def unnoticed(tx: Transaction, now: datetime) -> list[Leave]:
    """The leaves that have begun, or are over, without the desk having taken notice."""
    has_begun = sa.and_(Leave.begun_at.is_(None), Leave.from_at <= now)
    return list(
        tx.session.scalars(
            sa.select(Leave).where(_NOT_OVER, sa.or_(has_begun, Leave.back_at <= now)).order_by(Leave.id)
        )
    )


def update(tx: Transaction, leave: Leave, **values: datetime) -> bool:
    """Changes a leave if it is not over and nobody else took notice of it meanwhile."""
    return changed(
        tx,
        sa.update(Leave)
        .where(Leave.id == leave.id, _NOT_OVER, Leave.begun_at.is_not_distinct_from(leave.begun_at))
        .values(**values),
    )
