"""The text of a briefing: put together from meeting, messages and links, always the same from the same.

What is signed is this text, and what is posted is this text.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from bot.core.errors import BadInput

FEWEST, MOST = 3, 7
"""Key messages (DOMAIN §5)."""
MOST_LINKS = 20
LONGEST_LABEL, LONGEST_LINK = 150, 1000
ROOM = 10_000
"""Characters in one post, as Slack counts them: of some 13,200 that it takes, so much is left for what holds them."""
PER_LINK = 120
"""What a link takes beside its own characters, as Slack counts."""
PAPERS = "Papers"


@dataclass(frozen=True)
class Link:
    """A paper: what it is called, and where it is (https)."""

    label: str
    url: str


@dataclass(frozen=True)
class Content:
    """What a briefing says. Each message is one paragraph, without a line end."""

    messages: tuple[str, ...]
    links: tuple[Link, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """As it is stored."""
        return {"messages": list(self.messages), "links": [[link.label, link.url] for link in self.links]}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Content":
        return cls(tuple(data["messages"]), tuple(Link(label, url) for label, url in data["links"]))


def content(messages: Sequence[str], links: str) -> Content:
    """What a form says: each message in its own input, or all of them in the first, one a line; links one a line.

    Raises `BadInput` with the field it is about.
    """
    given = [message for message in messages if message.strip()]
    lines = [line for line in given[0].splitlines() if line.strip()] if len(given) == 1 else []
    found = tuple(_one_paragraph(message) for message in (lines if len(lines) > 1 else given))
    if len(found) < FEWEST:
        number = {0: "are none yet", 1: "is only 1 so far"}.get(len(found), f"are only {len(found)} so far")
        raise BadInput(f"A briefing has {FEWEST} to {MOST} key messages; there {number}.", field="message_1")
    if len(found) > MOST:
        raise BadInput(
            f"These are {len(found)} key messages, and a briefing has {MOST} at the most. Put some together, or leave "
            "some out.",
            field="message_1",
        )
    return Content(found, _links(links))


def compose(title: str, day: date, said: Content, *, replaces: date | None = None) -> str:
    """The text, as it is signed and posted. `day` is the meeting's, `replaces` when what it corrects was posted."""
    lines = [f"Key messages: {_one_line(title)}, {in_words(day)}"]
    if replaces is not None:
        lines.append(f"This replaces the key messages posted on {in_words(replaces)}.")
    blocks = ["\n".join(lines), *(f"{number}. {message}" for number, message in enumerate(said.messages, 1))]
    if said.links:
        blocks.append("\n".join([PAPERS, *(f"{link.label}: {link.url}" for link in said.links)]))
    return "\n\n".join(blocks)


def read(text: str) -> Content | None:
    """What a text that was put together so says, as a signatory may have changed it. None: it is not read so."""
    messages: list[str] = []
    links: list[Link] = []
    in_papers = False
    for line in (one.strip() for one in text.splitlines()[1:]):
        if not line or line.startswith("This replaces the key messages posted on "):
            continue
        if line.rstrip(":") == PAPERS and messages:
            in_papers = True
        elif in_papers and (found := _LINK.fullmatch(line)):
            links.append(Link(found["label"].strip(" :–-") or found["url"], found["url"]))
        elif not in_papers and re.match(rf"{len(messages) + 1}[.)]\s", line):
            messages.append(line.split(maxsplit=1)[1])
        elif not in_papers and messages:
            messages[-1] += f" {line}"
        else:
            return None
    return Content(tuple(messages), tuple(links)) if FEWEST <= len(messages) <= MOST else None


def check_room(text: str) -> None:
    """Raises `BadInput` where a text is more than one post holds, with the count."""
    needed = size(text)
    if needed > ROOM:
        raise BadInput(
            f"This is too long for one post in Slack: it has {needed:,} characters, as Slack counts them, and may have "
            f"{ROOM:,}. Shorten it by {needed - ROOM:,}.",
            field="message_1",
        )


def size(text: str) -> int:
    """How many characters of a post a text takes, as Slack counts: line ends, quotes and links take more than one."""
    return len(json.dumps(text, ensure_ascii=False)) - 2 + PER_LINK * len(_URL.findall(text))


def pieces(text: str) -> list[tuple[str, bool]]:
    """A text in its order, taken apart into what is a link and what is not: put together, it is the same."""
    found, at = [], 0
    for link in _URL.finditer(text):
        end = link.end() - (len(link[0]) - len(link[0].rstrip(".,;:!?)’”")))
        found += [(text[at : link.start()], False), (text[link.start() : end], True)]
        at = end
    return [(piece, is_link) for piece, is_link in [*found, (text[at:], False)] if piece]


def in_words(day: date) -> str:
    """`Tuesday 24 November 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


_URL = re.compile(r"https://\S+")
_LINK = re.compile(r"(?P<label>.*?)[\s:–|-]*(?P<url>https://\S+)", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[•*–-]|\d{1,2}[.)])\s+")


def _one_paragraph(message: str) -> str:
    """A message as it was written, without the bullet or number that it had where it was copied from."""
    return " ".join(_BULLET.sub("", message).split())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _links(typed: str) -> tuple[Link, ...]:
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > MOST_LINKS:
        raise BadInput(f"These are {len(lines)} papers. Keep to {MOST_LINKS}, or link one list of them.", field="links")
    return tuple(_link(line) for line in lines)


def _link(line: str) -> Link:
    found = _LINK.fullmatch(_BULLET.sub("", line))
    if found is None:
        raise BadInput(
            f"“{line[:80]}” has no link. Write what the paper is called and its whole link, like “Agenda "
            "https://board.example/agenda.pdf”.",
            field="links",
        )
    label, url = _one_line(found["label"]), found["url"]
    if not urlsplit(url).hostname or "." not in str(urlsplit(url).hostname):
        raise BadInput(f"“{url[:80]}” is not a whole link. Copy it from your browser.", field="links")
    if len(label) > LONGEST_LABEL or len(url) > LONGEST_LINK:
        raise BadInput(f"“{line[:80]}…” is too long. Shorten what the paper is called.", field="links")
    return Link(label or str(urlsplit(url).hostname), url)
