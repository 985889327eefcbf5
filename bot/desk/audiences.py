"""Who the audiences of briefings are, and where they read: set by the administrator or a comms lead."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.core import outbox
from bot.core.errors import BadInput, NotFromHere
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk.briefing_steps import subject_of
from storage import audiences as records
from storage import briefings, people
from storage.audiences import Audience
from storage.people import Person
from storage.subjects import Subject, SubjectKind

LONGEST_NAME = 75
MOST_CHANNELS, MOST_PEOPLE = 100, 500


@dataclass(frozen=True)
class AudiencePage:
    """The audiences there are, one of them if it was chosen, and who could belong to it."""

    audiences: tuple[Audience, ...]
    chosen: Audience | None
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Given:
    """An audience as the form gives it: channels by Slack id, people by ours, and members of Slack by theirs."""

    name: str
    channels: Collection[str]
    person_ids: Collection[int]
    members: Collection[str] = ()


def look(desk: Desk, caller: Caller, audience_id: int | None = None) -> AudiencePage:
    with desk.looking(caller, Act.CHANGE_SETTINGS) as work:
        known = [person for person in people.all_known(work.tx) if person.left_at is None]
        chosen = records.get(work.tx, audience_id) if audience_id else None
        if audience_id and chosen is None:
            raise NotFromHere("This audience was taken away. Open the form again.")
        found = sorted(known, key=lambda person: person.name.casefold())
        return AudiencePage(tuple(records.every_one(work.tx)), chosen, tuple(found))


def save(desk: Desk, caller: Caller, audience_id: int | None, given: Given, *, once: str) -> None:
    """Adds an audience, or changes its name and where it reads."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        arrived = [_arrived(work, user_id, caller.team_id) for user_id in given.members]
        person_ids = [*given.person_ids, *(person.id for person in arrived)]
        put(work, audience_id, given.name, given.channels, person_ids)


def put(
    work: Work, audience_id: int | None, name: str, channels: Collection[str], person_ids: Collection[int]
) -> list[str]:
    """The same within an act. Gives the changes in sentences."""
    name = " ".join(name.split())
    before = records.get(work.tx, audience_id) if audience_id else None
    other = records.named(work.tx, name)
    if not name:
        raise BadInput("Give it a name.", field="name")
    if len(name) > LONGEST_NAME:
        raise BadInput(f"This name has {len(name)} characters. Keep to {LONGEST_NAME}.", field="name")
    if other is not None and other.id != audience_id:
        raise BadInput(f"There is an audience called {other.name} already. Choose another name.", field="name")
    if before is not None and records.is_kept_by_other(work.tx, name, before.id):
        raise BadInput(
            f"An audience called {name} was taken away, and its briefings keep the name. Choose another name, or Add "
            "audience to have that one back.",
            field="name",
        )
    if audience_id is not None and before is None:
        raise NotFromHere("This audience was taken away. Close the form and add it again.")
    if len(set(channels)) > MOST_CHANNELS or len(set(person_ids)) > MOST_PEOPLE:
        raise BadInput(f"Keep to {MOST_CHANNELS} channels and {MOST_PEOPLE} people in one audience.", field="name")
    if not channels and not person_ids:
        raise BadInput("Choose at least one channel or person, or nobody would get anything.", field="channels")
    id_ = records.put(work.tx, audience_id, name)
    records.set_places(work.tx, id_, channels, person_ids)
    now = next(one for one in records.several(work.tx, [id_]))
    changes = _changes(before, now)
    if changes:
        _redraw(work, id_)
        work.record(
            Act.CHANGE_SETTINGS,
            Subject(SubjectKind.SETTINGS, work.tx.workspace_id),
            audience=id_,
            name=now.name,
            channels=list(now.channels),
            people=[person.id for person in now.people],
        )
    return changes


def remove(desk: Desk, caller: Caller, audience_id: int, *, once: str) -> None:
    """Takes an audience away. Briefings that went to it stay as they are; one under way for it alone stops this."""
    with desk.acting(caller, Act.CHANGE_SETTINGS, once=once) as work:
        audience = records.get(work.tx, audience_id)
        if audience is None:
            raise NotFromHere("This audience was taken away already.")
        waiting = [one for one in briefings.not_over(work.tx) if audience_id in briefings.audiences_of(work.tx, one.id)]
        if waiting:
            raise NotFromHere(
                f"{waiting[0].reference} is for {audience.name} and has not been posted. Press Change text on its card "
                "to choose others, or wait until it is posted."
            )
        records.remove(work.tx, audience_id, work.now)
        _redraw(work, audience_id)
        work.record(
            Act.CHANGE_SETTINGS,
            Subject(SubjectKind.SETTINGS, work.tx.workspace_id),
            audience=audience_id,
            name=audience.name,
            removed=True,
        )


def _changes(before: Audience | None, now: Audience) -> list[str]:
    if before is None:
        return [f"The audience {now.name} is added."]
    found = [f"The audience {before.name} becomes {now.name}."] if before.name != now.name else []
    if set(before.channels) != set(now.channels):
        found.append(f"{now.name} reads in: {', '.join(now.channels) or 'no channel'}.")
    if {person.id for person in before.people} != {person.id for person in now.people}:
        names = ", ".join(person.name for person in now.people)
        found.append(f"People of {now.name}: {names or 'nobody'}.")
    return found


def _redraw(work: Work, audience_id: int) -> None:
    """The cards of briefings that are for it, and the homes that show the settings."""
    for briefing in briefings.not_over(work.tx):
        if audience_id in briefings.audiences_of(work.tx, briefing.id):
            outbox.redraw(work, subject_of(briefing.id))
    readers = [person.id for person in people.in_slack(work.tx) if work.is_administrator(person)]
    outbox.redraw_homes(work, readers)
    outbox.redraw_overviews(work)


def _arrived(work: Work, user_id: str, team_id: str) -> Person:
    person = people.arrive(work.tx, slack_user_id=user_id, slack_team_id=team_id, name=user_id)
    if person.profile_read_at is None:
        outbox.want_profile(work, person)
    return person
