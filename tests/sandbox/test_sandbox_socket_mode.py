"""Socket Mode: what is told to the bot, once or again, and what people see when it does not answer."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.sandbox import Sandbox
from tests.sandbox.conftest import Bot, actions, button, modal, text_input


class Seen:
    """What a handler was called with, for a test to wait for."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self._came = threading.Condition()

    def __call__(self, body: dict[str, Any]) -> None:
        with self._came:
            self.bodies.append(body)
            self._came.notify_all()

    def wait_for(self, number: int) -> list[dict[str, Any]]:
        with self._came:
            assert self._came.wait_for(lambda: len(self.bodies) >= number, timeout=5), self.bodies
            return self.bodies


def test_a_command_carries_what_slack_documents(sandbox: Sandbox, bot: Bot) -> None:
    seen = Seen()

    @bot.app.command("/enquiry")
    def on_command(ack: Any, body: Any) -> None:
        ack("Logged")
        seen(body)

    bot.connect()
    shown = sandbox.member("Amina Rahman").run("/enquiry  buses & <trams> @Ben Okafor", channel="press-office")
    assert shown.text == "Logged"
    body = seen.bodies[0]
    assert body["text"] == "buses &amp; &lt;trams&gt; @Ben Okafor"
    assert body["channel_name"] == "press-office"
    assert body["team_id"] == sandbox.team_id
    assert body["is_enterprise_install"] == "false"
    assert {"token", "team_domain", "user_id", "user_name", "api_app_id", "response_url", "trigger_id"} <= set(body)


def test_a_command_that_escapes_names_people(sandbox: Sandbox, bot: Bot) -> None:
    @bot.app.command("/mention")
    def on_command(ack: Any, body: Any) -> None:
        ack(body["text"])

    bot.connect()
    amina = sandbox.member("Amina Rahman")
    assert amina.run("/mention @Ben Okafor").text == "@Ben Okafor"
    assert amina.messages() == []


def test_an_answer_may_be_for_everybody(sandbox: Sandbox, bot: Bot) -> None:
    @bot.app.command("/enquiry")
    def on_command(ack: Any) -> None:
        ack(text="For all", response_type="in_channel")

    bot.connect()
    sandbox.member("Amina Rahman").run("/enquiry", channel="press-office")
    assert sandbox.member("Ben Okafor").sees("For all", channel="press-office").ephemeral is False


def test_what_is_not_declared_is_not_sent(sandbox: Sandbox, bot: Bot) -> None:
    bot.connect()
    shown = sandbox.member("Amina Rahman").run("/unknown")
    assert shown.text == "/unknown is not a valid command."
    with pytest.raises(KeyError):
        sandbox.member("Amina Rahman").shortcut("Unknown")


@pytest.mark.usefixtures("impatient")
class TestNoAnswer:
    def test_a_command_says_so(self, sandbox: Sandbox, bot: Bot) -> None:
        @bot.app.command("/enquiry")
        def on_command() -> None:
            """Never acknowledges."""

        bot.connect()
        shown = sandbox.member("Amina Rahman").run("/enquiry")
        assert shown.text == "/enquiry failed with the error “operation_timeout”"
        assert not shown.ok

    def test_nor_a_bot(self, sandbox: Sandbox) -> None:
        shown = sandbox.member("Amina Rahman").run("/enquiry")
        assert shown.text == "/enquiry failed with the error “dispatch_failed”"

    def test_a_form_stays_with_what_was_typed(self, sandbox: Sandbox, bot: Bot) -> None:
        @bot.app.shortcut("log")
        def on_shortcut(ack: Any, body: Any, client: Any) -> None:
            client.views_open(trigger_id=body["trigger_id"], view=modal("Log"))
            ack()

        @bot.app.view("form")
        def on_form() -> None:
            """Never acknowledges."""

        bot.connect()
        amina = sandbox.member("Amina Rahman")
        amina.shortcut("Log a media enquiry")
        amina.fill("Name", "Ada")
        form = amina.submit()
        assert form
        assert form.failure == "We had some trouble connecting. Try again?"
        assert form.values == {"Name": "Ada"}

    def test_a_button_has_a_warning_beside_it(self, sandbox: Sandbox, bot: Bot) -> None:
        bot.connect()
        channel = sandbox.channel_id("press-office")
        bot.client.chat_postMessage(channel=channel, text="Card", blocks=[actions(button("Take it", "take"))])
        amina = sandbox.member("Amina Rahman")
        assert amina.press("Take it").error
        [card] = amina.messages("press-office")
        assert list(card.warnings) == ["take"]
        assert sandbox.member("Ben Okafor").messages("press-office")[0].warnings == {}

    def test_a_bad_answer_is_no_answer_and_is_noted(self, sandbox: Sandbox, bot: Bot) -> None:
        @bot.app.command("/enquiry")
        def on_command(ack: Any) -> None:
            ack(text="x", blocks=[{"type": "section"}])

        bot.connect()
        shown = sandbox.member("Amina Rahman").run("/enquiry")
        assert "failed with the error" in str(shown.text)
        assert ("ack", "invalid_blocks") in [(call.method, call.error) for call in sandbox.calls]


