"""What people typed, on the screen: verbatim where it is to be signed, harmless in every sentence of ours."""

import html
import json
import re
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.core.wording import Change, what_changed
from bot.desk.enquiry_cards import Stage
from bot.sandbox.elements import interactive
from handlers.views import enquiry_cards, long_texts, signoffs, statements, unblocking, words
from handlers.views.samples.catalogue import ALL_TEXTS, to_issue, to_sign
from handlers.views.samples.records import NOW, TWELVE_SIGNED, Typed, pieces
from handlers.views.words import Drawn
from storage.signoffs import SignatureState
from storage.statements import StatementStatus

INVISIBLE = re.compile("[\u2060\u2068\u2069]")
OPENS = re.compile(r"(?:^|[\s.,\-!^;:{(\[%$#+=\"'])[*_~`]\S")
CLOSES = re.compile(r"\S[*_~`](?:$|[\s.,\-!^;:})\]%$#+=\"'?])")
"""Where Slack takes a mark for formatting: between a border and something that is no space."""
PIECES = (
    "a",
    "b ",
    " ",
    "*",
    "_",
    "~",
    "`",
    ":x:",
    ":+1:",
    ":",
    "<!channel>",
    "&amp;",
    ">",
    "\u202e",
    "\u2067",
    "\u2069",
    "ש",
    "é",
    "😀",
)
TYPED = st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), max_size=30).map("".join)


def where_the_text_is_signed(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    """Everything that shows a text to somebody who signs it, has it signed, or sends it."""
    signed = typed.statement_card(StatementStatus.IN_SIGNOFF, *TWELVE_SIGNED)
    for status in StatementStatus:
        yield f"card, {status}", statements.card(typed.statement_card(status))
    yield "ready to issue", statements.ready_to_issue(to_issue(signed))
    yield "issue form", statements.issue_form(to_issue(signed), NOW)
    yield "request form", statements.request_form(to_sign(typed, 3))
    yield "page", enquiry_cards.show_page(typed.enquiry_card(Stage.READY))
    for state in SignatureState:
        for suggests in (True, False):
            request = typed.sign_request(typed.signature(12, state, suggests=suggests), since=True)
            yield f"request, {state} {suggests}", signoffs.request(request)
            yield f"in the home, {state} {suggests}", View(type="home", blocks=signoffs.in_home(request))
            yield f"sign form, {state}", signoffs.sign_form(request)
            yield f"changes form, {state}", signoffs.changes_form(request)
            yield f"reply form, {state}", unblocking.reply_form(request, NOW)


def read_as_written(blocks: list[Block]) -> list[str]:
    """What stands in rich text that is neither styled nor anything but text, a block at a time."""
    found = []
    for block in (block.to_dict() for block in blocks):
        if block["type"] == "rich_text":
            parts = [part for section in block["elements"] for part in section["elements"]]
            if all(set(part) == {"type", "text"} and part["type"] == "text" for part in parts):
                found.append("".join(part["text"] for part in parts))
    return found


@pytest.mark.parametrize("name", ALL_TEXTS)
def test_a_text_to_be_signed_is_shown_exactly(name: str) -> None:
    """Joining what is shown gives the text, character by character, wherever it is signed or sent."""
    typed = ALL_TEXTS[name]
    text = typed.draft_text or typed.text
    for where, shown in where_the_text_is_signed(typed):
        found = read_as_written(list(shown.blocks or []))
        if text not in found:
            assert isinstance(shown, Drawn), f"{where}: there is room enough in a view"
            buttons = {placed.element["text"]["text"] for placed in interactive(shown.blocks_as_data())}
            assert "Read it all" in buttons, where
            assert "Approve" not in buttons, f"{where}: nobody signs what they see the beginning of"
            assert len(typed.draft_text) > 3000, f"{where}: an ordinary text is shown whole"


@pytest.mark.parametrize("name", ALL_TEXTS)
def test_a_text_to_be_changed_is_offered_whole(name: str) -> None:
    """The forms for a new draft and for other wording begin with the whole text, or with the whole suggestion."""
    typed = ALL_TEXTS[name]
    whole = typed.draft_text or typed.text
    card = typed.statement_card(StatementStatus.IN_SIGNOFF, *TWELVE_SIGNED)
    request = typed.sign_request(typed.signature(12, SignatureState.ASKED))
    for view, text in (
        (statements.draft_form(card), whole),
        (statements.draft_form(card, text=typed.other_text), typed.other_text),
        (signoffs.suggest_form(request), whole),
        (statements.start_form(7, "ENQ-7", [typed.person(1)], text=whole), whole),
    ):
        data = view.to_dict()
        parts = [
            b["element"].get("initial_value", "") for b in data["blocks"] if b.get("block_id", "").startswith("text")
        ]
        assert long_texts.joined(parts, json.loads(data["private_metadata"]).get("text_joins", [])) == text


@pytest.mark.parametrize("name", ALL_TEXTS)
def test_what_changed_reads_as_either_text(name: str) -> None:
    """Without what is struck through it is the new text; only what was taken out is struck, only what came in bold."""
    text = ALL_TEXTS[name].text
    found = pieces(text, 40)
    [block] = [words.changes(found).to_dict()]
    parts = [part for section in block["elements"] for part in section["elements"]]
    assert "".join(part["text"] for part in parts if not part.get("style", {}).get("strike")) == text
    styles = {Change.SAME: {}, Change.REMOVED: {"strike": True}, Change.ADDED: {"bold": True}}
    assert [part.get("style", {}) for part in parts] == [styles[change] for change, _ in found]


def test_the_last_words_of_two_texts_do_not_run_together() -> None:
    """A link that ends a text and the one in its place stand apart, and each line end stays."""
    same, then = "Papers\nPlan: ", "https://b.example/winter\nMap: https://c.example"
    old, new = f"{same}https://a.example/winter", f"{same}{then}"
    [block] = [words.changes(what_changed(old, new)).to_dict()]
    said = "".join(part["text"] for section in block["elements"] for part in section["elements"])
    assert said == f"{same}https://a.example/winter {then}"


def test_a_request_says_in_short_what_there_is_no_room_for() -> None:
    """Text and suggestion and all that changed are more than a message holds: the text is whole, the rest is cut."""
    typed = Typed('"\\' * 1500)
    suggested = typed.signature(12, SignatureState.CHANGES_ASKED, suggests=True)
    cramped = signoffs.request(typed.sign_request(suggested, since=True))
    written = read_as_written(list(cramped.blocks))
    assert typed.text in written
    assert written[written.index(typed.text) + 1] == words.excerpt(typed.other_text, signoffs.LONGEST_EXCERPT)
    roomy = signoffs.in_home(typed.sign_request(suggested, since=True))
    assert typed.other_text in read_as_written(roomy)


@given(TYPED)
def test_plain_words_say_the_same_and_do_nothing(text: str) -> None:
    """Apart from invisible joiners it reads as typed; no mark, emoji name or mention in it means anything."""
    shown = words.plain(text)
    visible = re.sub("[\u202a-\u202e\u2066-\u2069]", "", text)
    assert INVISIBLE.sub("", html.unescape(shown)) == INVISIBLE.sub("", visible)
    assert not set("<>") & set(shown)
    unescaped = html.unescape(shown)
    assert not OPENS.search(unescaped)
    assert not CLOSES.search(unescaped)
    assert not re.search(r":[\w+'-]+:", unescaped)


@given(TYPED, st.integers(1, 30))
def test_plain_words_of_a_length_are_one_line(text: str, most: int) -> None:
    """A name never breaks a line of ours, nor is it longer than there is room for."""
    shown = INVISIBLE.sub("", html.unescape(words.plain(text, most)))
    assert len(shown) <= most
    assert len(f"{shown}.".splitlines()) == 1


@given(TYPED)
def test_right_to_left_words_do_not_turn_ours_around(text: str) -> None:
    """What reads from the right is kept to itself, and no control character of a text reaches beyond it."""
    shown = words.plain(text)
    turned = [letter for letter in shown if unicodedata.bidirectional(letter) in {"LRE", "RLE", "LRO", "RLO", "PDF"}]
    assert turned == []
    reads_from_the_right = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in shown)
    isolates = [letter for letter in shown if unicodedata.bidirectional(letter) in {"FSI", "LRI", "RLI", "PDI"}]
    assert isolates == (["\u2068", "\u2069"] if reads_from_the_right else [])


