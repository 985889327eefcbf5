"""Facts on the screen: the question as it is put to somebody, and what became of it."""

from collections.abc import Collection, Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from bot.core.permissions import Act
from bot.desk.facts_cards import FactsCard, FactsRequest
from bot.desk.unblocking import HEARD_WORDS
from handlers import ids
from handlers.views import long_texts, room, words
from handlers.views.words import Drawn
from storage.enquiries import Enquiry
from storage.facts import FactAnswer, FactRequest, FactState

LONGEST_QUESTION_ON_CARD = 700
LONGEST_OWN_ANSWER = 1500
LONGEST_REASON = 500
MOST_ON_PAGE = 10


def who_sees(shown: FactsRequest) -> str:
    """The answer stands below the enquiry's card: in the press channel, or, of a sensitive one, with those let in."""
    who = "Only those who work on this see" if shown.is_sensitive else "The press channel sees"
    return f"{who} what you write. It may be used in a public answer."


def in_short(asked: Sequence[FactRequest]) -> str:
    """What an enquiry waits for and what is in, in one line: `Waiting for facts from Tomos Reed by … · 2 facts in`."""
    waiting = [request for request in asked if request.state is FactState.ASKED]
    answered = [request for request in asked if request.state is FactState.ANSWERED]
    said = []
    if waiting:
        people = dict.fromkeys(request.asked.name for request in waiting)
        first = min(request.due_at for request in waiting)
        said.append(f"Waiting for facts from {words.names(people)} by {words.moment(first)}")
    if answered:
        said.append("1 fact in" if len(answered) == 1 else f"{len(answered)} facts in")
    return " · ".join(said)


def buttons(acts: Collection[Act], request_id: int, *, is_own: bool) -> list[ButtonElement]:
    """For a reminder: to whoever was asked, or to those who wait for it."""
    offered = _OFFERED_TO_ASKED if is_own else (_RECORD,)
    return [
        words.button(text, action_id, request_id, primary=act in {Act.ANSWER_FACTS, Act.RECORD_FACTS})
        for act, text, action_id in offered
        if act in acts
    ]


_RECORD = (Act.RECORD_FACTS, "Record the answer", ids.RECORD_FACTS)
_OFFERED_TO_ASKED = (
    (Act.ANSWER_FACTS, "Answer", ids.ANSWER_FACTS),
    (Act.CANNOT_SAY, "I can’t say", ids.CANNOT_SAY),
    (Act.ASK_INSTEAD, "Ask someone instead", ids.ASK_INSTEAD),
)
_ANSWER_WORDS = {
    FactState.ANSWERED: "Correct the answer",
    FactState.CANNOT_SAY: "Answer after all",
    FactState.WITHDRAWN: "Answer anyway",
}


def request(shown: FactsRequest) -> Drawn:
    """To whoever was asked: the question, why, by when, and what they can do; or to the owner who writes to them."""
    title = _title(shown)
    about = f"\nFor {_about(shown.enquiry)}" if shown.enquiry else ""
    blocks: list[Block] = [words.section(f"*{title}*{about}")]
    if not shown.email or shown.request.state is not FactState.ASKED:
        blocks.append(words.quote(shown.request.question))
    if shown.request.state is FactState.ASKED and not shown.is_elsewhere:
        blocks += _asked(shown)
    else:
        blocks += _over(shown)
    return words.drawn(f"{title}: {words.plain(shown.request.question, 200)}", [*blocks, *_request_buttons(shown)])


def _about(enquiry: Enquiry) -> str:
    """Escaped: the enquiry, for those who see it."""
    return f"{enquiry.reference} · {words.plain(enquiry.outlet, words.LONGEST_TITLE)}"


