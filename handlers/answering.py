"""One statement answers several enquiries: chosen, tied or sent on, and untied."""

from slack_sdk.models.views import View

from bot.core.workspaces import Caller, Desk
from bot.desk import answering
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.statements import closing_of, sending_of
from handlers.views import answering as views


def choose(desk: Desk, press: Press) -> View:
    return views.choose_form(answering.choices(desk, press.caller, press.number))


def chosen(desk: Desk, form: Submission) -> View:
    return _form(desk, form.caller, form.about["enquiry"], form.number("statement") or 0)


def answer_with(desk: Desk, press: Press) -> View:
    return _form(desk, press.caller, *press.pair)


def _form(desk: Desk, caller: Caller, enquiry_id: int, statement_id: int) -> View:
    shown = answering.look_at(desk, caller, enquiry_id, statement_id)
    return views.send_form(shown, desk.clock.now()) if shown.has_gone_out else views.tie_form(shown)


def tied(desk: Desk, form: Submission) -> None:
    answering.tie(desk, form.caller, form.about["enquiry"], form.about["statement"], once=form.once)


def sent(desk: Desk, form: Submission) -> None:
    answering.send(
        desk,
        form.caller,
        form.about["enquiry"],
        form.about["statement"],
        sending_of(form),
        close=closing_of(form),
        once=form.once,
    )


def untie(desk: Desk, press: Press) -> View:
    return views.untie_form(answering.to_untie(desk, press.caller, press.number))


def untied(desk: Desk, form: Submission) -> None:
    answering.untie(desk, form.caller, form.about["statement"], form.number("enquiry") or 0, once=form.once)


def register(edge: Edge) -> None:
    edge.button(ids.ANSWER_WITH, choose)
    edge.button(ids.ANSWER_WITH_THIS, answer_with)
    edge.button(ids.UNTIE, untie)
    edge.form(ids.ANSWER_WITH_FORM, chosen)
    edge.form(ids.TIE_FORM, tied)
    edge.form(ids.SEND_FORM, sent)
    edge.form(ids.UNTIE_FORM, untied)
