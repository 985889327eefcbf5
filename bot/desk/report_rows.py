"""The rows of a report's checklist: with whom each is, done or not applicable, handed back, and signed off last.

What was said in a row stays on record when somebody says something else; the newest counts (DOMAIN §5).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.core import obligations, outbox
from bot.core.errors import BadInput, NotFromHere, StaleDraft
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import hearing, messages, report_files, report_steps, whom
from bot.desk.report_steps import LONGEST_TEXT, QUICKER, ROW_NAMES, check, row_subject, subject_of, title_of
from bot.desk.whom import NOBODY, Fields, Whom
from storage import reports
from storage.obligations import Duty
from storage.people import Person
from storage.reports import Report, ReportEntry, ReportRow, RowKind, RowState
from storage.signoffs import HeardBy


@dataclass(frozen=True)
class WithWhom:
    """With whom each row is: members by Slack id (None: nobody in particular), and for some rows one person outside
    Slack."""

    members: Mapping[RowKind, str | None]
    outsider: Whom = NOBODY
    outsiders_rows: Collection[RowKind] = ()


@dataclass(frozen=True)
class Said:
    """What stands in a row: done, with whom it was discussed or details, and the day; or not applicable, and why."""

    state: RowState | None
    with_whom: str = ""
    details: str = ""
    why: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Heard:
    """How the owner knows what somebody said. `at` is UTC; None means now."""

    how: HeardBy | None
    evidence: str
    at: datetime | None = None


def assign(desk: Desk, caller: Caller, report_id: int, to: WithWhom, *, once: str) -> None:
    """Says with whom each row is. One for which nobody is named stays with whoever outside Slack has it, or is the
    owner's."""
    with desk.acting(caller, Act.ASSIGN_ROWS, subject_of(report_id), once=once) as work:
        report = report_steps.get(work.tx, report_id)
        check(report, Act.ASSIGN_ROWS)
        outside = whom.find_if_any(work, caller, to.outsider, fields=Fields.beside("outsider"))
        if (outside is None) == bool(to.outsiders_rows):
            field = "outsider_name" if outside is None else "outsider_rows"
            raise BadInput("Give both: who it is outside Slack, and the rows they complete.", field=field)
        given: dict[int, Person] = {}
        for line in report_steps.lines_of(work.tx, report.id):
            row, user_id = line.row, to.members.get(line.row.kind)
            if line.is_signature:
                continue
            person = report.owner if row.assigned.on_slack else row.assigned
            if outside is not None and row.kind in to.outsiders_rows:
                person = outside
            elif user_id is not None:
                person = whom.member(work, caller, user_id, field=row.kind.value)
            if person.id != row.assigned_id:
                give_row(work, report, row, person)
                given[person.id] = person
                work.record(Act.ASSIGN_ROWS, row_subject(row.id), report=report.id, person=person.id)
        report_steps.send_rows(work, report, list(given.values()))
        report_steps.redraw(work, report)


def give_row(work: Work, report: Report, row: ReportRow, to: Person, *, not_theirs: str | None = None) -> None:
    """The row is with somebody else from now on. `not_theirs`: what whoever had it said of who could."""
    if not reports.change_row(work.tx, row, assigned_id=to.id, not_theirs=not_theirs):
        raise NotFromHere(QUICKER)
    obligations.cancel(work, row_subject(row.id), Duty.CHECK)
    outbox.redraw_homes(work, [row.assigned_id, to.id])
    report_steps.owe_row(work, report, report_steps.get_row(work.tx, row.id)[1])


def complete(desk: Desk, caller: Caller, row_id: int, what: Said, *, seen: int, once: str) -> None:
    """Whoever has a row completes it, or changes what stands there. `seen`: how many entries they saw in it."""
    with desk.acting(caller, Act.COMPLETE_ROW, row_subject(row_id), once=once) as work:
        report, row = report_steps.get_row(work.tx, row_id)
        check(report, Act.COMPLETE_ROW)
        _enter(work, report, row, Act.COMPLETE_ROW, _entry(work, what, given_by=work.person), seen=seen)


