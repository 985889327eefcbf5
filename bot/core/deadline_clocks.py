"""Times of day in a plain text: "4.30pm", "half four", "1600hrs", "close of play", "first thing"."""

import re
from datetime import UTC, time, timedelta

from bot.core import deadline_words as say
from bot.core.deadline_parts import Clock, Found, Moment, NoDay, Reader, Readers, Writer, pattern, stands_alone


def _this_time(match: re.Match[str], writer: Writer) -> Moment:
    """ "This time tomorrow": the same time on the clock, in doubt to the minute."""
    days = 1 if re.search(say.TOMORROW, match.group()) else 7
    later = (writer.sent + timedelta(days=days)).astimezone(UTC)
    return Moment(*match.span(), later, asked=True, doubt=True)


def _with_half(match: re.Match[str], _: Writer) -> Found | None:
    """ "4pm", "4.30 p.m.", and "16:00pm", which says the same thing twice."""
    hour, minute, half = int(match["h"]), int(match["min"] or 0), match["half"]
    if hour > 23 or minute > 59 or (hour == 0 and half == "p") or (hour > 12 and half == "a"):
        return None
    if hour == 12 and half == "a" and not minute:
        return Clock(*match.span(), time(0), at_end=True, doubt=True)
    if hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Clock(*match.span(), time(hour, minute))


def _twenty_four(match: re.Match[str], _: Writer) -> Found | None:
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
    return _expects_time(match) or bool(_DAY_FOLLOWS.match(match.string[match.end() : match.end() + 24]))


def _expects_time(match: re.Match[str]) -> bool:
    """Whether the words on both sides make a number an hour."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    after = match.string[match.end() : match.end() + 24]
    if not _FOLLOWS.match(after) or _ROSE_BY.search(before):
        return False
    if _EXPECTS.search(before) or stands_alone(match):
        return True
    return bool(_LEADS_TO_DAY.search(before) and _DAY_FOLLOWS.match(after))


_FOLLOWS = re.compile(say.FOLLOWS_A_BARE_TIME)
_ROSE_BY = re.compile(
    r"(?:fell|fallen|rose|risen|rise|increased?|decreased?|dropped|drop|gr[eo]wn?|up|down|cut|reduced"
    r"|fall|went up|declined"
    r"|exceeded|overspent|divided|multiplied|beaten|won|lost|late|delayed) by $"
)
_EXPECTS = re.compile(
    r"(?:\b(?:by|at|before|b4|until|till|til|than|around|about|for|today|tonight"
    rf"|{say.TOMORROW}|{say.WEEKDAY}|{say.PART_OF_DAY}|{say.MONTH}|{say.MONTH} \d{{1,2}}|\d{{1,2}}(?:st|nd"
    rf"|rd|th)|week|20\d\d"
    r"|live|press|air|(?:deadline(?:'s)?|d/l|deadline is|latest|noon or|am or|pm or)[:;-]?)|@"
    r"|\d/\d{1,2}(?:/\d{2,4})?|\d-\d\d|\.\d\d)[ ,(]*$"
)
_LEADS_TO_DAY = re.compile(r"(?:\b(?:by|at|before|is|for|until|till|say|latest)|^|[¶:@,(-]) ?$")
_DAY_FOLLOWS = re.compile(
    rf",? (?:on |in the morning|in the afternoon|at night|a week |{say.DAY_WORD}|{say.MONTH} \d|{say.DAY_OF_MONTH}"
    r"|\d{1,2}/\d|20\d\d-|the \d)"
)


def _bare(match: re.Match[str], _: Writer) -> Found | None:
    """An hour alone: "by 5", "at four", "10 tomorrow"."""
    if not _expects_time(match):
        return None
    return Clock(*match.span(), time(_hour(match["h"]) % 24), bare=True)


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else say.NUMBERS[word]


def _oclock(match: re.Match[str], _: Writer) -> Clock:
    hour = _hour(match["h"])
    if match["news"]:  # BBC One's are at one, six and ten
        hour += 12 if hour in (1, 5, 6, 7, 9, 10) else 0
        return Clock(*match.span(), time(hour))
    return Clock(*match.span(), time(hour), bare=True)


def _news_at(match: re.Match[str], _: Writer) -> Clock:
    return Clock(*match.span(), time(_hour(match["h"]) + 12))


def _past_or_to(match: re.Match[str], _: Writer) -> Found | None:
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


def _close(match: re.Match[str], _: Writer) -> Found | None:
    """Close of play in all its forms. "COP" and "COB" are also a policeman and a bread: a time must be expected."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    after = match.string[match.end() : match.end() + 24]
    expected = _EXPECTS.search(before) or _LEADS_TO_DAY.search(before) or _DAY_FOLLOWS.match(after)
    if match.group().startswith(("cop", "cob")) and not expected:
        return None
    return Clock(*match.span(), say.CLOSE_OF_PLAY)


def _first_thing(match: re.Match[str], _: Writer) -> Clock:
    return Clock(*match.span(), say.FIRST_THING, half="", next_morning=True)


