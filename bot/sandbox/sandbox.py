"""The workspace as a running server: one thread with its own loop, bound to this machine alone."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from bot.sandbox.acts import Acts
from bot.sandbox.api_calls import Call, World
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.files import MOST_BYTES_OF_BOT
from bot.sandbox.manifest import Manifest
from bot.sandbox.member import Member
from bot.sandbox.page_api import PageApi, only_from_here
from bot.sandbox.plan import Clock, Plan
from bot.sandbox.records import Channel, Person
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.store import Store
from bot.sandbox.web_api import WebApi
from bot.sandbox.workspace import Workspace

Result = TypeVar("Result")
LOOK_AGAIN_SECONDS = 0.01


class Sandbox:
    """A Slack workspace on one's own machine. Everything in it happens on its own loop; these methods call there."""

    def __init__(self, plan: Plan, *, manifest: Path, clock: Clock, state: Path | None = None, port: int = 0) -> None:
        declared = Manifest.read(manifest)
        self._port = port
        self._store = Store(state)
        self.workspace = Workspace(plan, clock, self._store, declared.bot_name)
        self.socket = SocketMode(self.workspace.identity.app_id)
        events = Events(self.workspace, declared, self.socket)
        self._world = World(self.workspace, declared, self.socket, events)
        response_urls = ResponseUrls(self._world)
        self.acts = Acts(self._world, response_urls)
        self.faults = Faults(
            drop_socket=lambda: self.ask(self.socket.drop),
            refresh_socket=lambda: self.do(self.socket.refresh()),
        )
        self._web_api = WebApi(self._world, self.faults, response_urls)
        self.socket.on_bad_ack = lambda complaint: self._web_api.record("ack", {}, complaint)
        self.socket.on_lines_changed = lambda: self.workspace.changes.tell("lines")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="slack-sandbox", daemon=True)
        self._runner: web.AppRunner | None = None

    # -- life

    def start(self) -> Self:
        """Opens the port. With `port=0` the system chooses one, which `url` then has."""
        self._thread.start()
        try:
            self.do(self._serve())
        except OSError:  # someone else has the port
            self.stop()
            raise
        return self

    async def _serve(self) -> None:
        app = web.Application(client_max_size=MOST_BYTES_OF_BOT, middlewares=[only_from_here])
        app.add_routes(
            [
                *self._web_api.routes(),
                web.get("/link", self.socket.connect),
                *PageApi(self._world, self.acts).routes(),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self.workspace.address = self.url

    def stop(self) -> None:
        """Closes every connection, the port, the loop, the thread and the state file."""
        if self._thread.is_alive():
            self.do(self._shut())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()
        self._store.close()

    async def _shut(self) -> None:
        await self.socket.close()
        if self._runner is not None:
            await self._runner.cleanup()
        ours = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not ours]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # -- across threads

    def do(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Runs something on the workspace's loop and waits for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def ask(self, question: Callable[[], Result]) -> Result:
        """Calls something on the workspace's loop, where nothing else changes meanwhile."""

        async def on_loop() -> Result:
            return question()

        return self.do(on_loop())

    def wait_until(self, look: Callable[[], Result | None], patience: float = 5.0) -> Result:
        """Looks, on the caller's thread, until something is found; AssertionError if never.

        It looks again after each change here, and every few milliseconds, as what is looked at may be elsewhere.
        """
        until = time.monotonic() + patience
        found = look()
        while found is None and time.monotonic() < until:
            self.do(self.workspace.changes.next(LOOK_AGAIN_SECONDS))
            found = look()
        if found is None:
            last = [(call.method, call.error) for call in self.calls[-10:]]
            raise AssertionError(f"waited {patience} s in vain; the bot's last calls: {last}")
        return found

    # -- addresses and names

    @property
    def url(self) -> str:
        """The page."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        """The Web API: what SLACK_API_URL is set to."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot's token."""
        return self.workspace.identity.bot_token

    @property
    def app_token(self) -> str:
        """The app's token, for Socket Mode."""
        return self.workspace.identity.app_token

    @property
    def team_id(self) -> str:
        """The workspace that the bot is installed in."""
        return self.workspace.team.id

    def user_id(self, name: str) -> str:
        """A member's id."""
        return self.workspace.person_named(name).id

    def channel_id(self, name: str) -> str:
        """A channel's id."""
        return self.workspace.channel_named(name).id

    def member(self, name: str) -> Member:
        """A person, to act as."""
        return Member(self, self.workspace.person_named(name))

    @property
    def calls(self) -> list[Call]:
        """What the bot called, oldest first."""
        if not self._loop.is_running():
            return list(self._web_api.calls)
        return self.ask(lambda: list(self._web_api.calls))

    @property
    def connected(self) -> bool:
        """Whether the bot has a line that it can be told something on."""
        return self.socket.is_connected

    # -- what an administrator does

    def archive(self, channel: str) -> None:
        """Closes a channel to new messages."""
        self.ask(lambda: self._set_archived(self.workspace.channel_named(channel), archived=True))

    def unarchive(self, channel: str) -> None:
        """Opens it again."""
        self.ask(lambda: self._set_archived(self.workspace.channel_named(channel), archived=False))

    def _set_archived(self, channel: Channel, *, archived: bool) -> None:
        channel.archived = archived
        self.workspace.keep(channel)
        self._world.events.archived(channel)

    def remove_bot(self, channel: str) -> None:
        """Takes the bot out of a channel."""
        self.ask(lambda: self._leave(channel, self.workspace.identity.bot_user_id))

    def invite_bot(self, channel: str) -> None:
        """Brings the bot into a channel."""
        self.ask(lambda: self._join(channel, self.workspace.identity.bot_user_id))

    def invite(self, member: str, channel: str) -> None:
        """Brings a person into a channel."""
        self.ask(lambda: self._join(channel, self.workspace.person_named(member).id))

    def _join(self, name: str, user: str) -> None:
        channel = self.workspace.channel_named(name)
        if user not in channel.members:
            channel.members.append(user)
            self.workspace.keep(channel)
            self._world.events.came_or_went("member_joined_channel", channel, user)

    def _leave(self, name: str, user: str) -> None:
        channel = self.workspace.channel_named(name)
        channel.members.remove(user)
        self.workspace.keep(channel)
        self._world.events.came_or_went("member_left_channel", channel, user)

    def deactivate(self, member: str) -> None:
        """Someone leaves the organisation: their account stays, and is in no channel any more."""

        def leave() -> None:
            person = self.workspace.person_named(member)
            self._set_gone(person, gone=True)
            for channel in self.workspace.channels.values():
                if person.id in channel.members and not channel.with_user:
                    channel.members.remove(person.id)
                    self.workspace.keep(channel)

        self.ask(leave)

    def reactivate(self, member: str) -> None:
        """Someone comes back: the account is theirs again, and it takes an invitation to be in a channel."""
        self.ask(lambda: self._set_gone(self.workspace.person_named(member), gone=False))

    def _set_gone(self, person: Person, *, gone: bool) -> None:
        person.gone = gone
        self.workspace.keep(person)

    def delete_file(self, file_id: str) -> None:
        """Takes a file away for everybody; the messages that it was in stay."""
        self.ask(lambda: self.workspace.drop_file(self.workspace.files[file_id]))

    def redeliver_last(self) -> None:
        """Sends the last thing that the bot was told a second time, with the same ids."""
        self.do(self.socket.send_again())
