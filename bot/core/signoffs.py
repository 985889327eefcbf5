"""Texts that are signed: their drafts, and whom each is put to.

A signature counts for one draft, one hash of its text, one person, in one capacity: a new draft voids those on the old
one and asks again. What becomes of one signature is in `signatures`, how a text stands in `standings`.
"""

from collections.abc import Collection

from bot.core import obligations, signatures, standings, turns
from bot.core.errors import BadInput, StaleDraft
from bot.core.features import Asked
from bot.core.standings import Standing
from bot.core.workspaces import Work
from storage import outbox as postings
from storage import people, signoffs
from storage.obligations import Duty
from storage.people import Person
from storage.signoffs import Capacity, Draft, Signatory, Signature, SignatureState, Signoff
from storage.subjects import Subject

LONGEST_TEXT = 12_000
"""Characters in one text: what a person can take in and sign, and what a form holds in several inputs."""


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
    before = standings.of(work.tx, signoff)
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
    now = standings.of(work.tx, signoff)
    signatures.check_draft(now, draft)
    asked = _asked(work, subject, people.several(work.tx, added))
    if not any(person.must_sign for person in asked):
        raise BadInput("Nobody would have to sign this. Choose a topic that has a lead, or add a signatory.")
    _refuse_own_signature(asked, now.draft)
    _name(work, signoff, asked)
    return _ask(work, subject, now.draft, asked)


def ask_added(work: Work, subject: Subject) -> list[Person]:
    """Asks those whom policy names by now and who were not asked, or only copied. Gives who must sign besides."""
    signoff = signoffs.lock(work.tx, signoffs.of(work.tx, subject).id)
    now = standings.of(work.tx, signoff)
    known = {signature.person_id: signature for signature in now.signatures}
    named = work.features.signing(subject.kind).asked_by_policy(work.tx, subject.id)
    new = [asked for asked in named if asked.person.id not in known]
    _name(work, signoff, new)
    _ask(work, subject, now.draft, new)
    copied = [asked for asked in named if asked.must_sign and asked.person.id in known]
    copied = [asked for asked in copied if not known[asked.person.id].must_sign]
    for asked in copied:
        _make_signatory(work, subject, signoff, known[asked.person.id], asked)
    signatures.count(work, subject, signoff)
    return [asked.person for asked in (*new, *copied) if asked.must_sign]


def ask_no_more(
    work: Work,
    subject: Subject,
    whom: Collection[Person],
    *,
    states: Collection[SignatureState] = (SignatureState.ASKED,),
) -> list[Person]:
    """Of these, whom policy names no longer and who have not answered: they are only copied now. Gives who they are.

    `states`: in which their signatures are taken to be not given.
    """
    signoff = signoffs.lock(work.tx, signoffs.of(work.tx, subject).id)
    named = work.features.signing(subject.kind).asked_by_policy(work.tx, subject.id)
    gone = {person.id for person in whom} - {asked.person.id for asked in named if asked.must_sign}
    let_go = [
        signature
        for signature in standings.of(work.tx, signoff).signatures
        if signature.must_sign and signature.person_id in gone and signature.state in states
    ]
    for signature in let_go:
        signoffs.copy_only(work.tx, signoff, signature)
        obligations.cancel_of(work, subject, Duty.SIGN, owner_id=signature.person_id)
    postings.want_of_signatures(work.tx, [signature.id for signature in let_go])
    signatures.count(work, subject, signoff)
    return [signature.person for signature in let_go]


def _make_signatory(work: Work, subject: Subject, signoff: Signoff, signature: Signature, asked: Asked) -> None:
    """Somebody who was copied must sign from now on: their message gets the button."""
    signoffs.must_sign(work.tx, signoff, signature, asked.capacity)
    if signature.state is SignatureState.ASKED:
        turns.ask(work, subject, signatures.with_subject(work.tx, signature.id)[0])
    postings.want_of_signatures(work.tx, [signature.id])


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
