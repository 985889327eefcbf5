"""What somebody owes by a time, and who has asked not to be told again for now."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Overview, Transaction, by_value, changed, within_workspace
from storage.people import Person
from storage.subjects import Subject, SubjectKind


class Duty(StrEnum):
    """What is owed. Each has its ladder of reminders."""

    OWN = "own"
    ANSWER = "answer"
    AWAITING_EMAIL = "awaiting_email"
    SIGN = "sign"
    ISSUE = "issue"
    CORRECT = "correct"
    FACTS = "facts"
    ACCEPT_REFERRAL = "accept_referral"
    REFERRAL_OUTCOME = "referral_outcome"
    CONTRIBUTE = "contribute"
    REVIEW = "review"
    BRIEF = "brief"
    CHECK = "check"
    SUBMIT = "submit"
    CASCADE = "cascade"
    POST = "post"
    PUBLISH = "publish"
    RULE = "rule"


class Obligation(InWorkspace, Base):
    """Open until `done_at` or `cancelled_at` is set. `owner_id` is None while nobody has taken it on.

    While somebody is away, `owner_id` is whoever stands in for them, and `for_id` the one whose it is (no foreign key:
    SQLite would have to build the table anew for one).

    `rung` says how far the ladder has been climbed: that of the last reminder given, -1 before the first.
    """

    __tablename__ = "obligations"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        within_workspace("owner_id", table="people"),
        sa.Index("ix_obligations_due", "next_reminder_at"),
        sa.Index("ix_obligations_subject", "workspace_id", "subject_kind", "subject_id"),
        sa.Index("ix_obligations_owner", "workspace_id", "owner_id"),
    )

    owner_id: Mapped[int | None]
    duty: Mapped[Duty] = mapped_column(by_value(Duty))
    subject_kind: Mapped[SubjectKind] = mapped_column(by_value(SubjectKind))
    subject_id: Mapped[int]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    next_reminder_at: Mapped[datetime | None]
    rung: Mapped[int] = mapped_column(default=-1)
    last_told_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    for_id: Mapped[int | None]

    owner: Mapped[Person | None] = relationship(lazy="joined", foreign_keys="Obligation.owner_id", viewonly=True)
    on_behalf_of: Mapped[Person | None] = relationship(
        lazy="selectin", primaryjoin="foreign(Obligation.for_id) == remote(Person.id)", viewonly=True
    )

    @property
    def whose(self) -> Person | None:
        """Who really owes it, also while somebody stands in for them."""
        return self.on_behalf_of or self.owner

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.cancelled_at is None


class Silence(InWorkspace, Base):
    """One person asked not to hear of one obligation: until the next rung (*Seen*), or until a time (*Snooze*)."""

    __tablename__ = "silences"
    __table_args__ = (
        within_workspace("obligation_id", table="obligations"),
        within_workspace("person_id", table="people"),
        sa.UniqueConstraint("workspace_id", "obligation_id", "person_id"),
    )

    obligation_id: Mapped[int]
    person_id: Mapped[int]
    seen_rung: Mapped[int | None]
    snoozed_until: Mapped[datetime | None]
    at: Mapped[datetime]


_OPEN = sa.and_(Obligation.done_at.is_(None), Obligation.cancelled_at.is_(None))
_WHOSE_ID: sa.ColumnElement[int | None] = sa.func.coalesce(Obligation.for_id, Obligation.owner_id)


def get(tx: Transaction, obligation_id: int) -> Obligation | None:
    return tx.session.scalar(sa.select(Obligation).where(Obligation.id == obligation_id))


def several(tx: Transaction, ids: Collection[int]) -> list[Obligation]:
    return list(
        tx.session.scalars(
            sa.select(Obligation).where(Obligation.id.in_(ids)).order_by(Obligation.due_at, Obligation.id)
        )
    )


def open_on(
    tx: Transaction, subject: Subject, *, duty: Duty | None = None, owner_id: int | None = None
) -> list[Obligation]:
    """What is still owed on a record. `owner_id`: whose it is, whoever stands in for them."""
    query = sa.select(Obligation).where(
        _OPEN, Obligation.subject_kind == subject.kind, Obligation.subject_id == subject.id
    )
    if duty is not None:
        query = query.where(Obligation.duty == duty)
    if owner_id is not None:
        query = query.where(_WHOSE_ID.is_not_distinct_from(owner_id))
    return list(tx.session.scalars(query.order_by(Obligation.id)))


def open_on_several(tx: Transaction, kind: SubjectKind, subject_ids: Collection[int], duty: Duty) -> list[Obligation]:
    """What is still owed of one duty on several records."""
    on_one_of_them = sa.and_(Obligation.subject_kind == kind, Obligation.subject_id.in_(subject_ids))
    return list(
        tx.session.scalars(
            sa.select(Obligation).where(_OPEN, Obligation.duty == duty, on_one_of_them).order_by(Obligation.id)
        )
    )


def every_one_on(tx: Transaction, subject: Subject) -> list[Obligation]:
    """What has ever been owed on a record, done or not."""
    return list(
        tx.session.scalars(
            sa.select(Obligation).where(Obligation.subject_kind == subject.kind, Obligation.subject_id == subject.id)
        )
    )


def open_for(tx: Transaction, person_id: int) -> list[Obligation]:
    """What one person owes, the most pressing first."""
    return list(
        tx.session.scalars(
            sa.select(Obligation)
            .where(_OPEN, Obligation.owner_id == person_id)
            .order_by(Obligation.due_at.is_(None), Obligation.due_at, Obligation.id)
        )
    )


def of_the_away(tx: Transaction, away: Collection[int]) -> list[Obligation]:
    """What people who are away owe, and what others see to in somebody's place."""
    return list(
        tx.session.scalars(
            sa.select(Obligation)
            .where(_OPEN, sa.or_(Obligation.for_id.is_not(None), Obligation.owner_id.in_(away)))
            .order_by(Obligation.due_at, Obligation.id)
        )
    )


