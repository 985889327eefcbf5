"""By when journalists wanted an answer at first, and every time that took its place: none is forgotten."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, InWorkspace, Transaction, by_value, changed, within_workspace
from storage.signoffs import HeardBy


class Because(StrEnum):
    """Why an enquiry's deadline became another, or did not."""

    CORRECTED = "corrected"
    """It had been misheard, was not known yet, or the journalist moved it unasked."""
    AGREED = "agreed"
    """Somebody at the outlet gave us more time."""
    REFUSED = "refused"
    """More time was asked for, and they said no: it stays as it is."""
    REOPENED = "reopened"
    """The enquiry began anew."""


class DeadlineChange(InWorkspace, Base):
    """One step in the history of a deadline. Instants are UTC; `was` is None where none was known.

    The deadline with which an enquiry was logged is `was` of its first change; without changes, the enquiry's own.
    """

    __tablename__ = "deadline_changes"
    __table_args__ = (
        within_workspace("enquiry_id", table="enquiries"),
        within_workspace("by_id", table="people"),
        sa.Index("ix_deadline_changes_enquiry", "workspace_id", "enquiry_id"),
    )

    enquiry_id: Mapped[int]
    because: Mapped[Because] = mapped_column(by_value(Because))
    was: Mapped[datetime | None]
    now: Mapped[datetime | None]
    agreed_by: Mapped[str | None]
    """Who gave more time, or would not, in the words of whoever wrote it down."""
    heard_by: Mapped[HeardBy | None] = mapped_column(by_value(HeardBy))
    by_id: Mapped[int]
    at: Mapped[datetime]


def of_enquiry(tx: Transaction, enquiry_id: int) -> list[DeadlineChange]:
    """The history of an enquiry's deadline, the oldest change first."""
    return of_enquiries(tx, [enquiry_id]).get(enquiry_id, [])


def of_enquiries(tx: Transaction, ids: Collection[int]) -> dict[int, list[DeadlineChange]]:
    """The same of several, by enquiry. Those without any change are left out."""
    found: dict[int, list[DeadlineChange]] = {}
    asked = sa.select(DeadlineChange).where(DeadlineChange.enquiry_id.in_(ids)).order_by(DeadlineChange.id)
    for change in tx.session.scalars(asked):
        found.setdefault(change.enquiry_id, []).append(change)
    return found


def erase_names(tx: Transaction, enquiry_id: int, erased: str) -> None:
    """Who gave more time is kept no longer; how much, how and when is kept for good."""
    changed(
        tx,
        sa.update(DeadlineChange)
        .where(DeadlineChange.enquiry_id == enquiry_id, DeadlineChange.agreed_by.is_not(None))
        .values(agreed_by=erased),
    )
