"""response_url: five answers in half an hour, where somebody acted."""

import json
from typing import Any

import pytest
from slack_sdk.webhook import WebhookClient

from bot.sandbox import Sandbox
from tests.sandbox.conftest import Bot, actions, button


@pytest.fixture
def urls(sandbox: Sandbox, bot: Bot) -> list[str]:
    """Where the bot may answer, newest last; one comes with each thing that somebody does."""
    collected: list[str] = []

    @bot.app.command("/enquiry")
    @bot.app.action("press")
    def on_act(ack: Any, body: Any) -> None:
        ack()
        collected.append(body["response_url"])

    bot.connect()
    return collected


def answer(url: str, **body: Any) -> tuple[int, str]:
    reply = WebhookClient(url).send_dict(body)
    return reply.status_code, reply.body


def test_an_answer_is_the_persons_or_everybodys(sandbox: Sandbox, urls: list[str]) -> None:
    amina, ben = sandbox.member("Amina Rahman"), sandbox.member("Ben Okafor")
    amina.run("/enquiry", channel="press-office")
    assert answer(urls[0], text="For you") == (200, "ok")
    assert amina.notices == ["For you"]
    assert answer(urls[0], text="For all", response_type="in_channel") == (200, "ok")
    assert not ben.sees("For all", channel="press-office").ephemeral


def test_an_answer_may_replace_or_delete_what_was_pressed(sandbox: Sandbox, bot: Bot, urls: list[str]) -> None:
    channel = sandbox.channel_id("press-office")
    bot.client.chat_postMessage(channel=channel, text="Card", blocks=[actions(button("Press"))])
    amina = sandbox.member("Amina Rahman")
    amina.press("Press")
    assert answer(urls[0], text="Pressed", replace_original=True)[0] == 200
    assert [message.text for message in amina.messages("press-office")] == ["Pressed"]
    assert answer(urls[0], delete_original=True)[0] == 200
    assert amina.messages("press-office") == []


def test_five_answers_and_no_more(sandbox: Sandbox, urls: list[str]) -> None:
    sandbox.member("Amina Rahman").run("/enquiry")
    assert [answer(urls[0], text=str(n))[0] for n in range(5)] == [200] * 5
    status, body = answer(urls[0], text="6")
    assert (status, json.loads(body)["error"]) == (404, "used_url")


def test_half_an_hour_and_no_longer(sandbox: Sandbox, urls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.member("Amina Rahman").run("/enquiry")
    monkeypatch.setattr("bot.sandbox.response_urls.SECONDS", 0.0)
    status, body = answer(urls[0], text="late")
    assert (status, json.loads(body)["error"]) == (404, "expired_url")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x", "colour": "red"}, "invalid_payload"),
        ({"blocks": [{"type": "section"}]}, "invalid_blocks"),
    ],
)
def test_a_malformed_answer_is_refused(sandbox: Sandbox, urls: list[str], body: dict[str, Any], expected: str) -> None:
    sandbox.member("Amina Rahman").run("/enquiry")
    status, reply = answer(urls[0], **body)
    assert (status, json.loads(reply)["error"]) == (400, expected)
    status, reply = answer(urls[0] + "x", text="x")
    assert (status, json.loads(reply)["error"]) == (400, "invalid_token")
