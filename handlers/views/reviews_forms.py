"""The forms about reviews: what is reviewed and how often, its next dates, what came of it, and whose it is."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.recurrences import MONTHS, MOST_INTERVAL, WEEKDAYS, Recurrence
from bot.desk.links import LONGEST_LINK
from bot.desk.reviews_cards import KIND_WORDS, ReviewCard, ToAdd, UsualOffers
from bot.desk.reviews_rules import CADENCE_WORDS, Cadence, Way, cadence_of, in_words
from bot.desk.reviews_steps import LONGEST_TITLE, LONGEST_WORDS
from handlers import ids
from handlers.views import forms, hearing, words
from storage.people import Person

_YES = "The board sees when it is due; what is put off, it sees anyway"
WAY_WORDS: Mapping[Way, str] = {
    Way.MONTHS: "Every so many months",
    Way.WEEKDAY: "On a weekday of the month, such as the last Friday",
}
_NTH = (("First", "1"), ("Second", "2"), ("Third", "3"), ("Fourth", "4"), ("Last", "-1"))


def details_form(shown: ToAdd) -> View:
    """What is reviewed, when next and how often; of a new one also by whom."""
    review = shown.review
    rule = Recurrence.from_data(review.rule) if review and review.rule else None
    cadence = cadence_of(rule) if review else Cadence.SIX_MONTHS
    kinds = [(words.first_up(text), kind.value) for kind, text in KIND_WORDS.items()]
    cadences = [(words.first_up(text), one.value) for one, text in CADENCE_WORDS.items()]
    return forms.form(
        "Change review" if review else "Add a review",
        ids.REVIEW_FORM,
        [
            forms.line("title", "What is reviewed", review.title if review else "", most=LONGEST_TITLE),
            forms.choice("kind", "Kind", kinds, review.kind.value if review else None),
            _link(review.link or "" if review else ""),
            *(() if review else _owner(shown.outsiders, "Who reviews it")),
            forms.day("first", "Next review", review.next_on if review else None),
            forms.choice("cadence", "How often", cadences, cadence.value),
            forms.tick("for_board", "Board", _YES, ticked=review.for_board if review else False),
        ],
        submit="Show dates",
        about={"review": review.id, "revision": review.revision, "rule": review.rule} if review else {},
    )


def _link(value: str) -> InputBlock:
    return forms.line(
        "link", "Link to it", value, optional=True, most=LONGEST_LINK, hint="The whole address, beginning with https://"
    )


def _owner(outsiders: Sequence[Person], label: str) -> list[Block]:
    return [
        forms.member(
            "member", label, optional=True, hint="Anybody in this Slack workspace. They are told, and reminded."
        ),
        *forms.optional_choice("outsider", "Or somebody outside Slack", [(one.name, str(one.id)) for one in outsiders]),
        forms.line(
            "name",
            "Or somebody new outside Slack: their name",
            optional=True,
            most=75,
            hint="The press office is reminded, asks them, and records what they say.",
        ),
        forms.line("email", "Their e-mail address", optional=True),
    ]


def rule_form(about: Mapping[str, Any], rule: Recurrence | None = None) -> View:
    """A rule of its own. `about` is what was filled in before."""
    weekday = rule is not None and rule.weekday is not None
    nth = str(rule.nth) if rule and rule.nth else None
    return forms.form(
        "How often",
        ids.REVIEW_RULE_FORM,
        [
            forms.radio(
                "way",
                "How it comes again",
                [(text, way.value) for way, text in WAY_WORDS.items()],
                None if rule is None else (Way.WEEKDAY if weekday else Way.MONTHS).value,
            ),
            forms.line(
                "every",
                "Every so many months: how many",
                str(rule.interval) if rule and not weekday else "",
                optional=True,
                most=3,
                hint=f"From 1 to {MOST_INTERVAL}, counted from the next review.",
            ),
            forms.choice("nth", "On a weekday: which one of the month", _NTH, nth, optional=True),
            forms.choice(
                "weekday",
                "Which day of the week",
                [(day, str(number)) for number, day in enumerate(WEEKDAYS)],
                str(rule.weekday) if rule and weekday else None,
                optional=True,
            ),
            forms.choices(
                "months",
                "Of which months",
                [(month, str(number)) for number, month in enumerate(MONTHS, 1)],
                [str(month) for month in rule.months] if rule else (),
                hint="None chosen means every month.",
            ),
        ],
        submit="Show dates",
        about=about,
    )


def dates_form(
    about: Mapping[str, Any], title: str, cadence: str, days: Sequence[date], remarks: Sequence[str]
) -> View:
    """The next dates, to be looked at before anything is saved."""
    listed = "\n".join(f"• {in_words(day)}" for day in days)
    several = "The only date" if len(days) == 1 else "The next dates"
    return forms.form(
        "Next dates",
        ids.REVIEW_DATES_FORM,
        [
            words.section(f"*{words.plain(title, words.LONGEST_TITLE)}*\n{words.first_up(words.plain(cadence))}"),
            words.section(f"*{several}*\n{listed}"),
            *_said(remarks),
        ],
        submit="Save",
        about=about,
    )


def _said(remarks: Sequence[str]) -> list[Block]:
    return [words.small("\n".join(words.plain(remark) for remark in remarks))] if remarks else []


def usual_form(shown: UsualOffers) -> View:
    """Each of the usual ones with an owner and a date to confirm."""
    blocks: list[Block] = [
        words.section("Confirm who reviews each and when next. Take away the date of what you do not want on the list.")
    ]
    for offer in shown.offers:
        usual = offer.usual
        board = ", to the board" if usual.for_board else ""
        blocks += [
            words.divider(),
            words.section(f"*{usual.title}*  {CADENCE_WORDS[usual.cadence]}{board}"),
            forms.member(
                f"owner_{offer.kind}", f"Who reviews it: {usual.title}", shown.owner.slack_user_id, optional=True
            ),
            forms.day(f"first_{offer.kind}", f"Next review: {usual.title}", offer.first, optional=True),
        ]
    kinds = [offer.kind.value for offer in shown.offers]
    return forms.form("The usual ones", ids.USUAL_REVIEWS_FORM, blocks, submit="Add", about={"kinds": kinds})


def no_usual() -> View:
    return forms.page("The usual ones", [words.section("All of the usual ones are on the list already.")])


def _about(shown: ReviewCard) -> dict[str, Any]:
    return {"review": shown.review.id, "revision": shown.review.revision}


def _top(shown: ReviewCard) -> list[Block]:
    review = shown.review
    return [words.section(f"*{words.plain(review.title, words.LONGEST_TITLE)}*\nDue {in_words(review.next_on)}")]


def _next(shown: ReviewCard) -> list[Block]:
    """The date that follows, to be kept or changed, and what should be known of it."""
    following = shown.following
    remarks = []
    if following.missed:
        number = len(following.missed)
        gone = "1 date has" if number == 1 else f"{number} dates have"
        remarks.append(f"{gone} gone by since. The next one is counted from the date planned, and is still to come.")
    remarks += list(shown.remarks[1:] if len(shown.remarks) > 1 else ())
    if following.day is None:
        hint = "It was to be reviewed once. Give a date only if it should be reviewed again."
    else:
        hint = f"{words.first_up(shown.cadence)}, counted from the date planned. Change it if you must."
    day = forms.day("day", "Next review", following.day, optional=following.day is None, hint=hint)
    return [day, *_said(remarks)]


def no_change_form(shown: ReviewCard) -> View:
    return forms.form(
        "Reviewed, no change",
        ids.NO_CHANGE_REVIEW_FORM,
        [
            *_top(shown),
            *_next(shown),
            forms.paragraph("words", "A word for the record", optional=True, most=LONGEST_WORDS),
        ],
        submit="Save",
        about=_about(shown),
    )


def changed_form(shown: ReviewCard) -> View:
    return forms.form(
        "Reviewed, changed",
        ids.CHANGED_REVIEW_FORM,
        [
            *_top(shown),
            forms.paragraph("words", "What changed", most=LONGEST_WORDS),
            forms.line(
                "link",
                "Link to the new one",
                optional=True,
                most=LONGEST_LINK,
                hint="Only if it is in another place now. The whole address, beginning with https://",
            ),
            *_next(shown),
        ],
        submit="Save",
        about=_about(shown),
    )


def put_off_form(shown: ReviewCard) -> View:
    again = []
    if shown.review.is_put_off:
        again = [words.section("It has been put off before. The comms lead is told if it is put off again.")]
    return forms.form(
        "Put off",
        ids.PUT_OFF_REVIEW_FORM,
        [
            *_top(shown),
            *again,
            forms.paragraph("words", "Why", most=LONGEST_WORDS, hint="It stands in the review’s history."),
            forms.day("day", "Until when", hint="A year at most. Later dates follow from the date planned."),
            words.small("The board sees what is put off, why, and until when."),
        ],
        submit="Put off",
        about=_about(shown),
    )


_SAID = (
    ("Reviewed, no change", Act.REVIEW_WITHOUT_CHANGE),
    ("Reviewed, changed", Act.REVIEW_WITH_CHANGE),
    ("Put it off", Act.PUT_OFF_REVIEW),
)


def record_form(shown: ReviewCard, now: datetime) -> View:
    """What its owner said outside Slack."""
    day = shown.following.day
    return forms.form(
        "Record reply",
        ids.RECORD_REVIEW_FORM,
        [
            *_top(shown),
            forms.radio(
                "said", f"What {words.typed(shown.review.owner.name, 60)} said", [(t, a.value) for t, a in _SAID]
            ),
            forms.paragraph("words", "What changed, or why it is put off", optional=True, most=LONGEST_WORDS),
            _link(""),
            forms.day(
                "day",
                "Next review, or put off until when",
                day,
                optional=day is None,
                hint="Change it if it is put off.",
            ),
            hearing.how("How it reached you"),
            forms.moment("heard_at", "When", now),
            forms.line("evidence", "How you know", most=500, hint="For example: their e-mail to you, Tuesday 14:10"),
        ],
        submit="Record",
        about=_about(shown),
    )


def hand_over_form(shown: ReviewCard) -> View:
    return forms.form(
        "Hand over",
        ids.HAND_OVER_REVIEW_FORM,
        [
            *_top(shown),
            *_owner(shown.outsiders, "Who reviews it from now on"),
            forms.paragraph("words", "A word to them", optional=True, most=500),
        ],
        submit="Hand over",
        about=_about(shown),
    )


def end_form(shown: ReviewCard) -> View:
    return forms.form(
        "End",
        ids.END_REVIEW_FORM,
        [
            *_top(shown),
            forms.paragraph("words", "Why it is no longer reviewed", most=LONGEST_WORDS, hint="Its owner is told."),
        ],
        submit="End",
        about=_about(shown),
    )


def saved(day: date, remark: str) -> View:
    """After a date was chosen on which nobody works."""
    return forms.page("Saved", [words.section(f"Next review: {in_words(day)}."), *_said([remark])])
