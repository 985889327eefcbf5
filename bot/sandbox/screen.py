"""What a person has before their eyes at one moment: forms, messages, the home. Copies, which do not change later."""

import copy
from dataclasses import dataclass, field

from bot.sandbox.elements import interactive
from bot.sandbox.entries import shown_value
from bot.sandbox.records import File, Json, Person, Post, View
from bot.sandbox.rendering import Reader
from bot.sandbox.workspace import Workspace


@dataclass(frozen=True)
class Form:
    """An open form."""

    view_id: str
    callback_id: str
    title: str
    text: str
    labels: list[str]
    buttons: list[str]
    errors: dict[str, str]
    values: dict[str, object]
    failure: str | None
    submit: str | None
    payload: Json = field(repr=False)

    @classmethod
    def of(cls, view: View, reader: Reader, workspace: Workspace, person: Person) -> "Form":
        """The form as it is now."""
        blocks = view.blocks
        inputs = [block for block in blocks if block["type"] == "input"]
        labels = {block["block_id"]: block["label"]["text"] for block in inputs}
        return cls(
            view_id=view.id,
            callback_id=view.payload.get("callback_id", ""),
            title=view.payload["title"]["text"],
            text=reader.blocks(blocks),
            labels=list(labels.values()),
            buttons=button_texts(blocks),
            errors={labels.get(block_id, block_id): words for block_id, words in view.errors.items()},
            values={
                placed.label: shown_value(placed.element, entry[placed.holds], workspace, person)
                for placed in interactive(blocks)
                if (entry := view.state.get(placed.block_id, {}).get(placed.action_id)) is not None
            },
            failure=view.failure,
            submit=view.payload.get("submit", {}).get("text"),
            payload=copy.deepcopy(view.payload),
        )


def button_texts(blocks: list[Json]) -> list[str]:
    """What can be pressed: buttons, and the entries of overflow menus, in reading order."""
    return [text for placed in interactive(blocks) for text, _carried in placed.presses]


@dataclass(frozen=True)
class Attached:
    """A file in a message. `text`: what can be read of it there, its name or the e-mail."""

    id: str
    name: str
    filetype: str
    text: str
    content: bytes = field(repr=False)

    @classmethod
    def of(cls, file: File, workspace: Workspace) -> "Attached":
        """The file as it is now."""
        text = f"{file.name}\n{file.email['plain_text']}" if file.email else file.name
        if file.deleted:
            text = "This file was deleted."
        return cls(file.id, file.name, file.filetype, text, workspace.contents.get(file.id, b""))


@dataclass(frozen=True)
class Message:
    """A message. `channel` is an id; `edited` says that it is marked so."""

    ts: str
    channel: str
    text: str
    buttons: list[str]
    blocks: list[Json] = field(repr=False)
    thread_ts: str | None
    edited: bool
    author: str
    ephemeral: bool
    warnings: dict[str, str]
    metadata: Json | None = field(repr=False)
    files: list[Attached]

    @classmethod
    def of(cls, post: Post, reader: Reader, workspace: Workspace, person: Person) -> "Message":
        """The message as it is now."""
        author = workspace.people.get(post.user)
        attached = [Attached.of(workspace.files[each], workspace) for each in post.files]
        words = reader.blocks(post.blocks) if post.blocks else reader.markup(post.text)
        return cls(
            ts=post.ts,
            channel=post.channel,
            text="\n".join(filter(None, [words, *(file.text for file in attached)])),
            buttons=button_texts(post.blocks),
            blocks=copy.deepcopy(post.blocks),
            thread_ts=post.thread_ts,
            edited=post.edited is not None,
            author=author.name if author else workspace.bot_name if post.by_bot else "Slackbot",
            ephemeral=post.only_for is not None,
            warnings=dict(post.warnings.get(person.id, {})),
            metadata=copy.deepcopy(post.metadata),
            files=attached,
        )


@dataclass(frozen=True)
class Home:
    """The bot's home."""

    text: str
    buttons: list[str]
    blocks: list[Json] = field(repr=False)

    @classmethod
    def of(cls, view: View, reader: Reader) -> "Home":
        """The home as it is now."""
        blocks = view.blocks
        return cls(reader.blocks(blocks), button_texts(blocks), copy.deepcopy(blocks))


@dataclass(frozen=True)
class Shown:
    """What came of an act at once: words to this person alone, a form, or what went wrong."""

    ok: bool
    message: Message | None
    form: Form | None
    error: str | None

    @property
    def text(self) -> str | None:
        """The words shown to this person alone."""
        return self.message.text if self.message else None

    @property
    def buttons(self) -> list[str]:
        """What can be pressed beneath those words."""
        return self.message.buttons if self.message else []
