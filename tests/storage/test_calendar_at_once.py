"""The calendar's ticks, and people, when several are at it in the same moment."""

from datetime import timedelta

from bot.core.errors import NotFromHere
from bot.desk import calendar, calendar_asking, calendar_changes, calendar_series
from bot.desk.calendar_changes import Scope
from bot.desk.calendar_details import DateDetails
from bot.desk.calendar_series import Again, RuleChoice
from bot.desk.calendar_words import subject_of
from storage import calendar as records
from storage import obligations
from storage.calendar import CalendarDate, DateKind
from tests.storage.press_office import AMINA, BEN, MONDAY_TEN, PressOffice, at_once, found_in


def on_file(office: PressOffice) -> list[CalendarDate]:
    with office.reading() as tx:
        return records.between(tx, MONDAY_TEN - timedelta(days=1), MONDAY_TEN + timedelta(days=4000))


def test_four_processes_plan_each_date_once_and_ask_for_each_meeting_once(press_office: PressOffice) -> None:
    """Weekly meetings over three months, each process with its own desk on the same database."""
    start = MONDAY_TEN + timedelta(hours=2)
    details = DateDetails(DateKind.BOARD_MEETING, "", "", start, start + timedelta(hours=1))
    amina = press_office.caller(AMINA)
    calendar.add(press_office.desk, amina, details, RuleChoice(Again.WEEK), once=press_office.once())
    before = len(on_file(press_office))
    offices = [found_in(press_office.desk.database) for _ in range(4)]
    for days in (1, 6, 33, 50):
        for office in offices:
            office.clock.advance(timedelta(days=days))
        at_once(*(lambda desk=office.desk: calendar_series.plan_ahead(desk) for office in offices))
        at_once(*(lambda desk=office.desk: calendar_asking.ask_for_briefings(desk) for office in offices))
        calendar_series.plan_ahead(offices[0].desk)
        calendar_asking.ask_for_briefings(offices[0].desk)
    found = on_file(press_office)
    assert len({one.series_day for one in found}) == len(found) == before + 13
    with press_office.reading() as tx:
        asked = [len(obligations.every_one_on(tx, subject_of(one.id))) for one in found]
    assert asked == [1] * 13 + [0] * (len(found) - 13), "thirteen Mondays have had their Tuesday, nine o’clock"


def test_moved_and_called_off_in_the_same_moment(press_office: PressOffice) -> None:
    """Whoever is slower is told that the date is not as they saw it, or is off: nothing is lost in silence."""
    office = press_office
    start = MONDAY_TEN + timedelta(days=3)
    details = DateDetails(DateKind.BOARD_MEETING, "", "", start, None)
    calendar.add(office.desk, office.caller(AMINA), details, once=office.once())
    (one,) = on_file(office)
    later = DateDetails(DateKind.BOARD_MEETING, "", "", start + timedelta(days=1), None)
    outcomes = at_once(
        lambda: calendar_changes.change(
            office.desk, office.caller(AMINA), one.id, later, seen=start, scope=Scope.ONE, once=office.once()
        ),
        lambda: calendar_changes.call_off(
            office.desk, office.caller(BEN), one.id, "No quorum", seen=start, scope=Scope.ONE, once=office.once()
        ),
    )
    assert sorted(type(outcome) is NotFromHere for outcome in outcomes) == [False, True]
