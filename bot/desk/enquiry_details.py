"""What is logged of an enquiry: checked before it goes on file, and put right if it was misheard."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.errors import BadInput
from bot.core.likeness import Asked
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import alikes, enquiry_deadlines, enquiry_places, enquiry_steps, referral_steps, statement_signing, terms
from storage import people
from storage import statements as statement_records
from storage.deadline_changes import Because
from storage.enquiries import CameBy, Enquiry, EnquiryStatus, Terms
from storage.workspaces import NumberSeries, next_number

LONGEST_QUESTION = 3000


LONGEST_LINE = 200


@dataclass(frozen=True)
class EnquiryDetails:
    """What the form asks. Instants are UTC; `deadline` is None while the journalist's e-mail is awaited."""

    journalist: str
    outlet: str
    email: str
    phone: str
    came_by: CameBy
    received_at: datetime | None
    deadline: datetime | None
    question: str
    topic_id: int | None = None
    organisation_id: int | None = None
    awaiting_email: bool = False
    late_is_meant: bool = False
    is_sensitive: bool = False
    terms: Terms = Terms.ON_RECORD
    embargo_until: datetime | None = None


@dataclass(frozen=True)
class Details:
    """What was logged of an enquiry and may have been misheard or mistyped."""

    journalist: str
    outlet: str
    email: str
    phone: str
    question: str
    organisation_id: int | None
    terms: Terms = Terms.ON_RECORD
    embargo_until: datetime | None = None
    """UTC."""


