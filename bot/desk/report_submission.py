"""A report goes to the committee's administrator, word for word as it was signed; it may be taken back."""

from bot.core import obligations, outbox
from bot.core.errors import BadInput, NotFromHere, StaleDraft
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import report_files, report_steps
from bot.desk.report_steps import LONGEST_TEXT, change, check, subject_of, title_of, why_not_yet
from storage import reports
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.people import Person
from storage.reports import Report, ReportStatus, ReportVersion


def submit(desk: Desk, caller: Caller, report_id: int, *, seen: int, once: str) -> ReportVersion:
    """Cover and checklist go out: to the administrator in Slack, or to the owner, who sends them. `seen`: the revision
    that the owner read."""
    with desk.acting(caller, Act.SUBMIT_REPORT, subject_of(report_id), once=once) as work:
        report = report_steps.get(work.tx, report_id)
        check(report, Act.SUBMIT_REPORT)
        lines = report_steps.lines_of(work.tx, report.id)
        missing = report_steps.blank(lines)
        if missing:
            raise NotFromHere(why_not_yet("This cannot be submitted yet.", missing))
        if not report_steps.is_signed(lines):
            raise NotFromHere("This cannot be submitted yet. The last row is your own: press Sign off first.")
        if report.administrator is None:
            raise NotFromHere("Say first who the committee’s administrator is: press Change cover.")
        if report.revision != seen:
            raise StaleDraft("The report has changed since you opened this. Look at it again, then send it in.")
        content = report_files.content_of(work, report, lines)
        submitted = change(work, report, Act.SUBMIT_REPORT, version=report.version + 1)
        version = ReportVersion(
            report_id=report.id,
            number=submitted.version,
            content=content,
            sha256=report_files.sha256_of(content),
            submitted_by_id=work.person.id,
            sent_to_id=report.administrator.id,
            submitted_at=work.now,
        )
        work.tx.add(version)
        obligations.done(work, subject_of(report.id), Duty.SUBMIT)
        to = report.administrator if report.administrator.on_slack else report.owner
        _send(work, report, to, version=version.number, submitted=True)
        report_steps.redraw(work, submitted)
        work.record(
            Act.SUBMIT_REPORT,
            subject_of(report.id),
            version=version.number,
            sha256=version.sha256,
            to=version.sent_to_id,
            in_slack=to.id == version.sent_to_id,
        )
        return version


def take_back(desk: Desk, caller: Caller, report_id: int, reason: str, *, once: str) -> None:
    """What was submitted does not count any more; it is changed, and submitted again as the next version."""
    with desk.acting(caller, Act.TAKE_BACK_REPORT, subject_of(report_id), once=once) as work:
        report = report_steps.get(work.tx, report_id)
        check(report, Act.TAKE_BACK_REPORT)
        because = reason.strip()
        if not because or len(because) > LONGEST_TEXT:
            raise BadInput(f"Say why, in up to {LONGEST_TEXT:,} characters.", field="reason")
        version = reports.versions(work.tx, report.id)[-1]
        opened = change(work, report, Act.TAKE_BACK_REPORT)
        if not reports.take_back(work.tx, version, at=work.now, because=because):
            raise NotFromHere(report_steps.QUICKER)
        obligations.owe(work, Duty.SUBMIT, subject_of(report.id), owner=report.owner, due_at=report.due_at)
        _tell_administrator(work, report, version, because)
        report_steps.redraw(work, opened)
        work.record(
            Act.TAKE_BACK_REPORT,
            subject_of(report.id),
            version=version.number,
            sha256=version.sha256,
            personal={"reason": because},
        )


def _tell_administrator(work: Work, report: Report, version: ReportVersion, because: str) -> None:
    administrator, subject = version.sent_to, subject_of(report.id)
    if administrator.on_slack:
        sentence = f"{title_of(report)}, version {version.number}, was taken back. Please do not use it. Why:"
        outbox.tell(work, administrator, subject, said(sentence, quote=because))
        return
    sentence = f"Please tell {administrator.name} that version {version.number} of {title_of(report)} was taken back."
    if administrator.email:
        sentence += f" Their address is {administrator.email}."
    outbox.tell(work, report.owner, subject, said(sentence, quote=because))


def fetch(desk: Desk, caller: Caller, report_id: int, *, once: str | None = None) -> Report:
    """Has the newest file made and sent to whoever asks: what was submitted, or, until then, a draft marked as such."""
    with desk.acting(caller, Act.READ_REPORT, subject_of(report_id), once=once) as work:
        report = report_steps.get(work.tx, report_id)
        number = report.version if report.status is ReportStatus.SUBMITTED else 0
        _send(work, report, work.person, version=number, submitted=False)
        work.record("report.fetched", subject_of(report.id), version=number)
        return report


def _send(work: Work, report: Report, to: Person, *, version: int, submitted: bool) -> None:
    detail = {"version": version, "submitted": submitted}
    outbox.post(work, PostingKind.REPORT_FILE, subject_of(report.id), person=to, detail=detail)
