"""The demo: an invented partnership in a workspace on this machine, with a few enquiries already under way.

Everything is seeded through the desk's own functions, as its people would have done it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import MovableClock
from bot.core.working_days import Nation, WorkingHours
from bot.core.workspaces import Caller, Desk
from bot.desk import enquiries, enquiry_closing, referrals, settings, signoffs, statements
from bot.desk.enquiry_closing import Closing
from bot.desk.enquiry_details import EnquiryDetails
from bot.desk.settings import Office, PersonDetails
from bot.desk.statements import Sending
from bot.sandbox import ChannelPlan, MemberPlan, Plan, Sandbox, TeamPlan
from storage import people
from storage import signoffs as signoff_records
from storage.database import Transaction
from storage.enquiries import CameBy, Enquiry, NoteKind, Outcome
from storage.people import Role
from storage.statements import SentBy, Statement, StatementKind
from storage.subjects import Subject, SubjectKind

ZONE = ZoneInfo("Europe/London")
PARTNER = "Eastvale Council"
PRESS_CHANNEL = "press-office"


@dataclass(frozen=True)
class Someone:
    """A person of the demo. Without `in_slack` they have no account, and a press officer brings them what they owe."""

    name: str
    title: str
    roles: tuple[Role, ...] = ()
    in_slack: bool = True
    owner: bool = False
    guest: bool = False
    team: str | None = None
    email: str = ""
    organisation: str | None = None


PEOPLE = (
    Someone("Amina Rahman", "Press officer", (Role.PRESS_OFFICER,)),
    Someone("Ben Okafor", "Press officer", (Role.PRESS_OFFICER,)),
    Someone(
        "Carys Whitlock",
        "Head of communications",
        (Role.COMMS_LEAD, Role.ORGANISATION_LEAD),
        owner=True,
        organisation="Northbrook Health Alliance",
    ),
    Someone("Dev Malhotra", "Duty officer tonight", (Role.ON_CALL_OFFICER,)),
    Someone("Dr Esther Lindqvist", "Clinical lead, cancer screening", (Role.LEAD, Role.SPOKESPERSON)),
    Someone("Farah Castellane", "Director of children’s services", (Role.LEAD,)),
    Someone("Gareth Pryce-Bell", "Chair of the board", (Role.SPOKESPERSON, Role.CHAIR)),
    Someone("Hannah Oduya", "Accountable officer", (Role.EXECUTIVE,)),
    Someone("Ivo Marchetti", "Director of finance", (Role.EXECUTIVE,)),
    Someone("Joan Tattersby", "Board member, lay", (Role.BOARD_MEMBER,), guest=True),
    Someone("Kit Sandringhale", "Communications lead, Eastvale", team=PARTNER),
    Someone(
        "Leonora Ashby-Quill",
        "Vice-chair of the board",
        (Role.SPOKESPERSON, Role.BOARD_MEMBER),
        in_slack=False,
        email="leonora@ashby-quill.example",
    ),
    Someone(
        "Priya Narang",
        "Communications lead, Westmere Hospitals",
        (Role.ORGANISATION_LEAD,),
        guest=True,
        organisation="Westmere Hospitals Trust",
    ),
    Someone(
        "Olwen Harries",
        "Communications lead, Healthwatch",
        (Role.ORGANISATION_LEAD,),
        in_slack=False,
        email="olwen@healthwatch.example",
        organisation="Healthwatch Northbrook",
    ),
)

TOPICS = (
    ("Cancer screening", "Dr Esther Lindqvist"),
    ("Children’s services", "Farah Castellane"),
    ("Parking and travel", "Farah Castellane"),
)
ORGANISATIONS = ("Northbrook Health Alliance", PARTNER, "Westmere Hospitals Trust", "Healthwatch Northbrook")


def plan() -> Plan:
    """Who is in the demo's workspace, and where they talk."""
    here = [person for person in PEOPLE if person.in_slack]
    ours = tuple(person.name for person in here if person.team is None and not person.guest)
    return Plan(
        team=TeamPlan("Northbrook Health Alliance"),
        partner_teams=(TeamPlan(PARTNER),),
        members=tuple(
            MemberPlan(person.name, title=person.title, owner=person.owner, guest=person.guest, team=person.team)
            for person in here
        ),
        channels=(
            ChannelPlan(
                PRESS_CHANNEL, members=ours, bot=True, purpose="Media enquiries, from the first call to the answer"
            ),
            ChannelPlan("general", members=tuple(person.name for person in here), purpose="For everyone"),
            ChannelPlan(
                "partners",
                members=(*ours, "Kit Sandringhale", "Joan Tattersby"),
                bot=True,
                purpose="Shared with Eastvale Council",
            ),
        ),
    )


