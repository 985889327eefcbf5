"""*Export* in Slack: enquiries as a file, for whoever asks, with what they may see and nothing more."""

import csv
import io
import json

import openpyxl
import sqlalchemy as sa

from storage.audit import AuditEntry
from storage.people import Role
from tests.office import AMINA, BEN, DEV, Office
from tests.scenarios.acts import log


def entries(office: Office, act: str) -> list[dict[str, object]]:
    with office.app.database.transaction(office.app.workspace_id, read_only=True) as tx:
        found = tx.session.scalars(sa.select(AuditEntry).where(AuditEntry.act == act).order_by(AuditEntry.position))
        return [json.loads(entry.details) for entry in found]


def test_what_is_exported_comes_as_a_file_to_whoever_asked(office: Office) -> None:
    """From the home as Excel, by a command as CSV; each holds what this person may see, and runs nothing."""
    log(office, question="Why are the buses late?")
    log(office, question="=cmd|' /C calc'!A0")
    log(office, BEN, question="What of the leak?", sensitive=True)
    office.settle()
    amina = office.member(AMINA)
    amina.open_home()
    amina.press_in_home("Export")
    form = amina.wait_for_form("Export enquiries")
    assert form.values["Which enquiries"] == "What came this year (2)"
    page = amina.submit()
    assert page is not None
    assert "2 enquiries as a file" in page.text
    office.settle()
    message = amina.sees("Here: 2 enquiries (what came this year)")
    [file] = message.files
    assert file.name == "enquiries-year-2026-11-23.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Reference", "ENQ-1", "ENQ-2"]
    assert rows[2][8] == "'=cmd|' /C calc'!A0"

    ben = office.member(BEN)
    opened = ben.run("/enquiry export all csv").form
    assert opened is not None
    assert (opened.values["Which enquiries"], opened.values["Format"]) == (
        "All there is (3)",
        "CSV, for other programs",
    )
    ben.submit()
    office.settle()
    [file] = ben.sees("Here: 3 enquiries (all there is)").files
    listed = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row[0] for row in listed] == ["Reference", "ENQ-1", "ENQ-2", "ENQ-3"]

    asked, posted = entries(office, "export_enquiries"), entries(office, "file.posted")
    assert [(one["enquiries"], one["format"]) for one in asked] == [(2, "xlsx"), (3, "csv")]
    assert [(one["enquiries"], one["person"], one["size"]) for one in posted] == [
        (2, office.ids[AMINA], len(message.files[0].content)),
        (3, office.ids[BEN], len(file.content)),
    ]


def test_who_may_not_export_is_told_who_may(sqlite_office: Office) -> None:
    """No button, no form, no file; a question about exports is still a question."""
    office = sqlite_office
    log(office)
    dev = office.member(DEV)
    assert "Export" not in dev.open_home().buttons
    assert "Only the comms lead or a press officer can do this" in (dev.run("/enquiry export").text or "")
    form = dev.run("/enquiry Export of waste to Holland: who signed?").form
    assert form is not None
    assert form.title == "Log a media enquiry"
    amina = office.member(AMINA)
    amina.run("/enquiry export open")
    office.change(AMINA)
    form = amina.submit()
    assert form is not None
    assert "Only the comms lead or a press officer can do this" in form.text
    amina.close_form()
    office.change(AMINA, Role.PRESS_OFFICER)
    office.settle()
    office.app.delivery.stop()
    amina.run("/enquiry export open")
    assert amina.submit() is not None
    office.change(AMINA)
    office.app.delivery.start()
    office.settle()
    assert [message for message in amina.messages() if message.files] == [], "the right was lost before it went out"
