"""One statement answers several enquiries: tied while it is under way, or sent on once it has gone out."""

from datetime import timedelta

from bot.sandbox import Member
from tests.office import AMINA, BEN, CARYS, ESTHER, FARAH, GARETH, PRESS, Office
from tests.scenarios.acts import TEXT, approve, ask_for_signatures, card, draft, log, more, take

SCREENING, PARKING = "Screening (Esther Lindqvist)", "Parking (Farah Castellane)"
CLOSING = "Is it true that the maternity unit at Northbrook is closing at weekends?"


def two_at_once(office: Office, *, topic: str = SCREENING, sensitive: bool = False) -> None:
    """The Courier asks, and a statement is drafted; ITV asks about the same, with less time."""
    log(office, question=CLOSING)
    take(office)
    draft(office)
    log(
        office,
        BEN,
        question=f"{CLOSING} And why?",
        journalist="Tom Bell",
        outlet="ITV",
        topic=topic,
        hours=3,
        sensitive=sensitive,
    )


def answer_with(person: Member, office: Office, number: int = 2) -> None:
    """By the page on which both stand."""
    person.press("Look at both", on=card(office, number))
    person.press("Answer with this")


def thread(office: Office, number: int) -> str:
    shown = card(office, number)
    return "\n".join(message.text for message in office.member(AMINA).messages(channel=PRESS, thread=shown))


def test_one_statement_answers_two_from_draft_to_issue(office: Office) -> None:
    """Tied while it is signed: the other lead signs too, by the nearer deadline; both are answered, each on file."""
    amina, ben, farah = office.member(AMINA), office.member(BEN), office.member(FARAH)
    two_at_once(office, topic=PARKING)
    ask_for_signatures(office)
    approve(office, ESTHER, GARETH)
    assert "Ready to issue" in card(office).text
    take(office, BEN, number=2)
    answer_with(ben, office)
    form = ben.wait_for_form("STA-1 for ENQ-2")
    assert TEXT in form.text
    assert "Farah Castellane must sign it too" in form.text
    assert ben.submit() is None
    office.sandbox.redeliver_last()
    office.settle()
    assert "with your STA-1" in amina.sees("Ben Okafor answers ENQ-2 from ITV").text
    for number in (1, 2):
        assert "Answers ENQ-1 (Evening Courier), ENQ-2 (ITV)" in thread(office, number)
        assert "Waiting for 1 signature: Farah Castellane" in card(office, number).text
        assert thread(office, number).count("STA-1 · Statement, draft 1") == 1
        assert thread(office, number).count("Ben Okafor answers ENQ-2 with STA-1") == 1
        assert "Farah Castellane must sign STA-1 too" in thread(office, number)
    request = farah.sees("Please sign STA-1")
    assert "Evening Courier, ITV" in request.text
    approve(office, FARAH)
    assert "Ready to issue" in card(office, 2).text

    office.wait(hours=2)
    amina.press("Record as issued", on=card(office))
    form = amina.wait_for_form("STA-1: issued")
    assert form.values["To whom, for ENQ-1"] == "Rosa Achter, Evening Courier <rosa@courier.example>"
    assert form.values["To whom, for ENQ-2"] == "Tom Bell, ITV <tom@itv.example>"
    amina.fill("And then close as answered", ["ENQ-2 · ITV"])
    assert amina.submit() is None
    office.settle()
    assert "Stage  Answered" in card(office, 1).text
    assert "Closed: answered with a statement" in card(office, 2).text
    assert "Tom Bell, ITV" in ben.sees("Amina Rahman sent STA-1 for ENQ-2, which is yours").text
    assert "Tom Bell" not in thread(office, 1).split("recorded STA-1 as issued")[1].split("\n")[1]
    assert "Tom Bell, ITV <tom@itv.example>" in thread(office, 2)
    assert "went out by e-mail" in farah.sees("STA-1 went out").text
    before = len(ben.messages()) + len(amina.messages())
    office.wait(hours=8)
    assert len(ben.messages()) + len(amina.messages()) == before, "nothing more is owed on either"
    said = amina.run("/enquiry find snow", channel=PRESS).text or ""
    assert "2 enquiries have “snow”" in said


