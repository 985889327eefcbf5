"""Getting the facts: asked of whoever knows, in Slack or not, chased, answered, and taken into a draft."""

from bot.core import audit
from tests.office import AMINA, JOAN, PRESS, Office
from tests.scenarios.acts import card, log, take

QUESTION = "How many beds are closed on Ward 7, and since when?"
ANSWER = "12 of 28, since 3 November."


def ask(
    office: Office,
    whom: str = JOAN,
    who: str = AMINA,
    *,
    question: str = QUESTION,
    why: str = "A paper asks about the winter.",
    number: int = 1,
) -> None:
    """Asks a member of the workspace, by the time that the form proposes."""
    person = office.member(who)
    person.press("Ask for facts", on=card(office, number, who))
    person.fill("What you need to know", question)
    person.fill("Why it is asked", why)
    person.fill("Who knows", whom)
    assert person.submit() is None
    office.settle()


def answer(office: Office, who: str = JOAN, text: str = ANSWER, *, button: str = "Answer", on: str = QUESTION) -> None:
    person = office.member(who)
    person.press(button, on=person.sees(on))
    person.fill("Your answer", text)
    assert person.submit() is None
    office.settle()


def thread(office: Office, number: int = 1, who: str = AMINA) -> list[str]:
    return [one.text for one in office.member(who).messages(channel=PRESS, thread=card(office, number, who))]


def test_facts_are_asked_for_answered_corrected_and_used(office: Office) -> None:
    """The main path, on both databases; all of it stands on the record."""
    log(office)
    take(office)
    ask(office)
    assert "Waiting for facts from Joan Tattersby by" in card(office).text
    assert "Amina Rahman asked Joan Tattersby" in thread(office)[-1]
    joan, amina = office.member(JOAN), office.member(AMINA)
    asked = joan.sees("The press office asks you")
    assert QUESTION in asked.text
    assert "A paper asks about the winter." in asked.text
    assert "Only the press office sees what you write" in asked.text
    assert QUESTION in joan.open_home().text
    answer(office)
    assert "1 fact in" in card(office).text
    assert "Waiting for facts" not in card(office).text
    assert ANSWER in thread(office)[-1]
    assert ANSWER in amina.sees("Facts from Joan Tattersby").text
    assert QUESTION not in joan.open_home().text
    answer(office, text="13 of 28.", button="Correct the answer", on="Answered, thank you")
    newest = amina.messages(channel=PRESS, thread=card(office))[-1]
    assert "13 of 28." in newest.text
    assert "corrects" in newest.text
    amina.press("Use in draft", on=newest)
    assert amina.form is not None
    assert amina.form.values["Text"] == "13 of 28."
    amina.fill("In the name of", "Gareth Pryce")
    assert amina.submit() is None
    office.settle()
    assert "13 of 28." in thread(office)[-1]
    assert audit.verify(office.app.database).findings == ()
