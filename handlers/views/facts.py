"""Facts on the screen: the question as it is put to somebody, what became of it, and the forms."""

from collections.abc import Collection, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.signoffs import LONGEST_TEXT
from bot.desk.facts_cards import FactsCard, FactsRequest, ToAsk, ToUse
from bot.desk.unblocking import HEARD_WORDS
from handlers import ids
from handlers.views import forms, long_texts, room, statements, words
from handlers.views.words import Drawn
from storage.facts import FactAnswer, FactRequest, FactState
from storage.signoffs import HeardBy

LONGEST_QUESTION_ON_CARD = 700
LONGEST_OWN_ANSWER = 1500
LONGEST_REASON = 500

WHO_SEES = "Only the press office sees what you write. It may be used in a public answer."


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
    blocks: list[Block] = [words.section(f"*{title}*"), words.quote(shown.request.question)]
    if shown.request.state is FactState.ASKED and not shown.is_elsewhere:
        blocks += _asked(shown)
    else:
        blocks += _over(shown)
    return words.drawn(f"{title}: {words.plain(shown.request.question, 200)}", [*blocks, *_request_buttons(shown)])


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
    return [*words.sections(lines), words.small(f"{WHO_SEES}{confidential}")]


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
            words.section(f"*{_who_said(newest)}*"),
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
    above: list[Block] = [
        words.section(f"*{title}*"),
        words.quote(words.excerpt(asked.question, LONGEST_QUESTION_ON_CARD)),
    ]
    below: list[Block] = [*words.buttons(_card_buttons(shown))]
    if asked.state is FactState.CANNOT_SAY:
        above.append(words.section(_why_not(asked)))
    if shown.answers:
        newest = shown.answers[-1]
        above.append(words.section(f"*{_who_said(newest)}*"))
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


def _who_said(answer: FactAnswer) -> str:
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
    return [
        words.button(text, action_id, asked.id, primary=primary)
        for act, text, action_id, primary in offered
        if act in shown.acts
    ]


def ask_form(shown: ToAsk) -> View:
    """Who knows, what is asked, why, and by when."""
    again, enquiry = shown.again, shown.enquiry
    instead = again.instead if again else None
    confidential = (
        [words.section(":lock: They see only what you write here, and nothing else of the enquiry.")]
        if enquiry.is_sensitive
        else []
    )
    return forms.form(
        f"{enquiry.reference}: facts",
        ids.ASK_FACTS_FORM,
        [
            *confidential,
            forms.paragraph("question", "What you need to know", again.question if again else ""),
            forms.paragraph(
                "why",
                "Why it is asked",
                (again.why or "") if again else "",
                optional=True,
                most=1000,
                hint="They read this. It helps them to answer what is really asked.",
            ),
            forms.moment(
                "due", "By when", shown.due_at, hint="Before the journalist’s deadline, so that it can be used."
            ),
            forms.member(
                "member",
                "Who knows",
                instead.slack_user_id if instead else None,
                hint="Anybody in this Slack workspace. They get a message with buttons to answer.",
                optional=True,
            ),
            *forms.optional_choice(
                "outsider", "Or somebody outside Slack", [(one.name, str(one.id)) for one in shown.outsiders]
            ),
            forms.line(
                "name",
                "Or somebody new outside Slack: their name",
                (again.instead_words or "")[:75] if again and not instead else "",
                optional=True,
                most=75,
                hint="You get the text to send them, and record what they answer.",
            ),
            forms.line("email", "Their e-mail address", optional=True),
        ],
        submit="Ask",
        about={"enquiry": enquiry.id},
    )


def answer_form(shown: FactsRequest) -> View:
    before = shown.answers[-1].text if shown.answers else ""
    text = long_texts.inputs(
        "text",
        "Your answer",
        before,
        hint="What you said before stays on record; this counts from now on."
        if before
        else "Facts are enough: no need to polish.",
    )
    return forms.form(
        "Answer",
        ids.ANSWER_FACTS_FORM,
        [words.quote(shown.request.question), text.first, words.small(WHO_SEES), *text.rest],
        submit="Send answer",
        about={"request": shown.request.id, **text.about},
    )


def cannot_say_form(shown: FactsRequest) -> View:
    return forms.form(
        "I can’t say",
        ids.CANNOT_SAY_FORM,
        [
            words.quote(shown.request.question),
            forms.paragraph("reason", "Why not", optional=True, most=1000),
            forms.member("member", "Who could say", optional=True, hint="The press office may ask them."),
            forms.line("who", "Or somebody outside Slack", optional=True, hint="Their name, and how to reach them."),
        ],
        submit="Send",
        about={"request": shown.request.id},
    )


def ask_instead_form(shown: FactsRequest) -> View:
    return forms.form(
        "Ask someone instead",
        ids.ASK_INSTEAD_FORM,
        [
            words.quote(shown.request.question),
            forms.member("member", "Who could say", hint="They are asked at once, to answer by the same time."),
            forms.paragraph("note", "A word to them", optional=True, most=500, hint="The press office sees it too."),
        ],
        submit="Ask them instead",
        about={"request": shown.request.id},
    )


def record_form(shown: FactsRequest, now: datetime) -> View:
    text = long_texts.inputs("text", "What they said")
    return forms.form(
        "Record the answer",
        ids.RECORD_FACTS_FORM,
        [
            words.section(f"*{words.name(shown.request.asked.name)} was asked:*"),
            words.quote(shown.request.question),
            text.first,
            forms.choice(
                "how",
                "How it reached you",
                [(words.first_up(text), way.value) for way, text in HEARD_WORDS.items()],
                HeardBy.EMAIL,
            ),
            forms.moment("heard_at", "When", now),
            forms.line("evidence", "How you know", most=500, hint="For example: their e-mail to you, Tuesday 14:10"),
            *text.rest,
        ],
        submit="Record the answer",
        about={"request": shown.request.id, **text.about},
    )


def withdraw_form(shown: FactsRequest) -> View:
    who = words.name(shown.request.asked.name)
    return forms.form(
        "Withdraw",
        ids.WITHDRAW_FACTS_FORM,
        [
            words.section(f"{who} need not answer this any more, and is told so, with thanks:"),
            words.quote(shown.request.question),
        ],
        submit="Withdraw",
        about={"request": shown.request.id},
    )


def read_page(shown: FactsRequest) -> View:
    """All that was said, the newest first."""
    above: list[Block] = [words.quote(shown.request.question)]
    groups = [
        [words.divider(), words.section(f"*{_who_said(answer)}*"), words.verbatim(answer.text)]
        for answer in reversed(shown.answers)
    ]
    rest = room.VIEW.lay_out(
        groups, beside=above, rest=lambda number: words.small(f"Earlier answers not shown here: {number}.")
    )
    return forms.page("What was said", [*above, *rest])


def use_form(shown: ToUse) -> View:
    """The facts in a draft: of the statement under way, at its end, or of a new one."""
    cut = f"Only the first {LONGEST_TEXT:,} characters fit. " if shown.is_cut else ""
    hint = f"{cut}The facts as they came in: now make them part of your answer."
    if shown.statement is not None:
        at_end = f"{cut}The facts stand at its end, as they came in: now make them part of it."
        return statements.draft_form(shown.statement, text=shown.text, hint=at_end)
    enquiry = shown.enquiry
    return statements.start_form(enquiry.id, enquiry.reference, shown.spokespeople, text=shown.text, hint=hint)
