"""The parts that times are made of, found in a plain text: days, times of day, spans.

A part already knows what it means to somebody who wrote at `sent` (local, aware): "Thursday" is a date, "half
four" is 16:30. `doubt` says that a kind reader would ask; `also` holds what else it might mean.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from dateutil.relativedelta import relativedelta

from bot.core import deadline_words as say
from bot.core.deadline_text import PlainText
from bot.core.working_days import WorkingHours

ONE_DAY = timedelta(days=1)
SMALL_HOURS = 4
"""Until this hour of the night "tomorrow" may mean the day that has already begun."""
SOONEST_YEAR = 180
"""Days ahead up to which a date without a year that has gone by is next year's ("5 January", in December)."""


class DayKind(Enum):
    """How a day is named."""

    DATE = "date"  # 3 June, 03/06, the 3rd
    WEEKDAY = "weekday"  # Thursday
    RELATIVE = "relative"  # today, tomorrow, in two days
    LIMIT = "limit"  # the end of the week


@dataclass(frozen=True)
class Part:
    """Where it stands in the plain text."""

    start: int
    end: int


@dataclass(frozen=True)
class Day(Part):
    """A day. `clock`: the time that its own words give ("tonight"); `half`: "am" or "pm" where they give that."""

    day: date
    kind: DayKind
    doubt: bool = False
    also: tuple[date, ...] = ()
    clock: time | None = None
    half: str = ""
    asked: bool = False  # "within two days", not only "two days"
    is_sent_day: bool = False  # the day of the week on which it was written: today, or a week later


@dataclass(frozen=True)
class Clock(Part):
    """A time of day. `bare`: neither am nor pm was said; `half`: a part of the day ("morning") and no hour."""

    clock: time
    bare: bool = False
    half: str = ""
    at_end: bool = False  # midnight, at the end of its day
    doubt: bool = False
    next_morning: bool = False  # "first thing" with no day


@dataclass(frozen=True)
class Moment(Part):
    """An instant that a span of hours or minutes leads to. `asked`: "within", not only "two hours"."""

    at: datetime
    asked: bool
    doubt: bool = False


@dataclass(frozen=True)
class NoDay(Part):
    """Words for a day or a time that the calendar or the clock here does not have. `why`: a sentence."""

    why: str


@dataclass(frozen=True)
class Writer:
    """Somebody who wrote at `sent` (aware, in the office's zone) to an office that keeps `hours`."""

    sent: datetime
    hours: WorkingHours
    text: PlainText = field(repr=False)

    @property
    def today(self) -> date:
        return self.sent.date()

    def after(self, span: timedelta) -> datetime:
        """`span` of real time after it was written, in UTC."""
        return self.sent.astimezone(UTC) + span

    @property
    def up_late(self) -> bool:
        return self.sent.hour < SMALL_HOURS


Found = Day | Clock | Moment | NoDay
Reader = Callable[[re.Match[str], Writer], Found | None]


def parts(writer: Writer) -> list[Found]:
    """What is found, in order; of two that overlap the one that begins first, then the longer one."""
    found = [part for pattern, read in _READERS for part in _read_all(pattern, read, writer)]
    found.sort(key=lambda part: (part.start, -part.end))
    kept: list[Found] = []
    for part in found:
        if not kept or part.start >= kept[-1].end:
            kept.append(part)
    return kept


def _read_all(pattern: re.Pattern[str], read: Reader, writer: Writer) -> Iterator[Found]:
    for match in pattern.finditer(writer.text.plain):
        part = read(match, writer)
        if part is not None:
            yield part


# --- days -------------------------------------------------------------------------------------------------


def _weekday_number(word: str) -> int:
    short = word[:3]
    return say.WEEKDAYS.index(say.MISSPELT.get(short, short))


def _month_number(word: str) -> int:
    return say.MONTHS.index(word[:3]) + 1


