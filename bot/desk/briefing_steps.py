"""What every step of a briefing needs: the record, its states, its history, and what shows it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from bot.core import outbox, standings
from bot.core.errors import NotFound, NotFromHere
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.standings import Standing
from bot.core.workspaces import Work
from storage import audiences, briefings
from storage import outbox as postings
from storage import signoffs as signoff_records
from storage.audiences import Audience
from storage.briefings import Briefing, BriefingStatus
from storage.calendar import CalendarDate
from storage.database import Transaction
from storage.outbox import PostingKind
from storage.people import Person
from storage.subjects import Subject, SubjectKind

NOT_THERE = "This briefing is not on file. Use /briefing list to see which there are."

TRANSITIONS: dict[tuple[BriefingStatus, Act], BriefingStatus] = {
    (BriefingStatus.DRAFT, Act.CHANGE_BRIEFING): BriefingStatus.DRAFT,
    (BriefingStatus.IN_SIGNOFF, Act.CHANGE_BRIEFING): BriefingStatus.IN_SIGNOFF,
    (BriefingStatus.DRAFT, Act.ASK_CHAIR): BriefingStatus.IN_SIGNOFF,
    (BriefingStatus.DRAFT, Act.CHANGE_POSTING_TIME): BriefingStatus.DRAFT,
    (BriefingStatus.IN_SIGNOFF, Act.CHANGE_POSTING_TIME): BriefingStatus.IN_SIGNOFF,
    (BriefingStatus.IN_SIGNOFF, Act.POST_BRIEFING): BriefingStatus.POSTED,
    (BriefingStatus.DRAFT, Act.WITHDRAW_BRIEFING): BriefingStatus.WITHDRAWN,
    (BriefingStatus.IN_SIGNOFF, Act.WITHDRAW_BRIEFING): BriefingStatus.WITHDRAWN,
    (BriefingStatus.POSTED, Act.POST_AGAIN): BriefingStatus.POSTED,
}

Times = dict[str, datetime]
"""What `{name}` in a sentence stands for, UTC."""

UNDER_WAY = (BriefingStatus.DRAFT, BriefingStatus.IN_SIGNOFF)


@dataclass(frozen=True)
class Places:
    """Where a briefing goes, each place once: channels (Slack ids), people in Slack, people outside, and who left.

    `asked` are those of them who get it with the request to take it home, and not a second time.
    """

    channels: tuple[str, ...]
    people: tuple[Person, ...]
    by_hand: tuple[Person, ...]
    gone: tuple[Person, ...]
    asked: tuple[Person, ...] = ()

    @property
    def is_anywhere(self) -> bool:
        return bool(self.channels or self.people or self.by_hand or self.asked)


def subject_of(briefing_id: int) -> Subject:
    return Subject(SubjectKind.BRIEFING, briefing_id)


def get(tx: Transaction, briefing_id: int) -> Briefing:
    briefing = briefings.get(tx, briefing_id)
    if briefing is None:
        raise NotFound(NOT_THERE)
    return briefing


def standing_of(tx: Transaction, briefing_id: int) -> Standing:
    return standings.of(tx, signoff_records.of(tx, subject_of(briefing_id)))


def next_status(briefing: Briefing, act: Act) -> BriefingStatus:
    """What becomes of it by an act. Raises `NotFromHere` where that is not for it."""
    to = TRANSITIONS.get((briefing.status, act))
    if to is not None:
        return to
    raise NotFromHere(
        {
            BriefingStatus.DRAFT: f"Nobody has been asked to sign {briefing.reference} yet. Ask for that first.",
            BriefingStatus.IN_SIGNOFF: f"The signature on {briefing.reference} has been asked for already.",
            BriefingStatus.POSTED: f"{briefing.reference} has been posted, and what was posted does not change. If "
            "something in it is wrong, start a new briefing for the same meeting with /briefing: it replaces this one.",
            BriefingStatus.WITHDRAWN: f"{briefing.reference} was withdrawn. Start a new one with /briefing.",
        }[briefing.status]
    )


def move(work: Work, briefing: Briefing, act: Act, **values: object) -> Briefing:
    """Carries an act out if nobody was quicker. Gives the briefing as it is now."""
    if not briefings.change(work.tx, briefing, to=next_status(briefing, act), **values):
        raise NotFromHere(f"Somebody changed {briefing.reference} a moment ago. Look at its card and try again.")
    return get(work.tx, briefing.id)


def audiences_of(tx: Transaction, briefing_id: int) -> list[Audience]:
    return audiences.several(tx, briefings.audiences_of(tx, briefing_id))


def places_of(several: list[Audience], asked: Collection[int] = ()) -> Places:
    """Where these audiences read, each place once, whoever belongs to several of them.

    `asked`: the ids of those who get it with the request to take it home.
    """
    channels = dict.fromkeys(channel for audience in several for channel in audience.channels)
    everyone = {person.id: person for audience in several for person in audience.people}.values()
    there = [person for person in everyone if person.left_at is None]
    here = [person for person in there if person.id not in asked]
    return Places(
        tuple(channels),
        tuple(person for person in here if person.on_slack),
        tuple(person for person in here if not person.on_slack),
        tuple(person for person in everyone if person.left_at is not None),
        tuple(person for person in there if person.id in asked),
    )


def day_of(work: Work, meeting: CalendarDate) -> date:
    """On which day a meeting is, by the office's clock."""
    return meeting.starts_at.astimezone(work.hours.zone).date()


def not_before(meeting: CalendarDate) -> datetime:
    """From when its key messages may go out (UTC): nobody says what a meeting decided before it was held."""
    return meeting.ends_at or meeting.starts_at


def say(work: Work, briefing_id: int, sentence: str, *, quote: str | None = None, times: Times | None = None) -> None:
    """Adds a sentence to a briefing's history."""
    outbox.say_below(work, subject_of(briefing_id), said(sentence, quote=quote, times=times))


def redraw(work: Work, briefing: Briefing) -> None:
    """Its card, the card of what it replaces, the requests to sign it, and the homes of those it waits for."""
    outbox.redraw(work, subject_of(briefing.id))
    if briefing.replaces_id is not None:
        outbox.redraw(work, subject_of(briefing.replaces_id))
    asked = standing_of(work.tx, briefing.id).signatures
    waiting = [person_id for one in asked for person_id in (one.person_id, one.stand_in_id)]
    outbox.redraw_homes(work, [briefing.owner_id, *waiting])


def redraw_requests(work: Work, briefing: Briefing) -> None:
    """The requests to sign it, and what single people were told of it, no longer show what became of it."""
    asked = standing_of(work.tx, briefing.id).signatures
    postings.want_of_signatures(work.tx, [signature.id for signature in asked])
    redraw_notices(work, briefing)


def redraw_notices(work: Work, briefing: Briefing) -> None:
    """What its owner was asked may be settled: then it says so, without buttons."""
    postings.want_by_ids(
        work.tx,
        [one.id for one in postings.of(work.tx, subject_of(briefing.id), PostingKind.NOTICE) if "asks" in one.detail],
    )
