"""`/enquiry`, the shortcut, and everything on an enquiry's card."""

import re

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk
from bot.desk import capture, enquiries, enquiry_closing, enquiry_deadlines, enquiry_details, enquiry_lists
from bot.desk.alikes import Decided, LooksAlike, WhatToDo
from bot.desk.enquiry_closing import Closing
from bot.desk.enquiry_deadlines import DeadlinePast
from bot.desk.enquiry_details import Details, EnquiryDetails
from handlers import enquiry_lists as lists
from handlers import exports, finds, ids
from handlers.edge import Edge
from handlers.payloads import Command, Press, Submission
from handlers.views import enquiries as views
from handlers.views import enquiry_cards
from handlers.views.words import Drawn, section
from storage.enquiries import CameBy, NoteKind, Outcome, Terms

REFERENCE = re.compile(r"ENQ-(\d{1,9})", re.IGNORECASE)

FIRST_WORD = re.compile(r"(?P<what>list|find)(?:\s+(?P<rest>.*))?", re.IGNORECASE | re.DOTALL)


def command(desk: Desk, command: Command) -> Drawn | View:
    words = command.text
    if words.lower() == "help":
        return Drawn("Help with /enquiry", [section(views.HELP)])
    if asked := FIRST_WORD.fullmatch(words):
        answer = lists.listed if asked["what"].lower() == "list" else finds.found
        return answer(desk, command.caller, asked["rest"] or "")
    if exports.ASKED.fullmatch(words):
        return exports.asked(desk, command.caller, words)
    if reference := REFERENCE.fullmatch(words):
        return enquiry_cards.card(enquiry_lists.numbered(desk, command.caller, int(reference.group(1))))
    return log_words_of(desk, command.caller, words)


def log(desk: Desk, press: Press) -> View:
    return log_words_of(desk, press.caller, "")


def log_words(desk: Desk, press: Press) -> View:
    return log_words_of(desk, press.caller, press.value)


def log_words_of(desk: Desk, caller: Caller, words: str) -> View:
    return views.log_form(capture.from_words(desk, caller, words))


def logged(desk: Desk, form: Submission) -> View | None:
    details = EnquiryDetails(
        journalist=form.text("journalist"),
        outlet=form.text("outlet"),
        email=form.text("email"),
        phone=form.text("phone"),
        came_by=CameBy(form.option("came_by") or CameBy.EMAIL),
        received_at=form.moment("received"),
        deadline=form.moment("deadline"),
        question=form.text("question"),
        topic_id=form.number("topic"),
        organisation_id=form.number("organisation"),
        awaiting_email=form.ticked("awaiting"),
        late_is_meant=form.ticked("late"),
        is_sensitive=form.ticked("sensitive"),
        terms=Terms(form.option("terms") or Terms.ON_RECORD),
        embargo_until=form.moment("embargo"),
    )
    chosen = form.option("alike") or WhatToDo.LOG
    what, _, other = chosen.partition(":")
    decided = Decided(frozenset(form.about.get("alike") or ()), WhatToDo(what), int(other) if other else None)
    try:
        enquiries.take_in(desk, form.caller, details, decided, once=form.once)
    except (DeadlinePast, LooksAlike) as error:
        is_late = isinstance(error, DeadlinePast)
        if is_late and "late" in form.state:
            raise
        asked = is_late or "late" in form.state
        again = capture.for_details(desk, form.caller, details)
        return views.log_form(again, ask_if_late=asked, what_to_do=form.option("alike"))
    return None


def show(desk: Desk, press: Press) -> View:
    return enquiry_cards.show_page(enquiry_lists.one(desk, press.caller, press.number))


def more(desk: Desk, press: Press) -> View:
    return enquiry_cards.more_page(enquiry_lists.one(desk, press.caller, press.number))


def take(desk: Desk, press: Press) -> None:
    enquiries.take(desk, press.caller, press.number)


def give(desk: Desk, press: Press) -> View:
    offered = enquiry_lists.for_form(desk, press.caller, press.number, Act.GIVE_ENQUIRY)
    return views.give_form(offered.enquiry, offered.owners)


def given(desk: Desk, form: Submission) -> None:
    enquiries.give(desk, form.caller, form.about["enquiry"], form.number("person") or 0, once=form.once)


def deadline(desk: Desk, press: Press) -> View:
    return views.deadline_form(enquiry_lists.for_form(desk, press.caller, press.number, Act.CHANGE_DEADLINE).enquiry)


