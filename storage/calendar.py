"""The board's calendar: meetings and other dates, by themselves or one of a series."""

from collections.abc import Collection
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Overview, Transaction, by_value, changed, insert_once, within_workspace
from storage.obligations import Duty, Obligation
from storage.subjects import SubjectKind


class DateKind(StrEnum):
    BOARD_MEETING = "board_meeting"
    GROUP_MEETING = "group_meeting"
    MILESTONE = "milestone"
    CAMPAIGN = "campaign"


class Series(InWorkspace, Base):
    """Dates that come again. `rule` is what `bot.core.recurrences` writes, counted from `first_on`.

    Days are the office's own, `starts` and `ends` times on its clock: so the hour stays over clock changes.
    `lasts_days` is how many days later one ends. What the next are called, and where they are, stands here too.
    """

    __tablename__ = "calendar_series"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        within_workspace("added_by_id", table="people"),
    )

    rule: Mapped[dict[str, Any]]
    first_on: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time | None]
    lasts_days: Mapped[int] = mapped_column(default=0)
    kind: Mapped[DateKind] = mapped_column(by_value(DateKind))
    title: Mapped[str]
    place: Mapped[str | None]
    added_by_id: Mapped[int | None]
    planned_until: Mapped[datetime | None]
    """Up to when its dates are on file."""
    ended_at: Mapped[datetime | None]
    """From when on no more of them are planned."""


class CalendarDate(InWorkspace, Base):
    """One meeting, milestone, campaign … `starts_at` and `ends_at` are UTC. One that was called off stays on file.

    `series_day` is the day that the rule of its series gave it, also after it was moved.
    """

    __tablename__ = "calendar_dates"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "series_id", "series_day"),
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
    series_day: Mapped[date | None]
    added_by_id: Mapped[int | None]
    added_at: Mapped[datetime]
    called_off_at: Mapped[datetime | None]
    called_off_because: Mapped[str | None]
    """In words; where another rule of its series has no such date, what that is."""
    asked_for_briefing_at: Mapped[datetime | None]
    """When the press office was asked for the key messages of this board meeting."""

    series: Mapped[Series | None] = relationship(lazy="selectin", foreign_keys="CalendarDate.series_id", viewonly=True)

    @property
    def is_on(self) -> bool:
        return self.called_off_at is None


_IN_ORDER = (CalendarDate.starts_at, CalendarDate.id)
_IS_ON = CalendarDate.called_off_at.is_(None)


def get(tx: Transaction, date_id: int) -> CalendarDate | None:
    return tx.session.scalar(sa.select(CalendarDate).where(CalendarDate.id == date_id))


def several(tx: Transaction, ids: Collection[int]) -> list[CalendarDate]:
    return list(tx.session.scalars(sa.select(CalendarDate).where(CalendarDate.id.in_(ids)).order_by(*_IN_ORDER)))


def between(
    tx: Transaction, since: datetime, until: datetime, *kinds: DateKind, limit: int = 500
) -> list[CalendarDate]:
    """What is on from `since` and before `until` (UTC), the earliest first; of some kinds, or of all."""
    query = sa.select(CalendarDate).where(CalendarDate.starts_at >= since, CalendarDate.starts_at < until, _IS_ON)
    if kinds:
        query = query.where(CalendarDate.kind.in_(kinds))
    return list(tx.session.scalars(query.order_by(*_IN_ORDER).limit(limit)))


def page(
    tx: Transaction, since: datetime, until: datetime, *, limit: int, offset: int = 0
) -> tuple[list[CalendarDate], int]:
    """What comes or goes on between two instants, also what was called off; and how much it is in all."""
    shown = sa.and_(
        CalendarDate.starts_at < until,
        sa.func.coalesce(CalendarDate.ends_at, CalendarDate.starts_at) >= since,
    )
    total = tx.session.scalar(sa.select(sa.func.count(CalendarDate.id)).where(shown)) or 0
    query = sa.select(CalendarDate).where(shown).order_by(*_IN_ORDER).limit(limit).offset(offset)
    return list(tx.session.scalars(query)), total


def meetings_held(tx: Transaction, now: datetime, *, limit: int) -> list[CalendarDate]:
    """The board meetings that have begun, the newest first: so many at the most."""
    return list(
        tx.session.scalars(
            sa.select(CalendarDate)
            .where(CalendarDate.kind == DateKind.BOARD_MEETING, CalendarDate.starts_at <= now, _IS_ON)
            .order_by(CalendarDate.starts_at.desc(), CalendarDate.id.desc())
            .limit(limit)
        )
    )


def _to_ask_for(since: datetime, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        CalendarDate.kind == DateKind.BOARD_MEETING,
        CalendarDate.starts_at >= since,
        CalendarDate.starts_at <= now,
        CalendarDate.starts_at > CalendarDate.added_at,
        CalendarDate.asked_for_briefing_at.is_(None),
        _IS_ON,
    )


