"""conversations.* and users.*: who is there, and what was said."""

from datetime import timedelta

from bot.sandbox import payloads
from bot.sandbox.api_calls import Refusal, World, method, page
from bot.sandbox.records import Channel, Json, Person, Post

READ = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}
HISTORY = {"channel": "channels:history", "group": "groups:history", "im": "im:history"}
ZERO = timedelta(0)


def channel_object(world: World, channel: Channel) -> Json:
    """A conversation as the Web API shows it."""
    workspace = world.workspace
    common = {
        "id": channel.id,
        "created": channel.created,
        "is_im": channel.kind == "im",
        "is_archived": channel.archived,
    }
    if channel.with_user:
        gone = workspace.people[channel.with_user].gone
        return common | {"user": channel.with_user, "is_open": True, "is_user_deleted": gone}
    shared = workspace.is_shared(channel)
    return common | {
        "name": channel.name,
        "is_channel": True,
        "is_private": channel.private,
        "is_member": workspace.bot_is_in(channel),
        "is_shared": shared,
        "is_ext_shared": shared,
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def message_object(world: World, post: Post, *, with_metadata: bool) -> Json:
    """A message in a history: what hangs on it is counted there."""
    body = payloads.message(world.workspace, post, with_metadata=with_metadata)
    replies = [reply for reply in world.workspace.posts_in(post.channel) if reply.thread_ts == post.ts]
    if replies:
        users = list(dict.fromkeys(reply.user for reply in replies))
        body |= {
            "thread_ts": post.ts,
            "reply_count": len(replies),
            "reply_users_count": len(users),
            "reply_users": users,
            "latest_reply": replies[-1].ts,
        }
    return body


def readable(world: World, args: Json) -> Channel:
    """A conversation whose messages the bot may read."""
    channel = world.channel_for_bot(args)
    world.require(HISTORY[channel.kind])
    if not world.workspace.bot_is_in(channel):
        raise Refusal("not_in_channel")
    return channel


def within(posts: list[Post], args: Json) -> list[Post]:
    """Those between `oldest` and `latest`; the bounds count only if `inclusive`."""
    oldest, latest = float(args.get("oldest", "0")), float(args.get("latest", "inf"))
    if args.get("inclusive", False):
        return [post for post in posts if oldest <= float(post.ts) <= latest]
    return [post for post in posts if oldest < float(post.ts) < latest]


BOUNDS = "cursor inclusive include_all_metadata latest oldest limit"


@method("conversations.history", takes="channel", may_take=BOUNDS)
def history(world: World, args: Json) -> Json:
    """What was said, newest first, without replies."""
    channel = readable(world, args)
    posts = [post for post in world.workspace.posts_in(channel.id) if not post.is_reply]
    found, cursor = page(list(reversed(within(posts, args))), args, most=999)
    with_metadata = args.get("include_all_metadata", False)
    return {
        "messages": [message_object(world, post, with_metadata=with_metadata) for post in found],
        "has_more": bool(cursor["next_cursor"]),
        "response_metadata": cursor,
    }


@method("conversations.replies", takes="channel ts", may_take=BOUNDS)
def replies(world: World, args: Json) -> Json:
    """A thread, oldest first, beginning with what it hangs on."""
    channel = readable(world, args)
    root = world.workspace.post_at(channel.id, args["ts"])
    if root is None or root.only_for is not None:
        raise Refusal("thread_not_found")
    if root.is_reply:
        found, cursor = [root], {"next_cursor": ""}
    else:
        answers = [post for post in world.workspace.posts_in(channel.id) if post.thread_ts == root.ts]
        found, cursor = page([root, *within(answers, args)], args)
    with_metadata = args.get("include_all_metadata", False)
    return {
        "messages": [message_object(world, post, with_metadata=with_metadata) for post in found],
        "has_more": bool(cursor["next_cursor"]),
        "response_metadata": cursor,
    }


@method("conversations.open", may_take="users channel return_im prevent_creation", scope="im:write")
def open_conversation(world: World, args: Json) -> Json:
    """The direct conversation with one person."""
    workspace = world.workspace
    if "channel" in args:
        channel = world.channel_for_bot(args)
        if not channel.with_user:
            raise Refusal("method_not_supported_for_channel_type")
    else:
        users = [user for user in args.get("users", "").split(",") if user]
        if not users:
            raise Refusal("users_list_not_supplied")
        if len(users) > 1:
            raise Refusal("method_not_supported_for_channel_type", "conversations of several people are not supported")
        person = workspace.people.get(users[0])
        if person is None:
            raise Refusal("user_not_found")
        if person.gone:
            raise Refusal("user_disabled")
        channel = workspace.conversation_with_bot(person.id)
    return {"channel": channel_object(world, channel) if args.get("return_im") else {"id": channel.id}}


@method("conversations.info", takes="channel", may_take="include_locale include_num_members")
def info(world: World, args: Json) -> Json:
    """One conversation."""
    channel = world.channel_for_bot(args)
    world.require(READ[channel.kind])
    return {"channel": channel_object(world, channel)}


@method("conversations.members", takes="channel", may_take="cursor limit")
def members(world: World, args: Json) -> Json:
    """The ids of everybody in a conversation."""
    channel = world.channel_for_bot(args)
    world.require(READ[channel.kind])
    found, cursor = page(channel.members, args)
    return {"members": found, "response_metadata": cursor}


def user_object(world: World, person: Person) -> Json:
    """A person as the Web API shows them."""
    first, _, last = person.name.partition(" ")
    body: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.username,
        "deleted": person.gone,
        "is_bot": False,
        "profile": {
            "real_name": person.name,
            "display_name": person.name,
            "first_name": first,
            "last_name": last,
            "title": person.title,
            "team": person.team_id,
        },
    }
    if person.team_id == world.workspace.team.id and "users:read.email" in world.manifest.scopes:
        body["profile"]["email"] = person.email
    if person.gone:
        return body
    return body | {
        "real_name": person.name,
        "tz": person.zone,
        "tz_label": person.zone,
        "tz_offset": int((world.workspace.now_in(person.zone).utcoffset() or ZERO).total_seconds()),
        "is_admin": person.owner,
        "is_owner": person.owner,
        "is_primary_owner": False,
        "is_restricted": person.guest,
        "is_ultra_restricted": False,
    }


