"""How a text stands: who was asked about its newest draft, and what each has said."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.core.errors import NotFromHere
from storage import signoffs
from storage.database import Transaction
from storage.signoffs import Draft, Signature, SignatureState, Signoff
from storage.subjects import SubjectKind


@dataclass(frozen=True)
class Standing:
    """How a text stands: its newest draft, and what each person asked has said of that draft."""

    signoff: Signoff
    draft: Draft
    signatures: tuple[Signature, ...]

    def by_id(self, signature_id: int) -> Signature | None:
        return next((signature for signature in self.signatures if signature.id == signature_id), None)

    @property
    def was_asked(self) -> bool:
        return bool(self.signatures)

    @property
    def given(self) -> tuple[Signature, ...]:
        """Whoever must sign and need not be waited for: they approved, the comms lead goes on without them, or they
        passed it to somebody who must sign it instead, and of whom the same holds."""
        return tuple(s for s in self.signatures if s.must_sign and self._last_of_pass(s).state in _GIVEN)

    @property
    def missing(self) -> tuple[Signature, ...]:
        """Whoever must sign and has neither done so nor asked for changes, whatever else became of their signature.

        Of a request that was passed on it is whoever has it now.
        """
        not_given = [s for s in self.signatures if s.must_sign and s not in self.given]
        return tuple(s for s in not_given if s.state is not SignatureState.CHANGES_ASKED and not self._is_with_other(s))

    @property
    def objections(self) -> tuple[Signature, ...]:
        """Amendments asked for and not yet answered. They hold the text back, whoever asked."""
        return tuple(s for s in self.signatures if s.state is SignatureState.CHANGES_ASKED)

    @property
    def is_signed(self) -> bool:
        """Somebody must sign, nobody who must is waited for, and no amendment is open. Nothing else is signed."""
        must = [s for s in self.signatures if s.must_sign]
        return bool(must) and len(self.given) == len(must) and not self.objections

    def _is_with_other(self, signature: Signature) -> bool:
        passed = SignatureState.PASSED
        return signature.state is passed and self._last_of_pass(signature).state is not passed

    def _last_of_pass(self, signature: Signature) -> Signature:
        """The request that is answered instead of one that was passed on; itself, if it was not passed on properly."""
        received = {s.passed_from_id: s for s in self.signatures if s.must_sign and s.passed_from_id is not None}
        at, seen = signature, {signature.id}
        while at.state is SignatureState.PASSED and at.id in received and received[at.id].id not in seen:
            at = received[at.id]
            seen.add(at.id)
        return at


def check_signed(now: Standing) -> None:
    """Raises `NotFromHere`, and says whom it waits for, where a text is not signed by all who must."""
    if now.objections:
        names = ", ".join(signature.person.name for signature in now.objections)
        raise NotFromHere(
            f"{names} asked for changes. Write a new draft, or keep the wording and say why, then it can go out."
        )
    if not now.is_signed:
        if not now.was_asked:
            raise NotFromHere("Nobody has been asked to sign it yet. Ask for signatures first.")
        names = ", ".join(signature.person.name for signature in now.missing)
        raise NotFromHere(f"It cannot go out yet. Still to sign: {names}. They have been asked.")


_GIVEN = frozenset({SignatureState.APPROVED, SignatureState.OVERRIDDEN})


def of(tx: Transaction, signoff: Signoff) -> Standing:
    draft = signoffs.draft(tx, signoff.id, signoff.current_draft)
    if draft is None:
        raise LookupError(f"sign-off {signoff.id} has no draft {signoff.current_draft}")
    return Standing(signoff, draft, tuple(signoffs.signatures(tx, draft.id)))


def of_several(tx: Transaction, kind: SubjectKind, subject_ids: Collection[int]) -> dict[int, Standing]:
    """How the texts of several records stand, by the record's id; asked for all of them at once."""
    found = signoffs.of_several(tx, kind, subject_ids)
    drafts = {draft.signoff_id: draft for draft in signoffs.current_drafts(tx, [signoff.id for signoff in found])}
    signatures: dict[int, list[Signature]] = {draft.id: [] for draft in drafts.values()}
    for signature in signoffs.signatures_of(tx, list(signatures)):
        signatures[signature.draft_id].append(signature)
    return {
        signoff.subject_id: Standing(signoff, drafts[signoff.id], tuple(signatures[drafts[signoff.id].id]))
        for signoff in found
    }
