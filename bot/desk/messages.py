"""Single sentences: a line of history below a card, or a word to one person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.features import Feature
from bot.core.workspaces import Work
from storage.outbox import Posting, PostingKind
from storage.people import Person
from storage.subjects import Subject, SubjectKind


@dataclass(frozen=True)
class Sentence:
    """`words` may hold `{name}` for each of `times` (UTC); `quote` is what a person typed, shown as it is.

    The rest says which button goes below: to the enquiry named, to answer an objection, to read and sign, to try
    a delivery again, or to open the settings.
    """

    words: str
    quote: str | None
    times: dict[str, datetime]
    reader: Person | None
    subject: Subject
    more: dict[str, Any]


def load(_work: Work, posting: Posting) -> Sentence:
    detail = dict(posting.detail)
    return Sentence(
        words=detail.pop("sentence"),
        quote=detail.pop("quote"),
        times={name: datetime.fromisoformat(at) for name, at in detail.pop("times").items()},
        reader=posting.person,
        subject=posting.subject,
        more=detail,
    )


FEATURE = Feature(kind=SubjectKind.SETTINGS, loaders={PostingKind.NOTICE: load, PostingKind.HISTORY: load})
