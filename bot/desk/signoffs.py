"""Signing, as people do it: approve, ask for changes, suggest wording, and what the owner answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core import deputies, obligations, outbox, signatures, turns
from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.core.features import Corrected, Ending, Feature
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.signature_states import allowed_on, why_not
from bot.core.wording import Change, what_changed
from bot.core.workspaces import Caller, Desk, Work
from storage import signoffs as records
from storage.database import Transaction
from storage.obligations import Duty
from storage.outbox import Posting, PostingKind
from storage.people import Person
from storage.signoffs import Draft, Signature, SignatureState
from storage.subjects import Subject, SubjectKind


@dataclass(frozen=True)
class SignRequest:
    """A request to sign as its reader sees it: the person asked, or whoever brings it to them outside Slack.

    `due_at` is UTC. `since_signed` holds, word by word, what changed since the last draft that this person answered,
    and `had_approved` whether they approved that one or asked for changes to it.
    """

    signature: Signature
    draft: Draft
    title: str
    reader: Person
    due_at: datetime | None
    ending: Ending | None
    """What became of the text, once nothing is asked any more."""
    is_open: bool
    acts: frozenset[Act]
    since_signed: tuple[tuple[Change, str], ...] = ()
    since_draft: int = 0
    passed_from: Signature | None = None
    """The request of whoever passed this one on."""
    is_elsewhere: bool = False
    """Somebody else sees to it now: the person is back, or the record has another owner."""
    had_approved: bool = False
    corrects: Corrected | None = None
    """What went out and is put right by this text, if it is a correction."""
    since_issued: tuple[tuple[Change, str], ...] = ()
    """Word by word, what becomes another of what went out."""
    questions: tuple[str, ...] = ()
    """What the text answers."""
    is_late: bool = False
    follows: str = ""
    """What happens once it is signed, with `{name}` for each of these times (UTC)."""
    follows_at: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def redraw_at(self) -> datetime | None:
        """When what it says of its time is no longer so."""
        return self.due_at if self.is_open and not self.is_late else None

    @property
    def is_relayed(self) -> bool:
        """The reader brings it to somebody outside Slack."""
        return not self.signature.may_be_given_by(self.reader.id)

    @property
    def is_stood_in(self) -> bool:
        """The reader stands in for the person asked."""
        return self.reader.id == self.signature.stand_in_id


def approve(desk: Desk, caller: Caller, signature_id: int) -> None:
    """The person agrees to the text they were shown."""
    with desk.acting(caller, Act.APPROVE, _id(signature_id)) as work:
        found = get(work.tx, signature_id)
        told = f"{in_whose_name(work.person, found)} approved"
        after_approval(work, signatures.approve(work, signature_id, f"{told} draft {found.draft.number}."), told)


def ask_for_changes(desk: Desk, caller: Caller, signature_id: int, comment: str, *, once: str) -> None:
    """The person wants the text changed; it does not go out until the owner has answered."""
    with desk.acting(caller, Act.ASK_FOR_CHANGES, _id(signature_id), once=once) as work:
        found, asked_for = get(work.tx, signature_id), needed(comment, "Say what should change.")
        what = f"{in_whose_name(work.person, found)} asked for changes to"
        told = f"{what} draft {found.draft.number}."
        after_objection(work, signatures.ask_for_changes(work, signature_id, told, asked_for), what, quote=asked_for)


def suggest_wording(desk: Desk, caller: Caller, signature_id: int, text: str, *, once: str) -> None:
    """The person proposes other words. Whoever owns the statement may adopt them; then they can be signed."""
    with desk.acting(caller, Act.SUGGEST_WORDING, _id(signature_id), once=once) as work:
        found, wording = get(work.tx, signature_id), needed(text, "Write the words you suggest.")
        what = f"{in_whose_name(work.person, found)} suggested other wording for"
        told = f"{what} draft {found.draft.number}."
        after_objection(work, signatures.suggest_wording(work, signature_id, told, wording), what, quote=wording)


def keep_wording(desk: Desk, caller: Caller, signature_id: int, reason: str, *, once: str) -> None:
    """The owner leaves the text as it is; whoever asked for changes is told why."""
    subject = subject_of(desk, caller, signature_id)
    with desk.acting(caller, Act.KEEP_WORDING, subject, once=once) as work:
        found = get(work.tx, signature_id)
        asker = in_whose_name(found.given_by or found.person, found)
        signature = signatures.keep_wording(
            work,
            signature_id,
            f"{work.person.name} kept the wording after {asker} asked for changes to draft {found.draft.number}.",
            needed(reason, "Say why the wording stays.", field="reason"),
        )
        title = work.features.title(work.tx, subject)
        outbox.tell(
            work,
            signature.given_by or signature.person,
            subject,
            said(
                f"{work.person.name} kept the wording of {title}, draft {signature.draft.number}, because:",
                quote=reason.strip(),
                signature=signature.id if signature.must_sign else None,
            ),
            signature_id=signature.id,
        )
        work.record(Act.KEEP_WORDING, subject, signature=signature.id, personal={"reason": reason.strip()})


def look_at(desk: Desk, caller: Caller, signature_id: int, act: Act) -> SignRequest:
    """A request as the person may see it, for the form of an act on it. Refuses what its state does not allow."""
    subject = subject_of(desk, caller, signature_id)
    about = _id(signature_id) if act in _BY_SIGNATORY else subject
    with desk.looking(caller, act, about) as work:
        request = show(work, get(work.tx, signature_id), work.person)
        if act not in request.acts:
            raise NotFromHere(why_not(request.signature) if request.is_open else "This has ended. Look at the card.")
        return request


def read(desk: Desk, caller: Caller, signature_id: int) -> SignRequest:
    """The whole text of a request, where its message has no room for it."""
    with desk.looking(caller, Act.READ_TEXT, _id(signature_id)) as work:
        return show(work, get(work.tx, signature_id), work.person)


@dataclass(frozen=True)
class Suggestion:
    """Words that a signatory proposed, for whoever may adopt them as their author."""

    subject: Subject
    text: str


def suggestion(desk: Desk, caller: Caller, signature_id: int) -> Suggestion:
    subject = subject_of(desk, caller, signature_id)
    with desk.looking(caller, Act.WRITE_DRAFT, subject) as work:
        signature = get(work.tx, signature_id)
        if signature.suggested_text is None or signature.state is not SignatureState.CHANGES_ASKED:
            raise NotFromHere("This suggestion has been dealt with already. Look at the card.")
        return Suggestion(subject, signature.suggested_text)


def show(work: Work, signature: Signature, reader: Person) -> SignRequest:
    """A request as one reader sees it."""
    subject = signatures.subject_of(work.tx, signature.id)
    signing = work.features.signing(subject.kind)
    signoff = records.get(work.tx, signature.draft.signoff_id)
    waits = signing.is_open(work.tx, subject.id)
    is_open = waits and signature.state is not SignatureState.VOIDED
    acts = _acts if is_open and signoff.current_draft == signature.draft.number else _acts_afterwards
    before = _answered_before(work.tx, signature)
    since = before.draft if before else None
    corrected = signing.corrected(work, subject.id) if is_open else None
    due_at = obligations.due_at(work, subject, Duty.SIGN, owner_id=signature.person_id)
    follows, follows_at = signing.what_follows(work, subject.id) if is_open else ("", {})
    return SignRequest(
        signature=signature,
        draft=signature.draft,
        title=work.features.title(work.tx, subject),
        reader=reader,
        due_at=due_at,
        ending=None if waits else signing.ending(work, subject.id),
        is_open=is_open,
        acts=acts(work, signature, reader, subject),
        passed_from=records.signature(work.tx, signature.passed_from_id) if signature.passed_from_id else None,
        since_signed=tuple(what_changed(since.text, signature.draft.text)) if since else (),
        since_draft=since.number if since else 0,
        had_approved=before is not None and before.approved_at is not None,
        corrects=corrected,
        since_issued=tuple(what_changed(corrected.text, signature.draft.text)) if corrected else (),
        questions=signing.asked_for(work, subject.id) if is_open else (),
        is_late=due_at is not None and due_at <= work.now,
        follows=follows,
        follows_at=follows_at,
    )


_BY_SIGNATORY = frozenset({Act.APPROVE, Act.ASK_FOR_CHANGES, Act.SUGGEST_WORDING, Act.PASS_ON, Act.DISPUTE})


def _acts(work: Work, signature: Signature, reader: Person, subject: Subject) -> frozenset[Act]:
    possible = allowed_on(signature)
    if not signature.may_be_given_by(reader.id):
        can_be_said = Act.APPROVE in possible or (not signature.must_sign and Act.ASK_FOR_CHANGES in possible)
        relayed = {Act.RECORD_REPLY} if can_be_said else set()
        return frozenset(relayed | ({Act.KEEP_WORDING} & possible))
    if not signature.must_sign:  # an owner who is copied answers their own amendment, or nobody could
        owner_id = work.features.signing(subject.kind).owner_id(work.tx, subject.id)
        answers = {Act.KEEP_WORDING} if reader.id == owner_id else set()
        return possible & {Act.ASK_FOR_CHANGES, Act.SUGGEST_WORDING, *answers}
    if not turns.could_take(work, signature):
        possible -= {Act.PASS_ON}
    return possible & _BY_SIGNATORY


def _acts_afterwards(work: Work, signature: Signature, reader: Person, subject: Subject) -> frozenset[Act]:
    """What was recorded in somebody's name can be disputed after it has gone out, too."""
    signing = work.features.signing(subject.kind)
    can_dispute = (
        signature.may_be_given_by(reader.id)
        and signature.disputed_at is None
        and Act.DISPUTE in allowed_on(signature)
        and signing.has_gone_out(work.tx, subject.id)
    )
    return frozenset({Act.DISPUTE}) if can_dispute else frozenset()