def _weekday(match: re.Match[str], writer: Writer) -> Found | None:
    word, before = match["day"], match["before"] or ""
    if word in ("sun", "sat", "wed", "mon") and not _is_short_day(match):
        return None
    ahead = (_weekday_number(word) - writer.today.weekday()) % 7
    coming = writer.today + timedelta(days=ahead)
    if "next" in before and "next week" not in (match["after"] or ""):
        return _next_weekday(match, writer, coming)
    if "week" in (match["after"] or "") and "next" in match["after"]:
        day = _in_next_week(writer, _weekday_number(word))
        return Day(*match.span(), day, DayKind.WEEKDAY, doubt=writer.up_late)
    return Day(*match.span(), coming, DayKind.WEEKDAY, doubt=writer.up_late and ahead < 2, is_sent_day=ahead == 0)


def _is_short_day(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start("day"), match.end("day")
    return bool(
        re.search(r"(?:\b(?:by|on|before|this|next|am|pm|noon|cop|cob|eod|play|thing|until|till)|[,(:.]|\d|^|¶) ?$", text[max(0, start - 10) : start])
        or re.match(r"\.? ?(?:\d|at\b|noon|midday|am\b|pm\b|by\b|morn|aft|eve|lunch|week\b)", text[end : end + 10])
    )  # fmt: skip


def _in_next_week(writer: Writer, weekday: int) -> date:
    monday = writer.today - timedelta(days=writer.today.weekday()) + timedelta(days=7)
    return monday + timedelta(days=weekday)


def _next_weekday(match: re.Match[str], writer: Writer, coming: date) -> Day:
    """ "Next Tuesday" is in the next week from Monday to Sunday; in doubt where another Tuesday comes before it."""
    day = _in_next_week(writer, coming.weekday())
    others = {coming, coming + timedelta(days=7)} - {day, writer.today}
    soon = day - writer.today < timedelta(days=4)
    doubtful = coming not in (day, writer.today) or soon or coming == writer.today
    return Day(*match.span(), day, DayKind.WEEKDAY, doubt=doubtful, also=tuple(sorted(others)) if doubtful else ())


def _weeks_after(match: re.Match[str], writer: Writer) -> Day:
    """ "A week on Friday", "Friday week", "a fortnight on Friday", "a week today"."""
    weeks = 2 if "fortnight" in match.group() or re.search(r"\b(?:two|2) weeks", match.group()) else 1
    word = match["day"]
    doubt = writer.up_late
    if word.startswith("today"):
        day = writer.today
    elif re.fullmatch(say.TOMORROW, word):
        day = writer.today + ONE_DAY
    else:
        ahead = (_weekday_number(word) - writer.today.weekday()) % 7
        day, doubt = writer.today + timedelta(days=ahead), doubt or ahead == 0
    return Day(*match.span(), day + timedelta(weeks=weeks), DayKind.RELATIVE, doubt=doubt)


def _relative_day(match: re.Match[str], writer: Writer) -> Day:
    word = match.group()
    if word.startswith(("day after", "the day after")):
        return Day(*match.span(), writer.today + 2 * ONE_DAY, DayKind.RELATIVE, doubt=writer.up_late)
    if re.match(say.TOMORROW, word):
        also = (writer.today,) if writer.up_late else ()
        return Day(*match.span(), writer.today + ONE_DAY, DayKind.RELATIVE, doubt=writer.up_late, also=also)
    if word in ("tonight", "tonite", "this evening", "this eve") or "evening" in word or "night" in word:
        return Day(*match.span(), writer.today, DayKind.RELATIVE, doubt=True, clock=say.EVENING, half="pm")
    if "morn" in word:
        return Day(*match.span(), writer.today, DayKind.RELATIVE, clock=say.MORNING, half="am")
    if "aft" in word:
        return Day(*match.span(), writer.today, DayKind.RELATIVE, clock=say.AFTERNOON, half="pm")
    return Day(*match.span(), writer.today, DayKind.RELATIVE, doubt=writer.up_late)


def _day_month(match: re.Match[str], writer: Writer) -> Found:
    given = match.groupdict()
    number = given["d"] if given["d"] else given.get("ordinal") or ""
    day = int(number) if number.isdigit() else say.ORDINALS[number]
    month = int(given["m"]) if given["m"].isdigit() else _month_number(given["m"])
    year = int(given["y"]) if given["y"] else None
    return _dated(match, writer, day, month, year + 2000 if year is not None and year < 100 else year)


def _dated(match: re.Match[str], writer: Writer, day: int, month: int, year: int | None) -> Found:
    """British order always. Without a year: this year's, or next year's where that is near and this one is past."""
    try:
        dated = date(year or writer.today.year, month, day)
        if year is None and dated < writer.today:
            later = dated + relativedelta(years=1)
            dated = later if later - writer.today <= timedelta(days=SOONEST_YEAR) else dated
    except ValueError:
        words = writer.text.words(*match.span())
        return NoDay(*match.span(), f"“{words}” is not in the calendar. Ask them which day they mean.")
    return Day(*match.span(), dated, DayKind.DATE)


def _day_of_month(match: re.Match[str], writer: Writer) -> Found | None:
    """ "The 14th": the next day of that number, today included."""
    number = int(match["d"])
    if not 1 <= number <= 31:
        return None
    for months in range(12):
        first = writer.today.replace(day=1) + relativedelta(months=months)
        try:
            day = first.replace(day=number)
        except ValueError:
            continue
        if day >= writer.today:
            return Day(*match.span(), day, DayKind.DATE, doubt=months > 1 or day == writer.today)
    return None


def _weekday_and_number(match: re.Match[str], writer: Writer) -> Found | None:
    """ "Thursday 4": a date where the fourth is a Thursday, this month or next."""
    for months in range(2):
        try:
            day = writer.today.replace(day=1) + relativedelta(months=months, day=int(match["d"]))
        except ValueError:
            continue
        fits = day.day == int(match["d"]) and day.weekday() == _weekday_number(match["day"])
        if fits and day >= writer.today:
            return Day(*match.span(), day, DayKind.DATE)
    return None


def _limit(match: re.Match[str], writer: Writer) -> Found | None:
    """The end of the week (its last working day) or of a month (the same), at close of play."""
    words, today = match.group(), writer.today
    if "month" in words or match["month"]:
        return _end_of_month(match, writer)
    monday = today - timedelta(days=today.weekday())
    if "next" in words:
        monday += timedelta(days=7)
    weekend = today.weekday() > 4 and "next" not in words
    if weekend:
        monday += timedelta(days=7)
    last = writer.hours.working_day_after(monday + timedelta(days=5), -1)
    friday = monday + timedelta(days=4)
    doubt = weekend or "weekend" in words or last != friday or (today.weekday() > 4) or writer.up_late
    return Day(*match.span(), last, DayKind.LIMIT, doubt=doubt, clock=say.CLOSE_OF_PLAY)


def _end_of_month(match: re.Match[str], writer: Writer) -> Day:
    first = writer.today.replace(day=1)
    if "next month" in match.group():
        first += relativedelta(months=1)
    elif match["month"]:
        first = first.replace(month=_month_number(match["month"]))
        first = first if first >= writer.today.replace(day=1) else first + relativedelta(years=1)
    last = first + relativedelta(day=31)
    working = writer.hours.working_day_after(last + ONE_DAY, -1)
    return Day(*match.span(), working, DayKind.LIMIT, doubt=working != last, clock=say.CLOSE_OF_PLAY)


# --- spans ------------------------------------------------------------------------------------------------


def _span(match: re.Match[str], writer: Writer) -> Found | None:
    unit, lead = match["unit"], match["lead"] or ""
    asked = bool(lead or match["suffix"])
    number = _quantity(match["qty"] or "a")
    if number is None or (not match["qty"] and "next" not in lead and "the" not in lead):
        return None
    if not match["qty"] and not unit.startswith(("hour", "half")) and "in" not in lead:
        return None  # "next week" is no span
    if match["half"]:
        number += 0.5
    doubt = "couple" in (match["qty"] or "") or "or so" in (match["suffix"] or "")
    if unit.startswith("min"):
        return Moment(*match.span(), writer.after(timedelta(minutes=number)), asked, doubt)
    if unit.startswith(("hour", "hr")):
        return Moment(*match.span(), writer.after(timedelta(hours=number)), asked, doubt)
    if not asked and not _stands_alone(match) and "working" not in unit and "business" not in unit:
        return None
    if number != int(number) or number > 400:
        return None
    return Day(
        *match.span(),
        _days_ahead(int(number), unit, writer),
        DayKind.RELATIVE,
        doubt=doubt or writer.up_late,
        asked=True,
    )


def _stands_alone(match: re.Match[str]) -> bool:
    return not match.string[: match.start()].strip(" ¶") and not match.string[match.end() :].strip(" ¶.")


def _days_ahead(number: int, unit: str, writer: Writer) -> date:
    if "working" in unit or "business" in unit:
        return writer.hours.working_day_after(writer.today, number)
    days = {"week": 7, "fort": 14}.get(unit[:4], 1)
    return writer.today + timedelta(days=days * number)


def _quantity(words: str) -> float | None:
    words = words.strip()
    if words.startswith("half"):
        return 0.5
    if words.isdigit():
        return int(words)
    return {"quarter of an": 0.25, "three quarters of an": 0.75, "one and a half": 1.5}.get(words) or say.NUMBERS.get(
        words
    )


# --- times of day -----------------------------------------------------------------------------------------


def _with_half(match: re.Match[str], writer: Writer) -> Found | None:
    """ "4pm", "4.30 p.m.", and "16:00pm", which says the same thing twice."""
    hour, minute, half = int(match["h"]), int(match["min"] or 0), match["half"]
    if hour > 23 or minute > 59 or (hour == 0 and half == "p") or (hour > 12 and half == "a"):
        return None
    if hour == 12 and half == "a" and not minute:
        return Clock(*match.span(), time(0), at_end=True, doubt=True)
    if hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Clock(*match.span(), time(hour, minute))


def _twenty_four(match: re.Match[str], writer: Writer) -> Found | None:
    """ "16:00", "1600hrs", "16.00"; "4:30" has neither am nor pm, "04:30" is before dawn, and doubtful."""
    hour, minute = int(match["h"]), int(match["min"])
    if (hour, minute) in ((24, 0), (0, 0)):
        return Clock(*match.span(), time(0), at_end=True)
    if hour > 23 or minute > 59 or not _is_dotted_time(match):
        return None
    bare = not match["h"].startswith("0") and 1 <= hour <= 12 and "h" not in match.group()
    early = match["h"].startswith("0") and hour < say.WORKING_DAY_FROM - 2
    return Clock(*match.span(), time(hour, minute), bare=bare, doubt=early)


def _is_dotted_time(match: re.Match[str]) -> bool:
    """Digits without a colon are a time only where a time is expected: not "rose by 4.30 million", not 2030."""
    words = match.group()
    if ":" in words or "h" in words:
        return True
    if "." not in words and words.startswith(("19", "20")):
        return bool(re.match(rf" (?:on |{say.TOMORROW}|today)", match.string[match.end() : match.end() + 12]))
    return _expects_time(match)


def _expects_time(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 24) : match.start()]
    after = match.string[match.end() : match.end() + 24]
    if not _FOLLOWS.match(after) or _ROSE_BY.search(before):
        return False
    if _EXPECTS.search(before) or _stands_alone(match):
        return True
    return bool(_LEADS_TO_DAY.search(before) and _DAY_FOLLOWS.match(after))


