"""What a person reads: blocks and Slack's markup as plain words, times in the reader's own zone."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.sandbox.records import Json, Person
from bot.sandbox.workspace import Workspace

# A mark formats only at the border of a word, and an invisible joiner (U+2060) is a part of the word beside it.
MARKS = re.compile(r"(?<![\w\u2060*_~`])([*_~`])(?=\S)(.+?)(?<=\S)\1(?![\w\u2060*_~`])")
TOKENS = re.compile(r"<([^<>]+)>")


class Reader:
    """One person's eyes."""

    def __init__(self, workspace: Workspace, person: Person) -> None:
        self._workspace = workspace
        self._zone = ZoneInfo(person.zone)

    def markup(self, text: str) -> str:
        """mrkdwn as it looks, without its marks."""
        text = TOKENS.sub(lambda found: self._token(found.group(1)), text)
        for _ in range(2):  # bold within italics
            text = MARKS.sub(r"\2", text)
        return html.unescape(text)

    def _token(self, token: str) -> str:
        reference, _, label = token.partition("|")
        if reference.startswith("@"):
            return f"@{self._name(reference[1:])}"
        if reference.startswith("#"):
            channel = self._workspace.channels.get(reference[1:])
            return f"#{channel.name if channel else label or reference[1:]}"
        if reference.startswith("!date^"):
            return self._moment(reference, label)
        if reference.startswith("!"):
            return f"@{reference[1:].split('^')[0]}"
        return label or reference

    def _name(self, user: str) -> str:
        if user == self._workspace.identity.bot_user_id:
            return self._workspace.bot_name
        person = self._workspace.people.get(user)
        return person.name if person else user

    def _moment(self, reference: str, fallback: str) -> str:
        parts = reference.split("^")
        try:
            moment = datetime.fromtimestamp(int(parts[1]), UTC).astimezone(self._zone)
        except (ValueError, IndexError, OverflowError):
            return fallback
        return moment_in_words(parts[2], moment, self._workspace.clock.now().astimezone(self._zone))

    def text(self, content: Json) -> str:
        """A text object."""
        return self.markup(content["text"]) if content["type"] == "mrkdwn" else str(content["text"])

    def blocks(self, blocks: list[Json]) -> str:
        """Everything readable, a line for each thing; what can be pressed is listed elsewhere."""
        return "\n".join(line for block in blocks for line in self._block(block) if line)

    def _block(self, block: Json) -> list[str]:
        read: dict[str, Callable[[], list[str]]] = {
            "section": lambda: (
                [self.text(block[key]) for key in ("text",) if key in block]
                + [self.text(content) for content in block.get("fields", [])]
            ),
            "header": lambda: [self.text(block["text"])],
            "context": lambda: [" ".join(self._image_or_text(content) for content in block["elements"])],
            "image": lambda: [block.get("title", {}).get("text", ""), block["alt_text"]],
            "markdown": lambda: [block["text"]],
            "input": lambda: [self.text(block[key]) for key in ("label", "hint") if key in block],
            "rich_text": lambda: [self._rich(part) for part in block["elements"]],
            "table": lambda: [" | ".join(self._cell(cell) for cell in row) for row in block["rows"]],
        }
        return read[block["type"]]() if block["type"] in read else []

    def _image_or_text(self, content: Json) -> str:
        return str(content["alt_text"]) if content["type"] == "image" else self.text(content)

    def _cell(self, cell: Json) -> str:
        if cell["type"] == "raw_text":
            return str(cell["text"])
        return "\n".join(self._rich(part) for part in cell["elements"])

    def _rich(self, part: Json) -> str:
        if part["type"] == "rich_text_list":
            return "\n".join(f"• {self._rich(item)}" for item in part["elements"])
        return "".join(self._inline(element) for element in part["elements"])

    def _inline(self, element: Json) -> str:
        kind = element["type"]
        if kind == "user":
            return f"@{self._name(element['user_id'])}"
        if kind == "channel":
            channel = self._workspace.channels.get(element["channel_id"])
            return f"#{channel.name if channel else element['channel_id']}"
        if kind == "date":
            moment = datetime.fromtimestamp(element["timestamp"], UTC).astimezone(self._zone)
            return moment_in_words(element["format"], moment, self._workspace.clock.now().astimezone(self._zone))
        if kind == "emoji":
            return f":{element['name']}:"
        if kind == "broadcast":
            return f"@{element['range']}"
        return str(element.get("text") or element.get("url", ""))


def moment_in_words(pattern: str, moment: datetime, now: datetime) -> str:
    """A date pattern of Slack's, filled in as its British English client does."""
    day = f"{moment.day} {moment:%b} {moment.year}"
    relative = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((moment.date() - now.date()).days)
    long = f"{moment:%A} {moment.day} {moment:%B} {moment.year}"
    words = {
        "{date_num}": f"{moment:%Y-%m-%d}",
        "{date}": f"{moment.day} {moment:%B} {moment.year}",
        "{date_short}": day,
        "{date_long}": long,
        "{date_pretty}": relative or f"{moment.day} {moment:%B} {moment.year}",
        "{date_short_pretty}": relative or day,
        "{date_long_pretty}": relative or long,
        "{time}": f"{moment:%H:%M}",
        "{time_secs}": f"{moment:%H:%M:%S}",
        "{day_divider_pretty}": relative or long,
        "{ago}": f"{abs(int((now - moment).total_seconds())) // 60} minutes {'ago' if now >= moment else 'from now'}",
    }
    for token, filled in words.items():
        pattern = pattern.replace(token, filled)
    return pattern
