"""What signing must know of statements: who signs, by when, and what follows from the last signature."""

from datetime import datetime, timedelta

from bot.core import deadlines, deputies, obligations, outbox, signoffs, standings
from bot.core.errors import BadInput
from bot.core.features import Asked, Corrected, Ending
from bot.core.outbox import said
from bot.core.workspaces import Work
from bot.desk import enquiry_places, terms
from storage import corrections, people, settings, statements
from storage import obligations as obligation_records
from storage import outbox as postings
from storage import signoffs as signoff_records
from storage.database import Transaction
from storage.enquiries import Enquiry, EnquiryStatus, Terms
from storage.obligations import Duty
from storage.outbox import PostingKind, Urgency
from storage.people import Person, Role
from storage.settings import BackgroundRule, ExecutivesRule
from storage.signoffs import Capacity, SignatureState
from storage.statements import Dispatch, SentBy, Statement, StatementKind, StatementStatus
from storage.subjects import Subject, SubjectKind

WORKING_TIME_TO_SIGN = timedelta(hours=8)
"""Our own judgement, for a statement whose enquiries have no deadline yet: one working day."""

CORRECT_WITHIN = timedelta(hours=2)
"""By the clock, also at night: a mistake in print does harm until it is put right. Our own judgement."""

HOLD_WITHIN = timedelta(hours=1)
"""A holding line goes out within an hour, and by half of the time there is at the latest. Our own judgement."""

SENT_BY_WORDS: dict[SentBy, str] = {
    SentBy.EMAIL: "by e-mail",
    SentBy.PHONE: "read out on the phone",
    SentBy.SOCIAL: "on social media",
    SentBy.IN_PERSON: "in person",
}

OPEN_STATEMENT = (StatementStatus.DRAFT, StatementStatus.IN_SIGNOFF)


def subject_of(statement_id: int) -> Subject:
    return Subject(SubjectKind.STATEMENT, statement_id)


