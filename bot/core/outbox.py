"""What the desk wants to be said, written in the transaction in which it happened."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from bot.core.workspaces import Desk, Work
from storage import outbox, people
from storage.outbox import Posting, PostingKind, Urgency
from storage.people import Person, Role
from storage.subjects import Subject, SubjectKind

OWN_CARDS: Mapping[SubjectKind, PostingKind] = {
    SubjectKind.ENQUIRY: PostingKind.ENQUIRY_CARD,
    SubjectKind.BRIEFING: PostingKind.BRIEFING_CARD,
}
"""The kinds of record that have a card of their own, with a history in its thread."""

LIVING_CARDS = (
    PostingKind.ENQUIRY_CARD,
    PostingKind.STATEMENT_CARD,
    PostingKind.READY_TO_ISSUE,
    PostingKind.FACTS_CARD,
    PostingKind.FACTS_REQUEST,
    PostingKind.REFERRAL,
    PostingKind.BULLETIN_REQUEST,
    PostingKind.BULLETIN_CARD,
    PostingKind.REPORT_CARD,
    PostingKind.REPORT_ROWS,
    PostingKind.CASCADE_REQUEST,
    PostingKind.CASCADE_TO_CARRY,
    PostingKind.CASCADE_CARD,
    PostingKind.BRIEFING_CARD,
    PostingKind.PAPER_RULING,
)

NEWEST_REMINDERS = 50
"""How many are looked through: a reminder that so many others have followed is not worth another call to Slack."""


def post(
    work: Work,
    kind: PostingKind,
    subject: Subject,
    *,
    channel_id: str | None = None,
    person: Person | None = None,
    below: Posting | None = None,
    signature_id: int | None = None,
    detail: dict[str, Any] | None = None,
    dedupe_key: str | None = None,
    urgency: Urgency = Urgency.WAITED_FOR,
) -> Posting:
    """Wants something said once: in a channel, below another posting, or to a person.

    With a `dedupe_key` that has been used before, nothing more is said.
    """
    posting = Posting(
        kind=kind,
        urgency=urgency,
        subject_kind=subject.kind,
        subject_id=subject.id,
        signature_id=signature_id,
        detail=detail or {},
        dedupe_key=dedupe_key,
        channel_id=below.channel_id if below else channel_id,
        person_id=below.person_id if below else person.id if person else None,
        thread_of_id=below.id if below else None,
        wanted_by_id=work.person_id,
        token=token_urlsafe(18),
        created_at=work.now,
    )
    return outbox.add(work.tx, posting)


def post_several(
    work: Work,
    kind: PostingKind,
    to: Sequence[tuple[Subject, Person, str]],
    *,
    detail: dict[str, Any] | None = None,
) -> None:
    """The same kind of message to many at once: what it is about, to whom, and its `dedupe_key`, which is new."""
    outbox.add_several(
        work.tx,
        [
            Posting(
                kind=kind,
                urgency=Urgency.WAITED_FOR,
                subject_kind=subject.kind,
                subject_id=subject.id,
                detail=detail or {},
                dedupe_key=dedupe_key,
                person_id=person.id,
                wanted_by_id=work.person_id,
                token=token_urlsafe(18),
                created_at=work.now,
            )
            for subject, person, dedupe_key in to
        ],
    )


def said(
    sentence: str, *, quote: str | None = None, times: dict[str, datetime] | None = None, **more: Any
) -> dict[str, Any]:
    """The detail of a sentence. `{name}` in it stands for one of `times`, so that each reader sees their own zone.

    What a person typed goes into `quote`, which is shown exactly as it was typed.
    """
    return {
        "sentence": sentence,
        "quote": quote,
        "times": {name: at.isoformat() for name, at in (times or {}).items()},
        **more,
    }


def say_below(work: Work, subject: Subject, sentence: dict[str, Any]) -> None:
    """Adds a sentence to the threads of a record's cards; where none stands, whoever acts is told that it is done."""
    standing = [card for card in cards_of(work, subject) if card.failed_because is None]
    for card in standing:
        post(work, PostingKind.HISTORY, subject, below=card, detail=sentence)
    if not standing and work.person_id is not None:
        tell(work, work.person, subject, sentence)


def tell(
    work: Work,
    person: Person | None,
    subject: Subject,
    sentence: dict[str, Any],
    *,
    urgency: Urgency = Urgency.WAITED_FOR,
    dedupe_key: str | None = None,
    signature_id: int | None = None,
) -> None:
    """Tells one person something, if they are in Slack. It is drawn anew with `signature_id`, if it is about that."""
    if person is not None and person.on_slack:
        post(
            work,
            PostingKind.NOTICE,
            subject,
            person=person,
            detail=sentence,
            urgency=urgency,
            dedupe_key=dedupe_key,
            signature_id=signature_id,
        )


def cards_of(work: Work, subject: Subject) -> list[Posting]:
    """A record's living cards, each in its place: one in its channel, or one with each person who may see it."""
    return outbox.of(work.tx, subject, OWN_CARDS[subject.kind])


def redraw(work: Work, subject: Subject) -> None:
    """The record's living cards no longer show how things stand, nor do the homes that look over everything."""
    outbox.want_of(work.tx, subject, *LIVING_CARDS)
    redraw_overviews(work)


def redraw_homes(work: Work, persons: Iterable[int | None]) -> None:
    """The homes of these people no longer show how things stand. Only those who have opened theirs have one."""
    outbox.want_home(work.tx, [person for person in persons if person is not None])


def redraw_overviews(work: Work) -> None:
    """What is late or stuck has changed: the homes of those who look over it no longer show how things stand."""
    redraw_homes(work, [person.id for person in people.holding(work.tx, Role.COMMS_LEAD, Role.PROGRAMME_OFFICE)])


def redraw_reminders(work: Work, *obligation_ids: int) -> None:
    """The newest reminders that name one of these obligations, whomever they told, no longer show how they stand."""
    for reminder in outbox.newest(work.tx, PostingKind.REMINDER, limit=NEWEST_REMINDERS):
        if not set(obligation_ids).isdisjoint(reminder.detail["obligations"]):
            outbox.want_by_id(work.tx, reminder.id)


def want_profile(work: Work, person: Person, *, urgency: Urgency = Urgency.WAITED_FOR) -> None:
    """Wants Slack asked who this is: name, guest, owner, gone."""
    subject = Subject(SubjectKind.PERSON, person.id)
    found = outbox.of(work.tx, subject, PostingKind.PROFILE)
    if found:
        outbox.want_by_id(work.tx, found[0].id, urgency=urgency)
    else:
        post(work, PostingKind.PROFILE, subject, person=person, urgency=urgency)


def redraw_what_changed_band(desk: Desk) -> None:
    """The tick for cards: those whose time band has changed are wanted anew."""
    with desk.database.across_workspaces() as view:
        outbox.want_redraws(view, desk.clock.now())
