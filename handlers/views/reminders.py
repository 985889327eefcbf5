"""Reminders on the screen: what is owed, by when, and what can be answered right there."""

from collections.abc import Callable, Mapping, Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from bot.core.permissions import Act
from bot.desk.reminders import Reminder, ReminderLine
from handlers import ids
from handlers.views import bulletins, cascades, facts, papers, reports, reviews, room, words
from handlers.views.duties import DUTIES, REACH_THEM
from handlers.views.words import Drawn
from storage.obligations import Duty
from storage.people import Person


def reminder(shown: Reminder) -> Drawn:
    """All that one person is reminded of at one time, in one message."""
    if not shown.lines:
        text = "This reminder is not for here any more."
        return words.drawn(text, [words.section(text)])
    together = _together(shown.lines)
    first = _what(together[0][0]) if len(together[0]) == 1 else _of_many(together[0])
    text = first if len(together) == 1 else f"{len(together)} things are waiting. The first: {first}"
    where = "Your Home shows them all." if shown.reader else "`/enquiry list` shows what is open."
    blocks = room.MESSAGE.lay_out(
        [line_blocks(lines[0]) if len(lines) == 1 else _many_blocks(lines) for lines in together],
        rest=lambda number: words.small(f"And {number} more. {where}"),
    )
    return words.drawn(f"Reminder: {text}", blocks)


def _together(lines: Sequence[ReminderLine]) -> list[list[ReminderLine]]:
    """Those who are to take home the same messages stand in one line; everything else by itself."""
    found: dict[tuple[str, int], list[ReminderLine]] = {}
    for line in lines:
        key = ("briefing", line.briefing_id) if line.briefing_id is not None else ("", line.obligation.id)
        found.setdefault(key, []).append(line)
    return list(found.values())


def _of_many(lines: Sequence[ReminderLine]) -> str:
    """Escaped."""
    title = words.plain(lines[0].title, words.LONGEST_TITLE)
    return f"{len(lines)} people have not said whether they passed on {title}"


def _many_blocks(lines: Sequence[ReminderLine]) -> list[Block]:
    due = f"Due {words.due(lines[0].obligation.due_at, lines[0].band)}"
    whose = [line.obligation.whose for line in lines]
    names = words.names(person.name for person in whose if person is not None)
    found = cascades.of_many(lines[0].acts, lines[0].briefing_id or 0)
    return [words.section(f"*{_of_many(lines)}*\n{due}\n{names}"), *words.buttons(found)]


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
    said = DUTIES[line.obligation.duty]
    sentence = said.own if line.is_readers_own else said.of_others
    if line.is_readers_own and whose is not None:
        may_not = line.obligation.duty is Duty.SIGN and line.signature_id is None
        sentence = REACH_THEM if may_not else said.for_somebody
    return sentence.format(
        whose=words.name(whose.name) if whose else "",
        title=words.plain(line.title, words.LONGEST_TITLE),
        owner=_owner(owner, whose),
    )


def _owner(owner: Person | None, whose: Person | None) -> str:
    """Whoever sees to it, never as if it were their own."""
    if owner is None:
        return "nobody"
    return words.name(owner.name) + (f", who stands in for {words.name(whose.name)}," if whose else "")


def _of_referral(line: ReminderLine) -> list[ButtonElement]:
    own = (ids.READ_REFERRAL, "Read and reply")
    action_id, text = own if line.is_readers_own else (ids.RECORD_PARTNER_REPLY, "Record reply")
    return [words.button(text, action_id, line.obligation.subject_id, primary=True)]


def _of_ruling(line: ReminderLine) -> list[ButtonElement]:
    """A chair rules, for another who is away as well; whoever else stands in records what they hear."""
    is_the_chairs = line.is_readers_own and (line.obligation.for_id is None or Act.RULE_PAPER in line.acts)
    return papers.reminder_buttons(line.obligation.subject_id, is_own=is_the_chairs)


_ANSWERS: Mapping[Duty, Callable[[ReminderLine], list[ButtonElement]]] = {
    Duty.ACCEPT_REFERRAL: _of_referral,
    Duty.REFERRAL_OUTCOME: _of_referral,
    Duty.CHECK: lambda line: reports.reminder_buttons(line.obligation.subject_id, is_own=line.is_readers_own),
    Duty.RULE: _of_ruling,
    Duty.FACTS: lambda line: facts.buttons(line.acts, line.obligation.subject_id, is_own=line.is_readers_own),
    Duty.CONTRIBUTE: lambda line: bulletins.reminder_buttons(line.obligation.subject_id, is_own=line.is_readers_own),
    Duty.REVIEW: lambda line: reviews.answers(line.acts, line.obligation.subject_id),
    Duty.CASCADE: lambda line: cascades.in_reminder(line.acts, line.obligation.subject_id),
}
"""What whoever is reminded can answer right there, by what is owed; they stand before everything else."""


def _buttons(line: ReminderLine) -> list[ButtonElement]:
    obligation = line.obligation
    found = []
    if line.signature_id is not None:
        action = (ids.READ_AND_SIGN, "Read and sign") if line.is_readers_own else (ids.RECORD_REPLY, "Record reply")
        found.append(words.button(action[1], action[0], line.signature_id, primary=True))
    said = DUTIES[obligation.duty]
    steps = [step for step in (said.next, said.instead) if step is not None and obligation.is_open]
    found += [words.button(one.text, one.action_id, obligation.subject_id, primary=one.ends_it) for one in steps]
    answers = _ANSWERS.get(obligation.duty)
    if answers is not None and obligation.is_open:
        found = [*answers(line), *found]
    if Act.MARK_SEEN in line.acts:
        found.append(words.button("Seen", ids.SEEN, obligation.id))
    if Act.SNOOZE in line.acts:
        found.append(words.button("Snooze 30 minutes", ids.SNOOZE, obligation.id))
    return found