class StatementSigning:
    """`bot.core.features.Signing` for statements (DOMAIN §2, "Statement sign-off")."""

    def asked_by_policy(self, tx: Transaction, subject_id: int) -> list[Asked]:
        """The spokesperson, the topics' leads and whoever else must sign on them; executives by the rule set.

        Where background is the lead's alone, everyone but the leads is left out of it, and of what is off the record.
        """
        statement, rules = must_get(tx, subject_id), settings.get(tx)
        on_record = terms.TERMS_OF[statement.kind] is Terms.ON_RECORD
        leads_alone = not on_record and rules.background is BackgroundRule.LEAD
        asked: dict[int, Asked] = {}
        if not leads_alone:
            spokesperson = statement.spokesperson
            asked[spokesperson.id] = Asked(spokesperson, Capacity.SPOKESPERSON, must_sign=True)
        also_signing = people.also_signing(tx)
        for enquiry in statements.enquiries_of(tx, subject_id):
            if enquiry.topic is None:
                continue
            if enquiry.topic.lead is not None:
                lead = enquiry.topic.lead
                asked.setdefault(lead.id, Asked(lead, Capacity.TOPIC_LEAD, must_sign=True))
            for person in () if leads_alone else also_signing.get(enquiry.topic.id, ()):
                asked.setdefault(person.id, Asked(person, Capacity.TOPIC_SIGNATORY, must_sign=True))
        must = rules.executives is ExecutivesRule.MUST_SIGN
        for executive in () if leads_alone else people.holding(tx, Role.EXECUTIVE):
            asked.setdefault(executive.id, Asked(executive, Capacity.EXECUTIVE, must_sign=must))
        return list(asked.values())

    def sign_by(self, work: Work, subject_id: int) -> datetime | None:
        deadline = deadline_of(work.tx, subject_id)
        if deadline is None:
            return work.hours.add(work.now, WORKING_TIME_TO_SIGN)
        return deadlines.sign_by(deadline, work.now)

    def owner_id(self, tx: Transaction, subject_id: int) -> int:
        return must_get(tx, subject_id).owner_id

    def is_open(self, tx: Transaction, subject_id: int) -> bool:
        return must_get(tx, subject_id).status is StatementStatus.IN_SIGNOFF

    def ending(self, work: Work, subject_id: int) -> Ending:
        statement = must_get(work.tx, subject_id)
        dispatches = statements.dispatches_of(work.tx, subject_id)
        if not dispatches:
            return Ending(f"{statement.reference} was withdrawn", {}, None)
        words, times = _went_out(statement, dispatches[0])
        correction = corrections.of(work.tx, subject_id)
        if correction is not None and correction.status is StatementStatus.ISSUED:
            words += f", and was corrected by {correction.reference}"
        return Ending(words, times, statement.owner)

    def corrected(self, work: Work, subject_id: int) -> Corrected | None:
        correction = must_get(work.tx, subject_id)
        wrong = statements.get(work.tx, correction.corrects_id) if correction.corrects_id else None
        dispatches = statements.dispatches_of(work.tx, wrong.id) if wrong else []
        if wrong is None or not dispatches:
            return None
        first = dispatches[0]
        return Corrected(*_went_out(wrong, first), first.draft.text, correction.what_was_wrong or "")

    def signed(self, work: Work, subject_id: int) -> None:
        statement = must_get(work.tx, subject_id)
        subject = subject_of(subject_id)
        obligations.owe(
            work, Duty.ISSUE, subject, owner=statement.owner, due_at=deadline_of(work.tx, subject_id), is_told=True
        )
        standing = standings.of(work.tx, signoff_records.of(work.tx, subject))
        draft = standing.draft
        _say_that_it_is_ready(work, statement, draft.number)
        without = [s.person.name for s in standing.signatures if s.state is SignatureState.OVERRIDDEN]
        going_on = f" It goes on without the signature of {', '.join(without)}." if without else ""
        who = "Everyone else" if without else "Everyone"
        self.say(work, subject_id, f"{who} has signed draft {draft.number} of {statement.reference}.{going_on}")

    def no_longer_signed(self, work: Work, subject_id: int) -> None:
        obligations.cancel(work, subject_of(subject_id), Duty.ISSUE)
        outbox.redraw(work, subject_of(subject_id))

    def what_follows(self, work: Work, subject_id: int) -> tuple[str, dict[str, datetime]]:  # noqa: ARG002 (a press officer sends it)
        return "", {}

    def redraw(self, work: Work, subject_id: int) -> None:
        redraw(work, must_get(work.tx, subject_id))

    def still_missing(self, work: Work, subject_id: int, tell: Person | None) -> None:
        offer_ways_out(work, must_get(work.tx, subject_id), tell)

    def asked_for(self, work: Work, subject_id: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.question for one in statements.enquiries_of(work.tx, subject_id)))

    def has_gone_out(self, tx: Transaction, subject_id: int) -> bool:
        return must_get(tx, subject_id).status is StatementStatus.ISSUED

    def cards(self, tx: Transaction, subject_id: int) -> list[Subject]:
        answered = statements.enquiries_of(tx, subject_id)
        return [subject_of(subject_id), *(Subject(SubjectKind.ENQUIRY, enquiry.id) for enquiry in answered)]

    def say(self, work: Work, subject_id: int, sentence: str, *, quote: str | None = None) -> None:
        say(work, subject_id, said(sentence, quote=quote))


