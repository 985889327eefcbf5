"""Holding the line: a short text for now, what is not on the record, and embargoes."""

from datetime import timedelta

from bot.sandbox import Form, Message
from tests.office import AMINA, BEN, CARYS, ESTHER, GARETH, PRESS, Office
from tests.scenarios.acts import ask_for_signatures, card, draft, log, more, take


def hold(office: Office, text: str = "We are looking into it.") -> None:
    """Drafts a holding line from the page behind *Show more*."""
    amina = office.member(AMINA)
    more(office, "Draft a holding line")
    amina.fill("Text", text)
    amina.fill("In the name of", GARETH)
    assert amina.submit() is None
    office.settle()


def sign(office: Office, what: str) -> None:
    for name in (ESTHER, GARETH):
        person = office.member(name)
        person.press("Approve", on=person.sees(f"Please sign {what}"))
    office.settle()


def below(office: Office, text: str) -> Message:
    return office.member(AMINA).sees(text, channel=PRESS, thread=card(office))


def issue(office: Office) -> Form:
    """Records what is ready. Gives the form as it was before it was sent."""
    amina = office.member(AMINA)
    amina.press("Record as issued", on=card(office))
    form = amina.wait_for_form()
    assert amina.submit() is None
    office.settle()
    return form


def refused_to_close(office: Office, outcome: str) -> str:
    amina = office.member(AMINA)
    amina.press("Close", on=card(office))
    amina.fill("Outcome", outcome)
    refused = amina.submit()
    assert refused is not None
    return refused.errors["Outcome"]


def test_a_holding_line_goes_out_and_the_answer_stays_owed(sqlite_office: Office) -> None:
    """Offered at half time, beside a statement in sign-off; reminders go on, and the answer makes others needless."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office)
    take(office)
    draft(office)
    ask_for_signatures(office)
    office.wait(hours=3)
    amina.press("Draft a holding line", on=amina.sees("Half of the time is gone"))
    form = amina.wait_for_form("Hold the line: ENQ-1")
    assert "looking into it" in str(form.values["Text"])
    amina.fill("Text", "x" * 401)
    amina.fill("In the name of", GARETH)
    refused = amina.submit()
    assert refused is not None
    assert "may have 400 characters, and this has 401" in refused.errors["Text"]
    amina.fill("Text", "We are looking into it.")
    assert amina.submit() is None
    office.settle()
    assert "Waiting for 2 signatures" in card(office).text
    assert "Holding line STA-2  Being drafted" in card(office).text
    amina.press("Ask for signatures", on=card(office))
    assert amina.submit() is None
    office.settle()
    sign(office, "STA-2 (holding line)")
    assert "Send holding line STA-2 and record it as issued." in card(office).text
    assert "And then" not in issue(office).values
    shown = card(office).text
    assert "Waiting for 2 signatures: " in shown
    assert "; holding line sent, today at 13:00" in shown
    assert "A holding line is no answer yet" in refused_to_close(office, "Answered with a statement")
    amina.close_form()
    office.wait(hours=2, minutes=5)
    amina.sees("Your answer to ENQ-1")  # reminders go on
    hold(office, "We still are.")
    assert "Holding line STA-3  Being drafted" in card(office).text
    sign(office, "STA-1")
    issue(office)
    assert "The holding line STA-3 is not needed." in below(office, "The answer has gone out.").text
    shown = card(office).text
    assert "Closed: answered with a statement" in shown
    assert "olding line" not in shown


def test_a_holding_line_alone_says_that_nothing_answers_yet(sqlite_office: Office) -> None:
    """The card says when it went out, and still asks for a draft; in the list too."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office)
    take(office)
    hold(office)
    assert "Holding line STA-1 being drafted" in card(office).text
    assert "ask for signatures. The answer is still owed." in card(office).text
    assert "Draft statement" in card(office).buttons
    ask_for_signatures(office)
    office.wait(minutes=25)
    late = amina.sees("Half of the time is gone, and STA-1")
    assert "Ask for more time" in late.buttons
    assert "Draft a holding line" not in late.buttons, "it is one"
    sign(office, "STA-1 (holding line)")
    issue(office)
    assert "Stage  Holding line sent, " in card(office).text
    assert "The answer is still owed" in card(office).text
    listed = amina.run("/enquiry list mine", channel=PRESS).text
    assert listed is not None
    assert "holding line sent, " in listed
    office.wait(hours=7)
    listed = amina.run("/enquiry list overdue", channel=PRESS).text
    assert listed is not None
    assert "ENQ-1" in listed, "what was held is not answered"


