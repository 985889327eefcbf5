"""E-mails as they reach the desk (pasted, as a file in Slack, as raw bytes), each brought to one shape: `Letter`.

Nothing here raises on what an e-mail holds: what can't be read is left empty.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from dateutil.parser import parse as parse_date
from dateutil.tz import tzoffset

MOST_CHARACTERS = 400_000
"""Characters of one text that are read."""
_LONGEST_FIELD = 1000
_ADDRESS = re.compile(r"[\w.+'&-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_EARLIEST_YEAR, _LATEST_YEAR = 1990, 2200

_LINE = "\x02"
_BREAKS = ("br", "hr")
_BLOCKS = frozenset(
    (*_BREAKS, "p", "div", "tr", "li", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6")
)
_CELLS = ("td", "th")
_HIDDEN = ("script", "style", "title", "template")


@dataclass(frozen=True)
class PastedEmail:
    """What somebody pasted or typed, with or without headers."""

    text: str


@dataclass(frozen=True)
class SlackEmail:
    """A file of Slack's type `email`, as `files.info` gives it."""

    file: Mapping[str, object]


@dataclass(frozen=True)
class RawEmail:
    """An `.eml` file: RFC 822 and what mail programs make of it."""

    content: bytes


EmailSource = PastedEmail | SlackEmail | RawEmail


@dataclass(frozen=True)
class Letter:
    """One e-mail: who wrote it, when (aware, or None), about what; `text` may still hold older letters.

    `forwarded`: whether it is known to pass the letter below it on, or to answer it; None where nothing tells.
    """

    name: str = ""
    address: str = ""
    sent_at: datetime | None = None
    subject: str = ""
    text: str = ""
    forwarded: bool | None = None
    has_unread_date: bool = False
    """It says when it was sent, in a way that cannot be read."""


def letters(source: EmailSource, zone: ZoneInfo) -> list[Letter]:
    """The letters of a source, the outermost first: more than one where another is attached to it whole."""
    match source:
        case PastedEmail(text):
            return [Letter(text=_readable(text))]
        case SlackEmail(file):
            return [_from_slack(file, zone)]
        case RawEmail(content):
            return _from_raw(content, zone)


def address_of(field: str) -> tuple[str, str]:
    """The name and the address (lower case) in "Jane Roe <jane@gazette.example>"; "" where there is none."""
    field = field[:_LONGEST_FIELD]
    found = _ADDRESS.search(field)
    if not found:
        return _person(field[:80]), ""
    comment = re.match(r"\s?\(([^()]{1,80})\)", field[found.end() :])
    return _person(field[: found.start()]) or (_person(comment[1]) if comment else ""), found.group().strip(
        ".'"
    ).lower()


def date_of(words: str, zone: ZoneInfo) -> datetime | None:
    """A date as headers write it, British order, aware; by the clocks of `zone` where it names no zone."""
    words = re.sub(r"\s+at\s+|,", " ", words[:100]).strip()
    iso = re.match(r"\d{4}-", words) is not None

    def named(_: str | None, offset: int | None) -> tzinfo:
        return zone if offset is None else tzoffset(None, offset)

    try:
        found = parse_date(words, dayfirst=not iso, tzinfos=named, default=datetime(1, 1, 1, tzinfo=zone))
        found = found if found.tzinfo else found.replace(tzinfo=zone)
        found.astimezone(UTC)
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
    return found if _EARLIEST_YEAR <= found.year <= _LATEST_YEAR else None


def text_of_html(html: str) -> str:
    """The words of an HTML page, a line for each block."""
    page = _Page()
    with suppress(AssertionError):  # html.parser's word for a declaration that it can't read
        page.feed(f"{html[:MOST_CHARACTERS]}<br>")  # a last tag lets go of the words before it; close() can be slow
    lines = re.sub(r"\s+", " ", "".join(page.words)).split(_LINE)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()


