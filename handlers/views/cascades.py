"""Key messages on the screen: as they are taken home, how many have done so, who has, and what people said."""

from collections.abc import Collection, Mapping

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.desk.cascade_cards import (
    PER_PAGE,
    CascadeCard,
    CascadeLine,
    CascadeRequest,
    CascadeToCarry,
    Feedback,
    WhoPassedOn,
)
from bot.desk.cascade_files import MessagesToSend
from bot.desk.cascade_outlook import in_short
from bot.desk.unblocking import HEARD_WORDS
from handlers import ids
from handlers.views import forms, long_texts, room, words
from handlers.views.words import Drawn
from storage.briefings import Briefing
from storage.cascades import CascadeReply, CascadeState, NotAsked, PassedBy

LONGEST_FEEDBACK = 700
PASSED_BY_WORDS: Mapping[PassedBy, str] = {
    PassedBy.MEETING: "in a meeting",
    PassedBy.EMAIL: "by e-mail",
    PassedBy.BULLETIN: "in a bulletin or on the intranet",
    PassedBy.CONVERSATION: "in conversation",
    PassedBy.OTHER: "in another way",
}


def meeting(briefing: Briefing, day: object) -> str:
    """`Board meeting, 19 November`. Escaped."""
    return f"{words.plain(briefing.meeting.title, words.LONGEST_TITLE)}, {day:%d %B}".replace(", 0", ", ")


def request(shown: CascadeRequest) -> Drawn:
    """To whoever takes the messages home: what they are, to the letter, and what can be answered."""
    title = _title(shown)
    above: list[Block] = [words.section("\n".join([f"*{title}*", *_lines(shown)]))]
    below: list[Block] = [*words.buttons(_buttons(shown))]
    if shown.is_elsewhere or shown.cascade.state is CascadeState.NO_LONGER_ASKED:
        return words.drawn(title, [*above, *below])
    read = words.button("Read it all", ids.READ_MESSAGES, shown.cascade.id)
    text, _ = long_texts.shown(shown.text, room.MESSAGE, [*above, *below], read)
    return words.drawn(title, [*above, *text, *below])


def _title(shown: CascadeRequest) -> str:
    what = f"the key messages of {meeting(shown.briefing, shown.day)}"
    whose = f", for {words.name(shown.cascade.person.name)}, for whom you stand in" if shown.is_stood_in else ""
    if shown.is_elsewhere:
        return f"With somebody else now: {what}"
    match shown.cascade.state:
        case CascadeState.ASKED:
            return f"Please pass on {what}{whose}"
        case CascadeState.PASSED_ON:
            return f"Passed on, thank you: {what}{whose}"
        case CascadeState.CANNOT:
            return f"You cannot pass these on: {what}{whose}"
        case CascadeState.NO_LONGER_ASKED:
            return f"No longer asked: {what}"


_WHY_NOT_ASKED: Mapping[NotAsked | None, str] = {
    NotAsked.REPLACED: "Newer messages take the place of these: please pass on those. If you passed these on already, "
    "tell the same people.",
    NotAsked.ROLE_LOST: "You need not do anything. If you passed them on all the same, you can still say so.",
    NotAsked.LEFT: "You need not do anything. If you passed them on all the same, you can still say so.",
}


def _lines(shown: CascadeRequest) -> list[str]:
    if shown.is_elsewhere:
        return ["Nothing is asked of you here any more."]
    state = shown.cascade.state
    if state is CascadeState.NO_LONGER_ASKED:
        return [_WHY_NOT_ASKED.get(shown.cascade.ended_because, "")]
    if shown.replies:
        return [what_they_said(shown.replies[-1])]
    how = "Copy the text below and forward it to your people as it is. Then press Passed on."
    lines = [f"{words.plain(shown.agreed)} {how}".strip()]
    lines.append(f"Due {words.due(shown.cascade.due_at, shown.band)}")
    return [_REPLACES, *lines] if shown.replaces else lines


_REPLACES = (
    "These replace the messages you were sent before, which need not be passed on any more. If you did pass them on, "
    "please tell the same people."
)


