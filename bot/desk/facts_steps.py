"""The steps that acts on facts are made of, and what follows for them from what happens to their enquiry."""

from datetime import datetime, timedelta
from typing import Any

from bot.core import deputies, obligations, outbox
from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.working_days import WorkingHours
from bot.core.workspaces import Work
from bot.desk import enquiry_places
from storage import facts, workspaces
from storage.database import Transaction
from storage.enquiries import Enquiry
from storage.facts import FactRequest, FactState
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.people import Person
from storage.subjects import Subject, SubjectKind

WORKING_TIME_TO_ANSWER = timedelta(hours=8)
"""Our own judgement, where the enquiry has no deadline yet: one working day."""
WHEN_IT_IS_LATE = timedelta(minutes=30)
"""Our own judgement, where the journalist's deadline has passed already."""
ONE_MINUTE = timedelta(minutes=1)
ROUND = timedelta(minutes=5)

TRANSITIONS: dict[tuple[FactState, Act], FactState] = {
    (FactState.ASKED, Act.CANNOT_SAY): FactState.CANNOT_SAY,
    (FactState.ASKED, Act.ASK_INSTEAD): FactState.CANNOT_SAY,
    (FactState.ASKED, Act.WITHDRAW_FACTS): FactState.WITHDRAWN,
    (FactState.ANSWERED, Act.USE_FACTS): FactState.ANSWERED,
    **{(state, act): FactState.ANSWERED for state in FactState for act in (Act.ANSWER_FACTS, Act.RECORD_FACTS)},
}
"""An answer is always taken: a second one corrects the first, and one that comes late may be needed yet."""

NOT_THERE = "This question is not on file. Your Home shows what waits for you."


def subject_of(request_id: int) -> Subject:
    return Subject(SubjectKind.FACTS, request_id)


def get(tx: Transaction, request_id: int) -> FactRequest:
    request = facts.get(tx, request_id)
    if request is None:
        raise NotFound(NOT_THERE)
    return request


def check(request: FactRequest, act: Act) -> FactState:
    """What an act makes of a request. Raises `NotFromHere` with a sentence for whoever tried."""
    if request.erased_at is not None:
        raise NotFromHere(
            "This was over long ago, and nothing more is kept with it. If it matters, tell the press office."
        )
    to = TRANSITIONS.get((request.state, act))
    if to is not None:
        return to
    raise NotFromHere(
        {
            FactState.ASKED: f"{request.asked.name} has not answered yet.",
            FactState.ANSWERED: "This has been answered. To correct it, press Correct the answer.",
            FactState.CANNOT_SAY: f"{request.asked.name} cannot say. Ask whoever can.",
            FactState.WITHDRAWN: "This is not needed any more. An answer is still taken: press Answer.",
        }[request.state]
    )


def change(work: Work, request: FactRequest, act: Act, **values: object) -> FactRequest:
    """The one way in which a request moves on: from a state that allows it, if nobody was quicker."""
    to = check(request, act)
    if not facts.change(work.tx, request, to=to, ended_at=work.now, **values):
        raise NotFromHere("Somebody was quicker a moment ago. Look at it again.")
    return get(work.tx, request.id)


def due_by_default(deadline: datetime | None, now: datetime, hours: WorkingHours) -> datetime:
    """Half of what is left before the journalist's deadline (UTC), on five full minutes where there is time for that.

    Half of the working time, where half of the time would come at night.
    """
    if deadline is None:
        return _round(hours.add(now, WORKING_TIME_TO_ANSWER), now)
    if deadline <= now:
        return _round(now + WHEN_IT_IS_LATE, now)
    half = now + (deadline - now) / 2
    working = hours.time_between(now, deadline)
    if working and not hours.is_open(half):
        half = hours.add(now, working / 2)
    return min(_round(half, now), deadline)


def _round(at: datetime, now: datetime) -> datetime:
    """A time as people say it: five minutes earlier at most; shortly after `now`, up to a minute later."""
    begun = at.replace(second=0, microsecond=0)
    rounded = begun - timedelta(minutes=begun.minute % 5)
    if rounded - now >= ROUND:
        return rounded
    return begun if begun == at else begun + ONE_MINUTE


def check_due(work: Work, enquiry: Enquiry, due_at: datetime | None) -> datetime:
    """A time that is still to come and not after the journalist's deadline; any, where that has passed already."""
    if due_at is None:
        raise BadInput("Say by when you need it.", field="due")
    if due_at <= work.now:
        raise BadInput("This time has passed. Give one that is still to come.", field="due")
    if due_at > work.now + timedelta(days=366 * 2):
        raise BadInput("This is more than two years away. Check the year.", field="due")
    deadline = enquiry.deadline
    if deadline is not None and work.now < deadline < due_at:
        local = deadline.astimezone(work.hours.zone)
        raise BadInput(
            f"The journalist’s deadline is {local:%H:%M on %d %B}. Ask for it before that, so that you can use it.",
            field="due",
        )
    return due_at


def reached_by(work: Work, request: FactRequest) -> Person:
    """Who gets a question: whoever was asked, who stands in for them, or the owner, who writes to them by e-mail."""
    asked = deputies.cover(work, request.asked).person or request.asked
    return asked if asked.on_slack else deputies.acting_for(work, request.owner, about=subject_of(request.id))


