"""Posting a briefing: at its hour, once in each place, and never before the chair has signed exactly this text.

What is posted is written in the transaction in which that is decided; delivery sees that each place gets it once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.core import deputies, obligations, outbox, standings
from bot.core.errors import BadInput, NotFromHere
from bot.core.features import Undelivered
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import cascade_steps, cascades
from bot.desk.briefing_steps import (
    Places,
    Times,
    audiences_of,
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
from storage import briefings, outbox_line, people
from storage import outbox as postings
from storage import signoffs as signoff_records
from storage.briefings import Briefing, BriefingStatus
from storage.obligations import Duty
from storage.outbox import Posting, PostingKind
from storage.people import Person, Role

STILL_IN_TIME = timedelta(hours=24)
"""How late a signed briefing is still posted by itself, where nothing ran at its hour. Our own judgement: after that
somebody should say whether it is still wanted."""


MOST_BY_HAND = 25
"""People outside Slack in one message to a press officer: with so many there is room for names, addresses and text."""


HOUR_PASSED, WHEN = "signature", "when"
"""What a word to the owner says is still to come: the signature, after its hour; or, of what is signed, when."""


@dataclass(frozen=True)
class Post:
    """A briefing as an audience gets it. `replaced_on`: since when newer ones count, by the office's clock."""

    text: str
    replaced_on: date | None = None


@dataclass(frozen=True)
class ByHand:
    """The text for people outside Slack, with whom a press officer sends it to."""

    briefing_id: int
    reference: str
    text: str
    people: tuple[Person, ...]


def post_due(desk: Desk) -> None:
    """The tick: what is signed and whose hour has come is posted. Safe to run in several processes."""
    with desk.database.across_workspaces(read_only=True) as view:
        found = briefings.workspaces_with_due(view, desk.clock.now())
    for workspace_id in found:
        with desk.on_its_own(workspace_id, read_only=True) as work:
            due = briefings.due(work.tx, work.now)
        for briefing_id in due:
            with desk.on_its_own(workspace_id) as work:
                _at_its_hour(work, briefing_id)


def _at_its_hour(work: Work, briefing_id: int) -> None:
    signoff = _locked(work, briefing_id)
    briefing = get(work.tx, briefing_id)
    if briefing_id not in briefings.due(work.tx, work.now) or briefing.post_at is None:
        return  # somebody was quicker
    if not standings.of(work.tx, signoff).is_signed:
        briefings.change(work.tx, briefing, to=briefing.status, hour_passed=True)
        sentence = (
            f"{briefing.reference} was to be posted {{hour}} and is not signed, so it has not been posted. Once it is "
            "signed you are asked when."
        )
        tell_owner(work, briefing, sentence, {"hour": briefing.post_at}, asks=HOUR_PASSED)
        say(
            work,
            briefing.id,
            f"The hour of {briefing.reference} came, {{hour}}, before the signature. It waits.",
            times={"hour": briefing.post_at},
        )
        redraw(work, briefing)
        redraw_requests(work, briefing)
        work.record("briefing.hour_passed", subject_of(briefing.id), hour=briefing.post_at.isoformat())
        return
    because = _why_not(work, briefing)
    if because:
        ask_when(work, briefing, because)
    else:
        post(work, briefing)


def settle(work: Work, briefing: Briefing) -> None:
    """It is signed: it is posted, or waits for its hour, or, if that has passed, somebody is asked when."""
    if briefing.post_at is not None and briefing.post_at >= work.now and not briefing.hour_passed:
        return
    hour = " Its hour, {hour}, has passed." if briefing.post_at is not None else ""
    because = hour or _why_not(work, briefing)
    if because:
        ask_when(work, briefing, because)
    else:
        post(work, briefing)


def ask_when(work: Work, briefing: Briefing, because: str) -> None:
    """It is signed and does not go out by itself: its owner says when. `because` may hold `{hour}`."""
    briefings.change(work.tx, briefing, to=briefing.status, hour_passed=True)
    subject = subject_of(briefing.id)
    redraw_requests(work, briefing)
    if not obligations.is_owed(work, subject, Duty.POST):
        obligations.owe(work, Duty.POST, subject, owner=briefing.owner, due_at=None, is_told=True)
    times = {"hour": briefing.post_at} if briefing.post_at else {}
    sentence = f"{briefing.reference} is signed and has not been posted.{because} When should it go out?"
    tell_owner(work, briefing, sentence, times, asks=WHEN, post_now=briefing.id, post_time=briefing.id)
    redraw(work, briefing)


