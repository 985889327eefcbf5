"""The lines of Socket Mode themselves: one lost, one replaced, several at once, and nothing lost over it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, ClientWSTimeout, WSMsgType, WSServerHandshakeError

from bot.sandbox import Sandbox
from tests.sandbox.conftest import Bot


@asynccontextmanager
async def open_line(session: ClientSession, sandbox: Sandbox) -> AsyncIterator[ClientWebSocketResponse]:
    ticket = sandbox.ask(sandbox.socket.new_ticket)
    async with session.ws_connect(
        f"{sandbox.url}/link?ticket={ticket}", timeout=ClientWSTimeout(ws_receive=5, ws_close=1)
    ) as line:
        assert (await line.receive_json())["type"] == "hello"
        yield line


class TestLines:
    """The wire itself, without slack_sdk in between."""

    def test_a_ticket_is_good_for_one_line(self, sandbox: Sandbox) -> None:
        async def try_twice() -> None:
            async with ClientSession() as session:
                url = sandbox.ask(lambda: f"{sandbox.url}/link?ticket={sandbox.socket.new_ticket()}")
                async with session.ws_connect(url) as line:
                    hello = await line.receive_json()
                    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
                    with pytest.raises(WSServerHandshakeError):
                        await session.ws_connect(url)
                with pytest.raises(WSServerHandshakeError):
                    await session.ws_connect(f"{sandbox.url}/link?ticket=guess")

        asyncio.run(try_twice())

    def test_a_refresh_loses_nothing(self, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("bot.sandbox.socket_mode.REFRESH_GRACE_SECONDS", 0.1)
        amina = sandbox.member("Amina Rahman")

        async def refresh() -> None:
            async with ClientSession() as session, open_line(session, sandbox) as old:
                await asyncio.to_thread(sandbox.faults.refresh_socket)
                asked = await old.receive_json()
                assert (asked["type"], asked["reason"]) == ("disconnect", "refresh_requested")
                await asyncio.to_thread(amina.say, "said between two lines")
                async with open_line(session, sandbox) as new:
                    envelope = await new.receive_json()
                    await new.send_json({"envelope_id": envelope["envelope_id"]})
                    assert envelope["payload"]["event"]["text"] == "said between two lines"
                    assert (await old.receive()).type is WSMsgType.CLOSE

        asyncio.run(refresh())

    @pytest.mark.usefixtures("impatient")
    def test_what_a_cut_line_left_unanswered_comes_again(self, sandbox: Sandbox) -> None:
        amina = sandbox.member("Amina Rahman")

        async def cut() -> None:
            async with ClientSession() as session:
                async with open_line(session, sandbox) as first:
                    await asyncio.to_thread(amina.say, "hello")
                    lost = await first.receive_json()
                    await asyncio.to_thread(sandbox.faults.drop_socket)
                async with open_line(session, sandbox) as second:
                    again = await second.receive_json()
                    await second.send_json({"envelope_id": again["envelope_id"]})
                    assert again["retry_attempt"] == 1
                    assert again["payload"] == lost["payload"]

        asyncio.run(cut())

    def test_an_answer_counts_on_whichever_line_it_comes(self, sandbox: Sandbox) -> None:
        amina = sandbox.member("Amina Rahman")

        async def answer() -> None:
            async with ClientSession() as session, open_line(session, sandbox) as first:
                running = asyncio.ensure_future(asyncio.to_thread(amina.run, "/enquiry"))
                envelope = await first.receive_json()
                async with open_line(session, sandbox) as second:
                    await second.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Here"}})
                    assert (await running).text == "Here"

        asyncio.run(answer())

    def test_more_than_ten_lines_are_too_many(self, sandbox: Sandbox) -> None:
        async def open_eleven() -> None:
            async with ClientSession() as session, AsyncExitStack() as lines:
                for _ in range(10):
                    await lines.enter_async_context(open_line(session, sandbox))
                url = sandbox.ask(lambda: f"{sandbox.url}/link?ticket={sandbox.socket.new_ticket()}")
                async with session.ws_connect(url) as eleventh:
                    assert (await eleventh.receive_json())["reason"] == "too_many_websockets"

        asyncio.run(open_eleven())

    @pytest.mark.parametrize("nonsense", ["", "[]", "{}", '"envelope_id"'])
    def test_nonsense_on_the_line_is_noted(self, sandbox: Sandbox, nonsense: str) -> None:
        async def send() -> None:
            async with ClientSession() as session, open_line(session, sandbox) as line:
                await line.send_str(nonsense)
                await asyncio.to_thread(sandbox.wait_until, lambda: next(iter(sandbox.calls), None))

        asyncio.run(send())
        assert sandbox.calls[0].method == "ack"


class TestRealClient:
    def test_it_comes_back_after_a_refresh_and_a_cut(self, sandbox: Sandbox, bot: Bot) -> None:
        @bot.app.command("/enquiry")
        def on_command(ack: Any) -> None:
            ack("Here")

        def opened(times: int) -> bool | None:
            return [call.method for call in sandbox.calls].count("apps.connections.open") == times or None

        bot.connect()
        amina = sandbox.member("Amina Rahman")
        assert amina.run("/enquiry").text == "Here"
        sandbox.faults.drop_socket()
        sandbox.wait_until(lambda: opened(2))
        sandbox.wait_until(lambda: sandbox.connected or None)
        assert amina.run("/enquiry").text == "Here"
        sandbox.faults.refresh_socket()
        sandbox.wait_until(lambda: opened(3))
        sandbox.wait_until(lambda: sandbox.connected or None)

    def test_each_thing_goes_to_one_of_several_bots(self, sandbox: Sandbox, new_bot: Callable[[], Bot]) -> None:
        def answering(answer: str) -> Callable[[Any], None]:
            return lambda ack: ack(answer)

        for answer in ("one", "two"):
            bot = new_bot()
            bot.app.command("/enquiry")(answering(answer))
            bot.connect()
        amina = sandbox.member("Amina Rahman")
        assert {amina.run("/enquiry").text for _ in range(24)} == {"one", "two"}
