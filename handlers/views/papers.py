"""Papers of meetings on the screen: a meeting's, the list for the website, and the question to the chair."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, RichTextBlock, RichTextElementParts, RichTextSectionElement
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.desk.evidence import in_kilobytes
from bot.desk.paper_cards import HEADINGS, KIND_WORDS, PAGE, MeetingLine, MeetingPapers, Meetings, PaperLine, When
from bot.desk.paper_cards import RulingRequest as Request
from bot.desk.paper_steps import has_nothing
from bot.desk.unblocking import HEARD_WORDS
from handlers import ids
from handlers.views import forms, words
from handlers.views.enquiry_lists import next_page, ordinal
from handlers.views.room import MESSAGE, VIEW, Room, long_text
from handlers.views.words import Drawn
from storage.calendar import CalendarDate
from storage.papers import Paper, PaperRuling, PaperState

LONGEST_REASON = 300

_STATES = {
    PaperState.TO_PUBLISH: ":white_large_square: To be published",
    PaperState.PUBLISHED: ":white_check_mark: Published",
    PaperState.ASKED: ":lock: The chair has been asked whether it is confidential",
    PaperState.CONFIDENTIAL: ":lock: Confidential",
    PaperState.REMOVED: "Removed",
}

_WHEN = {When.HELD: "Held", When.TO_COME: "To come", When.EARLIER: "Held earlier"}


def meetings_message(shown: Meetings) -> Drawn:
    """The answer to `/desk papers`."""
    return words.drawn(_title(shown), _listed(shown, MESSAGE))


def meetings_page(shown: Meetings) -> View:
    return forms.page("Meetings", _listed(shown, VIEW))


def _title(shown: Meetings) -> str:
    if not shown.total:
        return "No meetings are on file yet. `/desk calendar` has the board’s dates."
    if shown.nothing_has_words:
        return f"No meeting has “{words.plain(shown.words, 100)}” in its title. These are all of them."
    return "Choose a meeting"


def _listed(shown: Meetings, room: Room) -> list[Block]:
    top: list[Block] = [words.section(f"*{_title(shown)}*")]
    if shown.offset:
        top.append(words.small(f"From the {ordinal(shown.offset + 1)} on"))
    value = "" if shown.nothing_has_words else shown.words[:200]
    found = room.lay_out(
        _under_headings(shown.lines),
        beside=top,
        rest=next_page(ids.TURN_MEETINGS, shown.total, PAGE, lambda offset: f"{offset}:{value}"),
        not_given=max(0, shown.total - shown.offset - len(shown.lines)),
    )
    return [*top, *found]


def _under_headings(lines: Sequence[MeetingLine]) -> list[list[Block]]:
    """Each meeting, the first of each heading with it."""
    before: list[When | None] = [None, *(line.when for line in lines)]
    return [
        [*([words.header(_WHEN[line.when])] if line.when is not when else []), _meeting(line)]
        for line, when in zip(lines, before, strict=False)
    ]


def _meeting(line: MeetingLine) -> Block:
    counted = {0: "nothing on file yet", 1: "1 paper"}.get(line.papers, f"{line.papers} papers")
    to_publish = f", {line.to_publish} to publish" if line.to_publish else ""
    return words.section(
        f"{_named(line.meeting)}\n{counted}{to_publish}",
        accessory=words.button("Show papers", ids.SHOW_PAPERS, line.meeting.id),
    )


def _named(meeting: CalendarDate) -> str:
    off = " · :no_entry_sign: called off" if not meeting.is_on else ""
    return f"*{words.plain(meeting.title, words.LONGEST_TITLE)}* · {words.moment(meeting.starts_at)}{off}"


def page(shown: MeetingPapers) -> View:
    """Agenda, papers and minutes of a meeting, each with what can be done."""
    above: list[Block] = [words.section(_named(shown.meeting))]
    buttons = [words.button("Add a paper", ids.ADD_PAPER, shown.meeting.id, primary=True)] if shown.may_add else []
    buttons.append(words.button("List for the website", ids.LIST_FOR_WEBSITE, shown.meeting.id))
    above += words.buttons(buttons)
    if not shown.lines:
        above.append(words.section("Nothing is on file for this meeting yet."))
    groups: list[list[Block]] = []
    for kind, heading in HEADINGS.items():
        of_kind = [line for line in shown.lines if line.paper.kind is kind]
        groups += [
            [*([words.header(heading)] if not place else []), *_paper(line)] for place, line in enumerate(of_kind)
        ]
    rest = VIEW.lay_out(groups, beside=above, rest=lambda number: words.small(f"And {number} more, not shown here."))
    return forms.page("Papers", [*above, *rest])


def _paper(line: PaperLine) -> list[Block]:
    return [words.section("\n".join(_facts(line))), *_where(line.paper), *words.buttons(_buttons(line))]


def _facts(line: PaperLine) -> list[str]:
    paper = line.paper
    facts = [f"*{words.plain(paper.title, words.LONGEST_TITLE)}*", _STATES[paper.state]]
    if has_nothing(paper):
        facts[-1] = ":white_large_square: Nothing is on file that could be published"
    if paper.state is PaperState.TO_PUBLISH and line.due_at is not None:
        facts[-1] += f" by {words.due(line.due_at, line.band)}"
    if paper.state is PaperState.PUBLISHED and paper.published_at is not None:
        facts[-1] += f" {words.moment(paper.published_at)}"
    if paper.state is PaperState.ASKED and paper.asked_because:
        facts.append(f"Why it may be: {words.plain(paper.asked_because, LONGEST_REASON)}")
    if line.ruling is not None:
        facts.append(_ruled(line.ruling))
    if paper.refused_because:
        what = "Its file cannot be kept, so give it a file or a link: Change."
        facts.append(f":warning: {what}\n{words.plain(paper.refused_because)}")
    return facts


def _ruled(ruling: PaperRuling) -> str:
    what = "confidential" if ruling.is_confidential else "published"
    at = ruling.heard_at or ruling.at
    said = f"{words.name(ruling.chair.name)} ruled it {what}, {words.moment(at)}"
    if ruling.recorded_by is not None:
        how = f" {HEARD_WORDS[ruling.heard_by]}" if ruling.heard_by else ""
        said += f"{how}; recorded by {words.name(ruling.recorded_by.name)}"
    return f"{said}: {words.plain(ruling.reason, LONGEST_REASON)}" if ruling.reason else said


def _where(paper: Paper) -> list[Block]:
    """The link or the file, and where it is published, as they were typed."""
    found: list[Block] = []
    if paper.link:
        found.append(_address(paper.link, paper.link))
    if paper.permalink and not paper.refused_because:
        size = f", {in_kilobytes(paper.size)}" if paper.size else ""
        found.append(_address(paper.permalink, f"{words.typed(paper.file_name or 'File', words.LONGEST_TITLE)}{size}"))
    if paper.public_link and paper.state is PaperState.PUBLISHED:
        found.append(_address(paper.public_link, paper.public_link))
    return found


def _address(url: str, text: str) -> RichTextBlock:
    return RichTextBlock(elements=[RichTextSectionElement(elements=[RichTextElementParts.Link(url=url, text=text)])])


def _buttons(line: PaperLine) -> list[ButtonElement]:
    paper = line.paper
    correct = "Change when or where" if paper.state is PaperState.PUBLISHED else "Published"
    offered = (
        (Act.PUBLISH_PAPER in line.acts, correct, ids.PUBLISH_PAPER),
        (line.may_rule_confidential, "Rule it confidential", ids.RULE_CONFIDENTIAL),
        (line.may_rule_published, "Publish it", ids.RULE_PUBLISHED),
        (Act.ASK_FOR_RULING in line.acts, "Ask the chair", ids.ASK_FOR_RULING),
        (Act.RECORD_RULING in line.acts, "Record ruling", ids.RECORD_RULING),
        (Act.CHANGE_PAPER in line.acts, "Change", ids.CHANGE_PAPER),
        (Act.REMOVE_PAPER in line.acts, "Remove", ids.REMOVE_PAPER),
    )
    return [words.button(text, action_id, paper.id) for is_offered, text, action_id in offered if is_offered]


def website_page(meeting: CalendarDate, text: str) -> View:
    """What is published, to be copied as it stands."""
    above: list[Block] = [words.section(_named(meeting))]
    if not text:
        above.append(words.section("Nothing of this meeting has been published yet. Press Published on a paper first."))
        return forms.page("For the website", above)
    above.append(words.small("Copy from here. What is confidential or not published yet is not in it."))
    return forms.page("For the website", [*above, words.divider(), *long_text(text, above)])


def ruling_request(shown: Request) -> Drawn:
    """To the chair: may this be published? Or to whoever brings the question to them."""
    paper, chair = shown.paper, words.name(shown.chair.name)
    about = f"{KIND_WORDS[paper.kind]} “{words.plain(paper.title, words.LONGEST_TITLE)}”, for {_plain(paper.meeting)}"
    if not shown.is_open:
        text = "Ruled, thank you" if shown.ruling is not None else "Nothing has to be ruled any more"
        ruled = [words.section(_ruled(shown.ruling))] if shown.ruling is not None else []
        return words.drawn(f"{text}: {about}", [words.section(f"*{text}*\n{about}"), *ruled])
    title = f"Please ask {chair}: is this paper confidential?" if shown.is_relayed else "Is this paper confidential?"
    blocks: list[Block] = [words.section(f"*{title}*\n{about}")]
    if shown.due_at is not None:
        blocks.append(words.section(f"Please say so by {words.due(shown.due_at, shown.band)}"))
    if shown.is_relayed:
        email = shown.chair.email
        address = f" ({words.plain(email, words.LONGEST_TITLE)})" if email else ""
        where = "away" if shown.chair.on_slack else "not in Slack"
        said = f"{chair}{address} is {where}. Send them this text, then press Record ruling."
        blocks += [words.section(said), words.verbatim(words.excerpt(shown.email, 3000))]
        blocks += words.buttons([words.button("Record ruling", ids.RECORD_RULING, paper.id, primary=True)])
        return words.drawn(f"{title} {about}", blocks)
    asked_by = words.name(paper.asked_by.name) if paper.asked_by else "The press office"
    blocks += [
        words.section(f"{asked_by} asks. Why it may be:"),
        words.quote(paper.asked_because or ""),
        *_where(paper),
    ]
    blocks.append(words.small("Papers are published unless you rule one confidential. Until you have, it is not."))
    blocks += words.buttons(reminder_buttons(paper.id, is_own=True))
    return words.drawn(f"{title} {about}", blocks)


def _plain(meeting: CalendarDate) -> str:
    return f"{words.plain(meeting.title, words.LONGEST_TITLE)}, {words.moment(meeting.starts_at)}"


def reminder_buttons(paper_id: int, *, is_own: bool) -> list[ButtonElement]:
    """To the chair, or to whoever asked."""
    if not is_own:
        return [words.button("Record ruling", ids.RECORD_RULING, paper_id)]
    return [
        words.button("Rule it confidential", ids.RULE_CONFIDENTIAL, paper_id),
        words.button("Publish it", ids.RULE_PUBLISHED, paper_id, primary=True),
    ]
