"""Which enquiry goes on with which: a journalist comes back for more."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from storage.database import Base, InWorkspace, Transaction, changed, insert_once, within_workspace
from storage.enquiries import Enquiry
from storage.people import Person
from storage.settings import Settings


class FollowUp(InWorkspace, Base):
    """`enquiry_id` goes on with `follows_id`. An enquiry follows one other at most; circles are refused by the desk."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        within_workspace("enquiry_id", table="enquiries"),
        within_workspace("follows_id", table="enquiries"),
        within_workspace("linked_by_id", table="people"),
        sa.UniqueConstraint("workspace_id", "enquiry_id"),
        sa.Index("ix_follow_ups_follows", "workspace_id", "follows_id"),
    )

    enquiry_id: Mapped[int]
    follows_id: Mapped[int]
    linked_by_id: Mapped[int]
    linked_at: Mapped[datetime]


def take_turns(tx: Transaction) -> None:
    """Nobody else links until this transaction ends: two links made at once could close a circle that neither sees."""
    tx.session.execute(sa.select(Settings.id).with_for_update())


def link(tx: Transaction, enquiry_id: int, follows_id: int, *, by: Person, at: datetime) -> bool:
    """False if it follows one already."""
    return insert_once(tx, FollowUp, enquiry_id=enquiry_id, follows_id=follows_id, linked_by_id=by.id, linked_at=at)


def unlink(tx: Transaction, enquiry_id: int) -> bool:
    """False if it follows none."""
    return changed(tx, sa.delete(FollowUp).where(FollowUp.enquiry_id == enquiry_id))


def followed(tx: Transaction, enquiry_id: int) -> Enquiry | None:
    """The enquiry that this one goes on with."""
    return tx.session.scalar(
        sa.select(Enquiry).join(FollowUp, FollowUp.follows_id == Enquiry.id).where(FollowUp.enquiry_id == enquiry_id)
    )


def followers(tx: Transaction, enquiry_id: int) -> list[Enquiry]:
    """The enquiries that go on with this one, in their order."""
    return list(
        tx.session.scalars(
            sa.select(Enquiry)
            .join(FollowUp, FollowUp.enquiry_id == Enquiry.id)
            .where(FollowUp.follows_id == enquiry_id)
            .order_by(Enquiry.number)
        )
    )


def ids_before(tx: Transaction, enquiry_id: int) -> list[int]:
    """All that an enquiry goes on with, the nearest first, seen or not: for what must not go round in a circle."""
    found: list[int] = []
    at: int | None = enquiry_id
    while at is not None and (at := _before(tx, at)) is not None and at not in found:
        found.append(at)
    return found


def _before(tx: Transaction, enquiry_id: int) -> int | None:
    return tx.session.scalar(sa.select(FollowUp.follows_id).where(FollowUp.enquiry_id == enquiry_id))


def linked_to(tx: Transaction, enquiry_ids: Collection[int]) -> set[int]:
    """The ids of all that these go on with, or that go on with them."""
    rows = tx.session.execute(
        sa.select(FollowUp.enquiry_id, FollowUp.follows_id).where(
            sa.or_(FollowUp.enquiry_id.in_(enquiry_ids), FollowUp.follows_id.in_(enquiry_ids))
        )
    )
    return {one for row in rows for one in row} - set(enquiry_ids)
