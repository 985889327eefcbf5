"""Whatever Slack refuses is refused here with Slack's code, and whatever it takes is taken.

The malformed payloads go in over the wire, as a bot would send them.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models import blocks as models
from slack_sdk.models.views import View

from bot.sandbox import Sandbox
from tests.sandbox.conftest import MANIFEST, PLAN, TestClock
from tests.sandbox.malformed import (
    BAD_BLOCKS,
    BAD_HOMES,
    BAD_MODALS,
    Json,
    actions,
    button,
    cell,
    confirm,
    entry,
    home,
    markdown,
    modal,
    option,
    plain,
    rich,
    rich_section,
    section,
    select,
    table,
    typed,
    words,
)

GOOD_BLOCKS: dict[str, list[Json]] = {
    "a section at its limits": [
        {"type": "section", "text": markdown("x" * 3000), "expand": True, "block_id": "b" * 255},
        {"type": "section", "fields": [{**plain("x"), "emoji": False}, {**markdown("x"), "verbatim": True}] * 5},
        section(accessory={"type": "image", "image_url": "https://x.org/x.png", "alt_text": "x"}),
    ],
    "buttons": [
        actions(
            button(style="primary", value="x" * 2000, accessibility_label="Press it"),
            button(action_id="two", style="danger", confirm=confirm(style="danger")),
            button(action_id="three", url="https://example.org/x?y=z"),
            {"type": "button", "text": plain("x" * 75)},
        )
    ],
    "one action id in two blocks": [actions(button()), actions(button())],
    "25 buttons": [actions(*(button(action_id=f"b{n}") for n in range(25)))],
    "every menu": [
        actions(
            select(placeholder=plain("Choose"), initial_option=option("b")),
            {
                "type": "static_select",
                "action_id": "grouped",
                "option_groups": [{"label": plain("g"), "options": [option("c", description=plain("See"))]}],
            },
            {"type": "multi_static_select", "action_id": "m", "options": [option("a")], "max_selected_items": 1},
            {"type": "users_select", "action_id": "u", "initial_user": "U0123456789"},
            {"type": "multi_users_select", "action_id": "mu", "initial_users": ["U0123456789"]},
            {"type": "channels_select", "action_id": "c"},
            {"type": "external_select", "action_id": "e", "min_query_length": 0},
            {
                "type": "conversations_select",
                "action_id": "v",
                "default_to_current_conversation": True,
                "filter": {"include": ["public", "private"], "exclude_bot_users": True},
            },
            {"type": "overflow", "action_id": "o", "options": [option("a", url="https://x.org"), option("b")]},
        )
    ],
    "every picker": [
        actions(
            {"type": "datepicker", "action_id": "d", "initial_date": "2028-02-29", "placeholder": plain("Day")},
            {"type": "timepicker", "action_id": "t", "initial_time": "23:59", "timezone": "Europe/London"},
            {"type": "datetimepicker", "action_id": "w", "initial_date_time": 1795312345},
            {
                "type": "checkboxes",
                "action_id": "k",
                "options": [{"text": markdown("*a*"), "value": "a", "description": markdown("_b_")}],
                "initial_options": [{"text": markdown("*a*"), "value": "a", "description": markdown("_b_")}],
            },
            {"type": "radio_buttons", "action_id": "r", "options": [option("a")], "initial_option": option("a")},
        )
    ],
    "a context": [
        {
            "type": "context",
            "elements": [
                plain("x"),
                markdown("x" * 2000),
                {"type": "image", "image_url": "http://x.org/x", "alt_text": "x"},
            ],
        }
    ],
    "a header, a line and a picture": [
        {"type": "header", "text": {**plain("x" * 150), "emoji": True}},
        {"type": "divider"},
        {"type": "image", "image_url": "https://x.org/x.png", "alt_text": "x" * 2000, "title": plain("x")},
    ],
    "inputs": [
        entry(
            typed(initial_value="", multiline=True, min_length=0, max_length=3000, focus_on_load=True),
            hint=plain("x"),
            optional=True,
        ),
        entry(typed(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}), dispatch_action=True),
        entry({"type": "email_text_input", "action_id": "e", "initial_value": "a@example.org"}),
        entry({"type": "url_text_input", "action_id": "u", "placeholder": plain("https://")}),
        entry(
            {
                "type": "number_input",
                "is_decimal_allowed": True,
                "min_value": "-1.5",
                "initial_value": "0",
                "max_value": "9.99",
            }
        ),
        entry(select()),
        entry({"type": "datetimepicker", "action_id": "w"}),
        entry({"type": "multi_users_select", "action_id": "m"}),
    ],
    "rich text": [
        rich(
            rich_section(
                words(style={"bold": True, "italic": True, "strike": False, "code": True}),
                {"type": "link", "url": "https://example.org", "text": "x", "style": {"bold": True}},
                {"type": "user", "user_id": "U0123456789"},
                {"type": "channel", "channel_id": "C0123456789", "style": {"highlight": True}},
                {"type": "emoji", "name": "wave", "skin_tone": 3},
                {"type": "broadcast", "range": "here"},
                {"type": "date", "timestamp": 1795312345, "format": "{date_short} {time}", "fallback": "then"},
                {"type": "color", "value": "#FF00aa"},
            ),
            {
                "type": "rich_text_list",
                "style": "ordered",
                "indent": 1,
                "offset": 3,
                "border": 1,
                "elements": [rich_section(words())],
            },
            {"type": "rich_text_quote", "elements": [words("<!channel> & *x* :x:")], "border": 0},
            {"type": "rich_text_preformatted", "elements": [words()], "language": "python"},
        )
    ],
    "markdown and a table": [
        {"type": "markdown", "text": "**x**" * 100},
        table([[cell(), rich(rich_section(words()))]] * 2, column_settings=[{"align": "right"}, {}]),
    ],
    "what slack_sdk's models make": [
        block.to_dict()
        for block in (
            models.HeaderBlock(text="x"),
            models.SectionBlock(text="*x*", fields=["a", "b"], accessory=models.ButtonElement(text="x")),
            models.ContextBlock(elements=[models.MarkdownTextObject(text="x")]),
            models.ActionsBlock(
                elements=[
                    models.ButtonElement(
                        text="x",
                        action_id="one",
                        style="danger",
                        confirm=models.ConfirmObject(title="Sure?", text="Really?", confirm="Yes", deny="No"),
                    ),
                    models.OverflowMenuElement(
                        action_id="more", options=[models.Option(value="a", label="A", description="B")]
                    ),
                    models.StaticSelectElement(
                        action_id="s", placeholder="x", options=[models.Option(value="a", label="A")]
                    ),
                    models.DateTimePickerElement(action_id="w", initial_date_time=1795312345),
                    models.UserMultiSelectElement(action_id="u", initial_users=["U0123456789"]),
                ]
            ),
            models.InputBlock(
                label="x", element=models.PlainTextInputElement(action_id="t", multiline=True), optional=True
            ),
            models.InputBlock(label="x", element=models.NumberInputElement(action_id="n", min_value=1)),
            models.InputBlock(
                label="x",
                element=models.ConversationMultiSelectElement(
                    action_id="c", filter=models.ConversationFilter(include=["public"])
                ),
            ),
            models.RichTextBlock(
                elements=[
                    models.RichTextSectionElement(
                        elements=[
                            models.RichTextElementParts.Text(
                                text="x", style=models.RichTextElementParts.TextStyle(bold=True)
                            )
                        ]
                    )
                ]
            ),
            models.MarkdownBlock(text="x"),
            models.DividerBlock(),
            models.ImageBlock(image_url="https://x.org/x.png", alt_text="x", title="x"),
        )
    ],
}

GOOD_VIEWS: dict[str, Json] = {
    "a modal at its limits": modal(
        title=plain("x" * 24),
        close=plain("x" * 24),
        private_metadata="x" * 3000,
        callback_id="x" * 255,
        external_id="e",
        clear_on_close=True,
        notify_on_close=False,
        blocks=[entry(block_id=f"b{n}") for n in range(100)],
    ),
    "a modal without inputs": {"type": "modal", "title": plain("x"), "blocks": [section()]},
    "an answer address in a form": modal(
        blocks=[entry({"type": "conversations_select", "action_id": "c", "response_url_enabled": True})]
    ),
    "a home": home(private_metadata="", callback_id="home"),
    "slack_sdk's modal": View(
        type="modal",
        title="x",
        submit="x",
        close="x",
        callback_id="x",
        notify_on_close=True,
        blocks=[models.InputBlock(label="x", element=models.PlainTextInputElement())],
    ).to_dict(),
    "slack_sdk's home": View(type="home", blocks=[models.SectionBlock(text="x")]).to_dict(),
}


@pytest.fixture(scope="module")
def workspace() -> Iterator[Sandbox]:
    with Sandbox(PLAN, manifest=MANIFEST, clock=TestClock()) as running:
        yield running


@pytest.fixture(scope="module")
def bot_client(workspace: Sandbox) -> WebClient:
    return WebClient(token=workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])


def refusal(call: Any, **args: Any) -> Json:
    with pytest.raises(SlackApiError) as refused:
        call(**args)
    answer = refused.value.response.data
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize("what", BAD_BLOCKS)
def test_malformed_blocks_are_refused_in_a_message(what: str, workspace: Sandbox, bot_client: WebClient) -> None:
    channel = workspace.channel_id("press-office")
    posted = {"channel": channel, "text": "x", "blocks": json.dumps(BAD_BLOCKS[what])}
    answer = refusal(bot_client.chat_postMessage, **posted)
    assert answer["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks" in answer["response_metadata"]["messages"][0]


@pytest.mark.parametrize("what", BAD_BLOCKS)
def test_blocks_validate_points_at_what_is_malformed(what: str, bot_client: WebClient) -> None:
    answer = refusal(bot_client.blocks_validate, blocks=json.dumps(BAD_BLOCKS[what]))
    assert answer["error"] == "invalid_blocks"
    assert {"pointer", "code", "message", "constraint"} == set(answer["errors"][0])


@pytest.mark.parametrize("what", BAD_MODALS)
def test_malformed_modals_are_refused(what: str, workspace: Sandbox, bot_client: WebClient) -> None:
    amina = workspace.user_id("Amina Rahman")
    trigger_id = workspace.ask(lambda: workspace.workspace.new_trigger(amina))
    answer = refusal(bot_client.views_open, trigger_id=trigger_id, view=BAD_MODALS[what])
    assert answer["error"] == "invalid_arguments"
    assert "[json-pointer:/view" in answer["response_metadata"]["messages"][0]


@pytest.mark.parametrize("what", BAD_HOMES)
def test_malformed_homes_are_refused(what: str, workspace: Sandbox, bot_client: WebClient) -> None:
    amina = workspace.user_id("Amina Rahman")
    answer = refusal(bot_client.views_publish, user_id=amina, view=BAD_HOMES[what])
    assert answer["error"] == "invalid_arguments"


@pytest.mark.parametrize("what", GOOD_BLOCKS)
def test_legal_blocks_are_taken(what: str, workspace: Sandbox, bot_client: WebClient) -> None:
    channel = workspace.channel_id("press-office")
    blocks = GOOD_BLOCKS[what]
    assert bot_client.blocks_validate(blocks=blocks)["ok"]
    assert bot_client.chat_postMessage(channel=channel, text="x", blocks=blocks)["ok"]


@pytest.mark.parametrize("what", GOOD_VIEWS)
def test_legal_views_are_taken(what: str, bot_client: WebClient) -> None:
    assert bot_client.blocks_validate(view=GOOD_VIEWS[what])["ok"]


def test_a_message_is_validated_as_a_whole(bot_client: WebClient) -> None:
    assert bot_client.blocks_validate(message={"text": "x", "blocks": [section()]})["ok"]
    answer = refusal(bot_client.blocks_validate, message={"blocks": [{"type": "section"}]})
    assert (answer["error"], answer["errors"][0]["pointer"]) == ("invalid_message", "/blocks/0")


def test_blocks_of_more_than_13200_characters_are_refused(workspace: Sandbox, bot_client: WebClient) -> None:
    blocks = [{"type": "section", "text": plain("x" * 2700)} for _ in range(5)]
    posted = {"channel": workspace.channel_id("press-office"), "text": "x", "blocks": blocks}
    assert refusal(bot_client.chat_postMessage, **posted)["error"] == "msg_blocks_too_long"


@pytest.mark.parametrize("blocks", ["[{", '{"type": "divider"}', '"x"', "7"])
def test_what_is_no_list_of_blocks_is_refused(blocks: str, workspace: Sandbox, bot_client: WebClient) -> None:
    posted = {"channel": workspace.channel_id("press-office"), "text": "x", "blocks": blocks}
    assert refusal(bot_client.chat_postMessage, **posted)["error"] == "invalid_blocks_format"
