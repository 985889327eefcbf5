"""The home: what waits for the person, with its buttons right there; what is theirs; and the settings."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.desk.enquiry_cards import EnquiryLine, Stage
from bot.desk.home import HomePage
from handlers import ids
from handlers.views import enquiries, leave, reminders, room, settings, signoffs, words


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
    parts = [_waiting(shown), *_yours(shown), *_nobodys(shown)]
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
    owed = [reminders.line_blocks(line) for line in shown.owed]
    return _Part("Waiting for you", [*requests, *owed], shown.waiting_count, [], "Nothing waits for you.")


def _yours(shown: HomePage) -> list[_Part]:
    if not shown.may_log and not shown.yours:
        return []
    below = [words.button("Log a media enquiry", ids.LOG, "new")] if shown.may_log else []
    below += [words.button("Export", ids.EXPORT, "enquiries")] if shown.may_export else []
    groups = [line_blocks(line) for line in shown.yours]
    return [_Part("Yours", groups, shown.yours_count, [*words.buttons(below)], "You have no open enquiries.")]


def _nobodys(shown: HomePage) -> list[_Part]:
    if not shown.nobodys:
        return []
    groups = [
        [
            enquiries.line_section(line),
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
    found = []
    if line.stage in enquiries.NOT_DRAFTED:
        found.append(words.button("Draft statement", ids.START_STATEMENT, line.enquiry.id, primary=True))
    if line.stage is Stage.AWAITING_EMAIL:
        found.append(words.button("E-mail came", ids.EMAIL_CAME, line.enquiry.id, primary=True))
    found += enquiries.statement_buttons(line)
    if line.stage is Stage.ANSWERED:
        found.append(words.button("Close", ids.CLOSE, line.enquiry.id, primary=True))
    found.append(words.button("Add note", ids.NOTE, line.enquiry.id))
    found.append(words.button("Show", ids.SHOW, line.enquiry.id))
    return [enquiries.line_section(line), *enquiries.beside(line), *words.buttons(found)]
