"""What a partner's lead says of an enquiry: we have it; not ours; and what they answered. Pressed, or written down."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core import obligations, outbox
from bot.core.errors import BadInput
from bot.core.outbox import said
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_closing, enquiry_steps, hearing, referral_cards, referral_steps
from bot.desk.referral_steps import DUTIES, get, move, subject_of
from bot.desk.unblocking import HEARD_WORDS
from storage.obligations import Duty
from storage.people import Person
from storage.referrals import Referral
from storage.signoffs import HeardBy

LONGEST_ANSWER = 3000


class Said(StrEnum):
    """What a partner's lead says of an enquiry."""

    YES = "yes"
    NO = "no"
    DONE = "done"


@dataclass(frozen=True)
class PartnerReply:
    """What they said. `text`: why not, or what they answered; `at` (UTC, None: now) when they answered, or told us.

    `how` it reached one of us is None where they press it themselves. `said` is None where nobody chose it yet.
    """

    said: Said | None
    text: str = ""
    at: datetime | None = None
    link: str = ""
    how: HeardBy | None = None


def accept(desk: Desk, caller: Caller, referral_id: int) -> None:
    """The partner's lead takes it: they answer the journalist, and tell us what they said."""
    with desk.acting(caller, Act.ACCEPT_REFERRAL, subject_of(referral_id)) as work:
        _replied(work, get(work.tx, referral_id), PartnerReply(Said.YES), Act.ACCEPT_REFERRAL)


def refuse(desk: Desk, caller: Caller, referral_id: int, reason: str, *, once: str) -> None:
    """It is not theirs: it comes back to its owner, with the deadline running."""
    with desk.acting(caller, Act.REFUSE_REFERRAL, subject_of(referral_id), once=once) as work:
        _replied(work, get(work.tx, referral_id), PartnerReply(Said.NO, reason), Act.REFUSE_REFERRAL)


def answered(desk: Desk, caller: Caller, referral_id: int, reply: PartnerReply, *, once: str) -> None:
    """They have answered the journalist, and tell what they said. The enquiry is closed by it."""
    with desk.acting(caller, Act.ANSWER_REFERRAL, subject_of(referral_id), once=once) as work:
        _replied(work, get(work.tx, referral_id), reply, Act.ANSWER_REFERRAL)


def record_reply(desk: Desk, caller: Caller, referral_id: int, reply: PartnerReply, *, once: str) -> None:
    """Writes down what a partner's lead said on the phone or by e-mail. In Slack they are told."""
    with desk.acting(caller, Act.RECORD_PARTNER_REPLY, subject_of(referral_id), once=once) as work:
        hearing.chosen(reply.how)
        _replied(work, get(work.tx, referral_id), reply, Act.RECORD_PARTNER_REPLY)


def _replied(work: Work, referral: Referral, reply: PartnerReply, act: Act) -> None:
    """What a partner's lead said takes effect, whoever pressed it."""
    if reply.said is None:
        raise BadInput("Choose what they said.", field="said")
    who, at = _who(work, referral, reply), _when(work, referral, reply)
    evidence = {"heard_by": reply.how, "recorded_by_id": work.person.id if reply.how else None}
    match reply.said:
        case Said.YES:
            move(work, referral, Act.ACCEPT_REFERRAL, accepted_at=at, **evidence)
            _accepted(work, get(work.tx, referral.id), who)
        case Said.NO:
            reason = needed(reply.text, "Say why it is not theirs.", field="text")
            holder = referral_steps.holder_of(work, referral)
            move(work, referral, Act.REFUSE_REFERRAL, reason=reason, ended_at=at, **evidence)
            _refused(work, get(work.tx, referral.id), who, reason)
            _tell_that_it_was_recorded(work, referral, holder, reply)
        case Said.DONE:
            answer = needed(reply.text, "Say what they answered, or give a link and a word on it.", field="text")
            link = _link(reply.link)
            holder = referral_steps.holder_of(work, referral)
            move(
                work,
                referral,
                Act.ANSWER_REFERRAL,
                answer=answer,
                answered_at=at,
                link=link,
                ended_at=work.now,
                **evidence,
            )
            _answered(work, get(work.tx, referral.id), who)
            _tell_that_it_was_recorded(work, referral, holder, reply)
    if reply.said is Said.YES:
        _tell_that_it_was_recorded(work, referral, referral_steps.holder_of(work, referral), reply)
    referral_steps.redraw(work, get(work.tx, referral.id))
    work.record(
        act,
        subject_of(referral.id),
        said=reply.said.value,
        heard_by=reply.how.value if reply.how else None,
        at=at.isoformat(),
        personal={"text": reply.text.strip(), "link": reply.link.strip()},
    )