class TestForms:
    @pytest.fixture
    def opened(self, sandbox: Sandbox, bot: Bot) -> Callable[[dict[str, Any] | None], Any]:
        """Opens a form that is answered with what the test gives."""

        def open_with(answer: dict[str, Any] | None) -> Any:
            @bot.app.shortcut("log")
            def on_shortcut(ack: Any, body: Any, client: Any) -> None:
                client.views_open(trigger_id=body["trigger_id"], view=modal("Log", notify_on_close=True))
                ack()

            @bot.app.view("form")
            def on_form(ack: Any) -> None:
                ack(**answer) if answer else ack()

            bot.connect()
            amina = sandbox.member("Amina Rahman")
            amina.shortcut("Log a media enquiry")
            amina.fill("Name", "Ada")
            return amina

        return open_with

    def test_errors_stand_under_their_inputs(self, opened: Callable[..., Any]) -> None:
        amina = opened({"response_action": "errors", "errors": {"name": "Nobody of that name"}})
        assert amina.submit().errors == {"Name": "Nobody of that name"}
        assert amina.form.values == {"Name": "Ada"}

    def test_errors_for_an_input_that_is_not_there_are_trouble(self, opened: Callable[..., Any]) -> None:
        amina = opened({"response_action": "errors", "errors": {"age": "x"}})
        assert amina.submit().failure

    def test_an_update_shows_other_contents(self, opened: Callable[..., Any]) -> None:
        amina = opened({"response_action": "update", "view": modal("Done", blocks=[text_input("Note", "note")])})
        form = amina.submit()
        assert (form.title, form.labels) == ("Done", ["Note"])

    def test_a_push_lies_on_top(self, opened: Callable[..., Any]) -> None:
        amina = opened({"response_action": "push", "view": modal("More")})
        assert amina.submit().title == "More"
        amina.close_form()
        assert amina.form.title == "Log"

    def test_a_clear_closes_all(self, opened: Callable[..., Any]) -> None:
        amina = opened({"response_action": "clear"})
        assert amina.submit() is None

    def test_a_view_that_slack_refuses_is_trouble(self, opened: Callable[..., Any]) -> None:
        amina = opened({"response_action": "update", "view": {"type": "modal"}})
        assert amina.submit().failure

    def test_what_slack_minds_does_not_reach_the_bot(self, opened: Callable[..., Any]) -> None:
        amina = opened(None)
        amina.fill("Name", " ")
        assert amina.submit().errors == {"Name": "Please complete this required field."}
        amina.fill("Name", "x" * 3001)
        assert "at most 3000" in amina.submit().errors["Name"]

    def test_closing_is_told_where_that_is_asked_for(self, bot: Bot, opened: Callable[..., Any]) -> None:
        seen = Seen()

        @bot.app.view_closed("form")
        def on_close(ack: Any, body: Any) -> None:
            ack()
            seen(body)

        amina = opened(None)
        amina.close_form()
        [body] = seen.wait_for(1)
        assert body["type"] == "view_closed"
        assert body["is_cleared"] is False
        assert amina.form is None


