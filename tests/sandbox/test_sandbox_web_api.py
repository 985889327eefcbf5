"""The Web API answers, and refuses, as Slack documents."""

import urllib.request
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Sandbox
from tests.sandbox.conftest import MANIFEST, PLAN, TestClock, section


def error(call: Callable[..., Any], **args: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**args)
    return str(refused.value.response["error"])


def test_the_bot_learns_who_it_is(sandbox: Sandbox, client: WebClient) -> None:
    answer = client.auth_test()
    assert answer["team"] == "Northbrook Health Alliance"
    assert answer["team_id"] == sandbox.team_id
    assert answer["bot_id"].startswith("B")
    assert "chat:write" in answer.headers["x-oauth-scopes"]


@pytest.mark.parametrize(
    ("bearer", "expected"),
    [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("app", "not_allowed_token_type")],
)
def test_a_call_without_the_right_token_is_refused(sandbox: Sandbox, bearer: str, expected: str) -> None:
    bearer = sandbox.app_token if bearer == "app" else bearer
    client = WebClient(token=bearer, base_url=sandbox.api_url, retry_handlers=[])
    assert error(client.auth_test) == expected


def test_a_socket_needs_the_app_token(sandbox: Sandbox, client: WebClient) -> None:
    assert error(client.apps_connections_open, app_token=sandbox.bot_token) == "not_allowed_token_type"
    assert client.apps_connections_open(app_token=sandbox.app_token)["url"].startswith("ws://127.0.0.1:")


def test_what_it_does_not_know_it_does_not_do(client: WebClient) -> None:
    assert error(client.reactions_add, channel="C1", name="x", timestamp="1.000000") == "unknown_method"
    assert error(client.auth_test, colour="red") == "invalid_arguments"


def test_a_body_that_cannot_be_read_is_refused(sandbox: Sandbox) -> None:
    for content_type, body, expected in (
        ("application/json", b"{", b"invalid_json"),
        ("application/json", b"[]", b"json_not_object"),
        ("text/csv", b"a,b", b"invalid_post_type"),
        ("application/json", b'{"x": "\xff"}', b"invalid_charset"),
        ("application/json", b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", b"invalid_json"),
    ):
        headers = {"Content-Type": content_type, "Authorization": f"Bearer {sandbox.bot_token}"}
        request = urllib.request.Request(f"{sandbox.api_url}auth.test", body, headers)  # noqa: S310
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            assert expected in answer.read()


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("chat:write", lambda client, place: client.chat_postMessage(channel=place, text="x")),
        ("channels:history", lambda client, place: client.conversations_history(channel=place)),
        ("channels:read", lambda client, place: client.conversations_info(channel=place)),
        ("im:write", lambda client, _place: client.conversations_open(users="U1")),
        ("users:read", lambda client, _place: client.users_list()),
    ],
)
def test_a_call_without_its_scope_is_refused(
    tmp_path: Path, clock: TestClock, scope: str, call: Callable[[WebClient, str], Any]
) -> None:
    manifest = tmp_path / "manifest.yml"
    text = MANIFEST.read_text().replace(f"      - {scope}\n", "")
    manifest.write_text(text.replace("      - message.channels\n", ""))
    with Sandbox(PLAN, manifest=manifest, clock=clock) as sandbox:
        client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
        with pytest.raises(SlackApiError) as refused:
            call(client, sandbox.channel_id("press-office"))
        answer = refused.value.response
        assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
        assert scope not in answer["provided"].split(",")