def test_what_went_out_at_three_is_sent_to_another_at_four(office: Office) -> None:
    """Exactly as it was signed, with a dispatch of its own, once; not where somebody else must sign for it."""
    amina, ben = office.member(AMINA), office.member(BEN)
    two_at_once(office)
    ask_for_signatures(office)
    approve(office, ESTHER, GARETH)
    amina.press("Record as issued", on=card(office))
    assert amina.submit() is None
    office.wait(hours=1)
    more(office, "Answer with statement", BEN, number=2)
    ben.fill("Answer with which statement", f"STA-1 (sent) · Evening Courier: {TEXT}")
    ben.submit()
    form = ben.wait_for_form("STA-1 for ENQ-2")
    assert TEXT in form.text
    assert "to Rosa Achter, Evening Courier" in form.text
    assert form.values["To whom"] == "Tom Bell, ITV <tom@itv.example>"
    ben.fill("How", "Read out on the phone")
    ben.fill("When", office.clock.now() - timedelta(hours=2))
    refused = ben.submit()
    assert refused is not None
    assert "Give the time after that" in refused.errors["When"]
    ben.fill("When", office.clock.now() - timedelta(minutes=5))
    assert ben.submit() is None
    office.sandbox.redeliver_last()
    office.settle()
    assert "Closed: answered with a statement" in card(office, 2).text
    assert thread(office, 2).count("Ben Okafor recorded STA-1 as issued, draft 1, read out on the phone") == 1
    statement = amina.sees("STA-1 · Statement", channel=PRESS, thread=card(office, 1)).text
    assert statement.count("Issued") == 2
    assert "Tom Bell, ITV" in statement

    log(office, question=f"{CLOSING} Who decided?", journalist="Uma Hill", outlet="Radio Eastvale", topic=PARKING)
    amina.press("Look at all", on=card(office, 3))
    amina.press("Answer with this")
    refusal = amina.wait_for_form("Not done")
    assert "Farah Castellane must sign for that and has not signed STA-1" in refusal.text


def test_it_is_untied_until_it_goes_out_and_from_whom_it_did_not_go_to(sqlite_office: Office) -> None:
    """Whoever was to sign for it alone need not; its card goes; and what did not go to somebody answers nobody."""
    office, ben, carys = sqlite_office, sqlite_office.member(BEN), sqlite_office.member(CARYS)
    two_at_once(office, topic=PARKING)
    ask_for_signatures(office)
    approve(office, ESTHER, GARETH)
    answer_with(ben, office)
    assert ben.submit() is None
    office.settle()
    assert (
        "Untie an enquiry"
        in office.member(AMINA).sees("STA-1 · Statement", channel=PRESS, thread=card(office, 2)).buttons
    )
    more(office, "Mark as sensitive", BEN, number=2)
    refused = ben.submit()
    assert refused is not None
    assert "STA-1 is to answer ENQ-1 too" in refused.text
    ben.close_form()
    ben.close_form()
    ben.close_form()
    ben.press("Untie an enquiry", on=ben.sees("STA-1 · Statement", channel=PRESS, thread=card(office, 2)))
    ben.fill("Which enquiry STA-1 does not answer", "ENQ-2 · ITV")
    assert ben.submit() is None
    office.settle()
    assert "Farah Castellane need not sign STA-1 any more" in thread(office, 1)
    assert "Ready to issue" in card(office, 1).text
    assert "STA-1 · Statement" not in thread(office, 2)
    assert "Nobody has it" in card(office, 2).text
    assert "Approve" not in office.member(FARAH).sees("STA-1").buttons

    answer_with(carys, office)
    assert carys.submit() is None
    office.settle()
    assert "Waiting for 1 signature: Farah Castellane" in card(office, 2).text
    approve(office, FARAH)
    carys.press("Record as issued", on=card(office))
    carys.fill("To whom, for ENQ-2", "")
    assert carys.submit() is None
    office.settle()
    assert "Closed: answered" in card(office, 1).text
    assert "Nobody has it" in card(office, 2).text
    more(office, "Answer with statement", CARYS, number=2)
    assert carys.form is not None


def test_a_sensitive_one_has_statements_of_its_own(sqlite_office: Office) -> None:
    """It is refused in a sentence, whichever of the two is the sensitive one; and later marking leaks nothing."""
    office, amina, ben = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(BEN)
    two_at_once(office, sensitive=True)
    ben.press("Show more", on=ben.sees("Sensitive: only those"))
    ben.press("Answer with statement")
    assert "ENQ-2 is sensitive" in ben.wait_for_form("Not done").text
    ben.close_form()
    ben.close_form()
    ask_for_signatures(office)
    approve(office, ESTHER, GARETH)
    log(office, question=f"{CLOSING} Who decided?", journalist="Uma Hill", outlet="Radio Eastvale")
    amina.press("Look at both", on=card(office, 3))
    amina.press("Answer with this")
    assert amina.submit() is None
    office.settle()
    amina.press("Record as issued", on=card(office))
    assert amina.submit() is None
    office.settle()
    assert "Radio Eastvale" in amina.sees("STA-1 · Statement", channel=PRESS, thread=card(office, 1)).text
    more(office, "Mark as sensitive", CARYS, number=3)
    assert office.member(CARYS).submit() is None
    office.settle()
    statement = ben.sees("STA-1 · Statement", channel=PRESS, thread=card(office, 1)).text
    assert "Rosa Achter" in statement, "what answered the other stays with it"
    seen = statement + "".join(message.text for message in (*ben.messages(channel=PRESS), *ben.messages()))
    for message in ben.messages(channel=PRESS):
        seen += "".join(reply.text for reply in ben.messages(channel=PRESS, thread=message))
    for words in ("Radio Eastvale", "Uma Hill", "ENQ-3"):
        assert words not in seen, words
    assert "closed: answered" in card(office, 1, BEN).text.lower()