def offer_ways_out(work: Work, statement: Statement, tell: Person | None) -> None:
    """Half of the time is gone and somebody has not signed: once for each draft and deadline, the owner hears of it."""
    subject = subject_of(statement.id)
    standing = standings.of(work.tx, signoff_records.of(work.tx, subject))
    waiting = [one for one in statements.enquiries_of(work.tx, statement.id) if one.status is not EnquiryStatus.CLOSED]
    if statement.corrects_id is not None:
        return  # it is late by now: there is nothing to hold, and no time to ask for
    if not waiting or not standing.missing or not StatementSigning().is_open(work.tx, statement.id):
        return
    pressing = min(waiting, key=lambda one: (one.deadline is None, one.deadline or work.now))
    if pressing.deadline is not None and pressing.deadline <= work.now:
        return  # not half of the time is gone but all of it: the reminders of what is late say so
    names = ", ".join(signature.person.name for signature in standing.missing)
    is_held = any(one.kind is StatementKind.HOLDING for one in _not_withdrawn(work.tx, pressing.id))
    ways = (
        "You can ask the journalist for more time."
        if is_held
        else "You can send a holding line first, which is short and is signed as well, or ask the journalist for more "
        "time."
    )
    outbox.tell(
        work,
        tell or deputies.acting_for(work, statement.owner, about=subject),
        subject,
        said(
            f"Half of the time is gone, and {statement.reference} for {pressing.outlet} still waits for: {names}. "
            f"{ways}",
            holding=None if is_held else pressing.id,
            more_time=pressing.id,
        ),
        urgency=Urgency.BY_THE_WAY,
        dedupe_key=f"ways-out:{statement.id}:{standing.draft.number}:{pressing.deadline}",
    )


def _not_withdrawn(tx: Transaction, enquiry_id: int) -> list[Statement]:
    found = statements.of_enquiry(tx, enquiry_id)
    return [statement for statement in found if statement.status is not StatementStatus.WITHDRAWN]


def _went_out(statement: Statement, dispatch: Dispatch) -> tuple[str, dict[str, datetime]]:
    how = SENT_BY_WORDS[dispatch.sent_by]
    return f"{statement.reference} went out {how}, {{sent}}", {"sent": dispatch.sent_at}


def _say_that_it_is_ready(work: Work, statement: Statement, draft: int) -> None:
    subject = subject_of(statement.id)
    earlier = postings.of(work.tx, subject, PostingKind.READY_TO_ISSUE)
    outbox.post(
        work,
        PostingKind.READY_TO_ISSUE,
        subject,
        person=deputies.acting_for(work, statement.owner, about=subject),
        detail={"draft": draft},
        dedupe_key=f"ready:{statement.id}:{draft}:{len(earlier)}",
    )


def redraw(work: Work, statement: Statement) -> None:
    """Its own cards, those of its enquiries and of what it corrects, and the homes of everyone it waits for."""
    subject = subject_of(statement.id)
    outbox.redraw(work, subject)
    if statement.corrects_id is not None:
        outbox.redraw(work, subject_of(statement.corrects_id))
    for enquiry in statements.enquiries_of(work.tx, statement.id):
        outbox.redraw(work, Subject(SubjectKind.ENQUIRY, enquiry.id))
        outbox.redraw_homes(work, [enquiry.owner_id])
    standing = standings.of(work.tx, signoff_records.of(work.tx, subject))
    asked = [person_id for one in standing.signatures for person_id in (one.person_id, one.stand_in_id)]
    outbox.redraw_homes(work, [statement.owner_id, *asked])


def redraw_enquiry(work: Work, enquiry: Enquiry) -> None:
    """The card of an enquiry and its owner's home, where a statement has gone from it."""
    outbox.redraw(work, Subject(SubjectKind.ENQUIRY, enquiry.id))
    outbox.redraw_homes(work, [enquiry.owner_id])


def say(work: Work, statement_id: int, sentence: dict[str, object]) -> None:
    """Adds a sentence to the history of every enquiry the statement answers."""
    for enquiry in statements.enquiries_of(work.tx, statement_id):
        enquiry_places.say(work, enquiry.id, sentence)


def deadline_of(tx: Transaction, statement_id: int) -> datetime | None:
    """By when a statement must go out: the earliest deadline among the open enquiries that it answers.

    A holding line goes out before that; a correction as soon as can be, whatever was the deadline.
    """
    statement = must_get(tx, statement_id)
    if statement.corrects_id is not None:
        return statement.started_at + CORRECT_WITHIN
    deadline = _earliest_deadline(tx, statement_id)
    if statement.kind is not StatementKind.HOLDING:
        return deadline
    left = deadline - statement.started_at if deadline else 2 * HOLD_WITHIN
    return statement.started_at + min(HOLD_WITHIN, left / 2) if left > timedelta() else deadline


