"""Files and forwarded e-mails: what they are called, and what of them the bot is shown."""

import html
import mimetypes
import re
from datetime import datetime
from email.utils import format_datetime, parseaddr

from bot.sandbox.records import File, Json
from bot.sandbox.workspace import Workspace

# Slack takes 1 GB in a channel and 10 MB in a form. Here people have the one limit for both, and the bot the other.
MOST_BYTES = 10 * 1024 * 1024
MOST_BYTES_OF_BOT = 1024 * 1024 * 1024
PREVIEW_CHARACTERS = 500
FILETYPES = {"txt": "text", "jpeg": "jpg", "md": "markdown", "htm": "html", "": "binary"}
SHARED_IN = {"channel": "channels", "group": "groups", "im": "ims"}


def filetype_of(name: str) -> str:
    """Slack's word for what a file is, by the end of its name."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return FILETYPES.get(ending, ending)


def email_of(*, subject: str, text: str, sender: str, to: str, cc: tuple[str, ...], sent: datetime) -> Json:
    """What Slack reads in an e-mail. People are written `Rosa Achter <rosa@courier.example>`."""
    return {
        "subject": subject,
        "from": [_address(sender)],
        "to": [_address(to)],
        "cc": [_address(each) for each in cc],
        "plain_text": text,
        "preview": f"<div>{html.escape(text[:PREVIEW_CHARACTERS])}</div>",
        "preview_plain_text": text[:PREVIEW_CHARACTERS],
        "has_more": len(text) > PREVIEW_CHARACTERS,
        "attachments": [],
        "original_attachment_count": 0,
        "headers": {"date": format_datetime(sent), "message_id": f"<{sent.timestamp()}@mail.example>"},
        "sent_to_self": False,
        "timestamp": int(sent.timestamp()),
    }


def _address(written: str) -> Json:
    name, address = parseaddr(written)
    return {"address": address, "name": name, "original": written}


def file_object(workspace: Workspace, file: File) -> Json:
    """A file as messages, forms and `files.info` show it."""
    if file.deleted:
        return {"id": file.id, "mode": "tombstone"}
    author = workspace.people.get(file.user)
    slug = re.sub(r"[^a-z0-9.]", "_", file.name.lower())
    private = f"{workspace.address}/files-pri/{workspace.team.id}-{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": mimetype_of(file),
        "filetype": file.filetype,
        "pretty_type": file.filetype.upper() if file.email is None else "Email",
        "user": file.user,
        "user_team": author.team_id if author else workspace.team.id,
        "size": file.size,
        "mode": "hosted" if file.email is None else "email",
        "is_public": any(not channel.private for channel in workspace.channels_with(file.id)),
        "url_private": f"{private}/{slug}",
        "url_private_download": f"{private}/download/{slug}",
        "permalink": f"{workspace.address}/files/{file.user}/{file.id}/{slug}",
        "file_access": "visible",
        **(file.email or {}),
    }


def mimetype_of(file: File) -> str:
    """What a file is fetched as."""
    if file.email is not None:
        return "text/html"
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def in_message(workspace: Workspace, channel_id: str, file: File) -> Json:
    """A file in a message: where a partner's people are too, the bot must ask `files.info` what it is."""
    if workspace.is_shared(workspace.channels[channel_id]) and not file.deleted:
        hidden = {"mode": "file_access", "file_access": "check_file_info"}
        return {"id": file.id, "created": 0, "timestamp": 0, "user": "", **hidden}
    return file_object(workspace, file)


def with_shares(workspace: Workspace, file: File) -> Json:
    """A file, and which messages it is in; only `files.info` tells."""
    body = file_object(workspace, file) | {"channels": [], "groups": [], "ims": [], "shares": {}}
    for post in workspace.posts_with(file.id):
        channel = workspace.channels[post.channel]
        body[SHARED_IN[channel.kind]].append(channel.id)
        share = {"ts": post.ts, "channel_name": channel.name, "team_id": workspace.team.id, "share_user_id": post.user}
        share |= {"thread_ts": post.thread_ts} if post.thread_ts else {}
        kept = body["shares"].setdefault("private" if channel.private else "public", {})
        kept.setdefault(channel.id, []).append(share)
    return body


def bot_may_see(workspace: Workspace, file: File) -> bool:
    """Its own, what it was given in a form, and what is in a conversation that it is in."""
    return file.given_to_bot or any(workspace.bot_is_in(channel) for channel in workspace.channels_with(file.id))
