"""More time: asked of a journalist, given or not, and kept with who said so and how."""

from dataclasses import dataclass
from datetime import datetime

from bot.core import deadlines
from bot.core.deadline_reader import read_deadline, understood
from bot.core.errors import BadInput
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_deadlines, enquiry_steps, hearing
from bot.desk.unblocking import HEARD_WORDS
from storage.deadline_changes import Because
from storage.enquiries import Enquiry
from storage.signoffs import HeardBy

LONGEST_NAME = 200


@dataclass(frozen=True)
class MoreTime:
    """What the journalist agreed to, as the form gives it. `deadline` is UTC; `words` are those it may be read from."""

    deadline: datetime | None
    words: str
    agreed_by: str
    how: HeardBy | None
    late_is_meant: bool = False


@dataclass(frozen=True)
class Asking:
    """What to send to the journalist to ask for more time, and to whom."""

    enquiry: Enquiry
    to: str
    text: str


@dataclass(frozen=True)
class Understood:
    """A deadline that was read from words, for a person to check before it counts."""

    enquiry: Enquiry
    more: MoreTime
    sentence: str


def to_ask(desk: Desk, caller: Caller, enquiry_id: int) -> Asking:
    """The text with which to ask for more time."""
    with desk.looking(caller, Act.ASK_FOR_MORE_TIME, enquiry_steps.subject_of(enquiry_id)) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        enquiry_steps.next_status(enquiry, Act.ASK_FOR_MORE_TIME)
        to = ", ".join(part for part in (enquiry.journalist, enquiry.email, enquiry.phone) if part)
        return Asking(enquiry, to, _asking(work, enquiry))


def _asking(work: Work, enquiry: Enquiry) -> str:
    return (
        f"Dear {enquiry.journalist}\n\n"
        f"{_begins(work, enquiry.deadline)} Could you give us a little longer, and tell us the latest time that works "
        "for you?\n\n"
        f"{work.person.name}"
    )


def _begins(work: Work, deadline: datetime | None) -> str:
    working = "Thank you for your enquiry. We are working on an answer and want it to be right."
    if deadline is None:
        return working
    by = _clock(work, deadline)
    if deadline <= work.now:
        return f"Please accept our apologies: you asked for an answer by {by}, and it is late. We are working on it."
    return f"{working} You asked for it by {by}."


def _clock(work: Work, at: datetime) -> str:
    """Thu 3 June, 4pm: by the office's clocks, for a text that leaves Slack."""
    return understood(at, now=work.now, zone=work.hours.zone).rpartition(", ")[0]


def read_words(desk: Desk, caller: Caller, enquiry_id: int, more: MoreTime) -> Understood:
    """What “4pm Thursday” means, in words to be checked. `BadInput` where it names no time to come."""
    with desk.looking(caller, Act.AGREE_MORE_TIME, enquiry_steps.subject_of(enquiry_id)) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        reading = read_deadline(more.words, received_at=work.now, now=work.now, zone=work.hours.zone, hours=work.hours)
        if reading.at is None:
            raise BadInput(reading.why_not or "No time was found in this. Choose it above.", field="words")
        doubt = "" if reading.certain else " This may be wrong."
        sentence = f"Read as: {understood(reading.at, now=work.now, zone=work.hours.zone)}.{doubt} Please check."
        return Understood(enquiry, MoreTime(reading.at, "", more.agreed_by, more.how), sentence)


def agree(desk: Desk, caller: Caller, enquiry_id: int, more: MoreTime, *, once: str) -> None:
    """The journalist gave more time: all that hangs on the deadline moves, and whoever was asked to sign sees it."""
    with desk.acting(caller, Act.AGREE_MORE_TIME, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        enquiry_steps.next_status(enquiry, Act.AGREE_MORE_TIME)
        agreed_by, deadline, was = _named(enquiry, more.agreed_by), more.deadline, enquiry.deadline
        if deadline is None:
            raise BadInput("Choose the new deadline, or write it in words below.", field="deadline")
        if was is not None and deadline <= was:
            raise BadInput(
                "More time means a later deadline than now. If it was noted wrongly, use Change deadline.",
                field="deadline",
            )
        enquiry_deadlines.check_deadline(work, deadline, late_is_meant=more.late_is_meant)
        how = hearing.chosen(more.how)
        enquiry_steps.change(work, enquiry, Act.AGREE_MORE_TIME, deadline=deadline)
        enquiry_deadlines.note_change(
            work, enquiry.id, Because.AGREED, was=was, now=deadline, agreed_by=agreed_by, heard_by=how
        )
        longer = f", {deadlines.in_words(deadline - was)} more" if was is not None else ""
        sentence = f"{agreed_by} agreed {HEARD_WORDS[how]} to {{deadline}}{longer}. {work.person.name} noted it."
        times = enquiry_steps.times(deadline)
        enquiry_steps.deadline_changed(work, enquiry.id, said(sentence, times=times))
        work.record(
            Act.AGREE_MORE_TIME,
            enquiry_steps.subject_of(enquiry.id),
            was=was.isoformat() if was else None,
            now=deadline.isoformat(),
            heard_by=how.value,
            personal={"agreed_by": agreed_by},
        )


def refused(desk: Desk, caller: Caller, enquiry_id: int, said_by: str, how: HeardBy | None, *, once: str) -> None:
    """They gave no more time: the deadline stays, and whoever owns it is told what remains."""
    with desk.acting(caller, Act.ASK_FOR_MORE_TIME, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        enquiry_steps.next_status(enquiry, Act.ASK_FOR_MORE_TIME)
        name, how, deadline = _named(enquiry, said_by), hearing.chosen(how), enquiry.deadline
        enquiry_deadlines.note_change(
            work, enquiry.id, Because.REFUSED, was=deadline, now=deadline, agreed_by=name, heard_by=how
        )
        stays = " The deadline stays {deadline}." if deadline else ""
        sentence = (
            f"{name} gave no more time, {HEARD_WORDS[how]}.{stays} {work.person.name} noted it. What remains: send "
            "what is signed, or a holding line first, which is short and is signed as well."
        )
        times = enquiry_steps.times(deadline)
        enquiry_steps.say(work, enquiry, said(sentence, times=times, holding=enquiry.id))
        work.record(
            Act.ASK_FOR_MORE_TIME,
            enquiry_steps.subject_of(enquiry.id),
            answer="no",
            heard_by=how.value,
            personal={"agreed_by": name},
        )


def look_at(desk: Desk, caller: Caller, enquiry_id: int, act: Act) -> Enquiry:
    """The enquiry, for the form of an act on its deadline."""
    with desk.looking(caller, act, enquiry_steps.subject_of(enquiry_id)) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        enquiry_steps.next_status(enquiry, act)
        return enquiry


def _named(enquiry: Enquiry, name: str) -> str:
    """Who said it: the journalist, unless somebody else is named."""
    name = " ".join(name.split()) or enquiry.journalist
    if len(name) > LONGEST_NAME:
        raise BadInput(f"Shorten this to {LONGEST_NAME} characters.", field="agreed_by")
    return name
