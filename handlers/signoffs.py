"""A signatory's buttons, and the owner's answers to them."""

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.workspaces import Desk
from bot.desk import signoffs, statement_cards
from handlers import briefings, ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import signoffs as views
from handlers.views import statements as statement_views
from storage.subjects import SubjectKind


def approve(desk: Desk, press: Press) -> None:
    signoffs.approve(desk, press.caller, press.number)


def read_and_sign(desk: Desk, press: Press) -> View:
    return views.sign_form(signoffs.look_at(desk, press.caller, press.number, Act.APPROVE))


def read_request(desk: Desk, press: Press) -> View:
    return views.read_page(signoffs.read(desk, press.caller, press.number))


def signed(desk: Desk, form: Submission) -> None:
    signoffs.approve(desk, form.caller, form.about["signature"])


def ask_for_changes(desk: Desk, press: Press) -> View:
    return views.changes_form(signoffs.look_at(desk, press.caller, press.number, Act.ASK_FOR_CHANGES))


def changes_asked(desk: Desk, form: Submission) -> None:
    signoffs.ask_for_changes(desk, form.caller, form.about["signature"], form.text("text"), once=form.once)


def suggest(desk: Desk, press: Press) -> View:
    return views.suggest_form(signoffs.look_at(desk, press.caller, press.number, Act.SUGGEST_WORDING))


def suggested(desk: Desk, form: Submission) -> None:
    signoffs.suggest_wording(desk, form.caller, form.about["signature"], form.long_text("text"), once=form.once)


def adopt(desk: Desk, press: Press) -> View:
    suggestion = signoffs.suggestion(desk, press.caller, press.number)
    if suggestion.subject.kind is SubjectKind.BRIEFING:
        return briefings.adopt(desk, press.caller, suggestion)
    shown = statement_cards.look_at(desk, press.caller, suggestion.subject.id, Act.WRITE_DRAFT)
    return statement_views.draft_form(shown, text=suggestion.text)


def keep(desk: Desk, press: Press) -> View:
    return views.keep_form(signoffs.look_at(desk, press.caller, press.number, Act.KEEP_WORDING))


def kept(desk: Desk, form: Submission) -> None:
    signoffs.keep_wording(desk, form.caller, form.about["signature"], form.text("reason"), once=form.once)


def register(edge: Edge) -> None:
    edge.button(ids.APPROVE, approve)
    edge.button(ids.READ_AND_SIGN, read_and_sign)
    edge.button(ids.READ_REQUEST, read_request)
    edge.button(ids.ASK_FOR_CHANGES, ask_for_changes)
    edge.button(ids.SUGGEST_WORDING, suggest)
    edge.button(ids.ADOPT_WORDING, adopt)
    edge.button(ids.KEEP_WORDING, keep)
    edge.form(ids.SIGN_FORM, signed)
    edge.form(ids.CHANGES_FORM, changes_asked)
    edge.form(ids.SUGGEST_FORM, suggested)
    edge.form(ids.KEEP_FORM, kept)
