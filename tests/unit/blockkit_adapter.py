"""PyPI's blockkit as a judge of what we draw: it builds every part anew from our JSON, and checks it as it does so."""

from collections.abc import Callable, Mapping
from typing import Any

import blockkit
from blockkit.core import Component, ComponentValidationError, FieldValidationError, RichStyle

_BY_TYPE: Mapping[str, type[Component]] = {
    "actions": blockkit.Actions,
    "button": blockkit.Button,
    "checkboxes": blockkit.Checkboxes,
    "context": blockkit.Context,
    "conversations_select": blockkit.ConversationsSelect,
    "datepicker": blockkit.DatePicker,
    "datetimepicker": blockkit.DatetimePicker,
    "divider": blockkit.Divider,
    "file_input": blockkit.FileInput,
    "header": blockkit.Header,
    "home": blockkit.Home,
    "input": blockkit.Input,
    "link": blockkit.RichLinkEl,
    "modal": blockkit.Modal,
    "mrkdwn": blockkit.Text,
    "multi_conversations_select": blockkit.MultiConversationsSelect,
    "multi_static_select": blockkit.MultiStaticSelect,
    "multi_users_select": blockkit.MultiUsersSelect,
    "overflow": blockkit.Overflow,
    "plain_text": blockkit.Text,
    "plain_text_input": blockkit.PlainTextInput,
    "radio_buttons": blockkit.RadioButtons,
    "rich_text": blockkit.RichText,
    "rich_text_quote": blockkit.RichTextQuote,
    "rich_text_section": blockkit.RichTextSection,
    "section": blockkit.Section,
    "static_select": blockkit.StaticSelect,
    "text": blockkit.RichTextEl,
    "timepicker": blockkit.TimePicker,
    "users_select": blockkit.UsersSelect,
}
_BY_PLACE: Mapping[str, type[Component]] = {
    "filter": blockkit.ConversationFilter,
    "initial_option": blockkit.Option,
    "initial_options": blockkit.Option,
    "option_groups": blockkit.OptionGroup,
    "options": blockkit.Option,
    "style": RichStyle,
}
"""What has no type of its own is known by the field it stands in."""


def faults(data: Mapping[str, Any]) -> list[str]:
    """What blockkit has against a view, or a message given as `{"text": …, "blocks": […]}`."""
    kind = _BY_TYPE[data["type"]] if "type" in data else blockkit.Message
    try:
        built = _component(kind, _without_what_blockkit_gets_wrong(data)).build()  # type: ignore[no-untyped-call]
    except (FieldValidationError, ComponentValidationError) as error:
        return [str(error)]
    if "private_metadata" not in data:
        built.pop("private_metadata", None)  # blockkit makes "null" of none
    # Had the adapter dropped something on the way, the check would have proved nothing.
    return [] if built == _without_what_blockkit_gets_wrong(data) else ["blockkit builds something else from it"]


def _without_what_blockkit_gets_wrong(data: Any) -> Any:
    """blockkit looks for the option chosen at first among the groups themselves, where Slack looks inside them."""
    if isinstance(data, list):
        return [_without_what_blockkit_gets_wrong(one) for one in data]
    if not isinstance(data, Mapping):
        return data
    wrong = {"initial_option", "initial_options"} if "option_groups" in data else set()
    return {name: _without_what_blockkit_gets_wrong(value) for name, value in data.items() if name not in wrong}


def _component(kind: type[Component], data: Mapping[str, Any]) -> Component:
    made = kind()
    for name, value in data.items():
        if name == "type" and kind is not blockkit.Text:
            continue
        setter: Callable[..., object] | None = getattr(made, name, None)
        if setter is None:
            raise FieldValidationError(name, f"unknown to {kind.__name__}")
        setter(*(_part(name, one) for one in value)) if isinstance(value, list) else setter(_part(name, value))
    return made


def _part(name: str, value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return _component(_BY_TYPE[value["type"]] if "type" in value else _BY_PLACE[name], value)
