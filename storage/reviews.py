"""What is looked at again and again, when next, by whom, and what came of it each time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Transaction, by_value, changed, within_workspace
from storage.people import Person
from storage.signoffs import HeardBy


class ReviewKind(StrEnum):
    """DOMAIN §5, "Reviews", and §3, "Lines to take"."""

    STRATEGY = "strategy"
    ACTION_PLAN = "action_plan"
    RISK_LOG = "risk_log"
    STAKEHOLDER_ANALYSIS = "stakeholder_analysis"
    LINES_TO_TAKE = "lines_to_take"
    POLICY = "policy"
    CONSENTS = "consents"
    EQUALITY_REPORT = "equality_report"
    ANNUAL_RETURN = "annual_return"
    OTHER = "other"


class ReviewState(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


class ReviewStep(StrEnum):
    """What can happen to a review."""

    ADDED = "added"
    NO_CHANGE = "no_change"
    CHANGED = "changed"
    PUT_OFF = "put_off"
    HANDED_OVER = "handed_over"
    REPLANNED = "replanned"
    ENDED = "ended"


class Review(InWorkspace, Base):
    """Something with a review date. Dates are local; a review is due at the close of its day.

    `next_on` is the date that counts, `planned_on` the one it was before it was put off. `rule` is what
    `bot.core.recurrences` writes, counted from `counted_from`; None: reviewed once only.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        within_workspace("owner_id", table="people"),
        within_workspace("added_by_id", table="people"),
        sa.Index("ix_reviews_next", "workspace_id", "state", "next_on"),
        sa.Index("ix_reviews_owner", "workspace_id", "owner_id"),
    )

    title: Mapped[str]
    kind: Mapped[ReviewKind] = mapped_column(by_value(ReviewKind))
    link: Mapped[str | None]
    owner_id: Mapped[int]
    added_by_id: Mapped[int]
    added_at: Mapped[datetime]
    state: Mapped[ReviewState] = mapped_column(by_value(ReviewState))
    next_on: Mapped[date]
    planned_on: Mapped[date]
    counted_from: Mapped[date]
    rule: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    for_board: Mapped[bool]
    put_offs: Mapped[int] = mapped_column(default=0)
    """How often it was put off in a row."""
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with each change: a form is good for what it showed."""
    ended_because: Mapped[str | None]

    owner: Mapped[Person] = relationship(lazy="joined", foreign_keys="Review.owner_id", viewonly=True)
    added_by: Mapped[Person] = relationship(lazy="joined", foreign_keys="Review.added_by_id", viewonly=True)

    @property
    def is_put_off(self) -> bool:
        return self.put_offs > 0

    @property
    def is_seen_by_board(self) -> bool:
        """What is marked for it, and all that is put off."""
        return self.for_board or self.is_put_off


class ReviewEntry(InWorkspace, Base):
    """One line of a review's history: who did what (`by`), whose it was (`owner`), for which date, and what follows.

    Where the owner said it outside Slack, `by` wrote it down: `heard_by`, `heard_at` and `evidence` say how they know.
    """

    __tablename__ = "review_entries"
    __table_args__ = (
        within_workspace("review_id", table="reviews"),
        within_workspace("by_id", table="people"),
        within_workspace("owner_id", table="people"),
        sa.Index("ix_review_entries_review", "workspace_id", "review_id"),
        sa.Index("ix_review_entries_step", "workspace_id", "step", "at"),
    )

    review_id: Mapped[int]
    step: Mapped[ReviewStep] = mapped_column(by_value(ReviewStep))
    at: Mapped[datetime]
    by_id: Mapped[int]
    owner_id: Mapped[int]
    due_on: Mapped[date]
    next_on: Mapped[date | None]
    words: Mapped[str | None]
    """What changed, or why; as it was typed."""
    link: Mapped[str | None]
    heard_by: Mapped[HeardBy | None] = mapped_column(by_value(HeardBy))
    heard_at: Mapped[datetime | None]
    evidence: Mapped[str | None]

    by: Mapped[Person] = relationship(lazy="joined", foreign_keys="ReviewEntry.by_id", viewonly=True)
    owner: Mapped[Person] = relationship(lazy="joined", foreign_keys="ReviewEntry.owner_id", viewonly=True)


class Listed(StrEnum):
    """Which reviews a list shows."""

    ALL = "all"
    MINE = "mine"
    DUE = "due"
    OVERDUE = "overdue"
    PUT_OFF = "put_off"
    ENDED = "ended"


@dataclass(frozen=True)
class Question:
    """What a list is asked for. `owner_id`: only what is this person's, and `with_boards` what the board sees as well;
    `words`: all of them stand in the title.

    `before` (exclusive) bounds the date where the list is of what is due or overdue.
    """

    listed: Listed
    owner_id: int | None = None
    with_boards: bool = False
    words: tuple[str, ...] = ()
    before: date | None = None


@dataclass(frozen=True)
class Page:
    found: list[Review]
    total: int


_FIRST_DUE = (Review.next_on, Review.title, Review.id)


def get(tx: Transaction, review_id: int) -> Review | None:
    return tx.session.scalar(sa.select(Review).where(Review.id == review_id))


def page(tx: Transaction, question: Question, *, offset: int, limit: int) -> Page:
    """A page of a list, what is due first first."""
    ended = question.listed is Listed.ENDED
    wanted = [Review.state == (ReviewState.ENDED if ended else ReviewState.ACTIVE)]
    if question.owner_id is not None:
        own = Review.owner_id == question.owner_id
        wanted.append(sa.or_(own, Review.for_board, Review.put_offs > 0) if question.with_boards else own)
    if question.listed is Listed.PUT_OFF:
        wanted.append(Review.put_offs > 0)
    if question.before is not None:
        wanted.append(Review.next_on < question.before)
    wanted += [sa.func.lower(Review.title).contains(word.lower(), autoescape=True) for word in question.words]
    found = tx.session.scalars(sa.select(Review).where(*wanted).order_by(*_FIRST_DUE).offset(offset).limit(limit))
    total = tx.session.scalar(sa.select(sa.func.count(Review.id)).where(*wanted))
    return Page(list(found), total or 0)


def due_before(tx: Transaction, day: date, *, owner_id: int | None = None, for_board: bool = False) -> list[Review]:
    """What is due before a day (so overdue, too), the first first; of one person, or only what the board sees."""
    query = sa.select(Review).where(Review.state == ReviewState.ACTIVE, Review.next_on < day)
    if owner_id is not None:
        query = query.where(Review.owner_id == owner_id)
    if for_board:
        query = query.where(Review.for_board)
    return list(tx.session.scalars(query.order_by(*_FIRST_DUE)))


def active_of(tx: Transaction, person_id: int) -> list[Review]:
    """What somebody has to look at, the first due first."""
    query = sa.select(Review).where(Review.state == ReviewState.ACTIVE, Review.owner_id == person_id)
    return list(tx.session.scalars(query.order_by(*_FIRST_DUE)))


def put_off_between(tx: Transaction, since: datetime, until: datetime) -> list[tuple[ReviewEntry, Review]]:
    """What was put off after `since`, up to `until` (UTC), in that order, with what it is about."""
    query = (
        sa.select(ReviewEntry, Review)
        .join(Review, Review.id == ReviewEntry.review_id)
        .where(ReviewEntry.step == ReviewStep.PUT_OFF, ReviewEntry.at > since, ReviewEntry.at <= until)
        .order_by(ReviewEntry.at, ReviewEntry.id)
    )
    return [(entry, review) for entry, review in tx.session.execute(query)]


def kinds(tx: Transaction) -> Collection[ReviewKind]:
    """Of which kinds something is reviewed."""
    return set(tx.session.scalars(sa.select(Review.kind).where(Review.state == ReviewState.ACTIVE).distinct()))


def is_any(tx: Transaction) -> bool:
    """Whether anything was ever put on the list."""
    return tx.session.scalar(sa.select(Review.id).limit(1)) is not None


def titled(tx: Transaction, title: str) -> Review | None:
    """What is reviewed under this title already, whatever its capitals."""
    active = tx.session.scalars(sa.select(Review).where(Review.state == ReviewState.ACTIVE))
    return next((review for review in active if review.title.casefold() == title.casefold()), None)


def change(tx: Transaction, review: Review, **values: Any) -> bool:
    """Changes a review that is still as `review` shows it, and active."""
    return changed(
        tx,
        sa.update(Review)
        .where(Review.id == review.id, Review.state == ReviewState.ACTIVE, Review.revision == review.revision)
        .values(revision=Review.revision + 1, **values),
    )


def history(tx: Transaction, review_id: int, *, offset: int, limit: int) -> tuple[list[ReviewEntry], int]:
    """What became of a review, the newest first: so much of it, and how much there is."""
    mine = ReviewEntry.review_id == review_id
    found = tx.session.scalars(
        sa.select(ReviewEntry).where(mine).order_by(ReviewEntry.id.desc()).offset(offset).limit(limit)
    )
    return list(found), tx.session.scalar(sa.select(sa.func.count(ReviewEntry.id)).where(mine)) or 0
