"""The steps that acts on a cascade are made of, and what follows for it when people lose their role or leave."""

from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

from bot.core import deputies, obligations, outbox
from bot.core.errors import NotFound, NotFromHere
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Work
from storage import briefings, cascades, leave, people, settings
from storage import outbox as postings
from storage.briefings import Briefing
from storage.cascades import Cascade, CascadeState, NotAsked
from storage.database import Transaction
from storage.obligations import Duty
from storage.outbox import PostingKind, Urgency
from storage.people import Person, Role
from storage.subjects import Subject, SubjectKind

ROLES = (Role.BOARD_MEMBER, Role.GROUP_CHAIR, Role.ORGANISATION_LEAD)
"""Who takes key messages home (DOMAIN §5). The chair, who signed them, only if they hold one of these as well."""
WORKING_DAYS_GIVEN = 5
"""Our own judgement: a working week; on the last morning of it their deputy hears (DOMAIN §10)."""

TRANSITIONS: dict[tuple[CascadeState, Act], CascadeState] = {
    **{
        (state, act): CascadeState.PASSED_ON
        for state in CascadeState
        for act in (Act.PASS_MESSAGES_ON, Act.RECORD_PASSED_ON)
    },
    **{
        (state, Act.CANNOT_PASS_ON): CascadeState.CANNOT
        for state in CascadeState
        if state is not CascadeState.NO_LONGER_ASKED
    },
    (CascadeState.CANNOT, Act.ASK_TO_PASS_ON): CascadeState.CANNOT,
    (CascadeState.NO_LONGER_ASKED, Act.ASK_TO_PASS_ON): CascadeState.NO_LONGER_ASKED,
}
"""What somebody said can be put right at any time, and it is never too late to have passed something on."""

NOT_THERE = "This is not on file. Your Home shows what waits for you."


def subject_of(cascade_id: int) -> Subject:
    return Subject(SubjectKind.CASCADE, cascade_id)


def about(briefing_id: int) -> Subject:
    return Subject(SubjectKind.BRIEFING, briefing_id)


def get(tx: Transaction, cascade_id: int) -> Cascade:
    cascade = cascades.get(tx, cascade_id)
    if cascade is None:
        raise NotFound(NOT_THERE)
    return cascade


def briefing_of(tx: Transaction, briefing_id: int) -> Briefing:
    briefing = briefings.get(tx, briefing_id)
    if briefing is None:
        raise NotFound("These key messages are not on file. Look for them in the press channel.")
    return briefing


def replaced_by(tx: Transaction, briefing_id: int) -> Briefing | None:
    """The briefing that was posted in place of another: its messages are to be passed on, and the other's not."""
    found = briefings.replacement_of(tx, briefing_id)
    return found if found is not None and found.posted_at is not None else None


def check(cascade: Cascade, act: Act) -> CascadeState:
    """What an act makes of a record. Raises `NotFromHere` with a sentence for whoever tried."""
    to = TRANSITIONS.get((cascade.state, act))
    if to is not None:
        return to
    name = cascade.person.name
    raise NotFromHere(
        {
            CascadeState.ASKED: f"{name} has not said that they cannot. Wait for their answer, or ring them.",
            CascadeState.PASSED_ON: f"{name} has passed them on already. Nobody else is needed.",
            CascadeState.CANNOT: f"{name} cannot pass them on. Ask someone instead.",
            CascadeState.NO_LONGER_ASKED: "You are not asked to pass these on any more, so there is nothing to do.",
        }[cascade.state]
    )


def is_of_here(person: Person, caller: Caller) -> bool:
    """Not a member of another workspace. Whoever is not in Slack at all is reached through the press office."""
    return person.slack_user_id is None or person.slack_team_id == caller.team_id


def to_stand_in_for(tx: Transaction, cascade: Cascade) -> Cascade:
    """In whose place somebody is asked: theirs, or that of whoever was asked last instead and cannot either.

    Raises `NotFromHere` while whoever was asked instead is still to answer, or has passed them on; and of messages that
    were replaced.
    """
    if replaced_by(tx, cascade.briefing_id) is not None:
        raise NotFromHere("Newer key messages took the place of these. Ask somebody to pass those on.")
    check(cascade, Act.ASK_TO_PASS_ON)
    last = cascades.last_instead(tx, cascade)
    check(last, Act.ASK_TO_PASS_ON)
    return last


def change(work: Work, cascade: Cascade, act: Act, to: CascadeState | None = None, **values: object) -> Cascade:
    """The one way in which a record moves on: from a state that allows it, if nobody was quicker."""
    becomes = to or check(cascade, act)
    if not cascades.change(work.tx, cascade, to=becomes, **values):
        raise NotFromHere("Somebody was quicker a moment ago. Look at it again.")
    return get(work.tx, cascade.id)


def title(tx: Transaction, briefing: Briefing) -> str:
    """`the key messages of Board meeting, 19 November`, by the office's calendar."""
    day = briefing.meeting.starts_at.astimezone(ZoneInfo(settings.get(tx).zone))
    return f"the key messages of {briefing.meeting.title}, {day.day} {day:%B}"


