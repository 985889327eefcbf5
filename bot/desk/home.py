"""A person's home: what waits for them, what is theirs, and, for the administrator, the settings."""

from dataclasses import dataclass
from datetime import datetime

from bot.core import deputies, outbox
from bot.core import signoffs as core_signoffs
from bot.core.features import Feature
from bot.core.permissions import Act, may
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_cards, leave, reminders, settings, signoffs
from bot.desk.enquiry_cards import EnquiryLine
from bot.desk.leave import LeaveLine
from bot.desk.reminders import ReminderLine
from bot.desk.settings import SettingsPage
from bot.desk.signoffs import SignRequest
from storage import enquiry_lists as lists
from storage import leave as leave_records
from storage import obligations, people
from storage import outbox as postings
from storage import signoffs as signoff_records
from storage.enquiry_lists import Listed, Page, Question
from storage.obligations import Duty, Obligation
from storage.outbox import Posting, PostingKind
from storage.people import Person
from storage.subjects import Subject, SubjectKind

MOST_REQUESTS = 8
MOST_LINES = 15

_SHOWN_AS_YOURS = frozenset({Duty.ANSWER, Duty.AWAITING_EMAIL})
"""What an owner owes stands with the enquiry itself until the first reminder of it."""


@dataclass(frozen=True)
class HomePage:
    """What one person sees when they open the desk. Lists are cut; the counts say how much there is."""

    person: Person
    is_known: bool
    requests: tuple[SignRequest, ...]
    owed: tuple[ReminderLine, ...]
    yours: tuple[EnquiryLine, ...]
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
    others = [o for o in owed if o.duty is not Duty.SIGN and (o.rung >= 0 or o.for_id or o.duty not in _SHOWN_AS_YOURS)]
    yours = lists.page(work.tx, Question(Listed.MINE, person, work.now), limit=MOST_LINES)
    lines = enquiry_cards.lines(work.tx, yours.found, work.now)
    nobodys = Page([], 0)
    if may(Act.TAKE_ENQUIRY, frozenset(person.roles)):
        nobodys = lists.page(work.tx, Question(Listed.NOBODYS, person, work.now), limit=MOST_LINES)
    free = enquiry_cards.lines(work.tx, nobodys.found, work.now)
    bands = [line.redraw_at for line in (*lines, *free) if line.redraw_at]
    return HomePage(
        person=person,
        is_known=bool(person.roles),
        requests=tuple(requests[:MOST_REQUESTS]),
        owed=tuple(reminders.line(work, obligation, person) for obligation in others[:MOST_LINES]),
        yours=tuple(lines),
        nobodys=tuple(free),
        waiting_count=len(requests) + len(others),
        yours_count=yours.total,
        nobodys_count=nobodys.total,
        may_log=may(Act.LOG_ENQUIRY, frozenset(person.roles)),
        may_export=may(Act.EXPORT_ENQUIRIES, frozenset(person.roles)),
        leave=_leave(work, person),
        may_set_leave=settings.may_do(work, person, Act.SET_LEAVE),
        settings=settings.page(work) if settings.may_change(work, person) else None,
        redraw_at=min(bands, default=None),
        now=work.now,
    )


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


def _for_owner(work: Work, person: Person) -> list[SignRequest]:
    """What the person, as owner, brings to signatories outside Slack, and the amendments they have to answer."""
    return [
        shown
        for signature in signoff_records.waiting_for_owners(work.tx)
        if _acts_for_owner(work, core_signoffs.subject_of(work.tx, signature.id), person)
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
)
