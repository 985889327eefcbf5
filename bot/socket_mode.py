"""The connection from Slack: slack_sdk's own client, made to hear everything while a connection is replaced.

slack_sdk 3.47 reads all connections in one thread. When Slack asks for a new connection, that thread stays with the old
one until its socket times out, about three seconds, and what comes over the new one meanwhile is not acknowledged; and
a connection that was cut is missed only by the next ping. Here each connection, a line, has a reader of its own; an old
one is read to its end; a new one is sought as soon as one ends, by a thread that nothing else waits for; and whatever
a server may send is read, not only what Slack does send.
"""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR, socket
from time import time
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.base_handler import BaseSocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

WORKERS = 64
"""Presses handled at once. Slack waits three seconds for each acknowledgement."""
FAREWELL_SECONDS = 30.0
"""How long a replaced line is listened to, if Slack does not end it. (It does so after about ten.)"""
ACK_SECONDS = 2.5
"""How long an acknowledgement waits for a line. Later than that Slack has given up on it."""
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 10.0
"""Between two tries to get a line."""


class Line(Connection):
    """One connection. Its end is an end for whoever reads it, and what is sent over it is sent whole."""

    def __init__(self, client: "SteadySocketModeClient", url: str, hear: Callable[["Line", str], None]) -> None:
        super().__init__(
            url=url,
            logger=client.logger,
            ping_interval=client.ping_interval,
            receive_buffer_size=client.receive_buffer_size,
            proxy=client.proxy,
            proxy_headers=client.proxy_headers,
            on_message_listener=lambda message: hear(self, message),
            on_error_listener=lambda error: client.logger.info("a line ends: %s", error),
            ssl_context=client.web_client.ssl,
        )
        self.state = ConnectionState()  # type: ignore[no-untyped-call]
        self._ending = threading.Lock()

    def connect(self) -> None:
        """Raises OSError if there is no connection; slack_sdk says so only in its log."""
        super().connect()
        if self.sock is None:
            raise ConnectionError("Slack did not take the connection")
        self.sock = WholeSocket(self.sock)  # type: ignore[assignment]

    def read(self) -> None:
        self.run_until_completion(self.state)
        self.disconnect()

    def disconnect(self) -> None:
        self.state.terminated = True
        with self._ending:
            if self.sock is not None:
                with suppress(OSError):
                    self.sock.shutdown(SHUT_RDWR)  # a reader that waits on it holds a lock that closing needs
                super().disconnect()


