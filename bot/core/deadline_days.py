"""Days and spans in a plain text: "Thursday 4 June", "a week on Friday", "within two hours", "the end of the week"."""

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.core import deadline_words as say
from bot.core.deadline_parts import ONE_DAY, Day, DayKind, Found, Moment, NoDay, Readers, Writer, pattern, stands_alone

SOONEST_YEAR = 180
"""Days ahead up to which a date without a year that has gone by is next year's ("5 January", in December)."""


def _weekday_number(word: str) -> int:
    short = word[:3]
    return say.WEEKDAYS.index(say.MISSPELT.get(short, short))


def _month_number(word: str) -> int:
    return say.MONTHS.index(word[:3]) + 1


def _weekday(match: re.Match[str], writer: Writer) -> Found | None:
    word, before = match["day"], match["before"] or ""
    if word in ("sun", "sat", "wed", "mon") and not _is_short_day(match, writer):
        return None
    ahead = (_weekday_number(word) - writer.today.weekday()) % 7
    coming = writer.today + timedelta(days=ahead)
    if "next" in before and "next week" not in (match["after"] or ""):
        return _next_weekday(match, writer, coming)
    if "week" in (match["after"] or "") and "next" in match["after"]:
        day = _in_next_week(writer, _weekday_number(word))
        return Day(*match.span(), day, DayKind.WEEKDAY, doubt=writer.up_late)
    return Day(*match.span(), coming, DayKind.WEEKDAY, doubt=writer.up_late and ahead < 2, is_sent_day=ahead == 0)


def _is_short_day(match: re.Match[str], writer: Writer) -> bool:
    """Whether "Sat", "Wed" or "Sun" is a day: not somebody who sat, and not the newspaper."""
    start, end = match.span("day")
    if _NEWSPAPER.match(match.string, end):
        return False
    before, after = match.string[max(0, start - 10) : start], match.string[end : end + 10]
    written = writer.text.written[writer.text.origins[start]]
    return written.isupper() or bool(_DAY_BEFORE.search(before) or _DAY_AFTER.match(after))


_NEWSPAPER = re.compile(r" (?:reporter|newspaper|online|journalist|paper|readers|editor|on sunday)\b")
_DAY_BEFORE = re.compile(
    r"(?:\b(?:by|on|before|this|next|am|pm|noon|cop|cob|eod|play|thing|until|till)|[,(:.]|\d|^|¶) ?$"
)
_DAY_AFTER = re.compile(r"\.? ?(?:\d|at\b|noon|midday|am\b|pm\b|by\b|morn|aft|eve|lunch|week\b)")


def _in_next_week(writer: Writer, weekday: int) -> date:
    monday = writer.today - timedelta(days=writer.today.weekday()) + timedelta(days=7)
    return monday + timedelta(days=weekday)


def _day_of_next_week(match: re.Match[str], writer: Writer) -> Day:
    """ "Next week, Friday"."""
    day = _in_next_week(writer, _weekday_number(match["day"]))
    return Day(*match.span(), day, DayKind.WEEKDAY, doubt=writer.up_late)


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
    """ "Thursday 4": a date where the fourth is a Thursday within two weeks."""
    for months in range(2):
        try:
            day = writer.today.replace(day=1) + relativedelta(months=months, day=int(match["d"]))
        except ValueError:
            continue
        fits = day.day == int(match["d"]) and day.weekday() == _weekday_number(match["day"])
        if fits and writer.today <= day <= writer.today + timedelta(weeks=2):
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
    if not asked and not stands_alone(match) and "working" not in unit and "business" not in unit:
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


