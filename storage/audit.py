"""The record of what happened: append-only, each row hashing the one before it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, InWorkspace, Overview, Transaction, insert_once, next_id, within_workspace
from storage.signoffs import Draft, Signoff
from storage.workspaces import Workspace

BEGINNING = "0" * 64
AT_ONCE = 1000
"""Rows read at a time: a chain of any length is read in the same memory."""


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
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=repr)


def commitment(salt: str, value: str) -> str:
    return _sha256(f"{salt}\n{value}")


HASHED = (
    "id",
    "workspace_id",
    "position",
    "at",
    "actor_id",
    "act",
    "subject_kind",
    "subject_id",
    "details",
    "previous_hash",
)
"""Every column of an entry but its hash."""


def chained_hash(entry: Mapping[str, Any]) -> str:
    """The hash of everything an entry says, the one before it included. `at` is text, as `instant` writes it."""
    return _sha256(canonical([entry[name] for name in HASHED]))


def instant(at: datetime) -> str:
    """An instant as it is hashed: UTC, to the microsecond, character by character as SQLite keeps it."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def record(tx: Transaction, entry: NewEntry) -> None:
    """Appends an entry when the transaction commits: last of all, since every writer waits for the head's lock."""
    tx.before_commit.append(lambda: _append(tx, entry))


def _append(tx: Transaction, new: NewEntry) -> None:
    head = _lock_head(tx)
    salts = {name: token_hex(16) for name in new.personal}
    commitments = {name: commitment(salts[name], value) for name, value in new.personal.items()}
    values: dict[str, Any] = {
        "id": next_id(tx, AuditEntry),
        "workspace_id": tx.workspace_id,
        "position": head.position + 1,
        "actor_id": new.actor_id,
        "act": new.act,
        "subject_kind": new.subject_kind,
        "subject_id": new.subject_id,
        "details": canonical(new.details | ({"committed": commitments} if commitments else {})),
        "previous_hash": head.hash,
    }
    entry = AuditEntry(**values, at=new.at, hash=chained_hash({**values, "at": instant(new.at)}))
    tx.add(entry)
    tx.add(
        *(
            AuditPersonal(entry_id=entry.id, name=name, salt=salts[name], value=value)
            for name, value in new.personal.items()
        )
    )
    head.position, head.hash = entry.position, entry.hash
    tx.session.flush()


def _lock_head(tx: Transaction) -> AuditHead:
    held = sa.select(AuditHead).with_for_update()
    found = tx.session.scalar(held)
    if found is None:
        insert_once(tx, AuditHead, position=0, hash=BEGINNING)
        found = tx.session.scalars(held).one()
    return found


def head(tx: Transaction) -> tuple[int, str] | None:
    """The position and hash of the newest entry; None where nothing was recorded yet."""
    found = tx.session.scalar(sa.select(AuditHead))
    return (found.position, found.hash) if found else None


class OnRecord(NamedTuple):
    """What an entry says of a draft: which one of which subject it is about, and the hash of its text."""

    subject_kind: str
    subject_id: int
    number: int
    sha256: str


def told(details: object) -> dict[str, Any]:
    """The details of an entry; nothing, if they cannot be read."""
    try:
        found = json.loads(details) if isinstance(details, str) else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def draft_told_of(entry: Mapping[str, Any]) -> OnRecord | None:
    """The draft that an entry names, if it names one."""
    details = told(entry["details"])
    if not {"draft", "sha256"} <= details.keys():
        return None
    return OnRecord(entry["subject_kind"], entry["subject_id"], details["draft"], details["sha256"])


def _as_it_is(column: Any) -> sa.ColumnElement[Any]:
    """What the driver gives, with no type of ours in between: somebody may have put anything there."""
    return sa.type_coerce(column, sa.types.NullType())


def entries(tx: Transaction) -> Iterator[Sequence[Mapping[str, Any]]]:
    """The whole chain in order, some rows at a time, each exactly as the database holds it."""
    columns = [_as_it_is(getattr(AuditEntry, name)).label(name) for name in (*HASHED, "hash")]
    query = sa.select(*columns).select_from(AuditEntry).order_by(AuditEntry.position, AuditEntry.id)
    rows = tx.session.execute(query, execution_options={"yield_per": AT_ONCE}).mappings()
    for some in rows.partitions():
        yield [{**row, "at": instant(row["at"]) if isinstance(row["at"], datetime) else row["at"]} for row in some]


def personal_of(tx: Transaction, entry_ids: Collection[int]) -> dict[int, list[AuditPersonal]]:
    """The personal data kept for some entries."""
    found: dict[int, list[AuditPersonal]] = defaultdict(list)
    for kept in tx.session.scalars(sa.select(AuditPersonal).where(AuditPersonal.entry_id.in_(entry_ids))):
        found[kept.entry_id].append(kept)
    return found


def count_loose_personal(tx: Transaction) -> int:
    """How much personal data belongs to no entry."""
    loose = (
        sa.select(sa.func.count())
        .select_from(AuditPersonal)
        .outerjoin(AuditEntry, AuditEntry.id == AuditPersonal.entry_id)
        .where(AuditEntry.id.is_(None))
    )
    return tx.session.scalar(loose) or 0


_KIND = _as_it_is(Signoff.subject_kind)


def drafts_of(tx: Transaction, named: Collection[OnRecord]) -> dict[OnRecord, int]:
    """The ids of the drafts of some subjects, by what an entry that names them should say."""
    subjects = sorted({(one.subject_kind, one.subject_id) for one in named})
    query = (
        sa.select(_KIND, Signoff.subject_id, Draft.number, Draft.sha256, Draft.id)
        .select_from(Draft)
        .join(Signoff, Signoff.id == Draft.signoff_id)
        .where(sa.tuple_(_KIND, Signoff.subject_id).in_(subjects))
    )
    return {OnRecord(*row[:4]): row[4] for row in tx.session.execute(query)}


def drafts(tx: Transaction) -> Iterator[tuple[int, str, str]]:
    """The id, text and hash of every draft."""
    query = sa.select(Draft.id, Draft.text, Draft.sha256).order_by(Draft.id)
    for row in tx.session.execute(query, execution_options={"yield_per": AT_ONCE}):
        yield row[0], row[1], row[2]


def text_as_written(text: object) -> str:
    """The hash of a text byte by byte, with no regard to what would read the same."""
    return _sha256(text) if isinstance(text, str) else ""


@contextmanager
def every_byte(tx: Transaction) -> Iterator[None]:
    """SQLite will not read a text that is no UTF-8. Who looks for changed bytes has to see them all the same."""
    driver: Any = tx.session.connection().connection.driver_connection
    if tx.session.get_bind().dialect.name != "sqlite":
        yield
        return
    before, driver.text_factory = driver.text_factory, lambda stored: stored.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = before


def workspaces(view: Overview) -> list[int]:
    """Every workspace that there is, or of which anything is on the record."""
    known = sa.union(
        sa.select(Workspace.id), sa.select(AuditHead.workspace_id), sa.select(AuditEntry.workspace_id).distinct()
    )
    return sorted(view.session.scalars(known))
