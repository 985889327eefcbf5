"""Single sentences: a line of history below a card, or a word to one person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core import signatures
from bot.core.features import Feature
from bot.core.permissions import Act
from bot.core.signature_states import allowed_on
from bot.core.workspaces import Work
from bot.desk import briefing_posting, report_steps, undeliverable
from storage import outbox as postings
from storage import signoffs
from storage.outbox import Posting, PostingKind
from storage.people import Person
from storage.reports import Report
from storage.subjects import Subject, SubjectKind


@dataclass(frozen=True)
class Sentence:
    """`words` may hold `{name}` for each of `times` (UTC); `quote` is what a person typed, shown as it is.

    The rest says which button goes below: to the enquiry named, to answer an objection, to read and sign, to try
    a delivery again, or to open the settings. `settled` is what became of it, with the same times: then none does.
    """

    words: str
    quote: str | None
    times: dict[str, datetime]
    reader: Person | None
    subject: Subject
    more: dict[str, Any]
    settled: str = ""


def load(work: Work, posting: Posting) -> Sentence:
    detail = dict(posting.detail)
    if posting.signature_id is not None:
        detail = _without_dead_buttons(work, detail, posting.signature_id)
    signed = detail.pop("once_signed", None)
    if signed is not None and report_steps.is_signed(report_steps.lines_of(work.tx, posting.subject_id)):
        detail |= {"sentence": signed, "report": None}
    is_asked = posting.subject_kind is SubjectKind.BRIEFING and "asks" in detail
    became = briefing_posting.settled(work, posting.subject_id, detail) if is_asked else None
    words, quote, times = detail.pop("sentence"), detail.pop("quote"), detail.pop("times")
    settled, settled_at = became or ("", {})
    return Sentence(
        words=words,
        quote=quote,
        times={**{name: datetime.fromisoformat(at) for name, at in times.items()}, **settled_at},
        reader=posting.person,
        subject=posting.subject,
        more={} if settled else detail,
        settled=settled,
    )


def settle_once_signed(work: Work, report: Report) -> None:
    """What its owner was told to sign is signed: those notices say so from now on."""
    for notice in postings.of(work.tx, report_steps.subject_of(report.id), PostingKind.NOTICE):
        if "once_signed" in notice.detail:
            postings.want_by_id(work.tx, notice.id)


def _without_dead_buttons(work: Work, detail: dict[str, Any], signature_id: int) -> dict[str, Any]:
    """What was said about a signature keeps its words; its buttons go when nothing waits for them any more."""
    signature = signoffs.signature(work.tx, signature_id)
    subject = signatures.subject_of(work.tx, signature_id)
    is_open = work.features.signing(subject.kind).is_open(work.tx, subject.id)
    possible = allowed_on(signature) if signature is not None else frozenset()
    dead = set() if is_open and Act.KEEP_WORDING in possible else {"adopt", "draft_of", "objection"}
    if not is_open or Act.APPROVE not in possible:
        dead.add("signature")
    if signature is None or signature.disputed_at is not None or Act.DISPUTE not in possible:
        dead.add("dispute")
    return {name: value for name, value in detail.items() if name not in dead}


FEATURE = Feature(
    kind=SubjectKind.SETTINGS,
    loaders={PostingKind.NOTICE: load, PostingKind.HISTORY: load},
    late_and_stuck=undeliverable.stuck,
)
