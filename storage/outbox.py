"""What is to be said to Slack, each thing once: cards that are kept up to date, and messages that stay as they are.

Both are postings. A posting has been said when `sent` has reached `wanted`; a card's `wanted` grows with each change.
Instants named `…_real` are of the real clock, whatever the desk's clock shows: a lease is about processes, not people.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import (
    Base,
    InWorkspace,
    Overview,
    Transaction,
    by_value,
    changed,
    within_workspace,
)
from storage.people import Person
from storage.subjects import Subject, SubjectKind


class PostingKind(StrEnum):
    """What is said; each has one loader in the desk and one renderer in the views."""

    ENQUIRY_CARD = "enquiry_card"
    STATEMENT_CARD = "statement_card"
    SIGN_REQUEST = "sign_request"
    READY_TO_ISSUE = "ready_to_issue"
    REFERRAL = "referral"
    HISTORY = "history"
    REMINDER = "reminder"
    NOTICE = "notice"
    DIGEST = "digest"
    HOME = "home"
    PROFILE = "profile"
    EXPORT = "export"
    EVIDENCE = "evidence"
    FACTS_REQUEST = "facts_request"
    FACTS_CARD = "facts_card"
    BULLETIN_REQUEST = "bulletin_request"
    BULLETIN_CARD = "bulletin_card"
    BULLETIN_FILE = "bulletin_file"
    REPORT_CARD = "report_card"
    REPORT_ROWS = "report_rows"
    REPORT_FILE = "report_file"
    CASCADE_REQUEST = "cascade_request"
    CASCADE_TO_CARRY = "cascade_to_carry"
    CASCADE_CARD = "cascade_card"
    CASCADE_FILE = "cascade_file"
    BRIEFING_CARD = "briefing_card"
    BRIEFING = "briefing"
    BRIEFING_BY_HAND = "briefing_by_hand"
    PAPER_FILE = "paper_file"
    PAPER_RULING = "paper_ruling"


MESSAGE_DELETED = "message_not_found"
"""Why a card could not be changed, in Slack's word: somebody deleted it."""


class Urgency(StrEnum):
    """Whoever pressed a button is waiting; nobody waits for what a tick made. Sorted by value."""

    WAITED_FOR = "1_waited_for"
    BY_THE_WAY = "2_by_the_way"


class Posting(InWorkspace, Base):
    """One thing in one place: in a channel, in a thread below another posting, or with one person."""

    __tablename__ = "postings"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "dedupe_key"),
        sa.UniqueConstraint("token"),
        within_workspace("person_id", table="people"),
        within_workspace("thread_of_id", table="postings"),
        within_workspace("signature_id", table="signatures"),
        within_workspace("wanted_by_id", table="people"),
        sa.CheckConstraint("(channel_id IS NULL) <> (person_id IS NULL)", name="one_place"),
        sa.Index("ix_postings_subject", "workspace_id", "subject_kind", "subject_id"),
        sa.Index("ix_postings_redraw", "redraw_at"),
        sa.Index(
            "ix_postings_unsent",
            "urgency",
            "id",
            sqlite_where=sa.text("sent < wanted"),
            postgresql_where=sa.text("sent < wanted"),
        ),
        sa.Index("ix_postings_thread", "thread_of_id"),
        sa.Index("ix_postings_channel", "channel_id", "id"),
        sa.Index("ix_postings_person", "person_id", "kind"),
        sa.Index("ix_postings_kind", "workspace_id", "kind", "id"),
    )

    kind: Mapped[PostingKind] = mapped_column(by_value(PostingKind))
    urgency: Mapped[Urgency] = mapped_column(by_value(Urgency))
    subject_kind: Mapped[SubjectKind] = mapped_column(by_value(SubjectKind))
    subject_id: Mapped[int]
    signature_id: Mapped[int | None]
    """The signature that a request to sign asks for, and with it the draft and the hash of its text."""
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    dedupe_key: Mapped[str | None]

    channel_id: Mapped[str | None]
    person_id: Mapped[int | None]
    thread_of_id: Mapped[int | None]

    wanted: Mapped[int] = mapped_column(default=1)
    sent: Mapped[int] = mapped_column(default=0)
    posted_in: Mapped[str | None]
    ts: Mapped[str | None]
    redraw_at: Mapped[datetime | None]

    wanted_by_id: Mapped[int | None]
    """Whose act it came of: they hear of it if it cannot be said. None: the desk's own."""

    file_id: Mapped[str | None]
    """Slack's id of the file that this is, or of the last one that was begun for it."""
    token: Mapped[str]
    """Opaque; goes out in the message's metadata, so that a post whose reply was lost can be found again."""
    attempting: Mapped[int | None]
    """The version of a first post that was begun and whose end is not known."""
    attempts: Mapped[int] = mapped_column(default=0)
    first_tried_real: Mapped[datetime | None]
    claim: Mapped[str | None]
    claimed_until_real: Mapped[datetime | None]
    retry_at_real: Mapped[datetime | None]
    failed_because: Mapped[str | None]
    cancelled_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]
    """When it was wanted that it be deleted where it stands; `cancelled_at` follows when it is."""
    taken_back_by_id: Mapped[int | None]
    created_at: Mapped[datetime]

    person: Mapped[Person | None] = relationship(lazy="joined", foreign_keys="Posting.person_id", viewonly=True)
    thread_of: Mapped["Posting | None"] = relationship(
        lazy="joined", join_depth=1, foreign_keys="Posting.thread_of_id", remote_side="Posting.id", viewonly=True
    )

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)


