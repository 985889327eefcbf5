"""The Web API's door: who calls, what method, with which arguments; and what trouble was ordered for the call."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from bot.sandbox import api_chat, api_conversations, api_files, api_views, files
from bot.sandbox.api_calls import METHODS, Call, Method, Refusal, World
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.records import Json
from bot.sandbox.response_urls import ResponseUrls

__all__ = ["WebApi", "api_chat", "api_conversations", "api_views"]  # importing them registers their methods

CALLS_KEPT = 20_000
STRUCTURES = ("blocks", "view", "metadata", "message", "files")
SPENT = ("used_url", "expired_url")


class WebApi:
    """Answers /api/<method>, and the addresses that its methods and payloads give out."""

    def __init__(self, world: World, faults: Faults, response_urls: ResponseUrls) -> None:
        self._world = world
        self._faults = faults
        self._response_urls = response_urls
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)

    def routes(self) -> list[web.RouteDef]:
        """Everything that a bot calls."""
        return [
            web.get("/api/{method}", self.answer),
            web.post("/api/{method}", self.answer),
            web.post("/actions/{team}/{key}", self.respond),
            web.post("/upload/v1/{key}", self.upload),
            web.get("/files-pri/{place}/{name:.+}", self.download),
        ]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One call of a method."""
        name = request.match_info["method"]
        try:
            given = await _arguments(request)
        except Refusal as refusal:
            self.record(name, {}, refusal.error)
            return self._refused(refusal)
        token = _token(request, given)
        return await self._meet(request, name, given, lambda: self._run(name, token, given), self._refused)

    def _run(self, name: str, token: str, given: Json) -> web.Response:
        called = METHODS.get(name)
        if called is None:
            raise Refusal("unknown_method", req_method=name)
        self._authorise(called, token, given)
        known = {name: value for name, value in given.items() if name != "team_id"}
        return self._json({"ok": True, **called.run(self._world, called.read(known))})

    def _refused(self, refusal: Refusal) -> web.Response:
        return self._json(refusal.body)

    def _json(self, body: Json) -> web.Response:
        return web.json_response(body, headers={"x-oauth-scopes": self._world.provided()})

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """An answer to a `response_url`."""
        try:
            body = await request.json()
        except ValueError:
            body = None

        def act() -> web.Response:
            self._response_urls.use(request.match_info["key"], body)
            return web.Response(text="ok")

        def refused(refusal: Refusal) -> web.Response:
            return web.json_response(refusal.body, status=404 if refusal.error in SPENT else 400)

        given = body if isinstance(body, dict) else {}
        return await self._meet(request, "response_url", given, act, refused)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file, raw, sent to the address that `files.getUploadURLExternal` gave out."""
        content = await request.read()

        def act() -> web.Response:
            api_files.receive(self._world, request.match_info["key"], content)
            return web.Response(text=f"OK - {len(content)}")

        def refused(refusal: Refusal) -> web.Response:
            return web.Response(status=400, text=refusal.error)

        return await self._meet(request, "upload_url", {"length": len(content)}, act, refused)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A private file, for the bot's token. Without it, as with Slack, one is sent to a page to sign in."""
        file_id = request.match_info["place"].rpartition("-")[2]

        def act() -> web.Response:
            self._check_token("xoxb", _token(request, {}))
            file, content = api_files.fetch(self._world, file_id)
            return web.Response(body=content, content_type=files.mimetype_of(file))

        def refused(refusal: Refusal) -> web.Response:
            if refusal.error == "file_not_found":
                return web.Response(status=404, text=refusal.error)
            return web.Response(status=302, headers={"Location": f"/?{urlencode({'redir': request.path})}"})

        return await self._meet(request, "url_private", {"file": file_id}, act, refused)

    async def _meet(
        self,
        request: web.Request,
        name: str,
        given: Json,
        act: Callable[[], web.Response],
        refused: Callable[[Refusal], web.Response],
    ) -> web.StreamResponse:
        """Does what was called for, with whatever trouble was ordered before, instead or after."""
        place = given.get("channel", given.get("channel_id", given.get("user_id", "")))
        struck = self._faults.strike(name, str(place))
        for fault in struck:
            if fault.kind == "slow":
                await asyncio.sleep(fault.seconds)
            elif fault.kind != "lose_reply":
                return await self._fail(name, given, fault)
        try:
            reply = act()
            self.record(name, given, None)
        except Refusal as refusal:
            reply = refused(refusal)
            self.record(name, given, refusal.error)
        if any(fault.kind == "lose_reply" for fault in struck) and request.transport is not None:
            request.transport.abort()
        return reply

    def _authorise(self, called: Method, token: str, given: Json) -> None:
        self._check_token(called.bearer, token)
        if called.scope:
            self._world.require(called.scope)
        # Bolt's client names the workspace with every call.
        if given.get("team_id", self._world.workspace.team.id) != self._world.workspace.team.id:
            raise Refusal("team_access_not_granted")

    def _check_token(self, bearer: str, token: str) -> None:
        if not bearer:
            return
        if not token:
            raise Refusal("not_authed")
        identity = self._world.workspace.identity
        if token not in (identity.bot_token, identity.app_token):
            raise Refusal("invalid_auth")
        if not token.startswith(bearer):
            raise Refusal("not_allowed_token_type")

    def record(self, name: str, args: Json, error: str | None) -> None:
        """Notes a call for those who want to know what the bot did."""
        shown = {key: _parsed(value) if key in STRUCTURES else value for key, value in args.items()}
        self.calls.append(Call(name, shown, error is None, error, self._world.workspace.clock.now()))
        self._world.workspace.changes.tell("calls")

    async def _fail(self, name: str, given: Json, fault: Fault) -> web.StreamResponse:
        self.record(name, given, fault.error or fault.kind)
        if fault.kind == "rate_limit":
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers={"Retry-After": str(int(fault.seconds))})
        if fault.kind == "server_error":
            return web.Response(status=500, text="Internal Server Error")
        if fault.kind == "refuse":
            return web.json_response({"ok": False, "error": fault.error})
        await asyncio.get_running_loop().create_future()  # no reply, until the caller hangs up or we stop
        return web.Response()


async def _arguments(request: web.Request) -> Json:
    """Arguments from the address, and from a form or a JSON body."""
    given: Json = dict(request.query)
    try:
        body = await request.text()
    except (UnicodeDecodeError, LookupError) as fault:
        raise Refusal("invalid_charset") from fault
    if not body:
        return given
    if request.content_type == "application/json":
        try:
            content = json.loads(body)
        except (ValueError, RecursionError) as fault:
            raise Refusal("invalid_json") from fault
        if not isinstance(content, dict):
            raise Refusal("json_not_object")
        return given | content
    if request.content_type != "application/x-www-form-urlencoded":
        raise Refusal("invalid_post_type")
    return given | dict(parse_qsl(body, keep_blank_values=True))


def _token(request: web.Request, given: Json) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    in_arguments = given.pop("token", "")
    return token.strip() if kind == "Bearer" else str(in_arguments)


def _parsed(value: object) -> object:
    """What a form carries as a string of JSON, for those who want to look into it."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return value
