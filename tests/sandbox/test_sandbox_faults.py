"""Trouble on demand: what the bot's own client then meets."""

import threading
import time
from collections.abc import Callable
from http.client import RemoteDisconnected
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Sandbox


@pytest.fixture
def post(sandbox: Sandbox, client: WebClient) -> Callable[[], Any]:
    channel = sandbox.channel_id("press-office")
    return lambda: client.chat_postMessage(channel=channel, text="x")


def posted(sandbox: Sandbox) -> int:
    return len(sandbox.member("Amina Rahman").messages("press-office"))


def test_a_lost_reply_has_taken_effect(sandbox: Sandbox, post: Callable[[], Any]) -> None:
    sandbox.faults.lose_reply("chat.postMessage")
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        post()
    assert posted(sandbox) == 1
    assert post()["ok"]
    assert posted(sandbox) == 2


def test_a_rate_limit_says_when_to_come_back(sandbox: Sandbox, post: Callable[[], Any]) -> None:
    sandbox.faults.rate_limit("chat.postMessage", retry_after=7, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as limited:
            post()
        assert limited.value.response.status_code == 429
        assert limited.value.response.headers["Retry-After"] == "7"
    assert post()["ok"]
    assert posted(sandbox) == 1


def test_a_server_error_does_nothing(sandbox: Sandbox, post: Callable[[], Any]) -> None:
    sandbox.faults.server_error()
    with pytest.raises(SlackApiError) as failed:
        post()
    assert failed.value.response.status_code == 500
    assert posted(sandbox) == 0


def test_a_refusal_can_be_for_one_channel(sandbox: Sandbox, client: WebClient, post: Callable[[], Any]) -> None:
    sandbox.faults.refuse("chat.postMessage", error="restricted_action", channel=sandbox.channel_id("board"))
    assert post()["ok"]
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=sandbox.channel_id("board"), text="x")
    assert refused.value.response["error"] == "restricted_action"


def test_slowness_lasts_until_it_is_cleared(sandbox: Sandbox, post: Callable[[], Any]) -> None:
    sandbox.faults.slow("chat.postMessage", seconds=0.1)
    before = time.monotonic()
    post()
    post()
    assert time.monotonic() - before >= 0.2
    sandbox.faults.clear()
    assert sandbox.faults.strike("chat.postMessage", "") == []


def test_no_reply_lasts_as_long_as_the_caller_waits(sandbox: Sandbox) -> None:
    impatient = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[], timeout=1)
    sandbox.faults.no_reply("auth.test")
    before = time.monotonic()
    with pytest.raises(TimeoutError):
        impatient.auth_test()
    assert 1 <= time.monotonic() - before < 3
    assert impatient.auth_test()["ok"]


def test_a_stop_ends_whoever_waits(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.no_reply("auth.test")
    ended = threading.Event()

    def call() -> None:
        with pytest.raises((RemoteDisconnected, ConnectionResetError)):
            client.auth_test()
        ended.set()

    thread = threading.Thread(target=call)
    thread.start()
    sandbox.wait_until(lambda: sandbox.calls or None)
    sandbox.stop()
    assert ended.wait(5)
    thread.join()
