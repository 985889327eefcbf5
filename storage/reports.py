"""Committee reports: the cover, the ten rows of the sign-off checklist (DOMAIN §5), and what was submitted."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Transaction, by_value, changed, within_workspace
from storage.people import Person
from storage.signoffs import HeardBy


class ReportStatus(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    DROPPED = "dropped"


class ReportFor(StrEnum):
    DECISION = "decision"
    ASSURANCE = "assurance"


class RowKind(StrEnum):
    """The rows of the checklist, in its order."""

    CLINICAL = "clinical"
    PUBLIC = "public"
    FINANCE = "finance"
    QUALITY = "quality"
    EQUALITY = "equality"
    INFORMATION_GOVERNANCE = "information_governance"
    LEGAL = "legal"
    OTHER = "other"
    DATA = "data"
    SIGNED_OFF = "signed_off"


class RowState(StrEnum):
    BLANK = "blank"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


class Report(InWorkspace, Base):
    """One report on its way to a committee. Instants are UTC.

    `due_at` is when it must be with the committee's administrator. `revision` grows with each change of the cover or of
    a row: what somebody signs or submits is what they have seen. `version` counts what was submitted.
    """

    __tablename__ = "reports"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "number"),
        within_workspace("owner_id", table="people"),
        within_workspace("administrator_id", table="people"),
        sa.Index("ix_reports_owner", "workspace_id", "owner_id"),
        sa.Index("ix_reports_due", "workspace_id", "status", "due_at"),
    )

    number: Mapped[int]
    status: Mapped[ReportStatus] = mapped_column(by_value(ReportStatus))
    owner_id: Mapped[int]
    title: Mapped[str]
    author: Mapped[str | None]
    management_lead: Mapped[str | None]
    committee: Mapped[str | None]
    meeting_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    administrator_id: Mapped[int | None]
    is_for: Mapped[ReportFor | None] = mapped_column(by_value(ReportFor))
    is_private: Mapped[bool]
    purpose: Mapped[str | None]
    key_points: Mapped[str | None]
    recommendation: Mapped[str | None]
    assurance: Mapped[str | None]
    background: Mapped[str | None]
    clinical_view: Mapped[str | None]
    public_view: Mapped[str | None]
    key_risks: Mapped[str | None]
    implications: Mapped[str | None]
    attachments: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    dropped_because: Mapped[str | None]

    owner: Mapped[Person] = relationship(lazy="joined", foreign_keys="Report.owner_id", viewonly=True)
    administrator: Mapped[Person | None] = relationship(
        lazy="joined", foreign_keys="Report.administrator_id", viewonly=True
    )

    @property
    def reference(self) -> str:
        return f"REP-{self.number}"


class ReportRow(InWorkspace, Base):
    """One row of a checklist. What was said in it are its entries: the newest counts, and `entries` says how many."""

    __tablename__ = "report_rows"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "report_id", "kind"),
        within_workspace("report_id", table="reports"),
        within_workspace("assigned_id", table="people"),
        sa.Index("ix_report_rows_assigned", "workspace_id", "assigned_id"),
    )

    report_id: Mapped[int]
    kind: Mapped[RowKind] = mapped_column(by_value(RowKind))
    assigned_id: Mapped[int]
    state: Mapped[RowState] = mapped_column(by_value(RowState))
    entries: Mapped[int] = mapped_column(default=0)
    not_theirs: Mapped[str | None]
    """What whoever was asked before said of who could, until somebody else is asked."""

    assigned: Mapped[Person] = relationship(lazy="joined", foreign_keys="ReportRow.assigned_id", viewonly=True)


class ReportEntry(InWorkspace, Base):
    """What was said in a row: done (with whom, details, the day), or not applicable (why, in `details`).

    BLANK: what stood there does not count any more, and `details` says why. Where somebody else wrote it down for
    `given_by`, `recorded_by_id` says who, and the rest how they heard it.
    """

    __tablename__ = "report_entries"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "row_id", "number"),
        within_workspace("row_id", table="report_rows"),
        within_workspace("given_by_id", table="people"),
        within_workspace("recorded_by_id", table="people"),
    )

    row_id: Mapped[int]
    number: Mapped[int]
    state: Mapped[RowState] = mapped_column(by_value(RowState))
    with_whom: Mapped[str | None]
    details: Mapped[str | None]
    day: Mapped[date | None]
    given_by_id: Mapped[int]
    at: Mapped[datetime]
    recorded_by_id: Mapped[int | None]
    heard_by: Mapped[HeardBy | None] = mapped_column(by_value(HeardBy))
    heard_at: Mapped[datetime | None]
    evidence: Mapped[str | None]

    given_by: Mapped[Person] = relationship(lazy="joined", foreign_keys="ReportEntry.given_by_id", viewonly=True)
    recorded_by: Mapped[Person | None] = relationship(
        lazy="joined", foreign_keys="ReportEntry.recorded_by_id", viewonly=True
    )


class ReportVersion(InWorkspace, Base):
    """What was submitted, word for word, to whom, and its SHA-256 (64 hexadecimal digits). It may be taken back."""

    __tablename__ = "report_versions"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "report_id", "number"),
        within_workspace("report_id", table="reports"),
        within_workspace("submitted_by_id", table="people"),
        within_workspace("sent_to_id", table="people"),
    )

    report_id: Mapped[int]
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    submitted_by_id: Mapped[int]
    sent_to_id: Mapped[int]
    submitted_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    taken_back_because: Mapped[str | None]

    sent_to: Mapped[Person] = relationship(lazy="joined", foreign_keys="ReportVersion.sent_to_id", viewonly=True)


def get(tx: Transaction, report_id: int) -> Report | None:
    return tx.session.scalar(sa.select(Report).where(Report.id == report_id))


def row(tx: Transaction, row_id: int) -> ReportRow | None:
    return tx.session.scalar(sa.select(ReportRow).where(ReportRow.id == row_id))


def rows_of(tx: Transaction, report_id: int) -> list[ReportRow]:
    """The ten rows, in the checklist's order."""
    found = tx.session.scalars(sa.select(ReportRow).where(ReportRow.report_id == report_id))
    order = list(RowKind)
    return sorted(found, key=lambda one: order.index(one.kind))


