"""More than a message or a view holds: what is shown is whole, and what is left out is counted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from bot.core.wording import Change
from bot.desk.enquiry_cards import Stage
from bot.desk.enquiry_lists import PAGE, EnquiryList
from bot.desk.reminders import Reminder
from handlers import ids
from handlers.views import enquiry_lists, home, reminders, signoffs, statements
from handlers.views.room import Room
from handlers.views.samples.catalogue import ALL_TEXTS, SHORT, full_home, sign_requests
from handlers.views.samples.records import TWELVE_MIXED, Typed, several
from handlers.views.signoffs import MOST_CHANGES
from handlers.views.words import divider, section, small
from storage.enquiry_lists import Listed
from storage.obligations import Duty
from storage.people import Role
from storage.signoffs import SignatureState
from storage.statements import StatementStatus

Data = Mapping[str, Any]
REAL = Typed("Why are the buses late, who answers for it, and when will it end? " * 45)
"""As long as people write, in ordinary words."""


def data_of(blocks: Sequence[Block]) -> list[Data]:
    return [block.to_dict() for block in blocks]


def texts(blocks: Sequence[Data]) -> str:
    """Everything in blocks that is said in mark-up or as plain words."""
    found: list[str] = []
    for block in blocks:
        elements = block.get("elements", [])
        found += [part["text"] for part in (block.get("text"), *elements) if part and isinstance(part.get("text"), str)]
    return "\n".join(found)


def and_more(blocks: Sequence[Data]) -> list[int]:
    return [int(number) for number in re.findall(r"And (\d+) more", texts(blocks))]


def values(blocks: Sequence[Data], action_id: str) -> list[str]:
    """The values of all buttons with an action id."""
    elements = [element for block in blocks for element in (block.get("accessory"), *block.get("elements", []))]
    return [element["value"] for element in elements if element and element.get("action_id") == action_id]


def sections(blocks: Sequence[Data]) -> int:
    return sum(block["type"] == "section" for block in blocks)


def test_groups_are_laid_out_whole_in_order_and_counted() -> None:
    """Of groups of two blocks, as many as fit beside the rest; a line says how many are missing."""
    room = Room(blocks=8, size=10_000, as_they_travel=False)
    groups = [[section(f"group {number}"), divider()] for number in range(9)]
    found = data_of(room.lay_out(groups, beside=[divider()], rest=lambda number: small(f"And {number} more.")))
    assert [block["type"] for block in found] == ["section", "divider"] * 3 + ["context"]
    assert and_more(found) == [6]
    assert and_more(data_of(room.lay_out(groups[:3], rest=lambda number: small(f"And {number} more.")))) == []
    given = room.lay_out(groups[:2], rest=lambda number: small(f"And {number} more."), not_given=5)
    assert and_more(data_of(given)) == [5]


def test_size_counts_as_much_as_blocks() -> None:
    """A long group leaves no room for the next, and what follows it is left out too: the order is that of urgency."""
    room = Room(blocks=50, size=3_000, as_they_travel=False)
    groups = [[section("a" * 1_500)], [section("b" * 1_500)], [section("c")]]
    found = data_of(room.lay_out(groups, rest=lambda number: small(f"And {number} more.")))
    assert texts(found).startswith("aaa")
    assert and_more(found) == [2]


@pytest.mark.parametrize("name", [*ALL_TEXTS, "real"])
def test_the_list_counts_what_it_leaves_out(name: str) -> None:
    """Shown and counted enquiries are all there are, whatever was typed."""
    typed = {**ALL_TEXTS, "real": REAL}[name]
    stages = [stage for stage in Stage if stage is not Stage.CLOSED]
    lines = tuple(typed.enquiry_card(stages[place % len(stages)]).line for place in range(PAGE))
    blocks = data_of(enquiry_lists.message(EnquiryList(Listed.OPEN, lines, 65, 20)).blocks)
    shown = values(blocks, ids.SHOW)
    assert len(shown) >= 4
    assert values(blocks, ids.TURN_LIST) == [f"open:{20 + len(shown)}"]


def test_an_ordinary_list_shows_a_whole_page() -> None:
    """Ordinary outlets, questions and names: twenty enquiries in one message, the most pressing first."""
    lines = (Typed("Evening Courier").enquiry_card(Stage.OWNED).line,) * PAGE
    blocks = data_of(enquiry_lists.message(EnquiryList(Listed.OPEN, lines, 40)).blocks)
    assert len(values(blocks, ids.SHOW)) == PAGE


@pytest.mark.parametrize("name", [*ALL_TEXTS, "real"])
def test_reminders_count_what_they_leave_out(name: str) -> None:
    """Of forty things that come due together, each is in the message or counted in it."""
    typed = {**ALL_TEXTS, "real": REAL}[name]
    lines = tuple(typed.reminder_line(Duty.ANSWER, number) for number in range(40))
    drawn = reminders.reminder(Reminder(typed.person(1, Role.PRESS_OFFICER), lines))
    blocks = data_of(drawn.blocks)
    shown = values(blocks, ids.SEEN)
    assert shown == [str(number) for number in range(len(shown))]
    assert len(shown) >= 4
    assert and_more(blocks) == [40 - len(shown)]


@pytest.mark.parametrize("name", [*ALL_TEXTS, "real"])
def test_a_statement_with_twelve_signatories_counts_whom_it_leaves_out(name: str) -> None:
    """Each signatory has a line or is counted, and how it stands in all is said in any case."""
    typed = {**ALL_TEXTS, "real": REAL}[name]
    for states in (TWELVE_MIXED, several((SignatureState.ASKED,), 12)):
        card = typed.statement_card(StatementStatus.IN_SIGNOFF, *states, in_slack=False)
        blocks = data_of(statements.card(card).blocks)
        lines = len(re.findall(r"^:(?:hour|eyes|pencil|white|no_entry|arrow|warning)", texts(blocks), re.MULTILINE))
        assert lines + sum(and_more(blocks)) == 12
        assert lines >= 4
        assert "still to sign" in texts(blocks) or "On hold" in texts(blocks)


@pytest.mark.parametrize("name", [*ALL_TEXTS, "real"])
def test_a_home_is_whole_and_counts_what_it_leaves_out(name: str) -> None:
    """No text to sign without its buttons, no enquiry without its; what is not shown is counted; the settings fit."""
    typed = {**ALL_TEXTS, "real": REAL}[name]
    page = full_home(typed)
    blocks = home.home(page).to_dict()["blocks"]
    headings = [place for place, block in enumerate(blocks) if block["type"] == "header"]
    titles = [blocks[place]["text"]["text"] for place in headings]
    board = ["What the board owes", "Due for review"]
    shown_to_press = ["Waiting for you", "Late and stuck", "Yours", "Coming up"]
    assert titles == [*shown_to_press, *board, "Nobody has these yet", "Settings"]
    waiting, stuck, yours, coming, board_owes, reviews, nobodys, settings = (
        blocks[start:end] for start, end in zip(headings, [*headings[1:], len(blocks)], strict=True)
    )
    for listing, part in zip(page.listings, (board_owes, reviews), strict=True):
        assert sections(part) + sum(and_more(part)) == listing.items.total
    in_full = [f"draft {request.draft.number}*" for request in page.requests]
    requests, reminded = texts(waiting).count(in_full[0]), len(values(waiting, ids.SEEN))
    assert requests == sum(1 for block in waiting if block["type"] == "divider")
    assert requests + reminded + sum(and_more(waiting)) == page.waiting_count
    assert page.stuck is not None
    assert sections(stuck) + sum(and_more(stuck)) == page.stuck.total
    assert sections(coming) + sum(and_more(coming)) == page.coming_up.total
    assert len(values(yours, ids.SHOW)) + sum(and_more(yours)) == page.yours_count
    assert len(values(nobodys, ids.TAKE)) + sum(and_more(nobodys)) == len(page.nobodys)
    assert values(settings, ids.OFFICE) == ["office"]
    assert requests >= (1 if typed.draft_text else 2)  # of the longest texts, in emoji, a view holds one


def test_an_ordinary_full_home_leaves_little_out() -> None:
    """Eight requests, fifteen reminders and as many enquiries of an ordinary length: what waits is all there."""
    page = full_home(REAL)
    blocks = home.home(page).to_dict()["blocks"]
    assert len(values(blocks, ids.SEEN)) == len(page.owed)


def test_somebody_without_a_role_still_sees_what_waits_for_them() -> None:
    """A topic's lead whose roles were taken away is a stranger to the desk, but not to the text they must sign."""
    page = full_home(SHORT, requests=1, owed=0, lines=0, known=False, administers=False)
    assert values(home.home(page).to_dict()["blocks"], ids.APPROVE) == ["12"]


@pytest.mark.parametrize(
    ("pieces", "said"), [(MOST_CHANGES, "*What changed since"), (MOST_CHANGES + 1, "Much has changed")]
)
def test_what_changed_is_shown_word_by_word_as_long_as_anybody_follows_it(pieces: int, said: str) -> None:
    """And the message is drawn in no time, whatever was done to a long text."""
    asked = next(request for _, request in sign_requests(SHORT) if request.since_signed and request.is_open)
    changes = tuple((Change.ADDED if place % 2 else Change.SAME, "word") for place in range(pieces))
    assert said in texts(data_of(signoffs.sign_form(replace(asked, since_signed=changes)).blocks))
