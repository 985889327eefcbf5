"""The index of words: it holds what is on file, at once, for one workspace; and nothing that is typed breaks it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk import enquiries, finds
from bot.desk.finds import Search, passage, terms_of
from storage.database import changed
from storage.enquiries import Enquiry
from storage.finds import Term
from tests.storage.press_office import AMINA, ESTHER, GARETH, PressOffice, found_in


def find(office: PressOffice, words: str) -> Search:
    return finds.find(office.desk, office.caller(AMINA), words)


def numbers(office: PressOffice, words: str) -> list[int]:
    return [one.enquiry.number for one in find(office, words).found]


def log(office: PressOffice, question: str, *, days_ago: int = 0) -> Enquiry:
    from dataclasses import replace

    received = office.clock.now() - timedelta(days=days_ago)
    details = replace(office.details(), question=question, received_at=received)
    return enquiries.log_enquiry(office.desk, office.caller(AMINA), details, once=office.once())


def issue(office: PressOffice, enquiry: Enquiry, text: str) -> None:
    statement = office.draft(enquiry, text)
    office.ask(statement)
    office.approve(statement, ESTHER, GARETH)
    office.issue(statement)


def test_words_stems_phrases_and_beginnings(press_office: PressOffice) -> None:
    """English endings and accents make no difference; a phrase keeps its order; a star stands for any ending."""
    screening = log(press_office, "Why were screenings at Café Zoë cancelled? See parking/travel plans.").number
    park = log(press_office, "The park has a car problem, and universities say so.").number
    for words, found in (
        ("screening", [screening]),
        ("cancelling screened", [screening]),
        ("cafe zoe", [screening]),
        ("CAFÉ", [screening]),
        ("travel", [screening]),
        ("screenin*", [screening]),
        ("universit*", [park]),
        ("scr*", [screening]),
        ('"car problem"', [park]),
        ('"problem car"', []),
        ("why were the cancelled", [screening]),
        ("Courier problem", [park]),
        ("Rosa universities", [park]),
    ):
        assert numbers(press_office, words) == found, words


def test_what_was_sent_is_found_once_it_went_out_and_not_before(press_office: PressOffice) -> None:
    """A draft is nobody's answer; the transaction that records the issue puts its words into the index."""
    enquiry = log(press_office, "What about the buses?")
    statement = press_office.draft(enquiry, "Gritters were out all night.")
    assert numbers(press_office, "gritters") == []
    press_office.ask(statement)
    press_office.approve(statement, ESTHER, GARETH)
    press_office.issue(statement)
    search = find(press_office, "gritters")
    assert [one.enquiry.number for one in search.found] == [enquiry.number]
    assert search.found[0].said[0].text == "Gritters were out all night."


def test_closest_and_newest_first(press_office: PressOffice) -> None:
    """Of equals the newest comes first; who has the word again and again comes before who has it once."""
    old = log(press_office, "Parking at the hospital?", days_ago=700).number
    new = log(press_office, "Parking at the hospital?").number
    said_again = log(press_office, "Parking parking parking parking parking!").number
    assert numbers(press_office, "parking") == [said_again, new, old]


def test_some_of_the_words_where_nothing_has_all(press_office: PressOffice) -> None:
    log(press_office, "Parking at the hospital?")
    search = find(press_office, "parking zebra")
    assert not search.has_all
    assert search.total == 1


def test_what_is_erased_is_not_found(press_office: PressOffice) -> None:
    """A question that is overwritten leaves the index with it: nobody has to think of that."""
    import sqlalchemy as sa

    enquiry = log(press_office, "A very private matter")
    with press_office.desk.database.transaction(press_office.workspace_id) as tx:
        changed(tx, sa.update(Enquiry).where(Enquiry.id == enquiry.id).values(question="Erased"))
    assert numbers(press_office, "private") == []
    assert numbers(press_office, "erased") == [enquiry.number]


def test_one_workspace_never_finds_another_s(busy_office: PressOffice) -> None:
    """The same words are on file next door."""
    other = found_in(busy_office.desk.database, "TSOUTH")
    ours, theirs = find(busy_office, "buses late"), find(other, "buses late")
    assert ours.total == theirs.total == 4
    assert {one.enquiry.workspace_id for one in ours.found} == {busy_office.workspace_id}
    assert find(busy_office, "TSOUTH").total == 0


HOSTILE = (
    '"',
    '""',
    '"""',
    "*",
    "**",
    "a*",
    "NEAR(",
    "NEAR(a b, 5)",
    "&",
    "|",
    "!",
    "<->",
    "a & !b | (c",
    "asked:x",
    "-x",
    "^x",
    "x AND",
    "OR",
    "NOT",
    "'; DROP TABLE enquiries; --",
    "%_\\",
    "\\",
    "x:*",
    "x:A",
    "{a b}",
    "+",
    "\U0001d56c\U0001d587",
    "بحث",
    "日本語",
    "½ ² ①",
    "x" * 3000,
    "x " * 1500,
    '"' * 3000,
    "* " * 1500,
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_is_typed_is_an_error(lived: PressOffice, typed: str) -> None:
    assert find(lived, typed).total >= 0


def test_nothing_at_all_that_is_typed_is_an_error(lived: PressOffice) -> None:
    @given(st.text(max_size=60) | st.text(alphabet="\"*()&|!:<->'\\ abNEAROT^-+{}", max_size=40))
    def never_an_error(typed: str) -> None:
        assert find(lived, typed).total >= 0

    never_an_error()


def test_the_terms_of_what_is_typed() -> None:
    """Phrases, beginnings, and words that say something."""
    assert terms_of('why the "Car Park" screen* bus') == [
        Term(("car", "park")),
        Term(("screen",), is_prefix=True),
        Term(("bus",)),
    ]
    assert terms_of("who is it") == [Term(("who",)), Term(("is",)), Term(("it",))]
    assert terms_of("***") == []


@given(st.text(max_size=400), st.text(alphabet="abc dé", max_size=12), st.integers(20, 100))
def test_a_passage_is_never_longer_than_asked(text: str, typed: str, most: int) -> None:
    assert len(passage(text, terms_of(typed), most)) <= most


def test_a_passage_shows_the_word() -> None:
    text = "Nothing to see. " * 30 + "The gritters were out. " + "Nothing to see. " * 30
    assert "gritters" in passage(text, terms_of("gritter"), 100)
