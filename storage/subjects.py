"""What an obligation, a sign-off, a posting or an audit entry is about: a kind of record and its id."""

from enum import StrEnum
from typing import NamedTuple


class SubjectKind(StrEnum):
    """Stored by value. Each kind has one `Feature` in the desk that knows what to do with it."""

    ENQUIRY = "enquiry"
    STATEMENT = "statement"
    SIGNATURE = "signature"
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


class Subject(NamedTuple):
    kind: SubjectKind
    id: int
