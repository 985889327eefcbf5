"""Enquiries that look alike: what there is to compare with, and which pairs were noticed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, InWorkspace, Transaction, by_value, changed, insert_once, within_workspace
from storage.enquiries import Enquiry, EnquiryStatus
from storage.people import Person


class Because(StrEnum):
    """Why two enquiries look alike."""

    JOURNALIST = "journalist"
    STORY = "story"
    BOTH = "both"


class LookAlike(InWorkspace, Base):
    """The later enquiry, and an earlier one that it looks like, until somebody sets that aside as another story."""

    __tablename__ = "look_alikes"
    __table_args__ = (
        within_workspace("enquiry_id", table="enquiries"),
        within_workspace("other_id", table="enquiries"),
        within_workspace("set_aside_by_id", table="people"),
        sa.UniqueConstraint("workspace_id", "enquiry_id", "other_id"),
        sa.Index("ix_look_alikes_other", "workspace_id", "other_id"),
    )

    enquiry_id: Mapped[int]
    other_id: Mapped[int]
    because: Mapped[Because] = mapped_column(by_value(Because))
    noticed_at: Mapped[datetime]
    set_aside_at: Mapped[datetime | None]
    set_aside_by_id: Mapped[int | None]


@dataclass(frozen=True)
class OnFile:
    """What is compared of an enquiry that is on file."""

    id: int
    journalist: str
    email: str | None
    phone: str | None
    outlet: str
    question: str
    received_at: datetime
    is_open: bool


def on_file(tx: Transaction, *, around: datetime, recent: timedelta, open_for: timedelta, limit: int) -> list[OnFile]:
    """Enquiries received within `recent` of an instant, and those not closed within `open_for` of it; newest first."""
    received = Enquiry.received_at
    query = (
        sa.select(
            Enquiry.id,
            Enquiry.journalist,
            Enquiry.email,
            Enquiry.phone,
            Enquiry.outlet,
            Enquiry.question,
            Enquiry.received_at,
            Enquiry.status,
        )
        .where(
            received >= around - open_for,
            received <= around + recent,
            sa.or_(received >= around - recent, Enquiry.status != EnquiryStatus.CLOSED),
        )
        .order_by(received.desc(), Enquiry.id.desc())
        .limit(limit)
    )
    return [OnFile(*row[:-1], row[-1] is not EnquiryStatus.CLOSED) for row in tx.session.execute(query)]


def notice(tx: Transaction, enquiry_id: int, other_id: int, because: Because, *, at: datetime) -> bool:
    """False if this pair was noticed before, whatever became of it."""
    first, later = sorted((enquiry_id, other_id))
    return insert_once(tx, LookAlike, enquiry_id=later, other_id=first, because=because, noticed_at=at)


def of(tx: Transaction, enquiry_id: int) -> list[tuple[Enquiry, Because]]:
    """What an enquiry looks like and whoever asks may see, in its order; without what was set aside."""
    return of_several(tx, [enquiry_id])[enquiry_id]


def of_several(tx: Transaction, enquiry_ids: Sequence[int]) -> dict[int, list[tuple[Enquiry, Because]]]:
    """The same for several enquiries."""
    found: dict[int, list[tuple[Enquiry, Because]]] = {enquiry_id: [] for enquiry_id in enquiry_ids}
    for mine, theirs in ((LookAlike.enquiry_id, LookAlike.other_id), (LookAlike.other_id, LookAlike.enquiry_id)):
        query = (
            sa.select(mine, Enquiry, LookAlike.because)
            .join(Enquiry, Enquiry.id == theirs)
            .where(mine.in_(found), LookAlike.set_aside_at.is_(None))
        )
        for enquiry_id, other, because in tx.session.execute(query):
            found[enquiry_id].append((other, because))
    for pairs in found.values():
        pairs.sort(key=lambda pair: pair[0].number)
    return found


def set_aside(tx: Transaction, enquiry_id: int, other_id: int, *, by: Person, at: datetime) -> bool:
    """These two have nothing to do with each other. False if that was said before."""
    first, later = sorted((enquiry_id, other_id))
    return changed(
        tx,
        sa.update(LookAlike)
        .where(LookAlike.enquiry_id == later, LookAlike.other_id == first, LookAlike.set_aside_at.is_(None))
        .values(set_aside_at=at, set_aside_by_id=by.id),
    )


def like(tx: Transaction, enquiry_ids: Collection[int]) -> set[int]:
    """The ids of all that these look like."""
    rows = tx.session.execute(
        sa.select(LookAlike.enquiry_id, LookAlike.other_id).where(
            sa.or_(LookAlike.enquiry_id.in_(enquiry_ids), LookAlike.other_id.in_(enquiry_ids)),
            LookAlike.set_aside_at.is_(None),
        )
    )
    return {one for row in rows for one in row} - set(enquiry_ids)
