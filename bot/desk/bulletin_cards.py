"""Bulletins as people see them: what somebody is asked, what came in, and the file of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from bot.core import deadlines, deputies, outbox
from bot.core.deadlines import Band
from bot.core.documents import Document
from bot.core.errors import NotFound
from bot.core.permissions import Act, Relation, may
from bot.core.word_files import WordFile
from bot.core.workspaces import Caller, Desk, Work
from storage import bulletins
from storage import obligations as obligation_records
from storage import outbox as postings
from storage.bulletins import Bulletin, BulletinItem, Contributor, ContributorState
from storage.database import Transaction
from storage.obligations import Duty
from storage.outbox import Posting, PostingKind
from storage.people import Person
from storage.subjects import Subject, SubjectKind

NOT_THERE = "This bulletin is not on file. Type `/desk bulletin` to see those there are."
MOST_SHOWN = 3

TRANSITIONS: dict[tuple[ContributorState, Act], ContributorState] = {
    (ContributorState.ASKED, Act.NOTHING_TO_ADD): ContributorState.NOTHING,
    **{(state, Act.ADD_ITEM): ContributorState.GAVE for state in ContributorState},
}
"""Several items are welcome, and one is after all."""


@dataclass(frozen=True)
class ShownBulletin:
    """A bulletin as one reader sees it. `own`: their part in it, if they were asked, or whom they stand in for.

    `outside` are those who have not answered and are not in Slack, with `email`, the text to send them.
    """

    bulletin: Bulletin
    items: tuple[BulletinItem, ...]
    asked: tuple[Contributor, ...]
    own: Contributor | None
    reader: Person
    acts: frozenset[Act]
    band: Band
    email: str = ""
    redraw_at: datetime | None = None

    @property
    def waiting(self) -> tuple[Contributor, ...]:
        return tuple(one for one in self.asked if one.state is ContributorState.ASKED)

    @property
    def outside(self) -> tuple[Contributor, ...]:
        return tuple(one for one in self.waiting if not one.person.on_slack)

    @property
    def own_items(self) -> tuple[BulletinItem, ...]:
        return tuple(item for item in self.items if self.own and item.given_by_id == self.own.person_id)


@dataclass(frozen=True)
class Bulletins:
    """What `/desk bulletin` shows: those that items are called for now, or else the last one."""

    found: tuple[ShownBulletin, ...]
    may_call: bool


@dataclass(frozen=True)
class Collected:
    """What came in for a bulletin, to be put into a file; `at` is UTC, `day` the office's."""

    title: str
    items: tuple[BulletinItem, ...]
    office: str
    at: datetime
    day: date


def subject_of(bulletin_id: int) -> Subject:
    return Subject(SubjectKind.BULLETIN, bulletin_id)


def get(tx: Transaction, bulletin_id: int) -> Bulletin:
    bulletin = bulletins.get(tx, bulletin_id)
    if bulletin is None:
        raise NotFound(NOT_THERE)
    return bulletin


def listed(desk: Desk, caller: Caller) -> Bulletins:
    with desk.looking(caller, Act.SEE_BULLETIN) as work:
        found = bulletins.open_ones(work.tx, work.now)[:MOST_SHOWN] or bulletins.newest(work.tx, limit=1)
        shown = tuple(show(work, bulletin, work.person) for bulletin in found)
        return Bulletins(shown, may(Act.CALL_FOR_ITEMS, work.standing))


def look_at(desk: Desk, caller: Caller, bulletin_id: int, act: Act) -> ShownBulletin:
    """A bulletin, for the form of an act or for its page."""
    with desk.looking(caller, act, subject_of(bulletin_id)) as work:
        return show(work, get(work.tx, bulletin_id), work.person)


def show(work: Work, bulletin: Bulletin, reader: Person) -> ShownBulletin:
    own = contributor_for(work, bulletin.id, reader)
    standing = frozenset(reader.roles | ({Relation.ASKED} if own else set()))
    acts = {act for act in _ACTS if may(act, standing)}
    if own is None or (own.state, Act.NOTHING_TO_ADD) not in TRANSITIONS:
        acts -= {Act.NOTHING_TO_ADD}
    is_open = bulletin.deadline > work.now
    return ShownBulletin(
        bulletin=bulletin,
        items=tuple(bulletins.items(work.tx, bulletin.id)),
        asked=tuple(bulletins.contributors(work.tx, bulletin.id)),
        own=own,
        reader=reader,
        acts=frozenset(acts),
        band=deadlines.band(bulletin.deadline, work.now) if is_open else Band.UNKNOWN,
        email=_email(work, bulletin),
        redraw_at=deadlines.next_band_at(bulletin.deadline, work.now) if is_open else None,
    )


_ACTS = (Act.ADD_ITEM, Act.NOTHING_TO_ADD, Act.RECORD_ITEM, Act.TAKE_ITEM_OUT, Act.COLLECT_ITEMS)