class TestPosting:
    def test_a_message_is_seen_with_what_slack_adds(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("press-office")
        answer = client.chat_postMessage(channel=channel, text="Hello", blocks=[section("*Hello*")])
        assert answer["channel"] == channel
        assert answer["message"]["bot_id"]
        assert answer["message"]["blocks"][0]["block_id"]
        assert sandbox.member("Amina Rahman").sees("Hello", channel="press-office").ts == answer["ts"]

    def test_timestamps_are_the_clocks_and_increase(
        self, sandbox: Sandbox, client: WebClient, clock: TestClock
    ) -> None:
        channel = sandbox.channel_id("press-office")
        first = client.chat_postMessage(channel=channel, text="1")["ts"]
        second = client.chat_postMessage(channel=channel, text="2")["ts"]
        clock.advance(timedelta(hours=1))
        third = client.chat_postMessage(channel=channel, text="3")["ts"]
        assert first.startswith(f"{int(clock.now().timestamp()) - 3600}.")
        assert first < second < third
        assert float(third) - float(first) >= 3600

    @pytest.mark.parametrize(
        ("place", "expected"),
        [
            ("C0000000000", "channel_not_found"),
            ("#press-office", "channel_not_found"),
            ("secret", "channel_not_found"),
            ("canteen", "not_in_channel"),
        ],
    )
    def test_only_where_the_bot_is(self, sandbox: Sandbox, client: WebClient, place: str, expected: str) -> None:
        channel = sandbox.channel_id(place) if place in ("secret", "canteen") else place
        assert error(client.chat_postMessage, channel=channel, text="x") == expected

    def test_not_where_it_was_removed_nor_what_was_archived(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("press-office")
        sandbox.archive("press-office")
        assert error(client.chat_postMessage, channel=channel, text="x") == "is_archived"
        sandbox.unarchive("press-office")
        sandbox.remove_bot("press-office")
        assert error(client.chat_postMessage, channel=channel, text="x") == "not_in_channel"
        sandbox.invite_bot("press-office")
        assert client.chat_postMessage(channel=channel, text="x")["ok"]

    def test_something_must_be_said_and_not_too_much(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("press-office")
        for nothing in ({}, {"text": ""}, {"text": "", "blocks": "[]"}):
            posted = {"channel": channel, **nothing}
            assert error(client.api_call, api_method="chat.postMessage", params=posted) == "no_text"
        assert error(client.chat_postMessage, channel=channel, text="x" * 40_001) == "msg_too_long"
        assert client.chat_postMessage(channel=channel, text="x" * 40_000)["ok"]

    def test_a_persons_id_opens_their_conversation(self, sandbox: Sandbox, client: WebClient) -> None:
        answer = client.chat_postMessage(channel=sandbox.user_id("Amina Rahman"), text="Psst")
        opened = client.conversations_open(users=sandbox.user_id("Amina Rahman"))
        assert answer["channel"] == opened["channel"]["id"]
        assert answer["channel"].startswith("D")
        assert sandbox.member("Amina Rahman").sees("Psst").author == "Test Desk"
        assert error(client.conversations_open, users="U1") == "user_not_found"
        assert error(client.conversations_open, users="") == "users_list_not_supplied"

    def test_a_reply_hangs_on_a_message_that_is_there(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("press-office")
        root = client.chat_postMessage(channel=channel, text="Root")["ts"]
        reply = client.chat_postMessage(channel=channel, text="Reply", thread_ts=root)["ts"]
        assert error(client.chat_postMessage, channel=channel, text="x", thread_ts="1.000000") == "thread_not_found"
        assert error(client.chat_postMessage, channel=channel, text="x", thread_ts=reply) == "thread_not_found"
        amina = sandbox.member("Amina Rahman")
        message = amina.sees("Root", channel="press-office")
        assert [each.text for each in amina.messages("press-office")] == ["Root"]
        assert [each.text for each in amina.messages("press-office", thread=message)] == ["Reply"]

    @pytest.mark.parametrize(
        ("metadata", "expected"),
        [
            ("[]", "invalid_metadata_format"),
            ("{", "invalid_metadata_format"),
            ('{"event_type": "x"}', "invalid_metadata_schema"),
            ('{"event_type": "x", "event_payload": {}, "more": 1}', "invalid_metadata_schema"),
            ('{"event_type": 1, "event_payload": {}}', "invalid_metadata_schema"),
            ('{"event_type": "x", "event_payload": {"k": "' + "x" * 16_000 + '"}}', "metadata_too_large"),
        ],
    )
    def test_metadata_has_its_two_fields(
        self, sandbox: Sandbox, client: WebClient, metadata: str, expected: str
    ) -> None:
        channel = sandbox.channel_id("press-office")
        assert error(client.chat_postMessage, channel=channel, text="x", metadata=metadata) == expected

    def test_an_ephemeral_message_is_one_persons(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("press-office")
        amina, ben = sandbox.member("Amina Rahman"), sandbox.member("Ben Okafor")
        client.chat_postEphemeral(channel=channel, user=amina.id, text="For you")
        assert amina.notices == ["For you"]
        assert amina.sees("For you", channel="press-office").ephemeral
        assert ben.notices == []
        assert client.conversations_history(channel=channel)["messages"] == []
        outside = sandbox.channel_id("board")
        assert error(client.chat_postEphemeral, channel=outside, user=ben.id, text="x") == "user_not_in_channel"


class TestChanging:
    def test_an_update_replaces_and_is_marked(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("press-office")
        ts = client.chat_postMessage(channel=channel, text="Old", blocks=[section("Old")])["ts"]
        client.chat_update(channel=channel, ts=ts, text="New", blocks=[section("New")])
        message = sandbox.member("Amina Rahman").sees("New", channel="press-office")
        assert message.edited
        assert message.ts == ts
        client.chat_update(channel=channel, ts=ts, text="Words alone", blocks=[])
        assert sandbox.member("Amina Rahman").sees("Words alone", channel="press-office").blocks == []

    def test_metadata_stays_unless_it_is_given(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("press-office")
        metadata = {"event_type": "card", "event_payload": {"key": "7"}}
        ts = client.chat_postMessage(channel=channel, text="x", metadata=metadata)["ts"]
        client.chat_update(channel=channel, ts=ts, text="y")

        def kept() -> Any:
            found = client.conversations_history(channel=channel, include_all_metadata=True)
            return found["messages"][0].get("metadata")

        assert kept() == metadata
        client.chat_update(channel=channel, ts=ts, text="z", metadata={})
        assert kept() is None

    def test_what_slack_does_not_let_be_changed(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("press-office")
        ts = client.chat_postMessage(channel=channel, text="x")["ts"]
        theirs = sandbox.member("Amina Rahman").say("Mine", channel="press-office").ts
        assert error(client.chat_update, channel=channel, ts="1.000000", text="x") == "message_not_found"
        assert error(client.chat_update, channel=channel, ts=theirs, text="x") == "cant_update_message"
        assert error(client.chat_delete, channel=channel, ts=theirs) == "cant_delete_message"
        assert error(client.chat_update, channel=channel, ts=ts, text="é" * 2001) == "msg_too_long"
        assert client.chat_update(channel=channel, ts=ts, text="é" * 2000)["ok"]
        assert client.api_call("chat.update", json={"channel": channel, "ts": ts, "text": "half a pair: \ud83d"})["ok"]
        sandbox.archive("press-office")
        assert error(client.chat_update, channel=channel, ts=ts, text="x") == "is_inactive"

    def test_a_deleted_message_is_gone(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("press-office")
        ts = client.chat_postMessage(channel=channel, text="x")["ts"]
        client.chat_delete(channel=channel, ts=ts)
        assert error(client.chat_update, channel=channel, ts=ts, text="x") == "message_not_found"
        assert sandbox.member("Amina Rahman").messages("press-office") == []


class TestReading:
    def test_history_is_newest_first_without_replies_in_pages(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("press-office")
        stamps = [client.chat_postMessage(channel=channel, text=str(n))["ts"] for n in range(5)]
        client.chat_postMessage(channel=channel, text="reply", thread_ts=stamps[0])
        first = client.conversations_history(channel=channel, limit=2)
        assert [message["text"] for message in first["messages"]] == ["4", "3"]
        assert first["has_more"]
        rest = client.conversations_history(channel=channel, limit=10, cursor=first["response_metadata"]["next_cursor"])
        assert [message["text"] for message in rest["messages"]] == ["2", "1", "0"]
        assert not rest["has_more"]
        assert rest["messages"][-1]["reply_count"] == 1

    def test_bounds_count_only_if_inclusive(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("press-office")
        stamps = [client.chat_postMessage(channel=channel, text=str(n))["ts"] for n in range(4)]

        def texts(**args: Any) -> list[str]:
            found = client.conversations_history(channel=channel, oldest=stamps[1], **args)
            return [message["text"] for message in found["messages"]]

        assert texts() == ["3", "2"]
        assert texts(inclusive=True) == ["3", "2", "1"]
        assert texts(latest=stamps[3]) == ["2"]

    def test_a_thread_begins_with_its_root(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("press-office")
        root = client.chat_postMessage(channel=channel, text="root")["ts"]
        for n in range(3):
            client.chat_postMessage(channel=channel, text=str(n), thread_ts=root)
        found = client.conversations_replies(channel=channel, ts=root)
        assert [message["text"] for message in found["messages"]] == ["root", "0", "1", "2"]
        assert error(client.conversations_replies, channel=channel, ts="1.000000") == "thread_not_found"

    def test_metadata_only_when_asked_for(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("press-office")
        metadata = {"event_type": "card", "event_payload": {"key": "7"}}
        client.chat_postMessage(channel=channel, text="x", metadata=metadata)
        assert "metadata" not in client.conversations_history(channel=channel)["messages"][0]
        found = client.conversations_history(channel=channel, include_all_metadata=True)
        assert found["messages"][0]["metadata"] == metadata

    @pytest.mark.parametrize(
        ("args", "expected"),
        [
            ({"limit": 1000}, "invalid_limit"),
            ({"cursor": "guess"}, "invalid_cursor"),
            ({"oldest": "yesterday"}, "invalid_arguments"),
            ({"inclusive": "perhaps"}, "invalid_arguments"),
        ],
    )
    def test_arguments_that_make_no_sense(
        self, sandbox: Sandbox, client: WebClient, args: dict[str, Any], expected: str
    ) -> None:
        assert error(client.conversations_history, channel=sandbox.channel_id("press-office"), **args) == expected

    def test_only_where_the_bot_is(self, sandbox: Sandbox, client: WebClient) -> None:
        assert error(client.conversations_history, channel=sandbox.channel_id("canteen")) == "not_in_channel"
        assert error(client.conversations_history, channel=sandbox.channel_id("secret")) == "channel_not_found"


class TestPeopleAndPlaces:
    def test_a_person_is_described(self, sandbox: Sandbox, client: WebClient) -> None:
        amina = client.users_info(user=sandbox.user_id("Amina Rahman"))["user"]
        assert (amina["real_name"], amina["is_owner"]) == ("Amina Rahman", True)
        assert (amina["tz"], amina["profile"]["title"]) == ("Europe/London", "Press officer")
        assert client.users_info(user=sandbox.user_id("Gwen Guest"))["user"]["is_restricted"]
        assert client.users_info(user=sandbox.user_id("Ben Okafor"))["user"]["tz_offset"] == -5 * 3600
        assert error(client.users_info, user="U0") == "user_not_found"

    def test_everybody_of_ours_is_listed_in_pages(self, client: WebClient) -> None:
        first = client.users_list(limit=2)
        rest = client.users_list(limit=2, cursor=first["response_metadata"]["next_cursor"])
        names = [person["real_name"] for person in first["members"] + rest["members"]]
        assert names == ["Test Desk", "Amina Rahman", "Ben Okafor", "Gwen Guest"]

    def test_who_left_is_deleted_and_in_no_channel(self, sandbox: Sandbox, client: WebClient) -> None:
        ben = sandbox.user_id("Ben Okafor")
        sandbox.deactivate("Ben Okafor")
        assert client.users_info(user=ben)["user"]["deleted"]
        assert ben not in client.conversations_members(channel=sandbox.channel_id("press-office"))["members"]
        assert error(client.conversations_open, users=ben) == "user_disabled"
        assert client.chat_postMessage(channel=ben, text="Slack takes this without a word")["ok"]

    def test_channels_the_bot_may_know_of(self, sandbox: Sandbox, client: WebClient) -> None:
        office = client.conversations_info(channel=sandbox.channel_id("press-office"))["channel"]
        assert (office["is_member"], office["is_ext_shared"], office["is_private"]) == (True, True, False)
        assert error(client.conversations_info, channel=sandbox.channel_id("secret")) == "channel_not_found"
        sandbox.archive("canteen")
        canteen = client.conversations_info(channel=sandbox.channel_id("canteen"))["channel"]
        assert (canteen["is_member"], canteen["is_archived"]) == (False, True)


def test_what_the_bot_called_can_be_looked_at(sandbox: Sandbox, client: WebClient) -> None:
    client.chat_postMessage(channel=sandbox.channel_id("press-office"), text="x")
    error(client.chat_postMessage, channel="C0", text="x")
    methods = [(call.method, call.ok, call.error) for call in sandbox.calls]
    assert methods == [("chat.postMessage", True, None), ("chat.postMessage", False, "channel_not_found")]
    assert sandbox.calls[0].args["text"] == "x"
