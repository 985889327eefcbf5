"""What the page in the browser asks and does. It sees only what the member it acts as may see.

Other sites in the same browser must not reach it: a request with a foreign Host or Origin is refused, which also keeps
out names that were rebound to 127.0.0.1.
"""

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

from aiohttp import WSMsgType, web
from aiohttp.typedefs import Handler

from bot.sandbox import files, payloads
from bot.sandbox.acts import Acts, Outcome
from bot.sandbox.api_calls import World
from bot.sandbox.elements import find
from bot.sandbox.records import Channel, File, Json, Person, Place, Post, View

PAGE = Path(__file__).with_name("page")
LOCAL_NAMES = ("127.0.0.1", "localhost")
OF_NO_CONCERN = {"calls", "lines"}  # changes for tests alone
# The page runs and shows only what comes from here: no script in it can be somebody's words, nor reach elsewhere.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
Query = Mapping[str, str]
COLOURS = ("#7b5ea7", "#2f6f8f", "#3d7a5a", "#a0563c", "#8a4468", "#5a6b2f", "#46589c", "#8c6d1f")


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses what another site's page sends, and sends what the page may not do beyond itself."""
    host = urlsplit(f"//{request.host}").hostname
    origin = request.headers.get("Origin")
    if host not in LOCAL_NAMES or (origin is not None and urlsplit(origin).hostname not in LOCAL_NAMES):
        return web.json_response({"ok": False, "error": "not from here"}, status=403)
    answer = await handler(request)
    if not answer.prepared:
        answer.headers.setdefault("Cache-Control", "no-cache")  # a newer page is seen at once
        answer.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


