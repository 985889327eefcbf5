"""By when a journalist wants an answer: checked, changed, and what was agreed at first and since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.errors import BadInput
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_steps
from storage.deadline_changes import Because, DeadlineChange
from storage.enquiries import Enquiry
from storage.signoffs import HeardBy


class DeadlinePast(BadInput):
    """The deadline has passed already: the person is asked whether that is meant."""


class Kept(StrEnum):
    """Inside which deadline an answer went out (DOMAIN §5, "Evaluation")."""

    FIRST = "first"
    AGREED = "agreed"
    NEITHER = "neither"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class DeadlineHistory:
    """What the journalist wanted at first and what was agreed later, since the enquiry was last opened. UTC.

    A deadline that was put right while it was still to come counts as the first one; one that was "put right" after it
    had passed does not, whoever says so.
    """

    first: datetime | None
    agreed: tuple[DeadlineChange, ...] = ()
    refused: tuple[DeadlineChange, ...] = ()

    def kept(self, answered_at: datetime) -> Kept:
        """Whether an answer at `answered_at` (UTC) was in time for the first deadline, or for one that was agreed."""
        if self.first is None:
            return Kept.UNKNOWN
        if answered_at <= self.first:
            return Kept.FIRST
        in_time = any(change.now is not None and answered_at <= change.now for change in self.agreed)
        return Kept.AGREED if in_time else Kept.NEITHER


def history(enquiry: Enquiry, changes: Sequence[DeadlineChange]) -> DeadlineHistory:
    """What its changes (the oldest first) say of an enquiry's deadline."""
    if not changes:
        return DeadlineHistory(enquiry.deadline)
    first, agreed, refused = changes[0].was, list[DeadlineChange](), list[DeadlineChange]()
    for change in changes:
        match change.because:
            case Because.REOPENED:
                first, agreed, refused = change.now, [], []
            case Because.AGREED:
                agreed.append(change)
            case Because.REFUSED:
                refused.append(change)
            case Because.CORRECTED if first is None or (not agreed and change.at <= first):
                first = change.now
    return DeadlineHistory(first, tuple(agreed), tuple(refused))


def change_deadline(
    desk: Desk, caller: Caller, enquiry_id: int, deadline: datetime | None, *, late_is_meant: bool, once: str
) -> None:
    """The journalist's deadline is another, or has become known."""
    with desk.acting(caller, Act.CHANGE_DEADLINE, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        was = enquiry.deadline
        check_deadline(work, deadline, late_is_meant=late_is_meant)
        enquiry_steps.change(work, enquiry, Act.CHANGE_DEADLINE, deadline=deadline)
        note_change(work, enquiry_id, Because.CORRECTED, was=was, now=deadline)
        sentence = f"{work.person.name} set the deadline to {{deadline}}."
        enquiry_steps.deadline_changed(work, enquiry_id, said(sentence, times=enquiry_steps.times(deadline)))
        work.record(
            Act.CHANGE_DEADLINE,
            enquiry_steps.subject_of(enquiry.id),
            was=was.isoformat() if was else None,
            now=deadline.isoformat() if deadline else None,
        )


def note_change(
    work: Work,
    enquiry_id: int,
    because: Because,
    *,
    was: datetime | None,
    now: datetime | None,
    agreed_by: str | None = None,
    heard_by: HeardBy | None = None,
) -> None:
    """Keeps what a deadline was and became, for whoever asks later how it was met."""
    work.tx.add(
        DeadlineChange(
            enquiry_id=enquiry_id,
            because=because,
            was=was,
            now=now,
            agreed_by=agreed_by,
            heard_by=heard_by,
            by_id=work.person.id,
            at=work.now,
        )
    )


def check_deadline(work: Work, deadline: datetime | None, *, late_is_meant: bool, may_await: bool = False) -> None:
    if deadline is None:
        raise BadInput(
            "Give the deadline." + " Or tick “Only phoned so far” if their e-mail is still to come." * may_await,
            field="deadline",
        )
    if deadline > work.now + timedelta(days=366 * 2):
        raise BadInput("This is more than two years away. Check the year.", field="deadline")
    if deadline <= work.now and not late_is_meant:
        raise DeadlinePast("This time has passed. Correct it, or tick “It is late already” below.", field="deadline")
