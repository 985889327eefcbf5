"""Referring to a partner organisation: who owes what is never nobody, from the asking to what they answered."""

from secrets import token_hex

from bot.desk import settings
from bot.desk.settings import PersonDetails
from storage import people
from storage.people import Role
from tests.office import AMINA, CARYS, JOAN, OUTSIDE_SLACK, PRESS, Office
from tests.scenarios.acts import card, log, more, take

WESTMERE, EASTVALE = "Westmere Trust", "Eastvale Council"
QUESTION = "Why is the Westmere car park closed?"


def leads(office: Office, name: str, organisation: str = WESTMERE, *, deputy: str | None = None) -> None:
    """The administrator makes somebody the communications lead of an organisation, which is added if need be."""
    desk, administrator = office.app.desk, office.caller(CARYS)
    with office.app.database.transaction(office.app.workspace_id, read_only=True) as tx:
        known = people.organisation_named(tx, organisation)
    if known is None:
        settings.save_organisation(desk, administrator, organisation, once=token_hex(8))
        with office.app.database.transaction(office.app.workspace_id, read_only=True) as tx:
            known = people.organisation_named(tx, organisation)
    assert known is not None
    details = PersonDetails(
        slack_user_id=None if name in OUTSIDE_SLACK else office.sandbox.user_id(name),
        name=name,
        email=f"{name.split(maxsplit=1)[0].lower()}@partners.example",
        roles=frozenset({Role.ORGANISATION_LEAD}),
        organisation_id=known.id,
        deputy_id=office.ids[deputy] if deputy else None,
    )
    settings.save_person(desk, administrator, details, person_id=office.ids[name], once=token_hex(8))


def refer(office: Office, to: str = f"{WESTMERE} ({JOAN})", who: str = AMINA) -> None:
    more(office, "Refer to partner", who)
    office.member(who).fill("To whom", to)
    assert office.member(who).submit() is None
    office.settle()


def thread(office: Office, who: str = AMINA) -> str:
    office.settle()
    below = office.member(who).messages(channel=PRESS, thread=card(office))
    return "\n".join(message.text for message in below)


def test_a_partner_is_asked_takes_it_and_what_they_answered_closes_it(office: Office) -> None:
    """Asked, reminded, taken, late, answered: each side sees at every point who owes what."""
    leads(office, JOAN)
    log(office, question=QUESTION, hours=4)
    take(office)
    refer(office)
    joan, amina = office.member(JOAN), office.member(AMINA)
    asked = joan.sees(f"Can {WESTMERE} answer Evening Courier?")
    for words in (QUESTION, "Rosa Achter", "rosa@courier.example", "Deadline"):
        assert words in asked.text
    assert f"{WESTMERE} was asked to take it" in card(office).text
    assert "Until they have, it stays ours" in thread(office)

    amina.press("Close", on=card(office))
    amina.fill("Outcome", "Referred to a partner")
    amina.fill("Referred to", WESTMERE)
    refused = amina.submit()
    assert refused is not None
    assert "Nobody there has said yes" in refused.errors["Reason or details"]
    amina.close_form()

    office.wait(hours=2)
    joan.sees("Please say whether you take ENQ-1")
    amina.sees("Joan Tattersby has not said whether they take ENQ-1")
    joan.press("We have it", on=asked)
    office.settle()
    told = amina.sees("Tell the journalist whom to speak to")
    assert "Please speak to Joan Tattersby (joan@partners.example)" in told.text
    assert f"{WESTMERE} answers it" in card(office).text

    before = len(amina.messages())
    office.wait(hours=1.4)
    assert "Your answer to ENQ-1" not in "".join(message.text for message in amina.messages()[before:])
    office.wait(hours=0.7)
    assert "Please say what you answered to ENQ-1" in joan.messages()[-1].text
    amina.sees("Joan Tattersby has not said what they answered to ENQ-1")

    joan.press("Done: say what you said", on=joan.sees(f"Can {WESTMERE} answer"))
    joan.fill("What you answered", "It is being resurfaced until June.")
    joan.fill("Link to it", "https://westmere.example/car-park")
    assert joan.submit() is None
    assert "closed: referred to a partner, Westmere Trust" in card(office).text.lower().replace(
        "westmere trust", WESTMERE
    )
    assert "It is being resurfaced until June." in thread(office)
    assert "It is being resurfaced until June." in amina.sees(f"{WESTMERE} answered").text
    count = len(joan.messages())
    office.wait(days=3)
    assert len(joan.messages()) == count
