"""Media enquiries: logged, owned, answered by the deadline, closed with an outcome."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core import obligations, outbox
from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.core.features import Feature
from bot.core.outbox import said
from bot.core.permissions import Act, Relation
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_cards, enquiry_places, statement_signing
from bot.desk.enquiry_cards import TRANSITIONS
from storage import enquiries, people, sensitive
from storage import obligations as obligation_records
from storage import statements as statement_records
from storage.database import Transaction
from storage.enquiries import CameBy, Enquiry, EnquiryStatus, Note, NoteKind, Outcome
from storage.obligations import Duty, open_on
from storage.outbox import PostingKind
from storage.people import Person, Role
from storage.statements import StatementKind, StatementStatus
from storage.subjects import Subject, SubjectKind
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


NOT_THERE = "This enquiry is not on file. Use /enquiry list to see what is."


@dataclass(frozen=True)
class Closing:
    """How an enquiry ends, and what must be said of it."""

    outcome: Outcome
    detail: str = ""
    referred_to_id: int | None = None


class DeadlinePast(BadInput):
    """The deadline has passed already: the person is asked whether that is meant."""


def log_enquiry(desk: Desk, caller: Caller, details: EnquiryDetails, *, once: str) -> Enquiry:
    """Logs an enquiry, puts its card into the press channel and starts the clock. `once` is the form's id."""
    with desk.acting(caller, Act.LOG_ENQUIRY, once=once) as work:
        if work.settings.press_channel_id is None:
            raise BadInput(
                "The desk does not know its press channel yet. Ask the administrator to choose one in Settings."
            )
        _check(work, details)
        enquiry = _new(work, details)
        work.tx.add(enquiry)
        enquiry = _get(work.tx, enquiry.id)
        subject = _subject(enquiry)
        if enquiry.is_sensitive:
            sensitive.let_in(work.tx, enquiry.id, work.person, by=work.person, at=work.now)
        arrived(work, enquiry, f"{work.person.name} logged {enquiry.reference}.")
        work.record(
            Act.LOG_ENQUIRY,
            subject,
            reference=enquiry.reference,
            deadline=enquiry.deadline.isoformat() if enquiry.deadline else None,
            out_of_hours=enquiry.out_of_hours,
            sensitive=enquiry.is_sensitive,
            personal={
                "journalist": enquiry.journalist,
                "email": enquiry.email,
                "phone": enquiry.phone,
                "question": enquiry.question,
            },
        )
        return enquiry


def arrived(work: Work, enquiry: Enquiry, sentence: str) -> None:
    """Puts up the card of an enquiry that is new to the desk, and starts the clock on what is owed."""
    enquiry_places.put_up(work, enquiry)
    _say(work, enquiry, said(sentence))
    _owe(work, enquiry)
    _redraw(work, enquiry)


def take(desk: Desk, caller: Caller, enquiry_id: int) -> None:
    """The person will see to it."""
    with desk.acting(caller, Act.TAKE_ENQUIRY, _id(enquiry_id)) as work:
        enquiry = _get(work.tx, enquiry_id)
        if enquiry.owner_id == work.person.id:
            raise NotFromHere(f"{enquiry.reference} is yours already.")
        if enquiry.owner is not None:
            raise NotFromHere(
                f"{enquiry.owner.name} has {enquiry.reference}. "
                "If you should have it, press Show more, then Give to someone."
            )
        _hand_over(work, enquiry, work.person, Act.TAKE_ENQUIRY)
        _say(work, enquiry, said(f"{work.person.name} took {enquiry.reference}."))


def give(desk: Desk, caller: Caller, enquiry_id: int, person_id: int, *, once: str) -> None:
    """Somebody else in the press office sees to it from now on, and is told."""
    with desk.acting(caller, Act.GIVE_ENQUIRY, _id(enquiry_id), once=once) as work:
        enquiry = _get(work.tx, enquiry_id)
        to = people.get(work.tx, person_id)
        if to is None or to.id not in {person.id for person in possible_owners(work.tx)}:
            raise BadInput("Choose somebody from the press office.", field="person")
        if to.id == enquiry.owner_id:
            raise BadInput(f"{to.name} has it already. Choose somebody else.", field="person")
        _hand_over(work, enquiry, to, Act.GIVE_ENQUIRY)
        _say(work, enquiry, said(f"{work.person.name} gave {enquiry.reference} to {to.name}."))
        if to.id != work.person.id:
            sentence = said(
                f"{work.person.name} gave you {enquiry.reference} from {enquiry.outlet}.",
                quote=enquiry.question,
                enquiry=enquiry.id,
            )
            outbox.tell(work, to, _subject(enquiry), sentence)


