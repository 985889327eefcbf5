"""An e-mail made plain for reading times from it, without losing where each character stood.

Lower case, one space for any run of blanks, straight quotes and hyphens, and `BREAK` wherever a sentence, a
paragraph or a line of a list ends. A line that was only wrapped by a mail program goes on. What looks like a time
and is none (a header, a telephone number, money, an age, opening hours, a clause, a newspaper's name) is taken out
or blotted out with `BLOT`, which no phrase reaches across.
"""

import re
from dataclasses import dataclass

BREAK = "¶"
BLOT = "\x01"
LONGEST_READ = 100_000
"""Characters of a text that are read: an e-mail that is longer hides no deadline behind its attachments."""

_HEADER = re.compile(
    r"\W{0,4}(?:(?:sent|date|from|to|cc|bcc|received|importance|reply-to|message-id)\s?:\**\s"
    r"|on\b.{0,150}\bwrote:\s*$|-{3,} ?(?:original|forwarded))",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\W{0,4}subject\s?:\**\s?(?:(?:re|fwd?|fw)\s?:\s?){0,5}", re.IGNORECASE)
_QUOTE_MARKS = re.compile(r"[>|\s]{0,40}")
_LIST_MARK = re.compile(r"\s{0,8}(?:[-*•·o]|\(?(?:\d{1,2}|[a-h])[.)])\s{1,4}(?=\S)")
_LABEL = re.compile(r"\s{0,8}[A-Za-z][A-Za-z /]{1,24}:(?:\s|$)")
_GOES_ON = re.compile(
    r"(?:[,:]|\b(?:by|at|on|the|of|before|until|than|is|for|in|within|to|and|or|deadline|a|our|my|from))\s*$",
    re.IGNORECASE,
)
_WRAPPED = 48
"""From this many characters on a line counts as wrapped rather than ended by its writer. Our own judgement."""

_PASSED_OVER = re.compile(
    r"https?://\S+|\bwww\.\S+|[\w.+-]{1,64}@[\w.-]{1,120}"
    r"|(?<![\w/:.-])(?!\d{1,2}-\d{1,2}-\d{2,4}\b)(?:\+\d|\(?0)[\d() \u00a0-]{8,22}\d(?![\d/:.]\d|\d)",
    re.ASCII,
)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])[)\"”’']?[ \t\u00a0]{1,4}(?=[A-Z\"“\u2018'(\[0-9£])|[.!?]{2,}\s|…")
_NO_SENTENCE_ENDS = re.compile(
    r"(?:\b[ap]\.? ?m|\b(?:mon|tues?|weds?|thurs?|thur|thu|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
    r"|\b(?:no|approx|c|dr|mr|mrs|ms|st|prof|e\.g|i\.e|vs|tel|ext|hrs?|mins?|c\.?o\.?[pb]|e\.?o\.?[dp]))\.$",
    re.IGNORECASE,
)
_SAME = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b", "'")
    | dict.fromkeys("\u201c\u201d", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)

