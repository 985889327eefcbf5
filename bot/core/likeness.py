"""When two enquiries look alike: the same journalist comes back, or several outlets ask about the same story.

Pure rules on what was logged. They only ever point something out to a person, who decides. Our own judgement, shown on
the examples in `tests/unit/likeness_table.py`: a busy press office must not be asked about every second enquiry.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from functools import cached_property

from bot.core.likeness_words import IN_EVERY_EMAIL, IN_EVERY_QUESTION, IN_MANY_QUESTIONS

JOURNALIST_WITHIN = timedelta(days=2)
STORY_WITHIN = timedelta(days=5)
OPEN_STORY_WITHIN = timedelta(days=30)
"""What is still open is worth pointing out for longer."""

ENOUGH_WORDS = 3
"""Telling words that two questions share, at least; of very short ones, all but a little."""
LIKE_ENOUGH = 0.5
"""Part of the shorter question's weight that stands in the longer one, too."""
SHORT_LIKE_ENOUGH = 0.65
OF_ONE_SUM_LIKE_ENOUGH = 0.45
"""Where both name the same sum of money."""
SHORT = 6
"""Telling words of what counts as a short question."""
COMMON_COUNTS = 0.4
"""How much a word tells that every partnership's enquiries are full of, against any other."""
ONE_WORDING = 0.7
"""Part of two questions that is the same, word by word and in order, where both were made from one template."""
ONE_WORDING_FROM = 10
"""Words: shorter questions are worded alike by chance."""


@dataclass(frozen=True)
class Asked:
    """What is compared of one enquiry. `received_at` is aware."""

    journalist: str
    email: str
    phone: str
    outlet: str
    question: str
    received_at: datetime
    is_open: bool = True

    @cached_property
    def words(self) -> frozenset[str]:
        """What the question is about; who asks, and for whom, is none of it."""
        signed = {_stem(token) for token in (*_tokens(self.journalist), *_tokens(self.outlet))}
        return telling_words(self.question) - signed

    @cached_property
    def wording(self) -> tuple[str, ...]:
        return tuple(_tokens(self.question))


@dataclass(frozen=True)
class Likeness:
    """Why an enquiry looks like another. The journalist counts for more: it may be a follow-up."""

    place: int
    """Which of the others."""
    same_journalist: bool
    same_story: bool
    score: float = field(compare=False)


def look_alikes(new: Asked, others: Sequence[Asked]) -> list[Likeness]:
    """Which of the others look like it: what is both of one journalist and of one story first, then the closest."""
    weights = _weights([new, *others])
    found = []
    for place, other in enumerate(others):
        apart = abs(new.received_at - other.received_at)
        journalist = apart <= JOURNALIST_WITHIN and same_journalist(new, other)
        near = apart <= STORY_WITHIN or (other.is_open and apart <= OPEN_STORY_WITHIN)
        score = _score(new.words, other.words, weights) if near else 0.0
        if score > 0 and _are_from_one_template(new, other):
            score = 0.0
        if journalist or score > 0:
            found.append(Likeness(place, journalist, score > 0, score))
    return sorted(found, key=lambda one: (one.same_journalist and one.same_story, one.score), reverse=True)


# -- the same journalist


def same_journalist(one: Asked, other: Asked) -> bool:
    """By their own address; by name, which may be shortened; by a number that the names do not speak against."""
    ours, theirs = _name(one.journalist), _name(other.journalist)
    address = one.email.strip().casefold()
    if address and address == other.email.strip().casefold():
        return not _is_shared(address) or _may_be_one(ours, theirs)
    if ours and theirs and _agree(ours, theirs):
        in_full = len(ours) > 1 and len(theirs) > 1 and min(len(ours[0]), len(theirs[0])) > 1
        if in_full or same_outlet(one.outlet, other.outlet):
            return True
    number = _digits(one.phone)
    return len(number) >= _SHORTEST_NUMBER and number == _digits(other.phone) and _may_be_one(ours, theirs)


def same_outlet(one: str, other: str) -> bool:
    """`The Courier` and `Evening Courier`, `BBC` and `BBC Radio North`."""
    ours, theirs = (set(_tokens(outlet)) - _OUTLET_SMALL_WORDS for outlet in (one, other))
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


_OUTLET_SMALL_WORDS = frozenset("the of and news com co uk www".split())  # noqa: SIM905
_TITLES = frozenset("mr mrs ms miss mx dr prof sir dame".split())  # noqa: SIM905
_SHARED = re.compile(
    r"(?:.*[._-])?(?:news(?:desk|room)?|desk|editor(?:ial|s)?|press|media|info|enquiries|tips|planning)"
)
_MISHEARD = 0.8
_SHORTEST_NUMBER = 9
"""Digits of a telephone number that are compared: the same with +44 and with 0."""


