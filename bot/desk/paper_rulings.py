"""Whether a paper is confidential: only the chair rules so, with a reason and a date (DOMAIN §5, "Papers").

A press officer may ask. Until the chair has said so, the paper is kept as if it were confidential: what was published
too soon cannot be taken back.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.core import obligations, outbox
from bot.core.errors import BadInput, NotFromHere
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import hearing, paper_steps
from bot.desk.paper_cards import title_of
from bot.desk.paper_steps import LONGEST_REASON, subject_of
from bot.desk.written import needed
from storage import people
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.papers import Paper, PaperRuling, PaperState
from storage.people import Person, Role
from storage.signoffs import HeardBy


@dataclass(frozen=True)
class Ruling:
    """What the chair ruled, and why. None: nobody has chosen yet."""

    is_confidential: bool | None
    reason: str = ""


@dataclass(frozen=True)
class Heard:
    """How a press officer knows it. `at` is UTC; None means now. `chair_id`: who ruled, where that could be several."""

    how: HeardBy | None
    evidence: str
    at: datetime | None = None
    chair_id: int | None = None


def ask(desk: Desk, caller: Caller, paper_id: int, reason: str, chair_id: int | None, *, once: str) -> Paper:
    """Asks the chair whether a paper is confidential, and why it may be."""
    with desk.acting(caller, Act.ASK_FOR_RULING, subject_of(paper_id), once=once) as work:
        paper = paper_steps.get(work.tx, paper_id)
        to = paper_steps.check(paper, Act.ASK_FOR_RULING)
        because = needed(reason, "Say why it may be confidential.", field="reason", most=LONGEST_REASON)
        chair = _chair(work, chair_id)
        asked = paper_steps.change(
            work, paper, to, chair_id=chair.id, asked_by_id=work.person.id, asked_because=because
        )
        obligations.cancel(work, subject_of(paper.id), Duty.PUBLISH)
        holder = paper_steps.owe_ruling(work, paper, chair)
        reached = holder if holder.on_slack else work.person
        outbox.post(work, PostingKind.PAPER_RULING, subject_of(paper.id), person=reached)
        paper_steps.redraw(work, asked)
        work.record(Act.ASK_FOR_RULING, subject_of(paper.id), chair=chair.id, personal={"reason": because})
        return asked


def rule(desk: Desk, caller: Caller, paper_id: int, ruling: Ruling, *, once: str) -> Paper:
    """The chair rules; also without being asked, and anew."""
    with desk.acting(caller, Act.RULE_PAPER, subject_of(paper_id), once=once) as work:
        paper = paper_steps.get(work.tx, paper_id)
        made = _ruling(paper, ruling, Act.RULE_PAPER)
        made.chair_id = work.person.id
        return _put(work, paper, Act.RULE_PAPER, made)


def record(desk: Desk, caller: Caller, paper_id: int, ruling: Ruling, heard: Heard, *, once: str) -> Paper:
    """A press officer writes down what the chair ruled by e-mail or on the phone, and how that is known."""
    with desk.acting(caller, Act.RECORD_RULING, subject_of(paper_id), once=once) as work:
        paper = paper_steps.get(work.tx, paper_id)
        made = _ruling(paper, ruling, Act.RECORD_RULING)
        chair = paper_steps.asked_chair(paper) or _chair(work, heard.chair_id)
        made.chair_id, made.recorded_by_id = chair.id, work.person.id
        made.evidence = needed(heard.evidence, "Say how you know: who told you, and when.", field="evidence", most=500)
        made.heard_by = hearing.chosen(heard.how)
        made.heard_at = hearing.when(
            work, heard.at, since=paper.added_at, early="The paper was put on file", field="heard_at"
        )
        changed = _put(work, paper, Act.RECORD_RULING, made)
        what = "is confidential" if made.is_confidential else "is published"
        sentence = f"{work.person.name} recorded that you ruled: {title_of(paper)} {what}. If it is wrong, rule anew."
        outbox.tell(work, chair, subject_of(paper.id), said(sentence, quote=made.reason, papers=paper.meeting_id))
        return changed


def _ruling(paper: Paper, ruling: Ruling, act: Act) -> PaperRuling:
    if ruling.is_confidential is None:
        raise BadInput("Choose what the chair ruled.", field="ruling")
    paper_steps.check(paper, act, confidential=ruling.is_confidential)
    reason = ruling.reason.strip()
    if ruling.is_confidential:
        reason = needed(reason, "Give the reason: it stays on record.", field="reason", most=LONGEST_REASON)
    if len(reason) > LONGEST_REASON:
        raise BadInput(f"Shorten this to {LONGEST_REASON:,} characters.", field="reason")
    return PaperRuling(paper_id=paper.id, is_confidential=ruling.is_confidential, reason=reason or None)


def _put(work: Work, paper: Paper, act: Act, made: PaperRuling) -> Paper:
    was, asked_by = paper.state, paper.asked_by
    to = paper_steps.check(paper, act, confidential=made.is_confidential)
    changed = paper_steps.change(work, paper, to)
    made.at = work.now
    work.tx.add(made)
    subject = subject_of(paper.id)
    obligations.done(work, subject, Duty.RULE)
    if made.is_confidential:
        obligations.cancel(work, subject, Duty.PUBLISH)
    else:
        paper_steps.owe_publishing(work, changed)
    _tell(work, changed, made, asked_by, was=was)
    paper_steps.redraw(work, changed)
    work.record(
        act,
        subject,
        ruling=made.id,
        confidential=made.is_confidential,
        chair=made.chair_id,
        recorded_by=made.recorded_by_id,
        heard_by=made.heard_by.value if made.heard_by else None,
        heard_at=made.heard_at.isoformat() if made.heard_at else None,
        personal={"reason": made.reason, "evidence": made.evidence},
    )
    return changed


def _tell(work: Work, paper: Paper, made: PaperRuling, asked_by: Person | None, *, was: PaperState) -> None:
    """Whoever asked, and whoever put it on file, as far as they may see it."""
    told = {person.id: person for person in (asked_by, paper.added_by) if person is not None}
    sentence = f"The chair ruled: {title_of(paper)} is {'confidential' if made.is_confidential else 'published'}."
    if not made.is_confidential and paper.meeting.is_on:
        sentence += " Publish it, then press Published."
    elif made.is_confidential and (was is PaperState.PUBLISHED or paper.public_link is not None):
        sentence += " It has been on the website: please take it down."
    for person in told.values():
        if person.id != work.person.id and work.may_see(person, subject_of(paper.id)):
            detail = said(sentence, quote=made.reason, papers=paper.meeting_id)
            outbox.tell(work, person, subject_of(paper.id), detail)


def _chair(work: Work, chair_id: int | None) -> Person:
    """The chair of the board; which, where there are several."""
    chairs = people.holding(work.tx, Role.CHAIR)
    if not chairs:
        raise NotFromHere("Nobody has the role of chair. Ask the administrator to give it in Settings.")
    if chair_id is None and len(chairs) > 1:
        raise BadInput("Choose which chair.", field="chair")
    found = next((chair for chair in chairs if chair_id in {None, chair.id}), None)
    if found is None:
        raise BadInput("This person does not chair the board any more. Choose again.", field="chair")
    return found
