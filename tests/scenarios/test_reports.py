"""Committee reports: a cover, ten rows that people complete, signed off last, and a Word file for the administrator."""

from datetime import timedelta
from io import BytesIO

import docx

from bot.core import audit
from storage.people import Role
from tests.office import AMINA, BEN, CARYS, DEV, ESTHER, FARAH, GARETH, GUS, HANNAH, JOAN, PRESS, Office
from tests.scenarios.test_exports import entries
from tests.scenarios.test_facts import texts

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


def done(office: Office, who: str, *, on: str) -> None:
    """Completes the first row that a message offers."""
    person = office.member(who)
    person.press("Done", on=person.sees(on))
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
    assert "0 of 10 rows complete" in card.text
    assert not {"Sign off", "Send in"} & set(card.buttons), "neither comes next"
    for name in ROWS:
        assert name in card.text
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
    fill_all(office)
    done(office, JOAN, on="REP-1 · Winter plan")
    assert "Complete, thank you" in joan.sees("REP-1 · Winter plan").text
    assert esther.sees("Look at it, sign it off and send it in.").buttons == ["Show"]
    card = esther.sees("9 of 10 rows complete. Next: sign it off.")
    assert "Send in" not in card.buttons
    esther.press("Sign off", on=card)
    assert esther.submit() is None
    office.settle()
    card = esther.sees("it is signed off. Next: send it in.")
    assert "Sign off" not in card.buttons
    assert esther.sees("are complete, and it is signed off.").buttons == []
    assert "Look at it, sign it off" not in texts(office, ESTHER)
    esther.press("Send in", on=card)
    assert esther.form is not None
    assert "Hannah Oduya gets it as a Word file" in esther.form.text
    assert esther.submit() is None
    office.settle()
    is_sent(office)
    is_on_record(office)


def is_sent(office: Office) -> None:
    """The file that the administrator gets, as another program reads it."""
    [file] = office.member(HANNAH).sees("For the committee: REP-1").files
    assert file.name == "REP-1-v1.docx"
    written = docx.Document(BytesIO(file.content))
    assert [part.text for part in written.paragraphs][:2] == ["Winter plan", "Submitted on 23 November 2026."]
    assert "Not filled in" not in [part.text for part in written.paragraphs], "of what went out, nothing is left to do"
    checklist = written.tables[1]
    assert [row.cells[0].text for row in checklist.rows][1:] == [*ROWS, "Signed off by the report owner"]
    assert checklist.rows[3].cells[1].text == "Not applicable"
    assert checklist.rows[3].cells[2].text == "It costs nothing."
    assert checklist.rows[10].cells[1].text == "Signed off"


def is_on_record(office: Office) -> None:
    """What went out is what was signed, and the record holds."""
    [signed], [submitted] = entries(office, "sign_report"), entries(office, "submit_report")
    [posted] = entries(office, "file.posted")
    assert posted["content_sha256"] == submitted["sha256"] == signed["sha256"]
    assert "Version 1 was submitted" in office.member(ESTHER).sees("REP-1 · Winter plan").text
    assert audit.verify(office.app.database).findings == ()


def ask_for(office: Office, rows: dict[str, str], who: str = ESTHER) -> None:
    person = office.member(who)
    person.press("Ask people", on=person.sees("of 10 rows complete"))
    for row, name in rows.items():
        person.fill(row, name)
    assert person.submit() is None
    office.settle()


def sign_and_submit(office: Office, who: str = ESTHER) -> None:
    for button in ("Sign off", "Send in"):
        office.member(who).press(button, on=office.member(who).sees("REP-1 · Winter plan"))
        assert office.member(who).submit() is None
        office.settle()


def test_people_outside_slack_complete_rows_through_the_owner(sqlite_office: Office) -> None:
    """The owner gets the text to send and is reminded; *Not mine* comes back; then it is dropped and all is quiet."""
    office, esther, joan = sqlite_office, sqlite_office.member(ESTHER), sqlite_office.member(JOAN)
    start(office)
    esther.press("Ask people", on=esther.sees("REP-1 · Winter plan"))
    esther.fill("Legal/policy", JOAN)
    esther.fill("Finance", GUS)
    esther.fill("Or somebody new outside Slack: their name", "Tomos Reed")
    esther.fill("Their e-mail address", "tomos@ward.example")
    esther.fill("Their rows", ["Equality", "Data requirements"])
    assert esther.submit() is None
    office.settle()
    text = esther.sees("Please ask Tomos Reed for 2 rows").text
    for words in ("tomos@ward.example", "Dear Tomos Reed,", "- Equality\n- Data requirements", "Esther Lindqvist"):
        assert words in text
    esther.press("Record reply", on=esther.sees("Please ask Tomos Reed"))
    esther.fill("This row is", "Done")
    esther.fill("Done: details", "An impact assessment is attached.")
    esther.fill("How it reached you", "By e-mail")
    esther.fill("How you know", "His e-mail to me")
    assert esther.submit() is None
    office.settle()
    assert "recorded by Esther Lindqvist by e-mail" in esther.sees("Please ask Tomos Reed for 1 row").text
    joan.press("Not mine", on=joan.sees("asks you for 1 row"))
    joan.fill("Who could", HANNAH)
    assert joan.submit() is None
    office.settle()
    assert "Hannah Oduya" in esther.sees("Joan Tattersby says that the row Legal/policy").text
    assert "Handed back: Hannah Oduya" in esther.sees("1 of 10 rows complete").text
    assert "With somebody else now" in joan.sees("REP-1 · Winter plan").text
    ask_for(office, {"Legal/policy": HANNAH})
    ask_for(office, {"Quality (quality and risk)": HANNAH})
    assert "Another row" in office.member(HANNAH).sees("Quality (quality and risk)").text
    office.wait(days=17)
    gus = office.member(GUS)
    reminder = gus.sees("A row of a checklist waits for you: Finance")
    assert "Tomos Reed has not completed a row: Data requirements" in texts(office, ESTHER)
    gus.press("Done", on=reminder)
    gus.fill("Done: discussed with", "The auditors")
    assert gus.submit() is None
    office.settle()
    assert "REP-1" not in "".join(one.text for one in office.member(AMINA).messages(channel=PRESS))
    esther.press("Drop it", on=esther.sees("of 10 rows complete"))
    esther.fill("Why it is not needed", "The board decided without it.")
    assert esther.submit() is None
    office.settle()
    assert "is not needed any more" in texts(office, HANNAH)
    before = len(esther.messages()) + len(gus.messages())
    office.wait(days=20)
    assert len(esther.messages()) + len(gus.messages()) == before, "nobody is chased for what was dropped"
    assert "REP-1" not in esther.open_home().text


