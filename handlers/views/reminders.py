"""Reminders on the screen: what is owed, by when, and what can be answered right there."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from bot.core.permissions import Act
from bot.desk.reminders import Reminder, ReminderLine
from handlers import ids
from handlers.views import facts, room, words
from handlers.views.words import Drawn
from storage.obligations import Duty

_OWN: dict[Duty, str] = {
    Duty.OWN: "Nobody has taken {title} yet",
    Duty.ANSWER: "Your answer to {title}",
    Duty.AWAITING_EMAIL: "The journalist’s e-mail for {title} has not come",
    Duty.SIGN: "Your signature on {title}",
    Duty.ISSUE: "{title} is signed and has not gone out",
    Duty.CORRECT: "{title} has not gone out yet",
    Duty.FACTS: "The press office asks you: {title}",
}
_FOR_SOMEBODY: dict[Duty, str] = {
    Duty.OWN: "Nobody has taken {title} yet",
    Duty.ANSWER: "The answer to {title}, for {whose}, who is away",
    Duty.AWAITING_EMAIL: "The journalist’s e-mail for {title} has not come; you stand in for {whose}",
    Duty.SIGN: "Your signature on {title}, for {whose}, who is away",
    Duty.ISSUE: "{title} is signed and has not gone out; you stand in for {whose}",
    Duty.CORRECT: "{title} has not gone out yet; you stand in for {whose}",
    Duty.FACTS: "The press office asks {whose}, for whom you stand in: {title}",
}
_REACH_THEM = "Only {whose} can sign {title}, and is away; please reach them"
"""To a deputy who may not sign in this capacity."""
_OTHERS: dict[Duty, str] = {
    Duty.OWN: "Nobody has taken {title} yet",
    Duty.ANSWER: "{title} has not been answered; {owner} has it",
    Duty.AWAITING_EMAIL: "The journalist’s e-mail for {title} has not come; {owner} is on it",
    Duty.SIGN: "{owner} has not signed {title}",
    Duty.ISSUE: "{title} is signed and has not gone out; {owner} has it",
    Duty.CORRECT: "{title} has not gone out yet; {owner} has it",
    Duty.FACTS: "{owner} has not answered: {title}",
}


def reminder(shown: Reminder) -> Drawn:
    """All that one person is reminded of at one time, in one message."""
    if not shown.lines:
        text = "This reminder is not for here any more."
        return words.drawn(text, [words.section(text)])
    first = _what(shown.lines[0])
    text = first if len(shown.lines) == 1 else f"{len(shown.lines)} things are waiting. The first: {first}"
    where = "Your Home shows them all." if shown.reader else "`/enquiry list` shows what is open."
    blocks = room.MESSAGE.lay_out(
        [line_blocks(line) for line in shown.lines],
        rest=lambda number: words.small(f"And {number} more. {where}"),
    )
    return words.drawn(f"Reminder: {text}", blocks)


def line_blocks(line: ReminderLine, *, stands: str = "", steps: Sequence[ButtonElement] = ()) -> list[Block]:
    """One thing that is owed. `stands` says how far it is; `steps` are further buttons. Each stands once, what comes
    next first."""
    obligation = line.obligation
    said = f"*{_what(line)}*"
    if not obligation.is_open:
        return [words.section(f"{said}\n:white_check_mark: Done. Nothing more is needed.")]
    facts = [f"Due {words.due(obligation.due_at, line.band)}"] if obligation.due_at is not None else []
    facts += [stands] if stands else []
    if facts:
        said += f"\n{' · '.join(facts)}"
    if line.seen_at is not None:
        said += f"\n:eyes: You have seen this, {words.moment(line.seen_at)}."
    if line.snoozed_until is not None:
        said += f"\n:zzz: You will be reminded again, {words.moment(line.snoozed_until)}."
    offered = {button.action_id: button for button in [*steps, *_buttons(line)]}
    return [words.section(said), *words.buttons(sorted(offered.values(), key=lambda button: button.style is None))]


def _what(line: ReminderLine) -> str:
    """Escaped: for the message and for the words beside it."""
    owner, whose = line.obligation.owner, line.obligation.on_behalf_of
    sentences = _OWN if line.is_readers_own else _OTHERS
    if line.is_readers_own and whose is not None:
        sentences = {**_FOR_SOMEBODY, Duty.SIGN: _REACH_THEM} if line.signature_id is None else _FOR_SOMEBODY
    return sentences[line.obligation.duty].format(
        whose=words.name(whose.name) if whose else "",
        title=words.plain(line.title, words.LONGEST_TITLE),
        owner=words.name(owner.name) if owner else "nobody",
    )


def _buttons(line: ReminderLine) -> list[ButtonElement]:
    obligation = line.obligation
    found = []
    if line.signature_id is not None:
        action = (ids.READ_AND_SIGN, "Read and sign") if line.is_readers_own else (ids.RECORD_REPLY, "Record reply")
        found.append(words.button(action[1], action[0], line.signature_id, primary=True))
    if obligation.duty is Duty.OWN and obligation.is_open:
        found.append(words.button("Take it", ids.TAKE, obligation.subject_id, primary=True))
    if obligation.duty is Duty.AWAITING_EMAIL and obligation.is_open:
        found.append(words.button("E-mail came", ids.EMAIL_CAME, obligation.subject_id))
    if obligation.duty is Duty.ISSUE and obligation.is_open:
        found.append(words.button("Record as issued", ids.RECORD_ISSUE, obligation.subject_id, primary=True))
    if obligation.duty is Duty.CORRECT and obligation.is_open:
        found.append(words.button("Go on with it", ids.READ_ALL, obligation.subject_id, primary=True))
    if obligation.duty is Duty.ANSWER and obligation.is_open:
        found.append(words.button("Show", ids.SHOW, obligation.subject_id))
    if obligation.duty is Duty.FACTS:
        found += facts.buttons(line.acts, obligation.subject_id, is_own=line.is_readers_own)
    if Act.MARK_SEEN in line.acts:
        found.append(words.button("Seen", ids.SEEN, obligation.id))
    if Act.SNOOZE in line.acts:
        found.append(words.button("Snooze 30 minutes", ids.SNOOZE, obligation.id))
    return found