def correct_details(desk: Desk, caller: Caller, enquiry_id: int, details: Details, *, once: str) -> None:
    """Puts right what was logged. The history says what was corrected; what it was before is on the record."""
    with desk.acting(caller, Act.CORRECT_DETAILS, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        _check_names(details.journalist, details.outlet)
        check_question(details.question)
        _check_address(details.email)
        terms.check_embargo(details.embargo_until, work.now, was=enquiry.embargo_until)
        now = {
            "journalist": details.journalist.strip(),
            "outlet": details.outlet.strip(),
            "email": details.email.strip() or None,
            "phone": details.phone.strip() or None,
            "question": details.question.strip(),
            "organisation_id": details.organisation_id,
            "terms": details.terms,
            "embargo_until": details.embargo_until,
        }
        changed = [name for name, value in now.items() if getattr(enquiry, name) != value]
        if not changed:
            raise BadInput("Nothing has changed. Correct something, or close the form.", field="question")
        was = {name: str(getattr(enquiry, name) or "") for name in changed}
        enquiry_steps.change(work, enquiry, Act.CORRECT_DETAILS, **now)
        words = ", ".join(_DETAIL_WORDS[name] for name in changed)
        enquiry_steps.say(work, enquiry, said(f"{work.person.name} corrected what was logged: {words}."))
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        alikes.notice(work, enquiry)
        enquiry_steps.redraw(work, enquiry)
        referral_steps.details_corrected(work, enquiry)
        enquiry_places.redraw_neighbours(work, enquiry_id)
        for statement in statement_records.of_enquiry(work.tx, enquiry_id):
            statement_signing.redraw(work, statement)
        personal = {f"was_{name}": value for name, value in was.items()}
        personal |= {name: str(now[name] or "") for name in changed}
        work.record(Act.CORRECT_DETAILS, enquiry_steps.subject_of(enquiry.id), what=changed, personal=personal)


_DETAIL_WORDS = {
    "journalist": "the journalist",
    "outlet": "the outlet",
    "email": "the e-mail address",
    "phone": "the phone number",
    "question": "the question",
    "organisation_id": "the organisation it concerns",
    "terms": "the terms",
    "embargo_until": "the embargo",
}


def record_email(
    desk: Desk,
    caller: Caller,
    enquiry_id: int,
    *,
    email: str,
    question: str,
    deadline: datetime | None,
    late_is_meant: bool,
    once: str,
) -> None:
    """The e-mail of somebody who had only phoned has come, with the question and the deadline."""
    with desk.acting(caller, Act.RECORD_EMAIL, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        check_question(question)
        enquiry_deadlines.check_deadline(work, deadline, late_is_meant=late_is_meant)
        enquiry_steps.change(
            work,
            enquiry,
            Act.RECORD_EMAIL,
            email=email.strip() or enquiry.email,
            question=question.strip(),
            deadline=deadline,
        )
        enquiry_deadlines.note_change(work, enquiry_id, Because.CORRECTED, was=enquiry.deadline, now=deadline)
        sentence = f"{work.person.name} recorded the journalist’s e-mail. The deadline is {{deadline}}."
        enquiry_steps.deadline_changed(
            work, enquiry_id, said(sentence, times=enquiry_steps.times(deadline), quote=question.strip())
        )
        alikes.notice(work, enquiry_steps.get(work.tx, enquiry_id))
        work.record(
            Act.RECORD_EMAIL,
            enquiry_steps.subject_of(enquiry.id),
            deadline=deadline.isoformat() if deadline else None,
            personal={"email": email.strip(), "question": question.strip()},
        )


def change_topic(desk: Desk, caller: Caller, enquiry_id: int, topic_id: int, *, once: str) -> None:
    """The enquiry is about something else. The new topic's lead is asked to sign what is already in sign-off."""
    with desk.acting(caller, Act.CHANGE_TOPIC, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        topic = people.topic(work.tx, topic_id)
        if topic is None:
            raise BadInput("Choose a topic.", field="topic")
        was = enquiry.topic_id
        enquiry_steps.change(work, enquiry, Act.CHANGE_TOPIC, topic_id=topic.id)
        enquiry_steps.say(work, enquiry, said(f"{work.person.name} set the topic to {topic.name}."))
        statement_signing.ask_who_is_missing(work, enquiry.id)
        enquiry_steps.redraw(work, enquiry)
        work.record(Act.CHANGE_TOPIC, enquiry_steps.subject_of(enquiry.id), was=was, now=topic.id)


def as_logged(work: Work, details: EnquiryDetails) -> Enquiry:
    received = details.received_at or work.now
    only_phoned = details.awaiting_email and details.came_by is CameBy.EMAIL  # the form's default was left as it is
    return Enquiry(
        number=next_number(work.tx, NumberSeries.ENQUIRY),
        status=EnquiryStatus.AWAITING_EMAIL if details.awaiting_email else EnquiryStatus.OPEN,
        journalist=details.journalist.strip(),
        outlet=details.outlet.strip(),
        email=details.email.strip() or None,
        phone=details.phone.strip() or None,
        came_by=CameBy.PHONE if only_phoned else details.came_by,
        received_at=received,
        out_of_hours=not work.hours.is_open(received),
        deadline=None if details.awaiting_email else details.deadline,
        question=details.question.strip(),
        topic_id=details.topic_id,
        organisation_id=details.organisation_id,
        logged_by_id=work.person.id,
        logged_at=work.now,
        is_sensitive=details.is_sensitive,
        terms=details.terms,
        embargo_until=details.embargo_until,
    )


def asked(work: Work, details: EnquiryDetails) -> Asked:
    """What is compared with other enquiries."""
    return Asked(
        journalist=details.journalist,
        email=details.email,
        phone=details.phone,
        outlet=details.outlet,
        question=details.question,
        received_at=details.received_at or work.now,
    )


def in_words(work: Work, details: EnquiryDetails) -> str:
    """Everything that was filled in, as a note keeps it; the deadline by the office's clocks."""
    who = ", ".join(filter(None, (details.journalist.strip(), details.outlet.strip())))
    contact = " · ".join(filter(None, (details.email.strip(), details.phone.strip())))
    by = f"By {details.deadline.astimezone(work.hours.zone):%H:%M on %A %d %B}" if details.deadline else ""
    return "\n".join(filter(None, (who, contact, by, details.question.strip())))


def check(work: Work, details: EnquiryDetails) -> None:
    _check_names(details.journalist, details.outlet)
    if details.awaiting_email and not details.phone.strip() and not details.email.strip():
        raise BadInput("Give the number they rang from, so that somebody can chase their e-mail.", field="phone")
    needs_address = details.came_by in {CameBy.EMAIL, CameBy.PHONE}
    if needs_address and not details.phone.strip() and not details.email.strip():
        field = "email" if details.came_by is CameBy.EMAIL else "phone"
        raise BadInput("Give an e-mail address or a phone number, so that somebody can answer.", field=field)
    _check_address(details.email)
    if details.received_at is not None and details.received_at > work.now + timedelta(minutes=5):
        raise BadInput("This is in the future. Give the time at which the enquiry came.", field="received")
    check_question(details.question)
    terms.check_embargo(details.embargo_until, work.now)
    if not details.awaiting_email:
        enquiry_deadlines.check_deadline(work, details.deadline, late_is_meant=details.late_is_meant, may_await=True)


def _check_names(journalist: str, outlet: str) -> None:
    for field, value, what in (
        ("journalist", journalist, "Give the journalist’s name."),
        ("outlet", outlet, "Give the outlet: the paper, station, site or agency."),
    ):
        if not value.strip():
            raise BadInput(what, field=field)
        if len(value) > LONGEST_LINE:
            raise BadInput(f"Shorten this to {LONGEST_LINE} characters.", field=field)


def _check_address(email: str) -> None:
    if email.strip() and not _ADDRESS.fullmatch(email.strip()):
        raise BadInput("This is no e-mail address. Write it like name@example.org, or leave it open.", field="email")


_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def check_question(question: str) -> None:
    if not question.strip():
        raise BadInput("Write what the journalist asks.", field="question")
    if len(question) > LONGEST_QUESTION:
        raise BadInput(
            f"The question has {len(question):,} characters and may have {LONGEST_QUESTION:,}. Shorten it.",
            field="question",
        )
