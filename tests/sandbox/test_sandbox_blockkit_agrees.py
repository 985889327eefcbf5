"""Our table of Block Kit's limits, held against a library that somebody else keeps: PyPI's blockkit."""

from typing import Any

import blockkit
import pytest
from blockkit.core import FieldValidationError, Length

from bot.sandbox import block_kit
from bot.sandbox.grammar import Check
from bot.sandbox.limits import VIEWS

# our check, blockkit's class for the same thing, and the fields whose lengths both limit
PAIRS: dict[str, tuple[Check, type[Any], dict[str, Any]]] = {
    "section": (block_kit.BLOCKS["section"], blockkit.Section, {"text": "mrkdwn", "block_id": ""}),
    "header": (block_kit.BLOCKS["header"], blockkit.Header, {"text": "plain_text"}),
    "image": (block_kit.BLOCKS["image"], blockkit.Image, {"image_url": "https://", "title": "plain_text"}),
    "input": (block_kit.BLOCKS["input"], blockkit.Input, {"label": "plain_text", "hint": "plain_text"}),
    "markdown": (block_kit.BLOCKS["markdown"], blockkit.Markdown, {"text": ""}),
    "button": (
        block_kit.BUTTON,
        blockkit.Button,
        {"text": "plain_text", "value": "", "url": "https://", "accessibility_label": "", "action_id": ""},
    ),
    "confirm": (
        block_kit.CONFIRM,
        blockkit.Confirm,
        {"title": "plain_text", "text": "plain_text", "confirm": "plain_text", "deny": "plain_text"},
    ),
    "option": (
        block_kit.OPTION,
        blockkit.Option,
        {"text": "plain_text", "value": "", "description": "plain_text"},
    ),
    "option group": (block_kit.OPTION_GROUP, blockkit.OptionGroup, {"label": "plain_text"}),
    "menu": (block_kit.MENUS["users_select"], blockkit.UsersSelect, {"placeholder": "plain_text"}),
    "text input": (block_kit.TYPED_INPUTS["plain_text_input"], blockkit.PlainTextInput, {"initial_value": ""}),
    "modal": (
        VIEWS["modal"],
        blockkit.Modal,
        {"title": "plain_text", "submit": "plain_text", "close": "plain_text", "private_metadata": ""},
    ),
}
FIELDS = [(name, field) for name, (_check, _kind, fields) in PAIRS.items() for field in fields]


def limit_in_blockkit(kind: type[Any], field: str) -> int:
    validators = kind()._fields[field].validators
    return min(int(validator.max) for validator in validators if isinstance(validator, Length))


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_both_draw_the_line_at_the_same_place(name: str, field: str) -> None:
    check, kind, fields = PAIRS[name]
    limit = limit_in_blockkit(kind, field)
    form = fields[field]

    def faults(length: int) -> list[str]:
        words = ("https://" if form == "https://" else "").ljust(length, "x")
        value: Any = {"type": form, "text": words} if form in ("plain_text", "mrkdwn") else words
        return [fault.pointer for fault in check({field: value}, "") if fault.pointer.startswith(f"/{field}")]

    assert faults(limit) == []
    assert faults(limit + 1) != []


def test_blockkit_still_refuses_what_is_too_long() -> None:
    with pytest.raises(FieldValidationError):
        blockkit.Header("x" * 151).validate()  # type: ignore[no-untyped-call]
