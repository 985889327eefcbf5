"""The steps that acts on papers are made of: what the state allows, by when, and who is reminded."""

from datetime import datetime
from typing import Any

from bot.core import obligations, outbox
from bot.core.errors import NotFound, NotFromHere
from bot.core.permissions import Act
from bot.core.working_days import WorkingHours
from bot.core.workspaces import Work
from storage import calendar, papers, people
from storage.calendar import CalendarDate, DateKind
from storage.database import Transaction
from storage.obligations import Duty
from storage.papers import Paper, PaperKind, PaperState
from storage.people import Person, Role
from storage.subjects import Subject, SubjectKind

WORKING_DAYS_BEFORE = 5
"""Agenda and papers. The law asks principal councils in England for five clear days (Local Government Act 1972,
sections 100A and 100B, with SI 2002/715), and bodies under the Public Bodies (Admission to Meetings) Act 1960 for
three clear days' notice; a partnership is often neither. Five working days keep both: our own judgement."""
WORKING_DAYS_AFTER = 10
"""Minutes, in draft or agreed: our own judgement."""
DAY_AFTER = 1
"""Where that has passed already, or a ruling is asked for: the closing time of the next working day."""

MEETINGS = (DateKind.BOARD_MEETING, DateKind.GROUP_MEETING)
LONGEST_TITLE, LONGEST_REASON = 200, 1000
NOT_THERE = "This paper is not on file. `/desk papers` shows those that you may see."
NO_MEETING = "This meeting is not on file any more. `/desk papers` lists the meetings."
NOTHING_IN_IT = "Its file cannot be kept. Give it a file or a link first: `/desk papers`, then Change."
QUICKER = "Somebody was quicker a moment ago. Look at it again."

_TO, _OUT, _ASKED, _SECRET = PaperState.TO_PUBLISH, PaperState.PUBLISHED, PaperState.ASKED, PaperState.CONFIDENTIAL
CONFIDENTIAL: dict[tuple[PaperState, Act], PaperState] = {
    (state, act): _SECRET for state in (_TO, _OUT, _ASKED) for act in (Act.RULE_PAPER, Act.RECORD_RULING)
}
"""What a ruling that a paper is confidential makes of it."""
OPEN: dict[tuple[PaperState, Act], PaperState] = {
    (state, act): _TO for state in (_ASKED, _SECRET) for act in (Act.RULE_PAPER, Act.RECORD_RULING)
}
"""What a ruling that it is published makes of it."""
TRANSITIONS: dict[tuple[PaperState, Act], PaperState] = {
    **{(state, Act.CHANGE_PAPER): state for state in (_TO, _OUT, _ASKED, _SECRET)},
    **{(state, Act.REMOVE_PAPER): PaperState.REMOVED for state in (_TO, _OUT, _ASKED, _SECRET)},
    (_TO, Act.PUBLISH_PAPER): _OUT,
    (_OUT, Act.PUBLISH_PAPER): _OUT,
    (_TO, Act.ASK_FOR_RULING): _ASKED,
    (_OUT, Act.ASK_FOR_RULING): _ASKED,
}
"""The rest. *Published* a second time corrects when, or the link."""


def subject_of(paper_id: int) -> Subject:
    return Subject(SubjectKind.PAPER, paper_id)


def meeting_subject(meeting_id: int) -> Subject:
    return Subject(SubjectKind.CALENDAR_DATE, meeting_id)


def get(tx: Transaction, paper_id: int) -> Paper:
    paper = papers.get(tx, paper_id)
    if paper is None or paper.state is PaperState.REMOVED:
        raise NotFound(NOT_THERE)
    return paper


def meeting(tx: Transaction, meeting_id: int) -> CalendarDate:
    found = calendar.get(tx, meeting_id)
    if found is None or found.kind not in MEETINGS:
        raise NotFound(NO_MEETING)
    return found


