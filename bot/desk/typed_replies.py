"""Somebody types "looks good", or to the bot "that is wrong": they are told, kindly and alone, that only a press
counts, and are given the buttons."""

from bot.core import outbox, signatures
from bot.core.agreeing_words import sounds_like_agreement, sounds_like_objection
from bot.core.outbox import said
from bot.core.workspaces import Caller, Desk, Work
from storage import outbox as postings
from storage import signoffs as records
from storage import workspaces
from storage.outbox import PostingKind
from storage.signoffs import Signature

MOST_REQUESTS = 3


def answer(
    desk: Desk, caller: Caller, text: str, *, channel_id: str, thread_ts: str | None, ts: str, to_bot: bool
) -> None:
    """Answers an agreement that was typed below a card, or to the bot, by somebody whose signature is waited for.

    An objection is answered only if it was typed to the bot: below a card people talk with each other. Nothing is
    counted. Each message is answered once, and only to whoever wrote it.
    """
    agrees = sounds_like_agreement(text) and (to_bot or thread_ts is not None)
    if not agrees and not (to_bot and sounds_like_objection(text)):
        return
    with desk.meeting(caller) as work:
        waiting = records.waiting_for(work.tx, work.person.id)
        found = [one for one in waiting if _is_asked(work, one, None if to_bot else (channel_id, str(thread_ts)))]
        if not found or not workspaces.take_in(work.tx, f"typed:{channel_id}:{ts}"):
            return
        subject = signatures.subject_of(work.tx, found[0].id)
        outbox.tell(work, work.person, subject, said(_answer(agrees=agrees, one=len(found) == 1)))
        for signature in found[:MOST_REQUESTS]:
            _send_again(work, signature, f"{channel_id}:{ts}")
        what = "typed_agreement" if agrees else "typed_objection"
        work.record(what, subject, signatures=[signature.id for signature in found])


def _answer(*, agrees: bool, one: bool) -> str:
    if agrees:
        return (
            "Thank you. Typed words are not counted as a signature, because it has to be clear to which text they "
            f"belong. If you agree to exactly {'this text' if one else 'these texts'}, press Approve below."
        )
    return (
        "Thank you. Nobody reads what is typed here, because it has to be clear to which text it belongs. To have "
        f"{'this text' if one else 'one of these texts'} changed, press Ask for changes or Suggest wording below."
    )


def _send_again(work: Work, signature: Signature, typed: str) -> None:
    """Puts the request below the answer. What an earlier answer put there is taken back: one copy is enough."""
    subject = signatures.subject_of(work.tx, signature.id)
    sent = postings.of(work.tx, subject, PostingKind.SIGN_REQUEST, person_id=work.person.id)
    copies = [
        one.id for one in sent if one.signature_id == signature.id and (one.dedupe_key or "").startswith("typed:")
    ]
    if copies:
        postings.take_back(work.tx, copies, work.now, by=None)
    outbox.post(
        work,
        PostingKind.SIGN_REQUEST,
        subject,
        person=work.person,
        signature_id=signature.id,
        dedupe_key=f"typed:{typed}:{signature.id}",
    )


def _is_asked(work: Work, signature: Signature, below: tuple[str, str] | None) -> bool:
    """Whether a signature is still waited for; and, if it was typed below a card, whether it is about that one."""
    subject = signatures.subject_of(work.tx, signature.id)
    signing = work.features.signing(subject.kind)
    if not signing.is_open(work.tx, subject.id):
        return False
    if below is None:
        return True
    card = postings.at(work.tx, *below)
    return card is not None and card.subject in signing.cards(work.tx, subject.id)
