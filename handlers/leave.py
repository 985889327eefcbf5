"""Who is away: one's own leave, and that of others."""

from slack_sdk.models.views import View

from bot.core.workspaces import Desk
from bot.desk import leave
from bot.desk.leave import Absence
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import leave as views


def own(desk: Desk, press: Press) -> View:
    return views.own_form(leave.own_choices(desk, press.caller))


def own_set(desk: Desk, form: Submission) -> None:
    leave.set_own(desk, form.caller, _absence(form), once=form.once)


def back(desk: Desk, press: Press) -> None:
    leave.come_back(desk, press.caller)


def who_is_away(desk: Desk, press: Press) -> View:
    return views.page(leave.all_of_them(desk, press.caller))


def for_someone(desk: Desk, press: Press) -> View:
    return views.leave_form(leave.choices(desk, press.caller))


def set_for_someone(desk: Desk, form: Submission) -> View:
    leave.set_for(desk, form.caller, form.number("person"), _absence(form), once=form.once)
    return views.page(leave.all_of_them(desk, form.caller))


def ended(desk: Desk, press: Press) -> View:
    return views.ended(leave.end_for(desk, press.caller, press.number).name)


def _absence(form: Submission) -> Absence:
    return Absence(form.moment("from"), form.moment("back"), form.number("deputy"))


def register(edge: Edge) -> None:
    edge.button(ids.I_AM_AWAY, own)
    edge.button(ids.I_AM_BACK, back)
    edge.button(ids.WHO_IS_AWAY, who_is_away)
    edge.button(ids.SET_LEAVE, for_someone)
    edge.button(ids.END_LEAVE, ended)
    edge.form(ids.OWN_LEAVE_FORM, own_set)
    edge.form(ids.LEAVE_FORM, set_for_someone)
