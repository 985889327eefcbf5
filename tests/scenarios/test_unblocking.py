"""When a signature does not come by a press: passed on, heard on the phone, disputed, gone on without."""

from storage.people import Role
from tests.office import AMINA, BEN, CARYS, ESTHER, FARAH, GARETH, HANNAH, LEONORA, PRESS, Office
from tests.scenarios.acts import approve, ask_for_signatures, card, draft, log, more, redraft, take


def in_signoff(office: Office, *, spokesperson: str = GARETH) -> None:
    log(office)
    take(office)
    draft(office, spokesperson=spokesperson)
    ask_for_signatures(office)


def thread(office: Office) -> str:
    """What stands in the thread of the first enquiry."""
    said = office.member(AMINA).messages(channel=PRESS, thread=card(office))
    return "\n".join(message.text for message in said)


def hear(office: Office, who: str, name: str, *, answer: str = "Approves this text", how: str = "On the phone") -> None:
    """Somebody records what a signatory said, from the statement's card."""
    person = office.member(who)
    person.press("Record reply", on=person.sees("STA-1 · Statement", channel=PRESS, thread=card(office)))
    person.fill("Who replied", name)
    assert person.submit() is not None
    person.fill("Answer", answer)
    person.fill("How it reached you", how)
    if answer != "Approves this text":
        person.fill("What should change", "Say sorry.")
    person.fill("How you know", "She rang at five past ten")
    person.fill("Link to it", "https://mail.example/42")
    assert person.submit() is None
    office.settle()


def go_on_without(office: Office, name: str, *, who: str = CARYS, reason: str = "She is in theatre until six.") -> None:
    person = office.member(who)
    person.press("Go on without someone", on=person.sees("STA-1 · Statement", channel=PRESS, thread=card(office)))
    person.fill("Without whom", name)
    person.fill("Why", reason)
    assert person.submit() is None
    office.settle()


def test_a_request_is_passed_to_somebody_of_the_same_role(office: Office) -> None:
    """Farah is asked instead of Esther, who signs this draft no more and is told what became of it."""
    in_signoff(office)
    esther, farah = office.member(ESTHER), office.member(FARAH)
    old = esther.sees("Please sign STA-1")
    esther.press("Pass to someone", on=old)
    esther.fill("To whom", FARAH)
    esther.fill("A word to them", "In theatre all day, sorry.")
    assert esther.submit() is None
    office.settle()
    assert esther.sees("Passed on: STA-1").buttons == []
    assert "You wrote to Farah Castellane:" in esther.sees("Passed on: STA-1").text
    refused = esther.press_raw(old, "signature.approve", value="2")
    assert refused.form is not None
    assert "This was passed to Farah Castellane" in refused.form.text
    asked = farah.sees("Please sign STA-1")
    assert "Esther Lindqvist (the topic’s lead) passed this to you to sign instead." in asked.text
    assert "In theatre all day, sorry." in asked.text
    assert "Waiting for 2 signatures: Gareth Pryce and Farah Castellane" in card(office).text
    approve(office, FARAH, GARETH)
    esther.sees("Farah Castellane approved draft 1 of STA-1 · Evening Courier, which you passed on.")
    assert "Ready to issue" in card(office).text
    assert "Esther Lindqvist (the topic’s lead) passed it to Farah Castellane" in thread(office)
    office.member(AMINA).press("Record as issued", on=card(office))
    assert office.member(AMINA).submit() is None


def test_a_new_draft_asks_the_original_again(sqlite_office: Office) -> None:
    """A pass is about one exact text: on the next, the rules name Esther, and Farah's message says so."""
    office = sqlite_office
    in_signoff(office)
    esther, farah = office.member(ESTHER), office.member(FARAH)
    esther.press("Pass to someone", on=esther.sees("Please sign STA-1"))
    esther.fill("To whom", FARAH)
    assert esther.submit() is None
    office.settle()
    approve(office, FARAH)
    redraft(office, "The buses are late because of the ice.")
    esther.sees("Please sign STA-1 · Evening Courier, draft 2")
    assert farah.sees("Replaced by a newer draft: STA-1").buttons == []
    assert "Waiting for 2 signatures: Gareth Pryce and Esther Lindqvist" in card(office).text