def _buttons(shown: CascadeRequest) -> list[ButtonElement]:
    found = buttons(shown.acts, shown.cascade.id, state=shown.cascade.state) if not shown.is_elsewhere else []
    if not shown.is_elsewhere and shown.cascade.state is not CascadeState.NO_LONGER_ASKED:
        found.append(words.button("Get it as a Word file", ids.MESSAGES_FILE, shown.cascade.id))
    if Act.READ_FEEDBACK in shown.acts:
        found.append(words.button("What people said", ids.READ_FEEDBACK, shown.briefing.id))
    return found


def buttons(acts: Collection[Act], cascade_id: int, *, state: CascadeState = CascadeState.ASKED) -> list[ButtonElement]:
    """What can be done with one person's record: on its message, in a reminder, in a home."""
    is_open = state is CascadeState.ASKED
    found = []
    if Act.PASS_MESSAGES_ON in acts:
        if is_open or state is CascadeState.NO_LONGER_ASKED:
            found.append(words.button("Passed on", ids.PASSED_ON, cascade_id, primary=is_open))
        else:
            found.append(words.button("Change what I said", ids.CHANGE_PASSED_ON, cascade_id))
    if Act.CANNOT_PASS_ON in acts and is_open:
        found.append(words.button("I can’t, because", ids.CANNOT_PASS_ON, cascade_id))
    if Act.RECORD_PASSED_ON in acts and Act.PASS_MESSAGES_ON not in acts:  # one's own needs no recording
        found.append(words.button("Record reply", ids.RECORD_PASSED_ON, cascade_id))
    return found


def of_many(acts: Collection[Act], briefing_id: int) -> list[ButtonElement]:
    """Where many have not said anything: who, and what any of them has said by now."""
    found = [words.button("Who?", ids.WHO_PASSED_ON, briefing_id)]
    if Act.RECORD_PASSED_ON in acts:
        found.insert(0, words.button("Record a reply", ids.RECORD_ONE_PASSED_ON, briefing_id))
    return found


def in_reminder(acts: Collection[Act], cascade_id: int) -> list[ButtonElement]:
    """The same in a reminder or a home, where the messages themselves do not stand."""
    read = words.button("Read the messages", ids.READ_MESSAGES, cascade_id)
    return [*buttons(acts, cascade_id), *([read] if Act.PASS_MESSAGES_ON in acts else [])]


def what_they_said(reply: CascadeReply) -> str:
    """`Passed on to all team leaders, by e-mail, 20 Nov at 10:00`; who, where somebody else said it; escaped."""
    if reply.said is CascadeState.PASSED_ON:
        how = PASSED_BY_WORDS[reply.passed_by] if reply.passed_by else ""
        said = (
            f"Passed on to {words.plain(reply.to_whom or '', 300)}, {how}, {words.moment(reply.passed_at or reply.at)}"
        )
    else:
        said = f"Cannot: {words.plain(reply.reason or '', 300)}"
        could = [words.name(reply.instead.name)] if reply.instead else []
        could += [words.plain(reply.instead_words, 300)] if reply.instead_words else []
        said += f" Who could: {', '.join(could)}." if could else ""
    if reply.recorded_by is not None:
        heard = f", {HEARD_WORDS[reply.heard_by]}" if reply.heard_by else ""
        said += f" (noted by {words.name(reply.recorded_by.name)}{heard})"
    return said


def messages_page(shown: CascadeRequest) -> View:
    """All of the text, to be read and copied."""
    above = [words.section(f"*{meeting(shown.briefing, shown.day)}*. {words.plain(shown.agreed)}".strip())]
    below = words.buttons([words.button("Get it as a Word file", ids.MESSAGES_FILE, shown.cascade.id)])
    return forms.page("Key messages", [*above, *room.long_text(shown.text, [*above, *below]), *below])


def email_page(shown: CascadeToCarry) -> View:
    """All of the text that is sent to those outside Slack."""
    above = [words.section("Copy this into your e-mail.")]
    return forms.page("Text to send", [*above, *room.long_text(shown.email, above)])


def on_its_way() -> View:
    return forms.page(
        "On its way", [words.section("The Word file comes to your messages with Comms Desk in a moment.")]
    )


