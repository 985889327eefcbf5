"""Key-message briefings: what the board says after a meeting, signed by the chair, posted to its audiences."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.calendar import CalendarDate
from storage.database import Base, InWorkspace, Overview, Transaction, by_value, changed, insert_once, within_workspace
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
    hour_passed: Mapped[bool] = mapped_column(default=False)
    """Whether its hour came and it could not be posted: from then on it is only posted when somebody says when."""
    started_at: Mapped[datetime]
    posted_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str | None]

    meeting: Mapped[CalendarDate] = relationship(lazy="joined", foreign_keys="Briefing.meeting_id", viewonly=True)
    owner: Mapped[Person] = relationship(lazy="joined", foreign_keys="Briefing.owner_id", viewonly=True)
    chair: Mapped[Person] = relationship(lazy="joined", foreign_keys="Briefing.chair_id", viewonly=True)

    @property
    def reference(self) -> str:
        return f"BRF-{self.number}"


class BriefingContent(InWorkspace, Base):
    """What a draft of a briefing was put together from: `{"messages": [text …], "links": [[label, url] …]}`."""

    __tablename__ = "briefing_contents"
    __table_args__ = (
        within_workspace("briefing_id", table="briefings"),
        within_workspace("draft_id", table="drafts"),
        sa.UniqueConstraint("workspace_id", "draft_id"),
        sa.Index("ix_briefing_contents_briefing", "workspace_id", "briefing_id"),
    )

    briefing_id: Mapped[int]
    draft_id: Mapped[int]
    content: Mapped[dict[str, Any]]


class BriefingAudience(InWorkspace, Base):
    """For whom a briefing is."""

    __tablename__ = "briefing_audiences"
    __table_args__ = (
        within_workspace("briefing_id", table="briefings"),
        within_workspace("audience_id", table="audiences"),
        sa.UniqueConstraint("workspace_id", "briefing_id", "audience_id"),
    )

    briefing_id: Mapped[int]
    audience_id: Mapped[int]


def get(tx: Transaction, briefing_id: int) -> Briefing | None:
    return tx.session.scalar(sa.select(Briefing).where(Briefing.id == briefing_id))


def of_meeting(tx: Transaction, meeting_id: int) -> list[Briefing]:
    """The briefings of a meeting, oldest first."""
    return list(tx.session.scalars(sa.select(Briefing).where(Briefing.meeting_id == meeting_id).order_by(Briefing.id)))


def meetings_of_any(tx: Transaction, meeting_ids: Collection[int]) -> set[int]:
    """Of these meetings, those that have a briefing, in whatever state."""
    return set(tx.session.scalars(sa.select(Briefing.meeting_id).where(Briefing.meeting_id.in_(meeting_ids))))


def numbered(tx: Transaction, number: int) -> Briefing | None:
    return tx.session.scalar(sa.select(Briefing).where(Briefing.number == number))


def newest(tx: Transaction, *statuses: BriefingStatus, limit: int) -> list[Briefing]:
    """The newest first: so many at the most."""
    query = sa.select(Briefing).where(Briefing.status.in_(statuses)).order_by(Briefing.number.desc()).limit(limit)
    return list(tx.session.scalars(query))


def not_over(tx: Transaction) -> list[Briefing]:
    """Those that have neither been posted nor withdrawn."""
    under_way = Briefing.status.in_((BriefingStatus.DRAFT, BriefingStatus.IN_SIGNOFF))
    return list(tx.session.scalars(sa.select(Briefing).where(under_way).order_by(Briefing.id)))


def lock_meeting(tx: Transaction, meeting_id: int) -> CalendarDate | None:
    """A meeting, held until the transaction ends: two briefings started at once must not both be its first."""
    query = sa.select(CalendarDate).where(CalendarDate.id == meeting_id).with_for_update(of=CalendarDate)
    return tx.session.scalar(query)


def replacement_of(tx: Transaction, briefing_id: int) -> Briefing | None:
    """The briefing that was begun in place of another, and has not been withdrawn."""
    query = sa.select(Briefing).where(Briefing.replaces_id == briefing_id, Briefing.status != BriefingStatus.WITHDRAWN)
    return tx.session.scalars(query.order_by(Briefing.id.desc()).limit(1)).first()


def keep_content(tx: Transaction, briefing_id: int, draft_id: int, content: dict[str, Any]) -> None:
    tx.add(BriefingContent(briefing_id=briefing_id, draft_id=draft_id, content=content))


def content_of(tx: Transaction, draft_id: int) -> dict[str, Any]:
    """What a draft was put together from."""
    query = sa.select(BriefingContent.content).where(BriefingContent.draft_id == draft_id)
    return dict(tx.session.scalars(query).one())


def audiences_of(tx: Transaction, briefing_id: int) -> list[int]:
    """The ids of the audiences that a briefing is for."""
    query = sa.select(BriefingAudience.audience_id).where(BriefingAudience.briefing_id == briefing_id)
    return list(tx.session.scalars(query.order_by(BriefingAudience.audience_id)))


def set_audiences(tx: Transaction, briefing_id: int, audience_ids: Collection[int]) -> None:
    """These and no others."""
    of_it = BriefingAudience.briefing_id == briefing_id
    changed(tx, sa.delete(BriefingAudience).where(of_it, BriefingAudience.audience_id.not_in(audience_ids)))
    for audience_id in audience_ids:
        insert_once(tx, BriefingAudience, briefing_id=briefing_id, audience_id=audience_id)


def workspaces_with_due(view: Overview, now: datetime) -> list[int]:
    """Where the hour of a briefing in sign-off has come."""
    return list(view.session.scalars(sa.select(Briefing.workspace_id).where(_is_due(now)).distinct()))


def due(tx: Transaction, now: datetime) -> list[int]:
    """The ids of the briefings in sign-off whose hour has come, signed or not."""
    return list(tx.session.scalars(sa.select(Briefing.id).where(_is_due(now)).order_by(Briefing.id)))


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        Briefing.status == BriefingStatus.IN_SIGNOFF, Briefing.post_at <= now, Briefing.hour_passed.is_(False)
    )


def change(tx: Transaction, briefing: Briefing, *, to: BriefingStatus, **values: Any) -> bool:
    """Moves a briefing on if its status is still as `briefing` shows it."""
    return changed(
        tx,
        sa.update(Briefing)
        .where(Briefing.id == briefing.id, Briefing.status == briefing.status)
        .values(status=to, **values),
    )
