"""What each of Slack's answers means for a posting, and how long a failed one waits."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.delivery import _pause
from bot.slack_refusals import Meaning, Refusal, understand
from storage.outbox import Posting


def refused(error: str | None, *, status: int = 200, headers: dict[str, str] | None = None) -> Refusal:
    data: dict[str, Any] = {"ok": False} if error is None else {"ok": False, "error": error}
    response = SlackResponse(
        client=WebClient(),
        http_verb="POST",
        api_url="https://slack.example/api/chat.postMessage",
        req_args={},
        data=data,
        headers=headers or {},
        status_code=status,
    )
    return understand(SlackApiError("refused", response))  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("header", ["Retry-After", "retry-after"])
def test_a_rate_limit_says_how_long(header: str) -> None:
    """In whatever spelling a server or a proxy gives the header."""
    assert refused("ratelimited", status=429, headers={header: "30"}) == Refusal(
        "ratelimited", Meaning.NOT_NOW, timedelta(seconds=30)
    )


@pytest.mark.parametrize("value", ["", "soon", "0", "-5"])
def test_a_rate_limit_without_a_sensible_time_is_a_second(value: str) -> None:
    """Never none at all, or the next try would come at once."""
    assert refused("ratelimited", status=429, headers={"Retry-After": value}).wait == timedelta(seconds=1)


def test_too_many_messages_is_a_rate_limit_too() -> None:
    """Slack's other word for it comes with status 200."""
    assert refused("rate_limited").meaning is Meaning.NOT_NOW


@pytest.mark.parametrize(
    ("error", "status"),
    [
        ("internal_error", 200),
        ("fatal_error", 200),
        ("service_unavailable", 503),
        (None, 500),
        ("invalid_blocks", 502),
        ("Received a response in a non-JSON format: <!DOCTYPE html>…", 200),
    ],
)
def test_what_may_have_been_done_is_in_doubt(error: str | None, status: int) -> None:
    """Slack says so of the first two; and of a page of HTML nobody knows what stands behind it."""
    assert refused(error, status=status).meaning is Meaning.IN_DOUBT


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "account_inactive", "not_authed"])
def test_a_token_that_is_not_taken_gives_up_nothing(error: str) -> None:
    """It is not about the message, so the message waits."""
    found = refused(error)
    assert found.meaning is Meaning.NOT_NOW
    assert found.wait is not None


@pytest.mark.parametrize(
    "error",
    ["is_archived", "not_in_channel", "channel_not_found", "message_not_found", "user_disabled", "invalid_blocks"],
)
def test_what_will_not_change_by_waiting_is_told_at_once(error: str) -> None:
    """The place is gone, or the words are wrong."""
    assert refused(error) == Refusal(error, Meaning.NEVER)


@pytest.mark.parametrize(("error", "same"), [("is_inactive", "is_archived"), ("thread_not_found", "message_not_found")])
def test_one_thing_has_one_name(error: str, same: str) -> None:
    """A change and a new message get different words for the same trouble; people are told one."""
    assert refused(error) == Refusal(same, Meaning.NEVER)


def test_what_nobody_foresaw_is_worth_a_few_tries() -> None:
    """Neither for ever nor only once."""
    assert refused("a_new_code").meaning is Meaning.UNKNOWN


def test_each_failure_doubles_the_wait_up_to_a_minute() -> None:
    """From half a second."""
    waits = [_pause(Posting(attempts=attempts)).total_seconds() for attempts in range(12)]
    assert waits == [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]
