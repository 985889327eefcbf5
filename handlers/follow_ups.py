"""Linking an enquiry to the one that it goes on with, and parting them again."""

from slack_sdk.models.views import View

from bot.core.workspaces import Desk
from bot.desk import follow_ups
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import follow_ups as views


def link(desk: Desk, press: Press) -> View:
    return views.link_form(follow_ups.choices(desk, press.caller, press.number))


def linked(desk: Desk, form: Submission) -> None:
    follow_ups.link(
        desk,
        form.caller,
        form.about["enquiry"],
        follows_id=form.number("earlier"),
        typed=form.text("number"),
        once=form.once,
    )


def unlink(desk: Desk, press: Press) -> View:
    return views.unlink_form(*follow_ups.look_at(desk, press.caller, press.number))


def unlinked(desk: Desk, form: Submission) -> None:
    follow_ups.unlink(desk, form.caller, form.about["enquiry"], once=form.once)


def register(edge: Edge) -> None:
    edge.button(ids.LINK_FOLLOW_UP, link)
    edge.button(ids.UNLINK_FOLLOW_UP, unlink)
    edge.form(ids.LINK_FOLLOW_UP_FORM, linked)
    edge.form(ids.UNLINK_FOLLOW_UP_FORM, unlinked)
