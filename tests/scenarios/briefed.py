"""A briefing that has just been posted, made past its forms: for stories of what comes after."""

from datetime import timedelta

from bot.core import signoffs, standings
from bot.core.permissions import Act
from bot.desk import cascades
from bot.desk.cascade_steps import ROLES
from bot.sandbox import MemberPlan, Plan
from storage import briefings, people, workspaces
from storage.briefings import Briefing, BriefingStatus
from storage.calendar import CalendarDate, DateKind
from storage.people import Person, Role
from storage.signoffs import Capacity, Signature, SignatureState, text_hash
from storage.subjects import Subject, SubjectKind
from storage.workspaces import NumberSeries
from tests.office import AMINA, GARETH, PLAN, Office

MESSAGES = "1. The new ward opens in May.\n\n2. Nobody’s appointment is moved.\n\n3. Say what worries you: we listen."


def post(
    office: Office,
    text: str = MESSAGES,
    *,
    replaces: int | None = None,
    title: str = "Board meeting",
    settle: bool = True,
) -> int:
    """Posts a briefing of Amina's, signed by Gareth, of a meeting three days ago. Gives its id."""
    with office.app.desk.acting(office.caller(AMINA), Act.LOG_ENQUIRY) as work:
        before = briefings.get(work.tx, replaces) if replaces else None
        held_at = work.now - timedelta(days=3)
        meeting = CalendarDate(kind=DateKind.BOARD_MEETING, title=title, starts_at=held_at, added_at=held_at)
        if before is None:
            work.tx.add(meeting)
        team_id, chair = office.sandbox.team_id, office.sandbox.user_id(GARETH)
        gareth = people.arrive(work.tx, slack_user_id=chair, slack_team_id=team_id, name=GARETH)
        briefing = Briefing(
            number=workspaces.next_number(work.tx, NumberSeries.BRIEFING),
            meeting_id=before.meeting_id if before else meeting.id,
            status=BriefingStatus.POSTED,
            owner_id=work.person.id,
            chair_id=gareth.id,
            replaces_id=replaces,
            started_at=held_at,
            posted_at=work.now,
        )
        work.tx.add(briefing)
        subject = Subject(SubjectKind.BRIEFING, briefing.id)
        signoff = signoffs.begin(work, subject, text)
        draft = standings.of(work.tx, signoff).draft
        work.tx.add(
            Signature(
                draft_id=draft.id,
                person_id=gareth.id,
                capacity=Capacity.CHAIR,
                must_sign=True,
                state=SignatureState.APPROVED,
                sha256=draft.sha256,
                asked_at=held_at,
                answered_at=work.now,
                approved_at=work.now,
            )
        )
        work.record("draft_briefing", subject, draft=1, sha256=text_hash(text))
        found = briefings.get(work.tx, briefing.id)
        assert found is not None
        cascades.begin(work, found)
    if settle:
        office.settle()
    return briefing.id


def joins(office: Office, name: str, *roles: Role, organisation: str | None = None) -> None:
    """Gives somebody who is known already an organisation and further roles."""
    with office.app.desk.on_its_own(office.app.workspace_id) as work:
        person = people.get(work.tx, office.ids[name])
        assert person is not None
        person.roles = person.roles | frozenset(roles)
        found = people.organisation_named(work.tx, organisation) if organisation else None
        person.organisation_id = found.id if found else person.organisation_id


IN_SLACK_OF_SIXTY = tuple(f"Member {number:02}" for number in range(1, 49))
OUTSIDE_OF_SIXTY = tuple(f"Outsider {number:02}" for number in range(49, 61))
OF_SIXTY = Plan(
    team=PLAN.team,
    partner_teams=PLAN.partner_teams,
    members=(*PLAN.members, *(MemberPlan(name) for name in IN_SLACK_OF_SIXTY)),
    channels=PLAN.channels,
)
"""A workspace with forty-eight members of the board. Twelve more have no account."""


def make_sixty(office: Office) -> dict[str, int]:
    """The sixty in their roles, some in several; every fifth leads an organisation. Gives their ids by name."""
    with office.app.desk.on_its_own(office.app.workspace_id) as work:
        ids = {}
        for place, name in enumerate((*IN_SLACK_OF_SIXTY, *OUTSIDE_OF_SIXTY)):
            person = Person(name=name, email=f"{name.lower().replace(' ', '.')}@partners.example")
            if name in IN_SLACK_OF_SIXTY:
                person.slack_user_id, person.slack_team_id = office.sandbox.user_id(name), office.sandbox.team_id
            person.roles = frozenset(ROLES[: 1 + place % 3] if place % 5 else {Role.ORGANISATION_LEAD})
            work.tx.add(person)
            ids[name] = person.id
    return ids
