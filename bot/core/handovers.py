"""What is owed goes to whoever sees to it now: to deputies when people leave, and back when they return.

How things should be is worked out from who is away and compared with how they are, so that nothing depends on when, or
how often, this runs: after a downtime, or in several processes at once, it comes to the same.
"""

from collections import defaultdict
from collections.abc import Sequence

from bot.core import deputies, digests, obligations, outbox, turns
from bot.core.outbox import said
from bot.core.workspaces import Work
from storage import leave, people
from storage import obligations as records
from storage import outbox as postings
from storage.obligations import Duty, Obligation
from storage.people import Person
from storage.subjects import Subject, SubjectKind


def settle(work: Work) -> None:
    """Gives everything that people who are away owe to their deputies, and what was theirs back to who is there."""
    away = leave.away(work.tx, work.now)
    left = {person.id for person in people.left_with_deputy(work.tx)}
    moved: dict[tuple[int, int], list[Subject]] = defaultdict(list)
    for owed in records.of_the_away(work.tx, away.keys() | left):
        whose, was = owed.whose, owed.owner
        if whose is None or not _give(work, owed, whose):
            continue
        if was is not None:
            _take_back(work, owed.subject, was)
        now = records.get(work.tx, owed.id)
        if now is not None and now.owner_id is not None and now.is_open:
            outbox.redraw(work, owed.subject)
            moved[now.owner_id, whose.id].append(owed.subject)
            work.record(
                "handed_over", owed.subject, duty=owed.duty.value, whose=whose.id, was=owed.owner_id, now=now.owner_id
            )
    for (holder_id, whose_id), subjects in moved.items():
        holder, owner = turns.must_get(work, holder_id), turns.must_get(work, whose_id)
        _tell(work, holder, owner, list(dict.fromkeys(subjects)))


def _give(work: Work, owed: Obligation, whose: Person) -> bool:
    if owed.duty is Duty.SIGN:
        return turns.settle(work, owed.subject, whose.id)
    if owed.rung < 0 and obligations.waits_for(work, owed.duty, whose, owed.next_reminder_at):
        return obligations.give_to(work, owed, whose)
    found = deputies.cover_on(work, owed.subject, whose)
    if found.person is None and owed.duty not in obligations.CAN_WAIT:
        deputies.ask_for_help(work, owed.subject, whose, found.because)
    return obligations.give_to(work, owed, found.person or whose)


def _take_back(work: Work, subject: Subject, was: Person) -> None:
    """Whoever no longer stands in keeps nothing of what only those who work on it may see."""
    if not work.may_see(was, subject):
        told = postings.of(work.tx, subject, person_id=was.id)
        postings.take_back(work.tx, [posting.id for posting in told], work.now, by=None)
        digests.redraw_for(work, was)


def _tell(work: Work, holder: Person, owner: Person, subjects: Sequence[Subject]) -> None:
    """One thing is named, in a message about it that goes when its reader may no longer see it; several are counted."""
    about = subjects[0] if len(subjects) == 1 else Subject(SubjectKind.PERSON, owner.id)
    what = work.features.title(work.tx, about) if len(subjects) == 1 else f"{len(subjects)} things"
    back_at = leave.away(work.tx, work.now).get(owner.id)
    times = {"back": back_at} if back_at else {}
    if holder.id == owner.id and back_at is not None:
        sentence = (
            f"Nobody stands in for you any more, so this is with you again, though you are away: {what}. To name "
            "somebody else, press I’m away… in your Home."
        )
    elif holder.id == owner.id:
        sentence = f"You are back, and so is what waits for you: {what}. Your Home shows it all."
    else:
        away = f"{owner.name} is away until {{back}}, and you stand in" if back_at else f"You stand in for {owner.name}"
        sentence = f"{away}. With you now: {what}. Your Home shows it all."
    outbox.tell(work, holder, about, said(sentence, times=times if "{back}" in sentence else {}))
