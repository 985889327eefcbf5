"""Dates as people write them: British first, American ones noticed, and nothing guessed."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.desk.import_dates import Habits, Order, UnclearDate, Written, habits_of, written
from bot.desk.spreadsheets import Cell

NO_HABITS = Habits()


@pytest.mark.parametrize(
    ("cell", "day", "clock"),
    [
        ("03/04/2024", date(2024, 4, 3), None),
        ("3.4.24", date(2024, 4, 3), None),
        ("03-04-1999", date(1999, 4, 3), None),
        ("25/12/2023 16:30", date(2023, 12, 25), time(16, 30)),
        ("25/12/2023, 4pm", date(2023, 12, 25), time(16)),
        ("25/12/2023 @ 4.15 pm", date(2023, 12, 25), time(16, 15)),
        ("1630hrs 25/12/2023", date(2023, 12, 25), time(16, 30)),
        ("2024-04-03", date(2024, 4, 3), None),
        ("2024-04-03T09:05:00Z", date(2024, 4, 3), time(9, 5)),
        ("3 April 2024", date(2024, 4, 3), None),
        ("Wed 3rd Apr 24 at noon", date(2024, 4, 3), time(12)),
        ("April 3, 2024", date(2024, 4, 3), None),
        (datetime(2024, 4, 3, 9, 5), date(2024, 4, 3), time(9, 5)),  # noqa: DTZ001 (as a spreadsheet has it)
        (datetime(2024, 4, 3), date(2024, 4, 3), None),  # noqa: DTZ001
        (45385, date(2024, 4, 3), None),
        (45385.5, date(2024, 4, 3), time(12)),
    ],
)
def test_what_is_a_date(cell: Cell, day: date, clock: time | None) -> None:
    assert written(cell, NO_HABITS, Order.BRITISH_FIRST) == Written(day, clock)


@pytest.mark.parametrize(
    "cell",
    [
        *("ASAP", "Thursday", "3 April", "31/02/2024", "tbc", "03/25/2024", "01/01/1887", 7.0, True, "5", "4pm"),
        *("16/06/2024 25:00", "Monday 16 June 2024"),
    ],
)
def test_what_is_none(cell: Cell) -> None:
    """A day without its year, a day or time that never was, an American one among British: no guess is made."""
    with pytest.raises(UnclearDate):
        written(cell, NO_HABITS, Order.BRITISH_FIRST)


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ("4pm", time(16)),
        ("16:00", time(16)),
        (time(9, 30), time(9, 30)),
        (0.75, time(18)),
        (timedelta(hours=9), time(9)),
    ],
)
def test_a_time_alone_belongs_to_the_day_beside_it(cell: Cell, clock: time) -> None:
    day = date(2024, 4, 3)
    assert written(cell, NO_HABITS, Order.BRITISH_FIRST, day=day) == Written(day, clock)


def test_one_american_date_makes_the_others_unclear() -> None:
    """03/04 may then be either; 25/04 is still British, and 04/04 is the same day in both."""
    habits = habits_of([(2, "03/04/2024"), (3, "25/04/2024"), (4, "03/25/2024")])
    assert (habits.british, habits.american, habits.american_line) == ("25/04/2024", "03/25/2024", 4)
    with pytest.raises(UnclearDate, match="line 4"):
        written("03/04/2024", habits, Order.BRITISH_FIRST)
    assert written("25/04/2024", habits, Order.BRITISH_FIRST) == Written(date(2024, 4, 25))
    assert written("04/04/2024", habits, Order.BRITISH_FIRST) == Written(date(2024, 4, 4))
    assert written("03/04/2024", habits, Order.BRITISH) == Written(date(2024, 4, 3))
    assert written("03/04/2024", habits, Order.AMERICAN) == Written(date(2024, 3, 4))


def test_an_empty_cell_is_no_date_and_no_error() -> None:
    assert written(None, NO_HABITS, Order.BRITISH_FIRST) is None