def _accepted(work: Work, referral: Referral, who: str) -> None:
    subject, enquiry = subject_of(referral.id), referral_steps.enquiry_of(work.tx, referral)
    obligations.done(work, subject, Duty.ACCEPT_REFERRAL)
    obligations.owe(
        work,
        Duty.REFERRAL_OUTCOME,
        subject,
        owner=referral.lead,
        due_at=referral_steps.answer_by(work, enquiry.deadline),
        is_told=True,
    )
    name = referral.organisation.name
    referral_steps.say(work, referral, said(f"{who}: {name} has it, and answers {enquiry.journalist}."))
    _tell_owner(
        work,
        referral,
        f"{who}: {name} has {enquiry.reference} and answers it. They are reminded until they tell us what they said. "
        "Tell the journalist whom to speak to:",
        quote=referral_cards.for_journalist(work, referral),
        also_if_acting=True,
    )


def _refused(work: Work, referral: Referral, who: str, reason: str) -> None:
    enquiry = referral_steps.enquiry_of(work.tx, referral)
    obligations.cancel(work, subject_of(referral.id), *DUTIES)
    sentence = f"{who}: {enquiry.reference} is not for {referral.organisation.name}. It is back with us, because:"
    referral_steps.say(work, referral, said(sentence, quote=reason))
    come_back(work, referral)
    _tell_owner(work, referral, sentence, quote=reason, due=enquiry.deadline)


def _answered(work: Work, referral: Referral, who: str) -> None:
    enquiry = referral_steps.enquiry_of(work.tx, referral)
    obligations.done(work, subject_of(referral.id), Duty.ACCEPT_REFERRAL)
    obligations.done(work, subject_of(referral.id), Duty.REFERRAL_OUTCOME)
    link = f" {referral.link}" if referral.link else ""
    sentence = f"{who}: {referral.organisation.name} answered {{answered}}.{link}"
    times = {"answered": referral.answered_at or work.now}
    referral_steps.say(work, referral, said(sentence, quote=referral.answer, times=times))
    closed = enquiry_closing.closed_by_partner(work, enquiry, referral.organisation_id, referral.answer or "")
    todo = "" if closed else f" {enquiry.reference} is still open: see what is left to do, and close it."
    _tell_owner(work, referral, f"{sentence}{todo}", quote=referral.answer, times=times)


def _tell_owner(
    work: Work,
    referral: Referral,
    sentence: str,
    *,
    quote: str | None,
    due: datetime | None = None,
    times: dict[str, datetime] | None = None,
    also_if_acting: bool = False,
) -> None:
    owner = referral_steps.owner_of(work, referral)
    if owner.id == work.person.id and not also_if_acting:
        return
    if due is not None:
        sentence, times = f"{sentence.removesuffix(', because:')}. It is due {{due}}. Because:", {"due": due}
    detail = said(sentence, quote=quote, times=times, enquiry=referral.enquiry_id)
    outbox.tell(work, owner, enquiry_steps.subject_of(referral.enquiry_id), detail)


_NOTED: dict[Said | None, str] = {
    Said.YES: "that you take it",
    Said.NO: "that it is not yours",
    Said.DONE: "what you answered",
}


def _tell_that_it_was_recorded(work: Work, referral: Referral, holder: Person, reply: PartnerReply) -> None:
    """Somebody else wrote down what they said: they hear of it, and can say that it is wrong."""
    if reply.how is None or holder.id == work.person.id or not holder.on_slack:
        return
    sentence = (
        f"{work.person.name} noted {_NOTED[reply.said]}, {HEARD_WORDS[reply.how]}: "
        f"{referral_steps.title(work.tx, referral)}. If this is wrong, please tell them."
    )
    outbox.tell(work, holder, subject_of(referral.id), said(sentence, quote=reply.text.strip() or None))


def _who(work: Work, referral: Referral, reply: PartnerReply) -> str:
    """`Liam Ortega`; `Dee, for Liam Ortega`; `Amina noted what Liam Ortega said on the phone`."""
    holder = referral_steps.holder_of(work, referral)
    theirs = holder.name if holder.id == referral.lead_id else f"{holder.name}, for {referral.lead.name}"
    if reply.how is not None:
        return f"{work.person.name} noted what {theirs} said {HEARD_WORDS[reply.how]}"
    return work.person.name if work.person.id == referral.lead_id else f"{work.person.name}, for {referral.lead.name}"


def _when(work: Work, referral: Referral, reply: PartnerReply) -> datetime:
    received_at = referral_steps.enquiry_of(work.tx, referral).received_at
    return hearing.when(work, reply.at, since=received_at, early="The enquiry came in", field="at")


def _link(link: str) -> str | None:
    if link.strip() and not link.strip().startswith(("https://", "http://")):
        raise BadInput("Paste the whole link, beginning with https://, or leave it out.", field="link")
    return link.strip() or None


def come_back(work: Work, referral: Referral) -> None:
    """If it was closed as theirs, it is open again: somebody here has to answer."""
    enquiry = referral_steps.enquiry_of(work.tx, referral)
    if referral_steps.is_back_with_us(enquiry, referral):
        enquiry_closing.came_back(work, enquiry)


def needed(text: str, sentence: str, *, field: str) -> str:
    if not text.strip():
        raise BadInput(sentence, field=field)
    return text.strip()
