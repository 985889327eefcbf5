"""A press office without Slack: the desk's own functions on a database, for what must hold below the surface."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from secrets import token_hex
from threading import Barrier, Thread
from typing import Any

from bot.app import FEATURES
from bot.clock import MovableClock
from bot.core import obligations
from bot.core.features import Features
from bot.core.workspaces import Caller, Desk
from bot.desk import (
    briefings,
    calendar,
    cascades,
    digests,
    enquiries,
    facts,
    follow_ups,
    home,
    imports,
    leave,
    more_time,
    paper_rulings,
    papers,
    referrals,
    reminders,
    report_rows,
    report_submission,
    reports,
    reviews,
    sensitive,
    signoffs,
    statements,
    unblocking,
)
from bot.desk.calendar_details import DateDetails
from bot.desk.calendar_series import Again, RuleChoice
from bot.desk.enquiry_details import EnquiryDetails
from bot.desk.evidence import GivenFile
from bot.desk.facts import Heard, Question, WhoKnows
from bot.desk.import_rows import Candidate
from bot.desk.leave import Absence
from bot.desk.more_time import MoreTime
from bot.desk.papers import PaperDetails
from bot.desk.report_rows import Said
from bot.desk.reports import Cover
from bot.desk.reviews import Details
from bot.desk.reviews_rules import months
from bot.desk.statements import Sending
from bot.desk.unblocking import Reply
from bot.desk.whom import Whom
from storage import audiences as audience_records
from storage import briefings as briefing_records
from storage import bulletins, people, workspaces
from storage import cascades as cascade_records
from storage import digests as digest_records
from storage import imports as import_records
from storage import obligations as obligation_records
from storage import reports as report_records
from storage import settings as settings_records
from storage import signoffs as signoff_records
from storage import statements as statement_records
from storage.briefings import Briefing, BriefingStatus
from storage.bulletins import Bulletin, BulletinItem
from storage.calendar import CalendarDate, DateKind
from storage.cascades import CascadeState, PassedBy
from storage.database import Database, Transaction
from storage.enquiries import CameBy, Enquiry, EnquiryStatus, NoteKind, Outcome
from storage.papers import PaperKind
from storage.people import Organisation, Person, Role, Topic
from storage.reports import RowState
from storage.reviews import ReviewKind
from storage.signoffs import HeardBy, Signature
from storage.statements import SentBy, Statement, StatementKind
from storage.subjects import Subject, SubjectKind
from storage.workspaces import NumberSeries

MONDAY_TEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
NORTH, SOUTH = "TNORTH", "TSOUTH"
AMINA, BEN, CARYS, ESTHER, GARETH, HANNAH, LEONORA = "Amina", "Ben", "Carys", "Esther", "Gareth", "Hannah", "Leonora"
SIGNATORIES = tuple(f"Signatory {number}" for number in range(1, 7))

ROLES: dict[str, tuple[Role, ...]] = {
    AMINA: (Role.PRESS_OFFICER,),
    BEN: (Role.PRESS_OFFICER,),
    CARYS: (Role.COMMS_LEAD,),
    ESTHER: (Role.LEAD,),
    GARETH: (Role.SPOKESPERSON, Role.CHAIR),
    HANNAH: (Role.EXECUTIVE,),
    LEONORA: (Role.SPOKESPERSON,),
    **dict.fromkeys(SIGNATORIES, (Role.BOARD_MEMBER,)),
}


@dataclass(frozen=True)
class PressOffice:
    """One workspace with its people. Outside Slack: Leonora alone."""

    desk: Desk
    team_id: str

    @property
    def clock(self) -> MovableClock:
        assert isinstance(self.desk.clock, MovableClock)
        return self.desk.clock

    @cached_property
    def workspace_id(self) -> int:
        return self.desk.workspace_id(self.team_id)

    @cached_property
    def ids(self) -> dict[str, int]:
        """Our own ids of the people, by name."""
        with self.reading() as tx:
            return {person.name: person.id for person in people.everyone(tx)}

    @cached_property
    def topic_id(self) -> int:
        with self.reading() as tx:
            return people.topics(tx)[0].id

    def caller(self, name: str) -> Caller:
        return Caller(self.team_id, f"U{name.upper().replace(' ', '')}", self.team_id, name)

    def once(self) -> str:
        return f"form:{token_hex(8)}"

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        with self.desk.database.transaction(self.workspace_id, read_only=True) as tx:
            yield tx

    def log(self, who: str = AMINA, *, once: str | None = None, hours: float = 6) -> Enquiry:
        return enquiries.log_enquiry(self.desk, self.caller(who), self.details(hours), once=once or self.once())

    def details(self, hours: float = 6) -> EnquiryDetails:
        return EnquiryDetails(
            journalist=f"Rosa of {self.team_id}",
            outlet=f"Courier of {self.team_id}",
            email="rosa@courier.example",
            phone="",
            came_by=CameBy.EMAIL,
            received_at=None,
            deadline=self.clock.now() + timedelta(hours=hours),
            question=f"Why are the buses of {self.team_id} late?",
            topic_id=self.topic_id,
        )

    def draft(self, enquiry: Enquiry, text: str = "The buses are late because of the snow.") -> Statement:
        return statements.start(
            self.desk,
            self.caller(AMINA),
            enquiry.id,
            kind=StatementKind.STATEMENT,
            spokesperson_id=self.ids[GARETH],
            text=text,
            once=self.once(),
        )

    def rewrite(self, statement: Statement, text: str, *, based_on: int) -> None:
        statements.write_draft(self.desk, self.caller(AMINA), statement.id, text, based_on=based_on, once=self.once())

    def ask(self, statement: Statement, *added: str, draft: int = 1) -> None:
        statements.request_signoff(
            self.desk,
            self.caller(AMINA),
            statement.id,
            draft=draft,
            added=[self.ids[name] for name in added],
            once=self.once(),
        )

    def in_signoff(self, *added: str) -> Statement:
        """A statement that waits for Esther, Gareth and those added."""
        enquiry = self.log()
        enquiries.take(self.desk, self.caller(AMINA), enquiry.id)
        statement = self.draft(enquiry)
        self.ask(statement, *added)
        return statement

    def signature(self, statement: Statement, who: str) -> Signature:
        """What somebody was asked about the newest draft."""
        with self.reading() as tx:
            signoff = signoff_records.of(tx, Subject(SubjectKind.STATEMENT, statement.id))
            draft = signoff_records.draft(tx, signoff.id, signoff.current_draft)
            assert draft is not None
            return next(s for s in signoff_records.signatures(tx, draft.id) if s.person_id == self.ids[who])

    def approve(self, statement: Statement, *who: str) -> None:
        for name in who:
            signoffs.approve(self.desk, self.caller(name), self.signature(statement, name).id)

    def issue(self, statement: Statement, *, draft: int = 1, close: bool = True) -> None:
        with self.reading() as tx:
            answered = [enquiry.id for enquiry in statement_records.enquiries_of(tx, statement.id)]
        statements.record_issue(
            self.desk,
            self.caller(AMINA),
            statement.id,
            Sending(dict.fromkeys(answered, "rosa@courier.example"), SentBy.EMAIL, None),
            draft=draft,
            close=answered if close else (),
            once=self.once(),
        )


def opened(database: Database, team_id: str = NORTH) -> PressOffice:
    """A workspace with everybody in their roles. The same Slack ids of people are used in every workspace."""
    office = found_in(database, team_id)
    with database.across_workspaces() as view:
        workspaces.open_for(view, team_id=team_id, enterprise_id=None, name=team_id)
    with database.transaction(office.workspace_id) as tx:
        settings_records.make(tx)
        for name, roles in ROLES.items():
            person = Person(name=name)
            if name != LEONORA:
                person.slack_user_id, person.slack_team_id = office.caller(name).user_id, team_id
            tx.add(person)
            person.roles = frozenset(roles)
        tx.add(Topic(name="Buses", lead_id=people.holding(tx, Role.LEAD)[0].id), Organisation(name="Westmere Trust"))
        trains = Topic(name="Trains")
        tx.add(trains)
        people.set_also_signing(tx, trains.id, [people.holding(tx, Role.LEAD)[0].id])
        settings_records.get(tx).press_channel_id = "CPRESS"
    with office.desk.on_its_own(office.workspace_id) as work:
        digests.make_defaults(work)
    return office


def live(office: PressOffice) -> None:
    """A morning in which something of everything happens, so that no table stays empty."""
    desk, amina = office.desk, office.caller(AMINA)
    issued = office.in_signoff()
    office.approve(issued, ESTHER, GARETH)
    office.issue(issued)
    waiting = office.in_signoff(SIGNATORIES[0])
    with office.reading() as tx:
        enquiry = statement_records.enquiries_of(tx, waiting.id)[0]
    enquiries.add_note(desk, amina, enquiry.id, NoteKind.CALL, f"Rang Rosa for {office.team_id}", once=office.once())
    leonora = WhoKnows(person_id=office.ids[LEONORA])
    question = Question(f"How many buses has {office.team_id}?", "", office.clock.now() + timedelta(hours=1))
    asked = facts.ask(desk, amina, enquiry.id, leonora, question, once=office.once())
    facts.record(desk, amina, asked.id, Heard("Twelve.", "Her e-mail.", HeardBy.EMAIL), once=office.once())
    more = MoreTime(enquiry.deadline + timedelta(hours=1) if enquiry.deadline else None, "", "", HeardBy.PHONE)
    more_time.agree(desk, amina, enquiry.id, more, once=office.once())
    referrals.refer(desk, amina, enquiry.id, _organisation_id(office), "", once=office.once())
    follow_ups.link(desk, amina, enquiry.id, typed="1", once=office.once())  # all of them look alike besides
    sensitive.mark(desk, amina, office.log().id, once=office.once())
    _messages_are_taken_home(office)
    obligations.remind(desk)
    home.open_home(desk, amina)
    with office.reading() as tx:
        owed = obligation_records.open_for(tx, office.ids[AMINA])[0]
    reminders.snooze(desk, amina, owed.id)
    leave.set_for(
        desk,
        amina,
        office.ids[HANNAH],
        Absence(None, office.clock.now() + timedelta(days=1), office.ids[ESTHER]),
        once=office.once(),
    )
    reply = Reply(approves=True, comment="", evidence="She wrote.", files=(GivenFile("F00000001", "reply.eml", 1200),))
    unblocking.record_reply(desk, amina, office.signature(waiting, ESTHER).id, reply, once=office.once())
    _before_a_meeting(office)
    _for_the_bulletin(office)
    risk_log = Details(
        "Risk log",
        ReviewKind.RISK_LOG,
        "",
        Whom(person_id=office.ids[LEONORA]),
        date(2027, 3, 1),
        months(6),
        for_board=True,
    )
    reviews.add(desk, amina, risk_log, once=office.once())
    office.log()
    brief(office)
    second = DateDetails(DateKind.BOARD_MEETING, "", "Town Hall", office.clock.now() + timedelta(days=1), None)
    rule = RuleChoice(Again.WEEKDAY, weekday=1, nth=4)
    calendar.add(desk, amina, second, rule, once=office.once())
    submitted_report(office)
    confidential_paper(office)
    imports.bring_along(desk, amina, [from_before(1), from_before(2)], sha256="0" * 64)
    broken_off(office, [from_before(3)])


def _messages_are_taken_home(office: PressOffice) -> None:
    """A briefing is posted, and Esther, who chairs a group, passes it on."""
    with office.desk.on_its_own(office.workspace_id) as work:
        amina, esther = office.ids[AMINA], people.get(work.tx, office.ids[ESTHER])
        assert esther is not None
        esther.roles |= {Role.GROUP_CHAIR}
        meeting = CalendarDate(kind=DateKind.BOARD_MEETING, title="Board", starts_at=MONDAY_TEN, added_at=MONDAY_TEN)
        work.tx.add(meeting)
        briefing = Briefing(
            number=workspaces.next_number(work.tx, NumberSeries.BRIEFING),
            meeting_id=meeting.id,
            status=BriefingStatus.POSTED,
            owner_id=amina,
            chair_id=amina,
            started_at=MONDAY_TEN,
            posted_at=MONDAY_TEN,
        )
        work.tx.add(briefing)
        found = briefing_records.get(work.tx, briefing.id)
        assert found is not None
        cascades.begin(work, found)
        cascade = cascade_records.of_person(work.tx, found.id, esther.id)
        assert cascade is not None
    what = cascades.Said(CascadeState.PASSED_ON, "Her teams", PassedBy.EMAIL, feedback=f"From {office.team_id}.")
    cascades.passed_on(office.desk, office.caller(ESTHER), cascade.id, what, once=office.once())


def _before_a_meeting(office: PressOffice) -> None:
    """A digest has told of a meeting of the board."""
    with office.desk.database.transaction(office.workspace_id) as tx:
        starts_at = office.clock.now() + timedelta(days=2)
        meeting = CalendarDate(
            kind=DateKind.BOARD_MEETING, title=f"Board of {office.team_id}", starts_at=starts_at, added_at=starts_at
        )
        tx.add(meeting)
        digest_records.note_meetings(
            tx, digest_records.every_one(tx)[0].id, [(meeting.id, starts_at.date())], MONDAY_TEN.date()
        )


def _for_the_bulletin(office: PressOffice) -> None:
    """Items are called for, and one has come in."""
    with office.desk.database.transaction(office.workspace_id) as tx:
        officer = office.ids[AMINA]
        bulletin = Bulletin(
            title=f"Bulletin of {office.team_id}",
            deadline=office.clock.now() + timedelta(days=2),
            owner_id=officer,
            called_at=office.clock.now(),
            called_by_id=officer,
            called_by_digest_id=digest_records.every_one(tx)[0].id,
            roles=[],
        )
        tx.add(bulletin)
        bulletins.ask(tx, bulletin.id, officer)
        item = BulletinItem(
            bulletin_id=bulletin.id,
            headline=f"News of {office.team_id}",
            text="It opens on Monday.",
            given_by_id=officer,
            given_at=office.clock.now(),
            recorded_by_id=officer,
            heard_by=HeardBy.EMAIL,
            taken_out_by_id=officer,
        )
        tx.add(item)


def brief(office: PressOffice, *, at: datetime | None = None) -> int:
    """A briefing on yesterday's board meeting, for one channel and one person, that waits for Gareth. Gives its id."""
    desk, amina = office.desk, office.caller(AMINA)
    with desk.on_its_own(office.workspace_id) as work:
        held_at = work.now - timedelta(days=1)
        meeting = CalendarDate(
            kind=DateKind.BOARD_MEETING, title=f"Board of {office.team_id}", starts_at=held_at, added_at=held_at
        )
        work.tx.add(meeting)
        audience_id = audience_records.put(work.tx, None, "All staff")
        audience_records.set_places(work.tx, audience_id, ["CSTAFF"], [office.ids[BEN]])
    messages = [f"{number} of {office.team_id}" for number in ("One", "Two", "Three")]
    details = briefings.Details(meeting.id, messages, "", [audience_id], at, "", office.ids[GARETH])
    drafted = briefings.start(desk, amina, details, once=office.once())
    briefing_id = drafted.shown.briefing.id
    briefings.ask_chair(desk, amina, briefing_id, draft=1, once=office.once())
    return briefing_id


