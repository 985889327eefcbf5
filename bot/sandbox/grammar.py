"""How a description of JSON is written down and held against a value: the words in which `block_kit` speaks.

A check takes a value and the pointer to it and yields what is wrong with it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.sandbox.records import Json


@dataclass(frozen=True)
class Fault:
    """One thing that Slack would not take, in the form in which `blocks.validate` reports it."""

    pointer: str
    message: str
    code: str = "failed_constraint"
    constraint: Json = field(default_factory=dict)

    def under(self, prefix: str) -> "Fault":
        """The same fault, seen from further out."""
        return replace(self, pointer=prefix + self.pointer)

    def as_json(self) -> Json:
        """An entry of `errors`."""
        return {
            "pointer": self.pointer,
            "code": self.code,
            "message": self.message,
            "constraint": self.constraint,
        }


Check = Callable[[object, str], Iterator[Fault]]
Rule = Callable[[Json, str], Iterator[Fault]]


def _wrong_type(at: str, expected: str, value: object) -> Fault:
    got = type(value).__name__
    return Fault(at, f"expected {expected}", "invalid_type", {"type": "type", "expected": expected, "got": got})


def string(most: int, least: int = 1, pattern: str | None = None, saying: str = "is malformed") -> Check:
    """A string with so many characters, which may have to look a certain way."""

    def check(value: object, at: str) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield _wrong_type(at, "string", value)
        elif len(value) > most:
            limit = {"type": "max_length", "expected": most, "got": len(value)}
            yield Fault(at, f"must be less than {most + 1} characters", constraint=limit)
        elif len(value) < least:
            limit = {"type": "min_length", "expected": least, "got": len(value)}
            yield Fault(at, f"must be more than {least - 1} characters", constraint=limit)
        elif pattern is not None and not re.fullmatch(pattern, value):
            yield Fault(at, saying, constraint={"type": "pattern", "expected": pattern, "got": value})

    return check


def boolean(value: object, at: str) -> Iterator[Fault]:
    """True or false, and nothing that merely resembles it."""
    if not isinstance(value, bool):
        yield _wrong_type(at, "boolean", value)


def whole(least: int, most: int) -> Check:
    """A whole number within bounds."""

    def check(value: object, at: str) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield _wrong_type(at, "integer", value)
        elif not least <= value <= most:
            limit = {"type": "range", "expected": [least, most], "got": value}
            yield Fault(at, f"must be between {least} and {most}", constraint=limit)

    return check


def number(value: object, at: str) -> Iterator[Fault]:
    """Any number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield _wrong_type(at, "number", value)


def one_of(*words: str) -> Check:
    """One of a few words."""

    def check(value: object, at: str) -> Iterator[Fault]:
        if value not in words or not isinstance(value, str):
            limit = {"type": "enum", "expected": list(words), "got": value}
            yield Fault(at, f"must be a valid enum value: {', '.join(words)}", constraint=limit)

    return check


def listing(item: Check, most: int, least: int = 1) -> Check:
    """A list with so many items, each of which is checked."""

    def check(value: object, at: str) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield _wrong_type(at, "array", value)
            return
        if len(value) > most:
            limit = {"type": "max_items", "expected": most, "got": len(value)}
            yield Fault(at, f"no more than {most} items allowed", constraint=limit)
        if len(value) < least:
            limit = {"type": "min_items", "expected": least, "got": len(value)}
            yield Fault(at, f"no fewer than {least} items allowed", constraint=limit)
        for index, each in enumerate(value):
            yield from item(each, f"{at}/{index}")

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check], *rules: Rule) -> Check:
    """An object with these fields and no others. The rules are asked only once all fields are right by themselves."""

    def check(value: object, at: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield _wrong_type(at, "object", value)
            return
        faults = [*_missing(value, at, required), *_fields(value, at, {**required, **optional})]
        yield from faults
        if not faults:
            for rule in rules:
                yield from rule(value, at)

    return check


def _missing(value: Json, at: str, required: Mapping[str, Check]) -> Iterator[Fault]:
    for name in required:
        if name not in value:
            yield Fault(at, f"missing required field: {name}", "missing_field", {"expected": name})


def _fields(value: Json, at: str, known: Mapping[str, Check]) -> Iterator[Fault]:
    for name, content in value.items():
        if name in known:
            yield from known[name](content, f"{at}/{name}")
        elif name != "type":
            yield Fault(f"{at}/{name}", f"invalid additional property: {name}", "unknown_field")


def typed(kinds: Mapping[str, Check]) -> Check:
    """An object that says by its `type` which of these it is."""

    def check(value: object, at: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield _wrong_type(at, "object", value)
            return
        kind = value.get("type")
        if kind is None:
            yield Fault(at, "missing required field: type", "missing_field", {"expected": "type"})
        elif not isinstance(kind, str) or kind not in kinds:
            limit = {"type": "enum", "expected": sorted(kinds), "got": kind}
            yield Fault(f"{at}/type", f"unsupported type: {kind}", "unsupported_type", limit)
        else:
            yield from kinds[kind](value, at)

    return check


def text_object(most: int, *kinds: str) -> Check:
    """A text object; each kind of text has a flag that the other has not."""
    content = {"text": string(most)}
    known = {
        "plain_text": shape(content, {"emoji": boolean}),
        "mrkdwn": shape(content, {"verbatim": boolean}),
    }
    return typed({kind: known[kind] for kind in kinds})


def plain(most: int) -> Check:
    """A text object that takes no markup."""
    return text_object(most, "plain_text")


def text(most: int) -> Check:
    """A text object of either kind."""
    return text_object(most, "plain_text", "mrkdwn")
