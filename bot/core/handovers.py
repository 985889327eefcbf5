"""What is owed goes to whoever sees to it now: to deputies when people leave, and back when they return.

How things should be is worked out from who is away and compared with how they are, so that nothing depends on when, or
how often, this runs: after a downtime, or in several processes at once, it comes to the same.
"""

from collections import defaultdict
from collections.abc import Iterable

from bot.core import deputies, digests, obligations, outbox, turns
from bot.core.outbox import said
from bot.core.workspaces import Work
from storage import leave, people
from storage import obligations as records
from storage import outbox as postings
from storage.obligations import Duty, Obligation
from storage.people import Person
from storage.subjects import Subject, SubjectKind

MOST_TITLES = 10
"""How many things are named in the word to whoever gets them; their home shows them all."""


def settle(work: Work) -> None:
    """Gives everything that people who are away owe to their deputies, and what was theirs back to who is there."""
    away = leave.away(work.tx, work.now)
    left = {person.id for person in people.left_with_deputy(work.tx)}
    moved: dict[tuple[int, int], list[str]] = defaultdict(list)
    for owed in records.of_the_away(work.tx, away.keys() | left):
        whose, was = owed.whose, owed.owner
        if whose is None or not _give(work, owed, whose):
            continue
        if was is not None:
            _take_back(work, owed.subject, was)
        now = records.get(work.tx, owed.id)
        if now is not None and now.owner_id is not None and now.is_open:
            outbox.redraw(work, owed.subject)
            moved[now.owner_id, whose.id].append(work.features.title(work.tx, owed.subject))
            work.record(
                "handed_over", owed.subject, duty=owed.duty.value, whose=whose.id, was=owed.owner_id, now=now.owner_id
            )
    for (holder_id, whose_id), titles in moved.items():
        holder, owner = turns.must_get(work, holder_id), turns.must_get(work, whose_id)
        _tell(work, holder, owner, dict.fromkeys(titles))


def _give(work: Work, owed: Obligation, whose: Person) -> bool:
    if owed.duty is Duty.SIGN:
        return turns.settle(work, owed.subject, whose.id)
    found = deputies.cover(work, whose)
    if found.person is None:
        deputies.ask_for_help(work, owed.subject, whose, found.because)
    return obligations.give_to(work, owed, found.person or whose)


def _take_back(work: Work, subject: Subject, was: Person) -> None:
    """Whoever no longer stands in keeps nothing of what only those who work on it may see."""
    if not work.may_see(was, subject):
        told = postings.of(work.tx, subject, person_id=was.id)
        postings.take_back(work.tx, [posting.id for posting in told], work.now, by=None)
        digests.redraw_for(work, was)


def _tell(work: Work, holder: Person, owner: Person, titles: Iterable[str]) -> None:
    named = list(titles)
    listed = "; ".join(named[:MOST_TITLES])
    more = f"; and {len(named) - MOST_TITLES} more" if len(named) > MOST_TITLES else ""
    back_at = leave.away(work.tx, work.now).get(owner.id)
    if holder.id == owner.id:
        sentence = said(f"You are back, and so is what waits for you: {listed}{more}. Your Home shows it all.")
    elif back_at is None:
        sentence = said(f"You stand in for {owner.name}. With you now: {listed}{more}. Your Home shows it all.")
    else:
        sentence = said(
            f"{owner.name} is away until {{back}}, and you stand in. With you now: {listed}{more}. "
            "Your Home shows it all.",
            times={"back": back_at},
        )
    outbox.tell(work, holder, Subject(SubjectKind.PERSON, owner.id), sentence)
