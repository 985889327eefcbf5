"""Settings as a file: what a TOML file says, read whole before anything is changed, with every fault in its place.

What a file leaves out stays as it is; what it gives empty is taken away. A file's shape is that of
`settings_export.written`, which explains it in comments.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

from bot.core.errors import BadInput
from bot.core.ladder_plans import check, ladder_of, nearest, plan_from_data
from bot.core.ladders import Ladder
from bot.core.working_days import Nation
from bot.desk import settings_lines
from bot.desk.settings_words import WEEKDAYS
from storage.obligations import Duty
from storage.people import Role
from storage.settings import BackgroundRule, ExecutivesRule, PassTo

Known = TypeVar("Known", bound=StrEnum)
Given = TypeVar("Given")

YES_OR_NO = ("deputies_sign_for_leads", "deputies_sign_for_spokespeople", "spokespeople_can_be_overridden")
SECTIONS = ("office", "hours", "signing", "kept", "words", "organisation", "person", "topic", "reminders")


@dataclass(frozen=True)
class Fault:
    """Something in a file that cannot be taken. `where` is a key, as in `person[2].roles`; `line` counts from 1."""

    where: str
    sentence: str
    line: int | None = None

    def __str__(self) -> str:
        place = ", ".join(filter(None, [f"line {self.line}" if self.line else "", self.where]))
        return f"{place}: {self.sentence}" if place else self.sentence


class FileRefused(Exception):
    """The file cannot be taken, and nothing was changed."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True)
class FilePerson:
    where: str
    slack: str | None
    name: str | None
    email: str | None
    roles: frozenset[Role] | None
    organisation: str | None
    deputy: str | None


@dataclass(frozen=True)
class FileTopic:
    where: str
    name: str
    lead: str | None
    also_sign: tuple[str, ...] | None


@dataclass(frozen=True)
class SettingsFile:
    """What a file says. None: it says nothing of that. People are named as they write it: id, e-mail or name."""

    press_channel: str | None = None
    zone: str | None = None
    nation: str | None = None
    duty_officer: str | None = None
    weekdays: frozenset[int] | None = None
    opens: time | None = None
    closes: time | None = None
    other_hours: Mapping[int, tuple[time, time]] | None = None
    closed_on: frozenset[date] | None = None
    executives: ExecutivesRule | None = None
    background: BackgroundRule | None = None
    stand_ins: Mapping[str, Any] = field(default_factory=dict)
    """Who may sign in somebody's place, by the names of the settings: those that the file names."""
    keep_months: int | None = None
    own_domains: tuple[str, ...] | None = None
    abbreviations: tuple[str, ...] | None = None
    organisations: tuple[tuple[str, str], ...] = ()
    people: tuple[FilePerson, ...] = ()
    topics: tuple[FileTopic, ...] = ()
    ladders: Mapping[Duty, Ladder] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    """On which line of the file each key stands."""


