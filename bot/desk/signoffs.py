"""Signing, as people do it: approve, ask for changes, suggest wording, and what the owner answers."""

from dataclasses import dataclass
from datetime import datetime

from bot.core import obligations, outbox, signoffs
from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.core.features import Ending, Feature
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.signoffs import Change, Evidence
from bot.core.workspaces import Caller, Desk, Work
from storage import people
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
    had_approved: bool = False

    @property
    def is_relayed(self) -> bool:
        return self.reader.id != self.signature.person_id


@dataclass(frozen=True)
class Reply:
    """What somebody outside Slack said, and how it reached the press officer."""

    approves: bool
    comment: str
    evidence: str


def approve(desk: Desk, caller: Caller, signature_id: int) -> None:
    """The person agrees to the text they were shown."""
    with desk.acting(caller, Act.APPROVE, _id(signature_id)) as work:
        _after_approval(work, signoffs.approve(work, signature_id, f"{work.person.name} approved draft"))


def ask_for_changes(desk: Desk, caller: Caller, signature_id: int, comment: str, *, once: str) -> None:
    """The person wants the text changed; it does not go out until the owner has answered."""
    with desk.acting(caller, Act.ASK_FOR_CHANGES, _id(signature_id), once=once) as work:
        what = f"{work.person.name} asked for changes to"
        needed = _needed(comment, "Say what should change.")
        signature = signoffs.ask_for_changes(work, signature_id, f"{what} draft", needed)
        _after_objection(work, signature, what, quote=needed)


def suggest_wording(desk: Desk, caller: Caller, signature_id: int, text: str, *, once: str) -> None:
    """The person proposes other words. Whoever owns the statement may adopt them; then they can be signed."""
    with desk.acting(caller, Act.SUGGEST_WORDING, _id(signature_id), once=once) as work:
        what = f"{work.person.name} suggested other wording for"
        needed = _needed(text, "Write the words you suggest.")
        signature = signoffs.suggest_wording(work, signature_id, f"{what} draft", needed)
        _after_objection(work, signature, what, quote=needed)


def keep_wording(desk: Desk, caller: Caller, signature_id: int, reason: str, *, once: str) -> None:
    """The owner leaves the text as it is; whoever asked for changes is told why."""
    subject = _subject_of(desk, caller, signature_id)
    with desk.acting(caller, Act.KEEP_WORDING, subject, once=once) as work:
        asker = _get(work.tx, signature_id).person.name
        signature = signoffs.keep_wording(
            work,
            signature_id,
            f"{work.person.name} kept the wording after {asker} asked for changes to draft",
            _needed(reason, "Say why the wording stays.", field="reason"),
        )
        title = work.features.title(work.tx, subject)
        outbox.tell(
            work,
            signature.person,
            subject,
            said(
                f"{work.person.name} kept the wording of {title}, draft {signature.draft.number}, because:",
                quote=reason.strip(),
                signature=signature.id if signature.must_sign else None,
            ),
            signature_id=signature.id,
        )
        work.record(Act.KEEP_WORDING, subject, signature=signature.id, personal={"reason": reason.strip()})


def record_reply(desk: Desk, caller: Caller, signature_id: int, reply: Reply, *, once: str) -> None:
    """Writes down what a signatory without a Slack account answered, and how that is known."""
    subject = _subject_of(desk, caller, signature_id)
    with desk.acting(caller, Act.RECORD_REPLY, subject, once=once) as work:
        found = _get(work.tx, signature_id)
        if found.person.on_slack:
            raise NotFromHere(f"{found.person.name} is in Slack and answers there. They have the request.")
        evidence = Evidence(
            work.person,
            _needed(reply.evidence, "Say how you know: who told you, when, by e-mail or phone.", field="evidence"),
        )
        if reply.approves:
            told = f"{work.person.name} recorded that {found.person.name} approved draft"
            _after_approval(work, signoffs.approve(work, signature_id, told, evidence))
        else:
            comment = _needed(reply.comment, "Write what they want changed.", field="comment")
            what = f"{work.person.name} recorded that {found.person.name} asked for changes to"
            signature = signoffs.ask_for_changes(work, signature_id, f"{what} draft", comment, evidence)
            _after_objection(work, signature, what, quote=comment)


def look_at(desk: Desk, caller: Caller, signature_id: int, act: Act) -> SignRequest:
    """A request as the person may see it, for the form of an act on it. Refuses what its state does not allow."""
    subject = _subject_of(desk, caller, signature_id)
    about = _id(signature_id) if act in _BY_SIGNATORY else subject
    with desk.looking(caller, act, about) as work:
        request = show(work, _get(work.tx, signature_id), work.person)
        if act not in request.acts:
            raise NotFromHere(
                _ENDED[request.signature.state] if request.is_open else "This has ended. Look at the card."
            )
        return request


@dataclass(frozen=True)
class Suggestion:
    """Words that a signatory proposed, for whoever may adopt them as their author."""

    subject_id: int
    text: str


def suggestion(desk: Desk, caller: Caller, signature_id: int) -> Suggestion:
    subject = _subject_of(desk, caller, signature_id)
    with desk.looking(caller, Act.WRITE_DRAFT, subject) as work:
        signature = _get(work.tx, signature_id)
        if signature.suggested_text is None or signature.state is not SignatureState.CHANGES_ASKED:
            raise NotFromHere("This suggestion has been dealt with already. Look at the card.")
        return Suggestion(subject.id, signature.suggested_text)


