"""What Slack itself minds in a form before it sends it to the bot."""

import re
from decimal import Decimal, InvalidOperation

from bot.sandbox.elements import interactive
from bot.sandbox.records import Json, View

REQUIRED = "Please complete this required field."


def complaints(view: View) -> dict[str, str]:
    """Block ids of inputs that are left empty, too long, too short or not what they ask for, with the words."""
    found = {}
    for placed in interactive(view.blocks):
        block, element = placed.block, placed.element
        if block["type"] != "input":
            continue
        value = view.state[placed.block_id][placed.action_id][placed.holds]
        if value in (None, "", []) or (isinstance(value, str) and not value.strip()):
            complaint = None if block.get("optional") else REQUIRED
        else:
            complaint = _complaint(element, value)
        if complaint:
            found[block["block_id"]] = complaint
    return found


def _complaint(element: Json, value: object) -> str | None:
    kind = element["type"]
    if kind == "plain_text_input":
        return _length(element, str(value))
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", str(value)):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not re.fullmatch(r"https?://\S+", str(value)):
        return "Please enter a valid URL."
    if kind == "number_input":
        return _number(element, str(value))
    if kind == "file_input" and isinstance(value, list):
        return _files(element, value)
    most = element.get("max_selected_items")
    if most and isinstance(value, list) and len(value) > most:
        return f"Please choose at most {most}."
    return None


def _files(element: Json, given: list[Json]) -> str | None:
    most, endings = element.get("max_files", 10), element.get("filetypes")
    if len(given) > most:
        return f"Please choose at most {most} files."
    if endings and any(file["name"].rpartition(".")[2].lower() not in endings for file in given):
        return f"Please choose files of these kinds: {', '.join(endings)}."
    return None


def _length(element: Json, value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    return f"Please enter at most {most} characters." if len(value) > most else None


def _number(element: Json, value: str) -> str | None:
    try:
        entered = Decimal(value)
    except InvalidOperation:
        return "Please enter a number."
    if not element["is_decimal_allowed"] and entered != entered.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and entered < Decimal(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and entered > Decimal(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None
