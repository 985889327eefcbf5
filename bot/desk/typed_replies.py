"""Somebody types "looks good": they are told, kindly and alone, that only a press counts, and are given the buttons."""

from bot.core import outbox, signatures
from bot.core.agreeing_words import sounds_like_agreement
from bot.core.outbox import said
from bot.core.workspaces import Caller, Desk, Work
from storage import outbox as postings
from storage import signoffs as records
from storage import statements, workspaces
from storage.outbox import PostingKind
from storage.signoffs import Signature
from storage.subjects import SubjectKind

MOST_REQUESTS = 3


def answer(
    desk: Desk, caller: Caller, text: str, *, channel_id: str, thread_ts: str | None, ts: str, to_bot: bool
) -> None:
    """Answers an agreement that was typed below a card, or to the bot, by somebody whose signature is waited for.

    Nothing is counted. Each message is answered once, and only to whoever wrote it.
    """
    if not sounds_like_agreement(text) or not (to_bot or thread_ts):
        return
    with desk.meeting(caller) as work:
        waiting = records.waiting_for(work.tx, work.person.id)
        found = [one for one in waiting if _is_asked(work, one, None if to_bot else (channel_id, str(thread_ts)))]
        if not found or not workspaces.take_in(work.tx, f"typed:{channel_id}:{ts}"):
            return
        subject = signatures.subject_of(work.tx, found[0].id)
        one = len(found) == 1
        sentence = (
            "Thank you. Typed words are not counted as a signature, because it has to be clear to which text they "
            f"belong. If you agree to exactly {'this text' if one else 'these texts'}, press Approve below."
        )
        outbox.tell(work, work.person, subject, said(sentence))
        for signature in found[:MOST_REQUESTS]:
            outbox.post(
                work,
                PostingKind.SIGN_REQUEST,
                signatures.subject_of(work.tx, signature.id),
                person=work.person,
                signature_id=signature.id,
                dedupe_key=f"typed:{channel_id}:{ts}:{signature.id}",
            )
        work.record("typed_agreement", subject, signatures=[signature.id for signature in found])


def _is_asked(work: Work, signature: Signature, below: tuple[str, str] | None) -> bool:
    """Whether a signature is still waited for; and, if it was typed below a card, whether it is about that one."""
    subject = signatures.subject_of(work.tx, signature.id)
    if not work.features.signing(subject.kind).is_open(work.tx, subject.id):
        return False
    if below is None:
        return True
    card = postings.at(work.tx, *below)
    if card is None:
        return False
    if card.subject == subject:
        return True
    if card.subject_kind is not SubjectKind.ENQUIRY or subject.kind is not SubjectKind.STATEMENT:
        return False
    return card.subject_id in {enquiry.id for enquiry in statements.enquiries_of(work.tx, subject.id)}
