"""The e-bulletin (DOMAIN §6): items are called for, gathered, and the deadline nagged.

Somebody calls for items, or a digest does so by itself (`bulletin_parts.CallForItems`). Whoever is asked gives items,
exactly as they are to be read, or says that there is nothing from them; a press officer writes down what comes from
outside Slack. At the deadline the owner gets what came in. Those who have not answered are let go an hour later.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from bot.core import deputies, digests, obligations, outbox
from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.core.features import Feature
from bot.core.permissions import Act, Relation
from bot.core.working_days import moment_of
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import bulletin_cards, hearing
from bot.desk.bulletin_cards import NOT_THERE, TRANSITIONS, subject_of
from bot.desk.bulletin_parts import PARTS, CallForItems
from bot.desk.written import needed
from storage import bulletins, people
from storage import digests as digest_records
from storage.bulletins import Bulletin, BulletinItem, Contributor, ContributorState
from storage.database import Transaction
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.people import Person, Role
from storage.signoffs import HeardBy
from storage.subjects import SubjectKind

WORKING_DAYS_TO_GIVE = 8
"""From the call to the deadline, where nobody chose another (our own judgement)."""
AT_NOON = time(12)
LET_GO_AFTER = timedelta(hours=1)
FARTHEST = timedelta(days=92)
LONGEST_TITLE, LONGEST_HEADLINE, LONGEST_TEXT, LONGEST_LINK = 75, 150, 3000, 500
ASKED_BY_DEFAULT = (Role.ORGANISATION_LEAD, Role.GROUP_CHAIR, Role.BOARD_MEMBER)


@dataclass(frozen=True)
class Call:
    """A call for items, as a form gives it: what it is for, by when (UTC), and who is asked."""

    title: str
    deadline: datetime | None
    roles: frozenset[Role]


@dataclass(frozen=True)
class Item:
    """One item, as a form gives it. `news_until`: the last day on which it is news."""

    headline: str
    text: str
    link: str
    news_until: date | None


@dataclass(frozen=True)
class ToCall:
    """What the form for a call begins with."""

    title: str
    deadline: datetime
    roles: tuple[Role, ...]


def to_call(desk: Desk, caller: Caller) -> ToCall:
    with desk.looking(caller, Act.CALL_FOR_ITEMS) as work:
        last = bulletins.last_asked_by_role(work.tx)
        roles = tuple(Role(role) for role in last.roles) if last else ASKED_BY_DEFAULT
        today = work.hours.local_day(work.now)
        deadline = _deadline_from(work, today)
        return ToCall(_title_of(work.hours.local_day(deadline)), deadline, roles)


def call_for_items(desk: Desk, caller: Caller, given: Call, *, once: str) -> Bulletin:
    """Asks everybody who holds one of the roles. What comes in goes to whoever calls."""
    with desk.acting(caller, Act.CALL_FOR_ITEMS, once=once) as work:
        title, deadline = needed(given.title, "Say what it is for.", field="title", most=LONGEST_TITLE), given.deadline
        if deadline is None or deadline <= work.now:
            raise BadInput("Give a deadline that is still to come.", field="deadline")
        if deadline > work.now + FARTHEST:
            raise BadInput("This deadline is more than three months away. Choose one within that.", field="deadline")
        if not given.roles:
            raise BadInput("Choose whom to ask.", field="roles")
        asked = people.holding(work.tx, *given.roles)
        if not asked:
            raise BadInput("Nobody holds these roles yet. Choose others, or add people in Settings.", field="roles")
        if any(one.title.casefold() == title.casefold() for one in bulletins.open_ones(work.tx, work.now)):
            raise BadInput(
                f"Items for {title} are being called for already. Give this one another name.", field="title"
            )
        bulletin = Bulletin(
            title=title,
            deadline=deadline,
            owner_id=work.person.id,
            called_at=work.now,
            called_by_id=work.person.id,
            roles=sorted(role.value for role in given.roles),
        )
        work.tx.add(bulletin)
        return _begin(work, bulletin, asked)


def call_by_itself(desk: Desk) -> None:
    """The tick: digests that call for items do so when their edition is due. Safe to run in several processes."""
    with desk.database.across_workspaces(read_only=True) as view:
        ids = digest_records.workspaces_with_any(view)
    for workspace_id in ids:
        with desk.on_its_own(workspace_id, read_only=True) as work:
            is_due = bool(_calls_due(work))
        if is_due:
            with desk.on_its_own(workspace_id) as work:
                for digest, day, asked in _calls_due(work):
                    owner = _owner_by_itself(work)
                    if owner is None:
                        continue
                    bulletin = Bulletin(
                        title=_title_of(day),
                        deadline=_deadline_from(work, day),
                        owner_id=owner.id,
                        called_at=work.now,
                        called_by_digest_id=digest.id,
                        called_for=day,
                        roles=[],
                    )
                    work.tx.add(bulletin)
                    _begin(work, bulletin, asked)


def _calls_due(work: Work) -> list[tuple[digest_records.Digest, date, list[Person]]]:
    return [
        (digest, day, asked)
        for digest in digest_records.every_one(work.tx)
        if CallForItems.name in digest.parts
        for day in digests.due_now(work, digest)
        if not bulletins.called_by(work.tx, digest.id, day)
        and not bulletins.titled(work.tx, _title_of(day), work.now - FARTHEST)  # somebody has called for it already
        and (asked := digests.people_of(work, digest))
    ]


def _owner_by_itself(work: Work) -> Person | None:
    """To whom goes what comes in where nobody in particular called: a comms lead, or else a press officer."""
    for role in (Role.COMMS_LEAD, Role.PRESS_OFFICER):
        found = [one for one in deputies.present(work, people.holding(work.tx, role)) if one.on_slack]
        if found:
            return found[0]
    return None


def _begin(work: Work, bulletin: Bulletin, asked: Collection[Person]) -> Bulletin:
    subject = subject_of(bulletin.id)
    found = bulletin_cards.get(work.tx, bulletin.id)
    for person in asked:
        bulletins.ask(work.tx, bulletin.id, person.id)
    owed = [(subject, person) for person in asked]
    obligations.owe_several(work, Duty.CONTRIBUTE, owed, due_at=bulletin.deadline)
    bulletin_cards.send_requests(work, found, asked)
    outbox.post(work, PostingKind.BULLETIN_CARD, subject, person=found.owner, dedupe_key=f"bulletin:{bulletin.id}")
    work.record(
        Act.CALL_FOR_ITEMS,
        subject,
        title=bulletin.title,
        deadline=bulletin.deadline.isoformat(),
        asked=sorted(person.id for person in asked),
        digest=bulletin.called_by_digest_id,
    )
    return found


def add_item(desk: Desk, caller: Caller, bulletin_id: int, given: Item, *, once: str) -> None:
    """Somebody gives an item: for themselves, or for whom they stand in."""
    with desk.acting(caller, Act.ADD_ITEM, subject_of(bulletin_id), once=once) as work:
        bulletin = bulletin_cards.get(work.tx, bulletin_id)
        whose = bulletin_cards.contributor_for(work, bulletin_id, work.person)
        _put(work, bulletin, whose.person if whose else work.person, given, Act.ADD_ITEM)


def record_item(
    desk: Desk, caller: Caller, bulletin_id: int, person_id: int | None, given: Item, *, how: HeardBy | None, once: str
) -> None:
    """A press officer writes down what somebody gave outside Slack. Without headline and text: nothing from them."""
    with desk.acting(caller, Act.RECORD_ITEM, subject_of(bulletin_id), once=once) as work:
        bulletin = bulletin_cards.get(work.tx, bulletin_id)
        row = bulletins.contributor(work.tx, bulletin_id, person_id) if person_id is not None else None
        if row is None:
            raise BadInput("Choose from whom it is.", field="person")
        heard_by = hearing.chosen(how)
        if not (given.headline.strip() or given.text.strip()):
            _nothing(work, bulletin, row, Act.RECORD_ITEM, heard_by=heard_by.value)
            return
        _put(work, bulletin, row.person, given, Act.RECORD_ITEM, heard_by=heard_by)


def nothing_to_add(desk: Desk, caller: Caller, bulletin_id: int) -> None:
    """Whoever was asked has nothing, and is not reminded any more."""
    with desk.acting(caller, Act.NOTHING_TO_ADD, subject_of(bulletin_id)) as work:
        bulletin = bulletin_cards.get(work.tx, bulletin_id)
        row = bulletin_cards.contributor_for(work, bulletin_id, work.person)
        if row is None:
            raise NotFound(NOT_THERE)
        _nothing(work, bulletin, row, Act.NOTHING_TO_ADD)


def take_item_out(desk: Desk, caller: Caller, item_id: int) -> None:
    """An item is not for the bulletin, or was given twice. It stays on file; whoever gave it is told."""
    with desk.acting(caller, Act.TAKE_ITEM_OUT) as work:
        item = bulletins.item(work.tx, item_id)
        if item is None:
            raise NotFound(NOT_THERE)
        if not bulletins.take_out(work.tx, item_id, by_id=work.person.id, now=work.now):
            raise NotFromHere("Somebody has taken this out already. Open the list again to see what is left.")
        subject = subject_of(item.bulletin_id)
        if item.given_by_id != work.person.id:
            sentence = (
                f"{work.person.name} took this out of what came in for the bulletin. Ask them, if it should be in:"
            )
            outbox.tell(work, item.given_by, subject, outbox.said(sentence, quote=item.headline))
        outbox.redraw(work, subject)
        work.record(Act.TAKE_ITEM_OUT, subject, item=item_id, given_by=item.given_by_id)


def send_file(desk: Desk, caller: Caller, bulletin_id: int) -> None:
    """Has what came in put together as a Word file, for whoever asks. It is made when it goes out."""
    with desk.acting(caller, Act.COLLECT_ITEMS, subject_of(bulletin_id)) as work:
        bulletin = bulletin_cards.get(work.tx, bulletin_id)
        number = len(bulletins.items(work.tx, bulletin_id))
        if not number:
            raise BadInput("Nothing has come in yet, so there is nothing to put together.")
        outbox.post(work, PostingKind.BULLETIN_FILE, subject_of(bulletin.id), person=work.person)
        work.record(Act.COLLECT_ITEMS, subject_of(bulletin.id), items=number)


def gather_due(desk: Desk) -> None:
    """The tick: at the deadline the owner gets what came in; an hour later nobody is waited for any more."""
    with desk.database.across_workspaces(read_only=True) as view:
        due = bulletins.workspaces_with_due(view, desk.clock.now())
    for workspace_id in due:
        with desk.on_its_own(workspace_id) as work:
            for bulletin in bulletins.due(work.tx, work.now):
                _gather(work, bulletin)
                if work.now >= bulletin.deadline + LET_GO_AFTER:
                    _end(work, bulletin)


def _gather(work: Work, bulletin: Bulletin) -> None:
    if bulletins.change(work.tx, bulletin, only_if_none="gathered_at", gathered_at=work.now):
        subject = subject_of(bulletin.id)
        outbox.redraw(work, subject)
        person = bulletin_cards.owner_at_hand(work, bulletin)
        outbox.post(work, PostingKind.BULLETIN_CARD, subject, person=person, dedupe_key=f"bulletin:{bulletin.id}:due")
        work.record("gather_items", subject, items=len(bulletins.items(work.tx, bulletin.id)))


def _end(work: Work, bulletin: Bulletin) -> None:
    if bulletins.change(work.tx, bulletin, only_if_none="ended_at", ended_at=work.now):
        obligations.cancel(work, subject_of(bulletin.id), Duty.CONTRIBUTE)
        outbox.redraw(work, subject_of(bulletin.id))


def _put(
    work: Work, bulletin: Bulletin, person: Person, given: Item, act: Act, *, heard_by: HeardBy | None = None
) -> None:
    item = BulletinItem(
        bulletin_id=bulletin.id,
        headline=needed(given.headline, "Give it a headline.", field="headline", most=LONGEST_HEADLINE),
        text=needed(given.text, "Write what it says.", field="text", most=LONGEST_TEXT),
        link=_link(given.link),
        news_until=_news_until(work, given.news_until),
        given_by_id=person.id,
        given_at=work.now,
        recorded_by_id=work.person.id if heard_by else None,
        heard_by=heard_by,
    )
    row = bulletins.contributor(work.tx, bulletin.id, person.id)
    if row is not None:
        _move(work, row, Act.ADD_ITEM)
    work.tx.add(item)
    subject = subject_of(bulletin.id)
    obligations.done(work, subject, Duty.CONTRIBUTE, owner_id=person.id)
    bulletin_cards.redraw(work, bulletin, person)
    if work.now > bulletin.deadline and bulletin.owner_id != work.person.id:
        sentence = f"{person.name} gave an item for {bulletin.title} after the deadline:"
        at_hand = bulletin_cards.owner_at_hand(work, bulletin)
        outbox.tell(work, at_hand, subject, outbox.said(sentence, quote=item.headline))
    work.record(
        act,
        subject,
        item=item.id,
        given_by=person.id,
        heard_by=heard_by.value if heard_by else None,
        news_until=item.news_until.isoformat() if item.news_until else None,
        personal={"headline": item.headline, "text": item.text, "link": item.link},
    )


def _nothing(work: Work, bulletin: Bulletin, row: Contributor, act: Act, *, heard_by: str | None = None) -> None:
    _move(work, row, Act.NOTHING_TO_ADD)
    subject = subject_of(bulletin.id)
    obligations.done(work, subject, Duty.CONTRIBUTE, owner_id=row.person_id)
    bulletin_cards.redraw(work, bulletin, row.person)
    work.record(act, subject, nothing_from=row.person_id, heard_by=heard_by)


def _move(work: Work, row: Contributor, act: Act) -> None:
    to = TRANSITIONS.get((row.state, act))
    if to is None:
        raise NotFromHere(
            {
                ContributorState.GAVE: "An item has come already, so there is something. Ask the press office to take "
                "it out, if it should not be in.",
                ContributorState.NOTHING: "This is noted already. If there is something after all, press Add an item.",
            }[row.state]
        )
    if not bulletins.answered(work.tx, row, to, work.now):
        raise NotFromHere("Somebody answered a moment ago. Look at it again.")


def _link(words: str) -> str | None:
    words = words.strip()
    if not words:
        return None
    if any(letter.isspace() for letter in words) or len(words) > LONGEST_LINK:
        raise BadInput("This is no link. Copy it from the browser’s address line.", field="link")
    words = words if "://" in words else f"https://{words}"
    try:
        parts = urlsplit(words)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or ""):
        raise BadInput("This is no link to a page. It begins with https:// and names a website.", field="link")
    return words


def _news_until(work: Work, day: date | None) -> date | None:
    if day is not None and day < work.hours.local_day(work.now):
        raise BadInput("This day has passed. Choose one that is still to come, or leave it open.", field="until")
    return day


def _title_of(day: date) -> str:
    return f"{day:%B} bulletin"


def _deadline_from(work: Work, day: date) -> datetime:
    return moment_of(work.hours.working_day_after(day, WORKING_DAYS_TO_GIVE), AT_NOON, work.hours.zone)


def _relations(tx: Transaction, bulletin_id: int, person: Person) -> frozenset[Relation]:
    bulletin = bulletins.get(tx, bulletin_id)
    found = set()
    if bulletin is not None and bulletin.owner_id == person.id:
        found.add(Relation.OWNER)
    if bulletin_cards.is_asked(tx, bulletin_id, person):
        found.add(Relation.ASKED)
    return frozenset(found)


FEATURE = Feature(
    kind=SubjectKind.BULLETIN,
    relations=_relations,
    is_there=lambda tx, bulletin_id: bulletins.get(tx, bulletin_id) is not None,
    not_there=NOT_THERE,
    for_channels=False,  # a channel is not told who has said nothing
    title=lambda tx, bulletin_id: bulletin_cards.get(tx, bulletin_id).title,
    owner_id=lambda tx, bulletin_id: bulletin_cards.get(tx, bulletin_id).owner_id,
    loaders={
        PostingKind.BULLETIN_REQUEST: bulletin_cards.load_request,
        PostingKind.BULLETIN_CARD: bulletin_cards.load_card,
        PostingKind.BULLETIN_FILE: bulletin_cards.load_file,
    },
    parts=PARTS,
    makers={PostingKind.BULLETIN_FILE: bulletin_cards.make_file},
)
