"""The workspace itself: what is there and how it may change. It knows no network, no payloads and no bot.

Every change goes through here, is kept by the store before anything else happens, and is told to whoever watches.
"""

import base64
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.changes import Changes
from bot.sandbox.plan import Clock, Plan
from bot.sandbox.records import Channel, File, Json, Person, Post, Record, Team, View, as_record, from_record, new_id
from bot.sandbox.store import Store

TRIGGER_SECONDS = 3.0
MODALS_DEEP = 3


@dataclass
class Trigger:
    """A person's leave to open one form, for three seconds of real time."""

    user: str
    born: float
    in_view: str | None
    used: bool = False

    def age(self) -> float:
        """Seconds of real time since the person acted."""
        return time.monotonic() - self.born


@dataclass
class Identity:
    """Ids and secrets that stay the same as long as the state file does: random, so that nothing can know them."""

    team_id: str = field(default_factory=lambda: new_id("T"))
    app_id: str = field(default_factory=lambda: new_id("A"))
    bot_id: str = field(default_factory=lambda: new_id("B"))
    bot_user_id: str = field(default_factory=lambda: new_id("U"))
    bot_token: str = field(default_factory=lambda: f"xoxb-{secrets.token_hex(16)}")
    app_token: str = ""
    """Names its app, as Slack's does."""
    verification_token: str = field(default_factory=lambda: secrets.token_hex(12))

    def __post_init__(self) -> None:
        number, secret = secrets.randbelow(10**12), secrets.token_hex(16)
        self.app_token = self.app_token or f"xapp-1-{self.app_id}-{number}-{secret}"


