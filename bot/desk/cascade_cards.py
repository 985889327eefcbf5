"""The cascade as people see it: the messages to take home, who has done so, and what was said of them."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core import deadlines
from bot.core.deadlines import Band
from bot.core.permissions import Act, Relation, may
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import cascade_steps
from bot.desk.cascade_steps import TRANSITIONS, about, subject_of
from storage import briefings, cascades, people, signoffs
from storage import obligations as obligation_records
from storage.briefings import Briefing
from storage.cascades import Cascade, CascadeReply, CascadeState, Count, NotAsked
from storage.database import Transaction
from storage.obligations import Duty
from storage.outbox import Posting
from storage.people import Person, Role
from storage.signoffs import SignatureState

PER_PAGE = 40
"""People on one page of *Who?*."""


@dataclass(frozen=True)
class CascadeRequest:
    """The messages as they are put to one person. `text` is what was signed, to the letter. Instants are UTC.

    `agreed` says who signed, in a sentence. `owner` is who sees to it: the person asked, or whoever stands in for them.
    """

    cascade: Cascade
    briefing: Briefing
    day: date
    text: str
    agreed: str
    replies: tuple[CascadeReply, ...]
    reader: Person
    is_stood_in: bool
    is_elsewhere: bool
    """Somebody else sees to it now."""
    replaces: bool
    """These take the place of messages that the same person was asked to take home before."""
    band: Band
    acts: frozenset[Act]
    redraw_at: datetime | None = None


@dataclass(frozen=True)
class CascadeLine:
    """One person in a list, with what they said last. `carried`: they are reached through the press office."""

    cascade: Cascade
    reply: CascadeReply | None
    is_carried: bool
    instead: Person | None = None
    """Who was asked in their place."""
    stands_in: Person | None = None


@dataclass(frozen=True)
class CascadeToCarry:
    """Whom whoever sees to the briefing reaches outside Slack, and what to send them."""

    briefing: Briefing
    day: date
    lines: tuple[CascadeLine, ...]
    email: str
    due_at: datetime


@dataclass(frozen=True)
class CascadeCard:
    """How many have passed a briefing's messages on."""

    briefing: Briefing
    day: date
    count: Count
    feedback: int
    band: Band
    is_replaced: bool
    redraw_at: datetime | None = None


@dataclass(frozen=True)
class WhoPassedOn:
    """One page of who has passed them on and who has not, those who have not said anything first."""

    briefing: Briefing
    day: date
    count: Count
    lines: tuple[CascadeLine, ...]
    offset: int
    total: int
    acts: frozenset[Act]


@dataclass(frozen=True)
class Feedback:
    """What people said, as far as it concerns the reader. `only`: of which organisation alone.

    The newest first; then, by what it says, whatever came of those who are not to be named: neither a time nor a place
    among the others tells whose it is.
    """

    briefing: Briefing
    day: date
    said: tuple[CascadeReply, ...]
    organisations: dict[int, str]
    """By the reply's id, of whom it is told: whose organisation. Nothing of those who are not to be named."""
    only: str | None


@dataclass(frozen=True)
class ToRecord:
    """What the form offers in which a press officer writes down what somebody said."""

    briefing: Briefing
    day: date
    offered: tuple[Cascade, ...]
    chosen: Cascade | None


@dataclass(frozen=True)
class ToAskInstead:
    """Whom the form offers, of the organisation of whoever could not."""

    cascade: Cascade
    briefing: Briefing
    day: date
    reply: CascadeReply | None
    colleagues: tuple[Person, ...]


_OF_ASKED = frozenset({Act.PASS_MESSAGES_ON, Act.CANNOT_PASS_ON, Act.READ_MESSAGES})
_OF_OFFICE = frozenset({Act.RECORD_PASSED_ON, Act.ASK_TO_PASS_ON})


def relations(tx: Transaction, cascade_id: int, person: Person) -> frozenset[Relation]:
    """What somebody is to a record: asked (also as the deputy of whoever was), or whom the briefing belongs to."""
    cascade = cascades.get(tx, cascade_id)
    if cascade is None:
        return frozenset()
    found = set()
    if _is_asked(tx, cascade, person):
        found.add(Relation.ASKED)
    briefing = briefings.get(tx, cascade.briefing_id)
    if briefing is not None and briefing.owner_id == person.id:
        found.add(Relation.OWNER)
    return frozenset(found)


