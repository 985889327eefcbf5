"""Committee reports with made-up records: every state of a report and of its rows, as everybody sees it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from slack_sdk.models.views import View

from bot.core.deadlines import Band
from bot.core.permissions import Act
from bot.desk.report_cards import ReportCard, ReportList, RowsCard, RowToFill, ToAssign
from bot.desk.report_files import ReportFile
from bot.desk.report_steps import TRANSITIONS, Line
from handlers.views import report_forms, reports
from handlers.views.samples.records import NOW, Typed
from handlers.views.words import Drawn
from storage.database import relate
from storage.people import Role
from storage.reports import (
    Report,
    ReportEntry,
    ReportFor,
    ReportRow,
    ReportStatus,
    ReportVersion,
    RowKind,
    RowState,
)
from storage.signoffs import HeardBy

TODAY = date(2026, 11, 23)
_TEXTS = (
    *("purpose", "key_points", "recommendation", "assurance", "background"),
    *("clinical_view", "public_view", "key_risks", "implications", "attachments"),
)


def report(typed: Typed, status: ReportStatus = ReportStatus.OPEN, *, full: bool, in_slack: bool = True) -> Report:
    line, text = (typed.outlet, typed.text) if full else (None, None)
    found = Report(
        id=3,
        number=3,
        status=status,
        owner_id=1,
        title=typed.outlet,
        author=line,
        management_lead=line,
        committee=line,
        meeting_at=NOW + timedelta(days=9) if full else None,
        due_at=NOW + timedelta(days=2),
        administrator_id=4 if full else None,
        is_for=ReportFor.DECISION if full else None,
        is_private=full,
        revision=7,
        version=1,
        dropped_because=typed.text,
        **dict.fromkeys(_TEXTS, text),
    )
    administrator = typed.person(4, in_slack=in_slack) if full else None
    relate(found, owner=typed.person(1, Role.LEAD), administrator=administrator)
    return found


def row_lines(typed: Typed, *, complete: int, in_slack: bool = True) -> tuple[Line, ...]:
    """The ten rows, the first so many of them complete, half of those not applicable; some with somebody else."""
    found = []
    for place, kind in enumerate(RowKind):
        state = RowState.BLANK
        if place < complete:
            state = RowState.NOT_APPLICABLE if place % 2 and place < 9 else RowState.DONE
        with_other = place % 3 == 1
        row = ReportRow(
            id=place + 1, report_id=3, kind=kind, assigned_id=5 if with_other else 1, state=state, entries=2
        )
        row.not_theirs = typed.text if place == 0 else None
        relate(row, assigned=typed.person(5 if with_other else 1, in_slack=in_slack or not with_other))
        found.append(Line(row, entry(typed, row, recorded=with_other)))
    return tuple(found)


def entry(typed: Typed, row: ReportRow, *, recorded: bool) -> ReportEntry:
    found = ReportEntry(
        row_id=row.id,
        number=2,
        state=row.state,
        with_whom=typed.text[:500],
        details=typed.text,
        day=TODAY,
        given_by_id=5,
        at=NOW,
        heard_by=HeardBy.PHONE if recorded else None,
        heard_at=NOW,
        evidence=typed.text[:500],
    )
    relate(found, given_by=typed.person(5), recorded_by=typed.person(1) if recorded else None)
    return found


def report_version(typed: Typed, number: int, *, taken_back: bool) -> ReportVersion:
    found = ReportVersion(number=number, sha256="0" * 64, submitted_at=NOW, sent_to_id=4)
    if taken_back:
        found.taken_back_at, found.taken_back_because = NOW, typed.text
    relate(found, sent_to=typed.person(4))
    return found


def report_card(typed: Typed, status: ReportStatus, *, complete: int, full: bool, in_slack: bool = True) -> ReportCard:
    acts = {act for (of, act) in TRANSITIONS if of is status} | {Act.READ_REPORT}
    if complete != 9:
        acts.discard(Act.SIGN_REPORT)
    if complete != 10:
        acts.discard(Act.SUBMIT_REPORT)
    lines = row_lines(typed, complete=complete, in_slack=in_slack)
    own = {line.row.id for line in lines if line.row.assigned_id == 1 and not line.is_signature}
    shown = report(typed, status, full=full, in_slack=in_slack)
    versions = tuple(report_version(typed, number, taken_back=number < 3) for number in (1, 2, 3))
    return ReportCard(shown, lines, versions, shown.owner, Band.SOON, frozenset(acts), frozenset(own))


def report_views(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    for status in ReportStatus:
        for complete, full in ((0, False), (5, True), (9, True), (10, True)):
            shown = report_card(typed, status, complete=complete, full=full, in_slack=complete != 10)
            yield f"report, {status} {complete}", reports.card(shown)
            yield f"report page, {status} {complete}", reports.page(shown)
            if status is ReportStatus.OPEN:
                yield from _forms(typed, shown)
        for complete, in_slack in ((0, True), (5, True), (10, True), (0, False), (10, False)):
            yield (
                f"rows, {status} {complete} {in_slack}",
                reports.rows(_rows(typed, status, complete, in_slack=in_slack)),
            )
    hidden = replace(_rows(typed, ReportStatus.OPEN, 0, in_slack=True), lines=(), may_see=False)
    yield "rows of what became private", reports.rows(hidden)
    content = {"reference": "REP-3", "title": typed.outlet}
    for version, owed, theirs in ((0, None, False), (1, None, False), (1, None, True), (1, typed.person(4), True)):
        sent = ReportFile(content, version, "0" * 64, NOW, TODAY, typed.person(1), owed, is_for_administrator=theirs)
        yield "report file", reports.beside(sent)
    for number, offset in ((0, 0), (1, 0), (10, 10)):
        some = tuple((report(typed, status, full=True), 5) for status in (*ReportStatus, *ReportStatus))[:number]
        listed = ReportList(some, offset, number * 3, NOW)
        yield f"reports, {number}", reports.list_message(listed)
        yield f"reports page, {number}", reports.list_page(listed)


def _rows(typed: Typed, status: ReportStatus, complete: int, *, in_slack: bool) -> RowsCard:
    whose = typed.person(5, in_slack=in_slack)
    of = report(typed, status, full=True)
    is_open = status is ReportStatus.OPEN
    reader, email = (whose, "") if in_slack else (of.owner, f"Dear {typed.name},\n\n{typed.text}")
    lines = row_lines(typed, complete=complete, in_slack=in_slack)[:9]
    return RowsCard(of, whose, lines, reader, not in_slack, email, Band.SOON, is_open)


def _forms(typed: Typed, shown: ReportCard) -> Iterator[tuple[str, Drawn | View]]:
    yield "cover form", report_forms.cover_form(shown.report)
    yield "new cover form", report_forms.cover_form(None, title=typed.outlet)
    yield "cover texts form", report_forms.texts_form(shown.report)
    outsiders = tuple(typed.person(300 + one, in_slack=False) for one in range(150))
    yield "assign form", report_forms.assign_form(ToAssign(shown.report, shown.lines, outsiders))
    for line in shown.lines[:2]:
        entries = (line.entry,) * 8 if line.entry else ()
        to_fill = RowToFill(shown.report, line, entries, TODAY)
        for state in (None, RowState.DONE, RowState.NOT_APPLICABLE):
            yield f"row form, {state}", report_forms.row_form(to_fill, state, TODAY)
        yield "record row form", report_forms.record_row_form(to_fill, TODAY, NOW)
        yield "not mine form", report_forms.not_mine_form(to_fill)
    yield "sign report form", report_forms.sign_form(shown)
    yield "submit form", report_forms.submit_form(shown)
    yield "take back form", report_forms.take_back_form(shown.report)
    yield "give report form", report_forms.give_form(shown.report)
    yield "drop report form", report_forms.drop_form(shown.report)
    yield "on its way", reports.on_its_way(shown.report)
