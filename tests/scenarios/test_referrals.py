"""Referring to a partner organisation: who owes what is never nobody, from asking to what they answered."""

from datetime import timedelta
from secrets import token_hex

import pytest

from bot.core.errors import BadInput
from bot.core.permissions import Act
from bot.desk import enquiry_closing, referrals, settings
from bot.desk.enquiry_closing import Closing
from bot.desk.settings import PersonDetails
from storage import people
from storage.enquiries import Outcome
from storage.people import Role
from tests.office import AMINA, BEN, CARYS, DEV, ESTHER, HANNAH, JOAN, OUTSIDE_SLACK, PIERS, PRESS, Office
from tests.scenarios.acts import card, log, more, take
from tests.scenarios.test_retention import everything_kept
from tests.scenarios.test_sensitive import assert_knows_nothing, everything_shown_to

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


def works_at(office: Office, name: str, organisation: str) -> int:
    """The administrator notes where a press officer works; gives the organisation's id."""
    with office.app.database.transaction(office.app.workspace_id, read_only=True) as tx:
        known = people.organisation_named(tx, organisation)
    assert known is not None
    roles = frozenset({Role.PRESS_OFFICER})
    details = PersonDetails(office.sandbox.user_id(name), name, "", roles, organisation_id=known.id, deputy_id=None)
    settings.save_person(office.app.desk, office.caller(CARYS), details, person_id=office.ids[name], once=token_hex(8))
    return known.id


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
    office.member(CARYS).open_home()
    stuck = office.member(CARYS).sees_in_home("Late and stuck").text
    assert f"{WESTMERE} answers it" in stuck
    assert f"Ask {JOAN}, {WESTMERE}, what they answered" in stuck

    joan.press("Done: say what you said", on=joan.sees(f"Can {WESTMERE} answer"))
    joan.fill("What you answered", "It is being resurfaced until June.")
    joan.fill("Link to it", "https://westmere.example/car-park")
    joan.fill("When", office.clock.now() - timedelta(days=4))
    early = joan.submit()
    assert early is not None
    assert "The enquiry came in at" in early.errors["When"]
    joan.fill("When", office.clock.now())
    assert joan.submit() is None
    assert "closed: referred to a partner, Westmere Trust" in card(office).text.lower().replace(
        "westmere trust", WESTMERE
    )
    assert "It is being resurfaced until June." in thread(office)
    assert "It is being resurfaced until June." in amina.sees(f"{WESTMERE} answered").text
    count = len(joan.messages())
    office.wait(days=3)
    assert len(joan.messages()) == count


def test_it_goes_back_and_forth_and_is_never_nobody_s(sqlite_office: Office) -> None:
    """Refused, asked again, taken, closed by its owner, refused after all: each time it is ours, the deadline runs."""
    office, amina, joan = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(JOAN)
    leads(office, JOAN, EASTVALE)
    log(office, question=QUESTION, hours=4)
    take(office)
    refer(office, f"{EASTVALE} ({JOAN})")
    joan.press("Not ours, because…", on=joan.sees(f"Can {EASTVALE}"))
    joan.fill("Why it is not yours", "The hospital runs that car park.")
    assert joan.submit() is None
    office.settle()
    assert "The hospital runs that car park." in amina.sees("is not for Eastvale Council").text
    assert "It was sent back" in joan.sees(f"Can {EASTVALE}").text
    assert "Not drafted yet" in card(office).text

    refer(office, f"{EASTVALE} ({JOAN})")
    office.wait(minutes=5)
    joan.press("We have it", on=joan.sees(f"Can {EASTVALE}"))
    office.settle()
    amina.press("Close", on=card(office))
    amina.fill("Outcome", "Referred to a partner")
    amina.fill("Referred to", WESTMERE)
    refused = amina.submit()
    assert refused is not None
    assert "It is with Eastvale Council" in refused.errors["Referred to"]
    amina.fill("Referred to", EASTVALE)
    assert amina.submit() is None
    assert "closed: referred to a partner, Eastvale Council" in card(office).text.replace("Closed", "closed")
    office.wait(hours=4)
    joan.sees("Please say what you answered to ENQ-1")
    joan.press("Not ours, because…", on=joan.sees(f"Can {EASTVALE}"))
    joan.fill("Why it is not yours", "I asked again. It is the hospital.")
    assert joan.submit() is None
    assert "Not drafted yet" in card(office).text
    office.wait(hours=1)
    amina.sees("Your answer to ENQ-1")

    refer(office, f"{EASTVALE} ({JOAN})")
    more(office, "More time agreed")
    amina.fill("New deadline", office.clock.now() + timedelta(hours=3))
    amina.fill("How they said it", "By e-mail")
    assert amina.submit() is None
    office.settle()
    joan.sees("The journalist’s deadline for ENQ-1")
    more(office, "Take back from partner")
    amina.fill("Why", "We know by now.")
    assert amina.submit() is None
    office.settle()
    assert "We know by now." in joan.sees("took ENQ-1").text
    assert [part in joan.sees(f"Can {EASTVALE}").text for part in ("took it back", "courier.example")] == [True, False]
    late = joan.press_raw(joan.sees("took ENQ-1"), "referral.accept", value="3").form
    assert late is not None
    assert "took this back" in late.text


