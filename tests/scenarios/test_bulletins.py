"""The e-bulletin: items are called for, given, written down, nagged for, and taken as text and as a file."""

import io
from datetime import date

import docx

from bot.desk import leave
from bot.desk.leave import Absence
from storage.people import Role
from tests.office import AMINA, BEN, CARYS, GARETH, HANNAH, JOAN, Office
from tests.scenarios.acts import said
from tests.scenarios.test_digests import at, digests
from tests.scenarios.test_digests_for_others import done, send_now

NEWS = "The new *clinic* opens.\n\nCome & see: <doors> open at :nine:."


def call(office: Office, who: str = AMINA, title: str = "December bulletin") -> None:
    """Calls for items by Tuesday 1 December at noon."""
    person = office.member(who)
    person.run("/desk bulletin")
    person.press("Call for items")
    person.fill("What for", title)
    person.fill("Deadline", at(12, 1, 12))
    assert person.submit() is None
    office.settle()


def add(office: Office, who: str, headline: str, button: str = "Add an item") -> None:
    person = office.member(who)
    person.press(button)
    person.fill("Headline", headline)
    person.fill("Text", NEWS)
    person.fill("Link", "northbrook.example/clinic")
    person.fill("News until", date(2026, 12, 24))
    assert person.submit() is None
    office.settle()


def reminders(office: Office, who: str) -> list[str]:
    office.settle()
    return [one.text for one in office.member(who).messages() if "Your items for December bulletin" in one.text]


def test_items_are_called_for_given_and_put_together(office: Office) -> None:
    """One gives, one has nothing, one is written to, one is silent and reminded: the owner gets it, verbatim."""
    office.change(HANNAH, Role.ORGANISATION_LEAD)
    office.change(GARETH, Role.GROUP_CHAIR)
    amina, hannah, gareth = office.member(AMINA), office.member(HANNAH), office.member(GARETH)
    call(office)
    assert "Have you news for December bulletin?" in hannah.sees("December bulletin").text
    card = amina.sees("December bulletin: 0 items so far").text
    assert "0 of 4 have answered" in card
    assert "Piers Nakamura (piers@westmere.example)" in card
    assert "We are putting together the December bulletin." in card
    assert [one for one in office.member(BEN).messages() if "December" in one.text] == [], "nobody else is asked"

    add(office, HANNAH, "A new clinic")
    assert "Thank you: your news for December bulletin" in hannah.sees("December bulletin").text
    gareth.press("Nothing from us")
    office.settle()
    assert "Noted: nothing from you" in gareth.sees("December bulletin").text
    amina.press("Record an item")
    amina.fill("From whom", "Piers Nakamura")
    amina.fill("How it reached you", "By e-mail")
    amina.fill("Headline", "Westmere wins")
    amina.fill("Text", "A prize for <our> wards & staff.")
    assert amina.submit() is None
    office.settle()
    assert "3 of 4 have answered" in amina.sees("December bulletin: 2 items so far").text

    for moment in (at(11, 27, 12), at(11, 30, 9), at(12, 1, 12)):
        office.wait_until(moment)
    assert len(reminders(office, JOAN)) == 3, "half way, the day before, and when it is due"
    assert reminders(office, HANNAH) == reminders(office, GARETH) == []
    assert "the deadline has passed, and 2 items came in" in amina.messages()[-1].text
    for moment in (at(12, 1, 13), at(12, 2, 9), at(12, 3, 9)):
        office.wait_until(moment)
    assert len(reminders(office, JOAN)) == 3, "never after the deadline"
    assert "you need not do anything" in office.member(JOAN).sees("December bulletin: the deadline").text

    shown = amina.press("Show the text to copy")
    assert shown.form is not None
    assert NEWS in shown.form.text
    assert "https://northbrook.example/clinic\nUntil 24 December 2026" in shown.form.text
    amina.close_form()
    amina.press("Make a Word file")
    amina.close_form()
    office.settle()
    (file,) = [file for message in amina.messages() for file in message.files]
    paragraphs = [one.text for one in docx.Document(io.BytesIO(file.content)).paragraphs]
    assert paragraphs[:3] == ["December bulletin", "A new clinic", "The new *clinic* opens."]
    assert "A prize for <our> wards & staff." in paragraphs
    acts = ("call_for_items", "add_item", "nothing_to_add", "record_item", "gather_items", "collect_items")
    assert [len(done(office, act)) for act in acts] == [1] * 6


