"""Which events the bot is told of: those that the manifest declares, from where the bot is."""

import secrets

from bot.sandbox import payloads
from bot.sandbox.manifest import Manifest
from bot.sandbox.records import Channel, Json, Person, Post
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.workspace import Workspace

MESSAGE_EVENTS = {"im": "message.im", "channel": "message.channels", "group": "message.groups"}


class Events:
    """Turns what happened into events."""

    def __init__(self, workspace: Workspace, manifest: Manifest, socket: SocketMode) -> None:
        self._workspace = workspace
        self._manifest = manifest
        self._socket = socket

    def _send(self, event: str, channel: Channel | None, body: Json, *, from_outside: bool = False) -> None:
        """Tells of something, if the manifest asks for it and the bot is where it happened."""
        there = from_outside or channel is None or self._workspace.bot_is_in(channel)
        if there and event in self._manifest.events:
            self._socket.send_event(payloads.event(self._workspace, channel, body))

    def posted(self, post: Post) -> None:
        """Someone, or the bot itself, said something."""
        channel = self._workspace.channels[post.channel]
        body = payloads.message(self._workspace, post, with_metadata=False) | {
            "channel": channel.id,
            "event_ts": post.ts,
            "channel_type": channel.kind,
        }
        if post.user in self._workspace.people:
            body["client_msg_id"] = secrets.token_hex(16)
        if post.files:
            body["subtype"] = "file_share"
        self._send(MESSAGE_EVENTS[channel.kind], channel, body)
        mentioned = f"<@{self._workspace.identity.bot_user_id}>" in post.text and not post.by_bot
        if mentioned and channel.kind != "im":
            mention = {key: body[key] for key in body if key != "channel_type"} | {"type": "app_mention"}
            self._send("app_mention", channel, mention)

    def changed(self, before: Json, post: Post) -> None:
        """A message was edited."""
        self._message_subtype(
            post, {"subtype": "message_changed", "message": payloads.message(self._workspace, post)}, before
        )

    def deleted(self, before: Json, post: Post) -> None:
        """A message was deleted."""
        self._message_subtype(post, {"subtype": "message_deleted", "deleted_ts": post.ts}, before)

    def _message_subtype(self, post: Post, body: Json, before: Json) -> None:
        channel = self._workspace.channels[post.channel]
        ts = self._workspace.next_ts()
        common = {"type": "message", "previous_message": before, "channel": channel.id, "hidden": True}
        stamped = common | body | {"ts": ts, "event_ts": ts, "channel_type": channel.kind}
        self._send(MESSAGE_EVENTS[channel.kind], channel, stamped)

    def home_opened(self, person: Person, *, tab: str) -> None:
        """A person looks at the bot's `home`, or at their conversation with it: `messages`."""
        conversation = self._workspace.conversation_with_bot(person.id)
        body: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": conversation.id,
            "event_ts": self._workspace.next_ts(),
            "tab": tab,
        }
        shown = self._workspace.homes.get(person.id)
        if shown is not None and tab == "home":
            body["view"] = payloads.view(self._workspace, shown)
        self._send("app_home_opened", None, body)

    def came_or_went(self, kind: str, channel: Channel, user: str) -> None:
        """`member_joined_channel` or `member_left_channel`, of the bot itself too."""
        person = self._workspace.people.get(user)
        body = {
            "type": kind,
            "user": user,
            "channel": channel.id,
            "channel_type": "G" if channel.private else "C",
            "team": person.team_id if person else self._workspace.team.id,
            "event_ts": self._workspace.next_ts(),
        }
        # A bot that was taken out of a channel hears of that.
        self._send(kind, channel, body, from_outside=user == self._workspace.identity.bot_user_id)

    def archived(self, channel: Channel) -> None:
        """A channel was closed or opened again."""
        kind = ("group" if channel.private else "channel") + ("_archive" if channel.archived else "_unarchive")
        body = {"type": kind, "channel": channel.id, "event_ts": self._workspace.next_ts()}
        self._send(kind, channel, body)
