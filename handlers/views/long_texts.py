"""Texts longer than one input holds, or one message: written in parts, and shown whole or as their beginning."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.models.blocks import Block, ButtonElement, InputBlock

from handlers.views import forms, words
from handlers.views.room import Room

PART: Final = 3000
"""Characters that one input of a Slack form holds."""
SHORTEST_PART: Final = 2250
"""A part that is cut off at a good place is this long at least, so that six hold the longest text."""
MOST_PARTS: Final = 6
PARTS_OFFERED: Final = 4
BETWEEN_PARTS: Final = "\n\n"
"""What stands between parts that somebody wrote themselves: each begins a paragraph."""
BEGINNING: Final = 1500
"""Characters shown where there is no room for the whole text."""


@dataclass(frozen=True)
class TextInputs:
    """The inputs of a long text. `rest` may stand further down; `about` goes into the form and comes back with it."""

    first: InputBlock
    rest: list[InputBlock]
    about: Mapping[str, Any]


def inputs(field: str, label: str, text: str = "", *, hint: str = "") -> TextInputs:
    """Inputs that hold the longest text, filled in with this one."""
    parts, joins = split(text)
    first = forms.paragraph(field, label, parts[0], most=PART, hint=hint)
    rest = [
        forms.paragraph(
            f"{field}_{number}",
            f"{label}, part {number}",
            parts[number - 1] if number <= len(parts) else "",
            most=PART,
            optional=True,
            hint="Only if one field is too short for the text." if number == 2 else "",
        )
        for number in range(2, max(PARTS_OFFERED, len(parts)) + 1)
    ]
    return TextInputs(first, rest, {f"{field}_joins": joins} if joins else {})


def split(text: str) -> tuple[list[str], list[str]]:
    """A text in parts that fit into an input, and what stands between them: `joined` gives the same text again.

    Cut between paragraphs if there is a place for it, else between lines, else between words.
    """
    parts, joins = [], []
    while len(text) > PART:
        end, start = _cut(text)
        parts.append(text[:end])
        joins.append(text[end:start])
        text = text[start:]
    return [*parts, text], joins


def joined(parts: Sequence[str], joins: Sequence[str]) -> str:
    """One text of the parts of a form. A part that was left empty is left out."""
    text = ""
    for place, part in enumerate(parts):
        if part.strip() and text:
            text += joins[place - 1] if place <= len(joins) else BETWEEN_PARTS
        if part.strip():
            text += part
    return text


def shown(text: str, holds: Room, beside: Sequence[Block], read_all: ButtonElement) -> tuple[list[Block], bool]:
    """The whole text, or where there is no room for it its beginning and the button that shows it all; and which."""
    whole = words.verbatim(text)
    if holds.holds([*beside, whole]):
        return [whole], True
    beginning = words.verbatim(words.excerpt(text, BEGINNING))
    return [
        beginning,
        words.section("*This is only the beginning.* The text is too long for here.", accessory=read_all),
    ], (False)


_PLACES = (re.compile(r"\n\s*\n\s*"), re.compile(r"\s*\n\s*"), re.compile(r"\s+"))


def _cut(text: str) -> tuple[int, int]:
    """Where the first part ends, and where the next begins."""
    for place in _PLACES:
        found = [match.span() for match in place.finditer(text, SHORTEST_PART) if match.start() <= PART]
        if found and found[-1][1] - found[-1][0] <= LONGEST_JOIN:
            return found[-1]
    return PART, PART


LONGEST_JOIN: Final = 100
"""Characters between two parts; a form remembers them, and has little room for that."""
