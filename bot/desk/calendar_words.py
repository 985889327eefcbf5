"""The calendar in words: what kinds of date there are, which day one is, and why nobody works on it."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from bot.core.working_days import WorkingHours, bank_holidays
from storage import calendar as records
from storage import settings
from storage.calendar import CalendarDate, DateKind
from storage.database import Transaction
from storage.subjects import Subject, SubjectKind

KIND_WORDS: Mapping[DateKind, str] = {
    DateKind.BOARD_MEETING: "Board meeting",
    DateKind.GROUP_MEETING: "Group meeting",
    DateKind.MILESTONE: "Milestone or announcement",
    DateKind.CAMPAIGN: "Campaign or awareness week",
}
NOT_THERE = "This date is not in the calendar. Type `/desk calendar` to see what is."


def subject_of(date_id: int) -> Subject:
    return Subject(SubjectKind.CALENDAR_DATE, date_id)


def day_words(day: date) -> str:
    """`Tue 8 Dec 2026`, wherever it is read: the day of a meeting is that of the office."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def named(one: CalendarDate, zone: ZoneInfo) -> str:
    """`Board meeting, Tue 8 Dec 2026`."""
    off = "" if one.is_on else " (called off)"
    return f"{one.title}, {day_words(one.starts_at.astimezone(zone).date())}{off}"


def title(tx: Transaction, date_id: int) -> str:
    found = records.get(tx, date_id)
    return named(found, ZoneInfo(settings.get(tx).zone)) if found else "a date that is not in the calendar"


def why_not_working(hours: WorkingHours, day: date) -> str:
    """Why the office does not work on a day, as one would say it; empty on a working day."""
    if hours.is_working_day(day):
        return ""
    if day in bank_holidays(hours.nation, day.year):
        return "a bank holiday"
    if day.weekday() not in hours.weekdays:
        return f"a {day:%A}, when the office is closed"
    return "a day on which the office is closed"
