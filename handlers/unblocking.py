"""Passing a request on, recording a reply, disputing one, going on without one."""

from slack_sdk.models.views import View

from bot.core.errors import BadInput
from bot.core.permissions import Act
from bot.core.workspaces import Desk
from bot.desk import signoffs, unblocking
from bot.desk.unblocking import Reply
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import unblocking as views
from storage.signoffs import HeardBy


def pass_on(desk: Desk, press: Press) -> View:
    return views.pass_form(unblocking.to_pass(desk, press.caller, press.number))


def passed_on(desk: Desk, form: Submission) -> None:
    signature_id, to_id = form.about["signature"], form.number("person")
    unblocking.pass_on(desk, form.caller, signature_id, to_id, form.text("note"), once=form.once)


def record_reply(desk: Desk, press: Press) -> View:
    return views.reply_form(signoffs.look_at(desk, press.caller, press.number, Act.RECORD_REPLY), desk.clock.now())


def record_a_reply(desk: Desk, press: Press) -> View:
    return views.choose_reply_form(unblocking.missing(desk, press.caller, press.text_of, Act.RECORD_REPLY))


def reply_chosen(desk: Desk, form: Submission) -> View:
    signature_id, _, said_by_id = (form.option("signature") or "").partition(":")
    if not signature_id:
        raise BadInput("Choose who replied.", field="signature")
    shown = signoffs.look_at(desk, form.caller, int(signature_id), Act.RECORD_REPLY)
    return views.reply_form(shown, desk.clock.now(), said_by_id=int(said_by_id))


def reply_recorded(desk: Desk, form: Submission) -> None:
    reply = Reply(
        approves=form.option("answer") == "approves",
        comment=form.text("comment"),
        evidence=form.text("evidence"),
        how=HeardBy(form.option("how") or HeardBy.EMAIL),
        heard_at=form.moment("heard_at"),
        link=form.text("link"),
        said_by_id=form.about.get("said_by"),
        files=form.files("files"),
    )
    unblocking.record_reply(desk, form.caller, form.about["signature"], reply, once=form.once)


def dispute(desk: Desk, press: Press) -> View:
    return views.dispute_form(unblocking.to_dispute(desk, press.caller, press.number))


def disputed(desk: Desk, form: Submission) -> None:
    unblocking.dispute(desk, form.caller, form.about["signature"], form.text("text"), once=form.once)


def override(desk: Desk, press: Press) -> View:
    return views.override_form(unblocking.missing(desk, press.caller, press.text_of, Act.OVERRIDE_SIGNATURE))


def overridden(desk: Desk, form: Submission) -> None:
    signature_id = form.number("signature")
    if signature_id is None:
        raise BadInput("Choose whose signature it goes on without.", field="signature")
    unblocking.override(desk, form.caller, signature_id, form.text("reason"), once=form.once)


def register(edge: Edge) -> None:
    edge.button(ids.PASS_ON, pass_on)
    edge.button(ids.RECORD_REPLY, record_reply)
    edge.button(ids.RECORD_A_REPLY, record_a_reply)
    edge.button(ids.DISPUTE, dispute)
    edge.button(ids.OVERRIDE, override)
    edge.form(ids.PASS_FORM, passed_on)
    edge.form(ids.CHOOSE_REPLY_FORM, reply_chosen)
    edge.form(ids.REPLY_FORM, reply_recorded)
    edge.form(ids.DISPUTE_FORM, disputed)
    edge.form(ids.OVERRIDE_FORM, overridden)