def _answered_before(tx: Transaction, signature: Signature) -> Signature | None:
    """This person's answer to the newest earlier draft that they answered, whoever gave it for them."""
    earlier = [
        draft for draft in records.drafts(tx, signature.draft.signoff_id) if draft.number < signature.draft.number
    ]
    for draft in reversed(earlier):
        for found in records.signatures(tx, draft.id):
            if found.person_id == signature.person_id and found.answered_at is not None:
                return found
    return None


def after_approval(work: Work, signature: Signature, who_approved: str) -> None:
    subject = signatures.subject_of(work.tx, signature.id)
    title = work.features.title(work.tx, subject)
    _tell_who_passed(work, signature, f"{who_approved} draft {signature.draft.number} of {title}, which you passed on.")
    work.record(
        Act.APPROVE,
        subject,
        signature=signature.id,
        person=signature.person_id,
        capacity=signature.capacity.value,
        draft=signature.draft.number,
        sha256=signature.sha256,
        given_by=signature.given_by_id,
        recorded_by=signature.recorded_by_id,
        heard_by=signature.heard_by.value if signature.heard_by else None,
        heard_at=signature.heard_at.isoformat() if signature.heard_at else None,
        personal={"evidence": signature.evidence, "link": signature.evidence_link},
    )


def after_objection(work: Work, signature: Signature, what: str, *, quote: str) -> None:
    subject = signatures.subject_of(work.tx, signature.id)
    signing = work.features.signing(subject.kind)
    title = work.features.title(work.tx, subject)
    owner = turns.must_get(work, signing.owner_id(work.tx, subject.id))
    outbox.tell(
        work,
        deputies.acting_for(work, owner, about=subject),
        subject,
        said(
            f"{what} {title}, draft {signature.draft.number}:",
            quote=quote,
            adopt=signature.id if signature.suggested_text else None,
            draft_of=None if signature.suggested_text else subject.id,
            objection=signature.id,
        ),
        signature_id=signature.id,
    )
    _tell_who_passed(work, signature, f"{what} {title}, which you passed on:", quote=quote)
    work.record(
        Act.SUGGEST_WORDING if signature.suggested_text else Act.ASK_FOR_CHANGES,
        subject,
        signature=signature.id,
        person=signature.person_id,
        draft=signature.draft.number,
        sha256=signature.sha256,
        given_by=signature.given_by_id,
        recorded_by=signature.recorded_by_id,
        personal={"comment": signature.comment, "suggested": signature.suggested_text},
    )


