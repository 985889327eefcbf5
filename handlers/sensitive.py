"""Marking an enquiry as sensitive, letting people in, and opening it to all again."""

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.workspaces import Desk
from bot.desk import sensitive
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import sensitive as views


def mark(desk: Desk, press: Press) -> View:
    return views.mark_form(sensitive.look_at(desk, press.caller, press.number, Act.MARK_SENSITIVE))


def marked(desk: Desk, form: Submission) -> None:
    sensitive.mark(desk, form.caller, form.about["enquiry"], once=form.once)


def show_to_all(desk: Desk, press: Press) -> View:
    return views.show_to_all_form(sensitive.look_at(desk, press.caller, press.number, Act.SHOW_TO_ALL))


def shown_to_all(desk: Desk, form: Submission) -> None:
    sensitive.show_to_all(desk, form.caller, form.about["enquiry"], once=form.once)


def let_in(desk: Desk, press: Press) -> View:
    return views.let_in_form(*sensitive.could_be_let_in(desk, press.caller, press.number))


def people_let_in(desk: Desk, form: Submission) -> None:
    sensitive.let_in(desk, form.caller, form.about["enquiry"], form.numbers("people"), once=form.once)


def register(edge: Edge) -> None:
    edge.button(ids.MARK_SENSITIVE, mark)
    edge.button(ids.SHOW_TO_ALL, show_to_all)
    edge.button(ids.LET_IN, let_in)
    edge.form(ids.MARK_SENSITIVE_FORM, marked)
    edge.form(ids.SHOW_TO_ALL_FORM, shown_to_all)
    edge.form(ids.LET_IN_FORM, people_let_in)
