"""Requests to sign on the screen: one message with the whole text, and what can be answered."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.signoffs import LONGEST_TEXT
from bot.desk.signoffs import SignRequest
from handlers import ids
from handlers.views import forms, room, words
from handlers.views.room import Room
from handlers.views.statements import CAPACITY_WORDS, signature_line
from handlers.views.words import Drawn
from storage.signoffs import SignatureState

LONGEST_EXCERPT = 700
"""Characters of what somebody wrote beside a text, where there is no room for the whole."""

_BUTTONS = (
    (Act.APPROVE, "Approve", ids.APPROVE),
    (Act.ASK_FOR_CHANGES, "Ask for changes", ids.ASK_FOR_CHANGES),
    (Act.SUGGEST_WORDING, "Suggest wording", ids.SUGGEST_WORDING),
    (Act.RECORD_REPLY, "Record reply", ids.RECORD_REPLY),
)


def request(shown: SignRequest) -> Drawn:
    """One message with the whole text and the buttons that its state allows."""
    return words.drawn(_title(shown), _blocks(shown, room.MESSAGE))


def in_home(shown: SignRequest) -> list[Block]:
    return _blocks(shown, room.VIEW)


def _blocks(shown: SignRequest, holds: Room) -> list[Block]:
    """The text and the buttons in any case; what was said of it and what changed, as far as there is room."""
    above: list[Block] = [_heading(shown), words.verbatim(shown.draft.text)]
    below = words.buttons(_buttons(shown))
    if not shown.is_open:
        return [*above, *below]
    between: list[Block] = []
    for whole, short in (_asked_for(shown), _kept(shown), _changed(shown)):
        if holds.holds([*above, *between, *whole, *below]):
            between += whole
        elif holds.holds([*above, *between, *short, *below]):
            between += short
    return [*above, *between, *below]


def _heading(shown: SignRequest) -> Block:
    return words.section(f"*{_title(shown)}*\n{_why(shown)}")


_Extra = tuple[list[Block], list[Block]]
"""Something beside the text: whole, and in short for where there is no room for the whole."""


def _asked_for(shown: SignRequest) -> _Extra:
    signature = shown.signature
    answer: list[Block] = []
    if signature.state is not SignatureState.ASKED:
        answer = [words.section(signature_line(signature))]
    asked_for = signature.suggested_text or signature.comment
    if not asked_for:
        return answer, answer
    who = "They" if shown.is_relayed else "You"
    what = words.section(f"{who} {'suggested' if signature.suggested_text else 'asked for'}:")
    return (
        [*answer, what, words.quote(asked_for)],
        [*answer, what, words.quote(words.excerpt(asked_for, LONGEST_EXCERPT))],
    )


def _kept(shown: SignRequest) -> _Extra:
    reply = shown.signature.reply
    if not reply:
        return [], []
    kept = words.section("The wording was kept, because:")
    return [kept, words.quote(reply)], [kept, words.quote(words.excerpt(reply, LONGEST_EXCERPT))]


def _changed(shown: SignRequest) -> _Extra:
    if not shown.since_signed:
        return [], []
    who = "they" if shown.is_relayed else "you"
    answered = f"which {who} approved" if shown.had_approved else f"to which {who} asked for changes"
    since = f"since draft {shown.since_draft}, {answered}"
    return (
        [words.section(f"*What changed {since}*"), words.changes(shown.since_signed)],
        [words.section(f"Much has changed {since}.")],
    )


def sign_form(shown: SignRequest) -> View:
    """The text to read, with Approve below it: for whoever comes from a reminder."""
    return forms.form(
        "Read and sign",
        ids.SIGN_FORM,
        [_heading(shown), words.verbatim(shown.draft.text)],
        submit="Approve",
        about={"signature": shown.signature.id},
    )


def changes_form(shown: SignRequest) -> View:
    return forms.form(
        "Ask for changes",
        ids.CHANGES_FORM,
        [
            words.section(f"*{_what(shown)}*"),
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
            words.section(f"*{_what(shown)}*\nChange the text. The press office may adopt your words."),
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
            words.section(f"*{words.name(signature.person.name)} asked for:*"),
            words.quote(asked_for),
            forms.paragraph("reason", "Why the wording stays", most=1000, hint="They will see this."),
        ],
        submit="Keep the wording",
        about={"signature": signature.id},
    )


def reply_form(shown: SignRequest) -> View:
    return forms.form(
        "Record reply",
        ids.REPLY_FORM,
        [
            words.section(f"*{_what(shown)}*\nWhat {words.name(shown.signature.person.name)} said."),
            words.verbatim(shown.draft.text),
            forms.radio("answer", "Answer", [("Approves this text", "approves"), ("Asks for changes", "changes")]),
            forms.paragraph("comment", "What should change", optional=True, most=2000),
            forms.line("evidence", "How you know", most=500, hint="For example: their e-mail to you, Tuesday 14:10"),
        ],
        submit="Record reply",
        about={"signature": shown.signature.id},
    )


def _what(shown: SignRequest) -> str:
    """Escaped."""
    return f"{words.plain(shown.title, words.LONGEST_TITLE)}, draft {shown.draft.number}"


def _title(shown: SignRequest) -> str:
    """Escaped: for the message and for the words beside it."""
    signature, what = shown.signature, _what(shown)
    if not shown.is_open:
        replaced = signature.state is SignatureState.VOIDED
        return f"Replaced by a newer draft: {what}" if replaced else f"No longer waiting: {what}"
    if signature.state is SignatureState.CHANGES_ASKED:
        return f"Changes asked for: {what}"
    if signature.state is SignatureState.APPROVED:
        return f"Approved: {what}"
    if shown.is_relayed:
        who = words.name(signature.person.name)
        return f"Please ask {who} to sign {what}" if signature.must_sign else f"Please show {who} {what}"
    return f"Please sign {what}" if signature.must_sign else f"For your information: {what}"


def _why(shown: SignRequest) -> str:
    if not shown.is_open:
        return _why_over(shown)
    lines = [_why_relayed(shown) if shown.is_relayed else _why_asked(shown)]
    if shown.due_at is not None:
        lines.append(f"Needed by {words.moment(shown.due_at)}.")
    lines.append(f"Written by {words.name(shown.draft.author.name)}.")
    return "\n".join(lines)


def _why_over(shown: SignRequest) -> str:
    signature = shown.signature
    if shown.ending is not None:
        became = words.sentence(shown.ending.words, shown.ending.times)
        answered = signature.state in {SignatureState.APPROVED, SignatureState.CHANGES_ASKED}
        own = [signature_line(signature)] if answered else []
        to_tell = shown.ending.to_tell
        wrong = f" If something in it is wrong, tell {words.name(to_tell.name)} now." if to_tell else ""
        return "\n".join([f"{became}.", *own, f"Nothing is asked of you.{wrong}"])
    whose = "their" if shown.is_relayed else "your"
    gone = f"{whose} approval of it no longer counts" if signature.approved_at else "nothing is asked of you here"
    return f"This text does not count any more; {gone}."


def _why_relayed(shown: SignRequest) -> str:
    person = shown.signature.person
    if shown.signature.state is SignatureState.CHANGES_ASKED:
        return "Write a new draft, or keep the wording and say why."
    if shown.signature.state is SignatureState.APPROVED:
        return f"{words.name(person.name)} has signed. Nothing more is needed."
    address = f" ({words.plain(person.email, words.LONGEST_TITLE)})" if person.email else ""
    return f"{words.name(person.name)}{address} is not in Slack. Send them this text, then press Record reply."


def _why_asked(shown: SignRequest) -> str:
    if shown.signature.must_sign:
        capacity = CAPACITY_WORDS[shown.signature.capacity]
        return f"You are asked as {capacity}. Nothing goes out before everyone has signed."
    return "You are copied. If something must change, ask for it: it then waits for an answer."


def _buttons(shown: SignRequest) -> list[ButtonElement]:
    signature = shown.signature
    acts = shown.acts - {Act.RECORD_REPLY} if signature.person.on_slack else shown.acts  # who is in Slack answers there
    first = Act.RECORD_REPLY if shown.is_relayed and signature.state is SignatureState.ASKED else Act.APPROVE
    found = [
        words.button(text, action_id, signature.id, primary=act is first)
        for act, text, action_id in _BUTTONS
        if act in acts
    ]
    if Act.KEEP_WORDING in shown.acts:
        if signature.suggested_text:
            found.append(words.button("Use this wording", ids.ADOPT_WORDING, signature.id, primary=True))
        found.append(words.button("Keep the wording", ids.KEEP_WORDING, signature.id))
    return found
