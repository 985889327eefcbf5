"""Proving the record: every byte of the chain is looked at again."""

from dataclasses import dataclass

from storage import audit, signoffs
from storage.database import Database


@dataclass(frozen=True)
class Finding:
    """Something on the record that is not as it was written. `position` counts entries from 1."""

    workspace_id: int
    position: int
    what: str


@dataclass(frozen=True)
class Verdict:
    findings: tuple[Finding, ...]
    entries: int
    heads: tuple[str, ...]
    """For each workspace, where its chain ends, as the morning digest prints it: `position-hash`."""

    @property
    def holds(self) -> bool:
        return not self.findings


def head_words(position: int, hash_: str) -> str:
    return f"{position}-{hash_}"


def verify(database: Database, *, head: str | None = None) -> Verdict:
    """Reads every workspace's chain from its beginning.

    `head` is one that was noted earlier (from a digest); if the chain no longer contains it, its tail was cut or
    rewritten. Raises ValueError when `head` is not of the shape `position-hash`.
    """
    with database.across_workspaces(read_only=True) as view:
        ids = audit.workspaces(view)
    findings: list[Finding] = []
    heads: list[str] = []
    known: set[str] = set()
    entries = 0
    for workspace_id in ids:
        chain = _Chain(workspace_id)
        with database.transaction(workspace_id, read_only=True) as tx:
            for entry in audit.entries(tx):
                chain.look_at(entry)
                known.add(head_words(entry.position, entry.hash))
            chain.end_at(*audit.head(tx))
            for kept, entry in audit.personal(tx):
                chain.compare_personal(kept, entry)
            for draft in signoffs.every_draft(tx):
                if signoffs.text_hash(draft.text) != draft.sha256:
                    chain.find(0, f"the text of draft {draft.id} is not the one that was hashed")
        findings += chain.findings
        entries += chain.position
        heads.append(head_words(chain.position, chain.hash))
    if head is not None:
        findings += _look_for(head, known)
    return Verdict(tuple(findings), entries, tuple(heads))


def _look_for(head: str, known: set[str]) -> list[Finding]:
    position, dash, hash_ = head.partition("-")
    if not (position.isdigit() and dash and hash_):
        raise ValueError("a head reads like 142-9f3ab0…: copy it whole from the digest")
    if head in known:
        return []
    return [Finding(0, int(position), "this head is not in the chain: its end was cut off or rewritten")]


class _Chain:
    def __init__(self, workspace_id: int) -> None:
        self.workspace_id = workspace_id
        self.position, self.hash = 0, audit.BEGINNING
        self.findings: list[Finding] = []

    def find(self, position: int, what: str) -> None:
        self.findings.append(Finding(self.workspace_id, position, what))

    def look_at(self, entry: audit.AuditEntry) -> None:
        if entry.position != self.position + 1:
            self.find(entry.position, f"the entry after {self.position} is missing")
        if entry.previous_hash != self.hash:
            self.find(entry.position, "does not follow from the entry before it")
        if audit.chained_hash(entry) != entry.hash:
            self.find(entry.position, "was changed after it was written")
        self.position, self.hash = entry.position, entry.hash

    def end_at(self, position: int, hash_: str) -> None:
        if (position, hash_) != (self.position, self.hash):
            self.find(position, f"the chain should end here, and ends at {self.position}")

    def compare_personal(self, kept: audit.AuditPersonal, entry: audit.AuditEntry) -> None:
        if kept.salt is None or kept.value is None:
            return
        if audit.commitment(kept.salt, kept.value) != audit.committed(entry).get(kept.name):
            self.find(entry.position, f"its {kept.name} is not the one that was written")
