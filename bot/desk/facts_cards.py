"""Facts as people see them: the question as it is put to somebody, and what became of it as the office sees it."""

from dataclasses import dataclass
from datetime import datetime

from bot.core import deadlines, deputies
from bot.core.deadlines import Band
from bot.core.errors import NotFound
from bot.core.permissions import Act, Relation, may
from bot.core.signoffs import LONGEST_TEXT
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_cards, enquiry_steps, facts_steps, statement_cards
from bot.desk.facts_steps import NOT_THERE, TRANSITIONS, subject_of
from bot.desk.statement_cards import StatementCard
from storage import enquiries, facts, people, sensitive
from storage import obligations as obligation_records
from storage import outbox as postings
from storage.database import Transaction
from storage.enquiries import Enquiry, EnquiryStatus
from storage.facts import FactAnswer, FactRequest, FactState
from storage.obligations import Duty
from storage.outbox import Posting
from storage.people import Person, Role

BETWEEN_TEXTS = "\n\n"


@dataclass(frozen=True)
class FactsRequest:
    """A question as its reader sees it: whoever was asked, or the owner, who brings it to them outside Slack.

    Of the enquiry nothing is said but what the asker wrote. Instants are UTC; `email` is the text to send.
    """

    request: FactRequest
    answers: tuple[FactAnswer, ...]
    reader: Person
    why: str
    is_confidential: bool
    """The enquiry is one that the person asked may not see."""
    is_sensitive: bool
    """The answer goes to those who work on the enquiry, not into the press channel."""
    is_relayed: bool
    is_stood_in: bool
    is_elsewhere: bool
    """Somebody else sees to it now."""
    was_passed: bool
    enquiry: Enquiry | None
    """Only for the owner."""
    email: str
    band: Band
    acts: frozenset[Act]
    redraw_at: datetime | None = None


@dataclass(frozen=True)
class FactsCard:
    """What became of a question, for those who see its enquiry. The newest answer is the last."""

    request: FactRequest
    enquiry: Enquiry
    answers: tuple[FactAnswer, ...]
    is_overtaken: bool
    """A newer card of it stands below."""
    was_passed: bool
    """Somebody else was asked instead, by whoever was asked first."""
    is_by_itself: bool
    """It stands in no thread of its enquiry."""
    acts: frozenset[Act]


@dataclass(frozen=True)
class ToAsk:
    """What the form offers that asks for facts. `again`: what somebody could not say, to be asked of another."""

    enquiry: Enquiry
    outsiders: tuple[Person, ...]
    due_at: datetime
    again: FactRequest | None = None


@dataclass(frozen=True)
class ToUse:
    """An answer on its way into a draft: of the statement under way, or of a new one. `text` is the whole draft."""

    enquiry: Enquiry
    statement: StatementCard | None
    spokespeople: tuple[Person, ...]
    text: str
    is_cut: bool


_OF_ASKED = frozenset({Act.ANSWER_FACTS, Act.CANNOT_SAY, Act.ASK_INSTEAD})
_OF_OFFICE = frozenset({Act.RECORD_FACTS, Act.WITHDRAW_FACTS, Act.USE_FACTS})


def relations(tx: Transaction, request_id: int, person: Person) -> frozenset[Relation]:
    """What somebody is to a question: asked (also for somebody who is away), or whom the answer goes to."""
    request = facts.get(tx, request_id)
    if request is None:
        return frozenset()
    subject, enquiry = subject_of(request_id), enquiry_steps.subject_of(request.enquiry_id)
    found = set()
    stands_in = obligation_records.is_stood_in_for(tx, subject, person.id, Duty.FACTS)
    if request.asked_id == person.id or stands_in or facts.has_answered(tx, request_id, person.id):
        found.add(Relation.ASKED)
    owes_answer = (Duty.ANSWER, Duty.AWAITING_EMAIL)
    if request.owner_id == person.id or obligation_records.is_stood_in_for(tx, enquiry, person.id, *owes_answer):
        found.add(Relation.OWNER)
    return frozenset(found)


def acts_for(work: Work, request: FactRequest, reader: Person) -> frozenset[Act]:
    """What one reader may do with a question as it stands."""
    if request.erased_at is not None:
        return frozenset()
    standing = reader.roles | relations(work.tx, request.id, reader)
    possible = {act for (state, act) in TRANSITIONS if state is request.state}
    allowed = {act for act in possible if may(act, frozenset(standing))}
    if not work.may_see(reader, enquiry_steps.subject_of(request.enquiry_id)):
        allowed -= _OF_OFFICE | {Act.ASK_INSTEAD}  # who may ask is who may see
    return frozenset(allowed)


