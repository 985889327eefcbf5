"""Changing what is set: each change checked, on the record with what was and what is, and told in sentences.

Each function here is part of somebody's transaction: of a form in Slack (`settings`), or of a whole file
(`settings_file`). It gives the changes in sentences; none, where everything is as it was.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from zoneinfo import available_timezones

from bot.core import digests as editions
from bot.core import handovers, obligations, outbox
from bot.core.errors import BadInput
from bot.core.ladder_plans import check, in_words
from bot.core.ladders import DEFAULT_LADDERS, Ladder
from bot.core.permissions import Act
from bot.core.working_days import Nation
from bot.core.workspaces import Work, working_hours
from bot.desk import (
    briefing_chairs,
    briefings,
    cascade_steps,
    digests,
    enquiry_places,
    referral_steps,
    statement_signing,
)
from bot.desk.settings_words import LABELS, WEEKDAYS, duty_words, plain, sentence
from storage import enquiries, people
from storage.obligations import Duty
from storage.people import Organisation, Person, Role, Topic
from storage.settings import BackgroundRule, ExecutivesRule, Settings
from storage.subjects import Subject, SubjectKind

LONGEST_NAME = 75
MOST_MONTHS = 120
MOST_DAYS = 400
MOST_WORDS = 200
NO_CHANGE: list[str] = []


@dataclass(frozen=True)
class Office:
    """Where and when the press office is. `zone` is an IANA name."""

    press_channel_id: str | None
    zone: str
    nation: str
    duty_officer_id: int | None


@dataclass(frozen=True)
class Hours:
    """Working hours by the office's own clock. `weekdays` from 0 (Monday); `other` are those that differ."""

    weekdays: frozenset[int]
    opens: time
    closes: time
    other: Mapping[int, tuple[time, time]]
    closed_on: frozenset[date]


@dataclass(frozen=True)
class KnownWords:
    """E-mail domains of the partnership's own, and abbreviations that everybody here knows."""

    own_domains: Collection[str]
    abbreviations: Collection[str]


@dataclass(frozen=True)
class PersonDetails:
    """A person as the form gives them: `slack_user_id`, or a name (and an address) for somebody outside Slack."""

    slack_user_id: str | None
    name: str
    email: str
    roles: frozenset[Role]
    organisation_id: int | None
    deputy_id: int | None


def set_office(work: Work, office: Office) -> list[str]:
    if office.press_channel_id is None:
        raise BadInput("Choose the channel in which enquiries are shown.", field="channel")
    if office.zone not in available_timezones():
        raise BadInput("This zone is not known. Write it like Europe/London.", field="zone")
    if office.nation not in set(Nation):
        raise BadInput("Choose the nation whose bank holidays count.", field="nation")
    settings = work.settings
    moved = office.press_channel_id if office.press_channel_id != settings.press_channel_id else None
    other_days = (office.zone, office.nation) != (settings.zone, settings.nation)
    changes = _set(
        work,
        "office",
        press_channel_id=office.press_channel_id,
        zone=office.zone,
        nation=office.nation,
        duty_officer_id=office.duty_officer_id,
    )
    if moved is not None:
        enquiry_places.move(work, moved)
        briefings.move_cards(work, moved)
        digests.make_defaults(work)
    if other_days:
        obligations.replan(work)
    return changes


def set_hours(work: Work, hours: Hours) -> list[str]:
    if not hours.weekdays:
        raise BadInput("Choose at least one day on which somebody works.", field="weekdays")
    if hours.opens >= hours.closes:
        raise BadInput("The office has to close after it opens.", field="closes")
    for weekday, (opens, closes) in hours.other.items():
        if weekday not in hours.weekdays:
            raise BadInput(f"{WEEKDAYS[weekday]} has hours of its own and is no working day.", field="other")
        if opens >= closes:
            raise BadInput(f"On {WEEKDAYS[weekday]} the office has to close after it opens.", field="other")
    if len(hours.closed_on) > MOST_DAYS:
        raise BadInput(f"These are {len(hours.closed_on)} days. Keep to {MOST_DAYS}.", field="closed_on")
    usual = (hours.opens, hours.closes)
    changes = _set(
        work,
        "hours",
        weekdays=sorted(hours.weekdays),
        opens=hours.opens,
        closes=hours.closes,
        other_hours={
            str(weekday): [f"{opens:%H:%M}", f"{closes:%H:%M}"]
            for weekday, (opens, closes) in sorted(hours.other.items())
            if (opens, closes) != usual
        },
        closed_on=sorted(day.isoformat() for day in hours.closed_on),
    )
    if changes:
        working_hours(work.settings)
        obligations.replan(work)
    return changes


