"""Erasing what is known of journalists, wherever it is kept, once its time is over."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage import outbox
from storage.audit import AuditEntry, AuditPersonal
from storage.database import Transaction, changed
from storage.enquiries import Enquiry, EnquiryStatus, Note
from storage.outbox import Posting, PostingKind, Urgency
from storage.statements import Dispatch, Statement
from storage.subjects import Subject

ERASED = "Erased"
"""What stands where a name or an address stood. The trigger on `dispatches` lets this word in, and no other."""


def expired(tx: Transaction, closed_before: datetime, *, limit: int) -> list[Enquiry]:
    """Enquiries closed before an instant, of whose journalists something is still kept; the oldest first."""
    return list(
        tx.session.scalars(
            sa.select(Enquiry)
            .where(
                Enquiry.status == EnquiryStatus.CLOSED, Enquiry.closed_at < closed_before, Enquiry.erased_at.is_(None)
            )
            .order_by(Enquiry.closed_at)
            .limit(limit)
        )
    )


def erase_enquiry(tx: Transaction, enquiry: Enquiry, at: datetime, **texts: str | None) -> bool:
    """Takes the journalist's name and addresses out, and sets `texts` anew. False: it was reopened meanwhile."""
    return changed(
        tx,
        sa.update(Enquiry)
        .where(Enquiry.id == enquiry.id, Enquiry.status == EnquiryStatus.CLOSED, Enquiry.erased_at.is_(None))
        .values(journalist=ERASED, email=None, phone=None, erased_at=at, **texts),
    )


def notes(tx: Transaction, enquiry_id: int) -> list[Note]:
    return list(tx.session.scalars(sa.select(Note).where(Note.enquiry_id == enquiry_id)))


def rewrite_note(tx: Transaction, note_id: int, text: str) -> None:
    changed(tx, sa.update(Note).where(Note.id == note_id).values(text=text))


def erase_dispatches(tx: Transaction, enquiry_id: int) -> None:
    """To whom the answers to an enquiry went is kept no longer; what went, how and when is kept for good."""
    changed(
        tx,
        sa.update(Dispatch).where(Dispatch.enquiry_id == enquiry_id, Dispatch.sent_to != ERASED).values(sent_to=ERASED),
    )


def erase_agreement(tx: Transaction, statement_id: int) -> None:
    """Who agreed that it is not on the record is kept no longer; that somebody did, and when, is."""
    changed(
        tx,
        sa.update(Statement)
        .where(Statement.id == statement_id, Statement.agreed_by.is_not(None))
        .values(agreed_by=ERASED),
    )


def rewrite_what_was_wrong(tx: Transaction, statement_id: int, text: str) -> None:
    changed(tx, sa.update(Statement).where(Statement.id == statement_id).values(what_was_wrong=text))


def sentences(tx: Transaction, subjects: Collection[Subject]) -> list[Posting]:
    """The sentences about some records: what was typed is quoted in them, and some name who said it."""
    about = sa.tuple_(Posting.subject_kind, Posting.subject_id).in_(list(subjects))
    kinds = (PostingKind.HISTORY, PostingKind.NOTICE)
    return list(tx.session.scalars(sa.select(Posting).where(about, Posting.kind.in_(kinds))))


def reword(tx: Transaction, posting: Posting, **words: str | None) -> None:
    """Changes what a sentence says or quotes, here and, by the way, in Slack."""
    detail: dict[str, Any] = {**posting.detail, **words}
    changed(tx, sa.update(Posting).where(Posting.id == posting.id).values(detail=detail))
    outbox.want_by_id(tx, posting.id, urgency=Urgency.BY_THE_WAY)


def redraw(tx: Transaction, subjects: Collection[Subject], kinds: Collection[PostingKind]) -> None:
    """Wants cards drawn anew, by the way."""
    about = sa.tuple_(Posting.subject_kind, Posting.subject_id).in_(list(subjects))
    outbox.want(tx, sa.and_(about, Posting.kind.in_(kinds)), urgency=Urgency.BY_THE_WAY)


def once_on_record(tx: Transaction, subject: Subject, names: Collection[str]) -> list[str]:
    """What stands behind the commitments of these names in entries about a record: what it said once, too."""
    return list(
        tx.session.scalars(
            sa.select(AuditPersonal.value)
            .join(AuditEntry, AuditEntry.id == AuditPersonal.entry_id)
            .where(
                AuditEntry.subject_kind == subject.kind.value,
                AuditEntry.subject_id == subject.id,
                AuditPersonal.name.in_(names),
                AuditPersonal.value.is_not(None),
            )
        )
    )


def erase_on_record(tx: Transaction, subjects: Collection[Subject]) -> None:
    """Forgets what stands behind the commitments in entries about some records. The chain stays whole."""
    about = sa.tuple_(AuditEntry.subject_kind, AuditEntry.subject_id).in_(
        [(subject.kind.value, subject.id) for subject in subjects]
    )
    entries = sa.select(AuditEntry.id).where(about)
    changed(
        tx,
        sa.update(AuditPersonal)
        .where(AuditPersonal.entry_id.in_(entries), AuditPersonal.value.is_not(None))
        .values(salt=None, value=None),
    )
