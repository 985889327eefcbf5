"""Requests to sign on the screen: one message with the whole text, and what can be answered."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.signoffs import LONGEST_TEXT
from bot.desk.signoffs import SignRequest
from handlers import ids
from handlers.views import forms, words
from handlers.views.statements import CAPACITY_WORDS, signature_line
from handlers.views.words import Drawn
from storage.signoffs import SignatureState

_BUTTONS = (
    (Act.APPROVE, "Approve", ids.APPROVE),
    (Act.ASK_FOR_CHANGES, "Ask for changes", ids.ASK_FOR_CHANGES),
    (Act.SUGGEST_WORDING, "Suggest wording", ids.SUGGEST_WORDING),
    (Act.RECORD_REPLY, "Record reply", ids.RECORD_REPLY),
)


def request(shown: SignRequest) -> Drawn:
    """One message with the whole text and the buttons that its state allows."""
    title = _title(shown)
    blocks = [words.section(f"*{words.plain(title)}*\n{_why(shown)}"), *body(shown)]
    return Drawn(title, blocks)


def body(shown: SignRequest) -> list[Block]:
    """The text, what changed since this person signed, and the buttons."""
    signature = shown.signature
    lines = []
    if shown.is_open and signature.state is not SignatureState.ASKED:
        lines.append(signature_line(signature))
    if signature.comment and shown.is_open:
        lines.append("They asked for:" if shown.is_relayed else "You asked for:")
    blocks: list[Block] = [words.verbatim(shown.draft.text)]
    if lines:
        blocks.append(words.section("\n".join(lines)))
    if shown.is_open and (asked_for := signature.suggested_text or signature.comment):
        blocks.append(words.quote(asked_for))
    if signature.reply and shown.is_open:
        blocks += [words.section("The wording was kept, because:"), words.quote(signature.reply)]
    buttons = words.buttons(_buttons(shown))
    if shown.since_signed and shown.is_open:
        changed: list[Block] = [
            words.section(f"*What changed since draft {shown.since_draft}, which you approved*"),
            words.changes(shown.since_signed),
        ]
        if words.fits([*blocks, *changed, *buttons]):
            blocks += changed
        else:
            blocks.append(words.section(f"Much has changed since draft {shown.since_draft}, which you approved."))
    return [*blocks, *buttons]


def in_home(shown: SignRequest) -> list[Block]:
    return [words.section(f"*{words.plain(_title(shown))}*\n{_why(shown)}"), *body(shown)]


def sign_form(shown: SignRequest) -> View:
    """The text to read, with Approve below it: for whoever comes from a reminder."""
    return forms.form(
        "Read and sign",
        ids.SIGN_FORM,
        [words.section(f"*{words.plain(_title(shown))}*\n{_why(shown)}"), words.verbatim(shown.draft.text)],
        submit="Approve",
        about={"signature": shown.signature.id},
    )


def changes_form(shown: SignRequest) -> View:
    return forms.form(
        "Ask for changes",
        ids.CHANGES_FORM,
        [
            words.section(f"*{words.plain(shown.title)}, draft {shown.draft.number}*"),
            words.verbatim(shown.draft.text),
            forms.paragraph("text", "What should change", most=2000, hint="It does not go out until this is answered."),
        ],
        submit="Ask for changes",
        about={"signature": shown.signature.id},
    )


def suggest_form(shown: SignRequest) -> View:
    return forms.form(
        "Suggest wording",
        ids.SUGGEST_FORM,
        [
            words.section(f"*{words.plain(shown.title)}*\nChange the text. The press office may adopt your words."),
            forms.paragraph("text", "Your wording", shown.draft.text, most=LONGEST_TEXT),
        ],
        submit="Suggest",
        about={"signature": shown.signature.id},
    )


def keep_form(shown: SignRequest) -> View:
    signature = shown.signature
    asked_for = signature.suggested_text or signature.comment or ""
    return forms.form(
        "Keep the wording",
        ids.KEEP_FORM,
        [
            words.section(f"*{words.plain(signature.person.name)} asked for:*"),
            words.quote(asked_for),
            forms.paragraph("reason", "Why the wording stays", most=1000, hint="They will see this."),
        ],
        submit="Keep the wording",
        about={"signature": signature.id},
    )


def reply_form(shown: SignRequest) -> View:
    name = shown.signature.person.name
    return forms.form(
        "Record reply",
        ids.REPLY_FORM,
        [
            words.section(f"*{words.plain(shown.title)}, draft {shown.draft.number}*\nWhat {words.plain(name)} said."),
            words.verbatim(shown.draft.text),
            forms.radio("answer", "Answer", [("Approves this text", "approves"), ("Asks for changes", "changes")]),
            forms.paragraph("comment", "What should change", optional=True, most=2000),
            forms.line("evidence", "How you know", most=500, hint="For example: her e-mail to you, Tuesday 14:10"),
        ],
        submit="Record reply",
        about={"signature": shown.signature.id},
    )


def _title(shown: SignRequest) -> str:
    signature = shown.signature
    what = f"{shown.title}, draft {shown.draft.number}"
    if not shown.is_open:
        replaced = signature.state is SignatureState.VOIDED
        return f"Replaced by a newer draft: {what}" if replaced else f"No longer waiting: {what}"
    if shown.is_relayed and signature.state is SignatureState.ASKED:
        return f"Please ask {signature.person.name} to sign {what}"
    if signature.state is SignatureState.CHANGES_ASKED:
        return f"Changes asked for: {what}"
    if signature.state is SignatureState.APPROVED:
        return f"Approved: {what}"
    return f"Please sign {what}" if signature.must_sign else f"For your information: {what}"


def _why(shown: SignRequest) -> str:
    signature = shown.signature
    if not shown.is_open:
        if signature.state is SignatureState.VOIDED:
            gone = "your approval of it no longer counts" if signature.approved_at else "nothing is asked of you here"
            return f"This text does not count any more; {gone}."
        return "It has gone out or was withdrawn. Nothing is asked of you."
    lines = []
    if shown.is_relayed:
        address = f" ({words.plain(signature.person.email)})" if signature.person.email else ""
        lines.append(
            f"{words.plain(signature.person.name)}{address} is not in Slack. Send them this text, then press "
            "Record reply."
            if signature.state is SignatureState.ASKED
            else "Write a new draft, or keep the wording and say why."
        )
    elif signature.must_sign:
        lines.append(
            f"You are asked as {CAPACITY_WORDS[signature.capacity]}. Nothing goes out before everyone has signed."
        )
    else:
        lines.append("You are copied. If something must change, ask for it: it then waits for an answer.")
    if shown.due_at is not None:
        lines.append(f"Needed by {words.moment(shown.due_at)}.")
    lines.append(f"Written by {words.plain(shown.draft.author.name)}.")
    return "\n".join(lines)


def _buttons(shown: SignRequest) -> list[ButtonElement]:
    signature = shown.signature
    found = [
        words.button(text, action_id, signature.id, primary=act in {Act.APPROVE, Act.RECORD_REPLY})
        for act, text, action_id in _BUTTONS
        if act in shown.acts
    ]
    if Act.KEEP_WORDING in shown.acts and shown.is_relayed:
        if signature.suggested_text:
            found.append(words.button("Use this wording", ids.ADOPT_WORDING, signature.id, primary=True))
        found.append(words.button("Keep the wording", ids.KEEP_WORDING, signature.id))
    return found
