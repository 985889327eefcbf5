"""The board's calendar: meetings and other dates, by themselves or one of a series."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, InWorkspace, Transaction, by_value, changed, within_workspace


class DateKind(StrEnum):
    BOARD_MEETING = "board_meeting"
    GROUP_MEETING = "group_meeting"
    MILESTONE = "milestone"
    CAMPAIGN = "campaign"


class Series(InWorkspace, Base):
    """Dates that come again. `rule` is what `bot.core.recurrences` writes; `first_at` is the first date's start, of
    whose local hour all the others are."""

    __tablename__ = "calendar_series"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "id"),)

    rule: Mapped[dict[str, Any]]
    first_at: Mapped[datetime]
    planned_until: Mapped[datetime | None]
    """Up to when its dates are on file."""
    ended_at: Mapped[datetime | None]


class CalendarDate(InWorkspace, Base):
    """One meeting, milestone, campaign … `starts_at` and `ends_at` are UTC. One that was called off stays on file."""

    __tablename__ = "calendar_dates"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        within_workspace("series_id", table="calendar_series"),
        within_workspace("added_by_id", table="people"),
        sa.Index("ix_calendar_dates_starts", "workspace_id", "starts_at"),
    )

    kind: Mapped[DateKind] = mapped_column(by_value(DateKind))
    title: Mapped[str]
    place: Mapped[str | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    series_id: Mapped[int | None]
    added_by_id: Mapped[int | None]
    called_off_at: Mapped[datetime | None]
    called_off_because: Mapped[str | None]
    asked_for_briefing_at: Mapped[datetime | None]
    """When the press office was asked for the key messages of this board meeting."""

    @property
    def is_on(self) -> bool:
        return self.called_off_at is None


def get(tx: Transaction, date_id: int) -> CalendarDate | None:
    return tx.session.scalar(sa.select(CalendarDate).where(CalendarDate.id == date_id))


def several(tx: Transaction, ids: Collection[int]) -> list[CalendarDate]:
    return list(
        tx.session.scalars(
            sa.select(CalendarDate).where(CalendarDate.id.in_(ids)).order_by(CalendarDate.starts_at, CalendarDate.id)
        )
    )


def between(
    tx: Transaction, since: datetime, until: datetime, *kinds: DateKind, limit: int = 500
) -> list[CalendarDate]:
    """What is on from `since` and before `until` (UTC), the earliest first; of some kinds, or of all."""
    query = sa.select(CalendarDate).where(
        CalendarDate.starts_at >= since, CalendarDate.starts_at < until, CalendarDate.called_off_at.is_(None)
    )
    if kinds:
        query = query.where(CalendarDate.kind.in_(kinds))
    return list(tx.session.scalars(query.order_by(CalendarDate.starts_at, CalendarDate.id).limit(limit)))


def meetings_held(tx: Transaction, now: datetime, *, limit: int) -> list[CalendarDate]:
    """The board meetings that have begun, the newest first: so many at the most."""
    return list(
        tx.session.scalars(
            sa.select(CalendarDate)
            .where(
                CalendarDate.kind == DateKind.BOARD_MEETING,
                CalendarDate.starts_at <= now,
                CalendarDate.called_off_at.is_(None),
            )
            .order_by(CalendarDate.starts_at.desc(), CalendarDate.id.desc())
            .limit(limit)
        )
    )


def change(tx: Transaction, date: CalendarDate, **values: Any) -> bool:
    """Changes a date that is still on. False, if it was called off meanwhile."""
    return changed(
        tx,
        sa.update(CalendarDate)
        .where(CalendarDate.id == date.id, CalendarDate.called_off_at.is_(None))
        .values(**values),
    )
