"""An enquiry's day, as people live it."""

from datetime import timedelta

from tests.office import AMINA, BEN, CARYS, ESTHER, FARAH, GARETH, HANNAH, PRESS, Office
from tests.scenarios.acts import TEXT, approve, ask_for_signatures, card, draft, log, more, said, take


def test_an_enquiry_is_logged_signed_issued_and_closed(office: Office) -> None:
    """The whole main path: log, take, draft, ask, sign, issue, close; nothing goes out before the last signature."""
    amina, esther, gareth, hannah = map(office.member, (AMINA, ESTHER, GARETH, HANNAH))
    log(office)
    assert "Nobody yet" in card(office).text
    take(office)
    assert "Owner  Amina Rahman" in card(office).text
    draft(office)
    amina.press("Ask for signatures", on=card(office))
    form = amina.wait_for_form()
    assert "Esther Lindqvist, the topic’s lead" in form.text
    assert "Hannah Oduya, executive" in form.text
    assert amina.submit() is None

    shown = amina.sees("Waiting for 2 signatures", channel=PRESS)
    assert "Record as issued" not in shown.buttons
    request = esther.sees("Please sign STA-1")
    assert TEXT in request.text
    assert request.buttons == ["Approve", "Ask for changes", "Suggest wording", "Pass to someone"]
    assert "Approve" not in hannah.sees("For your information: STA-1").buttons
    esther.press("Approve", on=request)
    esther.sees("Approved: STA-1")
    amina.sees("Waiting for 1 signature: Gareth Pryce", channel=PRESS)
    gareth.press("Approve", on=gareth.sees("Please sign STA-1"))

    amina.press("Record as issued", on=amina.sees("STA-1 is signed and can go out"))
    assert TEXT in amina.wait_for_form().text
    assert amina.submit() is None
    office.settle()
    shown = card(office)
    assert "Closed: answered with a statement" in shown.text
    assert shown.buttons == ["Reopen", "Add note", "Show more"]
    history = "\n".join(message.text for message in amina.messages(channel=PRESS, thread=shown))
    assert "Rosa Achter, Evening Courier <rosa@courier.example>" in history
    assert [line for line in history.splitlines() if line.startswith("Amina Rahman")][:2] == [
        "Amina Rahman logged ENQ-1.",
        "Amina Rahman took ENQ-1.",
    ]


def test_two_people_take_the_same_enquiry_and_one_is_told(office: Office) -> None:
    """The slower of two is told who has it, and the card shows the quicker."""
    log(office)
    ben, before = office.member(BEN), card(office)
    take(office)
    shown = ben.press_raw(before, "enquiry.take", value="1")
    assert shown.form is not None
    assert "Amina Rahman has ENQ-1" in shown.form.text


def test_the_form_keeps_what_was_typed_and_says_what_is_missing(sqlite_office: Office) -> None:
    """Nothing typed is lost: the form stays open with a sentence beside the field."""
    amina = sqlite_office.member(AMINA)
    form = amina.shortcut("Log a media enquiry")
    assert form.title == "Log a media enquiry"
    amina.fill("What is asked", "Why?")
    amina.fill("Journalist", "Rosa Achter")
    amina.fill("Outlet", "Courier")
    amina.fill("E-mail", "rosa@courier.example")
    again = amina.submit()
    assert again is not None
    assert "Give the deadline" in again.errors["Deadline"]
    assert again.values["Journalist"] == "Rosa Achter"


