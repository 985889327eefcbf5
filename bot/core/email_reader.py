"""What a journalist's e-mail says, however it came: who asks what, for whom, and when it was sent."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.core.email_layers import layers
from bot.core.email_signature import SHARED, LetterParts, name_in, outlet_in, parts_of, phone_in, without_greeting
from bot.core.email_sources import EmailSource, Letter, PastedEmail, RawEmail, SlackEmail, address_of, letters

__all__ = ["EmailSource", "JournalistEmail", "PastedEmail", "RawEmail", "SlackEmail", "read_email"]

LONGEST_QUESTION = 3000
_REPLY_MARKS = re.compile(r"(?:\s*(?:re|fw|fwd|ateb|odp)\s?:\s*|\s*\[external\]\s*)+", re.IGNORECASE)


@dataclass(frozen=True)
class JournalistEmail:
    """What was read; "" where the e-mail doesn't say.

    `question`: their words without greeting, signature and older mails, at most 3,000 characters, ending in "…" where
    more follows. `body`: their subject and whole letter, for the deadline reader. `sent_at`: aware, or None.
    """

    journalist: str
    email: str
    phone: str
    outlet: str
    sender_domain: str
    subject: str
    question: str
    sent_at: datetime | None
    body: str
    has_unread_date: bool = False


def read_email(source: EmailSource, *, own_domains: Collection[str], zone: ZoneInfo) -> JournalistEmail:
    """Reads the innermost letter that was passed on and is not from one of `own_domains` (subdomains too).

    Where that journalist wrote again further out, it is their newest letter. A date without a zone is by the clocks
    of `zone`. Never raises on what the e-mail holds.
    """
    own = tuple(domain.lower().lstrip("@") for domain in own_domains)
    chain = [layer for letter in letters(source, zone) for layer in layers(letter, zone)]
    letter = _journalists(chain, own)
    parts = parts_of(letter.text)
    address = letter.address or _address_in(parts, own)
    name = _name(letter, parts)
    subject = _subject(letter, chain)
    return JournalistEmail(
        journalist=name,
        email=address,
        phone=phone_in(parts.signature) or phone_in(parts.words.split("\n")[:400]),
        outlet=outlet_in(parts.signature, name=name),
        sender_domain=address.rpartition("@")[2],
        subject=subject,
        question=_shortened(without_greeting(parts.words)),
        sent_at=letter.sent_at,
        body=f"Subject: {subject}\n\n{letter.text}" if subject else letter.text,
        has_unread_date=letter.has_unread_date,
    )


def _journalists(chain: list[Letter], own: tuple[str, ...]) -> Letter:
    """Inwards as long as letters are passed on or are ours; then the newest of whoever wrote the innermost."""
    reached = [chain[0]]
    for outer, inner in pairwise(chain):
        theirs = bool(outer.address) and not _is_own(outer.address, own)
        if theirs and outer.forwarded is False:
            break
        reached.append(inner)
    others = [letter for letter in reached if not _is_own(letter.address, own)]
    named = [letter for letter in others if letter.address or letter.name]
    if not named:
        worded = [letter for letter in others if letter.text.strip()]
        return (worded or others or reached)[-1]
    innermost = named[-1]
    same = [letter for letter in named if letter.address == innermost.address and letter.text.strip()]
    return same[0] if innermost.address and same else innermost


def _is_own(address: str, own: tuple[str, ...]) -> bool:
    domain = address.rpartition("@")[2]
    return any(domain == ours or domain.endswith(f".{ours}") for ours in own)


def _name(letter: Letter, parts: LetterParts) -> str:
    """The sender's name; from the signature where the sender is a shared mailbox or gives an address for a name."""
    mailbox = letter.address.partition("@")[0]
    given = letter.name if "@" not in letter.name else ""
    signed = name_in(parts.signature)
    nobody = not given or SHARED.search(given) or (SHARED.fullmatch(mailbox) and signed)
    if nobody:
        return signed
    return signed if len(signed.split()) > 1 and signed.startswith(f"{given} ") else given


def _address_in(parts: LetterParts, own: tuple[str, ...]) -> str:
    for line in (*parts.signature, *parts.words.split("\n")[-40:]):
        _, address = address_of(line)
        if address and not _is_own(address, own):
            return address
    return ""


def _subject(letter: Letter, chain: list[Letter]) -> str:
    subject = letter.subject or next((one.subject for one in chain if one.subject), "")
    return " ".join(_REPLY_MARKS.sub(" ", subject, count=1).split())[:300] if subject else ""


def _shortened(words: str) -> str:
    """At most `LONGEST_QUESTION` characters, cut where a sentence ends."""
    words = re.sub(r"\n{3,}", "\n\n", words).strip()
    if len(words) <= LONGEST_QUESTION:
        return words
    kept = words[: LONGEST_QUESTION - 2]
    ends = [found.end() for found in re.finditer(r"[.!?](?=\s)|\n", kept)]
    cut = ends[-1] if ends and ends[-1] > LONGEST_QUESTION // 2 else len(kept)
    return f"{kept[:cut].rstrip()} …"
