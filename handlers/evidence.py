"""How recorded replies are known, and attaching a file to one."""

from slack_sdk.models.views import View

from bot.core.workspaces import Desk
from bot.desk import evidence
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import evidence as views


def show(desk: Desk, press: Press) -> View:
    return views.page(evidence.shown(desk, press.caller, press.text_of))


def attach(desk: Desk, press: Press) -> View:
    return views.attach_form(evidence.to_attach(desk, press.caller, press.number))


def attached(desk: Desk, form: Submission) -> None:
    evidence.attach_more(desk, form.caller, form.about["signature"], form.files("files"), once=form.once)


def register(edge: Edge) -> None:
    edge.button(ids.SHOW_EVIDENCE, show)
    edge.button(ids.ATTACH_EVIDENCE, attach)
    edge.form(ids.ATTACH_FORM, attached)
