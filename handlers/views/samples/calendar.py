"""Samples of the calendar: its pages and its forms."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from slack_sdk.models.views import View

from bot.core.recurrences import EVEN_MONTHS, Frequency, Recurrence
from bot.desk.calendar import PAGE, CalendarLine, CalendarPage
from bot.desk.calendar_details import LONGEST_PLACE, LONGEST_TITLE
from bot.desk.calendar_series import Again, ComingDay, Months, Preview, RuleChoice
from handlers.views import calendar, calendar_forms
from handlers.views.samples.records import NOW, Typed
from handlers.views.words import Drawn
from storage.briefings import Briefing, BriefingStatus
from storage.calendar import CalendarDate, DateKind

Shown = tuple[str, Drawn | View]
STARTS = NOW.astimezone(ZoneInfo("Europe/London"))
OWN = f"FREQ=YEARLY;BYMONTHDAY={','.join(map(str, range(1, 29)))};BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;WKST=MO"


def calendar_views(typed: Typed) -> Iterator[Shown]:
    for number, may_change in product((0, 1, PAGE), (True, False)):
        lines = tuple(_line(typed, 1 + place, place) for place in range(number))
        shown = CalendarPage(
            lines, 900 if number > 1 else number, 30 if number > 1 else 0, lines, may_change, may_change
        )
        yield f"calendar, {number} {may_change}", calendar.page(replace(shown, remark=typed.text[:500], held=lines[:5]))
    for place, may_change in product(range(4), (True, False)):
        briefings = tuple(Briefing(id=1, number=2, status=status) for status in BriefingStatus)
        line = replace(_line(typed, 1, place), briefings=briefings)
        yield f"date, {place} {may_change}", calendar.one_page(CalendarPage((line,), 1, 0, (), may_change, may_change))
    yield "add form", calendar_forms.add_form()
    for place in range(3):
        yield f"change form, {place}", calendar_forms.change_form(_date(typed, 1, place))
        yield f"call off form, {place}", calendar_forms.call_off_form(_date(typed, 1, place))
    yield from _rules(typed)


def _rules(typed: Typed) -> Iterator[Shown]:
    one = _date(typed, 1, 0)
    details = {
        "kind": "campaign",
        "title": one.title,
        "place": one.place,
        "starts": 1_800_000_000,
        "ends": 1_900_000_000,
    }
    about = {"date": 999_999_999, "seen": 1_800_000_000, "details": details}
    yield "rule form", calendar_forms.rule_form(about, STARTS)
    days = tuple(ComingDay(NOW, date(2026, 12, 25), "a bank holiday") for _ in range(5))
    until = date(2030, 12, 31)
    for again, rule in (
        (Again.WEEKDAY, Recurrence(Frequency.MONTH, weekday=1, nth=2, months=EVEN_MONTHS, until=until)),
        (Again.OWN, Recurrence(Frequency.OWN, own=OWN, times=999, until=until)),
    ):
        choice = RuleChoice(again, "60", 1, -1, Months.CHOSEN, tuple(range(1, 13)), until, rule.own)
        shown = Preview(rule, date(2026, 11, 23), days)
        yield (
            f"rule shown, {again}",
            calendar_forms.rule_form({**about, "shown": rule.to_data()}, STARTS, choice, shown),
        )


def _date(typed: Typed, number: int, place: int) -> CalendarDate:
    return CalendarDate(
        id=number,
        kind=list(DateKind)[place % 4],
        title=typed.text[:LONGEST_TITLE],
        place=typed.text[:LONGEST_PLACE],
        starts_at=NOW + timedelta(days=place),
        ends_at=NOW + timedelta(days=place, hours=2) if place % 2 else None,
        series_id=1 if place % 3 == 0 else None,
        called_off_at=NOW if place % 4 == 2 else None,
        called_off_because=typed.text[:300] if place % 4 == 2 else None,
    )


def _line(typed: Typed, number: int, place: int) -> CalendarLine:
    one = _date(typed, number, place)
    not_working, rule = "a bank holiday" if place % 3 == 1 else "", OWN if one.series_id else ""
    return CalendarLine(one, place % 2 == 0, not_working, rule, place % 2 == 0)
