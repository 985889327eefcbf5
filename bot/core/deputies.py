"""Who sees to what somebody owes, while that person is away.

Somebody's deputy; if these are away too, their deputy, and so on. Whoever left Slack for good and has a deputy counts
as away; without one, a press officer carries what they owe to them, as for everybody outside Slack.
"""

from collections.abc import Collection
from dataclasses import dataclass

from bot.core import outbox
from bot.core.outbox import said
from bot.core.workspaces import Work
from storage import leave, people
from storage.outbox import PostingKind
from storage.people import Person, Role
from storage.subjects import Subject


@dataclass(frozen=True)
class Cover:
    """Who acts for somebody now: themselves, or a deputy. With `person` None nobody does, and `because` says why."""

    person: Person | None
    because: str = ""


def cover(work: Work, whose: Person, *, cannot: Collection[int] = ()) -> Cover:
    """Who acts for somebody now. `cannot`: those who may not stand in (ids), such as the author of a draft."""
    away = leave.away(work.tx, work.now)
    has_left = whose.left_at is not None and whose.deputy_id is not None
    if whose.id not in away and not has_left:
        return Cover(whose)
    found = _deputy(work, whose, frozenset(away), frozenset(cannot))
    if found.person is None and whose.id not in away:
        return Cover(whose)
    return found


def _deputy(work: Work, whose: Person, away: frozenset[int], cannot: frozenset[int]) -> Cover:
    seen, at, because = {whose.id}, whose, ""
    while at.deputy_id is not None:
        deputy = people.get(work.tx, at.deputy_id)
        if deputy is None:
            break
        if deputy.id in seen:
            return Cover(None, because=f"{because}The deputies stand in for each other. ")
        if deputy.id not in away and deputy.id not in cannot and deputy.left_at is None:
            return Cover(deputy)
        seen.add(deputy.id)
        why = "wrote this draft, and no one signs what they wrote" if deputy.id in cannot else "is away too"
        because += f"{deputy.name}, who would stand in, {why}. "
        at = deputy
    return Cover(None, because=f"{because}{at.name} has no deputy. ")


def cover_on(work: Work, subject: Subject, whose: Person) -> Cover:
    """The same for what somebody owes on a record. Not everybody may stand in for everything."""
    found = cover(work, whose)
    deputy = found.person
    if deputy is None or deputy.id == whose.id or work.features.may_stand_in(work, subject, deputy):
        return found
    return Cover(None, because=f"{deputy.name}, who would stand in, may not see to this one. ")


def acting_for(work: Work, whose: Person, *, about: Subject) -> Person:
    """Who acts for somebody now; they themselves where nobody stands in, or who does may not see the record."""
    found = cover(work, whose).person
    return found if found is not None and work.may_see(found, about) else whose


def present(work: Work, several: Collection[Person]) -> list[Person]:
    """These people, or whoever stands in for those of them who are away. Nobody twice."""
    found = {one.id: one for person in several if (one := cover(work, person).person) is not None}
    return list(found.values())


def who_hears(work: Work, subject: Subject, several: Collection[Person]) -> list[Person]:
    """Of these people, or those who stand in for them, who may see a record and is in Slack.

    Where standing in opens nobody's eyes to it, those who are away hear of it themselves, rather than nobody.
    """
    for found in (present(work, several), several):
        hearing = [person for person in found if person.on_slack and work.may_see(person, subject)]
        if hearing:
            return hearing
    return []


def ask_for_help(work: Work, subject: Subject, whose: Person, because: str) -> None:
    """Somebody is away, owes something, and nobody stands in: whoever can mend that is told, once for each absence.

    The comms leads and the owner of the record; if none of them is at hand, the press channel. Of what not everybody
    may see, the channel hears nothing.
    """
    back_at = leave.away(work.tx, work.now).get(whose.id)
    title = work.features.title(work.tx, subject)
    until = "until {back}" if back_at else "and has left this workspace"
    stands_in = cover(work, whose).person
    nobody = "nobody stands in" if stands_in is None or stands_in.id == whose.id else "nobody can stand in for this one"
    sentence = said(
        f"{whose.name} is away {until}, and {nobody}. {because}{title} waits for them. Name a deputy who is "
        "there: press Show who is away. For a signature you can also ring them and press Record reply on its "
        "card; the comms lead can go on without it there.",
        times={"back": back_at} if back_at else {},
        away=True,
    )
    owner_id = work.features.owner_id(work.tx, subject)
    owner = people.get(work.tx, owner_id) if owner_id else None
    is_open = work.may_see(None, subject)
    asked = [*people.holding(work.tx, Role.COMMS_LEAD), *([owner] if owner else [])]
    at_hand = present(work, asked) if is_open else who_hears(work, subject, asked)
    told = [person for person in at_hand if person.on_slack and person.id != whose.id]
    key = f"nobody:{subject.kind}:{subject.id}:{whose.id}:{back_at}"
    for person in told:
        outbox.tell(work, person, subject, sentence, dedupe_key=f"{key}:{person.id}")
    if not told and is_open and work.settings.press_channel_id:
        outbox.post(
            work,
            PostingKind.NOTICE,
            subject,
            channel_id=work.settings.press_channel_id,
            detail=sentence,
            dedupe_key=f"{key}:channel",
        )