def beside_file(shown: MessagesToSend) -> Drawn:
    """What stands beside the file."""
    text = f"The key messages of {words.plain(shown.meeting, words.LONGEST_TITLE)}, to be forwarded as they are."
    if shown.replaced_by is not None:
        text = f"{shown.replaced_by} has replaced the key messages in this file. Please pass on those instead."
    return words.drawn(text, [words.section(text)])


def card(shown: CascadeCard) -> Drawn:
    """In the press channel: how many, and no names."""
    count = shown.count
    what = f"{shown.briefing.reference} · {meeting(shown.briefing, shown.day)}"
    title, facts = f"{count.passed_on} of {count.wanted} have passed on {what}", []
    if shown.is_replaced:
        title = f"{count.passed_on} had passed on {what}"
        facts.append("Newer messages took the place of these. Nobody is chased for them any more.")
    else:
        if count.to_come:
            facts.append(f"{count.to_come} still to come, due {words.due(count.due_at, shown.band)}")
        if count.cannot:
            facts.append(f"{count.cannot} cannot, and nobody was asked instead")
        if count.wanted and count.passed_on == count.wanted:
            facts.append(":white_check_mark: Everybody has.")
    found = [words.button("Who?", ids.WHO_PASSED_ON, shown.briefing.id)]
    if shown.feedback:
        found.append(words.button("What people said", ids.READ_FEEDBACK, shown.briefing.id))
    return words.drawn(title, [words.section("\n".join([f"*{title}*", *facts])), *words.buttons(found)])


def to_carry(shown: CascadeToCarry) -> Drawn:
    """To whoever sees to the briefing: who is reached outside Slack, how, and what to send them."""
    open_ = [line for line in shown.lines if line.cascade.state is CascadeState.ASKED]
    done = len(shown.lines) - len(open_)
    people_ = "1 person is" if len(shown.lines) == 1 else f"{len(shown.lines)} people are"
    title = f"{people_} not in Slack: please take them the key messages of {meeting(shown.briefing, shown.day)}"
    said = f"{done} of {len(shown.lines)} have answered." if done else "None of them has answered yet."
    what = (
        f"Send them the text below. Each has until {words.moment(shown.due_at)}: press Record a reply as they answer."
    )
    head = words.section(f"*{title}*\n{what} {said}")
    row = words.buttons(
        [
            words.button("Record a reply", ids.RECORD_ONE_PASSED_ON, shown.briefing.id, primary=bool(open_)),
            words.button("Who?", ids.WHO_PASSED_ON, shown.briefing.id),
            words.button("Get it as a Word file", ids.MESSAGES_FILE_OF, shown.briefing.id),
        ]
    )
    lines = [
        _to_reach(line) for line in sorted(shown.lines, key=lambda line: line.cascade.state is not CascadeState.ASKED)
    ]
    read = words.button("Read it all", ids.READ_EMAIL, shown.briefing.id)
    email, _ = long_texts.shown(shown.email, room.MESSAGE, [head, *row, *words.sections(lines[:MOST_TO_REACH])], read)
    rest = room.MESSAGE.lines(lines, beside=[head, *email, *row], rest=lambda n: f"And {n} more: press Who?")
    return words.drawn(title, [head, *rest, *email, *row])


MOST_TO_REACH = 20
"""How many are named in any case, before the text takes the room that is left."""


def _to_reach(line: CascadeLine) -> str:
    person = line.stands_in or line.cascade.person
    whose = f", for {words.name(line.cascade.person.name)}" if line.stands_in else ""
    mark = ":hourglass_flowing_sand:" if line.cascade.state is CascadeState.ASKED else ":white_check_mark:"
    address = f", {words.plain(person.email, 100)}" if person.email else ", no e-mail address on file"
    return f"{mark} {words.name(person.name)}{whose}{address}"


_STATE_WORDS: Mapping[CascadeState, str] = {
    CascadeState.ASKED: ":hourglass_flowing_sand: Not yet",
    CascadeState.PASSED_ON: ":white_check_mark: Passed on",
    CascadeState.CANNOT: ":no_entry: Cannot",
    CascadeState.NO_LONGER_ASKED: ":white_circle: No longer asked",
}