class _Page(HTMLParser):
    """Collects a page's words. It keeps no tree, so that blocks nested a thousand deep cost no more than others."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  its shape
        self._hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self.words.append(_LINE)

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        if tag in _BLOCKS and tag not in _BREAKS:
            self.words.append(_LINE * (2 if tag == "p" else 1))
        elif tag in _CELLS:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data.replace(_LINE, " "))


def _person(name: str) -> str:
    """ "Roe, Jane (Gazette)" is Jane Roe."""
    name = re.sub(r"\(.{0,80}?\)|\[.{0,80}?\]|\bmailto:.*|[<>\"“”]|\bvia\b.*", " ", name)
    name = " ".join(name.strip(" ,;:'*").split())
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and given and "," not in given else name


def _readable(text: str) -> str:
    text = text[:MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return re.sub(r"[\u200b-\u200f\ufeff\u00ad]", "", text).replace("\u00a0", " ")


# --- Slack ------------------------------------------------------------------------------------------------


def _from_slack(file: Mapping[str, object], zone: ZoneInfo) -> Letter:
    sender = _first_sender(file.get("from"))
    headers = file.get("headers")
    date = _text(headers.get("date")) if isinstance(headers, Mapping) else ""
    name, address = address_of(_text(sender.get("original")))
    return Letter(
        name=_person(_text(sender.get("name"))) or name,
        address=address_of(_text(sender.get("address")))[1] or address,
        sent_at=date_of(date, zone) or _moment(file.get("timestamp")),
        subject=_text(file.get("subject")) or _text(file.get("title")),
        text=_readable(_slack_text(file)),
    )


def _first_sender(senders: object) -> Mapping[str, object]:
    found = senders[0] if isinstance(senders, list) and senders else senders
    return found if isinstance(found, Mapping) else {}


def _slack_text(file: Mapping[str, object]) -> str:
    plain = _text(file.get("plain_text"))
    html = _text(file.get("simplified_html")) or _text(file.get("preview"))
    return plain or (text_of_html(html) if html else "") or _text(file.get("preview_plain_text"))


def _moment(seconds: object) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        found = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return found if _EARLIEST_YEAR <= found.year <= _LATEST_YEAR else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


# --- RFC 822 ----------------------------------------------------------------------------------------------


def _from_raw(content: bytes, zone: ZoneInfo) -> list[Letter]:
    try:
        message = message_from_bytes(content)
        return [_letter(one, zone) for one in _messages(message)]
    except RecursionError:  # parts nested a thousand deep
        return [Letter(text=_readable(content[:MOST_CHARACTERS].decode("utf-8", "replace")))]


def _messages(message: Message) -> Iterator[Message]:
    """The message, and those that are attached to it whole."""
    yield message
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            yield from (inner for inner in part.get_payload() if isinstance(inner, Message))


def _letter(message: Message, zone: ZoneInfo) -> Letter:
    name, address = address_of(_header(message, "from"))
    return Letter(
        name=name,
        address=address,
        sent_at=date_of(_header(message, "date"), zone),
        subject=_header(message, "subject"),
        text=_readable(_body(message)),
        forwarded=True if any(part.get_content_type() == "message/rfc822" for part in message.walk()) else None,
    )


def _body(message: Message) -> str:
    """Its plain text; where there is none, its HTML as text."""
    plain = "\n".join(_decoded(part) for part in _inline_parts(message, "text/plain"))
    if plain.strip():
        return plain
    return "\n".join(text_of_html(_decoded(part)) for part in _inline_parts(message, "text/html"))


def _inline_parts(message: Message, content_type: str) -> Iterator[Message]:
    """The parts of a type that are neither attached nor in a message that is attached."""
    if message.get_content_type() == content_type and message.get_content_disposition() != "attachment":
        if not message.is_multipart():
            yield message
    elif message.is_multipart() and message.get_content_maintype() != "message":
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _inline_parts(part, content_type)


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return _in_charset(payload, part.get_content_charset()) if isinstance(payload, bytes) else ""


def _in_charset(content: bytes, charset: str | None) -> str:
    """Decoded by the charset that is claimed, else as UTF-8, else as Windows writes Western Europe's."""
    for name in (charset, "utf-8"):
        try:
            if name:
                return content.decode(name)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _header(message: Message, name: str) -> str:
    """A header's words, encoded words decoded, on one line."""
    try:
        chunks = decode_header(str(message.get(name, "")))
    except HeaderParseError:
        return ""
    words = "".join(part if isinstance(part, str) else _in_charset(part, charset) for part, charset in chunks)
    return " ".join(words.split())
