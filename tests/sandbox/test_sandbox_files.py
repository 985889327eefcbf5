"""Files and e-mails: shared by people, read by the bot, shared by the bot, put into forms, deleted."""

import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.sandbox import ChannelPlan, MemberPlan, Plan, Sandbox, TeamPlan
from bot.sandbox.files import MOST_BYTES, MOST_BYTES_OF_BOT
from tests.sandbox.conftest import MANIFEST, PLAN, Bot, TestClock, input_block, modal

PDF = b"%PDF-1.7 quotes"
FILE_INPUT = {"type": "file_input", "action_id": "files", "filetypes": ["pdf"], "max_files": 2}


def error(call: Callable[..., Any], **args: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**args)
    return str(refused.value.response["error"])


def download(sandbox: Sandbox, url: str, token: str | None = None) -> tuple[str, bytes]:
    headers = {"Authorization": f"Bearer {token or sandbox.bot_token}"} if token != "" else {}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:  # noqa: S310
        return answer.headers["Content-Type"], answer.read()


def send(url: str, content: bytes) -> bytes:
    with urllib.request.urlopen(url, content) as answer:  # noqa: S310
        return bytes(answer.read())


class TestShared:
    def test_the_bot_reads_what_was_shared_where_it_is(self, sandbox: Sandbox, client: WebClient) -> None:
        amina = sandbox.member("Amina Rahman")
        said = amina.upload("Quotes, final.pdf", PDF, text="As agreed")
        assert said.text == "As agreed\nQuotes, final.pdf"
        [listed] = client.conversations_history(channel=said.channel)["messages"][0]["files"]
        file = client.files_info(file=listed["id"])["file"]
        assert listed.items() <= file.items()
        assert (file["name"], file["filetype"], file["size"], file["user"]) == (
            "Quotes, final.pdf",
            "pdf",
            len(PDF),
            amina.id,
        )
        assert file["shares"]["private"][said.channel][0]["ts"] == said.ts
        assert file["ims"] == [said.channel]
        assert download(sandbox, file["url_private_download"]) == ("application/pdf", PDF)

    def test_where_partners_are_only_files_info_tells(self, sandbox: Sandbox, client: WebClient) -> None:
        said = sandbox.member("Piotr Partner").upload("a.txt", b"x", channel="press-office")
        [listed] = client.conversations_history(channel=said.channel)["messages"][0]["files"]
        assert (listed["file_access"], "url_private" in listed) == ("check_file_info", False)
        assert client.files_info(file=listed["id"])["file"]["filetype"] == "text"

    def test_what_is_elsewhere_is_not_there(self, sandbox: Sandbox, client: WebClient) -> None:
        [file] = sandbox.member("Amina Rahman").upload("a.txt", b"x", channel="secret").files
        assert error(client.files_info, file=file.id) == "file_not_found"
        assert error(client.files_info, file="F0") == "file_not_found"

    @pytest.mark.parametrize("token", ["", "xoxb-wrong"])
    def test_without_the_token_there_is_a_page_in_place_of_the_file(
        self, sandbox: Sandbox, client: WebClient, token: str
    ) -> None:
        [file] = sandbox.member("Amina Rahman").upload("a.pdf", PDF).files
        url = client.files_info(file=file.id)["file"]["url_private_download"]
        kind, body = download(sandbox, url, token)
        assert kind.startswith("text/html")
        assert PDF not in body

    def test_without_the_scope_as_well(self, sandbox: Sandbox, client: WebClient) -> None:
        [file] = sandbox.member("Amina Rahman").upload("a.pdf", PDF).files
        url = client.files_info(file=file.id)["file"]["url_private_download"]
        manifest = sandbox._world.manifest
        object.__setattr__(manifest, "scopes", manifest.scopes - {"files:read", "files:write"})
        assert error(client.files_info, file=file.id) == "missing_scope"
        assert error(client.files_getUploadURLExternal, filename="a", length=1) == "missing_scope"
        assert download(sandbox, url)[0].startswith("text/html")

    def test_a_deleted_file_is_gone_everywhere(self, sandbox: Sandbox, client: WebClient) -> None:
        amina = sandbox.member("Amina Rahman")
        said = amina.upload("a.pdf", PDF)
        url = client.files_info(file=said.files[0].id)["file"]["url_private_download"]
        sandbox.delete_file(said.files[0].id)
        assert error(client.files_info, file=said.files[0].id) == "file_deleted"
        [listed] = client.conversations_history(channel=said.channel)["messages"][0]["files"]
        assert listed["mode"] == "tombstone"
        assert amina.messages()[0].text == "This file was deleted."
        with pytest.raises(urllib.error.HTTPError, match="404"):
            download(sandbox, url)

    def test_nobody_shares_nothing_or_too_much(self, sandbox: Sandbox) -> None:
        amina = sandbox.member("Amina Rahman")
        with pytest.raises(ValueError, match=r"a\.pdf is empty"):
            amina.upload("a.pdf", b"")
        with pytest.raises(ValueError, match=r"a\.pdf is larger than 10 MB"):
            amina.upload("a.pdf", bytes(MOST_BYTES + 1))

    def test_files_survive_a_restart(self, tmp_path: Path, clock: TestClock) -> None:
        state = tmp_path / "workspace.db"
        with Sandbox(PLAN, manifest=MANIFEST, clock=clock, state=state) as first:
            amina = first.member("Amina Rahman")
            kept, gone = (amina.upload(name, PDF).files[0].id for name in ("kept.pdf", "gone.pdf"))
            first.delete_file(gone)
        with Sandbox(PLAN, manifest=MANIFEST, clock=clock, state=state) as second:
            client = WebClient(token=second.bot_token, base_url=second.api_url, retry_handlers=[])
            file = client.files_info(file=kept)["file"]
            assert download(second, file["url_private_download"])[1] == PDF
            assert error(client.files_info, file=gone) == "file_deleted"
            assert [message.text for message in second.member("Amina Rahman").messages()] == [
                "kept.pdf",
                "This file was deleted.",
            ]