def _earliest_deadline(tx: Transaction, statement_id: int) -> datetime | None:
    known = [
        enquiry.deadline
        for enquiry in statements.enquiries_of(tx, statement_id)
        if enquiry.deadline is not None and enquiry.status is not EnquiryStatus.CLOSED
    ]
    return min(known, default=None)


def deadline_changed(work: Work, enquiry: Enquiry) -> None:
    """Signatures and issue are owed by the new deadline."""
    for statement in statements.of_enquiry(work.tx, enquiry.id):
        subject = subject_of(statement.id)
        obligations.move_deadline(work, subject, Duty.ISSUE, deadline_of(work.tx, statement.id))
        if statement.status is StatementStatus.IN_SIGNOFF:
            due_at = StatementSigning().sign_by(work, statement.id)
            obligations.move_deadline(work, subject, Duty.SIGN, due_at)
            asked = standings.of(work.tx, signoff_records.of(work.tx, subject)).signatures
            postings.want_of_signatures(work.tx, [signature.id for signature in asked])
        redraw(work, statement)


def owner_changed(work: Work, enquiry_id: int, was: int | None, to: Person) -> None:
    """Whoever takes over an enquiry takes over the statements under way for it."""
    for statement in statements.of_enquiry(work.tx, enquiry_id):
        if statement.status in OPEN_STATEMENT and was in {statement.owner_id, None}:
            statements.change(work.tx, statement, to=statement.status, owner_id=to.id)
            for duty in (Duty.ISSUE, Duty.CORRECT):
                obligations.hand_over(work, subject_of(statement.id), duty, to)
            standing = standings.of(work.tx, signoff_records.of(work.tx, subject_of(statement.id)))
            signoffs.relay_through_owner(work, subject_of(statement.id), standing)
            if standing.is_signed:
                _say_that_it_is_ready(work, must_get(work.tx, statement.id), standing.draft.number)
            redraw(work, must_get(work.tx, statement.id))


def ask_who_is_missing(work: Work, enquiry_id: int) -> None:
    """The policy names somebody new (another topic, another lead): statements in sign-off are shown to them too."""
    for statement in statements.of_enquiry(work.tx, enquiry_id):
        if statement.status is StatementStatus.IN_SIGNOFF:
            for person in signoffs.ask_added(work, subject_of(statement.id)):
                say(work, statement.id, said(f"{person.name} must sign {statement.reference} too."))
            redraw(work, statement)


def stands_in_for_owner(tx: Transaction, statement_id: int, person: Person) -> bool:
    """Whether somebody sees to a statement, or to an enquiry it answers, while its owner is away."""
    on_enquiries = [Subject(SubjectKind.ENQUIRY, one.id) for one in statements.enquiries_of(tx, statement_id)]
    duties = (Duty.ANSWER, Duty.AWAITING_EMAIL, Duty.ISSUE, Duty.CORRECT)
    return any(
        obligation_records.is_stood_in_for(tx, subject, person.id, *duties)
        for subject in (subject_of(statement_id), *on_enquiries)
    )


def check_lead(enquiry: Enquiry) -> None:
    """Somebody must sign for what an enquiry is about: its topic has a lead."""
    if enquiry.topic is None:
        raise BadInput(
            f"{enquiry.reference} has no topic, and the topic’s lead must sign. "
            "Press Show more on its card, then Change topic, then ask."
        )
    if enquiry.topic.lead is None:
        raise BadInput(
            f"The topic {enquiry.topic.name} has no lead who could sign. Ask the administrator to name one in Settings."
        )


def must_get(tx: Transaction, statement_id: int) -> Statement:
    statement = statements.get(tx, statement_id)
    if statement is None:
        raise LookupError(f"statement {statement_id} is not on file")
    return statement
