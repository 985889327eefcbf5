"""A signature by phone or e-mail with the file that shows it: proved, never lost, and what it says it is."""

import hashlib
from datetime import timedelta

from bot.desk import enquiry_closing, retention, statements, unblocking
from bot.desk.enquiry_closing import Closing
from bot.desk.evidence import GivenFile
from bot.desk.unblocking import Reply
from storage import evidence
from storage import statements as statement_records
from storage.database import Database
from storage.enquiries import Outcome
from tests.office import AMINA, ESTHER, GARETH, LEONORA, PRESS, Office
from tests.scenarios.acts import card
from tests.scenarios.test_unblocking import in_signoff, thread
from tests.storage.press_office import opened

EMAIL = b"From: Esther <esther@partners.example>\r\nSubject: Yes\r\n\r\nApproved."
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)


def open_reply(office: Office, name: str) -> None:
    amina = office.member(AMINA)
    amina.press("Record reply", on=amina.sees("STA-1 · Statement", channel=PRESS, thread=card(office)))
    amina.fill("Who replied", name)
    assert amina.submit() is not None
    amina.fill("Answer", "Approves this text")
    amina.fill("How you know", "Her e-mail to me")


def test_a_file_is_kept_as_evidence_and_read_as_soon_as_slack_gives_it(office: Office) -> None:
    """Slack cannot be asked at first: the reply counts at once, and the file is proved when it can be read."""
    in_signoff(office)
    amina, esther = office.member(AMINA), office.member(ESTHER)
    open_reply(office, ESTHER)
    amina.fill("What should change", "Say ice, not snow.")
    form = amina.submit()
    assert form is not None
    assert "Choose Asks for changes, or empty this field." in form.errors["What should change"]
    amina.fill("What should change", "")
    amina.fill("When", office.clock.now() - timedelta(days=4))
    form = amina.submit()
    assert form is not None
    assert "Give the time after that at which they answered." in form.errors["When"]
    amina.fill("When", office.clock.now())
    office.sandbox.faults.server_error("files.info")
    office.sandbox.faults.server_error("url_private")
    amina.fill("Attach it", [("reply.eml", EMAIL), ("screen shot.png", PNG)])
    assert amina.submit() is None
    office.settle()
    assert "approved" in thread(office)
    for called, content in (("a saved e-mail, 1 kB", EMAIL), ("a picture (PNG), 2 kB", PNG)):
        proof = hashlib.sha256(content).hexdigest()
        kept = f"Kept as evidence of what Esther Lindqvist said of draft 1: {called}, SHA-256 {proof}."
        assert thread(office).count(kept) == 1
    amina.press("Show evidence", on=amina.sees("STA-1 · Statement", channel=PRESS, thread=card(office)))
    page = amina.wait_for_form("Evidence")
    for said in (
        "Esther Lindqvist by e-mail",
        "Recorded by Amina Rahman",
        "Her e-mail to me",
        "reply.eml",
        "screen shot",
    ):
        assert said in page.text
    amina.press("Attach a file")
    amina.fill("Attach it", ("later.txt", b"She wrote again."))
    amina.submit()
    office.settle()
    assert "said of draft 1: a text, 1 kB" in thread(office)
    esther.press("Dispute", on=esther.sees("If this is wrong, press Dispute"))
    form = esther.wait_for_form("Dispute")
    assert f"reply.eml, 1 kB, SHA-256 {hashlib.sha256(EMAIL).hexdigest()}" in form.text


def test_what_is_no_evidence_is_refused_in_a_sentence(sqlite_office: Office) -> None:
    """By its name and size at once, with all that was typed; by what it holds, once it is read."""
    office = sqlite_office
    in_signoff(office, spokesperson=LEONORA)
    amina = office.member(AMINA)
    open_reply(office, LEONORA)
    amina.fill("Attach it", ("reply.exe", b"MZ"))
    form = amina.submit()
    assert form is not None
    assert "Save it as one of these: .eml" in form.errors["Attach it"]
    assert form.values["How you know"] == "Her e-mail to me"
    amina.fill("Attach it", ("big.pdf", b"%PDF-" + bytes(10_000_001)))
    form = amina.submit()
    assert form is not None
    assert "larger than 10 MB" in form.errors["Attach it"]
    amina.fill("Attach it", ("reply.pdf", b"MZ\x90\0"))
    assert amina.submit() is None
    office.settle()
    told = amina.sees("A file is not kept as evidence of what Leonora Ashby said. It is named as")
    assert "reply.pdf" in told.text
    assert "Kept as evidence" not in thread(office)
    amina.press("Attach another file", on=told)
    amina.fill("Attach it", ("reply.pdf", b"%PDF-1.7"))
    assert amina.submit() is None
    office.settle()
    assert "Kept as evidence of what Leonora Ashby said of draft 1: a PDF" in thread(office)
    amina.press("Attach another file", on=told)
    amina.fill("Attach it", ("gone.png", PNG))
    office.sandbox.faults.slow("files.info", seconds=0.5)
    assert amina.submit() is None
    [gone] = [file.id for file in office.sandbox.workspace.files.values() if file.name == "gone.png"]
    office.sandbox.delete_file(gone)
    office.settle()
    assert "gone.png" in amina.sees("It is not in Slack any more. What you recorded stands.").text
    refused = office.member(GARETH).press_raw(told, "signature.attach", value="1")
    assert refused.form is not None
    assert "Only" in refused.form.text


def test_a_files_name_goes_when_its_time_is_over(sqlite_url: str) -> None:
    """It may tell who asked; with it the link, into which Slack writes it. What proves the file stays."""
    office = opened(Database(sqlite_url))
    desk, amina = office.desk, office.caller("Amina")
    statement = office.in_signoff()
    asked = office.signature(statement, "Esther")
    file = GivenFile("F00000001", "re_rosa_of_TNORTH.eml", 1200, "https://slack.example/re_rosa_of_tnorth.eml")
    reply = Reply(approves=True, comment="", evidence="Her e-mail.", files=(file, GivenFile("F00000002", "b.pdf", 9)))
    unblocking.record_reply(desk, amina, asked.id, reply, once=office.once())
    with office.reading() as tx:
        [enquiry] = statement_records.enquiries_of(tx, statement.id)
    statements.withdraw(desk, amina, statement.id, "No longer needed.", once=office.once())
    enquiry_closing.close(desk, amina, enquiry.id, Closing(Outcome.WITHDRAWN, "", None), once=office.once())
    office.clock.advance(timedelta(days=800))
    retention.erase_expired(desk)
    with office.reading() as tx:
        kept = [(one.name, one.permalink, one.slack_file_id) for one in evidence.of_signature(tx, asked.id)]
    assert kept == [("Erased.eml", None, "F00000001"), ("Erased.pdf", None, "F00000002")]
