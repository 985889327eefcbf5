"""Committee reports (DOMAIN §5, "Report sign-off checklist"): started, their covers, given to somebody else, dropped.

A report belongs to its owner. Each of its rows is with somebody, and is done or not applicable (`report_rows`) before
it is submitted (`report_submission`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from bot.core import obligations, outbox
from bot.core.errors import BadInput
from bot.core.features import Feature
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import report_cards, report_files, report_rows, report_steps, whom
from bot.desk.report_steps import (
    LONGEST_LINE,
    LONGEST_TEXT,
    NOT_THERE,
    NOT_THERE_ROW,
    ROW_NAMES,
    change,
    check,
    row_subject,
    subject_of,
    title_of,
)
from bot.desk.whom import NOBODY, Fields, Whom
from storage import outbox as postings
from storage import reports, workspaces
from storage.database import Transaction
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.people import Person
from storage.reports import Report, ReportFor, ReportRow, ReportStatus, RowKind, RowState
from storage.subjects import Subject, SubjectKind
from storage.workspaces import NumberSeries


@dataclass(frozen=True)
class Cover:
    """What stands on the first page. All but the title may come later; times are UTC."""

    title: str
    author: str = ""
    management_lead: str = ""
    committee: str = ""
    meeting_at: datetime | None = None
    due_at: datetime | None = None
    administrator: Whom = NOBODY
    is_for: ReportFor | None = None
    is_private: bool = False
    purpose: str = ""
    key_points: str = ""
    recommendation: str = ""
    assurance: str = ""


@dataclass(frozen=True)
class CoverTexts:
    """The longer texts of the cover."""

    background: str = ""
    clinical_view: str = ""
    public_view: str = ""
    key_risks: str = ""
    implications: str = ""
    attachments: str = ""


def start(desk: Desk, caller: Caller, cover: Cover, *, once: str) -> Report:
    """Starts a report. It belongs to whoever does, and so do its rows until somebody is asked."""
    with desk.acting(caller, Act.START_REPORT, once=once) as work:
        values = _cover_values(work, caller, cover, None)
        report = Report(
            number=workspaces.next_number(work.tx, NumberSeries.REPORT),
            status=ReportStatus.OPEN,
            owner_id=work.person.id,
            started_at=work.now,
            **values,
        )
        work.tx.add(report)
        for kind in RowKind:
            work.tx.add(ReportRow(report_id=report.id, kind=kind, assigned_id=work.person.id, state=RowState.BLANK))
        report = report_steps.get(work.tx, report.id)
        obligations.owe(work, Duty.SUBMIT, subject_of(report.id), owner=report.owner, due_at=report.due_at)
        report_steps.send_card(work, report)
        work.record(
            Act.START_REPORT,
            subject_of(report.id),
            due=report.due_at.isoformat(),
            private=report.is_private,
            personal=_in_words(values),
        )
        return report


def change_cover(desk: Desk, caller: Caller, report_id: int, cover: Cover, *, once: str) -> Report:
    """The owner changes the first part of the cover. Who signed it off before has to look again."""
    with desk.acting(caller, Act.CHANGE_COVER, subject_of(report_id), once=once) as work:
        report = report_steps.get(work.tx, report_id)
        check(report, Act.CHANGE_COVER)
        was_due = report.due_at
        changed = _change(work, report, _cover_values(work, caller, cover, report))
        if changed.due_at != was_due:
            obligations.move_deadline(work, subject_of(report.id), Duty.SUBMIT, changed.due_at)
            for row in reports.rows_of(work.tx, report.id):
                obligations.move_deadline(work, row_subject(row.id), Duty.CHECK, changed.due_at)
        return changed


def change_texts(desk: Desk, caller: Caller, report_id: int, texts: CoverTexts, *, once: str) -> Report:
    """The same for the longer texts."""
    with desk.acting(caller, Act.CHANGE_COVER, subject_of(report_id), once=once) as work:
        report = report_steps.get(work.tx, report_id)
        check(report, Act.CHANGE_COVER)
        values = {
            one.name: report_steps.text(getattr(texts, one.name), one.name, LONGEST_TEXT) for one in fields(texts)
        }
        return _change(work, report, values)


def give(desk: Desk, caller: Caller, report_id: int, to: str | None, *, once: str) -> None:
    """Somebody else (by Slack id) owns the report from now on, with the rows that were the owner's own."""
    with desk.acting(caller, Act.GIVE_REPORT, subject_of(report_id), once=once) as work:
        report = report_steps.get(work.tx, report_id)
        check(report, Act.GIVE_REPORT)
        person = whom.member(work, caller, to) if to else None
        if person is None or person.id == report.owner_id:
            raise BadInput("Choose somebody who does not own it already.", field="member")
        before = report.owner
        report_steps.void_signature(work, report, f"{work.person.name} gave the report to {person.name}.")
        given = change(work, report_steps.get(work.tx, report.id), Act.GIVE_REPORT, owner_id=person.id)
        for row in reports.rows_of(work.tx, report.id):
            if row.assigned_id == before.id:
                report_rows.give_row(work, given, row, person)
            elif row.assigned_id == person.id:
                obligations.cancel(work, row_subject(row.id), Duty.CHECK)
        obligations.hand_over(work, subject_of(report.id), Duty.SUBMIT, person)
        cards = postings.of(work.tx, subject_of(report.id), PostingKind.REPORT_CARD)
        postings.take_back(work.tx, [card.id for card in cards], work.now, by=work.person_id)
        report_steps.send_card(work, given)
        report_steps.redraw(work, given)
        outbox.redraw_homes(work, [before.id])
        if before.id != work.person.id:
            sentence = f"{work.person.name} gave {title_of(report)} to {person.name}. You need not do anything."
            outbox.tell(work, before, subject_of(report.id), said(sentence))
        work.record(Act.GIVE_REPORT, subject_of(report.id), to=person.id)


