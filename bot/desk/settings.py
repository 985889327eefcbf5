"""How the press office works: its channel, hours, people and topics. Each change is on the record."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from bot.core import obligations, outbox
from bot.core.errors import BadInput
from bot.core.ladder_plans import Plan, in_words, ladder_of, plan_of
from bot.core.ladders import DEFAULT_LADDERS, Ladder
from bot.core.outbox import said
from bot.core.permissions import Act, Relation, may
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import settings_changes
from bot.desk.settings_changes import Hours, KnownWords, Office, PersonDetails
from storage import audiences, digests, people
from storage.audiences import Audience
from storage.digests import Digest
from storage.obligations import Duty
from storage.people import Organisation, Person, Role, Topic
from storage.settings import BackgroundRule, ExecutivesRule, PassTo, Settings
from storage.subjects import Subject, SubjectKind

__all__ = ["Hours", "KnownWords", "Office", "PersonDetails"]  # what the acts below are given


@dataclass(frozen=True)
class SettingsPage:
    """Everything that is set, and, in sentences, what is missing."""

    settings: Settings
    people: tuple[Person, ...]
    topics: tuple[Topic, ...]
    organisations: tuple[Organisation, ...]
    missing: tuple[str, ...]
    also_sign: Mapping[int, tuple[Person, ...]] = field(default_factory=dict)
    """By topic, who must sign beside its lead."""
    closed_days: tuple[date, ...] = ()
    """Today and later, beside bank holidays."""
    own_reminders: Mapping[Duty, tuple[str, ...]] = field(default_factory=dict)
    """The duties whose reminders are not the defaults, and how they go, in words."""
    digests: tuple[Digest, ...] = ()
    organisation_leads: Mapping[int, Person] = field(default_factory=dict)
    """By organisation, who leads its communications."""

    audiences: tuple[Audience, ...] = ()

    @property
    def without_lead(self) -> list[Organisation]:
        """The organisations to which nothing can be referred."""
        return [one for one in self.organisations if one.id not in self.organisation_leads]


@dataclass(frozen=True)
class StandInRules:
    """Who may sign in somebody's place, and what may go on without whom."""

    deputies_sign_for_leads: bool
    deputies_sign_for_spokespeople: bool
    pass_to: PassTo
    spokespeople_can_be_overridden: bool


@dataclass(frozen=True)
class Reminders:
    """How reminders of a duty go. `plan` is None where only a file can say it; `is_own`: not the default's."""

    duty: Duty
    plan: Plan | None
    in_words: tuple[str, ...]
    is_other: bool


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
        people.also_signing(work.tx),
        tuple(sorted(day for day in work.hours.closed_on if day >= work.hours.local_day(work.now))),
        {
            duty: tuple(in_words(duty, obligations.ladder_for(work.settings, duty)))
            for duty in Duty
            if duty.value in work.settings.ladders
        },
        tuple(digests.every_one(work.tx)),
        people.organisation_leads(work.tx),
        tuple(audiences.every_one(work.tx)),
    )


def reminders_of(desk: Desk, caller: Caller, duty: Duty) -> Reminders:
    """How reminders of a duty go now. `is_other`: they are the workspace's own."""
    with desk.looking(caller, Act.CHANGE_SETTINGS) as work:
        ladder = obligations.ladder_for(work.settings, duty)
        is_own = duty.value in work.settings.ladders
        return Reminders(duty, plan_of(duty, ladder), tuple(in_words(duty, ladder)), is_own)


def look(desk: Desk, caller: Caller) -> SettingsPage:
    with desk.looking(caller, Act.CHANGE_SETTINGS) as work:
        return page(work)


def change_office(desk: Desk, caller: Caller, office: Office, *, once: str) -> None:
    """Changes the press channel, the zone, the nation whose bank holidays count, and the duty officer."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        settings_changes.set_office(work, office)


def change_hours(desk: Desk, caller: Caller, hours: Hours, *, once: str) -> None:
    """Changes when somebody works. Reminders under way keep to the new hours."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        settings_changes.set_hours(work, hours)


def change_signing(
    desk: Desk, caller: Caller, *, executives: ExecutivesRule, background: BackgroundRule, once: str
) -> None:
    """Changes who signs what, for every text in sign-off from now on."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        settings_changes.set_signing(work, executives, background)


def change_kept(desk: Desk, caller: Caller, months: int, *, once: str) -> None:
    """Changes how long journalists' names and addresses are kept."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        settings_changes.set_kept(work, months)


def change_words(desk: Desk, caller: Caller, known: KnownWords, *, once: str) -> None:
    """Changes the e-mail domains and abbreviations that are the partnership's own."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        settings_changes.set_words(work, known)


def change_reminders(desk: Desk, caller: Caller, duty: Duty, plan: Plan | None, *, once: str) -> None:
    """Changes when and whom the desk reminds of a duty; None: back to the default."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        settings_changes.set_ladder(work, duty, _ladder(duty, plan))


def preview_reminders(desk: Desk, caller: Caller, duty: Duty, plan: Plan | None) -> Reminders:
    """How reminders of a duty would be, in words, before anything is changed."""
    with desk.looking(caller, Act.CHANGE_SETTINGS) as work:
        ladder = _ladder(duty, plan) or DEFAULT_LADDERS[duty.value]
        is_other = obligations.ladder_for(work.settings, duty) != ladder
        return Reminders(duty, plan, tuple(in_words(duty, ladder)), is_other)


def change_stand_in_rules(desk: Desk, caller: Caller, rules: StandInRules, *, once: str) -> None:
    """Changes who may sign in somebody's place. What is asked of deputies now follows at once."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        settings_changes.set_stand_ins(work, asdict(rules))


def save_person(desk: Desk, caller: Caller, details: PersonDetails, *, person_id: int | None, once: str) -> None:
    """Adds somebody, or changes what is known of them and which roles they hold."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        if person_id is None:
            person = settings_changes.add_person(work, details, slack_team_id=caller.team_id)
        else:
            found = people.get(work.tx, person_id)
            if found is None:
                raise BadInput("This person is not on file any more. Close the form and add them again.")
            person = found
        settings_changes.put_person(work, person, details)


def save_topic(
    desk: Desk,
    caller: Caller,
    *,
    topic_id: int | None,
    name: str,
    lead_id: int | None,
    also_sign: Collection[int] = (),
    once: str,
) -> None:
    """Adds a topic, or changes its name and who must sign what is said on it: its lead, and others (person ids)."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        topic = people.topic(work.tx, topic_id) if topic_id else None
        settings_changes.put_topic(work, topic, name=name, lead_id=lead_id, also_sign=also_sign)


def save_organisation(desk: Desk, caller: Caller, name: str, *, once: str) -> None:
    """Adds an organisation of the partnership."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        settings_changes.put_organisation(work, name)


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


def _ladder(duty: Duty, plan: Plan | None) -> Ladder | None:
    if plan is None:
        return None
    try:
        return ladder_of(duty, plan)
    except ValueError as error:
        raise BadInput(str(error)) from error
