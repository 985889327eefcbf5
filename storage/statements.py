"""Statements, the enquiries they answer, and what went out of them."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Transaction, by_value, changed, insert_once, within_workspace
from storage.enquiries import Enquiry
from storage.people import Person
from storage.signoffs import Draft


class StatementKind(StrEnum):
    """All are signed by the same rules, unless the workspace sets others for background and off the record.

    A holding line is short and says that more will follow. Background is for the journalist's understanding, not for
    quotation; what is said off the record is not for publication at all.
    """

    STATEMENT = "statement"
    BACKGROUND = "background"
    HOLDING = "holding_line"
    OFF_RECORD = "off_the_record"


ANSWERING = (StatementKind.STATEMENT, StatementKind.BACKGROUND)
"""What answers an enquiry. A holding line does not, and what is said off the record is not filed as an answer."""


class StatementStatus(StrEnum):
    DRAFT = "draft"
    IN_SIGNOFF = "in_signoff"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


class SentBy(StrEnum):
    """How a text went out."""

    EMAIL = "email"
    PHONE = "phone"
    SOCIAL = "social"
    IN_PERSON = "in_person"


class Statement(InWorkspace, Base):
    """Words that go out in somebody's name. The words themselves are the drafts of its sign-off."""

    __tablename__ = "statements"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "number"),
        sa.Index("ix_statements_status", "workspace_id", "status"),
        sa.Index(
            "ix_statements_corrects",
            "workspace_id",
            "corrects_id",
            unique=True,
            sqlite_where=sa.text("status <> 'withdrawn'"),
            postgresql_where=sa.text("status <> 'withdrawn'"),
        ),
        within_workspace("spokesperson_id", table="people"),
        within_workspace("owner_id", table="people"),
    )

    number: Mapped[int]
    kind: Mapped[StatementKind] = mapped_column(by_value(StatementKind))
    status: Mapped[StatementStatus] = mapped_column(by_value(StatementStatus))
    spokesperson_id: Mapped[int]
    owner_id: Mapped[int]
    started_at: Mapped[datetime]
    corrects_id: Mapped[int | None]
    """The issued statement in which it puts a mistake right (no foreign key: SQLite would have to build the table anew
    for one). One at a time: an index sees to it that no statement has two corrections, unless one was withdrawn."""
    what_was_wrong: Mapped[str | None]
    """In a correction: what was wrong with the text that went out."""
    agreed_by: Mapped[str | None]
    """Of background and off the record: which journalist agreed to that, before it was given."""
    agreed_at: Mapped[datetime | None]

    spokesperson: Mapped[Person] = relationship(lazy="joined", foreign_keys="Statement.spokesperson_id", viewonly=True)
    owner: Mapped[Person] = relationship(lazy="joined", foreign_keys="Statement.owner_id", viewonly=True)

    @property
    def reference(self) -> str:
        return f"STA-{self.number}"

    @property
    def is_answer(self) -> bool:
        """Whether its enquiries are answered once it has gone out. A correction answers nothing anew."""
        return self.kind in ANSWERING and self.corrects_id is None


class StatementEnquiry(InWorkspace, Base):
    """Which enquiries a statement answers."""

    __tablename__ = "statement_enquiries"
    __table_args__ = (
        within_workspace("statement_id", table="statements"),
        within_workspace("enquiry_id", table="enquiries"),
        sa.UniqueConstraint("workspace_id", "statement_id", "enquiry_id"),
        sa.Index("ix_statement_enquiries_enquiry", "workspace_id", "enquiry_id"),
    )

    statement_id: Mapped[int]
    enquiry_id: Mapped[int]


class Dispatch(InWorkspace, Base):
    """A text that went out in answer to one enquiry: which draft, to whom, how, when.

    A statement that answers several enquiries has one for each, since it need not reach them in the same moment, nor in
    the same way. A database trigger refuses to change or delete it.
    """

    __tablename__ = "dispatches"
    __table_args__ = (
        within_workspace("statement_id", table="statements"),
        within_workspace("enquiry_id", table="enquiries"),
        within_workspace("draft_id", table="drafts"),
        within_workspace("recorded_by_id", table="people"),
        sa.Index("ix_dispatches_statement", "workspace_id", "statement_id"),
        sa.Index("ix_dispatches_enquiry", "workspace_id", "enquiry_id"),
    )

    statement_id: Mapped[int]
    enquiry_id: Mapped[int]
    draft_id: Mapped[int]
    sent_to: Mapped[str]
    sent_by: Mapped[SentBy] = mapped_column(by_value(SentBy))
    sent_at: Mapped[datetime]
    recorded_by_id: Mapped[int]
    recorded_at: Mapped[datetime]

    draft: Mapped[Draft] = relationship(lazy="joined", foreign_keys="Dispatch.draft_id", viewonly=True)
    recorded_by: Mapped[Person] = relationship(lazy="joined", foreign_keys="Dispatch.recorded_by_id", viewonly=True)


def get(tx: Transaction, statement_id: int) -> Statement | None:
    return tx.session.scalar(sa.select(Statement).where(Statement.id == statement_id))


def enquiries_of(tx: Transaction, statement_id: int) -> list[Enquiry]:
    return list(
        tx.session.scalars(
            sa.select(Enquiry)
            .join(StatementEnquiry, StatementEnquiry.enquiry_id == Enquiry.id)
            .where(StatementEnquiry.statement_id == statement_id)
            .order_by(Enquiry.number)
        )
    )