def _is_shared(address: str) -> bool:
    """A newsroom's address: several people write from it."""
    return _SHARED.fullmatch(address.partition("@")[0]) is not None


def _name(typed: str) -> list[str]:
    """`Ms Rosa ACHTER`, `Achter, Rosa` and `rosa.achter` are all `rosa`, `achter`."""
    before, comma, after = typed.partition(",")
    return [token for token in _tokens(f"{after} {before}" if comma else typed) if token not in _TITLES]


def _may_be_one(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Nothing speaks against it: one of the names is not known."""
    return not ours or not theirs or _agree(ours, theirs)


def _agree(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """The same surname, allowing for a slip, and a first name that is the other's, or its beginning, or its initial."""
    if len(ours) == 1 or len(theirs) == 1:
        return ours[0] == theirs[0] or ours[-1] == theirs[-1]
    if not _nearly(ours[-1], theirs[-1]):
        return False
    short, long = sorted((ours[0], theirs[0]), key=len)
    return long.startswith(short) or _nearly(short, long)


def _nearly(one: str, other: str) -> bool:
    """Equal, or, where it is long enough to tell, misheard by a letter."""
    if one == other:
        return True
    if min(len(one), len(other)) < 5 or one[0] != other[0]:
        return False
    return SequenceMatcher(None, min(one, other), max(one, other)).ratio() >= _MISHEARD


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)[-_SHORTEST_NUMBER - 1 :].removeprefix("0")


# -- the same story


def _weights(asked: Sequence[Asked]) -> Mapping[str, float]:
    """The rarer a word is in what has been asked lately, the more it tells. What everybody writes tells little."""
    counted = Counter(word for one in asked for word in one.words)
    number = max(len(asked), 50)  # of few, nobody can say what is common
    return {
        word: math.log(number / min(count, number - 1)) * (COMMON_COUNTS if word in _COMMON else 1)
        for word, count in counted.items()
    }


def _score(ours: frozenset[str], theirs: frozenset[str], weights: Mapping[str, float]) -> float:
    """How much of the shorter question stands in the longer; 0 where that is not enough.

    The same sum of money, about the same thing, is seldom chance: it counts as two telling words.
    """
    shorter, longer = sorted((ours, theirs), key=len)
    shared = shorter & longer
    if not shared:
        return 0.0
    score = sum(weights[word] for word in shared) / sum(weights[word] for word in shorter)
    of_one_sum = any(word[0] in "£$€" for word in shared)
    telling = len(shared - _COMMON) + of_one_sum
    if telling < ENOUGH_WORDS and (telling < 2 or len(longer) > len(shared) + 1):
        return 0.0
    enough = OF_ONE_SUM_LIKE_ENOUGH if of_one_sum else SHORT_LIKE_ENOUGH if len(shorter) < SHORT else LIKE_ENOUGH
    return score if score >= enough else 0.0


def _are_from_one_template(one: Asked, other: Asked) -> bool:
    """Worded the same, and each has something that the other has not: then that is what they are about."""
    first, second = sorted((one.wording, other.wording))
    if min(len(first), len(second)) < ONE_WORDING_FROM or not (one.words - other.words and other.words - one.words):
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= ONE_WORDING


def telling_words(question: str) -> frozenset[str]:
    """The stems of what a question is about: without what stands in every question and in every e-mail."""
    words = [token for token in _tokens(question) if token not in _SAYS_NOTHING and not _TIME.fullmatch(token)]
    return frozenset(_stem(word) for word in words)


def _tokens(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return _WORD.findall(re.sub(r"['’]s?(?![^\W_])|['’]", "", plain))


def _stem(word: str) -> str:
    """`closure`, `closed` and `closing` are `clos`: rough, and enough to compare by."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


_WORD = re.compile(r"[£$€]?[^\W_]+")
_TIME = re.compile(r"\d{1,4}(?:am|pm|st|nd|rd|th)?|.")
_ENDINGS = tuple("ations ation ments ment ings ing ures ure ers ies ied ed es er s e y".split())  # noqa: SIM905

_SAYS_NOTHING = IN_EVERY_QUESTION | IN_EVERY_EMAIL
_COMMON = frozenset(_stem(word) for word in IN_MANY_QUESTIONS)