def _title(shown: FactsRequest) -> str:
    asked = words.name(shown.request.asked.name)
    if shown.is_elsewhere:
        return "With somebody else now"
    match shown.request.state:
        case FactState.ASKED if shown.is_relayed:
            return f"Please ask {asked}"
        case FactState.ASKED if shown.is_stood_in:
            return f"The press office asks {asked}, for whom you stand in"
        case FactState.ASKED:
            return "The press office asks you"
        case FactState.ANSWERED:
            return "Answered, thank you"
        case FactState.CANNOT_SAY:
            if shown.is_relayed:
                return f"{asked} cannot say"
            return "You passed this on" if shown.was_passed else "You said that you cannot say"
        case FactState.WITHDRAWN:
            return "Not needed any more, thank you"


def _asked(shown: FactsRequest) -> list[Block]:
    asked = shown.request
    lines = [f"Needed by {words.due(asked.due_at, shown.band)}"]
    if shown.is_relayed:
        address = f" ({words.plain(asked.asked.email, words.LONGEST_TITLE)})" if asked.asked.email else ""
        lines.append(
            f"{words.name(asked.asked.name)}{address} is not in Slack. Send them this text, then press "
            "Record the answer."
        )
        return [*words.sections(lines), words.verbatim(shown.email)]
    if shown.why:
        lines.insert(0, f"*Why*  {words.plain(shown.why)}")
    if asked.passed_from is not None:
        note = f": {words.plain(asked.passed_from.reason, LONGEST_REASON)}" if asked.passed_from.reason else "."
        lines.append(f"{words.name(asked.passed_from.asked.name)} thinks that you know{note}")
    lines.append(f"Your answer goes to {words.name(asked.owner.name)}.")
    confidential = " This is confidential: please speak of it with nobody else." if shown.is_confidential else ""
    return [*words.sections(lines), words.small(f"{who_sees(shown)}{confidential}")]


def _over(shown: FactsRequest) -> list[Block]:
    asked = shown.request
    if shown.is_elsewhere:
        return [words.section("Nothing is asked of you here any more.")]
    blocks: list[Block] = []
    if asked.state is FactState.WITHDRAWN and asked.erased_at is None:
        blocks.append(words.section("You need not do anything. What you know already is still welcome."))
    if asked.state is FactState.CANNOT_SAY:
        blocks.append(words.section(_why_not(asked)))
    if shown.answers:
        newest = shown.answers[-1]
        blocks += [
            words.section(f"*{who_said(newest)}*"),
            words.quote(words.excerpt(newest.text, LONGEST_OWN_ANSWER)),
        ]
    return blocks


def _request_buttons(shown: FactsRequest) -> list[Block]:
    found = []
    for act, text, action_id in (*_OFFERED_TO_ASKED, _RECORD):
        if act not in shown.acts:
            continue
        is_first = shown.request.state is FactState.ASKED and act in {Act.ANSWER_FACTS, Act.RECORD_FACTS}
        label = _ANSWER_WORDS.get(shown.request.state, text) if act is Act.ANSWER_FACTS else text
        found.append(words.button(label, action_id, shown.request.id, primary=is_first))
    return [*words.buttons(found)]


def card(shown: FactsCard) -> Drawn:
    """To those who see the enquiry: who was asked what, by when, and what they said."""
    asked, title = shown.request, _became(shown)
    if shown.is_overtaken:
        return words.drawn(title, [words.small(title), words.quote(words.excerpt(asked.question, 300))])
    about = f"\nFor {_about(shown.enquiry)}" if shown.is_by_itself else ""
    above: list[Block] = [
        words.section(f"*{title}*{about}"),
        words.quote(words.excerpt(asked.question, LONGEST_QUESTION_ON_CARD)),
    ]
    below: list[Block] = [*words.buttons(_card_buttons(shown))]
    if asked.state is FactState.CANNOT_SAY:
        above.append(words.section(_why_not(asked)))
    if shown.answers:
        newest = shown.answers[-1]
        above.append(words.section(f"*{who_said(newest)}*"))
        if len(shown.answers) > 1:
            read = words.button("Read them all", ids.READ_FACTS, asked.id)
            below = [words.section("This corrects what was said before.", accessory=read), *below]
        text, _ = long_texts.shown(
            newest.text, room.MESSAGE, [*above, *below], words.button("Read it all", ids.READ_FACTS, asked.id)
        )
        above += text
    return words.drawn(f"{title}: {words.plain(asked.question, 200)}", [*above, *below])


