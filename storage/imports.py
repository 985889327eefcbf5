"""Enquiries from before Comms Desk: staged where nobody sees them, then taken over in one short transaction.

Everything that takes long (writing the texts, indexing their words) is done in batches beforehand, each a transaction
of its own, so that the desk goes on meanwhile: SQLite has one writer, and a workspace in PostgreSQL one at a time. What
is left for the switch is to copy narrow rows. An import that was killed leaves rows which belong to no enquiry; the
next one sweeps them away.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storage import finds
from storage.database import Base, InWorkspace, Transaction, by_value, changed, within_workspace
from storage.enquiries import CameBy, Enquiry, EnquiryStatus, Outcome
from storage.workspaces import NumberSeries, next_numbers

AT_ONCE = 500

_APART = 1_000_000
"""SQLite gives the next id above the highest: those set aside for an import begin this far above, out of the way of
what is logged meanwhile."""


class Import(InWorkspace, Base):
    """One file that was read, or is being read while `finished_at` is None."""

    __tablename__ = "imports"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        within_workspace("by_id", table="people"),
    )

    sha256: Mapped[str]
    by_id: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    enquiries: Mapped[int] = mapped_column(default=0)
    first_number: Mapped[int | None]


class ImportRow(InWorkspace, Base):
    """An enquiry that waits for the switch. Afterwards it is one, and this row goes."""

    __tablename__ = "import_rows"
    __table_args__ = (
        within_workspace("import_id", table="imports"),
        within_workspace("topic_id", table="topics"),
        within_workspace("organisation_id", table="organisations"),
        within_workspace("owner_id", table="people"),
        sa.UniqueConstraint("workspace_id", "import_id", "position"),
    )

    import_id: Mapped[int]
    position: Mapped[int]
    """From 1, in the order in which the enquiries are numbered."""
    enquiry_id: Mapped[int]
    """The id that it will have."""
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
    outcome: Mapped[Outcome | None] = mapped_column(by_value(Outcome))
    outcome_detail: Mapped[str | None]
    closed_at: Mapped[datetime | None]


class ImportedEnquiry(InWorkspace, Base):
    """What an enquiry brought along: the answer that was given before there were statements to sign, if it was kept.

    `key` is the same for a row whenever it is read. `enquiry_id` has no foreign key, because it is there before the
    enquiry is.
    """

    __tablename__ = "imported_enquiries"
    __table_args__ = (
        within_workspace("import_id", table="imports"),
        sa.UniqueConstraint("workspace_id", "key"),
        sa.Index("ix_imported_enquiries_enquiry", "workspace_id", "enquiry_id"),
        sa.Index("ix_imported_enquiries_import", "workspace_id", "import_id"),
    )

    import_id: Mapped[int]
    line: Mapped[int]
    key: Mapped[str]
    enquiry_id: Mapped[int]
    answer: Mapped[str | None]


def begin(tx: Transaction, *, sha256: str, by_id: int, now: datetime) -> Import:
    started = Import(sha256=sha256, by_id=by_id, started_at=now, enquiries=0)
    tx.add(started)
    return started


def is_under_way(tx: Transaction, import_id: int) -> bool:
    """Whether it was begun and neither finished nor swept away by a later one."""
    found = tx.session.scalar(sa.select(Import.id).where(Import.id == import_id, Import.finished_at.is_(None)))
    return found is not None


def known_keys(tx: Transaction, keys: Collection[str]) -> set[str]:
    """Which of these rows are on file already. What an import has only staged does not count."""
    known: set[str] = set()
    ordered = list(keys)
    for start in range(0, len(ordered), AT_ONCE):
        known |= set(
            tx.session.scalars(
                sa.select(ImportedEnquiry.key)
                .join(Import, Import.id == ImportedEnquiry.import_id)
                .where(ImportedEnquiry.key.in_(ordered[start : start + AT_ONCE]), Import.finished_at.is_not(None))
            )
        )
    return known


def set_ids_aside(tx: Transaction, number: int) -> list[int]:
    """Ids that enquiries will have. Nothing that is logged meanwhile gets one of them."""
    connection = tx.session.connection()  # not through the session: of all workspaces
    if tx.session.get_bind().dialect.name == "postgresql":
        sequence = sa.func.pg_get_serial_sequence(Enquiry.__tablename__, "id")
        each = sa.func.generate_series(1, number).table_valued("n").render_derived()
        return list(connection.scalars(sa.select(sa.func.nextval(sequence)).select_from(each)))
    highest = connection.scalar(sa.select(sa.func.max(Enquiry.id))) or 0
    staged = connection.scalar(sa.select(sa.func.max(ImportedEnquiry.enquiry_id))) or 0
    first = max(highest, staged) + _APART
    return list(range(first, first + number))


def stage(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keeps rows for the switch: the columns of `ImportRow`, with `line`, `key` and `answer` beside them."""
    kept = ("import_id", "line", "key", "enquiry_id", "answer")
    beside = ("line", "key", "answer")
    ours = {"workspace_id": tx.workspace_id}
    tx.session.execute(sa.insert(ImportedEnquiry), [{name: row[name] for name in kept} | ours for row in rows])
    waiting = [{name: value for name, value in row.items() if name not in beside} | ours for row in rows]
    tx.session.execute(sa.insert(ImportRow), waiting)
    finds.index_ahead(
        tx,
        [
            (row["enquiry_id"], f"{row['question']} {row['outlet']} {row['journalist']}", row["answer"] or "")
            for row in rows
        ],
    )


