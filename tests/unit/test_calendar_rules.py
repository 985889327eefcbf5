"""How dates come again, as somebody fills it in: what it becomes, and in which sentence the rest is refused."""

from datetime import date

import pytest

from bot.core.errors import BadInput
from bot.core.recurrences import Recurrence, of_text
from bot.desk.calendar_series import Again, Months, RuleChoice, rule_of

FIRST = date(2026, 11, 23)
"""A Monday, the fourth of its month."""


@pytest.mark.parametrize(
    ("choice", "words", "days"),
    [
        (
            RuleChoice(Again.WEEKDAY, weekday=1, nth=2, months=Months.ODD),
            "every second Tuesday of odd months",
            ["2027-01-12", "2027-03-09"],
        ),
        (
            RuleChoice(Again.WEEKDAY, weekday=4, nth=-1, months=Months.CHOSEN, chosen=(12, 6)),
            "every last Friday of June and December",
            ["2026-12-25", "2027-06-25"],
        ),
        (RuleChoice(Again.WEEK, "2", weekday=3), "Thursday every 2 weeks", ["2026-11-26", "2026-12-10"]),
        (RuleChoice(Again.DAY, months=Months.EVEN), "day 23 of even months", ["2026-12-23", "2027-02-23"]),
        (RuleChoice(Again.DAY, "3"), "day 23 of the month, every 3 months", ["2026-11-23", "2027-02-23"]),
        (RuleChoice(Again.YEAR), "every year", ["2026-11-23", "2027-11-23"]),
        (
            RuleChoice(Again.YEAR, until=date(2027, 12, 1)),
            "every year, until 1 December 2027",
            ["2026-11-23", "2027-11-23"],
        ),
        (
            RuleChoice(Again.OWN, own=" rrule:freq=monthly; byday=MO,TU,WE,TH,FR; bysetpos=-1; count=3 "),
            "by the rule FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1, 3 times",
            ["2026-11-30", "2026-12-31", "2027-01-29"],
        ),
        (
            RuleChoice(Again.OWN, own="FREQ=DAILY;UNTIL=20261125T090000Z"),
            "by the rule FREQ=DAILY, until 25 November 2026",
            ["2026-11-23", "2026-11-24", "2026-11-25"],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_filled_in_becomes_a_rule(choice: RuleChoice, words: str, days: list[str]) -> None:
    """In words and dates; and what is stored of it comes back as it was."""
    rule = rule_of(choice, FIRST)
    assert rule.words() == words
    assert [str(day) for day in rule.dates(FIRST, most=len(days))] == days
    assert Recurrence.from_data(rule.to_data()) == rule


NEVER = "does not fall on any day"


@pytest.mark.parametrize(
    ("choice", "sentence", "field"),
    [
        (RuleChoice(Again.WEEKDAY, "2", nth=2, months=Months.EVEN), NEVER, "frequency"),
        (RuleChoice(Again.WEEKDAY, nth=5, until=date(2026, 11, 24)), NEVER, "frequency"),
        (RuleChoice(Again.OWN, own="FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), NEVER, "own"),
        (RuleChoice(Again.OWN, own="FREQ=MONTHLY;BYMONTH=13"), NEVER, "own"),
        (RuleChoice(Again.YEAR, until=date(2027, 1, 1)), "one date only", "until"),
        (RuleChoice(Again.OWN, own="FREQ=DAILY;COUNT=1"), "one date only", "own"),
        (RuleChoice(Again.WEEK, until=date(2026, 11, 1)), "before the first", "until"),
        (RuleChoice(Again.WEEK, "0"), "between 1 and 60", "interval"),
        (RuleChoice(Again.WEEK, "two"), "between 1 and 60", "interval"),
        (RuleChoice(Again.DAY, months=Months.CHOSEN), "Choose the months", "chosen"),
        (RuleChoice(Again.WEEK, own="FREQ=DAILY"), "By a rule of my own", "own"),
        (RuleChoice(Again.OWN), "Write the rule", "own"),
        (RuleChoice(Again.OWN, own="every Tuesday"), "cannot be read", "own"),
        (RuleChoice(Again.OWN, own="FREQ=MINUTELY"), "more than once a day", "own"),
        (RuleChoice(Again.OWN, own="FREQ=HOURLY;INTERVAL=48"), "more than once a day", "own"),
        (RuleChoice(Again.OWN, own="FREQ=DAILY;BYHOUR=9,10"), "the time is that of the first date", "own"),
        (RuleChoice(Again.OWN, own="BYDAY=TU"), "Say how often", "own"),
        (RuleChoice(Again.OWN, own="FREQ=MONTHLY;BYDAY=9XX"), "cannot be read", "own"),
        (RuleChoice(Again.OWN, own="FREQ=MONTHLY;BYDAY=TU(2)"), "cannot be read", "own"),
        (RuleChoice(Again.OWN, own="FREQ=MONTHLY;BYDAY=-99TU"), "-99TU is never there", "own"),
        (RuleChoice(Again.OWN, own="FREQ=MONTHLY;BYDAY=MO,0TU"), "from 1 to 5, or from -1 to -5", "own"),
        (RuleChoice(Again.OWN, own="FREQ=YEARLY;BYDAY=54MO"), "from 1 to 53", "own"),
        (RuleChoice(Again.OWN, own="FREQ=YEARLY;BYMONTH=12;BYDAY=53MO"), "from 1 to 5,", "own"),
        (RuleChoice(Again.OWN, own="FREQ=WEEKLY;BYDAY=1MO"), "Write 1MO as MO", "own"),
        (RuleChoice(Again.OWN, own="FREQ=DAILY;BYMONTHDAY=0"), "BYMONTHDAY cannot be 0", "own"),
        (RuleChoice(Again.OWN, own="FREQ=YEARLY;BYYEARDAY=1,-0"), "BYYEARDAY cannot be 0", "own"),
        (RuleChoice(Again.OWN, own="FREQ=MONTHLY;BYDAY=MO;BYSETPOS=00"), "BYSETPOS cannot be 0", "own"),
        (RuleChoice(Again.OWN, own="FREQ=DAILY;FREQ=DAILY"), "cannot be read", "own"),
        (RuleChoice(Again.OWN, own="FREQ=DAILY;EXDATE=20261125"), "cannot be read", "own"),
        (RuleChoice(Again.OWN, own="FREQ=DAILY;UNTIL=20269999"), "UNTIL=20271231", "own"),
        (RuleChoice(Again.OWN, own="FREQ=DAILY;COUNT=0"), "from 1 to 999", "own"),
        (RuleChoice(Again.OWN, own="FREQ=DAILY;INTERVAL=10000"), "from 1 to 999", "own"),
        (RuleChoice(Again.OWN, own="FREQ=DAILY;" + "WKST=MO;" * 40), "Shorten it", "own"),
        (
            RuleChoice(Again.OWN, own="FREQ=DAILY;UNTIL=20271231", until=date(2027, 1, 1)),
            "already until when",
            "until",
        ),
    ],
)
def test_what_never_fires_or_too_often_is_refused_with_a_sentence(
    choice: RuleChoice, sentence: str, field: str
) -> None:
    """Beside the input that it is about."""
    with pytest.raises(BadInput, match=sentence) as refused:
        rule_of(choice, FIRST)
    assert refused.value.field == field


def test_far_away_the_days_are_the_same() -> None:
    """What is worked out some centuries later falls on the days on which it falls now: leap days and week numbers."""
    leap_days = of_text("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29").dates(date(2027, 1, 1), most=2)
    assert leap_days == [date(2028, 2, 29), date(2032, 2, 29)]
    assert of_text("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO").dates(FIRST, most=1) == [date(2026, 12, 28)]
    every_day = of_text("FREQ=DAILY").dates(date(2027, 12, 30), most=4)
    assert every_day == [date(2027, 12, 30), date(2027, 12, 31), date(2028, 1, 1), date(2028, 1, 2)]
