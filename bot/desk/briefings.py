"""Key-message briefings: written after a board meeting, signed by the chair, posted to their audiences (DOMAIN §5)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core import obligations, outbox, plain_english, signoffs, standings
from bot.core.errors import BadInput, NotFromHere
from bot.core.features import Feature
from bot.core.permissions import Act, Relation
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import briefing_cards, briefing_chairs, briefing_posting, briefing_text, calendar_asking
from bot.desk.briefing_cards import BriefingCard
from bot.desk.briefing_signing import BriefingSigning
from bot.desk.briefing_steps import (
    NOT_THERE,
    UNDER_WAY,
    audiences_of,
    day_of,
    get,
    move,
    next_status,
    not_before,
    places_of,
    redraw,
    redraw_requests,
    say,
    standing_of,
    subject_of,
)
from bot.desk.briefing_text import Content
from storage import audiences, briefings, calendar, people
from storage import obligations as obligation_records
from storage import outbox as postings
from storage import signoffs as signoff_records
from storage.audiences import Audience
from storage.briefings import Briefing, BriefingStatus
from storage.calendar import CalendarDate, DateKind
from storage.database import Transaction
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.people import Person, Role
from storage.signoffs import SignatureState
from storage.subjects import SubjectKind
from storage.workspaces import NumberSeries, next_number

LONGEST_LINES_TO_TAKE = 3000

NO_MEETING = (
    "There is no board meeting in the calendar, neither in the last 60 days nor in the next 14. Type /desk calendar to "
    "add one, then /briefing again."
)
NO_AUDIENCE = (
    "There is no audience yet to which a briefing could go. Ask the administrator or the comms lead to choose Add "
    "audience in Settings, in Comms Desk’s Home."
)


@dataclass(frozen=True)
class Details:
    """A briefing as the form gives it. `at` is UTC; None: as soon as it is signed.

    `replaces_id`: the briefing of the same meeting that whoever writes this knows it replaces.
    """

    meeting_id: int | None
    messages: Sequence[str]
    links: str
    audience_ids: Collection[int]
    at: datetime | None
    lines_to_take: str
    chair_id: int | None
    replaces_id: int | None = None


@dataclass(frozen=True)
class Offers:
    """What the form for a new briefing offers, and which meeting and chair it begins with."""

    meetings: tuple[CalendarDate, ...]
    days: tuple[date, ...]
    """Of each meeting, by the office's clock."""
    audiences: tuple[Audience, ...]
    chairs: tuple[Person, ...]
    meeting_id: int | None
    now: datetime


@dataclass(frozen=True)
class Drafted:
    """A draft is on file, to be seen as it will be posted. `hints` are for its author alone, four at most."""

    shown: BriefingCard
    hints: tuple[str, ...]


class ReplacesAnother(BadInput):
    """The meeting has a briefing already: whoever starts another has to say that it replaces that one."""

    def __init__(self, before: Briefing) -> None:
        self.before_id = before.id
        self.reference = before.reference
        self.is_posted = before.status is BriefingStatus.POSTED
        super().__init__(
            f"{before.reference} is the briefing for this meeting already. Tick that this one replaces it, or cancel.",
            field="replaces",
        )


def offers(desk: Desk, caller: Caller, meeting_id: int | None = None) -> Offers:
    """For the form. Raises `NotFromHere` where there is no meeting, nobody who signs, or nobody to whom it could go."""
    with desk.looking(caller, Act.START_BRIEFING) as work:
        found = calendar_asking.meetings_to_brief(work)
        asked_for = calendar.get(work.tx, meeting_id) if meeting_id else None
        if asked_for is not None and not asked_for.is_on:
            raise NotFromHere(f"{asked_for.title} was called off, so there is nothing to tell of it.")
        if asked_for is not None and asked_for.id not in {one.id for one in found}:
            found = [*found, asked_for]
        if not found:
            raise NotFromHere(NO_MEETING)
        chairs, groups = people.holding(work.tx, Role.CHAIR), audiences.every_one(work.tx)
        if not chairs:
            raise NotFromHere(briefing_chairs.NO_CHAIR)
        if not groups:
            raise NotFromHere(NO_AUDIENCE)
        newest = sorted(found, key=lambda one: one.starts_at, reverse=True)
        held = [one for one in newest if one.starts_at <= work.now]
        without = [one for one in held if not _current(work.tx, one.id)]
        likely = asked_for or next(iter([*without, *held, *reversed(newest)]))
        days = tuple(day_of(work, one) for one in newest)
        return Offers(tuple(newest), days, tuple(groups), tuple(chairs), likely.id, work.now)