def who_page(shown: WhoPassedOn) -> View:
    """Names, how and when, by how they stand; so many to a page."""
    head: list[Block] = [words.section(f"*{meeting(shown.briefing, shown.day)}*\n{in_short(shown.count)}.")]
    head += words.buttons(
        [words.button("Record a reply", ids.RECORD_ONE_PASSED_ON, shown.briefing.id)]
        if Act.RECORD_PASSED_ON in shown.acts
        else []
    )
    turning = []
    if shown.offset:
        before = max(0, shown.offset - PER_PAGE)
        turning.append(words.button("Show previous", ids.TURN_WHO_PASSED_ON, f"{shown.briefing.id}:{before}"))
    if shown.offset + len(shown.lines) < shown.total:
        after = shown.offset + len(shown.lines)
        turning.append(words.button("Show next", ids.TURN_WHO_PASSED_ON, f"{shown.briefing.id}:{after}"))
    below = [row for one in turning for row in words.buttons([one])]  # an id may stand once in a row
    groups: list[list[Block]] = []
    state = None
    for line in shown.lines:
        heading = [words.section(f"*{_STATE_WORDS[line.cascade.state]}*")] if line.cascade.state is not state else []
        state = line.cascade.state
        groups.append([*heading, words.section(_who(line), accessory=_instead(line, shown))])
    body = room.VIEW.lay_out(groups, beside=[*head, *below], rest=lambda n: words.small(f"{n} more do not fit here."))
    return forms.page(f"{shown.briefing.reference}: who", [*head, *body, *below])


def _instead(line: CascadeLine, shown: WhoPassedOn) -> ButtonElement | None:
    may_ask = line.cascade.state in {CascadeState.CANNOT, CascadeState.NO_LONGER_ASKED} and line.instead is None
    if not may_ask or Act.ASK_TO_PASS_ON not in shown.acts:
        return None
    return words.button("Ask someone instead", ids.ASK_TO_PASS_ON, line.cascade.id)


def _who(line: CascadeLine) -> str:
    cascade = line.cascade
    where = f" ({words.plain(cascade.organisation.name, 100)})" if cascade.organisation else ""
    said = [f"{words.name(cascade.person.name)}{where}"]
    if line.reply is not None and cascade.state is not CascadeState.NO_LONGER_ASKED:
        if line.reply.given_by_id != cascade.person_id:
            said.append(f"said by {words.name(line.reply.given_by.name)} in their place")
        said.append(what_they_said(line.reply))
    elif cascade.state is CascadeState.ASKED:
        if line.stands_in is not None:
            said.append(f"with {words.name(line.stands_in.name)}, who stands in")
        elif line.is_carried:
            said.append("not in Slack, through the press office")
    elif cascade.state is CascadeState.NO_LONGER_ASKED:
        said.append(_BECAUSE[cascade.ended_because])
    if line.instead is not None:
        said.append(f"{words.name(line.instead.name)} was asked instead")
    return " · ".join(said)


_BECAUSE: Mapping[NotAsked | None, str] = {
    NotAsked.REPLACED: "newer messages took the place of these",
    NotAsked.ROLE_LOST: "has no role on the board any more",
    NotAsked.LEFT: "has left",
    None: "",
}


def feedback_page(shown: Feedback) -> View:
    """What people said, the newest first, and at the end what nobody is named for."""
    of = f"In {words.plain(shown.only, 100)}: w" if shown.only else "W"
    head: list[Block] = [words.section(f"*{meeting(shown.briefing, shown.day)}*\n{of}hat people said.")]
    groups = [
        [words.section(f"*{_brought_by(shown, reply)}*"), words.quote(reply.feedback or "")] for reply in shown.said
    ]
    empty: list[Block] = [] if groups else [words.section("Nothing has come back yet.")]
    rest = room.VIEW.lay_out(groups, beside=head, rest=lambda n: words.small(f"{n} more do not fit here."))
    return forms.page("What people said", [*head, *empty, *rest])


def _brought_by(shown: Feedback, reply: CascadeReply) -> str:
    if not reply.is_named:
        return "Not to be named"  # when it was said stands beside the name under Who?
    where = f" ({words.plain(shown.organisations[reply.id], 100)})" if reply.id in shown.organisations else ""
    return f"{words.name(reply.given_by.name)}{where}, {words.moment(reply.at)}"