_YEAR = r"(?:,? (?P<y>20\d\d)(?! ?h)\b)?"
_NUMBER_WORDS = "|".join(sorted((word for word in say.NUMBERS if len(word) > 2), key=len, reverse=True))
_SHORT_DAYS = ("day", "mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun")
_AFTER_WEEKDAY = "|".join(f"(?<={day}{gap})" for day in _SHORT_DAYS for gap in (" ", ", "))
DAY_READERS: Readers = (
    (
        pattern(
            rf"(?P<before>\b(?:this coming |this |next |the coming |coming |following "
            rf"|on )?)\b(?P<day>{say.WEEKDAY})(?P<after>,? (?:of )?next week\b)?(?! after next)"
        ),
        _weekday,
    ),
    (pattern(rf"\bnext week,? (?P<before>)(?:on )?(?P<day>{say.WEEKDAY})(?P<after>)"), _day_of_next_week),
    (
        pattern(
            rf"\b(?:a |one |two |2 |the )?(?:week|weeks|fortnight) (?:on |from |this "
            rf"|from this )?(?P<day>{say.WEEKDAY}|today|{say.TOMORROW})"
        ),
        _weeks_after,
    ),
    (
        pattern(rf"\b(?:on )?(?P<day>{say.WEEKDAY}|today|{say.TOMORROW}) (?:week|fortnight)\b(?! (?:ago|off|end))"),
        _weeks_after,
    ),
    (
        pattern(
            rf"\b(?:the )?day after {say.TOMORROW}\b|\b{say.TOMORROW}\b|\btoday\b|\btonight\b|\btonite\b"
            rf"|\bthis {say.PART_OF_DAY}"
        ),
        _relative_day,
    ),
    (
        pattern(rf"(?<![\d.:/])\b(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)? ?(?:of )?(?P<m>{say.MONTH}){_YEAR}"),
        _day_month,
    ),
    (pattern(rf"\b(?:the )?(?P<ordinal>{'|'.join(say.ORDINALS)})(?P<d>) of (?P<m>{say.MONTH}){_YEAR}"), _day_month),
    (
        pattern(rf"\b(?P<m>{say.MONTH}) (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d| ?[ap]\.?m\b){_YEAR}"),
        _day_month,
    ),
    (pattern(r"(?<![\d/.])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>20\d\d|\d\d))?(?![\d/])"), _day_month),
    (pattern(r"(?<![\d/.-])(?P<d>\d{1,2})([.-])(?P<m>\d{1,2})\2(?P<y>20\d\d|\d\d)(?![\d/-]|\.\d)"), _day_month),
    (pattern(r"(?<![\d-])(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])t?"), _day_month),
    (
        pattern(
            rf"(?:\b(?:the|on|by|before) |{_AFTER_WEEKDAY})(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd"
            rf"|th)\b(?! ?(?:of|{say.MONTH}|{say.NOUNS_AFTER_ORDINAL}|\w+ (?:anniversary|birthday)))"
        ),
        _day_of_month,
    ),
    (
        pattern(
            rf"\b(?P<day>{say.WEEKDAY}),? (?P<d>\d{{1,2}})(?![\d:./]|(?:st|nd|rd|th)| ?(?:am|pm|a\.|p\.|o'?clock"
            rf"|noon|mid|hrs|{say.MONTH}))"
        ),
        _weekday_and_number,
    ),
    (
        pattern(
            r"\b(?:the )?(?:very )?(?:end|close) of (?:the |this |next )?(?:working |business )?(?:week\b(?!end)"
            r"|month\b)(?P<month>)|\beow\b|\bweek's end\b|\bmonth[- ]end\b"
        ),
        _limit,
    ),
    (pattern(rf"\b(?:the )?(?:end|close) of (?P<month>{say.MONTH})"), _limit),
    (
        pattern(
            r"\b(?P<lead>(?:(?:with)?in|inside|over)(?: the)?(?: (?:next|coming))? (?:about |around |under "
            r"|approximately |say )?|(?:the )?next )?"
            rf"(?P<qty>\d{{1,3}} ?|half an? |half |an? |the |a couple of |couple of |one and a half "
            rf"|quarter of an |three quarters of an |(?:{_NUMBER_WORDS}) )?"
            r"(?P<unit>minutes?|mins?|hours?|hrs?|working days?|business days?|days?|weeks?"
            r"|fortnight)\b(?:'s?(?= ))?(?P<half> and a half)?"
            r"(?P<suffix>(?: time\b| or so\b| from now\b| from today\b)*)(?! ?(?:before|after|ago|later|earlier"
            r"|late|delay|wait|of\b(?! (?:the date|this|receipt|receiving|today))|long|notice|old|into|today"
            r"|tomorrow|on [mtwfs]))"
        ),
        _span,
    ),
)
