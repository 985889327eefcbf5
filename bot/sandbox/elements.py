"""What can be pressed, typed into or chosen from, wherever it stands in blocks, and what it holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.records import Json

# element type → (the key of what it holds in `state` and `actions`, the key of what it holds at first)
HELD: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", "initial_files"),  # Slack begins it empty: there is no such key
}


@dataclass(frozen=True)
class Placed:
    """An element and the block that it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        """The block's id; every block has one once it is posted."""
        return str(self.block.get("block_id", ""))

    @property
    def action_id(self) -> str:
        """The element's id."""
        return str(self.element.get("action_id", ""))

    @property
    def holds(self) -> str:
        """The key of what it holds in `state` and `actions`; empty where it is only pressed."""
        return HELD.get(self.element["type"], ("", ""))[0]

    @property
    def label(self) -> str:
        """What a person calls an input: its label; failing that its placeholder, or the words beside it."""
        beside: Json = self.block.get("text", {"text": self.action_id})
        named: Json = self.block["label"] if self.block["type"] == "input" else self.element.get("placeholder", beside)
        return str(named["text"])

    @property
    def presses(self) -> list[tuple[str, Json]]:
        """The words that can be pressed, of a button or of a menu's entries, each with what a press then carries."""
        if self.element["type"] == "button":
            return [(self.element["text"]["text"], {})]
        options = self.element["options"] if self.element["type"] == "overflow" else []
        return [(option["text"]["text"], {"selected_option": option}) for option in options]


def interactive(blocks: list[Json]) -> Iterator[Placed]:
    """Every interactive element, in reading order."""
    for block in blocks:
        standing: list[Json] = []
        if block["type"] == "section" and "accessory" in block:
            standing = [block["accessory"]]
        elif block["type"] == "input":
            standing = [block["element"]]
        elif block["type"] == "actions":
            standing = block["elements"]
        yield from (Placed(block, element) for element in standing if element["type"] != "image")


def find(blocks: list[Json], block_id: str, action_id: str) -> Placed | None:
    """The element with these ids."""
    for placed in interactive(blocks):
        if placed.block_id == block_id and placed.action_id == action_id:
            return placed
    return None


def options_in(element: Json) -> list[Json]:
    """The options of an element, groups opened up."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def at_first(element: Json) -> Json:
    """What an untouched element holds, in the shape that `state` has."""
    held, initial = HELD[element["type"]]
    empty: list[object] | None = [] if held.endswith("s") else None
    return {"type": element["type"], held: element.get(initial, empty)}


def state_of(blocks: list[Json], before: dict[str, Json] | None = None) -> dict[str, Json]:
    """The state of a view's elements. What was typed before an update stays where both ids are the same."""
    state: dict[str, Json] = {}
    for placed in interactive(blocks):
        if not placed.holds:
            continue
        kept = (before or {}).get(placed.block_id, {}).get(placed.action_id)
        if kept is None or kept["type"] != placed.element["type"]:
            kept = at_first(placed.element)
        state.setdefault(placed.block_id, {})[placed.action_id] = kept
    return state


def with_ids(blocks: list[Json], new: "Iterator[str]") -> list[Json]:
    """The blocks as Slack keeps them: each block and each interactive element has an id."""
    named = [{**block, "block_id": block.get("block_id") or next(new)} for block in blocks]
    for placed in interactive(named):
        if not placed.action_id:
            placed.element["action_id"] = next(new)
    return named