def _email(work: Work, bulletin: Bulletin) -> str:
    local = bulletin.deadline.astimezone(work.hours.zone)
    return (
        f"We are putting together the {bulletin.title}. Is there anything from you or your organisation? Please send a "
        f"headline, a few sentences, a link if there is one, and until when it is news, by {local:%H:%M on %A} "
        f"{local.day} {local:%B}. If there is nothing, please say so.\n\nThank you\n{bulletin.owner.name}"
    )


def contributor_for(work: Work, bulletin_id: int, person: Person) -> Contributor | None:
    """Somebody's own part in a bulletin; if that is done, or there is none, that of whom they stand in for."""
    own = bulletins.contributor(work.tx, bulletin_id, person.id)
    if own is not None and own.state is ContributorState.ASKED:
        return own
    owed = obligation_records.open_on(work.tx, subject_of(bulletin_id), duty=Duty.CONTRIBUTE)
    for_ids = [one.for_id for one in owed if one.owner_id == person.id and one.for_id is not None]
    return (bulletins.contributor(work.tx, bulletin_id, for_ids[0]) if for_ids else None) or own


def is_asked(tx: Transaction, bulletin_id: int, person: Person) -> bool:
    """Whether somebody was asked, or stands in for one who was."""
    if bulletins.contributor(tx, bulletin_id, person.id) is not None:
        return True
    return obligation_records.is_stood_in_for(tx, subject_of(bulletin_id), person.id, Duty.CONTRIBUTE)


def owner_at_hand(work: Work, bulletin: Bulletin) -> Person:
    return deputies.acting_for(work, bulletin.owner, about=subject_of(bulletin.id))


def send_requests(work: Work, bulletin: Bulletin, asked: Collection[Person]) -> None:
    """Asks those in Slack, or whoever stands in for them, once each. Of the others the owner's card tells."""
    reached = {one.id: one for person in asked if (one := deputies.cover(work, person).person or person).on_slack}
    subject, key = subject_of(bulletin.id), f"bulletin:{bulletin.id}"
    to = [(subject, person, f"{key}:{person.id}") for person in reached.values()]
    outbox.post_several(work, PostingKind.BULLETIN_REQUEST, to)


def redraw(work: Work, bulletin: Bulletin, person: Person) -> None:
    """Somebody has answered: their own request shows it, and the owner's cards count it."""
    subject = subject_of(bulletin.id)
    for posting in postings.of(work.tx, subject, PostingKind.BULLETIN_CARD, PostingKind.BULLETIN_REQUEST):
        if posting.kind is PostingKind.BULLETIN_CARD or posting.person_id in {person.id, work.person_id}:
            postings.want_by_id(work.tx, posting.id)


def load_request(work: Work, posting: Posting) -> ShownBulletin | None:
    bulletin = bulletins.get(work.tx, posting.subject_id)
    if bulletin is None or posting.person is None:
        return None
    shown = show(work, bulletin, posting.person)
    return None if posting.ts is None and shown.own is None else shown


def load_card(work: Work, posting: Posting) -> ShownBulletin | None:
    bulletin = bulletins.get(work.tx, posting.subject_id)
    return show(work, bulletin, posting.person) if bulletin and posting.person else None


def load_file(work: Work, posting: Posting) -> Collected | None:
    """None, if whoever asked may not have it any more, or there is nothing in it."""
    bulletin, person = bulletins.get(work.tx, posting.subject_id), posting.person
    if bulletin is None or person is None or not person.on_slack:
        return None
    if not may(Act.COLLECT_ITEMS, frozenset(person.roles)):
        return None
    found = tuple(bulletins.items(work.tx, bulletin.id))
    day = work.hours.local_day(work.now)
    return Collected(bulletin.title, found, person.name, work.now, day) if found else None


def make_file(shown: Collected) -> Document:
    file = WordFile(shown.title, author=shown.office, at=shown.at)
    for item in shown.items:
        file.heading(item.headline)
        file.paragraph(item.text)
        below = below_text(item)
        if below:
            file.paragraph(below)
    return Document(
        name=f"{file_name(shown.title)}-{shown.day:%Y-%m-%d}.docx",
        title=shown.title,
        content=file.content(),
        facts={"items": len(shown.items)},
    )


def below_text(item: BulletinItem) -> str:
    """The link, and until when it is news: what stands below an item's text."""
    until = f"Until {item.news_until.day} {item.news_until:%B %Y}" if item.news_until else ""
    return "\n".join(part for part in (item.link or "", until) if part)


def as_text(items: tuple[BulletinItem, ...]) -> str:
    """All that came in, to copy: exactly as it was given."""
    return "\n\n\n".join("\n\n".join(part for part in (i.headline, i.text, below_text(i)) if part) for i in items)


def file_name(title: str) -> str:
    """A title as a file may be called."""
    words = "".join(letter if letter.isalnum() and letter.isascii() else " " for letter in title.lower()).split()
    return "-".join(words)[:60] or "bulletin"
