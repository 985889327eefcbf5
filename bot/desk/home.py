"""A person's home: what waits for them, what is theirs, and, for the administrator, the settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from bot.core import deputies, outbox, signatures
from bot.core.deadlines import next_band_at
from bot.core.features import Feature
from bot.core.obligations import BY_A_DAY
from bot.core.outlook import Ahead, Listing, Some, Stuck, Upcoming
from bot.core.permissions import Act, may
from bot.core.working_days import ONE_DAY, moment_of
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_cards, leave, reminders, settings, signoffs
from bot.desk.enquiry_cards import EnquiryLine
from bot.desk.leave import LeaveLine
from bot.desk.reminders import ReminderLine
from bot.desk.settings import SettingsPage
from bot.desk.signoffs import SignRequest
from storage import enquiries as enquiry_records
from storage import enquiry_lists as lists
from storage import facts, obligations, people, statements
from storage import leave as leave_records
from storage import outbox as postings
from storage import signoffs as signoff_records
from storage.enquiries import Enquiry
from storage.enquiry_lists import Listed, Page, Question
from storage.obligations import Duty, Obligation
from storage.outbox import Posting, PostingKind
from storage.people import Person, Role
from storage.subjects import Subject, SubjectKind

Item = TypeVar("Item")

MOST_REQUESTS = 8
MOST_LINES = 15
DAYS_AHEAD = 3
"""Working days after today in which a press officer sees what their colleagues have due."""

_SHOWN_AS_YOURS = frozenset({Duty.ANSWER, Duty.AWAITING_EMAIL})
"""What an owner owes stands with the enquiry itself until the first reminder of it."""


@dataclass(frozen=True)
class Owed:
    """Something that is owed. `enquiry`: what it is about, where that is the person's own and so stands here alone."""

    line: ReminderLine
    enquiry: EnquiryLine | None


@dataclass(frozen=True)
class HomePage:
    """What one person sees when they open the desk, each thing under one heading. Lists are cut; the counts say how
    much there is. `stuck` is None for whoever does not look over everything."""

    person: Person
    is_known: bool
    requests: tuple[SignRequest, ...]
    owed: tuple[Owed, ...]
    stuck: Some[Stuck] | None
    yours: tuple[EnquiryLine, ...]
    coming_up: Some[Upcoming]
    listings: tuple[Listing, ...]
    nobodys: tuple[EnquiryLine, ...]
    waiting_count: int
    yours_count: int
    nobodys_count: int
    may_log: bool
    may_export: bool
    leave: LeaveLine | None
    may_set_leave: bool
    settings: SettingsPage | None
    redraw_at: datetime | None
    now: datetime


def open_home(desk: Desk, caller: Caller) -> None:
    """The person has opened the desk's home: it is drawn for them from now on, whenever it changes."""
    with desk.meeting(caller) as work:
        subject = Subject(SubjectKind.PERSON, work.person.id)
        if postings.of(work.tx, subject, PostingKind.HOME):
            postings.want_home(work.tx, [work.person.id])
        else:
            outbox.post(work, PostingKind.HOME, subject, person=work.person, dedupe_key=f"home:{work.person.id}")
        if work.person.profile_read_at is None:
            outbox.want_profile(work, work.person)


def page(work: Work, person: Person) -> HomePage:
    owed = obligations.open_for(work.tx, person.id)
    requests = [*_requests(work, person, owed), *_for_owner(work, person)]
    others = [owed_ for owed_ in owed if owed_.duty is not Duty.SIGN and _waits(owed_)]
    others = [owed_ for owed_ in others if work.features.is_there(work.tx, owed_.subject)]
    others += _facts_to_bring(work, person)
    waiting, shown = _owed(work, others[:MOST_LINES], person)
    stuck = None
    if Role.COMMS_LEAD in person.roles:  # who re-assigns and unblocks (DOMAIN §1)
        stuck = _all_of(source(work, person, frozenset(shown)) for source in work.features.late_and_stuck)
        shown |= {item.subject for item in stuck.found if item.subject}
    tomorrow = _first_moment(work, work.hours.local_day(work.now) + ONE_DAY)
    yours = lists.owned(work.tx, person.id, until=tomorrow, without=_enquiries(shown), limit=MOST_LINES)
    nobodys = Page([], 0)
    if may(Act.TAKE_ENQUIRY, frozenset(person.roles)):
        question = Question(Listed.NOBODYS, person, work.now)
        nobodys = lists.page(work.tx, question, limit=MOST_LINES, without=_enquiries(shown))
    shown |= {Subject(SubjectKind.ENQUIRY, enquiry.id) for enquiry in (*yours.found, *nobodys.found)}
    coming_up = _coming_up(work, person, tomorrow, frozenset(shown))
    listings = tuple(one for source in work.features.listings if (one := source(work, person)) and one.items.total)
    lines = enquiry_cards.lines(work.tx, yours.found, work.now)
    free = enquiry_cards.lines(work.tx, nobodys.found, work.now)
    changes = [line.redraw_at for line in (*lines, *free)]
    listed = [item for listing in listings for item in listing.items.found]
    changes += [next_band_at(item.due_at, work.now) for item in (*coming_up.found, *listed)]
    changes += [one.enquiry.redraw_at if one.enquiry else one.line.next_band_at for one in waiting]
    if coming_up.found:
        changes.append(tomorrow)
    return HomePage(
        person=person,
        is_known=bool(person.roles),
        requests=tuple(requests[:MOST_REQUESTS]),
        owed=waiting,
        stuck=stuck,
        yours=tuple(lines),
        coming_up=coming_up,
        listings=listings,
        nobodys=tuple(free),
        waiting_count=len(requests) + len(others),
        yours_count=yours.total,
        nobodys_count=nobodys.total,
        may_log=may(Act.LOG_ENQUIRY, frozenset(person.roles)),
        may_export=may(Act.EXPORT_ENQUIRIES, frozenset(person.roles)),
        leave=_leave(work, person),
        may_set_leave=settings.may_do(work, person, Act.SET_LEAVE),
        settings=settings.page(work) if settings.may_change(work, person) else None,
        redraw_at=min((at for at in changes if at), default=None),
        now=work.now,
    )