TO_READ = (PostingKind.EVIDENCE, PostingKind.PAPER_FILE)
"""A file that somebody gave, to be read as soon as Slack gives it out."""

NOT_MESSAGES = (PostingKind.HOME, PostingKind.PROFILE, *TO_READ)
"""What is shown in place of the one before, or only asked for or read: it has no place in a conversation."""

FILES = (PostingKind.EXPORT, PostingKind.REPORT_FILE, PostingKind.CASCADE_FILE, PostingKind.BULLETIN_FILE)
"""What is posted as a file, once. Making it may take a while: other messages do not wait for it."""

IS_MESSAGE = Posting.kind.not_in(NOT_MESSAGES)
LIVE = sa.and_(Posting.cancelled_at.is_(None), Posting.failed_because.is_(None))
UNSENT = Posting.sent < Posting.wanted


def get(tx: Transaction, posting_id: int) -> Posting | None:
    return tx.session.scalar(sa.select(Posting).where(Posting.id == posting_id))


def add(tx: Transaction, posting: Posting) -> Posting:
    """Stores what is to be said. With a `dedupe_key` that is taken, nothing is stored, and the first one given back."""
    if posting.dedupe_key is not None:
        first = tx.session.scalar(sa.select(Posting).where(Posting.dedupe_key == posting.dedupe_key))
        if first is not None:
            return first
    tx.add(posting)
    return posting


def add_several(tx: Transaction, postings: Collection[Posting]) -> None:
    """Adds postings that nothing like was ever said of: their dedupe keys are new."""
    tx.add(*postings)


def of(tx: Transaction, subject: Subject, *kinds: PostingKind, person_id: int | None = None) -> list[Posting]:
    query = sa.select(Posting).where(
        Posting.subject_kind == subject.kind,
        Posting.subject_id == subject.id,
        Posting.cancelled_at.is_(None),
        Posting.taken_back_at.is_(None),
    )
    if kinds:
        query = query.where(Posting.kind.in_(kinds))
    if person_id is not None:
        query = query.where(Posting.person_id == person_id)
    return list(tx.session.scalars(query.order_by(Posting.id)))


def newest_to(tx: Transaction, subject: Subject, kind: PostingKind, person_id: int, *, limit: int) -> list[Posting]:
    """What was said to one person last about something, the newest first."""
    return list(
        tx.session.scalars(
            sa.select(Posting)
            .where(
                Posting.person_id == person_id,
                Posting.kind == kind,
                Posting.subject_kind == subject.kind,
                Posting.subject_id == subject.id,
            )
            .order_by(Posting.id.desc())
            .limit(limit)
        )
    )


def at(tx: Transaction, channel_id: str, ts: str) -> Posting | None:
    """What was posted there and then."""
    return tx.session.scalar(sa.select(Posting).where(Posting.posted_in == channel_id, Posting.ts == ts))


def keys_in_use(tx: Transaction, keys: Collection[str]) -> set[str]:
    """Of these dedupe keys, those that something was said with already."""
    found = tx.session.scalars(sa.select(Posting.dedupe_key).where(Posting.dedupe_key.in_(keys)))
    return {key for key in found if key is not None}


