"""Reviews as people see them: the list, one of them with its history, what its forms offer, and what homes show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from bot.core import deputies
from bot.core.outlook import Listing, Some, Upcoming
from bot.core.permissions import Act, Relation, may
from bot.core.working_days import ONE_DAY
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import reviews_rules, reviews_steps
from bot.desk.reviews_rules import Cadence, Following
from bot.desk.reviews_steps import ANSWERS, TRANSITIONS, subject_of, today
from storage import obligations as obligation_records
from storage import people, reviews
from storage.database import Transaction
from storage.obligations import Duty
from storage.people import Person, Role
from storage.reviews import Listed, Question, Review, ReviewEntry, ReviewKind, ReviewState

PAGE = 15
HISTORY_PAGE = 10
DAYS_AHEAD = 20
"""Working days before the date from which a review is due soon: the first reminder (DOMAIN §10)."""
DAYS_PRESSING = 5
MOST_IN_HOME = 10

KIND_WORDS: Mapping[ReviewKind, str] = {
    ReviewKind.STRATEGY: "strategy",
    ReviewKind.ACTION_PLAN: "action plan",
    ReviewKind.RISK_LOG: "risk log",
    ReviewKind.STAKEHOLDER_ANALYSIS: "stakeholder analysis",
    ReviewKind.LINES_TO_TAKE: "lines to take",
    ReviewKind.POLICY: "policy",
    ReviewKind.CONSENTS: "consents",
    ReviewKind.EQUALITY_REPORT: "annual equality report",
    ReviewKind.ANNUAL_RETURN: "annual return",
    ReviewKind.OTHER: "something else",
}
SEE_ALL = frozenset({Role.PRESS_OFFICER, Role.COMMS_LEAD, Role.PROGRAMME_OFFICE})
BOARD = frozenset({Role.CHAIR, Role.BOARD_MEMBER, Role.GROUP_CHAIR})
"""They read, and change nothing, of what the board sees."""


@dataclass(frozen=True)
class UsualReview:
    title: str
    cadence: Cadence
    for_board: bool = False


USUAL: Mapping[ReviewKind, UsualReview] = {
    ReviewKind.STRATEGY: UsualReview("Communications strategy", Cadence.SIX_MONTHS, for_board=True),
    ReviewKind.ACTION_PLAN: UsualReview("Communications action plan", Cadence.SIX_MONTHS, for_board=True),
    ReviewKind.RISK_LOG: UsualReview("Risk log", Cadence.THREE_MONTHS),
    ReviewKind.STAKEHOLDER_ANALYSIS: UsualReview("Stakeholder analysis", Cadence.YEARLY),
    ReviewKind.LINES_TO_TAKE: UsualReview("Lines to take", Cadence.SIX_MONTHS),
    ReviewKind.CONSENTS: UsualReview("Consents", Cadence.YEARLY),
    ReviewKind.EQUALITY_REPORT: UsualReview("Annual equality report", Cadence.YEARLY),
    ReviewKind.ANNUAL_RETURN: UsualReview("Annual returns", Cadence.YEARLY),
}
"""What every partnership reviews (DOMAIN §5). Every six months to the board is the rule there; how often the others
come is our own judgement, to be confirmed."""


@dataclass(frozen=True)
class ReviewLine:
    """One review in a list. `due_at` is UTC; `is_late`: its day is over."""

    review: Review
    cadence: str
    is_late: bool


@dataclass(frozen=True)
class ReviewList:
    """A page of a list; it begins after `offset` others, and there are `total` in all.

    `sees_all` is False for somebody who is shown only their own; with `sees_boards`, what the board sees as well.
    `offers_usual`: nothing was ever put on the list, and the reader may put the usual ones there.
    """

    listed: Listed
    words: str
    lines: tuple[ReviewLine, ...]
    total: int
    offset: int
    sees_all: bool
    may_add: bool
    offers_usual: bool
    sees_boards: bool = False


@dataclass(frozen=True)
class ReviewCard:
    """One review as one reader sees it: what they may do, what comes next, and a page of its history."""

    review: Review
    cadence: str
    is_late: bool
    following: Following
    remarks: tuple[str, ...]
    """Of the date that counts and the one that comes next: where nobody works then."""
    stands_in: Person | None
    """Who sees to it while its owner is away."""
    brought_by: Person | None
    """Who brings it to an owner outside Slack."""
    acts: frozenset[Act]
    history: tuple[ReviewEntry, ...] = ()
    history_total: int = 0
    offset: int = 0
    outsiders: tuple[Person, ...] = ()


@dataclass(frozen=True)
class UsualOffer:
    kind: ReviewKind
    usual: UsualReview
    first: date


@dataclass(frozen=True)
class UsualOffers:
    """The usual reviews that are not on the list yet, for the comms lead who confirms them."""

    offers: tuple[UsualOffer, ...]
    owner: Person


@dataclass(frozen=True)
class ToAdd:
    """What the form for a review offers. `review` None: a new one."""

    outsiders: tuple[Person, ...]
    review: Review | None = None


def relations(tx: Transaction, review_id: int, person: Person) -> frozenset[Relation]:
    """Whether somebody owns a review, also while they are away, stands in for who does, or reads it for the board."""
    review = reviews.get(tx, review_id)
    if review is None:
        return frozenset()
    stands_in = obligation_records.is_stood_in_for(tx, subject_of(review_id), person.id, Duty.REVIEW)
    found = {Relation.OWNER} if review.owner_id == person.id or stands_in else set()
    return frozenset(found | ({Relation.READER} if review.is_seen_by_board and person.roles & BOARD else set()))


def acts_for(work: Work, review: Review, reader: Person) -> frozenset[Act]:
    """What one reader may do with a review as it stands. Who answers for themselves records nothing beside it."""
    standing = frozenset(reader.roles | relations(work.tx, review.id, reader))
    acts = {act for (state, act) in TRANSITIONS if state is review.state and may(act, standing)}
    if may(Act.READ_REVIEW, standing):
        acts.add(Act.READ_REVIEW)
    return frozenset(acts - {Act.RECORD_REVIEW} if acts & ANSWERS else acts)


def on_duty(work: Work, review_id: int, reader: Person) -> frozenset[Act]:
    """The same for somebody who is reminded of it: a reply is recorded of those outside Slack."""
    review = reviews.get(work.tx, review_id)
    if review is None:
        return frozenset()
    acts = acts_for(work, review, reader) & {*ANSWERS, Act.RECORD_REVIEW, Act.READ_REVIEW}
    return acts - {Act.RECORD_REVIEW} if review.owner.on_slack else acts


def is_late(work: Work, review: Review) -> bool:
    return review.state is ReviewState.ACTIVE and reviews_steps.due_at(work, review.next_on) <= work.now


def line(work: Work, review: Review) -> ReviewLine:
    return ReviewLine(review, reviews_rules.words(reviews_steps.rule_of(review)), is_late(work, review))


def listed(desk: Desk, caller: Caller, which: Listed = Listed.ALL, words: str = "", *, offset: int = 0) -> ReviewList:
    """A page of a list, what is due first first. Who does not look over all of them is shown their own, and somebody of
    the board what the board sees."""
    with desk.looking(caller, Act.LIST_REVIEWS) as work:
        reader = work.person
        sees_all = bool(reader.roles & SEE_ALL)
        sees_boards = not sees_all and bool(reader.roles & BOARD)
        is_mine = which is Listed.MINE or not sees_all
        question = Question(
            which,
            reader.id if is_mine else None,
            with_boards=sees_boards and which is not Listed.MINE,
            words=tuple(words.split()),
            before=_before(work, which),
        )
        found = reviews.page(work.tx, question, offset=offset, limit=PAGE)
        may_add_usual = may(Act.ADD_USUAL_REVIEWS, work.standing)
        return ReviewList(
            which,
            words,
            tuple(line(work, review) for review in found.found),
            found.total,
            offset,
            sees_all,
            may_add=may(Act.ADD_REVIEW, work.standing),
            offers_usual=may_add_usual and not reviews.is_any(work.tx),
            sees_boards=sees_boards,
        )


def _before(work: Work, which: Listed) -> date | None:
    if which is Listed.OVERDUE:
        return first_day_not_over(work)
    return soon(work) + ONE_DAY if which is Listed.DUE else None


def first_day_not_over(work: Work) -> date:
    """The earliest date of what is not overdue: tomorrow, once today has closed."""
    day = today(work)
    return day + ONE_DAY if reviews_steps.due_at(work, day) <= work.now else day


def soon(work: Work) -> date:
    """The last day of which reminders have begun by now."""
    return work.hours.working_day_after(today(work), DAYS_AHEAD)


def one(desk: Desk, caller: Caller, review_id: int, *, offset: int = 0) -> ReviewCard:
    """A review with all that this person may do, and a page of its history."""
    with desk.looking(caller, Act.READ_REVIEW, subject_of(review_id)) as work:
        return card(work, reviews_steps.get(work.tx, review_id), work.person, offset=offset)


def card(work: Work, review: Review, reader: Person, *, offset: int = 0) -> ReviewCard:
    history, total = reviews.history(work.tx, review.id, offset=offset, limit=HISTORY_PAGE)
    cover = deputies.cover(work, review.owner).person
    following = reviews_steps.following(work, review)
    days = [review.next_on, *([following.day] if following.day else [])]
    return ReviewCard(
        review,
        reviews_rules.words(reviews_steps.rule_of(review)),
        is_late(work, review),
        following,
        reviews_rules.remarks(days, work.hours),
        stands_in=cover if cover is not None and cover.id != review.owner_id else None,
        brought_by=None if (cover or review.owner).on_slack else reviews_steps.carrier(work.tx, review),
        acts=acts_for(work, review, reader),
        history=tuple(history),
        history_total=total,
        offset=offset,
        outsiders=tuple(people.outside_slack(work.tx)),
    )


def look_at(desk: Desk, caller: Caller, review_id: int, act: Act) -> ReviewCard:
    """A review, for the form of an act on it. Refuses what its state does not allow."""
    with desk.looking(caller, act, subject_of(review_id)) as work:
        review = reviews_steps.get(work.tx, review_id)
        reviews_steps.check(review, act)
        return card(work, review, work.person)


def to_add(desk: Desk, caller: Caller) -> ToAdd:
    with desk.looking(caller, Act.ADD_REVIEW) as work:
        return ToAdd(tuple(people.outside_slack(work.tx)))


def to_replan(desk: Desk, caller: Caller, review_id: int) -> ToAdd:
    with desk.looking(caller, Act.REPLAN_REVIEW, subject_of(review_id)) as work:
        review = reviews_steps.get(work.tx, review_id)
        reviews_steps.check(review, Act.REPLAN_REVIEW)
        return ToAdd((), review)


def usual(desk: Desk, caller: Caller) -> UsualOffers:
    """The usual ones that are not on the list, each with a date to confirm: the first working day by its cadence."""
    with desk.looking(caller, Act.ADD_USUAL_REVIEWS) as work:
        there = reviews.kinds(work.tx)
        offers = []
        for kind, one_ in USUAL.items():
            if kind not in there:
                day = today(work) + relativedelta(months=reviews_rules.RULES[one_.cadence].interval)
                first = day if work.hours.is_working_day(day) else work.hours.working_day_after(day, 1)
                offers.append(UsualOffer(kind, one_, first))
        return UsualOffers(tuple(offers), work.person)


def listing(work: Work, reader: Person) -> Listing | None:
    """What a home shows as due for review: one's own of the next 20 working days, and what one brings to others.

    Comms leads and the programme office see everybody's that are overdue or due in 5. What waits for its reader with
    its buttons stands above already.
    """
    last = soon(work)
    pressing = work.hours.working_day_after(today(work), DAYS_PRESSING)
    looks_over = bool(reader.roles & {Role.COMMS_LEAD, Role.PROGRAMME_OFFICE})
    reminded = {
        owed.subject_id
        for owed in obligation_records.open_for(work.tx, reader.id)
        if owed.duty is Duty.REVIEW and owed.rung >= 0
    }
    found = [
        review
        for review in reviews.due_before(work.tx, last + ONE_DAY)
        if review.id not in reminded
        and (
            review.owner_id == reader.id
            or (looks_over and review.next_on <= pressing)
            or _is_brought_by(work, review, reader)
        )
    ]
    shown = tuple(_upcoming(work, review, reader) for review in found[:MOST_IN_HOME])
    see = "`/desk reviews` shows all of them." if looks_over else "`/desk reviews` shows all of yours."
    return Listing("Due for review", Some(shown, len(found)), see)


def _is_brought_by(work: Work, review: Review, reader: Person) -> bool:
    if review.owner.on_slack:
        return False
    reached = reviews_steps.reached_by(work, review)
    return reached is not None and reached.id == reader.id


def _upcoming(work: Work, review: Review, reader: Person) -> Upcoming:
    due_at: datetime = reviews_steps.due_at(work, review.next_on)
    whose = "" if review.owner_id == reader.id else review.owner.name
    put_off = f", put off from {reviews_rules.in_words(review.planned_on)}" if review.is_put_off else ""
    words = f"{KIND_WORDS[review.kind]}, {reviews_rules.words(reviews_steps.rule_of(review))}{put_off}"
    return Upcoming(subject_of(review.id), review.title, "", due_at, whose, words)