def test_a_private_report_changes_hands_is_taken_back_and_submitted_again(sqlite_office: Office) -> None:
    """A change after signing voids it; both versions are on file; of all that nobody hears who has no part in it."""
    office, esther, farah = sqlite_office, sqlite_office.member(ESTHER), sqlite_office.member(FARAH)
    office.change(DEV, Role.PROGRAMME_OFFICE)
    start(office, private=True, administrator=None)
    ask_for(office, {"Finance": JOAN})
    done(office, JOAN, on="REP-1 · Winter plan")
    fill_all(office)
    the_draft_says_that_it_is_one(office)
    say_who_administers_it(office)
    sign_and_submit(office)
    told = esther.sees("Pat Lowe is not in Slack: please send it to them at pat@trust.example")
    assert [file.name for file in told.files] == ["REP-1-v1.docx"]
    esther.press("Take it back", on=esther.sees("REP-1 · Winter plan"))
    esther.fill("Why", "A wrong figure.")
    assert esther.submit() is None
    office.settle()
    assert "A wrong figure." in esther.sees("Please tell Pat Lowe that version 1").text
    joan = office.member(JOAN)
    joan.press("Change", on=joan.sees("Complete, thank you"))
    assert joan.form is not None
    assert "Somebody of Joan" in str(joan.form.values["Done: discussed with"])
    joan.fill("Done: details", "£2,000 more.")
    assert joan.submit() is None
    office.settle()
    assert "Joan Tattersby changed the row Finance." in esther.sees("Your sign-off of REP-1").text
    assert "Joan" not in str(entries(office, "report.signature_voided")), "a name is where it can be erased"
    esther.press("Give to someone", on=esther.sees("REP-1 · Winter plan"))
    esther.fill("To whom", FARAH)
    assert esther.submit() is None
    office.settle()
    assert not [one for one in esther.messages() if "Sign off" in one.buttons]
    card = farah.sees("REP-1 · Winter plan")
    assert card.buttons.count("Change") == 8, "the owner's rows are hers, and Joan's is not"
    farah.press("Change cover", on=card)
    farah.fill("Its meeting", office.clock.now() + timedelta(days=28))
    assert farah.submit() is not None
    farah.close_form()
    office.settle()
    assert "14 Dec 2026 at 17:00" in farah.sees("REP-1 · Winter plan").text
    sign_and_submit(office, FARAH)
    farah.press("Show", on=farah.sees("REP-1 · Winter plan"))
    assert farah.form is not None
    for words in ("Version 2", "Taken back", "A wrong figure.", "£2,000 more.", "Too few beds."):
        assert words in farah.form.text
    assert len(entries(office, "submit_report")) == 2
    only_those_concerned_see_it(office)


def the_draft_says_that_it_is_one(office: Office) -> None:
    esther = office.member(ESTHER)
    esther.press("Get the .docx", on=esther.sees("REP-1 · Winter plan"))
    office.settle()
    [draft] = esther.sees("It is a draft, and marked as one").files
    written = docx.Document(BytesIO(draft.content))
    assert written.sections[0].header.paragraphs[0].text == "REP-1 · DRAFT"
    assert "Not filled in" in [part.text for part in written.paragraphs]
    esther.close_form()


def only_those_concerned_see_it(office: Office) -> None:
    for who in (AMINA, BEN, DEV, GUS):
        person = office.member(who)
        everything = [texts(office, who), person.open_home().text, person.run("/desk reports").text or ""]
        everything += [one.text for one in person.messages(channel=PRESS)]
        assert "Winter plan" not in "".join(everything), who
        assert "REP-1" not in "".join(everything), who
    for who in (CARYS, GARETH):
        shown = office.member(who).run("/desk reports").text or ""
        assert "REP-1 · Winter plan" in shown, who


def say_who_administers_it(office: Office) -> None:
    """Signed off and not to be submitted while nobody is named; naming somebody changes the cover."""
    esther = office.member(ESTHER)
    esther.press("Sign off", on=esther.sees("REP-1 · Winter plan"))
    assert esther.submit() is None
    office.settle()
    esther.press("Send in", on=esther.sees("it is signed off"))
    assert esther.form is not None
    assert "Say first who the committee’s administrator is" in esther.form.text
    esther.close_form()
    esther.press("Change cover", on=esther.sees("it is signed off"))
    esther.fill("Or outside Slack: the administrator’s name", "Pat Lowe")
    esther.fill("Their e-mail address", "pat@trust.example")
    assert esther.submit() is not None
    esther.close_form()
    office.settle()
    assert "Esther Lindqvist changed the cover." in esther.sees("REP-1 · Winter plan").text
