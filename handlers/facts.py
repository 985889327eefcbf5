"""Asking for facts, answering, passing on, recording, and taking an answer into a draft."""

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.workspaces import Desk
from bot.desk import facts, facts_cards
from bot.desk.facts import Heard, Question, WhoKnows
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import facts_forms as views


def ask(desk: Desk, press: Press) -> View:
    return views.ask_form(facts_cards.to_ask(desk, press.caller, press.number))


def ask_them(desk: Desk, press: Press) -> View:
    """The same question again, to whoever was named."""
    return views.ask_form(facts_cards.to_ask_again(desk, press.caller, press.number))


def asked(desk: Desk, form: Submission) -> None:
    who = WhoKnows(form.member("member"), form.number("outsider"), form.text("name"), form.text("email"))
    question = Question(form.text("question"), form.text("why"), form.moment("due"))
    facts.ask(desk, form.caller, form.about["enquiry"], who, question, once=form.once)


def answer(desk: Desk, press: Press) -> View:
    return views.answer_form(facts_cards.look_at(desk, press.caller, press.number, Act.ANSWER_FACTS))


def answered(desk: Desk, form: Submission) -> None:
    facts.answer(desk, form.caller, form.about["request"], form.long_text("text"), once=form.once)


def cannot_say(desk: Desk, press: Press) -> View:
    return views.cannot_say_form(facts_cards.look_at(desk, press.caller, press.number, Act.CANNOT_SAY))


def could_not_say(desk: Desk, form: Submission) -> None:
    facts.cannot_say(
        desk,
        form.caller,
        form.about["request"],
        form.text("reason"),
        could=form.member("member"),
        could_words=form.text("who"),
        once=form.once,
    )


def ask_instead(desk: Desk, press: Press) -> View:
    return views.ask_instead_form(facts_cards.look_at(desk, press.caller, press.number, Act.ASK_INSTEAD))


def asked_instead(desk: Desk, form: Submission) -> None:
    request_id, to = form.about["request"], form.member("member")
    facts.ask_instead(desk, form.caller, request_id, to, form.text("note"), once=form.once)


def record(desk: Desk, press: Press) -> View:
    shown = facts_cards.look_at(desk, press.caller, press.number, Act.RECORD_FACTS)
    return views.record_form(shown, desk.clock.now())


def recorded(desk: Desk, form: Submission) -> None:
    heard = Heard(
        text=form.long_text("text"),
        evidence=form.text("evidence"),
        how=form.heard_by(),
        at=form.moment("heard_at"),
    )
    facts.record(desk, form.caller, form.about["request"], heard, once=form.once)


def withdraw(desk: Desk, press: Press) -> View:
    return views.withdraw_form(facts_cards.look_at(desk, press.caller, press.number, Act.WITHDRAW_FACTS))


def withdrawn(desk: Desk, form: Submission) -> None:
    facts.withdraw(desk, form.caller, form.about["request"], once=form.once)


def use(desk: Desk, press: Press) -> View:
    return views.use_form(facts_cards.to_use(desk, press.caller, press.number))


def read(desk: Desk, press: Press) -> View:
    return views.read_page(facts_cards.read(desk, press.caller, press.number))


def register(edge: Edge) -> None:
    edge.button(ids.ASK_FOR_FACTS, ask)
    edge.button(ids.ASK_THEM, ask_them)
    edge.button(ids.ANSWER_FACTS, answer)
    edge.button(ids.CANNOT_SAY, cannot_say)
    edge.button(ids.ASK_INSTEAD, ask_instead)
    edge.button(ids.RECORD_FACTS, record)
    edge.button(ids.WITHDRAW_FACTS, withdraw)
    edge.button(ids.USE_FACTS, use)
    edge.button(ids.READ_FACTS, read)
    edge.form(ids.ASK_FACTS_FORM, asked)
    edge.form(ids.ANSWER_FACTS_FORM, answered)
    edge.form(ids.CANNOT_SAY_FORM, could_not_say)
    edge.form(ids.ASK_INSTEAD_FORM, asked_instead)
    edge.form(ids.RECORD_FACTS_FORM, recorded)
    edge.form(ids.WITHDRAW_FACTS_FORM, withdrawn)