def set_signing(work: Work, executives: ExecutivesRule, background: BackgroundRule) -> list[str]:
    """What is in sign-off already is looked at again: whoever must sign now and was not asked is asked."""
    changes = _set(work, "signing", executives=executives, background=background)
    if changes:
        _ask_who_is_missing(work)
    return changes


def set_kept(work: Work, months: int) -> list[str]:
    if not 1 <= months <= MOST_MONTHS:
        raise BadInput(f"Give a number of months from 1 to {MOST_MONTHS}.", field="months")
    return _set(work, "kept", keep_months=months)


def set_words(work: Work, words: KnownWords) -> list[str]:
    domains = sorted({domain.strip().lower().removeprefix("@") for domain in words.own_domains} - {""})
    for domain in domains:
        if "." not in domain.strip(".") or any(letter.isspace() or letter in "@,;/<>" for letter in domain):
            raise BadInput(f"“{domain}” is no e-mail domain. Write it like northbrook.nhs.uk.", field="domains")
    abbreviations = sorted({word.strip() for word in words.abbreviations} - {""})
    for word in abbreviations:
        if len(word) > 20 or any(letter.isspace() for letter in word):
            raise BadInput(f"“{word[:40]}” is no abbreviation. Write one word a line, like NHS.", field="abbreviations")
    for field, found in (("domains", domains), ("abbreviations", abbreviations)):
        if len(found) > MOST_WORDS:
            raise BadInput(f"These are {len(found)}. Keep to {MOST_WORDS}.", field=field)
    return _set(work, "words", own_domains=domains, known_abbreviations=abbreviations)


def set_ladder(work: Work, duty: Duty, ladder: Ladder | None) -> list[str]:
    """The workspace's own reminders for a duty; None: back to the default. What is owed is re-planned by them."""
    default = DEFAULT_LADDERS[duty.value]
    if ladder is not None:
        try:
            check(duty, ladder)
        except ValueError as error:
            raise BadInput(str(error)) from error
    was, now = obligations.ladder_for(work.settings, duty), ladder or default
    if was == now:
        return NO_CHANGE
    own = dict(work.settings.ladders)
    own.pop(duty.value, None)
    if now != default:
        own[duty.value] = now.to_data()
    work.settings.ladders = own
    work.tx.flush()
    record(work, "reminders", duty=duty.value, was=was.to_data(), now=now.to_data())
    obligations.replan(work, duty)
    back = " (the default)" if now == default else ""
    return [f"Reminders of {duty_words(duty)}{back}: {'; '.join(in_words(duty, now))}."]


def set_stand_ins(work: Work, rules: Mapping[str, Any]) -> list[str]:
    """Who may sign in somebody's place, by the names of the settings. What is asked of deputies follows at once."""
    sentences = _set(work, "stand_ins", **rules)
    handovers.settle(work)
    return sentences


def put_person(work: Work, person: Person, details: PersonDetails) -> list[str]:
    """What is known of somebody who is on file already, and which roles they hold."""
    if details.deputy_id == person.id:
        raise BadInput("Nobody can be their own deputy. Choose somebody else.", field="deputy")
    new: dict[str, Any] = {
        "name": (details.name.strip() or person.name) if person.slack_user_id is None else person.name,
        "email": details.email.strip() or None,
        "organisation_id": details.organisation_id,
        "deputy_id": details.deputy_id,
        "roles": details.roles,
    }
    was = {name: getattr(person, name) for name in new if getattr(person, name) != new[name]}
    if not was:
        return NO_CHANGE
    sentences = [sentence(work, f"{person.name}: {LABELS[name]}", name, was[name], new[name]) for name in was]
    for name in was:
        setattr(person, name, new[name])
    work.tx.flush()
    if person.slack_user_id is not None:
        outbox.want_profile(work, person)
    outbox.redraw_homes(work, [person.id])
    open_ = was.keys() - {"email", "name"}
    record(
        work,
        "person",
        person=person.id,
        was={name: plain(was[name]) for name in open_},
        now={name: plain(new[name]) for name in open_},
        personal={"name": new["name"] if "name" in was else None, "email": new["email"] if "email" in was else None},
    )
    if "roles" in was:
        cascade_steps.roles_changed(work, person)
        briefing_chairs.roles_changed(work, person)
    if was.keys() & {"roles", "deputy_id"}:
        handovers.settle(work)
    if was.keys() & {"roles", "organisation_id"}:
        referral_steps.leads_changed(work)
    if "roles" in was:
        editions.redraw_for(work, person)
        _ask_who_is_missing(work)
    return sentences


