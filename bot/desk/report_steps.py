"""The steps that acts on reports are made of: what the state allows, who is asked, and what follows from a change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core import deputies, obligations, outbox
from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.working_days import WorkingHours
from bot.core.workspaces import Work
from storage import outbox as postings
from storage import reports
from storage.database import Transaction
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.people import Person
from storage.reports import Report, ReportEntry, ReportRow, ReportStatus, RowKind, RowState
from storage.subjects import Subject, SubjectKind

LONGEST_LINE, LONGEST_TEXT = 200, 3000
WORKING_DAYS_BEFORE_MEETING = 5
"""Our own judgement: an administrator sends papers out some days before a meeting, and has to read them first."""
WORKING_DAYS_WITHOUT_MEETING = 10
"""The same, while no date is known."""

NOT_THERE = "This report is not on file. `/desk reports` lists those that you may see."
NOT_THERE_ROW = "This row is not on file. `/desk reports` lists the reports that you may see."
QUICKER = "Somebody was quicker a moment ago. Look at it again."

ROW_NAMES: Mapping[RowKind, str] = {
    RowKind.CLINICAL: "Clinical view",
    RowKind.PUBLIC: "Public/patient view",
    RowKind.FINANCE: "Finance",
    RowKind.QUALITY: "Quality (quality and risk)",
    RowKind.EQUALITY: "Equality",
    RowKind.INFORMATION_GOVERNANCE: "Information governance",
    RowKind.LEGAL: "Legal/policy",
    RowKind.OTHER: "Other (medicines, estates, HR, IT)",
    RowKind.DATA: "Data requirements",
    RowKind.SIGNED_OFF: "Signed off by the report owner",
}
"""DOMAIN §5, "Report sign-off checklist"."""

TRANSITIONS: dict[tuple[ReportStatus, Act], ReportStatus] = {
    **{
        (ReportStatus.OPEN, act): ReportStatus.OPEN
        for act in (
            Act.CHANGE_COVER,
            Act.ASSIGN_ROWS,
            Act.COMPLETE_ROW,
            Act.RECORD_ROW,
            Act.REFUSE_ROW,
            Act.SIGN_REPORT,
            Act.GIVE_REPORT,
        )
    },
    (ReportStatus.OPEN, Act.SUBMIT_REPORT): ReportStatus.SUBMITTED,
    (ReportStatus.OPEN, Act.DROP_REPORT): ReportStatus.DROPPED,
    (ReportStatus.SUBMITTED, Act.TAKE_BACK_REPORT): ReportStatus.OPEN,
}


@dataclass(frozen=True)
class Line:
    """One row of a checklist with what counts in it."""

    row: ReportRow
    entry: ReportEntry | None

    @property
    def name(self) -> str:
        return ROW_NAMES[self.row.kind]

    @property
    def is_complete(self) -> bool:
        return self.row.state is not RowState.BLANK

    @property
    def is_signature(self) -> bool:
        return self.row.kind is RowKind.SIGNED_OFF


def subject_of(report_id: int) -> Subject:
    return Subject(SubjectKind.REPORT, report_id)


def row_subject(row_id: int) -> Subject:
    return Subject(SubjectKind.REPORT_ROW, row_id)


def get(tx: Transaction, report_id: int) -> Report:
    report = reports.get(tx, report_id)
    if report is None:
        raise NotFound(NOT_THERE)
    return report


def get_row(tx: Transaction, row_id: int) -> tuple[Report, ReportRow]:
    row = reports.row(tx, row_id)
    report = reports.get(tx, row.report_id) if row else None
    if row is None or report is None:
        raise NotFound(NOT_THERE_ROW)
    return report, row


def lines_of(tx: Transaction, report_id: int) -> tuple[Line, ...]:
    """The ten rows in their order, each with what counts in it."""
    rows = reports.rows_of(tx, report_id)
    newest = reports.newest_entries(tx, [row.id for row in rows])
    return tuple(Line(row, newest.get(row.id)) for row in rows)


def blank(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The rows that nobody has completed, but for the signature."""
    return tuple(line for line in lines if not line.is_complete and not line.is_signature)


def is_signed(lines: Sequence[Line]) -> bool:
    return any(line.is_signature and line.is_complete for line in lines)


def check(report: Report, act: Act) -> ReportStatus:
    """What an act makes of a report. Raises `NotFromHere` with a sentence for whoever tried."""
    to = TRANSITIONS.get((report.status, act))
    if to is not None:
        return to
    raise NotFromHere(
        {
            ReportStatus.OPEN: "This report has not been submitted yet.",
            ReportStatus.SUBMITTED: "This report has been submitted. Its owner can take it back to change something.",
            ReportStatus.DROPPED: "This report was dropped. Start another with `/desk report`.",
        }[report.status]
    )


def change(work: Work, report: Report, act: Act, **values: object) -> Report:
    """The one way in which a report moves on or its cover changes: from what was seen, if nobody was quicker."""
    to = check(report, act)
    if not reports.change(work.tx, report, status=to, **values):
        raise NotFromHere(QUICKER)
    return get(work.tx, report.id)


