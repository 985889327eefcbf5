"""Between what a person says they enter and what an input holds: names and ids, option texts and options."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.sandbox.elements import HELD, options_in
from bot.sandbox.records import Json, Person
from bot.sandbox.workspace import Workspace

TEXT_INPUTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")


def held_for(element: Json, value: object, workspace: Workspace, suggest: Callable[[str], list[Json]]) -> object:
    """What an input holds once a person has entered `value`; AssertionError where nobody could."""
    kind = element["type"]
    if value is None:
        return [] if HELD[kind][0].endswith("s") else None
    if kind in TEXT_INPUTS:
        return str(value) or None
    if kind == "datepicker":
        return value.isoformat() if isinstance(value, date) else date.fromisoformat(str(value)).isoformat()
    if kind == "timepicker":
        return value.strftime("%H:%M") if isinstance(value, time) else time.fromisoformat(str(value)).strftime("%H:%M")
    if kind == "datetimepicker":
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise AssertionError(f"a datetimepicker takes an aware datetime, not {value!r}")
        return int(value.timestamp())
    if HELD[kind][0].endswith("s"):
        several = [value] if isinstance(value, str) or not isinstance(value, Iterable) else list(value)
        return [_one(element, str(each), workspace, suggest) for each in several]
    return _one(element, str(value), workspace, suggest)


def _one(element: Json, shown: str, workspace: Workspace, suggest: Callable[[str], list[Json]]) -> object:
    kind = element["type"]
    if "users" in kind:
        return workspace.person_named(shown).id
    if "channels" in kind or "conversations" in kind:
        people = {person.name: person.id for person in workspace.people.values()}
        if "conversations" in kind and shown in people:
            return workspace.conversation_with_bot(people[shown]).id
        return workspace.channel_named(shown).id
    options = suggest(shown) if "external" in kind else options_in(element)
    for option in options:
        if option["text"]["text"] == shown:
            return option
    raise AssertionError(f"no option {shown!r}; there are {[option['text']['text'] for option in options]}")


def shown_value(element: Json, held: object, workspace: Workspace, reader: Person) -> object:
    """What stands in an input, as the person reads it; a list for inputs that hold several."""
    if isinstance(held, list):
        return [_shown(element, each, workspace, reader) for each in held]
    return _shown(element, held, workspace, reader)


def _shown(element: Json, held: object, workspace: Workspace, reader: Person) -> object:
    if held is None:
        return None
    if isinstance(held, dict):
        return held["name"] if element["type"] == "file_input" else held["text"]["text"]
    if element["type"] == "datetimepicker":
        return f"{datetime.fromtimestamp(int(str(held)), UTC).astimezone(ZoneInfo(reader.zone)):%Y-%m-%d %H:%M}"
    named = workspace.people.get(str(held)) or workspace.channels.get(str(held))
    return named.name if named and "select" in element["type"] else held