def post(work: Work, briefing: Briefing, *, by: Person | None = None) -> None:
    """Posts what is signed, in this transaction: whoever calls looked whether it may. `by`: who had it so."""
    standings.check_signed(standing_of(work.tx, briefing.id))
    places = places_for(work, briefing)
    briefing = move(work, briefing, Act.POST_BRIEFING, posted_at=work.now)
    subject = subject_of(briefing.id)
    obligations.done(work, subject, Duty.POST)
    obligations.cancel(work, subject)
    _send(work, briefing, places)
    for person in places.gone:
        tell_owner(
            work,
            briefing,
            f"{person.name} has left this Slack workspace and did not get {briefing.reference}. Send it to them "
            "yourself, if they should still have it, and choose Change audience in Settings to take them off.",
        )
    draft = standing_of(work.tx, briefing.id).draft
    who = f"{by.name} posted" if by is not None else "Posted"
    several = audiences_of(work.tx, briefing.id)
    names = ", ".join(one.name for one in several)
    say(work, briefing.id, f"{who} {briefing.reference}, draft {draft.number}, for: {names}.")
    redraw(work, briefing)
    redraw_requests(work, briefing)
    work.record(
        Act.POST_BRIEFING,
        subject,
        draft=draft.number,
        sha256=draft.sha256,
        audiences=[one.id for one in several],
        channels=list(places.channels),
        people=[person.id for person in (*places.people, *places.by_hand)],
        asked=[person.id for person in places.asked],
        left_out=[person.id for person in places.gone],
    )
    if briefing.replaces_id is not None:
        _replaced(work, get(work.tx, briefing.replaces_id), briefing)
    cascades.begin(work, briefing)


def places_for(work: Work, briefing: Briefing) -> Places:
    """Where it goes, or went: to those who are asked to take it home with that request alone."""
    return places_of(audiences_of(work.tx, briefing.id), cascade_steps.with_request(work, briefing))


def _replaced(work: Work, before: Briefing, by: Briefing) -> None:
    """What was posted before does not count any more: its posts, its card, its history and the record say so."""
    if before.posted_at is not None:
        postings.want_of(work.tx, subject_of(before.id), PostingKind.BRIEFING)
        say(work, before.id, f"{by.reference} has been posted and replaces {before.reference}.")
        redraw_requests(work, before)
        work.record("briefing.replaced", subject_of(before.id), by=by.reference)


def _send(work: Work, briefing: Briefing, places: Places) -> None:
    """Says it in each place that has not had it."""
    draft, subject = standing_of(work.tx, briefing.id).draft, subject_of(briefing.id)
    detail = {"draft": draft.number, "sha256": draft.sha256}
    key = f"briefing:{briefing.id}"
    for channel_id in places.channels:
        outbox.post(
            work,
            PostingKind.BRIEFING,
            subject,
            channel_id=channel_id,
            detail=detail,
            dedupe_key=f"{key}:{channel_id}",
        )
    keys = {f"{key}:person:{person.id}": person for person in places.people}
    had = postings.keys_in_use(work.tx, keys)
    new = [(subject, person, one) for one, person in keys.items() if one not in had]
    outbox.post_several(work, PostingKind.BRIEFING, new, detail=detail)
    sent = {id_ for one in postings.of(work.tx, subject, PostingKind.BRIEFING_BY_HAND) for id_ in one.detail["people"]}
    by_hand = [person.id for person in places.by_hand if person.id not in sent]
    for start in range(0, len(by_hand), MOST_BY_HAND):
        some = by_hand[start : start + MOST_BY_HAND]
        outbox.post(
            work,
            PostingKind.BRIEFING_BY_HAND,
            subject,
            person=sees_to(work, briefing),
            detail={**detail, "people": some},
            dedupe_key=f"{key}:by_hand:{some[0]}",
        )


def post_now(desk: Desk, caller: Caller, briefing_id: int) -> None:
    """Somebody has it go out in this moment."""
    with desk.acting(caller, Act.POST_BRIEFING, subject_of(briefing_id)) as work:
        signoff = _locked(work, briefing_id)
        briefing = get(work.tx, briefing_id)
        next_status(briefing, Act.POST_BRIEFING)
        standings.check_signed(standings.of(work.tx, signoff))
        because = _why_not(work, briefing, in_time=True)
        if because:
            raise NotFromHere(f"{because.strip()} Nothing was posted.")
        post(work, briefing, by=work.person)