def of_enquiry(tx: Transaction, enquiry_id: int) -> list[Statement]:
    """The statements tied to an enquiry, oldest first."""
    return by_enquiry(tx, [enquiry_id])[enquiry_id]


def by_enquiry(tx: Transaction, enquiry_ids: Collection[int]) -> dict[int, list[Statement]]:
    """The statements tied to each of several enquiries, oldest first."""
    found: dict[int, list[Statement]] = {enquiry_id: [] for enquiry_id in enquiry_ids}
    query = (
        sa.select(StatementEnquiry.enquiry_id, Statement)
        .join(Statement, Statement.id == StatementEnquiry.statement_id)
        .where(StatementEnquiry.enquiry_id.in_(found))
        .order_by(Statement.number)
    )
    for enquiry_id, statement in tx.session.execute(query):
        found[enquiry_id].append(statement)
    return found


def answers(tx: Transaction, enquiries: Collection[Enquiry]) -> dict[int, list[Statement]]:
    """By enquiry, the statements that have gone out to answer it: since it was reopened, if it was."""
    sent = sent_on(tx, enquiries)
    return {enquiry_id: [one for one in of_it if one.is_answer] for enquiry_id, of_it in sent.items()}


def sent_on(tx: Transaction, enquiries: Collection[Enquiry]) -> dict[int, list[Statement]]:
    """By enquiry, all statements that have gone out, whatever they are: since it was reopened, if it was."""
    found: dict[int, list[Statement]] = {enquiry.id: [] for enquiry in enquiries}
    query = (
        sa.select(Dispatch.enquiry_id, Statement)
        .join(Statement, Statement.id == Dispatch.statement_id)
        .join(Enquiry, Enquiry.id == Dispatch.enquiry_id)
        .where(
            Dispatch.enquiry_id.in_(found),
            sa.or_(Enquiry.reopened_at.is_(None), Dispatch.recorded_at > Enquiry.reopened_at),
        )
        .order_by(Statement.number)
    )
    for enquiry_id, statement in tx.session.execute(query):
        if statement not in found[enquiry_id]:
            found[enquiry_id].append(statement)
    return found


def dispatches_of(tx: Transaction, statement_id: int) -> list[Dispatch]:
    """What went out of a statement, in its order; to enquiries that whoever asks may see."""
    return list(
        tx.session.scalars(
            sa.select(Dispatch)
            .join(Enquiry, Enquiry.id == Dispatch.enquiry_id)
            .where(Dispatch.statement_id == statement_id)
            .order_by(Dispatch.sent_at, Dispatch.id)
        )
    )


def dispatches_to(tx: Transaction, enquiry_ids: Collection[int]) -> dict[int, list[tuple[Statement, Dispatch]]]:
    """What went out in answer to each of several enquiries, in its order."""
    found: dict[int, list[tuple[Statement, Dispatch]]] = {enquiry_id: [] for enquiry_id in enquiry_ids}
    query = (
        sa.select(Statement, Dispatch)
        .join(Dispatch, Dispatch.statement_id == Statement.id)
        .where(Dispatch.enquiry_id.in_(found))
        .order_by(Dispatch.sent_at, Dispatch.id)
    )
    for statement, dispatch in tx.session.execute(query):
        found[dispatch.enquiry_id].append((statement, dispatch))
    return found


def to_answer_with(tx: Transaction, *, since: datetime, limit: int) -> list[Statement]:
    """Statements under way, and those that went out since an instant; the newest first."""
    sent = sa.select(Dispatch.statement_id).where(Dispatch.sent_at >= since)
    under_way = Statement.status.in_((StatementStatus.DRAFT, StatementStatus.IN_SIGNOFF))
    return list(
        tx.session.scalars(
            sa.select(Statement)
            .where(sa.or_(under_way, Statement.id.in_(sent)))
            .order_by(Statement.number.desc())
            .limit(limit)
        )
    )


def tie(tx: Transaction, statement_id: int, enquiry_id: int) -> bool:
    """Lets a statement answer one more enquiry. False if it does already."""
    return insert_once(tx, StatementEnquiry, statement_id=statement_id, enquiry_id=enquiry_id)


def untie(tx: Transaction, statement_id: int, enquiry_id: int) -> bool:
    """False if they are not tied."""
    return changed(
        tx,
        sa.delete(StatementEnquiry).where(
            StatementEnquiry.statement_id == statement_id, StatementEnquiry.enquiry_id == enquiry_id
        ),
    )


def went_out(tx: Transaction, since: datetime, until: datetime, *, limit: int) -> tuple[list[Dispatch], int]:
    """What was recorded as issued in a span (UTC; `until` no more), in that order, and how much it is in all."""
    sent = (
        sa.select(Dispatch)
        .join(Statement, Statement.id == Dispatch.statement_id)
        .where(Dispatch.recorded_at >= since, Dispatch.recorded_at < until)
    )
    total = tx.session.scalar(sa.select(sa.func.count()).select_from(sent.subquery())) or 0
    return list(tx.session.scalars(sent.order_by(Dispatch.recorded_at, Dispatch.id).limit(limit))), total


def change(tx: Transaction, statement: Statement, *, to: StatementStatus, **values: Any) -> bool:
    """Moves a statement on if its status is still as `statement` shows it."""
    return changed(
        tx,
        sa.update(Statement)
        .where(Statement.id == statement.id, Statement.status == statement.status)
        .values(status=to, **values),
    )