def test_passing_to_somebody_who_is_copied_makes_them_sign(sqlite_office: Office) -> None:
    """Hannah is Gareth's deputy and copied: what she has becomes a request to sign."""
    office = sqlite_office
    office.change(GARETH, Role.SPOKESPERSON, deputy=HANNAH)
    in_signoff(office)
    gareth = office.member(GARETH)
    gareth.press("Pass to someone", on=gareth.sees("Please sign STA-1"))
    gareth.fill("To whom", HANNAH)
    assert gareth.submit() is None
    office.settle()
    approve(office, ESTHER, HANNAH)
    assert "Ready to issue" in card(office).text
    assert "Hannah Oduya (spokesperson) approved" in thread(office)


def test_where_nobody_can_be_passed_to_nothing_is_offered(sqlite_office: Office) -> None:
    """Leonora alone could take it, and the press office lets a request be passed to deputies only."""
    office, carys = sqlite_office, sqlite_office.member(CARYS)
    carys.open_home()
    office.settle()
    carys.press_in_home("Change signing rules")
    carys.fill("A request to sign can be passed to", "Their deputy only")
    assert carys.submit() is None
    in_signoff(office)
    assert "Pass to someone" not in office.member(ESTHER).sees("Please sign STA-1").buttons


def test_a_signature_heard_on_the_phone_counts_and_its_owner_is_told(office: Office) -> None:
    """Who is in Slack is told at once, with Dispute; who, when, how and where stand beside it."""
    in_signoff(office)
    hear(office, BEN, ESTHER)
    assert "Waiting for 1 signature: Gareth Pryce" in card(office).text
    told = office.member(ESTHER).sees("Ben Okafor recorded that you approved STA-1 · Evening Courier, draft 1")
    assert "on the phone" in told.text
    assert "She rang at five past ten" in told.text
    assert told.buttons == ["Dispute"]
    assert "said on the phone, recorded by Ben Okafor" in thread(office)


def test_a_disputed_signature_counts_no_more(office: Office) -> None:
    """Before it is out: ready no more, asked again, everyone who must know is told, and then she signs herself."""
    in_signoff(office)
    approve(office, GARETH)
    hear(office, BEN, ESTHER)
    assert "Ready to issue" in card(office).text
    esther, amina = office.member(ESTHER), office.member(AMINA)
    esther.press("Dispute", on=esther.sees("Ben Okafor recorded that you approved"))
    esther.fill("What is wrong", "I said: after the board.")
    assert esther.submit() is None
    office.settle()
    assert "Waiting for 1 signature: Esther Lindqvist" in card(office).text
    assert "Record as issued" not in card(office).buttons
    disputed = "recorded: that they approved STA-1 · Evening Courier, draft 1."
    for name, by in ((AMINA, "Ben Okafor"), (CARYS, "Ben Okafor"), (BEN, "you")):
        told = office.member(name).sees(f"Esther Lindqvist disputes what {by} {disputed}")
        assert "The signature counts no more" in told.text
        assert "I said: after the board." in told.text
    assert f"Esther Lindqvist disputes what Ben Okafor {disputed}" in thread(office)
    asked = esther.sees("Please sign STA-1").text
    assert "What was recorded is disputed, because:" in asked
    assert "You asked for" not in asked
    assert amina.sees("was ready to issue and is not any more").buttons == []
    carys = office.member(CARYS)
    carys.press("Go on without someone", on=carys.sees("STA-1 · Statement", channel=PRESS, thread=card(office)))
    form = carys.wait_for_form("Go on without someone")
    assert "Esther Lindqvist disputed what was recorded:" in form.text
    assert "I said: after the board." in form.text
    carys.fill("Without whom", "Esther Lindqvist, the topic’s lead")
    carys.fill("Why", "x")
    refused = carys.submit()
    assert refused is not None
    assert "Say in a few words why" in refused.errors["Why"]
    carys.fill("Why", "The chair has agreed to it.")
    assert carys.submit() is None
    office.settle()
    ready = amina.sees("STA-1 can go out without one signature").text
    assert "without the signature of Esther Lindqvist (who disputed what was recorded)" in ready
    esther.press("Approve", on=esther.sees("It goes on without this signature: STA-1"))
    office.settle()
    amina.sees("STA-1 is signed and can go out")
    assert "Ready to issue" in card(office).text
    signed = esther.sees("Approved: STA-1").text
    assert "Nothing more is needed." in signed
    assert "You are asked" not in signed