def test_a_deadline_already_past_is_asked_about(sqlite_office: Office) -> None:
    """A late enquiry can be logged, but only by somebody who means it."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    amina.run("/enquiry Why are the buses late?", channel=PRESS)
    amina.fill("Journalist", "Rosa Achter")
    amina.fill("Outlet", "Courier")
    amina.fill("E-mail", "rosa@courier.example")
    amina.fill("Deadline", office.clock.now() - timedelta(hours=1))
    asked = amina.submit()
    assert asked is not None
    assert "The deadline has passed" in asked.labels
    assert asked.values["Journalist"] == "Rosa Achter"
    amina.fill("The deadline has passed", ["It is late already: log it so"])
    assert amina.submit() is None
    assert "late" in card(office).text


def test_an_enquiry_changes_hands_deadline_and_topic_and_gathers_notes(sqlite_office: Office) -> None:
    """Give, change the deadline, change the topic, add a note: each shows on the card and in its thread."""
    office, amina, ben = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(BEN)
    log(office)
    take(office)
    more(office, "Give to someone", AMINA)
    amina.fill("To whom", BEN)
    assert amina.submit() is None
    ben.sees("Amina Rahman gave you ENQ-1")
    assert "Owner  Ben Okafor" in card(office).text

    more(office, "Change deadline", BEN)
    ben.fill("Deadline", office.clock.now() + timedelta(hours=2))
    assert ben.submit() is None
    assert "soon, less than 3 hours left" in card(office).text

    more(office, "Change topic", BEN)
    ben.fill("Topic", "Parking (Farah Castellane)")
    assert ben.submit() is None
    assert "Topic: Parking" in card(office).text

    ben.press("Add note", on=card(office))
    ben.fill("Note", "Rosa called; *she* also asks about <!channel> trams :x:")
    assert ben.submit() is None
    office.settle()
    thread = ben.messages(channel=PRESS, thread=card(office))
    assert "Rosa called; *she* also asks about <!channel> trams :x:" in thread[-1].text


def test_an_enquiry_is_declined_and_reopened(sqlite_office: Office) -> None:
    """An enquiry never closes without an outcome, declining needs a reason, and reopening too."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office)
    take(office)
    amina.press("Close", on=card(office))
    amina.fill("Outcome", "Answered with a statement")
    refused = amina.submit()
    assert refused is not None
    assert "Nothing that was sent is on file" in refused.errors["Outcome"]
    amina.fill("Outcome", "Declined")
    refused = amina.submit()
    assert refused is not None
    assert "Say why" in refused.errors["Reason or details"]
    amina.fill("Reason or details", "It is about another trust.")
    assert amina.submit() is None
    assert "Closed: declined" in card(office).text

    amina.press("Reopen", on=card(office))
    amina.fill("Why it is opened again", "The editor insists.")
    assert amina.submit() is None
    assert "Not drafted yet" in card(office).text
    office.wait(hours=7)
    amina.sees("Your answer to ENQ-1")


def test_an_enquiry_is_referred_to_a_partner(sqlite_office: Office) -> None:
    """Referring needs to say to whom, and the card says so."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office)
    amina.press("Close", on=card(office))
    amina.fill("Outcome", "Referred to a partner")
    refused = amina.submit()
    assert refused is not None
    assert "Choose the organisation" in refused.errors["Referred to"]
    amina.fill("Referred to", "Westmere Trust")
    amina.fill("Reason or details", "Piers Nakamura has it; he rang.")
    assert amina.submit() is None
    assert "referred to a partner, Westmere Trust" in card(office).text


def test_list_reference_and_help(sqlite_office: Office) -> None:
    """The quick words of `/enquiry`."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    assert "Nothing is open" in said(amina.run("/enquiry list", channel=PRESS))
    log(office, hours=6, question="Second by deadline")
    log(office, hours=2, question="First by deadline")
    listed = said(amina.run("/enquiry list", channel=PRESS))
    assert listed.index("First by deadline") < listed.index("Second by deadline")
    assert "Second by deadline" in said(amina.run("/enquiry enq-1", channel=PRESS))
    assert "There is no ENQ-9" in said(amina.run("/enquiry ENQ-9", channel=PRESS))
    assert "What you can type" in said(amina.run("/enquiry help", channel=PRESS))
    form = amina.run("/enquiry listed buildings in Mill Lane", channel=PRESS).form
    assert form is not None
    assert form.values["What is asked"] == "listed buildings in Mill Lane"


def test_the_same_form_sent_twice_makes_one_enquiry(sqlite_office: Office) -> None:
    """Slack repeats itself; the desk does not."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office)
    office.sandbox.redeliver_last()
    office.settle()
    assert len([m for m in amina.messages(channel=PRESS) if "ENQ-" in m.text]) == 1


def test_the_card_follows_the_clock(sqlite_office: Office) -> None:
    """The band is drawn anew when it changes, without anybody pressing anything."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office, hours=4)
    for hours, words in ((1.01, "soon"), (2.5, "due, less than half an hour"), (0.6, "late")):
        office.wait(hours=hours)
        assert words in amina.messages(channel=PRESS)[0].text


def test_closing_waits_for_a_statement_on_its_way(sqlite_office: Office) -> None:
    """An enquiry cannot be closed over the heads of those who are asked to sign."""
    office, carys = sqlite_office, sqlite_office.member(CARYS)
    log(office)
    take(office)
    draft(office)
    ask_for_signatures(office)
    approve(office, ESTHER)
    carys.press("Close", on=card(office))
    carys.fill("Outcome", "Withdrawn by the journalist")
    refused = carys.submit()
    assert refused is not None
    assert "STA-1 is still on its way" in refused.errors["Outcome"]
    carys.close_form()
    carys.press("Withdraw", on=carys.sees("STA-1 · Statement", channel=PRESS, thread=card(office)))
    carys.fill("Why it will not go out", "She has enough.")
    assert carys.submit() is None
    office.settle()
    carys.press("Close", on=card(office))
    carys.fill("Outcome", "Withdrawn by the journalist")
    assert carys.submit() is None
    assert "withdrawn by the journalist" in card(office).text
    assert "STA-1 was withdrawn" in office.member(GARETH).sees("No longer waiting").text


