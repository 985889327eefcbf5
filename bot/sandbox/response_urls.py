"""response_url: the bot's leave to answer where somebody acted, five times in half an hour."""

import secrets
import time
from dataclasses import dataclass

from bot.sandbox.api_calls import Refusal, World
from bot.sandbox.api_chat import change, check_blocks, check_text, new_post
from bot.sandbox.records import Json, Post

USES = 5
SECONDS = 30 * 60.0  # of real time
FIELDS = {"text", "blocks", "thread_ts", "response_type", "replace_original", "delete_original"}


@dataclass
class Leave:
    """One address: who acted, where, and in which message."""

    user: str
    channel: str
    post: str | None
    born: float
    uses: int = 0


class ResponseUrls:
    """Every address given out."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._leaves: dict[str, Leave] = {}

    def new(self, user: str, channel: str, post: str | None = None) -> str:
        """An address for the payload of something that this person did."""
        key = secrets.token_urlsafe(18)
        self._leaves[key] = Leave(user, channel, post, time.monotonic())
        workspace = self._world.workspace
        return f"{workspace.address}/actions/{workspace.team.id}/{key}"

    def use(self, key: str, body: object) -> None:
        """Does what the bot asks; refuses with Slack's words."""
        if not isinstance(body, dict):
            raise Refusal("invalid_payload")
        leave = self._leaves.get(key)
        if leave is None:
            raise Refusal("invalid_token")
        if time.monotonic() - leave.born > SECONDS:
            raise Refusal("expired_url")
        if leave.uses >= USES:
            raise Refusal("used_url")
        self.respond(leave, body)
        leave.uses += 1

    def respond(self, leave: Leave, body: Json) -> Post | None:
        """Says, replaces or deletes; returns what is now to be seen, if anything."""
        if unknown := sorted(set(body) - FIELDS):
            raise Refusal("invalid_payload", *(f"unknown field: {name}" for name in unknown))
        workspace = self._world.workspace
        original = workspace.post_at(leave.channel, leave.post) if leave.post else None
        if body.get("delete_original"):
            if original is not None:
                workspace.drop_post(original)
            return None
        if body.get("replace_original") and original is not None:
            blocks = check_blocks(body.get("blocks", []))
            change(self._world, original, check_text(body.get("text", ""), blocks), blocks, original.metadata)
            return original
        in_channel = body.get("response_type") == "in_channel"
        said: Json = {key: body[key] for key in ("text", "blocks", "thread_ts") if key in body}
        channel = workspace.channels[leave.channel]
        post = new_post(self._world, channel, said, only_for=None if in_channel else leave.user)
        workspace.keep_post(post)
        if in_channel:
            self._world.events.posted(post)
        return post

    def answer_at_once(self, user: str, channel: str, body: Json) -> Post | None:
        """What comes back with the acknowledgement of a command, which is as good as a response_url."""
        return self.respond(Leave(user, channel, None, time.monotonic()), body)
