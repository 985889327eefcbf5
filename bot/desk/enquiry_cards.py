"""An enquiry as people see it: its stage, what comes next, and what can be done. Nothing of it is stored."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.core import deadlines, deputies, standings
from bot.core.deadlines import Band
from bot.core.permissions import Act, may
from bot.core.standings import Standing
from bot.core.workspaces import Work
from bot.desk import terms
from bot.desk.finds import Said
from storage import alikes, enquiries, facts, follow_ups, imports, referrals, statements
from storage.alikes import Because
from storage.database import Transaction
from storage.enquiries import Enquiry, EnquiryStatus, Outcome
from storage.facts import FactRequest
from storage.outbox import Posting
from storage.people import Person
from storage.referrals import Referral, ReferralStatus
from storage.statements import Statement, StatementKind, StatementStatus
from storage.subjects import SubjectKind

_NOT_CLOSED = (EnquiryStatus.AWAITING_EMAIL, EnquiryStatus.OPEN)

FOLLOWING: dict[tuple[bool, Act], bool] = {
    (False, Act.LINK_FOLLOW_UP): True,
    (True, Act.UNLINK_FOLLOW_UP): False,
}
"""Whether an enquiry goes on with another, and what becomes of that; whatever its status is."""

TRANSITIONS: dict[tuple[EnquiryStatus, Act], EnquiryStatus] = {
    **{
        (status, act): status
        for status in _NOT_CLOSED
        for act in (
            Act.TAKE_ENQUIRY,
            Act.GIVE_ENQUIRY,
            Act.CHANGE_TOPIC,
            Act.START_STATEMENT,
            Act.ASK_FOR_FACTS,
            Act.REFER_ENQUIRY,
            Act.ANSWER_WITH,
        )
    },
    **{
        (status, act): status
        for status in EnquiryStatus
        for act in (Act.ADD_NOTE, Act.CORRECT_DETAILS, Act.TELL_PARTNERS)
    },
    **{(status, Act.CLOSE_ENQUIRY): EnquiryStatus.CLOSED for status in _NOT_CLOSED},
    (EnquiryStatus.AWAITING_EMAIL, Act.RECORD_EMAIL): EnquiryStatus.OPEN,
    (EnquiryStatus.AWAITING_EMAIL, Act.CHANGE_DEADLINE): EnquiryStatus.OPEN,
    **{
        (EnquiryStatus.OPEN, act): EnquiryStatus.OPEN
        for act in (Act.CHANGE_DEADLINE, Act.ASK_FOR_MORE_TIME, Act.AGREE_MORE_TIME)
    },
    (EnquiryStatus.CLOSED, Act.REOPEN_ENQUIRY): EnquiryStatus.OPEN,
}

SENSITIVITY: dict[tuple[bool, Act], bool] = {
    (False, Act.MARK_SENSITIVE): True,
    (True, Act.SHOW_TO_ALL): False,
    (True, Act.LET_IN): True,
}
"""Whether an enquiry is sensitive, and what becomes of that; whatever its status is."""

OUTCOME_WORDS: dict[Outcome, str] = {
    Outcome.STATEMENT: "answered with a statement",
    Outcome.BACKGROUND: "answered with background",
    Outcome.INTERVIEW: "interview given",
    Outcome.DECLINED: "declined",
    Outcome.WITHDRAWN: "withdrawn by the journalist",
    Outcome.REFERRED: "referred to a partner",
    Outcome.FOI: "became an FOI request",
}


class Stage(StrEnum):
    """Where an enquiry stands; follows from its status, its owner and its statements (DOMAIN, "States").

    HELD: a holding line has gone out, and nothing is drafted yet that would answer.
    """

    AWAITING_EMAIL = "awaiting_email"
    NOBODY = "nobody"
    OWNED = "owned"
    REFERRED = "referred"
    WITH_PARTNER = "with_partner"
    HELD = "held"
    DRAFTING = "drafting"
    SIGNING = "signing"
    AMENDMENT = "amendment"
    READY = "ready"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class StatementLine:
    """One statement of an enquiry, and how its text stands."""

    statement: Statement
    standing: Standing

    @property
    def is_under_way(self) -> bool:
        return self.statement.status in _UNDER_WAY

    @property
    def stage(self) -> Stage:
        """How far a text has come that is under way."""
        if self.statement.status is StatementStatus.DRAFT:
            return Stage.DRAFTING
        if self.standing.objections:
            return Stage.AMENDMENT
        return Stage.SIGNING if self.standing.missing else Stage.READY


_UNDER_WAY = frozenset({StatementStatus.DRAFT, StatementStatus.IN_SIGNOFF})


@dataclass(frozen=True)
class EnquiryLine:
    """An enquiry in a list."""

    enquiry: Enquiry
    stage: Stage
    statements: tuple[StatementLine, ...]
    band: Band
    now: datetime
    held_at: datetime | None = None
    """When the last holding line went out (UTC), of an enquiry that is still to be answered."""
    facts: tuple[FactRequest, ...] = ()
    """What was asked of people for it."""
    referral: Referral | None = None
    """The partner who was asked to take it, or has it."""

    @property
    def current(self) -> StatementLine | None:
        """The text that the enquiry waits for: the newest under way that answers it; if there is none, another."""
        return _waited_for(self.statements, or_another=self.stage not in _OVER)

    @property
    def beside(self) -> tuple[StatementLine, ...]:
        """What is under way beside it: a holding line, something off the record, a correction of what went out."""
        return tuple(line for line in self.statements if line.is_under_way and line is not self.current)

    @property
    def redraw_at(self) -> datetime | None:
        """When its band changes next, or its embargo ends."""
        band_at = None if self.stage in _OVER else deadlines.next_band_at(self.enquiry.deadline, self.now)
        times = [at for at in (band_at, terms.embargo(self.enquiry, self.now)) if at is not None]
        return min(times, default=None)


_OVER = frozenset({Stage.CLOSED, Stage.ANSWERED})


@dataclass(frozen=True)
class EnquiryCard:
    """The living card of an enquiry in the press channel. Everyone there sees the same buttons."""

    line: EnquiryLine
    acts: frozenset[Act]
    stand_in: Person | None = None
    """Who sees to it while its owner is away."""
    answer_from_before: str | None = None
    """What was answered before there was a Comms Desk, where an import brought it along."""
    alike: tuple[tuple[Enquiry, Because], ...] = ()
    """What it looks like."""
    follows: Enquiry | None = None
    followed_by: tuple[Enquiry, ...] = ()
    said_before: tuple[Said, ...] = ()
    """On its page: what went out in answer to the enquiry that it goes on with, newest first."""

    @property
    def redraw_at(self) -> datetime | None:
        return self.line.redraw_at


def lines(tx: Transaction, found: list[Enquiry], now: datetime) -> list[EnquiryLine]:
    """Enquiries as they stand, in so many questions to the database, however many there are."""
    if not found:
        return []
    tied = {
        enquiry_id: [statement for statement in of_it if statement.status is not StatementStatus.WITHDRAWN]
        for enquiry_id, of_it in statements.by_enquiry(tx, [enquiry.id for enquiry in found]).items()
    }
    answers = statements.answers(tx, found)
    asked = facts.by_enquiry(tx, [enquiry.id for enquiry in found])
    ids = {statement.id for of_it in tied.values() for statement in of_it}
    how_they_stand = standings.of_several(tx, SubjectKind.STATEMENT, ids)
    referred = referrals.open_by_enquiry(tx, [enquiry.id for enquiry in found])
    held = _held(tx, found)
    return [
        replace(
            _line(
                enquiry,
                tuple(StatementLine(one, how_they_stand[one.id]) for one in tied[enquiry.id]),
                now,
                is_answered=bool(answers[enquiry.id]),
                referral=referred.get(enquiry.id),
                held_at=held.get(enquiry.id),
            ),
            facts=tuple(asked[enquiry.id]),
        )
        for enquiry in found
    ]


def _held(tx: Transaction, found: list[Enquiry]) -> dict[int, datetime]:
    """By enquiry, when its last holding line went out: since it was reopened, if it was."""
    sent = statements.dispatches_to(tx, [enquiry.id for enquiry in found])
    held: dict[int, datetime] = {}
    for enquiry in found:
        since = enquiry.reopened_at
        times = [
            dispatch.sent_at
            for statement, dispatch in sent[enquiry.id]
            if statement.kind is StatementKind.HOLDING and (since is None or dispatch.recorded_at > since)
        ]
        if times:
            held[enquiry.id] = max(times)
    return held


def card(work: Work, enquiry: Enquiry) -> EnquiryCard:
    line = lines(work.tx, [enquiry], work.now)[0]
    acts = {act for (status, act) in TRANSITIONS if status is enquiry.status}
    acts |= {act for (is_sensitive, act) in SENSITIVITY if is_sensitive is enquiry.is_sensitive}
    if enquiry.owner is not None:
        acts.discard(Act.TAKE_ENQUIRY)
    if line.referral is not None:
        acts.discard(Act.REFER_ENQUIRY)
        acts |= {Act.RECORD_PARTNER_REPLY, Act.WITHDRAW_REFERRAL}
    cover = deputies.cover(work, enquiry.owner).person if enquiry.owner else None
    stand_in = cover if cover is not None and cover.id != enquiry.owner_id else None
    brought = imports.answers(work.tx, [enquiry.id]).get(enquiry.id)
    follows = follow_ups.followed(work.tx, enquiry.id)
    acts |= {act for (does_follow, act) in FOLLOWING if does_follow is (follows is not None)}
    return EnquiryCard(
        line,
        frozenset(acts),
        stand_in,
        brought.answer if brought else None,
        alike=tuple(alikes.of(work.tx, enquiry.id)),
        follows=follows,
        followed_by=tuple(follow_ups.followers(work.tx, enquiry.id)),
    )


def load(work: Work, posting: Posting) -> EnquiryCard | None:
    """In a channel with all that can be done; where one person alone sees it, with what that person may do."""
    enquiry = enquiries.get(work.tx, posting.subject_id)
    if enquiry is None:
        return None
    shown, reader = card(work, enquiry), posting.person
    if reader is None:
        return shown
    standing = reader.roles | work.features.relations(work.tx, posting.subject, reader)
    return replace(shown, acts=frozenset(act for act in shown.acts if may(act, standing)))


def _line(
    enquiry: Enquiry,
    shown: tuple[StatementLine, ...],
    now: datetime,
    *,
    is_answered: bool,
    referral: Referral | None,
    held_at: datetime | None,
) -> EnquiryLine:
    stage = _stage(enquiry, shown, is_answered=is_answered, referral=referral, is_held=held_at is not None)
    band = Band.UNKNOWN if stage in _OVER else deadlines.band(enquiry.deadline, now)
    return EnquiryLine(enquiry, stage, shown, band, now, held_at=None if stage in _OVER else held_at, referral=referral)


def _stage(
    enquiry: Enquiry,
    tied: tuple[StatementLine, ...],
    *,
    is_answered: bool,
    referral: Referral | None,
    is_held: bool,
) -> Stage:
    if enquiry.status is EnquiryStatus.CLOSED:
        return Stage.CLOSED
    waited_for = _waited_for(tied, or_another=not is_answered)
    if waited_for is not None:
        return waited_for.stage
    if is_answered:
        return Stage.ANSWERED
    if referral is not None:
        return Stage.WITH_PARTNER if referral.status is ReferralStatus.ACCEPTED else Stage.REFERRED
    if enquiry.owner_id is None:
        return Stage.NOBODY
    if enquiry.status is EnquiryStatus.AWAITING_EMAIL:
        return Stage.AWAITING_EMAIL
    return Stage.HELD if is_held else Stage.OWNED


def _waited_for(tied: tuple[StatementLine, ...], *, or_another: bool) -> StatementLine | None:
    """A holding line is waited for while nothing better is under way; a correction never is: it is owed by itself."""
    under_way = [line for line in tied if line.is_under_way and line.statement.corrects_id is None]
    answers = [line for line in under_way if line.statement.is_answer]
    candidates = answers or (under_way if or_another else [])
    return candidates[-1] if candidates else None