def owner_of(work: Work, briefing: Briefing) -> Person:
    """Who sees to a briefing now: its owner, or whoever stands in; a comms lead, if that is nobody in Slack."""
    leads = people.holding(work.tx, Role.COMMS_LEAD)
    found = [deputies.cover(work, briefing.owner).person, briefing.owner, *deputies.present(work, leads)]
    return next((person for person in found if person is not None and person.on_slack), briefing.owner)


def is_carried(work: Work, cascade: Cascade) -> bool:
    """Whether somebody is reached through the press office: they, and whoever stands in for them, are not in Slack."""
    return not reached_by(work, cascade.person).on_slack


def reached_by(work: Work, person: Person) -> Person:
    """Who sees to what somebody is asked: they themselves, or whoever stands in for them."""
    return deputies.cover(work, person).person or person


def who_reaches(work: Work, several: Collection[Person]) -> dict[int, Person]:
    """The same for several, by their ids: asked for those alone who are away or have left."""
    away = leave.away(work.tx, work.now)
    return {
        person.id: reached_by(work, person) if person.id in away or person.left_at is not None else person
        for person in several
    }


def with_request(work: Work, briefing: Briefing) -> set[int]:
    """The ids of those who get a briefing's messages with the request to take them home, and need them only once.

    Not those for whom somebody stands in: that one gets the request.
    """
    if briefing.posted_at is None:
        asked = people.holding_even_if_left(work.tx, *ROLES)
    else:
        asked = [cascade.person for cascade in cascades.of_briefing(work.tx, briefing.id)]
    return {id_ for id_, reader in who_reaches(work, asked).items() if reader.id == id_}


def send(work: Work, cascade: Cascade, *, urgency: Urgency = Urgency.WAITED_FOR) -> None:
    """Puts the messages to whoever sees to it now, if they are in Slack."""
    reader = reached_by(work, cascade.person)
    if reader.on_slack:
        outbox.post(
            work,
            PostingKind.CASCADE_REQUEST,
            subject_of(cascade.id),
            person=reader,
            dedupe_key=f"cascade:{cascade.id}:{reader.id}",
            urgency=urgency,
        )


def send_to_carry(work: Work, briefing: Briefing) -> None:
    """One message to whoever sees to the briefing, with all who are reached through them."""
    owner = owner_of(work, briefing)
    if owner.on_slack:
        key = f"cascade-carry:{briefing.id}:{owner.id}"
        outbox.post(work, PostingKind.CASCADE_TO_CARRY, about(briefing.id), person=owner, dedupe_key=key)


def redraw(work: Work, cascade: Cascade) -> None:
    """Its own message, the briefing's card and list, and the homes in which it stands."""
    outbox.redraw(work, subject_of(cascade.id))
    redraw_cards(work, cascade.briefing_id)
    outbox.redraw_homes(work, [cascade.person_id])


def redraw_cards(work: Work, briefing_id: int) -> None:
    postings.want_of(work.tx, about(briefing_id), PostingKind.CASCADE_CARD, PostingKind.CASCADE_TO_CARRY)
    outbox.redraw_homes(work, [person.id for person in people.holding(work.tx, *LOOKING_OVER)])


LOOKING_OVER = (Role.PRESS_OFFICER, Role.COMMS_LEAD, Role.CHAIR, Role.PROGRAMME_OFFICE)
"""In whose homes stands what the board owes."""


def tell_office(work: Work, cascade: Cascade, sentence: str, *, quote: str | None = None, **more: Any) -> None:
    """Whoever sees to the briefing and the comms leads hear of something, with what to do about it."""
    briefing = briefing_of(work.tx, cascade.briefing_id)
    leads = deputies.present(work, people.holding(work.tx, Role.COMMS_LEAD))
    found = {person.id: person for person in (owner_of(work, briefing), *leads)}
    for person in found.values():
        if person.id != work.person_id:
            outbox.tell(work, person, subject_of(cascade.id), said(sentence, quote=quote, **more))


def roles_changed(work: Work, person: Person) -> None:
    """Whoever no longer holds a role for which they were asked is not chased any more."""
    if person.roles.isdisjoint(ROLES):
        owed = [one for one in cascades.open_of_person(work.tx, person.id) if one.instead_of_id is None]
        _ask_no_longer(work, person, owed, NotAsked.ROLE_LOST, "has no role on the board any more")


def left(work: Work, person: Person) -> None:
    """Whoever left Slack is not chased any more."""
    owed = cascades.open_of_person(work.tx, person.id)
    _ask_no_longer(work, person, owed, NotAsked.LEFT, "has left this Slack workspace")


def _ask_no_longer(work: Work, person: Person, owed: list[Cascade], because: NotAsked, why: str) -> None:
    for cascade in owed:
        if not cascades.change(
            work.tx, cascade, to=CascadeState.NO_LONGER_ASKED, ended_at=work.now, ended_because=because
        ):
            continue  # they said something in this moment
        obligations.cancel(work, subject_of(cascade.id), Duty.CASCADE)
        briefing = briefing_of(work.tx, cascade.briefing_id)
        tell_office(
            work,
            cascade,
            f"{person.name} {why}, and is not asked to pass on {title(work.tx, briefing)} any more. Their people may "
            "not have heard: ask somebody else there.",
            cascade_instead=cascade.id,
        )
        redraw(work, cascade)
        work.record("ask_no_longer", subject_of(cascade.id), because=because.value)
