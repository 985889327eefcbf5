"""Forms for when a signature does not come by a press: pass it on, record a reply, dispute it, go on without."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.desk.signoffs import SignRequest
from bot.desk.unblocking import HEARD_WORDS, Missing, ToPass
from handlers import ids
from handlers.views import evidence, forms, words
from handlers.views.signoffs import LONGEST_EXCERPT, what
from handlers.views.statements import CAPACITY_WORDS
from storage.signoffs import HeardBy, Signature

MOST_DISPUTES = 10
"""Disputed signatures that are told of above the list of whom it could go on without."""


def pass_form(shown: ToPass) -> View:
    """To whom, and a word with it."""
    return forms.form(
        "Pass to someone",
        ids.PASS_FORM,
        [
            words.section(
                f"*{_what(shown)}*\nThey sign this draft instead of {words.name(shown.signature.person.name)}. "
                "You will be told what became of it."
            ),
            forms.choice("person", "To whom", [(person.name, str(person.id)) for person in shown.people]),
            forms.paragraph("note", "A word to them", optional=True, most=500, hint="Everyone in the thread sees it."),
        ],
        submit="Pass it on",
        about={"signature": shown.signature.id},
    )


def choose_reply_form(shown: Missing) -> View:
    """Whose reply it is, where several are missing."""
    return forms.form(
        "Record reply",
        ids.CHOOSE_REPLY_FORM,
        [
            words.section(f"*{words.plain(shown.title, words.LONGEST_TITLE)}*"),
            forms.choice("signature", "Who replied", who_could_reply(shown.signatures)),
        ],
        submit="Continue",
    )


def who_could_reply(signatures: Sequence[Signature]) -> list[forms.Choice]:
    """Each person asked, and whoever stands in for them. The value: the signature, and who said it."""
    found = []
    for one in signatures:
        found.append((one.person.name, f"{one.id}:{one.person_id}"))
        if one.stand_in is not None:
            found.append((f"{one.stand_in.name}, for {one.person.name}", f"{one.id}:{one.stand_in_id}"))
    return found


def reply_form(shown: SignRequest, now: datetime, *, said_by_id: int | None = None) -> View:
    """What somebody said, and how that is known."""
    signature = shown.signature
    said_by_id = said_by_id or signature.asked.id
    name = words.name(
        signature.stand_in.name if signature.stand_in_id == said_by_id and signature.stand_in else signature.person.name
    )
    told = " They are told at once, and can dispute it." if signature.asked.on_slack else ""
    return forms.form(
        "Record reply",
        ids.REPLY_FORM,
        [
            words.section(f"*{what(shown)}*\nWhat {name} said.{told}"),
            words.verbatim(shown.draft.text),
            forms.radio("answer", "Answer", [("Approves this text", "approves"), ("Asks for changes", "changes")]),
            forms.paragraph("comment", "What should change", optional=True, most=2000),
            forms.choice(
                "how",
                "How it reached you",
                [(words.first_up(text), way.value) for way, text in HEARD_WORDS.items()],
                HeardBy.EMAIL,
            ),
            forms.moment("heard_at", "When", now),
            forms.line("evidence", "How you know", most=500, hint="For example: their e-mail to you, Tuesday 14:10"),
            evidence.files_input(optional=True),
            forms.line("link", "Link to it", optional=True, most=500, hint="To the e-mail or a file, if there is one."),
        ],
        submit="Record reply",
        about={"signature": signature.id, "said_by": said_by_id},
    )


def dispute_form(shown: ToPass) -> View:
    signature = shown.signature
    recorded_by = words.name(signature.recorded_by.name) if signature.recorded_by else "a press officer"
    return forms.form(
        "Dispute",
        ids.DISPUTE_FORM,
        [
            words.section(f"*{_what(shown)}*\n{recorded_by} recorded that you approved this text:"),
            words.verbatim(signature.draft.text),
            words.section("As evidence they noted:"),
            words.quote(signature.evidence or "–"),
            *evidence.listed(shown.evidence),
            forms.paragraph("text", "What is wrong", most=1000, hint="The comms lead and the owner are told at once."),
        ],
        submit="Dispute",
        about={"signature": signature.id},
    )


def override_form(shown: Missing) -> View:
    offered = [(f"{one.person.name}, {CAPACITY_WORDS[one.capacity]}", str(one.id)) for one in shown.signatures]
    return forms.form(
        "Go on without someone",
        ids.OVERRIDE_FORM,
        [
            words.section(
                f"*{words.plain(shown.title, words.LONGEST_TITLE)}*\nIt can then go out without this signature. They "
                "are told, and can still sign or ask for changes until it has gone out."
            ),
            *_disputes(shown),
            forms.choice("signature", "Without whom", offered),
            forms.paragraph("reason", "Why", most=1000, hint="Everyone sees this, and it stays on record."),
        ],
        submit="Go on without",
    )


def _disputes(shown: Missing) -> list[Block]:
    """Whoever said that what was recorded of them is wrong, and in which words."""
    blocks: list[Block] = []
    for one in [one for one in shown.signatures if one.disputed_at is not None][:MOST_DISPUTES]:
        blocks.append(words.section(f":warning: {words.name(one.person.name)} disputed what was recorded:"))
        blocks.append(words.quote(words.excerpt(one.comment or "–", LONGEST_EXCERPT)))
    return blocks


def _what(shown: ToPass) -> str:
    return f"{words.plain(shown.title, words.LONGEST_TITLE)}, draft {shown.signature.draft.number}"
