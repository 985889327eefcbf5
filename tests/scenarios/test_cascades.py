"""Key messages taken home: asked, passed on, chased, carried, counted, and what people said."""

from bot.core import audit
from bot.sandbox import Message
from storage.people import Role
from tests.office import AMINA, ESTHER, JOAN, PRESS, Office
from tests.scenarios.briefed import MESSAGES, joins, post


def card(office: Office, number: int = 1) -> Message:
    office.settle()
    return next(one for one in office.member(AMINA).messages(channel=PRESS) if one.text.startswith(f"BRF-{number} "))


def passes_on(
    office: Office, who: str, *, feedback: str = "", unnamed: bool = False, on: str = "Please pass on"
) -> None:
    person = office.member(who)
    person.press("Passed on", on=person.sees(on))
    person.fill("To whom", "All team leaders")
    person.fill("How", "By e-mail")
    if feedback:
        person.fill("What people said", feedback)
    if unnamed:
        person.fill("With what people said", ["Do not name me"])
    assert person.submit() is None
    office.settle()


def test_messages_are_taken_home_counted_and_answered(office: Office) -> None:
    """The main path: the messages to the letter, as a file, passed on, the count, what people said, put right."""
    joins(office, JOAN, organisation="Westmere Trust")
    joins(office, ESTHER, Role.GROUP_CHAIR)
    post(office)
    joan, amina = office.member(JOAN), office.member(AMINA)
    asked = joan.sees("Please pass on the key messages of Board meeting, 20 November")
    assert MESSAGES in asked.text
    assert "0 of 3 have passed it on" in card(office).text
    carry = amina.sees("1 person is not in Slack")
    assert "piers@westmere.example" in carry.text
    assert MESSAGES in carry.text
    passes_on(office, JOAN, feedback="When does the car park open?")
    assert "1 of 3 have passed it on" in card(office).text
    assert audit.verify(office.app.database).findings == ()