def _tell_who_passed(work: Work, signature: Signature, sentence: str, *, quote: str | None = None) -> None:
    """Whoever passed a request on learns what became of it."""
    passed = records.signature(work.tx, signature.passed_from_id) if signature.passed_from_id else None
    if passed is not None:
        subject = signatures.subject_of(work.tx, signature.id)
        outbox.tell(work, passed.given_by or passed.person, subject, said(sentence, quote=quote))


def in_whose_name(given_by: Person, signature: Signature) -> str:
    """Who answers; of a deputy, for whom."""
    if given_by.id == signature.person_id:
        return given_by.name
    return f"{given_by.name}, for {signature.person.name},"


def needed(words: str, otherwise: str, *, field: str = "text") -> str:
    if not words.strip():
        raise BadInput(otherwise, field=field)
    return words.strip()


def get(tx: Transaction, signature_id: int) -> Signature:
    signature = records.signature(tx, signature_id)
    if signature is None:
        raise NotFound("This request is not on file. Ask the press office to send it again.")
    return signature


def subject_of(desk: Desk, caller: Caller, signature_id: int) -> Subject:
    with desk.database.transaction(desk.workspace_id(caller.team_id), read_only=True) as tx:
        return signatures.subject_of(tx, signature_id)


def _id(signature_id: int) -> Subject:
    return Subject(SubjectKind.SIGNATURE, signature_id)


def _load_request(work: Work, posting: Posting) -> SignRequest | None:
    if posting.signature_id is None or posting.person is None:
        return None
    signature = get(work.tx, posting.signature_id)
    shown = show(work, signature, posting.person)
    if not _is_with(work, signature, posting.person):
        shown = replace(shown, acts=frozenset(), is_elsewhere=True)
    if posting.ts is None and (shown.is_elsewhere or signature.state is SignatureState.VOIDED):
        return None  # what it asks for no longer counts here, so it need not be said at all
    return shown


def _is_with(work: Work, signature: Signature, reader: Person) -> bool:
    """Whether a request is with whoever has this message: they are asked, or bring it to somebody outside Slack."""
    if signature.may_be_given_by(reader.id):
        return True
    subject = signatures.subject_of(work.tx, signature.id)
    owner = turns.must_get(work, work.features.signing(subject.kind).owner_id(work.tx, subject.id))
    return not signature.asked.on_slack and reader.id in {owner.id, deputies.acting_for(work, owner, about=subject).id}


FEATURE = Feature(
    kind=SubjectKind.SIGNATURE,
    relations=signatures.relations,
    part_of=signatures.subject_of,
    loaders={PostingKind.SIGN_REQUEST: _load_request},
)
