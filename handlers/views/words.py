"""Words and small pieces of Block Kit that every view uses: escaping, times, verbatim texts, buttons."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
)

from bot.core.deadlines import Band
from bot.core.wording import Change

BAND_WORDS: dict[Band, str] = {
    Band.UNKNOWN: "",
    Band.ON_TIME: ":large_green_circle: on time",
    Band.SOON: ":large_yellow_circle: soon, less than 3 hours left",
    Band.DUE: ":large_orange_circle: due, less than half an hour left",
    Band.LATE: ":red_circle: late",
}

LONGEST_SECTION = 3000
LONGEST_SMALL_PRINT = 2000
LONGEST_OPTION = 75
LONGEST_NAME = 75
LONGEST_TITLE = 200
"""Characters of an outlet, or of several, in a sentence of ours."""
LONGEST_SPOKEN, LONGEST_SPOKEN_BYTES = 3000, 4000
"""Of the words beside the blocks: `chat.update` refuses more than 4,000 bytes of them."""
MOST_NAMES = 6


@dataclass(frozen=True)
class Drawn:
    """A message: its blocks, and the words that notifications and screen readers use instead.

    Slack reads `text` as mark-up too: what a person typed goes into it through `plain`.
    """

    text: str
    blocks: Sequence[Block]

    def blocks_as_data(self) -> list[dict[str, Any]]:
        """The blocks as Slack takes them. Raises SlackObjectFormationError where one breaks a limit."""
        return [block.to_dict() for block in self.blocks]


def drawn(text: str, blocks: Sequence[Block]) -> Drawn:
    """A message whose `text` is short enough to be updated, too."""
    return Drawn(clip(text, LONGEST_SPOKEN, LONGEST_SPOKEN_BYTES), blocks)


def escape(text: str) -> str:
    """What a person typed, so that none of it rings anybody or turns into a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, most: int | None = None) -> str:
    """What a person typed, in a sentence of ours: nothing of it is taken for formatting, an emoji or a mention.

    Slack has no escape for formatting, so an invisible joiner stands on both sides of a mark that could begin or end
    something. `most` characters of it are shown, on one line.
    """
    text = typed(text, most) if most is not None else _in_its_own_direction(text)
    text = _MARK_AT_A_BORDER.sub("\u2060\\g<0>\u2060", text)
    return escape(_EMOJI_NAME.sub(":\u2060\\1", text))


_MARK_AT_A_BORDER = re.compile(r"(?<!\w)[*_~`>]|[*_~`>](?!\w)")
_EMOJI_NAME = re.compile(r":([\w+'-]+)(?=:)")


def typed(text: str, most: int) -> str:
    """What a person typed, for where Slack takes no mark-up: at most `most` characters, on one line."""
    return _in_its_own_direction(cut(text, most))


def _in_its_own_direction(text: str) -> str:
    """Right-to-left words must not turn our own words around that stand beside them."""
    text = _TURNS_TEXT_AROUND.sub("", text)
    if any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text):
        return f"\u2068{text}\u2069"
    return text


_TURNS_TEXT_AROUND = re.compile("[\u202a-\u202e\u2066-\u2069]")


