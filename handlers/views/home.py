"""The home: what waits for the person, with its buttons right there; what is theirs; and the settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.core.deadlines import band
from bot.core.outlook import Because, Stuck, Upcoming
from bot.desk.enquiry_cards import EnquiryLine, Stage
from bot.desk.home import HomePage, Owed
from handlers import ids
from handlers.views import enquiry_cards, enquiry_stages, leave, reminders, room, settings, signoffs, words
from storage.obligations import Duty
from storage.subjects import SubjectKind


@dataclass(frozen=True)
class _Part:
    """One heading with what stands below it. `total` counts what there is, shown or not."""

    title: str
    groups: list[list[Block]]
    total: int
    below: list[Block]
    if_empty: str = ""


def home(shown: HomePage) -> View:
    """As much as a view holds, the most pressing first: what does not fit is counted, and the settings always fit."""
    settings_ = [words.divider(), *settings.summary(shown.settings)] if shown.settings else []
    away = leave.in_home(shown.leave, is_known=shown.is_known, may_set_for_others=shown.may_set_leave)
    settings_ = [*away, *settings_]
    if not shown.is_known and not shown.waiting_count:
        welcome = _STRANGER if shown.settings is None else _ADMINISTRATOR
        return View(type="home", blocks=[words.header("Welcome"), words.section(welcome), *settings_])
    parts = [_waiting(shown), *_stuck(shown), *_yours(shown), *_coming_up(shown), *_listings(shown), *_nobodys(shown)]
    blocks: list[Block] = []
    for place, part in enumerate(parts):
        later = [block for other in parts[place + 1 :] for block in _frame(other)]
        above, below = _above(part), part.below
        blocks += above
        blocks += room.VIEW.lay_out(
            part.groups,
            beside=[*blocks, *below, *later, *settings_],
            rest=_rest,
            not_given=part.total - len(part.groups),
        )
        blocks += below
    return View(type="home", blocks=[*blocks, *settings_])


def _above(part: _Part) -> list[Block]:
    empty = [words.section(part.if_empty)] if part.if_empty and not part.total else []
    return [words.header(part.title), *empty]


def _frame(part: _Part) -> list[Block]:
    """What is shown of a part in any case."""
    return [*_above(part), _rest(part.total), *part.below]


def _rest(number: int) -> Block:
    return words.small(f"And {number} more. They appear here as the first ones are done.")


_STRANGER = (
    "This is the press office’s desk. Nothing waits for you here. If you work with the press office, "
    "ask them to add you in Settings."
)
_ADMINISTRATOR = "You are the desk’s administrator. Below is what it needs to know before it can start."


def _waiting(shown: HomePage) -> _Part:
    requests = [[*signoffs.in_home(request), words.divider()] for request in shown.requests]
    return _Part(
        "Waiting for you",
        [*requests, *map(_owed, shown.owed)],
        shown.waiting_count,
        [],
        "Nothing waits for you.",
    )


def _owed(owed: Owed) -> list[Block]:
    if owed.enquiry is None:
        return reminders.line_blocks(owed.line)
    stands = enquiry_stages.stage_words(owed.enquiry) if owed.line.obligation.duty is not Duty.AWAITING_EMAIL else ""
    return reminders.line_blocks(owed.line, stands=stands, steps=_next_steps(owed.enquiry))


def _stuck(shown: HomePage) -> list[_Part]:
    if shown.stuck is None:
        return []
    groups = [_stuck_line(item, shown.now) for item in shown.stuck.found]
    return [_Part("Late and stuck", groups, shown.stuck.total, [], "Nothing is late or stuck.")]


def _stuck_line(item: Stuck, now: datetime) -> list[Block]:
    said = _title(item.title, item.about)
    if item.channel_id:
        said += f" <#{item.channel_id}>"
    facts = [f"Due {words.due(item.due_at, band(item.due_at, now))}"] if item.due_at else []
    facts.append(words.sentence(words.cut(item.words, LONGEST_WORDS), item.times))
    return [
        words.section(f"{said}\n{' · '.join(facts)}\n{words.plain(item.advice)}"),
        *words.buttons([words.button(text, action_id, value) for text, action_id, value in _ways_out(item)]),
    ]


SHOW_BUTTONS: Mapping[SubjectKind, str] = {
    SubjectKind.ENQUIRY: ids.SHOW,
    SubjectKind.REVIEW: ids.SHOW_REVIEW,
    SubjectKind.CALENDAR_DATE: ids.SHOW_DATE,
    SubjectKind.REPORT: ids.SHOW_REPORT,
    SubjectKind.BRIEFING: ids.WHO_PASSED_ON,
}
"""The button that opens a record, by its kind."""
LONGEST_WORDS = 600
LONGEST_ABOUT = 120


def _ways_out(item: Stuck) -> list[tuple[str, str, str]]:
    """What helps: what its button says, its id, and its value."""
    text_id = str(item.text_id)
    show = ("Show", ids.SHOW, item.value)
    match item.because:
        case Because.UNDELIVERED:
            return [("Try again", ids.RETRY, item.value)]
        case Because.AWAY:
            return [("Show who is away", ids.WHO_IS_AWAY, item.value)]
        case Because.NOT_BRIEFED:
            return [("Write the briefing", ids.BRIEF_MEETING, item.value), ("Show", ids.SHOW_DATE, item.value)]
        case Because.CORRECTION:
            return [("Go on with it", ids.READ_ALL, text_id)]
        case Because.NOBODY:
            return [("Take it", ids.TAKE, item.value), ("Give to someone", ids.GIVE, item.value), show]
        case Because.NOT_ISSUED:
            return [("Record as issued", ids.RECORD_ISSUE, text_id), show]
        case Because.UNSIGNED:
            without = ("Go on without someone", ids.OVERRIDE, text_id)
            return [("Record reply", ids.RECORD_A_REPLY, text_id), without, show]
        case Because.LATE:
            return [("Give to someone", ids.GIVE, item.value), show]


def _yours(shown: HomePage) -> list[_Part]:
    if not shown.may_log and not shown.yours:
        return []
    below = [words.button("Log a media enquiry", ids.LOG, "new")] if shown.may_log else []
    below += [words.button("Export", ids.EXPORT, "enquiries")] if shown.may_export else []
    groups = [line_blocks(line) for line in shown.yours]
    has_more = any(one.enquiry for one in shown.owed) or any(not item.whose for item in shown.coming_up.found)
    if_empty = "Nothing else of yours is due today." if has_more else "You have no open enquiries."
    return [_Part("Yours", groups, shown.yours_count, [*words.buttons(below)], if_empty)]


def _coming_up(shown: HomePage) -> list[_Part]:
    if not shown.coming_up.found:
        return []
    groups = [[_upcoming(item, shown.now)] for item in shown.coming_up.found]
    return [_Part("Coming up", groups, shown.coming_up.total, [])]


def _listings(shown: HomePage) -> list[_Part]:
    return [
        _Part(
            listing.heading,
            [[_upcoming(item, shown.now)] for item in listing.items.found],
            listing.items.total,
            [words.small(listing.see)],
        )
        for listing in shown.listings
    ]


def _upcoming(item: Upcoming, now: datetime) -> Block:
    action_id = SHOW_BUTTONS.get(item.subject.kind)
    show = words.button("Show", action_id, item.subject.id) if action_id else None
    when = words.moment(item.due_at) if item.is_event else f"Due {words.due(item.due_at, band(item.due_at, now))}"
    facts = [when, words.plain(item.whose or "yours", 200)]
    facts.append(words.plain(item.words, LONGEST_WORDS))
    return words.section(f"{_title(item.title, item.about)}\n{' · '.join(facts)}", accessory=show)


def _title(title: str, about: str) -> str:
    said = f"*{words.plain(title, words.LONGEST_TITLE)}*"
    return f"{said}  {words.plain(about, LONGEST_ABOUT)}" if about else said


def _nobodys(shown: HomePage) -> list[_Part]:
    if not shown.nobodys:
        return []
    groups = [
        [
            enquiry_cards.line_section(line),
            *words.buttons(
                [
                    words.button("Take it", ids.TAKE, line.enquiry.id, primary=True),
                    words.button("Show", ids.SHOW, line.enquiry.id),
                ]
            ),
        ]
        for line in shown.nobodys
    ]
    return [_Part("Nobody has these yet", groups, shown.nobodys_count, [])]


def line_blocks(line: EnquiryLine) -> list[Block]:
    """One of the person's own enquiries."""
    return [enquiry_cards.line_section(line), *enquiry_cards.beside(line), *words.buttons(_next_steps(line))]


def _next_steps(line: EnquiryLine) -> list[ButtonElement]:
    found = []
    if line.stage in enquiry_cards.NOT_DRAFTED:
        found.append(words.button("Draft statement", ids.START_STATEMENT, line.enquiry.id, primary=True))
    if line.stage is Stage.AWAITING_EMAIL:
        found.append(words.button("E-mail came", ids.EMAIL_CAME, line.enquiry.id, primary=True))
    found += enquiry_cards.statement_buttons(line)
    if line.stage is Stage.ANSWERED:
        found.append(words.button("Close", ids.CLOSE, line.enquiry.id, primary=True))
    found.append(words.button("Add note", ids.NOTE, line.enquiry.id))
    found.append(words.button("Show", ids.SHOW, line.enquiry.id))
    return found
