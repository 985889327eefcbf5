"""Block Kit, field by field: what Slack takes, from its reference at docs.slack.dev/reference/block-kit.

Where Slack's pages and its servers differ, the narrower of the two stands here. Types that the desk does not use yet
(video, file, rich_text_input, workflow_button, …) are left out, and so refused.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from zoneinfo import available_timezones

from bot.sandbox.grammar import (
    Check,
    Fault,
    Rule,
    boolean,
    listing,
    number,
    one_of,
    plain,
    shape,
    string,
    text,
    typed,
    whole,
)
from bot.sandbox.records import Json

ID = string(255)
URL = string(3000, pattern=r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+", saying="must be a valid url")
WEB_ADDRESS = string(3000, pattern=r"https?://\S+", saying="must be a valid web address")
SLACK_ID = string(30, pattern=r"[A-Z][A-Z0-9]{2,}", saying="must be an id of Slack's")
STYLE = one_of("primary", "danger")

# -- rules that look at several fields at once


def exactly_one(*names: str) -> Rule:
    """Of these fields there is one, and only one."""

    def rule(value: Json, at: str) -> Iterator[Fault]:
        if sum(name in value for name in names) != 1:
            yield Fault(at, f"exactly one of {', '.join(names)} is needed")

    return rule


def at_least_one(*names: str) -> Rule:
    """Of these fields there is one or several."""

    def rule(value: Json, at: str) -> Iterator[Fault]:
        if not any(name in value for name in names):
            yield Fault(at, f"missing required field: {' or '.join(names)}", "missing_field")

    return rule


def options_in(element: Json) -> list[Json]:
    """The options of an element, groups opened up."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def distinct_values(element: Json, at: str) -> Iterator[Fault]:
    """Slack calls an option's value unique; with two alike nobody knows what was chosen."""
    values = [option["value"] for option in options_in(element) if "value" in option]
    if len(set(values)) != len(values):
        yield Fault(f"{at}/options", "option values must be unique")


def initial_among_options(element: Json, at: str) -> Iterator[Fault]:
    """What is chosen at first must be one of the options, to the letter."""
    chosen = element.get("initial_options", [])
    if "initial_option" in element:
        chosen = [element["initial_option"]]
    for option in chosen:
        if option not in options_in(element):
            yield Fault(f"{at}/initial_option", "initial option must match one of the options")


def lengths_agree(element: Json, at: str) -> Iterator[Fault]:
    """min_length ≤ the initial text ≤ max_length."""
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if least > most:
        yield Fault(f"{at}/min_length", "min_length must not be greater than max_length")
    if element.get("initial_value") and not least <= len(element["initial_value"]) <= most:
        yield Fault(f"{at}/initial_value", "initial_value must keep to min_length and max_length")


def numbers_agree(element: Json, at: str) -> Iterator[Fault]:
    """min_value ≤ initial_value ≤ max_value, and whole ones if decimals are not allowed."""
    names = [name for name in ("min_value", "initial_value", "max_value") if name in element]
    values = [Decimal(element[name]) for name in names]
    if values != sorted(values):
        yield Fault(at, f"{' ≤ '.join(names)} does not hold")
    if not element["is_decimal_allowed"] and any(value != value.to_integral_value() for value in values):
        yield Fault(at, "decimal values are not allowed")


def a_day_that_exists(value: object, at: str) -> Iterator[Fault]:
    """YYYY-MM-DD."""
    faults = list(string(10, 10, pattern=r"[0-9]{4}-[0-9]{2}-[0-9]{2}", saying="must be YYYY-MM-DD")(value, at))
    yield from faults
    if not faults:
        try:
            date.fromisoformat(str(value))
        except ValueError:
            yield Fault(at, "must be a day that exists")


def a_zone(value: object, at: str) -> Iterator[Fault]:
    """An IANA zone."""
    if not isinstance(value, str) or value not in zones():
        yield Fault(at, "must be an IANA time zone")


@cache
def zones() -> set[str]:
    """Read from disk once."""
    return available_timezones()


# -- composition objects