def submitted_report(office: PressOffice) -> None:
    """A committee report that Esther owns, with all that belongs to it."""
    desk, esther = office.desk, office.caller(ESTHER)
    cover = Cover(f"Winter plan of {office.team_id}", administrator=Whom(name="Pat Lowe", email="pat@trust.example"))
    report = reports.start(desk, esther, cover, once=office.once())
    with office.reading() as tx:
        rows = report_records.rows_of(tx, report.id)
    for row in rows[:-1]:
        what = Said(RowState.NOT_APPLICABLE, why="Not touched.")
        report_rows.complete(desk, esther, row.id, what, seen=0, once=office.once())
    for step in (report_rows.sign, report_submission.submit):
        with office.reading() as tx:
            seen = report_records.get(tx, report.id)
        assert seen is not None
        step(desk, esther, report.id, seen=seen.revision, once=office.once())


def confidential_paper(office: PressOffice) -> None:
    """A paper of a meeting, of which it is on record what the chair ruled."""
    desk, amina = office.desk, office.caller(AMINA)
    with desk.database.transaction(office.workspace_id) as tx:
        date = CalendarDate(
            kind=DateKind.BOARD_MEETING, title="Board", starts_at=MONDAY_TEN + timedelta(days=9), added_at=MONDAY_TEN
        )
        tx.add(date)
        gareth = people.get(tx, office.ids[GARETH])
        assert gareth is not None
        gareth.roles |= {Role.CHAIR}
    details = PaperDetails(PaperKind.PAPER, f"Estates of {office.team_id}", "https://north.example/estates")
    paper = papers.add(desk, amina, date.id, details, once=office.once())
    ruling = paper_rulings.Ruling(is_confidential=True, reason="It names people.")
    paper_rulings.rule(desk, office.caller(GARETH), paper.id, ruling, once=office.once())