_CLOCK = r"(?:\d{1,2}(?:[:.]\d{2})?|noon|midday)\ ?(?:am|pm|a\.m\.?|p\.m\.?)?"
_DAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_PAST_DAY = rf"(?:yesterday|last\ (?:{_DAYS}|night)|{_DAYS}\ (?:last|just\ gone))"
_PAST_HALF = r"(?:\ (?:morning|afternoon|evening|night))?"
_HOUR = r"(?:\d{1,2}(?:[:.]\d{2})?\ ?(?:am|pm|a\.m\.?|p\.m\.?)|\d{1,2}[:.]\d{2}|noon|midday)(?![a-z\d])"
_PAST_TIME = (
    rf"\b{_PAST_DAY}{_PAST_HALF}(?:\ (?:at\ )?|,\ at\ ){_HOUR}|\b{_PAST_DAY}{_PAST_HALF}\ at\ \d{{1,2}}\b"
    rf"|\b{_PAST_DAY}{_PAST_HALF},\ {_HOUR}"
    r"(?!\ (?:is|please|pls|would|will|works|today|tomorrow|latest|deadline|at\ the))"
    rf"|\b(?:{_HOUR}|(?<=\bat\ )\d{{1,2}})\ (?:on\ )?{_PAST_DAY}\b"
)
"""A time of day on a day that is over."""
_PASSED = re.compile(_PAST_TIME, re.ASCII | re.VERBOSE)
_BLOTTED = tuple(
    re.compile(pattern, re.ASCII | re.VERBOSE)
    for pattern in (
        (
            rf"\b(?:moved|extended|changed|pushed(?:\ back)?|put\ back|shifted|brought\ forward)\ (?:it\ )?from\ (?!¶)"
            rf"{_CLOCK}(?=\ to\b)"
        ),
        r"£\ ?\d[\d,.]{0,15}\ ?(?:million|billion|bn|m|k)?\b",
        r"\d{1,9}(?:[.,]\d{1,9})?\ ?(?:%|per\ ?cent\b|percent\b|percentage|pc\b)",
        r"\b(?:aged|age)\ \d{1,3}\b|\b\d{1,3}[-\ ]years?[-\ ]old\b|(?<=[a-z]),\ \d{2},(?=\ [a-z])",
        (
            r"\b(?:sections?|clauses?|paragraphs?|paras?|pages?|pp?|rules?|articles?|schedules?|regulations?"
            r"|items?|appendix"
            r"|fig(?:ure)?|tables?|chapters?|steps?|phases?|stages?|wards?|rooms?|units?|floors?|levels?|tiers?"
            r"|bands?|grades?"
            r"|no\.?|numbers?|courts?|channel|radio|itv|bbc|routes?|platform|gate|version|questions?|options?"
            r"|junction|covid"
            r"|category|cat|group|year|type|form|key\ stage"
            r"|ref(?:erence)?:?)[\ -]\d{1,4}(?:\.\d{1,3}){0,3}\b(?!\ ?(?:am|pm)\b)"
        ),
        rf"\b{_DAYS}s?\ ?(?:-|to|through)\ ?{_DAYS}\b[,:]?(?:\ {_CLOCK})?(?:\ ?(?:-|to)\ ?{_CLOCK})?",
        rf"\b(?:from|between)\ {_CLOCK}\ (?:and|to|until|till|-)\ {_CLOCK}(?!\d)",
        (
            r"(?<![\w:/.-])(?<!\bby\ )(?<!\bat\ )(?<!before\ )\d{1,2}(?:[:.]\d{2})?\ ?(?:am|pm)?\ ?(?:-|to|until)\ ?"
            r"(?:\d{1,2}(?:[:.]\d{2})?\ ?(?:am|pm)\b|noon\b|midday\b|\d{1,2}[:.]\d{2}(?![\d.:]))"
        ),
        r"(?<![\d/])(?:\d{1,2}[:.]\d{2}|\d{1,2}\ ?(?:am|pm))\ ?-\ ?(?:\d{1,2}[:.]\d{2}|\d{1,2}\ ?(?:am|pm))(?!\d)",
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?\ ?(?:-|to|and)\ ?\d{{1,2}}(?:st|nd|rd|th)?\ {_MONTHS}\b",
        r"\b24/7\b|\b9/11\b|\b7/7\b|\b9-5\b",
        (
            r"\b(?:mail|wales|scotland|ireland)\ on\ sunday\b|\bsunday\ (?:times|mirror|telegraph|post|world|mail"
            r"|politics|people"
            r"|express|sun|herald|national|independent|mercury|sport|life|brunch|morning\ live)\b|\bthe\ sun\b"
            r"|\b(?:friday|saturday|sunday|monday|tuesday|wednesday|thursday)\ (?:magazine|edition|paper"
            r"|programme|supplement)\b"
        ),
        (
            r"\b(?:today|tonight|sunday|saturday)\ (?:programme|show)\b|\b(?:usa|pulse|health|radio\ 4)\ today\b"
            r"|\bgood\ (?:morning|afternoon|evening|night|friday)\b|\b(?:itv|itv's|on|for"
            r"|from)\ this\ morning(?=\ (?:on|at)\ itv)"
            r"|\bitv(?:'s)?\ this\ morning\b|\b(?:black|ash|maundy|shrove|pancake|easter|palm|boxing|cyber)\ (?:day|"
            + _DAYS
            + r")\b"
        ),
        (
            rf"\b(?:{_DAYS}|today|tonight|yesterday|tomorrow|this\ (?:morning|afternoon|evening|week))'s(?!\ deadline)"
            r"(?:\ [a-z-]{1,20})?"
        ),
        (
            rf"\b(?:every|each|most|alternate)\ {_DAYS}\b"
            r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b"
        ),
        (
            rf"{_PAST_TIME}"
            rf"|\blast\ (?:{_DAYS}|week|night|month|year|{_MONTHS})\b(?:\ (?:night|morning|afternoon|evening))?"
            rf"|\b{_DAYS}\ (?:last|just\ gone)\b|\byesterday\b(?:\ (?:morning|afternoon|evening|lunchtime))?"
            r"|\bearlier\ (?:today|this\ (?:week|morning|afternoon))\b|\b(?:a\ )?week\ ago\ (?:on\ )?[a-z]{3,9}\b"
        ),
    )
)