def start(desk: Desk, caller: Caller, details: Details, *, once: str) -> Drafted:
    """Drafts a briefing. Nobody is asked for anything yet. Raises `ReplacesAnother` where that has to be said."""
    with desk.acting(caller, Act.START_BRIEFING, once=once) as work:
        meeting = briefings.lock_meeting(work.tx, details.meeting_id) if details.meeting_id else None
        if meeting is None or not meeting.is_on or meeting.kind is not DateKind.BOARD_MEETING:
            raise BadInput("Choose the board meeting that it is about.", field="meeting")
        said = briefing_text.content(details.messages, details.links)
        before = _current(work.tx, meeting.id)
        replaced = _replaced_by_next(work.tx, before) if before is not None else None
        text = _text(work, meeting, said, replaced)
        groups = _audiences(work, details.audience_ids)
        briefing_posting.check_moment(work, details.at, not_before(meeting))
        chair = briefing_chairs.chosen(work, details.chair_id, author_id=work.person.id)
        if before is not None and before.id != details.replaces_id:
            raise ReplacesAnother(before)
        briefing = Briefing(
            number=next_number(work.tx, NumberSeries.BRIEFING),
            meeting_id=meeting.id,
            status=BriefingStatus.DRAFT,
            owner_id=work.person.id,
            chair_id=chair.id,
            lines_to_take=details.lines_to_take.strip()[:LONGEST_LINES_TO_TAKE] or None,
            post_at=details.at,
            replaces_id=replaced.id if replaced else None,
            started_at=work.now,
        )
        work.tx.add(briefing)
        subject = subject_of(briefing.id)
        signoff = signoffs.begin(work, subject, text)
        draft = standings.of(work.tx, signoff).draft
        briefings.keep_content(work.tx, briefing.id, draft.id, said.to_data())
        briefings.set_audiences(work.tx, briefing.id, [one.id for one in groups])
        briefing = get(work.tx, briefing.id)
        put_up(work, briefing)
        say(work, briefing.id, f"{work.person.name} wrote draft 1 of {briefing.reference}.")
        work.record(
            Act.START_BRIEFING,
            subject,
            reference=briefing.reference,
            meeting=meeting.id,
            replaces=before.reference if before else None,
            audiences=[one.id for one in groups],
            chair=chair.id,
            at=details.at.isoformat() if details.at else None,
            draft=draft.number,
            sha256=draft.sha256,
        )
        if before is not None:
            _replace(work, before, briefing)
        if before is not None and replaced is not None and replaced.id != before.id:
            _say_replacement_started(work, replaced, briefing)
        calendar_asking.briefed(work, meeting.id)
        redraw(work, briefing)
        return _drafted(work, briefing, said)


def change(desk: Desk, caller: Caller, briefing_id: int, details: Details, *, based_on: int, once: str) -> Drafted:
    """Other words, audiences or lines to take. Other words are a new draft, which has to be signed anew."""
    with desk.acting(caller, Act.CHANGE_BRIEFING, subject_of(briefing_id), once=once) as work:
        briefing = get(work.tx, briefing_id)
        next_status(briefing, Act.CHANGE_BRIEFING)
        said = briefing_text.content(details.messages, details.links)
        replaced = briefings.get(work.tx, briefing.replaces_id) if briefing.replaces_id else None
        text = _text(work, briefing.meeting, said, replaced)
        groups = _audiences(work, details.audience_ids)
        lines = details.lines_to_take.strip()[:LONGEST_LINES_TO_TAKE] or None
        now = standing_of(work.tx, briefing_id).draft
        other_text = signoff_records.text_hash(text) != now.sha256
        other_groups = {one.id for one in groups} != set(briefings.audiences_of(work.tx, briefing_id))
        chair = None
        if briefing_chairs.is_missing(work.tx, briefing) or (
            other_text and briefing_chairs.is_offered(work.tx, briefing)
        ):
            author_id = work.person.id if other_text else now.author_id
            chair = briefing_chairs.chosen(work, details.chair_id, author_id=author_id)
        if not other_text and not other_groups and lines == briefing.lines_to_take and chair is None:
            raise BadInput("This is as it was. Change something, or close the form.", field="message_1")
        if chair is not None:
            briefing = briefing_chairs.give(work, briefing, chair)
        if other_text:
            _write_draft(work, briefing, text, said, based_on)
        elif chair is not None and briefing.status is BriefingStatus.IN_SIGNOFF:
            signoffs.ask_added(work, subject_of(briefing_id))
        if other_groups:
            briefings.set_audiences(work.tx, briefing_id, [one.id for one in groups])
            _say_for_whom(work, briefing, groups)
        briefing = move(work, briefing, Act.CHANGE_BRIEFING, lines_to_take=lines)
        redraw(work, briefing)
        redraw_requests(work, briefing)
        draft = standing_of(work.tx, briefing_id).draft
        work.record(
            Act.CHANGE_BRIEFING,
            subject_of(briefing_id),
            draft=draft.number,
            sha256=draft.sha256,
            based_on=based_on,
            audiences=[one.id for one in groups],
            chair=briefing.chair_id,
        )
        return _drafted(work, briefing, said if other_text else None)