_FOLLOWS = re.compile(say.FOLLOWS_A_BARE_TIME)
_ROSE_BY = re.compile(
    r"(?:fell|fallen|rose|risen|rise|increased?|decreased?|dropped|drop|gr[eo]wn?|up|down|cut|reduced|fall|went up|declined"
    r"|exceeded|overspent|divided|multiplied|beaten|won|lost|late|delayed) by $"
)
_EXPECTS = re.compile(
    rf"(?:\b(?:by|at|before|b4|until|till|til|than|around|about|for|@|{say.WEEKDAY},?|today|{say.TOMORROW}|tonight|{say.MONTH}|{say.PART_OF_DAY}"
    r"|(?:deadline(?:'s)?|d/l|deadline is|latest|noon or|am or|pm or)[:;-]?)|@|\b20\d\d),? ?$"
)
_LEADS_TO_DAY = re.compile(r"(?:\b(?:by|at|before|is|for|until|till|say|latest)|^|[¶:@,(-]) ?$")
_DAY_FOLLOWS = re.compile(rf",? (?:on |in the morning|in the afternoon|at night|{say.DAY_WORD})")


def _bare(match: re.Match[str], writer: Writer) -> Found | None:
    """An hour alone: "by 5", "at four", "10 tomorrow"."""
    if not _expects_time(match):
        return None
    return Clock(*match.span(), time(_hour(match["h"]) % 24), bare=True)


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else say.NUMBERS[word]