def test_an_email_is_a_file_with_all_that_slack_reads_in_it(sandbox: Sandbox, client: WebClient) -> None:
    sent = datetime(2026, 11, 23, 8, 15, tzinfo=UTC)
    text = "Dear press office,\n\nwhy are the buses late?\n" + "x" * 500
    said = sandbox.member("Amina Rahman").forward_email(
        "Late buses",
        text,
        channel="board",
        sender="Rosa Achter <rosa@courier.example>",
        cc=("desk@courier.example",),
        sent=sent,
    )
    assert said.author == "Slackbot"
    assert said.text.startswith("Late buses\nDear press office,")
    file = client.files_info(file=said.files[0].id)["file"]
    assert (file["filetype"], file["mode"], file["subject"]) == ("email", "email", "Late buses")
    assert file["from"] == [
        {"address": "rosa@courier.example", "name": "Rosa Achter", "original": "Rosa Achter <rosa@courier.example>"}
    ]
    assert file["to"][0]["address"] == "amina.rahman@northbrook-health-alliance.example"
    assert file["cc"][0]["address"] == "desk@courier.example"
    assert (file["timestamp"], file["has_more"]) == (int(sent.timestamp()), True)
    assert file["plain_text"] == text
    assert text.startswith(file["preview_plain_text"])
    kind, body = download(sandbox, file["url_private_download"])
    assert kind == "text/html"
    assert b"why are the buses late?" in body


