"""Enquiries as a table that leaves the desk: for a board paper, a request, or another program."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.core import outbox
from bot.core.documents import Document
from bot.core.errors import BadInput
from bot.core.features import Feature
from bot.core.permissions import Act, may
from bot.core.working_days import moment_of
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import spreadsheets
from bot.desk.enquiry_cards import OUTCOME_WORDS
from bot.desk.finds import said_on
from bot.desk.spreadsheets import Cell
from storage import enquiry_lists as lists
from storage import sensitive
from storage.enquiries import CameBy, Enquiry, EnquiryStatus
from storage.outbox import Posting, PostingKind
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


class Which(StrEnum):
    """Which enquiries somebody asks for in Slack."""

    OPEN = "open"
    YEAR = "year"
    ALL = "all"


@dataclass(frozen=True)
class Wanted:
    """Which enquiries: those received at `since` (UTC) or later, all or only what is not closed."""

    only_open: bool = False
    since: datetime | None = None


@dataclass(frozen=True)
class Exported:
    """The rows, without their header; times are naive, of the office's zone, as spreadsheets have them."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class ToSend:
    """An export as it goes out to whoever asked for it. `at` is when it was made (UTC)."""

    exported: Exported
    which: Which
    format_: Format
    day: str
    at: datetime


def offered(desk: Desk, caller: Caller) -> Mapping[Which, int]:
    """How many enquiries there are to export for this person."""
    with desk.looking(caller, Act.EXPORT_ENQUIRIES) as work:
        return {which: _count(work, _wanted(work, which)) for which in Which}


def send(desk: Desk, caller: Caller, which: Which, format_: Format, *, once: str) -> int:
    """Has the file made and sent to whoever asks, in their conversation with the desk. Says how many enquiries.

    What is kept is only what was asked for: the file is made when it goes out, and of what this person may see then.
    """
    with desk.acting(caller, Act.EXPORT_ENQUIRIES, once=once) as work:
        wanted = _wanted(work, which)
        with sensitive.shown_to(work.tx, work.person):
            number = _count(work, wanted)
        if not number:
            raise BadInput("There are no such enquiries. Choose another part.", field="which")
        subject = Subject(SubjectKind.EXPORT, work.person.id)
        detail = {"which": which.value, "format": format_.value}
        outbox.post(work, PostingKind.EXPORT, subject, person=work.person, detail=detail)
        work.record(
            Act.EXPORT_ENQUIRIES,
            Subject(SubjectKind.PERSON, work.person.id),
            enquiries=number,
            only_open=wanted.only_open,
            since=wanted.since.isoformat() if wanted.since else None,
            format=format_.value,
            to="slack",
        )
        return number


def _wanted(work: Work, which: Which) -> Wanted:
    if which is Which.YEAR:
        new_year = work.hours.local_day(work.now).replace(month=1, day=1)
        return Wanted(since=moment_of(new_year, time(), work.hours.zone))
    return Wanted(only_open=which is Which.OPEN)


def _count(work: Work, wanted: Wanted) -> int:
    return lists.count(work.tx, only_open=wanted.only_open, since=wanted.since)


def _load(work: Work, posting: Posting) -> ToSend | None:
    """None, if whoever asked may not have it any more."""
    person = posting.person
    if person is None or not person.on_slack or not may(Act.EXPORT_ENQUIRIES, frozenset(person.roles)):
        return None
    which = Which(posting.detail["which"])
    found = Exported(tuple(rows(work, _wanted(work, which))))
    day = f"{work.hours.local_day(work.now):%Y-%m-%d}"
    return ToSend(found, which, Format(posting.detail["format"]), day, work.now)


def _make(shown: ToSend) -> Document:
    return Document(
        name=f"enquiries-{shown.which}-{shown.day}.{shown.format_}",
        title=f"Enquiries, {shown.which}, {shown.day}",
        content=as_file(shown.exported, shown.format_),
        facts={"enquiries": len(shown.exported.rows), "which": shown.which.value},
    )


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
    after, zone = 0, work.hours.zone
    while some := lists.after(work.tx, after=after, only_open=wanted.only_open, since=wanted.since, limit=AT_ONCE):
        said = said_on(work.tx, [enquiry.id for enquiry in some])
        for enquiry in some:
            sent = sorted(said[enquiry.id], key=lambda one: (one.at, one.id))
            words = "\n\n".join(one.marked for one in sent)
            yield (*_facts(zone, enquiry), words or None, _local(zone, sent[-1].at if sent else None))
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


def _facts(zone: ZoneInfo, enquiry: Enquiry) -> tuple[Cell, ...]:
    return (
        enquiry.reference,
        _local(zone, enquiry.received_at),
        enquiry.journalist,
        enquiry.outlet,
        enquiry.email,
        enquiry.phone,
        _CAME_BY_WORDS[enquiry.came_by],
        _local(zone, enquiry.deadline),
        enquiry.question,
        enquiry.topic.name if enquiry.topic else None,
        enquiry.organisation.name if enquiry.organisation else None,
        enquiry.owner.name if enquiry.owner else None,
        _STATUS_WORDS[enquiry.status],
        OUTCOME_WORDS[enquiry.outcome] if enquiry.outcome else None,
        enquiry.outcome_detail,
        _local(zone, enquiry.closed_at),
    )


def _local(zone: ZoneInfo, at: datetime | None) -> datetime | None:
    return at.astimezone(zone).replace(tzinfo=None) if at else None


FEATURE = Feature(kind=SubjectKind.EXPORT, loaders={PostingKind.EXPORT: _load}, makers={PostingKind.EXPORT: _make})
