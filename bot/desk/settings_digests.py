"""Setting which digests there are: when each goes out, what it tells, and to whom. Each change is on the record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.core import digests as editions
from bot.core.digests import ShownDigest
from bot.core.errors import BadInput, NotFromHere
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import digest_rules, digests, settings_changes
from bot.desk.digest_rules import DigestRules
from bot.desk.settings_changes import NO_CHANGE
from bot.desk.settings_words import plain
from storage import digests as records
from storage import people
from storage.digests import Digest, Reader
from storage.people import Person

GONE = "This digest is not on file any more. Close the form and open it again."
MOST_DIGESTS = 30
HOURS_LATE = 6


@dataclass(frozen=True)
class DigestChoice:
    """One digest, or None for a new one, with what may be chosen for it: parts by name, and what each is called; people
    who can be told."""

    digest: Digest | None
    parts: tuple[tuple[str, str], ...]
    people: tuple[Person, ...] = ()
    is_own: bool = True
    """Whether somebody here made it, and may remove it."""


def all_of_them(desk: Desk, caller: Caller) -> list[Digest]:
    with desk.looking(caller, Act.CHANGE_SETTINGS) as work:
        found = records.every_one(work.tx)
        if not found:
            raise BadInput("There are no digests before the press channel is known. Choose Change press office first.")
        return found


def one(desk: Desk, caller: Caller, digest_id: int | None) -> DigestChoice:
    """What may be chosen for a digest."""
    with desk.looking(caller, Act.CHANGE_SETTINGS) as work:
        digest = records.get(work.tx, digest_id) if digest_id else None
        if digest is None:
            raise BadInput("Choose which one.", field="digest")
        return _choice(work, digest)


def new(desk: Desk, caller: Caller) -> DigestChoice:
    """The same for a new one."""
    with desk.looking(caller, Act.CHANGE_SETTINGS) as work:
        return _choice(work, None)


def _choice(work: Work, digest: Digest | None) -> DigestChoice:
    return DigestChoice(
        digest,
        tuple((part.name, part.label) for part in work.features.parts),
        tuple(person for person in people.everyone(work.tx) if person.on_slack),
        is_own=digest is None or not digests.is_default(digest),
    )


def preview(desk: Desk, caller: Caller, digest_id: int) -> ShownDigest:
    """What a digest would say now, as whoever looks may see it."""
    with desk.looking(caller, Act.CHANGE_SETTINGS) as work:
        return editions.shown_now(work, _get(work, digest_id), work.person)


def change(desk: Desk, caller: Caller, digest_id: int, rules: DigestRules, *, once: str) -> None:
    """Changes a digest, from its next edition on."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        set_digest(work, _get(work, digest_id), rules)


def add(desk: Desk, caller: Caller, rules: DigestRules, *, once: str) -> None:
    """Adds a digest of one's own. Its first edition is the next whose time comes."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        add_digest(work, None, rules)


def remove(desk: Desk, caller: Caller, digest_id: int, *, once: str) -> None:
    """Removes a digest that somebody made here. What it said stays where it stands."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        digest = _get(work, digest_id)
        if digests.is_default(digest):
            raise NotFromHere(f"{digest.title} comes with the desk. Turn it off instead.")
        records.change(work.tx, digest, is_on=False, removed_at=work.now)
        settings_changes.record(work, "digest", digest=digest.name, was="there", now="removed")


def _get(work: Work, digest_id: int) -> Digest:
    digest = records.get(work.tx, digest_id)
    if digest is None:
        raise BadInput(GONE)
    return digest


def set_digest(work: Work, digest: Digest, rules: DigestRules) -> list[str]:
    """Sets what differs, and gives a sentence for each. One that is turned on again begins with its next hour."""
    was = digest_rules.of(digest)
    now = replace(
        rules,
        title=was.title if rules.title is None else " ".join(rules.title.split()),
        readers=was.readers if rules.readers is None else _in_order(rules.readers, was.readers or ()),
    )
    digest_rules.check(work, now, digest)
    if was == now:
        return NO_CHANGE
    values: dict[str, Any] = {name: getattr(now, name) for name in _FIELDS if getattr(was, name) != getattr(now, name)}
    differs = list(values)
    if values.get("is_on"):
        values["on_since"] = work.now
    if "parts" in values:
        values["parts"] = list(now.parts)
    if values and not records.change(work.tx, digest, **values):
        raise BadInput(GONE)
    if was.readers != now.readers:
        records.set_readers(work.tx, digest, now.readers or ())
        differs.append("readers")
    settings_changes.record(
        work,
        "digest",
        digest=digest.name,
        was={name: _plain(getattr(was, name)) for name in differs},
        now={name: _plain(getattr(now, name)) for name in differs},
    )
    return [
        f"{digest.title}: {before} becomes {after}."
        for before, after in zip(_in_words(work, was), _in_words(work, now), strict=True)
        if before != after
    ]


_FIELDS = ("title", "is_on", "every", "on_day", "days_before", "moment", "at", "parts")


def _in_words(work: Work, rules: DigestRules) -> tuple[str, ...]:
    return (
        f"its title {rules.title}",
        "on" if rules.is_on else "off",
        digest_rules.when_words(rules),
        _parts(work, rules),
        digest_rules.readers_words(work, rules.readers or ()),
    )


def _parts(work: Work, rules: DigestRules) -> str:
    labels = {part.name: part.label for part in work.features.parts}
    return "; ".join(labels.get(name, name) for name in rules.parts)


def add_digest(work: Work, name: str | None, rules: DigestRules) -> list[str]:
    """A new digest, by a name of its own or one that is made of its title."""
    title, readers = " ".join((rules.title or "").split()), tuple(dict.fromkeys(rules.readers or ()))
    rules = replace(rules, title=title, readers=readers)
    digest_rules.check(work, rules, None)
    if len(records.every_one(work.tx)) >= MOST_DIGESTS:
        raise BadInput(f"There are {MOST_DIGESTS} digests already. Change or remove one of them first.", field="title")
    name = name or _free_name(work, title)
    values = {field: getattr(rules, field) for field in _FIELDS} | {"parts": list(rules.parts)}
    if records.make(work.tx, name, readers, on_since=work.now, hours_late=HOURS_LATE, **values) is None:
        raise BadInput(f"There was a digest called {name} before. Give this one another name.", field="title")
    now = {field: _plain(getattr(rules, field)) for field in (*_FIELDS, "readers")}
    settings_changes.record(work, "digest", digest=name, was=None, now=now)
    told = digest_rules.readers_words(work, readers)
    return [f"The digest {title} is added: {digest_rules.when_words(rules)}, for {told}."]


def _free_name(work: Work, title: str) -> str:
    """A title as a settings file may call it: `week-in-view`; with a number, where that is or was another's."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in title.lower()).split()
    name, taken = "-".join(words)[:40] or "digest", records.names_in_use(work.tx)
    if name not in taken:
        return name
    return next(one for number in range(2, len(taken) + 3) if (one := f"{name}-{number}") not in taken)


def _in_order(readers: Sequence[Reader], was: Sequence[Reader]) -> tuple[Reader, ...]:
    """Each once; as they were, where they are the same."""
    return tuple(was) if set(readers) == set(was) else tuple(dict.fromkeys(readers))


def _plain(value: Any) -> Any:
    """A value as the record keeps it: of a reader who is a person, the desk's own id."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Reader):
        whom = value.channel_id or value.person_id or value.role
        return f"{value.kind}:{whom}" if whom else value.kind.value
    return plain(value)
