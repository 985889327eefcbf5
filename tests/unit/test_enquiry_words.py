"""Where an enquiry stands, in words: never a code, and of one that is with a partner their name."""

import pytest

from bot.desk import enquiry_words
from bot.desk.enquiry_cards import Stage
from handlers.views.samples.records import Typed

CARD = Typed("Westmere Trust").enquiry_card


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_is_said_in_words(stage: Stage) -> None:
    said = enquiry_words.stage(CARD(stage).line)
    assert "_" not in said
    assert said not in set(Stage) - {Stage.CLOSED}


def test_who_answers_is_named() -> None:
    assert enquiry_words.stage(CARD(Stage.WITH_PARTNER).line) == "1 Westmere Trust answers it"
    assert enquiry_words.stage(CARD(Stage.REFERRED).line) == "1 Westmere Trust was asked to take it"