def check(paper: Paper, act: Act, *, confidential: bool | None = None) -> PaperState:
    """What an act makes of a paper; of a ruling, whether it is `confidential`. Raises `NotFromHere` with a sentence."""
    table = TRANSITIONS if confidential is None else CONFIDENTIAL if confidential else OPEN
    to = table.get((paper.state, act))
    if act is Act.PUBLISH_PAPER and has_nothing(paper):
        raise NotFromHere(NOTHING_IN_IT)
    if to is not None:
        return to
    raise NotFromHere(
        {
            _TO: "This paper is to be published already. Nothing more has to be ruled.",
            _OUT: "This paper has been published.",
            _ASKED: "The chair has been asked whether this is confidential. Wait for the answer, or record it.",
            _SECRET: "The chair ruled this paper confidential. Only the chair can rule that it is published.",
        }.get(paper.state, NOT_THERE)
    )


def has_nothing(paper: Paper) -> bool:
    """Whether a paper to be published has neither a link nor a file that can be kept."""
    return paper.state is PaperState.TO_PUBLISH and paper.refused_because is not None


def change(work: Work, paper: Paper, to: PaperState, **values: Any) -> Paper:
    """The one way in which a paper moves on: from the state that was seen, if nobody was quicker."""
    if not papers.change(work.tx, paper, to=to, **values):
        raise NotFromHere(QUICKER)
    changed = papers.get(work.tx, paper.id)
    assert changed is not None  # noqa: S101 (it has just been changed)
    return changed


def due_by(kind: PaperKind, starts_at: datetime, now: datetime, hours: WorkingHours) -> datetime:
    """By when a paper should be published (UTC): at closing time, so many working days before or after its meeting."""
    days = WORKING_DAYS_AFTER if kind is PaperKind.MINUTES else -WORKING_DAYS_BEFORE
    due_at = hours.closing_of(hours.working_day_after(hours.local_day(starts_at), days))
    return due_at if due_at > now else soon(now, hours)


def soon(now: datetime, hours: WorkingHours) -> datetime:
    return hours.closing_of(hours.working_day_after(hours.local_day(now), DAY_AFTER))


def owe_publishing(work: Work, paper: Paper) -> None:
    """Whoever added it is reminded to publish it; not while its meeting is called off."""
    if not paper.meeting.is_on:
        return
    due_at = due_by(paper.kind, paper.meeting.starts_at, work.now, work.hours)
    obligations.owe(work, Duty.PUBLISH, subject_of(paper.id), owner=paper.added_by, due_at=due_at)


def owe_ruling(work: Work, paper: Paper, chair: Person) -> Person:
    """The chair is reminded to say whether it is confidential. Gives who sees to it: the chair, or who stands in."""
    due_at = soon(work.now, work.hours)
    owed = obligations.owe(work, Duty.RULE, subject_of(paper.id), owner=chair, due_at=due_at)
    holder = people.get(work.tx, owed.owner_id) if owed.owner_id else None
    return holder or chair


def asked_chair(paper: Paper) -> Person | None:
    """Who was asked to rule on it, if they chair the board still."""
    return paper.chair if paper.chair is not None and Role.CHAIR in paper.chair.roles else None


def meeting_moved(work: Work, meeting_id: int, starts_at: datetime) -> None:
    """What is to be published of a meeting is due by its new date (UTC)."""
    for paper_id, kind in papers.kinds_of_meeting(work.tx, meeting_id).items():
        due_at = due_by(kind, starts_at, work.now, work.hours)
        obligations.move_deadline(work, subject_of(paper_id), Duty.PUBLISH, due_at)


def meeting_called_off(work: Work, meeting_id: int) -> None:
    """Nothing has to be published any more; what is on file stays."""
    for paper_id in papers.kinds_of_meeting(work.tx, meeting_id):
        obligations.cancel(work, subject_of(paper_id), Duty.PUBLISH, Duty.RULE)
        outbox.redraw(work, subject_of(paper_id))


def meeting_put_back(work: Work, held: CalendarDate) -> None:
    """It is held after all: what waited to be published, or for the chair's word, is owed again."""
    for paper in papers.of_meeting(work.tx, held.id):
        if paper.state is PaperState.TO_PUBLISH:
            owe_publishing(work, paper)
        if paper.state is PaperState.ASKED and paper.chair is not None:
            owe_ruling(work, paper, paper.chair)
        redraw(work, paper)


def redraw(work: Work, paper: Paper) -> None:
    outbox.redraw(work, subject_of(paper.id))
