"""A mistake in what went out: put right by a statement of its own, and used by nobody again."""

from datetime import timedelta

import pytest

from bot.core.errors import NotFromHere
from bot.desk import corrections, exports, finds
from bot.desk.exports import Wanted
from bot.desk.finds import SaidIn
from bot.sandbox import Message
from tests.office import AMINA, BEN, CARYS, ESTHER, GARETH, PRESS, Office
from tests.scenarios.acts import TEXT, approve, ask_for_signatures, card, draft, log, said, take

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


def thread(office: Office, text: str, *, number: int = 1) -> Message:
    """What stands below the card of an enquiry."""
    return office.member(AMINA).sees(text, channel=PRESS, thread=card(office, number))


def correct(office: Office, wrong: str, text: str) -> None:
    amina = office.member(AMINA)
    amina.press("Correct this", on=thread(office, f"{wrong} · Statement"))
    amina.fill("What was wrong", "It was ice, not snow.")
    amina.fill("Text", text)
    assert amina.submit() is None
    office.settle()


def send(office: Office) -> None:
    """Has the correction under way signed, and records that it went out."""
    amina = office.member(AMINA)
    amina.press("Ask for signatures", on=card(office))
    assert amina.submit() is None
    office.settle()
    approve(office, ESTHER, GARETH)
    amina.press("Record as issued", on=card(office))
    assert amina.submit() is None
    office.settle()


def test_a_mistake_is_put_right_signed_anew_and_never_used_again(office: Office) -> None:
    """Of a closed enquiry: signatories see what changes, it goes to whom the first went, finds show the right text."""
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


def test_one_correction_at_a_time_and_its_owner_hears_of_it_until_it_is_out(sqlite_office: Office) -> None:
    """A second is refused; one that was withdrawn falls away; what was put right wrongly is corrected once more."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    issued(office, close=False)
    correct(office, "STA-1", RIGHT)
    assert "Stage  Answered" in card(office).text
    amina.press("Close", on=card(office))
    assert amina.submit() is None  # a correction on its way is in nobody's way
    with pytest.raises(NotFromHere, match="STA-2 corrects STA-1 already"):
        corrections.to_correct(office.app.desk, office.caller(AMINA), 1)
    office.wait(hours=1)
    reminder = amina.sees("STA-2 (corrects STA-1) · Evening Courier has not gone out yet")
    amina.press("Go on with it", on=reminder)
    page = amina.wait_for_form("The whole text")
    assert RIGHT in page.text
    assert "Ask for signatures" in page.buttons
    amina.close_form()
    office.wait(hours=1)
    office.wait(minutes=1)
    carys = office.member(CARYS)
    carys.sees("has not gone out yet; Amina Rahman has it")
    assert "STA-2 (corrects STA-1) · Evening Courier\nDue " in carys.open_home().text
    carys.press_in_home("Go on with it")
    assert RIGHT in carys.wait_for_form("The whole text").text
    carys.close_form()
    assert "Late and stuck" not in amina.open_home().text
    amina.press("Withdraw", on=thread(office, "STA-2 · Statement"))
    amina.fill("Why it will not go out", "It was snow after all.")
    assert amina.submit() is None
    office.settle()
    thread(office, "Amina Rahman withdrew STA-2, so STA-1 stands as it went out")
    assert "Done. Nothing more is needed." in amina.sees("STA-2 (corrects STA-1) · Evening Courier has not").text
    assert "orrected" not in thread(office, "STA-1 · Statement").text
    correct(office, "STA-1", RIGHT)
    send(office)
    correct(office, "STA-3", f"{RIGHT} We are sorry.")
    send(office)
    assert "Corrected by STA-3" in thread(office, "STA-1 · Statement").text
    assert "Corrected by STA-4" in thread(office, "STA-3 · Statement").text
    with pytest.raises(NotFromHere, match="was corrected by STA-3"):
        corrections.to_correct(office.app.desk, office.caller(AMINA), 1)
    exported = exports.export(office.app.desk, office.caller(AMINA), Wanted()).rows[0]
    assert exported[-2] == (f"[corrected by STA-3] {TEXT}\n\n[corrected by STA-4] {RIGHT}\n\n{RIGHT} We are sorry.")


def test_an_enquiry_opened_again_for_its_correction_can_be_closed_by_it(sqlite_office: Office) -> None:
    """It answers nothing that was asked since, so the answer stays owed; but whoever reopened it may close it so."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    issued(office)
    amina.press("Reopen", on=card(office))
    amina.fill("Why it is opened again", "We gave a wrong figure.")
    amina.fill("Deadline", office.clock.now() + timedelta(hours=3))
    assert amina.submit() is None
    office.wait(minutes=5)
    correct(office, "STA-1", RIGHT)
    amina.press("Ask for signatures", on=card(office))
    assert amina.submit() is None
    office.settle()
    approve(office, ESTHER, GARETH)
    amina.press("Record as issued", on=card(office))
    amina.fill("And then", [])
    assert amina.submit() is None
    assert "Stage  Not drafted yet" in card(office).text
    amina.press("Close", on=card(office))
    assert amina.submit() is None
    assert "Closed: answered with a statement" in card(office).text