def _organisation_id(office: PressOffice) -> int:
    """That of the one organisation, whose communications Leonora leads from here on."""
    with office.desk.database.transaction(office.workspace_id) as tx:
        organisation = people.organisations(tx)[0]
        leonora = people.get(tx, office.ids[LEONORA])
        assert leonora is not None
        leonora.roles, leonora.organisation_id = leonora.roles | {Role.ORGANISATION_LEAD}, organisation.id
        return organisation.id


def from_before(number: int, question: str = "Is the pool closed?", answer: str | None = "For repairs.") -> Candidate:
    """A row of an old spreadsheet, closed, received so many days ago."""
    received = MONDAY_TEN - timedelta(days=number)
    values: dict[str, Any] = {
        "status": EnquiryStatus.CLOSED,
        "journalist": "Tom Bell",
        "outlet": "Weekly Post",
        "email": "tom@post.example",
        "phone": None,
        "came_by": CameBy.EMAIL,
        "received_at": received,
        "out_of_hours": False,
        "deadline": received + timedelta(hours=6),
        "question": f"{question} ({number})",
        "topic_id": None,
        "organisation_id": None,
        "owner_id": None,
        "outcome": Outcome.STATEMENT,
        "outcome_detail": None,
        "closed_at": received + timedelta(hours=5),
    }
    return Candidate(number + 1, f"key {question} {number}", values, answer)


