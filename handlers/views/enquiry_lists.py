"""Lists of enquiries on the screen: as the answer to a command, and as a page whose buttons turn it."""

from collections.abc import Callable, Mapping

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.desk.enquiry_lists import PAGE, EnquiryList
from handlers import ids
from handlers.views import enquiry_cards, forms, words
from handlers.views.room import MESSAGE, VIEW, Room
from handlers.views.words import Drawn
from storage.enquiry_lists import Listed

BUTTONS: Mapping[Listed, str] = {
    Listed.OPEN: ids.LIST_OPEN,
    Listed.MINE: ids.LIST_MINE,
    Listed.OVERDUE: ids.LIST_OVERDUE,
    Listed.WAITING: ids.LIST_WAITING,
    Listed.WEEK: ids.LIST_WEEK,
}
_BUTTON_WORDS: Mapping[Listed, str] = {
    Listed.OPEN: "Show open",
    Listed.MINE: "Show mine",
    Listed.OVERDUE: "Show overdue",
    Listed.WAITING: "Show waiting to be signed",
    Listed.WEEK: "Show this week",
}
_NONE: Mapping[Listed, str] = {
    Listed.OPEN: "Nothing is open. `/enquiry` logs a new enquiry.",
    Listed.MINE: "You have no open enquiries.",
    Listed.OVERDUE: "Nothing is overdue.",
    Listed.WAITING: "Nothing waits for signatures.",
    Listed.WEEK: "Nothing has come in this week yet.",
    Listed.NOBODYS: "Somebody has each open enquiry.",
}
_COUNTED: Mapping[Listed, tuple[str, str]] = {
    Listed.OPEN: ("1 open enquiry", "{} open enquiries"),
    Listed.MINE: ("1 open enquiry of yours", "{} open enquiries of yours"),
    Listed.OVERDUE: ("1 overdue enquiry", "{} overdue enquiries"),
    Listed.WAITING: ("1 enquiry waits for signatures", "{} enquiries wait for signatures"),
    Listed.WEEK: ("1 enquiry came in this week", "{} enquiries came in this week"),
    Listed.NOBODYS: ("1 enquiry that nobody has", "{} enquiries that nobody has"),
}


def message(shown: EnquiryList, *, not_known: str = "") -> Drawn:
    """The answer to `/enquiry list`. `not_known` is what was typed, if there is no such list."""
    remark = []
    if not_known:
        remark = [words.section(f"There is no list “{words.plain(not_known, 60)}”. Choose one below.")]
    title = _title(shown)
    return words.drawn(title, [*remark, *_blocks(shown, MESSAGE)])


def page(shown: EnquiryList) -> View:
    return forms.page("Enquiries", _blocks(shown, VIEW))


def _title(shown: EnquiryList) -> str:
    if not shown.total:
        return _NONE[shown.listed]
    one, many = _COUNTED[shown.listed]
    return one if shown.total == 1 else many.format(f"{shown.total:,}")


def _blocks(shown: EnquiryList, room: Room) -> list[Block]:
    others = [listed for listed in BUTTONS if listed is not shown.listed]
    choice = words.buttons([words.button(_BUTTON_WORDS[one], BUTTONS[one], f"{one}:0") for one in others])
    if not shown.total:
        return [words.section(_title(shown)), *choice]
    top: list[Block] = [words.header(_title(shown))]
    if shown.offset:
        top.append(words.small(f"From the {ordinal(shown.offset + 1)} on"))
    groups = [
        [enquiry_cards.line_section(line, words.button("Show", ids.SHOW, line.enquiry.id))] for line in shown.lines
    ]
    found = room.lay_out(
        groups,
        beside=[*top, *choice],
        rest=next_page(ids.TURN_LIST, shown.total, PAGE, lambda offset: f"{shown.listed}:{offset}"),
        not_given=max(0, shown.total - shown.offset - len(shown.lines)),
    )
    return [*top, *found, *choice]


def next_page(action_id: str, total: int, size: int, value: Callable[[int], str]) -> Callable[[int], Block]:
    """The button below a page: it goes on where the page, with whatever room it had, has ended."""

    def rest(left: int) -> Block:
        button = words.button(f"Show next {min(size, left)} of {left:,}", action_id, value(total - left))
        return words.buttons([button])[0]

    return rest


def ordinal(number: int) -> str:
    """`1st`, `22nd`, `113th`."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"
