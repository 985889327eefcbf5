"""Files that show how somebody's answer is known: what proves them, and not the files themselves."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from storage.database import Base, InWorkspace, Transaction, changed, within_workspace
from storage.people import Person
from storage.signoffs import Draft, Signature, Signoff
from storage.subjects import Subject


class EvidenceFile(InWorkspace, Base):
    """A file that a press officer attached to a reply they recorded. It stays in Slack; here is what proves it.

    `size` is in bytes and `sha256` 64 hexadecimal digits, both of what was read (before that, the size that Slack
    named, and None). `refused_because` is a sentence: the file counts for nothing.
    """

    __tablename__ = "evidence_files"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "signature_id", "slack_file_id"),
        within_workspace("signature_id", table="signatures"),
        within_workspace("added_by_id", table="people"),
    )

    signature_id: Mapped[int]
    slack_file_id: Mapped[str]
    name: Mapped[str]
    permalink: Mapped[str | None]
    size: Mapped[int]
    sha256: Mapped[str | None]
    refused_because: Mapped[str | None]
    added_by_id: Mapped[int]
    added_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    added_by: Mapped[Person] = relationship(lazy="joined", foreign_keys="EvidenceFile.added_by_id", viewonly=True)

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


def get(tx: Transaction, evidence_id: int) -> EvidenceFile | None:
    return tx.session.scalar(sa.select(EvidenceFile).where(EvidenceFile.id == evidence_id))


def of_signature(tx: Transaction, signature_id: int) -> list[EvidenceFile]:
    """What was attached, the oldest first; also what was refused."""
    return list(
        tx.session.scalars(
            sa.select(EvidenceFile).where(EvidenceFile.signature_id == signature_id).order_by(EvidenceFile.id)
        )
    )


def of_subjects(tx: Transaction, subjects: Collection[Subject]) -> list[EvidenceFile]:
    """All that was attached to signatures on some records."""
    about = sa.tuple_(Signoff.subject_kind, Signoff.subject_id).in_(list(subjects))
    return list(
        tx.session.scalars(
            sa.select(EvidenceFile)
            .join(Signature, Signature.id == EvidenceFile.signature_id)
            .join(Draft, Draft.id == Signature.draft_id)
            .join(Signoff, Signoff.id == Draft.signoff_id)
            .where(about)
        )
    )


def note(tx: Transaction, evidence_id: int, at: datetime, **found: object) -> bool:
    """Notes what was read, or why it counts for nothing. False: that was done before."""
    return changed(
        tx,
        sa.update(EvidenceFile)
        .where(EvidenceFile.id == evidence_id, EvidenceFile.read_at.is_(None))
        .values(read_at=at, **found),
    )


def rename(tx: Transaction, evidence_id: int, name: str) -> None:
    """Gives it another name. The link goes: Slack writes the old name into it."""
    changed(tx, sa.update(EvidenceFile).where(EvidenceFile.id == evidence_id).values(name=name, permalink=None))