@given(st.lists(st.sampled_from(["&amp;", "&lt;", "😀", "é", "a", " ", words.moment(NOW)]), max_size=40), st.data())
def test_clipping_never_cuts_a_mark_in_two(parts: list[str], data: st.DataObject) -> None:
    """Cut mark-up is short enough in characters and bytes, and begins like the whole, without half an entity."""
    markup = "".join(parts)
    most, most_bytes = data.draw(st.integers(1, 400)), data.draw(st.integers(3, 400))
    clipped = words.clip(markup, most, most_bytes)
    assert len(clipped) <= most
    assert len(clipped.encode()) <= most_bytes
    if clipped != markup:
        assert clipped.endswith("…")
        kept = clipped[:-1]
        boundaries = {"".join(parts[:end]).rstrip() for end in range(len(parts) + 1)}
        assert kept in boundaries


def test_names_are_counted_from_the_seventh_on() -> None:
    """Six people are all named; of twelve the first five."""
    people = [f"Person {number}" for number in range(12)]
    assert words.names(people[:1]) == "Person 0"
    assert words.names(people[:2]) == "Person 0 and Person 1"
    assert words.names(people[:6]) == "Person 0, Person 1, Person 2, Person 3, Person 4 and Person 5"
    assert words.names(people) == "Person 0, Person 1, Person 2, Person 3, Person 4 and 7 others"
    assert words.names([]) == "nobody"
