"""Everything that is set, as a TOML file with comments, of which `settings_file` reads the same again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import tomlkit
from tomlkit.items import AoT, Array, Table

from bot.core import obligations
from bot.core.ladder_plans import AGAIN_WORDS, MOMENT_WORDS, TELL_WORDS, plan_of, plan_to_data
from bot.core.working_days import Nation
from bot.core.workspaces import Work
from bot.desk.settings_file import YES_OR_NO
from bot.desk.settings_words import LABELS, WEEKDAYS, duty_words
from storage import audiences, digests, people
from storage.database import without_controls
from storage.digests import Digest, Every, Reader, reader_of
from storage.obligations import Duty
from storage.people import Person, Role
from storage.settings import BackgroundRule, ExecutivesRule, PassTo

LEFT_OUT: Mapping[str, str] = {
    "id": "which row it is",
    "workspace_id": "which workspace it is of",
    "asked_for_at": "what was done, not what is set",
    "looked_for_expired_at": "what was done, not what is set",
}
"""Columns of the settings that no file holds, and why. Every other is written here and read by `settings_file`."""

_TOP = """The settings of Comms Desk. Change what you like, then: comms-desk settings import <this file>
It shows what would change, and asks. What is left out stays as it is; what is given empty ("" or []) is taken away.
Nobody is removed by leaving them out: give them no roles (roles = []).
People are named by their Slack member ID, their e-mail address or their name."""


def written(work: Work) -> str:
    """The file. The same settings always make the same text."""
    document = tomlkit.document()
    _explain(document, _TOP)
    refer = _References(people.all_known(work.tx))
    document["office"] = _office(work, refer)
    document["hours"] = _hours(work)
    document["signing"] = _signing(work)
    document["kept"] = _kept(work)
    document["words"] = _words(work)
    sections: Mapping[str, list[Table]] = {
        "organisation": [_table({"name": one.name}) for one in people.organisations(work.tx)],
        "person": _people(work, refer),
        "topic": _topics(work, refer),
        "audience": _audiences(work, refer),
    }
    for name, tables in sections.items():
        if tables:
            document[name] = AoT(tables)
    document["reminders"] = _reminders(work)
    if found := digests.every_one(work.tx):
        document["digest"] = _digests(work, found, refer)
    return tomlkit.dumps(document)


class _References:
    """How each person is named in the file, so that it is clear who is meant, here and in another workspace."""

    def __init__(self, known: Iterable[Person]) -> None:
        self._by_id = {person.id: person for person in known}
        self.named: set[int] = set()

    def __call__(self, person_id: int | None) -> str:
        if person_id is None:
            return ""
        self.named.add(person_id)
        person = self._by_id[person_id]
        return person.slack_user_id or person.email or person.name

    def item(self, person_id: int | None) -> Any:
        """The same for the file, with their name beside an id that says nothing to a reader."""
        item = tomlkit.item(self(person_id))
        person = self._by_id.get(person_id or 0)
        if person is not None and person.slack_user_id is not None:
            item.comment(" ".join(without_controls(person.name).split()))
        return item

    def people(self) -> list[Person]:
        """Those with a role, and those whom somebody or something names."""
        return [one for one in self._by_id.values() if one.id in self.named or (one.roles and one.left_at is None)]


def _office(work: Work, refer: _References) -> Table:
    set_ = work.settings
    table = tomlkit.table()
    if set_.press_channel_id is None:
        _explain(table, 'press_channel = "C…", the channel\'s ID: at the end of its details in Slack')
    else:
        table["press_channel"] = set_.press_channel_id
    table["zone"] = set_.zone
    table["nation"] = _one_of(set_.nation, Nation)
    table["duty_officer"] = refer.item(set_.duty_officer_id)
    return table


def _hours(work: Work) -> Table:
    set_ = work.settings
    table = tomlkit.table()
    table["days"] = _list(WEEKDAYS[day] for day in sorted(set_.weekdays))
    table["opens"], table["closes"] = f"{set_.opens:%H:%M}", f"{set_.closes:%H:%M}"
    table["closed_on"] = _list(date.fromisoformat(day) for day in set_.closed_on)
    table["closed_on"].comment("days beside bank holidays, like 2026-12-24")
    other = tomlkit.table()
    _explain(other, 'days with other hours, like: Friday = ["09:00", "16:30"]')
    for day, hours in sorted(set_.other_hours.items()):
        other[WEEKDAYS[int(day)]] = _list(hours)
    table["other"] = other
    return table


def _signing(work: Work) -> Table:
    set_ = work.settings
    return _table(
        {
            "executives": _one_of(set_.executives, ExecutivesRule),
            "background": _one_of(set_.background, BackgroundRule),
            **{rule: tomlkit.item(getattr(set_, rule)).comment(LABELS[rule]) for rule in YES_OR_NO},
            "pass_to": _one_of(set_.pass_to, PassTo),
        }
    )


def _kept(work: Work) -> Table:
    table = _table({"months": work.settings.keep_months})
    table["months"].comment("journalists' names are erased so long after their enquiry was closed")
    return table


def _words(work: Work) -> Table:
    table = _table(
        {
            "own_domains": _list(work.settings.own_domains),
            "abbreviations": _list(work.settings.known_abbreviations),
        }
    )
    table["abbreviations"].comment("everybody knows these: no hint is given on them")
    return table


def _people(work: Work, refer: _References) -> list[Table]:
    organisations = {one.id: one.name for one in people.organisations(work.tx)}
    _name_all(work, refer)
    tables: list[Table] = []
    written_: set[int] = set()
    while waiting := [one for one in refer.people() if one.id not in written_]:  # a deputy may have a deputy
        for person in waiting:
            values: dict[str, Any] = {"slack": person.slack_user_id} if person.slack_user_id else {}
            values |= {"name": person.name, "email": person.email or ""}
            values["roles"] = _list(sorted(role.value for role in person.roles))
            values["organisation"] = organisations.get(person.organisation_id or 0, "")
            values["deputy"] = refer.item(person.deputy_id)
            tables.append(_table(values))
            written_.add(person.id)
    if tables:
        tables[0]["roles"].comment(f"of {', '.join(Role)}")
    return tables


def _name_all(work: Work, refer: _References) -> None:
    """Whoever is named somewhere in the file is also described in it."""
    for person in people.all_known(work.tx):
        if person.roles and person.left_at is None:
            refer(person.deputy_id)
    for topic in people.topics(work.tx):
        refer(topic.lead_id)
    several = [*people.also_signing(work.tx).values(), *(one.people for one in audiences.every_one(work.tx))]
    for persons in several:
        for person in persons:
            refer(person.id)
    for digest in digests.every_one(work.tx):
        for reader in digest.readers:
            refer(reader.person_id)


def _topics(work: Work, refer: _References) -> list[Table]:
    also = people.also_signing(work.tx)
    return [
        _table(
            {
                "name": topic.name,
                "lead": refer.item(topic.lead_id),
                "also_sign": _list(refer(person.id) for person in also.get(topic.id, ())),
            }
        )
        for topic in people.topics(work.tx)
    ]


def _audiences(work: Work, refer: _References) -> list[Table]:
    return [
        _table(
            {
                "name": one.name,
                "channels": _list(one.channels),
                "people": _list(refer(person.id) for person in one.people),
            }
        )
        for one in audiences.every_one(work.tx)
    ]


def _reminders(work: Work) -> Table:
    table = tomlkit.table()
    _explain(
        table,
        "\n".join(
            [
                "Whom to tell, when, and how often again until it is done.",
                "When: " + "; ".join(f"{moment} ({words})" for moment, words in MOMENT_WORDS.items()),
                "Whom: " + "; ".join(f"{tell} ({words})" for tell, words in TELL_WORDS.items()),
                "again (after the last), meanwhile (after the first): "
                + "; ".join(f"{again} ({words})" for again, words in AGAIN_WORDS.items()),
            ]
        ),
    )
    for duty in Duty:
        ladder = obligations.ladder_for(work.settings, duty)
        plan = plan_of(duty, ladder)
        data = plan_to_data(plan) if plan else {"rungs": ladder.to_data()["rungs"]}
        section = tomlkit.item(data)
        assert isinstance(section, Table)  # noqa: S101 (a table is what becomes of a dict)
        section.comment(duty_words(duty))
        table[duty.value] = section
    return table


def _digests(work: Work, found: Sequence[Digest], refer: _References) -> Table:
    table = tomlkit.table()
    _explain(
        table,
        "\n".join(
            [
                "What is told regularly. Turn one off with: on = false",
                'days: "working_day", "day", a day of the week like "Monday", a day of the month like 1, or how many',
                'working days before each board meeting, like "5 before meeting"',
                'at: "opens" or "closes" (with the office), or a time like "08:30"',
                "parts: " + "; ".join(f"{part.name} ({part.label})" for part in work.features.parts),
                'readers: "press_channel", "duty_officer", a role like "role:chair", a channel\'s ID, or a person',
                "One that is not there is added, if all of these are given.",
            ]
        ),
    )
    for digest in found:
        section = _table(
            {
                "title": digest.title,
                "on": digest.is_on,
                "days": _digest_days(digest),
                "at": f"{digest.at:%H:%M}" if digest.at is not None else digest.moment.value,
                "parts": _list(digest.parts),
                "readers": _list(_reader(reader_of(one), refer) for one in digest.readers),
            }
        )
        table[digest.name] = section
    return table


def _reader(reader: Reader, refer: _References) -> str:
    if reader.person_id is not None:
        return refer(reader.person_id)
    return f"role:{reader.role}" if reader.role else reader.channel_id or reader.kind.value


def _digest_days(digest: Digest) -> str | int:
    if digest.every is Every.BEFORE_MEETING:
        return f"{digest.days_before} before meeting"
    if digest.every is Every.WEEK:
        return WEEKDAYS[digest.on_day or 0]
    return digest.on_day if digest.every is Every.MONTH and digest.on_day else digest.every.value


def _table(values: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, value in values.items():
        table[key] = value
    return table


def _list(values: Iterable[object]) -> Array:
    array = tomlkit.array()
    array.extend(values)
    return array


def _one_of(value: str, kind: Iterable[str]) -> Any:
    item = tomlkit.item(str(value))
    return item.comment(f"or {', '.join(one for one in kind if one != value)}")


def _explain(container: Any, words: str) -> None:
    for line in words.splitlines():
        container.add(tomlkit.comment(line))
