"""People who are away: their deputies see to what is theirs, nothing is lost, and it comes back with them."""

from datetime import datetime, timedelta

from storage.people import Role
from tests.office import AMINA, BEN, CARYS, ESTHER, FARAH, GARETH, HANNAH, LEONORA, PRESS, Office
from tests.scenarios.acts import TEXT, approve, ask_for_signatures, card, draft, log, more, take


def away(office: Office, name: str, *, hours: float = 72, starts: float = 0, deputy: str | None = None) -> None:
    """Somebody says in their home that they are away, from so many hours ahead, for so many hours."""
    person = office.member(name)
    person.open_home()
    office.settle()
    person.press_in_home("I’m away…")
    from_at = office.clock.now() + timedelta(hours=starts)
    person.fill("Away from", from_at)
    person.fill("Back at work", from_at + timedelta(hours=hours))
    if deputy is not None:
        person.fill("Deputy", deputy)
    assert person.submit() is None
    office.settle()


def in_signoff(office: Office, *, spokesperson: str = GARETH) -> None:
    log(office)
    take(office)
    draft(office, spokesperson=spokesperson)
    ask_for_signatures(office)


def sensitive_in_signoff(office: Office) -> None:
    amina = office.member(AMINA)
    log(office, sensitive=True)
    office.settle()
    for press in ("Take it", "Draft statement"):
        amina.press(press, on=amina.sees("Sensitive: only those who work on it see this"))
        office.settle()
    amina.fill("Text", TEXT)
    amina.fill("In the name of", GARETH)
    assert amina.submit() is None
    office.settle()
    amina.press("Ask for signatures", on=amina.sees("Sensitive: only those who work on it see this"))
    assert amina.submit() is None
    office.settle()


def thread(office: Office) -> str:
    """What stands in the thread of the first enquiry."""
    said = office.member(AMINA).messages(channel=PRESS, thread=card(office))
    return "\n".join(message.text for message in said)


def test_a_deputy_signs_for_a_lead_who_is_away(office: Office) -> None:
    """Asked at once in her place, Farah signs for Esther, and everyone sees for whom."""
    away(office, ESTHER, deputy=FARAH)
    in_signoff(office)
    farah = office.member(FARAH)
    request = farah.sees("Please sign STA-1 · Evening Courier, draft 1, for Esther Lindqvist")
    assert "Esther Lindqvist (the topic’s lead) is away, and you stand in" in request.text
    farah.press("Approve", on=request)
    office.settle()
    assert "Waiting for 1 signature: Gareth Pryce" in card(office).text
    assert "Farah Castellane for Esther Lindqvist (the topic’s lead) approved" in thread(office)
    assert "Farah Castellane, for Esther Lindqvist, approved draft 1." in thread(office)
    approve(office, GARETH)
    assert "Ready to issue" in card(office).text


def test_leave_that_begins_and_ends_in_the_middle_of_a_sign_off(office: Office) -> None:
    """The request moves when the leave begins and comes back, unsigned, when it ends; the deputy's buttons go."""
    away(office, ESTHER, starts=1, hours=2, deputy=FARAH)
    in_signoff(office)
    esther, farah = office.member(ESTHER), office.member(FARAH)
    esther.sees("Please sign STA-1")
    assert not any("STA-1" in message.text for message in farah.messages())
    office.wait(hours=1)
    asked = farah.sees("Please sign STA-1 · Evening Courier, draft 1, for Esther Lindqvist")
    assert "Approve" in asked.buttons
    assert "While you are away, Farah Castellane is asked for you" in esther.sees("Please sign STA-1").text
    office.wait(hours=2)
    assert farah.sees("With somebody else now: STA-1").buttons == []
    esther.sees("You are back, and so is what waits for you: STA-1 · Evening Courier")
    approve(office, ESTHER)
    assert "Waiting for 1 signature: Gareth Pryce" in card(office).text