@dataclass(frozen=True)
class PlainText:
    """`plain`: the text as it is read. `origins[i]`: where its character *i* stood in the text as it was written.

    `passed`: the first time on a day that is over ("yesterday 4pm"), in the words of the text.
    """

    written: str
    plain: str
    origins: tuple[int, ...]
    passed: str = ""

    def words(self, start: int, end: int) -> str:
        """The very words, as written, of `plain[start:end]`, with line ends as spaces."""
        return " ".join(self.written[self.origins[start] : self.origins[end - 1] + 1].split()) if end > start else ""


class _Builder:
    """Puts a plain text together, character by character: no blank at its start, none twice, no two breaks."""

    def __init__(self) -> None:
        self.characters: list[str] = []
        self.origins: list[int] = []

    def put(self, character: str, origin: int) -> None:
        last = self.characters[-1] if self.characters else BREAK
        if character == " " and last in f" {BREAK}":
            return
        if character == BREAK and last in f" {BREAK}":
            if self.characters:
                self.characters[-1] = BREAK
            return
        self.characters.append(character)
        self.origins.append(origin)


def plain_text(written: str) -> PlainText:
    """`written` as it is read; never fails, and takes time in proportion to its length."""
    written = written[:LONGEST_READ]
    built = _Builder()
    for start, end, goes_on in _lines(written):
        built.put(" " if goes_on else BREAK, start)
        breaks, skipped = _breaks(written, start, end), _skipped(written, start, end)
        for position in range(start, end):
            if position in breaks:
                built.put(BREAK, position)
            built.put(" " if position in skipped else _plain(written[position]), position)
    plain = "".join(built.characters)
    passed = _PASSED.search(plain)
    said = PlainText(written, plain, tuple(built.origins)).words(*passed.span()) if passed else ""
    for pattern in _BLOTTED:
        plain = pattern.sub(lambda found: BLOT * len(found.group()), plain)
    return PlainText(written, plain, tuple(built.origins), said)


def _plain(character: str) -> str:
    plain = character.translate(_SAME).lower()
    return " " if plain.isspace() or len(plain) != 1 or plain in (BREAK, BLOT) else plain


def _lines(written: str) -> list[tuple[int, int, bool]]:
    """Each line's start and end without its marks, and whether it goes on from the line before it."""
    lines: list[tuple[int, int, bool]] = []
    at, previous = 0, ""
    for line in written.splitlines(keepends=True):
        start, end = at, at + len(line)
        at = end
        if not line.strip(" \t\r\n>|"):
            previous = previous if previous.rstrip().endswith(":") else ""
            continue
        if _HEADER.match(line):
            previous = ""
            continue
        quote = _QUOTE_MARKS.match(line)
        start += quote.end() if quote else 0
        mark = _SUBJECT.match(written, start, end) or _LIST_MARK.match(written, start, end)
        start = mark.end() if mark else start
        new = bool(mark) or bool(_LABEL.match(written, start, end))
        wrapped = len(previous.rstrip()) >= _WRAPPED and not previous.rstrip().endswith((".", "!", "?"))
        lines.append((start, end, not new and (wrapped or bool(_GOES_ON.search(previous[-12:])))))
        previous = line
    return lines


def _breaks(written: str, start: int, end: int) -> set[int]:
    """Where a sentence ends inside a line."""
    return {
        found.end() - 1
        for found in _SENTENCE_ENDS.finditer(written, start, end)
        if not _NO_SENTENCE_ENDS.search(written, max(start, found.start() - 8), found.start())
    }


def _skipped(written: str, start: int, end: int) -> set[int]:
    """Where a telephone number or an address stands in a line."""
    return {
        position
        for found in _PASSED_OVER.finditer(written, start, end)
        for position in range(found.start(), found.end())
    }
