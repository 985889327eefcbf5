"""An enquiry's day, as people live it."""

from datetime import timedelta

from tests.office import AMINA, BEN, ESTHER, GARETH, HANNAH, PRESS, Office


def log(office: Office, who: str = AMINA, *, hours: float = 6, question: str = "Why are the buses late?") -> None:
    """Fills and sends the form as a press officer does."""
    person = office.member(who)
    person.run(f"/enquiry {question}", channel=PRESS)
    person.fill("Journalist", "Rosa Achter")
    person.fill("Outlet", "Evening Courier")
    person.fill("E-mail", "rosa@courier.example")
    person.fill("Deadline", office.clock.now() + timedelta(hours=hours))
    person.fill("Topic", "Screening (Esther Lindqvist)")
    assert person.submit() is None


def test_an_enquiry_is_logged_signed_issued_and_closed(office: Office) -> None:
    """The whole main path: log, take, draft, ask, sign, issue, close; nothing goes out before the last signature."""
    amina, esther, gareth, hannah = map(office.member, (AMINA, ESTHER, GARETH, HANNAH))
    log(office)
    card = amina.sees("ENQ-1 · Evening Courier", channel=PRESS)
    assert "Nobody yet" in card.text

    amina.press("Take it", on=card)
    amina.sees("Owner  Amina Rahman", channel=PRESS)

    amina.press("Draft statement", on=amina.sees("Not drafted yet", channel=PRESS))
    amina.fill("Text", "The buses are late because of the snow.")
    amina.fill("In the name of", GARETH)
    assert amina.submit() is None

    amina.press("Ask for signatures", on=amina.sees("Being drafted", channel=PRESS))
    form = amina.wait_for_form()
    assert "Esther Lindqvist, the topic’s lead" in form.text
    assert "Hannah Oduya, executive" in form.text
    assert amina.submit() is None

    card = amina.sees("Waiting for 2 signatures", channel=PRESS)
    assert "Record as issued" not in card.buttons
    request = esther.sees("Please sign STA-1")
    assert "The buses are late because of the snow." in request.text
    assert request.buttons == ["Approve", "Ask for changes", "Suggest wording"]
    assert "Approve" not in hannah.sees("For your information: STA-1").buttons
    esther.press("Approve", on=request)
    esther.sees("Approved: STA-1")
    amina.sees("Waiting for 1 signature: Gareth Pryce", channel=PRESS)
    gareth.press("Approve", on=gareth.sees("Please sign STA-1"))

    amina.press("Record as issued", on=amina.sees("STA-1 is signed and can go out"))
    form = amina.wait_for_form()
    assert "The buses are late because of the snow." in form.text
    assert amina.submit() is None
    card = amina.sees("Closed: answered with a statement", channel=PRESS)
    assert card.buttons == ["Reopen", "Add note"]


def test_two_people_take_the_same_enquiry_and_one_is_told(office: Office) -> None:
    """The slower of two is told who has it, and the card shows the quicker."""
    log(office)
    amina, ben = office.member(AMINA), office.member(BEN)
    card = amina.sees("ENQ-1", channel=PRESS)
    amina.press("Take it", on=card)
    shown = ben.press_raw(card, "enquiry.take", value="1")
    assert shown.form is not None
    assert "Amina Rahman has ENQ-1" in shown.form.text