def cut(text: str, most: int) -> str:
    """At most `most` characters, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def excerpt(text: str, most: int) -> str:
    """At most `most` characters, with the line ends that were typed."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def parts(text: str, most: int = 3000) -> list[str]:
    """A long text in pieces, each short enough for one block; divided between words where there are any."""
    found = []
    while len(text) > most:
        cut_at = text.rfind(" ", most // 2, most) + 1 or most
        found.append(text[:cut_at])
        text = text[cut_at:]
    return [*found, text]


def clip(markup: str, most: int, most_bytes: int | None = None) -> str:
    """Mark-up cut to a length, never inside an escaped character or a `<…>`."""
    limit = most_bytes or most * 4
    if len(markup) <= most and len(markup.encode()) <= limit:
        return markup
    kept, length, size = [], 1, len("…".encode())
    for found in _WHOLE.finditer(markup):
        piece = found.group()
        length, size = length + len(piece), size + len(piece.encode())
        if length > most or size > limit:
            break
        kept.append(piece)
    return "".join(kept).rstrip() + "…"


_WHOLE = re.compile(r"&(?:amp|lt|gt);|<[^<>]*>|.", re.DOTALL)


def moment(at: datetime) -> str:
    """A time in each reader's own zone."""
    fallback = at.strftime("%a %d %b %Y %H:%M UTC")
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>"


def clock(at: datetime) -> str:
    """The hour alone of a time whose day has been said, in each reader's own zone."""
    return f"<!date^{int(at.timestamp())}^{{time}}|{at:%H:%M UTC}>"


def sentence(text: str, times: Mapping[str, datetime]) -> str:
    """A sentence of ours, with the times that `{name}` stands for."""
    said = plain(text)
    for name_, at in times.items():
        said = said.replace(f"{{{name_}}}", moment(at))
    return said


def due(at: datetime | None, band: Band) -> str:
    """When something is due, and how pressing that is, in words as well as colour."""
    if at is None:
        return "not known yet"
    words = BAND_WORDS[band]
    return moment(at) + (f"  {words}" if words else "")


def harmless(text: str) -> str:
    """What a person typed, for plain text, where nothing is escaped: no client can take any of it for a mention."""
    return re.sub(r"<(?=[!@#])", "<\u2060", text)


def header(text: str) -> HeaderBlock:
    return HeaderBlock(text=PlainTextObject(text=harmless(cut(text, 150)), emoji=False))


def section(text: str, *, accessory: ButtonElement | None = None) -> SectionBlock:
    return SectionBlock(text=MarkdownTextObject(text=clip(text, LONGEST_SECTION), verbatim=True), accessory=accessory)


def sections(lines: Iterable[str]) -> list[SectionBlock]:
    """Lines, in as many blocks as they need."""
    found: list[str] = []
    for line in lines:
        if found and len(found[-1]) + 1 + len(line) <= LONGEST_SECTION:
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return [section(text) for text in found]


def listed(lines: Sequence[str], room: int = 2600) -> str:
    """As many lines as there is room for (in characters), and how many more there are."""
    kept: list[str] = []
    for line in lines:
        if sum(len(one) + 1 for one in kept) + len(line) > room:
            return "\n".join([*kept, f"and {len(lines) - len(kept)} more"])
        kept.append(line)
    return "\n".join(kept)


def small(text: str, *, before: str = "") -> ContextBlock:
    """Small print. `before` is what a person typed, shown so that it can be copied exactly: an address, a number."""
    exact = [PlainTextObject(text=harmless(cut(before, LONGEST_SMALL_PRINT)), emoji=False)] if before else []
    return ContextBlock(elements=[*exact, MarkdownTextObject(text=clip(text, LONGEST_SMALL_PRINT), verbatim=True)])


def divider() -> DividerBlock:
    return DividerBlock()


def verbatim(text: str) -> RichTextBlock:
    """A text exactly as it was written: nothing in it is taken for formatting, a mention or an emoji."""
    parts = [text[start : start + LONGEST_SECTION] for start in range(0, len(text), LONGEST_SECTION)] or [text]
    pieces = [RichTextElementParts.Text(text=part) for part in parts]
    return RichTextBlock(elements=[RichTextSectionElement(elements=pieces)])


def posted(pieces: Iterable[tuple[str, bool]]) -> RichTextBlock:
    """A text exactly as it was written, with what is a link (`True`) to be pressed; nothing else in it means anything.

    Its words are the same as in `verbatim`.
    """
    parts: list[Any] = []
    for text, is_link in pieces:
        if is_link:
            parts.append(RichTextElementParts.Link(url=text))
        else:
            cut_up = [text[start : start + LONGEST_SECTION] for start in range(0, len(text), LONGEST_SECTION)]
            parts += [RichTextElementParts.Text(text=part) for part in cut_up]
    return RichTextBlock(elements=[RichTextSectionElement(elements=parts)])


def quote(text: str) -> RichTextBlock:
    """What somebody wrote, set apart and exactly as it was written."""
    return RichTextBlock(elements=[RichTextQuoteElement(elements=[RichTextElementParts.Text(text=text)])])


def changes(pieces: Iterable[tuple[Change, str]]) -> RichTextBlock:
    """What was taken out is struck through, what came in is bold.

    The last word of a text has no space behind it: it gets one, lest what came in its place runs together with it.
    """
    styles = {
        Change.SAME: None,
        Change.REMOVED: RichTextElementParts.TextStyle(strike=True),
        Change.ADDED: RichTextElementParts.TextStyle(bold=True),
    }
    apart = (
        (change, f"{text} " if change is Change.REMOVED and text[-1:].strip() else text) for change, text in pieces
    )
    parts = [RichTextElementParts.Text(text=text, style=styles[change]) for change, text in apart]
    return RichTextBlock(elements=[RichTextSectionElement(elements=parts)])


def button(text: str, action_id: str, value: object, *, primary: bool = False) -> ButtonElement:
    return ButtonElement(
        text=PlainTextObject(text=text, emoji=False),
        action_id=action_id,
        value=str(value),
        style="primary" if primary else None,
    )


def buttons(elements: Sequence[ButtonElement]) -> list[ActionsBlock]:
    """A row of buttons, or nothing where there are none."""
    return [ActionsBlock(elements=list(elements))] if elements else []


def first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def name(text: str) -> str:
    """Somebody's name in a sentence of ours."""
    return plain(text, LONGEST_NAME)


def names(people: Iterable[str]) -> str:
    """`A`, `A and B`, `A, B and C`; of many the first few, and how many others; escaped."""
    listed_ = [name(one) for one in people]
    if len(listed_) > MOST_NAMES:
        listed_ = [*listed_[: MOST_NAMES - 1], f"{len(listed_) - MOST_NAMES + 1} others"]
    if not listed_:
        return "nobody"
    return listed_[0] if len(listed_) == 1 else f"{', '.join(listed_[:-1])} and {listed_[-1]}"