def _part_of_day(match: re.Match[str], _: Writer) -> Clock:
    word = match.group()
    doubt = word.startswith(("mid", "late", "early", "in "))
    if "morn" in word:
        return Clock(*match.span(), say.MORNING, half="am", doubt=doubt, next_morning=word.startswith("in "))
    if "aft" in word:
        return Clock(*match.span(), say.AFTERNOON, half="pm", doubt=doubt)
    return Clock(*match.span(), say.EVENING, half="pm", doubt=True)


def _half_of_named_day(match: re.Match[str], _: Writer) -> Found | None:
    """ "Weds pm", "tomorrow am"."""
    if not _AFTER_DAY.search(match.string[max(0, match.start() - 12) : match.start()]):
        return None
    early = match.group() == "am"
    return Clock(*match.span(), say.MORNING if early else say.AFTERNOON, half="am" if early else "pm")


_AFTER_DAY = re.compile(rf"\b(?:{say.WEEKDAY}|{say.TOMORROW}) $")


def _abroad(match: re.Match[str], writer: Writer) -> NoDay:
    words = writer.text.words(*match.span())
    return NoDay(*match.span(), f"“{words}” is not on our clock. Ask them what that is in UK time.")


def _dotted(match: re.Match[str], _: Writer) -> Found | None:
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


CLOCK_READERS: Readers = (
    (pattern(r"(?<![\d:.£/])(?P<h>\d{1,2})(?: ?[:.;] ?(?P<min>\d\d))? ?(?P<half>[ap])\.? ?m\b\.?"), _with_half),
    (pattern(rf"(?<![\d:.£/])\d{{1,2}}(?:[:.]\d\d)? ?(?:[ap]m)? {say.ZONES_ABROAD}"), _abroad),
    (pattern(r"(?<![\d:.£/])(?P<h>\d{1,2}):(?P<min>\d\d)(?::\d\d)?(?: ?h(?:ou)?rs?\b)?(?![\d:])"), _twenty_four),
    (pattern(r"(?<![\d:.£/])(?P<h>\d\d)[:.]?(?P<min>\d\d) ?h(?:(?:ou)?rs?)?\b"), _twenty_four),
    (
        pattern(
            r"(?<![\d:.£/,-])(?P<h>\d{1,2})\.(?P<min>[0-5]\d)(?![\d:]|\.\d)|(?<![\d:.£/,-])(?P<h2>[01]\d"
            r"|2[0-3])(?P<min2>[0-5]\d)(?![\d:]|[.,]\d)"
        ),
        _dotted,
    ),
    (pattern(rf"\b(?P<h>{say.HOUR}) ?o ?'? ?clock\b(?P<news>(?: evening| nightly| bbc)? (?:news|bulletin))?"), _oclock),
    (pattern(r"\b(?:the )?news at (?P<h>one|six|ten)\b"), _news_at),
    (
        pattern(
            rf"\b(?P<m>half|(?:a )?quarter|five|ten|twenty|twenty[- ]five|5|10|20|25)[- ](?:minutes )?(?P<way>past"
            rf"|to)[- ](?P<h>{say.HOUR})\b(?![:.]\d)"
        ),
        _past_or_to,
    ),
    (pattern(rf"\b(?P<m>half)(?P<way>) ?-?(?P<h>{say.HOUR})\b(?![:.]\d)"), _past_or_to),
    (pattern(r"\b(?:12 ?)?(?:noon|midday|mid-day)(?:ish)?\b|\b12 ?n\b"), _named(say.NOON)),
    (pattern(r"\b(?:12 ?)?(?:midnight|mid-night)\b"), _named(time(0), at_end=True)),
    (pattern(r"\blunch(?:[- ]?time)?\b(?! ?(?:break|club|with))"), _named(say.LUNCHTIME)),
    (pattern(r"\btea[- ]?time\b"), _named(say.TEATIME)),
    (
        pattern(
            r"\b(?:the )?(?:very )?(?:close|end) of (?:play|business|trading|(?:the |your |my |our )?(?:working "
            r"|business |office |school )?(?:day|hours))\b|\bc\.?o\.?[pb]\b\.?|\be\.?o\.?[dp]\b\.?|\bday's end\b"
        ),
        _close,
    ),
    (
        pattern(rf"\b(?:the )?(?:end|close) of (?={say.DAY_WORD}|the \d)|\bclose(?= (?:on |{say.DAY_WORD}))"),
        _named(say.CLOSE_OF_PLAY),
    ),
    (pattern(rf"\bthis time (?:{say.TOMORROW}|next week)\b"), _this_time),
    (pattern(r"\bfirst thing(?: in the morning)?\b"), _first_thing),
    (pattern(rf"\b(?:in the )?{say.PART_OF_DAY}"), _part_of_day),
    (pattern(r"\b[ap]m\b"), _half_of_named_day),
    (pattern(rf"\b(?P<h>{say.HOUR})\b(?![:.]\d| ?(?:am|pm|a\.m|p\.m)\b)"), _bare),
)
