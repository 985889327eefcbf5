"""Where the card of an enquiry stands: in the press channel, or, if it is sensitive, with each who works on it."""

from bot.core import digests, outbox
from bot.core.workspaces import Work
from storage import enquiries, facts, obligations, people, sensitive, statements
from storage import outbox as postings
from storage.enquiries import Enquiry
from storage.outbox import Posting, PostingKind
from storage.people import Person, Role
from storage.statements import StatementStatus
from storage.subjects import Subject, SubjectKind


def put_up(work: Work, enquiry: Enquiry) -> None:
    """Puts the card up wherever it should stand and does not; with its statements below it."""
    if not enquiry.is_sensitive:
        if not _cards(work, enquiry):
            _put_up(work, enquiry, channel_id=work.settings.press_channel_id)
        return
    there = {card.person_id for card in _cards(work, enquiry)}
    for person in _circle(work, enquiry):
        if person.on_slack and person.id not in there:
            _put_up(work, enquiry, person=person)


def hide(work: Work, enquiry: Enquiry, *, by: Person) -> None:
    """Takes back all that was said of an enquiry to those who may not see it, and draws what names it anew.

    `by` is told if others have written below a card: only they can delete their words.
    """
    for subject in _subjects(work, enquiry):
        said = postings.of(work.tx, subject)
        gone = [posting.id for posting in said if not work.may_see(posting.person, subject)]
        postings.take_back(work.tx, gone, work.now, by=by.id)
        for obligation in obligations.every_one_on(work.tx, subject):
            outbox.redraw_reminders(work, obligation.id)
    digests.redraw(work, set(_subjects(work, enquiry)))


def show_to_all(work: Work, enquiry: Enquiry) -> None:
    """Puts one card into the press channel in place of those with single people."""
    alone = [card.id for card in _cards(work, enquiry) if card.person_id is not None]
    postings.take_back(work.tx, alone, work.now, by=None)
    _put_up(work, enquiry, channel_id=work.settings.press_channel_id)


def move(work: Work, channel_id: str) -> None:
    """Another channel is the press channel: cards that never reached their own, or no longer can, go up there."""
    for enquiry in enquiries.not_closed(work.tx, limit=1000):
        if enquiry.is_sensitive:
            continue
        old = _cards(work, enquiry)
        if any(card.ts is not None and card.failed_because is None for card in old):
            continue
        for card in old:
            postings.cancel_below(work.tx, card, work.now)
        _put_up(work, enquiry, channel_id=channel_id)


def say(work: Work, enquiry_id: int, sentence: dict[str, object]) -> None:
    """Adds a sentence to the history of an enquiry, wherever its card stands."""
    outbox.say_below(work, Subject(SubjectKind.ENQUIRY, enquiry_id), sentence)


def show_statement(work: Work, enquiry_id: int, statement_id: int) -> None:
    """Puts a new statement below each card of an enquiry that it answers."""
    for card in outbox.cards_of(work, Subject(SubjectKind.ENQUIRY, enquiry_id)):
        outbox.post(work, PostingKind.STATEMENT_CARD, Subject(SubjectKind.STATEMENT, statement_id), below=card)


def show_facts(work: Work, enquiry_id: int, request_id: int) -> None:
    """Puts what became of a question below each card of its enquiry."""
    for card in outbox.cards_of(work, Subject(SubjectKind.ENQUIRY, enquiry_id)):
        outbox.post(work, PostingKind.FACTS_CARD, Subject(SubjectKind.FACTS, request_id), below=card)


def _put_up(work: Work, enquiry: Enquiry, *, channel_id: str | None = None, person: Person | None = None) -> None:
    if channel_id is None and person is None:
        return
    subject = Subject(SubjectKind.ENQUIRY, enquiry.id)
    card = outbox.post(work, PostingKind.ENQUIRY_CARD, subject, channel_id=channel_id, person=person)
    for statement in statements.of_enquiry(work.tx, enquiry.id):
        if statement.status is not StatementStatus.WITHDRAWN:
            about = Subject(SubjectKind.STATEMENT, statement.id)
            outbox.post(work, PostingKind.STATEMENT_CARD, about, below=card)
    for request in facts.of_enquiry(work.tx, enquiry.id):
        outbox.post(work, PostingKind.FACTS_CARD, Subject(SubjectKind.FACTS, request.id), below=card)


def _cards(work: Work, enquiry: Enquiry) -> list[Posting]:
    return outbox.cards_of(work, Subject(SubjectKind.ENQUIRY, enquiry.id))


def _circle(work: Work, enquiry: Enquiry) -> list[Person]:
    """Those who find the card of a sensitive enquiry with the bot: who was let in, its owner, and the comms leads."""
    found = {person.id: person for person in sensitive.insiders(work.tx, enquiry.id)}
    if enquiry.owner is not None:
        found[enquiry.owner.id] = enquiry.owner
    found |= {person.id: person for person in people.holding(work.tx, Role.COMMS_LEAD)}
    return list(found.values())


def _subjects(work: Work, enquiry: Enquiry) -> list[Subject]:
    tied = statements.of_enquiry(work.tx, enquiry.id)
    return [
        Subject(SubjectKind.ENQUIRY, enquiry.id),
        *(Subject(SubjectKind.STATEMENT, statement.id) for statement in tied),
        *(Subject(SubjectKind.FACTS, request.id) for request in facts.of_enquiry(work.tx, enquiry.id)),
    ]