def newest(tx: Transaction, kind: PostingKind, *, limit: int) -> list[Posting]:
    return list(
        tx.session.scalars(
            sa.select(Posting)
            .where(Posting.kind == kind, Posting.cancelled_at.is_(None))
            .order_by(Posting.id.desc())
            .limit(limit)
        )
    )


def want(tx: Transaction, postings: sa.ColumnElement[bool], *, urgency: Urgency = Urgency.WAITED_FOR) -> None:
    """Wants one more version of the postings that meet a condition.

    What is no message is tried anew with each version, even if Slack refused the one before: nobody was told of that.
    """
    changed(
        tx,
        sa.update(Posting)
        .where(postings, Posting.cancelled_at.is_(None))
        .values(
            wanted=Posting.wanted + 1,
            urgency=urgency,
            failed_because=sa.case((IS_MESSAGE, Posting.failed_because), else_=None),
        ),
    )


def want_of(tx: Transaction, subject: Subject, *kinds: PostingKind) -> None:
    """Wants the living cards of a subject drawn anew."""
    want(
        tx,
        sa.and_(Posting.subject_kind == subject.kind, Posting.subject_id == subject.id, Posting.kind.in_(kinds)),
    )


def want_of_several(tx: Transaction, kind: SubjectKind, subject_ids: Collection[int], *kinds: PostingKind) -> None:
    """The same for several subjects of one kind."""
    of_one_of_them = sa.and_(Posting.subject_kind == kind, Posting.subject_id.in_(subject_ids))
    want(tx, sa.and_(of_one_of_them, Posting.kind.in_(kinds)))


def want_of_signatures(tx: Transaction, signature_ids: Collection[int]) -> None:
    want(tx, Posting.signature_id.in_(signature_ids))


def want_home(tx: Transaction, people: Collection[int]) -> None:
    want(tx, sa.and_(Posting.kind == PostingKind.HOME, Posting.person_id.in_(people)))


def want_by_id(tx: Transaction, posting_id: int, *, urgency: Urgency = Urgency.WAITED_FOR) -> None:
    want(tx, Posting.id == posting_id, urgency=urgency)


def want_by_ids(tx: Transaction, ids: Collection[int]) -> None:
    want(tx, Posting.id.in_(ids))


def cancel_unsent_requests(tx: Transaction, signature_ids: Collection[int], now: datetime) -> None:
    """Takes back requests to sign that have not gone out: the draft they carry no longer counts."""
    changed(
        tx,
        sa.update(Posting)
        .where(
            Posting.kind == PostingKind.SIGN_REQUEST,
            Posting.signature_id.in_(signature_ids),
            Posting.ts.is_(None),
            Posting.attempting.is_(None),
        )
        .values(cancelled_at=now),
    )


def take_back(tx: Transaction, ids: Collection[int], now: datetime, *, by: int | None) -> None:
    """Wants postings deleted, with all that stands below them. What has not gone out is only cancelled."""
    which = sa.or_(Posting.id.in_(ids), Posting.thread_of_id.in_(ids))
    never_sent = sa.and_(which, Posting.ts.is_(None), Posting.attempting.is_(None), Posting.sent == 0)
    changed(tx, sa.update(Posting).where(never_sent, Posting.cancelled_at.is_(None)).values(cancelled_at=now))
    changed(
        tx,
        sa.update(Posting)
        .where(which, Posting.cancelled_at.is_(None))
        .values(
            taken_back_at=now,
            taken_back_by_id=by,
            wanted=Posting.wanted + 1,
            urgency=Urgency.WAITED_FOR,
            failed_because=None,
            retry_at_real=None,
        ),
    )


def want_redraws(view: Overview, now: datetime) -> int:
    """Wants the cards whose time band has changed. Says how many."""
    result = view.session.execute(
        sa.update(Posting)
        .where(Posting.redraw_at <= now, LIVE)
        .values(
            wanted=Posting.wanted + 1,
            redraw_at=None,
            # somebody may be waiting for an earlier version
            urgency=sa.case((UNSENT, Posting.urgency), else_=Urgency.BY_THE_WAY),
        ),
        execution_options={"synchronize_session": False},
    )
    return int(result.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result is a CursorResult


def cancel_below(tx: Transaction, card: Posting, now: datetime) -> None:
    """Takes a card back with everything below it: it is put up again elsewhere."""
    changed(
        tx,
        sa.update(Posting)
        .where(sa.or_(Posting.id == card.id, Posting.thread_of_id == card.id))
        .values(cancelled_at=now),
    )
