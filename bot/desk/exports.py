"""Enquiries as a table that leaves the desk: for a board paper, a request, or another program."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import spreadsheets
from bot.desk.enquiry_cards import OUTCOME_WORDS
from bot.desk.finds import said_on
from bot.desk.spreadsheets import Cell
from storage import enquiry_lists as lists
from storage import sensitive
from storage.enquiries import CameBy, Enquiry, EnquiryStatus
from storage.subjects import Subject, SubjectKind

AT_ONCE = 500

HEADER: Final = (
    "Reference",
    "Received",
    "Journalist",
    "Outlet",
    "E-mail",
    "Phone",
    "How it came",
    "Deadline",
    "Question",
    "Topic",
    "Organisation",
    "Owner",
    "Status",
    "Outcome",
    "Outcome details",
    "Closed",
    "What was sent",
    "Sent",
)

_STATUS_WORDS: dict[EnquiryStatus, str] = {
    EnquiryStatus.AWAITING_EMAIL: "Waiting for the e-mail",
    EnquiryStatus.OPEN: "Open",
    EnquiryStatus.CLOSED: "Closed",
}
_CAME_BY_WORDS: dict[CameBy, str] = {
    CameBy.EMAIL: "E-mail",
    CameBy.PHONE: "Phone",
    CameBy.SOCIAL: "Social media",
    CameBy.IN_PERSON: "In person",
}


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Wanted:
    """Which enquiries: those received at `since` (UTC) or later, all or only what is not closed."""

    only_open: bool = False
    since: datetime | None = None


@dataclass(frozen=True)
class Exported:
    """The rows, without their header; times are naive, of the office's zone, as spreadsheets have them."""

    rows: tuple[tuple[Cell, ...], ...]


def export(desk: Desk, caller: Caller, wanted: Wanted, *, once: str | None = None) -> Exported:
    """All that the person may see and wants, oldest first. That it left the desk goes on the record."""
    with desk.acting(caller, Act.EXPORT_ENQUIRIES, once=once) as work:
        with sensitive.shown_to(work.tx, work.person):
            found = Exported(tuple(rows(work, wanted)))
        work.record(
            Act.EXPORT_ENQUIRIES,
            Subject(SubjectKind.PERSON, work.person.id),
            enquiries=len(found.rows),
            only_open=wanted.only_open,
            since=wanted.since.isoformat() if wanted.since else None,
        )
        return found


def rows(work: Work, wanted: Wanted) -> Iterator[tuple[Cell, ...]]:
    after = 0
    while some := lists.after(work.tx, after=after, only_open=wanted.only_open, since=wanted.since, limit=AT_ONCE):
        said = said_on(work.tx, [enquiry.id for enquiry in some])
        for enquiry in some:
            sent = sorted(said[enquiry.id], key=lambda one: (one.at, one.id))
            words = "\n\n".join(one.marked for one in sent)
            yield (*_facts(work, enquiry), words or None, _local(work, sent[-1].at if sent else None))
        after = some[-1].number


def as_file(exported: Exported, format_: Format) -> bytes:
    """The whole file."""
    if format_ is Format.CSV:
        return b"".join(spreadsheets.as_csv(HEADER, exported.rows))
    file = io.BytesIO()
    spreadsheets.write_xlsx(file, "Enquiries", HEADER, exported.rows)
    return file.getvalue()


def bad_rows(header: Sequence[str], found: Iterable[tuple[int, str, Sequence[Cell]]]) -> bytes:
    """The rows that could not be imported, as they were, with their lines and reasons before them."""
    lines = ((line, reason, *cells) for line, reason, cells in found)
    return b"".join(spreadsheets.as_csv(("Line", "Why not", *header), lines))


def _facts(work: Work, enquiry: Enquiry) -> tuple[Cell, ...]:
    return (
        enquiry.reference,
        _local(work, enquiry.received_at),
        enquiry.journalist,
        enquiry.outlet,
        enquiry.email,
        enquiry.phone,
        _CAME_BY_WORDS[enquiry.came_by],
        _local(work, enquiry.deadline),
        enquiry.question,
        enquiry.topic.name if enquiry.topic else None,
        enquiry.organisation.name if enquiry.organisation else None,
        enquiry.owner.name if enquiry.owner else None,
        _STATUS_WORDS[enquiry.status],
        OUTCOME_WORDS[enquiry.outcome] if enquiry.outcome else None,
        enquiry.outcome_detail,
        _local(work, enquiry.closed_at),
    )


def _local(work: Work, at: datetime | None) -> datetime | None:
    return at.astimezone(work.hours.zone).replace(tzinfo=None) if at else None
