"""An enquiry on the screen: its card, its line in a list, its page, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.desk.enquiry_cards import EnquiryCard, EnquiryLine, Stage, StatementLine
from bot.desk.finds import SaidIn
from bot.desk.terms import APART
from handlers import ids
from handlers.views import alikes, corrections, enquiry_stages, facts, follow_ups, forms, room, terms, words
from handlers.views.words import Drawn
from storage.enquiries import CameBy, Enquiry
from storage.people import Person

LONGEST_QUESTION_ON_CARD = 700


LONGEST_OUTLET_IN_LIST = 60


CAME_BY_WORDS: dict[CameBy, str] = {
    CameBy.EMAIL: "E-mail",
    CameBy.PHONE: "Phone",
    CameBy.SOCIAL: "Social media",
    CameBy.IN_PERSON: "In person",
}


ANSWER_FROM_BEFORE = "Answer from before Comms Desk"
"""What an import brought along was not signed here, and must not look as if it had been."""


def card(shown: EnquiryCard) -> Drawn:
    """The living card: everything needed to know what to do next, readable on a phone."""
    line = shown.line
    enquiry = line.enquiry
    blocks: list[Block] = [
        words.header(f"{enquiry.reference} · {words.typed(enquiry.outlet, 130)}"),
        words.quote(words.excerpt(enquiry.question, LONGEST_QUESTION_ON_CARD)),
        words.section(_facts(line, shown.stand_in)),
        _particulars(enquiry),
        *_confidence(enquiry),
        *follow_ups.lines(shown),
        *alikes.lines(shown),
        *beside(line),
        *words.buttons(_buttons(shown)),
    ]
    title = f"{enquiry.reference} · {words.plain(enquiry.outlet, words.LONGEST_TITLE)}"
    return words.drawn(f"{title}: {enquiry_stages.stage_words(line)}. {enquiry_stages.next_step(line)}", blocks)


def line_section(line: EnquiryLine, accessory: ButtonElement | None = None) -> Block:
    enquiry = line.enquiry
    owner = words.name(enquiry.owner.name) if enquiry.owner else "nobody yet"
    outlet = words.plain(enquiry.outlet, LONGEST_OUTLET_IN_LIST)
    return words.section(
        f"{':lock: ' * enquiry.is_sensitive}*{enquiry.reference} · {outlet}*  {words.plain(enquiry.question, 120)}\n"
        f"Due {words.due(enquiry.deadline, line.band)} · {owner} · {enquiry_stages.stage_words(line)}",
        accessory=accessory,
    )


def show_page(shown: EnquiryCard) -> View:
    """One enquiry to read, with its whole question and all that the reader may do with it."""
    line = shown.line
    enquiry = line.enquiry
    blocks: list[Block] = [
        words.section(f"*{words.plain(enquiry.outlet, words.LONGEST_TITLE)}*"),
        *(words.quote(part) for part in words.parts(enquiry.question)),
        words.section(_facts(line, shown.stand_in)),
        _particulars(enquiry),
        *_confidence(enquiry),
        *follow_ups.lines(shown),
        *alikes.lines(shown),
    ]
    blocks += facts.on_page(line.facts)
    blocks += follow_ups.said_before(shown)
    blocks += _from_before(shown, blocks)
    texts = [
        [
            words.divider(),
            words.section(f"*{_tied(tied, line)}*"),
            words.verbatim(tied.standing.draft.text),
        ]
        for tied in reversed(line.statements)
    ]
    below = [*beside(line), *words.buttons(_buttons(shown))]
    blocks += room.VIEW.lay_out(
        texts,
        beside=[*blocks, *below],
        rest=lambda number: words.small(f"Older statements not shown here: {number}. The card’s thread has them."),
    )
    return forms.page(enquiry.reference, [*blocks, *below])


def _tied(tied: StatementLine, line: EnquiryLine) -> str:
    """What a text is, and whether it was wrong. A draft of a draft is of no use to anybody: which one, it says."""
    apart = f" ({APART[tied.statement.kind]})" if tied.statement.kind in APART else ""
    correction = next(
        (one.statement for one in line.statements if one.statement.corrects_id == tied.statement.id), None
    )
    wrong = f" · :warning: {corrections.corrected(correction)}" if correction else ""
    return f"{tied.statement.reference}{apart}, draft {tied.standing.draft.number}{wrong}"


def _from_before(shown: EnquiryCard, beside: Sequence[Block]) -> list[Block]:
    if shown.answer_from_before is None:
        return []
    use = words.button("Use this", ids.USE_THIS, f"{SaidIn.BEFORE}:{shown.line.enquiry.id}")
    above: list[Block] = [words.divider(), words.section(f"*{ANSWER_FROM_BEFORE}*", accessory=use)]
    return [*above, *room.long_text(shown.answer_from_before, [*beside, *above])]


def _facts(line: EnquiryLine, stand_in: Person | None) -> str:
    enquiry = line.enquiry
    owner = words.name(enquiry.owner.name) if enquiry.owner else "Nobody yet"
    if stand_in is not None:
        owner += f", away; {words.name(stand_in.name)} stands in"
    found = [
        f"*Due*  {words.due(enquiry.deadline, line.band)}",
        f"*Owner*  {owner}",
        f"*Stage*  {words.first_up(enquiry_stages.own_stage(line))}",
        *terms.facts(enquiry, line.now),
    ]
    if line.stage is Stage.CLOSED and enquiry.outcome_detail:
        found.append(f"*Details*  {words.plain(enquiry.outcome_detail, 300)}")
    if asked := facts.in_short(line.facts):
        found.append(f"*Facts*  {asked}")
    found.append(f"*Next*  {enquiry_stages.next_step(line)}")
    return "\n".join(found)


def _particulars(enquiry: Enquiry) -> Block:
    contact = " · ".join(part for part in (enquiry.journalist, enquiry.email, enquiry.phone) if part)
    parts = [f"{CAME_BY_WORDS[enquiry.came_by]}, {words.moment(enquiry.received_at)}"]
    if enquiry.out_of_hours:
        parts.append("out of hours")
    if enquiry.topic:
        parts.append(f"Topic: {words.name(enquiry.topic.name)}")
    if enquiry.organisation:
        parts.append(f"Concerns: {words.name(enquiry.organisation.name)}")
    return words.small(" · ".join(parts), before=contact)


def _confidence(enquiry: Enquiry) -> list[Block]:
    return [words.small(":lock: Sensitive: only those who work on it see this.")] if enquiry.is_sensitive else []


def _buttons(shown: EnquiryCard) -> list[ButtonElement]:
    """What can be done, the next step first; what is done seldom stands on a page of its own."""
    line, acts = shown.line, shown.acts
    is_drafted_next = Act.START_STATEMENT in acts and _drafts_next(line)
    asked = line.referral if Act.RECORD_PARTNER_REPLY in acts else None
    both = "Look at both" if len(shown.alike) == 1 else "Look at all"

    def button(text: str, action_id: str, *, primary: bool = False) -> ButtonElement:
        return words.button(text, action_id, line.enquiry.id, primary=primary)

    offered: list[tuple[bool, ButtonElement]] = [
        (Act.TAKE_ENQUIRY in acts, button("Take it", ids.TAKE, primary=True)),
        (Act.RECORD_EMAIL in acts, button("E-mail came", ids.EMAIL_CAME)),
        (Act.REOPEN_ENQUIRY in acts, button("Reopen", ids.REOPEN)),
        *((True, one) for one in statement_buttons(line)),
        (is_drafted_next, button("Draft statement", ids.START_STATEMENT, primary=line.stage in NOT_DRAFTED)),
        (Act.ASK_FOR_FACTS in acts, button("Ask for facts", ids.ASK_FOR_FACTS)),
        *((True, words.button("Record partner’s reply", ids.RECORD_PARTNER_REPLY, one.id)) for one in [asked] if one),
        (bool(shown.alike), button(both, ids.ALIKE)),
        (Act.ADD_NOTE in acts, button("Add note", ids.NOTE)),
        (Act.CLOSE_ENQUIRY in acts, button("Close", ids.CLOSE, primary=line.stage is Stage.ANSWERED)),
        (bool(_seldom(shown)), button("Show more", ids.MORE)),
    ]
    return [one for is_offered, one in offered if is_offered]


@dataclass(frozen=True)
class _Seldom:
    """An act on an enquiry for which the card has no room: what its button says, and what it is for."""

    act: Act
    text: str
    action_id: str
    what_for: str


_SELDOM = (
    _Seldom(Act.GIVE_ENQUIRY, "Give to someone", ids.GIVE, "Somebody else sees to it from now on, and is told."),
    _Seldom(Act.CHANGE_DEADLINE, "Change deadline", ids.DEADLINE, "It was noted wrongly, or has become known."),
    _Seldom(
        Act.ASK_FOR_MORE_TIME,
        "Ask for more time",
        ids.ASK_FOR_MORE_TIME,
        "A text for the journalist; note their answer.",
    ),
    _Seldom(
        Act.AGREE_MORE_TIME, "More time agreed", ids.MORE_TIME_AGREED, "They gave a later deadline; all moves with it."
    ),
    _Seldom(Act.CHANGE_TOPIC, "Change topic", ids.TOPIC, "The new topic’s lead is asked to sign too."),
    _Seldom(Act.REFER_ENQUIRY, "Refer to partner", ids.REFER, "It concerns them alone: their lead is asked to answer."),
    _Seldom(
        Act.WITHDRAW_REFERRAL, "Take back from partner", ids.WITHDRAW_REFERRAL, "They are told; it is ours to answer."
    ),
    _Seldom(Act.TELL_PARTNERS, "Tell other organisations", ids.TELL_PARTNERS, "Their leads are told, for information."),
    _Seldom(
        Act.CORRECT_DETAILS, "Correct details", ids.CORRECT, "The journalist, the outlet, the question, an embargo."
    ),
    _Seldom(
        Act.MARK_SENSITIVE, "Mark as sensitive", ids.MARK_SENSITIVE, "Only those who work on it see it from then on."
    ),
    _Seldom(Act.LET_IN, "Let somebody in", ids.LET_IN, "They see it too, and get its card."),
    _Seldom(
        Act.SHOW_TO_ALL,
        "Show to all",
        ids.SHOW_TO_ALL,
        "Its card goes up in the channel again.",
    ),
    _Seldom(
        Act.ANSWER_WITH,
        "Answer with statement",
        ids.ANSWER_WITH,
        "A statement that answers another enquiry answers this too.",
    ),
    _Seldom(Act.LINK_FOLLOW_UP, "Link to earlier", ids.LINK_FOLLOW_UP, "It follows an enquiry that came before."),
    _Seldom(Act.UNLINK_FOLLOW_UP, "Take link away", ids.UNLINK_FOLLOW_UP, "It does not follow the earlier one."),
    _Seldom(Act.START_STATEMENT, "Draft statement", ids.START_STATEMENT, "A new text, with signatures of its own."),
    _Seldom(
        Act.START_STATEMENT,
        "Draft a holding line",
        ids.HOLDING_LINE,
        "Short, for now, and signed as well. The answer stays owed.",
    ),
)


NOT_DRAFTED = frozenset({Stage.OWNED, Stage.HELD})
"""Somebody has it, and has nothing yet that would answer."""


def _seldom(shown: EnquiryCard) -> list[_Seldom]:
    """What may be done and does not stand on the card itself."""
    on_card = {ids.START_STATEMENT} if _drafts_next(shown.line) else set()
    return [seldom for seldom in _SELDOM if seldom.act in shown.acts and seldom.action_id not in on_card]


def _value(shown: EnquiryCard, seldom: _Seldom) -> int:
    """What its button is about: the enquiry, or the partner who has it."""
    if seldom.act is Act.WITHDRAW_REFERRAL and shown.line.referral is not None:
        return shown.line.referral.id
    return shown.line.enquiry.id


def _drafts_next(line: EnquiryLine) -> bool:
    is_drafted = line.current is not None and line.current.statement.is_answer
    return not is_drafted and line.stage is not Stage.NOBODY


def more_page(shown: EnquiryCard) -> View:
    """Everything else that can be done, each with a word on what it is for."""
    enquiry = shown.line.enquiry
    blocks: list[Block] = [
        words.section(seldom.what_for, accessory=words.button(seldom.text, seldom.action_id, _value(shown, seldom)))
        for seldom in _seldom(shown)
    ]
    title = words.section(f"*{enquiry.reference} · {words.plain(enquiry.outlet, words.LONGEST_TITLE)}*")
    nothing = words.section("There is nothing else that you can do with it. The buttons on its card are all there is.")
    return forms.page(f"More: {enquiry.reference}", [title, *(blocks or [nothing])])


def statement_buttons(line: EnquiryLine) -> list[ButtonElement]:
    """What the statement under way waits for: for the card, and for its owner's home."""
    if line.current is None:
        return []
    statement_id, stage = line.current.statement.id, line.current.stage
    found = []
    if stage is Stage.DRAFTING:
        found.append(words.button("Ask for signatures", ids.REQUEST_SIGNOFF, statement_id, primary=True))
    if stage is Stage.READY:
        found.append(words.button("Record as issued", ids.RECORD_ISSUE, statement_id, primary=True))
    return [*found, words.button("Write new draft", ids.WRITE_DRAFT, statement_id)]


MOST_BESIDE = 2


def beside(line: EnquiryLine) -> list[Block]:
    """What is under way beside the answer, the newest: how far it has come, and the button for what comes next."""
    found: list[Block] = []
    for other in line.beside[-MOST_BESIDE:]:
        statement_id, button = other.statement.id, None
        if other.stage is Stage.DRAFTING:
            button = words.button("Ask for signatures", ids.REQUEST_SIGNOFF, statement_id)
        if other.stage is Stage.READY:
            button = words.button("Record as issued", ids.RECORD_ISSUE, statement_id, primary=True)
        what, how_far = enquiry_stages.apart(other), enquiry_stages.text_words(other)
        found.append(words.section(f"*{words.first_up(what)}*  {words.first_up(how_far)}", accessory=button))
    return found