def add_person(work: Work, details: PersonDetails, *, slack_team_id: str) -> Person:
    """Somebody new, without any role yet; somebody who is known by their Slack account is found again."""
    name = details.name.strip()
    if details.slack_user_id is not None:
        return people.arrive(
            work.tx,
            slack_user_id=details.slack_user_id,
            slack_team_id=slack_team_id,
            name=name or details.slack_user_id,
        )
    if not name:
        raise BadInput("Choose a member of this workspace, or give a name.", field="name")
    person = Person(name=name)
    work.tx.add(person)
    record(work, "person", person=person.id, was=None, now="added", personal={"name": name})
    return person


def put_topic(
    work: Work, topic: Topic | None, *, name: str, lead_id: int | None, also_sign: Collection[int]
) -> list[str]:
    """Adds a topic, or changes its name, its lead, and who must sign beside the lead."""
    name = named(name)
    same_name = people.topic_named(work.tx, name)
    if same_name is not None and (topic is None or same_name.id != topic.id):
        raise BadInput("There is a topic of this name. Choose Change topic in Settings instead.", field="name")
    was_also = {} if topic is None else people.also_signing(work.tx)
    was: dict[str, Any] = {"name": None, "lead_id": None, "also_sign": []}
    if topic is not None:
        also_ids = sorted(person.id for person in was_also.get(topic.id, ()))
        was = {"name": topic.name, "lead_id": topic.lead_id, "also_sign": also_ids}
    now: dict[str, Any] = {"name": name, "lead_id": lead_id, "also_sign": sorted(set(also_sign) - {lead_id})}
    differ = [key for key in now if was[key] != now[key]]
    if not differ:
        return NO_CHANGE
    is_new = topic is None
    if topic is None:
        topic = Topic(name=name)
        work.tx.add(topic)
    topic.name, topic.lead_id = name, lead_id
    work.tx.flush()
    people.set_also_signing(work.tx, topic.id, now["also_sign"])
    record(
        work,
        "topic",
        topic=topic.id,
        was={key: was[key] for key in differ},
        now={key: now[key] for key in differ},
    )
    _ask_who_is_missing(work, topic_id=topic.id)
    added = [f"The topic {name} is added."] if is_new else []
    told = [key for key in differ if not (is_new and (key == "name" or not now[key]))]
    return added + [sentence(work, f"The topic {name}: {LABELS[key]}", key, was[key], now[key]) for key in told]


def put_organisation(work: Work, name: str) -> list[str]:
    """Adds an organisation of the partnership."""
    name = named(name)
    if people.organisation_named(work.tx, name) is not None:
        raise BadInput("There is an organisation of this name already.", field="name")
    organisation = Organisation(name=name)
    work.tx.add(organisation)
    record(work, "organisation", organisation=organisation.id, was=None, now=name)
    return [f"The organisation {name} is added."]


def named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise BadInput("Give it a name.", field="name")
    if len(name) > LONGEST_NAME:
        raise BadInput(f"Shorten the name to {LONGEST_NAME} characters.", field="name")
    return name


def _set(work: Work, what: str, **values: Any) -> list[str]:
    """Sets what differs, and gives a sentence for each."""
    settings: Settings = work.settings
    was = {name: getattr(settings, name) for name, value in values.items() if getattr(settings, name) != value}
    if not was:
        return NO_CHANGE
    sentences = [sentence(work, LABELS[name], name, was[name], values[name]) for name in was]
    for name in was:
        setattr(settings, name, values[name])
    work.tx.flush()
    record(
        work,
        what,
        was={name: plain(value) for name, value in was.items()},
        now={name: plain(values[name]) for name in was},
    )
    return sentences


def record(work: Work, what: str, *, personal: Mapping[str, str | None] | None = None, **details: Any) -> None:
    """Puts a change of settings on the record: what was changed, and by whom."""
    by = {} if work.actor else {"by": "the command line"}
    if work.actor is not None:
        outbox.redraw_homes(work, [work.actor.id])
    subject = Subject(SubjectKind.SETTINGS, work.tx.workspace_id)
    work.record(Act.CHANGE_SETTINGS, subject, what=what, personal=personal, **details, **by)


def _ask_who_is_missing(work: Work, *, topic_id: int | None = None) -> None:
    for enquiry in enquiries.not_closed(work.tx, limit=1000, topic_id=topic_id):
        statement_signing.ask_who_is_missing(work, enquiry.id)
