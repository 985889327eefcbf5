"""The forms by which one statement comes to answer several enquiries."""

from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.desk.answering import Answers, ToAnswer
from bot.desk.statement_cards import StatementCard, recipient_of
from handlers import ids
from handlers.views import forms, statements, words
from storage.statements import StatementStatus

_STATE_WORDS: dict[StatementStatus, str] = {
    StatementStatus.DRAFT: "draft",
    StatementStatus.IN_SIGNOFF: "in sign-off",
    StatementStatus.ISSUED: "sent",
    StatementStatus.WITHDRAWN: "withdrawn",
}


def choose_form(shown: Answers) -> View:
    return forms.form(
        f"Answer {shown.enquiry.reference}",
        ids.ANSWER_WITH_FORM,
        [
            forms.choice(
                "statement",
                "Answer with which statement",
                [(_in_list(card), str(card.statement.id)) for card in shown.offered],
                hint="Under way for another enquiry, or sent in the last fortnight. You see the text next.",
            )
        ],
        submit="Show the text",
        about={"enquiry": shown.enquiry.id},
    )


def _in_list(card: StatementCard) -> str:
    outlets = ", ".join(enquiry.outlet for enquiry in card.enquiries)
    state = _STATE_WORDS[card.statement.status]
    begins = words.cut(card.standing.draft.text, 40)
    return f"{card.statement.reference} ({state}) · {words.typed(outlets, 20)}: {begins}"


def tie_form(shown: ToAnswer) -> View:
    """The text as it stands, and what follows from answering one more enquiry with it."""
    statement, enquiry = shown.card.statement, shown.enquiry
    what_follows = [f"• {statement.reference} will answer {enquiry.reference} too, once everyone has signed it."]
    if shown.must_sign:
        what_follows.append(f"• {words.names(person.name for person in shown.must_sign)} must sign it too.")
    if enquiry.topic is None:
        what_follows.append(f"• {enquiry.reference} has no topic yet. Set one before signatures are asked for.")
    if enquiry.deadline is not None:
        what_follows.append(f"• Signatures are due by the earliest deadline; here {words.moment(enquiry.deadline)}.")
    what_follows.append("• Until it goes out, Untie an enquiry on its card takes this back.")
    return forms.form(
        f"{statement.reference} for {enquiry.reference}",
        ids.TIE_FORM,
        [
            *_asked_and_text(shown),
            words.section("\n".join(what_follows)),
        ],
        submit="Answer with it",
        about={"enquiry": enquiry.id, "statement": statement.id},
    )


def send_form(shown: ToAnswer, now: datetime) -> View:
    """The text that was signed and went out before, to send once more, and what went where."""
    statement, enquiry = shown.card.statement, shown.enquiry
    return forms.form(
        f"{statement.reference} for {enquiry.reference}",
        ids.SEND_FORM,
        [
            *_asked_and_text(shown),
            *words.sections(statements.dispatch_lines(shown.card)),
            words.section("*Send exactly this text, then record it here.* It was signed, and needs no new signatures."),
            *statements.sending_inputs([(enquiry, recipient_of(enquiry))], [enquiry], now),
        ],
        submit="Record as sent",
        about={"enquiry": enquiry.id, "statement": statement.id, "enquiries": [enquiry.id]},
    )


def _asked_and_text(shown: ToAnswer) -> list[Block]:
    statement, enquiry = shown.card.statement, shown.enquiry
    return [
        words.section(f"*{enquiry.reference} · {words.plain(enquiry.outlet, 60)}* asks:"),
        words.quote(words.excerpt(enquiry.question, 700)),
        words.section(f"*{statement.reference}, draft {shown.card.standing.draft.number}:*"),
        words.verbatim(shown.card.standing.draft.text),
    ]


def untie_form(shown: StatementCard) -> View:
    statement = shown.statement
    return forms.form(
        f"Untie {statement.reference}",
        ids.UNTIE_FORM,
        [
            forms.choice(
                "enquiry",
                f"Which enquiry {statement.reference} does not answer",
                [(f"{one.reference} · {words.typed(one.outlet, 50)}", str(one.id)) for one in shown.enquiries],
                hint="It waits for another answer then. Whoever was to sign for it alone need not sign any more.",
            )
        ],
        submit="Untie",
        about={"statement": statement.id},
    )
