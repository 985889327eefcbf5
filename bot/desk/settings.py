"""How the press office works: its channel, hours, people and topics. Each change is on the record."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import time
from typing import Any
from zoneinfo import available_timezones

from bot.core import handovers, outbox
from bot.core.errors import BadInput
from bot.core.outbox import said
from bot.core.permissions import Act, Relation, may
from bot.core.working_days import Nation
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_places, statement_signing
from storage import enquiries, people
from storage.people import Organisation, Person, Role, Topic
from storage.settings import PassTo, Settings
from storage.subjects import Subject, SubjectKind


@dataclass(frozen=True)
class SettingsPage:
    """Everything that is set, and, in sentences, what is missing."""

    settings: Settings
    people: tuple[Person, ...]
    topics: tuple[Topic, ...]
    organisations: tuple[Organisation, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Office:
    """The press office as the form gives it. `opens` and `closes` are local times in `zone`, an IANA name."""

    press_channel_id: str | None
    zone: str
    nation: str
    opens: time
    closes: time
    duty_officer_id: int | None


@dataclass(frozen=True)
class SigningRules:
    """Who may sign in somebody's place, and what may go on without whom."""

    deputies_sign_for_leads: bool
    deputies_sign_for_spokespeople: bool
    pass_to: PassTo
    spokespeople_can_be_overridden: bool


@dataclass(frozen=True)
class PersonDetails:
    """A person as the form gives them: `slack_user_id`, or a name (and an address) for somebody outside Slack."""

    slack_user_id: str | None
    name: str
    email: str
    roles: frozenset[Role]
    organisation_id: int | None
    deputy_id: int | None


def may_change(work: Work, person: Person) -> bool:
    return may_do(work, person, Act.CHANGE_SETTINGS)


def may_do(work: Work, person: Person, act: Act) -> bool:
    """Whether somebody may do what belongs to no record."""
    standing: set[Role | Relation] = set(person.roles)
    if work.is_administrator(person):
        standing.add(Relation.ADMINISTRATOR)
    return may(act, frozenset(standing))


def page(work: Work) -> SettingsPage:
    return SettingsPage(
        work.settings,
        tuple(people.everyone(work.tx)),
        tuple(people.topics(work.tx)),
        tuple(people.organisations(work.tx)),
        tuple(_missing(work)),
    )


def look(desk: Desk, caller: Caller) -> SettingsPage:
    with desk.looking(caller, Act.CHANGE_SETTINGS) as work:
        return page(work)


def change_office(desk: Desk, caller: Caller, office: Office, *, once: str) -> None:
    """Changes the press channel, the zone, the nation whose bank holidays count, the hours and the duty officer."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        _check_office(office)
        settings = work.settings
        moved = office.press_channel_id if office.press_channel_id != settings.press_channel_id else None
        settings.press_channel_id = office.press_channel_id
        settings.zone, settings.nation = office.zone, office.nation
        settings.opens, settings.closes = office.opens, office.closes
        settings.duty_officer_id = office.duty_officer_id
        work.tx.flush()
        if moved is not None:
            enquiry_places.move(work, moved)
        _changed(
            work,
            "office",
            press_channel=office.press_channel_id,
            zone=office.zone,
            nation=office.nation,
            hours=f"{office.opens:%H:%M}-{office.closes:%H:%M}",
            duty_officer=office.duty_officer_id,
        )


def change_signing_rules(desk: Desk, caller: Caller, rules: SigningRules, *, once: str) -> None:
    """Changes who may sign in somebody's place. What is asked of deputies now follows at once."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        for name, value in asdict(rules).items():
            setattr(work.settings, name, value)
        work.tx.flush()
        handovers.settle(work)
        _changed(work, "signing_rules", **asdict(rules))


def save_person(desk: Desk, caller: Caller, details: PersonDetails, *, person_id: int | None, once: str) -> None:
    """Adds somebody, or changes what is known of them and which roles they hold."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        person = people.get(work.tx, person_id) if person_id else _find_or_make(work, caller, details)
        if person is None:
            raise BadInput("This person is not on file any more. Close the form and add them again.")
        if person.slack_user_id is None:
            person.name = details.name.strip() or person.name
        if details.deputy_id == person.id:
            raise BadInput("Nobody can be their own deputy. Choose somebody else.", field="deputy")
        person.email = details.email.strip() or None
        person.organisation_id = details.organisation_id
        person.deputy_id = details.deputy_id
        person.roles = details.roles
        work.tx.flush()
        handovers.settle(work)
        if person.slack_user_id is not None:
            outbox.want_profile(work, person)
        outbox.redraw_homes(work, [person.id])
        _changed(
            work,
            "person",
            person=person.id,
            roles=sorted(role.value for role in details.roles),
            deputy=details.deputy_id,
        )


def save_topic(desk: Desk, caller: Caller, *, topic_id: int | None, name: str, lead_id: int | None, once: str) -> None:
    """Adds a topic, or changes its name and its lead, who must sign what is said on it."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        name = _named(name)
        same_name = people.topic_named(work.tx, name)
        if same_name is not None and same_name.id != topic_id:
            raise BadInput("There is a topic of this name. Choose Change topic in Settings instead.", field="name")
        topic = people.topic(work.tx, topic_id) if topic_id else None
        if topic is None:
            topic = Topic(name=name)
            work.tx.add(topic)
        topic.name, topic.lead_id = name, lead_id
        work.tx.flush()
        for enquiry in enquiries.not_closed(work.tx, limit=1000, topic_id=topic.id):
            statement_signing.ask_who_is_missing(work, enquiry.id)
        _changed(work, "topic", topic=topic.id, name=name, lead=lead_id)