def test_the_digest_calls_by_itself_and_digests_tell_of_it(sqlite_office: Office) -> None:
    """On the first of the month, once and in one message; a deputy answers; what is wrong is refused; an item is taken
    out, and one that comes late reaches the owner."""
    office = sqlite_office
    office.change(HANNAH, Role.ORGANISATION_LEAD)
    office.change(GARETH, Role.GROUP_CHAIR, deputy=JOAN)
    back = Absence(None, at(12, 20, 9), office.ids[JOAN])
    leave.set_for(office.app.desk, office.caller(CARYS), office.ids[GARETH], back, once="away")
    hannah, joan, carys = office.member(HANNAH), office.member(JOAN), office.member(CARYS)
    for moment in (at(12, 1, 9), at(12, 1, 9, 1), at(12, 2, 9)):
        office.wait_until(moment)
    assert len([one for one in hannah.messages() if "Have you news for December bulletin?" in one.text]) == 1
    assert digests(office, HANNAH, "Bulletin call", None) == []
    assert "Deadline" in carys.sees("December bulletin: 0 items so far").text, "what comes in goes to a comms lead"
    assert "11 Dec 2026 at 12:00" in said(hannah.run("/desk bulletin"))

    hannah.press("Add an item")
    hannah.fill("Headline", "A new clinic")
    hannah.fill("Text", NEWS)
    for link, until, refused in (
        ("see the intranet", date(2026, 12, 24), "This is no link"),
        ("javascript://alert.example", date(2026, 12, 24), "This is no link to a page"),
        ("https://northbrook.example", date(2026, 12, 1), "This day has passed"),
    ):
        hannah.fill("Link", link)
        hannah.fill("News until", until)
        form = hannah.submit()
        assert form is not None
        assert refused in " ".join(form.errors.values())
    hannah.fill("News until", date(2026, 12, 2))
    assert hannah.submit() is None
    office.settle()
    hannah.run("/desk bulletin")
    assert hannah.press("Add another item").form is not None
    hannah.close_form()

    joan.press("Nothing from us", on=joan.sees("Have you news for December bulletin?"))
    office.settle()
    assert "Not yet: Gareth Pryce and Piers Nakamura" in said(carys.run("/desk bulletin")), "Joan said it for herself"
    joan.press("Nothing from us", on=joan.sees("For Gareth Pryce, for whom you stand in"))
    office.settle()
    assert "Not yet: Piers Nakamura" in said(carys.run("/desk bulletin"))

    send_now(office, HANNAH, "week")
    (week,) = digests(office, HANNAH, "Week ahead: Wednesday 2 December, as you asked", None)
    assert "December bulletin: items by 11 Dec" in week
    assert "1 item so far" in week
    assert "“A new clinic”, Hannah Oduya" in week
    refused_and_late(office)


def refused_and_late(office: Office) -> None:
    """An item is taken out again; a second call of the same name is refused; one that comes late reaches the owner."""
    carys, hannah = office.member(CARYS), office.member(HANNAH)
    carys.press("Show what came in")
    carys.press("Take it out")
    office.settle()
    assert "took this out of what came in" in hannah.sees("A new clinic").text
    carys.run("/desk bulletin")
    carys.press("Call for items")
    carys.fill("What for", "december BULLETIN")
    form = carys.submit()
    assert form is not None
    assert "are being called for already" in " ".join(form.errors.values())
    carys.close_form()
    office.wait_until(at(12, 11, 12))
    office.wait_until(at(12, 14, 9))
    add(office, HANNAH, "Too late", "Add another item")
    assert "gave an item for December bulletin after the deadline" in carys.sees("Too late").text
