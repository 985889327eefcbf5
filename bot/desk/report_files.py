"""A report's cover and checklist as a Word file: the newest, marked as a draft, or what was submitted."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.core.documents import Document
from bot.core.permissions import Act, may
from bot.core.word_files import WordFile
from bot.core.workspaces import Work
from bot.desk import report_cards, report_steps
from bot.desk.report_steps import Line
from storage import reports
from storage.outbox import Posting
from storage.people import Person
from storage.reports import Report, ReportFor, RowState

STATE_WORDS = {RowState.BLANK: "Blank", RowState.DONE: "Done", RowState.NOT_APPLICABLE: "Not applicable"}
FOR_WORDS = {ReportFor.DECISION: "For decision", ReportFor.ASSURANCE: "For assurance"}
TEXTS = (
    ("purpose", "Purpose"),
    ("key_points", "Key points"),
    ("recommendation", "Recommendation"),
    ("assurance", "Links to the assurance framework"),
    ("background", "Background"),
    ("clinical_view", "Clinical view"),
    ("public_view", "Patient and public view"),
    ("key_risks", "Key risks"),
    ("implications", "Implications"),
    ("attachments", "Attachments"),
)
"""The texts of the cover, by their columns, in the order in which they are read (DOMAIN §5)."""
HEAD = ("Row", "Answer", "Details, or why not", "Discussed with", "Date", "By")
WIDTHS = (16, 14, 31, 15, 11, 13)
"""Of the checklist's columns, in hundredths of the table."""

Content = dict[str, Any]
"""What a file says: `reference`, `title`, `author`, `cover` and `texts` (pairs of a label and words), and `rows`."""


@dataclass(frozen=True)
class ReportFile:
    """A file on its way. `version` 0: a draft. `at`: when that was so (UTC); `day`: by the office's calendar.

    `owed_to` is somebody outside Slack to whom the reader sends it on.
    """

    content: Content
    version: int
    sha256: str
    at: datetime
    day: date
    to: Person
    owed_to: Person | None
    is_for_administrator: bool


def content_of(work: Work, report: Report, lines: Sequence[Line]) -> Content:
    """All that the file says, in words."""
    zone = work.hours.zone
    meeting = f"{report.meeting_at.astimezone(zone):%A %d %B %Y, %H:%M}" if report.meeting_at else ""
    administrator = report.administrator
    cover = [
        ("Reference", report.reference),
        ("Author", report.author or ""),
        ("Management lead", report.management_lead or ""),
        ("Report owner", report.owner.name),
        ("Committee", report.committee or ""),
        ("Meeting", meeting),
        ("Committee administrator", administrator.name if administrator else ""),
        ("For", FOR_WORDS[report.is_for] if report.is_for else ""),
        ("Public or private", "Private" if report.is_private else "Public"),
    ]
    return {
        "reference": report.reference,
        "title": report.title,
        "author": report.author or report.owner.name,
        "cover": [[label, value] for label, value in cover],
        "texts": [[label, getattr(report, name) or ""] for name, label in TEXTS],
        "rows": [_row(line) for line in lines],
    }


def _row(line: Line) -> list[str]:
    entry = line.entry if line.is_complete else None
    if entry is None:
        return [line.name, STATE_WORDS[RowState.BLANK], "", "", "", ""]
    by = entry.given_by.name
    if entry.recorded_by is not None:
        by += f" (recorded by {entry.recorded_by.name})"
    answer = "Signed off" if line.is_signature else STATE_WORDS[line.row.state]
    day = f"{entry.day:%d %b %Y}" if entry.day else ""
    return [line.name, answer, entry.details or "", entry.with_whom or "", day, by]


def sha256_of(content: Content) -> str:
    """Of what a file says, whatever program wrote the file: 64 hexadecimal digits."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def load(work: Work, posting: Posting) -> ReportFile | None:
    """None, if whoever asked may not have it any more, or what was submitted was taken back before it went out."""
    person, number = posting.person, int(posting.detail["version"])
    if person is None:
        return None
    if number and posting.detail.get("submitted"):
        version = next((v for v in reports.versions(work.tx, posting.subject_id) if v.number == number), None)
        if version is None or version.taken_back_at is not None:
            return None
        is_owed = person.id != version.sent_to_id
        return ReportFile(
            content=version.content,
            version=number,
            sha256=version.sha256,
            at=version.submitted_at,
            day=work.hours.local_day(version.submitted_at),
            to=version.sent_to,
            owed_to=version.sent_to if is_owed else None,
            is_for_administrator=True,
        )
    report = reports.get(work.tx, posting.subject_id)
    if report is None or not may(Act.READ_REPORT, person.roles | report_cards.relations(work.tx, report.id, person)):
        return None
    for version in reports.versions(work.tx, report.id):
        if version.number == number:
            at, day = version.submitted_at, work.hours.local_day(version.submitted_at)
            return ReportFile(
                version.content, number, version.sha256, at, day, person, None, is_for_administrator=False
            )
    content = content_of(work, report, report_steps.lines_of(work.tx, report.id))
    day = work.hours.local_day(work.now)
    return ReportFile(content, 0, sha256_of(content), work.now, day, person, None, is_for_administrator=False)


def make(shown: ReportFile) -> Document:
    content, which = shown.content, f"v{shown.version}" if shown.version else "draft"
    return Document(
        name=f"{content['reference']}-{which}.docx",
        title=f"{content['reference']}, {'version ' + str(shown.version) if shown.version else 'draft'}",
        content=as_word(shown),
        facts={"version": shown.version, "content_sha256": shown.sha256},
    )


def as_word(shown: ReportFile) -> bytes:
    """The file, whole: what it is, the cover, its texts, and the checklist as a table with a heading row."""
    content = shown.content
    file = WordFile(content["title"], author=content["author"], at=shown.at)
    state = f"Version {shown.version}" if shown.version else "DRAFT"
    file.running_head(f"{content['reference']} · {state}")
    day = f"{shown.day.day} {shown.day:%B %Y}"
    is_draft = f"Draft, as it stood on {day}. This has not been submitted."
    file.paragraph(f"Submitted on {day}." if shown.version else is_draft)
    file.heading("Cover")
    file.table(("Part", "What it says"), [[label, words or "–"] for label, words in content["cover"]], widths=(30, 70))
    for label, words in content["texts"]:
        if words:
            file.heading(label)
            file.paragraph(words)
    empty = [label for label, words in content["texts"] if not words]
    if empty and not shown.version:
        file.heading("Not filled in")
        file.paragraph(", ".join(empty))
    file.heading("Sign-off checklist")
    file.table(HEAD, content["rows"], widths=WIDTHS)
    return file.content()
