"""Reviews with made-up records: the list, every state of one, and each form about it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.recurrences import Frequency, Recurrence
from bot.core.working_days import Nation, WorkingHours
from bot.desk.links import LONGEST_LINK
from bot.desk.reviews_cards import PAGE, USUAL, ReviewCard, ReviewLine, ReviewList, ToAdd, UsualOffer, UsualOffers
from bot.desk.reviews_rules import Following, months, remarks, words
from bot.desk.reviews_steps import LONGEST_TITLE, LONGEST_WORDS, TRANSITIONS
from handlers.views import reviews, reviews_forms
from handlers.views.samples.records import NOW, Typed
from handlers.views.words import Drawn
from storage.database import relate
from storage.people import Person
from storage.reviews import Listed, Review, ReviewEntry, ReviewKind, ReviewState, ReviewStep
from storage.signoffs import HeardBy

_SUNDAY = date(2027, 2, 28)
_EVERY_LAST_FRIDAY = Recurrence(Frequency.MONTH, weekday=4, nth=-1, months=tuple(range(1, 12)))
_HOURS = WorkingHours(ZoneInfo("Europe/London"), Nation.ENGLAND)


def review(
    typed: Typed, state: ReviewState = ReviewState.ACTIVE, *, put_offs: int = 0, in_slack: bool = True
) -> Review:
    found = Review(
        id=3,
        title=typed.text[:LONGEST_TITLE].strip() or "x",
        kind=ReviewKind.STAKEHOLDER_ANALYSIS,
        link=typed.text[:LONGEST_LINK],
        owner_id=5,
        added_by_id=1,
        added_at=NOW,
        state=state,
        next_on=_SUNDAY,
        planned_on=_SUNDAY - timedelta(days=90),
        counted_from=_SUNDAY,
        rule=_EVERY_LAST_FRIDAY.to_data() if put_offs else months(6).to_data(),
        for_board=put_offs == 0,
        put_offs=put_offs,
        revision=7,
        ended_because=typed.text[:LONGEST_WORDS] if state is ReviewState.ENDED else None,
    )
    relate(found, owner=typed.person(5, in_slack=in_slack), added_by=typed.person(1))
    return found


def _history(typed: Typed, number: int) -> tuple[ReviewEntry, ...]:
    found = []
    for place in range(number):
        step, heard = list(ReviewStep)[place % len(ReviewStep)], place % 3 == 1
        entry = ReviewEntry(
            id=place,
            step=step,
            at=NOW,
            due_on=_SUNDAY,
            next_on=None if step is ReviewStep.ENDED else _SUNDAY,
            words=typed.text[:LONGEST_WORDS] if place % 2 else None,
            heard_by=HeardBy.PHONE if heard else None,
            heard_at=NOW if heard else None,
            evidence=typed.text[:500] if heard else None,
        )
        relate(entry, by=typed.person(1), owner=typed.person(5))
        found.append(entry)
    return tuple(found)


def review_card(typed: Typed, shown: Review, *, answers: bool, history: int) -> ReviewCard:
    acts = {act for (state, act) in TRANSITIONS if state is shown.state}
    acts -= {Act.RECORD_REVIEW} if answers else {Act.REVIEW_WITHOUT_CHANGE, Act.REVIEW_WITH_CHANGE, Act.PUT_OFF_REVIEW}
    outsiders: tuple[Person, ...] = tuple(
        typed.person(300 + one, in_slack=False) for one in range(150 if history else 0)
    )
    missed = tuple(_SUNDAY + timedelta(days=place) for place in range(history))
    return ReviewCard(
        shown,
        words(Recurrence.from_data(shown.rule or {})),
        is_late=answers,
        following=Following(_SUNDAY if history else None, missed),
        remarks=remarks([_SUNDAY, _SUNDAY], _HOURS),
        stands_in=typed.person(6) if answers else None,
        brought_by=None if answers else typed.person(1),
        acts=frozenset(acts),
        history=_history(typed, history),
        history_total=history * 4,
        outsiders=outsiders,
    )


def review_views(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    for state, answers, number in product(ReviewState, (False, True), (0, 10)):
        shown = review(typed, state, put_offs=0 if answers else 2, in_slack=answers)
        card = review_card(typed, shown, answers=answers, history=number)
        yield f"review, {state} {answers} {number}", reviews.page(card)
        if state is ReviewState.ACTIVE:
            yield from _forms(card, f"{answers} {number}")
    for listed, total in product(Listed, (0, 1, 60)):
        sees_all = usual = listed is not Listed.MINE
        state = ReviewState.ENDED if listed is Listed.ENDED else ReviewState.ACTIVE
        one = review(typed, state, put_offs=1)
        lines = tuple(ReviewLine(one, words(_EVERY_LAST_FRIDAY), is_late=total == 1) for _ in range(min(total, PAGE)))
        typed_words = typed.text[: reviews.LONGEST_TYPED] if sees_all else ""
        found = ReviewList(listed, typed_words, lines, total, 0, sees_all, may_add=sees_all, offers_usual=usual)
        yield f"reviews, {listed} {total} {sees_all} {usual}", reviews.message(found)
        yield f"the board's, {listed} {total}", reviews.message(replace(found, sees_all=False, sees_boards=True))
        yield f"page of reviews, {listed} {total} {sees_all} {usual}", reviews.list_page(found)
    yield from _adding(typed)


def _forms(card: ReviewCard, name: str) -> Iterator[tuple[str, Drawn | View]]:
    yield f"no change form, {name}", reviews_forms.no_change_form(card)
    yield f"changed form, {name}", reviews_forms.changed_form(card)
    yield f"put off form, {name}", reviews_forms.put_off_form(card)
    yield f"record review form, {name}", reviews_forms.record_form(card, NOW)
    yield f"hand over review form, {name}", reviews_forms.hand_over_form(card)
    yield f"end review form, {name}", reviews_forms.end_form(card)
    yield f"change review form, {name}", reviews_forms.details_form(ToAdd((), card.review))


def _adding(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    outsiders = tuple(typed.person(300 + one, in_slack=False) for one in range(150))
    yield "review form", reviews_forms.details_form(ToAdd(outsiders))
    about = {
        "review": 3,
        "revision": 7,
        "title": typed.text[:LONGEST_TITLE],
        "kind": ReviewKind.STAKEHOLDER_ANALYSIS.value,
        "link": f"https://{'a' * (LONGEST_LINK - 8)}",
        "member": None,
        "outsider": None,
        "name": typed.name,
        "email": typed.outlet,
        "first": _SUNDAY.isoformat(),
        "rule": replace(_EVERY_LAST_FRIDAY, until=_SUNDAY).to_data(),
        "for_board": True,
    }
    for rule in (None, months(7), _EVERY_LAST_FRIDAY):
        yield f"review rule form, {rule}", reviews_forms.rule_form(about, rule)
    for number in (1, 5):
        days = [_SUNDAY] * number
        form = reviews_forms.dates_form(about, typed.text[:150], words(_EVERY_LAST_FRIDAY), days, remarks(days, _HOURS))
        yield f"review dates form, {number}", form
    offers = tuple(UsualOffer(kind, usual, _SUNDAY) for kind, usual in USUAL.items())
    yield "usual reviews form", reviews_forms.usual_form(UsualOffers(offers, typed.person(1)))
    yield "no usual reviews", reviews_forms.no_usual()
    yield "saved review", reviews_forms.saved(_SUNDAY, remarks([_SUNDAY], _HOURS)[0])