class PageApi:
    """The routes of the page."""

    def __init__(self, world: World, acts: Acts) -> None:
        self._world = world
        self._workspace = world.workspace
        self._acts = acts

    def routes(self) -> list[web.RouteDef | web.StaticDef]:
        """Everything outside of Slack's own API."""
        return [
            web.get("/", self.index),
            web.static("/static", PAGE),
            web.post("/page/api/act", self.act),
            web.post("/page/api/clock", self.clock),
            web.get("/page/api/events", self.events),
            web.post("/page/api/file", self.upload),
            web.get("/page/api/file", self.download),
            web.get("/page/api/{what}", self.look),
        ]

    async def index(self, _request: web.Request) -> web.StreamResponse:
        """The page itself."""
        return web.FileResponse(PAGE / "index.html")

    # -- who and where

    def _person(self, user: str) -> Person:
        person = self._workspace.people.get(user)
        if person is None or person.gone:
            raise _bad(f"no such member: {user}")
        return person

    def _channel(self, person: Person, channel_id: str) -> Channel:
        channel = self._workspace.channels.get(channel_id)
        if channel is None or person.id not in channel.members:
            raise _bad(f"{person.name} is not in {channel_id}")
        return channel

    def _post(self, person: Person, channel_id: str, ts: str) -> Post:
        post = self._workspace.post_at(self._channel(person, channel_id).id, ts)
        if post is None or post.only_for not in (None, person.id):
            raise _bad("that message is gone")
        return post

    def _view(self, person: Person, view_id: str) -> View:
        home = self._workspace.homes.get(person.id)
        for view in [*self._workspace.forms.get(person.id, []), *([home] if home else [])]:
            if view.id == view_id:
                return view
        raise _bad("that form is closed")

    def _place(self, person: Person, body: Json) -> Place:
        """Where something is pressed or chosen: a message, a form or the home."""
        if "view_id" in body:
            return self._view(person, body["view_id"])
        if "ts" in body:
            return self._post(person, body["channel"], body["ts"])
        home = self._workspace.homes.get(person.id)
        if home is None:
            raise _bad("there is no home yet")
        return home

    # -- looking

    async def look(self, request: web.Request) -> web.Response:
        """What this member has before them: `workspace`, `messages`, `home` or `form`."""
        seen = getattr(self, f"_see_{request.match_info['what']}", None)
        if seen is None:
            raise web.HTTPNotFound
        person = self._person(request.query.get("as") or next(iter(self._workspace.people)))
        return web.json_response(seen(person, request.query))

    def _see_workspace(self, person: Person, _query: Query) -> Json:
        """The frame around everything: people, channels, commands, the clock."""
        manifest = self._world.manifest
        own = person.team_id == self._workspace.team.id
        direct = self._workspace.conversation_with_bot(person.id)
        channels = [c for c in self._workspace.channels.values() if person.id in c.members and not c.with_user]
        return {
            "team": {"id": self._workspace.team.id, "name": self._workspace.team.name},
            "me": self._member(person) | {"zone": person.zone},
            "members": [self._member(other) for other in self._workspace.people.values()],
            "channels": [self._channel_entry(person, channel) for channel in channels],
            "dm": {"id": direct.id, "unread": len(self._unread(person, direct))},
            "bot": {"id": self._workspace.identity.bot_user_id, "name": self._workspace.bot_name},
            "commands": [vars(command) for command in manifest.commands if own],
            "shortcuts": [vars(shortcut) for shortcut in manifest.shortcuts if own],
            "clock": {"now": self._workspace.clock.now().isoformat(), "zone": person.zone},
            "home": manifest.home_tab,
        }

    def _member(self, person: Person) -> Json:
        team = self._workspace.teams[person.team_id]
        words = person.name.split()
        return {
            "id": person.id,
            "name": person.name,
            "title": person.title,
            "initials": (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper(),
            "colour": COLOURS[sum(person.name.encode()) % len(COLOURS)],
            "team_name": None if team is self._workspace.team else team.name,
            "guest": person.guest,
            "gone": person.gone,
        }

    def _unread(self, person: Person, channel: Channel) -> list[Post]:
        up_to = channel.read_up_to.get(person.id, "")
        posts = self._workspace.posts_in(channel.id, as_seen_by=person.id)
        return [post for post in posts if post.ts > up_to and post.user != person.id]

    def _channel_entry(self, person: Person, channel: Channel) -> Json:
        unread = self._unread(person, channel)
        rings = (f"<@{person.id}>", "<!channel>", "<!here>")
        return {
            "id": channel.id,
            "name": channel.name,
            "private": channel.private,
            "archived": channel.archived,
            "purpose": channel.purpose,
            "unread": len(unread),
            "mention": any(ring in post.text for post in unread for ring in rings),
        }

    def _see_messages(self, person: Person, query: Query) -> Json:
        """A channel, or one of its threads, oldest first."""
        posts = self._workspace.posts_in(self._channel(person, query.get("channel", "")).id, as_seen_by=person.id)
        thread_ts = query.get("thread_ts")
        shown = [post for post in posts if thread_ts in (post.ts, post.thread_ts)]
        if not thread_ts:
            shown = [post for post in posts if not post.is_reply]
        return {"messages": [self._message(person, post, posts) for post in shown]}

    def _message(self, person: Person, post: Post, posts: list[Post]) -> Json:
        replies = [reply for reply in posts if reply.is_reply and reply.thread_ts == post.ts]
        author = self._workspace.people.get(post.user)
        name = author.name if author else (self._workspace.bot_name if post.by_bot else "Slackbot")
        return {
            "ts": post.ts,
            "user": {"id": post.user, "name": name, "bot": author is None},
            "text": post.text,
            "blocks": post.blocks,
            "edited": post.edited is not None,
            "thread_ts": post.thread_ts,
            "reply_count": len(replies),
            "latest_reply": replies[-1].ts if replies else None,
            "ephemeral": post.only_for is not None,
            "warnings": post.warnings.get(person.id, {}),
            "files": [self._file(self._workspace.files[each]) for each in post.files],
        }

    def _see_home(self, person: Person, _query: Query) -> Json:
        """What the bot last published for this person."""
        shown = self._workspace.homes.get(person.id)
        return {"view": payloads.view(self._workspace, shown) if shown else None}

    def _see_form(self, person: Person, _query: Query) -> Json:
        """The person's open forms, the top one last."""
        forms = self._workspace.forms.get(person.id, [])
        return {"views": [vars(view) | {"view": payloads.view(self._workspace, view)} for view in forms]}

    # -- files

    async def upload(self, request: web.Request) -> web.Response:
        """Brings a file, raw, which `message` or a form may then carry."""
        person = self._person(request.query.get("as", ""))
        name = request.query.get("name", "").strip()
        try:
            file = self._acts.upload(person.id, name or "untitled", await request.read())
        except ValueError as fault:
            return web.json_response({"ok": False, "error": str(fault)})
        return web.json_response({"ok": True, "file": self._file(file)})

    async def download(self, request: web.Request) -> web.Response:
        """A file's content, for those who see a message with it and for whoever brought it."""
        person = self._person(request.query.get("as", ""))
        file = self._workspace.files.get(request.query.get("file", ""))
        places = self._workspace.channels_with(file.id) if file else []
        known = file and (file.user == person.id or any(person.id in channel.members for channel in places))
        if file is None or file.deleted or not known:
            raise _bad("that file is gone")
        # Never opened in the page: what people bring must not run here.
        saved = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
        content = self._workspace.contents[file.id]
        return web.Response(body=content, content_type=files.mimetype_of(file), headers=saved)

    def _file(self, file: File) -> Json:
        email = file.email and {"text": file.email["plain_text"], "from": file.email["from"][0]["original"]}
        return {"id": file.id, "name": file.name, "size": file.size, "deleted": file.deleted, "email": email}

    # -- acting

    async def act(self, request: web.Request) -> web.Response:
        """One thing that the person does; answered when the bot has acknowledged it."""
        body = await _body(request)
        person = self._person(str(body.get("as")))
        doing = getattr(self, f"_act_{body.get('act')}", None)
        if doing is None:
            raise _bad(f"unknown act: {body.get('act')}")
        try:
            answer = await doing(person, body)
        except KeyError as missing:
            raise _bad(f"{body['act']} needs {missing}") from missing
        if isinstance(answer, Outcome):
            shown = {"text": answer.shown.text, "blocks": answer.shown.blocks} if answer.shown else None
            answer = {"ok": answer.ok, "shown": shown, "error": answer.error}
        return web.json_response(answer)

    async def _act_command(self, person: Person, body: Json) -> Outcome:
        return await self._acts.command(person, self._channel(person, body["channel"]), body["text"])

    async def _act_message(self, person: Person, body: Json) -> Outcome:
        channel = self._channel(person, body["channel"])
        if channel.archived:
            return Outcome(ok=False, error="This channel is archived.")
        attached = self._own_files(person, body.get("files", []))
        if not body["text"].strip() and not attached:
            return Outcome(ok=False, error="There is nothing to send.")
        self._acts.say(person, channel, body["text"].strip(), body.get("thread_ts"), attached)
        return Outcome()

    def _own_files(self, person: Person, ids: list[str]) -> list[File]:
        """Files that this person brought; no message and no form can carry somebody else's."""
        found = [self._workspace.files.get(each) for each in ids]
        return [file for file in found if file is not None and file.user == person.id and not file.deleted]

    async def _act_shortcut(self, person: Person, body: Json) -> Outcome:
        return await self._acts.shortcut(person, self._acts.shortcut_called(person, body["callback_id"], "global"))

    async def _act_message_shortcut(self, person: Person, body: Json) -> Outcome:
        post = self._post(person, body["channel"], body["ts"])
        shortcut = self._acts.shortcut_called(person, body["callback_id"], "message")
        return await self._acts.shortcut(person, shortcut, post)

    async def _act_press(self, person: Person, body: Json) -> Outcome:
        chosen = {key: body[key] for key in body if key == "value" or key.startswith("selected_")}
        place = self._place(person, body)
        if isinstance(place, View):
            self._fill(person, place, body.get("state") or {})
        ids = (body["block_id"], body["action_id"])
        return await self._acts.press(person, place, *ids, chosen, state=body.get("state"))

    _act_change = _act_press

    async def _act_submit(self, person: Person, body: Json) -> Outcome:
        view = self._view(person, body["view_id"])
        self._fill(person, view, body.get("state") or {})
        return await self._acts.submit(person, view)

    def _fill(self, person: Person, view: View, state: Json) -> None:
        """Takes over what the page has in its inputs; what the form does not have is left out."""
        for block_id, entries in state.items():
            for action_id, entry in entries.items():
                placed = find(view.blocks, block_id, action_id)
                if placed is not None and placed.holds:
                    value = entry.get(placed.holds)
                    if placed.holds == "files":
                        mine = self._own_files(person, [file["id"] for file in value or []])
                        value = [files.file_object(self._workspace, file) for file in mine]
                    self._acts.enter(view, block_id, action_id, value)

    async def _act_close(self, person: Person, body: Json) -> Outcome:
        return await self._acts.close(person, self._view(person, body["view_id"]))

    async def _act_read(self, person: Person, body: Json) -> Outcome:
        self._acts.read(person, self._channel(person, body["channel"]))
        return Outcome()

    async def _act_options(self, person: Person, body: Json) -> Json:
        place = self._place(person, body)
        placed = find(place.blocks, body["block_id"], body["action_id"])
        if placed is None:
            raise _bad("that menu is gone")
        return await self._acts.suggest(person, place, placed, body["value"])

    async def _act_open_home(self, person: Person, _body: Json) -> Outcome:
        self._acts.open_home(person)
        return Outcome()

    async def _act_dismiss(self, person: Person, body: Json) -> Outcome:
        post = self._post(person, body["channel"], body["ts"])
        if post.only_for is not None:
            self._workspace.drop_post(post)
        return Outcome()

    # -- time and news

    async def clock(self, request: web.Request) -> web.Response:
        """Moves the time shown forward."""
        seconds = (await _body(request)).get("advance_seconds")
        if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0:
            raise _bad("advance_seconds must be a number, and time only goes forward")
        self._workspace.clock.advance(timedelta(seconds=seconds))
        self._workspace.keep_clock()
        return web.json_response({"now": self._workspace.clock.now().isoformat()})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Tells the page what changed, so that it fetches that again."""
        socket = web.WebSocketResponse(heartbeat=20)
        await socket.prepare(request)
        news: asyncio.Queue[str] = asyncio.Queue()
        self._workspace.changes.listeners.add(news.put_nowait)
        telling = asyncio.get_running_loop().create_task(_tell(socket, news))
        try:
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            self._workspace.changes.listeners.discard(news.put_nowait)
            telling.cancel()
        return socket


async def _tell(socket: web.WebSocketResponse, news: asyncio.Queue[str]) -> None:
    """Sends what changed, several changes at a time."""
    while True:
        what = {await news.get()}
        await asyncio.sleep(0.02)
        while not news.empty():
            what.add(news.get_nowait())
        if what := what - OF_NO_CONCERN:
            await socket.send_json({"type": "changed", "what": sorted(what)})


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError as fault:
        raise _bad("not JSON") from fault
    if not isinstance(body, dict):
        raise _bad("not an object")
    return body


def _bad(complaint: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=json.dumps({"ok": False, "error": complaint}), content_type="application/json")