def _became(shown: FactsCard) -> str:
    """`{Amina} asked {Tomos} for facts, by …`, or what became of that. Escaped."""
    asked = shown.request
    who, by = words.name(asked.asked.name), words.name(asked.asked_by.name)
    if asked.passed_from is not None:
        by = words.name(asked.passed_from.asked.name)
    match asked.state:
        case FactState.ASKED:
            again = "passed it on to" if asked.passed_from is not None else "asked"
            return f"{by} {again} {who}, to answer by {words.moment(asked.due_at)}"
        case FactState.ANSWERED:
            return f"{who} corrected the answer" if len(shown.answers) > 1 else f"Facts from {who}"
        case FactState.CANNOT_SAY:
            instead = words.name(asked.instead.name) if asked.instead else "somebody else"
            return f"{who} passed it on to {instead}" if shown.was_passed else f"{who} cannot say"
        case FactState.WITHDRAWN:
            return f"{who} need not answer any more"


def _why_not(asked: FactRequest) -> str:
    said = [words.plain(asked.reason, LONGEST_REASON)] if asked.reason else []
    named = [words.name(asked.instead.name)] if asked.instead else []
    if asked.instead_words:
        named.append(words.plain(asked.instead_words, words.LONGEST_TITLE))
    if named:
        said.append(f"Who could: {', '.join(named)}")
    return "\n".join(said) or "They did not say why."


def who_said(answer: FactAnswer) -> str:
    said = f"{words.name(answer.given_by.name)}, {words.moment(answer.heard_at or answer.at)}"
    if answer.recorded_by is None:
        return said
    how = f", {HEARD_WORDS[answer.heard_by]}" if answer.heard_by else ""
    return f"{said}{how}; recorded by {words.name(answer.recorded_by.name)}"


def _card_buttons(shown: FactsCard) -> list[ButtonElement]:
    asked = shown.request
    record = "Record the answer" if asked.state is not FactState.ANSWERED else "Record a correction"
    offered = (
        (Act.USE_FACTS, "Use in draft", ids.USE_FACTS, True),
        (Act.ASK_FOR_FACTS, "Ask them instead", ids.ASK_THEM, True),
        (Act.RECORD_FACTS, record, ids.RECORD_FACTS, False),
        (Act.WITHDRAW_FACTS, "Withdraw", ids.WITHDRAW_FACTS, False),
    )
    found = [
        words.button(text, action_id, asked.id, primary=primary)
        for act, text, action_id, primary in offered
        if act in shown.acts
    ]
    if shown.is_by_itself:
        found.append(words.button("Show", ids.SHOW, shown.enquiry.id))
    return found


_IN_SHORT: dict[FactState, str] = {
    FactState.ASKED: ":hourglass_flowing_sand: Asked",
    FactState.ANSWERED: ":white_check_mark: Answered by",
    FactState.CANNOT_SAY: ":grey_question: Cannot say:",
    FactState.WITHDRAWN: ":no_entry_sign: No longer asked:",
}


def on_page(asked: Sequence[FactRequest]) -> list[Block]:
    """What was asked for an enquiry, the newest first, and where an answer can be read."""
    return [
        words.section(
            f"{_IN_SHORT[one.state]} {words.name(one.asked.name)}: {words.plain(one.question, 300)}",
            accessory=words.button("Read the answer", ids.READ_FACTS, one.id)
            if one.state is FactState.ANSWERED
            else None,
        )
        for one in list(reversed(asked))[:MOST_ON_PAGE]
    ]
