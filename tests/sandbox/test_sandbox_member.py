"""The driver: what a person does and reads, and what it says when a test expects too much."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.sandbox import Member, Sandbox
from tests.sandbox.conftest import Bot, Json, actions, button, input_block, modal, section, text_input


def option(name: str) -> Json:
    return {"text": {"type": "plain_text", "text": name}, "value": name.lower()}


@pytest.fixture
def opened(sandbox: Sandbox, client: WebClient) -> Callable[..., Member]:
    """Amina with a form of these blocks open, without a bot."""

    def open_with(*blocks: Json) -> Member:
        amina = sandbox.member("Amina Rahman")
        trigger_id = sandbox.ask(lambda: sandbox.workspace.new_trigger(amina.id))
        client.views_open(trigger_id=trigger_id, view=modal("Form", blocks=list(blocks)))
        return amina

    return open_with


INPUTS: dict[str, tuple[Json, Any, Any]] = {
    "Question": ({"type": "plain_text_input"}, "Why?\nAnd when?", "Why?\nAnd when?"),
    "E-mail": ({"type": "email_text_input"}, "ada@example.org", "ada@example.org"),
    "Copies": ({"type": "number_input", "is_decimal_allowed": False}, 7, "7"),
    "Topic": ({"type": "static_select", "options": [option("Buses"), option("Trams")]}, "Trams", "Trams"),
    "Channel of contact": ({"type": "radio_buttons", "options": [option("Phone")]}, "Phone", "Phone"),
    "Copied": ({"type": "multi_users_select"}, ["Ben Okafor"], ["Ben Okafor"]),
    "Owner": ({"type": "users_select"}, "Ben Okafor", "Ben Okafor"),
    "Place": ({"type": "conversations_select"}, "press-office", "press-office"),
    "Flags": (
        {"type": "checkboxes", "options": [option("Urgent"), option("Embargoed")]},
        ["Urgent", "Embargoed"],
        ["Urgent", "Embargoed"],
    ),
    "Day": ({"type": "datepicker"}, date(2026, 11, 30), "2026-11-30"),
    "Hour": ({"type": "timepicker"}, time(16, 0), "16:00"),
    "Deadline": ({"type": "datetimepicker"}, datetime(2026, 7, 1, 15, 0, tzinfo=UTC), "2026-07-01 16:00"),
}


@pytest.mark.parametrize("label", INPUTS)
def test_everything_can_be_filled_in_and_is_read_back(label: str, opened: Callable[..., Member]) -> None:
    element, entered, shown = INPUTS[label]
    amina = opened(input_block(label, "block", {"action_id": "a", **element}))
    amina.fill(label, entered)
    assert amina.form
    assert amina.form.values == {label: shown}
    amina.fill(label, None)
    assert amina.form.values[label] in (None, [])


def test_what_cannot_be_filled_in_says_what_can(opened: Callable[..., Member]) -> None:
    select = {"type": "static_select", "action_id": "a", "options": [option("Buses")]}
    moment = {"type": "datetimepicker", "action_id": "b"}
    amina = opened(input_block("Topic", "topic", select), input_block("Deadline", "deadline", moment))
    with pytest.raises(AssertionError, match=r"no input 'Subject'; there are \['Topic', 'Deadline'\]"):
        amina.fill("Subject", "x")
    with pytest.raises(AssertionError, match=r"no option 'Trams'; there are \['Buses'\]"):
        amina.fill("Topic", "Trams")
    with pytest.raises(AssertionError, match="aware datetime"):
        amina.fill("Deadline", "tomorrow")


def test_a_form_is_read_as_a_person_reads_it(opened: Callable[..., Member]) -> None:
    amina = opened(
        section("*ENQ-7* from _The Gazette_"),
        text_input("Question", "question", hint={"type": "plain_text", "text": "As it was asked"}),
        actions(button("Check")),
    )
    form = amina.form
    assert form
    assert form.text == "ENQ-7 from The Gazette\nQuestion\nAs it was asked"
    assert (form.labels, form.buttons, form.submit) == (["Question"], ["Check"], "Send")


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("*bold* and _it's *both*_ and ~gone~", "bold and it's both and gone"),
        ("\u2060*\u2060as typed\u2060*\u2060 \u2060_x_\u2060", "\u2060*\u2060as typed\u2060*\u2060 \u2060_x_\u2060"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("&lt;!channel&gt; &amp; co", "<!channel> & co"),
        ("<https://example.org|here> <https://example.org>", "here https://example.org"),
        ("<!here> <!subteam^S123>", "@here @subteam"),
        ("<!date^1782918000^{date_short_pretty} {time}|then>", "1 Jul 2026 16:00"),
        ("<!date^1795424400^{date_pretty} at {time}|then>", "today at 09:00"),
        ("<!date^never^{time}|then>", "then"),
    ],
)
def test_markup_is_read_without_its_marks(sandbox: Sandbox, client: WebClient, markup: str, read: str) -> None:
    client.chat_postMessage(channel=sandbox.channel_id("press-office"), text=markup)
    assert sandbox.member("Amina Rahman").messages("press-office")[0].text == read


def test_names_and_times_are_the_readers(sandbox: Sandbox, client: WebClient) -> None:
    text = f"<@{sandbox.user_id('Amina Rahman')}> <#{sandbox.channel_id('board')}> <!date^1795424400^{{time}}|x>"
    client.chat_postMessage(channel=sandbox.channel_id("press-office"), text=text)
    assert sandbox.member("Ben Okafor").messages("press-office")[0].text == "@Amina Rahman #board 04:00"


def test_every_block_is_read(sandbox: Sandbox, client: WebClient) -> None:
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "*verbatim* :x: "},
                    {"type": "user", "user_id": sandbox.user_id("Ben Okafor")},
                    {"type": "emoji", "name": "wave"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "point"}]}],
            },
        ],
    }
    blocks: list[Json] = [
        {"type": "header", "text": {"type": "plain_text", "text": "*Head*"}},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Due*"}]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "_small_"}]},
        {"type": "image", "image_url": "https://x.org/x.png", "alt_text": "A chart"},
        {"type": "divider"},
        rich,
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]]},
    ]
    client.chat_postMessage(channel=sandbox.channel_id("press-office"), text="x", blocks=blocks)
    assert sandbox.member("Amina Rahman").messages("press-office")[0].text.splitlines() == [
        "*Head*",
        "Due",
        "small",
        "A chart",
        "*verbatim* :x: @Ben Okafor:wave:",
        "• point",
        "a | b",
    ]


@pytest.fixture
def pressed(sandbox: Sandbox, bot: Bot) -> list[Json]:
    """What reaches the bot when something is pressed, whatever it is."""
    collected: list[Json] = []

    @bot.app.action(re.compile(""))
    def on_press(ack: Any, body: Any) -> None:
        ack()
        collected.append(body)

    bot.connect()
    return collected


def test_the_newest_place_that_has_the_button_is_pressed(
    sandbox: Sandbox, client: WebClient, pressed: list[Json]
) -> None:
    office, board = sandbox.channel_id("press-office"), sandbox.channel_id("board")
    for channel, value in ((office, "1"), (board, "2"), (office, "3")):
        client.chat_postMessage(channel=channel, text="x", blocks=[actions(button("Approve", value=value))])
    amina, ben = sandbox.member("Amina Rahman"), sandbox.member("Ben Okafor")
    amina.press("Approve")
    ben.press("Approve", on=ben.messages("press-office")[0])
    assert [body["actions"][0]["value"] for body in pressed] == ["3", "1"]


def test_menus_and_confirmations(sandbox: Sandbox, client: WebClient, pressed: list[Json]) -> None:
    words = {"type": "plain_text", "text": "x"}
    confirm = {"title": words, "text": words, "confirm": words, "deny": words}
    menu = {"type": "overflow", "action_id": "more", "options": [option("Snooze"), option("Close")]}
    people = {
        "type": "users_select",
        "action_id": "give",
        "placeholder": {"type": "plain_text", "text": "Give it to"},
    }
    blocks = [actions(button("Delete", confirm=confirm), menu, people)]
    client.chat_postMessage(channel=sandbox.channel_id("press-office"), text="x", blocks=blocks)
    amina = sandbox.member("Amina Rahman")
    assert amina.messages("press-office")[0].buttons == ["Delete", "Snooze", "Close"]
    amina.press("Delete", confirm=False)
    amina.press("Close")
    amina.choose("Give it to", "Ben Okafor")
    chosen = [body["actions"][0] for body in pressed]
    assert [action["action_id"] for action in chosen] == ["more", "give"]
    assert chosen[0]["selected_option"]["value"] == "close"
    assert chosen[1]["selected_user"] == sandbox.user_id("Ben Okafor")


def test_an_input_that_dispatches_is_told_at_once(opened: Callable[..., Member], pressed: list[Json]) -> None:
    select = {"type": "static_select", "action_id": "kind", "options": [option("Phone")]}
    amina = opened(input_block("How it came", "how", select, dispatch_action=True))
    amina.fill("How it came", "Phone")
    [body] = pressed
    assert body["actions"][0]["selected_option"]["value"] == "phone"
    assert body["view"]["state"]["values"]["how"]["kind"]["selected_option"]["value"] == "phone"


def test_options_that_the_bot_knows(bot: Bot, opened: Callable[..., Member]) -> None:
    @bot.app.options("outlet")
    def on_options(ack: Any, payload: Any) -> None:
        ack(options=[option(name) for name in ("Gazette", "Echo") if payload["value"] in name])

    bot.connect()
    amina = opened(input_block("Outlet", "outlet", {"type": "external_select", "action_id": "outlet"}))
    amina.fill("Outlet", "Gazette")
    assert amina.form
    assert amina.form.values == {"Outlet": "Gazette"}
    with pytest.raises(AssertionError, match=r"no option 'Mail'; there are \[\]"):
        amina.fill("Outlet", "Mail")


@pytest.mark.usefixtures("impatient")
def test_options_that_nobody_offers(opened: Callable[..., Member]) -> None:
    amina = opened(input_block("Outlet", "outlet", {"type": "external_select", "action_id": "outlet"}))
    with pytest.raises(AssertionError, match=r"offered nothing for 'Gazette': This app didn’t respond"):
        amina.fill("Outlet", "Gazette")


def test_a_message_shortcut(sandbox: Sandbox, bot: Bot) -> None:
    @bot.app.shortcut("from_message")
    def on_shortcut(ack: Any, body: Any, client: Any) -> None:
        view = modal("From", blocks=[section(body["message"]["text"])])
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    bot.connect()
    amina = sandbox.member("Amina Rahman")
    said = amina.say("A journalist rang", channel="press-office")
    assert amina.message_shortcut("Make an enquiry", said).text == "A journalist rang"


def test_impatience_says_what_was_on_screen(sandbox: Sandbox, client: WebClient) -> None:
    client.chat_postMessage(
        channel=sandbox.channel_id("press-office"), text="x", blocks=[section("Card"), actions(button("Take it"))]
    )
    amina = sandbox.member("Amina Rahman")
    amina.patience = 0.05
    for wait in (
        lambda: amina.sees("Nothing", channel="press-office"),
        lambda: amina.press("Approve"),
        lambda: amina.wait_for_form("Form"),
        lambda: amina.sees_in_home("x"),
    ):
        with pytest.raises(AssertionError, match=r"(?s)on screen:\n\[press-office\] Test Desk: Card \['Take it'\]"):
            wait()


def test_nobody_acts_where_they_are_not(sandbox: Sandbox) -> None:
    ben = sandbox.member("Ben Okafor")
    for act in (lambda: ben.say("x", channel="board"), lambda: ben.messages("board"), lambda: ben.run("/x", "board")):
        with pytest.raises(AssertionError, match="Ben Okafor is not in #board"):
            act()
    with pytest.raises(AssertionError, match="has no form open"):
        ben.submit()
    with pytest.raises(KeyError, match="nobody is called"):
        sandbox.member("Nobody")


def test_a_partners_people_press_but_have_no_commands(sandbox: Sandbox, client: WebClient, pressed: list[Json]) -> None:
    piotr = sandbox.member("Piotr Partner")
    client.chat_postMessage(channel=sandbox.channel_id("press-office"), text="x", blocks=[actions(button("Approve"))])
    assert piotr.run("/enquiry", channel="press-office").text == "/enquiry is not a valid command."
    with pytest.raises(KeyError):
        piotr.shortcut("Log a media enquiry")
    piotr.press("Approve")
    [body] = pressed
    assert body["user"]["team_id"] != body["team"]["id"] == sandbox.team_id
    told = client.users_info(user=piotr.id)["user"]
    assert told["team_id"] == body["user"]["team_id"]
