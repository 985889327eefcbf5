"""Looking at enquiries: the list, one of them, and what the forms on them offer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.core.errors import NotFound
from bot.core.permissions import Act, may
from bot.core.working_days import moment_of
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_cards
from bot.desk.enquiry_cards import EnquiryCard, EnquiryLine
from bot.desk.enquiry_steps import NOT_THERE, next_status, possible_owners
from bot.desk.finds import said_on
from storage import enquiries, people, statements
from storage import enquiry_lists as lists
from storage.enquiries import Enquiry, Outcome
from storage.enquiry_lists import Listed, Question
from storage.people import Organisation, Person, Role, Topic
from storage.statements import StatementKind
from storage.subjects import Subject, SubjectKind

PAGE = 20


@dataclass(frozen=True)
class EnquiryList:
    """A page of a list; it begins after `offset` others, and there are `total` in all."""

    listed: Listed
    lines: tuple[EnquiryLine, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True)
class Offered:
    """What a form on one enquiry offers to choose from. `answered` is the outcome that follows from what was sent."""

    enquiry: Enquiry
    owners: Sequence[Person]
    topics: Sequence[Topic]
    organisations: Sequence[Organisation]
    spokespeople: Sequence[Person]
    answered: Outcome | None


def listed(desk: Desk, caller: Caller, which: Listed = Listed.OPEN, *, offset: int = 0) -> EnquiryList:
    """A page of a list, the most pressing first; of this week, what came in last first."""
    with desk.looking(caller, Act.SEE_ENQUIRIES) as work:
        question = Question(which, work.person, work.now, _this_week(work))
        found = lists.page(work.tx, question, offset=offset, limit=PAGE)
        return EnquiryList(which, tuple(enquiry_cards.lines(work.tx, found.found, work.now)), found.total, offset)


def _this_week(work: Work) -> tuple[datetime, datetime]:
    """From Monday's first moment to the next one's, by the office's clocks (UTC)."""
    today = work.hours.local_day(work.now)
    monday = today - timedelta(days=today.weekday())
    zone = work.hours.zone
    return moment_of(monday, time(), zone), moment_of(monday + timedelta(days=7), time(), zone)


def numbered(desk: Desk, caller: Caller, number: int) -> EnquiryCard:
    """The enquiry of a reference: ENQ-7."""
    with desk.looking(caller, Act.SEE_ENQUIRIES) as work:
        enquiry = enquiries.numbered(work.tx, number)
        if enquiry is None:
            raise NotFound(f"There is no ENQ-{number}. Use /enquiry list to see what is open.")
        return enquiry_cards.card(work, enquiry)


def one(desk: Desk, caller: Caller, enquiry_id: int) -> EnquiryCard:
    """The enquiry with all that this person may do with it as it stands."""
    with desk.looking(caller, Act.SEE_ENQUIRIES, Subject(SubjectKind.ENQUIRY, enquiry_id)) as work:
        shown = enquiry_cards.card(work, _get(work, enquiry_id))
        if shown.follows is not None:
            shown = replace(shown, said_before=said_on(work.tx, [shown.follows.id])[shown.follows.id])
        return replace(shown, acts=frozenset(act for act in shown.acts if may(act, work.standing)))


def for_form(desk: Desk, caller: Caller, enquiry_id: int, act: Act) -> Offered:
    """What a form for an act on an enquiry offers. Refuses at once what would be refused at the end."""
    with desk.looking(caller, act, Subject(SubjectKind.ENQUIRY, enquiry_id)) as work:
        enquiry = _get(work, enquiry_id)
        next_status(enquiry, act)
        left_out = people.own_organisation_ids(work.tx) if act is Act.CLOSE_ENQUIRY else ()
        return Offered(
            enquiry,
            [person for person in possible_owners(work.tx) if person.id != enquiry.owner_id],
            people.topics(work.tx),
            [one for one in people.organisations(work.tx) if one.id not in left_out],
            people.holding(work.tx, Role.SPOKESPERSON),
            _answered(work, enquiry),
        )


def _answered(work: Work, enquiry: Enquiry) -> Outcome | None:
    issued = {statement.kind for statement in statements.sent_on(work.tx, [enquiry])[enquiry.id]}
    if StatementKind.STATEMENT in issued:
        return Outcome.STATEMENT
    return Outcome.BACKGROUND if StatementKind.BACKGROUND in issued else None


def _get(work: Work, enquiry_id: int) -> Enquiry:
    enquiry = enquiries.get(work.tx, enquiry_id)
    if enquiry is None:
        raise NotFound(NOT_THERE)
    return enquiry
