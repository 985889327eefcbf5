"""How one text became another, word by word."""

import difflib
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


def what_changed(old: str, new: str) -> Iterator[tuple[Change, str]]:
    """Word by word, how one text became another. Joining what is not REMOVED gives `new` exactly."""
    before, after = _words(old), _words(new)
    says_little = len(set(before)) * 8 < len(before)  # a text of few words, over and over: exactness would take minutes
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=says_little)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Change.SAME, "".join(before[i:j])
            continue
        if i < j:
            yield Change.REMOVED, "".join(before[i:j])
        if k < m:
            yield Change.ADDED, "".join(after[k:m])


def _words(text: str) -> list[str]:
    """Each word with the space behind it: spaces by themselves would make long texts slow to compare."""
    return re.findall(r"\S+\s*|\s+", text)


AROUND_A_CHANGE = 40
"""Characters of what stayed that are shown on each side of a change, where the whole is too long."""


def changes_alone(pieces: Iterable[tuple[Change, str]]) -> Iterator[tuple[Change, str]]:
    """What changed with a little of what stands around it; of what stayed, only that."""
    for change, text in pieces:
        if change is Change.SAME and len(text) > 3 * AROUND_A_CHANGE:
            yield Change.SAME, f"{text[:AROUND_A_CHANGE].rstrip()} … {text[-AROUND_A_CHANGE:].lstrip()}"
        else:
            yield change, text