def _oclock(match: re.Match[str], writer: Writer) -> Clock:
    hour = _hour(match["h"])
    if match["news"]:  # BBC One's are at one, six and ten
        hour += 12 if hour in (1, 5, 6, 7, 9, 10) else 0
        return Clock(*match.span(), time(hour))
    return Clock(*match.span(), time(hour), bare=True)


def _news_at(match: re.Match[str], writer: Writer) -> Clock:
    return Clock(*match.span(), time(_hour(match["h"]) + 12))


def _past_or_to(match: re.Match[str], writer: Writer) -> Found | None:
    """ "Half four" and "half past four" are 4.30; "quarter to five", "ten past 3", "twenty to six"."""
    hour, words = _hour(match["h"]), match["m"]
    minutes = 30 if words == "half" else 15 if "quarter" in words else _hour(words) if words in say.NUMBERS else 0
    minutes = minutes or (25 if "five" in words else int(words) if words.isdigit() else 0)
    if match["way"] == "to":
        before = match.string[max(0, match.start() - 8) : match.start()]
        if words.isdigit() and not re.search(r"\b(?:by|at|before|than) $", before):
            return None
        hour, minutes = (hour - 2) % 12 + 1, 60 - minutes
    return Clock(*match.span(), time(hour, minutes), bare=True)


