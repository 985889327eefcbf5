"""`/desk report` and `/desk reports`: a report's cover, its checklist, and what goes to the administrator."""

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk
from bot.desk import report_cards, report_rows, report_submission, reports
from bot.desk.report_rows import Heard, Said, WithWhom
from bot.desk.reports import Cover, CoverTexts
from bot.desk.whom import Whom
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission, how_far
from handlers.views import report_forms as forms
from handlers.views import reports as views
from handlers.views.words import Drawn
from storage.reports import ReportFor, RowKind, RowState


def begin(desk: Desk, caller: Caller, typed: str) -> View:
    """The form for a new report; what was typed is its title."""
    report_cards.may_start(desk, caller)
    return forms.cover_form(None, title=typed)


def listed(desk: Desk, caller: Caller, _typed: str) -> Drawn:
    return views.list_message(report_cards.listed(desk, caller))


def turned(desk: Desk, press: Press) -> View:
    return views.list_page(report_cards.listed(desk, press.caller, offset=how_far(press.value)))


def show(desk: Desk, press: Press) -> View:
    return views.page(report_cards.look(desk, press.caller, press.number))


def change_cover(desk: Desk, press: Press) -> View:
    return forms.cover_form(report_cards.look(desk, press.caller, press.number, Act.CHANGE_COVER).report)


def covered(desk: Desk, form: Submission) -> View:
    """The first part is saved; the second follows, and may be left for later."""
    purpose = form.option("is_for")
    cover = Cover(
        title=form.text("title"),
        author=form.text("author"),
        management_lead=form.text("management_lead"),
        committee=form.text("committee"),
        meeting_at=form.moment("meeting"),
        due_at=form.moment("due"),
        administrator=Whom(
            form.member("administrator"),
            name=form.text("administrator_name"),
            email=form.text("administrator_email"),
        ),
        is_for=ReportFor(purpose) if purpose else None,
        is_private=form.ticked("private"),
        purpose=form.text("purpose"),
        key_points=form.text("key_points"),
        recommendation=form.text("recommendation"),
        assurance=form.text("assurance"),
    )
    report_id = form.about.get("report")
    if report_id is None:
        return forms.texts_form(reports.start(desk, form.caller, cover, once=form.once))
    return forms.texts_form(reports.change_cover(desk, form.caller, report_id, cover, once=form.once))


def texts_covered(desk: Desk, form: Submission) -> None:
    texts = CoverTexts(**{name: form.text(name) for name in forms.TEXT_FIELDS})
    reports.change_texts(desk, form.caller, form.about["report"], texts, once=form.once)


def assign(desk: Desk, press: Press) -> View:
    return forms.assign_form(report_cards.to_assign(desk, press.caller, press.number))


def assigned(desk: Desk, form: Submission) -> None:
    members: dict[RowKind, str | None] = {
        kind: form.member(kind.value) for kind in RowKind if kind is not RowKind.SIGNED_OFF
    }
    outsider = Whom(None, form.number("outsider_known"), form.text("outsider_name"), form.text("outsider_email"))
    rows = [RowKind(value) for value in form.options("outsider_rows")]
    report_rows.assign(desk, form.caller, form.about["report"], WithWhom(members, outsider, rows), once=form.once)


def row_done(desk: Desk, press: Press) -> View:
    return _row_form(desk, press, RowState.DONE)


def row_not_applicable(desk: Desk, press: Press) -> View:
    return _row_form(desk, press, RowState.NOT_APPLICABLE)


def change_row(desk: Desk, press: Press) -> View:
    return _row_form(desk, press, None)


def _row_form(desk: Desk, press: Press, state: RowState | None) -> View:
    shown = report_cards.row_for(desk, press.caller, press.number, Act.COMPLETE_ROW)
    return forms.row_form(shown, state, shown.today)


def filled_in(desk: Desk, form: Submission) -> None:
    about = form.about
    report_rows.complete(desk, form.caller, about["row"], _said(form), seen=about["seen"], once=form.once)


def record_row(desk: Desk, press: Press) -> View:
    shown = report_cards.row_for(desk, press.caller, press.number, Act.RECORD_ROW)
    return forms.record_row_form(shown, shown.today, desk.clock.now())


