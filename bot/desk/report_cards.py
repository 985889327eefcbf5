"""Reports as people see them: the owner's card, the rows that are somebody's, and the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core import deadlines, deputies
from bot.core.deadlines import Band
from bot.core.permissions import Act, Relation, may
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import report_steps
from bot.desk.report_steps import TRANSITIONS, Line, row_subject, subject_of
from storage import obligations as obligation_records
from storage import people, reports, sensitive
from storage.database import Transaction
from storage.obligations import Duty
from storage.outbox import Posting
from storage.people import Person, Role
from storage.reports import Report, ReportEntry, ReportStatus, ReportVersion, RowKind, RowState

PAGE = 10


@dataclass(frozen=True)
class ReportCard:
    """A report as one reader sees it: its owner, or whoever may look. Instants are UTC."""

    report: Report
    lines: tuple[Line, ...]
    versions: tuple[ReportVersion, ...]
    reader: Person
    band: Band
    acts: frozenset[Act]
    """What the reader may do with the report as it stands."""
    own_rows: frozenset[int]
    """The rows that the reader completes."""
    redraw_at: datetime | None = None

    @property
    def blank(self) -> tuple[Line, ...]:
        return report_steps.blank(self.lines)

    @property
    def is_signed(self) -> bool:
        return report_steps.is_signed(self.lines)


@dataclass(frozen=True)
class RowsCard:
    """The rows of one report that are one person's, as that person sees them, or the owner who brings them to them.

    `email` is the text to send, where the reader is the owner. Instants are UTC.
    """

    report: Report
    whose: Person
    lines: tuple[Line, ...]
    reader: Person
    is_relayed: bool
    email: str
    band: Band
    is_open: bool = False
    may_see: bool = True
    """False: the report became private, and the reader has no row of it any more."""
    redraw_at: datetime | None = None


@dataclass(frozen=True)
class RowToFill:
    """A row for the form of an act on it. `entries`: all that was said in it, the newest last."""

    report: Report
    line: Line
    entries: tuple[ReportEntry, ...]
    today: date
    """By the office's calendar."""


@dataclass(frozen=True)
class ToAssign:
    """With whom each row is, and whom else it can be given to."""

    report: Report
    lines: tuple[Line, ...]
    outsiders: tuple[Person, ...]


@dataclass(frozen=True)
class ReportList:
    """One page of the reports that somebody may see, each with how many of its ten rows are complete."""

    lines: tuple[tuple[Report, int], ...]
    offset: int
    total: int
    now: datetime


def relations(tx: Transaction, report_id: int, person: Person) -> frozenset[Relation]:
    """What somebody is to a report: its owner, or asked for one of its rows (also in somebody's place)."""
    report = reports.get(tx, report_id)
    if report is None:
        return frozenset()
    found = {Relation.OWNER} if report.owner_id == person.id else set()
    if reports.has_row(tx, report_id, person.id) or _stands_in(tx, report_id, person):
        found.add(Relation.ASKED)
    return frozenset(found)


def _stands_in(tx: Transaction, report_id: int, person: Person) -> bool:
    rows = reports.rows_of(tx, report_id)
    on_row = (obligation_records.is_stood_in_for(tx, row_subject(row.id), person.id, Duty.CHECK) for row in rows)
    return obligation_records.is_stood_in_for(tx, subject_of(report_id), person.id, Duty.SUBMIT) or any(on_row)


def row_relations(tx: Transaction, row_id: int, person: Person) -> frozenset[Relation]:
    """The same for one row. The last is the owner's signature: nobody is asked for it."""
    row = reports.row(tx, row_id)
    report = reports.get(tx, row.report_id) if row else None
    if row is None or report is None:
        return frozenset()
    found = {Relation.OWNER} if report.owner_id == person.id else set()
    stands_in = obligation_records.is_stood_in_for(tx, row_subject(row_id), person.id, Duty.CHECK)
    if row.kind is not RowKind.SIGNED_OFF and (row.assigned_id == person.id or stands_in):
        found.add(Relation.ASKED)
    return frozenset(found)


def card(work: Work, report: Report, reader: Person) -> ReportCard:
    lines = report_steps.lines_of(work.tx, report.id)
    standing = reader.roles | relations(work.tx, report.id, reader)
    possible = {act for (status, act) in TRANSITIONS if status is report.status} | {Act.READ_REPORT}
    possible -= {Act.COMPLETE_ROW, Act.RECORD_ROW, Act.REFUSE_ROW}  # those stand with each row
    if report_steps.blank(lines) or report_steps.is_signed(lines):
        possible.discard(Act.SIGN_REPORT)
    if not report_steps.is_signed(lines):
        possible.discard(Act.SUBMIT_REPORT)
    is_open = report.status is ReportStatus.OPEN
    mine = {line.row.id for line in lines if Relation.ASKED in row_relations(work.tx, line.row.id, reader)}
    return ReportCard(
        report=report,
        lines=lines,
        versions=tuple(reports.versions(work.tx, report.id)),
        reader=reader,
        band=deadlines.band(report.due_at, work.now) if is_open else Band.UNKNOWN,
        acts=frozenset(act for act in possible if may(act, frozenset(standing))),
        own_rows=frozenset(mine) if is_open else frozenset(),
        redraw_at=deadlines.next_band_at(report.due_at, work.now) if is_open else None,
    )