def test_a_leave_that_came_and_went_while_nothing_ran(sqlite_office: Office) -> None:
    """After a downtime everything is where it belongs, and a tick that comes twice changes nothing."""
    office = sqlite_office
    away(office, ESTHER, starts=1, hours=1, deputy=FARAH)
    in_signoff(office)
    office.wait(hours=3)
    assert not any("for Esther Lindqvist" in message.text for message in office.member(FARAH).messages())
    before = len(office.member(ESTHER).messages())
    office.app.tick()
    office.settle()
    assert len(office.member(ESTHER).messages()) == before
    approve(office, ESTHER)


def test_an_evening_with_everyone_away(office: Office) -> None:
    """Lead, spokesperson, owner and comms lead are away: everything finds somebody, and the statement goes out."""
    office.change(HANNAH, Role.EXECUTIVE, Role.SPOKESPERSON)
    in_signoff(office)
    for name, deputy in ((ESTHER, FARAH), (GARETH, HANNAH), (AMINA, BEN), (CARYS, BEN)):
        away(office, name, deputy=deputy)
    office.wait_until(office.clock.now().replace(hour=17, minute=30))
    farah, hannah, ben = office.member(FARAH), office.member(HANNAH), office.member(BEN)
    farah.press("Approve", on=farah.sees("Please sign STA-1 · Evening Courier, draft 1, for Esther Lindqvist"))
    hannah.press("Approve", on=hannah.sees("Please sign STA-1 · Evening Courier, draft 1, for Gareth Pryce"))
    office.settle()
    ready = ben.sees("STA-1 is signed and can go out")
    ben.press("Record as issued", on=ready)
    assert ben.submit() is None
    office.settle()
    assert "Closed: answered with a statement" in card(office).text


def test_what_a_press_officer_owes_goes_to_the_deputy_and_comes_back(sqlite_office: Office) -> None:
    """Ben is told what came to him, is reminded of it, and has it no more once Amina is back."""
    office = sqlite_office
    log(office, hours=24)
    take(office)
    away(office, AMINA, hours=4, deputy=BEN)
    ben, amina = office.member(BEN), office.member(AMINA)
    assert "you stand in. With you now: ENQ-1 · Evening Courier" in ben.sees("Amina Rahman is away until").text
    assert "Owner  Amina Rahman, away; Ben Okafor stands in" in card(office).text
    ben.open_home()
    office.settle()
    ben.sees_in_home("The answer to ENQ-1 · Evening Courier, for Amina Rahman, who is away")
    amina.press_in_home("I’m back")
    office.settle()
    amina.sees("You are back, and so is what waits for you: ENQ-1")
    log(office, hours=24)
    take(office, number=2)
    away(office, AMINA, hours=4, deputy=BEN)
    assert "ENQ-" not in ben.sees("With you now: 2 things").text, "several are counted: one may be sensitive later"
    away(office, BEN, hours=4)
    amina.sees("this is with you again, though you are away: 2 things")
    assert "stands in" not in card(office).text
    home = ben.open_home().text
    assert "Nothing waits for you." in home
    assert "ENQ-1" in home.partition("Coming up")[2], "what a colleague has due tomorrow"


def test_what_is_given_to_somebody_away_is_with_the_deputy_at_once(sqlite_office: Office) -> None:
    """Carys gives Amina an enquiry without thinking of her leave: Ben is told."""
    office, carys = sqlite_office, sqlite_office.member(CARYS)
    away(office, AMINA, deputy=BEN)
    log(office, CARYS)
    more(office, "Give to someone", CARYS)
    carys.fill("To whom", AMINA)
    assert carys.submit() is None
    office.settle()
    office.member(BEN).sees("Amina Rahman is away, and you stand in: ENQ-1 · Evening Courier is with you now.")
    assert "Owner  Amina Rahman, away; Ben Okafor stands in" in card(office).text


