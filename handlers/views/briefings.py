"""Briefings on the screen: the card in the press channel, the post itself, what goes by e-mail, and the list."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.desk import briefing_text
from bot.desk.briefing_cards import BriefingCard, BriefingList, Failed
from bot.desk.briefing_posting import ByHand, Post
from bot.desk.briefing_steps import Places
from handlers import ids
from handlers.views import forms, long_texts, room, words
from handlers.views.statements import signature_line
from handlers.views.words import Drawn
from storage.briefings import Briefing, BriefingStatus
from storage.people import Person
from storage.signoffs import SignatureState
from storage.subjects import SubjectKind

MOST_PLACES = 8
"""Channels and people that are named; of the others, how many."""

HELP = (
    "*What you can type*\n"
    "• `/briefing` opens the form for the key messages of a board meeting.\n"
    "• `/briefing list` shows the newest briefings and how they stand.\n"
    "• `/briefing BRF-2` shows one briefing.\n"
    "• `/briefing help` shows this.\n"
    "The chair signs each briefing before it is posted. Everything else happens on its card in the press channel."
)


def post(shown: Post) -> Drawn:
    """The briefing as its audiences get it: the signed text and nothing else, until another has taken its place."""
    if shown.replaced_on is None:
        return words.drawn(words.plain(shown.text), [as_posted(shown.text)])
    above = f"Replaced on {briefing_text.in_words(shown.replaced_on)}: see the newer key messages."
    said = words.section(f":arrows_counterclockwise: *{above}*")
    return words.drawn(f"{above}\n{words.plain(shown.text)}", [said, as_posted(shown.text)])


def as_posted(text: str) -> Block:
    return words.posted(briefing_text.pieces(text))


def by_hand(shown: ByHand) -> Drawn:
    """To a press officer: the text, and to whom to send it."""
    title = f"Please send {shown.reference} to those who are not in Slack"
    named = [f"• {words.name(one.name)}{_address(one)}" for one in shown.people]
    read_all = words.button("Read it all", ids.READ_BRIEFING, shown.briefing_id)
    heading, say = words.section(f"*{title}*"), words.section("Send exactly this text, as it was posted:")
    beginning, _ = long_texts.shown(shown.text, NO_ROOM, [], read_all)
    to = room.MESSAGE.lines(named, beside=[heading, say, *beginning], rest=lambda number: f"And {number} more.")
    text, _ = long_texts.shown(shown.text, room.MESSAGE, [heading, *to, say], read_all)
    return words.drawn(title, [heading, *to, say, *text])


NO_ROOM = room.Room(blocks=0, size=0, as_they_travel=False)
"""In which no text is whole: what its beginning takes."""


def _address(person: Person) -> str:
    return f", {words.plain(person.email, words.LONGEST_TITLE)}" if person.email else " (no e-mail address is known)"


def card(shown: BriefingCard) -> Drawn:
    """Where a briefing stands, its text, for whom it is, and what can be done with it."""
    title = _title(shown)
    return words.drawn(words.plain(title), _blocks(shown, room.MESSAGE))


def answer(shown: BriefingCard) -> Drawn:
    """The answer to `/briefing BRF-2`."""
    return card(shown)


def read_page(shown: BriefingCard) -> View:
    """The whole of it, to read."""
    return forms.page("The whole briefing", _blocks(shown, room.VIEW))


def _title(shown: BriefingCard) -> str:
    return f"{shown.briefing.reference} · Key messages, {words.cut(shown.briefing.meeting.title, words.LONGEST_TITLE)}"


def _blocks(shown: BriefingCard, holds: room.Room) -> list[Block]:
    briefing, draft = shown.briefing, shown.standing.draft
    heading = words.section(f"*{words.plain(_title(shown))}*\n{_state(shown)}")
    small = f"Draft {draft.number}, written by {words.name(draft.author.name)}, {words.moment(draft.written_at)}"
    end = [words.small(small), *words.buttons(_buttons(shown))]
    read_all = words.button("Read it all", ids.READ_BRIEFING, briefing.id)
    beginning, _ = long_texts.shown(draft.text, NO_ROOM, [], read_all)
    facts = holds.lines(
        _facts(shown), beside=[heading, *beginning, *end], rest=lambda _: "Press Read all for the rest."
    )
    internal = _internal(shown, holds)
    has_room = holds.holds([heading, *beginning, *facts, *internal, *end])
    below: list[Block] = [*facts, *(internal if has_room else [])]
    text, _ = long_texts.shown(draft.text, holds, [heading, *below, *end], read_all)
    return [heading, *text, *below, *end]


def _internal(shown: BriefingCard, holds: room.Room) -> list[Block]:
    lines = shown.briefing.lines_to_take
    if not lines or not shown.shows_internal:
        return []
    said = lines if holds is room.VIEW else words.excerpt(lines, LONGEST_LINES)
    return [words.section("*Lines to take* (internal, never posted)"), words.quote(said)]


LONGEST_LINES = 600
"""Characters of the lines to take on the card; *Read it all* shows the whole."""


def _state(shown: BriefingCard) -> str:
    """How it stands, in one line."""
    briefing, standing = shown.briefing, shown.standing
    match briefing.status:
        case BriefingStatus.WITHDRAWN:
            return f"Withdrawn: {words.plain(briefing.withdrawn_because or '', 300)}"
        case BriefingStatus.POSTED:
            return _posted(shown)
        case _ if shown.needs_chair:
            name = words.name(briefing.chair.name)
            return f":warning: {name} is no longer chair of the board. Press Change text to choose who signs it."
        case BriefingStatus.DRAFT:
            return f"Nobody has been asked to sign it yet. {_when(briefing)}"
    if standing.objections:
        return "On hold until the changes asked for are answered."
    if standing.missing:
        return (
            f"Waiting for the signature of {words.names(one.asked.name for one in standing.missing)}. {_when(briefing)}"
        )
    if briefing.hour_passed:
        return ":warning: Signed, and not posted: its hour has passed. Say when it should go out."
    return f"Signed. {_when(briefing)}"


def _posted(shown: BriefingCard) -> str:
    briefing, by = shown.briefing, shown.replaced_by
    said = f":white_check_mark: Posted {words.moment(briefing.posted_at or briefing.started_at)}"
    if by is not None and by.posted_at is not None:
        said += f"\n:arrows_counterclockwise: Replaced by {by.reference}, {words.moment(by.posted_at)}"
    elif by is not None:
        said += f"\n{by.reference} is to replace it, and has not been posted yet."
    return said


def _when(briefing: Briefing) -> str:
    if briefing.post_at is None:
        return "It is posted as soon as it is signed."
    if briefing.hour_passed:
        return f"Its hour has passed, {words.moment(briefing.post_at)}: once it is signed, you are asked when."
    return f"It is posted {words.moment(briefing.post_at)}, if it is signed by then."


def _facts(shown: BriefingCard) -> list[str]:
    """For whom it is, what it replaces, who signed, and what did not arrive."""
    names = words.names(one.name for one in shown.audiences)
    lines = [f"*For*  {names}: {places(shown.places)}"]
    if shown.replaces is not None:
        lines.append(f"*Replaces*  {shown.replaces.reference}")
    lines += [signature_line(one) for one in shown.standing.signatures if one.state is not SignatureState.VOIDED]
    if not shown.standing.was_asked:
        lines.append(f"*Signs*  {words.name(shown.briefing.chair.name)}, chair of the board")
    if shown.shows_internal:
        lines += [
            f":warning: It did not reach {_place(one)}: {words.plain(one.why)}" for one in shown.failed[:MOST_PLACES]
        ]
    return lines


def _place(failed: Failed) -> str:
    return f"<#{failed.channel_id}>" if failed.channel_id else words.name(failed.person)


def places(shown: Places) -> str:
    """Where it goes, in words."""
    found = [f"<#{channel}>" for channel in shown.channels[:MOST_PLACES]]
    if len(shown.channels) > MOST_PLACES:
        found.append(f"{len(shown.channels) - MOST_PLACES} more channels")
    if shown.people:
        found.append(f"messages to {words.names(one.name for one in shown.people)}")
    if shown.by_hand:
        found.append(f"e-mails, by the press office, to {words.names(one.name for one in shown.by_hand)}")
    if shown.asked:
        found.append(f"with the request to pass it on, to {words.names(one.name for one in shown.asked)}")
    if shown.gone:
        found.append(f"not any more to {words.names(one.name for one in shown.gone)}, who left this workspace")
    return "; ".join(found) or "nowhere yet. Choose Change audience in Settings"


def listed(shown: BriefingList) -> Drawn:
    """The answer to `/briefing list`."""
    if not shown.found:
        what = "`/briefing` starts one." if shown.may_start else "They appear here once they are posted."
        return words.drawn("There is no briefing yet.", [words.section(f"There is no briefing yet. {what}")])
    title = "The newest briefings"
    groups = [
        [words.section(_line(one, is_signed=signed), accessory=words.button("Show", ids.READ_BRIEFING, one.id))]
        for one, signed in shown.found
    ]
    top = words.header(title)
    rest = room.MESSAGE.lay_out(groups, beside=[top], rest=lambda number: words.small(f"And {number} more."))
    return words.drawn(title, [top, *rest])


def _line(briefing: Briefing, *, is_signed: bool) -> str:
    name = words.plain(briefing.meeting.title, words.LONGEST_TITLE)
    stands = {
        BriefingStatus.DRAFT: "a draft",
        BriefingStatus.IN_SIGNOFF: "signed" if is_signed else "waiting for the chair",
        BriefingStatus.POSTED: f"posted {words.moment(briefing.posted_at or briefing.started_at)}",
        BriefingStatus.WITHDRAWN: "withdrawn",
    }[briefing.status]
    return f"*{briefing.reference}*  {name}, {words.moment(briefing.meeting.starts_at)}\n{words.first_up(stands)}"


def _buttons(shown: BriefingCard) -> list[ButtonElement]:
    briefing_id, acts = shown.briefing.id, shown.acts
    text = f"{SubjectKind.BRIEFING}:{briefing_id}"
    asks_when = shown.briefing.hour_passed
    offered = (
        (Act.ASK_CHAIR, "Ask for signature", ids.ASK_CHAIR, briefing_id, True),
        (Act.POST_BRIEFING, "Post now", ids.POST_NOW, briefing_id, asks_when),
        (Act.POST_AGAIN, "Post there again", ids.POST_AGAIN, briefing_id, True),
        (Act.CHANGE_BRIEFING, "Change text", ids.CHANGE_BRIEFING, briefing_id, False),
        (Act.CHANGE_POSTING_TIME, "Change when", ids.POSTING_TIME, briefing_id, False),
        (Act.RECORD_REPLY, "Record reply", ids.RECORD_A_REPLY, text, False),
        (Act.OVERRIDE_SIGNATURE, "Go on without someone", ids.OVERRIDE, text, False),
        (Act.WITHDRAW_BRIEFING, "Withdraw", ids.WITHDRAW_BRIEFING, briefing_id, False),
    )
    found = [
        words.button(label, action_id, value, primary=primary)
        for act, label, action_id, value, primary in offered
        if act in acts
    ]
    if shown.shows_internal:
        found.append(words.button("Preview", ids.PREVIEW_BRIEFING, briefing_id))
        found.append(words.button("Read all", ids.READ_BRIEFING, briefing_id))
    if shown.shows_internal and any(one.recorded_by_id is not None for one in shown.standing.signatures):
        found.append(words.button("Show evidence", ids.SHOW_EVIDENCE, text))
    return found