def change_deadline(
    desk: Desk, caller: Caller, enquiry_id: int, deadline: datetime | None, *, late_is_meant: bool, once: str
) -> None:
    """The journalist's deadline is another, or has become known."""
    with desk.acting(caller, Act.CHANGE_DEADLINE, _id(enquiry_id), once=once) as work:
        enquiry = _get(work.tx, enquiry_id)
        was = enquiry.deadline
        _check_deadline(work, deadline, late_is_meant=late_is_meant)
        _change(work, enquiry, Act.CHANGE_DEADLINE, deadline=deadline)
        sentence = f"{work.person.name} set the deadline to {{deadline}}."
        _deadline_changed(work, enquiry_id, said(sentence, times=_times(deadline)))
        work.record(
            Act.CHANGE_DEADLINE,
            _subject(enquiry),
            was=was.isoformat() if was else None,
            now=deadline.isoformat() if deadline else None,
        )


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
    with desk.acting(caller, Act.RECORD_EMAIL, _id(enquiry_id), once=once) as work:
        enquiry = _get(work.tx, enquiry_id)
        _check_question(question)
        _check_deadline(work, deadline, late_is_meant=late_is_meant)
        _change(
            work,
            enquiry,
            Act.RECORD_EMAIL,
            email=email.strip() or enquiry.email,
            question=question.strip(),
            deadline=deadline,
        )
        sentence = f"{work.person.name} recorded the journalist’s e-mail. The deadline is {{deadline}}."
        _deadline_changed(work, enquiry_id, said(sentence, times=_times(deadline), quote=question.strip()))
        work.record(
            Act.RECORD_EMAIL,
            _subject(enquiry),
            deadline=deadline.isoformat() if deadline else None,
            personal={"email": email.strip(), "question": question.strip()},
        )


def change_topic(desk: Desk, caller: Caller, enquiry_id: int, topic_id: int, *, once: str) -> None:
    """The enquiry is about something else. The new topic's lead is asked to sign what is already in sign-off."""
    with desk.acting(caller, Act.CHANGE_TOPIC, _id(enquiry_id), once=once) as work:
        enquiry = _get(work.tx, enquiry_id)
        topic = people.topic(work.tx, topic_id)
        if topic is None:
            raise BadInput("Choose a topic.", field="topic")
        was = enquiry.topic_id
        _change(work, enquiry, Act.CHANGE_TOPIC, topic_id=topic.id)
        _say(work, enquiry, said(f"{work.person.name} set the topic to {topic.name}."))
        statement_signing.ask_who_is_missing(work, enquiry.id)
        _redraw(work, enquiry)
        work.record(Act.CHANGE_TOPIC, _subject(enquiry), was=was, now=topic.id)


@dataclass(frozen=True)
class Details:
    """What was logged of an enquiry and may have been misheard or mistyped."""

    journalist: str
    outlet: str
    email: str
    phone: str
    question: str
    organisation_id: int | None


def correct_details(desk: Desk, caller: Caller, enquiry_id: int, details: Details, *, once: str) -> None:
    """Puts right what was logged. The history says what was corrected; what it was before is on the record."""
    with desk.acting(caller, Act.CORRECT_DETAILS, _id(enquiry_id), once=once) as work:
        enquiry = _get(work.tx, enquiry_id)
        _check_names(details.journalist, details.outlet)
        _check_question(details.question)
        _check_address(details.email)
        now = {
            "journalist": details.journalist.strip(),
            "outlet": details.outlet.strip(),
            "email": details.email.strip() or None,
            "phone": details.phone.strip() or None,
            "question": details.question.strip(),
            "organisation_id": details.organisation_id,
        }
        changed = [name for name, value in now.items() if getattr(enquiry, name) != value]
        if not changed:
            raise BadInput("Nothing has changed. Correct something, or close the form.", field="question")
        was = {name: str(getattr(enquiry, name) or "") for name in changed}
        _change(work, enquiry, Act.CORRECT_DETAILS, **now)
        words = ", ".join(_DETAIL_WORDS[name] for name in changed)
        _say(work, enquiry, said(f"{work.person.name} corrected what was logged: {words}."))
        _redraw(work, _get(work.tx, enquiry_id))
        for statement in statement_records.of_enquiry(work.tx, enquiry_id):
            statement_signing.redraw(work, statement)
        personal = {f"was_{name}": value for name, value in was.items()}
        personal |= {name: str(now[name] or "") for name in changed}
        work.record(Act.CORRECT_DETAILS, _subject(enquiry), what=changed, personal=personal)