def test_a_lead_without_slack_is_written_to_and_the_reply_recorded(sqlite_office: Office) -> None:
    """The owner is given the e-mail, reminded of the reply, and records it; nobody else is asked meanwhile."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office, question=QUESTION, hours=4)
    take(office)
    refer(office, f"{WESTMERE} ({PIERS})")
    carried = amina.sees(f"Please send this to {PIERS}")
    for words in ("piers@westmere.example", QUESTION, "Deadline: Mon 23 November, 2pm", "rosa@courier.example"):
        assert words in carried.text
    office.wait(hours=1)
    reminded = amina.sees(f"{PIERS} has not said whether they take ENQ-1")
    amina.press("Record reply", on=reminded)
    untouched = amina.submit()
    assert untouched is not None, "nobody said anything yet"
    assert {"What they said", "How it reached you"} <= set(untouched.errors)
    amina.fill("What they said", "They have it, and answer the journalist")
    amina.fill("How it reached you", "On the phone")
    assert amina.submit() is None
    assert f"Amina Rahman noted what {PIERS} said on the phone: {WESTMERE} has it" in thread(office)
    more(office, "Give to someone")
    amina.fill("To whom", BEN)
    assert amina.submit() is None
    office.settle()
    ben = office.member(BEN)
    ben.press("Record reply", on=ben.sees(f"Please send this to {PIERS}"))
    ben.fill("What they said", "They have answered the journalist")
    ben.fill("How it reached you", "By e-mail")
    nothing = ben.submit()
    assert nothing is not None
    assert "Say what they answered" in str(nothing.errors)
    ben.fill("Why not; or what they answered", "It is being resurfaced.")
    assert ben.submit() is None
    assert "referred to a partner, Westmere Trust" in card(office).text
    assert "It is being resurfaced." in thread(office)


def test_a_lead_goes_away_and_another_follows(sqlite_office: Office) -> None:
    """A deputy says yes in the lead's name; a new lead takes it over; when they leave too, the owner carries it."""
    office, joan = sqlite_office, sqlite_office.member(JOAN)
    leads(office, JOAN, EASTVALE, deputy=HANNAH)
    log(office, question=QUESTION, hours=30)
    take(office)
    office.member(JOAN).open_home()
    joan.press_in_home("I’m away…")
    joan.fill("Back at work", office.clock.now() + timedelta(days=5))
    assert joan.submit() is None
    refer(office, f"{EASTVALE} ({JOAN})")
    hannah = office.member(HANNAH)
    asked = hannah.sees(f"Can {EASTVALE} answer Evening Courier?; you stand in for {JOAN}")
    hannah.press("We have it", on=asked)
    assert f"Hannah Oduya, for {JOAN}: {EASTVALE} has it" in thread(office)
    office.change(JOAN, Role.BOARD_MEMBER)
    leads(office, ESTHER, EASTVALE)
    office.settle()
    assert f"{ESTHER} leads {EASTVALE} now" in thread(office)
    esther = office.member(ESTHER)
    esther.sees(f"Can {EASTVALE} answer")
    office.sandbox.deactivate(ESTHER)
    office.wait(days=1.1)
    assert f"{ESTHER} has left, and {EASTVALE} has no other lead" in thread(office)
    amina = office.member(AMINA)
    amina.press("Record reply", on=amina.sees(f"Please send this to {ESTHER}"))
    amina.fill("What they said", "They have answered the journalist")
    amina.fill("How it reached you", "By e-mail")
    amina.fill("Why not; or what they answered", "It is being resurfaced.")
    assert amina.submit() is None
    assert "referred to a partner, Eastvale Council" in card(office).text


