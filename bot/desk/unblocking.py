"""When a signature does not come by a press: passed to somebody else, heard on the phone, disputed, gone on without."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core import deputies, outbox, signatures, standings, turns
from bot.core.errors import BadInput, NotFromHere
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.signature_states import allowed, allowed_on, why_not
from bot.core.signatures import Evidence
from bot.core.standings import Standing
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import evidence as evidence_files
from bot.desk import signoffs as requests
from bot.desk.evidence import GivenFile
from bot.desk.signoffs import after_approval, after_objection, in_whose_name, needed
from storage import outbox as postings
from storage import people
from storage import signoffs as records
from storage.evidence import EvidenceFile
from storage.people import Person, Role
from storage.signoffs import Capacity, HeardBy, Signature, SignatureState
from storage.subjects import Subject, SubjectKind


@dataclass(frozen=True)
class Reply:
    """What somebody said, and how it reached the press officer. `heard_at` is UTC; None means now.

    `said_by_id` is whoever said it: the person asked (None), or whoever stands in for them.
    """

    approves: bool
    comment: str
    evidence: str
    how: HeardBy = HeardBy.EMAIL
    heard_at: datetime | None = None
    link: str = ""
    said_by_id: int | None = None
    files: tuple[GivenFile, ...] = ()


@dataclass(frozen=True)
class Missing:
    """The signatures on a text that are still to come, for a form that asks which one it is about."""

    subject: Subject
    title: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class ToPass:
    """A request, and to whom it could be passed."""

    signature: Signature
    title: str
    people: tuple[Person, ...]
    evidence: tuple[EvidenceFile, ...] = ()


def to_pass(desk: Desk, caller: Caller, signature_id: int) -> ToPass:
    with desk.looking(caller, Act.PASS_ON, _id(signature_id)) as work:
        signature = requests.get(work.tx, signature_id)
        if Act.PASS_ON not in allowed_on(signature):
            raise NotFromHere(why_not(signature))
        offered = turns.could_take(work, signature)
        if not offered:
            raise NotFromHere(
                "There is nobody to whom this can be passed. Ask the press office to name a deputy for you."
            )
        subject = signatures.subject_of(work.tx, signature_id)
        return ToPass(signature, work.features.title(work.tx, subject), tuple(offered))


def pass_on(desk: Desk, caller: Caller, signature_id: int, to_id: int | None, note: str, *, once: str) -> None:
    """Somebody else signs this draft instead. They are asked at once; the passer is told what became of it."""
    with desk.acting(caller, Act.PASS_ON, _id(signature_id), once=once) as work:
        signature = requests.get(work.tx, signature_id)
        to = people.get(work.tx, to_id) if to_id else None
        if Act.PASS_ON not in allowed_on(signature):
            raise NotFromHere(why_not(signature))
        if to is None or to.id not in {person.id for person in turns.could_take(work, signature)}:
            raise BadInput("Choose somebody from the list.", field="person")
        sentence = f"{work.person.name} passed draft {signature.draft.number} to {to.name}, who signs it instead."
        passed, _ = signatures.pass_on(work, signature_id, sentence, to, note.strip())
        subject = signatures.subject_of(work.tx, signature_id)
        work.record(
            Act.PASS_ON,
            subject,
            signature=passed.id,
            person=passed.person_id,
            to=to.id,
            draft=passed.draft.number,
            personal={"note": note.strip()},
        )


def missing(desk: Desk, caller: Caller, subject: Subject, act: Act) -> Missing:
    """Whose signature is still to come, for *Record reply* or going on without one."""
    with desk.looking(caller, act, subject) as work:
        standing = _standing(work, subject)
        if not work.features.signing(subject.kind).is_open(work.tx, subject.id):
            raise NotFromHere("This is not waiting for signatures. Look at its card.")
        if act is Act.OVERRIDE_SIGNATURE:
            possible = [one for one in standing.missing if act in allowed(one.state)]
            found = [one for one in possible if _may_be_overridden(work, one)]
        else:
            found = [one for one in standing.signatures if one.must_sign and Act.APPROVE in allowed(one.state)]
        if not found:
            raise NotFromHere("No signature is missing that this could be about. Look at the card.")
        return Missing(subject, work.features.title(work.tx, subject), tuple(found))


def record_reply(desk: Desk, caller: Caller, signature_id: int, reply: Reply, *, once: str) -> None:
    """Writes down what a signatory said on the phone or by e-mail, and how that is known. In Slack they are told."""
    subject = requests.subject_of(desk, caller, signature_id)
    with desk.acting(caller, Act.RECORD_REPLY, subject, once=once) as work:
        found = requests.get(work.tx, signature_id)
        evidence = _evidence(work, found, reply)
        said_by = evidence.given_by.name
        what = "approved" if reply.approves else "asked for changes to"
        recorded = f"{work.person.name} recorded that {in_whose_name(evidence.given_by, found)} {what}"
        told = f"{recorded} draft {found.draft.number}."
        if reply.approves:
            if reply.comment.strip():
                raise BadInput(
                    "This would be lost, because an approval is of the text as it stands. Choose Asks for changes, or "
                    "empty this field.",
                    field="comment",
                )
            if not found.must_sign:
                raise NotFromHere(f"{said_by} is copied and need not sign. Record what they want changed, if anything.")
            signature = signatures.approve(work, signature_id, told, evidence)
            after_approval(work, signature, recorded)
        else:
            comment = needed(reply.comment, "Write what they want changed.", field="comment")
            signature = signatures.ask_for_changes(work, signature_id, told, comment, evidence)
            after_objection(work, signature, recorded, quote=comment)
        evidence_files.attach(work, signature, reply.files)
        title = work.features.title(work.tx, subject)
        for person in {one.id: one for one in (signature.person, evidence.given_by)}.values():
            if person.id != work.person.id:
                outbox.tell(
                    work,
                    person,
                    subject,
                    said(
                        f"{work.person.name} recorded that {_said_as(person, signature)} {what} {title}, draft "
                        f"{signature.draft.number}, {HEARD_WORDS[evidence.how]}, {{heard}}. If this is wrong, "
                        + ("press Dispute." if reply.approves else "press Read and sign, or answer the owner."),
                        quote=evidence.words,
                        times={"heard": evidence.at},
                        dispute=signature.id if reply.approves else None,
                        signature=None if reply.approves else signature.id,
                    ),
                    signature_id=signature.id,
                )


def to_dispute(desk: Desk, caller: Caller, signature_id: int) -> ToPass:
    with desk.looking(caller, Act.DISPUTE, _id(signature_id)) as work:
        signature = requests.get(work.tx, signature_id)
        _check_dispute(signature)
        subject = signatures.subject_of(work.tx, signature_id)
        attached = tuple(evidence_files.accepted(work, signature_id))
        return ToPass(signature, work.features.title(work.tx, subject), (), attached)


def dispute(desk: Desk, caller: Caller, signature_id: int, comment: str, *, once: str) -> None:
    """What was recorded is not what the person said. It counts no more; if it is out already, it is told at once."""
    with desk.acting(caller, Act.DISPUTE, _id(signature_id), once=once) as work:
        subject = signatures.subject_of(work.tx, signature_id)
        signing = work.features.signing(subject.kind)
        records.lock(work.tx, records.of(work.tx, subject).id)
        signature = requests.get(work.tx, signature_id)
        _check_dispute(signature)
        comment = needed(comment, "Say what is wrong with it.")
        recorded_by = signature.recorded_by
        is_out = signing.has_gone_out(work.tx, subject.id)
        title = work.features.title(work.tx, subject)
        what_now = (
            "It has gone out already. Decide now whether a correction is needed."
            if is_out
            else "The signature counts no more, and they are asked again. It cannot go out until they have signed."
        )
        what = f"{_disputed(work.person, signature)} {title}, draft {signature.draft.number}. {what_now}"
        by = recorded_by.name if recorded_by else "a press officer"
        sentence = f"{work.person.name} disputes what {by} recorded: {what}"
        for person in _who_must_know(work, subject, [recorded_by] if recorded_by else []):
            if person.id != work.person.id:
                own = recorded_by is not None and person.id == recorded_by.id
                told = f"{work.person.name} disputes what you recorded: {what}" if own else sentence
                outbox.tell(work, person, subject, said(told, quote=comment))
        if is_out:
            records.change(work.tx, signature, disputed_at=work.now, comment=comment)
            postings.want_of_signatures(work.tx, [signature.id])
            signing.say(work, subject.id, sentence, quote=comment)
            signing.redraw(work, subject.id)
        else:
            signatures.dispute(work, signature_id, sentence, comment)
        work.record(
            Act.DISPUTE,
            subject,
            signature=signature.id,
            person=signature.person_id,
            draft=signature.draft.number,
            recorded_by=signature.recorded_by_id,
            after_issue=is_out,
            personal={"comment": comment},
        )


def override(desk: Desk, caller: Caller, signature_id: int, reason: str, *, once: str) -> None:
    """The comms lead goes on without a signature, for a reason that everyone sees. Who did not sign is told."""
    subject = requests.subject_of(desk, caller, signature_id)
    with desk.acting(caller, Act.OVERRIDE_SIGNATURE, subject, once=once) as work:
        reason = needed(reason, "Say why it goes on without them.", field="reason")
        if len(reason) < SHORTEST_REASON:
            raise BadInput(
                "Say in a few words why it goes on without them: everyone sees this, and it stays on record.",
                field="reason",
            )
        found = requests.get(work.tx, signature_id)
        if not _may_be_overridden(work, found):
            raise NotFromHere(
                "This press office does not go on without the spokesperson. Ring them and record their reply, or "
                "draft it in somebody else’s name."
            )
        sentence = f"{work.person.name} goes on without the signature of {found.person.name}, because:"
        signature = signatures.override(work, signature_id, sentence, reason)
        title = work.features.title(work.tx, subject)
        for person in {one.id: one for one in (signature.person, signature.asked)}.values():
            outbox.tell(
                work,
                person,
                subject,
                said(
                    f"{work.person.name} goes on without {_genitive(person, signature.person)} signature on {title}, "
                    f"draft {signature.draft.number}. You can still sign or ask for changes until it has gone out.",
                    quote=reason,
                    signature=signature.id,
                ),
                signature_id=signature.id,
            )
        work.record(
            Act.OVERRIDE_SIGNATURE,
            subject,
            signature=signature.id,
            person=signature.person_id,
            capacity=signature.capacity.value,
            draft=signature.draft.number,
            sha256=signature.sha256,
            personal={"reason": reason},
        )


SHORTEST_REASON = 10
"""Characters of a reason to go on without somebody: less explains nothing to whoever looks it up."""

HEARD_WORDS: dict[HeardBy, str] = {
    HeardBy.PHONE: "on the phone",
    HeardBy.EMAIL: "by e-mail",
    HeardBy.IN_PERSON: "in person",
}


def _check_own_answer(work: Work, signature: Signature, heard_at: datetime) -> None:
    """What somebody pressed themselves counts more than what they are said to have said before."""
    pressed_at = signature.answered_at if signature.recorded_by_id is None else None
    has_answered = signature.state in {SignatureState.APPROVED, SignatureState.CHANGES_ASKED}
    if has_answered and pressed_at is not None and heard_at < pressed_at.replace(second=0, microsecond=0):
        at = f"{pressed_at.astimezone(work.hours.zone):%H:%M on %d %B}"
        raise BadInput(
            f"{signature.person.name} answered in Slack at {at}, after this, and that counts. If they have changed "
            "their mind since, give the time at which they said so.",
            field="heard_at",
        )


def _evidence(work: Work, signature: Signature, reply: Reply) -> Evidence:
    words = needed(reply.evidence, "Say how you know: who told you, when, by e-mail or phone.", field="evidence")
    if reply.heard_at is not None and reply.heard_at > work.now + timedelta(minutes=5):
        raise BadInput("This is in the future. Give the time at which they said it.", field="heard_at")
    _check_own_answer(work, signature, reply.heard_at or work.now)
    if reply.heard_at is not None and reply.heard_at < signature.asked_at.replace(second=0, microsecond=0):
        asked = f"{signature.asked_at.astimezone(work.hours.zone):%H:%M on %d %B}"
        raise BadInput(
            f"Their signature on this draft was asked for at {asked}. Give the time after that at which they answered.",
            field="heard_at",
        )
    link = reply.link.strip()
    if link and not link.startswith(("https://", "http://")):
        raise BadInput("Paste the whole link, beginning with https://, or leave it out.", field="link")
    given_by = signature.person
    if reply.said_by_id is not None and reply.said_by_id != signature.person_id:
        if signature.stand_in is None or signature.stand_in.id != reply.said_by_id:
            raise NotFromHere(f"{signature.person.name} is back and answers for themselves. Open the form again.")
        given_by = signature.stand_in
    if given_by.id == work.person.id:
        raise NotFromHere("This is your own signature. Press Read and sign in the message that asks for it.")
    return Evidence(work.person, given_by, words, reply.how, reply.heard_at or work.now, link)


def _check_dispute(signature: Signature) -> None:
    if signature.recorded_by_id is None and signature.state is SignatureState.APPROVED:
        raise NotFromHere("You signed this yourself. If something must change, ask for changes.")
    if Act.DISPUTE not in allowed_on(signature):
        raise NotFromHere(why_not(signature))
    if signature.disputed_at is not None:
        raise NotFromHere("You have disputed this already. The comms lead has been told.")


def _may_be_overridden(work: Work, signature: Signature) -> bool:
    return signature.capacity is not Capacity.SPOKESPERSON or work.settings.spokespeople_can_be_overridden


def _who_must_know(work: Work, subject: Subject, others: Collection[Person]) -> list[Person]:
    owner = turns.must_get(work, work.features.signing(subject.kind).owner_id(work.tx, subject.id))
    found = deputies.who_hears(work, subject, [owner, *people.holding(work.tx, Role.COMMS_LEAD)])
    return list({person.id: person for person in (*found, *others)}.values())


def _standing(work: Work, subject: Subject) -> Standing:
    return standings.of(work.tx, records.of(work.tx, subject))


def _said_as(reader: Person, signature: Signature) -> str:
    """`you`, `Dr Lindqvist`, `you, for Dr Lindqvist,`."""
    given_by = signature.given_by or signature.person
    who = "you" if given_by.id == reader.id else given_by.name
    if signature.given_by is None:
        return who
    return f"{who}, for {'you' if signature.person_id == reader.id else signature.person.name},"


def _disputed(by: Person, signature: Signature) -> str:
    """What was recorded, as everyone but whoever disputes it reads it: `that they approved`."""
    given_by = signature.given_by or signature.person
    who = "they" if given_by.id == by.id else given_by.name
    if signature.given_by is not None:
        who += f", for {'them' if signature.person_id == by.id else signature.person.name},"
    return f"that {who} approved"


def _genitive(reader: Person, person: Person) -> str:
    return "your" if reader.id == person.id else f"{person.name}’s"


def _id(signature_id: int) -> Subject:
    return Subject(SubjectKind.SIGNATURE, signature_id)