def is_stood_in_for(tx: Transaction, subject: Subject, person_id: int, *duties: Duty) -> bool:
    """Whether somebody sees to one of these duties on a record in the place of whoever owes it."""
    return (
        tx.session.scalar(
            sa.select(Obligation.id)
            .where(
                _OPEN,
                Obligation.subject_kind == subject.kind,
                Obligation.subject_id == subject.id,
                Obligation.owner_id == person_id,
                Obligation.for_id.is_not(None),
                Obligation.duty.in_(duties),
            )
            .limit(1)
        )
        is not None
    )


def move(tx: Transaction, obligation: Obligation, **values: Any) -> bool:
    """Changes an obligation if it is open and still with whom `obligation` shows."""
    still = Obligation.owner_id == obligation.owner_id
    return changed(tx, sa.update(Obligation).where(Obligation.id == obligation.id, _OPEN, still).values(**values))


def open_of(tx: Transaction, duties: Collection[Duty]) -> list[Obligation]:
    """What is owed of some duties, whoever owes it."""
    return list(tx.session.scalars(sa.select(Obligation).where(_OPEN, Obligation.duty.in_(duties))))


def forget_seen(tx: Transaction, obligation_id: int) -> None:
    """Whoever pressed *Seen* on a reminder hears of the next one."""
    changed(
        tx,
        sa.update(Silence)
        .where(Silence.obligation_id == obligation_id, Silence.seen_rung.is_not(None))
        .values(seen_rung=None),
    )


def workspaces_with_due(view: Overview, now: datetime) -> list[int]:
    return list(
        view.session.scalars(
            sa.select(Obligation.workspace_id).where(_OPEN, Obligation.next_reminder_at <= now).distinct()
        )
    )


def due(tx: Transaction, now: datetime, *, limit: int) -> list[Obligation]:
    """Open obligations whose next reminder has come, each person's together: so many at the most.

    The rows are held, so that no other tick tells them too.
    """
    return list(
        tx.session.scalars(
            sa.select(Obligation)
            .where(_OPEN, Obligation.next_reminder_at <= now)
            .order_by(Obligation.owner_id, Obligation.due_at, Obligation.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=Obligation)
        )
    )


def update(tx: Transaction, obligation: Obligation, **values: Any) -> bool:
    """Changes an obligation if it is still open."""
    return changed(tx, sa.update(Obligation).where(Obligation.id == obligation.id, _OPEN).values(**values))


def silences(tx: Transaction, obligation_id: int) -> list[Silence]:
    return list(tx.session.scalars(sa.select(Silence).where(Silence.obligation_id == obligation_id)))


def silence(tx: Transaction, obligation_id: int, person_id: int) -> Silence | None:
    return tx.session.scalar(
        sa.select(Silence).where(Silence.obligation_id == obligation_id, Silence.person_id == person_id)
    )
