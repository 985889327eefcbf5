"""Texts that must be signed: their drafts, who has to sign them, and the signatures given on each draft.

A sign-off knows of what it belongs to only its kind and number, so that statements, releases and briefings share it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Transaction, by_value, changed, within_workspace, without_controls
from storage.people import Person
from storage.subjects import Subject, SubjectKind


class Capacity(StrEnum):
    """In which capacity somebody is asked for a signature."""

    TOPIC_LEAD = "topic_lead"
    SPOKESPERSON = "spokesperson"
    EXECUTIVE = "executive"
    ADDED = "added"
    TOPIC_SIGNATORY = "topic_signatory"
    CHAIR = "chair"


class SignatureState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    CHANGES_ASKED = "changes_asked"
    VOIDED = "voided"
    PASSED = "passed"
    OVERRIDDEN = "overridden"


class HeardBy(StrEnum):
    """How an answer reached the press officer who wrote it down."""

    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in_person"


class Signoff(InWorkspace, Base):
    """One text on its way to being signed. Its row is the lock under which signatures are counted."""

    __tablename__ = "signoffs"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "subject_kind", "subject_id"),
    )

    subject_kind: Mapped[SubjectKind] = mapped_column(by_value(SubjectKind))
    subject_id: Mapped[int]
    current_draft: Mapped[int] = mapped_column(default=0)
    """The number of the newest draft."""
    signed_at: Mapped[datetime | None]
    """When the last signature on the current draft came in; None while one is missing or an amendment is open."""


class Draft(InWorkspace, Base):
    """One exact text. A database trigger refuses to change or delete it."""

    __tablename__ = "drafts"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "signoff_id", "number"),
        within_workspace("signoff_id", table="signoffs"),
        within_workspace("author_id", table="people"),
    )

    signoff_id: Mapped[int]
    number: Mapped[int]
    text: Mapped[str]
    sha256: Mapped[str]
    author_id: Mapped[int]
    written_at: Mapped[datetime]

    author: Mapped[Person] = relationship(lazy="joined", foreign_keys="Draft.author_id", viewonly=True)


class Signatory(InWorkspace, Base):
    """Who must sign a text, or is copied on it. Whom policy names cannot be taken off."""

    __tablename__ = "signatories"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "signoff_id", "person_id"),
        within_workspace("signoff_id", table="signoffs"),
        within_workspace("person_id", table="people"),
    )

    signoff_id: Mapped[int]
    person_id: Mapped[int]
    capacity: Mapped[Capacity] = mapped_column(by_value(Capacity))
    must_sign: Mapped[bool]

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys="Signatory.person_id", viewonly=True)


def _person(column: str) -> Any:
    """Asked for by itself, and only where there is somebody: seven more joins would cost each question its plan."""
    return relationship(lazy="selectin", primaryjoin=f"foreign(Signature.{column}) == remote(Person.id)", viewonly=True)


class Signature(InWorkspace, Base):
    """What one person was asked about one draft, and what they answered.

    `recorded_by_id` is set when a press officer wrote down an answer that came by phone or e-mail: `evidence` says who
    said what, `heard_by` and `heard_at` how and when, `evidence_link` where it can be looked up. A deputy
    (`stand_in_id`) is asked beside the person while these are away; `given_by_id` is whoever answered in their place.
    The columns below it that name people have no foreign key: SQLite would have to build the table anew for one.
    """

    __tablename__ = "signatures"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "draft_id", "person_id"),
        within_workspace("draft_id", table="drafts"),
        within_workspace("person_id", table="people"),
        within_workspace("recorded_by_id", table="people"),
        sa.Index("ix_signatures_state", "workspace_id", "state", "must_sign"),
    )

    draft_id: Mapped[int]
    person_id: Mapped[int]
    capacity: Mapped[Capacity] = mapped_column(by_value(Capacity))
    must_sign: Mapped[bool]
    state: Mapped[SignatureState] = mapped_column(by_value(SignatureState))
    sha256: Mapped[str]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    """When this text was approved; stays when a newer draft voids the signature."""
    comment: Mapped[str | None]
    suggested_text: Mapped[str | None]
    reply: Mapped[str | None]
    """Why the owner left the text as it is, after changes were asked for."""
    recorded_by_id: Mapped[int | None]
    evidence: Mapped[str | None]
    heard_by: Mapped[HeardBy | None] = mapped_column(by_value(HeardBy))
    heard_at: Mapped[datetime | None]
    evidence_link: Mapped[str | None]
    disputed_at: Mapped[datetime | None]
    """When the person said that what was recorded is not what they said."""
    stand_in_id: Mapped[int | None]
    given_by_id: Mapped[int | None]
    passed_to_id: Mapped[int | None]
    """The person whom this was passed to; their own signature says by `passed_from_id` which one it came from."""
    passed_from_id: Mapped[int | None]
    overridden_by_id: Mapped[int | None]
    override_reason: Mapped[str | None]

    person: Mapped[Person] = relationship(lazy="joined", foreign_keys="Signature.person_id", viewonly=True)
    recorded_by: Mapped[Person | None] = relationship(
        lazy="joined", foreign_keys="Signature.recorded_by_id", viewonly=True
    )
    draft: Mapped[Draft] = relationship(lazy="joined", foreign_keys="Signature.draft_id", viewonly=True)
    stand_in: Mapped[Person | None] = _person("stand_in_id")
    given_by: Mapped[Person | None] = _person("given_by_id")
    passed_to: Mapped[Person | None] = _person("passed_to_id")
    overridden_by: Mapped[Person | None] = _person("overridden_by_id")

    @property
    def asked(self) -> Person:
        """Who is asked now: the person, or whoever stands in for them."""
        return self.stand_in or self.person

    def may_be_given_by(self, person_id: int) -> bool:
        """Somebody who is away may still sign themselves."""
        return person_id in {self.person_id, self.stand_in_id}


def get(tx: Transaction, signoff_id: int) -> Signoff:
    return tx.session.scalars(sa.select(Signoff).where(Signoff.id == signoff_id)).one()


def lock(tx: Transaction, signoff_id: int) -> Signoff:
    """The sign-off, held until the transaction ends: two last signatures must not both think the other is missing."""
    return tx.session.scalars(sa.select(Signoff).where(Signoff.id == signoff_id).with_for_update()).one()


def of(tx: Transaction, subject: Subject) -> Signoff:
    return tx.session.scalars(
        sa.select(Signoff).where(Signoff.subject_kind == subject.kind, Signoff.subject_id == subject.id)
    ).one()


def of_several(tx: Transaction, kind: SubjectKind, subject_ids: Collection[int]) -> list[Signoff]:
    return list(
        tx.session.scalars(sa.select(Signoff).where(Signoff.subject_kind == kind, Signoff.subject_id.in_(subject_ids)))
    )


def current_drafts(tx: Transaction, signoff_ids: Collection[int]) -> list[Draft]:
    """The newest draft of each sign-off."""
    return list(
        tx.session.scalars(
            sa.select(Draft)
            .join(Signoff, Signoff.id == Draft.signoff_id)
            .where(Signoff.id.in_(signoff_ids), Draft.number == Signoff.current_draft)
        )
    )


def draft(tx: Transaction, signoff_id: int, number: int) -> Draft | None:
    return tx.session.scalar(sa.select(Draft).where(Draft.signoff_id == signoff_id, Draft.number == number))


def drafts(tx: Transaction, signoff_id: int) -> list[Draft]:
    return list(tx.session.scalars(sa.select(Draft).where(Draft.signoff_id == signoff_id).order_by(Draft.number)))


def canonical_text(text: str) -> str:
    """Unicode in its composed form, lines ended by LF alone, nothing that cannot be seen or said: what is hashed."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _MISLEADING.sub("", without_controls(composed))