def test_a_dispute_after_it_has_gone_out_is_told_at_once(sqlite_office: Office) -> None:
    """What went out stays as it was; the comms lead and the owner learn of it, and it shows on the card."""
    office = sqlite_office
    in_signoff(office)
    approve(office, GARETH)
    hear(office, BEN, ESTHER)
    amina, esther = office.member(AMINA), office.member(ESTHER)
    amina.press("Record as issued", on=card(office))
    assert amina.submit() is None
    office.settle()
    esther.press("Dispute", on=esther.sees("No longer waiting: STA-1"))
    esther.fill("What is wrong", "I never said so.")
    assert esther.submit() is None
    office.settle()
    for name in (AMINA, CARYS):
        assert "It has gone out already." in office.member(name).sees("Esther Lindqvist disputes").text
    assert "They disputed what was recorded" in thread(office)
    for message in ("Ben Okafor recorded that you approved", "No longer waiting: STA-1"):
        assert "Dispute" not in esther.sees(message).buttons, "it is disputed already"


def test_what_they_want_changed_is_recorded_too(sqlite_office: Office) -> None:
    """Esther rings to ask for changes: it holds the statement, and she is told that it was written down."""
    office = sqlite_office
    in_signoff(office)
    hear(office, BEN, ESTHER, answer="Asks for changes")
    assert "Changes asked for by Esther Lindqvist" in card(office).text
    office.member(ESTHER).sees("Ben Okafor recorded that you asked for changes to STA-1")


def test_the_comms_lead_goes_on_without_somebody_and_says_why(office: Office) -> None:
    """The reason stands on the card and in the thread, she is told, and can still be heard until it has gone out."""
    in_signoff(office)
    approve(office, GARETH)
    go_on_without(office, "Esther Lindqvist, the topic’s lead")
    assert "Ready to issue" in card(office).text
    said = thread(office)
    assert "Carys Whitlock goes on without, because: She is in theatre until six." in said
    assert "Carys Whitlock goes on without the signature of Esther Lindqvist, because:" in said
    esther = office.member(ESTHER)
    told = esther.sees("Carys Whitlock goes on without your signature")
    assert "She is in theatre until six." in told.text
    esther.press("Ask for changes", on=esther.sees("It goes on without this signature: STA-1"))
    esther.fill("What should change", "It was ice, not snow.")
    assert esther.submit() is None
    office.settle()
    assert "Changes asked for by Esther Lindqvist" in card(office).text


def test_only_the_comms_lead_goes_on_without_somebody(sqlite_office: Office) -> None:
    """A press officer who presses it learns who may; the spokesperson is kept where the rules keep them."""
    office, amina, carys = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(CARYS)
    in_signoff(office)
    place = amina.sees("STA-1 · Statement", channel=PRESS, thread=card(office))
    refused = amina.press("Go on without someone", on=place)
    assert refused.form is not None
    assert "Only the comms lead can do this." in refused.form.text
    carys.open_home()
    office.settle()
    carys.press_in_home("Change signing rules")
    carys.fill("Comms lead", [])
    assert carys.submit() is None
    approve(office, ESTHER)
    kept = carys.press("Go on without someone", on=place)
    assert kept.form is not None
    assert "No signature is missing that this could be about" in kept.form.text


