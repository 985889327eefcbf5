"""Block Kit as PyPI's `blockkit` knows it, held against the plain JSON that a bot sends.

The library checks what is built with it; here its table of components, fields and limits is read and walked. Where it
leaves something out, or differs from Slack's reference (docs.slack.dev/reference/block-kit), OTHERWISE says so in the
library's own words; the narrower of the two counts. What the desk does not use (video, rich_text_input, …) is refused.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from blockkit import core as kit
from blockkit.core import FieldValidator, Ints, Length, Plain, Required, Strings, Typed

from bot.sandbox.elements import options_in
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
        return asdict(self)


class MarkedOption(kit.Option):
    """Beside a box or a radio button an option may have markup."""


class MenuOption(kit.Option):
    """In an overflow menu an option may lead to an address."""


class ModalInput(kit.Input):
    """Files are asked for in modals alone."""


@dataclass(frozen=True)
class Looks:
    """A string of a certain look."""

    pattern: str
    saying: str

    def validate(self, name: str, value: str | list[str]) -> None:
        """In the manner of the library's validators."""
        for each in [value] if isinstance(value, str) else value:
            if not re.fullmatch(self.pattern, each):
                raise kit.FieldValidationError(name, self.saying)


@dataclass(frozen=True)
class Each:
    """A limit for each text in a list."""

    most: int


Validator = FieldValidator | Looks | Each
Fields = dict[str, list[Validator]]
Kind = type[Any]  # one of the library's components


def _types(component: kit.Component, name: str) -> tuple[Kind, ...]:
    """What the library takes in a field."""
    return next(each.types for each in component._fields[name].validators if isinstance(each, Typed))


def _between(least: int, most: int) -> FieldValidator:
    return Ints(least, most)  # type: ignore[no-untyped-call]


UNUSED = (kit.Video, kit.File, kit.WorkflowButton, kit.RichTextInput)
CHOSEN_BY_BOX: Fields = {"options": [Typed(MarkedOption), Required(), Length(1, 10)]}
STYLED: Fields = {"style": [Typed(kit.RichStyle)]}
TYPED: Fields = {"initial_value": [Typed(str), Length(0, 3000)]}
DESCRIBED: Fields = {
    "alt_text": [Typed(str), Required(), Length(1, 2000)],
    "slack_file": [],
}
ELSEWHERE: Fields = {
    "private_metadata": [Typed(str), Length(0, 3000)],
    "external_id": [Typed(str), Length(1, 255)],
}
IN_ACTIONS = (*_types(kit.Actions(), "elements"), kit.DatetimePicker)
IN_INPUTS = [kind for kind in _types(kit.Input(), "element") if kind is not kit.FileInput]
IN_MODALS = [ModalInput if kind is kit.Input else kind for kind in _types(kit.Modal(), "blocks")]