class TestPresses:
    def test_a_press_carries_what_slack_documents(self, sandbox: Sandbox, bot: Bot) -> None:
        seen = Seen()

        @bot.app.action("take")
        def on_take(ack: Any, body: Any) -> None:
            ack()
            seen(body)

        bot.connect()
        channel = sandbox.channel_id("press-office")
        bot.client.chat_postMessage(
            channel=channel, text="Card", blocks=[actions(button("Take it", "take", value="7"))]
        )
        sandbox.member("Piotr Partner").press("Take it")
        sandbox.member("Piotr Partner").press("Take it")
        first, second = seen.wait_for(2)
        assert first["trigger_id"] != second["trigger_id"]
        assert first["team"]["id"] == sandbox.team_id != first["user"]["team_id"]
        assert first["container"]["channel_id"] == first["channel"]["id"] == channel
        assert first["actions"][0]["value"] == "7"
        assert first["message"]["blocks"][0]["block_id"] == "actions"
        assert {"response_url", "state", "api_app_id", "token", "is_enterprise_install"} <= set(first)

    def test_a_press_in_a_form_carries_what_was_typed(self, sandbox: Sandbox, bot: Bot) -> None:
        seen = Seen()

        @bot.app.shortcut("log")
        def on_shortcut(ack: Any, body: Any, client: Any) -> None:
            blocks = [text_input("Name", "name"), actions(button("Check", "check"))]
            client.views_open(trigger_id=body["trigger_id"], view=modal("Log", blocks=blocks))
            ack()

        @bot.app.action("check")
        def on_check(ack: Any, body: Any) -> None:
            ack()
            seen(body)

        bot.connect()
        amina = sandbox.member("Amina Rahman")
        amina.shortcut("Log a media enquiry")
        amina.fill("Name", "Ada")
        amina.press("Check")
        [body] = seen.wait_for(1)
        assert body["view"]["state"]["values"]["name"]["typed"]["value"] == "Ada"
        assert body["container"]["type"] == "view"
        assert "message" not in body

    def test_a_forged_press_is_sent_as_it_is(self, sandbox: Sandbox, bot: Bot) -> None:
        seen = Seen()

        @bot.app.action("approve")
        def on_approve(ack: Any, body: Any) -> None:
            ack()
            seen(body)

        bot.connect()
        bot.client.chat_postMessage(channel=sandbox.channel_id("press-office"), text="Card")
        gwen = sandbox.member("Gwen Guest")
        gwen.press_raw(gwen.sees("Card", channel="press-office"), "approve", "99")
        assert seen.wait_for(1)[0]["actions"][0]["value"] == "99"


class TestEvents:
    def test_words_to_the_bot_and_mentions_of_it(self, sandbox: Sandbox, bot: Bot) -> None:
        seen = Seen()

        @bot.app.event("message")
        def on_message(body: Any) -> None:
            seen(body)

        @bot.app.event("app_mention")
        def on_mention(body: Any) -> None:
            seen(body)

        bot.connect()
        amina = sandbox.member("Amina Rahman")
        amina.say("<!channel> & hello")
        [body] = seen.wait_for(1)
        assert body["event"]["channel_type"] == "im"
        assert body["event"]["text"] == "&lt;!channel&gt; &amp; hello"
        assert body["authorizations"][0]["is_bot"]
        amina.say("@Test Desk, are you there?", channel="press-office")
        kinds = {body["event"]["type"] for body in seen.wait_for(3)}
        assert kinds == {"message", "app_mention"}

    def test_nothing_from_where_the_bot_is_not_or_what_is_not_declared(self, sandbox: Sandbox, bot: Bot) -> None:
        seen = Seen()

        @bot.app.event("message")
        def on_message(body: Any) -> None:
            seen(body)

        bot.connect()
        amina = sandbox.member("Amina Rahman")
        amina.say("not here", channel="canteen")
        amina.say("nor here: message.groups is not declared", channel="board")
        amina.say("here", channel="press-office")
        assert [body["event"]["text"] for body in seen.wait_for(1)] == ["here"]

    def test_the_home_is_opened(self, sandbox: Sandbox, bot: Bot) -> None:
        @bot.app.event("app_home_opened")
        def on_home(event: Any, client: Any) -> None:
            assert event["tab"] == "home"
            blocks = [actions(button("Refresh"))]
            client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

        bot.connect()
        assert sandbox.member("Amina Rahman").open_home().buttons == ["Refresh"]

    @pytest.mark.usefixtures("impatient")
    def test_an_event_without_an_answer_comes_again_with_the_same_ids(self, sandbox: Sandbox) -> None:
        client = SocketModeClient(app_token=sandbox.app_token)
        client.web_client.base_url = sandbox.api_url
        came: list[SocketModeRequest] = []
        twice = threading.Event()

        def listen(line: SocketModeClient, request: SocketModeRequest) -> None:
            came.append(request)
            if len(came) == 2:
                line.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
                twice.set()

        client.socket_mode_request_listeners.append(listen)  # type: ignore[arg-type]
        client.connect()
        try:
            sandbox.member("Amina Rahman").say("hello")
            assert twice.wait(5)
        finally:
            client.auto_reconnect_enabled = False
            client.closed = True
            client.message_queue.put(None)
            sandbox.faults.drop_socket()
            client.close()
        first, second = came[:2]
        assert (first.retry_attempt, second.retry_attempt) == (0, 1)
        assert second.retry_reason == "timeout"
        assert first.payload["event_id"] == second.payload["event_id"]

    def test_anything_can_be_sent_again(self, sandbox: Sandbox, bot: Bot) -> None:
        seen = Seen()

        @bot.app.command("/enquiry")
        def on_command(ack: Any, body: Any) -> None:
            ack()
            seen(body)

        bot.connect()
        sandbox.member("Amina Rahman").run("/enquiry")
        sandbox.redeliver_last()
        first, second = seen.wait_for(2)
        assert first["trigger_id"] == second["trigger_id"]
