"""Requests to sign on the screen: one message with the whole text, and what can be answered."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.wording import Change, changes_alone
from bot.desk.signoffs import SignRequest
from handlers import ids
from handlers.views import forms, long_texts, room, words
from handlers.views.room import Room
from handlers.views.statements import CAPACITY_WORDS, signature_line
from handlers.views.words import Drawn
from storage.signoffs import Capacity, SignatureState

LONGEST_EXCERPT = 700
LONGEST_QUESTION, LONGEST_QUESTION_IN_HOME, MOST_QUESTIONS = 2500, 200, 3
"""Characters of what somebody wrote beside a text, where there is no room for the whole."""

_BUTTONS = (
    (Act.APPROVE, "Approve", ids.APPROVE),
    (Act.ASK_FOR_CHANGES, "Ask for changes", ids.ASK_FOR_CHANGES),
    (Act.SUGGEST_WORDING, "Suggest wording", ids.SUGGEST_WORDING),
    (Act.PASS_ON, "Pass to someone", ids.PASS_ON),
    (Act.DISPUTE, "Dispute", ids.DISPUTE),
    (Act.RECORD_REPLY, "Record reply", ids.RECORD_REPLY),
)


def request(shown: SignRequest) -> Drawn:
    """One message with the whole text and the buttons that its state allows."""
    return words.drawn(_title(shown), _blocks(shown, room.MESSAGE))


def in_home(shown: SignRequest) -> list[Block]:
    return _blocks(shown, room.VIEW)


def _blocks(shown: SignRequest, holds: Room) -> list[Block]:
    """The text and the buttons in any case; what was said of it and what changed, as far as there is room.

    A text that is too long is not approved from its beginning: it is read whole in a form, and signed there.
    """
    heading = _heading(shown, with_question=holds is room.VIEW)
    read_all = words.button("Read it all", ids.READ_REQUEST, shown.signature.id)
    below = words.buttons(_buttons(shown, is_whole=True))
    text, is_whole = long_texts.shown(shown.draft.text, holds, [heading, *below], read_all)
    below = words.buttons(_buttons(shown, is_whole=is_whole))
    ways = [] if holds is room.VIEW else _questions(shown)  # a home has no room: one line in the heading tells
    asked = next((way for way in ways if holds.holds([heading, *way, *text, *below])), [])
    above: list[Block] = [heading, *asked, *text]
    if not shown.is_open or shown.is_elsewhere:
        return [*above, *below]
    between: list[Block] = []
    for extra in (_asked_for(shown), _kept(shown), _corrected(shown), _changed(shown)):
        between += next((way for way in extra if holds.holds([*above, *between, *way, *below])), [])
    return [*above, *between, *below]


def _heading(shown: SignRequest, *, with_question: bool) -> Block:
    lines = [f"*{_title(shown)}*", _why(shown)]
    if with_question and shown.questions:
        lines.append(f"*Asked*  {words.plain(shown.questions[0], LONGEST_QUESTION_IN_HOME)}")
    return words.section("\n".join(lines))


_Extra = Sequence[list[Block]]
"""Something beside the text: whole, and shorter and shorter for where there is no room for the whole."""


def _questions(shown: SignRequest) -> _Extra:
    """What it answers: nobody can say whether an answer is right without the question."""
    if not shown.questions or not shown.is_open or shown.is_elsewhere:
        return [], []
    heading = words.section("*What was asked*" if len(shown.questions) == 1 else "*What was asked, by several*")
    text = words.section("*The answer to sign*" if shown.signature.must_sign else "*The answer*")
    some = shown.questions[:MOST_QUESTIONS]
    return (
        [heading, *(words.quote(words.excerpt(question, LONGEST_QUESTION)) for question in some), text],
        [heading, *(words.quote(words.excerpt(question, LONGEST_EXCERPT // 3)) for question in some), text],
    )


def _asked_for(shown: SignRequest) -> _Extra:
    signature = shown.signature
    answer: list[Block] = []
    if signature.state is not SignatureState.ASKED:
        answer = [words.section(signature_line(signature))]
    asked_for = signature.suggested_text or signature.comment
    if not asked_for:
        return answer, answer
    what = words.section(f"{_introducing(shown)}:")
    return (
        [*answer, what, words.quote(asked_for)],
        [*answer, what, words.quote(words.excerpt(asked_for, LONGEST_EXCERPT))],
    )


def _introducing(shown: SignRequest) -> str:
    """What it is that somebody wrote beside this signature: a wish, a word to the next, what is wrong with a record."""
    signature = shown.signature
    who = "You" if _is_own_answer(shown) else "They"
    if signature.suggested_text:
        return f"{who} suggested"
    if signature.state is SignatureState.PASSED:
        return f"{who} wrote to {words.name(signature.passed_to.name) if signature.passed_to else 'a colleague'}"
    if signature.disputed_at is not None:
        return "What was recorded is disputed, because"
    return f"{who} asked for"


def _kept(shown: SignRequest) -> _Extra:
    reply = shown.signature.reply
    if not reply:
        return [], []
    kept = words.section("The wording was kept, because:")
    return [kept, words.quote(reply)], [kept, words.quote(words.excerpt(reply, LONGEST_EXCERPT))]


def _changed(shown: SignRequest) -> _Extra:
    if not shown.since_signed:
        return [], []
    who = "you" if shown.reader.id == shown.signature.person_id else "they"
    answered = f"which {who} approved" if shown.had_approved else f"to which {who} asked for changes"
    since = f"since draft {shown.since_draft}, {answered}"
    much: list[Block] = [words.section(f"Much has changed {since}.")]
    return *_word_by_word(words.section(f"*What changed {since}*"), shown.since_signed), much


def _corrected(shown: SignRequest) -> _Extra:
    """Word by word, what becomes another of what went out."""
    if shown.corrects is None:
        return [], []
    much: list[Block] = [words.section("Much changes of what went out. Read it all before you sign.")]
    return *_word_by_word(words.section("*What changes of what went out*"), shown.since_issued), much


MOST_CHANGES = 300
"""Pieces that stayed, went or came, in one comparison. With more of them nobody follows it word by word."""


def _word_by_word(heading: Block, changes: Sequence[tuple[Change, str]]) -> list[list[Block]]:
    if len(changes) > MOST_CHANGES:
        return []
    return [[heading, words.changes(changes)], [heading, words.changes(changes_alone(changes))]]


def read_page(shown: SignRequest) -> View:
    """The whole text, to read."""
    return forms.page("The whole text", [words.section(f"*{what(shown)}*"), words.verbatim(shown.draft.text)])


def sign_form(shown: SignRequest) -> View:
    """The whole text to read, and what changed in it, with Approve below: from a reminder, or where it is long."""
    text: list[Block] = [_heading(shown, with_question=True), words.verbatim(shown.draft.text)]
    for extra in (_corrected(shown), _changed(shown)):
        text += next((way for way in extra if room.VIEW.holds([*text, *way])), [])
    return forms.form(
        "Read and sign",
        ids.SIGN_FORM,
        text,
        submit="Approve",
        about={"signature": shown.signature.id},
    )


def changes_form(shown: SignRequest) -> View:
    return forms.form(
        "Ask for changes",
        ids.CHANGES_FORM,
        [
            words.section(f"*{what(shown)}*"),
            words.verbatim(shown.draft.text),
            forms.paragraph("text", "What should change", most=2000, hint="It does not go out until this is answered."),
        ],
        submit="Ask for changes",
        about={"signature": shown.signature.id},
    )


def suggest_form(shown: SignRequest) -> View:
    text = long_texts.inputs("text", "Your wording", shown.draft.text)
    return forms.form(
        "Suggest wording",
        ids.SUGGEST_FORM,
        [
            words.section(f"*{what(shown)}*\nChange the text. The press office may adopt your words."),
            text.first,
            *text.rest,
        ],
        submit="Suggest",
        about={"signature": shown.signature.id, **text.about},
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


def what(shown: SignRequest) -> str:
    """The text a request is about, in words. Escaped."""
    return f"{words.plain(shown.title, words.LONGEST_TITLE)}, draft {shown.draft.number}"


def _title(shown: SignRequest) -> str:
    """Escaped: for the message and for the words beside it."""
    signature, about = shown.signature, what(shown)
    if shown.is_elsewhere:
        return f"With somebody else now: {about}"
    if not shown.is_open:
        replaced = signature.state is SignatureState.VOIDED
        return f"Replaced by a newer draft: {about}" if replaced else f"No longer waiting: {about}"
    if signature.state is SignatureState.CHANGES_ASKED:
        return f"Changes asked for: {about}"
    if signature.state is SignatureState.APPROVED:
        return f"Approved: {about}"
    if signature.state is SignatureState.PASSED:
        return f"Passed on: {about}"
    if signature.state is SignatureState.OVERRIDDEN:
        return f"It goes on without this signature: {about}"
    if shown.is_stood_in:
        return f"Please sign {about}, for {words.name(signature.person.name)}"
    if shown.is_relayed:
        who = words.name(signature.asked.name)
        return f"Please ask {who} to sign {about}" if signature.must_sign else f"Please show {who} {about}"
    return f"Please sign {about}" if signature.must_sign else f"For your information: {about}"


def _is_own_answer(shown: SignRequest) -> bool:
    signature = shown.signature
    return shown.reader.id == (signature.given_by_id or signature.person_id)


def _why(shown: SignRequest) -> str:
    if shown.is_elsewhere:
        asked = words.name(shown.signature.asked.name)
        return f"{asked} answers for it. Nothing is asked of you here any more."
    if not shown.is_open:
        return _why_over(shown)
    lines = [_why_relayed(shown) if shown.is_relayed else _why_asked(shown)]
    if shown.corrects is not None:
        went_out = words.sentence(shown.corrects.words, shown.corrects.times)
        wrong = words.plain(shown.corrects.what_was_wrong, LONGEST_EXCERPT)
        lines.append(f"It is a correction: {went_out}." + (f" What was wrong: {wrong}" if wrong else ""))
    if shown.follows:
        lines.append(words.sentence(words.cut(shown.follows, LONGEST_EXCERPT), shown.follows_at))
    if shown.due_at is not None:
        by = words.moment(shown.due_at)
        late = f"The time for this passed {by}: please answer as soon as you can."
        lines.append(late if shown.is_late else f"Needed by {by}.")
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
    person = shown.signature.asked
    if shown.signature.state is SignatureState.CHANGES_ASKED:
        return "Write a new draft, or keep the wording and say why."
    if shown.signature.state is SignatureState.APPROVED:
        return f"{words.name(person.name)} has signed. Nothing more is needed."
    address = f" ({words.plain(person.email, words.LONGEST_TITLE)})" if person.email else ""
    who = f"{words.name(person.name)}{address}"
    return f"{who} is not in Slack. Send them this text, then press Record reply.{_for_whom(shown)}"


def _for_whom(shown: SignRequest) -> str:
    signature = shown.signature
    return f" They sign for {words.name(signature.person.name)}, who is away." if signature.stand_in else ""


def _why_asked(shown: SignRequest) -> str:
    signature = shown.signature
    capacity = CAPACITY_WORDS[signature.capacity]
    if signature.state is SignatureState.PASSED:
        to = words.name(signature.passed_to.name) if signature.passed_to else "a colleague"
        return f"{to} signs this draft instead. You will be told what became of it, and asked again about a new draft."
    if signature.state is SignatureState.OVERRIDDEN:
        return "You can still sign, or ask for changes, until it has gone out."
    if signature.state is SignatureState.APPROVED:
        return "Nothing more is needed. Until it has gone out, you can still ask for changes."
    if signature.state is SignatureState.CHANGES_ASKED:
        return "It does not go out before the press office has answered."
    if shown.is_stood_in:
        return (
            f"{words.name(signature.person.name)} ({capacity}) is away, and you stand in. You sign for them. Nothing "
            "goes out before everyone has signed."
        )
    if signature.stand_in is not None:
        return (
            f"While you are away, {words.name(signature.stand_in.name)} is asked for you. You can still sign yourself."
        )
    if shown.passed_from is not None:
        passer = shown.passed_from
        note = f" They wrote: {words.plain(passer.comment, LONGEST_EXCERPT)}" if passer.comment else ""
        return f"{words.name(passer.person.name)} ({capacity}) passed this to you to sign instead.{note}"
    if signature.must_sign:
        in_your_name = "It goes out in your name. " if signature.capacity is Capacity.SPOKESPERSON else ""
        return f"You are asked as {capacity}. {in_your_name}Nothing goes out before everyone has signed."
    return "You are copied. If something must change, ask for it: it then waits for an answer."


def _buttons(shown: SignRequest, *, is_whole: bool) -> list[ButtonElement]:
    signature = shown.signature
    acts = shown.acts - {Act.RECORD_REPLY} if signature.asked.on_slack else shown.acts  # who is in Slack answers there
    first = Act.RECORD_REPLY if shown.is_relayed and signature.state is SignatureState.ASKED else Act.APPROVE
    read_first = {} if is_whole else {Act.APPROVE: ("Read and sign", ids.READ_AND_SIGN)}
    found = [
        words.button(*read_first.get(act, (text, action_id)), signature.id, primary=act is first)
        for act, text, action_id in _BUTTONS
        if act in acts
    ]
    if Act.KEEP_WORDING in shown.acts:
        if signature.suggested_text:
            found.append(words.button("Use this wording", ids.ADOPT_WORDING, signature.id, primary=True))
        found.append(words.button("Keep the wording", ids.KEEP_WORDING, signature.id))
    return found