def test_others_are_told_once_and_an_organisation_without_a_lead_is_refused(sqlite_office: Office) -> None:
    """The desk asks once whom it touches; leads read what was asked and said; where there is none, who can name one."""
    office, amina, joan = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(JOAN)
    leads(office, JOAN, EASTVALE)
    settings.save_organisation(office.app.desk, office.caller(CARYS), "Healthwatch", once=token_hex(8))
    log(office, question=QUESTION, topic=None)
    take(office)
    more(office, "Correct details")
    amina.fill("Organisation it concerns", WESTMERE)
    assert amina.submit() is None
    office.settle()
    asked = amina.sees(f"concerns {WESTMERE}. Does it touch another organisation")
    amina.press("Tell their lead", on=asked)
    amina.fill("Whose lead to tell", [f"{EASTVALE} ({JOAN})", f"{WESTMERE} ({PIERS})"])
    amina.fill("A word with it", "The buses stop there.")
    assert amina.submit() is None
    office.settle()
    told = joan.sees("For your information")
    for words in (QUESTION, "The buses stop there.", "Nothing has been said yet", "Nothing is asked of you"):
        assert words in told.text
    assert "rosa@courier.example" not in told.text
    assert "For your information" in amina.sees(f"Please send this to {PIERS}").text
    assert "told, for information: Joan Tattersby, Piers Nakamura" in thread(office)
    more(office, "Refer to partner")
    amina.fill("To whom", "Healthwatch (no lead yet)")
    refused = amina.submit()
    assert refused is not None
    assert "The comms lead or the administrator can name one" in refused.errors["To whom"]
    amina.close_form()
    own = works_at(office, BEN, "Healthwatch")
    offered = referrals.partners(office.app.desk, office.caller(AMINA), 1, Act.REFER_ENQUIRY)
    assert own not in {organisation.id for organisation, _ in offered.organisations}
    with pytest.raises(BadInput, match="Healthwatch is where the press office works"):
        referrals.refer(office.app.desk, office.caller(AMINA), 1, own, "", once="own")
    closing = Closing(Outcome.REFERRED, "They answer it.", own)
    with pytest.raises(BadInput, match="where the press office works"):
        enquiry_closing.close(office.app.desk, office.caller(AMINA), 1, closing, once="closed as own")
    amina.press("Close", on=card(office))
    amina.fill("Outcome", "Withdrawn by the journalist")
    assert amina.submit() is None
    office.wait(days=2)
    questions = [message for message in amina.messages() if "Does it touch another" in message.text]
    assert len(questions) == 1
    carys = office.member(CARYS)
    carys.open_home()
    carys.sees_in_home("Healthwatch: no lead yet")


def test_of_a_sensitive_one_a_partner_sees_what_was_sent_and_nobody_else_more(sqlite_office: Office) -> None:
    """Its lead reads the question and acts; no list, find, home or number shows them the rest, or others anything."""
    office, amina, joan = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(JOAN)
    leads(office, JOAN, EASTVALE)
    log(office, question="Is the ward closed because of the abuse case?", sensitive=True)
    office.settle()
    mine = "Sensitive: only those who work on it see this"
    amina.press("Take it", on=amina.sees(mine))
    office.settle()
    amina.press("Add note", on=amina.sees(mine))
    amina.fill("Note", "The police asked us to wait.")
    assert amina.submit() is None
    office.settle()
    amina.press("Show more", on=amina.sees(mine))
    amina.press("Refer to partner")
    assert "marked as sensitive" in str(amina.form and amina.form.text)
    amina.fill("To whom", f"{EASTVALE} ({JOAN})")
    assert amina.submit() is None
    office.settle()
    assert "abuse case" in joan.sees(f"Can {EASTVALE}").text
    office.wait(hours=3)
    assert_knows_nothing(office, BEN, DEV, ESTHER, HANNAH)
    seen = everything_shown_to(office, JOAN)
    assert "abuse case" in seen
    assert "The police asked us to wait." not in seen
    joan.press("We have it", on=joan.sees(f"Can {EASTVALE}"))
    office.settle()
    joan.press("Done: say what you said", on=joan.sees(f"Can {EASTVALE}"))
    joan.fill("What you answered", "We cannot comment on the abuse case.")
    assert joan.submit() is None
    office.wait(hours=7)
    assert "closed: referred to a partner" in amina.sees(mine).text.lower()
    assert_knows_nothing(office, BEN, DEV, ESTHER, HANNAH)
    ben = office.member(BEN)
    log(office, BEN)
    for action in ("accept", "refuse", "done", "read", "reply", "withdraw"):
        hidden = ben.press_raw(card(office, 2, BEN), f"referral.{action}", value="1").form
        ben.close_form()
        missing = ben.press_raw(card(office, 2, BEN), f"referral.{action}", value="99").form
        ben.close_form()
        assert hidden is not None, action
        assert missing is not None, action
        assert hidden.text == missing.text, action


def test_names_are_erased_from_referrals_and_from_who_gave_more_time(sqlite_office: Office) -> None:
    """After the retention period nothing of the journalist is left in what partners were sent, or in the history."""
    office, amina, joan = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(JOAN)
    leads(office, JOAN, EASTVALE)
    log(office, question=QUESTION, hours=4)
    take(office)
    more(office, "More time agreed")
    amina.fill("New deadline", office.clock.now() + timedelta(hours=9))
    amina.fill("Who agreed it", "Jim Nash-Oyelaran")
    amina.fill("How they said it", "By e-mail")
    assert amina.submit() is None
    office.settle()
    more(office, "Refer to partner")
    amina.fill("To whom", f"{EASTVALE} ({JOAN})")
    amina.fill("A word with it", "Ms Achter rings a lot.")
    assert amina.submit() is None
    office.settle()
    joan.press("We have it", on=joan.sees(f"Can {EASTVALE}"))
    office.settle()
    joan.press("Done: say what you said", on=joan.sees(f"Can {EASTVALE}"))
    joan.fill("What you answered", "Rosa Achter was told that it is being resurfaced.")
    assert joan.submit() is None
    office.settle()
    office.wait(days=1000)
    kept = everything_kept(office)
    for secret in ("Achter", "rosa@courier.example", "Oyelaran"):
        assert secret not in kept, secret
        assert secret not in joan.sees(f"Can {EASTVALE}").text
    assert "was told that it is being resurfaced." in kept