def broken_off(office: PressOffice, candidates: list[Candidate]) -> None:
    """What an import leaves that was killed before its switch."""
    with office.desk.database.transaction(office.workspace_id) as tx:
        started = import_records.begin(tx, sha256="1" * 64, by_id=office.ids[AMINA], now=MONDAY_TEN)
        ids = import_records.set_ids_aside(tx, len(candidates))
        rows = [
            {"import_id": started.id, "position": place, "enquiry_id": ids[place - 1], "line": one.line}
            | {"key": one.key, "answer": one.answer}
            | dict(one.values)
            for place, one in enumerate(candidates, 1)
        ]
        import_records.stage(tx, rows)


def found_in(database: Database, team_id: str = NORTH) -> PressOffice:
    """The press office of a workspace that was opened before."""
    return PressOffice(_desk(database), team_id)


def _desk(database: Database) -> Desk:
    return Desk(database, MovableClock(MONDAY_TEN), Features(FEATURES), frozenset({"UCARYS"}))


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Starts all acts in the same moment, each in a thread of its own. Gives what each returned, or raised."""
    start = Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(index: int) -> None:
        start.wait()
        try:
            outcomes[index] = acts[index]()
        except Exception as error:  # noqa: BLE001 (what an act raises is what the test looks at)
            outcomes[index] = error

    threads = [Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