def row_recorded(desk: Desk, form: Submission) -> None:
    heard = Heard(form.heard_by(), form.text("evidence"), form.moment("heard_at"))
    about = form.about
    report_rows.record(desk, form.caller, about["row"], _said(form), heard, seen=about["seen"], once=form.once)


def _said(form: Submission) -> Said:
    state = form.option("state")
    return Said(
        RowState(state) if state else None,
        form.text("with_whom"),
        form.text("details"),
        form.text("why"),
        form.day("day"),
    )


def not_mine(desk: Desk, press: Press) -> View:
    return forms.not_mine_form(report_cards.row_for(desk, press.caller, press.number, Act.REFUSE_ROW))


def refused(desk: Desk, form: Submission) -> None:
    report_rows.refuse(
        desk,
        form.caller,
        form.about["row"],
        form.text("reason"),
        could=form.member("member"),
        could_words=form.text("who"),
        once=form.once,
    )


def sign(desk: Desk, press: Press) -> View:
    return forms.sign_form(report_cards.look(desk, press.caller, press.number, Act.SIGN_REPORT))


def signed(desk: Desk, form: Submission) -> None:
    report_rows.sign(desk, form.caller, form.about["report"], seen=form.about["seen"], once=form.once)


def submit(desk: Desk, press: Press) -> View:
    return forms.submit_form(report_cards.look(desk, press.caller, press.number, Act.SUBMIT_REPORT))


def submitted(desk: Desk, form: Submission) -> None:
    about = form.about
    report_submission.submit(desk, form.caller, about["report"], seen=about["seen"], once=form.once)


def take_back(desk: Desk, press: Press) -> View:
    return forms.take_back_form(report_cards.look(desk, press.caller, press.number, Act.TAKE_BACK_REPORT).report)


def taken_back(desk: Desk, form: Submission) -> None:
    report_submission.take_back(desk, form.caller, form.about["report"], form.text("reason"), once=form.once)


def fetch(desk: Desk, press: Press) -> View:
    return views.on_its_way(report_submission.fetch(desk, press.caller, press.number))


def give(desk: Desk, press: Press) -> View:
    return forms.give_form(report_cards.look(desk, press.caller, press.number, Act.GIVE_REPORT).report)


def given(desk: Desk, form: Submission) -> None:
    reports.give(desk, form.caller, form.about["report"], form.member("member"), once=form.once)


def drop(desk: Desk, press: Press) -> View:
    return forms.drop_form(report_cards.look(desk, press.caller, press.number, Act.DROP_REPORT).report)


def dropped(desk: Desk, form: Submission) -> None:
    reports.drop(desk, form.caller, form.about["report"], form.text("reason"), once=form.once)


def register(edge: Edge) -> None:
    edge.turning(ids.TURN_REPORTS, turned)
    edge.button(ids.SHOW_REPORT, show)
    edge.button(ids.CHANGE_COVER, change_cover)
    edge.button(ids.ASSIGN_ROWS, assign)
    edge.button(ids.ROW_DONE, row_done)
    edge.button(ids.ROW_NOT_APPLICABLE, row_not_applicable)
    edge.button(ids.CHANGE_ROW, change_row)
    edge.button(ids.RECORD_ROW, record_row)
    edge.button(ids.ROW_NOT_MINE, not_mine)
    edge.button(ids.SIGN_REPORT, sign)
    edge.button(ids.SUBMIT_REPORT, submit)
    edge.button(ids.TAKE_BACK_REPORT, take_back)
    edge.button(ids.FETCH_REPORT, fetch)
    edge.button(ids.GIVE_REPORT, give)
    edge.button(ids.DROP_REPORT, drop)
    edge.form(ids.COVER_FORM, covered)
    edge.form(ids.COVER_TEXTS_FORM, texts_covered)
    edge.form(ids.ASSIGN_ROWS_FORM, assigned)
    edge.form(ids.ROW_FORM, filled_in)
    edge.form(ids.RECORD_ROW_FORM, row_recorded)
    edge.form(ids.ROW_NOT_MINE_FORM, refused)
    edge.form(ids.SIGN_REPORT_FORM, signed)
    edge.form(ids.SUBMIT_REPORT_FORM, submitted)
    edge.form(ids.TAKE_BACK_REPORT_FORM, taken_back)
    edge.form(ids.GIVE_REPORT_FORM, given)
    edge.form(ids.DROP_REPORT_FORM, dropped)