_DETAIL_WORDS = {
    "journalist": "the journalist",
    "outlet": "the outlet",
    "email": "the e-mail address",
    "phone": "the phone number",
    "question": "the question",
    "organisation_id": "the organisation it concerns",
}


def add_note(desk: Desk, caller: Caller, enquiry_id: int, kind: NoteKind, text: str, *, once: str) -> None:
    """Keeps a call, a conversation or a remark with the enquiry."""
    with desk.acting(caller, Act.ADD_NOTE, _id(enquiry_id), once=once) as work:
        enquiry = _get(work.tx, enquiry_id)
        next_status(enquiry, Act.ADD_NOTE)
        if not text.strip():
            raise BadInput("Write the note first.", field="text")
        work.tx.add(Note(enquiry_id=enquiry.id, author_id=work.person.id, kind=kind, text=text.strip(), at=work.now))
        words = {NoteKind.CALL: "a call", NoteKind.CONVERSATION: "a conversation", NoteKind.NOTE: "this"}
        _say(work, enquiry, said(f"{work.person.name} noted {words[kind]}:", quote=text.strip()))
        _redraw(work, enquiry)
        work.record(Act.ADD_NOTE, _subject(enquiry), kind=kind.value, personal={"text": text.strip()})


def close(desk: Desk, caller: Caller, enquiry_id: int, closing: Closing, *, once: str) -> None:
    """Closes an enquiry with its outcome. "Answered" needs what was sent to be on file."""
    with desk.acting(caller, Act.CLOSE_ENQUIRY, _id(enquiry_id), once=once) as work:
        _close(work, _get(work.tx, enquiry_id), closing)


def reopen(
    desk: Desk,
    caller: Caller,
    enquiry_id: int,
    reason: str,
    *,
    deadline: datetime | None,
    late_is_meant: bool,
    once: str,
) -> None:
    """Opens a closed enquiry again, for a reason that stays on record, to be answered by a deadline (UTC)."""
    with desk.acting(caller, Act.REOPEN_ENQUIRY, _id(enquiry_id), once=once) as work:
        enquiry = _get(work.tx, enquiry_id)
        if not reason.strip():
            raise BadInput("Say why it is opened again.", field="reason")
        next_status(enquiry, Act.REOPEN_ENQUIRY)
        _check_deadline(work, deadline, late_is_meant=late_is_meant)
        _change(
            work,
            enquiry,
            Act.REOPEN_ENQUIRY,
            deadline=deadline,
            outcome=None,
            outcome_detail=None,
            referred_to_id=None,
            closed_at=None,
            reopened_at=work.now,
        )
        _owe(work, _get(work.tx, enquiry_id))
        sentence = f"{work.person.name} reopened {enquiry.reference}. The deadline is {{deadline}}."
        _say(work, enquiry, said(sentence, times=_times(deadline), quote=reason.strip()))
        _redraw(work, enquiry)
        work.record(
            Act.REOPEN_ENQUIRY,
            _subject(enquiry),
            deadline=deadline.isoformat() if deadline else None,
            personal={"reason": reason.strip()},
        )


def possible_owners(tx: Transaction) -> list[Person]:
    """Those who may own an enquiry and can be reached in Slack."""
    found = people.holding(tx, Role.PRESS_OFFICER, Role.COMMS_LEAD, Role.ON_CALL_OFFICER)
    return [person for person in found if person.on_slack]


def closed_by_answer(work: Work, found: Collection[Enquiry], kind: StatementKind) -> None:
    """A statement went out to the journalists and they need nothing more: their enquiries are closed with it."""
    outcome = Outcome.STATEMENT if kind is StatementKind.STATEMENT else Outcome.BACKGROUND
    for enquiry in found:
        if enquiry.status is not EnquiryStatus.CLOSED:
            _close(work, enquiry, Closing(outcome))


def _close(work: Work, enquiry: Enquiry, closing: Closing) -> None:
    next_status(enquiry, Act.CLOSE_ENQUIRY)
    detail = closing.detail.strip()
    _check_outcome(work, enquiry, closing, detail)
    for statement in statement_records.of_enquiry(work.tx, enquiry.id):
        if statement.status in {StatementStatus.DRAFT, StatementStatus.IN_SIGNOFF}:
            open_others = [
                other
                for other in statement_records.enquiries_of(work.tx, statement.id)
                if other.id != enquiry.id and other.status is not EnquiryStatus.CLOSED
            ]
            if not open_others:
                raise BadInput(
                    f"{statement.reference} is still on its way. Issue it or withdraw it, then close "
                    f"{enquiry.reference}.",
                    field="outcome",
                )
    _change(
        work,
        enquiry,
        Act.CLOSE_ENQUIRY,
        outcome=closing.outcome,
        outcome_detail=detail or None,
        referred_to_id=closing.referred_to_id if closing.outcome is Outcome.REFERRED else None,
        closed_at=work.now,
    )
    obligations.cancel(work, _subject(enquiry))
    words = enquiry_cards.OUTCOME_WORDS[closing.outcome]
    _say(work, enquiry, said(f"{work.person.name} closed {enquiry.reference}: {words}.", quote=detail or None))
    _redraw(work, enquiry)
    work.record(Act.CLOSE_ENQUIRY, _subject(enquiry), outcome=closing.outcome.value, personal={"detail": detail})


