"""files.*: reading what people shared, and the three steps in which a bot shares something itself."""

import secrets

from bot.sandbox import files
from bot.sandbox.api_calls import Refusal, World, method
from bot.sandbox.api_chat import new_post, place_to_post
from bot.sandbox.records import File, Json, Upload, new_id


@method("files.info", takes="file", scope="files:read")
def info(world: World, args: Json) -> Json:
    """One file, as far as the bot may see it."""
    file = world.workspace.files.get(args["file"])
    if file is None or not files.bot_may_see(world.workspace, file):
        raise Refusal("file_not_found")
    if file.deleted:
        raise Refusal("file_deleted")
    return {"file": files.with_shares(world.workspace, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def fetch(world: World, file_id: str) -> tuple[File, bytes]:
    """What stands behind `url_private_download`."""
    world.require("files:read")
    file = world.workspace.files.get(file_id)
    if file is None or file.deleted or not files.bot_may_see(world.workspace, file):
        raise Refusal("file_not_found")
    return file, world.workspace.contents[file_id]


@method("files.getUploadURLExternal", takes="filename length", scope="files:write")
def get_upload_url(world: World, args: Json) -> Json:
    """The first step: an address to send the bytes to."""
    if not args["length"]:
        raise Refusal("missing_argument")
    if args["length"] > files.MOST_BYTES_OF_BOT:
        raise Refusal("file_upload_size_restricted")
    key = secrets.token_urlsafe(18)
    upload = Upload(new_id("F"), args["filename"], args["length"])
    world.uploads[key] = upload
    return {"upload_url": f"{world.workspace.address}/upload/v1/{key}", "file_id": upload.file_id}


def receive(world: World, key: str, content: bytes) -> None:
    """The second step: the bytes come, as many as were announced."""
    upload = world.uploads.get(key)
    if upload is None:
        raise Refusal("unknown_upload_url")
    if len(content) != upload.length:
        raise Refusal("length_mismatch")
    upload.content = content


@method(
    "files.completeUploadExternal", takes="files", may_take="channel_id thread_ts initial_comment", scope="files:write"
)
def complete_upload(world: World, args: Json) -> Json:
    """The third step: the files are there, and in a conversation if one is named. It cannot be taken twice."""
    titles = _titles(args["files"])
    arrived = {upload.file_id: key for key, upload in world.uploads.items() if upload.content is not None}
    if not titles.keys() <= arrived.keys():
        raise Refusal("file_not_found")
    post = None
    if "channel_id" in args:
        if args["channel_id"] in world.workspace.people:
            raise Refusal("channel_not_found")
        said = {"text": args.get("initial_comment", "")}
        said |= {"thread_ts": args["thread_ts"]} if "thread_ts" in args else {}
        post = new_post(world, place_to_post(world, {"channel": args["channel_id"]}), said, files=list(titles))
    kept = [_keep(world, world.uploads.pop(arrived[file_id]), title) for file_id, title in titles.items()]
    if post is not None:
        world.workspace.keep_post(post)
        world.events.posted(post)
    return {"files": [{"id": file.id, "title": file.title} for file in kept]}


@method("files.delete", takes="file", scope="files:write")
def delete(world: World, args: Json) -> Json:
    """Takes a file away for everybody; the bot's own alone. The message stays, and says that it was deleted."""
    file = world.workspace.files.get(args["file"])
    if file is None or not files.bot_may_see(world.workspace, file):
        raise Refusal("file_not_found")
    if file.deleted:
        raise Refusal("file_deleted")
    if file.user != world.workspace.identity.bot_user_id:
        raise Refusal("cant_delete_file")
    world.workspace.drop_file(file)
    return {}


def _keep(world: World, upload: Upload, title: str) -> File:
    details = {"id": upload.file_id, "title": title or upload.name, "filetype": files.filetype_of(upload.name)}
    user = world.workspace.identity.bot_user_id
    return world.workspace.new_file(upload.name, upload.content or b"", user, given_to_bot=True, **details)


def _titles(listed: object) -> dict[str, str]:
    """The titles by the ids of the files that the arguments list; empty where none is given."""
    entries = listed if isinstance(listed, list) else []
    known = {"id", "title", "highlight_type"}
    if not entries or not all(isinstance(each, dict) and "id" in each and set(each) <= known for each in entries):
        raise Refusal("invalid_arguments", "must list objects with an id [json-pointer:/files]")
    return {str(each["id"]): str(each.get("title", "")) for each in entries}
