"""The text of a briefing: what a form says, what becomes of it, and that whatever is let through fits into one post."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BadInput
from bot.desk import briefing_text
from bot.desk.briefing_posting import Post
from bot.desk.briefing_text import Content, Link
from handlers.views import briefings, room

DAY = date(2026, 11, 24)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=3000)
MESSAGES = WORDS.map(lambda text: " ".join(text.split())).filter(lambda text: text and not text[0].isdigit())


@pytest.mark.parametrize(
    ("given", "messages"),
    [
        (["One.", "", "Two.", "Three."], ("One.", "Two.", "Three.")),
        (["• One.\n- Two.\n\n3) Three.\n"], ("One.", "Two.", "Three.")),
        (["One\nand more.", "Two.", "Three."], ("One and more.", "Two.", "Three.")),
        (["24 beds open.", "2 wards close.", "3. Three."], ("24 beds open.", "2 wards close.", "Three.")),
    ],
)
def test_messages_keep_their_own_words(given: list[str], messages: tuple[str, ...]) -> None:
    """Each in its input, or all of them pasted into the first; without the bullets they had."""
    assert briefing_text.content(given, "").messages == messages


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("Agenda https://board.example/a.pdf", Link("Agenda", "https://board.example/a.pdf")),
        ("Paper 3: finance – https://board.example/3", Link("Paper 3: finance", "https://board.example/3")),
        ("https://board.example/3", Link("board.example", "https://board.example/3")),
    ],
)
def test_a_line_is_a_paper_and_its_link(typed: str, link: Link) -> None:
    """What it is called, then where it is; a link alone is called by its place."""
    assert briefing_text.content(["a", "b", "c"], f"\n{typed}\n").links == (link,)


@pytest.mark.parametrize(
    "typed", ["Agenda", "http://board.example/a", "Agenda https://", "javascript:alert(1) ftp://x.y"]
)
def test_what_is_no_whole_link_is_refused(typed: str) -> None:
    """With what to write instead, beside the links."""
    with pytest.raises(BadInput) as refused:
        briefing_text.content(["a", "b", "c"], typed)
    assert refused.value.field == "links"


def test_a_text_is_read_back_as_it_was_put_together() -> None:
    """What a signatory changed in it, too; what has lost its shape is not guessed at."""
    said = Content(("One.", "Two.", "Three."), (Link("Agenda", "https://board.example/a.pdf"),))
    text = briefing_text.compose("Board", DAY, said, replaces=DAY)
    assert briefing_text.read(text) == said
    assert briefing_text.read(text.replace("Two.", "Two,\nand more.")) == Content(
        ("One.", "Two, and more.", "Three."), said.links
    )
    assert briefing_text.read("All of it in other words.\nAnd a second line.") is None


@given(st.lists(MESSAGES, min_size=3, max_size=7), st.lists(st.sampled_from(["a", "b?c=1&d=2"]), max_size=20))
def test_whatever_is_let_through_fits_into_one_post(messages: list[str], paths: list[str]) -> None:
    """And nothing of it is lost or changed on the way."""
    said = Content(tuple(messages), tuple(Link("Paper", f"https://board.example/{path}") for path in paths))
    text = briefing_text.compose("Board", DAY, said)
    assert "".join(piece for piece, _ in briefing_text.pieces(text)) == text
    try:
        briefing_text.check_room(text)
    except BadInput:
        return
    assert room.MESSAGE.holds(briefings.post(Post(text, DAY)).blocks)


@pytest.mark.parametrize("unit", ["x", '"', "é", "😀", "\n", "https://board.example/1 "])
def test_a_text_that_just_fits_is_held_by_a_message(unit: str) -> None:
    """Whatever it is made of: what costs one character in it may cost more in a post."""
    number = briefing_text.ROOM // briefing_text.size(unit)
    text = unit * number
    briefing_text.check_room(text)
    assert room.MESSAGE.holds(briefings.post(Post(text, DAY)).blocks)
    with pytest.raises(BadInput) as refused:
        briefing_text.check_room(text + unit * 2)
    assert "may have 10,000" in refused.value.sentence
