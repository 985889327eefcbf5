"""Single sentences: a line of history below a card, or a word to one person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.features import Feature
from bot.core.workspaces import Work
from storage import signoffs
from storage.outbox import Posting, PostingKind
from storage.people import Person
from storage.signoffs import SignatureState
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


def load(work: Work, posting: Posting) -> Sentence:
    detail = dict(posting.detail)
    if posting.signature_id is not None:
        detail = _without_dead_buttons(work, detail, posting.signature_id)
    return Sentence(
        words=detail.pop("sentence"),
        quote=detail.pop("quote"),
        times={name: datetime.fromisoformat(at) for name, at in detail.pop("times").items()},
        reader=posting.person,
        subject=posting.subject,
        more=detail,
    )


def _without_dead_buttons(work: Work, detail: dict[str, Any], signature_id: int) -> dict[str, Any]:
    """What was said about a signature keeps its words; its buttons go when nothing waits for them any more."""
    signature = signoffs.signature(work.tx, signature_id)
    state = signature.state if signature else SignatureState.VOIDED
    waits_for_owner = state is SignatureState.CHANGES_ASKED
    dead = set() if waits_for_owner else {"adopt", "draft_of", "objection"}
    if state is not SignatureState.ASKED:
        dead.add("signature")
    return {name: value for name, value in detail.items() if name not in dead}


FEATURE = Feature(kind=SubjectKind.SETTINGS, loaders={PostingKind.NOTICE: load, PostingKind.HISTORY: load})
