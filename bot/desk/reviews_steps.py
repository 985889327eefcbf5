"""The steps that acts on reviews are made of: what state allows what, and what follows from each."""

from datetime import date, datetime
from typing import Any

from bot.core import deputies, obligations, outbox
from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.recurrences import Recurrence
from bot.core.workspaces import Work
from bot.desk import reviews_rules
from bot.desk.reviews_rules import Following
from storage import people, reviews, workspaces
from storage.database import Transaction
from storage.obligations import Duty
from storage.people import Person, Role
from storage.reviews import Review, ReviewEntry, ReviewState, ReviewStep
from storage.subjects import Subject, SubjectKind

LONGEST_TITLE = 150
LONGEST_WORDS = 2000

ANSWERS = frozenset({Act.REVIEW_WITHOUT_CHANGE, Act.REVIEW_WITH_CHANGE, Act.PUT_OFF_REVIEW})
"""What its owner says when something is to be reviewed."""

TRANSITIONS: dict[tuple[ReviewState, Act], ReviewState] = {
    **{
        (ReviewState.ACTIVE, act): ReviewState.ACTIVE
        for act in (*ANSWERS, Act.RECORD_REVIEW, Act.HAND_OVER_REVIEW, Act.REPLAN_REVIEW)
    },
    (ReviewState.ACTIVE, Act.END_REVIEW): ReviewState.ENDED,
}
"""What is reviewed once only, and has been, ends with that."""

NOT_THERE = "This review is not on file. Type /desk reviews to see what is."


def subject_of(review_id: int) -> Subject:
    return Subject(SubjectKind.REVIEW, review_id)


def get(tx: Transaction, review_id: int) -> Review:
    review = reviews.get(tx, review_id)
    if review is None:
        raise NotFound(NOT_THERE)
    return review


def check(review: Review, act: Act) -> None:
    """Raises `NotFromHere` where the state of a review does not allow an act."""
    if (review.state, act) not in TRANSITIONS:
        raise NotFromHere(
            "This is no longer reviewed, so nothing has changed. If it should be, type /desk reviews and press Add "
            "something to review."
        )


def current(work: Work, review_id: int, act: Act, revision: int) -> Review:
    """A review that is still as the form showed it."""
    review = get(work.tx, review_id)
    check(review, act)
    if review.revision != revision:
        raise NotFromHere(
            "This review was changed since you opened the form, and nothing of yours was saved. Close the form and "
            "look at it again."
        )
    return review


def change(work: Work, review: Review, **values: object) -> Review:
    """The one way in which a review moves on: if nobody was quicker. From then on `review` shows how it stands, too."""
    if not reviews.change(work.tx, review, **values):
        raise NotFromHere("Somebody was quicker a moment ago. Look at it again.")
    return get(work.tx, review.id)


def today(work: Work) -> date:
    return work.hours.local_day(work.now)


def due_at(work: Work, day: date) -> datetime:
    """When a review of that day is due (UTC): at the close of the day."""
    return work.hours.closing_of(day)


def rule_of(review: Review) -> Recurrence | None:
    return Recurrence.from_data(review.rule) if review.rule else None


def following(work: Work, review: Review) -> Following:
    """Which date comes after the one that is due, if it is reviewed now."""
    return reviews_rules.following(
        rule_of(review), counted_from=review.counted_from, due_on=review.next_on, today=today(work)
    )


def carrier(tx: Transaction, review: Review) -> Person | None:
    """Who of the press office brings a review to an owner outside Slack: who added it, or else a comms lead."""
    added_by = review.added_by
    if added_by.on_slack and added_by.roles & {Role.PRESS_OFFICER, Role.COMMS_LEAD}:
        return added_by
    office = [*people.holding(tx, Role.COMMS_LEAD), *people.holding(tx, Role.PRESS_OFFICER)]
    return next((person for person in office if person.on_slack), None)


def reached_by(work: Work, review: Review) -> Person | None:
    """Who hears of a review now: its owner, who stands in for them, or who brings it to them."""
    owner = deputies.cover(work, review.owner).person or review.owner
    if owner.on_slack:
        return owner
    bringing = carrier(work.tx, review)
    return (deputies.cover(work, bringing).person or bringing) if bringing else None


def owe(work: Work, review: Review) -> None:
    """From now on its owner owes the next review."""
    obligations.owe(work, Duty.REVIEW, subject_of(review.id), owner=review.owner, due_at=due_at(work, review.next_on))


def note(work: Work, review: Review, step: ReviewStep, act: Act, due_on: date, **values: Any) -> ReviewEntry:
    """Puts a step into a review's history and on the record. `review` is as it stands afterwards."""
    is_over = review.state is ReviewState.ENDED
    entry = ReviewEntry(
        review_id=review.id,
        step=step,
        at=work.now,
        by_id=work.person.id,
        owner_id=review.owner_id,
        due_on=due_on,
        next_on=None if is_over else review.next_on,
        **values,
    )
    work.tx.add(entry)
    work.record(
        act,
        subject_of(review.id),
        entry=entry.id,
        step=step.value,
        title=review.title,
        owner=review.owner_id,
        due=due_on.isoformat(),
        next=entry.next_on.isoformat() if entry.next_on else None,
        rule=review.rule,
        for_board=review.for_board,
        link=review.link,
        heard_by=entry.heard_by.value if entry.heard_by else None,
        heard_at=entry.heard_at.isoformat() if entry.heard_at else None,
        personal={"words": entry.words, "evidence": entry.evidence},
    )
    return entry


def redraw(work: Work, review: Review) -> None:
    """The homes in which it stands no longer show how it stands."""
    bringing = carrier(work.tx, review)
    outbox.redraw_homes(work, [review.owner_id, bringing.id if bringing else None])
    outbox.redraw_overviews(work)


def tell(work: Work, review: Review, person: Person | None, sentence: str, *, quote: str | None = None) -> None:
    """A word about a review to one person, unless it is they who act, with the button that shows it."""
    if person is not None and person.id != work.person_id:
        outbox.tell(work, person, subject_of(review.id), said(sentence, quote=quote, review=review.id))


def profile_read(work: Work, person: Person) -> None:
    """It is known by now who somebody is who was chosen to review something.

    A member of another workspace cannot answer here: the comms leads, who may hand it over, hear of it in time.
    """
    if person.slack_team_id == workspaces.get(work.tx).team_id:
        return
    for review in reviews.active_of(work.tx, person.id):
        sentence = (
            f"{person.name} belongs to another Slack workspace and cannot answer here. They were to review "
            f"{review.title}. Press Show, then Hand over: to them as somebody outside Slack, or to somebody else."
        )
        detail, key = said(sentence, review=review.id), f"review-elsewhere:{review.id}"
        for lead in deputies.present(work, people.holding(work.tx, Role.COMMS_LEAD)):
            outbox.tell(work, lead, subject_of(review.id), detail, dedupe_key=f"{key}:{lead.id}")


def check_words(words: str, otherwise: str, *, field: str, most: int = LONGEST_WORDS) -> str:
    """What was typed, without the space around it. `BadInput` where that is nothing, or too much."""
    words = words.strip()
    if not words and otherwise:
        raise BadInput(otherwise, field=field)
    if len(words) > most:
        raise BadInput(f"This has {len(words):,} characters and may have {most:,}. Shorten it.", field=field)
    return words