def test_what_was_answered_and_is_reopened_waits_for_a_new_answer(sqlite_office: Office) -> None:
    """What went out before does not answer it again: the card says what is next, and closing as answered is refused."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office)
    take(office)
    draft(office)
    ask_for_signatures(office)
    approve(office, ESTHER, GARETH)
    amina.press("Record as issued", on=card(office))
    assert amina.submit() is None
    office.wait(hours=1)
    amina.press("Reopen", on=card(office))
    amina.fill("Why it is opened again", "They came back.")
    assert amina.submit() is None
    assert "Not drafted yet" in card(office).text
    amina.press("Close", on=card(office))
    amina.fill("Outcome", "Answered with a statement")
    refused = amina.submit()
    assert refused is not None
    assert "Nothing that was sent since it was reopened is on file" in refused.errors["Outcome"]


def test_somebody_who_only_phoned_is_logged_with_a_number(sqlite_office: Office) -> None:
    """Nothing else is needed: how it came is left as the form has it, and the deadline is open."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    amina.run("/enquiry Why are the buses late?", channel=PRESS)
    amina.fill("Journalist", "Rosa Achter")
    amina.fill("Outlet", "Evening Courier")
    amina.fill("No e-mail yet", ["Only phoned so far: their e-mail and deadline are still to come"])
    refused = amina.submit()
    assert refused is not None
    assert "Give the number they rang from" in refused.errors["Phone"]
    amina.fill("Phone", "01632 960 117")
    assert amina.submit() is None
    assert "Phone, today at 10:00" in card(office).text


def test_what_was_misheard_is_put_right(office: Office) -> None:
    """The card says it as it is; the history says what was corrected, and by whom."""
    amina = office.member(AMINA)
    log(office)
    more(office, "Correct details")
    amina.fill("Outlet", "Evening Post")
    amina.fill("E-mail", "not an address")
    refused = amina.submit()
    assert refused is not None
    assert "This is no e-mail address" in refused.errors["E-mail"]
    amina.fill("E-mail", "rosa@post.example")
    assert amina.submit() is None
    assert card(office).text.startswith("ENQ-1 · Evening Post")
    thread = amina.messages(channel=PRESS, thread=card(office))
    assert thread[-1].text == "Amina Rahman corrected what was logged: the outlet, the e-mail address."


def test_without_a_topic_nobody_fills_in_whom_to_ask(sqlite_office: Office) -> None:
    """What would be refused at the end is refused before the form opens."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office, topic=None)
    take(office)
    draft(office)
    amina.press("Ask for signatures", on=card(office))
    assert "ENQ-1 has no topic" in amina.wait_for_form("Not done").text


def test_a_refusal_about_no_field_stands_on_top_and_nothing_typed_is_lost(sqlite_office: Office) -> None:
    """Closing the sentence leads back to the form as it was filled in."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office)
    take(office)
    draft(office)
    amina.press("Ask for signatures", on=card(office))
    amina.fill("Who else must sign", [FARAH])
    ask_for_signatures(office, BEN)
    refused = amina.submit()
    assert refused is not None
    assert "Signatures on STA-1 have been asked for already" in refused.text
    amina.close_form()
    form = amina.form
    assert form is not None
    assert form.values["Who else must sign"] == [FARAH]


def test_whoever_acts_where_no_card_stands_is_told_that_it_is_done(sqlite_office: Office) -> None:
    """The press channel is archived: what was done is said to whoever did it, also where a card never came up."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office)
    office.settle()
    office.sandbox.archive(PRESS)
    log(office, BEN, channel="canteen", question="Is the pool closed?", journalist="Tom Bell", outlet="ITV")
    office.settle()
    assert "What you did is saved" in office.member(BEN).sees("Enquiries cannot be shown in their channel").text
    amina.open_home()
    amina.sees_in_home("Nobody has these yet")
    amina.press_in_home("Take it")  # ENQ-1, whose card has been up
    amina.sees("What you did is saved")
    office.settle()
    amina.sees_in_home("not drafted yet")
    amina.press_in_home("Take it")  # ENQ-2, whose card never was
    amina.sees("Amina Rahman took ENQ-2.")