def load_card(work: Work, posting: Posting) -> ReportCard | None:
    report, reader = reports.get(work.tx, posting.subject_id), posting.person
    if report is None or reader is None or report.owner_id != reader.id:
        return None  # somebody else owns it by now
    return card(work, report, reader)


def load_rows(work: Work, posting: Posting) -> RowsCard | None:
    reader, whose = posting.person, people.get(work.tx, int(posting.detail["whose"]))
    may_see = reports.get(work.tx, posting.subject_id) is not None
    with sensitive.lifted(work.tx):
        report = reports.get(work.tx, posting.subject_id)
    if report is None or reader is None or whose is None or (posting.ts is None and not may_see):
        return None
    if not may_see:
        return RowsCard(report, whose, (), reader, is_relayed=False, email="", band=Band.UNKNOWN, may_see=False)
    lines = tuple(line for line in report_steps.lines_of(work.tx, report.id) if line.row.assigned_id == whose.id)
    is_open = report.status is ReportStatus.OPEN
    if posting.ts is None and (not is_open or all(line.is_complete for line in lines)):
        return None  # it need not be asked any more
    is_relayed = not whose.on_slack and reader.id != whose.id and _acts_for_owner(work, report, reader)
    return RowsCard(
        report=report,
        whose=whose,
        lines=lines,
        reader=reader,
        is_relayed=is_relayed,
        email=_email(work, report, whose, lines) if is_relayed else "",
        band=deadlines.band(report.due_at, work.now) if is_open else Band.UNKNOWN,
        is_open=is_open,
        redraw_at=deadlines.next_band_at(report.due_at, work.now) if is_open else None,
    )


def _acts_for_owner(work: Work, report: Report, reader: Person) -> bool:
    acting = deputies.acting_for(work, report.owner, about=subject_of(report.id))
    return reader.id in {report.owner_id, acting.id}


def _email(work: Work, report: Report, whose: Person, lines: Sequence[Line]) -> str:
    """What the owner sends to somebody outside Slack."""
    local = report.due_at.astimezone(work.hours.zone)
    names = "\n".join(f"- {line.name}" for line in lines if not line.is_complete)
    committee = f" to {report.committee}" if report.committee else ""
    purpose = f"{report.purpose}\n\n" if report.purpose else ""
    return (
        f"Dear {whose.name},\n\n"
        f"The report “{report.title}” goes{committee}. Its checklist needs these rows from you:\n\n{names}\n\n{purpose}"
        "For each, please reply with whom it was discussed (or the details) and on which day, or that it is not "
        f"applicable and why, by {local:%H:%M on %A %d %B}. If it is not yours, please tell us who could.\n\n"
        f"Thank you\n{report.owner.name}"
    )


def may_start(desk: Desk, caller: Caller) -> None:
    """Refuses whoever may not start a report, before they have filled in a form."""
    with desk.looking(caller, Act.START_REPORT):
        pass


def look(desk: Desk, caller: Caller, report_id: int, act: Act = Act.READ_REPORT) -> ReportCard:
    """A report, to be read or for the form of an act on it. Refuses what its state does not allow."""
    with desk.looking(caller, act, subject_of(report_id)) as work:
        report = report_steps.get(work.tx, report_id)
        if act is not Act.READ_REPORT:
            report_steps.check(report, act)
        return card(work, report, work.person)


def row_for(desk: Desk, caller: Caller, row_id: int, act: Act) -> RowToFill:
    """A row, for the form of an act on it."""
    with desk.looking(caller, act, row_subject(row_id)) as work:
        report, row = report_steps.get_row(work.tx, row_id)
        report_steps.check(report, act)
        entries = tuple(reports.entries(work.tx, row.id))
        line = Line(row, entries[-1] if entries else None)
        return RowToFill(report, line, entries, work.hours.local_day(work.now))


def to_assign(desk: Desk, caller: Caller, report_id: int) -> ToAssign:
    with desk.looking(caller, Act.ASSIGN_ROWS, subject_of(report_id)) as work:
        report = report_steps.get(work.tx, report_id)
        report_steps.check(report, Act.ASSIGN_ROWS)
        lines = report_steps.lines_of(work.tx, report.id)
        return ToAssign(report, lines, tuple(people.outside_slack(work.tx)))


def listed(desk: Desk, caller: Caller, *, offset: int = 0) -> ReportList:
    """A page of what somebody may see: who looks over reports all, others what they own or have a row of."""
    with desk.looking(caller, Act.SEE_REPORTS) as work:
        sees_all = may(Act.READ_REPORT, frozenset[Role | Relation](work.person.roles))
        of_person = None if sees_all else work.person.id
        found, total = reports.page(work.tx, of_person=of_person, offset=offset, limit=PAGE)
        return ReportList(tuple((one, _complete(work, one)) for one in found), offset, total, work.now)


def _complete(work: Work, report: Report) -> int:
    rows = reports.rows_of(work.tx, report.id)
    return sum(row.state is not RowState.BLANK for row in rows)