def on_duty(work: Work, request_id: int, reader: Person) -> frozenset[Act]:
    """The same for somebody who is reminded of it."""
    request = facts.get(work.tx, request_id)
    return acts_for(work, request, reader) if request is not None else frozenset()


def show_request(work: Work, request: FactRequest, reader: Person) -> FactsRequest:
    """A question as one reader sees it."""
    subject = subject_of(request.id)
    answers = tuple(facts.answers(work.tx, request.id))
    acts = acts_for(work, request, reader)
    own = {answer.given_by_id for answer in answers} | {request.asked_id}
    stood_in = obligation_records.is_stood_in_for(work.tx, subject, reader.id, Duty.FACTS)
    is_asked = reader.id in own or stood_in
    owner = deputies.acting_for(work, request.owner, about=subject)
    is_relayed = not is_asked and not request.asked.on_slack and reader.id == owner.id
    is_confidential = not work.may_see(request.asked, enquiry_steps.subject_of(request.enquiry_id))
    asked = request.state is FactState.ASKED
    is_sensitive = _is_sensitive(work, request)
    return FactsRequest(
        request=request,
        answers=answers,
        reader=reader,
        why=(request.why or "") if request.in_confidence or not is_confidential else "",
        is_confidential=is_confidential,
        is_sensitive=is_sensitive,
        is_relayed=is_relayed,
        is_stood_in=is_asked and reader.id != request.asked_id,
        is_elsewhere=not is_asked and not is_relayed,
        was_passed=facts.was_passed(work.tx, request.id),
        enquiry=enquiries.get(work.tx, request.enquiry_id) if is_relayed else None,
        email=_email(work, request, is_sensitive=is_sensitive) if is_relayed else "",
        band=deadlines.band(request.due_at, work.now) if asked else Band.UNKNOWN,
        acts=acts & (_OF_ASKED if is_asked else {Act.RECORD_FACTS} if is_relayed else frozenset[Act]()),
        redraw_at=deadlines.next_band_at(request.due_at, work.now) if asked else None,
    )


def _is_sensitive(work: Work, request: FactRequest) -> bool:
    """Whether the enquiry is, of which whoever is asked may see nothing else."""
    with sensitive.lifted(work.tx):
        enquiry = enquiries.get(work.tx, request.enquiry_id)
    return enquiry is not None and enquiry.is_sensitive


def _email(work: Work, request: FactRequest, *, is_sensitive: bool) -> str:
    """What the owner sends to somebody outside Slack. Of the enquiry nothing but what the asker wrote."""
    local = request.due_at.astimezone(work.hours.zone)
    why = f"{request.why}\n\n" if request.why else ""
    who = "Only those who work on this see" if is_sensitive else "Our press channel sees"
    return (
        f"Dear {request.asked.name},\n\n"
        f"The press office is answering a question and needs to know:\n\n{request.question}\n\n{why}"
        f"Please reply by {local:%H:%M on %A %d %B}. {who} what you write; it may be used in a public "
        "answer. If you cannot say, please tell us who could.\n\n"
        f"Thank you\n{request.owner.name}"
    )


def load_request(work: Work, posting: Posting) -> FactsRequest | None:
    request = facts.get(work.tx, posting.subject_id)
    if request is None or posting.person is None:
        return None
    shown = show_request(work, request, posting.person)
    if posting.ts is None and (shown.is_elsewhere or request.state is not FactState.ASKED):
        return None  # it need not be asked any more
    return shown


def load_card(work: Work, posting: Posting) -> FactsCard | None:
    request = facts.get(work.tx, posting.subject_id)
    enquiry = enquiries.get(work.tx, request.enquiry_id) if request else None
    if request is None or enquiry is None:
        return None
    place = (posting.channel_id, posting.person_id, posting.thread_of_id)
    others = postings.of(work.tx, subject_of(request.id), posting.kind)
    is_overtaken = any(
        one.id > posting.id and (one.channel_id, one.person_id, one.thread_of_id) == place for one in others
    )
    return FactsCard(
        request,
        enquiry,
        tuple(facts.answers(work.tx, request.id)),
        is_overtaken,
        facts.was_passed(work.tx, request.id),
        is_by_itself=posting.thread_of_id is None,
        acts=_acts_on_card(work, request, enquiry, posting.person),
    )


