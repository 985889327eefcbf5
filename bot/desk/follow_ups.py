"""A journalist comes back for more: an enquiry that goes on with an earlier one."""

import re
from dataclasses import dataclass

from bot.core import outbox
from bot.core.errors import BadInput, NotFromHere
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import alikes, enquiry_places, enquiry_steps
from storage import alikes as alike_records
from storage import enquiries, sensitive
from storage import follow_ups as records
from storage.enquiries import Enquiry

MOST_OFFERED = 20
_REFERENCE = re.compile(r"(?:ENQ-)?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True)
class Earlier:
    """What an enquiry may go on with: the likeliest first."""

    enquiry: Enquiry
    likely: tuple[Enquiry, ...]


def choices(desk: Desk, caller: Caller, enquiry_id: int) -> Earlier:
    """Those that it looks like, and others of the same journalist or outlet."""
    with desk.looking(caller, Act.LINK_FOLLOW_UP, enquiry_steps.subject_of(enquiry_id)) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        alike = [other for other, _ in alike_records.of(work.tx, enquiry_id)]
        of_journalist = enquiries.of_journalist(work.tx, enquiry, limit=MOST_OFFERED)
        likely = {one.id: one for one in (*alike, *of_journalist)}
        return Earlier(enquiry, tuple(likely.values())[:MOST_OFFERED])


def look_at(desk: Desk, caller: Caller, enquiry_id: int) -> tuple[Enquiry, Enquiry]:
    """An enquiry and the one that it goes on with, for the form that asks whether to part them."""
    with desk.looking(caller, Act.UNLINK_FOLLOW_UP, enquiry_steps.subject_of(enquiry_id)) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        before = records.followed(work.tx, enquiry_id)
        if before is None:
            raise NotFromHere(_follows_none(enquiry))
        return enquiry, before


def link(
    desk: Desk, caller: Caller, enquiry_id: int, *, follows_id: int | None = None, typed: str = "", once: str | None
) -> None:
    """It goes on with another, chosen by id or typed as a reference; in place of any that it went on with before."""
    with desk.acting(caller, Act.LINK_FOLLOW_UP, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        records.take_turns(work.tx)
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        put_after(work, enquiry, alikes.seen(work, follows_id) if follows_id else _numbered(work, typed))


def unlink(desk: Desk, caller: Caller, enquiry_id: int, *, once: str) -> None:
    """It does not go on with another after all."""
    with desk.acting(caller, Act.UNLINK_FOLLOW_UP, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        with sensitive.shown_to(work.tx, work.person):
            before = records.followed(work.tx, enquiry_id)
        if before is None or not records.unlink(work.tx, enquiry_id):
            raise NotFromHere(_follows_none(enquiry))
        _say(work, enquiry, before, f"{work.person.name} took the link to {before.reference} away.")
        work.record(Act.UNLINK_FOLLOW_UP, enquiry_steps.subject_of(enquiry.id), followed=before.reference)


def put_after(work: Work, enquiry: Enquiry, before: Enquiry) -> None:
    """Within an act: the enquiry goes on with another. Raises `BadInput` where that would be a circle."""
    if before.id == enquiry.id:
        raise BadInput(f"{enquiry.reference} cannot follow itself. Choose another.", field="earlier")
    if enquiry.id in records.ids_before(work.tx, before.id):
        raise BadInput(
            f"{before.reference} follows {enquiry.reference} already, and cannot come before it, too. Choose another.",
            field="earlier",
        )
    was = records.ids_before(work.tx, enquiry.id)[:1]
    if was == [before.id]:
        raise NotFromHere(f"{enquiry.reference} follows {before.reference} already. Nothing more is needed.")
    records.unlink(work.tx, enquiry.id)
    records.link(work.tx, enquiry.id, before.id, by=work.person, at=work.now)
    for one in was:
        outbox.redraw(work, enquiry_steps.subject_of(one))
    _say(
        work, enquiry, before, f"{work.person.name} linked {enquiry.reference} to {before.reference}, which it follows."
    )
    work.record(Act.LINK_FOLLOW_UP, enquiry_steps.subject_of(enquiry.id), follows=before.reference)


def _say(work: Work, enquiry: Enquiry, before: Enquiry, sentence: str) -> None:
    """Where both are shown. What names one that not everybody sees is said to nobody else."""
    for one, other in ((enquiry, before), (before, enquiry)):
        enquiry_places.say_beside(work, one.id, other.id, said(sentence))
        outbox.redraw(work, enquiry_steps.subject_of(one.id))


def _numbered(work: Work, typed: str) -> Enquiry:
    """The enquiry of a typed reference: `ENQ-3`, `enq-3` or `3`."""
    reference = _REFERENCE.fullmatch(typed.strip())
    if reference is None:
        raise BadInput("Choose the enquiry that it follows, or type its number, like ENQ-3.", field="number")
    with sensitive.shown_to(work.tx, work.person):
        found = enquiries.numbered(work.tx, int(reference[1]))
    if found is None:
        raise BadInput(f"There is no ENQ-{int(reference[1])}. Use /enquiry list to see what is open.", field="number")
    return found


def _follows_none(enquiry: Enquiry) -> str:
    return f"{enquiry.reference} does not follow another. Look at its card."
