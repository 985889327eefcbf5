"""What people write into settings line by line: days with other hours, days off, words."""

import re
from datetime import date, time, timedelta

from dateutil import parser as dates

from bot.core.errors import BadInput
from bot.desk.settings_words import WEEKDAYS

_LONGEST_SPAN = timedelta(days=60)
_HOURS = re.compile(
    r"(?P<day>[a-z]+)\s*:?\s+(?:from\s+)?(?P<opens>\d{1,2}[:.]\d\d)\s*(?:to|until|[-–])\s*(?P<closes>\d{1,2}[:.]\d\d)",
    re.IGNORECASE,
)
_TO = re.compile(r"\s+(?:to|until)\s+|\s*–\s*|\s+-\s+", re.IGNORECASE)
_YEAR = re.compile(r"\b\d{4}\b")
_NUMBER = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?\d{1,2}(?:st|nd|rd|th)?"
_ONLY_A_DAY = re.compile(_NUMBER, re.IGNORECASE)
_DAY_AND_MONTH = re.compile(rf"{_NUMBER}\s+[a-z]+", re.IGNORECASE)
_WHOLE_DAY = re.compile(
    rf"{_NUMBER}\s+[a-z]+,?\s+\d{{4}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}|\d{{4}}-\d\d-\d\d", re.IGNORECASE
)


def items(text: str) -> list[str]:
    """What stands on lines, or between commas."""
    return [one.strip() for one in re.split(r"[\n,;]", text) if one.strip()]


def weekday(name: str) -> int | None:
    """0 for Monday: from its name, or the beginning of it (three letters at least)."""
    small = name.strip().lower()
    found = [number for number, day in enumerate(WEEKDAYS) if len(small) >= 3 and day.lower().startswith(small)]
    return found[0] if found else None


def read_other_hours(text: str) -> dict[int, tuple[time, time]]:
    """`Friday 09:00 to 16:30` a line: the hours of that weekday. `BadInput` on the field "other"."""
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _HOURS.fullmatch(line)
        day = weekday(match["day"]) if match else None
        if match is None or day is None:
            raise BadInput(f"“{line[:60]}” cannot be read. Write it like: Friday 09:00 to 16:30.", field="other")
        if day in found:
            raise BadInput(f"{WEEKDAYS[day]} stands there twice. Keep one of the two.", field="other")
        try:
            found[day] = (_clock(match["opens"]), _clock(match["closes"]))
        except ValueError as error:
            raise BadInput(f"“{line[:60]}” has no such time of day. Write it like 16:30.", field="other") from error
    return found


def read_days(text: str) -> frozenset[date]:
    """`24 December 2026`, or `27 to 31 December 2026`, a line. `BadInput` on the field "closed_on"."""
    found: set[date] = set()
    for line in filter(None, map(str.strip, re.split(r"[\n;]", text))):
        found |= _days(line)
    return frozenset(found)


def _days(line: str) -> set[date]:
    first_words, *rest = _TO.split(line)
    if len(rest) > 1:
        raise _unreadable(line)
    last = _day(rest[0], line) if rest else _day(first_words, line)
    first = last
    if rest:
        if _ONLY_A_DAY.fullmatch(first_words):
            first_words += f" {last:%B %Y}"
        elif _DAY_AND_MONTH.fullmatch(first_words):
            first_words += f" {last.year}"
        first = _day(first_words, line)
    if not timedelta() <= last - first <= _LONGEST_SPAN:
        raise BadInput(
            f"“{line[:60]}” ends before it begins, or is longer than {_LONGEST_SPAN.days} days.", field="closed_on"
        )
    return {first + timedelta(days=number) for number in range((last - first).days + 1)}


def _day(words: str, line: str) -> date:
    if not _YEAR.search(words):
        raise BadInput(f"“{line[:60]}” has no year. Write it like: 24 December 2026.", field="closed_on")
    if not _WHOLE_DAY.fullmatch(words):
        raise _unreadable(line)
    try:
        return date.fromisoformat(words) if words[4] == "-" else dates.parse(words, dayfirst=True).date()
    except (ValueError, OverflowError) as error:
        raise _unreadable(line) from error


def _unreadable(line: str) -> BadInput:
    return BadInput(f"“{line[:60]}” cannot be read as a day. Write it like: 24 December 2026.", field="closed_on")


def _clock(words: str) -> time:
    hours, minutes = re.split(r"[:.]", words)
    return time(int(hours), int(minutes))
