"""Payloads that Slack refuses, each by what is wrong with it, and the small parts that they are made of."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def markdown(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(**more: Any) -> Json:
    return {"type": "section", "text": markdown("Words"), **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Press"), "action_id": "press", **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(name: str, **more: Any) -> Json:
    return {"text": plain(name), "value": name, **more}


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "choose", "options": [option("a"), option("b")], **more}


def entry(element: Json | None = None, **more: Any) -> Json:
    element = element or {"type": "plain_text_input", "action_id": "typed"}
    return {"type": "input", "label": plain("Question"), "element": element, **more}


def typed(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "typed", **more}


def confirm(**more: Any) -> Json:
    return {"title": plain("Sure?"), "text": plain("Really"), "confirm": plain("Yes"), "deny": plain("No"), **more}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def rich_section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def words(text: str = "Words", **more: Any) -> Json:
    return {"type": "text", "text": text, **more}


def cell(text: str = "x") -> Json:
    return {"type": "raw_text", "text": text}


def table(rows: list[list[Json]] | None = None, **more: Any) -> Json:
    return {"type": "table", "rows": rows or [[cell()]], **more}


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain("Form"), "submit": plain("Send"), "blocks": [entry()], **more}


def home(**more: Any) -> Json:
    return {"type": "home", "blocks": [section()], **more}


LONG = "x" * 3001

BAD_BLOCKS: dict[str, list[Any]] = {
    "a block that is a string": ["section"],
    "a block without a type": [{"text": plain("x")}],
    "a block of no known type": [{"type": "paragraph"}],
    "a type that is not a string": [{"type": ["section"]}],
    "null for a type": [{"type": None}],
    "51 blocks": [section() for _ in range(51)],
    "a section with nothing": [{"type": "section"}],
    "a section with an unknown field": [section(colour="red")],
    "a section whose text is a string": [{"type": "section", "text": "Words"}],
    "a section whose text is null": [{"type": "section", "text": None}],
    "a section with an empty text": [{"type": "section", "text": markdown("")}],
    "a section of 3,001 characters": [{"type": "section", "text": markdown(LONG)}],
    "text that is a number": [{"type": "section", "text": {"type": "mrkdwn", "text": 7}}],
    "text of an unknown kind": [{"type": "section", "text": {"type": "markdown", "text": "x"}}],
    "text without a type": [{"type": "section", "text": {"text": "x"}}],
    "emoji in mrkdwn": [{"type": "section", "text": {**markdown("x"), "emoji": True}}],
    "emoji that is not a boolean": [{"type": "section", "text": {**plain("x"), "emoji": "true"}}],
    "verbatim in plain text": [{"type": "section", "text": {**plain("x"), "verbatim": True}}],
    "11 fields": [{"type": "section", "fields": [plain("x")] * 11}],
    "no fields": [{"type": "section", "fields": []}],
    "a field of 2,001 characters": [{"type": "section", "fields": [plain("x" * 2001)]}],
    "fields that are not a list": [{"type": "section", "fields": plain("x")}],
    "an input as accessory": [section(accessory=typed())],
    "a datetimepicker as accessory": [section(accessory={"type": "datetimepicker", "action_id": "when"})],
    "a list as accessory": [section(accessory=[button()])],
    "a header in mrkdwn": [{"type": "header", "text": markdown("x")}],
    "a header of 151 characters": [{"type": "header", "text": plain("x" * 151)}],
    "a header without text": [{"type": "header"}],
    "a divider with text": [{"type": "divider", "text": plain("x")}],
    "no elements in actions": [actions()],
    "26 elements in actions": [actions(*(button(action_id=f"b{n}") for n in range(26)))],
    "a typed input in actions": [actions(typed())],
    "an image in actions": [actions({"type": "image", "image_url": "https://x.org/x.png", "alt_text": "x"})],
    "an element of no known type": [actions({"type": "link", "text": plain("x")})],
    "a button without text": [actions({"type": "button", "action_id": "x"})],
    "a button in mrkdwn": [actions(button(text=markdown("x")))],
    "a button's text of 76 characters": [actions(button(text=plain("x" * 76)))],
    "a button's empty text": [actions(button(text=plain("")))],
    "a button's value of 2,001 characters": [actions(button(value="x" * 2001))],
    "a button's value that is a number": [actions(button(value=7))],
    "a button in a colour of its own": [actions(button(style="green"))],
    "a button's address that is none": [actions(button(url="not an address"))],
    "a button's address of 3,001 characters": [actions(button(url="https://x.org/" + LONG))],
    "an accessibility label of 76 characters": [actions(button(accessibility_label="x" * 76))],
    "an action id of 256 characters": [actions(button(action_id="x" * 256))],
    "an empty action id": [actions(button(action_id=""))],
    "two action ids alike in a block": [actions(button(), button())],
    "a block id of 256 characters": [section(block_id="x" * 256)],
    "an empty block id": [section(block_id="")],
    "two block ids alike": [section(block_id="a"), {"type": "divider", "block_id": "a"}],
    "a confirmation without a title": [actions(button(confirm={"text": plain("x")}))],
    "a confirmation with a long title": [actions(button(confirm=confirm(title=plain("x" * 101))))],
    "a confirmation with a long text": [actions(button(confirm=confirm(text=plain("x" * 301))))],
    "a confirmation with a long button": [actions(button(confirm=confirm(confirm=plain("x" * 31))))],
    "a confirmation with a marked button": [actions(button(confirm=confirm(deny=markdown("No"))))],
    "a confirmation in a colour of its own": [actions(button(confirm=confirm(style="warning")))],
    "a select with neither options nor groups": [actions({"type": "static_select", "action_id": "x"})],
    "a select with options and groups": [
        actions(select(option_groups=[{"label": plain("g"), "options": [option("c")]}]))
    ],
    "a select without options": [actions(select(options=[]))],
    "101 options": [actions(select(options=[option(str(n)) for n in range(101)]))],
    "an option without a value": [actions(select(options=[{"text": plain("a")}]))],
    "an option in mrkdwn": [actions(select(options=[{"text": markdown("a"), "value": "a"}]))],
    "an option's text of 76 characters": [actions(select(options=[{"text": plain("x" * 76), "value": "a"}]))],
    "an option's value of 151 characters": [actions(select(options=[option("a", value="x" * 151)]))],
    "an option with an address in a select": [actions(select(options=[option("a", url="https://x.org")]))],
    "an option's long description": [actions(select(options=[option("a", description=plain("x" * 76))]))],
    "two options with one value": [actions(select(options=[option("a"), option("b", value="a")]))],
    "an initial option that is not offered": [actions(select(initial_option=option("c")))],
    "an initial option in other words": [actions(select(initial_option=option("a", text=plain("A"))))],
    "a placeholder of 151 characters": [actions(select(placeholder=plain("x" * 151)))],
    "a placeholder in mrkdwn": [actions(select(placeholder=markdown("x")))],
    "a group without a label": [actions({"type": "static_select", "option_groups": [{"options": [option("a")]}]})],
    "an empty group": [actions({"type": "static_select", "option_groups": [{"label": plain("g"), "options": []}]})],
    "no more than none selected": [
        section(accessory={"type": "multi_static_select", "options": [option("a")], "max_selected_items": 0})
    ],
    "six entries in an overflow": [actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]})],
    "no entries in an overflow": [actions({"type": "overflow", "options": []})],
    "eleven checkboxes": [actions({"type": "checkboxes", "options": [option(str(n)) for n in range(11)]})],
    "eleven radio buttons": [actions({"type": "radio_buttons", "options": [option(str(n)) for n in range(11)]})],
    "a day that never was": [actions({"type": "datepicker", "initial_date": "2026-02-30"})],
    "a day written the British way": [actions({"type": "datepicker", "initial_date": "30/11/2026"})],
    "a time at 24:00": [actions({"type": "timepicker", "initial_time": "24:00"})],
    "a time in a zone that is none": [actions({"type": "timepicker", "timezone": "London"})],
    "a zone that is a list": [actions({"type": "timepicker", "timezone": []})],
    "a moment as a string": [actions({"type": "datetimepicker", "initial_date_time": "1795312345"})],
    "a moment with too few digits": [actions({"type": "datetimepicker", "initial_date_time": 5})],
    "a user by name": [actions({"type": "users_select", "initial_user": "Amina Rahman"})],
    "a filter for nothing": [actions({"type": "conversations_select", "filter": {}})],
    "a filter for what there is not": [actions({"type": "conversations_select", "filter": {"include": ["dms"]}})],
    "an answer address outside a form": [actions({"type": "conversations_select", "response_url_enabled": True})],
    "no elements in a context": [{"type": "context", "elements": []}],
    "eleven elements in a context": [{"type": "context", "elements": [plain("x")] * 11}],
    "a button in a context": [{"type": "context", "elements": [button()]}],
    "a picture without words": [{"type": "image", "image_url": "https://x.org/x.png"}],
    "a picture with empty words": [{"type": "image", "image_url": "https://x.org/x.png", "alt_text": ""}],
    "a picture from nowhere": [{"type": "image", "alt_text": "x"}],
    "a picture that is a file of this machine": [{"type": "image", "image_url": "file:///x.png", "alt_text": "x"}],
    "a picture with a marked title": [
        {"type": "image", "image_url": "https://x.org/x.png", "alt_text": "x", "title": markdown("x")}
    ],
    "an input without a label": [{"type": "input", "element": typed()}],
    "an input without an element": [{"type": "input", "label": plain("x")}],
    "an input's label in mrkdwn": [entry(label=markdown("x"))],
    "an input's label of 2,001 characters": [entry(label=plain("x" * 2001))],
    "an input's hint of 2,001 characters": [entry(hint=plain("x" * 2001))],
    "an input that is a button": [entry(button())],
    "an input that is optional by a word": [entry(optional="yes")],
    "a file input": [entry({"type": "file_input", "action_id": "file"})],
    "an initial text of 3,001 characters": [entry(typed(initial_value=LONG))],
    "a maximum of 3,001 characters": [entry(typed(max_length=3001))],
    "a minimum above the maximum": [entry(typed(min_length=10, max_length=5))],
    "an initial text above the maximum": [entry(typed(max_length=2, initial_value="abc"))],
    "a number input that does not say whether decimals": [entry({"type": "number_input"})],
    "a number input with a number": [entry({"type": "number_input", "is_decimal_allowed": True, "min_value": 1})],
    "a number input out of order": [
        entry({"type": "number_input", "is_decimal_allowed": False, "min_value": "5", "max_value": "1"})
    ],
    "decimals where none are allowed": [
        entry({"type": "number_input", "is_decimal_allowed": False, "initial_value": "1.5"})
    ],
    "a dispatch on nothing": [entry(typed(dispatch_action_config={"trigger_actions_on": []}))],
    "two elements that take the focus": [entry(typed(focus_on_load=True)), entry(typed(focus_on_load=True))],
    "empty rich text": [rich()],
    "an empty rich text section": [rich(rich_section())],
    "an empty rich text": [rich(rich_section(words("")))],
    "text straight in rich text": [rich(words())],
    "an unknown part of rich text": [rich({"type": "rich_text_heading", "elements": [words()]})],
    "an unknown element of rich text": [rich(rich_section({"type": "html", "text": "x"}))],
    "an unknown style": [rich(rich_section(words(style={"blink": True})))],
    "a style that is a word": [rich(rich_section(words(style="bold")))],
    "a list without a style": [rich({"type": "rich_text_list", "elements": [rich_section(words())]})],
    "a list of plain words": [rich({"type": "rich_text_list", "style": "bullet", "elements": [words()]})],
    "a list indented nine times": [
        rich({"type": "rich_text_list", "style": "bullet", "indent": 9, "elements": [rich_section(words())]})
    ],
    "a user in preformatted text": [
        rich({"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U0123456789"}]})
    ],
    "a link without an address": [rich(rich_section({"type": "link", "text": "x"}))],
    "a date as a string": [rich(rich_section({"type": "date", "timestamp": "1795312345", "format": "{date}"}))],
    "a broadcast to the world": [rich(rich_section({"type": "broadcast", "range": "world"}))],
    "empty markdown": [{"type": "markdown", "text": ""}],
    "markdown of 12,001 characters": [{"type": "markdown", "text": "x" * 12_001}],
    "12,001 characters of markdown in two": [{"type": "markdown", "text": "x" * n} for n in (6000, 6001)],
    "two tables": [table(), table()],
    "a table without rows": [{"type": "table", "rows": []}],
    "101 rows": [table([[cell()]] * 101)],
    "21 columns": [table([[cell()] * 21])],
    "a cell in mrkdwn": [table([[markdown("x")]])],
    "10,001 characters in a table": [table([[cell("x" * 5000)], [cell("x" * 5001)]])],
    "a column in the middle": [table(column_settings=[{"align": "middle"}])],
}

BAD_MODALS: dict[str, Any] = {
    "a list": [],
    "no type": {"title": plain("x"), "blocks": [section()]},
    "a home": home(),
    "no title": {"type": "modal", "blocks": [section()]},
    "a title of 25 characters": modal(title=plain("x" * 25)),
    "a title in mrkdwn": modal(title=markdown("x")),
    "an empty title": modal(title=plain("")),
    "no blocks": {"type": "modal", "title": plain("x")},
    "an empty list of blocks": modal(blocks=[]),
    "101 blocks": modal(blocks=[section() for _ in range(101)]),
    "an input and no submit": {"type": "modal", "title": plain("x"), "blocks": [entry()]},
    "a submit of 25 characters": modal(submit=plain("x" * 25)),
    "a close of 25 characters": modal(close=plain("x" * 25)),
    "a close that is a string": modal(close="Close"),
    "private metadata of 3,001 characters": modal(private_metadata=LONG),
    "private metadata that is an object": modal(private_metadata={"id": 1}),
    "a callback id of 256 characters": modal(callback_id="x" * 256),
    "an unknown field": modal(width="wide"),
    "notify_on_close by a word": modal(notify_on_close="yes"),
    "markdown": modal(blocks=[{"type": "markdown", "text": "x"}]),
    "a table": modal(blocks=[table()]),
    "two block ids alike": modal(blocks=[section(block_id="a"), section(block_id="a")]),
    "a bad block deep inside": modal(blocks=[section(accessory=select(options=[option("a", value="")]))]),
}

BAD_HOMES: dict[str, Any] = {
    "a modal": modal(),
    "a title": home(title=plain("x")),
    "a submit": home(submit=plain("x")),
    "no blocks": {"type": "home"},
    "101 blocks": home(blocks=[section() for _ in range(101)]),
    "a table": home(blocks=[table()]),
}