def _acts_on_card(work: Work, request: FactRequest, enquiry: Enquiry, reader: Person | None) -> frozenset[Act]:
    """What can be done with a question where its enquiry stands: in a channel all, by one person what they may."""
    if request.erased_at is not None:
        return frozenset()
    acts = {act for (state, act) in TRANSITIONS if state is request.state} & _OF_OFFICE
    if enquiry.status is EnquiryStatus.CLOSED:
        acts -= {Act.USE_FACTS}
    elif request.state is FactState.CANNOT_SAY and _names_somebody(work.tx, request):
        acts |= {Act.ASK_FOR_FACTS}
    if reader is not None:
        standing = reader.roles | relations(work.tx, request.id, reader)
        acts = {act for act in acts if may(act, frozenset(standing))}
    return frozenset(acts)


def _names_somebody(tx: Transaction, request: FactRequest) -> bool:
    """Whether somebody was named who could say and was not asked this yet."""
    others = [one for one in facts.of_enquiry(tx, request.enquiry_id) if one.question == request.question]
    return bool(request.instead_words) or (
        request.instead_id is not None and request.instead_id not in {one.asked_id for one in others}
    )


def to_ask(desk: Desk, caller: Caller, enquiry_id: int) -> ToAsk:
    with desk.looking(caller, Act.ASK_FOR_FACTS, enquiry_steps.subject_of(enquiry_id)) as work:
        return _to_ask(work, enquiry_id)


def to_ask_again(desk: Desk, caller: Caller, request_id: int) -> ToAsk:
    """The same question, for somebody else: whoever was named."""
    with desk.looking(caller, Act.ASK_FOR_FACTS, subject_of(request_id)) as work:
        request = facts_steps.get(work.tx, request_id)
        return _to_ask(work, check_sees_enquiry(work, request).id, request)


def _to_ask(work: Work, enquiry_id: int, again: FactRequest | None = None) -> ToAsk:
    enquiry = enquiry_steps.get(work.tx, enquiry_id)
    enquiry_steps.next_status(enquiry, Act.ASK_FOR_FACTS)
    outsiders = tuple(people.outside_slack(work.tx))
    due_at = facts_steps.due_by_default(enquiry.deadline, work.now, work.hours)
    return ToAsk(enquiry, outsiders, due_at, again)


def look_at(desk: Desk, caller: Caller, request_id: int, act: Act) -> FactsRequest:
    """A question, for the form of an act on it. Refuses what its state does not allow."""
    with desk.looking(caller, act, subject_of(request_id)) as work:
        request = facts_steps.get(work.tx, request_id)
        if act in _OF_OFFICE:
            check_sees_enquiry(work, request)
        facts_steps.check(request, act)
        return show_request(work, request, work.person)


def read(desk: Desk, caller: Caller, request_id: int) -> FactsRequest:
    """All that was said to a question, the corrections too."""
    with desk.looking(caller, Act.USE_FACTS, subject_of(request_id)) as work:
        request = facts_steps.get(work.tx, request_id)
        check_sees_enquiry(work, request)
        return show_request(work, request, work.person)


def to_use(desk: Desk, caller: Caller, request_id: int) -> ToUse:
    """The newest answer at the end of the statement under way, or as the beginning of a new one."""
    with desk.looking(caller, Act.USE_FACTS, subject_of(request_id)) as work:
        request = facts_steps.get(work.tx, request_id)
        enquiry = check_sees_enquiry(work, request)
        facts_steps.check(request, Act.USE_FACTS)
        enquiry_steps.next_status(enquiry, Act.START_STATEMENT)
        waited_for = enquiry_cards.lines(work.tx, [enquiry], work.now)[0].current
        current = waited_for if waited_for and waited_for.statement.is_answer else None  # a holding line takes no facts
        said = facts.answers(work.tx, request_id)[-1].text
        before = f"{current.standing.draft.text}{BETWEEN_TEXTS}" if current else ""
        text = f"{before}{said}"
        return ToUse(
            enquiry,
            statement_cards.card(work.tx, current.statement) if current else None,
            tuple(people.holding(work.tx, Role.SPOKESPERSON)),
            text[:LONGEST_TEXT],
            is_cut=len(text) > LONGEST_TEXT,
        )


def check_sees_enquiry(work: Work, request: FactRequest) -> Enquiry:
    """The enquiry of a question. Whoever was only asked reads the same as if there were no such question."""
    enquiry = enquiries.get(work.tx, request.enquiry_id)
    if enquiry is None or not work.may_see(work.person, enquiry_steps.subject_of(request.enquiry_id)):
        raise NotFound(NOT_THERE)
    return enquiry