def _is_asked(tx: Transaction, cascade: Cascade, person: Person) -> bool:
    """The person, their deputy (who is reminded on the fifth working day, and may act at once), whoever stands in, and
    whoever has answered already, to put that right."""
    return (
        person.id in {cascade.person_id, cascade.person.deputy_id}
        or obligation_records.is_stood_in_for(tx, subject_of(cascade.id), person.id, Duty.CASCADE)
        or cascades.has_replied(tx, cascade.id, person.id)
    )


def acts_for(work: Work, cascade: Cascade, reader: Person) -> frozenset[Act]:
    """What one reader may do with a record as it stands."""
    standing = frozenset(reader.roles | relations(work.tx, cascade.id, reader))
    possible = {act for (state, act) in TRANSITIONS if state is cascade.state} | {Act.READ_MESSAGES}
    if cascade.ended_because is NotAsked.REPLACED:
        possible -= {Act.ASK_TO_PASS_ON}
    return frozenset(act for act in possible if may(act, standing))


def on_duty(work: Work, cascade_id: int, reader: Person) -> frozenset[Act]:
    """The same for somebody who is reminded of it."""
    cascade = cascades.get(work.tx, cascade_id)
    return acts_for(work, cascade, reader) if cascade is not None else frozenset()


def day_of(work: Work, briefing: Briefing) -> date:
    """The day of the meeting, by the office's calendar."""
    return briefing.meeting.starts_at.astimezone(work.hours.zone).date()


def signed_text(tx: Transaction, briefing: Briefing) -> str:
    """The messages, to the letter as the chair signed them."""
    signoff = signoffs.of(tx, about(briefing.id))
    draft = signoffs.draft(tx, signoff.id, signoff.current_draft)
    if draft is None:
        raise LookupError(f"{briefing.reference} has no text")
    return draft.text


def agreed(tx: Transaction, briefing: Briefing) -> str:
    """Who signed, and in whose place; without whom it went out. A sentence; of a record without signatures, none."""
    signoff = signoffs.of(tx, about(briefing.id))
    draft = signoffs.draft(tx, signoff.id, signoff.current_draft)
    must = [one for one in signoffs.signatures(tx, draft.id) if one.must_sign] if draft else []
    by = [
        f"{one.given_by.name} for {one.person.name}" if one.given_by else one.person.name
        for one in must
        if one.state is SignatureState.APPROVED
    ]
    without = [one.person.name for one in must if one.state is SignatureState.OVERRIDDEN]
    said = [f"Agreed by {' and '.join(by)}."] if by else []
    said += [f"Issued without the signature of {' and '.join(without)}."] if without else []
    return " ".join(said)


def show_request(work: Work, cascade: Cascade, reader: Person) -> CascadeRequest:
    briefing = cascade_steps.briefing_of(work.tx, cascade.briefing_id)
    is_asked = _is_asked(work.tx, cascade, reader)
    is_open = cascade.state is CascadeState.ASKED
    before = cascades.of_person(work.tx, briefing.replaces_id, cascade.person_id) if briefing.replaces_id else None
    return CascadeRequest(
        cascade=cascade,
        briefing=briefing,
        day=day_of(work, briefing),
        text=signed_text(work.tx, briefing),
        agreed=agreed(work.tx, briefing),
        replies=tuple(cascades.replies(work.tx, cascade.id)),
        reader=reader,
        is_stood_in=is_asked and reader.id != cascade.person_id,
        is_elsewhere=not is_asked,
        replaces=before is not None,
        band=deadlines.band(cascade.due_at, work.now) if is_open else Band.UNKNOWN,
        acts=acts_for(work, cascade, reader) & (_OF_ASKED | _feedback_for(reader)),
        redraw_at=deadlines.next_band_at(cascade.due_at, work.now) if is_open else None,
    )


def _feedback_for(reader: Person) -> frozenset[Act]:
    return frozenset({Act.READ_FEEDBACK}) if may(Act.READ_FEEDBACK, frozenset(reader.roles)) else frozenset()