def _named(clock: time, *, doubt: bool = False, at_end: bool = False) -> Reader:
    return lambda match, _: Clock(*match.span(), clock, doubt=doubt, at_end=at_end)


def _close(match: re.Match[str], writer: Writer) -> Found | None:
    """Close of play in all its forms. "COP" and "COB" are also a policeman and a bread: a time must be expected."""
    if match.group().startswith(("cop", "cob")) and not (
        re.search(r"(?:\b(?:by|at|before|than|is|until|till|say|for|latest|deadline)|^|[¶:,(@-]) ?$", match.string[max(0, match.start() - 10) : match.start()])
        or re.match(rf",? ?(?:on |{say.DAY_WORD}|\d)", match.string[match.end() : match.end() + 14])
    ):  # fmt: skip
        return None
    return Clock(*match.span(), say.CLOSE_OF_PLAY)


def _first_thing(match: re.Match[str], writer: Writer) -> Clock:
    return Clock(*match.span(), say.FIRST_THING, half="", next_morning=True)


def _part_of_day(match: re.Match[str], writer: Writer) -> Clock:
    word = match.group()
    doubt = word.startswith(("mid", "late", "early", "in "))
    if "morn" in word:
        return Clock(*match.span(), say.MORNING, half="am", doubt=doubt, next_morning=word.startswith("in "))
    if "aft" in word:
        return Clock(*match.span(), say.AFTERNOON, half="pm", doubt=doubt)
    return Clock(*match.span(), say.EVENING, half="pm", doubt=True)


def _half_of_named_day(match: re.Match[str], writer: Writer) -> Found | None:
    """ "Weds pm", "tomorrow am"."""
    if not _AFTER_DAY.search(match.string[max(0, match.start() - 12) : match.start()]):
        return None
    early = match.group() == "am"
    return Clock(*match.span(), say.MORNING if early else say.AFTERNOON, half="am" if early else "pm")


_AFTER_DAY = re.compile(rf"\b(?:{say.WEEKDAY}|{say.TOMORROW}) $")


def _abroad(match: re.Match[str], writer: Writer) -> NoDay:
    words = writer.text.words(*match.span())
    return NoDay(*match.span(), f"“{words}” is not on our clock. Ask them what that is in UK time.")


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.ASCII)


