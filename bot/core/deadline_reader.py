"""When a journalist needs an answer, read from what they wrote; and said back in words for a person to check.

The reader would sooner ask than be wrong by a day: what is not named as a deadline, could be two days or has gone by is
left to the person, with what was found. It reads British English, day before month always.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import deadline_words as say
from bot.core.deadline_cues import Judged, Rank, Setting, is_before_a_day, judge, names_a_day_of_its_own
from bot.core.deadline_parts import Writer
from bot.core.deadline_phrases import Meant, meaning, phrases
from bot.core.deadline_text import BLOT, BREAK, plain_text
from bot.core.deadlines import time_left
from bot.core.working_days import WorkingHours, as_utc, moment_of

_SHORT = 20
"""Words up to which a time that nothing names a deadline may be one: what is typed after a command, a subject line."""
_MOST_OTHERS = 5
_BESIDE = 4
"""Times before and after a time in its sentence that are looked at together with it."""


@dataclass(frozen=True)
class Candidate:
    """A time that may be the deadline: `at` (aware, UTC) and the words it was read from."""

    at: datetime
    words: str


@dataclass(frozen=True)
class Reading:
    """What was read. `at`: aware, UTC, after `now`, or None; `why_not` then says to the person what to do.

    `words`: the very words of the text. `certain`: named as a deadline and meaning one thing only. `others`: what
    else was found, the most plainly named first.
    """

    at: datetime | None
    words: str = ""
    certain: bool = False
    others: tuple[Candidate, ...] = ()
    why_not: str = ""


@dataclass(frozen=True)
class _Found:
    meant: Meant
    judged: Judged
    words: str

    @property
    def rank(self) -> Rank:
        return self.judged.rank

    @property
    def doubt(self) -> bool:
        return self.meant.doubt or self.judged.doubt

    def is_to_come(self, now: datetime) -> bool:
        return self.meant.at is not None and self.meant.at > now


def read_deadline(text: str, *, received_at: datetime, now: datetime, zone: ZoneInfo, hours: WorkingHours) -> Reading:
    """The deadline that `text` (a phrase, a command's words or a whole e-mail) names, or why there is none.

    "Today", "tomorrow" and weekdays count from `received_at`, when it was written; nothing at or before `now` is
    given. Both are aware; a naive one is a `ValueError`. An hour without am or pm is the one in the working day, 8:00
    to 19:00. A wall time that a clock change of `zone` skips is the moment of the change; one that it repeats is the
    first of the two.
    """
    received, now = as_utc(received_at), as_utc(now)
    plain = plain_text(text)
    writer = Writer(received.astimezone(zone), replace(hours, zone=zone), plain)
    found = [_judged(meaning(phrase, writer), writer) for phrase in phrases(writer)]
    found = _completed(found, writer)
    reading = _choose(found, plain.plain, max(received, now) if received > now else now)
    if reading.at is None and plain.passed and len(plain.plain.split()) <= _SHORT:
        return replace(reading, why_not=f"“{plain.passed}” has passed: ask them for a deadline.")
    return reading


def understood(at: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """`at` in words for a person to check, by the clocks of `zone`: "Thu 3 June, 4pm, in 5 hours". A year is named
    where it is not this one. Midnight is the end of the day that is named. A naive time is a `ValueError`."""
    local, today = as_utc(at).astimezone(zone), as_utc(now).astimezone(zone).date()
    midnight = local.hour == local.minute == 0
    day = (local - timedelta(days=1)).date() if midnight else local.date()
    year = "" if day.year == today.year else f" {day.year}"
    clock = "midnight at the end of the day" if midnight else _clock(local)
    return f"{day:%a} {day.day} {day:%B}{year}, {clock}, {time_left(at, now)}"


def _clock(local: datetime) -> str:
    if local.hour == 12 and local.minute == 0:
        return "noon"
    minutes = f".{local.minute:02}" if local.minute else ""
    return f"{(local.hour - 1) % 12 + 1}{minutes}{'am' if local.hour < 12 else 'pm'}"


# --- what each time is for --------------------------------------------------------------------------------


def _judged(meant: Meant, writer: Writer) -> _Found:
    setting = Setting.of(writer.text.plain, meant.start, meant.end)
    words = writer.text.words(meant.start, meant.end).strip(" ,.:;()-")
    judged = judge(meant, setting)
    if is_before_a_day(setting) and names_a_day_of_its_own(meant) and not meant.has_clock:
        meant = _the_day_before(meant, writer)
    return _Found(meant, judged, words)


def _the_day_before(meant: Meant, writer: Writer) -> Meant:
    """ "Before Friday": by close of play on the working day before it, and in doubt."""
    if meant.day is None or meant.at is None or meant.day.clock:
        return meant
    day = writer.hours.working_day_after(meant.day.day, -1)
    at = moment_of(day, say.CLOSE_OF_PLAY, writer.hours.zone)
    return replace(meant, at=at, doubt=True, also=(meant.at,))


def _completed(found: list[_Found], writer: Writer) -> list[_Found]:
    """A day and a time that are asked for in two sentences ("I need this tomorrow. 4pm at the latest.") are one, in
    doubt."""
    asked = [one for one in found if one.rank >= Rank.ASKED and one.meant.at is not None and not one.meant.span]
    days = [one for one in asked if not one.meant.has_clock and names_a_day_of_its_own(one.meant)]
    clocks = [one for one in asked if not one.meant.has_day]
    if len({one.meant.at for one in days}) != 1 or len({one.meant.at for one in clocks}) != 1:
        return [_doubted(place, found, writer) for place in range(len(found))]
    (day, clock), today = (days[0], clocks[0]), writer.today
    if day.meant.day is None or clock.meant.at is None or day.meant.day.day == today:
        return [_doubted(place, found, writer) for place in range(len(found))]
    local = clock.meant.at.astimezone(writer.hours.zone)
    at = moment_of(day.meant.day.day, local.time(), writer.hours.zone)
    both = replace(day.meant, at=at, doubt=True, also=(clock.meant.at, *clock.meant.also), has_clock=True)
    words = f"{day.words} … {clock.words}" if day.meant.start < clock.meant.start else f"{clock.words} … {day.words}"
    rest = [one for one in found if one not in days and one not in clocks]
    return [_Found(both, Judged(max(day.rank, clock.rank)), words), *rest]


def _doubted(place: int, found: list[_Found], writer: Writer) -> _Found:
    """A time alone beside another day in its sentence ("we record on Thursday and need it by noon") may be that
    day's."""
    one = found[place]
    if one.meant.has_day or one.meant.at is None:
        return one
    for other in found[max(0, place - _BESIDE) : place + _BESIDE]:
        start, end = sorted((one.meant.start, other.meant.start))
        day = other.meant.day
        if day and day.day != writer.today and BREAK not in writer.text.plain[start:end]:
            at = moment_of(day.day, one.meant.at.astimezone(writer.hours.zone).time(), writer.hours.zone)
            return replace(one, meant=replace(one.meant, doubt=True, also=(*one.meant.also, at)))
    return one


# --- which one it is --------------------------------------------------------------------------------------


def _choose(found: list[_Found], plain: str, now: datetime) -> Reading:
    if _is_soft(found, plain):
        return Reading(None, why_not="They would like it today and name no time. Ask them.")
    best = _best(found, plain)
    live = sorted((one for one in best if one.is_to_come(now)), key=lambda one: (one.doubt, one.meant.at))
    if not live:
        return Reading(None, others=_others(found, None, now), why_not=_why_not(best, plain))
    chosen = min(live, key=lambda one: one.meant.at or now)
    at = chosen.meant.at
    rivals = [one for one in found if one.rank >= Rank.ASKED and one is not chosen and one.meant.at != at]
    passed = [one for one in best if not one.is_to_come(now)]
    sure = any(not one.doubt for one in live if one.meant.at == at)
    named = chosen.rank > Rank.ALONE or _is_all(chosen, plain)
    certain = named and sure and not rivals and not passed and len({one.meant.at for one in live}) == 1
    return Reading(at, chosen.words, certain, _others(found, chosen, now))


def _best(found: list[_Found], plain: str) -> list[_Found]:
    """Those that are named most plainly. Times that nothing names count only in a short text, the fullest first."""
    named = [one for one in found if one.rank >= Rank.ON_AIR]
    if named:
        top = max(one.rank for one in named)
        return [one for one in named if one.rank == top]
    alone = [one for one in found if one.rank is Rank.ALONE]
    if len(plain.split()) > _SHORT or not alone:
        return []
    full = [one for one in alone if one.meant.has_day and one.meant.has_clock]
    timed = [one for one in alone if one.meant.has_clock]
    best = full or timed or alone
    return best if len({one.meant.at for one in best}) == 1 else []


def _is_all(one: _Found, plain: str) -> bool:
    """Whether the text says nothing but this: a deadline typed into its own field."""
    rest = plain[: one.meant.start] + plain[one.meant.end :]
    return not re.search(
        r"[a-z0-9\x01]", re.sub(r"\b(?:please|pls|by|at|on|the|before|thanks|for|around|about)\b", "", rest)
    )


def _is_soft(found: list[_Found], plain: str) -> bool:
    """ "Today if possible", and nothing else, is a wish."""
    named = [one for one in found if one.rank > Rank.NOT]
    return (
        len(named) == 1
        and named[0].words.lower() == "today"
        and bool(
            re.match(
                r",? (?:if (?:at all )?(?:possible|poss|you can)|ideally|hopefully|or tomorrow)",
                plain[named[0].meant.end :][:24],
            )
            or re.search(r"(?:ideally|hopefully|some ?time|preferably|later),? $", plain[: named[0].meant.start][-14:])
        )
    )


def _others(found: list[_Found], chosen: _Found | None, now: datetime) -> tuple[Candidate, ...]:
    others: dict[datetime, Candidate] = {}
    ranked = sorted(found, key=lambda one: (one is not chosen, -one.rank, one.meant.start))
    for one in ranked:
        if one.rank is Rank.NOT:
            continue
        for at in (one.meant.at, *one.meant.also):
            if at is not None and at > now and (chosen is None or at != chosen.meant.at):
                others.setdefault(at, Candidate(at, one.words))
    return tuple(others.values())[:_MOST_OTHERS]


def _why_not(best: list[_Found], plain: str) -> str:
    for one in best:
        if one.meant.trouble:
            return one.meant.trouble
    if best:
        return f"“{best[0].words}” has passed: check the deadline."
    for pattern, reason in _REASONS:
        found = re.search(pattern, plain)
        if found:
            return reason.format(found.group().strip())
    if re.search(rf"\d ?[ap]m|{say.WEEKDAY}|{BLOT}", plain) and len(plain.split()) > _SHORT:
        return "They name no time as their deadline. Ask them for one."
    return "They name no deadline. Ask them for one."


_REASONS = (
    (say.AS_SOON, "They ask for it as soon as possible and name no time. Ask them."),
    (say.NO_RUSH, "They say there is no rush and name no time. Ask them."),
    (say.VAGUE, "They say “{}” and name no day and time. Ask them."),
)