def test_deputies_who_stand_in_for_each_other_are_told_of_and_nothing_is_lost(office: Office) -> None:
    """A circle ends with the comms lead and the owner, once, in a sentence that says what to do."""
    office.change(FARAH, Role.LEAD, deputy=ESTHER)
    away(office, ESTHER, deputy=FARAH)
    away(office, FARAH)
    in_signoff(office)
    for name in (CARYS, AMINA):
        told = office.member(name).sees("Esther Lindqvist is away until")
        assert "Farah Castellane, who would stand in, is away too. The deputies stand in for each other." in told.text
        assert "STA-1 · Evening Courier waits for them. Name a deputy who is there" in told.text
    office.wait(minutes=1)
    office.wait(minutes=1)
    said = [m.text for m in office.member(CARYS).messages() if "Esther Lindqvist is away until" in m.text]
    assert len(said) == 1
    carys = office.member(CARYS)
    carys.press("Show who is away", on=carys.sees("Esther Lindqvist is away until"))
    page = carys.wait_for_form("Who is away")
    assert "Nobody stands in" in page.text
    approve(office, ESTHER)  # on her phone, on the beach
    assert "Waiting for 1 signature: Gareth Pryce" in card(office).text


def test_a_deputy_does_not_sign_what_they_wrote(sqlite_office: Office) -> None:
    """The deputy wrote the draft: the deputy's own deputy is asked instead."""
    office = sqlite_office
    office.change(AMINA, Role.PRESS_OFFICER, deputy=FARAH)
    away(office, ESTHER, deputy=AMINA)
    in_signoff(office)
    office.member(FARAH).sees("Please sign STA-1 · Evening Courier, draft 1, for Esther Lindqvist")
    assert not any("for Esther Lindqvist" in message.text for message in office.member(AMINA).messages())
    office.wait(hours=5)
    late = office.member(AMINA).sees("has not signed STA-1")
    assert "Farah Castellane, who stands in for Esther Lindqvist, has not signed STA-1" in late.text


def test_whoever_stands_in_but_wrote_the_draft_is_not_told_that_nobody_stands_in(sqlite_office: Office) -> None:
    """Amina stands in for Esther, only not for this text, which she wrote."""
    office = sqlite_office
    away(office, ESTHER, deputy=AMINA)
    in_signoff(office)
    told = office.member(AMINA).sees("Esther Lindqvist is away until")
    assert "nobody can stand in for this one" in told.text
    assert "Amina Rahman, who would stand in, wrote this draft" in told.text
    assert "nobody stands in" not in told.text


def test_a_deputy_outside_slack_is_reached_by_the_owner(sqlite_office: Office) -> None:
    """Leonora stands in without an account: Amina sends her the text and records her answer, given for Gareth."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    away(office, GARETH, deputy=LEONORA)
    in_signoff(office)
    request = amina.sees("Please ask Leonora Ashby to sign STA-1")
    assert "They sign for Gareth Pryce, who is away." in request.text
    amina.press("Record reply", on=request)
    amina.fill("Answer", "Approves this text")
    amina.fill("How you know", "Her e-mail, 10:12")
    assert amina.submit() is None
    office.settle()
    assert "Leonora Ashby for Gareth Pryce (spokesperson) approved" in thread(office)


def test_who_signs_in_two_capacities_is_asked_twice(sqlite_office: Office) -> None:
    """Gareth is the spokesperson and stands in for the lead: each signature is pressed for itself."""
    office, gareth = sqlite_office, sqlite_office.member(GARETH)
    away(office, ESTHER, deputy=GARETH)
    in_signoff(office)
    gareth.press("Approve", on=gareth.sees("Please sign STA-1 · Evening Courier, draft 1, for Esther Lindqvist"))
    office.settle()
    assert "Waiting for 1 signature: Gareth Pryce" in card(office).text
    gareth.press("Approve", on=gareth.sees("You are asked as spokesperson"))
    office.settle()
    assert "Ready to issue" in card(office).text


def test_where_deputies_may_not_sign_they_are_asked_to_reach_whoever_must(sqlite_office: Office) -> None:
    """The press office's own rule; the deputy is reminded, and has nothing to press."""
    office, carys = sqlite_office, sqlite_office.member(CARYS)
    carys.open_home()
    office.settle()
    carys.press_in_home("Change signing rules")
    carys.fill("Topic’s lead away", [])
    assert carys.submit() is None
    away(office, ESTHER, deputy=FARAH)
    in_signoff(office)
    office.wait(hours=3)
    farah = office.member(FARAH)
    told = farah.sees("Only Esther Lindqvist can sign STA-1 · Evening Courier, and is away; please reach them")
    assert "Read and sign" not in told.buttons
    approve(office, ESTHER)