def workspaces_with_meetings_to_ask_for(view: Overview, since: datetime, now: datetime) -> list[int]:
    return list(view.session.scalars(sa.select(CalendarDate.workspace_id).where(*_to_ask_for(since, now)).distinct()))


def meetings_to_ask_for(tx: Transaction, since: datetime, now: datetime) -> list[CalendarDate]:
    """Board meetings that have begun since, and whose key messages nobody was asked for yet. Those that had begun
    already when they were added are left out."""
    return list(tx.session.scalars(sa.select(CalendarDate).where(*_to_ask_for(since, now)).order_by(*_IN_ORDER)))


def meetings_owed(tx: Transaction) -> list[CalendarDate]:
    """The meetings whose briefing is still owed, the oldest first."""
    owed = sa.select(Obligation.subject_id).where(
        Obligation.duty == Duty.BRIEF,
        Obligation.subject_kind == SubjectKind.CALENDAR_DATE,
        Obligation.done_at.is_(None),
        Obligation.cancelled_at.is_(None),
    )
    return list(tx.session.scalars(sa.select(CalendarDate).where(CalendarDate.id.in_(owed)).order_by(*_IN_ORDER)))


def change(tx: Transaction, date: CalendarDate, **values: Any) -> bool:
    """Changes a date that is still on. False, if it was called off meanwhile."""
    return changed(tx, sa.update(CalendarDate).where(CalendarDate.id == date.id, _IS_ON).values(**values))


def ask_for_briefing(tx: Transaction, date: CalendarDate, now: datetime) -> bool:
    """Notes that the press office has been asked. False, if it was already, or the meeting was called off or moved."""
    still = (CalendarDate.asked_for_briefing_at.is_(None), CalendarDate.starts_at == date.starts_at, _IS_ON)
    return changed(
        tx, sa.update(CalendarDate).where(CalendarDate.id == date.id, *still).values(asked_for_briefing_at=now)
    )


def put_back(tx: Transaction, date: CalendarDate, **values: Any) -> bool:
    """One that was called off is on again. False, if it is already."""
    return changed(
        tx,
        sa.update(CalendarDate)
        .where(CalendarDate.id == date.id, ~_IS_ON)
        .values(called_off_at=None, called_off_because=None, **values),
    )


def series(tx: Transaction, series_id: int) -> Series | None:
    return tx.session.scalar(sa.select(Series).where(Series.id == series_id))


def change_series(tx: Transaction, series_id: int, **values: Any) -> bool:
    """Changes a series that still goes on."""
    return changed(tx, sa.update(Series).where(Series.id == series_id, Series.ended_at.is_(None)).values(**values))


def dates_of(tx: Transaction, series_id: int, since: datetime) -> list[CalendarDate]:
    """Those of a series that are on and begin at `since` or later, in their order."""
    return list(
        tx.session.scalars(
            sa.select(CalendarDate)
            .where(CalendarDate.series_id == series_id, CalendarDate.starts_at >= since, _IS_ON)
            .order_by(*_IN_ORDER)
        )
    )


def off_or_earlier(tx: Transaction, series_id: int, since: datetime, day: date) -> list[CalendarDate]:
    """Those of a series that are off and would begin at `since` or later; and those of `day` or a later one that were
    moved to before that."""
    is_off = sa.and_(CalendarDate.starts_at >= since, ~_IS_ON)
    is_earlier = sa.and_(CalendarDate.starts_at < since, CalendarDate.series_day >= day)
    query = sa.select(CalendarDate).where(CalendarDate.series_id == series_id, sa.or_(is_off, is_earlier))
    return list(tx.session.scalars(query.order_by(*_IN_ORDER)))


def put_into(tx: Transaction, one: CalendarDate, series_id: int, series_day: date | None) -> None:
    """A date belongs to another series from now on; on or off, it stays as it is."""
    values = {"series_id": series_id, "series_day": series_day}
    changed(tx, sa.update(CalendarDate).where(CalendarDate.id == one.id).values(values))


def days_on_file(tx: Transaction, series_id: int) -> set[date | None]:
    """For which days of a series there is a date, on or off."""
    return set(tx.session.scalars(sa.select(CalendarDate.series_day).where(CalendarDate.series_id == series_id)))


def plan(tx: Transaction, **values: Any) -> bool:
    """Puts a date of a series on file, unless one of that day is."""
    return insert_once(tx, CalendarDate, **values)


def _to_plan(until: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (Series.ended_at.is_(None), sa.or_(Series.planned_until.is_(None), Series.planned_until < until))


def workspaces_to_plan(view: Overview, until: datetime) -> list[int]:
    """Where a series is not planned as far as `until`."""
    return list(view.session.scalars(sa.select(Series.workspace_id).where(*_to_plan(until)).distinct()))


def to_plan(tx: Transaction, until: datetime) -> list[Series]:
    return list(tx.session.scalars(sa.select(Series).where(*_to_plan(until)).order_by(Series.id)))
