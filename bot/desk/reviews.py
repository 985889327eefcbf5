"""Reviews: anything may carry a review date, with how often and whose it is (DOMAIN §5, "Reviews").

Who owns one is reminded before and after the date (§10), and says: reviewed without a change, reviewed with one, or put
off. What is put off stands before the board. Where they have no Slack, a press officer writes down what they said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core import deputies, obligations
from bot.core.errors import BadInput
from bot.core.features import Feature
from bot.core.permissions import Act
from bot.core.recurrences import Recurrence
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import hearing, reviews_cards, reviews_digests, reviews_rules, reviews_steps, whom
from bot.desk.links import check_link
from bot.desk.reviews_rules import check_next, in_words
from bot.desk.reviews_steps import (
    LONGEST_TITLE,
    change,
    check_words,
    current,
    note,
    owe,
    redraw,
    subject_of,
    tell,
    today,
)
from bot.desk.whom import Asking, Whom
from storage import people, reviews
from storage.database import Transaction
from storage.obligations import Duty
from storage.people import Role
from storage.reviews import Review, ReviewKind, ReviewState, ReviewStep
from storage.signoffs import HeardBy
from storage.subjects import SubjectKind

LONGEST_PUT_OFF = timedelta(days=366)
OWNER = Asking("Choose who reviews it; or, of somebody outside Slack, give the name below.")


@dataclass(frozen=True)
class Details:
    """What is to be reviewed, as a form gives it. `rule` None: once only. `owner` None, where it is not asked for."""

    title: str
    kind: ReviewKind | None
    link: str
    owner: Whom | None
    first: date | None
    rule: Recurrence | None
    for_board: bool


@dataclass(frozen=True)
class Usual:
    """One of the usual reviews, as it was confirmed."""

    kind: ReviewKind
    owner: str | None
    first: date | None


@dataclass(frozen=True)
class Answer:
    """What came of a review. `words`: what changed, or why it is put off; `day`: the next date, or until when."""

    words: str = ""
    link: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Saved:
    """A review after an answer. `remark`: what should be known of the date that counts now, if anything."""

    review: Review
    remark: str


@dataclass(frozen=True)
class Plan:
    """What would be saved: how often in words, the next dates, and on which of them nobody works."""

    title: str
    cadence: str
    days: tuple[date, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """What somebody said outside Slack (`said`: which of the answers), and how it reached a press officer. `at` is UTC;
    None means now."""

    said: Act | None
    how: HeardBy | None
    evidence: str
    at: datetime | None = None


def add(desk: Desk, caller: Caller, details: Details, *, once: str) -> Review:
    """Puts something on the list. Its owner is told, and reminded from now on."""
    with desk.acting(caller, Act.ADD_REVIEW, once=once) as work:
        title, link, first = check(work, details)
        owner = whom.find(work, caller, details.owner or Whom(), OWNER)
        kind = details.kind or ReviewKind.OTHER
        review = Review(
            title=title, kind=kind, link=link, owner_id=owner.id, next_on=first, for_board=details.for_board
        )
        return _put(work, Act.ADD_REVIEW, review, details.rule)


def look_ahead(desk: Desk, caller: Caller, details: Details, review_id: int | None) -> Plan:
    """What would be saved, to be looked at first. Refuses all that saving would refuse, but for who owns it."""
    if review_id is None:
        with desk.looking(caller, Act.ADD_REVIEW) as work:
            return _plan(work, details, None)
    with desk.looking(caller, Act.REPLAN_REVIEW, subject_of(review_id)) as work:
        return _plan(work, details, reviews_steps.get(work.tx, review_id))


def _plan(work: Work, details: Details, review: Review | None) -> Plan:
    title, _, first = check(work, details, review)
    days = reviews_rules.dates(details.rule, first)
    return Plan(title, reviews_rules.words(details.rule), tuple(days), reviews_rules.remarks(days, work.hours))


def check(work: Work, details: Details, review: Review | None = None) -> tuple[str, str | None, date]:
    """What was typed of a review, new or (`review`) on file: its title, link and date. `BadInput` beside the field."""
    title = check_words(
        " ".join(details.title.split()), "Say what is to be reviewed.", field="title", most=LONGEST_TITLE
    )
    if details.kind is None:
        raise BadInput("Choose what kind of thing it is.", field="kind")
    link = check_link(details.link)
    if details.owner is not None:
        whom.check(details.owner, OWNER)
    keeps_its_date = review is not None and details.first == review.next_on
    # what is due today, or was missed, may be put on the list as it is
    earliest = today(work) - timedelta(days=1)
    first = details.first if keeps_its_date else None
    first = first or check_next(details.first, earliest, field="first", otherwise="Choose the date of the next review.")
    reviews_rules.check(details.rule, first)
    same = reviews.titled(work.tx, title)
    if same is not None and (review is None or same.id != review.id):
        raise BadInput(
            f"{same.title} is on the list already: {in_words(same.next_on)}, {same.owner.name}. Give this one another "
            "name.",
            field="title",
        )
    return title, link, first


def _put(work: Work, act: Act, review: Review, rule: Recurrence | None) -> Review:
    """A new review goes on the list, and is owed from now on."""
    review.added_by_id, review.added_at, review.state = work.person.id, work.now, ReviewState.ACTIVE
    review.planned_on = review.counted_from = review.next_on
    review.rule = rule.to_data() if rule else None
    work.tx.add(review)
    review = reviews_steps.get(work.tx, review.id)
    owe(work, review)
    note(work, review, ReviewStep.ADDED, act, review.next_on)
    redraw(work, review)
    sentence = (
        f"{work.person.name} put your name beside a review: {review.title}, {in_words(review.next_on)}, "
        f"{reviews_rules.words(rule)}. "
        "You are reminded before it and on the day. Is it somebody else’s? Press Show, then Hand "
        "over."
    )
    tell(work, review, review.owner, sentence)
    return review


def reviewed(desk: Desk, caller: Caller, review_id: int, answer: Answer, *, revision: int, once: str) -> Saved:
    """Its owner looked at it, and nothing had to change. Gives the review as it stands."""
    with desk.acting(caller, Act.REVIEW_WITHOUT_CHANGE, subject_of(review_id), once=once) as work:
        review = current(work, review_id, Act.REVIEW_WITHOUT_CHANGE, revision)
        return _saved(work, _reviewed(work, review, Act.REVIEW_WITHOUT_CHANGE, answer, changed=False))


def changed(desk: Desk, caller: Caller, review_id: int, answer: Answer, *, revision: int, once: str) -> Saved:
    """Its owner looked at it and changed it: what, and where it is now, if that is another place."""
    with desk.acting(caller, Act.REVIEW_WITH_CHANGE, subject_of(review_id), once=once) as work:
        review = current(work, review_id, Act.REVIEW_WITH_CHANGE, revision)
        return _saved(work, _reviewed(work, review, Act.REVIEW_WITH_CHANGE, answer, changed=True))


def put_off(desk: Desk, caller: Caller, review_id: int, answer: Answer, *, revision: int, once: str) -> Saved:
    """Its owner puts it off: why, and until when. The board sees it."""
    with desk.acting(caller, Act.PUT_OFF_REVIEW, subject_of(review_id), once=once) as work:
        review = current(work, review_id, Act.PUT_OFF_REVIEW, revision)
        return _saved(work, _put_off(work, review, Act.PUT_OFF_REVIEW, answer))


def record(
    desk: Desk, caller: Caller, review_id: int, answer: Answer, heard: Heard, *, revision: int, once: str
) -> Saved:
    """Writes down what its owner said by e-mail or on the phone, and how that is known."""
    with desk.acting(caller, Act.RECORD_REVIEW, subject_of(review_id), once=once) as work:
        review = current(work, review_id, Act.RECORD_REVIEW, revision)
        if heard.said not in reviews_steps.ANSWERS:
            raise BadInput("Choose what they said.", field="said")
        given = {
            "heard_by": hearing.chosen(heard.how),
            "heard_at": hearing.when(work, heard.at, since=review.added_at, early="It was added", field="heard_at"),
            "evidence": check_words(
                heard.evidence, "Say how you know: who told you, and when.", field="evidence", most=500
            ),
        }
        if heard.said is Act.PUT_OFF_REVIEW:
            after = _put_off(work, review, Act.RECORD_REVIEW, answer, **given)
        else:
            is_changed = heard.said is Act.REVIEW_WITH_CHANGE
            after = _reviewed(work, review, Act.RECORD_REVIEW, answer, changed=is_changed, **given)
        sentence = (
            f"{work.person.name} recorded what you said about the review of {review.title}. If it is wrong, tell "
            f"{work.person.name}."
        )
        tell(work, after, review.owner, sentence, quote=answer.words.strip() or None)
        return _saved(work, after)


def _saved(work: Work, after: Review) -> Saved:
    is_over = after.state is ReviewState.ENDED
    return Saved(after, "" if is_over else reviews_rules.remark(after.next_on, work.hours))


def _reviewed(work: Work, review: Review, act: Act, answer: Answer, *, changed: bool, **heard: object) -> Review:
    needed = "Say what changed." if changed else ""
    words = check_words(answer.words, needed, field="words")
    link = check_link(answer.link) or review.link
    by_rule, due_on = reviews_steps.following(work, review).day, review.next_on
    subject, values = subject_of(review.id), {"link": link, "put_offs": 0}
    if by_rule is None and answer.day is None:
        after = change(work, review, **values, state=ReviewState.ENDED, ended_because="It was to be reviewed once.")
    else:
        day = check_next(answer.day, today(work), field="day", otherwise="Choose the date of the next review.")
        counted_from = {} if day == by_rule else {"counted_from": day}
        reviews_rules.check(reviews_steps.rule_of(review), day)
        after = change(work, review, **values, next_on=day, planned_on=day, **counted_from)
    obligations.done(work, subject, Duty.REVIEW)
    if after.state is ReviewState.ACTIVE:
        owe(work, after)
    step = ReviewStep.CHANGED if changed else ReviewStep.NO_CHANGE
    note(work, after, step, act, due_on, words=words or None, link=link, **heard)
    redraw(work, after)
    return after


def _put_off(work: Work, review: Review, act: Act, answer: Answer, **heard: object) -> Review:
    words = check_words(answer.words, "Say why it is put off. The board sees it.", field="words")
    until = check_next(answer.day, today(work), field="day", otherwise="Choose until when.")
    if until <= review.next_on:
        raise BadInput(f"It is due {in_words(review.next_on)}. Choose a later date.", field="day")
    if until > today(work) + LONGEST_PUT_OFF:
        raise BadInput(
            "This is more than a year away. Choose an earlier date; what need not be reviewed any more, a comms lead "
            "can end.",
            field="day",
        )
    due_on = review.next_on
    after = change(work, review, next_on=until, put_offs=review.put_offs + 1)
    obligations.move_deadline(work, subject_of(review.id), Duty.REVIEW, reviews_steps.due_at(work, until))
    note(work, after, ReviewStep.PUT_OFF, act, due_on, words=words, **heard)
    redraw(work, after)
    if after.put_offs > 1:
        sentence = (
            f"{review.owner.name} has put off the review of {review.title} {_times(after.put_offs)} in a row, now "
            f"until {in_words(until)}. It was planned for {in_words(review.planned_on)}. The reason given:"
        )
        for lead in deputies.present(work, people.holding(work.tx, Role.COMMS_LEAD)):
            tell(work, after, lead, sentence, quote=words)
    return after


def _times(number: int) -> str:
    return "twice" if number == 2 else f"{number} times"


def hand_over(desk: Desk, caller: Caller, review_id: int, to: Whom, words: str, *, revision: int, once: str) -> Review:
    """Gives a review to somebody else, who is told, with a word to them if there is one."""
    with desk.acting(caller, Act.HAND_OVER_REVIEW, subject_of(review_id), once=once) as work:
        review = current(work, review_id, Act.HAND_OVER_REVIEW, revision)
        person = whom.find(work, caller, to, OWNER)
        if person.id == review.owner_id:
            raise BadInput(f"{person.name} has it already. Choose somebody else.", field="member")
        words = check_words(words, "", field="words", most=500)
        before = review.owner
        redraw(work, review)
        after = change(work, review, owner_id=person.id)
        obligations.hand_over(work, subject_of(review.id), Duty.REVIEW, person)
        note(work, after, ReviewStep.HANDED_OVER, Act.HAND_OVER_REVIEW, review.next_on, words=words or None)
        redraw(work, after)
        given = f"{work.person.name} gave you the review of {review.title}, due {in_words(review.next_on)}."
        tell(work, after, person, given, quote=words or None)
        taken = f"The review of {review.title} is with {person.name} now. {work.person.name} handed it over."
        tell(work, after, before, taken)
        return after


def replan(desk: Desk, caller: Caller, review_id: int, details: Details, *, revision: int, once: str) -> Review:
    """Changes what a review is, when it comes, how often, or whether the board is to see it."""
    with desk.acting(caller, Act.REPLAN_REVIEW, subject_of(review_id), once=once) as work:
        review = current(work, review_id, Act.REPLAN_REVIEW, revision)
        title, link, first = check(work, details, review)
        due_on = review.next_on
        moved = first != due_on
        ruled = details.rule != reviews_steps.rule_of(review)
        dates = {"next_on": first, "planned_on": first, "put_offs": 0} if moved else {}
        if moved or ruled:
            dates["counted_from"] = first
        after = change(
            work,
            review,
            title=title,
            kind=details.kind or review.kind,
            link=link,
            rule=details.rule.to_data() if details.rule else None,
            for_board=details.for_board,
            **dates,
        )
        if moved:
            obligations.move_deadline(work, subject_of(review.id), Duty.REVIEW, reviews_steps.due_at(work, first))
        note(work, after, ReviewStep.REPLANNED, Act.REPLAN_REVIEW, due_on, link=link)
        redraw(work, after)
        if moved or ruled:
            sentence = (
                f"{work.person.name} changed when {title} is reviewed: {in_words(first)}, "
                f"{reviews_rules.words(details.rule)}."
            )
            tell(work, after, reviews_steps.reached_by(work, after), sentence)
        return after


def end(desk: Desk, caller: Caller, review_id: int, why: str, *, revision: int, once: str) -> None:
    """It is no longer reviewed. Its owner is told why."""
    with desk.acting(caller, Act.END_REVIEW, subject_of(review_id), once=once) as work:
        review = current(work, review_id, Act.END_REVIEW, revision)
        why = check_words(why, "Say why it is no longer reviewed.", field="words")
        after = change(work, review, state=ReviewState.ENDED, ended_because=why)
        obligations.cancel(work, subject_of(review.id), Duty.REVIEW)
        note(work, after, ReviewStep.ENDED, Act.END_REVIEW, review.next_on, words=why)
        redraw(work, after)
        sentence = f"{review.title} is no longer reviewed, so you need not do anything. {work.person.name} says why:"
        tell(work, after, reviews_steps.reached_by(work, after), sentence, quote=why)


def add_usual(desk: Desk, caller: Caller, confirmed: Sequence[Usual], *, once: str) -> list[Review]:
    """Puts the usual ones on the list, those to which a date and an owner were given (by Slack id).

    What somebody put there meanwhile is left as it is.
    """
    with desk.acting(caller, Act.ADD_USUAL_REVIEWS, once=once) as work:
        if all(one.first is None for one in confirmed):
            raise BadInput("Give at least one of them a date, or close this form.")
        there, added = reviews.kinds(work.tx), []
        earliest = today(work) - timedelta(days=1)
        for one in confirmed:
            if one.first is None or one.kind in there:
                continue
            usual = reviews_cards.USUAL[one.kind]
            field = f"first_{one.kind}"
            first = check_next(one.first, earliest, field=field, otherwise="Choose a date.")
            if one.owner is None:
                raise BadInput("Choose who reviews it, or take the date away.", field=f"owner_{one.kind}")
            owner = whom.member(work, caller, one.owner, OWNER)
            review = Review(
                title=usual.title, kind=one.kind, owner_id=owner.id, next_on=first, for_board=usual.for_board
            )
            added.append(_put(work, Act.ADD_USUAL_REVIEWS, review, reviews_rules.RULES[usual.cadence]))
        return added


def _title(tx: Transaction, review_id: int) -> str:
    return reviews_steps.get(tx, review_id).title


def _owner_id(tx: Transaction, review_id: int) -> int | None:
    bringing = reviews_steps.carrier(tx, reviews_steps.get(tx, review_id))
    return bringing.id if bringing else None


FEATURE = Feature(
    kind=SubjectKind.REVIEW,
    relations=reviews_cards.relations,
    is_there=lambda tx, review_id: reviews.get(tx, review_id) is not None,
    not_there=reviews_steps.NOT_THERE,
    title=_title,
    owner_id=_owner_id,
    acts_on_duty=reviews_cards.on_duty,
    listing=reviews_cards.listing,
    parts=reviews_digests.PARTS,
)
"""Whom a reminder names as the record's owner is who brings it to an owner outside Slack."""
