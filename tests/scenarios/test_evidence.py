"""A signature by phone or e-mail with the file that shows it: proved, never lost, and what it says it is."""

import hashlib

from tests.office import AMINA, ESTHER, GARETH, LEONORA, Office
from tests.scenarios.acts import card
from tests.scenarios.test_unblocking import in_signoff, thread

EMAIL = b"From: Esther <esther@partners.example>\r\nSubject: Yes\r\n\r\nApproved."
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)


def open_reply(office: Office, name: str) -> None:
    amina = office.member(AMINA)
    amina.press("Record a reply", on=amina.sees("STA-1 · Statement", channel="press-office", thread=card(office)))
    amina.fill("Who replied", name)
    assert amina.submit() is not None
    amina.fill("Answer", "Approves this text")
    amina.fill("How you know", "Her e-mail to me")


def test_a_file_is_kept_as_evidence_and_read_as_soon_as_slack_gives_it(office: Office) -> None:
    """Slack cannot be asked at first: the reply counts at once, and the file is proved when it can be read."""
    in_signoff(office)
    amina, esther = office.member(AMINA), office.member(ESTHER)
    open_reply(office, ESTHER)
    office.sandbox.faults.server_error("files.info", times=2)
    office.sandbox.faults.rate_limit("url_private", retry_after=1)
    amina.fill("Attach it", [("reply.eml", EMAIL), ("screen shot.png", PNG)])
    assert amina.submit() is None
    office.settle()
    assert "approved" in thread(office)
    for name, content in (("reply.eml", EMAIL), ("screen shot.png", PNG)):
        proof = hashlib.sha256(content).hexdigest()
        assert thread(office).count(f"“{name}”, {max(1, round(len(content) / 1000))} kB, SHA-256 {proof}.") == 1
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
    told = amina.sees("“reply.pdf” is not kept as evidence of what Leonora Ashby said. It does not hold")
    assert "Kept as evidence" not in thread(office)
    amina.press("Attach another file", on=told)
    amina.fill("Attach it", ("reply.pdf", b"%PDF-1.7"))
    assert amina.submit() is None
    office.settle()
    assert "Kept as evidence of what Leonora Ashby said of draft 1: “reply.pdf”" in thread(office)
    amina.press("Attach another file", on=told)
    amina.fill("Attach it", ("gone.png", PNG))
    office.sandbox.faults.slow("files.info", seconds=0.5)
    assert amina.submit() is None
    [gone] = [file.id for file in office.sandbox.workspace.files.values() if file.name == "gone.png"]
    office.sandbox.delete_file(gone)
    office.settle()
    amina.sees("“gone.png” is not kept as evidence of what Leonora Ashby said. It is not in Slack any more.")
    refused = office.member(GARETH).press_raw(told, "signature.attach", value="1")
    assert refused.form is not None
    assert "Only" in refused.form.text
