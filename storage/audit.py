"""The record of what happened: append-only, each row hashing the one before it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, InWorkspace, Overview, Transaction, insert_once, within_workspace

BEGINNING = "0" * 64


class AuditEntry(InWorkspace, Base):
    """One thing that happened. A database trigger refuses to change or delete it."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        sa.UniqueConstraint("workspace_id", "position"),
        sa.UniqueConstraint("workspace_id", "previous_hash"),
        sa.Index("ix_audit_entries_subject", "workspace_id", "subject_kind", "subject_id"),
    )

    position: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    act: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int | None]
    details: Mapped[str]
    """Canonical JSON. Personal data stands in it only as commitments."""
    previous_hash: Mapped[str]
    hash: Mapped[str]


class AuditPersonal(InWorkspace, Base):
    """The personal data behind a commitment. Erasing `salt` and `value` leaves the chain whole."""

    __tablename__ = "audit_personal"
    __table_args__ = (within_workspace("entry_id", table="audit_entries"),)

    entry_id: Mapped[int]
    name: Mapped[str]
    salt: Mapped[str | None]
    value: Mapped[str | None]


class AuditHead(InWorkspace, Base):
    """Where a workspace's chain ends. Its row is the lock under which entries are appended."""

    __tablename__ = "audit_heads"
    __table_args__ = (sa.UniqueConstraint("workspace_id"),)

    position: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(default=BEGINNING)


@dataclass(frozen=True)
class NewEntry:
    """What is to be recorded. `details` are plain JSON values; `personal` goes in as salted commitments."""

    at: datetime
    actor_id: int | None
    act: str
    subject_kind: str
    subject_id: int | None
    details: dict[str, Any] = field(default_factory=dict)
    personal: dict[str, str] = field(default_factory=dict)


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def commitment(salt: str, value: str) -> str:
    return hashlib.sha256(f"{salt}\n{value}".encode()).hexdigest()


def chained_hash(entry: AuditEntry) -> str:
    """The hash of everything an entry says, the one before it included."""
    said = [
        entry.workspace_id,
        entry.position,
        entry.at.isoformat(),
        entry.actor_id,
        entry.act,
        entry.subject_kind,
        entry.subject_id,
        entry.details,
        entry.previous_hash,
    ]
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def record(tx: Transaction, entry: NewEntry) -> None:
    """Appends an entry when the transaction commits: last of all, since every writer waits for the head's lock."""
    tx.before_commit.append(lambda: _append(tx, entry))


def _append(tx: Transaction, new: NewEntry) -> None:
    insert_once(tx, AuditHead, position=0, hash=BEGINNING)
    head = tx.session.scalars(sa.select(AuditHead).with_for_update()).one()
    salts = {name: token_hex(16) for name in new.personal}
    commitments = {name: commitment(salts[name], value) for name, value in new.personal.items()}
    entry = AuditEntry(
        position=head.position + 1,
        at=new.at,
        actor_id=new.actor_id,
        act=new.act,
        subject_kind=new.subject_kind,
        subject_id=new.subject_id,
        details=canonical(new.details | ({"committed": commitments} if commitments else {})),
        previous_hash=head.hash,
    )
    entry.workspace_id = tx.workspace_id
    entry.hash = chained_hash(entry)
    tx.add(entry)
    tx.add(
        *(
            AuditPersonal(entry_id=entry.id, name=name, salt=salts[name], value=value)
            for name, value in new.personal.items()
        )
    )
    head.position, head.hash = entry.position, entry.hash
    tx.session.flush()


def head(tx: Transaction) -> tuple[int, str]:
    """The position and hash of the newest entry."""
    found = tx.session.scalar(sa.select(AuditHead))
    return (found.position, found.hash) if found else (0, BEGINNING)


def entries(tx: Transaction) -> Iterator[AuditEntry]:
    """The whole chain in order, a thousand rows at a time."""
    yield from tx.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.position).execution_options(yield_per=1000))


def personal(tx: Transaction) -> Iterator[tuple[AuditPersonal, AuditEntry]]:
    query = (
        sa.select(AuditPersonal, AuditEntry)
        .join(AuditEntry, AuditEntry.id == AuditPersonal.entry_id)
        .where(AuditPersonal.value.is_not(None))
        .execution_options(yield_per=1000)
    )
    for row in tx.session.execute(query):
        yield row[0], row[1]


def committed(entry: AuditEntry) -> dict[str, str]:
    """The commitments an entry carries, by the name of what was committed to."""
    found = json.loads(entry.details).get("committed", {})
    return {str(name): str(value) for name, value in found.items()}


def of(tx: Transaction, subject_kind: str, subject_id: int) -> list[AuditEntry]:
    return list(
        tx.session.scalars(
            sa.select(AuditEntry)
            .where(AuditEntry.subject_kind == subject_kind, AuditEntry.subject_id == subject_id)
            .order_by(AuditEntry.position)
        )
    )


def workspaces(view: Overview) -> list[int]:
    return list(view.session.scalars(sa.select(AuditHead.workspace_id).order_by(AuditHead.workspace_id)))