def test_off_the_record_is_marked_agreed_and_no_answer(sqlite_office: Office) -> None:
    """The text to copy carries the mark; who agreed and when is on file; the answer stays owed; finds show the mark."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office)
    take(office)
    more(office, "Correct details")
    amina.fill("Terms", "Off the record")
    amina.fill("Embargo until", office.clock.now() + timedelta(hours=20))
    assert amina.submit() is None
    shown = card(office).text
    assert "Terms  Off the record" in shown
    assert "Not to be published before" in shown
    draft(office, text="The driver was ill.")
    ask_for_signatures(office)
    sign(office, "STA-1 (off the record)")
    assert "record it as issued. The answer is still owed." in card(office).text
    office.wait(minutes=31)
    assert "ready to issue; the answer is still owed" in office.member(CARYS).open_home().text
    ready = amina.sees("STA-1 is signed and can go out")
    assert (
        "OFF THE RECORD, NOT FOR PUBLICATION\n\nEMBARGOED UNTIL 06:00 (GMT) ON TUESDAY 24 NOVEMBER 2026" in ready.text
    )
    amina.press("Record as issued", on=ready)
    refused = amina.submit()
    assert refused is not None
    assert "Agreed first" in refused.errors
    amina.fill("Agreed first", ["They agreed beforehand: off the record"])
    amina.fill("When they agreed", office.clock.now() + timedelta(hours=1))
    refused = amina.submit()
    assert refused is not None
    assert "before it was sent" in refused.errors["When they agreed"]
    amina.fill("When they agreed", office.clock.now() - timedelta(minutes=20))
    assert amina.submit() is None
    office.settle()
    assert "Off the record, agreed by Rosa Achter" in below(office, "STA-1 · Off the record").text
    assert "Not drafted yet" in card(office).text
    assert "not filed as an answer" in refused_to_close(office, "Answered with background")
    amina.fill("Outcome", "Declined")
    amina.fill("Reason or details", "Spoken to off the record, nothing to publish.")
    assert amina.submit() is None
    assert "Closed: declined" in card(office).text
    office.wait(hours=21)
    assert "Embargo" not in card(office).text, "an embargo that is over is not shown as one"
    log(office, question="Was the driver ill?")
    take(office, number=2)
    found = amina.run("/enquiry find driver", channel=PRESS).text
    assert found is not None
    assert "Off the record, STA-1, sent" in found
    amina.press("Use this")
    assert amina.wait_for_form("Statement for ENQ-2").values["What it is"] == "Off the record"


def test_a_conversation_is_noted_with_its_terms(sqlite_office: Office) -> None:
    """What was said off the record shows so in the thread; a remark of ours has no terms."""
    office, ben = sqlite_office, sqlite_office.member(BEN)
    log(office)
    take(office)
    ben.press("Add note", on=card(office, who=BEN))
    ben.fill("What it is", "A remark")
    ben.fill("Note", "She knows about the driver.")
    ben.fill("On what terms", "Off the record")
    refused = ben.submit()
    assert refused is not None
    assert "no terms" in refused.errors["What it is"]
    ben.fill("What it is", "A conversation")
    assert ben.submit() is None
    office.settle()
    assert "She knows about the driver." in below(office, "noted a conversation, off the record:").text