class TestUploads:
    def test_slack_sdks_own_upload_works(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("board")
        root = client.chat_postMessage(channel=channel, text="Card")["ts"]
        answer = client.files_upload_v2(
            filename="log.csv", content=b"a,b", title="The log", channel=channel, initial_comment="Here", thread_ts=root
        )
        assert answer["file"]["title"] == "The log"
        amina = sandbox.member("Amina Rahman")
        [reply] = amina.messages("board", thread=amina.sees("Card", channel="board"))
        assert (reply.text, reply.author, reply.files[0].content) == ("Here\nlog.csv", "Test Desk", b"a,b")
        shares = client.files_info(file=answer["file"]["id"])["file"]["shares"]
        assert shares["private"][channel][0]["thread_ts"] == root

    def test_a_file_may_be_in_no_conversation(self, client: WebClient) -> None:
        file_id = client.files_upload_v2(filename="log.csv", content=b"a,b")["file"]["id"]
        assert client.files_info(file=file_id)["file"]["shares"] == {}

    def test_a_file_is_there_once_it_is_completed_and_only_once(self, client: WebClient) -> None:
        step = client.files_getUploadURLExternal(filename="log.csv", length=3)
        file_id, complete = step["file_id"], client.files_completeUploadExternal
        assert error(complete, files=[{"id": file_id}]) == "file_not_found"
        with pytest.raises(urllib.error.HTTPError, match="400"):
            send(step["upload_url"], b"four")
        assert send(step["upload_url"], b"abc") == b"OK - 3"
        assert error(client.files_info, file=file_id) == "file_not_found"
        assert complete(files=[{"id": file_id}])["files"] == [{"id": file_id, "title": "log.csv"}]
        assert error(complete, files=[{"id": file_id}]) == "file_not_found"
        assert client.files_info(file=file_id)["ok"]

    @pytest.mark.parametrize(
        ("channel", "expected"),
        [("secret", "channel_not_found"), ("canteen", "not_in_channel"), ("", "channel_not_found")],
    )
    def test_a_file_goes_only_where_the_bot_is(
        self, sandbox: Sandbox, client: WebClient, channel: str, expected: str
    ) -> None:
        place = sandbox.channel_id(channel) if channel else sandbox.user_id("Amina Rahman")
        assert error(client.files_upload_v2, filename="a.csv", content=b"a", channel=place) == expected
        thread = {"channel": sandbox.channel_id("board"), "thread_ts": "1.000000"}
        assert error(client.files_upload_v2, filename="a.csv", content=b"a", **thread) == "thread_not_found"

    def test_sizes_that_slack_refuses(self, client: WebClient) -> None:
        begin = client.files_getUploadURLExternal
        assert error(begin, filename="a", length=0) == "missing_argument"
        assert error(begin, filename="a", length=MOST_BYTES_OF_BOT + 1) == "file_upload_size_restricted"
        for files in ([], [{"title": "x"}], [{"id": "F1", "colour": "red"}]):
            assert error(client.files_completeUploadExternal, files=files) == "invalid_arguments"

    def test_a_lost_reply_has_shared_the_file(self, sandbox: Sandbox, client: WebClient) -> None:
        """What the bot kept of the first step tells it afterwards whether the third took effect."""
        channel = sandbox.channel_id("board")
        step = client.files_getUploadURLExternal(filename="log.csv", length=3)
        send(step["upload_url"], b"abc")
        sandbox.faults.lose_reply("files.completeUploadExternal", channel=channel)
        with pytest.raises(OSError, match=r"closed|reset"):
            client.files_completeUploadExternal(files=[{"id": step["file_id"]}], channel_id=channel)
        assert channel in client.files_info(file=step["file_id"])["file"]["shares"]["private"]

    def test_the_bot_deletes_its_own_and_nothing_else(self, sandbox: Sandbox, client: WebClient) -> None:
        channel = sandbox.channel_id("board")
        own = client.files_upload_v2(filename="log.csv", content=b"a,b", channel=channel)["file"]["id"]
        [other] = sandbox.member("Amina Rahman").upload("a.pdf", PDF).files
        assert client.files_delete(file=own)["ok"]
        assert error(client.files_delete, file=own) == "file_deleted"
        assert error(client.files_delete, file=other.id) == "cant_delete_file"
        assert error(client.files_delete, file="F0") == "file_not_found"

    def test_trouble_with_the_bytes(self, sandbox: Sandbox, client: WebClient) -> None:
        sandbox.faults.server_error("upload_url")
        with pytest.raises((SlackRequestError, urllib.error.HTTPError)):
            client.files_upload_v2(filename="log.csv", content=b"a,b")
        file_id = client.files_upload_v2(filename="log.csv", content=b"a,b")["file"]["id"]
        url = client.files_info(file=file_id)["file"]["url_private_download"]
        sandbox.faults.rate_limit("url_private", retry_after=7)
        with pytest.raises(urllib.error.HTTPError, match="429"):
            download(sandbox, url)
        assert download(sandbox, url)[1] == b"a,b"
        assert [call.ok for call in sandbox.calls if call.method == "url_private"] == [False, True]


class TestInForms:
    def test_what_was_put_in_reaches_the_bot(self, sandbox: Sandbox, bot: Bot) -> None:
        given: list[Any] = []

        @bot.app.view("form")
        def on_form(ack: Any, view: Any, client: Any) -> None:
            given.extend(view["state"]["values"]["cuttings"]["files"]["files"])
            given.append(client.files_info(file=given[0]["id"])["file"])
            ack()

        bot.connect()
        amina = sandbox.member("Amina Rahman")
        trigger_id = sandbox.ask(lambda: sandbox.workspace.new_trigger(amina.id))
        view = modal("Cuttings", blocks=[input_block("Cuttings", "cuttings", FILE_INPUT)])
        bot.client.views_open(trigger_id=trigger_id, view=view)
        assert amina.submit()
        amina.fill("Cuttings", ("photo.png", b"x"))
        form = amina.submit()
        assert form
        assert form.errors == {"Cuttings": "Please choose files of these kinds: pdf."}
        amina.fill("Cuttings", [("1.pdf", PDF), ("2.pdf", PDF), ("3.pdf", PDF)])
        form = amina.submit()
        assert form
        assert (form.errors, form.values) == (
            {"Cuttings": "Please choose at most 2 files."},
            {"Cuttings": ["1.pdf", "2.pdf", "3.pdf"]},
        )
        amina.fill("Cuttings", ("1.pdf", PDF))
        assert amina.submit() is None
        assert given[0]["name"] == given[1]["name"] == "1.pdf"

    def test_only_a_modal_asks_for_files_and_only_with_the_scope(self, sandbox: Sandbox, client: WebClient) -> None:
        amina = sandbox.user_id("Amina Rahman")
        blocks = [input_block("Cuttings", "cuttings", FILE_INPUT)]
        trigger_id = sandbox.ask(lambda: sandbox.workspace.new_trigger(amina))
        home = {"type": "home", "blocks": blocks}
        assert error(client.views_publish, user_id=amina, view=home) == "invalid_arguments"
        too_many = [input_block("x", "x", {**FILE_INPUT, "max_files": 11})]
        assert error(client.views_open, trigger_id=trigger_id, view=modal("x", blocks=too_many)) == "invalid_arguments"
        manifest = sandbox._world.manifest
        object.__setattr__(manifest, "scopes", manifest.scopes - {"files:read"})
        assert error(client.views_open, trigger_id=trigger_id, view=modal("x", blocks=blocks)) == "missing_scope"


def test_the_bot_is_told_of_messages_where_it_is(sandbox: Sandbox, bot: Bot) -> None:
    told: list[Any] = []

    @bot.app.event("message")
    def on_message(event: Any) -> None:
        told.append(event)

    bot.connect()
    amina = sandbox.member("Amina Rahman")
    root = amina.say("Looks good", channel="press-office")
    amina.say("Very", channel="press-office", thread=root)
    amina.say("Nobody hears", channel="canteen")
    amina.upload("quotes.pdf", PDF, text="For you")
    events = sandbox.wait_until(lambda: told if len(told) == 3 else None)
    events.sort(key=lambda event: event["ts"])
    assert [(event["channel_type"], event.get("subtype"), event["text"]) for event in events] == [
        ("channel", None, "Looks good"),
        ("channel", None, "Very"),
        ("im", "file_share", "For you"),
    ]
    assert events[1]["thread_ts"] == root.ts
    assert events[1]["parent_user_id"] == amina.id
    assert events[2]["files"][0]["url_private_download"].startswith(sandbox.url)


def test_a_message_shortcut_brings_the_message_and_its_files(sandbox: Sandbox, bot: Bot) -> None:
    bodies: list[Any] = []

    @bot.app.shortcut({"type": "message_action", "callback_id": "from_message"})
    def on_shortcut(ack: Any, body: Any, client: Any) -> None:
        ack()
        bodies.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=modal("Make an enquiry"))

    bot.connect()
    ben = sandbox.member("Ben Okafor")
    said = sandbox.member("Amina Rahman").forward_email(
        "Late buses", "Why?", channel="press-office", sender="rosa@courier.example"
    )
    assert ben.message_shortcut("Make an enquiry", said).title == "Make an enquiry"
    [body] = bodies
    assert body["type"] == "message_action"
    assert (body["message_ts"], body["message"]["ts"]) == (said.ts, said.ts)
    assert body["channel"] == {"id": said.channel, "name": "press-office"}
    assert body["message"]["files"][0]["id"] == said.files[0].id
    assert {"response_url", "trigger_id", "action_ts", "user", "team", "callback_id"} <= set(body)


