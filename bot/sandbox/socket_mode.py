"""Socket Mode: the lines over which the bot is told what people do, and answers that it has heard.

Interactions and commands are delivered once; whoever acted sees it when no answer comes within three seconds of real
time. Events are delivered again, as Slack does: at once, after a minute, after five.
"""

import asyncio
import contextlib
import json
import secrets
import time
import uuid
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox.records import Json

ACK_SECONDS = 3.0
EVENT_RETRIES = (0.0, 60.0, 300.0)
REFRESH_GRACE_SECONDS = 10.0
CLOSING_SECONDS = 0.5  # for the bot to answer that it is closing too
MAX_LINES = 10


@dataclass(frozen=True)
class Ack:
    """What came back for an envelope: maybe a payload; or Slack's word for why nothing did."""

    payload: Json | None = None
    failure: str | None = None


@dataclass
class Line:
    """One connection of the bot. `retiring`: asked to make place for a new one, gets nothing more."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport
    retiring: bool = False


def _envelope(kind: str, payload: Json, *, accepts_response: bool) -> Json:
    """What is delivered, as it is now: told again later, it must not tell of what changed meanwhile."""
    as_it_is = json.loads(json.dumps(payload))
    return {"type": kind, "payload": as_it_is, "accepts_response_payload": accepts_response}


class SocketMode:
    """All lines of the one app."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._lines: list[Line] = []
        self._line_opened = asyncio.Event()
        self._waiting: dict[str, asyncio.Future[Ack]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_sent: Json | None = None
        self.on_bad_ack: Callable[[str], None] = lambda _complaint: None
        self.on_lines_changed: Callable[[], None] = lambda: None

    @property
    def is_connected(self) -> bool:
        """Whether the bot has a line on which it can be told something."""
        return any(not line.retiring for line in self._lines)

    # -- the bot's side

    def new_ticket(self) -> str:
        """What `apps.connections.open` puts into the address; good for one connection."""
        ticket = str(uuid.uuid4())
        self._tickets.add(ticket)
        return ticket

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serves one line until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401, text="the ticket is unknown or used")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(timeout=CLOSING_SECONDS)
        await socket.prepare(request)
        if request.transport is None:
            return socket
        if len(self._lines) >= MAX_LINES:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            return socket
        line = Line(socket, request.transport)
        self._lines.append(line)
        self.on_lines_changed()
        try:
            await socket.send_json(self._hello())
            self._line_opened.set()
            await self._listen(line)
        except ConnectionError:
            pass  # the bot is gone; what it has not acknowledged may still be, on another line
        finally:
            self._lines.remove(line)
            self.on_lines_changed()
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._lines),
            "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "127.0.0.1", "build_number": 1, "approximate_connection_time": 18060},
        }

    async def _listen(self, line: Line) -> None:
        async for message in line.socket:
            if message.type is not WSMsgType.TEXT:
                continue
            try:
                answer = json.loads(message.data)
                waiting = self._waiting.get(str(answer["envelope_id"]))
                ack = Ack(payload=answer.get("payload") or None)
            except (ValueError, KeyError, TypeError):
                self.on_bad_ack(f"not an acknowledgement: {message.data[:200]}")
                continue
            if waiting is not None and not waiting.done():
                waiting.set_result(ack)

    # -- the workspace's side

    async def send(self, kind: str, payload: Json) -> Ack:
        """Delivers a command or an interaction, once, and waits for the answer."""
        self._last_sent = _envelope(kind, payload, accepts_response=True)
        return await self._deliver(self._last_sent)

    def send_event(self, payload: Json) -> None:
        """Delivers an event, again and again by Slack's rule until it is acknowledged; nobody waits for it."""
        self._last_sent = _envelope("events_api", payload, accepts_response=False)
        self._start(self._deliver_event(self._last_sent))

    async def send_again(self) -> Ack:
        """Delivers the last thing sent a second time, as Slack does when it believes the first was lost."""
        if self._last_sent is None:
            raise LookupError("nothing has been sent to the bot yet")
        return await self._deliver(self._last_sent | {"retry_attempt": 1, "retry_reason": "timeout"})

    async def _deliver_event(self, envelope: Json) -> None:
        reason = ""
        for attempt, pause in enumerate((0.0, *EVENT_RETRIES)):
            await asyncio.sleep(pause)
            tried = envelope | {"retry_attempt": attempt, "retry_reason": reason}
            ack = await self._deliver(tried)
            if ack.failure is None:
                return
            reason = "timeout"

    async def _deliver(self, envelope: Json) -> Ack:
        deadline = time.monotonic() + ACK_SECONDS
        line = await self._free_line(deadline)
        if line is None:
            return Ack(failure="dispatch_failed")
        # Redelivery keeps the payload and its ids (event_id, trigger_id); the envelope around it is a new one.
        envelope_id = str(uuid.uuid4())
        waiting: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = waiting
        try:
            await line.socket.send_json({"envelope_id": envelope_id} | envelope)
            async with asyncio.timeout(deadline - time.monotonic()):
                return await waiting
        except (ConnectionError, TimeoutError):
            return Ack(failure="operation_timeout")
        finally:
            del self._waiting[envelope_id]

    async def _free_line(self, deadline: float) -> Line | None:
        """A live line, waiting for one to open: nothing is lost while the bot changes lines."""
        while not self.is_connected:
            self._line_opened.clear()
            try:
                async with asyncio.timeout(deadline - time.monotonic()):
                    await self._line_opened.wait()
            except TimeoutError:
                return None
        return secrets.choice([line for line in self._lines if not line.retiring])

    # -- trouble

    def drop(self) -> None:
        """Cuts every line without a word, as when the network fails."""
        for line in self._lines:
            line.retiring = True
            line.transport.abort()

    async def refresh(self) -> None:
        """Asks the bot for new lines, as Slack does every few hours, and closes the old ones ten seconds later."""
        for line in [line for line in self._lines if not line.retiring]:
            line.retiring = True
            await line.socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})
            self._start(self._close_later(line))

    async def _close_later(self, line: Line) -> None:
        await asyncio.sleep(REFRESH_GRACE_SECONDS)
        await line.socket.close()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Ends every line and every redelivery."""
        for task in tuple(self._tasks):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        for line in tuple(self._lines):
            await line.socket.close()