def test_several_replies_by_hand_for_those_outside_slack_too(sqlite_office: Office) -> None:
    """From the card a press officer who is not the owner records Leonora's reply; nobody is told who cannot be."""
    office = sqlite_office
    in_signoff(office, spokesperson=LEONORA)
    hear(office, BEN, LEONORA, how="By e-mail")
    assert "Leonora Ashby (spokesperson) approved" in thread(office)
    assert "said by e-mail, recorded by Ben Okafor" in thread(office)


def test_when_half_of_the_time_is_gone_the_owner_is_offered_a_way_out(office: Office) -> None:
    """Once, with a holding line in the form and the deadline's form; not when everyone has signed."""
    log(office, question="And the trams?")
    in_signoff_of(office, 2)
    amina = office.member(AMINA)
    office.wait(hours=2, minutes=44)
    assert not any("Half of the time is gone" in message.text for message in amina.messages())
    office.wait(minutes=2)
    told = amina.sees("Half of the time is gone, and STA-1 for Evening Courier still waits for")
    assert told.buttons == ["Draft a holding line", "Ask for more time"]
    amina.press("Draft a holding line", on=told)
    form = amina.wait_for_form("Hold the line: ENQ-2")
    assert form.values["Text"] == "We are aware of this and are looking into it. We will say more as soon as we can."
    amina.close_form()
    amina.press("Ask for more time", on=told)
    amina.wait_for_form("ENQ-2: more time")
    amina.close_form()
    office.wait(hours=1, minutes=30)
    said = [message for message in amina.messages() if "Half of the time is gone" in message.text]
    assert len(said) == 1


def test_a_draft_after_the_deadline_is_late_and_has_no_half_time(sqlite_office: Office) -> None:
    """The request says so, the owner is offered no way out of half time, and more time is asked for with an apology."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    in_signoff(office)
    assert "Needed by" in office.member(ESTHER).sees("Please sign STA-1").text
    office.wait(days=6)
    told = [message.text for message in amina.messages() if "Half of the time is gone" in message.text]
    redraft(office, "We are sorry, and a new bus runs from tomorrow.")
    office.wait(minutes=5)
    asked = office.member(ESTHER).sees("a new bus runs").text
    assert "The time for this passed" in asked
    assert "please answer as soon as you can" in asked
    assert "Needed by" not in asked
    assert told == [message.text for message in amina.messages() if "Half of the time is gone" in message.text]
    more(office, "Ask for more time")
    assert "Please accept our apologies: you asked for an answer by" in amina.wait_for_form("ENQ-1: more time").text


def in_signoff_of(office: Office, number: int) -> None:
    log(office)
    take(office, number=number)
    draft(office, number=number)
    ask_for_signatures(office, number=number)


def test_what_somebody_pressed_counts_more_than_what_was_heard_before(sqlite_office: Office) -> None:
    """Amina's form is open when Esther asks for changes: what Esther is said to have said earlier undoes nothing."""
    office = sqlite_office
    in_signoff(office)
    amina, esther = office.member(AMINA), office.member(ESTHER)
    amina.press("Record reply", on=amina.sees("STA-1 · Statement", channel=PRESS, thread=card(office)))
    amina.fill("Who replied", ESTHER)
    assert amina.submit() is not None
    amina.fill("Answer", "Approves this text")
    amina.fill("How it reached you", "On the phone")
    amina.fill("How you know", "She rang")
    office.wait(minutes=10)
    esther.press("Ask for changes", on=esther.sees("Please sign STA-1"))
    esther.fill("What should change", "This is wrong.")
    assert esther.submit() is None
    office.settle()
    form = amina.submit()
    assert form is not None
    assert "answered in Slack at 10:10 on 23 November, after this, and that counts" in form.errors["When"]
    assert "Changes asked for by Esther Lindqvist" in card(office).text
