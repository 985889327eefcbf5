"""`/briefing`, and everything on a briefing's card."""

import re

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk
from bot.desk import briefing_cards, briefing_posting, briefing_text, briefings
from bot.desk.briefing_text import MOST
from bot.desk.briefings import Details, ReplacesAnother
from bot.desk.signoffs import Suggestion
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Command, Press, Submission
from handlers.views import briefing_forms as form_views
from handlers.views import briefings as views
from handlers.views.words import Drawn, section

REFERENCE = re.compile(r"BRF-(\d{1,9})", re.IGNORECASE)


def command(desk: Desk, command: Command) -> Drawn | View:
    words = command.text.casefold()
    if words == "help":
        return Drawn("Help with /briefing", [section(views.HELP)])
    if words == "list":
        return views.listed(briefing_cards.listed(desk, command.caller))
    if reference := REFERENCE.fullmatch(command.text):
        return views.answer(briefing_cards.numbered(desk, command.caller, int(reference[1])))
    return form_views.new_form(briefings.offers(desk, command.caller))


def brief_meeting(desk: Desk, press: Press) -> View:
    return form_views.new_form(briefings.offers(desk, press.caller, press.number))


def started(desk: Desk, form: Submission) -> View:
    replaces_id = form.about.get("replaces") if form.ticked("replaces") else None
    details = _details(form, replaces_id)
    try:
        drafted = briefings.start(desk, form.caller, details, once=form.once)
    except ReplacesAnother as asked:
        if form.about.get("replaces") == asked.before_id:
            raise
        return form_views.new_form(briefings.offers(desk, form.caller, details.meeting_id), details, asked)
    return form_views.preview(drafted.shown, drafted.hints)


def change(desk: Desk, press: Press) -> View:
    return form_views.change_form(briefing_cards.to_change(desk, press.caller, press.number))


def adopt(desk: Desk, caller: Caller, suggestion: Suggestion) -> View:
    """What a signatory suggested, for a press officer to take over as its author."""
    to_change = briefing_cards.to_change(desk, caller, suggestion.subject.id)
    return form_views.change_form(to_change, suggestion.text, briefing_text.read(suggestion.text))


def changed(desk: Desk, form: Submission) -> View:
    drafted = briefings.change(
        desk, form.caller, form.about["briefing"], _details(form), based_on=form.about["draft"], once=form.once
    )
    return form_views.preview(drafted.shown, drafted.hints)


def preview(desk: Desk, press: Press) -> View:
    return form_views.preview(briefing_cards.read(desk, press.caller, press.number))


def read_all(desk: Desk, press: Press) -> View:
    return views.read_page(briefing_cards.read(desk, press.caller, press.number))


def ask_chair(desk: Desk, press: Press) -> View:
    return form_views.preview(briefing_cards.look_at(desk, press.caller, press.number, Act.ASK_CHAIR))


def chair_asked(desk: Desk, form: Submission) -> None:
    # the preview may have taken the place of the form that saved the draft: Slack gives both the same id
    briefings.ask_chair(
        desk, form.caller, form.about["briefing"], draft=form.about["draft"], once=f"{form.once}:ask_chair"
    )


def post_now(desk: Desk, press: Press) -> None:
    briefing_posting.post_now(desk, press.caller, press.number)


def post_again(desk: Desk, press: Press) -> None:
    briefing_posting.post_again(desk, press.caller, press.number)


def posting_time(desk: Desk, press: Press) -> View:
    return form_views.time_form(briefing_cards.look_at(desk, press.caller, press.number, Act.CHANGE_POSTING_TIME))


def time_chosen(desk: Desk, form: Submission) -> None:
    briefing_posting.choose_time(desk, form.caller, form.about["briefing"], form.moment("at"), once=form.once)


def withdraw(desk: Desk, press: Press) -> View:
    return form_views.withdraw_form(briefing_cards.look_at(desk, press.caller, press.number, Act.WITHDRAW_BRIEFING))


def withdrawn(desk: Desk, form: Submission) -> None:
    briefings.withdraw(desk, form.caller, form.about["briefing"], form.text("reason"), once=form.once)


def _details(form: Submission, replaces_id: int | None = None) -> Details:
    return Details(
        meeting_id=form.number("meeting"),
        messages=tuple(form.text(f"message_{number}") for number in range(1, MOST + 1)),
        links=form.text("links"),
        audience_ids=form.numbers("audiences"),
        at=form.moment("at"),
        lines_to_take=form.text("lines_to_take"),
        chair_id=form.number("chair"),
        replaces_id=replaces_id,
    )


def register(edge: Edge) -> None:
    edge.command(ids.BRIEFING_COMMAND, command)
    edge.button(ids.BRIEF_MEETING, brief_meeting)
    edge.button(ids.CHANGE_BRIEFING, change)
    edge.button(ids.PREVIEW_BRIEFING, preview)
    edge.button(ids.READ_BRIEFING, read_all)
    edge.button(ids.ASK_CHAIR, ask_chair)
    edge.button(ids.POST_NOW, post_now)
    edge.button(ids.POST_AGAIN, post_again)
    edge.button(ids.POSTING_TIME, posting_time)
    edge.button(ids.WITHDRAW_BRIEFING, withdraw)
    edge.form(ids.BRIEFING_FORM, started)
    edge.form(ids.CHANGE_BRIEFING_FORM, changed)
    edge.form(ids.ASK_CHAIR_FORM, chair_asked)
    edge.form(ids.POSTING_TIME_FORM, time_chosen)
    edge.form(ids.WITHDRAW_BRIEFING_FORM, withdrawn)
