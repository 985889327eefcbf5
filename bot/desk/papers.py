"""Papers of meetings (DOMAIN §5): put on file with a link or a file, changed, removed, published.

A file stays in Slack. What it is by its name is checked at once; what it holds, as soon as Slack gives it out (as with
evidence: docs/decisions/11-files.md).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.core import obligations, outbox
from bot.core.documents import FileReader
from bot.core.errors import BadInput
from bot.core.features import Feature
from bot.core.file_kinds import PAPER_KINDS, kind_of, something_else
from bot.core.outbox import said
from bot.core.permissions import Act, may
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import paper_cards, paper_steps
from bot.desk.evidence import LARGEST, LONGEST_NAME, GivenFile
from bot.desk.links import check_link
from bot.desk.paper_steps import LONGEST_REASON, LONGEST_TITLE, NOT_THERE, subject_of
from bot.desk.written import needed
from storage import obligations as obligation_records
from storage import papers, sensitive
from storage.database import Transaction
from storage.obligations import Duty
from storage.outbox import Posting, PostingKind
from storage.papers import Paper, PaperKind, PaperState
from storage.people import Person
from storage.subjects import SubjectKind

CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True)
class PaperDetails:
    """What is put on file: a link or a file, one of them."""

    kind: PaperKind | None
    title: str
    link: str = ""
    files: Sequence[GivenFile] = ()


def add(desk: Desk, caller: Caller, meeting_id: int, details: PaperDetails, *, once: str) -> Paper:
    """Puts an agenda, a paper or minutes on file. Whoever does is reminded to publish it."""
    with desk.acting(caller, Act.ADD_PAPER, once=once) as work:
        meeting = paper_steps.meeting(work.tx, meeting_id)
        values = _values(work, meeting.id, details, None)
        paper = Paper(
            meeting_id=meeting.id,
            state=PaperState.TO_PUBLISH,
            added_by_id=work.person.id,
            added_at=work.now,
            **values,
        )
        work.tx.add(paper)
        paper = paper_steps.get(work.tx, paper.id)
        paper_steps.owe_publishing(work, paper)
        _have_read(work, paper)
        work.record(
            Act.ADD_PAPER,
            subject_of(paper.id),
            meeting=meeting.id,
            kind=paper.kind.value,
            file=paper.slack_file_id,
            personal={"title": paper.title, "link": paper.link, "name": paper.file_name},
        )
        return paper


def change(desk: Desk, caller: Caller, paper_id: int, details: PaperDetails, *, once: str) -> Paper:
    """Another title, link or file. Where neither link nor file is given, what is there stays."""
    with desk.acting(caller, Act.CHANGE_PAPER, subject_of(paper_id), once=once) as work:
        paper = paper_steps.get(work.tx, paper_id)
        to = paper_steps.check(paper, Act.CHANGE_PAPER)
        was_kind = paper.kind
        changed = paper_steps.change(work, paper, to, **_values(work, paper.meeting_id, details, paper))
        if changed.kind is not was_kind:
            due_at = paper_steps.due_by(changed.kind, changed.meeting.starts_at, work.now, work.hours)
            obligations.move_deadline(work, subject_of(paper.id), Duty.PUBLISH, due_at)
        if details.files:
            _have_read(work, changed)
        paper_steps.redraw(work, changed)
        work.record(
            Act.CHANGE_PAPER,
            subject_of(paper.id),
            kind=changed.kind.value,
            file=changed.slack_file_id,
            personal={"title": changed.title, "link": changed.link, "name": changed.file_name},
        )
        return changed


def remove(desk: Desk, caller: Caller, paper_id: int, reason: str, *, once: str) -> Paper:
    """It is not a paper of this meeting, or not any more. What was, stays on the record."""
    with desk.acting(caller, Act.REMOVE_PAPER, subject_of(paper_id), once=once) as work:
        paper = paper_steps.get(work.tx, paper_id)
        to = paper_steps.check(paper, Act.REMOVE_PAPER)
        because = needed(reason, "Say why it is removed.", field="reason", most=LONGEST_REASON)
        removed = paper_steps.change(work, paper, to, removed_because=because)
        obligations.cancel(work, subject_of(paper.id), Duty.PUBLISH, Duty.RULE)
        paper_steps.redraw(work, removed)
        work.record(Act.REMOVE_PAPER, subject_of(paper.id), personal={"reason": because})
        return removed


def publish(desk: Desk, caller: Caller, paper_id: int, public_link: str, at: datetime | None, *, once: str) -> Paper:
    """Notes that a paper is on the website: where, and since when (UTC; None means now)."""
    with desk.acting(caller, Act.PUBLISH_PAPER, subject_of(paper_id), once=once) as work:
        paper = paper_steps.get(work.tx, paper_id)
        to = paper_steps.check(paper, Act.PUBLISH_PAPER)
        address = check_link(public_link, "public_link", optional=False)
        if at is not None and at > work.now + CLOCKS_DIFFER:
            raise BadInput("This is in the future. Press Published once it is on the website.", field="published_at")
        published_at = min(at or work.now, work.now)
        published = paper_steps.change(work, paper, to, public_link=address, published_at=published_at)
        obligations.done(work, subject_of(paper.id), Duty.PUBLISH)
        paper_steps.redraw(work, published)
        work.record(Act.PUBLISH_PAPER, subject_of(paper.id), at=published_at.isoformat(), link=address)
        return published


def _values(work: Work, meeting_id: int, details: PaperDetails, before: Paper | None) -> dict[str, Any]:
    if details.kind is None:
        raise BadInput("Choose what it is.", field="kind")
    title = needed(details.title, "Give it a title.", field="title", most=LONGEST_TITLE)
    with sensitive.shown_to(work.tx, work.person):  # else the refusal would name what is hidden from them
        others = papers.of_meeting(work.tx, meeting_id)
    for other in others:
        is_same = other.kind is details.kind and other.title.casefold() == title.casefold()
        if is_same and (before is None or other.id != before.id):
            raise BadInput("There is one of this title already. Change that one, or give another title.", field="title")
    link = check_link(details.link)
    if link and details.files:
        raise BadInput("Give a link or a file, not both.", field="link")
    if not link and not details.files:
        if before is None or before.refused_because is not None:
            raise BadInput("Give a link or a file.", field="link")
        return {"kind": details.kind, "title": title}
    return {"kind": details.kind, "title": title, "link": link, **_of_file(details.files)}


def _of_file(files: Sequence[GivenFile]) -> dict[str, Any]:
    """What is noted of a file before it is read; nothing of it where there is none."""
    if not files:
        return dict.fromkeys(
            ("slack_file_id", "file_name", "permalink", "size", "sha256", "refused_because", "read_at")
        )
    file = files[0]
    if kind_of(file.name, PAPER_KINDS) is None:
        raise BadInput(
            f"“{file.name[:LONGEST_NAME]}” cannot be kept as a paper. Save it as one of these: "
            f"{', '.join(f'.{ending}' for ending in PAPER_KINDS)}.",
            field="files",
        )
    if file.size > LARGEST:
        raise BadInput(
            f"“{file.name[:LONGEST_NAME]}” is larger than 10 MB. Save it smaller, or give a link to it instead.",
            field="files",
        )
    return {
        "slack_file_id": file.slack_file_id,
        "file_name": file.name[:LONGEST_NAME],
        "permalink": file.permalink,
        "size": file.size,
        "sha256": None,
        "refused_because": None,
        "read_at": None,
    }


def _have_read(work: Work, paper: Paper) -> None:
    if paper.slack_file_id is not None:
        key = f"paper:{paper.id}:{paper.slack_file_id}"
        outbox.post(work, PostingKind.PAPER_FILE, subject_of(paper.id), person=work.person, dedupe_key=key)


def _load_file(work: Work, posting: Posting) -> Paper | None:
    """None, once it has been read, or has another file."""
    paper = papers.get(work.tx, posting.subject_id)
    if paper is None or paper.slack_file_id is None or paper.state is PaperState.REMOVED:
        return None
    return paper if paper.read_at is None else None


def _read(desk: Desk, posting: Posting, content: bytes) -> None:
    """Slack gave the file out: notes what proves it, or refuses it where it is not what its name says."""
    with desk.on_its_own(posting.workspace_id) as work:
        paper = papers.get(work.tx, posting.subject_id)
        if paper is None or paper.slack_file_id is None:
            return
        kind = kind_of(paper.file_name or "", PAPER_KINDS)
        if not content:
            _refuse(work, posting, paper, "It is empty.")
        elif len(content) > LARGEST:
            _refuse(work, posting, paper, "It is larger than 10 MB.")
        elif kind is None or not kind.fits(content):
            _refuse(work, posting, paper, something_else(kind))
        else:
            sha256 = hashlib.sha256(content).hexdigest()
            if papers.note_file(work.tx, paper.id, paper.slack_file_id, work.now, size=len(content), sha256=sha256):
                paper_steps.redraw(work, paper)
                work.record("paper.read", subject_of(paper.id), file=paper.slack_file_id, sha256=sha256)


def _never_read(desk: Desk, posting: Posting, reason: str) -> None:
    """Slack will never give the file out. `reason` is a sentence."""
    with desk.on_its_own(posting.workspace_id) as work:
        paper = papers.get(work.tx, posting.subject_id)
        if paper is not None:
            _refuse(work, posting, paper, reason)


def _refuse(work: Work, posting: Posting, paper: Paper, reason: str) -> None:
    """The paper stays on file without it. Whoever gave the file is told."""
    file_id = paper.slack_file_id
    if file_id is None or not papers.note_file(work.tx, paper.id, file_id, work.now, refused_because=reason):
        return
    to: Person | None = posting.person
    if to is not None and work.may_see(to, subject_of(paper.id)):
        sentence = f"The file of a paper cannot be kept. {reason} Press Change on that paper and give another."
        quote = f"{paper.title} ({paper.file_name})"
        outbox.tell(work, to, subject_of(paper.id), said(sentence, quote=quote, papers=paper.meeting_id))
    paper_steps.redraw(work, paper)
    for owed in obligation_records.open_on(work.tx, subject_of(paper.id), duty=Duty.PUBLISH):
        outbox.redraw_homes(work, [owed.owner_id])
        outbox.redraw_reminders(work, owed.id)
    work.record("paper.refused", subject_of(paper.id), file=file_id, because=reason)


def _title(tx: Transaction, paper_id: int) -> str:
    paper = paper_steps.get(tx, paper_id)
    title = paper_cards.title_of(paper)
    wrong = " (give it a file or a link: /desk papers, then Change)" if paper_steps.has_nothing(paper) else ""
    return f"{title}{wrong}"


def _owner_id(tx: Transaction, paper_id: int) -> int | None:
    """Who hears of what is not ruled or published: whoever asked the chair, else whoever put it on file."""
    paper = papers.get(tx, paper_id)
    return (paper.asked_by_id or paper.added_by_id) if paper else None


def _may_stand_in(work: Work, paper_id: int, person: Person) -> bool:
    """For the chair, of whom a ruling is awaited, whoever can see to that: few see the paper, and a deputy's own roles
    decide whether they do."""
    paper = papers.get(work.tx, paper_id)
    return paper is None or paper.state is not PaperState.ASKED or bool(_on_ruling(person))


def _acts_on_duty(work: Work, paper_id: int, reader: Person) -> frozenset[Act]:
    paper = papers.get(work.tx, paper_id)
    return _on_ruling(reader) if paper is not None and paper.state is PaperState.ASKED else frozenset()


def _on_ruling(person: Person) -> frozenset[Act]:
    roles = frozenset(person.roles)
    return frozenset(act for act in (Act.RULE_PAPER, Act.RECORD_RULING) if may(act, roles))


FEATURE = Feature(
    kind=SubjectKind.PAPER,
    is_there=lambda tx, paper_id: (
        (found := papers.get(tx, paper_id)) is not None and found.state is not PaperState.REMOVED
    ),
    not_there=NOT_THERE,
    title=_title,
    owner_id=_owner_id,
    may_stand_in=_may_stand_in,
    acts_on_duty=_acts_on_duty,
    loaders={
        PostingKind.PAPER_FILE: _load_file,
        PostingKind.PAPER_RULING: paper_cards.load_ruling,
    },
    readers={PostingKind.PAPER_FILE: FileReader(_read, _never_read)},
)