def choose_time(desk: Desk, caller: Caller, briefing_id: int, at: datetime | None, *, once: str) -> None:
    """It goes out at another hour (UTC); None: as soon as it is signed, which may be now."""
    with desk.acting(caller, Act.CHANGE_POSTING_TIME, subject_of(briefing_id), once=once) as work:
        signoff = _locked(work, briefing_id)
        briefing = get(work.tx, briefing_id)
        if at == briefing.post_at and not briefing.hour_passed:
            raise BadInput("This is when it is to go out already. Choose another time, or close the form.", field="at")
        check_time(work, briefing, at)
        briefing = move(work, briefing, Act.CHANGE_POSTING_TIME, post_at=at, hour_passed=False)
        subject = subject_of(briefing_id)
        obligations.done(work, subject, Duty.POST)
        when = "{at}" if at else "as soon as it is signed"
        times = {"at": at} if at else {}
        say(work, briefing_id, f"{work.person.name} changed when {briefing.reference} is posted: {when}.", times=times)
        work.record(Act.CHANGE_POSTING_TIME, subject, at=at.isoformat() if at else None)
        if standings.of(work.tx, signoff).is_signed:
            settle(work, briefing)
        else:
            obligations.move_deadline(
                work, subject, Duty.SIGN, work.features.signing(subject.kind).sign_by(work, subject.id)
            )
        redraw(work, get(work.tx, briefing_id))
        redraw_requests(work, briefing)


def post_again(desk: Desk, caller: Caller, briefing_id: int) -> None:
    """What could not be posted is tried again; where an audience reads elsewhere by now, it goes there instead."""
    with desk.acting(caller, Act.POST_AGAIN, subject_of(briefing_id)) as work:
        briefing = get(work.tx, briefing_id)
        next_status(briefing, Act.POST_AGAIN)
        by = briefings.replacement_of(work.tx, briefing_id)
        if by is not None and by.posted_at is not None:
            raise NotFromHere(
                f"{by.reference} has replaced {briefing.reference} and was posted. Nothing more is needed."
            )
        places = places_for(work, briefing)
        failed = undelivered(work, briefing)
        if not failed:
            raise NotFromHere(f"{briefing.reference} has reached everybody it could not reach before.")
        here = {person.id for person in places.people}
        for posting in failed:
            if posting.channel_id in places.channels or posting.person_id in here:
                outbox_line.retry(work.tx, channel_id=posting.channel_id, person_id=posting.person_id)
            else:
                postings.cancel_below(work.tx, posting, work.now)
        _send(work, briefing, places)
        redraw(work, briefing)
        outbox.redraw_overviews(work)
        work.record(Act.POST_AGAIN, subject_of(briefing_id), postings=[posting.id for posting in failed])


def undelivered(work: Work, briefing: Briefing) -> list[Posting]:
    """What Slack did not take."""
    found = postings.of(work.tx, subject_of(briefing.id), PostingKind.BRIEFING, PostingKind.BRIEFING_BY_HAND)
    return [posting for posting in found if posting.failed_because is not None]


def told_of_failure(work: Work, posting: Posting) -> Undelivered | None:
    """What those who can mend it are told, and its owner."""
    if posting.kind is not PostingKind.BRIEFING:
        return None
    briefing = get(work.tx, posting.subject_id)
    outbox.redraw(work, posting.subject)
    if posting.person is not None:
        what = f"{briefing.reference} did not reach {posting.person.name}"
        advice = "Send it to them yourself, and choose Change audience in Settings if they should not get the next."
    else:
        what = f"{briefing.reference} could not be posted in a channel"
        advice = (
            "Open the channel again in Slack, or invite Comms Desk to it; or choose Change audience in Settings, where "
            "this audience reads another. Then press Post there again. Everybody else has it."
        )
    return Undelivered(what, advice, briefing.owner, {"post_again": briefing.id})


def check_time(work: Work, briefing: Briefing, at: datetime | None) -> None:
    """Raises `BadInput` for an hour that has passed, or at which the meeting has not been held."""
    earliest = not_before(briefing.meeting)
    check_moment(work, at, earliest)


