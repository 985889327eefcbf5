"""Signing: who has agreed to exactly which text.

A signature counts for one draft, one hash of its text, one person, in one capacity. Everything here happens under the
lock of the sign-off's row, so that two last signatures given at once are counted once.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core import obligations, turns
from bot.core.errors import BadInput, NotFound, NotFromHere, StaleDraft
from bot.core.features import Asked
from bot.core.permissions import Act, Relation
from bot.core.signature_states import next_state
from bot.core.workspaces import Work
from storage import outbox as postings
from storage import people, signoffs
from storage.database import Transaction
from storage.obligations import Duty
from storage.people import Person
from storage.signoffs import Capacity, Draft, HeardBy, Signatory, Signature, SignatureState, Signoff
from storage.subjects import Subject, SubjectKind

LONGEST_TEXT = 12_000
"""Characters in one text: what a person can take in and sign, and what a form holds in several inputs."""


@dataclass(frozen=True)
class Standing:
    """How a text stands: its newest draft, and what each person asked has said of that draft."""

    signoff: Signoff
    draft: Draft
    signatures: tuple[Signature, ...]

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


_GIVEN = frozenset({SignatureState.APPROVED, SignatureState.OVERRIDDEN})


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


def standing(tx: Transaction, signoff: Signoff) -> Standing:
    draft = signoffs.draft(tx, signoff.id, signoff.current_draft)
    if draft is None:
        raise LookupError(f"sign-off {signoff.id} has no draft {signoff.current_draft}")
    return Standing(signoff, draft, tuple(signoffs.signatures(tx, draft.id)))


def standings(tx: Transaction, kind: SubjectKind, subject_ids: Collection[int]) -> dict[int, Standing]:
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


def begin(work: Work, subject: Subject, text: str) -> Signoff:
    """Starts the sign-off of something new, with its first draft by the person acting."""
    signoff = Signoff(subject_kind=subject.kind, subject_id=subject.id, current_draft=1)
    work.tx.add(signoff)
    _add_draft(work, signoff, 1, text)
    return signoff


def write_draft(work: Work, subject: Subject, text: str, *, based_on: int) -> Draft:
    """A new draft. It voids every signature on the one before, and asks again if signatures had been asked for.

    Raises `StaleDraft` when somebody wrote another one since `based_on`, `BadInput` when nothing has changed.
    """
    signoff = signoffs.lock(work.tx, signoffs.of(work.tx, subject).id)
    before = standing(work.tx, signoff)
    if before.draft.number != based_on:
        raise StaleDraft(
            f"{before.draft.author.name} wrote draft {before.draft.number} while you were writing. "
            "Copy your text, open the new draft and carry on from there.",
            field="text",
        )
    if signoffs.text_hash(text) == before.draft.sha256:
        raise BadInput("This is the same text as before. Change a word, or close the form.", field="text")
    draft = _add_draft(work, signoff, based_on + 1, text)
    _void(work, subject, before)
    signoffs.update(work.tx, signoff, current_draft=draft.number, signed_at=None)
    if signoff.signed_at is not None:
        work.features.signing(subject.kind).no_longer_signed(work, subject.id)
    if before.was_asked:
        asked = expected_signatories(work, subject)
        _refuse_own_signature(asked, draft)
        _name(work, signoff, asked)
        _ask(work, subject, draft, asked)
    return draft


def expected_signatories(work: Work, subject: Subject) -> list[Asked]:
    """Whom policy names, and everyone who has had to sign before: nobody drops out by a change of topic or of lead."""
    named = work.features.signing(subject.kind).asked_by_policy(work.tx, subject.id)
    must = {asked.person.id for asked in named if asked.must_sign}
    rows = signoffs.signatories(work.tx, signoffs.of(work.tx, subject).id)
    kept = {
        row.person_id: Asked(row.person, row.capacity, must_sign=True)
        for row in rows
        if row.must_sign and row.person_id not in must
    }
    return [*(asked for asked in named if asked.person.id not in kept), *kept.values()]


def request(work: Work, subject: Subject, *, draft: int, added: Collection[int] = ()) -> list[Signature]:
    """Asks everyone for their signature on the current draft: whom policy names, and those added (person ids)."""
    signoff = signoffs.lock(work.tx, signoffs.of(work.tx, subject).id)
    now = standing(work.tx, signoff)
    _same_draft(now, draft)
    asked = _asked(work, subject, people.several(work.tx, added))
    if not any(person.must_sign for person in asked):
        raise BadInput("Nobody would have to sign this. Choose a topic that has a lead, or add a signatory.")
    _refuse_own_signature(asked, now.draft)
    _name(work, signoff, asked)
    return _ask(work, subject, now.draft, asked)


def ask_added(work: Work, subject: Subject) -> list[Person]:
    """Asks those whom policy names by now and who were not asked, or only copied. Gives who must sign besides."""
    signoff = signoffs.lock(work.tx, signoffs.of(work.tx, subject).id)
    now = standing(work.tx, signoff)
    known = {signature.person_id: signature for signature in now.signatures}
    named = work.features.signing(subject.kind).asked_by_policy(work.tx, subject.id)
    new = [asked for asked in named if asked.person.id not in known]
    _name(work, signoff, new)
    _ask(work, subject, now.draft, new)
    copied = [asked for asked in named if asked.must_sign and asked.person.id in known]
    copied = [asked for asked in copied if not known[asked.person.id].must_sign]
    for asked in copied:
        _make_signatory(work, subject, signoff, known[asked.person.id], asked)
    _count(work, subject, signoff)
    return [asked.person for asked in (*new, *copied) if asked.must_sign]


def ask_no_more(work: Work, subject: Subject, whom: Collection[Person]) -> list[Person]:
    """Of these, whom policy names no longer and who have not answered: they are only copied now. Gives who they are."""
    signoff = signoffs.lock(work.tx, signoffs.of(work.tx, subject).id)
    named = work.features.signing(subject.kind).asked_by_policy(work.tx, subject.id)
    gone = {person.id for person in whom} - {asked.person.id for asked in named if asked.must_sign}
    let_go = [
        signature
        for signature in standing(work.tx, signoff).signatures
        if signature.must_sign and signature.person_id in gone and signature.state is SignatureState.ASKED
    ]
    for signature in let_go:
        signoffs.copy_only(work.tx, signoff, signature)
        obligations.cancel_of(work, subject, Duty.SIGN, owner_id=signature.person_id)
    postings.want_of_signatures(work.tx, [signature.id for signature in let_go])
    _count(work, subject, signoff)
    return [signature.person for signature in let_go]


def _make_signatory(work: Work, subject: Subject, signoff: Signoff, signature: Signature, asked: Asked) -> None:
    """Somebody who was copied must sign from now on: their message gets the button."""
    signoffs.must_sign(work.tx, signoff, signature, asked.capacity)
    if signature.state is SignatureState.ASKED:
        turns.ask(work, subject, _of_signature(work.tx, signature.id)[0])
    postings.want_of_signatures(work.tx, [signature.id])


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
    signature, _ = _of_signature(work.tx, signature_id)
    if signoffs.text_hash(text) == signature.sha256:
        raise BadInput("This is the text as it stands. Change it, or approve it instead.", field="text")
    return _answer(work, signature_id, Act.SUGGEST_WORDING, told, suggested_text=signoffs.canonical_text(text))


def keep_wording(work: Work, signature_id: int, told: str, reason: str) -> Signature:
    """The owner leaves the text as it is. Who asked for changes sees why, and is asked again if they must sign."""
    signature = _answer(work, signature_id, Act.KEEP_WORDING, told, reply=reason)
    _, subject = _of_signature(work.tx, signature_id)
    if signature.must_sign:
        turns.ask(work, subject, signature)
    return signature


def pass_on(work: Work, signature_id: int, told: str, to: Person, note: str) -> tuple[Signature, Signature]:
    """Somebody else signs this draft instead. Gives what was passed, and what the other is asked.

    A pass is about one exact text. On a new draft the person whom the rules name is asked again: they may want to see
    what became of it, and pass it on with one press if not.
    """
    signature, subject = _of_signature(work.tx, signature_id)
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
    turns.ask(work, _of_signature(work.tx, signature_id)[1], signature)
    return signature


def relations(tx: Transaction, signature_id: int, person: Person) -> frozenset[Relation]:
    """What somebody is to one signature."""
    found = signoffs.signature(tx, signature_id)
    if found is None or not found.may_be_given_by(person.id):
        return frozenset()
    return frozenset({Relation.SIGNATORY if found.must_sign else Relation.COPIED})


def subject_of(tx: Transaction, signature_id: int) -> Subject:
    """What a signature is on."""
    return _of_signature(tx, signature_id)[1]


def _add_draft(work: Work, signoff: Signoff, number: int, text: str) -> Draft:
    text = signoffs.canonical_text(text)
    if not text.strip():
        raise BadInput("Write the text first.", field="text")
    if len(text) > LONGEST_TEXT:
        raise BadInput(
            f"The text has {len(text):,} characters and may have {LONGEST_TEXT:,}. Shorten it.", field="text"
        )
    draft = Draft(
        signoff_id=signoff.id,
        number=number,
        text=text,
        sha256=signoffs.text_hash(text),
        author_id=work.person.id,
        written_at=work.now,
    )
    work.tx.add(draft)
    return draft


def _asked(work: Work, subject: Subject, added: Collection[Person]) -> list[Asked]:
    """Whom policy names and whom somebody added. Adding somebody who is only copied makes them sign."""
    named = work.features.signing(subject.kind).asked_by_policy(work.tx, subject.id)
    must = {asked.person.id for asked in named if asked.must_sign}
    extra = {person.id: Asked(person, Capacity.ADDED, must_sign=True) for person in added if person.id not in must}
    return [*(asked for asked in named if asked.person.id not in extra), *extra.values()]


def _refuse_own_signature(asked: Collection[Asked], draft: Draft) -> None:
    for one in asked:
        if one.must_sign and one.person.id == draft.author_id:
            raise BadInput(
                f"{one.person.name} must sign this, and no one signs what they wrote. "
                "A colleague in the press office has to write the draft.",
                field="text",
            )


def _name(work: Work, signoff: Signoff, asked: Collection[Asked]) -> None:
    known = {row.person_id for row in signoffs.signatories(work.tx, signoff.id)}
    work.tx.add(
        *(
            Signatory(signoff_id=signoff.id, person_id=one.person.id, capacity=one.capacity, must_sign=one.must_sign)
            for one in asked
            if one.person.id not in known
        )
    )


def _ask(work: Work, subject: Subject, draft: Draft, asked: Collection[Asked]) -> list[Signature]:
    work.tx.add(
        *(
            Signature(
                draft_id=draft.id,
                person_id=one.person.id,
                capacity=one.capacity,
                must_sign=one.must_sign,
                state=SignatureState.ASKED,
                sha256=draft.sha256,
                asked_at=work.now,
            )
            for one in asked
        )
    )
    ids = {one.person.id for one in asked}
    signatures = [s for s in signoffs.signatures(work.tx, draft.id) if s.person_id in ids]
    for signature in signatures:
        turns.ask(work, subject, signature)
    return signatures


def relay_through_owner(work: Work, subject: Subject, now: Standing) -> None:
    """Whoever owns it by now brings the text to those outside Slack who have not answered."""
    waiting = [s for s in now.signatures if s.state is SignatureState.ASKED and not s.asked.on_slack]
    for signature in waiting:
        turns.send_request(work, subject, signature)
    postings.want_of_signatures(work.tx, [signature.id for signature in waiting])


def _void(work: Work, subject: Subject, before: Standing) -> None:
    signature_ids = [signature.id for signature in before.signatures]
    signoffs.void(work.tx, before.draft.id)
    obligations.cancel(work, subject, Duty.SIGN)
    postings.cancel_unsent_requests(work.tx, signature_ids, work.now)
    postings.want_of_signatures(work.tx, signature_ids)


def _same_draft(now: Standing, draft: int) -> None:
    if now.draft.number != draft:
        raise StaleDraft(
            f"{now.draft.author.name} has written draft {now.draft.number} since. "
            "Open the newest card and look at that text first."
        )


def _of_signature(tx: Transaction, signature_id: int) -> tuple[Signature, Subject]:
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
    signature, subject = _of_signature(work.tx, signature_id)
    signoff = signoffs.lock(work.tx, signature.draft.signoff_id)
    signature, _ = _of_signature(work.tx, signature_id)
    before = standing(work.tx, signoff)
    _same_draft(before, signature.draft.number)
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
    _count(work, subject, before.signoff)
    signing.redraw(work, subject.id)
    return _of_signature(work.tx, signature_id)[0]


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


def _count(work: Work, subject: Subject, signoff: Signoff) -> None:
    """Compares how things stood with how they stand, and says so to what is signed if that changed."""
    now = standing(work.tx, signoff)
    signing = work.features.signing(subject.kind)
    if now.is_signed and signoff.signed_at is None:
        signoffs.update(work.tx, signoff, signed_at=work.now)
        signing.signed(work, subject.id)
    elif not now.is_signed and signoff.signed_at is not None:
        signoffs.update(work.tx, signoff, signed_at=None)
        signing.no_longer_signed(work, subject.id)