def send(work: Work, request: FactRequest) -> None:
    """Puts the question to whoever sees to it now. Nobody gets it twice."""
    person = reached_by(work, request)
    if person.on_slack:
        outbox.post(
            work,
            PostingKind.FACTS_REQUEST,
            subject_of(request.id),
            person=person,
            dedupe_key=f"facts:{request.id}:{person.id}",
        )


def announce(work: Work, request: FactRequest, *, to_owner: bool) -> None:
    """Something became of a request: its card goes up anew in the enquiry's thread and, if wanted, with the owner."""
    subject = subject_of(request.id)
    redraw(work, request)
    enquiry_places.show_facts(work, request.enquiry_id, request.id)
    owner = deputies.acting_for(work, request.owner, about=subject)
    if to_owner and owner.on_slack and owner.id != work.person_id:
        outbox.post(work, PostingKind.FACTS_CARD, subject, person=owner)


def redraw(work: Work, request: FactRequest) -> None:
    """All cards of a request, that of its enquiry, and the homes in which it stands."""
    outbox.redraw(work, subject_of(request.id))
    outbox.redraw(work, Subject(SubjectKind.ENQUIRY, request.enquiry_id))
    outbox.redraw_homes(work, [request.asked_id, request.owner_id])


def profile_read(work: Work, person: Person) -> None:
    """It is known by now who somebody is, who was asked or named as soon as they were chosen.

    A member of another workspace cannot answer here: the owner hears of it while there is time.
    """
    is_ours = person.slack_team_id == workspaces.get(work.tx).team_id
    for request in facts.naming(work.tx, person.id):
        redraw(work, request)
        if request.asked_id == person.id and request.state is FactState.ASKED and not is_ours:
            subject = subject_of(request.id)
            sentence = (
                f"{person.name} belongs to another Slack workspace and cannot answer here. Ring or write to them, then "
                "press Record the answer in the enquiry’s thread. They were asked:"
            )
            outbox.tell(
                work,
                deputies.acting_for(work, request.owner, about=subject),
                subject,
                said(sentence, quote=request.question),
                dedupe_key=f"facts-elsewhere:{request.id}",
            )


def deadline_changed(work: Work, enquiry: Enquiry) -> None:
    """Whoever would answer too late for the new deadline is asked for it earlier, and told so."""
    due_at = due_by_default(enquiry.deadline, work.now, work.hours)
    for request in facts.of_enquiry(work.tx, enquiry.id):
        is_late = enquiry.deadline is not None and enquiry.deadline < request.due_at
        if request.state is not FactState.ASKED or not is_late or due_at >= request.due_at:
            continue
        facts.rewrite(work.tx, request, due_at=due_at)
        obligations.move_deadline(work, subject_of(request.id), Duty.FACTS, due_at)
        tell(
            work,
            request,
            "The press office needs this earlier than we said, by {due}:",
            relayed=f"{request.asked.name} has to answer earlier, by {{due}}. Please tell them:",
            due=due_at,
        )
        redraw(work, request)


def owner_changed(work: Work, enquiry_id: int, to: Person) -> None:
    """Whoever has the enquiry now gets the answers, and brings what is open to those outside Slack."""
    for request in facts.of_enquiry(work.tx, enquiry_id):
        if request.owner_id == to.id:
            continue
        outbox.redraw_homes(work, [request.owner_id])
        facts.rewrite(work.tx, request, owner_id=to.id)
        fresh = get(work.tx, request.id)
        redraw(work, fresh)
        if fresh.state is FactState.ASKED:
            send(work, fresh)


def withdraw_open(work: Work, enquiry: Enquiry) -> None:
    """The enquiry is closed: nobody has to answer any more, and whoever was asked is told, with thanks."""
    for request in facts.of_enquiry(work.tx, enquiry.id):
        if request.state is FactState.ASKED:
            withdraw(work, request)
            work.record(Act.WITHDRAW_FACTS, subject_of(request.id), because="closed")
        else:
            outbox.redraw(work, subject_of(request.id))


def withdraw(work: Work, request: FactRequest) -> None:
    withdrawn = change(work, request, Act.WITHDRAW_FACTS)
    obligations.cancel(work, subject_of(request.id), Duty.FACTS)
    tell(
        work,
        withdrawn,
        "Thank you for looking into this. It is not needed any more, and you need not do anything:",
        relayed=f"{withdrawn.asked.name} need not answer any more. Please tell them, with thanks:",
    )
    redraw(work, withdrawn)


def tell(work: Work, request: FactRequest, sentence: str, *, relayed: str, **times: datetime) -> None:
    """A word to whoever sees to a request, with its question: what changes on a card rings nobody.

    `relayed` is said to the owner, where they write to whoever was asked.
    """
    person = reached_by(work, request)
    if person.id != work.person_id:
        is_relayed = not request.asked.on_slack and person.id != request.asked_id
        is_relayed = (
            is_relayed and person.id == deputies.acting_for(work, request.owner, about=subject_of(request.id)).id
        )
        detail: dict[str, Any] = said(relayed if is_relayed else sentence, quote=request.question, times=times)
        outbox.tell(work, person, subject_of(request.id), detail)


def redraw_all(work: Work, enquiry_id: int) -> None:
    """Others may see the enquiry now, or fewer, or it is open again: what is shown of its questions follows."""
    for request in facts.of_enquiry(work.tx, enquiry_id):
        outbox.redraw(work, subject_of(request.id))
