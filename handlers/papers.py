"""`/desk papers`: agenda, papers and minutes of a meeting, what is published of them, and what the chair rules."""

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk
from bot.desk import paper_cards, paper_rulings, papers
from bot.desk.paper_rulings import Heard, Ruling
from bot.desk.papers import PaperDetails
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission, how_far
from handlers.views import paper_forms as forms
from handlers.views import papers as views
from handlers.views.words import Drawn
from storage.papers import Paper, PaperKind


def meetings(desk: Desk, caller: Caller, typed: str) -> Drawn | View:
    """The one meeting that the words mean, or a list to choose from."""
    found = paper_cards.meetings(desk, caller, typed)
    if typed and len(found.lines) == 1 and not found.nothing_has_words:
        return views.page(paper_cards.of_meeting(desk, caller, found.lines[0].meeting.id))
    return views.meetings_message(found)


def turned(desk: Desk, press: Press) -> View:
    offset, _, words = press.value.partition(":")
    return views.meetings_page(paper_cards.meetings(desk, press.caller, words, offset=how_far(offset)))


def show(desk: Desk, press: Press) -> View:
    return views.page(paper_cards.of_meeting(desk, press.caller, press.number))


def add(desk: Desk, press: Press) -> View:
    return forms.paper_form(paper_cards.to_add(desk, press.caller, press.number))


def change(desk: Desk, press: Press) -> View:
    paper = paper_cards.look(desk, press.caller, press.number, Act.CHANGE_PAPER)
    return forms.paper_form(paper.meeting, paper)


def kept(desk: Desk, form: Submission) -> View:
    """Put on file, or changed. The meeting's papers follow, to go on with the next."""
    kind = form.option("kind")
    details = PaperDetails(
        PaperKind(kind) if kind else None, form.text("title"), form.text("link"), form.files("files")
    )
    paper_id = form.about.get("paper")
    if paper_id is None:
        return _meeting(desk, form, papers.add(desk, form.caller, form.about["meeting"], details, once=form.once))
    return _meeting(desk, form, papers.change(desk, form.caller, paper_id, details, once=form.once))


def remove(desk: Desk, press: Press) -> View:
    return forms.remove_form(paper_cards.look(desk, press.caller, press.number, Act.REMOVE_PAPER))


def removed(desk: Desk, form: Submission) -> View:
    paper_id = form.about["paper"]
    return _meeting(desk, form, papers.remove(desk, form.caller, paper_id, form.text("reason"), once=form.once))


def publish(desk: Desk, press: Press) -> View:
    paper = paper_cards.look(desk, press.caller, press.number, Act.PUBLISH_PAPER)
    return forms.publish_form(paper, desk.clock.now())


def published(desk: Desk, form: Submission) -> View:
    link, at = form.text("public_link"), form.moment("published_at")
    return _meeting(desk, form, papers.publish(desk, form.caller, form.about["paper"], link, at, once=form.once))


def website(desk: Desk, press: Press) -> View:
    return views.website_page(*paper_cards.for_website(desk, press.caller, press.number))


def ask(desk: Desk, press: Press) -> View:
    return forms.ask_form(paper_cards.to_ask(desk, press.caller, press.number))


def asked(desk: Desk, form: Submission) -> View:
    paper_id, reason = form.about["paper"], form.text("reason")
    chair_id = form.number("chair")
    return _meeting(desk, form, paper_rulings.ask(desk, form.caller, paper_id, reason, chair_id, once=form.once))


def rule_confidential(desk: Desk, press: Press) -> View:
    paper = paper_cards.to_rule(desk, press.caller, press.number, confidential=True)
    return forms.ruling_form(paper, confidential=True)


def rule_published(desk: Desk, press: Press) -> View:
    paper = paper_cards.to_rule(desk, press.caller, press.number, confidential=False)
    return forms.ruling_form(paper, confidential=False)


def ruled(desk: Desk, form: Submission) -> None:
    ruling = Ruling(bool(form.about["confidential"]), form.text("reason"))
    paper_rulings.rule(desk, form.caller, form.about["paper"], ruling, once=form.once)


def record(desk: Desk, press: Press) -> View:
    return forms.record_form(paper_cards.to_record(desk, press.caller, press.number), desk.clock.now())


def recorded(desk: Desk, form: Submission) -> None:
    chosen = form.option("ruling")
    ruling = Ruling(chosen == forms.CONFIDENTIAL if chosen else None, form.text("reason"))
    heard = Heard(form.heard_by(), form.text("evidence"), form.moment("heard_at"), form.number("chair"))
    paper_rulings.record(desk, form.caller, form.about["paper"], ruling, heard, once=form.once)


def _meeting(desk: Desk, form: Submission, paper: Paper) -> View:
    return views.page(paper_cards.of_meeting(desk, form.caller, paper.meeting_id))


def register(edge: Edge) -> None:
    """Forms open in place of the page and become it again: Slack lays no more than three on top of each other."""
    edge.turning(ids.TURN_MEETINGS, turned)
    edge.button(ids.SHOW_PAPERS, show)
    edge.turning(ids.ADD_PAPER, add)
    edge.turning(ids.CHANGE_PAPER, change)
    edge.turning(ids.REMOVE_PAPER, remove)
    edge.turning(ids.PUBLISH_PAPER, publish)
    edge.button(ids.LIST_FOR_WEBSITE, website)
    edge.turning(ids.ASK_FOR_RULING, ask)
    edge.turning(ids.RULE_CONFIDENTIAL, rule_confidential)
    edge.turning(ids.RULE_PUBLISHED, rule_published)
    edge.turning(ids.RECORD_RULING, record)
    edge.form(ids.PAPER_FORM, kept)
    edge.form(ids.REMOVE_PAPER_FORM, removed)
    edge.form(ids.PUBLISH_PAPER_FORM, published)
    edge.form(ids.ASK_FOR_RULING_FORM, asked)
    edge.form(ids.RULING_FORM, ruled)
    edge.form(ids.RECORD_RULING_FORM, recorded)