def read(text: str) -> SettingsFile:
    """What the file says. `FileRefused` with every fault that was found."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+), column \d+\)", str(error))
        said = re.sub(r" \(at .*\)", "", str(error))
        raise FileRefused(Fault("", f"This is not TOML: {said}.", int(at[1]) if at else None)) from error
    reader = _Reader(_lines_of(text))
    found = _file(reader, _Table(reader, "", data))
    if reader.faults:
        raise FileRefused(*reader.faults)
    return found


@dataclass
class _Reader:
    lines: Mapping[str, int]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, where: str, sentence: str) -> None:
        self.faults.append(Fault(where, sentence, self.lines.get(where)))


@dataclass
class _Table:
    """One table of the file, whose keys are taken one after another; what is left then is not known."""

    reader: _Reader
    where: str
    rest: dict[str, Any]
    asked: list[str] = field(default_factory=list)

    def at(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def fault(self, key: str, sentence: str) -> None:
        self.reader.fault(self.at(key) if key else self.where, sentence)

    def take(self, key: str, kind: type[Given], words: str) -> Given | None:
        self.asked.append(key)
        value = self.rest.pop(key, None)
        if value is None:
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault(key, f"This should be {words}.")
            return None
        return value

    def text(self, key: str) -> str | None:
        value = self.take(key, str, 'text in quotation marks ("…")')
        return None if value is None else value.strip()

    def texts(self, key: str) -> tuple[str, ...] | None:
        found = self.take(key, list, 'a list of texts (["…", "…"])')
        if found is None:
            return None
        if not all(isinstance(one, str) for one in found):
            self.fault(key, 'This should be a list of texts (["…", "…"]).')
            return None
        return tuple(one.strip() for one in found)

    def one_of(self, key: str, kind: type[Known]) -> Known | None:
        value = self.text(key)
        return None if value is None else self.known(key, value, kind)

    def known(self, key: str, value: str, kind: type[Known]) -> Known | None:
        if value in set(kind):
            return kind(value)
        self.fault(key, f"“{value}” is not known.{nearest(value, list(kind))} Write one of: {', '.join(kind)}.")
        return None

    def table(self, key: str) -> "_Table":
        found = self.take(key, dict, f"a section ([{self.at(key)}])")
        return _Table(self.reader, self.at(key), dict(found or {}))

    def tables(self, key: str) -> list["_Table"]:
        found = self.take(key, list, f"sections ([[{key}]])") or []
        if not all(isinstance(one, dict) for one in found):
            self.fault(key, f"Write each as a section of its own: [[{key}]].")
            return []
        return [_Table(self.reader, f"{key}[{number}]", dict(one)) for number, one in enumerate(found, 1)]

    def end(self) -> None:
        for key in self.rest:
            self.fault(key, f"This is not known here.{nearest(key, self.asked)}")


def _file(reader: _Reader, whole: _Table) -> SettingsFile:
    office, hours, signing = whole.table("office"), whole.table("hours"), whole.table("signing")
    kept, words = whole.table("kept"), whole.table("words")
    found = SettingsFile(
        press_channel=_channel(office),
        zone=office.text("zone"),
        nation=office.one_of("nation", Nation),
        duty_officer=office.text("duty_officer"),
        weekdays=_weekdays(hours),
        opens=_clock(hours, "opens"),
        closes=_clock(hours, "closes"),
        other_hours=_other_hours(hours),
        closed_on=_closed_on(hours),
        executives=signing.one_of("executives", ExecutivesRule),
        background=signing.one_of("background", BackgroundRule),
        stand_ins=_stand_ins(signing),
        keep_months=kept.take("months", int, "a whole number"),
        own_domains=words.texts("own_domains"),
        abbreviations=words.texts("abbreviations"),
        organisations=_organisations(whole.tables("organisation")),
        people=_people(whole.tables("person")),
        topics=_topics(whole.tables("topic")),
        ladders=_ladders(whole.table("reminders")),
        lines=reader.lines,
    )
    for table in (office, hours, signing, kept, words, whole):
        table.end()
    return found


def _stand_ins(signing: _Table) -> dict[str, Any]:
    found: dict[str, Any] = {rule: signing.take(rule, bool, "true or false") for rule in YES_OR_NO}
    found["pass_to"] = signing.one_of("pass_to", PassTo)
    return {rule: value for rule, value in found.items() if value is not None}


def _channel(office: _Table) -> str | None:
    value = office.text("press_channel")
    if value and not re.fullmatch(r"[CG][A-Z0-9]{4,}", value):
        office.fault(
            "press_channel", "Write the channel’s ID (C…). In Slack it stands at the end of the channel’s details."
        )
    return value


def _weekdays(hours: _Table) -> frozenset[int] | None:
    names = hours.texts("days")
    if names is None:
        return None
    return frozenset(day for name in names if (day := _weekday(hours, "days", name)) is not None)


def _weekday(table: _Table, key: str, name: str) -> int | None:
    day = settings_lines.weekday(name)
    if day is None:
        table.fault(key, f"“{name}” is no day of the week.{nearest(name, WEEKDAYS)}")
    return day


def _clock(table: _Table, key: str) -> time | None:
    table.asked.append(key)
    return _time(table, key, table.rest.pop(key, None))


def _time(table: _Table, key: str, value: object) -> time | None:
    if value is None:
        return None
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, str) and re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value.strip()):
        return time.fromisoformat(value.strip().zfill(5))
    table.fault(key, 'Write a time of day like "09:00".')
    return None


def _other_hours(hours: _Table) -> dict[int, tuple[time, time]] | None:
    table = hours.take("other", dict, 'a section ([hours.other]), with lines like: friday = ["09:00", "16:30"]')
    if table is None:
        return None
    inside, found = _Table(hours.reader, hours.at("other"), table), {}
    for name, value in table.items():
        day = _weekday(inside, name, name)
        pair = [_time(inside, name, one) for one in value] if isinstance(value, list) and len(value) == 2 else []
        match pair:
            case [time() as opens, time() as closes] if day is not None:
                found[day] = (opens, closes)
            case []:
                inside.fault(name, 'Write when it opens and closes, like: ["09:00", "16:30"].')
    return found


def _closed_on(hours: _Table) -> frozenset[date] | None:
    given = hours.take("closed_on", list, "a list of days ([2026-12-24])")
    if given is None:
        return None
    found: set[date] = set()
    for one in given:
        if isinstance(one, date) and not isinstance(one, datetime):
            found.add(one)
        elif isinstance(one, str):
            try:
                found |= settings_lines.read_days(one)
            except BadInput as error:
                hours.fault("closed_on", error.sentence)
        else:
            hours.fault("closed_on", "Write days like 2026-12-24.")
    return frozenset(found)


def _organisations(tables: Sequence[_Table]) -> tuple[tuple[str, str], ...]:
    found = []
    for table in tables:
        name = table.text("name")
        if not name:
            table.fault("name", "Give it a name.")
        else:
            found.append((table.where, name))
        table.end()
    return tuple(found)


def _people(tables: Sequence[_Table]) -> tuple[FilePerson, ...]:
    found: list[FilePerson] = []
    for table in tables:
        roles = table.texts("roles")
        person = FilePerson(
            where=table.where,
            slack=table.text("slack") or None,
            name=table.text("name"),
            email=table.text("email"),
            roles=None
            if roles is None
            else frozenset(role for one in roles if (role := table.known("roles", one, Role)) is not None),
            organisation=table.text("organisation"),
            deputy=table.text("deputy"),
        )
        if person.slack and not re.fullmatch(r"[UW][A-Z0-9]{2,}", person.slack):
            table.fault("slack", "Write the member ID (U…). In Slack: open their profile, then Copy member ID.")
        if not person.slack and not person.name:
            table.fault("", "Say who it is: slack (their member ID), or a name.")
        for other in found:
            if (person.slack and person.slack == other.slack) or (
                person.email and not person.slack and not other.slack and person.email == other.email
            ):
                table.fault("", f"This is the same person as {other.where}. Keep one of the two.")
        found.append(person)
        table.end()
    return tuple(found)


def _topics(tables: Sequence[_Table]) -> tuple[FileTopic, ...]:
    found: list[FileTopic] = []
    for table in tables:
        name = table.text("name")
        topic = FileTopic(table.where, name or "", table.text("lead"), table.texts("also_sign"))
        if not name:
            table.fault("name", "Give it a name.")
        elif name.casefold() in {other.name.casefold() for other in found}:
            table.fault("name", f"There are two topics called {name}. Keep one of the two.")
        found.append(topic)
        table.end()
    return tuple(found)


def _ladders(table: _Table) -> dict[Duty, Ladder]:
    found = {}
    for key, value in table.rest.items():
        duty = table.known(key, key, Duty)
        if duty is None:
            continue
        try:
            found[duty] = _ladder(duty, value)
        except ValueError as error:
            table.fault(key, str(error))
    return found


def _ladder(duty: Duty, value: object) -> Ladder:
    if not isinstance(value, dict):
        raise ValueError("Write it as a section of its own.")  # noqa: TRY004 (told as the others are)
    if "rungs" not in value:
        return ladder_of(duty, plan_from_data(value))
    ladder = Ladder.from_data({"name": duty.value, **value})
    check(duty, ladder)
    return ladder


def _lines_of(text: str) -> dict[str, int]:
    """On which line each key and each section stands: `office.zone`, `person[2]`, `person[2].roles`."""
    found: dict[str, int] = {}
    section, counts = "", dict.fromkeys(SECTIONS, 0)
    for number, line in enumerate(text.splitlines(), 1):
        if many := re.match(r"\s*\[\[\s*([\w.-]+)\s*\]\]", line):
            counts[many[1]] = counts.get(many[1], 0) + 1
            section = f"{many[1]}[{counts[many[1]]}]"
            found.setdefault(section, number)
        elif one := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
            section = one[1]
            found.setdefault(section, number)
        elif key := re.match(r"\s*([\w.-]+)\s*=", line):
            found.setdefault(f"{section}.{key[1]}" if section else key[1], number)
    return found
