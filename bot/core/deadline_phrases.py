"""Parts that stand together become a phrase ("4pm on Thursday 3 June"), and a phrase becomes an instant.

A wall time that the spring clock change skips is the moment of the change; one that the autumn change repeats is
the first of the two, so that nobody is late (`moment_of` in `bot.core.working_days`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.core import deadline_words as say
from bot.core.deadline_clocks import CLOCK_READERS
from bot.core.deadline_days import DAY_READERS
from bot.core.deadline_parts import ONE_DAY, Clock, Day, DayKind, Found, Moment, NoDay, Writer
from bot.core.working_days import moment_of

_JOINT = re.compile(
    r"[ ,()/@:-]*(?:(?:(?:at|on|by|the|of|in|before|for|around|about|approx|circa|no later than"
    r"|not later than|please|say|or so"
    r"|ie|latest|at the latest|local time|uk time|bst|gmt|sharp|ish|prompt|come|next|ideally|if possible|t"
    r"|deadline|is)(?![a-z])|\.)"
    r"[ ,()/@:-]*){0,4}"
)
_CLOSE_JOINT = re.compile(r"[ ,(]*(?:(?:the|on|of|ie|next)[ ,(]*)?")
_ISH = re.compile(r"^ ?-?ish\b|^ or (?:so|thereabouts)\b")


@dataclass(frozen=True)
class Phrase:
    """Parts that stand together: at most one day, one time of day and one part of the day; or a span."""

    start: int
    end: int
    day: Day | None = None
    clock: Clock | None = None
    half: Clock | None = None
    moment: Moment | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Meant:
    """What a phrase means: `at` (UTC), or None with `trouble`, a sentence. `also`: what else it may mean."""

    start: int
    end: int
    at: datetime | None
    doubt: bool
    also: tuple[datetime, ...]
    trouble: str
    has_day: bool
    has_clock: bool
    day: Day | None = None
    clock: Clock | None = None
    span: bool = False  # hours or minutes from when it was written
    asked: bool = False  # "within two hours", not only "two hours"


def _parts(writer: Writer) -> list[Found]:
    """What is found, in order; of two that overlap the one that begins first, then the longer one."""
    found: list[Found] = []
    for pattern, read in (*DAY_READERS, *CLOCK_READERS):
        readings = (read(match, writer) for match in pattern.finditer(writer.text.plain))
        found += [part for part in readings if part is not None]
    found.sort(key=lambda part: (part.start, -part.end))
    kept: list[Found] = []
    for part in found:
        if not kept or part.start >= kept[-1].end:
            kept.append(part)
    return kept


def phrases(writer: Writer) -> list[Phrase]:
    """The phrases of a text in order."""
    grouped: list[Phrase] = []
    for part in _parts(writer):
        if grouped:
            joined = _join(grouped[-1], part, writer.text.plain[grouped[-1].end : part.start], writer)
            if joined:
                grouped[-1] = joined
                continue
        grouped.append(_alone(part))
    return [phrase for phrase in grouped if _says_when(phrase)]


def _alone(part: Found) -> Phrase:
    match part:
        case Day():
            return Phrase(part.start, part.end, day=part)
        case Clock(half=half) if half:
            return Phrase(part.start, part.end, half=part)
        case Clock():
            return Phrase(part.start, part.end, clock=part)
        case Moment():
            return Phrase(part.start, part.end, moment=part)
        case NoDay():
            return Phrase(part.start, part.end, trouble=part.why)


def _says_when(phrase: Phrase) -> bool:
    """A part of the day alone ("Morning all") does not, but "in the morning" does."""
    if phrase.half is None or phrase.day or phrase.clock:
        return True
    return phrase.half.next_morning


def _join(phrase: Phrase, part: Found, between: str, writer: Writer) -> Phrase | None:
    """The phrase with `part` in it, or None where the part begins a phrase of its own."""
    if not _JOINT.fullmatch(between) or phrase.moment or isinstance(part, Moment):
        return None
    if isinstance(part, NoDay) or phrase.trouble:
        trouble = phrase.trouble or (part.why if isinstance(part, NoDay) else "")
        return Phrase(phrase.start, part.end, trouble=trouble)
    if phrase.day and phrase.day.kind is DayKind.DATE and phrase.day.day < writer.today and "by" in between.split():
        return None  # "(closed 3/7) by 9am Friday"
    longer = replace(phrase, end=part.end)
    if isinstance(part, Day):
        return replace(longer, day=part) if phrase.day is None else _two_days(longer, part, between, writer)
    if part.half and phrase.half is None:
        return replace(longer, half=part)
    if not part.half and phrase.clock is None:
        return replace(longer, clock=part)
    if not part.half and phrase.clock and _same_clock(phrase.clock, part):
        return longer if phrase.clock.clock == part.clock and not phrase.clock.bare else replace(longer, clock=part)
    return None


def _same_clock(one: Clock, other: Clock) -> bool:
    """ "12 noon", "4pm (16:00)", "first thing, 9am"."""
    if one.next_morning and other.clock.hour in range(7, 11):
        return True
    return one.clock == other.clock or bool(
        one.bare and one.clock.hour % 12 == other.clock.hour % 12 and one.clock.minute == other.clock.minute
    )


def _two_days(phrase: Phrase, part: Day, between: str, writer: Writer) -> Phrase | None:
    """Two names of one day ("tomorrow (Tuesday)", "Thursday 4 June"); a clash is no day at all."""
    day = phrase.day
    if day is None or not (_CLOSE_JOINT.fullmatch(between) or phrase.clock):
        return None
    first, second = (day, part) if day.kind is not DayKind.WEEKDAY else (part, day)
    if first.kind is DayKind.WEEKDAY:
        return None if first.day != second.day else phrase
    same = first.day.weekday() == second.day.weekday() if second.kind is DayKind.WEEKDAY else first.day == second.day
    if same:
        return replace(phrase, day=replace(first, doubt=first.doubt and second.kind is not DayKind.WEEKDAY, also=()))
    if phrase.clock and not _CLOSE_JOINT.fullmatch(between):
        return None
    if second.kind is DayKind.WEEKDAY or DayKind.DATE in (first.kind, second.kind):
        words = writer.text.words(phrase.start, part.end)
        why = f"“{words}” does not fit: {_dated(first.day)}. Ask them which day they mean."
        return Phrase(phrase.start, part.end, trouble=why)
    return None


def _dated(day: date) -> str:
    return f"{day.day} {day:%B} is a {day:%A}"


def meaning(phrase: Phrase, writer: Writer) -> Meant:
    """What the phrase meant to somebody who wrote at `writer.sent`."""
    at: datetime | None = None
    doubt = False
    also: tuple[datetime, ...] = ()
    if phrase.moment:
        at, doubt = phrase.moment.at.astimezone(UTC), phrase.moment.doubt
    elif not phrase.trouble:
        at, doubt, also = _instant(phrase, writer)
    ish = bool(_ISH.match(writer.text.plain[phrase.end : phrase.end + 8]))
    return Meant(
        phrase.start,
        phrase.end,
        at,
        doubt and not ish,
        also,
        phrase.trouble,
        has_day=phrase.day is not None or phrase.moment is not None,
        has_clock=phrase.clock is not None or phrase.moment is not None,
        day=phrase.day,
        clock=phrase.clock,
        span=phrase.moment is not None,
        asked=phrase.moment.asked if phrase.moment else bool(phrase.day and phrase.day.asked),
    )


def _instant(phrase: Phrase, writer: Writer) -> tuple[datetime, bool, tuple[datetime, ...]]:
    clock, doubt, at_end, other_clock = _time_of(phrase)
    day = phrase.day
    moment = _moments(writer, at_end=at_end)
    if day is None:
        return _without_day(phrase, clock, writer, doubt=doubt, moment=moment)
    at = moment(day.day, clock)
    doubt = doubt or (day.doubt and not (day.clock and phrase.clock)) or (at_end and day.kind is not DayKind.RELATIVE)
    also = [moment(other, clock) for other in day.also]
    if day.doubt and phrase.clock and day.clock and writer.up_late:
        doubt = True
    if other_clock:
        also.append(moment(day.day, other_clock))
    if day.is_sent_day:
        doubt, later = True, moment(day.day + timedelta(days=7), clock)
        if at <= writer.sent:
            return later, doubt, ()
        also.append(later)
    return at, doubt, tuple(also)


def _moments(writer: Writer, *, at_end: bool) -> Callable[[date, time], datetime]:
    def moment(day: date, clock: time) -> datetime:
        return moment_of(day + ONE_DAY if at_end else day, clock, writer.hours.zone)

    return moment


def _without_day(
    phrase: Phrase, clock: time, writer: Writer, *, doubt: bool, moment: Callable[[date, time], datetime]
) -> tuple[datetime, bool, tuple[datetime, ...]]:
    """A time alone is today's, also where it has gone by; "first thing" and "in the morning" are the next morning's."""
    today = moment(writer.today, clock)
    morning = bool(phrase.half and phrase.half.next_morning and phrase.half.half == "am")
    first_thing = bool(phrase.clock and phrase.clock.next_morning)
    if morning or first_thing:
        day = (
            writer.today
            if writer.up_late or (first_thing and writer.sent.hour < say.FIRST_THING.hour - 2)
            else writer.today + ONE_DAY
        )
        working = writer.hours.is_working_day(day)
        return moment(day, clock), doubt or writer.up_late or not working or day == writer.today, ()
    also = (moment(writer.today + ONE_DAY, clock),) if today <= writer.sent else ()
    return today, doubt, also


def _time_of(phrase: Phrase) -> tuple[time, bool, bool, time | None]:
    """The time of day, whether it is in doubt, whether it ends its day, and what else it may be."""
    half = phrase.half.half if phrase.half else phrase.day.half if phrase.day else ""
    clock = phrase.clock
    if clock is None:
        if phrase.half:
            return phrase.half.clock, phrase.half.doubt, False, None
        return (phrase.day and phrase.day.clock) or say.WHOLE_DAY, False, False, None
    if not clock.bare:
        clash = half and (clock.clock.hour < 12) != (half == "am") and clock.clock.hour != 12 and not clock.at_end
        return clock.clock, clock.doubt or bool(clash), clock.at_end, None
    early, late = _halves(clock.clock)
    if half:
        return (early if half == "am" else late), False, False, None
    if early.hour in range(say.WORKING_DAY_FROM, say.WORKING_DAY_TO):
        return early, clock.doubt, False, None
    in_day = late <= time(say.WORKING_DAY_TO)
    return late, clock.doubt or not in_day, False, None if in_day else early


def _halves(clock: time) -> tuple[time, time]:
    """The same hands before noon and after it; twelve is noon either way."""
    if clock.hour % 12 == 0:
        return clock.replace(hour=12), clock.replace(hour=12)
    return clock.replace(hour=clock.hour % 12), clock.replace(hour=clock.hour % 12 + 12)
