"""A briefing that has just been posted, made past its forms: for stories of what comes after."""

from datetime import timedelta

from bot.core import signoffs
from bot.core.permissions import Act
from bot.desk import cascades
from storage import briefings, people, workspaces
from storage.briefings import Briefing, BriefingStatus
from storage.calendar import CalendarDate, DateKind
from storage.people import Role
from storage.signoffs import text_hash
from storage.subjects import Subject, SubjectKind
from storage.workspaces import NumberSeries
from tests.office import AMINA, GARETH, Office

MESSAGES = "1. The new ward opens in May.\n\n2. Nobody’s appointment is moved.\n\n3. Say what worries you: we listen."


def post(office: Office, text: str = MESSAGES, *, replaces: int | None = None, title: str = "Board meeting") -> int:
    """Posts a briefing of Amina's, signed by Gareth, of a meeting three days ago. Gives its id."""
    with office.app.desk.acting(office.caller(AMINA), Act.LOG_ENQUIRY) as work:
        before = briefings.get(work.tx, replaces) if replaces else None
        held_at = work.now - timedelta(days=3)
        meeting = CalendarDate(kind=DateKind.BOARD_MEETING, title=title, starts_at=held_at)
        if before is None:
            work.tx.add(meeting)
        amina, gareth = office.ids[AMINA], office.ids[GARETH]
        briefing = Briefing(
            number=workspaces.next_number(work.tx, NumberSeries.BRIEFING),
            meeting_id=before.meeting_id if before else meeting.id,
            status=BriefingStatus.POSTED,
            owner_id=amina,
            chair_id=gareth,
            replaces_id=replaces,
            started_at=held_at,
            posted_at=work.now,
        )
        work.tx.add(briefing)
        subject = Subject(SubjectKind.BRIEFING, briefing.id)
        signoffs.begin(work, subject, text)
        work.record("draft_briefing", subject, draft=1, sha256=text_hash(text))
        found = briefings.get(work.tx, briefing.id)
        assert found is not None
        cascades.begin(work, found)
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
