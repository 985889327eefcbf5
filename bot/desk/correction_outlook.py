"""Corrections that have not gone out, for those who look over everything: in the comms lead's home and in digests."""

from datetime import datetime

from bot.core.digest_parts import Entry
from bot.core.outlook import Because, Some, Stuck
from bot.core.workspaces import Work
from bot.desk import enquiry_words
from storage import corrections
from storage.obligations import Obligation
from storage.people import Person
from storage.subjects import Subject

MOST_STUCK = 4


def stuck(work: Work, reader: Person, shown: frozenset[Subject]) -> Some[Stuck]:  # noqa: ARG001 (nothing else shows it)
    """The corrections that others owe and that are late. Their enquiries may be closed, and show nothing of it."""
    found, total = corrections.due_between(work.tx, None, work.now, not_of=reader.id, limit=MOST_STUCK)
    return Some(tuple(_stuck(work, owed) for owed in found), total)


def _stuck(work: Work, owed: Obligation) -> Stuck:
    return Stuck(
        because=Because.CORRECTION,
        title=work.features.title(work.tx, owed.subject),
        words=_holder(work, owed),
        advice="What is wrong stands in print until it has gone out. Ask what holds it up, or go on with it.",
        value=str(owed.subject_id),
        due_at=owed.due_at,
        subject=owed.subject,
        text_id=owed.subject_id,
    )


def entries(work: Work, since: datetime | None, until: datetime, *, limit: int) -> tuple[list[Entry], int]:
    """Those that are due in a span, for a digest, and how many there are in all."""
    found, total = corrections.due_between(work.tx, since, until, limit=limit)
    return [_entry(work, owed) for owed in found], total


def _entry(work: Work, owed: Obligation) -> Entry:
    due = "was due" if owed.due_at is not None and owed.due_at <= work.now else "due"
    times = {"due": owed.due_at} if owed.due_at is not None else {}
    return Entry(f"{{title}}, {due} {{due}} · {_holder(work, owed)} · has not gone out", (owed.subject,), times=times)


def _holder(work: Work, owed: Obligation) -> str:
    return enquiry_words.holder(work, owed.whose)
