"""Who asks, in words that somebody typed; and nobody, where it is not plain."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.typed_words import LONGEST_READ, Asker, who_asks

KNOWN = ("The Guardian", "Radio Eastvale", "Telegraph", "Pulse Today")


def read(words: str) -> Asker:
    found = re.search(r"[\w.]+@[\w.-]+\w", words)
    return who_asks(words, address=found.group().lower() if found else "", known_outlets=KNOWN)


@pytest.mark.parametrize(
    ("words", "journalist", "outlet"),
    [
        (
            "Sam Fletcher from the Guardian, sam.fletcher@theguardian.com, asks why parking is dear",
            "Sam Fletcher",
            "The Guardian",
        ),
        ("Tobias Wrenfield <tobias@radio-eastvale.example> asks about beds", "Tobias Wrenfield", ""),
        ("Why is it shut? Call from Jane Roe, jane@post.example", "Jane Roe", ""),
        ("Jane O'Neill of the Northbrook Gazette asks about buses", "Jane O'Neill", "Northbrook Gazette"),
        ("Siân Pryce at BBC Radio North: are the buses late?", "Siân Pryce", "BBC Radio North"),
        ("Ann Bell, Pulse Today, wants a line", "Ann Bell", "Pulse Today"),
        ("deadline noon, Telegraph", "", "Telegraph"),
        ("Parking, from the telegraph", "", "Telegraph"),
        # and not
        ("Parking at Northbrook Hospital, rosa@courier.example", "", ""),
        ("Why did Alan Best of the Guardian leave?", "", ""),
        ("The Royal College of Nursing asks about pay", "", ""),
        ("Jane Smith from the World Health Organisation, asks", "", ""),
        ("Is it true what the Guardian reported about Alan Best?", "", ""),
        ("Evening Courier, newsdesk@courier.example", "", ""),
        ("Peter Jones from Eastvale, who died in May", "", ""),
        ("", "", ""),
    ],
)
def test_who_asks_is_read_where_it_is_plain(words: str, journalist: str, outlet: str) -> None:
    assert read(words) == Asker(journalist, outlet)


@given(st.lists(st.sampled_from(["Sam", "Fletcher", "from", "the", "@", "<", "a@b.example", ",", "\n"])), st.text())
def test_any_words_are_read(words: list[str], more: str) -> None:
    read(" ".join(words) + more)


@pytest.mark.parametrize("piece", ["Ab ", "A", "Ab.Cd@", "from Ab Cd of ", ", "])
def test_long_words_are_read_at_once(piece: str) -> None:
    read((piece * LONGEST_READ)[: LONGEST_READ * 2])
