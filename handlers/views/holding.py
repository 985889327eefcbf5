"""The form for a holding line: what one says while the answer is not ready."""

from collections.abc import Sequence

from slack_sdk.models.views import View

from bot.desk.terms import LONGEST_HOLDING_LINE
from handlers import ids
from handlers.views import forms, statements, words
from storage.people import Person
from storage.statements import StatementKind

HOLDING_LINE = "We are aware of this and are looking into it. We will say more as soon as we can."


def form(enquiry_id: int, reference: str, spokespeople: Sequence[Person]) -> View:
    if not spokespeople:
        return forms.refusal("There is no spokesperson yet. Ask the administrator to add one in Settings.")
    return forms.form(
        f"Hold the line: {reference}",
        ids.START_FORM,
        [
            words.section(
                "A short text that holds the line. It is signed like a statement, and the answer stays owed."
            ),
            forms.paragraph(
                "text",
                "Text",
                HOLDING_LINE,
                hint=f"{LONGEST_HOLDING_LINE} characters at most. The exact words: this is what is signed.",
            ),
            statements.spokesperson_choice(spokespeople),
        ],
        submit="Save draft",
        about={"enquiry": enquiry_id, "kind": StatementKind.HOLDING.value},
    )
