"""How an enquiry ends, and is opened again. None closes without an outcome."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.core import obligations
from bot.core.errors import BadInput
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_cards, enquiry_deadlines, enquiry_steps, facts_steps, referral_steps
from storage import people, referrals
from storage import statements as statement_records
from storage.deadline_changes import Because
from storage.enquiries import Enquiry, EnquiryStatus, Outcome
from storage.referrals import ReferralStatus
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
        is_own = closing.referred_to_id in people.own_organisation_ids(work.tx)
        if closing.outcome is Outcome.REFERRED and is_own:
            raise BadInput(
                "This is where the press office works, so it is ours to answer. Choose a partner.", field="referred_to"
            )
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
        was = enquiry.deadline
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
        enquiry_deadlines.note_change(work, enquiry_id, Because.REOPENED, was=was, now=deadline)
        enquiry_steps.owe(work, enquiry_steps.get(work.tx, enquiry_id))
        facts_steps.redraw_all(work, enquiry_id)
        referral_steps.deadline_changed(work, enquiry_steps.get(work.tx, enquiry_id))
        sentence = f"{work.person.name} reopened {enquiry.reference}. The deadline is {{deadline}}."
        enquiry_steps.say(work, enquiry, said(sentence, times=enquiry_steps.times(deadline), quote=reason.strip()))
        enquiry_steps.redraw(work, enquiry)
        work.record(
            Act.REOPEN_ENQUIRY,
            enquiry_steps.subject_of(enquiry.id),
            deadline=deadline.isoformat() if deadline else None,
            personal={"reason": reason.strip()},
        )


def closed_by_partner(work: Work, enquiry: Enquiry, organisation_id: int, answer: str) -> bool:
    """A partner has answered the journalist. False: a text of ours is still under way, so that somebody has to look."""
    if enquiry.status is EnquiryStatus.CLOSED:
        return True
    if _on_their_way(work, enquiry):
        return False
    _close(work, enquiry, Closing(Outcome.REFERRED, answer, organisation_id))
    return True


def came_back(work: Work, enquiry: Enquiry) -> None:
    """A partner does not answer after all: it is open again as it was, by the same deadline."""
    to_open = {"outcome": None, "outcome_detail": None, "referred_to_id": None, "closed_at": None}
    enquiry_steps.change(work, enquiry, Act.REOPEN_ENQUIRY, **to_open)
    enquiry_steps.owe(work, enquiry_steps.get(work.tx, enquiry.id))
    enquiry_steps.redraw(work, enquiry_steps.get(work.tx, enquiry.id))
    work.record(Act.REOPEN_ENQUIRY, enquiry_steps.subject_of(enquiry.id), because="came back from a partner")


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
    for statement in _on_their_way(work, enquiry):
        raise BadInput(
            f"{statement.reference} is still on its way. Issue it or withdraw it, then close {enquiry.reference}.",
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
    referral_steps.enquiry_closed(work, enquiry, closing.outcome, words)
    referral_steps.ask_whom_it_touches(work, enquiry_steps.get(work.tx, enquiry.id))
    work.record(
        Act.CLOSE_ENQUIRY,
        enquiry_steps.subject_of(enquiry.id),
        outcome=closing.outcome.value,
        personal={"detail": detail},
    )


def _on_their_way(work: Work, enquiry: Enquiry) -> list[Statement]:
    """The statements under way that no other open enquiry waits for."""
    return [
        statement
        for statement in statement_records.of_enquiry(work.tx, enquiry.id)
        if statement.status in {StatementStatus.DRAFT, StatementStatus.IN_SIGNOFF}
        and statement.corrects_id is None  # which goes on, and is owed by itself
        and not any(
            other.id != enquiry.id and other.status is not EnquiryStatus.CLOSED
            for other in statement_records.enquiries_of(work.tx, statement.id)
        )
    ]


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
    if closing.outcome is Outcome.REFERRED:
        _check_referral(work, enquiry, closing, detail)


def _check_referral(work: Work, enquiry: Enquiry, closing: Closing, detail: str) -> None:
    """Somebody there has said yes, or there is a reason to close it anyhow: who answers must never be nobody."""
    referral = referrals.open_on(work.tx, enquiry.id)
    if referral is not None and referral.organisation_id != closing.referred_to_id:
        raise BadInput(
            f"It is with {referral.organisation.name}. Choose them, or take it back from them first.",
            field="referred_to",
        )
    has_said_yes = referral is not None and referral.status is ReferralStatus.ACCEPTED
    if not has_said_yes and not detail:
        raise BadInput(
            "Nobody there has said yes. Choose Refer to partner on the card instead, or say here why you close it "
            "anyhow.",
            field="detail",
        )


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