def _say_for_whom(work: Work, briefing: Briefing, groups: Sequence[Audience]) -> None:
    """In its history; and to whoever signed it for others, since they were told for whom it is."""
    changed = f"{work.person.name} changed for whom {briefing.reference} is"
    now = f"{', '.join(one.name for one in groups)}."
    signed = [one for one in standing_of(work.tx, briefing.id).signatures if one.state is SignatureState.APPROVED]
    by = " and ".join((one.given_by or one.person).name for one in signed)
    say(work, briefing.id, f"{changed}, after {by} signed it: {now}" if signed else f"{changed}: {now}")
    for one in signed:
        sentence = (
            f"{changed}, which you signed. It is now for: {now} If it should not go there, press Ask for changes on it."
        )
        outbox.tell(work, one.given_by or one.person, subject_of(briefing.id), outbox.said(sentence))


def _write_draft(work: Work, briefing: Briefing, text: str, said: Content, based_on: int) -> None:
    draft = signoffs.write_draft(work, subject_of(briefing.id), text, based_on=based_on)
    briefings.keep_content(work.tx, briefing.id, draft.id, said.to_data())
    asks_again = briefing.status is BriefingStatus.IN_SIGNOFF
    again = " The signature on the earlier draft no longer counts; it is asked for again." * asks_again
    say(work, briefing.id, f"{work.person.name} wrote draft {draft.number} of {briefing.reference}.{again}")


def ask_chair(desk: Desk, caller: Caller, briefing_id: int, *, draft: int, once: str) -> None:
    """Asks the chair for their signature on the current draft."""
    with desk.acting(caller, Act.ASK_CHAIR, subject_of(briefing_id), once=once) as work:
        briefing = get(work.tx, briefing_id)
        next_status(briefing, Act.ASK_CHAIR)
        briefing_chairs.check(briefing)
        if not places_of(audiences_of(work.tx, briefing_id)).is_anywhere:
            raise NotFromHere(
                "Nobody would get this: its audiences have no channel and no people. Choose Change audience in "
                "Settings, or Change text on its card to choose others."
            )
        if briefing.post_at is not None and briefing.post_at <= work.now:
            raise NotFromHere("Its hour has passed. Press Change when on its card, then ask for the signature.")
        briefing = move(work, briefing, Act.ASK_CHAIR)
        asked = signoffs.request(work, subject_of(briefing_id), draft=draft)
        names = ", ".join(signature.person.name for signature in asked)
        say(work, briefing_id, f"{work.person.name} asked {names} to sign draft {draft} of {briefing.reference}.")
        redraw(work, briefing)
        work.record(
            Act.ASK_CHAIR,
            subject_of(briefing_id),
            draft=draft,
            must_sign=[signature.person_id for signature in asked],
        )


def withdraw(desk: Desk, caller: Caller, briefing_id: int, reason: str, *, once: str) -> None:
    """It will not be posted. Nobody has to sign it any more."""
    with desk.acting(caller, Act.WITHDRAW_BRIEFING, subject_of(briefing_id), once=once) as work:
        briefing = get(work.tx, briefing_id)
        if not reason.strip():
            raise BadInput("Say why it is withdrawn.", field="reason")
        _withdraw(work, briefing, f"{work.person.name} withdrew {briefing.reference}:", reason.strip())


def _withdraw(work: Work, briefing: Briefing, told: str, reason: str) -> None:
    signoff_records.lock(work.tx, signoff_records.of(work.tx, subject_of(briefing.id)).id)
    briefing = move(work, get(work.tx, briefing.id), Act.WITHDRAW_BRIEFING, withdrawn_because=reason)
    obligations.cancel(work, subject_of(briefing.id))
    redraw_requests(work, briefing)
    say(work, briefing.id, told, quote=reason)
    if briefing.owner_id != work.person.id:
        briefing_posting.tell_owner(work, briefing, told, quote=reason)
    redraw(work, briefing)
    calendar_asking.not_briefed(work, briefing.meeting_id)
    work.record(Act.WITHDRAW_BRIEFING, subject_of(briefing.id), personal={"reason": reason})