_YEAR = r"(?:,? (?P<y>20\d\d)(?! ?h)\b)?"
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_pattern(rf"(?P<before>\b(?:this coming |this |next |the coming |coming |following |on )?)\b(?P<day>{say.WEEKDAY})(?P<after>,? (?:of )?next week\b)?"), _weekday),
    (_pattern(rf"\bnext week,? (?P<before>)(?:on )?(?P<day>{say.WEEKDAY})(?P<after>)"), lambda m, w: Day(*m.span(), _in_next_week(w, _weekday_number(m["day"])), DayKind.WEEKDAY, doubt=w.up_late)),
    (_pattern(rf"\b(?:a |one |two |2 |the )?(?:week|weeks|fortnight) (?:on |from |this |from this )?(?P<day>{say.WEEKDAY}|today|{say.TOMORROW})"), _weeks_after),
    (_pattern(rf"\b(?:on )?(?P<day>{say.WEEKDAY}|today|{say.TOMORROW}) (?:week|fortnight)\b(?! (?:ago|off|end))"), _weeks_after),
    (_pattern(rf"\b(?:the )?day after {say.TOMORROW}\b|\b{say.TOMORROW}\b|\btoday\b|\btonight\b|\btonite\b|\bthis {say.PART_OF_DAY}"), _relative_day),
    (_pattern(rf"\b(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)? ?(?:of )?(?P<m>{say.MONTH}){_YEAR}"), _day_month),
    (_pattern(rf"\b(?:the )?(?P<ordinal>{'|'.join(say.ORDINALS)})(?P<d>) of (?P<m>{say.MONTH}){_YEAR}"), _day_month),
    (_pattern(rf"\b(?P<m>{say.MONTH}) (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d| ?[ap]\.?m\b){_YEAR}"), _day_month),
    (_pattern(r"(?<![\d/.])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>20\d\d|\d\d))?(?![\d/])"), _day_month),
    (_pattern(r"(?<![\d/.-])(?P<d>\d{1,2})([.-])(?P<m>\d{1,2})\2(?P<y>20\d\d|\d\d)(?![\d/-]|\.\d)"), _day_month),
    (_pattern(r"(?<![\d-])(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])t?"), _day_month),
    (_pattern(rf"(?:\b(?:the|on|by|before) |(?<=day )|(?<=day, ))(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)\b(?! ?(?:of|{say.MONTH}|{say.NOUNS_AFTER_ORDINAL}|\w+ (?:anniversary|birthday)))"), _day_of_month),
    (_pattern(rf"\b(?P<day>{say.WEEKDAY}),? (?P<d>\d{{1,2}})(?![\d:./]|(?:st|nd|rd|th)| ?(?:am|pm|a\.|p\.|o'?clock|noon|mid|hrs|{say.MONTH}))"), _weekday_and_number),
    (_pattern(r"\b(?:the )?(?:very )?(?:end|close) of (?:the |this |next )?(?:working |business )?(?:week\b(?!end)|month\b)(?P<month>)|\beow\b|\bweek's end\b|\bmonth[- ]end\b"), _limit),
    (_pattern(rf"\b(?:the )?(?:end|close) of (?P<month>{say.MONTH})"), _limit),
    (
        _pattern(
            r"\b(?P<lead>(?:(?:with)?in|inside|over)(?: the)?(?: (?:next|coming))? (?:about |around |under |approximately |say )?|(?:the )?next )?"
            rf"(?P<qty>\d{{1,3}} ?|half an? |half |an? |the |a couple of |couple of |one and a half |quarter of an |three quarters of an |{'|'.join(f'{word} ' for word in sorted(say.NUMBERS, key=len, reverse=True) if len(word) > 2)})?"
            r"(?P<unit>minutes?|mins?|hours?|hrs?|working days?|business days?|days?|weeks?|fortnight)\b(?:'s?(?= ))?(?P<half> and a half)?"
            r"(?P<suffix>(?: time\b| or so\b| from now\b| from today\b)*)(?! ?(?:before|after|ago|later|earlier|late|delay|wait|of\b|long|notice|old|into|today|tomorrow|on [mtwfs]))"
        ),
        _span,
    ),
    (_pattern(r"(?<![\d:.£/])(?P<h>\d{1,2})(?: ?[:.;] ?(?P<min>\d\d))? ?(?P<half>[ap])\.? ?m\b\.?"), _with_half),
    (_pattern(rf"(?<![\d:.£/])\d{{1,2}}(?:[:.]\d\d)? ?(?:[ap]m)? {say.ZONES_ABROAD}"), _abroad),
    (_pattern(r"(?<![\d:.£/])(?P<h>\d{1,2}):(?P<min>\d\d)(?::\d\d)?(?: ?h(?:ou)?rs?\b)?(?![\d:])"), _twenty_four),
    (_pattern(r"(?<![\d:.£/])(?P<h>\d\d)[:.]?(?P<min>\d\d) ?h(?:(?:ou)?rs?)?\b"), _twenty_four),
    (_pattern(r"(?<![\d:.£/,-])(?P<h>\d{1,2})\.(?P<min>[0-5]\d)(?![\d:]|\.\d)|(?<![\d:.£/,-])(?P<h2>[01]\d|2[0-3])(?P<min2>[0-5]\d)(?![\d:]|[.,]\d)"), lambda m, w: _dotted(m, w)),
    (_pattern(rf"\b(?P<h>{say.HOUR}) ?o ?'? ?clock\b(?P<news>(?: evening| nightly| bbc)? (?:news|bulletin))?"), _oclock),
    (_pattern(r"\b(?:the )?news at (?P<h>one|six|ten)\b"), _news_at),
    (_pattern(rf"\b(?P<m>half|(?:a )?quarter|five|ten|twenty|twenty[- ]five|5|10|20|25)[- ](?:minutes )?(?P<way>past|to)[- ](?P<h>{say.HOUR})\b(?![:.]\d)"), _past_or_to),
    (_pattern(rf"\b(?P<m>half)(?P<way>) ?-?(?P<h>{say.HOUR})\b(?![:.]\d)"), _past_or_to),
    (_pattern(r"\b(?:12 ?)?(?:noon|midday|mid-day)\b|\b12 ?n\b"), _named(say.NOON)),
    (_pattern(r"\b(?:12 ?)?(?:midnight|mid-night)\b"), _named(time(0), at_end=True)),
    (_pattern(r"\blunch(?:[- ]?time)?\b(?! ?(?:break|club|with))"), _named(say.LUNCHTIME)),
    (_pattern(r"\btea[- ]?time\b"), _named(say.TEATIME)),
    (_pattern(r"\b(?:the )?(?:very )?(?:close|end) of (?:play|business|trading|(?:the |your |my |our )?(?:working |business |office |school )?(?:day|hours))\b|\bc\.?o\.?[pb]\b\.?|\be\.?o\.?[dp]\b\.?|\bday's end\b"), _close),
    (_pattern(rf"\b(?:the )?(?:end|close) of (?={say.DAY_WORD}|the \d)|\bclose(?= (?:on |{say.DAY_WORD}))"), _named(say.CLOSE_OF_PLAY)),
    (_pattern(r"\bfirst thing(?: in the morning)?\b"), _first_thing),
    (_pattern(rf"\b(?:in the )?{say.PART_OF_DAY}"), _part_of_day),
    (_pattern(r"\b[ap]m\b"), _half_of_named_day),
    (_pattern(rf"\b(?P<h>{say.HOUR})\b(?![:.]\d| ?(?:am|pm|a\.m|p\.m)\b)"), _bare),
)  # fmt: skip


def _dotted(match: re.Match[str], writer: Writer) -> Found | None:
    hour, minute = int(match["h"] or match["h2"]), int(match["min"] or match["min2"])
    if not _is_dotted_time(match):
        return None
    return (
        Clock(
            *match.span(),
            time(hour, minute),
            bare=bool(match["h"]) and 1 <= hour <= 12 and not match["h"].startswith("0"),
        )
        if hour < 24
        else None
    )
