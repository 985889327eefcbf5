"""An enquiry beside those that it looks like: how each stands, what was sent, and what can be done."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.desk.alikes import AlikePage, Beside
from bot.desk.finds import SaidIn
from handlers import ids
from handlers.views import enquiry_cards, forms, words
from handlers.views.alikes import BECAUSE_WORDS
from handlers.views.room import VIEW
from storage.enquiries import EnquiryStatus
from storage.statements import StatementStatus

LONGEST_SENT = 900


def page(shown: AlikePage) -> View:
    """The enquiry, below it those that it looks like, and what can be done about each."""
    enquiry = shown.line.enquiry
    title = f"{enquiry.reference} and others" if len(shown.beside) != 1 else f"{enquiry.reference} and one other"
    above: list[Block] = [enquiry_cards.line_section(shown.line)]
    if not shown.beside:
        above.append(words.section("It looks like no other enquiry any more."))
    groups = [[words.divider(), *_beside(shown, beside)] for beside in shown.beside]
    found = VIEW.lay_out(groups, beside=above, rest=lambda number: words.small(f"And {number} more."))
    return forms.page(title, [*above, *found])


def _beside(shown: AlikePage, beside: Beside) -> list[Block]:
    other = beside.line.enquiry
    who = f"{words.name(other.journalist)}, {words.moment(other.received_at)} · {BECAUSE_WORDS[beside.because]}"
    blocks: list[Block] = [enquiry_cards.line_section(beside.line), words.small(who)]
    if beside.sent:
        statement, dispatch = beside.sent[-1]
        blocks.append(words.small(f"{statement.reference}, sent {words.moment(dispatch.sent_at)}:"))
        blocks.append(words.quote(words.excerpt(dispatch.draft.text, LONGEST_SENT)))
    elif beside.line.current is not None:
        current = beside.line.current
        blocks.append(words.small(f"{current.statement.reference}, under way:"))
        blocks.append(words.quote(words.excerpt(current.standing.draft.text, LONGEST_SENT)))
    return [*blocks, *words.buttons(_buttons(shown, beside))]


def _buttons(shown: AlikePage, beside: Beside) -> list[ButtonElement]:
    enquiry, other = shown.line.enquiry, beside.line.enquiry
    pair = f"{enquiry.id}:{other.id}"
    buttons = [words.button("Show", ids.SHOW, other.id)]
    own = {line.statement.id for line in shown.line.statements}
    offered = [line.statement for line in beside.line.statements if line.statement.id not in own]
    if offered and enquiry.status is not EnquiryStatus.CLOSED:
        statement = offered[-1]
        buttons.append(
            words.button(
                "Answer with this",
                ids.ANSWER_WITH_THIS,
                f"{enquiry.id}:{statement.id}",
                primary=statement.status is StatementStatus.ISSUED,
            )
        )
    if beside.sent and enquiry.status is not EnquiryStatus.CLOSED:
        value = f"{SaidIn.STATEMENT}:{beside.sent[-1][0].id}"
        buttons.append(words.button("Use this", ids.USE_THIS, value))
    if shown.follows_id != other.id and other.number < enquiry.number:
        buttons.append(words.button("Link as follow-up", ids.FOLLOW_THIS, pair))
    return [*buttons, words.button("Set aside", ids.SET_ASIDE, pair)]
