"""Referring an enquiry to a partner, what their lead replies, and telling others for information."""

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.workspaces import Desk
from bot.desk import referral_replies, referrals
from bot.desk.referral_replies import PartnerReply, Said
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import referrals as views


def refer(desk: Desk, press: Press) -> View:
    return views.refer_form(referrals.partners(desk, press.caller, press.number, Act.REFER_ENQUIRY))


def referred(desk: Desk, form: Submission) -> None:
    organisation_id = form.number("organisation") or 0
    referrals.refer(desk, form.caller, form.about["enquiry"], organisation_id, form.text("note"), once=form.once)


def tell(desk: Desk, press: Press) -> View:
    return views.tell_form(referrals.partners(desk, press.caller, press.number, Act.TELL_PARTNERS))


def told(desk: Desk, form: Submission) -> None:
    chosen = form.numbers("organisations")
    referrals.tell_leads(desk, form.caller, form.about["enquiry"], chosen, form.text("note"), once=form.once)


def read(desk: Desk, press: Press) -> View:
    return views.page(referrals.read(desk, press.caller, press.number))


def accept(desk: Desk, press: Press) -> None:
    referral_replies.accept(desk, press.caller, press.number)


def refuse(desk: Desk, press: Press) -> View:
    return views.refuse_form(referrals.look_at(desk, press.caller, press.number, Act.REFUSE_REFERRAL))


def refused(desk: Desk, form: Submission) -> None:
    referral_replies.refuse(desk, form.caller, form.about["referral"], form.text("text"), once=form.once)


def done(desk: Desk, press: Press) -> View:
    shown = referrals.look_at(desk, press.caller, press.number, Act.ANSWER_REFERRAL)
    return views.done_form(shown, desk.clock.now())


def outcome_given(desk: Desk, form: Submission) -> None:
    reply = PartnerReply(Said.DONE, form.text("text"), form.moment("at"), form.text("link"))
    referral_replies.answered(desk, form.caller, form.about["referral"], reply, once=form.once)


def record(desk: Desk, press: Press) -> View:
    shown = referrals.look_at(desk, press.caller, press.number, Act.RECORD_PARTNER_REPLY)
    return views.reply_form(shown, desk.clock.now())


def recorded(desk: Desk, form: Submission) -> None:
    chosen = form.option("said")
    reply = PartnerReply(
        said=Said(chosen) if chosen else None,
        text=form.text("text"),
        at=form.moment("at"),
        link=form.text("link"),
        how=form.heard_by(),
    )
    referral_replies.record_reply(desk, form.caller, form.about["referral"], reply, once=form.once)


def withdraw(desk: Desk, press: Press) -> View:
    return views.withdraw_form(referrals.look_at(desk, press.caller, press.number, Act.WITHDRAW_REFERRAL))


def withdrawn(desk: Desk, form: Submission) -> None:
    referrals.withdraw(desk, form.caller, form.about["referral"], form.text("reason"), once=form.once)


def register(edge: Edge) -> None:
    for action_id, press in (
        (ids.REFER, refer),
        (ids.TELL_PARTNERS, tell),
        (ids.READ_REFERRAL, read),
        (ids.WE_HAVE_IT, accept),
        (ids.NOT_OURS, refuse),
        (ids.REFERRAL_DONE, done),
        (ids.RECORD_PARTNER_REPLY, record),
        (ids.WITHDRAW_REFERRAL, withdraw),
    ):
        edge.button(action_id, press)
    for callback_id, submitted in (
        (ids.REFER_FORM, referred),
        (ids.TELL_PARTNERS_FORM, told),
        (ids.NOT_OURS_FORM, refused),
        (ids.REFERRAL_DONE_FORM, outcome_given),
        (ids.PARTNER_REPLY_FORM, recorded),
        (ids.WITHDRAW_REFERRAL_FORM, withdrawn),
    ):
        edge.form(callback_id, submitted)
