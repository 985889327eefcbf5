"""The forms about facts: asking, answering, passing on, recording, and taking an answer into a draft."""

from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.core.signoffs import LONGEST_TEXT
from bot.desk.facts_cards import FactsRequest, ToAsk, ToUse
from handlers import ids
from handlers.views import forms, hearing, long_texts, room, statements, words
from handlers.views.facts import who_said, who_sees


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
        [words.quote(shown.request.question), text.first, words.small(who_sees(shown)), *text.rest],
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
            hearing.how("How it reached you"),
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
        [words.divider(), words.section(f"*{who_said(answer)}*"), words.verbatim(answer.text)]
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