def record(desk: Desk, caller: Caller, row_id: int, what: Said, heard: Heard, *, seen: int, once: str) -> None:
    """The owner writes down what somebody said of their row by e-mail or on the phone, and how that is known."""
    with desk.acting(caller, Act.RECORD_ROW, row_subject(row_id), once=once) as work:
        report, row = report_steps.get_row(work.tx, row_id)
        check(report, Act.RECORD_ROW)
        if row.kind is RowKind.SIGNED_OFF or row.assigned_id == work.person.id:
            raise NotFromHere("This row is yours. Nobody else’s answer can be recorded in it.")
        entry = _entry(work, what, given_by=row.assigned)
        evidence = report_steps.text(heard.evidence, "evidence", 500)
        if evidence is None:
            raise BadInput("Say how you know: who told you, and when.", field="evidence")
        entry.recorded_by_id, entry.evidence = work.person.id, evidence
        entry.heard_by = hearing.chosen(heard.how)
        entry.heard_at = hearing.when(
            work, heard.at, since=report.started_at, early="The report was started", field="heard_at"
        )
        _enter(work, report, row, Act.RECORD_ROW, entry, seen=seen)
        sentence = (
            f"{work.person.name} recorded what you said of {ROW_NAMES[row.kind]} in {title_of(report)}. If it is "
            "wrong, press Change on that row."
        )
        outbox.tell(work, row.assigned, subject_of(report.id), said(sentence, quote=entry.details))


def refuse(
    desk: Desk, caller: Caller, row_id: int, reason: str, *, could: str | None, could_words: str, once: str
) -> None:
    """*Not mine*: the row goes back to the report's owner, with who could (by Slack id, or in words)."""
    with desk.acting(caller, Act.REFUSE_ROW, row_subject(row_id), once=once) as work:
        report, row = report_steps.get_row(work.tx, row_id)
        check(report, Act.REFUSE_ROW)
        if row.assigned_id == report.owner_id:
            raise NotFromHere("This row is with the report’s owner. Press Ask people to give it to somebody else.")
        if row.state is not RowState.BLANK:
            raise NotFromHere("This row is complete. To change what stands there, press Change.")
        named = whom.member(work, caller, could) if could else None
        words = [one for one in (reason.strip(), named.name if named else "", could_words.strip()) if one]
        if not words:
            raise BadInput("Say who could, or why it is not yours.", field="reason")
        who = row.assigned.name
        give_row(work, report, row, report.owner, not_theirs=" · ".join(words)[:LONGEST_TEXT])
        sentence = (
            f"{who} says that the row {ROW_NAMES[row.kind]} of {title_of(report)} is not theirs. It is "
            "yours again: press Ask people on the report’s card to ask somebody else."
        )
        outbox.tell(work, report.owner, subject_of(report.id), said(sentence, quote="\n".join(words), report=report.id))
        report_steps.redraw(work, report)
        work.record(
            Act.REFUSE_ROW,
            row_subject(row.id),
            report=report.id,
            could=named.id if named else None,
            personal={"reason": reason.strip(), "could": could_words.strip()},
        )