def _replace(work: Work, before: Briefing, by: Briefing) -> None:
    """Of what has not been posted nothing remains; what has been stands, and its card says what is to replace it."""
    if before.status in UNDER_WAY:
        reason = f"{by.reference} replaces it."
        _withdraw(work, before, f"{work.person.name} withdrew {before.reference}:", reason)
    else:
        _say_replacement_started(work, before, by)


def _say_replacement_started(work: Work, before: Briefing, by: Briefing) -> None:
    say(work, before.id, f"{work.person.name} started {by.reference}, which is to replace {before.reference}.")


def put_up(work: Work, briefing: Briefing) -> None:
    """Its card, in the press channel."""
    if work.settings.press_channel_id:
        outbox.post(work, PostingKind.BRIEFING_CARD, subject_of(briefing.id), channel_id=work.settings.press_channel_id)


def move_cards(work: Work, channel_id: str) -> None:
    """Another channel is the press channel: cards that never reached their own, or no longer can, go up there."""
    for briefing in briefings.not_over(work.tx):
        old = postings.of(work.tx, subject_of(briefing.id), PostingKind.BRIEFING_CARD)
        if any(card.ts is not None and card.failed_because is None for card in old):
            continue
        for card in old:
            postings.cancel_below(work.tx, card, work.now)
        outbox.post(work, PostingKind.BRIEFING_CARD, subject_of(briefing.id), channel_id=channel_id)


def _current(tx: Transaction, meeting_id: int) -> Briefing | None:
    """The briefing of a meeting that counts: not withdrawn, and not replaced by another."""
    found = [one for one in briefings.of_meeting(tx, meeting_id) if one.status is not BriefingStatus.WITHDRAWN]
    return found[-1] if found else None


def _replaced_by_next(tx: Transaction, before: Briefing) -> Briefing:
    """What the next briefing replaces: this one, or, where it was never posted, what that was to replace."""
    earlier = briefings.get(tx, before.replaces_id) if before.posted_at is None and before.replaces_id else None
    return earlier if earlier is not None and earlier.posted_at is not None else before


def _text(work: Work, meeting: CalendarDate, said: Content, replaced: Briefing | None) -> str:
    posted_at = replaced.posted_at if replaced is not None else None
    day = posted_at.astimezone(work.hours.zone).date() if posted_at else None
    text = briefing_text.compose(meeting.title, day_of(work, meeting), said, replaces=day)
    briefing_text.check_room(text)
    return text


def _audiences(work: Work, ids: Collection[int]) -> list[Audience]:
    found = [one for one in audiences.every_one(work.tx) if one.id in ids]
    if not found:
        raise BadInput("Choose at least one audience.", field="audiences")
    return found


def _drafted(work: Work, briefing: Briefing, said: Content | None) -> Drafted:
    """The hints are about what its author wrote: the heading, the numbers and what a paper is called are not theirs."""
    text = "\n\n".join(said.messages) if said else ""
    hints = plain_english.hints(text, work.settings.known_abbreviations) if text else ()
    return Drafted(briefing_cards.card(work, briefing), hints)


def _relations(tx: Transaction, briefing_id: int, person: Person) -> frozenset[Relation]:
    """Its owner and who stands in; who signs; and, once it has been posted, those whose messages these are."""
    briefing = briefings.get(tx, briefing_id)
    if briefing is None:
        return frozenset()
    found: set[Relation] = set()
    subject = subject_of(briefing_id)
    if person.id == briefing.owner_id or obligation_records.is_stood_in_for(tx, subject, person.id, Duty.POST):
        found.add(Relation.OWNER)
    if any(one.may_be_given_by(person.id) for one in standing_of(tx, briefing_id).signatures):
        found.add(Relation.SIGNATORY)
    if briefing.status is BriefingStatus.POSTED and person.roles & _READERS:
        found.add(Relation.READER)
    return frozenset(found)


_READERS = frozenset({Role.CHAIR, Role.BOARD_MEMBER, Role.GROUP_CHAIR})


def _title(tx: Transaction, briefing_id: int) -> str:
    briefing = get(tx, briefing_id)
    return f"{briefing.reference} · Key messages, {briefing.meeting.title}"


FEATURE = Feature(
    kind=SubjectKind.BRIEFING,
    relations=_relations,
    is_there=lambda tx, briefing_id: briefings.get(tx, briefing_id) is not None,
    not_there=NOT_THERE,
    title=_title,
    owner_id=lambda tx, briefing_id: get(tx, briefing_id).owner_id,
    signing=BriefingSigning(),
    undelivered=briefing_posting.told_of_failure,
    loaders={
        PostingKind.BRIEFING_CARD: briefing_cards.load_card,
        PostingKind.BRIEFING: briefing_posting.load_post,
        PostingKind.BRIEFING_BY_HAND: briefing_posting.load_by_hand,
    },
)