class WholeSocket:
    """A socket as slack_sdk uses it, which gives and takes what is whole: a message, a ping, a pong or a farewell.

    By itself slack_sdk would read the end of a stream again and again, and send large data in part. It calls itself
    once for each kilobyte of a message, and loses one that is larger than Python's stack is deep; it does not know
    messages in several frames (RFC 6455, 5.4); it forgets what it has of one when nothing comes for three seconds; and
    after an empty ping it waits for more instead of answering.
    """

    def __init__(self, inner: socket) -> None:
        self._inner = inner
        self._received = bytearray()
        self._sending = threading.Lock()
        self._message: tuple[int, bytes] = (_TEXT, b"")
        """The kind of a message that comes in several frames, and what is here of it."""

    def recv(self, _size: int) -> bytes:
        while (whole := self._next()) is None:
            received = self._inner.recv(RECEIVE_BYTES)
            if not received:
                raise ConnectionResetError("the other side hung up")
            self._received += received
        return whole

    def _next(self) -> bytes | None:
        """The next thing that is here to its end, as one frame; None if there is none."""
        while (frame := self._frame()) is not None:
            is_last, kind, data = frame
            if kind in (_CONTINUED, _TEXT, _BINARY):
                begun, so_far = self._message if kind == _CONTINUED else (kind, b"")
                self._message = (begun, so_far + data)
                kind, data = self._message
            if kind == _PING and not data:
                self.send(_EMPTY_PONG)
            elif kind == _FAREWELL and not data:
                raise ConnectionResetError("the other side said farewell")
            elif is_last and data:
                return _one_frame(kind, data)
        return None

    def _frame(self) -> tuple[bool, int, bytes] | None:
        """Takes one frame: whether it is the last of its message, its kind, and its data."""
        here = self._received
        while here.startswith(b"\n"):  # the end of the handshake, which slack_sdk leaves; no frame begins so
            del here[:1]
        if len(here) < 2:
            return None
        length, start = here[1] & 0x7F, 2
        if length >= 126:
            start += 2 if length == 126 else 8
            if len(here) < start:
                return None
            length = int.from_bytes(here[2:start])
        if len(here) < start + length:
            return None
        frame = bool(here[0] & 0x80), here[0] & 0x0F, bytes(here[start : start + length])
        del here[: start + length]
        return frame

    def send(self, data: bytes) -> None:
        with self._sending:
            self._inner.sendall(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


RECEIVE_BYTES = 65_536
_CONTINUED, _TEXT, _BINARY, _FAREWELL, _PING = 0x0, 0x1, 0x2, 0x8, 0x9
_EMPTY_PONG = bytes([0x8A, 0x80, 0, 0, 0, 0])
"""What is sent is masked (RFC 6455, 5.3); where there is no data, any mask will do."""


def _one_frame(kind: int, data: bytes) -> bytes:
    length = len(data)
    if length < 126:
        size = bytes([length])
    elif length < 65_536:
        size = bytes([126]) + length.to_bytes(2)
    else:
        size = bytes([127]) + length.to_bytes(8)
    return bytes([0x80 | kind]) + size + data


class SteadySocketModeClient(SocketModeClient):
    """A `SocketModeClient` that is not deaf while it moves to a new line."""

    def __init__(self, app_token: str, web_client: WebClient) -> None:
        super().__init__(app_token=app_token, web_client=web_client, concurrency=WORKERS)
        self._lines: set[Line] = set()
        self._changed = threading.Condition()
        """Told when there is a new line, or will be none."""

    def connect(self) -> None:
        if self.wss_uri is None:
            self.wss_uri = self.issue_new_wss_url()
        line, old = Line(self, self.wss_uri, self._heard), self.current_session
        line.connect()
        with self._changed:
            self._lines.add(line)
            self.current_session, self.current_session_state = line, line.state
            self._changed.notify_all()
        self.auto_reconnect_enabled = self.default_auto_reconnect_enabled and not self.closed
        threading.Thread(target=self._read, args=[line], name=f"line-{line.session_id}", daemon=True).start()
        if old is not None:
            farewell = threading.Timer(FAREWELL_SECONDS, old.disconnect)
            farewell.daemon = True
            farewell.start()
        if not self.current_app_monitor_started:
            self.current_app_monitor_started = True
            self.current_app_monitor.start()
        if self.closed:
            line.disconnect()

    def _run_current_session(self) -> None:
        """Nothing: every line is read by its own thread."""

    def _read(self, line: Line) -> None:
        try:
            line.read()
        finally:
            with self._changed:
                self._lines.discard(line)
            self._replace(line)

    def _heard(self, line: Line, message: str) -> None:
        if json.loads(message).get("type") == "disconnect":
            threading.Thread(target=self._replace, args=[line], name="new-line", daemon=True).start()
        else:
            self.enqueue_message(message)

    def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: FBT001, FBT002 (slack_sdk's signature)
        """Nothing: slack_sdk's monitor ends a line that has gone silent, and whoever read it gets the next."""

    def _replace(self, line: Connection | None) -> None:
        """Gets a line in place of this one, however long it takes, unless another has done so."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            with self.connect_operation_lock:
                if self.current_session is not line or self.closed or not self.auto_reconnect_enabled:
                    return
                try:
                    self.wss_uri = self.issue_new_wss_url()
                    self.connect()
                except Exception as error:  # noqa: BLE001 (whatever it is, the desk must not stay deaf)
                    self.logger.warning("no new line yet: %s", error)
                else:
                    return
            with self._changed:
                self._changed.wait_for(lambda: self.closed, timeout=pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def send_message(self, message: str) -> None:
        """Over the line that there is; if it has just ended, over the next."""
        line = self.current_session
        try:
            line.send(message)  # type: ignore[union-attr]  # what is acknowledged came over a line
        except SlackClientNotConnectedError:
            with self._changed:
                self._changed.wait_for(lambda: self.current_session is not line or self.closed, ACK_SECONDS)
            if self.current_session is None or self.current_session is line:
                raise
            self.current_session.send(message)

    def close(self) -> None:
        """Hears nothing more, lets those who pressed a moment ago have their answer, and hangs up."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()
        self.auto_reconnect_enabled = False
        self.message_queue.put(None)  # or its reader would wait a second for more
        self.message_processor.shutdown()  # type: ignore[no-untyped-call]
        self.message_workers.shutdown()
        for line in list(self._lines):
            line.disconnect()
        super().close()


class SteadySocketModeHandler(BaseSocketModeHandler):
    """Bolt's Socket Mode adapter on the client above."""

    client: SteadySocketModeClient

    def __init__(self, app: App, app_token: str, web_client: WebClient) -> None:
        self.app = app
        self.app_token = app_token
        self.client = SteadySocketModeClient(app_token, web_client)
        self.client.proxy = web_client.proxy
        self.client.socket_mode_request_listeners.append(self.handle)

    def handle(self, client: BaseSocketModeClient, req: SocketModeRequest) -> None:
        started = time()
        send_response(client, req, run_bolt_app(self.app, req), started)
