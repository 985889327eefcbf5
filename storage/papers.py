"""The papers of meetings: agenda, papers, minutes; published, unless the chair rules one confidential (DOMAIN §5)."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.calendar import CalendarDate
from storage.database import Base, InWorkspace, Transaction, by_value, changed, within_workspace
from storage.people import Person
from storage.signoffs import HeardBy


class PaperKind(StrEnum):
    AGENDA = "agenda"
    PAPER = "paper"
    MINUTES = "minutes"


class PaperState(StrEnum):
    TO_PUBLISH = "to_publish"
    PUBLISHED = "published"
    ASKED = "asked"
    """The chair was asked whether it is confidential; until they have said so, it is treated as if it were."""
    CONFIDENTIAL = "confidential"
    REMOVED = "removed"


HIDDEN = (PaperState.ASKED, PaperState.CONFIDENTIAL)
"""What only chair, comms leads, press officers and board members see."""


class Paper(InWorkspace, Base):
    """One agenda, paper or minutes of a meeting: a link, or a file that stays in Slack. Instants are UTC.

    `size` is in bytes and `sha256` 64 hexadecimal digits, both of what was read. `refused_because` is a sentence: the
    file counts for nothing.
    """

    __tablename__ = "papers"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        within_workspace("meeting_id", table="calendar_dates"),
        within_workspace("added_by_id", table="people"),
        within_workspace("chair_id", table="people"),
        within_workspace("asked_by_id", table="people"),
        sa.Index("ix_papers_meeting", "workspace_id", "meeting_id"),
    )

    meeting_id: Mapped[int]
    kind: Mapped[PaperKind] = mapped_column(by_value(PaperKind))
    title: Mapped[str]
    state: Mapped[PaperState] = mapped_column(by_value(PaperState))
    link: Mapped[str | None]
    slack_file_id: Mapped[str | None]
    file_name: Mapped[str | None]
    permalink: Mapped[str | None]
    size: Mapped[int | None]
    sha256: Mapped[str | None]
    refused_because: Mapped[str | None]
    read_at: Mapped[datetime | None]
    added_by_id: Mapped[int]
    added_at: Mapped[datetime]
    chair_id: Mapped[int | None]
    """Who was asked to rule."""
    asked_by_id: Mapped[int | None]
    asked_because: Mapped[str | None]
    published_at: Mapped[datetime | None]
    public_link: Mapped[str | None]
    removed_because: Mapped[str | None]

    meeting: Mapped[CalendarDate] = relationship(lazy="joined", foreign_keys="Paper.meeting_id", viewonly=True)
    added_by: Mapped[Person] = relationship(lazy="joined", foreign_keys="Paper.added_by_id", viewonly=True)
    chair: Mapped[Person | None] = relationship(lazy="joined", foreign_keys="Paper.chair_id", viewonly=True)
    asked_by: Mapped[Person | None] = relationship(lazy="joined", foreign_keys="Paper.asked_by_id", viewonly=True)


class PaperRuling(InWorkspace, Base):
    """What the chair ruled of a paper, and why. The newest counts.

    `recorded_by_id`, and how it was heard, where somebody else wrote it down for the chair.
    """

    __tablename__ = "paper_rulings"
    __table_args__ = (
        within_workspace("paper_id", table="papers"),
        within_workspace("chair_id", table="people"),
        within_workspace("recorded_by_id", table="people"),
        sa.Index("ix_paper_rulings_paper", "workspace_id", "paper_id"),
    )

    paper_id: Mapped[int]
    is_confidential: Mapped[bool]
    reason: Mapped[str | None]
    chair_id: Mapped[int]
    at: Mapped[datetime]
    recorded_by_id: Mapped[int | None]
    heard_by: Mapped[HeardBy | None] = mapped_column(by_value(HeardBy))
    heard_at: Mapped[datetime | None]
    evidence: Mapped[str | None]

    chair: Mapped[Person] = relationship(lazy="joined", foreign_keys="PaperRuling.chair_id", viewonly=True)
    recorded_by: Mapped[Person | None] = relationship(
        lazy="joined", foreign_keys="PaperRuling.recorded_by_id", viewonly=True
    )


def get(tx: Transaction, paper_id: int) -> Paper | None:
    return tx.session.scalar(sa.select(Paper).where(Paper.id == paper_id))


def of_meeting(tx: Transaction, meeting_id: int) -> list[Paper]:
    """What is on file for a meeting: agenda, papers, minutes, each in the order in which they came."""
    query = sa.select(Paper).where(Paper.meeting_id == meeting_id, Paper.state != PaperState.REMOVED)
    order = list(PaperKind)
    return sorted(tx.session.scalars(query), key=lambda paper: (order.index(paper.kind), paper.id))


def kinds_of_meeting(tx: Transaction, meeting_id: int) -> dict[int, PaperKind]:
    """The same by id, with its kind and nothing more: the meeting, which may be about to change, is not fetched."""
    query = sa.select(Paper.id, Paper.kind).where(Paper.meeting_id == meeting_id, Paper.state != PaperState.REMOVED)
    return {row.id: row.kind for row in tx.session.execute(query)}


def states_by_meeting(tx: Transaction, meeting_ids: Collection[int]) -> dict[int, list[PaperState]]:
    """In what state the papers of some meetings are."""
    found: dict[int, list[PaperState]] = {meeting_id: [] for meeting_id in meeting_ids}
    query = sa.select(Paper.meeting_id, Paper.state).where(
        Paper.meeting_id.in_(found), Paper.state != PaperState.REMOVED
    )
    for meeting_id, state in tx.session.execute(query):
        found[meeting_id].append(state)
    return found


def rulings(tx: Transaction, paper_id: int) -> list[PaperRuling]:
    """What the chair ruled, the newest last."""
    query = sa.select(PaperRuling).where(PaperRuling.paper_id == paper_id).order_by(PaperRuling.id)
    return list(tx.session.scalars(query))


def newest_rulings(tx: Transaction, paper_ids: Collection[int]) -> dict[int, PaperRuling]:
    """By paper, the ruling that counts."""
    query = sa.select(PaperRuling).where(PaperRuling.paper_id.in_(paper_ids)).order_by(PaperRuling.id)
    return {ruling.paper_id: ruling for ruling in tx.session.scalars(query)}


def change(tx: Transaction, paper: Paper, *, to: PaperState, **values: Any) -> bool:
    """Moves a paper on if its state is still as `paper` shows it."""
    return changed(
        tx, sa.update(Paper).where(Paper.id == paper.id, Paper.state == paper.state).values(state=to, **values)
    )


def note_file(tx: Transaction, paper_id: int, slack_file_id: str, at: datetime, **found: object) -> bool:
    """Notes what was read of a paper's file, or why it counts for nothing. False: done before, or it has another."""
    return changed(
        tx,
        sa.update(Paper)
        .where(Paper.id == paper_id, Paper.slack_file_id == slack_file_id, Paper.read_at.is_(None))
        .values(read_at=at, **found),
    )
