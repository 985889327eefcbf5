"""Media enquiries and the notes made on them."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Transaction, by_value, changed, within_workspace
from storage.people import Organisation, Person, Topic


class EnquiryStatus(StrEnum):
    AWAITING_EMAIL = "awaiting_email"
    OPEN = "open"
    CLOSED = "closed"


class CameBy(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    SOCIAL = "social"
    IN_PERSON = "in_person"


class Outcome(StrEnum):
    """How an enquiry ended (DOMAIN, "Outcomes"). None closes without one."""

    STATEMENT = "answered_with_statement"
    BACKGROUND = "answered_with_background"
    INTERVIEW = "interview_given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REFERRED = "referred"
    FOI = "became_foi"


class NoteKind(StrEnum):
    CALL = "call"
    CONVERSATION = "conversation"
    NOTE = "note"


class Terms(StrEnum):
    """On what terms something is said to a journalist. All but the first count only if both agreed beforehand."""

    ON_RECORD = "on_the_record"
    BACKGROUND = "background"
    OFF_RECORD = "off_the_record"


class Enquiry(InWorkspace, Base):
    """What a journalist asked, by when, and who sees to it. Instants are UTC; `deadline` is None while unknown."""

    __tablename__ = "enquiries"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "number"),
        within_workspace("owner_id", table="people"),
        within_workspace("logged_by_id", table="people"),
        within_workspace("topic_id", table="topics"),
        within_workspace("organisation_id", table="organisations"),
        within_workspace("referred_to_id", table="organisations"),
        sa.CheckConstraint("(status = 'closed') = (outcome IS NOT NULL)", name="closed_with_outcome"),
        sa.Index("ix_enquiries_pressing", "workspace_id", "status", "deadline"),
        sa.Index("ix_enquiries_owner", "workspace_id", "owner_id", "status"),
        sa.Index("ix_enquiries_received", "workspace_id", "received_at"),
        sa.Index(
            "ix_enquiries_sensitive",
            "workspace_id",
            sqlite_where=sa.text("is_sensitive"),
            postgresql_where=sa.text("is_sensitive"),
        ),
    )

    number: Mapped[int]
    status: Mapped[EnquiryStatus] = mapped_column(by_value(EnquiryStatus))
    journalist: Mapped[str]
    outlet: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    came_by: Mapped[CameBy] = mapped_column(by_value(CameBy))
    received_at: Mapped[datetime]
    out_of_hours: Mapped[bool]
    deadline: Mapped[datetime | None]
    question: Mapped[str]
    topic_id: Mapped[int | None]
    organisation_id: Mapped[int | None]
    owner_id: Mapped[int | None]
    logged_by_id: Mapped[int]
    logged_at: Mapped[datetime]
    outcome: Mapped[Outcome | None] = mapped_column(by_value(Outcome))
    outcome_detail: Mapped[str | None]
    referred_to_id: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    """When the journalist's name and addresses were erased, because the retention period was over."""
    reopened_at: Mapped[datetime | None]
    """Only what goes out after this answers it now."""
    is_sensitive: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """Only those who work on it may see it: `storage.sensitive`."""
    terms: Mapped[Terms] = mapped_column(by_value(Terms), default=Terms.ON_RECORD, server_default=Terms.ON_RECORD.value)
    """What the journalist asked for, or agreed to."""
    embargo_until: Mapped[datetime | None]
    """Nothing of it is to be published before; None without an embargo. Once it has passed, there is none any more."""

    owner: Mapped[Person | None] = relationship(lazy="joined", foreign_keys="Enquiry.owner_id", viewonly=True)
    topic: Mapped[Topic | None] = relationship(lazy="joined", foreign_keys="Enquiry.topic_id", viewonly=True)
    organisation: Mapped[Organisation | None] = relationship(
        lazy="joined", foreign_keys="Enquiry.organisation_id", viewonly=True
    )
    referred_to: Mapped[Organisation | None] = relationship(
        lazy="joined", foreign_keys="Enquiry.referred_to_id", viewonly=True
    )

    @property
    def reference(self) -> str:
        return f"ENQ-{self.number}"


class Note(InWorkspace, Base):
    """A call, a conversation or a remark, kept with its enquiry."""

    __tablename__ = "notes"
    __table_args__ = (
        within_workspace("enquiry_id", table="enquiries"),
        within_workspace("author_id", table="people"),
        sa.Index("ix_notes_enquiry", "workspace_id", "enquiry_id"),
    )

    enquiry_id: Mapped[int]
    author_id: Mapped[int]
    kind: Mapped[NoteKind] = mapped_column(by_value(NoteKind))
    text: Mapped[str]
    at: Mapped[datetime]
    terms: Mapped[Terms] = mapped_column(by_value(Terms), default=Terms.ON_RECORD, server_default=Terms.ON_RECORD.value)
    """Of a call or a conversation: on what terms the journalist was told what the note says."""


def get(tx: Transaction, enquiry_id: int) -> Enquiry | None:
    return tx.session.scalar(sa.select(Enquiry).where(Enquiry.id == enquiry_id))


def numbered(tx: Transaction, number: int) -> Enquiry | None:
    return tx.session.scalar(sa.select(Enquiry).where(Enquiry.number == number))


def several(tx: Transaction, ids: Collection[int]) -> list[Enquiry]:
    return list(tx.session.scalars(sa.select(Enquiry).where(Enquiry.id.in_(ids)).order_by(Enquiry.number)))


def of_journalist(tx: Transaction, enquiry: Enquiry, *, limit: int) -> list[Enquiry]:
    """Other enquiries of the same journalist, by name or address, the newest first."""
    same = sa.func.lower(Enquiry.journalist) == enquiry.journalist.lower()
    if enquiry.email:
        same = sa.or_(same, sa.func.lower(Enquiry.email) == enquiry.email.lower())
    ids = sa.select(Enquiry.id).where(same, Enquiry.id != enquiry.id).order_by(Enquiry.number.desc()).limit(limit)
    return several(tx, list(tx.session.scalars(ids)))[::-1]


def not_closed(tx: Transaction, *, limit: int, topic_id: int | None = None) -> list[Enquiry]:
    """What is open or awaits an e-mail, the most pressing first; unknown deadlines last."""
    query = sa.select(Enquiry).where(Enquiry.status != EnquiryStatus.CLOSED)
    if topic_id is not None:
        query = query.where(Enquiry.topic_id == topic_id)
    query = query.order_by(Enquiry.deadline.is_(None), Enquiry.deadline, Enquiry.number).limit(limit)
    return list(tx.session.scalars(query))


def change(tx: Transaction, enquiry: Enquiry, *, to: EnquiryStatus, **values: Any) -> bool:
    """Moves an enquiry on if its status and owner are still as `enquiry` shows; False when another was quicker."""
    return changed(
        tx,
        sa.update(Enquiry)
        .where(
            Enquiry.id == enquiry.id,
            Enquiry.status == enquiry.status,
            Enquiry.owner_id.is_not_distinct_from(enquiry.owner_id),
        )
        .values(status=to, **values),
    )