def drop(desk: Desk, caller: Caller, report_id: int, reason: str, *, once: str) -> None:
    """The report is not needed any more. Whoever still had a row to complete is told, with thanks."""
    with desk.acting(caller, Act.DROP_REPORT, subject_of(report_id), once=once) as work:
        report = report_steps.get(work.tx, report_id)
        check(report, Act.DROP_REPORT)
        because = report_steps.text(reason, "reason", LONGEST_TEXT)
        if because is None:
            raise BadInput("Say why it is not needed any more.", field="reason")
        dropped = change(work, report, Act.DROP_REPORT, dropped_because=because)
        obligations.cancel(work, subject_of(report.id), Duty.SUBMIT)
        told: dict[int, Person] = {}
        for line in report_steps.lines_of(work.tx, report.id):
            obligations.cancel(work, row_subject(line.row.id), Duty.CHECK)
            if not line.is_complete and line.row.assigned_id != report.owner_id:
                told[line.row.assigned_id] = line.row.assigned
        for person in told.values():
            sentence = f"{title_of(report)} is not needed any more. You need not complete your row. Thank you."
            outbox.tell(work, person, subject_of(report.id), said(sentence))
        report_steps.redraw(work, dropped)
        work.record(Act.DROP_REPORT, subject_of(report.id), personal={"reason": because})


def _cover_values(work: Work, caller: Caller, cover: Cover, before: Report | None) -> dict[str, Any]:
    title = report_steps.text(cover.title, "title", LONGEST_LINE)
    if title is None:
        raise BadInput("Give the report a title.", field="title")
    was_meeting, was_due = (before.meeting_at, before.due_at) if before else (None, None)
    if cover.meeting_at is not None and cover.meeting_at != was_meeting and cover.meeting_at <= work.now:
        raise BadInput("This meeting has passed. Give the one to which the report goes.", field="meeting")
    due_at = cover.due_at
    if due_at is None or (due_at == was_due and cover.meeting_at != was_meeting):
        due_at = report_steps.due_by_default(cover.meeting_at, work.now, work.hours)
    elif due_at != was_due:
        if due_at <= work.now:
            raise BadInput("This time has passed. Give one that is still to come.", field="due")
        if cover.meeting_at is not None and due_at > cover.meeting_at:
            raise BadInput("This is after the meeting begins. Give a time before that.", field="due")
    administrator = whom.find_if_any(work, caller, cover.administrator, fields=Fields.beside("administrator"))
    return {
        "title": title,
        "author": report_steps.text(cover.author, "author", LONGEST_LINE),
        "management_lead": report_steps.text(cover.management_lead, "management_lead", LONGEST_LINE),
        "committee": report_steps.text(cover.committee, "committee", LONGEST_LINE),
        "meeting_at": cover.meeting_at,
        "due_at": due_at,
        "administrator_id": administrator.id if administrator else None,
        "is_for": cover.is_for,
        "is_private": cover.is_private,
        "purpose": report_steps.text(cover.purpose, "purpose", LONGEST_TEXT),
        "key_points": report_steps.text(cover.key_points, "key_points", LONGEST_TEXT),
        "recommendation": report_steps.text(cover.recommendation, "recommendation", LONGEST_TEXT),
        "assurance": report_steps.text(cover.assurance, "assurance", LONGEST_TEXT),
    }


def _change(work: Work, report: Report, values: dict[str, Any]) -> Report:
    """Writes what is new on the cover; nothing, if nothing is."""
    new = {name: value for name, value in values.items() if getattr(report, name) != value}
    if not new:
        return report
    report_steps.void_signature(work, report, f"{work.person.name} changed the cover.")
    changed = change(work, report_steps.get(work.tx, report.id), Act.CHANGE_COVER, **new)
    report_steps.redraw(work, changed)
    work.record(Act.CHANGE_COVER, subject_of(report.id), changed=sorted(new), personal=_in_words(new))
    return changed


def _in_words(values: Mapping[str, Any]) -> dict[str, str | None]:
    return {name: str(value) for name, value in values.items() if value is not None}


def _title(tx: Transaction, report_id: int) -> str:
    return title_of(report_steps.get(tx, report_id))


def _title_of_row(tx: Transaction, row_id: int) -> str:
    report, row = report_steps.get_row(tx, row_id)
    return f"{ROW_NAMES[row.kind]}, of {title_of(report)}"


def _part_of(tx: Transaction, row_id: int) -> Subject | None:
    row = reports.row(tx, row_id)
    return subject_of(row.report_id) if row else None


FEATURE = Feature(
    kind=SubjectKind.REPORT,
    relations=report_cards.relations,
    is_there=lambda tx, report_id: reports.get(tx, report_id) is not None,
    not_there=NOT_THERE,
    title=_title,
    owner_id=lambda tx, report_id: report_steps.get(tx, report_id).owner_id,
    loaders={
        PostingKind.REPORT_CARD: report_cards.load_card,
        PostingKind.REPORT_ROWS: report_cards.load_rows,
        PostingKind.REPORT_FILE: report_files.load,
    },
    makers={PostingKind.REPORT_FILE: report_files.make},
)
ROW_FEATURE = Feature(
    kind=SubjectKind.REPORT_ROW,
    relations=report_cards.row_relations,
    part_of=_part_of,
    not_there=NOT_THERE_ROW,
    title=_title_of_row,
    owner_id=lambda tx, row_id: report_steps.get_row(tx, row_id)[0].owner_id,
)
