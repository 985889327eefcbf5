"""Briefings as they are shown: the card, the preview, lists, and what a reader of the board may see."""

from dataclasses import dataclass, replace

from bot.core.errors import NotFound, NotFromHere
from bot.core.permissions import Act, may
from bot.core.standings import Standing
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import briefing_chairs, briefing_posting, undeliverable
from bot.desk.briefing_steps import (
    TRANSITIONS,
    UNDER_WAY,
    Places,
    audiences_of,
    get,
    next_status,
    standing_of,
    subject_of,
)
from bot.desk.briefing_text import Content
from storage import audiences, briefings, people
from storage.audiences import Audience
from storage.briefings import Briefing, BriefingStatus
from storage.outbox import Posting
from storage.people import Person, Role

MOST_LISTED = 20


@dataclass(frozen=True)
class Failed:
    """A place that could not be reached: a channel (its Slack id) or a person's name; and why, in words."""

    channel_id: str | None
    person: str
    why: str


@dataclass(frozen=True)
class BriefingCard:
    """A briefing as the press office sees it."""

    briefing: Briefing
    standing: Standing
    content: Content
    audiences: tuple[Audience, ...]
    places: Places
    acts: frozenset[Act]
    replaces: Briefing | None = None
    replaced_by: Briefing | None = None
    """What was begun in its place, under way or posted."""
    failed: tuple[Failed, ...] = ()
    needs_chair: bool = False
    """Whether nobody could sign it: whoever was to is no longer chair of the board."""
    shows_internal: bool = True
    """Whether the reader works in the press office: lines to take are for nobody else."""


@dataclass(frozen=True)
class ToChange:
    """A briefing that is to be changed, and the audiences that it could be for."""

    shown: BriefingCard
    audiences: tuple[Audience, ...]
    chairs: tuple[Person, ...] = ()
    """Who could sign it instead of whoever is no longer chair; nobody, where that need not be chosen."""


@dataclass(frozen=True)
class BriefingList:
    """The newest briefings that somebody may see, each with whether it is signed, and how many there are."""

    found: tuple[tuple[Briefing, bool], ...]
    may_start: bool


def card(work: Work, briefing: Briefing) -> BriefingCard:
    standing = standing_of(work.tx, briefing.id)
    acts = {act for (status, act) in TRANSITIONS if status is briefing.status}
    if briefing.status is BriefingStatus.IN_SIGNOFF and standing.missing:
        acts |= {Act.RECORD_REPLY, Act.OVERRIDE_SIGNATURE}
    if not standing.is_signed:
        acts.discard(Act.POST_BRIEFING)
    failed = tuple(
        Failed(one.channel_id, one.person.name if one.person else "", undeliverable.why(one.failed_because or ""))
        for one in briefing_posting.undelivered(work, briefing)
    )
    replaced_by = briefings.replacement_of(work.tx, briefing.id)
    if not failed or (replaced_by is not None and replaced_by.posted_at is not None):
        acts.discard(Act.POST_AGAIN)
    several = audiences_of(work.tx, briefing.id)
    return BriefingCard(
        briefing,
        standing,
        Content.from_data(briefings.content_of(work.tx, standing.draft.id)),
        tuple(several),
        briefing_posting.places_for(work, briefing),
        frozenset(acts),
        briefings.get(work.tx, briefing.replaces_id) if briefing.replaces_id else None,
        replaced_by,
        failed,
        needs_chair=briefing.status in UNDER_WAY and briefing_chairs.is_missing(work.tx, briefing),
    )


def look_at(desk: Desk, caller: Caller, briefing_id: int, act: Act) -> BriefingCard:
    """A briefing, for the form of an act on it."""
    with desk.looking(caller, act, subject_of(briefing_id)) as work:
        briefing = get(work.tx, briefing_id)
        next_status(briefing, act)
        return card(work, briefing)


def to_change(desk: Desk, caller: Caller, briefing_id: int) -> ToChange:
    with desk.looking(caller, Act.CHANGE_BRIEFING, subject_of(briefing_id)) as work:
        briefing = get(work.tx, briefing_id)
        next_status(briefing, Act.CHANGE_BRIEFING)
        is_offered = briefing_chairs.is_offered(work.tx, briefing)
        chairs = tuple(people.holding(work.tx, Role.CHAIR)) if is_offered else ()
        if is_offered and not chairs:
            raise NotFromHere(briefing_chairs.NO_CHAIR)
        return ToChange(card(work, briefing), tuple(audiences.every_one(work.tx)), chairs)


def read(desk: Desk, caller: Caller, briefing_id: int) -> BriefingCard:
    """A briefing, whole, as this person may see it."""
    with desk.looking(caller, Act.READ_BRIEFING, subject_of(briefing_id)) as work:
        return _for_reader(work, card(work, get(work.tx, briefing_id)))


def numbered(desk: Desk, caller: Caller, number: int) -> BriefingCard:
    """The same by its number. One that this person may not see reads as if it were not there."""
    with desk.looking(caller, Act.SEE_BRIEFINGS) as work:
        briefing = briefings.numbered(work.tx, number)
        if briefing is None or not _may_read(work, briefing):
            raise NotFound(f"There is no BRF-{number} here. Use /briefing list to see which there are.")
        return _for_reader(work, card(work, briefing))


def listed(desk: Desk, caller: Caller) -> BriefingList:
    """The newest briefings; of the board's people, those that were posted."""
    with desk.looking(caller, Act.SEE_BRIEFINGS) as work:
        is_office = may(Act.START_BRIEFING, work.standing)
        statuses = tuple(BriefingStatus) if is_office else (BriefingStatus.POSTED,)
        found = briefings.newest(work.tx, *statuses, limit=MOST_LISTED)
        return BriefingList(tuple((one, standing_of(work.tx, one.id).is_signed) for one in found), is_office)


def _may_read(work: Work, briefing: Briefing) -> bool:
    return may(
        Act.READ_BRIEFING, work.standing | work.features.relations(work.tx, subject_of(briefing.id), work.person)
    )


def _for_reader(work: Work, shown: BriefingCard) -> BriefingCard:
    """What this person may do with it; what is internal, only for the press office."""
    standing = work.standing | work.features.relations(work.tx, subject_of(shown.briefing.id), work.person)
    acts = frozenset(act for act in shown.acts if may(act, standing))
    return replace(shown, acts=acts, shows_internal=may(Act.CHANGE_BRIEFING, standing))


def load_card(work: Work, posting: Posting) -> BriefingCard | None:
    return card(work, get(work.tx, posting.subject_id))
