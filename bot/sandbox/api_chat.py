"""chat.*: saying, changing and taking back."""

import itertools
import json
import secrets
from collections.abc import Sequence
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.api_calls import Refusal, World, method
from bot.sandbox.elements import with_ids
from bot.sandbox.limits import message_faults
from bot.sandbox.records import Channel, Json, Post

TEXT_POSTED = 40_000  # characters
TEXT_UPDATED = 4_000  # bytes; measured, not documented
BLOCKS_IN_ALL = 13_200  # characters of JSON; measured, not documented
METADATA_IN_ALL = 16_000  # characters of JSON


def named(blocks: list[Json]) -> list[Json]:
    """Blocks with ids where the app gave none."""
    return with_ids(blocks, (secrets.token_urlsafe(4) for _ in itertools.count()))


def check_blocks(blocks: object) -> list[Json]:
    """The blocks, if Slack would take them in a message."""
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format", "must be a list [json-pointer:/blocks]")
    if faults := message_faults(blocks):
        raise Refusal("invalid_blocks", *(f"{fault.message} [json-pointer:/blocks{fault.pointer}]" for fault in faults))
    if len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) > BLOCKS_IN_ALL:
        raise Refusal("msg_blocks_too_long")
    return blocks


def check_metadata(metadata: object) -> Json | None:
    """The metadata, if it has the two fields that Slack asks for; None for an empty object, which removes it."""
    if not isinstance(metadata, dict):
        raise Refusal("invalid_metadata_format")
    if not metadata:
        return None
    if set(metadata) != {"event_type", "event_payload"}:
        raise Refusal("invalid_metadata_schema")
    if not isinstance(metadata["event_type"], str) or not isinstance(metadata["event_payload"], dict):
        raise Refusal("invalid_metadata_schema")
    if len(json.dumps(metadata)) > METADATA_IN_ALL:
        raise Refusal("metadata_too_large")
    return metadata


def check_text(value: str, shown_too: list[Any]) -> str:
    """The text: there must be one, or blocks or files, and not too long."""
    if not value and not shown_too:
        raise Refusal("no_text")
    if len(value) > TEXT_POSTED:
        raise Refusal("msg_too_long")
    return value


def place_to_post(world: World, args: Json) -> Channel:
    """Where a message goes. A person's id means the direct conversation with them.

    As with Slack, a message to somebody who has left is taken without a word: whoever needs to know asks `users.info`.
    """
    workspace = world.workspace
    if args["channel"] in workspace.people:
        return workspace.conversation_with_bot(args["channel"])
    channel = world.channel_for_bot(args)
    if not workspace.bot_is_in(channel):
        raise Refusal("not_in_channel")
    if channel.archived:
        raise Refusal("is_archived")
    return channel


def new_post(
    world: World, channel: Channel, args: Json, *, only_for: str | None = None, files: Sequence[str] = ()
) -> Post:
    """What is about to be said, checked."""
    blocks = check_blocks(args.get("blocks", []))
    thread_ts = args.get("thread_ts")
    if thread_ts is not None:
        root = world.workspace.post_at(channel.id, thread_ts)
        if root is None or root.is_reply:
            raise Refusal("thread_not_found")
    return Post(
        channel=channel.id,
        ts=world.workspace.next_ts(),
        user=world.workspace.identity.bot_user_id,
        text=check_text(args.get("text", ""), [*blocks, *files]),
        blocks=named(blocks),
        files=list(files),
        metadata=check_metadata(args.get("metadata", {})),
        thread_ts=thread_ts,
        by_bot=True,
        only_for=only_for,
    )


@method(
    "chat.postMessage",
    takes="channel",
    may_take="text blocks metadata thread_ts unfurl_links unfurl_media",
    scope="chat:write",
)
def post_message(world: World, args: Json) -> Json:
    """Says something in a conversation."""
    channel = place_to_post(world, args)
    post = new_post(world, channel, args)
    world.workspace.keep_post(post)
    world.events.posted(post)
    return {"channel": channel.id, "ts": post.ts, "message": payloads.message(world.workspace, post)}


@method("chat.postEphemeral", takes="channel user", may_take="text blocks thread_ts", scope="chat:write")
def post_ephemeral(world: World, args: Json) -> Json:
    """Says something that one person alone sees, until they reload."""
    channel = place_to_post(world, args)
    if args["user"] not in world.workspace.people:
        raise Refusal("user_not_found")
    if args["user"] not in channel.members:
        raise Refusal("user_not_in_channel")
    post = new_post(world, channel, args, only_for=args["user"])
    world.workspace.keep_post(post)
    return {"message_ts": post.ts}


def own_post(world: World, args: Json, *, refused: str) -> tuple[Channel, Post]:
    """A message of the bot's own that everybody sees."""
    channel = world.channel_for_bot(args)
    post = world.workspace.post_at(channel.id, args["ts"])
    if post is None or post.only_for is not None:
        raise Refusal("message_not_found")
    if not post.by_bot:
        raise Refusal(refused)
    return channel, post


@method("chat.update", takes="channel ts", may_take="text blocks metadata", scope="chat:write")
def update(world: World, args: Json) -> Json:
    """Changes a message. What is not given stays, except that a new text without blocks takes the blocks away."""
    channel, post = own_post(world, args, refused="cant_update_message")
    if not world.workspace.bot_is_in(channel):
        raise Refusal("not_in_channel")
    if channel.archived:
        raise Refusal("is_inactive")
    if "text" not in args and "blocks" not in args:
        raise Refusal("no_text")
    blocks = check_blocks(args.get("blocks", []))
    new_text = check_text(args.get("text", post.text if blocks else ""), blocks)
    if len(new_text.encode(errors="surrogatepass")) > TEXT_UPDATED:
        raise Refusal("msg_too_long")
    metadata = check_metadata(args["metadata"]) if "metadata" in args else post.metadata
    change(world, post, new_text, blocks, metadata)
    message = payloads.message(world.workspace, post)
    return {"channel": channel.id, "ts": post.ts, "text": post.text, "message": message}


def change(world: World, post: Post, new_text: str, blocks: list[Json], metadata: Json | None) -> None:
    """Puts other words into a message."""
    before = payloads.message(world.workspace, post)
    post.text, post.blocks, post.metadata = new_text, named(blocks), metadata
    post.edited = world.workspace.next_ts()
    world.workspace.keep_post(post)
    if post.only_for is None:
        world.events.changed(before, post)


@method("chat.delete", takes="channel ts", scope="chat:write")
def delete(world: World, args: Json) -> Json:
    """Takes a message back."""
    channel, post = own_post(world, args, refused="cant_delete_message")
    before = payloads.message(world.workspace, post)
    world.workspace.drop_post(post)
    world.events.deleted(before, post)
    return {"channel": channel.id, "ts": post.ts}