def _waits(owed: Obligation) -> bool:
    """Whether it stands under *Waiting for you*."""
    if owed.duty in BY_A_DAY:
        return owed.rung >= 0
    return owed.rung >= 0 or owed.for_id is not None or owed.duty not in _SHOWN_AS_YOURS


def _owed(work: Work, found: list[Obligation], person: Person) -> tuple[tuple[Owed, ...], set[Subject]]:
    """What is owed, each with the person's own enquiry that it is about; and what is shown with that."""
    shown = {obligation.subject for obligation in found}
    own: dict[int, Enquiry] = {}
    for obligation in found:
        enquiries = _about(work, obligation.subject)
        shown |= {Subject(SubjectKind.ENQUIRY, enquiry.id) for enquiry in enquiries}
        theirs = [enquiry for enquiry in enquiries if enquiry.owner_id == person.id]
        if theirs:
            own[obligation.id] = theirs[0]
    unique = {enquiry.id: enquiry for enquiry in own.values()}
    lines = {line.enquiry.id: line for line in enquiry_cards.lines(work.tx, list(unique.values()), work.now)}
    return tuple(
        Owed(reminders.line(work, obligation, person), lines[own[obligation.id].id] if obligation.id in own else None)
        for obligation in found
    ), shown


def _about(work: Work, subject: Subject) -> list[Enquiry]:
    """The enquiries that something owed is about."""
    if subject.kind is SubjectKind.STATEMENT:
        return statements.enquiries_of(work.tx, subject.id)
    found = enquiry_records.get(work.tx, subject.id) if subject.kind is SubjectKind.ENQUIRY else None
    return [found] if found else []


def _coming_up(work: Work, person: Person, tomorrow: datetime, shown: frozenset[Subject]) -> Some[Upcoming]:
    last = work.hours.working_day_after(work.hours.local_day(work.now), DAYS_AHEAD)
    ahead = Ahead(person, tomorrow, _first_moment(work, last + ONE_DAY), MOST_LINES, shown)
    found = _all_of(source(work, ahead) for source in work.features.coming_up)
    return Some(tuple(sorted(found.found, key=lambda item: item.due_at)[:MOST_LINES]), found.total)


def _all_of(several: Iterable[Some[Item]]) -> Some[Item]:
    found: list[Item] = []
    total = 0
    for some in several:
        found += some.found
        total += some.total
    return Some(tuple(found), total)


def _first_moment(work: Work, day: date) -> datetime:
    return moment_of(day, time(), work.hours.zone)


def _enquiries(shown: set[Subject]) -> list[int]:
    return [subject.id for subject in shown if subject.kind is SubjectKind.ENQUIRY]


def _requests(work: Work, person: Person, owed: list[Obligation]) -> list[SignRequest]:
    """What the person is asked to sign, the most pressing first."""
    found = []
    for obligation in owed:
        if obligation.duty is not Duty.SIGN:
            continue
        whose_id = obligation.for_id or person.id
        signature = signoff_records.asked_of(work.tx, obligation.subject, whose_id)
        if signature is not None and signature.may_be_given_by(person.id):
            found.append(signoffs.show(work, signature, person))
    return found


def _facts_to_bring(work: Work, person: Person) -> list[Obligation]:
    """What the person, as owner, writes to people outside Slack for, and has not had an answer to."""
    return [
        owed
        for request in facts.waiting_for_owner(work.tx, person.id)
        if not request.asked.on_slack and request.asked_id != person.id
        for owed in obligations.open_on(work.tx, Subject(SubjectKind.FACTS, request.id), duty=Duty.FACTS)
        if owed.owner_id == request.asked_id
    ]


def _for_owner(work: Work, person: Person) -> list[SignRequest]:
    """What the person, as owner, brings to signatories outside Slack, and the amendments they have to answer."""
    return [
        shown
        for signature in signoff_records.waiting_for_owners(work.tx)
        if _acts_for_owner(work, signatures.subject_of(work.tx, signature.id), person)
        for shown in [signoffs.show(work, signature, person)]
        if shown.acts
    ]


def _acts_for_owner(work: Work, subject: Subject, person: Person) -> bool:
    """Whether somebody owns a record, or stands in for its owner."""
    owner_id = work.features.owner_id(work.tx, subject)
    owner = people.get(work.tx, owner_id) if owner_id else None
    return owner is not None and person.id in {owner.id, deputies.acting_for(work, owner, about=subject).id}


def _leave(work: Work, person: Person) -> LeaveLine | None:
    found = leave_records.of(work.tx, person.id, work.now)
    return leave.line(work, found[0]) if found else None


def _load_home(work: Work, posting: Posting) -> HomePage | None:
    return page(work, posting.person) if posting.person else None


def _load_profile(_work: Work, posting: Posting) -> Person | None:
    return posting.person


FEATURE = Feature(
    kind=SubjectKind.PERSON,
    loaders={PostingKind.HOME: _load_home, PostingKind.PROFILE: _load_profile},
    late_and_stuck=leave.stuck,
)
