"""Two at once: what looks like one on file is pointed out, and whoever logs it decides."""

from bot.sandbox import Form
from tests.office import AMINA, BEN, CARYS, ESTHER, PRESS, Office
from tests.scenarios.acts import card, decide, log, more, said

CLOSING = "Is it true that the maternity unit at Northbrook is closing at weekends?"
CLOSURE = (
    "Hi, I am writing a piece on the weekend closure of the maternity unit at Northbrook. Could you confirm it, and "
    "how many mothers are affected?"
)
TO_DO = "What to do"


def asked(form: Form | None) -> Form:
    assert form is not None
    assert TO_DO in form.labels, form.text
    return form


def history(office: Office, number: int) -> str:
    shown = card(office, number)
    return "\n".join(message.text for message in office.member(AMINA).messages(channel=PRESS, thread=shown))


def test_the_same_story_from_two_outlets_is_pointed_out_and_both_cards_say_so(office: Office) -> None:
    """On top of a form filled from words; when it is sent, once; on both cards, until it is set aside."""
    amina, ben = office.member(AMINA), office.member(BEN)
    log(office, question=CLOSING)
    assert "Also asked" not in card(office).text
    form = asked(ben.run(f"/enquiry {CLOSURE}", channel=PRESS).form)
    assert "ENQ-1 · Evening Courier" in form.text
    assert "same story" in form.text
    ben.fill("Journalist", "Tom Bell")
    ben.fill("Outlet", "ITV")
    ben.fill("E-mail", "tom@itv.example")
    ben.fill("Deadline", office.clock.now().replace(hour=16))
    decide(ben, "Log it anyway")
    assert "Also asked: ENQ-1 (Evening Courier), same story" in card(office, 2).text
    assert "Also asked: ENQ-2 (ITV), same story" in card(office, 1).text

    amina.press("Look at both", on=card(office, 2))
    page = amina.wait_for_form("ENQ-2 and one other")
    assert CLOSING in page.text
    amina.press("Set aside")
    office.settle()
    assert "Also asked" not in card(office, 1).text + card(office, 2).text

    log(office, question=f"{CLOSING} And who decided?", journalist="Uma Hill", outlet="Radio Eastvale")
    assert "ENQ-1 (Evening Courier), same story · ENQ-2 (ITV), same story" in card(office, 3).text


