"""The home: what waits for a person, with its buttons right there, and what is theirs."""

from datetime import timedelta

from bot.desk import leave
from bot.desk.leave import Absence
from tests.office import AMINA, BEN, CARYS, ESTHER, FARAH, GARETH, GUS, HANNAH, JOAN, LEONORA, PRESS, Office
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


def headings(office: Office, who: str, *named: str) -> dict[str, str]:
    """What stands under each of these headings of somebody's home."""
    office.settle()
    rest, found = office.member(who).open_home().text, {}
    for heading, following in zip(named, (*named[1:], "I’m away"), strict=True):
        assert heading in rest, heading
        rest = rest.partition(f"{heading}\n")[2]
        found[heading] = rest.partition(f"{following}")[0]
    return found


def test_what_comes_up_is_not_due_today_and_stands_once(sqlite_office: Office) -> None:
    """Amina's own from tomorrow on, however far; of colleagues' what is due within three working days; to somebody who
    is not of the press office, nothing of it."""
    office = sqlite_office
    for hours, who in ((3, AMINA), (24, AMINA), (240, AMINA), (5, BEN), (70, BEN), (200, BEN)):
        log(office, who, hours=hours, topic=None)
    for number, who in enumerate((AMINA, AMINA, AMINA, BEN, BEN, BEN), 1):
        take(office, who, number=number)
    log(office, hours=30, topic=None)
    home = headings(office, AMINA, "Waiting for you", "Yours", "Coming up", "Nobody has these yet")
    assert [f"ENQ-{number}" for number in range(1, 8) if f"ENQ-{number} " in home["Yours"]] == ["ENQ-1"]
    coming = [line for line in home["Coming up"].splitlines() if line.startswith("ENQ-")]
    assert [line[:5] for line in coming] == ["ENQ-4", "ENQ-2", "ENQ-5", "ENQ-3"]
    assert "Why are the buses late?" in coming[0]
    assert "Due tomorrow at 10:00  :large_green_circle: on time · yours · not drafted yet" in home["Coming up"]
    assert "ENQ-7" in home["Nobody has these yet"]

    office.wait(hours=1, minutes=40)  # half of ENQ-1's time is gone: she has been reminded
    home = headings(office, AMINA, "Waiting for you", "Yours", "Coming up", "Nobody has these yet")
    assert "Your answer to ENQ-1 · Evening Courier" in home["Waiting for you"]
    assert "Draft statement" in office.member(AMINA).open_home().buttons
    assert "Nothing else of yours is due today." in home["Yours"]
    whole = office.member(AMINA).open_home().text
    assert [whole.count(f"ENQ-{number} ") for number in range(1, 8)] == [1, 1, 1, 1, 1, 0, 1]
    assert "ENQ-" not in office.member(ESTHER).open_home().text


def test_the_comms_lead_sees_what_is_late_or_stuck_and_what_to_do(sqlite_office: Office) -> None:
    """Overdue, with nobody, unsigned, not sent, undelivered, away without a deputy: each once, with its way out."""
    office, carys, amina = sqlite_office, sqlite_office.member(CARYS), sqlite_office.member(AMINA)
    carys.open_home()
    carys.sees_in_home("Nothing is late or stuck.")
    log(office, hours=1)  # overdue
    take(office)
    log(office, hours=8, topic=None)  # with nobody
    log(office, hours=6, topic="Parking (Farah Castellane)")  # a signature is missing
    log(office, hours=7)  # signed and not sent
    for number in (3, 4):
        take(office, number=number)
        draft(office, number=number)
        ask_for_signatures(office, number=number)
    esther, gareth = office.member(ESTHER), office.member(GARETH)
    esther.press("Approve", on=esther.sees("Please sign STA-2"))
    gareth.press("Approve", on=gareth.sees("Please sign STA-2"))
    gareth.press("Approve", on=gareth.sees("Please sign STA-1"))
    office.settle()
    log(office, hours=0.9)
    take(office, CARYS, number=5)  # her own
    back = office.clock.now() + timedelta(days=2)
    leave.set_own(office.app.desk, office.caller(FARAH), Absence(None, back, None), once="away")
    office.wait(hours=3)
    home = headings(office, CARYS, "Waiting for you", "Late and stuck", "Yours")
    stuck = home["Late and stuck"]
    for words in (
        "Tell the journalist when they will hear. Ask Amina Rahman what holds it up",
        "Nobody yet · somebody has to take it\nTake it, or give it to somebody.",
        "to be signed by Farah Castellane\nHalf of the time is gone. Ring them and record their reply",
        "ready to issue\nEverybody has signed. Ask Amina Rahman to send it",
        "Farah Castellane is away, and nobody stands in",
        "Farah Castellane has no deputy. 1 thing waits for them.\nName a deputy who is there",
    ):
        assert words in stuck
    whole = carys.open_home().text
    assert [whole.count(f"ENQ-{number} ") for number in range(1, 6)] == [1] * 5
    assert "ENQ-5" not in stuck

    carys.press_in_home("Give to someone")
    carys.fill("To whom", BEN)
    assert carys.submit() is None
    office.settle()
    carys.sees_in_home("Ask Ben Okafor what holds it up")
    amina.press("Record as issued", on=card(office, 4))
    assert amina.submit() is None
    office.settle()
    shown = carys.home
    assert shown is not None
    assert "Everybody has signed" not in shown.text, "drawn anew by what somebody else did"
    assert "Late and stuck" not in office.member(BEN).open_home().text

    office.sandbox.archive(PRESS)
    carys.press_in_home("Take it")
    carys.sees_in_home("A channel could not be written to")
    assert "the channel is archived.\nPut it right and press Try again" in carys.open_home().text
    office.sandbox.unarchive(PRESS)
    carys.press_in_home("Try again")
    office.settle()
    assert "could not be written to" not in carys.open_home().text