def due_by_default(meeting_at: datetime | None, now: datetime, hours: WorkingHours) -> datetime:
    """When a report must be with the administrator (UTC), where nobody says: at closing time, days before the meeting.

    Where there is no time for that, at the next closing time; but never after the meeting begins.
    """
    today = hours.local_day(now)
    if meeting_at is None:
        return hours.closing_of(hours.working_day_after(today, WORKING_DAYS_WITHOUT_MEETING))
    wanted = hours.closing_of(hours.working_day_after(hours.local_day(meeting_at), -WORKING_DAYS_BEFORE_MEETING))
    if wanted > now:
        return wanted
    soonest = hours.closing_of(today)
    if soonest <= now + timedelta(hours=1):
        soonest = hours.closing_of(hours.working_day_after(today, 1))
    return min(soonest, meeting_at) if meeting_at > now else soonest


def owe_row(work: Work, report: Report, row: ReportRow) -> None:
    """Whoever has a blank row is reminded of it. What is with the owner, they are reminded of with the report."""
    if row.kind is RowKind.SIGNED_OFF or row.state is not RowState.BLANK or row.assigned_id == report.owner_id:
        return
    if not obligations.is_owed(work, row_subject(row.id), Duty.CHECK):
        obligations.owe(work, Duty.CHECK, row_subject(row.id), owner=row.assigned, due_at=report.due_at)


def send_card(work: Work, report: Report) -> None:
    """The report's living card, to whoever owns it."""
    if report.owner.on_slack:
        outbox.post(work, PostingKind.REPORT_CARD, subject_of(report.id), person=report.owner)


def send_rows(work: Work, report: Report, persons: Sequence[Person]) -> None:
    """Each person gets the rows that are theirs, in one message; of somebody outside Slack, the owner does."""
    for person in {one.id: one for one in persons if one.id != report.owner_id}.values():
        reached = deputies.cover(work, person).person or person
        key = f"report:{report.id}:rows:{person.id}:{reached.id}"
        if not reached.on_slack:
            reached = deputies.acting_for(work, report.owner, about=subject_of(report.id))
            key = f"report:{report.id}:rows:{person.id}:through:{reached.id}"
        if key in postings.keys_in_use(work.tx, [key]):
            sentence = f"Another row of {title_of(report)} is with {person.name}: {_names_with(work, report, person)}."
            outbox.tell(work, reached, subject_of(report.id), said(sentence))
        elif reached.on_slack:
            outbox.post(
                work,
                PostingKind.REPORT_ROWS,
                subject_of(report.id),
                person=reached,
                detail={"whose": person.id},
                dedupe_key=key,
            )


def _names_with(work: Work, report: Report, person: Person) -> str:
    """The blank rows that are with somebody."""
    theirs = [line for line in lines_of(work.tx, report.id) if line.row.assigned_id == person.id]
    return ", ".join(line.name for line in theirs if not line.is_complete) or "all of them are complete"


def redraw(work: Work, report: Report) -> None:
    """All cards of a report, and the homes in which it stands."""
    outbox.redraw(work, subject_of(report.id))
    outbox.redraw_homes(work, [report.owner_id, *reports.people_on(work.tx, report.id)])


def void_signature(work: Work, report: Report, because: str) -> None:
    """The owner signed something else than what stands there now: it does not count any more (DOMAIN §5)."""
    line = next(line for line in lines_of(work.tx, report.id) if line.is_signature)
    if not line.is_complete:
        return
    number = line.row.entries + 1
    if not reports.change_row(work.tx, line.row, state=RowState.BLANK, entries=number):
        raise NotFromHere(QUICKER)
    work.tx.add(
        ReportEntry(
            row_id=line.row.id,
            number=number,
            state=RowState.BLANK,
            details=because,
            given_by_id=work.person.id,
            at=work.now,
        )
    )
    work.record("report.signature_voided", subject_of(report.id), row=line.row.id, personal={"because": because})
    if report.owner_id != work.person.id:
        sentence = f"Your sign-off of {title_of(report)} does not count any more. {because} Look at it and sign again."
        outbox.tell(work, report.owner, subject_of(report.id), said(sentence, report=report.id))


def title_of(report: Report) -> str:
    """In a sentence: `REP-3 “Winter plan”`."""
    title = " ".join(report.title.split())
    return f"{report.reference} “{title if len(title) <= 100 else title[:99].rstrip() + '…'}”"


def text(words: str, field: str, most: int) -> str | None:
    """What was typed into a field, without spaces around it; None for nothing. `BadInput`, where it is too long."""
    words = words.strip()
    if len(words) > most:
        raise BadInput(f"This has {len(words):,} characters and may have {most:,}. Shorten it.", field=field)
    return words or None


def why_not_yet(what: str, missing: Sequence[Line]) -> str:
    """What cannot be done yet, in a sentence; then the rows which nobody has completed, and what to do."""
    names = ", ".join(line.name for line in missing)
    which = "This row is blank" if len(missing) == 1 else "These rows are blank"
    return f"{what} {which}: {names}. Each is either done, or not applicable with the reason."
