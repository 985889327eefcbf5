"""The Web API's door: who calls, what method, with which arguments; and what trouble was ordered for the call."""

import asyncio
import json
from collections import deque
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox import api_chat, api_conversations, api_views
from bot.sandbox.api_calls import METHODS, Call, Method, Refusal, World
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.records import Json

__all__ = ["WebApi", "api_chat", "api_conversations", "api_views"]  # importing the three registers their methods

CALLS_KEPT = 20_000
STRUCTURES = ("blocks", "view", "metadata", "message")


class WebApi:
    """Answers /api/<method>."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One call, from the first byte to the last, with what goes wrong in between."""
        name = request.match_info["method"]
        given: Json = {}
        try:
            given = await _arguments(request)
        except Refusal as refusal:
            return self._reply(name, given, refusal.body)
        token = _token(request, given)
        struck = self._faults.strike(name, str(given.get("channel", given.get("user_id", ""))))
        for fault in struck:
            if fault.kind == "slow":
                await asyncio.sleep(fault.seconds)
            elif fault.kind != "lose_reply":
                return await self._fail(name, given, fault)
        reply = self._reply(name, given, self._run(name, token, given))
        if any(fault.kind == "lose_reply" for fault in struck) and request.transport is not None:
            request.transport.abort()
        return reply

    def _run(self, name: str, token: str, given: Json) -> Json:
        called = METHODS.get(name)
        if called is None:
            return {"ok": False, "error": "unknown_method", "req_method": name}
        try:
            self._authorise(called, token, given)
            known = {name: value for name, value in given.items() if name != "team_id"}
            return {"ok": True, **called.run(self._world, called.read(known))}
        except Refusal as refusal:
            return refusal.body

    def _authorise(self, called: Method, token: str, given: Json) -> None:
        self._check_token(called, token)
        self._world.require(*called.scopes)
        # Bolt's client names the workspace with every call.
        if given.get("team_id", self._world.workspace.team.id) != self._world.workspace.team.id:
            raise Refusal("team_access_not_granted")

    def _check_token(self, called: Method, token: str) -> None:
        if not called.bearer:
            return
        if not token:
            raise Refusal("not_authed")
        identity = self._world.workspace.identity
        if token not in (identity.bot_token, identity.app_token):
            raise Refusal("invalid_auth")
        if not token.startswith(called.bearer):
            raise Refusal("not_allowed_token_type")

    def _reply(self, name: str, given: Json, body: Json) -> web.Response:
        self.record(name, given, body.get("error"))
        return web.json_response(body, headers={"x-oauth-scopes": self._world.provided()})

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