@method("users.info", takes="user", may_take="include_locale", scope="users:read")
def user_info(world: World, args: Json) -> Json:
    """One person, of ours or of a partner's, or the bot."""
    if args["user"] == world.workspace.identity.bot_user_id:
        return {"user": bot_object(world)}
    person = world.workspace.people.get(args["user"])
    if person is None:
        raise Refusal("user_not_found")
    return {"user": user_object(world, person)}


def bot_object(world: World) -> Json:
    """The bot as a member."""
    identity = world.workspace.identity
    return {
        "id": identity.bot_user_id,
        "team_id": world.workspace.team.id,
        "name": world.workspace.bot_name.lower().replace(" ", ""),
        "real_name": world.workspace.bot_name,
        "deleted": False,
        "is_bot": True,
        "profile": {
            "real_name": world.workspace.bot_name,
            "bot_id": identity.bot_id,
            "api_app_id": identity.app_id,
        },
    }


@method("users.list", may_take="cursor limit include_locale", scope="users:read")
def users_list(world: World, args: Json) -> Json:
    """Everybody of our own workspace; people of partners are found by their id alone."""
    own = [person for person in world.workspace.people.values() if person.team_id == world.workspace.team.id]
    everybody = [bot_object(world), *(user_object(world, person) for person in own)]
    found, cursor = page(everybody, args)
    return {
        "members": found,
        "response_metadata": cursor,
        "cache_ts": int(world.workspace.clock.now().timestamp()),
    }
