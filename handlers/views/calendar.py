"""The calendar on the screen: what is coming, each date with its buttons."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.desk.calendar import PAGE, CalendarLine, CalendarPage
from bot.desk.calendar_words import KIND_WORDS
from handlers import ids
from handlers.views import forms, words
from handlers.views.enquiry_lists import next_page, ordinal
from handlers.views.room import VIEW
from storage.briefings import Briefing, BriefingStatus
from storage.calendar import DateKind

_MEETINGS_WORDS = ":warning: *Held, and the key messages are not begun*"
BRIEFING_WORDS = {
    BriefingStatus.DRAFT: "is being written",
    BriefingStatus.IN_SIGNOFF: "waits for the chair",
    BriefingStatus.POSTED: "was posted",
    BriefingStatus.WITHDRAWN: "was withdrawn",
}


def page(shown: CalendarPage) -> View:
    """What comes in the next twelve months."""
    top: list[Block] = [words.section(f":white_check_mark: {words.plain(shown.remark)}")] if shown.remark else []
    add = [words.button("Add a date", ids.ADD_DATE, "new", primary=True)] if shown.may_change else []
    top += words.buttons(add)
    if shown.owed:
        top.append(words.section(_MEETINGS_WORDS))
        top += [block for line in shown.owed for block in _line(line, shown)]
        top.append(words.divider())
    below = [block for line in shown.held for block in _line(line, shown)]
    below = [words.divider(), words.section("*Held*"), *below] if below else []
    if not shown.lines:
        empty = words.section("Nothing is in the calendar for the next twelve months.")
        return forms.page("Calendar", [*top, empty, *below])
    if shown.offset:
        top.append(words.small(f"From the {ordinal(shown.offset + 1)} of {shown.total:,} on"))
    found = VIEW.lay_out(
        [_line(line, shown) for line in shown.lines],
        beside=[*top, *below],
        rest=next_page(ids.SHOW_CALENDAR, shown.total, PAGE, str),
        not_given=max(0, shown.total - shown.offset - len(shown.lines)),
    )
    return forms.page("Calendar", [*top, *found, *below])


def one_page(shown: CalendarPage) -> View:
    """One date by itself."""
    line = shown.lines[0]
    blocks = _line(line, shown)
    blocks += [words.section("\n".join(map(_briefing, line.briefings)))] if line.briefings else []
    back = words.button("Show the calendar", ids.SHOW_CALENDAR, "0")
    return forms.page("Calendar", [*blocks, *words.buttons([back])])


def _line(line: CalendarLine, page_: CalendarPage) -> list[Block]:
    begin = page_.may_brief and line.owes_briefing
    found = [words.button("Write the briefing", ids.BRIEF_MEETING, line.date.id, primary=True)] if begin else []
    found += _buttons(line) if page_.may_change else []
    return [words.section(_said(line)), *words.buttons(found)]


def _said(line: CalendarLine) -> str:
    one = line.date
    facts = [_when(line)]
    if one.kind is not DateKind.BOARD_MEETING or one.title != KIND_WORDS[one.kind]:
        facts.append(KIND_WORDS[one.kind])
    facts += [words.plain(one.place)] if one.place else []
    said = [f"*{words.plain(one.title)}*", " · ".join(facts)]
    if not one.is_on:
        said.append(f":no_entry_sign: Called off: {words.plain(one.called_off_because or '')}")
        return "\n".join(said)
    if line.rule:
        said.append(f":repeat: {words.first_up(words.plain(line.rule))}")
    if line.not_working:
        said.append(f":warning: This is {words.plain(line.not_working)}.")
    return "\n".join(said)


def _when(line: CalendarLine) -> str:
    one = line.date
    ends = words.clock if line.ends_same_day else words.moment
    until = f" to {ends(one.ends_at)}" if one.ends_at else ""
    return f"{words.moment(one.starts_at)}{until}"


def _briefing(briefing: Briefing) -> str:
    return f"{briefing.reference}, its key messages, {BRIEFING_WORDS[briefing.status]}."


def _buttons(line: CalendarLine) -> list[ButtonElement]:
    one = line.date
    if not one.is_on:
        return [words.button("Put it back on", ids.PUT_DATE_BACK, one.id)]
    return [
        words.button("Change", ids.CHANGE_DATE, one.id),
        words.button("Call off", ids.CALL_OFF_DATE, one.id),
    ]