CONFIRM = shape({"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)}, {"style": STYLE})
OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
MARKED_OPTION = shape({"text": text(75), "value": string(150)}, {"description": text(75)})
MENU_OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": URL})
OPTION_GROUP = shape({"label": plain(75), "options": listing(OPTION, 100)}, {})
FILTER = shape(
    {},
    {
        "include": listing(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
DISPATCH = shape({"trigger_actions_on": listing(one_of("on_enter_pressed", "on_character_entered"), 2)}, {})

# -- elements

ACTION: Mapping[str, Check] = {"action_id": ID, "confirm": CONFIRM}
PICKER: Mapping[str, Check] = {**ACTION, "focus_on_load": boolean, "placeholder": plain(150)}
CHOICE: Mapping[str, Check] = {**ACTION, "focus_on_load": boolean}
TYPED: Mapping[str, Check] = {
    "action_id": ID,
    "focus_on_load": boolean,
    "placeholder": plain(150),
    "dispatch_action_config": DISPATCH,
}
SEVERAL: Mapping[str, Check] = {**PICKER, "max_selected_items": whole(1, 1000)}
STATIC: Mapping[str, Check] = {"options": listing(OPTION, 100), "option_groups": listing(OPTION_GROUP, 100)}
STATIC_RULES = (exactly_one("options", "option_groups"), distinct_values, initial_among_options)
MANY_IDS = listing(SLACK_ID, 1000)
CONVERSATIONS: Mapping[str, Check] = {"default_to_current_conversation": boolean, "filter": FILTER}
NUMERAL = string(40, pattern=r"-?[0-9]+(\.[0-9]+)?", saying="must be a number in a string")

BUTTON = shape(
    {"text": plain(75)},
    {**ACTION, "url": URL, "value": string(2000), "style": STYLE, "accessibility_label": string(75)},
)
OVERFLOW = shape({"options": listing(MENU_OPTION, 5)}, ACTION, distinct_values)
IMAGE = shape({"image_url": WEB_ADDRESS, "alt_text": string(2000)}, {})

MENUS: dict[str, Check] = {
    "static_select": shape({}, {**PICKER, **STATIC, "initial_option": OPTION}, *STATIC_RULES),
    "multi_static_select": shape({}, {**SEVERAL, **STATIC, "initial_options": listing(OPTION, 100)}, *STATIC_RULES),
    "external_select": shape({}, {**PICKER, "initial_option": OPTION, "min_query_length": whole(0, 100)}),
    "multi_external_select": shape(
        {}, {**SEVERAL, "initial_options": listing(OPTION, 100), "min_query_length": whole(0, 100)}
    ),
    "users_select": shape({}, {**PICKER, "initial_user": SLACK_ID}),
    "multi_users_select": shape({}, {**SEVERAL, "initial_users": MANY_IDS}),
    "conversations_select": shape(
        {}, {**PICKER, **CONVERSATIONS, "initial_conversation": SLACK_ID, "response_url_enabled": boolean}
    ),
    "multi_conversations_select": shape({}, {**SEVERAL, **CONVERSATIONS, "initial_conversations": MANY_IDS}),
    "channels_select": shape({}, {**PICKER, "initial_channel": SLACK_ID, "response_url_enabled": boolean}),
    "multi_channels_select": shape({}, {**SEVERAL, "initial_channels": MANY_IDS}),
}
CHOICES: dict[str, Check] = {
    "radio_buttons": shape(
        {"options": listing(MARKED_OPTION, 10)},
        {**CHOICE, "initial_option": MARKED_OPTION},
        distinct_values,
        initial_among_options,
    ),
    "checkboxes": shape(
        {"options": listing(MARKED_OPTION, 10)},
        {**CHOICE, "initial_options": listing(MARKED_OPTION, 10)},
        distinct_values,
        initial_among_options,
    ),
    "datepicker": shape({}, {**PICKER, "initial_date": a_day_that_exists}),
    "timepicker": shape(
        {},
        {
            **PICKER,
            "initial_time": string(5, 5, pattern=r"([01][0-9]|2[0-3]):[0-5][0-9]", saying="must be HH:mm"),
            "timezone": a_zone,
        },
    ),
}
DATETIMEPICKER = shape({}, {**CHOICE, "initial_date_time": whole(1_000_000_000, 9_999_999_999)})
TYPED_INPUTS: dict[str, Check] = {
    "plain_text_input": shape(
        {},
        {
            **TYPED,
            "initial_value": string(3000, 0),
            "multiline": boolean,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
        },
        lengths_agree,
    ),
    "email_text_input": shape({}, {**TYPED, "initial_value": string(3000, 0)}),
    "url_text_input": shape({}, {**TYPED, "initial_value": string(3000, 0)}),
    "number_input": shape(
        {"is_decimal_allowed": boolean},
        {**TYPED, "initial_value": NUMERAL, "min_value": NUMERAL, "max_value": NUMERAL},
        numbers_agree,
    ),
}

FILE_INPUT = shape({}, {"action_id": ID, "filetypes": listing(string(20), 100), "max_files": whole(1, 10)})

IN_SECTION = typed({"button": BUTTON, "overflow": OVERFLOW, "image": IMAGE, **MENUS, **CHOICES})
IN_ACTIONS = typed({"button": BUTTON, "overflow": OVERFLOW, "datetimepicker": DATETIMEPICKER, **MENUS, **CHOICES})
INPUTS = {"datetimepicker": DATETIMEPICKER, **MENUS, **CHOICES, **TYPED_INPUTS}
IN_CONTEXT = typed({"image": IMAGE, "plain_text": text(2000), "mrkdwn": text(2000)})

# -- rich text

MARKS: Mapping[str, Check] = {"bold": boolean, "italic": boolean, "strike": boolean, "underline": boolean}
TEXT_STYLE = {"style": shape({}, {**MARKS, "code": boolean})}
NAME_STYLE = {"style": shape({}, {**MARKS, "highlight": boolean, "client_highlight": boolean, "unlink": boolean})}
RICH_TEXT = shape({"text": string(12_000)}, TEXT_STYLE)
RICH_LINK = shape({"url": URL}, {**TEXT_STYLE, "text": string(12_000), "unsafe": boolean})
RICH_ELEMENT = typed(
    {
        "text": RICH_TEXT,
        "link": RICH_LINK,
        "user": shape({"user_id": SLACK_ID}, NAME_STYLE),
        "usergroup": shape({"usergroup_id": SLACK_ID}, NAME_STYLE),
        "channel": shape({"channel_id": SLACK_ID}, NAME_STYLE),
        "broadcast": shape({"range": one_of("here", "channel", "everyone")}, NAME_STYLE),
        "color": shape({"value": string(7, pattern=r"#[0-9a-fA-F]{6}", saying="must be a colour")}, NAME_STYLE),
        "emoji": shape({"name": string(100)}, {**NAME_STYLE, "unicode": string(100), "skin_tone": whole(1, 6)}),
        "date": shape(
            {"timestamp": whole(0, 9_999_999_999), "format": string(250)},
            {**NAME_STYLE, "url": URL, "fallback": string(250)},
        ),
    }
)
BORDER = {"border": whole(0, 1)}
RICH_SECTION = shape({"elements": listing(RICH_ELEMENT, 1000)}, {})
RICH_PART = typed(
    {
        "rich_text_section": RICH_SECTION,
        "rich_text_quote": shape({"elements": listing(RICH_ELEMENT, 1000)}, BORDER),
        "rich_text_preformatted": shape(
            {"elements": listing(typed({"text": RICH_TEXT, "link": RICH_LINK}), 1000)},
            {**BORDER, "language": string(50)},
        ),
        "rich_text_list": shape(
            {
                "style": one_of("bullet", "ordered"),
                "elements": listing(typed({"rich_text_section": RICH_SECTION}), 1000),
            },
            {**BORDER, "indent": whole(0, 8), "offset": whole(0, 1000)},
        ),
    }
)
RICH = shape({"elements": listing(RICH_PART, 1000)}, {"block_id": ID})

# -- blocks


def distinct_action_ids(block: Json, at: str) -> Iterator[Fault]:
    """Within a block no two elements answer to one name."""
    ids = [element["action_id"] for element in block["elements"] if "action_id" in element]
    for action_id in sorted({each for each in ids if ids.count(each) > 1}):
        yield Fault(f"{at}/elements", f"action_id {action_id} already exists", "duplicate_id")


CELL = typed(
    {
        "raw_text": shape({"text": string(10_000)}, {}),
        "raw_number": shape({"value": number, "text": string(10_000)}, {}),
        "rich_text": RICH,
    }
)
COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
NAMED: Mapping[str, Check] = {"block_id": ID}


def input_block(elements: Mapping[str, Check]) -> Check:
    """An input block around one of these."""
    optional: dict[str, Check] = {**NAMED, "dispatch_action": boolean, "hint": plain(2000), "optional": boolean}
    return shape({"label": plain(2000), "element": typed(elements)}, optional)


BLOCKS: dict[str, Check] = {
    "section": shape(
        {},
        {
            **NAMED,
            "text": text(3000),
            "fields": listing(text(2000), 10),
            "accessory": IN_SECTION,
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    ),
    "actions": shape({"elements": listing(IN_ACTIONS, 25)}, NAMED, distinct_action_ids),
    "context": shape({"elements": listing(IN_CONTEXT, 10)}, NAMED),
    "divider": shape({}, NAMED),
    "header": shape({"text": plain(150)}, NAMED),
    "image": shape({"image_url": WEB_ADDRESS, "alt_text": string(2000)}, {**NAMED, "title": plain(2000)}),
    "input": input_block(INPUTS),
    "rich_text": RICH,
    "markdown": shape({"text": string(12_000)}, NAMED),
    "table": shape({"rows": listing(listing(CELL, 20), 100)}, {**NAMED, "column_settings": listing(COLUMN, 20)}),
}
IN_HOMES = {kind: check for kind, check in BLOCKS.items() if kind not in ("markdown", "table")}
IN_MODALS = {**IN_HOMES, "input": input_block({**INPUTS, "file_input": FILE_INPUT})}
