"""Words and small pieces of Block Kit that every view uses: escaping, times, verbatim texts, buttons."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
)

from bot.core import deadlines
from bot.core.deadlines import Band
from bot.core.signoffs import Change
from handlers import ids

BAND_WORDS: dict[Band, str] = {
    Band.UNKNOWN: "",
    Band.ON_TIME: ":large_green_circle: on time",
    Band.SOON: ":large_yellow_circle: soon, less than 3 hours left",
    Band.DUE: ":large_orange_circle: due, less than half an hour left",
    Band.LATE: ":red_circle: late",
}

LONGEST_SECTION = 3000
LONGEST_OPTION = 75
ROOM_IN_MESSAGE = 12_500
"""Characters of blocks a message may have, a little below Slack's limit (about 13,200)."""


@dataclass(frozen=True)
class Drawn:
    """A message: its blocks, and the words that notifications and screen readers use instead."""

    text: str
    blocks: Sequence[Block]

    def blocks_as_data(self) -> list[dict[str, Any]]:
        """The blocks as Slack takes them. Raises SlackObjectFormationError where one breaks a limit."""
        return [block.to_dict() for block in self.blocks]


def escape(text: str) -> str:
    """What a person typed, so that none of it rings anybody or turns into a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> str:
    """What a person typed, in a sentence of ours: nothing of it is taken for formatting, an emoji or a mention.

    Slack has no escape for these, so an invisible joiner goes where a mark would begin something, and nowhere else.
    """
    text = _MARK_THAT_OPENS.sub("\\1\u2060", text)
    return escape(_EMOJI_NAME.sub(":\u2060\\1:", text))


_MARK_THAT_OPENS = re.compile(r"(?<!\w)([*_~`>])(?=\S)")
_EMOJI_NAME = re.compile(r":([\w+'-]+):")


def cut(text: str, length: int) -> str:
    """At most `length` characters, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def moment(at: datetime) -> str:
    """A time in each reader's own zone."""
    fallback = at.strftime("%a %d %b %Y %H:%M UTC")
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>"


def due(at: datetime | None, band: Band) -> str:
    """When something is due, and how pressing that is, in words as well as colour."""
    if at is None:
        return "not known yet"
    words = BAND_WORDS[band]
    return moment(at) + (f"  {words}" if words else "")


def due_now(at: datetime, now: datetime) -> str:
    """When something is due and what is left of the time, for what is read at once."""
    return f"{moment(at)}, {deadlines.time_left(at, now)}"


def header(text: str) -> HeaderBlock:
    return HeaderBlock(text=PlainTextObject(text=cut(text, 150), emoji=False))


def section(text: str, *, block_id: str | None = None, accessory: ButtonElement | None = None) -> SectionBlock:
    return SectionBlock(
        text=MarkdownTextObject(text=text[:LONGEST_SECTION], verbatim=True), block_id=block_id, accessory=accessory
    )


def small(text: str, *, before: str = "") -> ContextBlock:
    """Small print. `before` is what a person typed, shown so that it can be copied exactly: an address, a number."""
    typed = [PlainTextObject(text=cut(before, 500), emoji=False)] if before else []
    return ContextBlock(elements=[*typed, MarkdownTextObject(text=text[:LONGEST_SECTION], verbatim=True)])


def divider() -> DividerBlock:
    return DividerBlock()


def verbatim(text: str) -> RichTextBlock:
    """A text exactly as it was written: nothing in it is taken for formatting, a mention or an emoji."""
    return RichTextBlock(elements=[RichTextSectionElement(elements=[RichTextElementParts.Text(text=text)])])


def quote(text: str) -> RichTextBlock:
    """What somebody wrote, set apart and exactly as it was written."""
    return RichTextBlock(elements=[RichTextQuoteElement(elements=[RichTextElementParts.Text(text=text)])])


def changes(pieces: Iterable[tuple[Change, str]]) -> RichTextBlock:
    """What was taken out is struck through, what came in is bold and underlined."""
    styles = {
        Change.SAME: None,
        Change.REMOVED: RichTextElementParts.TextStyle(strike=True),
        Change.ADDED: RichTextElementParts.TextStyle(bold=True, underline=True),
    }
    parts = [RichTextElementParts.Text(text=text, style=styles[change]) for change, text in pieces]
    return RichTextBlock(elements=[RichTextSectionElement(elements=parts)])


def button(
    text: str, action_id: str, value: object, *, primary: bool = False, confirm: ConfirmObject | None = None
) -> ButtonElement:
    return ButtonElement(
        text=PlainTextObject(text=text, emoji=False),
        action_id=action_id,
        value=str(value),
        style="primary" if primary else None,
        confirm=confirm,
    )


def buttons(elements: Sequence[ButtonElement | OverflowMenuElement], block_id: str | None = None) -> list[ActionsBlock]:
    """A row of buttons, or nothing where there are none."""
    return [ActionsBlock(elements=list(elements), block_id=block_id)] if elements else []


def more(entries: Sequence[tuple[str, str, object]]) -> list[OverflowMenuElement]:
    """A menu for what is done seldom: words, action and value of each entry. At most five."""
    options = [
        Option(text=PlainTextObject(text=words, emoji=False), value=f"{action_id}|{value}")
        for words, action_id, value in entries
    ]
    return [OverflowMenuElement(action_id=ids.MORE, options=options)] if options else []


def fits(blocks: Sequence[Block]) -> bool:
    """Whether a message with these blocks is within what Slack takes."""
    return len(json.dumps([block.to_dict() for block in blocks], ensure_ascii=False)) <= ROOM_IN_MESSAGE


def names(people: Iterable[str]) -> str:
    """`A`, `A and B`, `A, B and C`; escaped."""
    listed = [plain(name) for name in people]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}" if listed else "nobody"
