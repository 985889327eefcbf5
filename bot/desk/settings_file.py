"""Settings as a file: what a TOML file says, read whole before anything is changed, with every fault in its place.

What a file leaves out stays as it is; what it gives empty is taken away. A file's shape is that of
`settings_export.written`, which explains it in comments.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from bot.core.errors import BadInput
from bot.core.ladder_plans import check, ladder_of, nearest, plan_from_data
from bot.core.ladders import Ladder
from bot.core.working_days import Nation
from bot.desk import settings_audiences, settings_lines
from bot.desk.settings_audiences import FileAudience
from bot.desk.settings_tables import Fault, FileRefused, Reader, Table
from bot.desk.settings_words import WEEKDAYS
from storage.digests import Every, Moment
from storage.obligations import Duty
from storage.people import Role
from storage.settings import BackgroundRule, ExecutivesRule, PassTo

YES_OR_NO = ("deputies_sign_for_leads", "deputies_sign_for_spokespeople", "spokespeople_can_be_overridden")
SECTIONS = (
    "office",
    "hours",
    "signing",
    "kept",
    "words",
    "organisation",
    "person",
    "topic",
    "audience",
    "reminders",
    "digest",
)


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
class FileDigest:
    """`days`: on which it goes out, and the day of the week or month, or how many days before a meeting; `when`: with
    the office's hours, or at a time. `readers` as the file writes them."""

    where: str
    name: str
    is_on: bool | None
    days: tuple[Every, int | None] | None
    when: tuple[Moment, time | None] | None
    parts: tuple[str, ...] | None
    title: str | None
    readers: tuple[str, ...] | None


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
    audiences: tuple[FileAudience, ...] = ()
    ladders: Mapping[Duty, Ladder] = field(default_factory=dict)
    digests: tuple[FileDigest, ...] = ()
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
    reader = Reader(_lines_of(text))
    found = _file(reader, Table(reader, "", data))
    if reader.faults:
        raise FileRefused(*reader.faults)
    return found


def _file(reader: Reader, whole: Table) -> SettingsFile:
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
        audiences=settings_audiences.read(whole.tables("audience")),
        ladders=_ladders(whole.table("reminders")),
        digests=_digests(whole.table("digest")),
        lines=reader.lines,
    )
    for table in (office, hours, signing, kept, words, whole):
        table.end()
    return found


def _stand_ins(signing: Table) -> dict[str, Any]:
    found: dict[str, Any] = {rule: signing.take(rule, bool, "true or false") for rule in YES_OR_NO}
    found["pass_to"] = signing.one_of("pass_to", PassTo)
    return {rule: value for rule, value in found.items() if value is not None}


def _channel(office: Table) -> str | None:
    value = office.text("press_channel")
    if value and not re.fullmatch(r"[CG][A-Z0-9]{4,}", value):
        office.fault(
            "press_channel", "Write the channel’s ID (C…). In Slack it stands at the end of the channel’s details."
        )
    return value


def _weekdays(hours: Table) -> frozenset[int] | None:
    names = hours.texts("days")
    if names is None:
        return None
    return frozenset(day for name in names if (day := _weekday(hours, "days", name)) is not None)


def _weekday(table: Table, key: str, name: str) -> int | None:
    day = settings_lines.weekday(name)
    if day is None:
        table.fault(key, f"“{name}” is no day of the week.{nearest(name, WEEKDAYS)}")
    return day


def _clock(table: Table, key: str) -> time | None:
    table.asked.append(key)
    return _time(table, key, table.rest.pop(key, None))


def _time(table: Table, key: str, value: object) -> time | None:
    if value is None:
        return None
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, str) and re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value.strip()):
        return time.fromisoformat(value.strip().zfill(5))
    table.fault(key, 'Write a time of day like "09:00".')
    return None


def _other_hours(hours: Table) -> dict[int, tuple[time, time]] | None:
    table = hours.take("other", dict, 'a section ([hours.other]), with lines like: friday = ["09:00", "16:30"]')
    if table is None:
        return None
    inside, found = Table(hours.reader, hours.at("other"), table), {}
    for name, value in table.items():
        day = _weekday(inside, name, name)
        pair = [_time(inside, name, one) for one in value] if isinstance(value, list) and len(value) == 2 else []
        match pair:
            case [time() as opens, time() as closes] if day is not None:
                found[day] = (opens, closes)
            case []:
                inside.fault(name, 'Write when it opens and closes, like: ["09:00", "16:30"].')
    return found


def _closed_on(hours: Table) -> frozenset[date] | None:
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


def _organisations(tables: Sequence[Table]) -> tuple[tuple[str, str], ...]:
    found = []
    for table in tables:
        name = table.text("name")
        if not name:
            table.fault("name", "Give it a name.")
        else:
            found.append((table.where, name))
        table.end()
    return tuple(found)


def _people(tables: Sequence[Table]) -> tuple[FilePerson, ...]:
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


def _topics(tables: Sequence[Table]) -> tuple[FileTopic, ...]:
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


def _digests(table: Table) -> tuple[FileDigest, ...]:
    found = []
    for name in list(table.rest):
        one = table.table(name)
        found.append(
            FileDigest(
                where=one.where,
                name=name,
                is_on=one.take("on", bool, "true or false"),
                days=_digest_days(one),
                when=_digest_moment(one),
                parts=one.texts("parts"),
                title=one.text("title"),
                readers=one.texts("readers"),
            )
        )
        one.end()
    return tuple(found)


def _digest_days(table: Table) -> tuple[Every, int | None] | None:
    table.asked.append("days")
    value = table.rest.pop("days", None)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 31:
        return Every.MONTH, value
    if isinstance(value, str) and value in {Every.WORKING_DAY, Every.DAY}:
        return Every(value), None
    if isinstance(value, str) and (before := re.fullmatch(r"(\d{1,2}) before meeting", value.strip())):
        return Every.BEFORE_MEETING, int(before[1])
    day = settings_lines.weekday(value) if isinstance(value, str) else None
    if day is not None:
        return Every.WEEK, day
    table.fault(
        "days",
        'Write "working_day", "day", a day of the week like "Monday", a day of the month like 1, or how many working '
        'days before each board meeting, like "5 before meeting".',
    )
    return None


def _digest_moment(table: Table) -> tuple[Moment, time | None] | None:
    value = table.rest.get("at")
    if isinstance(value, str) and value in {Moment.OPENS, Moment.CLOSES}:
        table.asked.append("at")
        return Moment(table.rest.pop("at")), None
    at = _clock(table, "at")
    return (Moment.CLOCK, at) if at is not None else None


def _ladders(table: Table) -> dict[Duty, Ladder]:
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