def check_moment(work: Work, at: datetime | None, earliest: datetime) -> None:
    if at is not None and at <= work.now:
        raise BadInput(
            "This is in the past. Choose a later time, or leave it empty: then it is posted as soon as it is signed.",
            field="at",
        )
    held = f"{earliest.astimezone(work.hours.zone):%H:%M on %A %d %B}"
    if at is None and earliest > work.now:
        raise BadInput(f"The meeting is over at {held}. Choose when to post it after that.", field="at")
    if at is not None and at < earliest:
        raise BadInput(f"The meeting is over at {held}. Choose a time after that.", field="at")


def load_post(work: Work, posting: Posting) -> Post | None:
    """The text that was signed; None, if for any reason it is not that which stands signed and posted by now."""
    text = _signed_text(work, posting)
    if text is None:
        return None
    by = briefings.replacement_of(work.tx, posting.subject_id)
    at = by.posted_at if by is not None else None
    return Post(text, at.astimezone(work.hours.zone).date() if at is not None else None)


def load_by_hand(work: Work, posting: Posting) -> ByHand | None:
    text = _signed_text(work, posting)
    whom = tuple(people.several(work.tx, posting.detail["people"]))
    briefing = get(work.tx, posting.subject_id)
    return ByHand(briefing.id, briefing.reference, text, whom) if text is not None else None


def _signed_text(work: Work, posting: Posting) -> str | None:
    briefing, standing = get(work.tx, posting.subject_id), standing_of(work.tx, posting.subject_id)
    is_it = standing.draft.sha256 == posting.detail["sha256"]
    is_out = briefing.status is BriefingStatus.POSTED and standing.is_signed
    return standing.draft.text if is_it and is_out else None


def _why_not(work: Work, briefing: Briefing, *, in_time: bool = False) -> str:
    """Why what is signed is not posted by itself now, as a sentence with a space before it; empty: it is."""
    if not briefing.meeting.is_on:
        return " The meeting was called off."
    if not_before(briefing.meeting) > work.now:
        return " The meeting has not been held yet."
    if not places_of(audiences_of(work.tx, briefing.id)).is_anywhere:
        return " Nobody would get it: its audiences have no channel and no people. Choose Change audience in Settings."
    if not in_time and briefing.post_at is not None and work.now - briefing.post_at > STILL_IN_TIME:
        return " The desk did not run at its hour, {hour}."
    return ""


def settled(work: Work, briefing_id: int, detail: Mapping[str, Any]) -> tuple[str, Times] | None:
    """What became of what its owner was told is still to come, with `{settled}` for a time; None: it still is."""
    briefing = get(work.tx, briefing_id)
    if briefing.posted_at is not None:
        return f"{briefing.reference} was posted {{settled}}. Nothing more is needed.", {"settled": briefing.posted_at}
    if briefing.status is BriefingStatus.WITHDRAWN:
        return f"{briefing.reference} was withdrawn. Nothing more is needed.", {}
    hour = briefing.post_at.isoformat() if briefing.post_at else None
    if not briefing.hour_passed or detail["times"].get("hour") != hour:
        if briefing.post_at is None:
            return "Another time was chosen: it is posted as soon as it is signed.", {}
        return "Another time was chosen: {settled}.", {"settled": briefing.post_at}
    is_signed = standing_of(work.tx, briefing_id).is_signed
    if detail["asks"] == HOUR_PASSED and is_signed:
        return "It has been signed since.", {}
    if detail["asks"] == WHEN and not is_signed:
        return "It is not signed any more. Once it is signed again, you are asked when.", {}
    return None


def tell_owner(work: Work, briefing: Briefing, sentence: str, times: Times | None = None, **buttons: Any) -> None:
    """`buttons`: what stands below it, and the ids that they carry."""
    outbox.tell(work, sees_to(work, briefing), subject_of(briefing.id), said(sentence, times=times, **buttons))


def sees_to(work: Work, briefing: Briefing) -> Person:
    """Its owner, or whoever stands in for them; a comms lead, where neither is in Slack any more."""
    found = deputies.acting_for(work, briefing.owner, about=subject_of(briefing.id))
    if found.on_slack:
        return found
    leads = deputies.who_hears(work, subject_of(briefing.id), people.holding(work.tx, Role.COMMS_LEAD))
    return leads[0] if leads else found


def _locked(work: Work, briefing_id: int) -> signoff_records.Signoff:
    """Its sign-off, held: no signature is taken back while it goes out."""
    get(work.tx, briefing_id)
    return signoff_records.lock(work.tx, signoff_records.of(work.tx, subject_of(briefing_id)).id)
