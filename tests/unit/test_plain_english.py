"""Hints on plain English: on statements such as press offices write, and silence where they read well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.plain_english import MOST_HINTS, hints, reading_age, sentences

HARDISH = """The committee considered whether the hospital should open its doors for longer in winter. Several of
the consultants supported evening appointments, because patients often find it hard to come in
during the working week."""

PLAIN = """The car park at Northbrook Hospital is shut until Friday because of the snow. We are sorry for the
trouble. Free buses run from the town hall every ten minutes. Dr. Lindqvist said: “If you have an
appointment, please still come.” People who cannot travel can ring us on 0161 496 0000."""

LONG = """The Alliance recognises the concerns which have been raised by residents and by their elected
representatives in relation to the future of the minor injuries unit and will be considering all of
the responses before any decision."""

JARGON = """Going forward, we will engage with stakeholders in order to deliver improvements. We take this very
seriously and lessons will be learned. The rollout will commence in due course."""

ABBREVIATIONS = (
    """The ICB has asked the CQC to look at waiting times. The Integrated Care Board, the NHS and the BBC were told."""
)

HARD = """Multidisciplinary neighbourhood organisations collaboratively commissioning personalised
interventions demonstrate considerable improvements. Independent evaluations corroborate
substantially reduced hospitalisation. Professional accountability and governance arrangements
necessitate comprehensive documentation. Administrative responsibilities nevertheless remain."""


def test_a_statement_that_reads_well_gets_no_hint() -> None:
    """Silence is the best hint: nobody reads what is always there."""
    assert hints(PLAIN) == ()
    assert reading_age(PLAIN) < 14


def test_a_long_sentence_is_quoted_by_how_it_begins() -> None:
    """Its words are counted, and how it begins says which it is."""
    [hint, *_] = hints(LONG)
    assert (
        hint == "The sentence “The Alliance recognises the concerns which …” has 37 words. "
        "It may read better as two of at most 25."
    )


def test_jargon_is_quoted_with_something_plainer() -> None:
    """Six words at most, in the order in which they stand."""
    [hint] = hints(JARGON)
    assert hint == (
        "Some words are hard for those who don’t work here. “Going forward”: say “from now on”; “engage with”: say "
        "“talk to” or “listen to”; “stakeholders”: say who they are: patients, councils, staff; “in order to”: say "
        "“to”; “deliver improvements”: say “make” or “do”; “lessons will be learned”: say what you will do otherwise."
    )


def test_no_word_of_four_in_a_sentence_is_missed() -> None:
    """What is plain to the office alone is named, with what to say."""
    [hint] = hints("Going forward we will leverage the synergies. It is operationalised by the team.")
    assert all(f"“{word}”: say " in hint for word in ("Going forward", "leverage", "synergies", "operationalised"))


def test_abbreviations_are_named_unless_known_here_or_explained() -> None:
    """Those that everybody knows are left out, those of the workspace too, and those that the text explains."""
    assert hints(ABBREVIATIONS) == ("“ICB” and “CQC” are not explained. Write them out the first time.",)
    assert hints(ABBREVIATIONS, ["icb"]) == ("“CQC” is not explained. Write it out the first time.",)
    assert hints("The Integrated Care Board (ICB) met. The ICB will meet again.") == ()
    assert hints("The ICBs met.") == ("“ICB” is not explained. Write it out the first time.",)


@pytest.mark.parametrize(
    "text",
    [
        "We are open from 9 AM at A&E, says the GP on TV.",
        "HOSPITAL CAR PARK CLOSED in the snow. We are sorry.",
        "A midwife delivered the baby and the key to the ward is in the office.",
        "La salle d’attente est ouverte tous les jours.",
        "لماذا تتأخر الحافلات؟",
        "",
        "12:30 £1,000 :-)",
    ],
)
def test_what_is_no_fault_is_left_alone(text: str) -> None:
    """Words in their usual sense, capitals of a headline, other languages, next to nothing."""
    assert hints(text) == ()


def test_a_high_reading_age_is_told() -> None:
    """Long words alone make it hard, however short the sentences are."""
    [hint] = hints(HARD)
    assert hint.startswith("Reading age: about what a specialist reads with ease; most people read at 9 to 11.")
    [hint] = hints(HARDISH)
    assert hint.startswith(f"Reading age: about what somebody of {reading_age(HARDISH)} reads")
    assert 16 < reading_age(HARDISH) < 21
    assert reading_age(HARD) > 20
    assert any(one.startswith("Reading age") for one in hints(f"{LONG} {JARGON} {ABBREVIATIONS} {HARD}"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Dr. Lindqvist spoke. Mr. Pryce did not.", 2),
        ("It costs £3.5 million, e.g. for No. 10 buses. Why?", 2),
        ("“We are sorry.” He left.", 2),
        ("We offer:\n• buses\n• taxis\n\nNobody pays.", 4),
        ("J. R. Smith said so.", 1),
    ],
)
def test_sentences_end_where_readers_think_they_do(text: str, number: int) -> None:
    """Not after a title, an initial, a decimal point; but at each point of a list."""
    assert len(sentences(text)) == number


@given(st.text(max_size=600))
def test_hints_never_break_and_are_never_more_than_four(text: str) -> None:
    """Whatever is typed, also together with words that give hints."""
    for one in (text, f"{JARGON} {text} {LONG} {ABBREVIATIONS}"):
        found = hints(one)
        assert len(found) <= MOST_HINTS
        assert all(hint.endswith(".") for hint in found)