def show(work: Work, signature: Signature, reader: Person) -> SignRequest:
    """A request as one reader sees it."""
    subject = signoffs.subject_of(work.tx, signature.id)
    signing = work.features.signing(subject.kind)
    signoff = records.get(work.tx, signature.draft.signoff_id)
    waits = signing.is_open(work.tx, subject.id)
    is_open = waits and signature.state is not SignatureState.VOIDED
    is_current = is_open and signoff.current_draft == signature.draft.number
    before = _answered_before(work.tx, signature)
    since = before.draft if before else None
    return SignRequest(
        signature=signature,
        draft=signature.draft,
        title=work.features.title(work.tx, subject),
        reader=reader,
        due_at=obligations.due_at(work, subject, Duty.SIGN, owner_id=signature.person_id),
        ending=None if waits else signing.ending(work, subject.id),
        is_open=is_open,
        acts=_acts(signature, reader, owner_id=signing.owner_id(work.tx, subject.id)) if is_current else frozenset(),
        since_signed=tuple(signoffs.what_changed(since.text, signature.draft.text)) if since else (),
        since_draft=since.number if since else 0,
        had_approved=before is not None and before.approved_at is not None,
    )


_BY_SIGNATORY = frozenset({Act.APPROVE, Act.ASK_FOR_CHANGES, Act.SUGGEST_WORDING})

_ENDED: dict[SignatureState, str] = {
    SignatureState.ASKED: "This cannot be done now. Look at the message again.",
    SignatureState.APPROVED: "You have approved this draft already. Nothing more is needed.",
    SignatureState.CHANGES_ASKED: "Changes have been asked for already. The owner will answer.",
    SignatureState.VOIDED: "A newer draft has replaced this text. Please look at that one.",
}


def _acts(signature: Signature, reader: Person, *, owner_id: int) -> frozenset[Act]:
    possible = signoffs.allowed(signature.state)
    if reader.id != signature.person_id:
        is_relayed = Act.APPROVE in possible and not signature.person.on_slack
        relayed = {Act.RECORD_REPLY} if is_relayed else set()
        return frozenset(relayed | ({Act.KEEP_WORDING} & possible))
    if not signature.must_sign:  # an owner who is copied answers their own amendment, or nobody could
        answers = {Act.KEEP_WORDING} if reader.id == owner_id else set()
        return possible & {Act.ASK_FOR_CHANGES, Act.SUGGEST_WORDING, *answers}
    return possible & _BY_SIGNATORY


def _answered_before(tx: Transaction, signature: Signature) -> Signature | None:
    """This person's answer to the newest earlier draft that they answered."""
    earlier = [
        draft for draft in records.drafts(tx, signature.draft.signoff_id) if draft.number < signature.draft.number
    ]
    for draft in reversed(earlier):
        for found in records.signatures(tx, draft.id):
            if found.person_id == signature.person_id and found.answered_at is not None:
                return found
    return None


def _after_approval(work: Work, signature: Signature) -> None:
    subject = signoffs.subject_of(work.tx, signature.id)
    work.record(
        Act.APPROVE,
        subject,
        signature=signature.id,
        person=signature.person_id,
        capacity=signature.capacity.value,
        draft=signature.draft.number,
        sha256=signature.sha256,
        recorded_by=signature.recorded_by_id,
        personal={"evidence": signature.evidence},
    )


def _after_objection(work: Work, signature: Signature, what: str, *, quote: str) -> None:
    subject = signoffs.subject_of(work.tx, signature.id)
    signing = work.features.signing(subject.kind)
    title = work.features.title(work.tx, subject)
    owner = people.get(work.tx, signing.owner_id(work.tx, subject.id))
    outbox.tell(
        work,
        owner,
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
    work.record(
        Act.SUGGEST_WORDING if signature.suggested_text else Act.ASK_FOR_CHANGES,
        subject,
        signature=signature.id,
        person=signature.person_id,
        draft=signature.draft.number,
        sha256=signature.sha256,
        recorded_by=signature.recorded_by_id,
        personal={"comment": signature.comment, "suggested": signature.suggested_text},
    )


def _needed(words: str, otherwise: str, *, field: str = "text") -> str:
    if not words.strip():
        raise BadInput(otherwise, field=field)
    return words.strip()


def _get(tx: Transaction, signature_id: int) -> Signature:
    signature = records.signature(tx, signature_id)
    if signature is None:
        raise NotFound("This request is not on file. Ask the press office to send it again.")
    return signature


def _subject_of(desk: Desk, caller: Caller, signature_id: int) -> Subject:
    with desk.database.transaction(desk.workspace_id(caller.team_id), read_only=True) as tx:
        return signoffs.subject_of(tx, signature_id)


def _id(signature_id: int) -> Subject:
    return Subject(SubjectKind.SIGNATURE, signature_id)


def _load_request(work: Work, posting: Posting) -> SignRequest | None:
    if posting.signature_id is None or posting.person is None:
        return None
    signature = _get(work.tx, posting.signature_id)
    if posting.ts is None and signature.state is SignatureState.VOIDED:
        return None  # what it asks for no longer counts, so it need not be said at all
    return show(work, signature, posting.person)


FEATURE = Feature(
    kind=SubjectKind.SIGNATURE,
    relations=signoffs.relations,
    part_of=signoffs.subject_of,
    loaders={PostingKind.SIGN_REQUEST: _load_request},
)
