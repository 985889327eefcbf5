"""What an obligation, a sign-off, a posting or an audit entry is about: a kind of record and its id."""

from enum import StrEnum
from typing import NamedTuple


class SubjectKind(StrEnum):
    """Stored by value. Each kind has one `Feature` in the desk that knows what to do with it."""

    ENQUIRY = "enquiry"
    STATEMENT = "statement"
    SIGNATURE = "signature"
    REFERRAL = "referral"
    OBLIGATION = "obligation"
    PERSON = "person"
    TOPIC = "topic"
    ORGANISATION = "organisation"
    SETTINGS = "settings"
    IMPORT = "import"
    DIGEST = "digest"
    EXPORT = "export"
    EVIDENCE = "evidence"
    FACTS = "facts"
    CALENDAR_DATE = "calendar_date"
    BRIEFING = "briefing"
    CASCADE = "cascade"
    PAPER = "paper"
    REPORT = "report"
    REPORT_ROW = "report_row"
    REVIEW = "review"
    BULLETIN = "bulletin"


class Subject(NamedTuple):
    kind: SubjectKind
    id: int
