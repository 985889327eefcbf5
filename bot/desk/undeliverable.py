"""What cannot be said in Slack is told to somebody who can mend it."""

from bot.core import outbox
from bot.core.outbox import said
from bot.core.outlook import Because, Some, Stuck
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from storage import outbox as postings
from storage import outbox_line, people
from storage.outbox import Posting, PostingKind
from storage.people import Person, Role
from storage.subjects import Subject, SubjectKind

NOT_WORTH_TELLING = frozenset({PostingKind.HOME, PostingKind.PROFILE})

_WHY: dict[str, str] = {
    "is_archived": "the channel is archived",
    "channel_not_found": "the channel is gone, or Comms Desk is not in it",
    "not_in_channel": "Comms Desk is not in the channel",
    "user_not_found": "they are not in this Slack workspace any more",
    "user_disabled": "their account is switched off",
    "account_inactive": "their account is switched off",
    "cannot_dm_bot": "they cannot be written to",
    "message_not_found": "the message was deleted",
    "missing_scope": "Slack does not allow Comms Desk to do this; install it again from its newest manifest",
}


def report(desk: Desk, posting: Posting, claim: str, error: str) -> None:
    """Gives a posting up, and tells the comms leads and the administrators what to do about it."""
    with desk.on_its_own(posting.workspace_id) as work:
        if not outbox_line.held(work.tx, posting.id, claim, failed_because=error, claimed_until_real=None):
            return
        work.record("delivery.failed", posting.subject, posting=posting.id, kind=posting.kind.value, error=error)
        if posting.kind in NOT_WORTH_TELLING:
            return
        if posting.person is not None:
            outbox.want_profile(work, posting.person)
        told = work.features.undelivered(work, posting)
        where, advice = (told.what, told.advice) if told else _in_words(posting)
        outbox.redraw_overviews(work)
        place = posting.channel_id or f"person:{posting.person_id}"
        mending = _who_can_mend(work, posting, told.owner if told else None)
        more = told.more if told else {"retry": place, "settings": True}
        about = f"{posting.subject_kind}:{posting.subject_id}:" if told else ""
        by = people.get(work.tx, posting.wanted_by_id) if posting.wanted_by_id else None
        if by is not None and told is None and by.id not in {person.id for person in mending}:
            outbox.tell(
                work,
                by,
                Subject(SubjectKind.SETTINGS, posting.workspace_id),
                said(
                    f"{where}: {why(error)}. What you did is saved, and the comms lead has been told.",
                    channel=posting.channel_id,
                ),
                dedupe_key=f"failed:{place}:{by.id}:{work.now:%Y-%m-%dT%H}",
            )
        for person in mending:
            outbox.tell(
                work,
                person,
                Subject(SubjectKind.SETTINGS, posting.workspace_id),
                said(f"{where}: {why(error)}. {advice}", channel=posting.channel_id, **more),
                dedupe_key=f"failed:{about}{place}:{person.id}:{work.now:%Y-%m-%dT%H}",
            )


def _in_words(posting: Posting) -> tuple[str, str]:
    """What could not be said, and what to do about it."""
    if posting.kind in postings.TO_READ:
        return "A file that was attached could not be read", _TRY_AGAIN
    if posting.kind in postings.FILES:
        return "A file that was asked for could not be sent", _TRY_AGAIN
    if posting.person is not None:
        return f"{posting.person.name} could not be told something", _TELL_THEM
    if posting.taken_back_at is not None:
        return "A message that should go could not be deleted", "Delete it by hand, or press Try again."
    return "Enquiries cannot be shown in their channel", _MEND_CHANNEL


def stuck(work: Work, reader: Person, shown: frozenset[Subject]) -> Some[Stuck]:  # noqa: ARG001 (the same for whom it is)
    """Where something could not be said, and what to do about it."""
    found = outbox_line.undelivered(work.tx)
    persons = {one.id: one for one in people.several(work.tx, [place.person_id for place in found if place.person_id])}
    items = []
    for place in found[:MOST_PLACES]:
        person = persons.get(place.person_id or 0)
        messages = "1 message" if place.number == 1 else f"{place.number} messages"
        items.append(
            Stuck(
                because=Because.UNDELIVERED,
                title=f"{person.name} could not be told something" if person else "A channel could not be written to",
                words=f"{messages}: {why(place.error)}.",
                advice=_TELL_THEM if person else _MEND_CHANNEL,
                value=place.channel_id or f"person:{place.person_id}",
                channel_id=place.channel_id,
            )
        )
    return Some(tuple(items), len(found))


MOST_PLACES = 4
_TRY_AGAIN = "Put it right and press Try again."
_TELL_THEM = "Tell them yourself, and choose Change person in Settings if somebody else takes over."
_MEND_CHANNEL = "Put it right and press Try again, or choose another channel in Settings."


def why(error: str) -> str:
    """What Slack's word for a refusal means."""
    return _WHY.get(error, f"Slack answered “{error}”")


def retry(desk: Desk, caller: Caller, place: str) -> None:
    """Tries again what could not be said in one place."""
    with desk.acting(caller, Act.RETRY_DELIVERY) as work:
        is_person = place.startswith("person:")
        person_id, channel_id = (int(place.removeprefix("person:")), None) if is_person else (None, place)
        about = outbox_line.failed_about(work.tx, channel_id=channel_id, person_id=person_id)
        outbox_line.retry(work.tx, channel_id=channel_id, person_id=person_id)
        for subject in about:
            outbox.redraw(work, subject)
        outbox.redraw_overviews(work)
        work.record(Act.RETRY_DELIVERY, Subject(SubjectKind.SETTINGS, work.tx.workspace_id), place=place)


def _who_can_mend(work: Work, posting: Posting, owner: Person | None) -> list[Person]:
    found = {owner.id: owner} if owner else {}
    found |= {person.id: person for person in people.holding(work.tx, Role.COMMS_LEAD)}
    found |= {person.id: person for person in people.in_slack(work.tx) if work.is_administrator(person)}
    return [person for person in found.values() if person.id != posting.person_id]
