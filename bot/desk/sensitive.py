"""Sensitive enquiries: only those who work on them see them (DOMAIN §8)."""

from collections.abc import Collection

from bot.core import outbox
from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_cards, enquiry_places, facts_steps
from bot.desk.enquiry_steps import NOT_THERE, possible_owners
from storage import enquiries, people
from storage import sensitive as records
from storage.enquiries import Enquiry
from storage.outbox import Posting
from storage.people import Person, Role
from storage.subjects import Subject, SubjectKind


def mark(desk: Desk, caller: Caller, enquiry_id: int, *, once: str) -> None:
    """From now on only those who work on it see it: its card and what the desk said below it go from the channel.

    Whoever marks it is let in, and is told whose replies stand below the card: only they can delete them.
    """
    with desk.acting(caller, Act.MARK_SENSITIVE, _id(enquiry_id), once=once) as work:
        enquiry = _get(work, enquiry_id)
        enquiry = _change(work, enquiry, Act.MARK_SENSITIVE)
        records.let_in(work.tx, enquiry.id, work.person, by=work.person, at=work.now)
        enquiry_places.hide(work, enquiry, by=work.person)
        facts_steps.redraw_all(work, enquiry.id)
        enquiry_places.put_up(work, enquiry)
        sentence = f"{work.person.name} marked {enquiry.reference} as sensitive. Only those who work on it see it."
        enquiry_places.say(work, enquiry.id, said(sentence))
        _redraw_homes(work)
        work.record(Act.MARK_SENSITIVE, _id(enquiry_id))


def show_to_all(desk: Desk, caller: Caller, enquiry_id: int, *, once: str) -> None:
    """It is not sensitive any more: its card stands in the press channel again."""
    with desk.acting(caller, Act.SHOW_TO_ALL, _id(enquiry_id), once=once) as work:
        enquiry = _get(work, enquiry_id)
        enquiry = _change(work, enquiry, Act.SHOW_TO_ALL)
        enquiry_places.show_to_all(work, enquiry)
        facts_steps.redraw_all(work, enquiry.id)
        enquiry_places.say(work, enquiry.id, said(f"{work.person.name} opened {enquiry.reference} to everybody here."))
        _redraw_homes(work)
        work.record(Act.SHOW_TO_ALL, _id(enquiry_id))


def let_in(desk: Desk, caller: Caller, enquiry_id: int, person_ids: Collection[int], *, once: str) -> None:
    """Lets more people in on a sensitive enquiry. Each gets its card."""
    with desk.acting(caller, Act.LET_IN, _id(enquiry_id), once=once) as work:
        enquiry = _change(work, _get(work, enquiry_id), Act.LET_IN)
        chosen = people.several(work.tx, person_ids)
        if not chosen:
            raise BadInput("Choose whom to let in.", field="people")
        new = [person for person in chosen if records.let_in(work.tx, enquiry.id, person, by=work.person, at=work.now)]
        if not new:
            raise BadInput("They are in already. Choose somebody else.", field="people")
        enquiry_places.put_up(work, enquiry)
        facts_steps.redraw_all(work, enquiry.id)
        names = ", ".join(person.name for person in new)
        enquiry_places.say(work, enquiry.id, said(f"{work.person.name} let {names} in."))
        work.record(Act.LET_IN, _id(enquiry_id), people=[person.id for person in new])


def could_be_let_in(desk: Desk, caller: Caller, enquiry_id: int) -> tuple[Enquiry, list[Person]]:
    """The enquiry, and those in Slack who do not see it yet."""
    with desk.looking(caller, Act.LET_IN, _id(enquiry_id)) as work:
        enquiry = _get(work, enquiry_id)
        _after(enquiry, Act.LET_IN)
        outside = [
            person
            for person in people.everyone(work.tx)
            if person.on_slack and not work.may_see(person, _id(enquiry_id))
        ]
        return enquiry, outside


def look_at(desk: Desk, caller: Caller, enquiry_id: int, act: Act) -> Enquiry:
    """The enquiry, for the form that asks whether this is meant."""
    with desk.looking(caller, act, _id(enquiry_id)) as work:
        enquiry = _get(work, enquiry_id)
        _after(enquiry, act)
        return enquiry


def replies_remain(desk: Desk, card: Posting, counts: dict[str, int]) -> None:
    """Others wrote below a card that was taken back: who, by Slack id, and how often. Whoever took it back is told."""
    with desk.on_its_own(card.workspace_id) as work:
        reader = people.get(work.tx, card.taken_back_by_id) if card.taken_back_by_id else None
        named = [(people.by_slack(work.tx, user_id), user_id, count) for user_id, count in sorted(counts.items())]
        listed = ", ".join(f"{person.name if person else user_id} ({count})" for person, user_id, count in named)
        outbox.tell(
            work,
            reader,
            card.subject,
            said(
                "The card is gone from the channel, but people’s own replies below it stay until they delete them. "
                f"Please ask: {listed}.",
                channel=card.posted_in,
            ),
            dedupe_key=f"replies:{card.id}",
        )


def _change(work: Work, enquiry: Enquiry, act: Act) -> Enquiry:
    if not enquiries.change(work.tx, enquiry, to=enquiry.status, is_sensitive=_after(enquiry, act)):
        raise NotFromHere(f"Somebody changed {enquiry.reference} a moment ago. Look at its card and try again.")
    return _get(work, enquiry.id)


def _after(enquiry: Enquiry, act: Act) -> bool:
    """Whether the enquiry is sensitive after an act. Raises `NotFromHere` where the act is not for it."""
    is_sensitive = enquiry_cards.SENSITIVITY.get((enquiry.is_sensitive, act))
    if is_sensitive is not None:
        return is_sensitive
    if enquiry.is_sensitive:
        raise NotFromHere(f"{enquiry.reference} is marked as sensitive already.")
    raise NotFromHere(f"{enquiry.reference} is not sensitive. Everybody in the press channel sees it.")


def _redraw_homes(work: Work) -> None:
    readers = [*possible_owners(work.tx), *people.holding(work.tx, Role.COMMS_LEAD)]
    outbox.redraw_homes(work, {person.id for person in readers})


def _get(work: Work, enquiry_id: int) -> Enquiry:
    enquiry = enquiries.get(work.tx, enquiry_id)
    if enquiry is None:
        raise NotFound(NOT_THERE)
    return enquiry


def _id(enquiry_id: int) -> Subject:
    return Subject(SubjectKind.ENQUIRY, enquiry_id)
