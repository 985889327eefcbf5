"""What the bot is sent, field by field as Slack documents it. Pure functions of the workspace."""

import secrets
from typing import Any

from bot.sandbox import files
from bot.sandbox.records import Channel, Json, Person, Place, Post, View
from bot.sandbox.workspace import Workspace


def interaction(workspace: Workspace, kind: str, person: Person, place: Place | None = None, **more: Any) -> Json:
    """What somebody did, and where; `more` depends on what it was."""
    return {
        "type": kind,
        "team": {"id": workspace.team.id, "domain": workspace.team.domain},
        # Who acts, with the workspace they belong to, which may be a partner's.
        "user": {"id": person.id, "username": person.username, "name": person.username, "team_id": person.team_id},
        "api_app_id": workspace.identity.app_id,
        "token": workspace.identity.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
        **(_where(workspace, place) if place else {}),
        **more,
    }


def slash_command(
    workspace: Workspace, person: Person, channel: Channel, *, command: str, text: str, response_url: str
) -> Json:
    """A command. Its fields are flat, and all of them strings, for reasons of history."""
    return {
        "token": workspace.identity.verification_token,
        "team_id": workspace.team.id,
        "team_domain": workspace.team.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.username,
        "command": command,
        "text": text,
        "api_app_id": workspace.identity.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": workspace.new_trigger(person.id),
    }


def channel_name(channel: Channel) -> str:
    """What payloads call a channel; a direct conversation has no name of its own."""
    return "directmessage" if channel.with_user else channel.name


def _where(workspace: Workspace, place: Place) -> Json:
    if isinstance(place, View):
        return {"container": {"type": "view", "view_id": place.id}, "view": view(workspace, place)}
    container = {
        "type": "message",
        "message_ts": place.ts,
        "channel_id": place.channel,
        "is_ephemeral": place.only_for is not None,
    }
    if place.thread_ts:
        container["thread_ts"] = place.thread_ts
    return {"container": container, **in_message(workspace, place)}


def in_message(workspace: Workspace, post: Post) -> Json:
    """A message, and the channel it is in."""
    channel = workspace.channels[post.channel]
    return {
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": message(workspace, post),
    }


def message(workspace: Workspace, post: Post, *, with_metadata: bool = True) -> Json:
    """A message as the Web API and the payloads show it."""
    author = workspace.people.get(post.user)
    body: dict[str, Any] = {
        "type": "message",
        "user": post.user,
        "ts": post.ts,
        "text": post.text,
        "team": author.team_id if author else workspace.team.id,
        "blocks": post.blocks,
    }
    if post.by_bot:
        body |= {"bot_id": workspace.identity.bot_id, "app_id": workspace.identity.app_id}
    if post.files:
        shared = [files.in_message(workspace, post.channel, workspace.files[each]) for each in post.files]
        body |= {"files": shared, "upload": False, "display_as_bot": False}
    if post.thread_ts:
        body["thread_ts"] = post.thread_ts
        if post.is_reply:
            root = workspace.post_at(post.channel, post.thread_ts)
            body |= {"parent_user_id": root.user} if root else {}
    if post.edited:
        body["edited"] = {"user": post.user, "ts": post.edited}
    if with_metadata and post.metadata:
        body["metadata"] = post.metadata
    return body


def view(workspace: Workspace, view_: View) -> Json:
    """A form or a home, with what was typed in it."""
    payload = view_.payload
    return {
        "id": view_.id,
        "team_id": workspace.team.id,
        "type": payload["type"],
        "title": payload.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "close": payload.get("close"),
        "submit": payload.get("submit"),
        "blocks": payload["blocks"],
        "private_metadata": payload.get("private_metadata", ""),
        "callback_id": payload.get("callback_id", ""),
        "external_id": payload.get("external_id", ""),
        "state": {"values": view_.state},
        "hash": view_.hash,
        "clear_on_close": payload.get("clear_on_close", False),
        "notify_on_close": payload.get("notify_on_close", False),
        "root_view_id": view_.root,
        "previous_view_id": view_.previous,
        "app_id": workspace.identity.app_id,
        "app_installed_team_id": workspace.team.id,
        "bot_id": workspace.identity.bot_id,
    }


def event(workspace: Workspace, channel: Channel | None, body: Json) -> Json:
    """The envelope's payload around one event."""
    identity = workspace.identity
    return {
        "token": identity.verification_token,
        "team_id": workspace.team.id,
        "context_team_id": workspace.team.id,
        "context_enterprise_id": None,
        "api_app_id": identity.app_id,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(workspace.clock.now().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team.id,
                "user_id": identity.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": channel is not None and workspace.is_shared(channel),
        "event_context": f"4-{secrets.token_urlsafe(24)}",
        "event": body,
    }
