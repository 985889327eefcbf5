"""Carrying out a settings file: all of it or none, each change on the record as by the command line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from bot.core.errors import BadInput
from bot.core.ladder_plans import nearest
from bot.core.workspaces import Desk, Work
from bot.desk import digest_rules, settings_audiences, settings_changes, settings_digests
from bot.desk.digest_rules import DigestRules
from bot.desk.settings_changes import Hours, KnownWords, Office, PersonDetails
from bot.desk.settings_file import FileDigest, FilePerson, SettingsFile
from bot.desk.settings_tables import Fault, FileRefused
from storage import digests as digest_records
from storage import people, workspaces
from storage.digests import Digest, Every, Reader, ReaderKind
from storage.people import Person, Role


class _OnlyLooking(Exception):
    """Undoes what was tried out."""


def preview(desk: Desk, workspace_id: int, given: SettingsFile) -> list[str]:
    """What the file would change, in sentences; nothing is changed. `FileRefused` where it cannot be taken."""
    changes: list[str] = []
    with suppress(_OnlyLooking), desk.on_its_own(workspace_id) as work:
        changes = _carry_out(work, given)
        raise _OnlyLooking
    return changes


def carry_out(desk: Desk, workspace_id: int, given: SettingsFile, *, previewed: list[str]) -> list[str]:
    """Changes what the file says. `FileRefused`, and nothing changed, if that is not what was previewed."""
    with desk.on_its_own(workspace_id) as work:
        changes = _carry_out(work, given)
        if changes != previewed:
            raise FileRefused(Fault("", "Somebody changed the settings meanwhile. Nothing was changed: start again."))
        return changes


def _carry_out(work: Work, given: SettingsFile) -> list[str]:
    try:
        return _change(work, given)
    except FileRefused as refused:
        faults = (replace(fault, line=given.lines.get(fault.where)) for fault in refused.faults)
        raise FileRefused(*faults) from refused


def _change(work: Work, given: SettingsFile) -> list[str]:
    changes: list[str] = []
    known = {one.name.casefold() for one in people.organisations(work.tx)}
    for where, name in given.organisations:
        with _told_at(where):
            if settings_changes.named(name).casefold() not in known:
                changes += settings_changes.put_organisation(work, name)
                known.add(settings_changes.named(name).casefold())
    changes += _people(work, given)
    changes += _topics(work, given)
    for audience in given.audiences:
        with _told_at(audience.where):
            changes += settings_audiences.put(work, audience, lambda name: _person_id(work, name, None))
    changes += _rules(work, given)
    for duty, ladder in given.ladders.items():
        with _told_at(f"reminders.{duty}"):
            changes += settings_changes.set_ladder(work, duty, ladder)
    return changes + _digests(work, given)


def _digests(work: Work, given: SettingsFile) -> list[str]:
    changes: list[str] = []
    for one in given.digests:
        with _told_at(one.where):
            digest = digest_records.named(work.tx, one.name)
            readers = None if one.readers is None else tuple(_reader(work, named) for named in one.readers)
            if digest is None:
                changes += settings_digests.add_digest(work, one.name, _new_digest(work, one, readers))
            else:
                changes += settings_digests.set_digest(work, digest, _changed_digest(digest, one, readers))
    return changes


def _changed_digest(digest: Digest, one: FileDigest, readers: tuple[Reader, ...] | None) -> DigestRules:
    rules = digest_rules.of(digest)
    if one.days is not None:
        rules = _on_days(rules, *one.days)
    if one.when is not None:
        rules = replace(rules, moment=one.when[0], at=one.when[1])
    return replace(
        rules,
        is_on=rules.is_on if one.is_on is None else one.is_on,
        parts=rules.parts if one.parts is None else one.parts,
        title=one.title,
        readers=readers,
    )


def _new_digest(work: Work, one: FileDigest, readers: tuple[Reader, ...] | None) -> DigestRules:
    """One of which the file says everything; else it is taken for a slip of the pen."""
    known = [digest.name for digest in digest_records.every_one(work.tx)]
    if not known:
        raise BadInput('There are no digests before the press channel is known: press_channel = "C…".')
    if not one.title or one.days is None or one.when is None or one.parts is None or readers is None:
        raise BadInput(
            f"There is no digest called {one.name}.{nearest(one.name, known)} Known are: {', '.join(known)}. To add "
            "one, give its title, days, at, parts and readers."
        )
    rules = DigestRules(
        is_on=one.is_on is not False,
        every=one.days[0],
        on_day=None,
        moment=one.when[0],
        at=one.when[1],
        parts=one.parts,
        title=one.title,
        readers=readers,
    )
    return _on_days(rules, *one.days)


def _on_days(rules: DigestRules, every: Every, number: int | None) -> DigestRules:
    is_before = every is Every.BEFORE_MEETING
    return replace(rules, every=every, on_day=None if is_before else number, days_before=number if is_before else None)


def _reader(work: Work, named: str) -> Reader:
    """To whom a digest goes, as the file names them."""
    if named in {ReaderKind.PRESS_CHANNEL, ReaderKind.DUTY_OFFICER}:
        return Reader(ReaderKind(named))
    kind, _, role = named.partition(":")
    if kind == "role":
        if role not in set(Role):
            raise BadInput(f"“{role}” is no role.{nearest(role, list(Role))} Roles are: {', '.join(Role)}.")
        return Reader(ReaderKind.ROLE, role=Role(role))
    if re.fullmatch(r"[CG][A-Z0-9]{4,}", named) and people.by_slack(work.tx, named) is None:
        return Reader(ReaderKind.CHANNEL, channel_id=named)
    if not named.strip():
        raise BadInput("Name each reader, or leave them out.")
    return Reader(ReaderKind.PERSON, person_id=_person_id(work, named, None))


def _people(work: Work, given: SettingsFile) -> list[str]:
    changes: list[str] = []
    found: list[tuple[FilePerson, Person]] = []
    by_address = [(one, _by_address(work, one)) for one in given.people]
    claimed = {person.id for _, person in by_address if person}
    team_id = workspaces.get(work.tx).team_id
    for one, known in by_address:
        person = known or _by_name(work, one, claimed)
        if person is None:
            with _told_at(one.where):
                details = PersonDetails(one.slack, one.name or "", "", frozenset(), None, None)
                person = settings_changes.add_person(work, details, slack_team_id=team_id)
            changes.append(f"{person.name} is added.")
        claimed.add(person.id)
        found.append((one, person))
    for one, person in found:
        with _told_at(one.where):
            details = PersonDetails(
                slack_user_id=person.slack_user_id,
                name=one.name or person.name,
                email=one.email if one.email is not None else person.email or "",
                roles=one.roles if one.roles is not None else person.roles,
                organisation_id=_organisation(work, one, person),
                deputy_id=person.deputy_id,
            )
            changes += settings_changes.put_person(work, person, details)
    for one, person in found:  # only now has everybody the address by which another may name them
        with _told_at(one.where):
            deputy_id = _person_id(work, one.deputy, person.deputy_id)
            changes += settings_changes.put_person(work, person, _with_deputy(person, deputy_id))
    return changes


def _with_deputy(person: Person, deputy_id: int | None) -> PersonDetails:
    return PersonDetails(
        slack_user_id=person.slack_user_id,
        name=person.name,
        email=person.email or "",
        roles=person.roles,
        organisation_id=person.organisation_id,
        deputy_id=deputy_id,
    )


def _by_address(work: Work, one: FilePerson) -> Person | None:
    if one.slack:
        return people.by_slack(work.tx, one.slack)
    if one.email:
        outside = [person for person in people.all_known(work.tx) if person.slack_user_id is None]
        return next((person for person in outside if (person.email or "").lower() == one.email.lower()), None)
    return None


def _by_name(work: Work, one: FilePerson, claimed: set[int]) -> Person | None:
    """Somebody who is called so, and whom no other entry is about; with an e-mail address, somebody outside Slack."""
    if one.slack:
        return None
    called = [
        person
        for person in people.all_known(work.tx)
        if person.name == one.name and person.id not in claimed and not (one.email and person.slack_user_id)
    ]
    if len(called) > 1:
        how = "their Slack id or e-mail address" if any(one.slack_user_id for one in called) else "the e-mail address"
        raise FileRefused(Fault(one.where, f"{len(called)} people are called {one.name}. Give {how} too."))
    return called[0] if called else None


def _organisation(work: Work, one: FilePerson, person: Person) -> int | None:
    if one.organisation is None:
        return person.organisation_id
    if not one.organisation:
        return None
    named = people.organisation_named(work.tx, one.organisation)
    if named is None:
        known = [organisation.name for organisation in people.organisations(work.tx)]
        raise BadInput(
            f"There is no organisation called {one.organisation}.{nearest(one.organisation, known)} "
            "Add it with [[organisation]]."
        )
    return named.id


def _topics(work: Work, given: SettingsFile) -> list[str]:
    changes: list[str] = []
    for one in given.topics:
        with _told_at(one.where):
            topic = people.topic_named(work.tx, one.name)
            also = people.also_signing(work.tx).get(topic.id, ()) if topic else ()
            changes += settings_changes.put_topic(
                work,
                topic,
                name=one.name,
                lead_id=_person_id(work, one.lead, topic.lead_id if topic else None),
                also_sign=[person.id for person in also]
                if one.also_sign is None
                else [id_ for name in one.also_sign if (id_ := _person_id(work, name, None)) is not None],
            )
    return changes


def _rules(work: Work, given: SettingsFile) -> list[str]:
    is_, changes = work.settings, []
    with _told_at("office"):
        office = Office(
            press_channel_id=given.press_channel or is_.press_channel_id,
            zone=given.zone or is_.zone,
            nation=given.nation or is_.nation,
            duty_officer_id=_person_id(work, given.duty_officer, is_.duty_officer_id),
        )
        now = Office(is_.press_channel_id, is_.zone, is_.nation, is_.duty_officer_id)
        if office != now:
            if office.press_channel_id is None:
                raise BadInput('Give the press channel too: press_channel = "C…".')
            changes += settings_changes.set_office(work, office)
    with _told_at("hours"):
        hours = work.hours
        changes += settings_changes.set_hours(
            work,
            Hours(
                weekdays=hours.weekdays if given.weekdays is None else given.weekdays,
                opens=given.opens or hours.opens,
                closes=given.closes or hours.closes,
                other=hours.other_hours if given.other_hours is None else given.other_hours,
                closed_on=hours.closed_on if given.closed_on is None else given.closed_on,
            ),
        )
    with _told_at("signing"):
        changes += settings_changes.set_signing(
            work, given.executives or is_.executives, given.background or is_.background
        )
        if given.stand_ins:
            changes += settings_changes.set_stand_ins(work, given.stand_ins)
    with _told_at("kept.months"):
        months = is_.keep_months if given.keep_months is None else given.keep_months
        changes += settings_changes.set_kept(work, months)
    with _told_at("words"):
        domains = is_.own_domains if given.own_domains is None else given.own_domains
        abbreviations = is_.known_abbreviations if given.abbreviations is None else given.abbreviations
        changes += settings_changes.set_words(work, KnownWords(domains, abbreviations))
    return changes


def _person_id(work: Work, named: str | None, now: int | None) -> int | None:
    """Whom the file names: by Slack id, e-mail or name. Says nothing: as it is. Empty: nobody."""
    if named is None:
        return now
    if not named:
        return None
    known = people.all_known(work.tx)
    for found in (
        [person for person in known if person.slack_user_id == named],
        [person for person in known if (person.email or "").lower() == named.lower()],
        [person for person in known if person.name == named],
    ):
        if len(found) > 1:
            # whoever has an address is named by it
            unaddressed = [person for person in found if not person.slack_user_id and not person.email]
            if len(unaddressed) == 1:
                return unaddressed[0].id
        if len(found) == 1:
            return found[0].id
        if found:
            raise BadInput(f"{len(found)} people are called {named}. Write their member ID or e-mail address instead.")
    raise BadInput(f"Nobody is known as {named}.{nearest(named, [p.name for p in known])} Add them with [[person]].")


@contextmanager
def _told_at(where: str) -> Iterator[None]:
    """What the desk refuses is told with its place in the file."""
    try:
        yield
    except BadInput as error:
        raise FileRefused(Fault(where, error.sentence)) from error