def test_a_form_that_is_sent_asks_once_and_loses_nothing(sqlite_office: Office) -> None:
    """What was typed is all there; it is kept as a note if that is what it is; a second press doubles nothing."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office, question=CLOSING)
    amina.shortcut("Log a media enquiry")
    typed = {
        "What is asked": "And the midwives?",
        "Journalist": "R. ACHTER",
        "Outlet": "The Courier",
        "Phone": "01632 960 117",
    }
    for label, value in typed.items():
        amina.fill(label, value)
    amina.fill("Deadline", office.clock.now().replace(hour=9))
    late = amina.submit()
    assert late is not None
    assert "The deadline has passed" in late.labels
    assert TO_DO in late.labels, "what is filled in looks like ENQ-1 already"
    amina.fill("The deadline has passed", ["It is late already: log it so"])
    amina.fill("E-mail", "not an address")
    amina.fill(TO_DO, "Log it anyway")
    refused = amina.submit()
    assert refused is not None
    assert "no e-mail address" in refused.errors["E-mail"]
    amina.fill("E-mail", "rosa@elsewhere.example")
    form = asked(amina.form)
    assert {label: form.values[label] for label in typed} == typed
    amina.fill(TO_DO, "Keep with ENQ-1 as a note")
    assert amina.submit() is None
    office.sandbox.redeliver_last()
    office.settle()
    kept = history(office, 1)
    assert kept.count("kept this with ENQ-1, instead of logging it anew") == 1
    for value in (*typed.values(), "rosa@elsewhere.example", "By 09:00 on Monday 23 November"):
        assert value in kept
    assert "There is no ENQ-2" in said(amina.run("/enquiry ENQ-2", channel=PRESS))

    amina.shortcut("Log a media enquiry")
    for label, value in typed.items():
        amina.fill(label, value)
    amina.fill("Deadline", office.clock.now().replace(hour=16))
    asked(amina.submit())
    assert amina.form is not None
    assert {label: amina.form.values[label] for label in typed} == typed
    amina.fill(TO_DO, "Log as a follow-up of ENQ-1")
    assert amina.submit() is None
    office.sandbox.redeliver_last()
    assert "Follows ENQ-1 (Evening Courier)" in card(office, 2).text
    assert "Followed by ENQ-2 (The Courier)" in card(office, 1).text
    assert "There is no ENQ-3" in said(amina.run("/enquiry ENQ-3", channel=PRESS))


def test_the_email_that_an_enquiry_waits_for_is_recorded_with_it(sqlite_office: Office) -> None:
    """Who phoned writes: what came is not logged a second time, and the first goes on with the deadline."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    amina.run("/enquiry Something about midwives", channel=PRESS)
    amina.fill("Journalist", "Rosa Achter")
    amina.fill("Outlet", "Evening Courier")
    amina.fill("Phone", "01632 960 117")
    amina.fill("No e-mail yet", ["Only phoned so far: their e-mail and deadline are still to come"])
    assert amina.submit() is None
    pasted = f"From: Rosa Achter <rosa@courier.example>\nSubject: Midwives\n\n{CLOSING} By 4pm please."
    office.member(BEN).say(pasted, channel=PRESS)
    written = next(message for message in amina.messages(channel=PRESS) if "Subject: Midwives" in message.text)
    form = asked(amina.message_shortcut("Log as media enquiry", written))
    assert "same journalist" in form.text
    amina.fill(TO_DO, "Record as the e-mail that ENQ-1 waits for")
    amina.fill("Outlet", "Evening Courier")
    assert amina.submit() is None
    shown = card(office, 1)
    assert CLOSING in shown.text
    assert "rosa@courier.example" in shown.text
    assert "today at 16:00" in shown.text
    assert "There is no ENQ-2" in said(amina.run("/enquiry ENQ-2", channel=PRESS))


def test_nothing_names_a_sensitive_one_to_others(office: Office) -> None:
    """Not the form, not the card in the channel, not a link: to those who work on it all of it is shown."""
    amina, ben = office.member(AMINA), office.member(BEN)
    log(office, AMINA, question=CLOSING, sensitive=True)
    ben.run(f"/enquiry {CLOSURE}", channel=PRESS)
    assert ben.form is not None
    assert TO_DO not in ben.form.labels
    ben.close_form()
    log(office, BEN, question=CLOSURE, journalist="Tom Bell", outlet="ITV")
    assert "Also asked" not in card(office, 2, BEN).text
    assert "Also asked: ENQ-2 (ITV), same story" in amina.sees("Sensitive: only those").text
    assert "ENQ-1" not in said(ben.run("/enquiry ENQ-2", channel=PRESS))
    assert "Also asked: ENQ-1 (Evening Courier)" in said(amina.run("/enquiry ENQ-2", channel=PRESS))
    more(office, "Link to earlier", BEN, number=2)
    ben.fill("The number of the enquiry that it follows", "ENQ-1")
    refused = ben.submit()
    assert refused is not None
    assert "There is no ENQ-1" in refused.errors["The number of the enquiry that it follows"]
    ben.close_form()
    more(office, "Link to earlier", AMINA, number=2)
    amina.fill("Which enquiry it follows", "ENQ-1 · Evening Courier: Is it true that the maternity unit at Northbrook…")
    amina.submit()
    assert "ENQ-1" not in card(office, 2, BEN).text + history(office, 2)

    log(office, CARYS, question=CLOSING, journalist="Uma Hill", outlet="Radio Eastvale")
    assert "Also asked: ENQ-2 (ITV)" in card(office, 3).text
    assert "ENQ-3 (Radio Eastvale)" in card(office, 2).text
    more(office, "Mark as sensitive", CARYS, number=3)
    assert office.member(CARYS).submit() is None
    assert "Radio Eastvale" not in card(office, 2, BEN).text
    assert "Only" in said(office.member(ESTHER).run("/enquiry ENQ-2", channel=PRESS))
