"""The home: what waits for a person, with its buttons right there, and what is theirs."""

from tests.office import AMINA, CARYS, ESTHER, GARETH, GUS, HANNAH, JOAN, LEONORA, Office
from tests.scenarios.acts import TEXT, approve, ask_for_signatures, card, draft, log, take


def test_a_signatory_signs_in_the_home(office: Office) -> None:
    """*Waiting for you* holds the whole text and its buttons, and is empty once it is done."""
    esther = office.member(ESTHER)
    assert "Nothing waits for you" in esther.open_home().text
    log(office)
    take(office)
    draft(office)
    ask_for_signatures(office)
    home = esther.sees_in_home("Please sign STA-1")
    assert TEXT in home.text
    assert {"Approve", "Ask for changes", "Suggest wording"} <= set(home.buttons)
    esther.press_in_home("Approve")
    esther.sees_in_home("Nothing waits for you")
    office.settle()
    assert "Waiting for 1 signature: Gareth Pryce" in card(office).text


def test_a_press_officer_sees_what_is_theirs_and_what_nobody_has(office: Office) -> None:
    """*Yours* follows each step, with the next step's button."""
    amina = office.member(AMINA)
    amina.open_home()
    log(office)
    amina.sees_in_home("Nobody has these yet")
    amina.press_in_home("Take it")
    amina.sees_in_home("not drafted yet")
    amina.press_in_home("Draft statement")
    amina.fill("Text", TEXT)
    amina.fill("In the name of", LEONORA)
    assert amina.submit() is None
    amina.sees_in_home("being drafted")
    amina.press_in_home("Ask for signatures")
    assert amina.submit() is None
    amina.sees_in_home("Please ask Leonora Ashby to sign STA-1")
    amina.press_in_home("Record reply")
    amina.fill("Answer", "Asks for changes")
    amina.fill("What should change", "Not snow, ice.")
    amina.fill("How you know", "She rang at ten")
    assert amina.submit() is None
    amina.sees_in_home("Changes asked for: STA-1")
    amina.press_in_home("Keep the wording")
    amina.fill("Why the wording stays", "It was snow.")
    assert amina.submit() is None
    amina.sees_in_home("Please ask Leonora Ashby to sign STA-1")


def test_the_home_of_somebody_without_a_role_says_whom_to_ask(sqlite_office: Office) -> None:
    """A stranger learns nothing, kindly."""
    guest = sqlite_office.member(GUS)
    log(sqlite_office)
    home = guest.open_home()
    assert "Nothing waits for you here" in home.text
    assert "Courier" not in home.text


def test_the_home_follows_the_clock(sqlite_office: Office) -> None:
    """The band in the home changes with time, without a press."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    amina.open_home()
    log(office, hours=4)
    take(office)
    amina.sees_in_home("on time")
    office.wait(hours=1.01)
    amina.sees_in_home("soon, less than 3 hours left")


def test_everyone_who_is_asked_sees_it_within_the_same_moment(sqlite_office: Office) -> None:
    """Homes are drawn anew by the change itself; nobody has to open theirs again."""
    office = sqlite_office
    for name in (ESTHER, GARETH, HANNAH, JOAN, CARYS):
        office.member(name).open_home()
    log(office)
    take(office)
    draft(office)
    ask_for_signatures(office)
    for name in (ESTHER, GARETH):
        office.member(name).sees_in_home("Please sign STA-1")
    approve(office, ESTHER, GARETH)
    office.member(AMINA).open_home()
    office.member(AMINA).sees_in_home("ready to issue")
    assert "STA-1" not in (office.member(JOAN).open_home().text)