def load_request(work: Work, posting: Posting) -> CascadeRequest | None:
    cascade = cascades.get(work.tx, posting.subject_id)
    if cascade is None or posting.person is None:
        return None
    shown = show_request(work, cascade, posting.person)
    if posting.ts is None and (shown.is_elsewhere or cascade.state is not CascadeState.ASKED):
        return None  # it need not be asked any more
    return shown


def load_to_carry(work: Work, posting: Posting) -> CascadeToCarry | None:
    briefing = briefings.get(work.tx, posting.subject_id)
    if briefing is None or posting.person is None:
        return None
    shown = show_to_carry(work, briefing)
    return shown if shown.lines else None


def show_to_carry(work: Work, briefing: Briefing) -> CascadeToCarry:
    states = (state for state in CascadeState if state is not CascadeState.NO_LONGER_ASKED)
    lines = tuple(line for line in lines_of(work, briefing, *states) if line.is_carried)
    due_at = max((line.cascade.due_at for line in lines), default=work.now)
    return CascadeToCarry(briefing, day_of(work, briefing), lines, email_text(work, briefing, due_at), due_at)


def email_to_send(desk: Desk, caller: Caller, briefing_id: int) -> CascadeToCarry:
    """The whole text for those outside Slack."""
    with desk.looking(caller, Act.RECORD_PASSED_ON, about(briefing_id)) as work:
        return show_to_carry(work, cascade_steps.briefing_of(work.tx, briefing_id))


def email_text(work: Work, briefing: Briefing, due_at: datetime) -> str:
    """What is sent to somebody outside Slack, with the messages as they were signed."""
    local = due_at.astimezone(work.hours.zone)
    again = ""
    if briefing.replaces_id is not None:
        again = " They replace what I sent you before. If you passed that on already, please tell the same people."
    what = f"{cascade_steps.title(work.tx, briefing)}. {agreed(work.tx, briefing)}".strip()
    return (
        f"Below are {what} Please pass them on to your people, in these words.{again}\n\n"
        f"Please tell me by {local:%A} {local.day} {local:%B} to whom you passed them on, how and when, and what "
        "people said. If you cannot, please tell me why, and who could.\n\n"
        f"{signed_text(work.tx, briefing)}\n\n"
        f"Thank you\n{briefing.owner.name}"
    )


def load_card(work: Work, posting: Posting) -> CascadeCard | None:
    briefing = briefings.get(work.tx, posting.subject_id)
    return show_card(work, briefing) if briefing is not None else None


def show_card(work: Work, briefing: Briefing) -> CascadeCard:
    count = cascades.count(work.tx, briefing.id)
    return CascadeCard(
        briefing,
        day_of(work, briefing),
        count,
        len(cascades.feedback(work.tx, briefing.id)),
        deadlines.band(count.due_at, work.now),
        is_replaced=cascade_steps.replaced_by(work.tx, briefing.id) is not None,
        redraw_at=deadlines.next_band_at(count.due_at, work.now),
    )


def lines_of(work: Work, briefing: Briefing, *states: CascadeState) -> list[CascadeLine]:
    """Everybody who was asked, by name."""
    found = cascades.of_briefing(work.tx, briefing.id, *states)
    replies = cascades.newest_replies(work.tx, [one.id for one in found])
    instead = cascades.asked_instead(work.tx, [one.id for one in found])
    reached = cascade_steps.who_reaches(work, [one.person for one in found])
    return [
        CascadeLine(
            one,
            replies.get(one.id),
            is_carried=not reached[one.person_id].on_slack,
            instead=instead[one.id].person if one.id in instead else None,
            stands_in=reached[one.person_id] if reached[one.person_id].id != one.person_id else None,
        )
        for one in found
    ]


_ORDER = (CascadeState.ASKED, CascadeState.CANNOT, CascadeState.PASSED_ON, CascadeState.NO_LONGER_ASKED)


