"""Audiences, in the settings: adding one, changing one, taking one away."""

from slack_sdk.models.views import View

from bot.core.errors import BadInput
from bot.core.workspaces import Desk
from bot.desk import audiences
from bot.desk.audiences import Given
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import audiences as views


def add(desk: Desk, press: Press) -> View:
    return views.form(audiences.look(desk, press.caller))


def change(desk: Desk, press: Press) -> View:
    return views.choose_form(audiences.look(desk, press.caller))


def chosen(desk: Desk, form: Submission) -> View:
    audience_id = form.number("audience")
    if audience_id is None:
        raise BadInput("Choose which audience.", field="audience")
    return views.form(audiences.look(desk, form.caller, audience_id))


def saved(desk: Desk, form: Submission) -> None:
    audience_id = form.about.get("audience")
    if audience_id is not None and form.ticked("remove"):
        audiences.remove(desk, form.caller, audience_id, once=form.once)
        return
    given = Given(form.text("name"), form.channels("channels"), form.numbers("people"), form.members("members"))
    audiences.save(desk, form.caller, audience_id, given, once=form.once)


def register(edge: Edge) -> None:
    edge.button(ids.ADD_AUDIENCE, add)
    edge.button(ids.CHANGE_AUDIENCE, change)
    edge.form(ids.CHOOSE_AUDIENCE_FORM, chosen)
    edge.form(ids.AUDIENCE_FORM, saved)