_TAKEN_OVER = [
    "status",
    "journalist",
    "outlet",
    "email",
    "phone",
    "came_by",
    "received_at",
    "out_of_hours",
    "deadline",
    "question",
    "topic_id",
    "organisation_id",
    "owner_id",
    "outcome",
    "outcome_detail",
    "closed_at",
]


def switch(tx: Transaction, import_id: int, number: int, *, by_id: int, now: datetime) -> int:
    """Makes enquiries of all that was staged, and gives them their numbers, in the order of their positions.

    Gives the first number. Call it last: whatever else is written waits for this.
    """
    first = next_numbers(tx, NumberSeries.ENQUIRY, number)
    staged = sa.select(
        ImportRow.workspace_id,
        ImportRow.enquiry_id,
        ImportRow.position + (first - 1),
        *(getattr(ImportRow, name) for name in _TAKEN_OVER),
        sa.literal(by_id),
        sa.literal(now, type_=Enquiry.logged_at.type),
    ).where(ImportRow.workspace_id == tx.workspace_id, ImportRow.import_id == import_id)
    columns = ["workspace_id", "id", "number", *_TAKEN_OVER, "logged_by_id", "logged_at"]
    tx.session.execute(sa.insert(Enquiry).from_select(columns, staged.order_by(ImportRow.position)))
    changed(
        tx,
        sa.update(Import).where(Import.id == import_id).values(finished_at=now, enquiries=number, first_number=first),
    )
    return first


def left_behind(tx: Transaction) -> list[int]:
    """Imports that were broken off, and finished ones of which something staged is still there."""
    staged = sa.select(ImportRow.import_id).distinct()
    query = sa.select(Import.id).where(sa.or_(Import.finished_at.is_(None), Import.id.in_(staged)))
    return list(tx.session.scalars(query.order_by(Import.id)))


def sweep(tx: Transaction, import_id: int) -> bool:
    """Removes some of what an import left: its staged rows; all of it, if it was broken off. False: nothing is left."""
    rows = list(tx.session.scalars(sa.select(ImportRow.id).where(ImportRow.import_id == import_id).limit(AT_ONCE)))
    if rows:
        changed(tx, sa.delete(ImportRow).where(ImportRow.id.in_(rows)))
        return True
    if not is_under_way(tx, import_id):
        return False
    query = sa.select(ImportedEnquiry).where(ImportedEnquiry.import_id == import_id).limit(AT_ONCE)
    kept = list(tx.session.scalars(query))
    if kept:
        finds.forget_ahead(tx, [one.enquiry_id for one in kept])
        changed(tx, sa.delete(ImportedEnquiry).where(ImportedEnquiry.id.in_([one.id for one in kept])))
        return True
    changed(tx, sa.delete(Import).where(Import.id == import_id))
    return False


def taken_over(tx: Transaction, import_id: int, *, status: EnquiryStatus) -> list[Enquiry]:
    """The enquiries of a finished import that are in a state, by number."""
    return list(
        tx.session.scalars(
            sa.select(Enquiry)
            .join(ImportedEnquiry, ImportedEnquiry.enquiry_id == Enquiry.id)
            .where(ImportedEnquiry.import_id == import_id, Enquiry.status == status)
            .order_by(Enquiry.number)
        )
    )


def answers(tx: Transaction, enquiry_ids: Collection[int]) -> dict[int, ImportedEnquiry]:
    """The answers from before Comms Desk that are on file, by enquiry."""
    query = sa.select(ImportedEnquiry).where(
        ImportedEnquiry.enquiry_id.in_(enquiry_ids), ImportedEnquiry.answer.is_not(None)
    )
    return {one.enquiry_id: one for one in tx.session.scalars(query)}


def count_new(tx: Transaction) -> None:
    """Lets PostgreSQL count what is there now, so that it asks the right index. SQLite needs no telling."""
    if tx.session.get_bind().dialect.name == "postgresql":
        for table in (Enquiry.__tablename__, ImportedEnquiry.__tablename__, finds.INDEX):
            tx.session.connection().exec_driver_sql(f"ANALYZE {table}")