_MISLEADING = re.compile("[\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
"""Spaces without width, and marks that turn the words around: with them a text would read otherwise than it is sent."""


def text_hash(text: str) -> str:
    """SHA-256 of the canonical text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_text(text).encode()).hexdigest()


def signatories(tx: Transaction, signoff_id: int) -> list[Signatory]:
    """Those who must sign first, then those who are copied."""
    return list(
        tx.session.scalars(
            sa.select(Signatory)
            .where(Signatory.signoff_id == signoff_id)
            .order_by(Signatory.must_sign.desc(), Signatory.id)
        )
    )


def signatures(tx: Transaction, draft_id: int) -> list[Signature]:
    """The signatures asked for on one draft; those who must sign first."""
    return signatures_of(tx, [draft_id])


def signatures_of(tx: Transaction, draft_ids: Collection[int]) -> list[Signature]:
    """The same for several drafts."""
    return list(
        tx.session.scalars(
            sa.select(Signature)
            .where(Signature.draft_id.in_(draft_ids))
            .order_by(Signature.must_sign.desc(), Signature.id)
        )
    )


def signature(tx: Transaction, signature_id: int) -> Signature | None:
    return tx.session.scalar(sa.select(Signature).where(Signature.id == signature_id))


_ON_CURRENT_DRAFT = sa.and_(Draft.id == Signature.draft_id, Signoff.current_draft == Draft.number)


def asked_of(tx: Transaction, subject: Subject, person_id: int) -> Signature | None:
    """What one person is still asked about the current draft of something."""
    return tx.session.scalar(
        sa.select(Signature)
        .join(Draft, Draft.id == Signature.draft_id)
        .join(Signoff, Signoff.id == Draft.signoff_id)
        .where(
            _ON_CURRENT_DRAFT,
            Signoff.subject_kind == subject.kind,
            Signoff.subject_id == subject.id,
            Signature.person_id == person_id,
            Signature.state == SignatureState.ASKED,
        )
    )


def waiting_for(tx: Transaction, person_id: int) -> list[Signature]:
    """The signatures on current drafts that somebody is asked for, in their own right or as a stand-in."""
    return list(
        tx.session.scalars(
            sa.select(Signature)
            .join(Draft, Draft.id == Signature.draft_id)
            .join(Signoff, Signoff.id == Draft.signoff_id)
            .where(
                _ON_CURRENT_DRAFT,
                Signature.state == SignatureState.ASKED,
                Signature.must_sign,
                sa.or_(Signature.person_id == person_id, Signature.stand_in_id == person_id),
            )
            .order_by(Signature.asked_at, Signature.id)
        )
    )


def waiting_for_owners(tx: Transaction) -> list[Signature]:
    """Signatures of people outside Slack that are still missing, and amendments nobody has answered."""
    asked_id = sa.func.coalesce(Signature.stand_in_id, Signature.person_id)
    return list(
        tx.session.scalars(
            sa.select(Signature)
            .join(Draft, Draft.id == Signature.draft_id)
            .join(Signoff, Signoff.id == Draft.signoff_id)
            .join(Person, Person.id == asked_id)
            .where(
                _ON_CURRENT_DRAFT,
                sa.or_(
                    Signature.state == SignatureState.CHANGES_ASKED,
                    sa.and_(
                        Signature.state == SignatureState.ASKED,
                        Signature.must_sign,
                        sa.or_(Person.slack_user_id.is_(None), Person.left_at.is_not(None)),
                    ),
                ),
            )
            .order_by(Signature.asked_at)
        )
    )


def answer(
    tx: Transaction, signature: Signature, *, to: SignatureState, expected: SignatureState, **values: Any
) -> bool:
    """Moves a signature on if it is still in the state expected."""
    return changed(
        tx,
        sa.update(Signature)
        .where(Signature.id == signature.id, Signature.state == expected)
        .values(state=to, **values),
    )


def change(tx: Transaction, signature: Signature, **values: Any) -> bool:
    """Changes what goes with a signature, if it is still in the state that `signature` shows."""
    return changed(
        tx,
        sa.update(Signature).where(Signature.id == signature.id, Signature.state == signature.state).values(**values),
    )


def given_for(tx: Transaction, person_id: int, since: datetime) -> list[Signature]:
    """What others have answered in somebody's place since then."""
    return list(
        tx.session.scalars(
            sa.select(Signature)
            .where(Signature.person_id == person_id, Signature.given_by_id.is_not(None), Signature.answered_at >= since)
            .order_by(Signature.answered_at)
        )
    )


def must_sign(tx: Transaction, signoff: Signoff, signature: Signature, capacity: Capacity) -> None:
    """Makes somebody who was only copied one of those who must sign, on this draft and on those to come."""
    changed(tx, sa.update(Signature).where(Signature.id == signature.id).values(must_sign=True, capacity=capacity))
    changed(
        tx,
        sa.update(Signatory)
        .where(Signatory.signoff_id == signoff.id, Signatory.person_id == signature.person_id)
        .values(must_sign=True, capacity=capacity),
    )


def copy_only(tx: Transaction, signoff: Signoff, signature: Signature) -> None:
    """Makes somebody who had to sign one of those who are only copied, on this draft and on those to come."""
    changed(tx, sa.update(Signature).where(Signature.id == signature.id).values(must_sign=False))
    changed(
        tx,
        sa.update(Signatory)
        .where(Signatory.signoff_id == signoff.id, Signatory.person_id == signature.person_id)
        .values(must_sign=False),
    )


def void(tx: Transaction, draft_id: int) -> None:
    """Voids every signature on a draft, given or not."""
    changed(tx, sa.update(Signature).where(Signature.draft_id == draft_id).values(state=SignatureState.VOIDED))


def update(tx: Transaction, signoff: Signoff, **values: Any) -> None:
    changed(tx, sa.update(Signoff).where(Signoff.id == signoff.id).values(**values))
