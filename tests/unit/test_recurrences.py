"""Rules for dates that come again: what they fall on, and how they are said."""

from datetime import date

import pytest

from bot.core.errors import BadInput
from bot.core.recurrences import EVEN_MONTHS, ODD_MONTHS, Frequency, Recurrence

SECOND_TUESDAY = Recurrence(Frequency.MONTH, weekday=1, nth=2, months=ODD_MONTHS)

RULES = [
    (SECOND_TUESDAY, "every second Tuesday of odd months", ["2027-01-12", "2027-03-09", "2027-05-11"]),
    (
        Recurrence(Frequency.MONTH, weekday=4, nth=-1, months=EVEN_MONTHS),
        "every last Friday of even months",
        ["2026-12-25", "2027-02-26", "2027-04-30"],
    ),
    (Recurrence(Frequency.MONTH, day=31), "day 31 of the month", ["2026-12-31", "2027-01-31", "2027-03-31"]),
    (Recurrence(Frequency.WEEK, interval=2, weekday=3), "Thursday every 2 weeks", ["2026-11-26", "2026-12-10"]),
    (Recurrence(Frequency.YEAR), "every year", ["2026-11-23", "2027-11-23"]),
]


@pytest.mark.parametrize(("rule", "words", "days"), RULES, ids=[words for _, words, _ in RULES])
def test_a_rule_in_words_and_dates(rule: Recurrence, words: str, days: list[str]) -> None:
    """From Monday 23 November 2026; what is stored comes back as it was."""
    first = date(2026, 11, 23)
    assert rule.words() == words
    assert [str(day) for day in rule.dates(first, most=len(days))] == days
    assert rule.dates(first, after=date.fromisoformat(days[0]), most=1) == [date.fromisoformat(days[1])]
    assert Recurrence.from_data(rule.to_data()) == rule


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (Recurrence(Frequency.MONTH, day=31, months=(2,)), "does not fall on any day"),
        (Recurrence(Frequency.WEEK, interval=0), "between 1 and 60"),
        (Recurrence(Frequency.YEAR, until=date(2026, 11, 1)), "before the first"),
    ],
)
def test_a_rule_that_can_hardly_be_meant_is_refused(rule: Recurrence, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        rule.check(date(2026, 11, 23))


@pytest.mark.parametrize(
    ("rule", "first", "days"),
    [
        (Recurrence(Frequency.MONTH, interval=3), "2026-11-30", ["2026-11-30", "2027-02-28", "2027-05-30"]),
        (Recurrence(Frequency.MONTH), "2027-12-31", ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"]),
        (Recurrence(Frequency.YEAR), "2028-02-29", ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28"]),
        (Recurrence(Frequency.YEAR, interval=2), "2028-02-29", ["2028-02-29", "2030-02-28", "2032-02-29"]),
    ],
)
def test_the_same_day_is_the_last_day_of_a_shorter_month(rule: Recurrence, first: str, days: list[str]) -> None:
    """And the full day again as soon as there is one: it does not wander towards the 28th."""
    assert [str(day) for day in rule.dates(date.fromisoformat(first), most=len(days))] == days
