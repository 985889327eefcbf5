"""Lists, and what did we say last time: as people ask for them."""

from datetime import timedelta

from bot.desk import imports
from tests.office import AMINA, BEN, ESTHER, GARETH, HANNAH, PRESS, Office
from tests.scenarios.acts import TEXT, approve, ask_for_signatures, card, draft, log, said, take
from tests.storage.press_office import from_before


def issue(office: Office) -> None:
    take(office)
    draft(office)
    ask_for_signatures(office)
    approve(office, ESTHER, GARETH)
    amina = office.member(AMINA)
    amina.press("Record as issued", on=card(office))
    assert amina.submit() is None
    office.settle()


def test_what_we_said_last_time_becomes_a_draft(office: Office) -> None:
    """Found by a word of the answer, read, and used for the one enquiry that is open."""
    amina = office.member(AMINA)
    log(office)
    issue(office)
    log(office, question="More about buses?")
    take(office, number=2)
    answer = amina.run("/enquiry find snow", channel=PRESS)
    assert "1 enquiry has “snow”" in said(answer)
    amina.press("Show")
    assert TEXT in amina.wait_for_form("ENQ-1").text
    amina.close_form()
    amina.press("Use this")
    assert "As it went out before" in amina.wait_for_form("Statement for ENQ-2").text
    amina.fill("In the name of", GARETH)
    assert amina.submit() is None
    office.settle()
    assert TEXT in amina.sees("STA-2 · Statement", channel=PRESS, thread=card(office, 2)).text


def test_with_several_open_enquiries_one_is_chosen(sqlite_office: Office) -> None:
    """And what an import brought along can be used the same way."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    imports.bring_along(office.app.desk, office.caller(AMINA), [from_before(1)], sha256="0" * 64)
    for number in (2, 3):
        log(office, question=f"Pool, number {number}?")
        take(office, number=number)
    amina.run("/enquiry find repairs", channel=PRESS)
    amina.press("Use this")
    form = amina.wait_for_form("Use this text")
    assert "Answer from before Comms Desk" in form.text
    amina.fill("For which enquiry", "ENQ-3 · Evening Courier: Pool, number 3?")
    amina.submit()
    amina.wait_for_form("Statement for ENQ-3")
    amina.fill("In the name of", GARETH)
    amina.submit()
    office.settle()
    assert "For repairs." in amina.sees("STA-1 · Statement", channel=PRESS, thread=card(office, 3)).text


def test_nobody_uses_a_text_without_an_enquiry_of_their_own(sqlite_office: Office) -> None:
    office, ben = sqlite_office, sqlite_office.member(BEN)
    imports.bring_along(office.app.desk, office.caller(AMINA), [from_before(1)], sha256="0" * 64)
    ben.run("/enquiry find repairs", channel=PRESS)
    ben.press("Use this")
    assert "Take one first" in ben.wait_for_form().text


def test_what_is_not_found_can_be_logged(sqlite_office: Office) -> None:
    """The words are in the form already, all of them."""
    amina = sqlite_office.member(AMINA)
    assert "Nothing on file has “zebra crossings”" in said(amina.run("/enquiry find zebra crossings", channel=PRESS))
    amina.press("Log a media enquiry")
    form = amina.wait_for_form("Log a media enquiry")
    assert "zebra crossings" in str(form.values.get("What is asked"))


def test_lists_by_their_words_and_by_their_buttons(sqlite_office: Office) -> None:
    """Each list is a word away from the command and a press away from any other list; pages go on where they end."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    for number in range(1, 24):
        log(office, question=f"Number {number}?", hours=number)
    take(office, number=3)
    assert "1 open enquiry of yours" in said(amina.run("/enquiry list mine", channel=PRESS))
    assert "Nothing is overdue" in said(amina.run("/enquiry list overdue", channel=PRESS))
    assert "There is no list “zebras”" in said(amina.run("/enquiry list zebras", channel=PRESS))
    first = said(amina.run("/enquiry list", channel=PRESS))
    assert "23 open enquiries" in first
    assert "ENQ-20 " in first
    assert "ENQ-21 " not in first
    amina.press("Show next 3 of 3")
    page = amina.wait_for_form("Enquiries")
    assert "ENQ-21 " in page.text
    assert "ENQ-20 " not in page.text
    amina.press("Show this week")
    assert "23 enquiries came in this week" in amina.wait_for_form("Enquiries").text
    office.clock.advance(timedelta(hours=2))
    amina.press("Show overdue")
    assert "ENQ-1 " in amina.wait_for_form("Enquiries").text
    amina.press("Show")
    assert "Number 1?" in amina.wait_for_form("ENQ-1").text


def test_hostile_words_are_answered(sqlite_office: Office) -> None:
    """Whatever is typed gets an answer in words, and never a mention or an error."""
    amina = sqlite_office.member(AMINA)
    log(sqlite_office)
    for typed in ('"', "*", "NEAR(", "&", "' OR 1=1 --", "<!channel>", "x " * 1400, '"' * 2900):
        assert said(amina.run(f"/enquiry find {typed}", channel=PRESS))
    assert "Type what you look for" in said(amina.run("/enquiry find", channel=PRESS))


def test_who_may_not_see_enquiries_finds_nothing(sqlite_office: Office) -> None:
    hannah = sqlite_office.member(HANNAH)
    log(sqlite_office)
    for line in ("/enquiry find buses", "/enquiry list week"):
        assert "Only" in said(hannah.run(line, channel=PRESS))
        assert "ENQ-1" not in said(hannah.run(line, channel=PRESS))
