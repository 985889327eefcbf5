"""Corrections on the screen: the form, and what a text that was wrong says of itself."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.desk.corrections import ToCorrect
from bot.desk.statement_cards import StatementCard
from handlers import ids
from handlers.views import forms, long_texts, words
from storage.statements import Statement, StatementStatus

LONGEST_REASON = 500
"""Characters of what was wrong; shown to everybody who signs."""


def form(shown: ToCorrect) -> View:
    """Begins with the text that went out."""
    statement = shown.statement
    inputs = long_texts.inputs(
        "text", "Text", shown.dispatch.draft.text, hint="This went out. Change what was wrong; the rest can stay."
    )
    return forms.form(
        f"Correct {statement.reference}",
        ids.CORRECTION_FORM,
        [
            words.section(
                "It becomes a statement of its own, which everyone signs anew and which goes to whom the first went. "
                "What went out stays on file as it was. Enquiries that are closed stay closed."
            ),
            forms.paragraph("reason", "What was wrong", most=LONGEST_REASON, hint="Everyone who signs sees this."),
            inputs.first,
            *inputs.rest,
        ],
        submit="Draft correction",
        about={"statement": statement.id, **inputs.about},
    )


def on_card(shown: StatementCard) -> list[Block]:
    """What was wrong, on a correction; and on what was corrected, that it is not to be used any more."""
    found: list[Block] = []
    if shown.statement.what_was_wrong:
        found += [words.section("What was wrong:"), words.quote(shown.statement.what_was_wrong)]
    if shown.corrected_by is not None:
        found.append(words.section(f":warning: *{words.first_up(corrected(shown.corrected_by))}*"))
    return found


def corrected(by: Statement) -> str:
    """Of a text with a mistake in it."""
    if by.status is StatementStatus.ISSUED:
        return f"corrected by {by.reference}: do not use this text"
    return f"being corrected: {by.reference} has not gone out yet"