def save_organisation(desk: Desk, caller: Caller, name: str, *, once: str) -> None:
    """Adds an organisation of the partnership."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        name = _named(name)
        if people.organisation_named(work.tx, name) is not None:
            raise BadInput("There is an organisation of this name already.", field="name")
        organisation = Organisation(name=name)
        work.tx.add(organisation)
        _changed(work, "organisation", organisation=organisation.id, name=name)


def are_to_be_asked_for(desk: Desk, workspace_id: int) -> bool:
    """Whether something is missing, and nobody has been told yet."""
    with desk.on_its_own(workspace_id, read_only=True) as work:
        return work.settings.asked_for_at is None and bool(_missing(work))


def ask_for_settings(desk: Desk, workspace_id: int, *, team_id: str, administrators: Collection[str]) -> None:
    """At the first start: those who may do the settings (Slack ids) are told, once, that the desk waits for them."""
    with desk.on_its_own(workspace_id) as work:
        if work.settings.asked_for_at is not None or not _missing(work):
            return
        work.settings.asked_for_at = work.now
        for user_id in administrators:
            person = people.arrive(work.tx, slack_user_id=user_id, slack_team_id=team_id, name=user_id)
            outbox.want_profile(work, person)
            outbox.tell(
                work,
                person,
                Subject(SubjectKind.SETTINGS, workspace_id),
                said(
                    "Comms Desk is here and needs to know how your press office works before it can log enquiries: "
                    "its channel, its people and its topics.",
                    settings=True,
                ),
                dedupe_key=f"settings:{user_id}",
            )


def _missing(work: Work) -> list[str]:
    held = {role for person in people.everyone(work.tx) for role in person.roles}
    topics = people.topics(work.tx)
    found = []
    if work.settings.press_channel_id is None:
        found.append("No press channel is chosen, so enquiries cannot be logged. Choose Change press office.")
    for role, why in (
        (Role.PRESS_OFFICER, "nobody can take an enquiry. Choose Add person."),
        (Role.COMMS_LEAD, "nobody is told when something is late. Choose Add person."),
        (Role.SPOKESPERSON, "no statement can be drafted. Choose Add person."),
    ):
        if role not in held:
            found.append(f"Nobody is {_A_ROLE[role]}, so {why}")
    if not topics:
        found.append("There are no topics, so nobody signs as a topic’s lead. Choose Add topic.")
    found += [
        f"The topic {topic.name} has no lead, so nothing on it can be signed. Choose Change topic."
        for topic in topics
        if topic.lead is None
    ]
    if work.settings.duty_officer_id is None:
        found.append("There is no duty officer, so night-time reminders go to the owner. Choose Change press office.")
    return found


_A_ROLE = {
    Role.PRESS_OFFICER: "a press officer",
    Role.COMMS_LEAD: "comms lead",
    Role.SPOKESPERSON: "a spokesperson",
}


def _check_office(office: Office) -> None:
    if office.press_channel_id is None:
        raise BadInput("Choose the channel in which enquiries are shown.", field="channel")
    if office.zone not in available_timezones():
        raise BadInput("This zone is not known. Write it like Europe/London.", field="zone")
    if office.nation not in set(Nation):
        raise BadInput("Choose the nation whose bank holidays count.", field="nation")
    if office.opens >= office.closes:
        raise BadInput("The office has to close after it opens.", field="closes")


def _find_or_make(work: Work, caller: Caller, details: PersonDetails) -> Person:
    if details.slack_user_id is not None:
        return people.arrive(
            work.tx,
            slack_user_id=details.slack_user_id,
            slack_team_id=caller.team_id,
            name=details.name.strip() or details.slack_user_id,
        )
    if not details.name.strip():
        raise BadInput("Choose a member of this workspace, or give a name.", field="name")
    person = Person(name=details.name.strip())
    work.tx.add(person)
    return person


def _named(name: str) -> str:
    name = name.strip()
    if not name:
        raise BadInput("Give it a name.", field="name")
    if len(name) > 75:
        raise BadInput("Shorten the name to 75 characters.", field="name")
    return name


def _changed(work: Work, what: str, **details: Any) -> None:
    outbox.redraw_homes(work, [work.person.id])
    work.record(Act.CHANGE_SETTINGS, Subject(SubjectKind.SETTINGS, work.tx.workspace_id), what=what, **details)
