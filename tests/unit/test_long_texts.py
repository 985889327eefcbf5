"""A long text in the parts of a form: nothing is lost or added on the way there and back."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.core.signoffs import LONGEST_TEXT
from handlers.views import long_texts
from handlers.views.long_texts import BETWEEN_PARTS, MOST_PARTS, PART, joined, split

PIECES = ("Word ", "word. ", "\n\n", "\n", "   \n \n", "a" * 500, "😀", "x" * 40 + " ", "\n\n\n\n", " ")
LONG = st.lists(st.sampled_from(PIECES), max_size=600).map("".join).map(lambda text: text.strip()[:LONGEST_TEXT])


@given(LONG)
def test_a_text_that_is_split_and_joined_is_the_same(text: str) -> None:
    """Also where it can be cut nowhere well; each part fits into an input, and all of them into the form."""
    parts, joins = split(text)
    assert joined(parts, joins) == text
    assert all(len(part) <= PART for part in parts)
    assert len(parts) <= MOST_PARTS
    assert len(joins) == len(parts) - 1
    assert len(json.dumps({"text_joins": joins, "statement": 10**9})) <= 3000


def test_it_is_cut_between_paragraphs_if_it_can_be() -> None:
    """What a person sees in each field begins and ends as they wrote it."""
    paragraph = ("A line of words. " * 45).strip()
    parts, joins = split("\n\n".join([paragraph] * 10))
    assert set(joins) == {"\n\n"}
    assert all(part.startswith("A line") and part.endswith("words.") for part in parts)


def test_parts_that_somebody_wrote_become_paragraphs() -> None:
    """A field left empty in between leaves no gap; a part that was added begins a paragraph."""
    assert joined(["One.", "", "Three.", ""], []) == f"One.{BETWEEN_PARTS}Three."
    assert joined(["One", "two", "and more."], [" "]) == f"One two{BETWEEN_PARTS}and more."
    assert joined(["", "  "], []) == ""


def test_a_form_has_room_for_the_longest_text() -> None:
    """Four fields from the beginning, more where a text needs them."""
    assert len(long_texts.inputs("text", "Text").rest) == 3
    assert PART * 4 >= LONGEST_TEXT
    worst = "a" * 2249 + " " + "b" * 740
    parts, _ = split(((worst + " ") * 5)[:LONGEST_TEXT])
    assert len(long_texts.inputs("text", "Text", ((worst + " ") * 5)[:LONGEST_TEXT]).rest) == max(3, len(parts) - 1)
