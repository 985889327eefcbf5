"""Dates and times as people write them in spreadsheets: British first, and nothing guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dateutil import parser
from openpyxl.utils.datetime import from_excel

from bot.desk.spreadsheets import Cell

FIRST_YEAR = 1990


class Order(StrEnum):
    """What 03/04/2024 means. British first: 3 April, unless the same column has American dates; then nobody knows."""

    BRITISH_FIRST = "british_first"
    BRITISH = "british"
    AMERICAN = "american"


class UnclearDate(Exception):
    """The words are no date, or may be two different ones. The message completes “… is”."""


@dataclass(frozen=True)
class Written:
    """A day, and the time of day if one was given."""

    day: date
    clock: time | None = None


@dataclass(frozen=True)
class Habits:
    """How the dates of one column are written: an example of each order that can be told."""

    british: str | None = None
    american: str | None = None
    american_line: int = 0

    @property
    def are_mixed(self) -> bool:
        return self.american is not None


def habits_of(cells: Iterable[tuple[int, Cell]]) -> Habits:
    """Looks through a whole column, by line: one American date makes every other that could be one unclear."""
    british, american, line = None, None, 0
    for at, cell in cells:
        found = _NUMERIC.search(cell) if isinstance(cell, str) else None
        if found is None:
            continue
        first, second = int(found["first"]), int(found["second"])
        if first > 12 >= second:
            british = british or found[0]
        elif second > 12 >= first and american is None:
            american, line = found[0], at
    return Habits(british, american, line)


_NUMERIC = re.compile(r"(?<![\d/.-])(?P<first>\d{1,2})([/.\- ])(?P<second>\d{1,2})\2(?P<year>\d{4}|\d{2})(?![\d/])")
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d/.\-:])(?:at\s+|@\s*|T)?"
    r"(?:(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?(?:Z|hrs|h)?"
    r"|(?P<bare>\d{1,2})\s*(?P<half2>[ap]\.?m\b\.?)"
    r"|(?P<military>[012]\d[0-5]\d)\s*(?:hrs|hours|h)\b"
    r"|(?P<word>noon|midday|midnight))(?![\d/.\-:])",
    re.IGNORECASE,
)


_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b", re.IGNORECASE)


def written(cell: Cell, habits: Habits, order: Order, *, day: date | None = None) -> Written | None:
    """What a cell says; None if it is empty. `day` is the one that a time alone belongs to.

    Raises `UnclearDate`.
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return _sensible(Written(cell.date(), cell.time() if cell.time() != time() else None), cell)
    if isinstance(cell, date):
        return _sensible(Written(cell), cell)
    if isinstance(cell, bool):
        raise UnclearDate(f"“{cell}” is no date")
    if isinstance(cell, (time, timedelta)) or (isinstance(cell, (int, float)) and 0 <= cell < 1):
        if day is None:
            raise UnclearDate(f"“{cell}” is a time without a date")
        return Written(day, clock(cell))
    if isinstance(cell, (int, float)):
        return _from_number(cell)
    return _from_words(cell, habits, order, day)


def clock(cell: Cell) -> time | None:
    """The time of day that a cell says, if it says one."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(cell, timedelta):
        return _after_midnight(cell)
    if isinstance(cell, float) and 0 <= cell < 1:
        return _after_midnight(timedelta(minutes=round(cell * 24 * 60)))
    found = _CLOCK.search(cell) if isinstance(cell, str) else None
    return _time_of(found) if found else None


def _after_midnight(span: timedelta) -> time:
    minutes = span // timedelta(minutes=1) % (24 * 60)
    return time(minutes // 60, minutes % 60)


def _from_number(cell: float) -> Written:
    """Excel counts days; a cell that was formatted as a number shows the count."""
    if 30_000 < cell < 80_000:
        found = from_excel(cell)
        if isinstance(found, datetime):
            return _sensible(Written(found.date(), found.time() if cell % 1 else None), cell)
    raise UnclearDate(f"“{cell}” is no date")


def _from_words(text: str, habits: Habits, order: Order, day: date | None) -> Written:
    numeric, iso = _NUMERIC.search(text), _ISO.search(text)
    dated = iso or numeric
    rest = text[: dated.start()] + " " + text[dated.end() :] if dated else text
    found = _CLOCK.search(rest)
    at = _time_of(found) if found else None
    if found and at is None:
        raise UnclearDate(f"“{_short(text)}” has no time of day that there is")
    if iso:
        return _sensible(Written(_day(text, int(iso["year"]), int(iso["month"]), int(iso["day"])), at), text)
    if numeric:
        return _sensible(Written(_numeric(text, numeric, habits, order), at), text)
    without_clock = f"{rest[: found.start()]} {rest[found.end() :]}" if found else rest
    if at is not None and day is not None and not re.search(r"\w", without_clock):
        return Written(day, at)
    return _sensible(Written(_named_day(text, without_clock), at), text)


def _numeric(text: str, found: re.Match[str], habits: Habits, order: Order) -> date:
    first, second, year = int(found["first"]), int(found["second"]), _year(found["year"])
    if order is Order.AMERICAN:
        return _day(text, year, first, second)
    if order is Order.BRITISH_FIRST:
        if second > 12 >= first:
            raise UnclearDate(f"“{text}” reads only as American; say --dates american if all of them are")
        if habits.are_mixed and first <= 12 and first != second:
            raise UnclearDate(
                f"“{text}” may be British or American: line {habits.american_line} of this column has an American "
                f"date, “{habits.american}”"
            )
    return _day(text, year, second, first)


def _named_day(text: str, words: str) -> date:
    """`3 March 2024`, `Mon 3rd Mar 24`, `March 3, 2024`. A day without its year is not guessed."""
    words = re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", words, flags=re.IGNORECASE)
    words = re.sub(r"\b(of|at|by|on|the|approx)\b|[@,]", " ", words, flags=re.IGNORECASE).replace("’", "'")
    if not re.search(r"[A-Za-z]{3}", words) or not re.search(r"\d", words):
        raise UnclearDate(f"“{_short(text)}” is no date")
    try:
        once = parser.parse(words, dayfirst=True, default=datetime(2001, 1, 1))  # noqa: DTZ001 (a day of no zone)
        again = parser.parse(words, dayfirst=True, default=datetime(2004, 2, 2))  # noqa: DTZ001
    except (ValueError, OverflowError) as error:
        raise UnclearDate(f"“{_short(text)}” is no date") from error
    if once.date() != again.date():
        raise UnclearDate(f"“{_short(text)}” is no whole date: give day, month and year")
    return once.date()


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UnclearDate(f"“{_short(text)}” is no day of any year") from error


def _year(written_: str) -> int:
    year = int(written_)
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def _sensible(found: Written, cell: object) -> Written:
    if found.day.year < FIRST_YEAR:
        raise UnclearDate(f"“{_short(str(cell))}” is before {FIRST_YEAR}; check the year")
    named = _WEEKDAY.search(cell) if isinstance(cell, str) else None
    if named and not f"{found.day:%A}".lower().startswith(named[1].lower()):
        raise UnclearDate(f"“{_short(str(cell))}” was a {found.day:%A}; check the day")
    return found


def _time_of(found: re.Match[str]) -> time | None:
    if word := found["word"]:
        return time(0) if word.lower() == "midnight" else time(12)
    if military := found["military"]:
        hour, minute = int(military[:2]), int(military[2:])
    else:
        hour, minute = int(found["hour"] or found["bare"]), int(found["minute"] or 0)
        half = (found["half"] or found["half2"] or "").lower()
        if half and not 1 <= hour <= 12:
            return None
        if half:
            hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