def who(desk: Desk, caller: Caller, briefing_id: int, *, offset: int = 0) -> WhoPassedOn:
    """Who has passed a briefing's messages on, and who has not, for those who may know."""
    with desk.looking(caller, Act.SEE_WHO_PASSED_ON, about(briefing_id)) as work:
        briefing = cascade_steps.briefing_of(work.tx, briefing_id)
        possible = _OF_OFFICE
        if cascade_steps.replaced_by(work.tx, briefing_id) is not None:
            possible -= {Act.ASK_TO_PASS_ON}
        lines = sorted(lines_of(work, briefing), key=lambda line: _ORDER.index(line.cascade.state))
        return WhoPassedOn(
            briefing,
            day_of(work, briefing),
            cascades.count(work.tx, briefing_id),
            tuple(lines[offset : offset + PER_PAGE]),
            offset,
            len(lines),
            frozenset(act for act in possible if may(act, work.standing)),
        )


def feedback(desk: Desk, caller: Caller, briefing_id: int) -> Feedback:
    """What people said. An organisation's lead reads what was said there, everybody else who may reads all."""
    with desk.looking(caller, Act.READ_FEEDBACK, about(briefing_id)) as work:
        briefing = cascade_steps.briefing_of(work.tx, briefing_id)
        reads_all = may(Act.SEE_WHO_PASSED_ON, work.standing) or Role.GROUP_CHAIR in work.standing
        found = cascades.feedback(work.tx, briefing_id)
        only = None
        if not reads_all:
            own = work.person.organisation_id
            found = [(cascade, reply) for cascade, reply in found if own is not None and cascade.organisation_id == own]
            only = next((one.name for one in people.organisations(work.tx) if one.id == own), "your organisation")
        named = {
            reply.id: cascade.organisation.name
            for cascade, reply in found
            if reply.is_named and cascade.organisation is not None
        }
        told = [reply for _, reply in reversed(found) if reply.is_named]
        untold = [reply for _, reply in found if not reply.is_named]
        untold.sort(key=lambda reply: (reply.feedback or "").casefold())
        return Feedback(briefing, day_of(work, briefing), (*told, *untold), named, only)


def look_at(desk: Desk, caller: Caller, cascade_id: int, act: Act) -> CascadeRequest:
    """A record, for the form of an act on it. Refuses what its state does not allow."""
    with desk.looking(caller, act, subject_of(cascade_id)) as work:
        cascade = cascade_steps.get(work.tx, cascade_id)
        if act is not Act.READ_MESSAGES:
            cascade_steps.check(cascade, act)
        return show_request(work, cascade, work.person)


def to_record(desk: Desk, caller: Caller, cascade_id: int) -> ToRecord:
    """The form about one person."""
    with desk.looking(caller, Act.RECORD_PASSED_ON, subject_of(cascade_id)) as work:
        cascade = cascade_steps.get(work.tx, cascade_id)
        briefing = cascade_steps.briefing_of(work.tx, cascade.briefing_id)
        return ToRecord(briefing, day_of(work, briefing), (cascade,), cascade)


def to_record_one_of(desk: Desk, caller: Caller, briefing_id: int) -> ToRecord:
    """The form about any of those who were asked: who has not said anything first."""
    with desk.looking(caller, Act.RECORD_PASSED_ON, about(briefing_id)) as work:
        briefing = cascade_steps.briefing_of(work.tx, briefing_id)
        found = sorted(
            cascades.of_briefing(work.tx, briefing_id),
            key=lambda one: (one.state is not CascadeState.ASKED, not cascade_steps.is_carried(work, one)),
        )
        return ToRecord(briefing, day_of(work, briefing), tuple(found), None)


def to_ask_instead(desk: Desk, caller: Caller, cascade_id: int) -> ToAskInstead:
    with desk.looking(caller, Act.ASK_TO_PASS_ON, subject_of(cascade_id)) as work:
        cascade = cascade_steps.to_stand_in_for(work.tx, cascade_steps.get(work.tx, cascade_id))
        briefing = cascade_steps.briefing_of(work.tx, cascade.briefing_id)
        asked = {one.person_id for one in cascades.of_briefing(work.tx, cascade.briefing_id)}
        there = people.of_organisation(work.tx, cascade.organisation_id) if cascade.organisation_id else []
        reply = cascades.newest_replies(work.tx, [cascade.id]).get(cascade.id)
        colleagues = tuple(one for one in there if one.id not in asked and cascade_steps.is_of_here(one, caller))
        return ToAskInstead(cascade, briefing, day_of(work, briefing), reply, colleagues)
