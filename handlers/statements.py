"""Drafting, asking for signatures, issuing, withdrawing."""

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.workspaces import Desk
from bot.desk import drafting, enquiry_lists, statement_cards, statements
from bot.desk.statements import Sending
from bot.desk.terms import KIND_FOR, Agreement
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import holding
from handlers.views import statements as views
from storage.statements import SentBy, StatementKind


def start(desk: Desk, press: Press) -> View:
    offered = enquiry_lists.for_form(desk, press.caller, press.number, Act.START_STATEMENT)
    enquiry = offered.enquiry
    return views.start_form(enquiry.id, enquiry.reference, offered.spokespeople, kind=KIND_FOR[enquiry.terms])


def holding_line(desk: Desk, press: Press) -> View:
    """A short text that holds the line, as a new statement of the enquiry: it is signed by the same rules."""
    offered = enquiry_lists.for_form(desk, press.caller, press.number, Act.START_STATEMENT)
    return holding.form(offered.enquiry.id, offered.enquiry.reference, offered.spokespeople)


def started(desk: Desk, form: Submission) -> View | None:
    drafted = drafting.begin(
        desk,
        form.caller,
        form.about["enquiry"],
        kind=StatementKind(form.about.get("kind") or form.option("kind") or StatementKind.STATEMENT),
        spokesperson_id=form.number("spokesperson"),
        text=form.long_text("text"),
        once=form.once,
    )
    return views.hints_page(drafted.hints)


def write_draft(desk: Desk, press: Press) -> View:
    return views.draft_form(statement_cards.look_at(desk, press.caller, press.number, Act.WRITE_DRAFT))


def draft_written(desk: Desk, form: Submission) -> View | None:
    drafted = drafting.go_on(
        desk,
        form.caller,
        form.about["statement"],
        form.long_text("text"),
        based_on=form.about["draft"],
        once=form.once,
    )
    return views.hints_page(drafted.hints)


def read_all(desk: Desk, press: Press) -> View:
    return views.read_page(statement_cards.read(desk, press.caller, press.number))


def request_signoff(desk: Desk, press: Press) -> View:
    return views.request_form(statement_cards.to_sign(desk, press.caller, press.number))


def signoff_requested(desk: Desk, form: Submission) -> None:
    statements.request_signoff(
        desk,
        form.caller,
        form.about["statement"],
        draft=form.about["draft"],
        added=form.numbers("added"),
        once=form.once,
    )


def record_issue(desk: Desk, press: Press) -> View:
    shown = statement_cards.to_issue(desk, press.caller, press.number)
    return views.issue_form(shown, desk.clock.now())


def issue_recorded(desk: Desk, form: Submission) -> None:
    statements.record_issue(
        desk,
        form.caller,
        form.about["statement"],
        sending_of(form),
        draft=form.about["draft"],
        close=closing_of(form),
        once=form.once,
    )


def sending_of(form: Submission) -> Sending:
    """To whom for each enquiry, how and when, as the form of an issue was filled in."""
    to = {enquiry_id: form.text(f"to_{enquiry_id}") for enquiry_id in form.about["enquiries"]}
    agreed = Agreement(form.text("agreed_by"), form.moment("agreed_at"), is_confirmed=form.ticked("agreed"))
    return Sending(to, SentBy(form.option("by") or SentBy.EMAIL), form.moment("at"), agreed)


def closing_of(form: Submission) -> list[int]:
    """The ids of the enquiries that are to be closed; where there is one alone, its form asks with a tick."""
    enquiry_ids: list[int] = form.about["enquiries"]
    if len(enquiry_ids) == 1:
        return enquiry_ids if form.ticked("close") else []
    return form.numbers("close")


def withdraw(desk: Desk, press: Press) -> View:
    return views.withdraw_form(statement_cards.look_at(desk, press.caller, press.number, Act.WITHDRAW_STATEMENT))


def withdrawn(desk: Desk, form: Submission) -> None:
    statements.withdraw(desk, form.caller, form.about["statement"], form.text("reason"), once=form.once)


def register(edge: Edge) -> None:
    edge.button(ids.START_STATEMENT, start)
    edge.button(ids.HOLDING_LINE, holding_line)
    edge.button(ids.WRITE_DRAFT, write_draft)
    edge.button(ids.READ_ALL, read_all)
    edge.button(ids.REQUEST_SIGNOFF, request_signoff)
    edge.button(ids.RECORD_ISSUE, record_issue)
    edge.button(ids.WITHDRAW, withdraw)
    edge.form(ids.START_FORM, started)
    edge.form(ids.DRAFT_FORM, draft_written)
    edge.form(ids.REQUEST_FORM, signoff_requested)
    edge.form(ids.ISSUE_FORM, issue_recorded)
    edge.form(ids.WITHDRAW_FORM, withdrawn)
