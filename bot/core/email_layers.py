"""The letters inside an e-mail's text: what was forwarded, and what was quoted, as mail programs set it out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.core.email_sources import Letter, address_of, date_of

DEEPEST = 30
"""Letters inside letters that are told apart."""

_NAMES = {
    "from": r"from|od|oddi wrth|von|de",
    "sent": r"sent|date|wysłano|data|anfonwyd|dyddiad|gesendet|envoyé",
    "to": r"to|do|at|an|à",
    "cc": r"cc|bcc|dw|importance|reply-to",
    "subject": r"subject|temat|pwnc|betreff|objet",
}
_FIELD = {
    name: re.compile(
        rf"[\s*_]{{0,8}}(?:[^\W\d]{{1,12}}(?: [^\W\d]{{1,12}})? ?/ ?)?(?:{names})\s?:\**\s?(?P<value>.*)", re.IGNORECASE
    )
    for name, names in _NAMES.items()
}
_MARKS = re.compile(r"(?:\s{0,3}[>|] ?){0,40}")
_PASSED_ON = re.compile(
    r"\s*(?:-{2,}\s*forwarded message\s*-{0,}|begin forwarded message:?|forwarded message:?"
    r"|-{2,}\s*forwarded by .*)\s*$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"\s*(?:-{2,}\s*(?:original message|wiadomość oryginalna|neges wreiddiol)\s*-{0,}|_{10,})\s*$", re.IGNORECASE
)
_WROTE = re.compile(
    r"\s*(?:on|w dniu|ar)\b(?P<who>.{5,300}?)(?:\bwrote|napisał(?:\(a\)|a)?|ysgrifennodd)\s?:\s*$", re.IGNORECASE
)
_BLOCK_LINES = 10


@dataclass(frozen=True)
class _Opening:
    """Where a letter inside a text opens: its first line and the one after its headers, and what those say."""

    first: int
    after: int
    letter: Letter
    passed_on: bool | None


def layers(outer: Letter, zone: ZoneInfo) -> list[Letter]:
    """The letters in `outer`, itself first, each with its own words alone and whether it passes on the one below."""
    lines = [_MARKS.sub("", line, count=1) for line in outer.text.split("\n")]
    openings = list(_openings(lines, zone))[:DEEPEST]
    ends = [*(opening.first for opening in openings), len(lines)]
    found = [_with_text(outer, lines[: ends[0]], openings[0].passed_on if openings else outer.forwarded)]
    for number, opening in enumerate(openings):
        below = openings[number + 1].passed_on if number + 1 < len(openings) else outer.forwarded
        found.append(_with_text(opening.letter, lines[opening.after : ends[number + 1]], below))
    return found


def _with_text(letter: Letter, lines: list[str], passes_on: bool | None) -> Letter:  # noqa: FBT001  three answers
    if passes_on is None:
        passes_on = None if re.match(r"\s*re\s?:", letter.subject, re.IGNORECASE) is None else False
    text = "\n".join(lines).strip()
    return replace(letter, text=text, forwarded=passes_on)


def _openings(lines: list[str], zone: ZoneInfo) -> Iterator[_Opening]:
    at, marked, passed_on = 0, None, None
    while at < len(lines):
        line = lines[at]
        if _PASSED_ON.match(line) or _ORIGINAL.match(line):
            marked, passed_on = at, True if _PASSED_ON.match(line) else None
            at += 1
            continue
        opening = _headers(lines, at, zone) or _quoted(lines, at, zone)
        if opening is None:
            marked = marked if not line.strip() else None
            at += 1
            continue
        first = at if marked is None else marked
        yield _Opening(first, opening.after, opening.letter, passed_on if marked is not None else opening.passed_on)
        at, marked, passed_on = opening.after, None, None


def _headers(lines: list[str], at: int, zone: ZoneInfo) -> _Opening | None:
    """A block of headers: "From:" and at least one other within the lines that follow."""
    if not _FIELD["from"].match(lines[at]):
        return None
    fields: dict[str, str] = {}
    end, last = at, ""
    for number in range(at, min(at + _BLOCK_LINES, len(lines))):
        line = lines[number]
        name = next((name for name, field in _FIELD.items() if field.match(line)), None)
        if name:
            found = _FIELD[name].match(line)
            fields.setdefault(name, found["value"].strip() if found else "")
            end, last = number + 1, name
        elif not line.strip() and len(fields) > 1:
            break
        elif line.strip():
            if last not in ("to", "cc", "from") or not re.search(r"[@;<]", line):
                break
            end = number + 1
    if len(fields) < 2:
        return None
    name, address = address_of(fields["from"])
    subject = fields.get("subject", "").strip("* ")
    sent = fields.get("sent", "")
    sent_at = date_of(sent, zone)
    letter = Letter(name, address, sent_at, subject, has_unread_date=bool(sent) and sent_at is None)
    return _Opening(at, end, letter, passed_on=None)


def _quoted(lines: list[str], at: int, zone: ZoneInfo) -> _Opening | None:
    """ "On Mon, 1 Jun 2026 at 09:14, Jane Roe <jane@gazette.example> wrote:", on up to three lines."""
    for count in range(1, 4):
        found = _WROTE.match(" ".join(lines[at : at + count])[:400])
        if found:
            who = found["who"]
            when = re.match(r".{0,60}?\d{1,2}[:.]\d{2}(?: ?[ap]m)?(?: ?[+-]\d{4})?", who, re.IGNORECASE)
            rest = who[when.end() :].strip(" ,") if when else who
            name, address = address_of(rest)
            sent_at = date_of(when.group(), zone) if when else None
            return _Opening(at, at + count, Letter(name, address, sent_at), passed_on=False)
    return None