def test_the_press_office_notes_leave_for_those_who_will_not(sqlite_office: Office) -> None:
    """Carys notes it for Hannah, who is told and may say otherwise; Joan may not."""
    office, carys, gareth = sqlite_office, sqlite_office.member(CARYS), sqlite_office.member(GARETH)
    carys.open_home()
    office.settle()
    carys.press_in_home("Show who is away")
    carys.press("Note leave for someone")
    carys.fill("Who", GARETH)
    carys.fill("Back at work", office.clock.now() + timedelta(days=2))
    carys.fill("Deputy", HANNAH)
    shown = carys.submit()
    assert shown is not None
    assert "Hannah Oduya stands in." in shown.text
    office.settle()
    told = gareth.sees("Carys Whitlock noted that you are away from")
    assert "Hannah Oduya stands in meanwhile" in told.text
    in_signoff(office)
    office.member(HANNAH).sees("Please sign STA-1 · Evening Courier, draft 1, for Gareth Pryce")


def test_leave_that_makes_no_sense_is_refused_in_a_sentence(sqlite_office: Office) -> None:
    """Back before gone, in the past, for ever, one's own deputy: the form stays, and says why."""
    office, esther = sqlite_office, sqlite_office.member(ESTHER)
    now = office.clock.now()
    esther.open_home()
    office.settle()
    esther.press_in_home("I’m away…")
    cases: list[tuple[datetime, datetime, str]] = [
        (now, now - timedelta(hours=1), "has passed"),
        (now + timedelta(days=2), now + timedelta(days=1), "before the leave begins"),
        (now, now + timedelta(days=400), "longer than a year"),
    ]
    for from_at, back_at, sentence in cases:
        esther.fill("Away from", from_at)
        esther.fill("Back at work", back_at)
        refused = esther.submit()
        assert refused is not None
        assert sentence in refused.errors["Back at work"]


def test_a_signatory_who_left_slack_is_stood_in_for(sqlite_office: Office) -> None:
    """Whoever left and has a deputy counts as away; without one, the owner brings it to them."""
    office = sqlite_office
    office.change(ESTHER, Role.LEAD, deputy=FARAH)
    in_signoff(office)
    office.sandbox.deactivate(ESTHER)
    office.wait(hours=25)
    office.member(FARAH).sees("Please sign STA-1 · Evening Courier, draft 1, for Esther Lindqvist")


def test_a_deputy_sees_a_sensitive_enquiry_while_they_stand_in(sqlite_office: Office) -> None:
    """Farah is asked for Esther, reads the text and finds it in her home; when Esther is back, it is gone."""
    office, farah = sqlite_office, sqlite_office.member(FARAH)
    away(office, ESTHER, hours=2, deputy=FARAH)
    sensitive_in_signoff(office)
    asked = farah.sees("Please sign STA-1 · Evening Courier, draft 1, for Esther Lindqvist")
    assert TEXT in asked.text
    assert TEXT in farah.open_home().text
    office.wait(hours=2)
    assert not any(TEXT in message.text for message in farah.messages())
    assert TEXT not in farah.open_home().text
    approve(office, ESTHER)
    office.member(AMINA).sees("Waiting for 1 signature: Gareth Pryce")


def test_what_a_deputy_signed_of_a_sensitive_enquiry_stays_with_them(sqlite_office: Office) -> None:
    """Who has signed for somebody sees what they signed, also when that person is back."""
    office, farah = sqlite_office, sqlite_office.member(FARAH)
    away(office, ESTHER, hours=2, deputy=FARAH)
    sensitive_in_signoff(office)
    farah.press("Approve", on=farah.sees("Please sign STA-1"))
    office.wait(hours=2)
    assert TEXT in farah.sees("Approved: STA-1").text
