"""Enquiries that look like one on file: pointed out to whoever logs them, and shown on the cards of both."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.core import likeness, outbox
from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.core.likeness import OPEN_STORY_WITHIN, STORY_WITHIN, Asked
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_cards, enquiry_steps
from bot.desk.enquiry_cards import EnquiryLine
from storage import alikes as records
from storage import enquiries, sensitive, statements
from storage import enquiry_lists as lists
from storage.alikes import Because
from storage.enquiries import Enquiry
from storage.statements import Dispatch, Statement

MOST_COMPARED = 500
"""Of what came in lately, the newest: a desk that gets more than these in five days has other worries."""
MOST_POINTED_OUT = 3


@dataclass(frozen=True)
class Alike:
    """An enquiry on file that another looks like."""

    enquiry: Enquiry
    because: Because


class WhatToDo(StrEnum):
    """With what was to be logged and looks like something on file."""

    LOG = "new"
    FOLLOW = "follow"
    NOTE = "note"
    EMAIL = "email"


@dataclass(frozen=True)
class Decided:
    """What whoever logs an enquiry was shown (ids), and what they chose to do, with which of these (`other_id`)."""

    shown: frozenset[int] = frozenset()
    what: WhatToDo = WhatToDo.LOG
    other_id: int | None = None

    @property
    def follows_id(self) -> int | None:
        return self.other_id if self.what is WhatToDo.FOLLOW else None


class LooksAlike(BadInput):
    """The enquiry looks like one on file that the person was not shown: they are asked what to do."""


@dataclass(frozen=True)
class Beside:
    """One that an enquiry looks like: how it stands, and what went out in answer to it."""

    line: EnquiryLine
    because: Because
    sent: tuple[tuple[Statement, Dispatch], ...]


@dataclass(frozen=True)
class AlikePage:
    """An enquiry beside those that it looks like."""

    line: EnquiryLine
    beside: tuple[Beside, ...]
    follows_id: int | None


def found(work: Work, asked: Asked, *, but: int | None = None) -> list[Alike]:
    """What looks like it, of what may be seen by whoever asks; the closest first. `but` is its own id."""
    others = [one for one in _on_file(work, asked) if one.id != but]
    compared = [
        Asked(
            journalist=one.journalist,
            email=one.email or "",
            phone=one.phone or "",
            outlet=one.outlet,
            question=one.question,
            received_at=one.received_at,
            is_open=one.is_open,
        )
        for one in others
    ]
    because = {}
    for like in likeness.look_alikes(asked, compared)[:MOST_POINTED_OUT]:
        both = like.same_journalist and like.same_story
        alone = Because.JOURNALIST if like.same_journalist else Because.STORY
        because[others[like.place].id] = Because.BOTH if both else alone
    return [Alike(enquiry, because[enquiry.id]) for enquiry in lists.in_this_order(work.tx, list(because))]


def ask(work: Work, asked: Asked, decided: Decided | None) -> None:
    """Raises `LooksAlike` where it looks like something that the person may see and was not shown yet."""
    if decided is None:
        return
    with sensitive.shown_to(work.tx, work.person):
        new = [one for one in found(work, asked) if one.enquiry.id not in decided.shown]
    if new:
        listed = ", ".join(one.enquiry.reference for one in new)
        raise LooksAlike(f"This looks like {listed}. Say on top of the form what to do with it.", field="alike")


def notice(work: Work, enquiry: Enquiry) -> None:
    """Remembers what an enquiry looks like, as it is logged by now, and shows it on the cards of both."""
    asked = Asked(
        journalist=enquiry.journalist,
        email=enquiry.email or "",
        phone=enquiry.phone or "",
        outlet=enquiry.outlet,
        question=enquiry.question,
        received_at=enquiry.received_at,
    )
    for like in found(work, asked, but=enquiry.id):
        if records.notice(work.tx, enquiry.id, like.enquiry.id, like.because, at=work.now):
            outbox.redraw(work, enquiry_steps.subject_of(like.enquiry.id))


def look(desk: Desk, caller: Caller, enquiry_id: int) -> AlikePage:
    """An enquiry and those it looks like, with how they stand and what was sent."""
    with desk.looking(caller, Act.SEE_ENQUIRIES, enquiry_steps.subject_of(enquiry_id)) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        pairs = records.of(work.tx, enquiry_id)
        lines = enquiry_cards.lines(work.tx, [enquiry, *(other for other, _ in pairs)], work.now)
        sent = statements.dispatches_to(work.tx, [other.id for other, _ in pairs])
        card = enquiry_cards.card(work, enquiry)
        beside = tuple(
            Beside(line, because, tuple(sent[other.id]))
            for line, (other, because) in zip(lines[1:], pairs, strict=True)
        )
        return AlikePage(lines[0], beside, card.follows.id if card.follows else None)


def set_aside(desk: Desk, caller: Caller, enquiry_id: int, other_id: int) -> None:
    """These two have nothing to do with each other: their cards do not say so any more."""
    with desk.acting(caller, Act.SET_LOOK_ALIKE_ASIDE, enquiry_steps.subject_of(enquiry_id)) as work:
        other = seen(work, other_id)
        if not records.set_aside(work.tx, enquiry_id, other.id, by=work.person, at=work.now):
            raise NotFromHere("This was set aside a moment ago. Nothing more is needed.")
        for one in (enquiry_id, other.id):
            outbox.redraw(work, enquiry_steps.subject_of(one))
        work.record(Act.SET_LOOK_ALIKE_ASIDE, enquiry_steps.subject_of(enquiry_id), other=other.reference)


def seen(work: Work, enquiry_id: int) -> Enquiry:
    """Another enquiry than the one acted on, if the person may see it. Raises `NotFound` where not."""
    other = enquiries.get(work.tx, enquiry_id)
    if other is None or not work.may_see(work.person, enquiry_steps.subject_of(enquiry_id)):
        raise NotFound(enquiry_steps.NOT_THERE)
    return other


def _on_file(work: Work, asked: Asked) -> Collection[records.OnFile]:
    return records.on_file(
        work.tx,
        around=asked.received_at,
        recent=STORY_WITHIN,
        open_for=OPEN_STORY_WITHIN,
        limit=MOST_COMPARED,
    )
