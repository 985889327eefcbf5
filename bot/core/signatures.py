"""What becomes of one signature: given, held back, passed on, gone on without, disputed.

Everything here happens under the lock of the sign-off's row: two last signatures given at once are counted once.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core import obligations, standings, turns
from bot.core.errors import BadInput, NotFound, NotFromHere, StaleDraft
from bot.core.permissions import Act, Relation
from bot.core.signature_states import next_state
from bot.core.standings import Standing
from bot.core.workspaces import Work
from storage import outbox as postings
from storage import signoffs
from storage.database import Transaction
from storage.obligations import Duty
from storage.people import Person
from storage.signoffs import HeardBy, Signature, SignatureState, Signoff
from storage.subjects import Subject


@dataclass(frozen=True)
class Evidence:
    """How an answer reached the press officer who wrote it down: who said what, how, and when (UTC).

    `given_by` is who said it: the person asked, or whoever stands in for them. `link` is where it can be looked up.
    """

    recorded_by: Person
    given_by: Person
    words: str
    how: HeardBy
    at: datetime
    link: str = ""


def approve(work: Work, signature_id: int, told: str, evidence: Evidence | None = None) -> Signature:
    """The person agrees to the text of the draft they were asked about.

    `told` is how the history tells of it, as in all that follow: "Esther approved draft 1." It is told before what
    follows from it, so that the history reads in order.
    """
    return _answer(work, signature_id, Act.APPROVE, told, evidence=evidence)


def ask_for_changes(
    work: Work, signature_id: int, told: str, comment: str, evidence: Evidence | None = None
) -> Signature:
    """The person wants something else. Nothing goes out until the owner has answered."""
    return _answer(work, signature_id, Act.ASK_FOR_CHANGES, told, comment=comment, evidence=evidence)


def suggest_wording(work: Work, signature_id: int, told: str, text: str) -> Signature:
    """The person proposes a text. A press officer may adopt it as author; then the person can sign it."""
    signature, _ = with_subject(work.tx, signature_id)
    if signoffs.text_hash(text) == signature.sha256:
        raise BadInput("This is the text as it stands. Change it, or approve it instead.", field="text")
    return _answer(work, signature_id, Act.SUGGEST_WORDING, told, suggested_text=signoffs.canonical_text(text))


def keep_wording(work: Work, signature_id: int, told: str, reason: str) -> Signature:
    """The owner leaves the text as it is. Who asked for changes sees why, and is asked again if they must sign."""
    signature = _answer(work, signature_id, Act.KEEP_WORDING, told, reply=reason)
    _, subject = with_subject(work.tx, signature_id)
    if signature.must_sign:
        turns.ask(work, subject, signature)
    return signature


def pass_on(work: Work, signature_id: int, told: str, to: Person, note: str) -> tuple[Signature, Signature]:
    """Somebody else signs this draft instead. Gives what was passed, and what the other is asked.

    A pass is about one exact text. On a new draft the person whom the rules name is asked again: they may want to see
    what became of it, and pass it on with one press if not.
    """
    signature, subject = with_subject(work.tx, signature_id)
    signoffs.lock(work.tx, signature.draft.signoff_id)
    _receive(work, signature, to)
    quote = note or None
    passed = _answer(work, signature_id, Act.PASS_ON, told, quote=quote, comment=quote, passed_to_id=to.id)
    received = next(s for s in signoffs.signatures(work.tx, passed.draft_id) if s.person_id == to.id)
    turns.ask(work, subject, received)
    return passed, received


def override(work: Work, signature_id: int, told: str, reason: str) -> Signature:
    """The desk goes on without this signature. The person may still sign, or ask for changes, until it goes out."""
    by = work.person.id
    return _answer(
        work, signature_id, Act.OVERRIDE_SIGNATURE, told, quote=reason, overridden_by_id=by, override_reason=reason
    )


def dispute(work: Work, signature_id: int, told: str, comment: str) -> Signature:
    """What was recorded is not what the person said: it counts no more, and they are asked again."""
    signature = _answer(work, signature_id, Act.DISPUTE, told, quote=comment, comment=comment, disputed_at=work.now)
    turns.ask(work, with_subject(work.tx, signature_id)[1], signature)
    return signature


def relations(tx: Transaction, signature_id: int, person: Person) -> frozenset[Relation]:
    """What somebody is to one signature."""
    found = signoffs.signature(tx, signature_id)
    if found is None or not found.may_be_given_by(person.id):
        return frozenset()
    return frozenset({Relation.SIGNATORY if found.must_sign else Relation.COPIED})


def subject_of(tx: Transaction, signature_id: int) -> Subject:
    """What a signature is on."""
    return with_subject(tx, signature_id)[1]


def check_draft(now: Standing, draft: int) -> None:
    if now.draft.number != draft:
        raise StaleDraft(
            f"{now.draft.author.name} has written draft {now.draft.number} since. "
            "Open the newest card and look at that text first."
        )


def with_subject(tx: Transaction, signature_id: int) -> tuple[Signature, Subject]:
    signature = signoffs.signature(tx, signature_id)
    if signature is None:
        raise NotFound("This request is not on file. Ask the press office to send it again.")
    signoff = signoffs.get(tx, signature.draft.signoff_id)
    return signature, Subject(signoff.subject_kind, signoff.subject_id)


_BY_SIGNATORY = frozenset({Act.APPROVE, Act.ASK_FOR_CHANGES, Act.SUGGEST_WORDING})


_STILL_OWED = frozenset({Act.KEEP_WORDING, Act.DISPUTE})


def _answer(
    work: Work,
    signature_id: int,
    act: Act,
    told: str,
    *,
    quote: str | None = None,
    evidence: Evidence | None = None,
    **values: Any,
) -> Signature:
    """The one way in which a signature changes: under the lock, from the state expected, on the current draft."""
    signature, subject = with_subject(work.tx, signature_id)
    signoff = signoffs.lock(work.tx, signature.draft.signoff_id)
    before = standings.of(work.tx, signoff)
    signature = before.by_id(signature_id) or signature
    check_draft(before, signature.draft.number)
    signing = work.features.signing(subject.kind)
    if not signing.is_open(work.tx, subject.id):
        raise NotFromHere(
            "This text is no longer waiting for signatures. Nothing has changed. If something in it is wrong, tell "
            "the press office now."
        )
    given_by = evidence.given_by if evidence else work.person
    if act is Act.APPROVE and signature.draft.author_id == given_by.id:
        raise NotFromHere(
            "You wrote this draft, and no one signs what they wrote. Ask a colleague to write the next one."
        )
    to = next_state(signature, act)
    if act in _BY_SIGNATORY:
        values = {"comment": None, "suggested_text": None, "reply": None, **_given(signature, given_by), **values}
    if act is Act.PASS_ON:
        values = {"given_by_id": given_by.id if given_by.id != signature.person_id else None, **values}
    if act is not Act.KEEP_WORDING:
        values = {**_recorded(evidence), **values}
    moved = signoffs.answer(
        work.tx,
        signature,
        to=to,
        expected=signature.state,
        answered_at=work.now,
        approved_at=work.now if to is SignatureState.APPROVED else None,
        **values,
    )
    if not moved:
        raise NotFromHere("This was answered a moment ago. Look at the message again.")
    if act not in _STILL_OWED:
        obligations.done(work, subject, Duty.SIGN, owner_id=signature.person_id)
    postings.want_of_signatures(work.tx, [signature.id])
    signing.say(work, subject.id, told, quote=quote)
    now = count(work, subject, before.signoff)
    signing.redraw(work, subject.id)
    return now.by_id(signature_id) or signature


def _given(signature: Signature, given_by: Person) -> dict[str, object]:
    stood_in = given_by.id if given_by.id != signature.person_id else None
    return {"given_by_id": stood_in, "overridden_by_id": None, "override_reason": None, "disputed_at": None}


def _recorded(evidence: Evidence | None) -> dict[str, object]:
    return {
        "recorded_by_id": evidence.recorded_by.id if evidence else None,
        "evidence": evidence.words if evidence else None,
        "heard_by": evidence.how if evidence else None,
        "heard_at": evidence.at if evidence else None,
        "evidence_link": (evidence.link or None) if evidence else None,
    }


def _receive(work: Work, signature: Signature, to: Person) -> None:
    """Whoever it is passed to signs in the same capacity. Who is copied already signs from now on."""
    known = [s for s in signoffs.signatures(work.tx, signature.draft_id) if s.person_id == to.id]
    if any(one.must_sign for one in known):
        raise BadInput(f"{to.name} must sign this draft already. Choose somebody else.", field="person")
    as_signatory = {"capacity": signature.capacity, "must_sign": True, "passed_from_id": signature.id}
    if known:
        signoffs.change(work.tx, known[0], **as_signatory)
        postings.want_of_signatures(work.tx, [known[0].id])
        return
    work.tx.add(
        Signature(
            draft_id=signature.draft_id,
            person_id=to.id,
            state=SignatureState.ASKED,
            sha256=signature.sha256,
            asked_at=work.now,
            **as_signatory,
        )
    )


def count(work: Work, subject: Subject, signoff: Signoff) -> Standing:
    """Compares how things stood with how they stand, and says so to what is signed if that changed."""
    now = standings.of(work.tx, signoff)
    signing = work.features.signing(subject.kind)
    if now.is_signed and signoff.signed_at is None:
        signoffs.update(work.tx, signoff, signed_at=work.now)
        signing.signed(work, subject.id)
    elif not now.is_signed and signoff.signed_at is not None:
        signoffs.update(work.tx, signoff, signed_at=None)
        signing.no_longer_signed(work, subject.id)
    return now