class Workspace:
    """People, channels, posts, homes and open forms."""

    def __init__(self, plan: Plan, clock: Clock, store: Store, bot_name: str) -> None:
        self.clock = clock
        self.address = ""  # where the workspace answers, once it does
        self.bot_name = bot_name
        self.changes = Changes()
        self.identity = Identity()
        self.teams: dict[str, Team] = {}
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.contents: dict[str, bytes] = {}
        self.homes: dict[str, View] = {}
        self.forms: dict[str, list[View]] = {}
        self.triggers: dict[str, Trigger] = {}
        self._posts: dict[str, dict[str, Post]] = {}
        self._last_ts = 0
        self._store = store
        if not self._remember():
            store.clear()  # of what a founding that was killed has left
            self._found(plan)
            store.put("identity", "", vars(self.identity))

    # -- beginnings

    def _remember(self) -> bool:
        """Takes up what the store kept; False when there is nothing yet."""
        identities = list(self._store.all("identity"))
        if not identities:
            return False
        self.identity = Identity(**identities[0])
        self.teams = {team.id: team for team in self._kept("team", Team)}
        self.people = {person.id: person for person in self._kept("person", Person)}
        self.channels = {channel.id: channel for channel in self._kept("channel", Channel)}
        self.homes = {home.user: home for home in self._kept("home", View)}
        self.files = {file.id: file for file in self._kept("file", File)}
        self.contents = {record["id"]: base64.b64decode(record["base64"]) for record in self._store.all("content")}
        for post in self._kept("post", Post):
            self._posts.setdefault(post.channel, {})[post.ts] = post
            self._last_ts = max(self._last_ts, _micros(post.ts))
        self._never_go_back()
        return True

    def _kept(self, name: str, kind: type[Record]) -> Iterator[Record]:
        return (from_record(kind, record) for record in self._store.all(name))

    def _never_go_back(self) -> None:
        """A clock that was moved forward before the restart is moved there again: no message is from the future."""
        said = datetime.fromtimestamp(self._last_ts / 1_000_000, UTC)
        shown = max([said, *(datetime.fromisoformat(record["now"]) for record in self._store.all("clock"))])
        if shown > self.clock.now():
            self.clock.advance(shown - self.clock.now())

    def _found(self, plan: Plan) -> None:
        teams = [Team(self.identity.team_id, plan.team.name)]
        teams += [Team(new_id("T"), team.name) for team in plan.partner_teams]
        by_name = {team.name: team.id for team in teams}
        for team in teams:
            self.teams[team.id] = team
            self._store.put("team", team.id, as_record(team))
        for member in plan.members:
            team_id = by_name[member.team] if member.team else self.identity.team_id
            email = member.email or f"{member.name.lower().replace(' ', '.')}@{self.teams[team_id].domain}.example"
            details = vars(member) | {"id": new_id("U"), "team_id": team_id, "email": email}
            self.keep(from_record(Person, details))
        for channel in plan.channels:
            named = [self.person_named(name) for name in channel.members]
            members = [person.id for person in named if not person.gone]
            members += [self.identity.bot_user_id] if channel.bot else []
            details = vars(channel) | {"id": new_id("C"), "members": members, "created": self._seconds()}
            self.keep(from_record(Channel, details))

    def _seconds(self) -> int:
        return int(self.clock.now().timestamp())

    # -- people and channels

    @property
    def team(self) -> Team:
        """The workspace that the bot is installed in."""
        return self.teams[self.identity.team_id]

    def person_named(self, name: str) -> Person:
        """The member of that name; a KeyError lists those there are."""
        for person in self.people.values():
            if person.name == name:
                return person
        raise KeyError(f"nobody is called {name!r}; there are {sorted(p.name for p in self.people.values())}")

    def channel_named(self, name: str) -> Channel:
        """The channel of that name, with or without `#`; a KeyError lists those there are."""
        for channel in self.channels.values():
            if channel.name == name.removeprefix("#") and not channel.with_user:
                return channel
        raise KeyError(f"no channel is called {name!r}; there are {sorted(c.name for c in self.channels.values())}")

    def keep(self, record: Person | Channel) -> None:
        """Records somebody or a channel, new or changed."""
        if isinstance(record, Person):
            self.people[record.id] = record
        else:
            self.channels[record.id] = record
        self._store.put(type(record).__name__.lower(), record.id, as_record(record))
        self.changes.tell("workspace")

    def conversation_with_bot(self, user: str) -> Channel:
        """The person's direct conversation with the bot, opened if need be."""
        for channel in self.channels.values():
            if channel.with_user == user:
                return channel
        members = [user, self.identity.bot_user_id]
        channel = Channel(new_id("D"), "", members, private=True, with_user=user, created=self._seconds())
        self.keep(channel)
        return channel

    def bot_is_in(self, channel: Channel) -> bool:
        """Whether the bot is a member."""
        return self.identity.bot_user_id in channel.members

    def is_shared(self, channel: Channel) -> bool:
        """Whether someone of a partner's workspace is in the channel."""
        people = (self.people.get(member) for member in channel.members)
        return any(person is not None and person.team_id != self.team.id for person in people)

    # -- posts

    def next_ts(self) -> str:
        """A message's name and time: from the clock shown, unique, always increasing."""
        self._last_ts = max(int(self.clock.now().timestamp() * 1_000_000), self._last_ts + 100)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def posts_in(self, channel: str, *, as_seen_by: str | None = None) -> list[Post]:
        """Everything said there, oldest first, replies included; ephemeral ones only as their one reader sees it."""
        posts = self._posts.get(channel, {}).values()
        return sorted((post for post in posts if post.only_for in (None, as_seen_by)), key=lambda post: post.ts)

    def post_at(self, channel: str, ts: str) -> Post | None:
        """The message with that ts, ephemeral ones included."""
        return self._posts.get(channel, {}).get(ts)

    def keep_post(self, post: Post) -> None:
        """Records a new message or a change to one."""
        self._posts.setdefault(post.channel, {})[post.ts] = post
        if post.only_for is None:
            self._store.put("post", f"{post.channel}/{post.ts}", as_record(post) | {"warnings": {}})
        self.changes.tell(f"messages:{post.channel}")

    def drop_post(self, post: Post) -> None:
        """Deletes a message."""
        self._posts[post.channel].pop(post.ts, None)
        self._store.forget("post", f"{post.channel}/{post.ts}")
        self.changes.tell(f"messages:{post.channel}")

    # -- files

    def new_file(self, name: str, content: bytes, user: str, **details: Any) -> File:
        """Records a file that is in no message yet; by default under a fresh id, with its name as its title."""
        known: Json = {"id": new_id("F"), "name": name, "title": name, "size": len(content), "user": user}
        file = File(**known | {"created": self._seconds()} | details)
        self.contents[file.id] = content
        self._store.put("content", file.id, {"id": file.id, "base64": base64.b64encode(content).decode()})
        self.keep_file(file)
        return file

    def keep_file(self, file: File) -> None:
        """Records a file, new or changed."""
        self.files[file.id] = file
        self._store.put("file", file.id, as_record(file))
        for channel in self.channels_with(file.id):
            self.changes.tell(f"messages:{channel.id}")

    def drop_file(self, file: File) -> None:
        """Deletes a file. Messages that it was in keep an empty place for it."""
        file.deleted = True
        del self.contents[file.id]
        self._store.forget("content", file.id)
        self.keep_file(file)

    def posts_with(self, file_id: str) -> list[Post]:
        """The messages that a file is in, the oldest first."""
        found = (post for posts in self._posts.values() for post in posts.values() if file_id in post.files)
        return sorted(found, key=lambda post: post.ts)

    def channels_with(self, file_id: str) -> list[Channel]:
        """The conversations that a file is in."""
        return [self.channels[channel] for channel in {post.channel for post in self.posts_with(file_id)}]

    def now_in(self, zone: str) -> datetime:
        """The time shown, in an IANA zone."""
        return self.clock.now().astimezone(ZoneInfo(zone))

    def keep_clock(self) -> None:
        """Keeps the time shown, so that a restarted workspace does not go back."""
        self._store.put("clock", "", {"now": self.clock.now().isoformat()})
        self.changes.tell("clock")

    # -- views

    def new_trigger(self, user: str, in_view: str | None = None) -> str:
        """A `trigger_id`: one form may be opened with it within three seconds."""
        now = time.monotonic()
        self.triggers = {key: trigger for key, trigger in self.triggers.items() if now - trigger.born < 60}
        trigger_id = f"{secrets.randbits(40)}.{secrets.randbits(36)}.{secrets.token_hex(16)}"
        self.triggers[trigger_id] = Trigger(user, now, in_view)
        return trigger_id

    def new_hash(self) -> str:
        """A view's fingerprint, new with each change of it."""
        return f"{int(self.clock.now().timestamp())}.{secrets.token_hex(4)}"

    def show_form(self, user: str, payload: Json, state: dict[str, Json]) -> View:
        """Opens a form on top of those that the person has open."""
        stack = self.forms.setdefault(user, [])
        view_id = new_id("V")
        root, previous = (stack[0].id, stack[-1].id) if stack else (view_id, None)
        view = View(view_id, user, payload, self.new_hash(), root, previous, state)
        stack.append(view)
        self.changes.tell("form")
        return view

    def change_form(self, view: View, payload: Json, state: dict[str, Json]) -> None:
        """Shows other contents in an open form."""
        view.payload, view.state, view.hash = payload, state, self.new_hash()
        view.errors, view.failure = {}, None
        self.changes.tell("form")

    def close_form(self, view: View) -> None:
        """Closes a form and whatever lies on top of it."""
        stack = self.forms.get(view.user, [])
        if view in stack:
            del stack[stack.index(view) :]
        self.changes.tell("form")

    def keep_home(self, view: View) -> None:
        """Records what a person's home shows."""
        self.homes[view.user] = view
        self._store.put("home", view.user, as_record(view))
        self.changes.tell("home")


def _micros(ts: str) -> int:
    seconds, micros = ts.split(".")
    return int(seconds) * 1_000_000 + int(micros)
