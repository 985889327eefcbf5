"""Key-message briefings: what the board says after a meeting, signed by the chair, posted to its audiences."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.calendar import CalendarDate
from storage.database import Base, InWorkspace, Transaction, by_value, changed, within_workspace
from storage.people import Person


class BriefingStatus(StrEnum):
    DRAFT = "draft"
    IN_SIGNOFF = "in_signoff"
    POSTED = "posted"
    WITHDRAWN = "withdrawn"


class Briefing(InWorkspace, Base):
    """One briefing. Its text is a sign-off's, draft by draft; `lines_to_take` are internal and never leave the office.

    `post_at` (UTC) is when it is to be posted; None: as soon as it is signed.
    """

    __tablename__ = "briefings"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "number"),
        within_workspace("meeting_id", table="calendar_dates"),
        within_workspace("owner_id", table="people"),
        within_workspace("chair_id", table="people"),
        within_workspace("replaces_id", table="briefings"),
        sa.Index("ix_briefings_meeting", "workspace_id", "meeting_id"),
        sa.Index("ix_briefings_status", "workspace_id", "status"),
    )

    number: Mapped[int]
    meeting_id: Mapped[int]
    status: Mapped[BriefingStatus] = mapped_column(by_value(BriefingStatus))
    owner_id: Mapped[int]
    chair_id: Mapped[int]
    lines_to_take: Mapped[str | None]
    post_at: Mapped[datetime | None]
    replaces_id: Mapped[int | None]
    started_at: Mapped[datetime]
    posted_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str | None]

    meeting: Mapped[CalendarDate] = relationship(lazy="joined", foreign_keys="Briefing.meeting_id", viewonly=True)
    owner: Mapped[Person] = relationship(lazy="joined", foreign_keys="Briefing.owner_id", viewonly=True)
    chair: Mapped[Person] = relationship(lazy="joined", foreign_keys="Briefing.chair_id", viewonly=True)

    @property
    def reference(self) -> str:
        return f"BRF-{self.number}"


def get(tx: Transaction, briefing_id: int) -> Briefing | None:
    return tx.session.scalar(sa.select(Briefing).where(Briefing.id == briefing_id))


def of_meeting(tx: Transaction, meeting_id: int) -> list[Briefing]:
    """The briefings of a meeting, oldest first."""
    return list(tx.session.scalars(sa.select(Briefing).where(Briefing.meeting_id == meeting_id).order_by(Briefing.id)))


def change(tx: Transaction, briefing: Briefing, *, to: BriefingStatus, **values: Any) -> bool:
    """Moves a briefing on if its status is still as `briefing` shows it."""
    return changed(
        tx,
        sa.update(Briefing)
        .where(Briefing.id == briefing.id, Briefing.status == briefing.status)
        .values(status=to, **values),
    )
