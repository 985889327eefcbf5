"""Setting when digests go out, on which days and with what in them. Each change is on the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.core.digests import MOST_DAYS_BEFORE
from bot.core.errors import BadInput
from bot.core.features import Features
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import settings_changes
from bot.desk.settings_changes import NO_CHANGE
from bot.desk.settings_words import WEEKDAYS, plain
from storage import digests as records
from storage.digests import Digest, Every, Moment

GONE = "This digest is not on file any more. Close the form and open it again."
MOST_PARTS = 50


@dataclass(frozen=True)
class DigestRules:
    """When a digest goes out and what it tells. `on_day` and `at` as the digest keeps them; parts by their names."""

    is_on: bool
    every: Every
    on_day: int | None
    moment: Moment
    at: time | None
    parts: tuple[str, ...]
    days_before: int | None = None


@dataclass(frozen=True)
class DigestChoice:
    """One digest with what may be chosen for it: parts by name, and what each is called."""

    digest: Digest
    parts: tuple[tuple[str, str], ...]


def all_of_them(desk: Desk, caller: Caller) -> list[Digest]:
    with desk.looking(caller, Act.CHANGE_SETTINGS) as work:
        found = records.every_one(work.tx)
        if not found:
            raise BadInput("There are no digests before the press channel is known. Choose Change press office first.")
        return found


def one(desk: Desk, caller: Caller, digest_id: int | None) -> DigestChoice:
    with desk.looking(caller, Act.CHANGE_SETTINGS) as work:
        digest = records.get(work.tx, digest_id) if digest_id else None
        if digest is None:
            raise BadInput("Choose which one.", field="digest")
        return DigestChoice(digest, tuple((part.name, part.label) for part in work.features.parts))


def change(desk: Desk, caller: Caller, digest_id: int, rules: DigestRules, *, once: str) -> None:
    """Changes a digest, from its next edition on."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        digest = records.get(work.tx, digest_id)
        if digest is None:
            raise BadInput(GONE)
        set_digest(work, digest, rules)


def rules_of(digest: Digest) -> DigestRules:
    return DigestRules(
        digest.is_on, digest.every, digest.on_day, digest.moment, digest.at, tuple(digest.parts), digest.days_before
    )


def in_their_order(parts: Sequence[str], features: Features, digest: Digest) -> tuple[str, ...]:
    """Parts that were chosen from a list without an order: as they stand in the digest, or else in the desk's own."""
    if set(parts) == set(digest.parts):
        return tuple(digest.parts)
    return tuple(part.name for part in features.parts if part.name in parts)


def set_digest(work: Work, digest: Digest, rules: DigestRules) -> list[str]:
    """Sets what differs, and gives a sentence for each. One that is turned on again begins with its next hour."""
    _check(work, rules)
    was, now = rules_of(digest), rules
    if was == now:
        return NO_CHANGE
    values: dict[str, Any] = {name: getattr(now, name) for name in _FIELDS if getattr(was, name) != getattr(now, name)}
    differs = dict(values)
    if values.get("is_on"):
        values["on_since"] = work.now
    if "parts" in values:
        values["parts"] = list(now.parts)
    if not records.change(work.tx, digest, **values):
        raise BadInput(GONE)
    settings_changes.record(
        work,
        "digest",
        digest=digest.name,
        was={name: plain(getattr(was, name)) for name in differs},
        now={name: plain(getattr(now, name)) for name in differs},
    )
    return [
        f"{digest.title}: {before} becomes {after}."
        for before, after in (
            (_on(was), _on(now)),
            (when_words(was), when_words(now)),
            (_parts(work, was), _parts(work, now)),
        )
        if before != after
    ]


_FIELDS = ("is_on", "every", "on_day", "days_before", "moment", "at", "parts")


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


def _on(rules: DigestRules) -> str:
    return "on" if rules.is_on else "off"


def _parts(work: Work, rules: DigestRules) -> str:
    labels = {part.name: part.label for part in work.features.parts}
    return "; ".join(labels.get(name, name) for name in rules.parts)


def _check(work: Work, rules: DigestRules) -> None:
    known = {part.name for part in work.features.parts}
    if not rules.parts:
        raise BadInput("Choose at least one thing that it tells, or turn it off.", field="parts")
    for name in rules.parts:
        if name not in known:
            raise BadInput(f"“{name[:40]}” is nothing that a digest can tell.", field="parts")
    if len(set(rules.parts)) < len(rules.parts):
        raise BadInput("Name each part once.", field="parts")
    last = {Every.WEEK: (0, 6), Every.MONTH: (1, 31)}.get(rules.every)
    if (last is None) != (rules.on_day is None) or (
        last is not None and rules.on_day is not None and not last[0] <= rules.on_day <= last[1]
    ):
        raise BadInput("Choose the days on which it goes out.", field="days")
    is_before = rules.every is Every.BEFORE_MEETING
    if is_before != (rules.days_before is not None) or not 1 <= (rules.days_before or 1) <= MOST_DAYS_BEFORE:
        raise BadInput(
            f"Choose how many working days before each board meeting it goes out: 1 to {MOST_DAYS_BEFORE}.",
            field="days",
        )
    if (rules.moment is Moment.CLOCK) != (rules.at is not None):
        raise BadInput("Choose the time at which it goes out.", field="at")
