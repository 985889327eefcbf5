"""Whether Slack would take a message's blocks or a view: each block by itself, and all of them together."""

from collections.abc import Iterator

from blockkit import core as kit

from bot.sandbox.block_kit import IN_MESSAGE, OFFERED, Fault, content_faults, faults_in
from bot.sandbox.elements import interactive
from bot.sandbox.records import Json

VIEWS: dict[str, type[kit.Component]] = {"modal": kit.Modal, "home": kit.Home}
MARKDOWN_IN_ALL = 12_000  # characters, over all markdown blocks of a message
TABLE_IN_ALL = 10_000  # characters, over all cells


def message_faults(blocks: object) -> list[Fault]:
    """What is wrong with the blocks of a message; pointers begin at the list."""
    if blocks == []:
        return []
    return list(content_faults(blocks, IN_MESSAGE, "")) or [*_together(blocks), *_message_together(blocks)]


def suggestion_faults(answer: Json) -> list[Fault]:
    """What is wrong with the options that the bot offers as somebody types."""
    if len(answer) != 1 or not answer.keys() <= OFFERED.keys():
        return [Fault("", "exactly one of options, option_groups is needed")]
    [(name, offered)] = answer.items()
    return [] if answer == {"options": []} else list(content_faults(offered, OFFERED[name], f"/{name}"))


def view_faults(view: object, kind: str) -> list[Fault]:
    """What is wrong with a view that is to be a `modal` or a `home`; pointers begin at the view."""
    kinds = (VIEWS[kind],) if kind in VIEWS else tuple(VIEWS.values())
    faults = list(faults_in(view, kinds))
    if faults or not isinstance(view, dict):
        return faults
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        return [Fault("", "missing required field: submit, as there are input blocks", "missing_field")]
    return [fault.under("/blocks") for fault in _together(view["blocks"])]


def _together(blocks: object) -> Iterator[Fault]:
    """What no block can know by itself. Only asked of blocks that are right one by one."""
    listed: list[Json] = list(blocks) if isinstance(blocks, list) else []
    ids = [block["block_id"] for block in listed if "block_id" in block]
    for index, block in enumerate(listed):
        if ids.count(block.get("block_id")) > 1:
            yield Fault(f"/{index}/block_id", f"block_id {block['block_id']} already exists", "duplicate_id")
    focused = [placed for placed in interactive(listed) if placed.element.get("focus_on_load")]
    if len(focused) > 1:
        yield Fault("", "only one element can have focus_on_load")


def _message_together(blocks: object) -> Iterator[Fault]:
    listed: list[Json] = list(blocks) if isinstance(blocks, list) else []
    markdown = sum(len(block["text"]) for block in listed if block["type"] == "markdown")
    if markdown > MARKDOWN_IN_ALL:
        yield Fault("", f"markdown blocks must have less than {MARKDOWN_IN_ALL + 1} characters in all")
    tables = [block for block in listed if block["type"] == "table"]
    if len(tables) > 1:
        yield Fault("", "only one table is allowed", "only_one_table_allowed")
    if sum(_letters(table["rows"]) for table in tables) > TABLE_IN_ALL:
        yield Fault("", f"a table must have less than {TABLE_IN_ALL + 1} characters in all")
    for placed in interactive(listed):
        if "response_url_enabled" in placed.element:
            yield Fault("", "response_url_enabled is for inputs in modals")


def _letters(cells: object) -> int:
    """Characters of text anywhere in a table."""
    if isinstance(cells, list):
        return sum(_letters(cell) for cell in cells)
    if isinstance(cells, dict):
        own = len(cells["text"]) if isinstance(cells.get("text"), str) else 0
        return own + _letters(cells.get("elements", []))
    return 0
