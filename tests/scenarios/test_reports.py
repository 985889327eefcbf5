"""Committee reports: a cover, ten rows that people complete, signed off last, and a Word file for the administrator."""

from datetime import timedelta
from io import BytesIO

import docx

from bot.core import audit
from tests.office import ESTHER, HANNAH, JOAN, Office
from tests.scenarios.test_exports import entries

ROWS = (
    "Clinical view",
    "Public/patient view",
    "Finance",
    "Quality (quality and risk)",
    "Equality",
    "Information governance",
    "Legal/policy",
    "Other (medicines, estates, HR, IT)",
    "Data requirements",
)


def start(office: Office, who: str = ESTHER, *, private: bool = False, administrator: str | None = HANNAH) -> None:
    person = office.member(who)
    person.run("/desk report Winter plan")
    person.fill("Committee", "Quality Committee")
    person.fill("Its meeting", office.clock.now() + timedelta(days=21))
    person.fill("Purpose", "To agree how we get through the winter.")
    if administrator:
        person.fill("The committee’s administrator", administrator)
    if private:
        person.fill("Public or private", ["Private: only you, those with a row, the chair and the comms lead see it"])
    rest = person.submit()
    assert rest is not None
    assert rest.title == "REP-1: the rest"
    person.fill("Key risks", "Too few beds.")
    assert person.submit() is None
    office.settle()


def done(office: Office, who: str, row: int, *, button: str = "Done", on: str, label: str | None = None) -> None:
    """Completes the `row`th of the rows that a message offers."""
    person = office.member(who)
    person.press(button, on=person.sees(on))
    person.fill("Done: discussed with", f"Somebody of {who}")
    assert person.submit() is None
    office.settle()


def fill_all(office: Office, who: str = ESTHER) -> None:
    person = office.member(who)
    while "Done" in person.sees("REP-1 · Winter plan").buttons:
        person.press("Done", on=person.sees("REP-1 · Winter plan"))
        person.fill("Done: discussed with", "The winter board")
        assert person.submit() is None
        office.settle()


def test_a_report_is_completed_signed_and_submitted(office: Office) -> None:
    """Started by a command, rows asked of two people, blank ones named, signed last, out as .docx; all on record."""
    start(office)
    esther, joan = office.member(ESTHER), office.member(JOAN)
    card = esther.sees("REP-1 · Winter plan")
    assert "0 of 9 rows complete" in card.text
    esther.press("Submit", on=card)
    assert esther.form is not None
    for name in ROWS:
        assert name in esther.form.text
    esther.close_form()
    esther.press("Ask people", on=card)
    esther.fill("Finance", JOAN)
    esther.fill("Equality", JOAN)
    assert esther.submit() is None
    office.settle()
    asked = joan.sees("Esther Lindqvist asks you for 2 rows")
    assert "To agree how we get through the winter." in asked.text
    assert "A row of a checklist waits for you: Finance" in joan.open_home().text
    joan.press("Not applicable", on=asked)
    refused = joan.submit()
    assert refused is not None
    assert "Say why" in refused.errors["Not applicable: why"]
    joan.fill("Not applicable: why", "It costs nothing.")
    assert joan.submit() is None
    office.settle()
    assert "asks you for 1 row" in joan.sees("REP-1 · Winter plan").text
    done(office, JOAN, 1, on="REP-1 · Winter plan")
    assert "Complete, thank you" in joan.sees("REP-1 · Winter plan").text
    fill_all(office)
    card = esther.sees("All nine rows are complete. Next: sign it off.")
    esther.press("Sign off", on=card)
    assert esther.submit() is None
    office.settle()
    card = esther.sees("it is signed off. Next: submit it.")
    esther.press("Submit", on=card)
    assert esther.form is not None
    assert "Hannah Oduya gets it as a Word file" in esther.form.text
    assert esther.submit() is None
    office.settle()
    [file] = office.member(HANNAH).sees("For the committee: REP-1").files
    assert file.name == "REP-1-v1.docx"
    written = docx.Document(BytesIO(file.content))
    checklist = written.tables[1]
    assert [row.cells[0].text for row in checklist.rows][1:] == [*ROWS, "Signed off by the report owner"]
    assert checklist.rows[3].cells[1].text == "Not applicable"
    assert checklist.rows[3].cells[2].text == "It costs nothing."
    assert checklist.rows[10].cells[1].text == "Signed off"
    _is_on_record(office)


def _is_on_record(office: Office) -> None:
    """What went out is what was signed, and the record holds."""
    [signed], [submitted] = entries(office, "sign_report"), entries(office, "submit_report")
    [posted] = entries(office, "file.posted")
    assert posted["content_sha256"] == submitted["sha256"] == signed["sha256"]
    assert "Version 1 was submitted" in office.member(ESTHER).sees("REP-1 · Winter plan").text
    assert audit.verify(office.app.database).findings == ()