def deadline_given(desk: Desk, form: Submission) -> None:
    enquiry_deadlines.change_deadline(
        desk,
        form.caller,
        form.about["enquiry"],
        form.moment("deadline"),
        late_is_meant=form.ticked("late"),
        once=form.once,
    )


def topic(desk: Desk, press: Press) -> View:
    offered = enquiry_lists.for_form(desk, press.caller, press.number, Act.CHANGE_TOPIC)
    return views.topic_form(offered.enquiry, offered.topics)


def topic_given(desk: Desk, form: Submission) -> None:
    enquiry_details.change_topic(desk, form.caller, form.about["enquiry"], form.number("topic") or 0, once=form.once)


def correct(desk: Desk, press: Press) -> View:
    offered = enquiry_lists.for_form(desk, press.caller, press.number, Act.CORRECT_DETAILS)
    return views.correct_form(offered.enquiry, offered.organisations)


def corrected(desk: Desk, form: Submission) -> None:
    details = Details(
        journalist=form.text("journalist"),
        outlet=form.text("outlet"),
        email=form.text("email"),
        phone=form.text("phone"),
        question=form.text("question"),
        organisation_id=form.number("organisation"),
        terms=Terms(form.option("terms") or Terms.ON_RECORD),
        embargo_until=form.moment("embargo"),
    )
    enquiry_details.correct_details(desk, form.caller, form.about["enquiry"], details, once=form.once)


def email_came(desk: Desk, press: Press) -> View:
    return views.email_form(enquiry_lists.for_form(desk, press.caller, press.number, Act.RECORD_EMAIL).enquiry)


def email_recorded(desk: Desk, form: Submission) -> None:
    enquiry_details.record_email(
        desk,
        form.caller,
        form.about["enquiry"],
        email=form.text("email"),
        question=form.text("question"),
        deadline=form.moment("deadline"),
        late_is_meant=form.ticked("late"),
        once=form.once,
    )


def note(desk: Desk, press: Press) -> View:
    return views.note_form(enquiry_lists.for_form(desk, press.caller, press.number, Act.ADD_NOTE).enquiry)


def noted(desk: Desk, form: Submission) -> None:
    kind = NoteKind(form.option("kind") or NoteKind.NOTE)
    terms = Terms(form.option("terms") or Terms.ON_RECORD)
    enquiries.add_note(desk, form.caller, form.about["enquiry"], kind, form.text("text"), terms=terms, once=form.once)


def close(desk: Desk, press: Press) -> View:
    offered = enquiry_lists.for_form(desk, press.caller, press.number, Act.CLOSE_ENQUIRY)
    return views.close_form(offered.enquiry, offered.organisations, answered=offered.answered)


def closed(desk: Desk, form: Submission) -> None:
    closing = Closing(Outcome(form.option("outcome") or ""), form.text("detail"), form.number("referred_to"))
    enquiry_closing.close(desk, form.caller, form.about["enquiry"], closing, once=form.once)


def reopen(desk: Desk, press: Press) -> View:
    return views.reopen_form(enquiry_lists.for_form(desk, press.caller, press.number, Act.REOPEN_ENQUIRY).enquiry)


def reopened(desk: Desk, form: Submission) -> None:
    enquiry_closing.reopen(
        desk,
        form.caller,
        form.about["enquiry"],
        form.text("reason"),
        deadline=form.moment("deadline"),
        late_is_meant=form.ticked("late"),
        once=form.once,
    )


def register(edge: Edge) -> None:
    edge.command(ids.ENQUIRY_COMMAND, command)
    edge.shortcut(ids.LOG_SHORTCUT, log)
    for action_id, press in (
        (ids.LOG, log),
        (ids.LOG_WORDS, log_words),
        (ids.SHOW, show),
        (ids.MORE, more),
        (ids.TAKE, take),
        (ids.GIVE, give),
        (ids.DEADLINE, deadline),
        (ids.TOPIC, topic),
        (ids.CORRECT, correct),
        (ids.EMAIL_CAME, email_came),
        (ids.NOTE, note),
        (ids.CLOSE, close),
        (ids.REOPEN, reopen),
    ):
        edge.button(action_id, press)
    for callback_id, submitted in (
        (ids.LOG_FORM, logged),
        (ids.GIVE_FORM, given),
        (ids.DEADLINE_FORM, deadline_given),
        (ids.TOPIC_FORM, topic_given),
        (ids.CORRECT_FORM, corrected),
        (ids.EMAIL_FORM, email_recorded),
        (ids.NOTE_FORM, noted),
        (ids.CLOSE_FORM, closed),
        (ids.REOPEN_FORM, reopened),
    ):
        edge.form(callback_id, submitted)