def test_somebody_may_have_left_before_the_first_day(clock: TestClock) -> None:
    plan = Plan(
        TeamPlan("Northbrook"),
        members=(MemberPlan("Ada"), MemberPlan("Ida", gone=True, email="ida@example.org")),
        channels=(ChannelPlan("office", members=("Ada", "Ida"), bot=True),),
    )
    with Sandbox(plan, manifest=MANIFEST, clock=clock) as sandbox:
        client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
        assert (
            sandbox.user_id("Ida") not in client.conversations_members(channel=sandbox.channel_id("office"))["members"]
        )
        user = client.users_info(user=sandbox.user_id("Ida"))["user"]
        assert (user["deleted"], user["profile"]["email"]) == (True, "ida@example.org")


def test_who_left_may_come_back_and_has_an_address(sandbox: Sandbox, client: WebClient) -> None:
    ben = sandbox.member("Ben Okafor")
    sandbox.deactivate("Ben Okafor")
    assert client.users_info(user=ben.id)["user"]["deleted"]
    sandbox.reactivate("Ben Okafor")
    sandbox.invite("Ben Okafor", "press-office")
    user = client.users_info(user=ben.id)["user"]
    assert (user["deleted"], user["tz"]) == (False, "America/New_York")
    assert user["profile"]["email"] == "ben.okafor@northbrook-health-alliance.example"
    assert ben.say("Back", channel="press-office").text == "Back"
    partner = client.users_info(user=sandbox.user_id("Piotr Partner"))["user"]
    assert "email" not in partner["profile"]
