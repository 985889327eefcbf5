"""Proving the record: every byte of the chain is looked at again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from storage import audit
from storage.database import Database, Transaction


@dataclass(frozen=True)
class Finding:
    """Something on the record that is not as it was written. `position` counts from 1; 0: no entry in particular."""

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
    """Reads every workspace's chain from its beginning, with the personal data and the drafts that it vouches for.

    `head` is one that was noted earlier (from a digest); if the chain no longer contains it, its tail was cut or
    rewritten. Raises ValueError when `head` is not of the shape `position-hash`.
    """
    noted = _read_head(head) if head is not None else None
    with database.across_workspaces(read_only=True) as view:
        ids = audit.workspaces(view)
    chains = []
    for workspace_id in ids:
        chain = _Chain(workspace_id, noted)
        with database.transaction(workspace_id, read_only=True) as tx, audit.every_byte(tx):
            chain.read(tx)
        chains.append(chain)
    findings = [finding for chain in chains for finding in chain.findings]
    if noted is not None and not any(chain.has_noted for chain in chains):
        findings.append(Finding(0, noted[0], "this head is not in the chain: its end was cut off or rewritten"))
    return Verdict(
        tuple(findings),
        sum(chain.count for chain in chains),
        tuple(head_words(chain.position, chain.hash) for chain in chains if chain.count),
    )


def _read_head(head: str) -> tuple[int, str]:
    position, dash, hash_ = head.strip().partition("-")
    if not (position.isdecimal() and dash and hash_):
        raise ValueError("a head reads like 142-9f3ab0…: copy it whole from the digest")
    return int(position), hash_


class _Chain:
    """One workspace's chain while it is read, entry after entry, and what was found so far."""

    def __init__(self, workspace_id: int, noted: tuple[int, str] | None) -> None:
        self.workspace_id = workspace_id
        self.position, self.hash = 0, audit.BEGINNING
        self.count = 0
        self.has_noted = False
        self.findings: list[Finding] = []
        self._noted = noted
        self._drafts: set[int] = set()

    def read(self, tx: Transaction) -> None:
        for entries in audit.entries(tx):
            sound = [entry for entry in entries if self._look_at(entry)]
            personal = audit.personal_of(tx, [entry["id"] for entry in sound])
            for entry in sound:
                self._compare_personal(entry, personal.get(entry["id"], ()))
            self._compare_drafts(tx, sound)
        self._end_at(audit.head(tx))
        if loose := audit.count_loose_personal(tx):
            self._find(0, f"personal data belongs to no entry: {loose}")
        self._read_drafts(tx)

    def _find(self, position: int, what: str) -> None:
        self.findings.append(Finding(self.workspace_id, position, what))

    def _look_at(self, entry: Mapping[str, Any]) -> bool:
        """Whether the entry is as it was written. If not, what it says is worth nothing."""
        position, hash_ = entry["position"], entry["hash"]
        self.count += 1
        self.has_noted |= self._noted == (position, hash_)
        if position != self.position + 1:
            self._find(position, f"the entry after {self.position} is missing")
        if entry["previous_hash"] != self.hash:
            self._find(position, "does not follow from the entry before it")
        self.position, self.hash = position, hash_
        if audit.chained_hash(entry) != hash_:
            self._find(position, "was changed after it was written")
            return False
        return True

    def _compare_personal(self, entry: Mapping[str, Any], kept: Collection[audit.AuditPersonal]) -> None:
        committed = dict(audit.told(entry["details"]).get("committed", {}))
        for one in kept:
            commitment = committed.pop(one.name, None)
            if one.salt is None and one.value is None and commitment is not None:
                continue  # erased, as it may be
            if one.salt is None or one.value is None or audit.commitment(one.salt, one.value) != commitment:
                self._find(entry["position"], f"its {one.name} is not the one that was written")
        for name in committed:
            self._find(entry["position"], f"its {name} is not kept any more, and was not erased")

    def _compare_drafts(self, tx: Transaction, entries: Collection[Mapping[str, Any]]) -> None:
        named = [(entry, draft) for entry in entries if (draft := audit.draft_told_of(entry)) is not None]
        if not named:
            return
        kept = audit.drafts_of(tx, [draft for _, draft in named])
        for entry, draft in named:
            if draft in kept:
                self._drafts.add(kept[draft])
            else:
                self._find(entry["position"], f"draft {draft.number}, of which it tells, is not on file as it was")

    def _end_at(self, head: tuple[int, str] | None) -> None:
        if (head or (0, audit.BEGINNING)) != (self.position, self.hash):
            self._find(head[0] if head else 0, f"the chain should end here, and ends at {self.position}")

    def _read_drafts(self, tx: Transaction) -> None:
        for draft_id, text, sha256 in audit.drafts(tx):
            if audit.text_as_written(text) != sha256:
                self._find(0, f"the text of draft {draft_id} is not the one that was hashed")
            if draft_id not in self._drafts:
                self._find(0, f"draft {draft_id} is not on the record")