def _check_outcome(work: Work, enquiry: Enquiry, closing: Closing, detail: str) -> None:
    answered = {
        Outcome.STATEMENT: StatementKind.STATEMENT,
        Outcome.BACKGROUND: StatementKind.BACKGROUND,
    }.get(closing.outcome)
    if answered is not None:
        sent = {statement.kind for statement in statement_records.answers(work.tx, [enquiry])[enquiry.id]}
        if answered not in sent:
            since = " since it was reopened" * (enquiry.reopened_at is not None)
            raise BadInput(
                f"Nothing that was sent{since} is on file for this enquiry. Record a statement as issued first, "
                "or choose another outcome.",
                field="outcome",
            )
    if closing.outcome in {Outcome.DECLINED, Outcome.INTERVIEW, Outcome.FOI} and not detail:
        raise BadInput(
            {
                Outcome.DECLINED: "Say why it was declined.",
                Outcome.INTERVIEW: "Say who gave the interview, when and where.",
                Outcome.FOI: "Give the reference or the date of the FOI request.",
            }[closing.outcome],
            field="detail",
        )
    if closing.outcome is Outcome.REFERRED and closing.referred_to_id is None:
        raise BadInput("Choose the organisation it was referred to.", field="referred_to")


def _new(work: Work, details: EnquiryDetails) -> Enquiry:
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
    )


def _check(work: Work, details: EnquiryDetails) -> None:
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
    _check_question(details.question)
    if not details.awaiting_email:
        _check_deadline(work, details.deadline, late_is_meant=details.late_is_meant, may_await=True)


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


def _check_question(question: str) -> None:
    if not question.strip():
        raise BadInput("Write what the journalist asks.", field="question")
    if len(question) > LONGEST_QUESTION:
        raise BadInput(
            f"The question has {len(question):,} characters and may have {LONGEST_QUESTION:,}. Shorten it.",
            field="question",
        )


def _check_deadline(work: Work, deadline: datetime | None, *, late_is_meant: bool, may_await: bool = False) -> None:
    if deadline is None:
        raise BadInput(
            "Give the deadline." + " Or tick “Only phoned so far” if their e-mail is still to come." * may_await,
            field="deadline",
        )
    if deadline > work.now + timedelta(days=366 * 2):
        raise BadInput("This is more than two years away. Check the year.", field="deadline")
    if deadline <= work.now and not late_is_meant:
        raise DeadlinePast("This time has passed. Correct it, or tick “It is late already” below.", field="deadline")


def _owe(work: Work, enquiry: Enquiry) -> None:
    """What is owed on an enquiry as it stands: somebody must own it, and its owner must answer or chase."""
    subject = _subject(enquiry)
    if enquiry.owner is None:
        obligations.owe(work, Duty.OWN, subject, owner=None, due_at=enquiry.deadline)
    elif enquiry.status is EnquiryStatus.OPEN:
        obligations.owe(work, Duty.ANSWER, subject, owner=enquiry.owner, due_at=enquiry.deadline)
    if enquiry.status is EnquiryStatus.AWAITING_EMAIL:
        chaser = enquiry.owner or people.get(work.tx, enquiry.logged_by_id)
        obligations.owe(work, Duty.AWAITING_EMAIL, subject, owner=chaser, due_at=None)


def _hand_over(work: Work, enquiry: Enquiry, to: Person, act: Act) -> None:
    was = enquiry.owner_id
    was_answered = was is not None and not obligations.is_owed(work, _subject(enquiry))
    _change(work, enquiry, act, owner_id=to.id)
    obligations.cancel(work, _subject(enquiry), Duty.ANSWER, Duty.AWAITING_EMAIL)
    obligations.done(work, _subject(enquiry), Duty.OWN)
    if not was_answered:
        _owe(work, _get(work.tx, enquiry.id))
    statement_signing.owner_changed(work, enquiry.id, was, to)
    if enquiry.is_sensitive:
        enquiry_places.put_up(work, _get(work.tx, enquiry.id))
        enquiry_places.hide(work, enquiry, by=work.person)
    outbox.redraw_homes(work, [was] if was else [person.id for person in possible_owners(work.tx)])
    _redraw(work, enquiry)
    work.record(act, _subject(enquiry), was=was, now=to.id)


