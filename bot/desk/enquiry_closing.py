"""How an enquiry ends, and is opened again. None closes without an outcome."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.core import obligations
from bot.core.errors import BadInput
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_cards, enquiry_deadlines, enquiry_steps, facts_steps
from storage import statements as statement_records
from storage.enquiries import Enquiry, EnquiryStatus, Outcome
from storage.statements import Statement, StatementKind, StatementStatus


@dataclass(frozen=True)
class Closing:
    """How an enquiry ends, and what must be said of it."""

    outcome: Outcome
    detail: str = ""
    referred_to_id: int | None = None


def close(desk: Desk, caller: Caller, enquiry_id: int, closing: Closing, *, once: str) -> None:
    """Closes an enquiry with its outcome. "Answered" needs what was sent to be on file."""
    with desk.acting(caller, Act.CLOSE_ENQUIRY, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        _close(work, enquiry_steps.get(work.tx, enquiry_id), closing)


def reopen(
    desk: Desk,
    caller: Caller,
    enquiry_id: int,
    reason: str,
    *,
    deadline: datetime | None,
    late_is_meant: bool,
    once: str,
) -> None:
    """Opens a closed enquiry again, for a reason that stays on record, to be answered by a deadline (UTC)."""
    with desk.acting(caller, Act.REOPEN_ENQUIRY, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        if not reason.strip():
            raise BadInput("Say why it is opened again.", field="reason")
        enquiry_steps.next_status(enquiry, Act.REOPEN_ENQUIRY)
        enquiry_deadlines.check_deadline(work, deadline, late_is_meant=late_is_meant)
        enquiry_steps.change(
            work,
            enquiry,
            Act.REOPEN_ENQUIRY,
            deadline=deadline,
            outcome=None,
            outcome_detail=None,
            referred_to_id=None,
            closed_at=None,
            reopened_at=work.now,
        )
        enquiry_steps.owe(work, enquiry_steps.get(work.tx, enquiry_id))
        facts_steps.redraw_all(work, enquiry_id)
        sentence = f"{work.person.name} reopened {enquiry.reference}. The deadline is {{deadline}}."
        enquiry_steps.say(work, enquiry, said(sentence, times=enquiry_steps.times(deadline), quote=reason.strip()))
        enquiry_steps.redraw(work, enquiry)
        work.record(
            Act.REOPEN_ENQUIRY,
            enquiry_steps.subject_of(enquiry.id),
            deadline=deadline.isoformat() if deadline else None,
            personal={"reason": reason.strip()},
        )


def closed_by_answer(work: Work, found: Collection[Enquiry], kind: StatementKind) -> None:
    """A statement went out to the journalists and they need nothing more: their enquiries are closed with it."""
    outcome = Outcome.STATEMENT if kind is StatementKind.STATEMENT else Outcome.BACKGROUND
    for enquiry in found:
        if enquiry.status is not EnquiryStatus.CLOSED:
            _close(work, enquiry, Closing(outcome))


def _close(work: Work, enquiry: Enquiry, closing: Closing) -> None:
    enquiry_steps.next_status(enquiry, Act.CLOSE_ENQUIRY)
    detail = closing.detail.strip()
    _check_outcome(work, enquiry, closing, detail)
    for statement in statement_records.of_enquiry(work.tx, enquiry.id):
        is_correction = statement.corrects_id is not None  # which goes on, and is owed by itself
        if statement.status in {StatementStatus.DRAFT, StatementStatus.IN_SIGNOFF} and not is_correction:
            open_others = [
                other
                for other in statement_records.enquiries_of(work.tx, statement.id)
                if other.id != enquiry.id and other.status is not EnquiryStatus.CLOSED
            ]
            if not open_others:
                raise BadInput(
                    f"{statement.reference} is still on its way. Issue it or withdraw it, then close "
                    f"{enquiry.reference}.",
                    field="outcome",
                )
    enquiry_steps.change(
        work,
        enquiry,
        Act.CLOSE_ENQUIRY,
        outcome=closing.outcome,
        outcome_detail=detail or None,
        referred_to_id=closing.referred_to_id if closing.outcome is Outcome.REFERRED else None,
        closed_at=work.now,
    )
    obligations.cancel(work, enquiry_steps.subject_of(enquiry.id))
    facts_steps.withdraw_open(work, enquiry)
    words = enquiry_cards.OUTCOME_WORDS[closing.outcome]
    enquiry_steps.say(
        work, enquiry, said(f"{work.person.name} closed {enquiry.reference}: {words}.", quote=detail or None)
    )
    enquiry_steps.redraw(work, enquiry)
    work.record(
        Act.CLOSE_ENQUIRY,
        enquiry_steps.subject_of(enquiry.id),
        outcome=closing.outcome.value,
        personal={"detail": detail},
    )


def _check_outcome(work: Work, enquiry: Enquiry, closing: Closing, detail: str) -> None:
    answered = {
        Outcome.STATEMENT: StatementKind.STATEMENT,
        Outcome.BACKGROUND: StatementKind.BACKGROUND,
    }.get(closing.outcome)
    if answered is not None:
        sent = statement_records.sent_on(work.tx, [enquiry])[enquiry.id]
        if answered not in {statement.kind for statement in sent}:
            raise BadInput(_why_not_answered(enquiry, sent), field="outcome")
    if closing.outcome in {Outcome.DECLINED, Outcome.INTERVIEW, Outcome.FOI} and not detail:
        raise BadInput(
            {
                Outcome.DECLINED: "Say why it was declined.",
                Outcome.INTERVIEW: "Say who gave the interview, when and where.",
                Outcome.FOI: "Give the reference or the date of the FOI request.",
            }[closing.outcome],
            field="detail",
        )
    if closing.outcome is Outcome.REFERRED and closing.referred_to_id is None:
        raise BadInput("Choose the organisation it was referred to.", field="referred_to")


def _why_not_answered(enquiry: Enquiry, sent: Collection[Statement]) -> str:
    kinds = {statement.kind for statement in sent}
    if StatementKind.OFF_RECORD in kinds:
        return (
            "What was said off the record is not filed as an answer. If they need nothing more, choose declined and "
            "say why, or withdrawn if they dropped the story."
        )
    if StatementKind.HOLDING in kinds:
        return "A holding line is no answer yet. Record a statement as issued first, or choose another outcome."
    since = " since it was reopened" * (enquiry.reopened_at is not None)
    return (
        f"Nothing that was sent{since} is on file for this enquiry. Record a statement as issued first, "
        "or choose another outcome."
    )
