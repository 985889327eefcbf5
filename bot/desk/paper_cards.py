"""Papers as people see them: a meeting's, the list for the website, and the question to the chair."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core import deadlines
from bot.core.deadlines import Band
from bot.core.permissions import Act, may
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import paper_steps
from bot.desk.paper_steps import CONFIDENTIAL, MEETINGS, OPEN, TRANSITIONS, subject_of
from storage import calendar, papers, people
from storage import obligations as obligation_records
from storage.calendar import CalendarDate
from storage.obligations import Duty
from storage.outbox import Posting
from storage.papers import Paper, PaperKind, PaperRuling, PaperState
from storage.people import Person, Role

PAGE = 10
BACK, AHEAD = timedelta(days=400), timedelta(days=400)
"""Which meetings are listed."""
LATELY = timedelta(days=60)
"""For so long what was held stands above what is to come: papers and minutes of it may still be worked on."""
KIND_WORDS = {PaperKind.AGENDA: "Agenda", PaperKind.PAPER: "Paper", PaperKind.MINUTES: "Minutes"}
HEADINGS = {PaperKind.AGENDA: "Agenda", PaperKind.PAPER: "Papers", PaperKind.MINUTES: "Minutes"}


@dataclass(frozen=True)
class PaperLine:
    """One paper with what was ruled of it, and what its reader may do with it. `due_at`: to be published by (UTC)."""

    paper: Paper
    ruling: PaperRuling | None
    due_at: datetime | None
    band: Band
    acts: frozenset[Act]
    may_rule_confidential: bool
    may_rule_published: bool


@dataclass(frozen=True)
class MeetingPapers:
    """What is on file for a meeting, as far as the reader may see it."""

    meeting: CalendarDate
    lines: tuple[PaperLine, ...]
    may_add: bool


class When(StrEnum):
    """Under which heading a meeting is listed."""

    HELD = "held"
    TO_COME = "to_come"
    EARLIER = "earlier"


@dataclass(frozen=True)
class MeetingLine:
    meeting: CalendarDate
    when: When
    papers: int
    to_publish: int


@dataclass(frozen=True)
class Meetings:
    """Meetings: lately held, the newest first; to come, the nearest first; held before. `words`: looked for."""

    lines: tuple[MeetingLine, ...]
    offset: int
    total: int
    words: str
    nothing_has_words: bool = False


@dataclass(frozen=True)
class RulingRequest:
    """The question whether a paper is confidential, to the chair, or to whoever brings it to a chair outside Slack or
    away."""

    paper: Paper
    ruling: PaperRuling | None
    chair: Person
    is_relayed: bool
    email: str
    is_open: bool
    band: Band
    due_at: datetime | None
    redraw_at: datetime | None = None


@dataclass(frozen=True)
class ToAsk:
    """For the form that asks the chair, and the one that records what they said."""

    paper: Paper
    chairs: tuple[Person, ...]


def title_of(paper: Paper) -> str:
    title = " ".join(paper.title.split())
    return f"{KIND_WORDS[paper.kind]} “{title if len(title) <= 100 else title[:99].rstrip() + '…'}”"


def meetings(desk: Desk, caller: Caller, words: str = "", *, offset: int = 0) -> Meetings:
    """The meetings whose titles have these words; all of them, if none has."""
    with desk.looking(caller, Act.SEE_PAPERS) as work:
        since, until = work.now - BACK, work.now + AHEAD
        found = calendar.between(work.tx, since, until, *MEETINGS)
        wanted = [one for one in found if all(w in one.title.casefold() for w in words.casefold().split())]
        chosen = wanted or found
        ordered = sorted(((_when(one, work.now), one) for one in chosen), key=lambda pair: _place(*pair))
        shown = ordered[offset : offset + PAGE]
        states = papers.states_by_meeting(work.tx, [one.id for _, one in shown])
        lines = tuple(
            MeetingLine(one, when, len(states[one.id]), states[one.id].count(PaperState.TO_PUBLISH))
            for when, one in shown
        )
        return Meetings(lines, offset, len(ordered), words, nothing_has_words=bool(words and found and not wanted))


def _when(meeting: CalendarDate, now: datetime) -> When:
    if meeting.starts_at >= now:
        return When.TO_COME
    return When.HELD if meeting.starts_at >= now - LATELY else When.EARLIER


def _place(when: When, meeting: CalendarDate) -> tuple[int, float]:
    at = meeting.starts_at.timestamp()
    return list(When).index(when), at if when is When.TO_COME else -at


def of_meeting(desk: Desk, caller: Caller, meeting_id: int) -> MeetingPapers:
    with desk.looking(caller, Act.SEE_PAPERS) as work:
        meeting = paper_steps.meeting(work.tx, meeting_id)
        found = papers.of_meeting(work.tx, meeting.id)
        rulings = papers.newest_rulings(work.tx, [paper.id for paper in found])
        lines = tuple(_line(work, paper, rulings.get(paper.id)) for paper in found)
        return MeetingPapers(meeting, lines, may(Act.ADD_PAPER, work.standing))


def _line(work: Work, paper: Paper, ruling: PaperRuling | None) -> PaperLine:
    possible = {act for (state, act) in TRANSITIONS if state is paper.state}
    confidential = {act for (state, act) in CONFIDENTIAL if state is paper.state}
    open_ = {act for (state, act) in OPEN if state is paper.state}
    possible |= {act for act in confidential | open_ if paper.state is PaperState.ASKED or act is Act.RULE_PAPER}
    owed = obligation_records.open_on(work.tx, subject_of(paper.id), duty=Duty.PUBLISH)
    due_at = owed[0].due_at if owed else None
    if paper_steps.has_nothing(paper):
        possible.discard(Act.PUBLISH_PAPER)
    acts = frozenset(act for act in possible if may(act, work.standing))
    return PaperLine(
        paper=paper,
        ruling=ruling,
        due_at=due_at,
        band=deadlines.band(due_at, work.now),
        acts=acts,
        may_rule_confidential=Act.RULE_PAPER in acts & confidential,
        may_rule_published=Act.RULE_PAPER in acts & open_,
    )


def for_website(desk: Desk, caller: Caller, meeting_id: int) -> tuple[CalendarDate, str]:
    """What is published of a meeting, in words to copy: no mark-up, an address behind each title."""
    with desk.looking(caller, Act.SEE_PAPERS) as work:
        meeting = paper_steps.meeting(work.tx, meeting_id)
        out = [one for one in papers.of_meeting(work.tx, meeting.id) if one.state is PaperState.PUBLISHED]
        local = meeting.starts_at.astimezone(work.hours.zone)
        text = [f"{meeting.title}, {local:%A} {local.day} {local:%B %Y}"]
        for kind, heading in HEADINGS.items():
            listed = [f"{paper.title}: {paper.public_link}" for paper in out if paper.kind is kind]
            text += ["", heading, *listed] if listed else []
        return meeting, "\n".join(text) if out else ""


def look(desk: Desk, caller: Caller, paper_id: int, act: Act) -> Paper:
    """A paper, for the form of an act on it. Refuses what its state does not allow."""
    with desk.looking(caller, act, subject_of(paper_id)) as work:
        paper = paper_steps.get(work.tx, paper_id)
        paper_steps.check(paper, act)
        return paper


def to_rule(desk: Desk, caller: Caller, paper_id: int, *, confidential: bool) -> Paper:
    with desk.looking(caller, Act.RULE_PAPER, subject_of(paper_id)) as work:
        paper = paper_steps.get(work.tx, paper_id)
        paper_steps.check(paper, Act.RULE_PAPER, confidential=confidential)
        return paper


def to_ask(desk: Desk, caller: Caller, paper_id: int) -> ToAsk:
    with desk.looking(caller, Act.ASK_FOR_RULING, subject_of(paper_id)) as work:
        paper = paper_steps.get(work.tx, paper_id)
        paper_steps.check(paper, Act.ASK_FOR_RULING)
        return ToAsk(paper, tuple(people.holding(work.tx, Role.CHAIR)))


def to_record(desk: Desk, caller: Caller, paper_id: int) -> ToAsk:
    """Whose ruling may be recorded: the chair's who was asked; where nobody was who still is one, any chair's."""
    with desk.looking(caller, Act.RECORD_RULING, subject_of(paper_id)) as work:
        paper = paper_steps.get(work.tx, paper_id)
        asked = paper_steps.asked_chair(paper)
        return ToAsk(paper, (asked,) if asked else tuple(people.holding(work.tx, Role.CHAIR)))


def to_add(desk: Desk, caller: Caller, meeting_id: int) -> CalendarDate:
    with desk.looking(caller, Act.ADD_PAPER) as work:
        return paper_steps.meeting(work.tx, meeting_id)


def load_ruling(work: Work, posting: Posting) -> RulingRequest | None:
    paper, reader = papers.get(work.tx, posting.subject_id), posting.person
    if paper is None or paper.chair is None or reader is None:
        return None
    is_open = paper.state is PaperState.ASKED
    if posting.ts is None and not is_open:
        return None  # it has been ruled meanwhile
    rulings = papers.rulings(work.tx, paper.id)
    owed = obligation_records.open_on(work.tx, subject_of(paper.id), duty=Duty.RULE)
    due_at = owed[0].due_at if owed else None
    is_relayed = reader.id != paper.chair.id and not may(Act.RULE_PAPER, frozenset(reader.roles))
    return RulingRequest(
        paper=paper,
        ruling=rulings[-1] if rulings and not is_open else None,
        chair=paper.chair,
        is_relayed=is_relayed,
        email=_email(work, paper) if is_relayed and is_open else "",
        is_open=is_open,
        band=deadlines.band(due_at, work.now),
        due_at=due_at,
        redraw_at=deadlines.next_band_at(due_at, work.now),
    )


def _email(work: Work, paper: Paper) -> str:
    """What a press officer sends to a chair outside Slack."""
    local = paper.meeting.starts_at.astimezone(work.hours.zone)
    chair = paper.chair.name if paper.chair else ""
    asked_by = paper.asked_by.name if paper.asked_by else ""
    where = f"\n\n{paper.link}" if paper.link else ""
    return (
        f"Dear {chair},\n\n"
        f"Is this paper confidential? “{paper.title}”, for {paper.meeting.title} on {local:%A %d %B %Y}.{where}\n\n"
        f"Why it may be: {paper.asked_because}\n\n"
        "Papers are published unless you rule one confidential. Please reply whether you do, and the reason: it stays "
        f"on record. Until then it is not published.\n\nThank you\n{asked_by}"
    )
