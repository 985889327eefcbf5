"""The connection from Slack: slack_sdk's own client, made to hear everything while a connection is replaced.

slack_sdk 3.47 reads all connections in one thread. When Slack asks for a new connection, that thread stays with the old
one until its socket times out, about three seconds, and what comes over the new one meanwhile is not acknowledged. Here
each connection has a reader of its own, and the old one is read to its end.
"""

import threading
from time import time
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.base_handler import BaseSocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

WORKERS = 64
"""Presses handled at once. Slack waits three seconds for each acknowledgement."""
FAREWELL_SECONDS = 5.0
"""How long a replaced connection is still listened to."""


class SteadySocketModeClient(SocketModeClient):
    """A `SocketModeClient` that is not deaf while it moves to a new connection."""

    def connect(self) -> None:
        old, old_state = self.current_session, self.current_session_state
        if self.wss_uri is None:
            self.wss_uri = self.issue_new_wss_url()
        session = Connection(
            url=self.wss_uri,
            logger=self.logger,
            ping_interval=self.ping_interval,
            receive_buffer_size=self.receive_buffer_size,
            proxy=self.proxy,
            proxy_headers=self.proxy_headers,
            on_message_listener=self._on_message,
            on_error_listener=self._on_error,
            on_close_listener=self._on_close,
            ssl_context=self.web_client.ssl,
        )
        session.connect()
        self.current_session, self.current_session_state = session, ConnectionState()  # type: ignore[no-untyped-call]
        self.auto_reconnect_enabled = self.default_auto_reconnect_enabled
        self._read_in_a_thread(session, self.current_session_state)
        if old is not None:
            _part_from(old, old_state)
        if not self.current_app_monitor_started:
            self.current_app_monitor_started = True
            self.current_app_monitor.start()

    def _run_current_session(self) -> None:
        """Nothing: every connection is read by its own thread."""

    def _read_in_a_thread(self, session: Connection, state: ConnectionState) -> None:
        def read() -> None:
            try:
                session.run_until_completion(state)
            except OSError as error:
                self.logger.info("a connection ended: %s", error)

        threading.Thread(target=read, name=f"socket-{session.session_id}", daemon=True).start()

    def _on_close(self, code: int, reason: str | None = None) -> None:
        if not self.is_connected():  # the end of a connection that has been replaced is no reason for a new one
            super()._on_close(code, reason)


class SteadySocketModeHandler(BaseSocketModeHandler):
    """Bolt's Socket Mode adapter on the client above."""

    def __init__(self, app: App, app_token: str, web_client: WebClient) -> None:
        self.app = app
        self.app_token = app_token
        self.client = SteadySocketModeClient(app_token=app_token, web_client=web_client, concurrency=WORKERS)
        self.client.proxy = web_client.proxy
        self.client.socket_mode_request_listeners.append(self.handle)

    def handle(self, client: BaseSocketModeClient, req: SocketModeRequest) -> None:
        started = time()
        send_response(client, req, run_bolt_app(self.app, req), started)


def _part_from(old: Connection, state: ConnectionState) -> None:
    def part() -> None:
        state.terminated = True
        old.close()

    timer: Any = threading.Timer(FAREWELL_SECONDS, part)
    timer.daemon = True
    timer.start()
