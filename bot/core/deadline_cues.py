"""What a time is for, judged from the words around it: a deadline, a broadcast, an event of the story."""

import re
from dataclasses import dataclass
from enum import IntEnum

from bot.core import deadline_words as say
from bot.core.deadline_parts import DayKind
from bot.core.deadline_phrases import Meant
from bot.core.deadline_text import BREAK

_SENTENCE = 240
"""Characters before a phrase that are searched for what it is."""
_NEAR_WORDS = 6
"""Words between what is asked for and a time that still belongs to it: "could you come back to me on Thursday"."""


class Rank(IntEnum):
    """How plainly a time is named as the deadline."""

    NOT = 0  # an event's time, the story's, somebody else's deadline
    ALONE = 1  # nothing says what it is
    ON_AIR = 2  # when they file, print or broadcast: the deadline is before it, or it
    ASKED = 3  # by when they ask for something
    LATEST = 4  # called the deadline, or the latest


@dataclass(frozen=True)
class Judged:
    """The rank of a time; `doubt` where the words would bear another reading."""

    rank: Rank
    doubt: bool = False


@dataclass(frozen=True)
class Setting:
    """The words around a phrase: its sentence `before` and `after` it, itself, and the sentence `earlier`."""

    earlier: str
    before: str
    phrase: str
    after: str

    @classmethod
    def of(cls, plain: str, start: int, end: int) -> "Setting":
        earlier, _, before = plain[max(0, start - _SENTENCE) : start].rpartition(BREAK)
        after = plain[end : end + _SENTENCE // 2].partition(BREAK)[0]
        return cls(earlier.rpartition(BREAK)[2], before, plain[start:end], after)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.ASCII)


_DIRECT = _pattern(say.DIRECT)
_INSIDE = _pattern(r"\b(?:by|before|no later than|deadline|latest)\b")
_BEFORE = _pattern(say.BEFORE)
_DEADLINE = _pattern(say.DEADLINE)
_LATEST = _pattern(say.LATEST)
_ANOTHERS = _pattern(say.ANOTHERS_DEADLINE)
_REQUEST = _pattern(say.REQUEST)
_REPLY = _pattern(say.REPLY)
_ANSWER = _pattern(say.ANSWER)
_OFFICE_VERB = _pattern(say.OFFICE_VERB)
_ON_AIR = _pattern(say.ON_AIR)
_EVENT = _pattern(say.EVENT)
_AFTERWARDS = _pattern(say.AFTERWARDS)
_SUITS = _pattern(say.SUITS)
_HAVE_UNTIL = _pattern(
    r"\b(?:have|has|got|giv(?:e|es|en|ing) (?:me|us|you)|extended|extend (?:it|this)|wait|hold (?:it|this"
    r"|off|(?:the|my) \w+)|is not"
    r"|isn't) (?:up )?(?:until|till"
    r"|til)(?: \S+)?[ ,]*$"
)
_SUBORDINATE = _pattern(r"\b(?:whether|if|that|why|when|how|what|which|who|where)\b")
_ASKS_OF_OTHERS = _pattern(
    r"^ ?(?:so |and |but |also |secondly |firstly |\w+, )?(?:will|is|are|has|have|was|were|did|does|do"
    r"|had|should|can|could|what|why|how|who|when)\b(?! (?:you|do|wait|take|there any|it possible|someone|anyone"
    r"|somebody|i\b|we\b|they (?:able|provide)))"
)

_IS_OVER = _pattern(
    r"^ (?:[\w-]+ ){0,2}?(?:bulletin|broadcast|edition|headlines|item|news|paper|piece|programme|show|slot|story)s? "
    r"(?:(?:is|are) (?:already )?(?:out|done|gone|over|finished)\b|(?:has|have) (?:already )?(?:gone|aired|been)\b"
    r"|went (?:out|up|live|to (?:press|air))\b)"
)
_WAS_AT = _pattern(
    r"\b(?:went (?:out|up|live|to (?:press|air)|on (?:air|line))|aired|ran|was|were)(?: live| out| online)? "
    r"at(?: (?:about|around))? ?$"
)
_OR_AT_THE_LATEST = _pattern(
    r"^,? (?:or|failing that|otherwise),? (?:by )?[\w.:]+(?: \w+){0,3}? at the (?:very |absolute )?latest\b"
)
"""What is over is nobody's deadline; and before "or 6pm at the latest" stands when they would like it."""


def is_before_a_day(setting: Setting) -> bool:
    """ "Before Friday" ends when Friday begins."""
    return bool(_BEFORE.search(setting.before)) and not re.search(r"\bon or before", setting.before[-20:])


def judge(meant: Meant, setting: Setting) -> Judged:
    """The rank of a phrase in its setting."""
    before, after = setting.before, setting.after
    if _IS_OVER.match(after) or _WAS_AT.search(before):
        return Judged(Rank.NOT)
    if _named_the_deadline(meant, setting):
        return Judged(Rank.LATEST)
    if _OR_AT_THE_LATEST.match(after) and _DIRECT.search(before):
        return Judged(Rank.LATEST, doubt=True)
    if _ANOTHERS.search(before[-80:].rpartition(" but ")[2]) or (
        _AFTERWARDS.search(before) and not _HAVE_UNTIL.search(before)
    ):
        return Judged(Rank.NOT)
    asks = bool(_REQUEST.search(before) or _REQUEST.search(after))
    if meant.span or (meant.asked and not meant.has_clock):
        return _span(setting, asks=asks, asked=meant.asked)
    direct = bool(_DIRECT.search(before) or _HAVE_UNTIL.search(before) or _INSIDE.search(setting.phrase))
    if direct:
        return _by(meant, setting, asks=asks)
    return _on_or_at(meant, setting, asks=asks)