def sign(desk: Desk, caller: Caller, report_id: int, *, seen: int, once: str) -> None:
    """The owner signs the report off: the last row, once the others are complete. `seen`: the revision they read."""
    with desk.acting(caller, Act.SIGN_REPORT, subject_of(report_id), once=once) as work:
        report = report_steps.get(work.tx, report_id)
        check(report, Act.SIGN_REPORT)
        lines = report_steps.lines_of(work.tx, report.id)
        line = lines[-1]
        missing = report_steps.blank(lines)
        if missing:
            raise NotFromHere(report_steps.why_not_yet("You sign last.", missing))
        if line.is_complete:
            raise NotFromHere("You have signed it off. Press Send in to send it to the committee.")
        if report.revision != seen:
            raise StaleDraft("The report has changed since you opened this. Look at it again, then sign.")
        today = work.hours.local_day(work.now)
        _put(work, line.row, ReportEntry(state=RowState.DONE, given_by_id=work.person.id, day=today))
        reports.touch(work.tx, report.id)
        report_steps.redraw(work, report)
        messages.settle_once_signed(work, report)
        content = report_files.content_of(work, report, report_steps.lines_of(work.tx, report.id))
        work.record(Act.SIGN_REPORT, subject_of(report.id), sha256=report_files.sha256_of(content))


def _entry(work: Work, what: Said, *, given_by: Person) -> ReportEntry:
    """Checks what was said in a row (DOMAIN §5): never left blank."""
    if what.state not in {RowState.DONE, RowState.NOT_APPLICABLE}:
        raise BadInput("Choose Done or Not applicable.", field="state")
    if what.state is RowState.NOT_APPLICABLE:
        why = report_steps.text(what.why, "why", LONGEST_TEXT)
        if why is None:
            raise BadInput("Say why it is not applicable.", field="why")
        day = work.hours.local_day(work.now)
        return ReportEntry(state=what.state, details=why, day=day, given_by_id=given_by.id)
    with_whom, details = (
        report_steps.text(what.with_whom, "with_whom", 500),
        report_steps.text(what.details, "details", LONGEST_TEXT),
    )
    if with_whom is None and details is None:
        raise BadInput("Say with whom it was discussed, or give details.", field="with_whom")
    if what.day is None:
        raise BadInput("Say on which day.", field="day")
    if what.day > work.hours.local_day(work.now):
        raise BadInput("This day is still to come. Give the day on which it was done.", field="day")
    return ReportEntry(state=what.state, with_whom=with_whom, details=details, day=what.day, given_by_id=given_by.id)


def _enter(work: Work, report: Report, row: ReportRow, act: Act, entry: ReportEntry, *, seen: int) -> None:
    """A row is complete, or something else stands in it now; what stood there before stays on record."""
    if row.entries != seen:
        raise NotFromHere("Somebody filled this row in a moment ago. Open it again to see what stands there.")
    was_blank = row.state is RowState.BLANK
    report_steps.void_signature(work, report, f"{work.person.name} changed the row {ROW_NAMES[row.kind]}.")
    _put(work, row, entry)
    reports.touch(work.tx, report.id)
    obligations.done(work, row_subject(row.id), Duty.CHECK)
    report_steps.redraw(work, report)
    lines = report_steps.lines_of(work.tx, report.id)
    if was_blank and not report_steps.blank(lines) and report.owner_id != work.person.id:
        sentence = f"All nine rows of {title_of(report)} are complete. Look at it, sign it off and send it in."
        settled = f"All nine rows of {title_of(report)} are complete, and it is signed off."
        detail = said(sentence, report=report.id, once_signed=settled)
        outbox.tell(work, report.owner, subject_of(report.id), detail)
    work.record(
        act,
        row_subject(row.id),
        report=report.id,
        entry=entry.id,
        state=entry.state.value,
        given_by=entry.given_by_id,
        recorded_by=entry.recorded_by_id,
        heard_by=entry.heard_by.value if entry.heard_by else None,
        heard_at=entry.heard_at.isoformat() if entry.heard_at else None,
        day=entry.day.isoformat() if entry.day else None,
        personal={"with_whom": entry.with_whom, "details": entry.details, "evidence": entry.evidence},
    )


def _put(work: Work, row: ReportRow, entry: ReportEntry) -> None:
    number = row.entries + 1
    if not reports.change_row(work.tx, row, state=entry.state, entries=number, not_theirs=None):
        raise NotFromHere(QUICKER)
    entry.row_id, entry.number, entry.at = row.id, number, work.now
    work.tx.add(entry)
