"""What signing must know of briefings: the chair signs, by when, and what follows from the signature."""

from datetime import datetime, timedelta

from bot.core import deadlines, obligations
from bot.core.features import Asked, Corrected, Ending
from bot.core.workspaces import Work
from bot.desk import briefing_posting, briefing_steps
from bot.desk.briefing_steps import get, standing_of, subject_of
from storage import briefings
from storage.briefings import Briefing, BriefingStatus
from storage.database import Transaction
from storage.obligations import Duty
from storage.people import Person, Role
from storage.signoffs import Capacity, SignatureState
from storage.subjects import Subject

WORKING_TIME_TO_SIGN = timedelta(hours=8)
"""Our own judgement, for a briefing that goes out as soon as it is signed: one working day."""


class BriefingSigning:
    """`bot.core.features.Signing` for briefings (DOMAIN §5, "Key-message briefing": approved by the chair)."""

    def asked_by_policy(self, tx: Transaction, subject_id: int) -> list[Asked]:
        chair = get(tx, subject_id).chair
        return [Asked(chair, Capacity.CHAIR, must_sign=True)] if Role.CHAIR in chair.roles else []

    def sign_by(self, work: Work, subject_id: int) -> datetime | None:
        hour = get(work.tx, subject_id).post_at
        if hour is None or hour <= work.now:
            return work.hours.add(work.now, WORKING_TIME_TO_SIGN)
        return deadlines.sign_by(hour, work.now)

    def owner_id(self, tx: Transaction, subject_id: int) -> int:
        return get(tx, subject_id).owner_id

    def is_open(self, tx: Transaction, subject_id: int) -> bool:
        return get(tx, subject_id).status is BriefingStatus.IN_SIGNOFF

    def ending(self, work: Work, subject_id: int) -> Ending:
        briefing = get(work.tx, subject_id)
        if briefing.posted_at is None:
            return Ending(f"{briefing.reference} was withdrawn", {}, None)
        words, times = _posted(briefing)
        by = briefings.replacement_of(work.tx, subject_id)
        if by is not None and by.posted_at is not None:
            words += f", and was replaced by {by.reference}"
        return Ending(words, times, briefing.owner)

    def corrected(self, work: Work, subject_id: int) -> Corrected | None:
        replaces_id = get(work.tx, subject_id).replaces_id
        before = briefings.get(work.tx, replaces_id) if replaces_id else None
        if before is None or before.posted_at is None:
            return None
        return Corrected(*_posted(before), standing_of(work.tx, before.id).draft.text, "")

    def asked_for(self, work: Work, subject_id: int) -> tuple[str, ...]:  # noqa: ARG002 (nobody asked)
        return ()

    def signed(self, work: Work, subject_id: int) -> None:
        briefing, standing = get(work.tx, subject_id), standing_of(work.tx, subject_id)
        without = [one.person.name for one in standing.signatures if one.state is SignatureState.OVERRIDDEN]
        what = f"draft {standing.draft.number} of {briefing.reference}"
        self.say(
            work,
            subject_id,
            f"{what[:1].upper()}{what[1:]} goes on without the signature of {', '.join(without)}."
            if without
            else f"{what[:1].upper()}{what[1:]} is signed.",
        )
        briefing_posting.settle(work, briefing)

    def no_longer_signed(self, work: Work, subject_id: int) -> None:
        briefing = get(work.tx, subject_id)
        obligations.cancel(work, subject_of(subject_id), Duty.POST)
        briefing_steps.redraw_notices(work, briefing)
        at = briefing.post_at if briefing.post_at is not None and briefing.post_at > work.now else None
        was_to = f"{briefing.reference} was to be posted {{at}} and" if at else briefing.reference
        briefing_posting.tell_owner(
            work,
            briefing,
            f"{was_to} is not signed any more. It does not go out before it has been signed again.",
            {"at": at} if at else None,
        )

    def what_follows(self, work: Work, subject_id: int) -> tuple[str, dict[str, datetime]]:
        briefing = get(work.tx, subject_id)
        names = ", ".join(one.name for one in briefing_steps.audiences_of(work.tx, subject_id))
        if briefing.hour_passed:
            why = ", since its hour has passed" if briefing.post_at is not None else ""
            return f"It is posted once the press office says when{why}, for: {names}.", {}
        if briefing.post_at is None:
            return f"It is posted as soon as it is signed, for: {names}.", {}
        return f"It is posted {{at}}, if it is signed by then, for: {names}.", {"at": briefing.post_at}

    def redraw(self, work: Work, subject_id: int) -> None:
        briefing_steps.redraw(work, get(work.tx, subject_id))

    def still_missing(self, work: Work, subject_id: int, tell: Person | None) -> None:
        """Nothing beside the reminder: a briefing has nobody to ask for more time. Its hour can be changed."""

    def has_gone_out(self, tx: Transaction, subject_id: int) -> bool:
        return get(tx, subject_id).status is BriefingStatus.POSTED

    def cards(self, tx: Transaction, subject_id: int) -> list[Subject]:  # noqa: ARG002 (it has a card of its own)
        return [subject_of(subject_id)]

    def say(self, work: Work, subject_id: int, sentence: str, *, quote: str | None = None) -> None:
        briefing_steps.say(work, subject_id, sentence, quote=quote)


def _posted(briefing: Briefing) -> tuple[str, dict[str, datetime]]:
    return f"{briefing.reference} was posted, {{posted}}", {"posted": briefing.posted_at or briefing.started_at}