def _named_the_deadline(meant: Meant, setting: Setting) -> bool:
    if _LATEST.search(setting.after):
        return True
    if _ANOTHERS.search(setting.before) or re.search(r"\bdead-?line (?:was|had)\b", setting.before):
        return False
    for found in _DEADLINE.finditer(setting.before):
        between = setting.before[found.end() :]
        far = len(between) > 60
        apart = _AFTERWARDS.search(between) and not _HAVE_UNTIL.search(between)
        if not far and not apart and not (_aside(between) or _EVENT.search(between) or _is_on_air(meant, between)):
            return True
    short_lead = len(setting.before.split()) <= 2
    return short_lead and bool(_DEADLINE.search(setting.earlier[-80:])) and not _ANOTHERS.search(setting.earlier)


def _is_on_air(meant: Meant, between: str) -> bool:
    return not meant.has_clock and bool(_ON_AIR.search(between)) and "by" not in between.split()


def _span(setting: Setting, *, asks: bool, asked: bool) -> Judged:
    """ "Within two hours" is a deadline where something is asked; hospitals have four-hour targets too."""
    gives = re.search(
        r"(?<!\bdo )\b(?:you have|you've got|give you|giving you|allow|allowing|deadline:?)(?: \w+)? ?$", setting.before
    )
    if gives:
        return Judged(Rank.ASKED)
    if (
        _aside(setting.before)
        or _asks_of_others(setting)
        or re.search(r"\bpatients?\b|\bwait\w*\b|\bseen\b|\bA&E\b", setting.before)
    ):
        return Judged(Rank.NOT)
    if asked and asks:
        return Judged(Rank.ASKED)
    return Judged(Rank.ALONE if asked or not setting.before.strip(" ¶") else Rank.NOT)


def _by(meant: Meant, setting: Setting, *, asks: bool) -> Judged:
    """ "By 4pm": what is asked for, unless the sentence tells or asks about the story."""
    before = setting.before
    for_only = re.search(r"(?<!\btime )\bfor(?: (?:the|about|around|say|at|on))*[ ,:]*$", before)
    if for_only and not _INSIDE.search(setting.phrase):
        if not _ANSWER.search(before) or _EVENT.search(before[-30:]):
            return Judged(Rank.NOT if _ON_AIR.search(before) or _EVENT.search(before[-40:]) else Rank.ALONE)
        return Judged(Rank.ASKED, doubt=not meant.has_clock)
    if _asks_of_others(setting) and not _ANSWER.search(before):
        return Judged(Rank.NOT)
    if asks and _aside(before):
        return Judged(Rank.ON_AIR, doubt=True) if meant.has_clock else Judged(Rank.NOT)
    if _HAVE_UNTIL.search(before):
        return Judged(Rank.ASKED)
    if not asks and (_OFFICE_VERB.search(before[-80:]) or _EVENT.search(before[-60:])):
        return Judged(Rank.NOT)
    return Judged(Rank.ASKED)


def _on_or_at(meant: Meant, setting: Setting, *, asks: bool) -> Judged:
    before, after = setting.before, setting.after
    if _SUITS.match(after):
        return Judged(Rank.ASKED, doubt=not meant.has_clock)
    answers = list(_ANSWER.finditer(before))
    if answers and asks:
        between = before[answers[-1].end() :]
        near = len(between.split()) <= _NEAR_WORDS
        if near and _tells(between):
            return Judged(Rank.NOT)
        if near and not _aside(before):
            return Judged(Rank.ASKED, doubt=len(between.split()) > 3)
    on_air = _ON_AIR.search(before[-60:]) or (
        re.match(r"[ ,-]*(?:is )?(?:when|as) (?:we|i|it)\b.{0,30}", after) and _ON_AIR.search(after[:50])
    )
    if on_air and not _EVENT_NOT_AIR.search(before[-60:]):
        return Judged(Rank.ON_AIR if meant.has_clock else Rank.NOT, doubt=bool(_TALKS.search(before)))
    if _EVENT.search(before[-50:]) or _EVENT.match(after.lstrip()[:20]) or re.match(r" (?:was|is|will|saw)\b", after):
        return Judged(Rank.NOT)
    return Judged(Rank.ALONE)


_EVENT_NOT_AIR = _pattern(
    r"\b(?:meeting|hearing|inquest|court|conference|protest|rally|vote|debate|launch|strike|ceremony"
    r"|committee|cabinet|council)\b"
)
_TALKS = _pattern(r"\b(?:interview|record\w*|pre-?rec\w*|come on|on the (?:show|programme)|speak|join us)\b")


def _tells(between: str) -> bool:
    """Whether the words between a request and a time tell of the story: "confirm the ward will shut on …"."""
    told = _OFFICE_VERB.search(between) and not _REPLY.search(between)
    return bool(told or _EVENT.search(between) or _ON_AIR.search(between))


def _aside(before: str) -> bool:
    """Whether the words just before tell of the story: "whether the ward will close by …"."""
    subordinates = list(_SUBORDINATE.finditer(before))
    if not subordinates:
        return False
    tail = before[subordinates[-1].end() :]
    return bool((_OFFICE_VERB.search(tail) or _EVENT.search(tail)) and not _REPLY.search(tail))


def _asks_of_others(setting: Setting) -> bool:
    return bool(_ASKS_OF_OTHERS.match(setting.before)) and not _ANSWER.search(setting.before)


def names_a_day_of_its_own(meant: Meant) -> bool:
    """Whether the phrase fixes a day ("Thursday") rather than a limit ("the end of the week")."""
    return meant.day is not None and meant.day.kind is not DayKind.LIMIT
