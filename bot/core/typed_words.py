"""Who asks, read from words that were typed: "Sam Fletcher from the Guardian, sam@guardian.example, asks ...".

A name that is wrong is worse than none: only what stands beside its address or its outlet is taken for one.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.core.email_signature import could_be_a_person, is_clearly_an_outlet

LONGEST_READ = 4000
_PART = r"[^\W\d_a-z][\w'’-]{1,30}"
_NAME = rf"(?P<name>{_PART}(?: (?:[A-Z]\.?|de|van|von|al|ap|el|le|la|{_PART})){{0,2}} {_PART})"
_ADDRESS = r"(?P<address>(?P<box>[\w.+'-]{1,64})@[\w.-]{3,190})"
_OPENS = r"(?:^|[\n.?!:;]\s*|\b[Ff]rom\s+)"
_VERBS = (
    r"asks?|asked|asking|is asking|has asked|is after|wants?|would like|needs?|rang|called|phoned|e-?mailed|says?"
    r"|about|re|on|by|wondering|wonders|deadline|is (?:writing|working|looking)|has (?:called|e-?mailed)"
)
_CLOSES = rf"(?=\s*(?:$|[,;:.()\n<–-])|\s+(?:{_VERBS})\b)"
_BEFORE_ADDRESS = re.compile(rf"{_NAME}(?P<gap> ?[<(]|,? ){_ADDRESS}")
_OF_OUTLET = re.compile(
    rf"{_OPENS}{_NAME},? (?:from|of|at|with|for)? ?(?:[Tt]he )?"
    rf"(?P<outlet>{_PART}(?: [^\W_a-z][\w'’&-]*){{0,4}}){_CLOSES}"
)
_NO_NAME = frozenset(
    """
    a an and are asked asks at by call called can could deadline did do does email enquiry for from has have hello hi
    how i in is it journalist media message mr mrs ms my of on our please press query question re says she should the
    their they this to urgent was we were what when where which who why will with would you
    ambulance board care centre clinic college council department general health hospital infirmary nhs royal service
    services st surgery trust university ward
    """.split()  # noqa: SIM905 (they read best as words)
)


@dataclass(frozen=True)
class Asker:
    """Who asks; "" where the words don't say it plainly."""

    journalist: str = ""
    outlet: str = ""


def who_asks(words: str, *, address: str, known_outlets: Collection[str]) -> Asker:
    """`address` is the journalist's, where one was found; `known_outlets` are spelt as they were logged."""
    words = words[:LONGEST_READ]
    named = _beside_the_address(words, address)
    known = {_plain(outlet): outlet for outlet in known_outlets if outlet.strip()}
    for found in _OF_OUTLET.finditer(words):
        name, outlet = found["name"], found["outlet"]
        is_outlet = _plain(outlet) in known or is_clearly_an_outlet(outlet)
        if is_outlet and _is_a_name(name) and named in ("", name):
            return Asker(name, known.get(_plain(outlet), outlet))
    return Asker(named, _named_alone(words, known))


def _beside_the_address(words: str, address: str) -> str:
    """ "Jane Roe <jane@...>"; without the brackets only where the address has something of the name."""
    for found in _BEFORE_ADDRESS.finditer(words):
        name = found["name"]
        if found["address"].rstrip(".").lower() != address or not _is_a_name(name):
            continue
        box = found["box"].lower()
        if "<" in found["gap"] or any(len(part) > 2 and part.lower() in box for part in name.split()):
            return name
    return ""


def _named_alone(words: str, known: dict[str, str]) -> str:
    """The one outlet on file that the words name as whose enquiry it is, not as what it is about."""
    there = {
        outlet
        for plain, outlet in known.items()
        if re.search(
            rf"(?:^|\n|,|;|\(|\b(?:from|of|at|for|with)) ?(?i:(?:the )?{re.escape(plain)})(?:\s*(?:$|[,;:)\n]|\.(?!\w))"
            rf"|\s+(?:asks|is asking|wants|rang|called)\b)",
            words,
        )
    }
    return there.pop() if len(there) == 1 else ""


def _is_a_name(name: str) -> bool:
    parts = name.split()
    shouted = any(part.isupper() and len(part) > 2 for part in parts)
    return could_be_a_person(name) and not shouted and not any(part.lower() in _NO_NAME for part in parts)


def _plain(outlet: str) -> str:
    return " ".join(outlet.lower().split()).removeprefix("the ")
