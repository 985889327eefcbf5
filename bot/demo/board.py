"""The demo's board: it met yesterday, and what follows from a meeting is under way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.working_days import ONE_DAY, moment_of
from bot.demo.members import BOARD_CHANNEL
from bot.demo.steps import HOURS, ZONE, Steps
from bot.desk import audiences, briefings, calendar, cascades, report_rows, reports, reviews, reviews_rules, signoffs
from bot.desk.audiences import Given
from bot.desk.briefings import Details as BriefingDetails
from bot.desk.calendar_details import DateDetails
from bot.desk.calendar_series import Again, Months, RuleChoice
from bot.desk.cascades import Said
from bot.desk.report_rows import Said as RowSaid
from bot.desk.report_rows import WithWhom
from bot.desk.reports import Cover
from bot.desk.reviews import Details as ReviewDetails
from bot.desk.whom import Whom
from storage import audiences as audience_records
from storage import calendar as calendar_records
from storage import cascades as cascade_records
from storage import reports as report_records
from storage import signoffs as signoff_records
from storage.calendar import DateKind
from storage.cascades import CascadeState, PassedBy
from storage.reports import ReportFor, RowKind, RowState
from storage.reviews import ReviewKind
from storage.subjects import Subject, SubjectKind

MESSAGES = (
    "From January the mobile screening unit is at Westmere every Saturday: nobody has to take a day off for it.",
    "Families in Mill Lane are asked about the children’s centre from 12 January. Nothing is decided before March.",
    "Parking is free for everybody who comes for chemotherapy. Permits go out with the first appointment letter.",
    "The board has agreed the winter plan. It is short, and it is on the website.",
)
PAPERS = "Agenda https://northbrook-alliance.example/board/agenda.pdf\nWinter plan https://northbrook-alliance.example/winter"


@dataclass
class BoardStory(Steps):
    """The calendar, yesterday's meeting, its key messages, a report under way, and what is due for review."""

    def yesterday(self) -> None:
        """Before the meeting: it stands in the calendar, and for whom its messages will be is known."""
        today = HOURS.local_day(self.clock.now())
        self._put(DateKind.BOARD_MEETING, "Partnership Board", self._at(today, 11), hours=2)
        again = RuleChoice(Again.WEEKDAY, weekday=1, nth=2, months=Months.ODD)
        coming = self._at(today + 5 * ONE_DAY, 14)
        self._put(DateKind.BOARD_MEETING, "Partnership Board", coming, hours=2, again=again)
        self._put(DateKind.GROUP_MEETING, "Screening group", self._at(today + 9 * ONE_DAY, 10), hours=1)
        self._put(DateKind.CAMPAIGN, "Know your numbers week", self._at(HOURS.working_day_after(today, 9), 9))
        carys = self.as_("Carys Whitlock")
        channel = (self.channel_id(BOARD_CHANNEL),)
        leads = [self.ids[person] for person in ("Priya Narang", "Olwen Harries")]
        for given in (Given("Staff and volunteers", channel, ()), Given("Partner organisations", (), leads)):
            audiences.save(self.desk, carys, None, given, once=self.once())

    def this_morning(self) -> None:
        self._brief()
        self._report()
        self._review()

    def _brief(self) -> None:
        amina = self.as_("Amina Rahman")
        with self.reading() as tx:
            [meeting] = calendar_records.meetings_held(tx, self.clock.now(), limit=1)
            groups = [one.id for one in audience_records.every_one(tx)]
        details = BriefingDetails(
            meeting.id, MESSAGES, PAPERS, groups, None, "On Mill Lane: no decision has been made.", self._chair_id
        )
        drafted = briefings.start(self.desk, amina, details, once=self.once())
        briefing_id = drafted.shown.briefing.id
        briefings.ask_chair(self.desk, amina, briefing_id, draft=1, once=self.once())
        with self.reading() as tx:
            asked = signoff_records.asked_of(tx, Subject(SubjectKind.BRIEFING, briefing_id), self._chair_id)
        if asked is not None:
            signoffs.approve(self.desk, self.as_("Gareth Pryce-Bell"), asked.id)
        with self.reading() as tx:
            taken = cascade_records.of_person(tx, briefing_id, self.ids["Rufus Ockenden-Vale"])
        if taken is not None:
            said = Said(
                CascadeState.PASSED_ON,
                to_whom="The ward managers’ meeting",
                how=PassedBy.MEETING,
                feedback="They ask whether Saturdays are for good, or until summer.",
            )
            cascades.passed_on(self.desk, self.as_("Rufus Ockenden-Vale"), taken.id, said, once=self.once())

    def _report(self) -> None:
        """Saoirse's report to the finance committee: two rows are done, eight are not."""
        saoirse = self.as_("Saoirse Delamere")
        meeting = HOURS.working_day_after(HOURS.local_day(self.clock.now()), 12)
        cover = Cover(
            "The mobile screening unit: costs and repairs",
            author="Saoirse Delamere",
            management_lead="Hannah Oduya",
            committee="Finance committee",
            meeting_at=self._at(meeting, 10),
            administrator=Whom(name="Winifred Ambleside", email="winifred@northbrook-alliance.example"),
            is_for=ReportFor.DECISION,
            purpose="Whether to lease a second unit.",
        )
        report = reports.start(self.desk, saoirse, cover, once=self.once())
        esther, ivo = self.user_id("Dr Esther Lindqvist"), self.user_id("Ivo Marchetti")
        asked: dict[RowKind, str | None] = {RowKind.CLINICAL: esther, RowKind.FINANCE: ivo}
        report_rows.assign(self.desk, saoirse, report.id, WithWhom(asked), once=self.once())
        with self.reading() as tx:
            rows = {row.kind: row for row in report_records.rows_of(tx, report.id)}
        today = HOURS.local_day(self.clock.now())
        done = RowSaid(
            RowState.DONE, with_whom="The screening group", details="One unit cannot serve both towns.", day=today
        )
        report_rows.complete(
            self.desk, self.as_("Dr Esther Lindqvist"), rows[RowKind.CLINICAL].id, done, seen=0, once=self.once()
        )

    def _review(self) -> None:
        today = HOURS.local_day(self.clock.now())
        due = (
            ("Communications strategy", ReviewKind.STRATEGY, "Carys Whitlock", 4, 6, True),
            ("Risk log", ReviewKind.RISK_LOG, "Saoirse Delamere", 15, 3, True),
            ("Lines to take on parking", ReviewKind.LINES_TO_TAKE, "Ben Okafor", 1, 6, False),
        )
        for title, kind, owner, days, months, for_board in due:
            details = ReviewDetails(
                title,
                kind,
                "",
                Whom(slack_user_id=self.user_id(owner)),
                HOURS.working_day_after(today, days),
                reviews_rules.months(months),
                for_board=for_board,
            )
            reviews.add(self.desk, self.as_("Carys Whitlock"), details, once=self.once())

    def _put(
        self, kind: DateKind, title: str, at: datetime, *, hours: int = 0, again: RuleChoice | None = None
    ) -> None:
        details = DateDetails(kind, title, "Guildhall, Northbrook", at, at + timedelta(hours=hours) if hours else None)
        calendar.add(self.desk, self.as_("Saoirse Delamere"), details, again, once=self.once())

    @property
    def _chair_id(self) -> int:
        return self.ids["Gareth Pryce-Bell"]

    def _at(self, day: date, hour: int) -> datetime:
        return moment_of(day, datetime(2000, 1, 1, hour, tzinfo=ZONE).time(), ZONE)
