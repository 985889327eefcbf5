"""An enquiry as people see it: its stage, what comes next, and what can be done. Nothing of it is stored."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.core import deadlines, deputies, signoffs
from bot.core.deadlines import Band
from bot.core.permissions import Act, may
from bot.core.signoffs import Standing
from bot.core.workspaces import Work
from bot.desk.finds import Said
from storage import alikes, enquiries, facts, follow_ups, imports, referrals, statements
from storage.alikes import Because
from storage.database import Transaction
from storage.enquiries import Enquiry, EnquiryStatus, Outcome
from storage.facts import FactRequest
from storage.outbox import Posting
from storage.people import Person
from storage.referrals import Referral, ReferralStatus
from storage.statements import Statement, StatementStatus
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
    """Where an enquiry stands; follows from its status, its owner and its statements (DOMAIN, "States")."""

    AWAITING_EMAIL = "awaiting_email"
    NOBODY = "nobody"
    OWNED = "owned"
    REFERRED = "referred"
    WITH_PARTNER = "with_partner"
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


@dataclass(frozen=True)
class EnquiryLine:
    """An enquiry in a list."""

    enquiry: Enquiry
    stage: Stage
    statements: tuple[StatementLine, ...]
    band: Band
    now: datetime
    facts: tuple[FactRequest, ...] = ()
    """What was asked of people for it."""
    referral: Referral | None = None
    """The partner who was asked to take it, or has it."""

    @property
    def current(self) -> StatementLine | None:
        """The statement that the enquiry waits for: the newest that is neither issued nor withdrawn."""
        under_way = [
            line
            for line in self.statements
            if line.statement.status in {StatementStatus.DRAFT, StatementStatus.IN_SIGNOFF}
        ]
        return under_way[-1] if under_way else None

    @property
    def redraw_at(self) -> datetime | None:
        if self.stage in {Stage.CLOSED, Stage.ANSWERED}:
            return None
        return deadlines.next_band_at(self.enquiry.deadline, self.now)


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
    standings = signoffs.standings(tx, SubjectKind.STATEMENT, ids)
    referred = referrals.open_by_enquiry(tx, [enquiry.id for enquiry in found])
    return [
        replace(
            _line(
                enquiry,
                tuple(StatementLine(one, standings[one.id]) for one in tied[enquiry.id]),
                now,
                is_answered=bool(answers[enquiry.id]),
                referral=referred.get(enquiry.id),
            ),
            facts=tuple(asked[enquiry.id]),
        )
        for enquiry in found
    ]


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
    enquiry: Enquiry, shown: tuple[StatementLine, ...], now: datetime, *, is_answered: bool, referral: Referral | None
) -> EnquiryLine:
    stage = _stage(enquiry, shown, is_answered=is_answered, referral=referral)
    band = Band.UNKNOWN if stage in {Stage.CLOSED, Stage.ANSWERED} else deadlines.band(enquiry.deadline, now)
    return EnquiryLine(enquiry, stage, shown, band, now, referral=referral)


def _stage(enquiry: Enquiry, tied: tuple[StatementLine, ...], *, is_answered: bool, referral: Referral | None) -> Stage:
    if enquiry.status is EnquiryStatus.CLOSED:
        return Stage.CLOSED
    under_way = [line for line in tied if line.statement.status is not StatementStatus.ISSUED]
    if under_way:
        newest = under_way[-1]
        if newest.statement.status is StatementStatus.DRAFT:
            return Stage.DRAFTING
        if newest.standing.objections:
            return Stage.AMENDMENT
        return Stage.SIGNING if newest.standing.missing else Stage.READY
    if is_answered:
        return Stage.ANSWERED
    if referral is not None:
        return Stage.WITH_PARTNER if referral.status is ReferralStatus.ACCEPTED else Stage.REFERRED
    if enquiry.owner_id is None:
        return Stage.NOBODY
    if enquiry.status is EnquiryStatus.AWAITING_EMAIL:
        return Stage.AWAITING_EMAIL
    return Stage.OWNED
