"""A mistake in what went out: put right by a statement of its own, and used by nobody again."""

import pytest

from bot.core.errors import DeskError, NotFromHere
from bot.desk import corrections, finds
from bot.desk.finds import SaidIn
from tests.office import AMINA, BEN, CARYS, ESTHER, GARETH, PRESS, Office
from tests.scenarios.acts import TEXT, approve, ask_for_signatures, card, draft, log, more, said, take

RIGHT = "The buses are late because of the ice."


def issued(office: Office, *, number: int = 1, close: bool = True) -> None:
    """An enquiry that was answered by telephone, and closed."""
    log(office)
    take(office, number=number)
    draft(office, number=number)
    ask_for_signatures(office, number=number)
    approve(office, ESTHER, GARETH)
    amina = office.member(AMINA)
    amina.press("Record as issued", on=card(office, number))
    amina.fill("To whom", "Rosa Achter on 0161 000")
    amina.fill("How", "Read out on the phone")
    amina.fill("And then", ["Close ENQ-1 as answered"] if close else [])
    assert amina.submit() is None
    office.settle()


def below(office: Office, text: str, *, number: int = 1, who: str = AMINA) -> object:
    return office.member(who).sees(text, channel=PRESS, thread=card(office, number))


def correct(office: Office, who: str = AMINA, *, of: str = "STA-1 · Statement", text: str = RIGHT) -> None:
    person = office.member(who)
    person.press("Correct this", on=person.sees(of, channel=PRESS, thread=card(office)))
    person.fill("What was wrong", "It was ice, not snow.")
    person.fill("Text", text)
    assert person.submit() is None
    office.settle()


def test_a_mistake_is_put_right_signed_anew_and_never_used_again(office: Office) -> None:
    """Of a closed enquiry: who signs sees what changes, it goes to whom the first went, and finds show the right text."""
    issued(office)
    amina, ben, esther = office.member(AMINA), office.member(BEN), office.member(ESTHER)
    ben.press("Correct this", on=ben.sees("STA-1 · Statement", channel=PRESS, thread=card(office)))
    form = ben.wait_for_form("Correct STA-1")
    assert form.values["Text"] == TEXT
    ben.fill("What was wrong", "It was ice, not snow.")
    refused = ben.submit()
    assert refused is not None
    assert "This is the text that went out" in refused.errors["Text"]
    ben.fill("Text", RIGHT)
    assert ben.submit() is None
    office.settle()
    assert "It was ice, not snow." in amina.sees("Ben Okafor found a mistake in STA-1").text  # the owner is told
    wrong = amina.sees("STA-1 · Statement", channel=PRESS, thread=card(office))
    assert "Being corrected: STA-2 has not gone out yet" in wrong.text
    assert "Correct this" not in wrong.buttons
    assert "Closed: answered with a statement" in card(office).text
    assert "Correction STA-2" in card(office).text
    amina.press("Ask for signatures", on=card(office))
    assert amina.submit() is None
    office.settle()
    asked = esther.sees("Please sign STA-2 (corrects STA-1)")
    assert "STA-1 went out read out on the phone" in asked.text
    assert "It was ice, not snow." in asked.text
    assert "snow.ice." in asked.text.replace(" ", "")  # word by word: one out, one in
    approve(office, ESTHER, GARETH)
    amina.press("Record as issued", on=amina.sees("STA-2 is signed and can go out"))
    form = amina.wait_for_form("STA-2: issued")
    assert form.values["To whom"] == "Rosa Achter on 0161 000"
    assert form.values["How"] == "Read out on the phone"
    assert "And then" not in form.values
    assert amina.submit() is None
    office.settle()
    wrong = amina.sees("STA-1 · Statement", channel=PRESS, thread=card(office))
    assert "Corrected by STA-2: do not use this text" in wrong.text
    assert "and was corrected by STA-2" in esther.sees("No longer waiting: STA-1").text
    assert "Closed: answered with a statement" in card(office).text
    assert "Correction STA-2" not in card(office).text
    log(office, question="More about buses?")
    take(office, number=2)
    assert "STA-2, sent" in said(amina.run("/enquiry find buses", channel=PRESS))
    with pytest.raises(NotFromHere, match="was corrected by STA-2"):
        finds.to_reuse(office.app.desk, office.caller(AMINA), SaidIn.STATEMENT, 1)