def newest_entries(tx: Transaction, row_ids: Collection[int]) -> dict[int, ReportEntry]:
    """By row, what counts in it. Rows of which nothing was said are left out."""
    query = (
        sa.select(ReportEntry)
        .join(ReportRow, sa.and_(ReportRow.id == ReportEntry.row_id, ReportRow.entries == ReportEntry.number))
        .where(ReportEntry.row_id.in_(row_ids))
    )
    return {entry.row_id: entry for entry in tx.session.scalars(query)}


def entries(tx: Transaction, row_id: int) -> list[ReportEntry]:
    """All that was said in a row, the newest last."""
    query = sa.select(ReportEntry).where(ReportEntry.row_id == row_id).order_by(ReportEntry.number)
    return list(tx.session.scalars(query))


def versions(tx: Transaction, report_id: int) -> list[ReportVersion]:
    """What was submitted, the newest last."""
    query = sa.select(ReportVersion).where(ReportVersion.report_id == report_id).order_by(ReportVersion.number)
    return list(tx.session.scalars(query))


def has_row(tx: Transaction, report_id: int, person_id: int) -> bool:
    """Whether one of a report's rows is with somebody, or they have said something in one."""
    return person_id in people_on(tx, report_id)


def people_on(tx: Transaction, report_id: int) -> set[int]:
    """Those with whom a row of the report is, and those who have said something in one."""
    assigned = sa.select(ReportRow.assigned_id).where(ReportRow.report_id == report_id)
    said = (
        sa.select(ReportEntry.given_by_id)
        .join(ReportRow, ReportRow.id == ReportEntry.row_id)
        .where(ReportRow.report_id == report_id)
    )
    return set(tx.session.scalars(assigned)) | set(tx.session.scalars(said))


def page(tx: Transaction, *, of_person: int | None, offset: int, limit: int) -> tuple[list[Report], int]:
    """Reports, those under way first, the most pressing first, and how many there are in all.

    With `of_person` only those that somebody owns or has a row of.
    """
    query = sa.select(Report)
    if of_person is not None:
        theirs = sa.select(ReportRow.report_id).where(ReportRow.assigned_id == of_person)
        query = query.where(sa.or_(Report.owner_id == of_person, Report.id.in_(theirs)))
    total = tx.session.scalar(query.with_only_columns(sa.func.count(Report.id))) or 0
    is_over = sa.case((Report.status == ReportStatus.OPEN, 0), else_=1)
    order = (is_over, Report.due_at, Report.id)
    return list(tx.session.scalars(query.order_by(*order).offset(offset).limit(limit))), total


def change(tx: Transaction, report: Report, **values: Any) -> bool:
    """Changes a report that is still as `report` shows it; its revision grows."""
    return changed(
        tx,
        sa.update(Report)
        .where(Report.id == report.id, Report.status == report.status, Report.revision == report.revision)
        .values(revision=Report.revision + 1, **values),
    )


def touch(tx: Transaction, report_id: int) -> bool:
    """A row has changed: the revision grows, if the report is still open."""
    return changed(
        tx,
        sa.update(Report)
        .where(Report.id == report_id, Report.status == ReportStatus.OPEN)
        .values(revision=Report.revision + 1),
    )


def change_row(tx: Transaction, row_: ReportRow, **values: Any) -> bool:
    """Changes a row if it is still with whom, and nothing else was said in it than, `row_` shows."""
    return changed(
        tx,
        sa.update(ReportRow)
        .where(
            ReportRow.id == row_.id,
            ReportRow.entries == row_.entries,
            ReportRow.assigned_id == row_.assigned_id,
        )
        .values(**values),
    )


def take_back(tx: Transaction, version: ReportVersion, *, at: datetime, because: str) -> bool:
    return changed(
        tx,
        sa.update(ReportVersion)
        .where(ReportVersion.id == version.id, ReportVersion.taken_back_at.is_(None))
        .values(taken_back_at=at, taken_back_because=because),
    )