def first_day(now: datetime) -> datetime:
    """When the story of a fresh demo begins: on the next working day, so that nothing in it lies in real time yet."""
    return WorkingHours(zone=ZONE, nation=Nation.ENGLAND).next_morning(now)


class Seeding:
    """Fills a fresh workspace. `user_id` gives a member's Slack id by name; `channel` is the press channel's id."""

    def __init__(
        self, desk: Desk, clock: MovableClock, *, team_id: str, user_id: Callable[[str], str], channel: str
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._team_id = team_id
        self._user_id = user_id
        self._channel = channel
        self._steps = 0
        self._hours = WorkingHours(zone=ZONE, nation=Nation.ENGLAND)

    def run(self) -> None:
        """Two days of a press office; it ends at half past nine on the second, which is when the demo begins."""
        self._move_to(first_day(self._clock.now()))
        self._set_up()
        self._yesterday()
        self._move_to(self._hours.next_morning(self._clock.now()))
        self._this_morning()

    def _yesterday(self) -> None:
        amina = self._as("Amina Rahman")
        enquiry = self._log(
            "Amina Rahman",
            "Rosalind Achterberg",
            "Northbrook Evening Courier",
            "Is it true that the mobile screening unit was off the road for three weeks in spring? How many "
            "appointments were cancelled, and have those people been seen since?",
            "Cancer screening",
            due_in=timedelta(hours=6),
        )
        enquiries.take(self._desk, amina, enquiry.id)
        statement = self._draft(
            "Amina Rahman",
            enquiry,
            "Gareth Pryce-Bell",
            "The mobile screening unit was being repaired from 4 to 22 May. We are sorry for the inconvenience. All "
            "312 people whose appointments were moved have been offered another one, and 298 have been seen.",
        )
        self._ask(statement, "Amina Rahman")
        self._move(timedelta(hours=1))
        for signatory in ("Dr Esther Lindqvist", "Gareth Pryce-Bell"):
            self._approve(statement, signatory)
        self._move(timedelta(minutes=30))
        sending = Sending({enquiry.id: "Rosalind Achterberg, Northbrook Evening Courier"}, SentBy.EMAIL, None)
        statements.record_issue(
            self._desk, amina, statement.id, sending, draft=1, close=[enquiry.id], once=self._once()
        )

    def _this_morning(self) -> None:
        self._half_signed()
        self._signed_outside_slack()
        self._move(timedelta(minutes=10))
        self._phoned()
        self._nobodys()
        self._drafted()
        self._declined()
        self._referred()

    def _half_signed(self) -> None:
        enquiry = self._log(
            "Amina Rahman",
            "Tobias Wrenfield",
            "Radio Eastvale",
            "Waiting times for breast screening results have gone up again. Why, and what are you doing about it?",
            "Cancer screening",
            due_in=timedelta(hours=6, minutes=30),
        )
        enquiries.take(self._desk, self._as("Amina Rahman"), enquiry.id)
        statement = self._draft(
            "Amina Rahman",
            enquiry,
            "Gareth Pryce-Bell",
            "Results take nine days at present, and we want them to take seven. Two more radiographers start in "
            "January. Anybody who is worried should call their practice; nobody has to wait for an urgent result.",
        )
        self._ask(statement, "Amina Rahman")
        self._approve(statement, "Gareth Pryce-Bell")

    def _signed_outside_slack(self) -> None:
        enquiry = self._log(
            "Ben Okafor",
            "Priscilla Dunmore-Vance",
            "The Westmere Gazette",
            "Will the children’s centre in Mill Lane close on Fridays from next term?",
            "Children’s services",
            due_in=timedelta(hours=4),
        )
        enquiries.take(self._desk, self._as("Ben Okafor"), enquiry.id)
        statement = self._draft(
            "Ben Okafor",
            enquiry,
            "Leonora Ashby-Quill",
            "No decision has been made. Families in Mill Lane will be asked first, from 12 January, and every answer "
            "will be read before the board decides in March.",
        )
        self._ask(statement, "Ben Okafor")

    def _phoned(self) -> None:
        enquiry = self._log(
            "Amina Rahman",
            "Ezekiel Thornbury",
            "Vale Today",
            "Something about parking charges at Westmere; he will e-mail.",
            None,
            due_in=None,
            phone="01632 960114",
        )
        enquiries.take(self._desk, self._as("Amina Rahman"), enquiry.id)

    def _nobodys(self) -> None:
        self._log(
            "Ben Okafor",
            "Wilhelmina Sorrel",
            "Health Policy Weekly",
            "Which of the alliance’s members have signed the new data-sharing agreement, and which have not?",
            None,
            due_in=timedelta(days=1, hours=3),
        )

    def _drafted(self) -> None:
        enquiry = self._log(
            "Ben Okafor",
            "Caspian Holloway",
            "Northbrook Evening Courier",
            "Patients say that they pay £9 a day to park for chemotherapy. Is that right, and will it change?",
            "Parking and travel",
            due_in=timedelta(hours=7),
        )
        enquiries.take(self._desk, self._as("Ben Okafor"), enquiry.id)
        note = "Spoke to the site team at Westmere: permits exist, but are hardly known. They will send numbers."
        enquiries.add_note(self._desk, self._as("Ben Okafor"), enquiry.id, NoteKind.CALL, note, once=self._once())
        self._draft(
            "Ben Okafor",
            enquiry,
            "Dr Esther Lindqvist",
            "Nobody having chemotherapy has to pay for parking. Permits are free, and from today every patient gets "
            "one with their first appointment letter.",
        )

    def _declined(self) -> None:
        enquiry = self._log(
            "Amina Rahman",
            "Marguerite Falk",
            "Spotlight Podcasts",
            "Could she record a day with the screening team next week?",
            "Cancer screening",
            due_in=timedelta(days=2),
        )
        closing = Closing(Outcome.DECLINED, "Patients have not agreed to be recorded. Offered a date in February.")
        enquiry_closing.close(self._desk, self._as("Amina Rahman"), enquiry.id, closing, once=self._once())

    def _referred(self) -> None:
        enquiry = self._log(
            "Amina Rahman",
            "Barnaby Quillfeather",
            "Nightline Westmere",
            "Why has the hospital canteen closed, and where are night staff supposed to eat?",
            None,
            due_in=timedelta(hours=5),
        )
        enquiries.take(self._desk, self._as("Amina Rahman"), enquiry.id)
        with self._reading() as tx:
            westmere = next(one.id for one in people.organisations(tx) if one.name.startswith("Westmere"))
        referrals.refer(self._desk, self._as("Amina Rahman"), enquiry.id, westmere, "", once=self._once())

    def _log(
        self,
        by: str,
        journalist: str,
        outlet: str,
        question: str,
        topic: str | None,
        *,
        due_in: timedelta | None,
        phone: str = "",
    ) -> Enquiry:
        now = self._clock.now()
        details = EnquiryDetails(
            journalist=journalist,
            outlet=outlet,
            email=""
            if phone
            else f"{journalist.split(maxsplit=1)[0].lower()}@{outlet.lower().replace(' ', '-')}.example",
            phone=phone,
            came_by=CameBy.PHONE if phone else CameBy.EMAIL,
            received_at=now,
            deadline=_on_the_half_hour(now + due_in) if due_in else None,
            question=question,
            topic_id=self._topics[topic] if topic else None,
            awaiting_email=due_in is None,
        )
        return enquiries.log_enquiry(self._desk, self._as(by), details, once=self._once())

    def _draft(self, by: str, enquiry: Enquiry, spokesperson: str, text: str) -> Statement:
        return statements.start(
            self._desk,
            self._as(by),
            enquiry.id,
            kind=StatementKind.STATEMENT,
            spokesperson_id=self._ids[spokesperson],
            text=text,
            once=self._once(),
        )

    def _ask(self, statement: Statement, by: str) -> None:
        statements.request_signoff(self._desk, self._as(by), statement.id, draft=1, added=(), once=self._once())

    def _approve(self, statement: Statement, signatory: str) -> None:
        subject = Subject(SubjectKind.STATEMENT, statement.id)
        with self._reading() as tx:
            signature = signoff_records.asked_of(tx, subject, self._ids[signatory])
        if signature is not None:
            signoffs.approve(self._desk, self._as(signatory), signature.id)

    def _set_up(self) -> None:
        administrator = self._as("Carys Whitlock")
        for name in ORGANISATIONS:
            settings.save_organisation(self._desk, administrator, name, once=self._once())
        with self._reading() as tx:
            organisations = {one.name: one.id for one in people.organisations(tx)}
        for person in PEOPLE:
            if person.team is None:
                details = PersonDetails(
                    slack_user_id=self._user_id(person.name) if person.in_slack else None,
                    name=person.name,
                    email=person.email,
                    roles=frozenset(person.roles),
                    organisation_id=organisations[person.organisation] if person.organisation else None,
                    deputy_id=None,
                )
                settings.save_person(self._desk, administrator, details, person_id=None, once=self._once())
        with self._reading() as tx:
            self._ids = {person.name: person.id for person in people.everyone(tx)}
        for name, lead in TOPICS:
            settings.save_topic(
                self._desk, administrator, topic_id=None, name=name, lead_id=self._ids[lead], once=self._once()
            )
        with self._reading() as tx:
            self._topics = {topic.name: topic.id for topic in people.topics(tx)}
        office = Office(
            press_channel_id=self._channel,
            zone=str(ZONE),
            nation=Nation.ENGLAND,
            duty_officer_id=self._ids["Dev Malhotra"],
        )
        settings.change_office(self._desk, administrator, office, once=self._once())

    def _as(self, name: str) -> Caller:
        return Caller(self._team_id, self._user_id(name), self._team_id, name)

    def _once(self) -> str:
        self._steps += 1
        return f"demo:{self._steps}"

    def _move(self, by: timedelta) -> None:
        self._clock.advance(by)

    def _move_to(self, at: datetime) -> None:
        self._clock.advance(max(timedelta(), at - self._clock.now()))

    def _reading(self) -> AbstractContextManager[Transaction]:
        return self._desk.database.transaction(self._desk.workspace_id(self._team_id), read_only=True)


def _on_the_half_hour(at: datetime) -> datetime:
    return at.replace(minute=30 if at.minute >= 30 else 0, second=0, microsecond=0)


def seed_if_fresh(desk: Desk, clock: MovableClock, sandbox: Sandbox) -> None:
    """Fills the demo unless it goes on from where it stopped."""
    with desk.database.transaction(desk.workspace_id(sandbox.team_id), read_only=True) as tx:
        if people.everyone(tx):
            return
    Seeding(
        desk, clock, team_id=sandbox.team_id, user_id=sandbox.user_id, channel=sandbox.channel_id(PRESS_CHANNEL)
    ).run()
