"""The demo's enquiries: one answered yesterday, the others as they stand this morning."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo.steps import Steps
from bot.desk import enquiries, enquiry_closing, referrals, signoffs, statements
from bot.desk.enquiry_closing import Closing
from bot.desk.enquiry_details import EnquiryDetails
from bot.desk.statements import Sending
from storage import people
from storage import signoffs as signoff_records
from storage.enquiries import CameBy, Enquiry, NoteKind, Outcome
from storage.statements import SentBy, Statement, StatementKind
from storage.subjects import Subject, SubjectKind


@dataclass
class EnquiryStory(Steps):
    """What journalists asked, and what became of it."""

    def yesterday(self) -> None:
        amina = self.as_("Amina Rahman")
        enquiry = self._log(
            "Amina Rahman",
            "Rosalind Achterberg",
            "Northbrook Evening Courier",
            "Is it true that the mobile screening unit was off the road for three weeks in spring? How many "
            "appointments were cancelled, and have those people been seen since?",
            "Cancer screening",
            due_in=timedelta(hours=6),
        )
        enquiries.take(self.desk, amina, enquiry.id)
        statement = self._draft(
            "Amina Rahman",
            enquiry,
            "Gareth Pryce-Bell",
            "The mobile screening unit was being repaired from 4 to 22 May. We are sorry for the inconvenience. All "
            "312 people whose appointments were moved have been offered another one, and 298 have been seen.",
        )
        self._ask(statement, "Amina Rahman")
        self.move(timedelta(hours=1))
        for signatory in ("Dr Esther Lindqvist", "Gareth Pryce-Bell"):
            self._approve(statement, signatory)
        self.move(timedelta(minutes=30))
        sending = Sending({enquiry.id: "Rosalind Achterberg, Northbrook Evening Courier"}, SentBy.EMAIL, None)
        statements.record_issue(self.desk, amina, statement.id, sending, draft=1, close=[enquiry.id], once=self.once())

    def this_morning(self) -> None:
        self._half_signed()
        self._signed_outside_slack()
        self.move(timedelta(minutes=10))
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
        enquiries.take(self.desk, self.as_("Amina Rahman"), enquiry.id)
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
        enquiries.take(self.desk, self.as_("Ben Okafor"), enquiry.id)
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
        enquiries.take(self.desk, self.as_("Amina Rahman"), enquiry.id)

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
        enquiries.take(self.desk, self.as_("Ben Okafor"), enquiry.id)
        note = "Spoke to the site team at Westmere: permits exist, but are hardly known. They will send numbers."
        enquiries.add_note(self.desk, self.as_("Ben Okafor"), enquiry.id, NoteKind.CALL, note, once=self.once())
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
        enquiry_closing.close(self.desk, self.as_("Amina Rahman"), enquiry.id, closing, once=self.once())

    def _referred(self) -> None:
        enquiry = self._log(
            "Amina Rahman",
            "Barnaby Quillfeather",
            "Nightline Westmere",
            "Why has the hospital canteen closed, and where are night staff supposed to eat?",
            None,
            due_in=timedelta(hours=5),
        )
        enquiries.take(self.desk, self.as_("Amina Rahman"), enquiry.id)
        with self.reading() as tx:
            westmere = next(one.id for one in people.organisations(tx) if one.name.startswith("Westmere"))
        referrals.refer(self.desk, self.as_("Amina Rahman"), enquiry.id, westmere, "", once=self.once())

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
        now = self.clock.now()
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
            topic_id=self.topics[topic] if topic else None,
            awaiting_email=due_in is None,
        )
        return enquiries.log_enquiry(self.desk, self.as_(by), details, once=self.once())

    def _draft(self, by: str, enquiry: Enquiry, spokesperson: str, text: str) -> Statement:
        return statements.start(
            self.desk,
            self.as_(by),
            enquiry.id,
            kind=StatementKind.STATEMENT,
            spokesperson_id=self.ids[spokesperson],
            text=text,
            once=self.once(),
        )

    def _ask(self, statement: Statement, by: str) -> None:
        statements.request_signoff(self.desk, self.as_(by), statement.id, draft=1, added=(), once=self.once())

    def _approve(self, statement: Statement, signatory: str) -> None:
        subject = Subject(SubjectKind.STATEMENT, statement.id)
        with self.reading() as tx:
            signature = signoff_records.asked_of(tx, subject, self.ids[signatory])
        if signature is not None:
            signoffs.approve(self.desk, self.as_(signatory), signature.id)


def _on_the_half_hour(at: datetime) -> datetime:
    return at.replace(minute=30 if at.minute >= 30 else 0, second=0, microsecond=0)