# By component: fields that the library lacks or has otherwise. No validators at all: there is no such field.
OTHERWISE: dict[Kind, Fields] = {
    kit.Confirm: {"text": [Typed(kit.Text), Required(), Length(1, 300)]},
    kit.Option: {"description": [Typed(kit.Text), Plain(), Length(1, 75)], "url": []},
    MarkedOption: {"text": [Typed(kit.Text), Required(), Length(1, 75)], "url": []},
    MenuOption: {"description": [Typed(kit.Text), Plain(), Length(1, 75)]},
    kit.ConversationFilter: {"include": [Typed(str), Length(1, 4), Strings("im", "mpim", "private", "public")]},
    kit.DispatchActionConfig: {
        "trigger_actions_on": [
            Typed(str),
            Required(),
            Length(1, 2),
            Strings("on_enter_pressed", "on_character_entered"),
        ]
    },
    kit.Overflow: {"options": [Typed(MenuOption), Required(), Length(1, 5)]},
    kit.Checkboxes: CHOSEN_BY_BOX | {"initial_options": [Typed(MarkedOption), Length(1, 10)]},
    kit.RadioButtons: CHOSEN_BY_BOX | {"initial_option": [Typed(MarkedOption)]},
    kit.StaticSelect: {"options": [Typed(kit.Option), Length(1, 100)]},
    kit.MultiStaticSelect: {"options": [Typed(kit.Option), Length(1, 100)]},
    kit.ExternalSelect: {"min_query_length": [Typed(int), _between(0, 100)]},
    kit.MultiExternalSelect: {"min_query_length": [Typed(int), _between(0, 100)]},
    kit.DatetimePicker: {"initial_date_time": [Typed(int), _between(10**9, 10**10 - 1)], "placeholder": []},
    kit.PlainTextInput: TYPED,
    kit.EmailInput: TYPED,
    kit.UrlInput: TYPED,
    kit.Image: DESCRIBED,
    kit.ImageEl: DESCRIBED,
    kit.RichStyle: {"underline": [Typed(bool)]},
    kit.RichLinkEl: {"text": [Typed(str), Length(1, 12_000)]},
    kit.RichTextEl: {"text": [Typed(str), Required(), Length(1, 12_000)]},
    kit.RichBroadcastEl: STYLED,
    kit.RichColorEl: STYLED,
    kit.RichDateEl: STYLED,
    kit.RichEmojiEl: {**STYLED, "skin_tone": [Typed(int), _between(1, 6)]},
    kit.RichTextPreformatted: {
        "elements": [Typed(kit.RichTextEl, kit.RichLinkEl), Required()],
        "language": [Typed(str), Length(1, 50)],
    },
    kit.Section: {"fields": [Typed(kit.Text), Length(1, 10), Each(2000)]},
    kit.Context: {"elements": [Typed(kit.ImageEl, kit.Text), Required(), Length(1, 10), Each(2000)]},
    kit.Actions: {"elements": [Typed(*IN_ACTIONS), Required(), Length(1, 25)]},
    kit.Input: {"element": [Typed(*IN_INPUTS), Required()]},
    kit.Table: {"column_settings": [Typed(kit.ColumnSettings), Length(1, 20)]},
    kit.Modal: ELSEWHERE | {"blocks": [Typed(*IN_MODALS), Required(), Length(1, 100)]},
    kit.Home: ELSEWHERE,
}
ADDRESS = Looks(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+", "must be a valid url")
SLACK_ID = Looks(r"[A-Z][A-Z0-9]{2,29}", "must be an id of Slack's")
LOOKS = {
    "url": ADDRESS,
    "image_url": Looks(r"https?://\S+", "must be a valid web address"),
    **{f"{kind}_id": SLACK_ID for kind in ("user", "usergroup", "channel")},
    **{f"initial_{kind}": SLACK_ID for kind in ("user", "channel", "conversation")},
    **{f"initial_{kind}s": SLACK_ID for kind in ("user", "channel", "conversation")},
}


@cache
def zones() -> set[str]:
    """Read from disk once."""
    return available_timezones()


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


# How JSON writes what the library's types are.
READS: dict[type, tuple[str, Callable[[Any], bool]]] = {
    str: ("a string", lambda value: isinstance(value, str)),
    bool: ("a boolean", lambda value: isinstance(value, bool)),
    int: ("an integer", lambda value: isinstance(value, int) and not isinstance(value, bool)),
    date: ("a day that exists, YYYY-MM-DD", _is_day),
    time: ("a time, HH:mm", lambda value: _looks(value, r"([01][0-9]|2[0-3]):[0-5][0-9]")),
    ZoneInfo: ("an IANA time zone", lambda value: isinstance(value, str) and value in zones()),
    Decimal: ("a number in a string", lambda value: _looks(value, r"-?[0-9]{1,20}(\.[0-9]{1,15})?")),
}


def _looks(value: object, pattern: str) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


# -- the library's table


@dataclass(frozen=True)
class Field:
    """What a field may hold: one thing or several, of these types, within these limits."""

    name: str
    many: bool
    types: tuple[type, ...]
    validators: tuple[Validator, ...]

    @property
    def required(self) -> bool:
        """Whether it must be there."""
        return any(isinstance(validator, Required) for validator in self.validators)


def _field(name: str, validators: Sequence[Validator], *, many: bool, in_words: bool = False) -> Field:
    types = next(each.types for each in validators if isinstance(each, Typed))
    limits = [*validators, LOOKS[name]] if name in LOOKS else validators
    return Field(name, many, (Decimal,) if in_words else types, tuple(limits))


@dataclass(frozen=True)
class Table:
    """What the library and OTHERWISE have on a component: its fields, and rules about several of them."""

    kind: Kind
    fields: dict[str, Field]
    rules: list[object]


def _table(kind: Kind) -> Table:
    component = kind()
    known = {each.name: each for each in component._fields.values() if each.name != "type"}
    table: dict[str, Sequence[Validator]] = {name: each.validators for name, each in known.items()}
    fields = {}
    for name, validators in (table | OTHERWISE.get(kind, {})).items():
        before = known.get(name)
        many = (before is not None and isinstance(before.value, list)) or name == "trigger_actions_on"
        if validators:
            fields[name] = _field(name, validators, many=many, in_words=before is not None and before.stringify)
    return Table(kind, fields, component._validators)  # noqa: SLF001 -- there is no other way to them


@cache
def _tables(kinds: tuple[Kind, ...]) -> dict[str, Table]:
    """The components by what their `type` says; by "" where they have no such field."""
    found: dict[str, Table] = {}
    for kind in kinds:
        own = kind()._fields.get("type")
        names = ("plain_text", "mrkdwn") if kind is kit.Text else (own.value if own else "",)
        if kind not in UNUSED:
            found |= {name: _table(kind) for name in names if name not in found}
    return found


# -- the walk


def faults_in(value: object, kinds: tuple[Kind, ...], at: str = "") -> Iterator[Fault]:
    """What is wrong with a component that is to be one of these."""
    tables = _tables(kinds)
    if not isinstance(value, dict):
        yield _wrong_type(at, "an object", value)
        return
    named = "" if "" in tables else value.get("type")
    if named is None:
        yield Fault(at, "missing required field: type", "missing_field", {"expected": "type"})
    elif not isinstance(named, str) or named not in tables:
        yield Fault(f"{at}/type", f"unsupported type: {named}", "unsupported_type", {"expected": sorted(tables)})
    else:
        found = list(_field_faults(value, tables[named].fields, at))
        yield from found or (Fault(at, broken) for broken in _broken_rules(tables[named], value))


def _field_faults(value: Json, fields: dict[str, Field], at: str) -> Iterator[Fault]:
    for name, each in fields.items():
        if each.required and name not in value:
            yield Fault(at, f"missing required field: {name}", "missing_field", {"expected": name})
    for name, content in value.items():
        if name in fields:
            yield from content_faults(content, fields[name], f"{at}/{name}")
        elif name != "type":
            yield Fault(f"{at}/{name}", f"invalid additional property: {name}", "unknown_field")


def content_faults(value: object, field_: Field, at: str) -> Iterator[Fault]:
    """What is wrong with what a field holds."""
    if field_.many and not isinstance(value, list):
        yield _wrong_type(at, "an array", value)
    elif field_.many and isinstance(value, list):
        if not value:
            yield Fault(at, "no fewer than 1 items allowed", constraint={"type": "min_items", "expected": 1, "got": 0})
        found = [fault for index, each in enumerate(value) for fault in _one(each, field_, f"{at}/{index}")]
        yield from found or _beyond(value, field_, at)
    else:
        yield from list(_one(value, field_, at)) or _beyond(value, field_, at)


def _one(value: object, field_: Field, at: str) -> Iterator[Fault]:
    kinds = tuple(kind for kind in field_.types if issubclass(kind, kit.Component))
    if kinds:
        yield from faults_in(value, kinds, at)
    elif list in field_.types:
        yield from content_faults(value, ROW, at)
    elif not any(READS[kind][1](value) for kind in field_.types):
        yield _wrong_type(at, READS[field_.types[0]][0], value)


def _beyond(value: Any, field_: Field, at: str) -> Iterator[Fault]:
    """What is beyond the limits of a field, once all in it is right by itself."""
    is_text = isinstance(value, dict) and kit.Text in field_.types
    for validator in field_.validators:
        if isinstance(validator, Plain) and value["type"] != "plain_text":
            yield Fault(at, "only plain_text is allowed")
        elif isinstance(validator, Each):
            long = [index for index, each in enumerate(value) if len(each.get("text", "")) > validator.most]
            yield from (Fault(f"{at}/{index}/text", f"no more than {validator.most} characters") for index in long)
        elif not isinstance(validator, Plain | Required | Typed):
            try:
                validator.validate(field_.name, value["text"] if is_text else value)
            except kit.FieldValidationError as fault:
                yield Fault(at, fault.message)


def _wrong_type(at: str, expected: str, value: object) -> Fault:
    got = type(value).__name__
    return Fault(at, f"expected {expected}", "invalid_type", {"type": "type", "expected": expected, "got": got})


# -- rules about several fields


def _broken_rules(table: Table, value: Json) -> Iterator[str]:
    for rule in table.rules:
        match rule:
            case kit.AtLeastOne(field_names=names) if not any(name in value for name in names):
                yield f"missing required field: {' or '.join(names)}"
            case kit.OnlyOne(field_names=names) if sum(name in value for name in names) != 1:
                yield f"exactly one of {', '.join(names)} is needed"
            case kit.OnlyIf(dependent_field=name) if (
                name in value and value[rule.required_field] != rule.required_value
            ):
                yield f"{name} is for {rule.required_value} alone"
            case kit.StyledCorrectly(extended=of_a_name):
                wrong = {"code"} if of_a_name else {"highlight", "client_highlight", "unlink"}
                yield from (f"no style {name} here" for name in wrong & set(value.get("style", {})))
    # What the library lacks, or knows of dates and numbers of Python's alone.
    options = options_in(value) if "options" in table.fields else []
    values = [option["value"] for option in options]
    if len(set(values)) != len(values):
        yield "option values must be unique"
    chosen = [*value.get("initial_options", []), *([value["initial_option"]] if "initial_option" in value else [])]
    if options and any(option not in options for option in chosen):
        yield "initial option must match one of the options"
    ids = [each["action_id"] for each in value["elements"] if "action_id" in each] if table.kind is kit.Actions else []
    if len(set(ids)) != len(ids):
        yield "action_id already exists"
    yield from _out_of_order(value)


def _out_of_order(value: Json) -> Iterator[str]:
    """min ≤ initial ≤ max, of lengths and of numbers; whole ones unless decimals are allowed."""
    if {"min_length", "max_length"} & set(value):
        lengths = [value.get("min_length", 0), value.get("max_length", 3000)]
        lengths[1:1] = [len(value["initial_value"])] if value.get("initial_value") else []
        if lengths != sorted(lengths):
            yield "min_length ≤ length ≤ max_length does not hold"
    if "is_decimal_allowed" in value:
        numbers = [Decimal(value[name]) for name in ("min_value", "initial_value", "max_value") if name in value]
        if numbers != sorted(numbers):
            yield "min_value ≤ initial_value ≤ max_value does not hold"
        if not value["is_decimal_allowed"] and any(number != number.to_integral_value() for number in numbers):
            yield "decimal values are not allowed"


ROW = _field("row", [Typed(kit.RawText, kit.RichText), Length(1, 20)], many=True)
IN_MESSAGE = _field("blocks", [Typed(*_types(kit.Message(), "blocks")), Length(1, 50)], many=True)
OFFERED = {
    "options": _field("options", [Typed(kit.Option), Length(1, 100)], many=True),
    "option_groups": _field("option_groups", [Typed(kit.OptionGroup), Length(1, 100)], many=True),
}
