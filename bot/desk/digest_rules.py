"""What can be set of a digest, in words and checked: its days, its hour, its parts, its readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.core import digests as editions
from bot.core.digest_days import MOST_DAYS_BEFORE
from bot.core.digest_parts import Part
from bot.core.errors import BadInput
from bot.core.permissions import may
from bot.core.workspaces import Work
from bot.desk.settings_words import WEEKDAYS
from storage import digests as records
from storage import people
from storage.digests import Digest, Every, Moment, Reader, ReaderKind, reader_of
from storage.people import Role

LONGEST_TITLE = 75
MOST_READERS = 60


@dataclass(frozen=True)
class DigestRules:
    """When a digest goes out, what it tells, and to whom. `on_day`, `days_before` and `at` as the digest keeps them;
    parts by their names. A title or readers that are None stay as they are."""

    is_on: bool
    every: Every
    on_day: int | None
    moment: Moment
    at: time | None
    parts: tuple[str, ...]
    days_before: int | None = None
    title: str | None = None
    readers: tuple[Reader, ...] | None = None


def of(digest: Digest) -> DigestRules:
    return DigestRules(
        is_on=digest.is_on,
        every=digest.every,
        on_day=digest.on_day,
        moment=digest.moment,
        at=digest.at,
        parts=tuple(digest.parts),
        days_before=digest.days_before,
        title=digest.title,
        readers=tuple(reader_of(one) for one in digest.readers),
    )


def when_words(rules: DigestRules) -> str:
    """`every working day when the office opens`."""
    return f"{_days(rules)} {_moment(rules)}"


def _days(rules: DigestRules) -> str:
    match rules.every:
        case Every.WORKING_DAY:
            return "every working day"
        case Every.DAY:
            return "every day"
        case Every.WEEK:
            return f"every {WEEKDAYS[rules.on_day or 0]}"
        case Every.MONTH:
            return f"on day {rules.on_day} of the month"
        case Every.BEFORE_MEETING:
            number = "a working day" if rules.days_before == 1 else f"{rules.days_before} working days"
            return f"{number} before each board meeting"


def _moment(rules: DigestRules) -> str:
    if rules.at is not None:
        return f"at {rules.at:%H:%M}"
    return "when the office opens" if rules.moment is Moment.OPENS else "when the office closes"


def readers_words(work: Work, readers: Sequence[Reader]) -> str:
    return ", ".join(_reader_words(work, one) for one in readers) or "nobody"


def _reader_words(work: Work, reader: Reader) -> str:
    match reader.kind:
        case ReaderKind.PRESS_CHANNEL:
            return "the press channel"
        case ReaderKind.DUTY_OFFICER:
            return "the duty officer"
        case ReaderKind.CHANNEL:
            return f"the channel {reader.channel_id}"
        case ReaderKind.ROLE:
            return f"everybody in the role {(reader.role or '').replace('_', ' ')}"
        case ReaderKind.PERSON:
            person = people.get(work.tx, reader.person_id or 0)
            return person.name if person else "somebody who is not on file"


def check(work: Work, rules: DigestRules, digest: Digest | None) -> None:
    """Refuses, with a sentence, what cannot be kept: of a digest, or of a new one."""
    _check_title(work, rules.title or "", digest)
    _check_parts(work, rules, digest)
    _check_days(rules)
    _check_readers(work, rules)


def _check_title(work: Work, title: str, digest: Digest | None) -> None:
    if not title:
        raise BadInput("Give it a title.", field="title")
    if len(title) > LONGEST_TITLE:
        raise BadInput(f"Shorten the title to {LONGEST_TITLE} characters.", field="title")
    others = [one for one in records.every_one(work.tx) if digest is None or one.id != digest.id]
    if title.casefold() in {one.title.casefold() for one in others}:
        raise BadInput("There is a digest of this title already. Give this one another.", field="title")


def _check_parts(work: Work, rules: DigestRules, digest: Digest | None) -> None:
    """What a digest has already, this program may not have any more: that stays."""
    known = {part.name for part in work.features.parts}.union(digest.parts if digest else ())
    if not rules.parts:
        raise BadInput("Choose at least one thing that it tells, or turn it off.", field="parts")
    for name in rules.parts:
        if name not in known:
            raise BadInput(f"“{name[:40]}” is nothing that a digest can tell.", field="parts")
    if len(set(rules.parts)) < len(rules.parts):
        raise BadInput("Name each part once.", field="parts")


def _check_days(rules: DigestRules) -> None:
    last = {Every.WEEK: (0, 6), Every.MONTH: (1, 31)}.get(rules.every)
    if (last is None) != (rules.on_day is None) or (
        last is not None and rules.on_day is not None and not last[0] <= rules.on_day <= last[1]
    ):
        raise BadInput("Choose the days on which it goes out.", field="days")
    is_before = rules.every is Every.BEFORE_MEETING
    if is_before != (rules.days_before is not None) or not 1 <= (rules.days_before or 1) <= MOST_DAYS_BEFORE:
        raise BadInput(f"Choose 1 to {MOST_DAYS_BEFORE} working days before each board meeting.", field="days")
    if (rules.moment is Moment.CLOCK) != (rules.at is not None):
        raise BadInput("Choose the time at which it goes out.", field="at")


def _check_readers(work: Work, rules: DigestRules) -> None:
    readers = rules.readers or ()
    if rules.is_on and not readers:
        raise BadInput("Choose to whom it goes, or turn it off.", field="readers")
    if len(readers) > MOST_READERS:
        raise BadInput(f"These are {len(readers)} readers. Keep to {MOST_READERS}, or choose a role.", field="readers")
    parts = [part for name in rules.parts if (part := work.features.part(name)) is not None]
    for reader in readers:
        unfit = next((part for part in parts if not is_fit(work, part, reader)), None)
        if unfit is not None:
            raise BadInput(
                f"“{unfit.label}” is of enquiries, which are not for {_reader_words(work, reader)}. Leave out the one "
                "or the other.",
                field="parts",
            )


def is_fit(work: Work, part: Part, reader: Reader) -> bool:
    """Whether all whom a reader stands for may be told a part. Who is in a channel, the desk does not know."""
    if part.needs is None or reader.kind in editions.PRESS:
        return True
    if reader.kind is ReaderKind.CHANNEL:
        return reader.channel_id == work.settings.press_channel_id
    roles: frozenset[Role] = frozenset({reader.role} if reader.role else ())
    if reader.kind is ReaderKind.PERSON:
        person = people.get(work.tx, reader.person_id or 0)
        roles = person.roles if person else roles
    return may(part.needs, frozenset(roles))
