"""What somebody is asked so that an enquiry can be answered, and what they said."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Transaction, by_value, changed, within_workspace
from storage.people import Person
from storage.signoffs import HeardBy


class FactState(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"
    CANNOT_SAY = "cannot_say"
    WITHDRAWN = "withdrawn"


class FactRequest(InWorkspace, Base):
    """One question to one person, for an enquiry. Instants are UTC.

    `owner_id` is to whom the answer goes: the enquiry's owner; while nobody has it, whoever asked. It is kept here
    since the person asked may not see the enquiry.
    """

    __tablename__ = "fact_requests"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        within_workspace("enquiry_id", table="enquiries"),
        within_workspace("asked_id", table="people"),
        within_workspace("asked_by_id", table="people"),
        within_workspace("owner_id", table="people"),
        within_workspace("instead_id", table="people"),
        within_workspace("passed_from_id", table="fact_requests"),
        sa.Index("ix_fact_requests_enquiry", "workspace_id", "enquiry_id"),
        sa.Index("ix_fact_requests_asked", "workspace_id", "asked_id"),
        sa.Index("ix_fact_requests_owner", "workspace_id", "owner_id", "state"),
    )

    enquiry_id: Mapped[int]
    asked_id: Mapped[int]
    asked_by_id: Mapped[int]
    owner_id: Mapped[int]
    state: Mapped[FactState] = mapped_column(by_value(FactState))
    question: Mapped[str]
    why: Mapped[str | None]
    due_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    in_confidence: Mapped[bool]
    """Whether the enquiry was sensitive already when this was asked: then `why` was written with that in mind."""
    passed_from_id: Mapped[int | None]
    """The request of whoever passed it on."""
    reason: Mapped[str | None]
    """Why they cannot say, or a word to whoever is asked instead."""
    instead_id: Mapped[int | None]
    instead_words: Mapped[str | None]
    """Who could say, in their words, where that is nobody in Slack."""
    ended_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    """When what tells who asked was erased from it. Nothing more is kept with it then."""

    asked: Mapped[Person] = relationship(lazy="joined", foreign_keys="FactRequest.asked_id", viewonly=True)
    asked_by: Mapped[Person] = relationship(lazy="joined", foreign_keys="FactRequest.asked_by_id", viewonly=True)
    owner: Mapped[Person] = relationship(lazy="joined", foreign_keys="FactRequest.owner_id", viewonly=True)
    instead: Mapped[Person | None] = relationship(lazy="joined", foreign_keys="FactRequest.instead_id", viewonly=True)
    passed_from: Mapped["FactRequest | None"] = relationship(
        lazy="joined",
        join_depth=1,
        foreign_keys="FactRequest.passed_from_id",
        remote_side="FactRequest.id",
        viewonly=True,
    )


class FactAnswer(InWorkspace, Base):
    """What was said, by whom (`given_by`), and, where a press officer wrote it down, how it reached them.

    A correction is a second one: both stay on file, and the newest counts.
    """

    __tablename__ = "fact_answers"
    __table_args__ = (
        within_workspace("request_id", table="fact_requests"),
        within_workspace("given_by_id", table="people"),
        within_workspace("recorded_by_id", table="people"),
        sa.Index("ix_fact_answers_request", "workspace_id", "request_id"),
    )

    request_id: Mapped[int]
    text: Mapped[str]
    given_by_id: Mapped[int]
    at: Mapped[datetime]
    recorded_by_id: Mapped[int | None]
    heard_by: Mapped[HeardBy | None] = mapped_column(by_value(HeardBy))
    heard_at: Mapped[datetime | None]
    evidence: Mapped[str | None]

    given_by: Mapped[Person] = relationship(lazy="joined", foreign_keys="FactAnswer.given_by_id", viewonly=True)
    recorded_by: Mapped[Person | None] = relationship(
        lazy="joined", foreign_keys="FactAnswer.recorded_by_id", viewonly=True
    )


def get(tx: Transaction, request_id: int) -> FactRequest | None:
    return tx.session.scalar(sa.select(FactRequest).where(FactRequest.id == request_id))


def of_enquiry(tx: Transaction, enquiry_id: int) -> list[FactRequest]:
    """What was asked for an enquiry, oldest first."""
    return by_enquiry(tx, [enquiry_id])[enquiry_id]


def by_enquiry(tx: Transaction, enquiry_ids: Collection[int]) -> dict[int, list[FactRequest]]:
    """What was asked for each of several enquiries, oldest first."""
    found: dict[int, list[FactRequest]] = {enquiry_id: [] for enquiry_id in enquiry_ids}
    query = sa.select(FactRequest).where(FactRequest.enquiry_id.in_(found)).order_by(FactRequest.id)
    for request in tx.session.scalars(query):
        found[request.enquiry_id].append(request)
    return found


def naming(tx: Transaction, person_id: int) -> list[FactRequest]:
    """What one person was ever asked, or was named for."""
    named = sa.or_(FactRequest.asked_id == person_id, FactRequest.instead_id == person_id)
    return list(tx.session.scalars(sa.select(FactRequest).where(named)))


def waiting_for_owner(tx: Transaction, owner_id: int) -> list[FactRequest]:
    """What an owner still waits for, the most pressing first."""
    return list(
        tx.session.scalars(
            sa.select(FactRequest)
            .where(FactRequest.owner_id == owner_id, FactRequest.state == FactState.ASKED)
            .order_by(FactRequest.due_at, FactRequest.id)
        )
    )


def answers(tx: Transaction, request_id: int) -> list[FactAnswer]:
    """What was said to a question, the newest last."""
    return list(
        tx.session.scalars(
            sa.select(FactAnswer)
            .join(FactRequest, FactRequest.id == FactAnswer.request_id)
            .where(FactRequest.id == request_id)
            .order_by(FactAnswer.id)
        )
    )


def has_answered(tx: Transaction, request_id: int, person_id: int) -> bool:
    return any(answer.given_by_id == person_id for answer in answers(tx, request_id))


def was_passed(tx: Transaction, request_id: int) -> bool:
    """Whether somebody else is asked instead, by whoever was asked this."""
    passed = sa.select(FactRequest.id).where(FactRequest.passed_from_id == request_id)
    return tx.session.scalar(passed.limit(1)) is not None


def change(tx: Transaction, request: FactRequest, *, to: FactState, **values: Any) -> bool:
    """Moves a request on if its state is still as `request` shows it."""
    return changed(
        tx,
        sa.update(FactRequest)
        .where(FactRequest.id == request.id, FactRequest.state == request.state)
        .values(state=to, **values),
    )


def rewrite(tx: Transaction, request: FactRequest, **values: Any) -> None:
    """Changes what is kept of a request, whatever its state."""
    changed(tx, sa.update(FactRequest).where(FactRequest.id == request.id).values(**values))


def rewrite_answer(tx: Transaction, answer: FactAnswer, **values: Any) -> None:
    changed(tx, sa.update(FactAnswer).where(FactAnswer.id == answer.id).values(**values))
