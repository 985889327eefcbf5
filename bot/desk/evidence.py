"""Files as evidence of what somebody said by phone or e-mail (DOMAIN §2): kept by what proves them, read afterwards.

A form must be answered in three seconds, and Slack may not give a file out just then: so a file is noted with the
reply, and read through the outbox, again and again until it could be. docs/decisions/11-files.md says what is kept.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import outbox, signatures, standings
from bot.core.documents import FileReader
from bot.core.errors import BadInput, NotFromHere
from bot.core.features import Feature
from bot.core.file_kinds import KINDS, FileKind, kind_of, something_else
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import signoffs as requests
from storage import evidence, people
from storage import signoffs as records
from storage.evidence import EvidenceFile
from storage.outbox import Posting, PostingKind
from storage.people import Person
from storage.signoffs import Signature
from storage.subjects import Subject, SubjectKind

LARGEST = 10_000_000
"""Bytes. Slack takes no more in a form."""
MOST_FILES = 3
LONGEST_NAME = 200


@dataclass(frozen=True)
class GivenFile:
    """A file as a form brings it: what Slack says of it, before anybody has looked into it."""

    slack_file_id: str
    name: str
    size: int
    permalink: str | None = None


def check(files: Sequence[GivenFile]) -> None:
    """Refuses what cannot be evidence by its name or size. `BadInput` on the field "files"."""
    for file in files:
        if kind_of(file.name) is None:
            raise BadInput(
                f"“{file.name[:LONGEST_NAME]}” is of no kind that can be kept as evidence. Save it as one of these: "
                f"{', '.join(f'.{ending}' for ending in KINDS)}.",
                field="files",
            )
        if file.size > LARGEST:
            raise BadInput(
                f"“{file.name[:LONGEST_NAME]}” is larger than 10 MB. Save it smaller, or give a link to it instead.",
                field="files",
            )


def attach(work: Work, signature: Signature, files: Sequence[GivenFile]) -> None:
    """Notes files with a reply that is recorded in the same transaction; they are read soon after."""
    check(files)
    subject = signatures.subject_of(work.tx, signature.id)
    known = {one.slack_file_id for one in evidence.of_signature(work.tx, signature.id)}
    for file in files:
        if file.slack_file_id in known:
            continue
        noted = EvidenceFile(
            signature_id=signature.id,
            slack_file_id=file.slack_file_id,
            name=file.name[:LONGEST_NAME],
            permalink=file.permalink,
            size=file.size,
            added_by_id=work.person.id,
            added_at=work.now,
        )
        work.tx.add(noted)
        work.tx.flush()
        about = Subject(SubjectKind.EVIDENCE, noted.id)
        outbox.post(work, PostingKind.EVIDENCE, about, person=work.person, dedupe_key=f"evidence:{noted.id}")
        work.record(
            "evidence.attached",
            subject,
            signature=signature.id,
            evidence=noted.id,
            file=file.slack_file_id,
            size=file.size,
            personal={"name": noted.name},
        )


@dataclass(frozen=True)
class Recorded:
    """A reply that a press officer wrote down, and the files that show it."""

    signature: Signature
    files: tuple[EvidenceFile, ...]


@dataclass(frozen=True)
class EvidencePage:
    """How each answer to a draft is known that did not come by a press."""

    title: str
    draft: int
    recorded: tuple[Recorded, ...]


def shown(desk: Desk, caller: Caller, subject: Subject) -> EvidencePage:
    with desk.looking(caller, Act.RECORD_REPLY, subject) as work:
        standing = standings.of(work.tx, records.of(work.tx, subject))
        found = [
            Recorded(signature, tuple(accepted(work, signature.id)))
            for signature in standing.signatures
            if signature.recorded_by_id is not None
        ]
        return EvidencePage(work.features.title(work.tx, subject), standing.draft.number, tuple(found))


def accepted(work: Work, signature_id: int) -> list[EvidenceFile]:
    """The files of a reply, but for those that turned out to be none."""
    return [file for file in evidence.of_signature(work.tx, signature_id) if file.refused_because is None]


def to_attach(desk: Desk, caller: Caller, signature_id: int) -> Signature:
    with desk.looking(caller, Act.RECORD_REPLY, requests.subject_of(desk, caller, signature_id)) as work:
        return _recorded(work, signature_id)


def attach_more(desk: Desk, caller: Caller, signature_id: int, files: Sequence[GivenFile], *, once: str) -> None:
    """Adds files to a reply that was recorded before."""
    subject = requests.subject_of(desk, caller, signature_id)
    with desk.acting(caller, Act.RECORD_REPLY, subject, once=once) as work:
        signature = _recorded(work, signature_id)
        if not files:
            raise BadInput("Choose a file.", field="files")
        attach(work, signature, files)


def _recorded(work: Work, signature_id: int) -> Signature:
    signature = requests.get(work.tx, signature_id)
    if signature.recorded_by_id is None:
        raise NotFromHere("No recorded reply stands here any more, so there is nothing to attach a file to.")
    return signature


def read(desk: Desk, posting: Posting, content: bytes) -> None:
    """Slack gave the file out: notes what proves it, or refuses it where it is not what its name says."""
    with desk.on_its_own(posting.workspace_id) as work:
        file = evidence.get(work.tx, posting.subject_id)
        if file is None:
            return
        kind = kind_of(file.name)
        if not content:
            _refuse(work, file, "It is empty.")
        elif len(content) > LARGEST:
            _refuse(work, file, "It is larger than 10 MB.")
        elif kind is None or not kind.fits(content):
            _refuse(work, file, something_else(kind))
        else:
            _keep(work, file, kind, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def refuse(desk: Desk, posting: Posting, reason: str) -> None:
    """Slack will never give the file out. `reason` is a sentence."""
    with desk.on_its_own(posting.workspace_id) as work:
        file = evidence.get(work.tx, posting.subject_id)
        if file is not None:
            _refuse(work, file, reason)


def _keep(work: Work, file: EvidenceFile, kind: FileKind, *, size: int, sha256: str) -> None:
    """The history has no name of the file: that may tell who asked, and would have to be erased there."""
    if not evidence.note(work.tx, file.id, work.now, size=size, sha256=sha256):
        return
    signature = requests.get(work.tx, file.signature_id)
    subject = signatures.subject_of(work.tx, signature.id)
    work.features.signing(subject.kind).say(
        work,
        subject.id,
        f"Kept as evidence of what {_who(signature)} said of draft {signature.draft.number}: {kind.called}, "
        f"{in_kilobytes(size)}, SHA-256 {sha256}.",
    )
    work.record(
        "evidence.read",
        subject,
        signature=signature.id,
        evidence=file.id,
        file=file.slack_file_id,
        size=size,
        sha256=sha256,
        personal={"name": file.name},
    )


def _refuse(work: Work, file: EvidenceFile, reason: str) -> None:
    if not evidence.note(work.tx, file.id, work.now, refused_because=reason):
        return
    signature = requests.get(work.tx, file.signature_id)
    subject = signatures.subject_of(work.tx, signature.id)
    outbox.tell(
        work,
        _who_sees_to_it(work, file, subject),
        subject,
        said(
            f"A file is not kept as evidence of what {_who(signature)} said. {reason} What you recorded stands. "
            "Attach another file if you have one.",
            quote=file.name,
            evidence=file.id,
            attach=signature.id if signature.recorded_by_id is not None else None,
        ),
    )
    work.record(
        "evidence.refused",
        subject,
        signature=signature.id,
        evidence=file.id,
        file=file.slack_file_id,
        because=reason,
        personal={"name": file.name},
    )


def _who_sees_to_it(work: Work, file: EvidenceFile, subject: Subject) -> Person | None:
    """Whoever attached it; the owner, if it has become sensitive since and is none of theirs any more."""
    added_by = people.get(work.tx, file.added_by_id)
    if added_by is not None and work.may_see(added_by, subject):
        return added_by
    owner_id = work.features.owner_id(work.tx, subject)
    return people.get(work.tx, owner_id) if owner_id is not None else None


def _who(signature: Signature) -> str:
    return (signature.given_by or signature.person).name


def in_kilobytes(size: int) -> str:
    return f"{max(1, round(size / 1000)):,} kB"


def _load(work: Work, posting: Posting) -> EvidenceFile | None:
    """None, once it has been read."""
    file = evidence.get(work.tx, posting.subject_id)
    return None if file is None or file.is_read else file


FEATURE = Feature(
    kind=SubjectKind.EVIDENCE,
    loaders={PostingKind.EVIDENCE: _load},
    readers={PostingKind.EVIDENCE: FileReader(read, refuse)},
)
