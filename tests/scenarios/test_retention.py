"""Journalists' names and addresses are erased when their time is over; what was said stays, and the record holds."""

from datetime import timedelta

import pytest

from bot.core import audit
from bot.desk import corrections, statements
from bot.desk.retention import secrets_of, without_personal
from storage import audit as entries
from storage import every_table
from storage.enquiries import Enquiry
from tests.office import AMINA, CARYS, ESTHER, GARETH, Office
from tests.scenarios.acts import TEXT, approve, ask_for_signatures, card, log, take


def answered(office: Office) -> None:
    """An enquiry with a note, answered with background, closed, and its journalist's name in all of it."""
    log(office, question="Rosa Achter asks: why are the buses late? Ring 07700 900123.")
    take(office)
    amina = office.member(AMINA)
    amina.press("Add note", on=card(office))
    amina.fill("Note", "Rang Ms Achter back, new address rosa.a@courier.example")
    assert amina.submit() is None
    amina.press("Draft statement", on=card(office))
    amina.fill("Text", TEXT)
    amina.fill("In the name of", GARETH)
    amina.fill("What it is", "Background, not for quotation")
    assert amina.submit() is None
    office.settle()
    ask_for_signatures(office)
    approve(office, ESTHER, GARETH)
    amina.press("Record as issued", on=card(office))
    amina.fill("Agreed first", ["They agreed beforehand: background, not for quotation"])
    assert amina.submit() is None
    desk, caller, reason = office.app.desk, office.caller(AMINA), "Ms Achter says it was ice."
    correction = corrections.start(desk, caller, 1, f"{TEXT} And ice.", what_was_wrong=reason, once="correction")
    statements.withdraw(desk, caller, correction.id, reason, once="withdrawn")
    office.settle()


def everything_kept(office: Office) -> str:
    """Every text in the database, in one string."""
    with office.app.database.engine.connect() as connection:
        tables = every_table().sorted_tables
        return "\n".join(str(row) for table in tables for row in connection.execute(table.select()))


def test_names_are_erased_everywhere_when_their_time_is_over(office: Office) -> None:
    """After the period nothing of the journalist is left, in the database or in Slack; what went out is on file."""
    carys = office.member(CARYS)
    carys.open_home()
    carys.press_in_home("Change what is kept")
    carys.fill("Journalists’ names and addresses are kept for", "12 months")
    assert carys.submit() is None
    answered(office)

    office.wait(days=364)
    assert "Rosa Achter" in everything_kept(office)
    assert "Rosa Achter" in card(office).text
    office.wait(days=2)
    kept = everything_kept(office)
    for secret in ("Achter", "rosa@courier.example", "rosa.a@courier.example", "07700 900"):
        assert secret not in kept
    assert "why are the buses late?" in kept
    assert "The buses are late because of the snow." in kept
    shown = card(office)
    thread = " ".join(message.text for message in office.member(AMINA).messages("press-office", shown))
    assert "Erased" in shown.text
    assert "Achter" not in shown.text + thread
    assert "erase_personal_data" in kept
    verdict = audit.verify(office.app.database)
    assert verdict.findings == ()


def test_names_of_sensitive_enquiries_and_names_that_were_corrected_are_erased_too(sqlite_office: Office) -> None:
    """The tick sees what only some people see, and knows what a journalist was called before somebody corrected it."""
    office = sqlite_office
    log(office, question="Rosa Achter asks about the abuse case.", sensitive=True)
    office.settle()
    amina = office.member(AMINA)

    def press(choice: str) -> None:
        office.settle()
        amina.press("Show more", on=amina.sees("Sensitive: only those who work on it see this"))
        amina.press(choice)

    press("Correct details")
    amina.fill("Journalist", "Rosa Richter")
    amina.fill("E-mail", "richter@courier.example")
    assert amina.submit() is None
    press("Add note")
    amina.fill("Note", "Ms Achter is now called Richter")
    assert amina.submit() is None
    amina.press("Close", on=amina.sees("Sensitive: only those who work on it see this"))
    amina.fill("Outcome", "Declined")
    amina.fill("Reason or details", "Richter has dropped it")
    assert amina.submit() is None
    office.settle()
    assert "Rosa Richter" in everything_kept(office)
    office.wait(days=750)
    kept = everything_kept(office)
    for secret in ("Achter", "Richter", "rosa@courier.example", "richter@courier.example"):
        assert secret not in kept
    assert "asks about the abuse case." in kept
    assert "Achter" not in " ".join(message.text for message in amina.messages())
    assert audit.verify(office.app.database).findings == ()


def test_it_looks_once_a_day_and_leaves_what_is_open_alone(sqlite_office: Office) -> None:
    """An enquiry that is open keeps its names however old it is, and a second look on one day does nothing."""
    office = sqlite_office
    log(office)
    office.wait(days=900)
    kept = everything_kept(office)
    assert "Rosa Achter" in kept
    assert "erase_personal_data" not in kept
    before = entry_count(office)
    office.clock.advance(timedelta(minutes=30))
    office.app.tick()
    assert entry_count(office) == before


def entry_count(office: Office) -> int:
    with office.app.database.transaction(office.app.workspace_id, read_only=True) as tx:
        return sum(len(page) for page in entries.entries(tx))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Will Young of the Courier rang", "Erased of the Courier rang"),
        ("Will the ward close? Mr Young asks", "Will the ward close? Mr Erased asks"),
        ("on +44 (0)20 7946 0958 or w.young@courier.example.", "on Erased or Erased."),
        (
            "on 3 June 2026, 16:00, 2026-06-03, 10,000 people, £1.2m",
            "on 3 June 2026, 16:00, 2026-06-03, 10,000 people, £1.2m",
        ),
        ("the youngest", "the youngest"),
    ],
)
def test_names_and_numbers_are_found_and_dates_are_left(text: str, left: str) -> None:
    """Of the text that stays, only what tells who asked goes."""
    enquiry = Enquiry(journalist="Will Young", email="w.young@courier.example", phone=None)
    assert without_personal(text, secrets_of(enquiry)) == left