def _deadline_changed(work: Work, enquiry_id: int, sentence: dict[str, object]) -> None:
    enquiry = _get(work.tx, enquiry_id)
    subject = _subject(enquiry)
    if obligations.is_owed(work, subject, Duty.AWAITING_EMAIL):
        obligations.done(work, subject, Duty.AWAITING_EMAIL)
        if enquiry.owner is not None:
            obligations.owe(work, Duty.ANSWER, subject, owner=enquiry.owner, due_at=enquiry.deadline)
    for duty in (Duty.ANSWER, Duty.OWN):
        obligations.move_deadline(work, subject, duty, enquiry.deadline)
    statement_signing.deadline_changed(work, enquiry)
    _say(work, enquiry, sentence)
    _redraw(work, enquiry)


def _change(work: Work, enquiry: Enquiry, act: Act, **values: object) -> None:
    """The one way in which an enquiry changes: from a state that allows it, if nobody was quicker."""
    to = next_status(enquiry, act)
    if not enquiries.change(work.tx, enquiry, to=to, **values):
        raise NotFromHere(f"Somebody changed {enquiry.reference} a moment ago. Look at its card and try again.")


def next_status(enquiry: Enquiry, act: Act) -> EnquiryStatus:
    to = TRANSITIONS.get((enquiry.status, act))
    if to is not None:
        return to
    if enquiry.status is EnquiryStatus.CLOSED:
        raise NotFromHere(f"{enquiry.reference} is closed. Reopen it first, if it should go on.")
    raise NotFromHere(f"{enquiry.reference} does not wait for this any more. Look at its card.")


def _say(work: Work, enquiry: Enquiry, sentence: dict[str, object]) -> None:
    enquiry_places.say(work, enquiry.id, sentence)


def _redraw(work: Work, enquiry: Enquiry) -> None:
    """Its card, and the homes in which it stands: its owner's; while nobody has it, those of all who could take it."""
    outbox.redraw(work, _subject(enquiry))
    could_take_it = [person.id for person in possible_owners(work.tx)] if enquiry.owner_id is None else []
    outbox.redraw_homes(work, [enquiry.owner_id, *could_take_it])


def _times(deadline: datetime | None) -> dict[str, datetime]:
    return {"deadline": deadline} if deadline else {}


def _get(tx: Transaction, enquiry_id: int) -> Enquiry:
    enquiry = enquiries.get(tx, enquiry_id)
    if enquiry is None:
        raise NotFound(NOT_THERE)
    return enquiry


def _id(enquiry_id: int) -> Subject:
    return Subject(SubjectKind.ENQUIRY, enquiry_id)


def _subject(enquiry: Enquiry) -> Subject:
    return _id(enquiry.id)


def _relations(tx: Transaction, enquiry_id: int, person: Person) -> frozenset[Relation]:
    enquiry = enquiries.get(tx, enquiry_id)
    owns = enquiry is not None and enquiry.owner_id == person.id
    owns = owns or obligation_records.is_stood_in_for(tx, _id(enquiry_id), person.id, Duty.ANSWER, Duty.AWAITING_EMAIL)
    return frozenset({Relation.OWNER}) if owns else frozenset()


def _title(tx: Transaction, enquiry_id: int) -> str:
    enquiry = _get(tx, enquiry_id)
    return f"{enquiry.reference} · {enquiry.outlet}"


def _owner_id(tx: Transaction, enquiry_id: int) -> int | None:
    return _get(tx, enquiry_id).owner_id


def _rests(tx: Transaction, enquiry_id: int, duty: Duty) -> bool:
    """While a signed statement waits to go out, reminding of that is enough."""
    return duty is Duty.ANSWER and any(
        open_on(tx, statement_signing.subject_of(statement.id), duty=Duty.ISSUE)
        for statement in statement_records.of_enquiry(tx, enquiry_id)
    )


FEATURE = Feature(
    kind=SubjectKind.ENQUIRY,
    relations=_relations,
    is_there=lambda tx, enquiry_id: enquiries.get(tx, enquiry_id) is not None,
    not_there=NOT_THERE,
    title=_title,
    owner_id=_owner_id,
    rests=_rests,
    loaders={PostingKind.ENQUIRY_CARD: enquiry_cards.load},
)
