"""The steps that acts on a referral are made of: asked, owed, moved, drawn anew, told and taken back."""

from datetime import datetime, timedelta

from bot.core import deputies, obligations, outbox
from bot.core.deadline_reader import understood
from bot.core.errors import NotFound, NotFromHere
from bot.core.outbox import said
from bot.core.permissions import Act, Relation
from bot.core.workspaces import Work
from bot.desk import enquiry_places
from storage import enquiries, people, referrals, sensitive
from storage import obligations as obligation_records
from storage import outbox as postings
from storage.database import Transaction
from storage.enquiries import Enquiry, EnquiryStatus, Outcome
from storage.obligations import Duty
from storage.outbox import PostingKind, Urgency
from storage.people import Organisation, Person, Role
from storage.referrals import OPEN, Referral, ReferralStatus
from storage.subjects import Subject, SubjectKind

NOT_THERE = "This is not on file. Your Home shows what waits for you."

TRANSITIONS: dict[tuple[ReferralStatus, Act], ReferralStatus] = {
    (ReferralStatus.ASKED, Act.ACCEPT_REFERRAL): ReferralStatus.ACCEPTED,
    **{
        (status, act): to
        for status in OPEN
        for act, to in (
            (Act.REFUSE_REFERRAL, ReferralStatus.REFUSED),
            (Act.ANSWER_REFERRAL, ReferralStatus.ANSWERED),
            (Act.WITHDRAW_REFERRAL, ReferralStatus.WITHDRAWN),
        )
    },
}

DUTIES = (Duty.ACCEPT_REFERRAL, Duty.REFERRAL_OUTCOME)
MOST_TIME_TO_SAY = timedelta(hours=4)
LEAST_TIME_TO_SAY = timedelta(minutes=30)
TIME_TO_ANSWER = timedelta(hours=16)
"""Our own judgement: a partner says within half of the time that is left whether they take it, four working hours at
most; and while no deadline is known, tells within two working days what they answered."""


def subject_of(referral_id: int) -> Subject:
    return Subject(SubjectKind.REFERRAL, referral_id)


def get(tx: Transaction, referral_id: int) -> Referral:
    referral = referrals.get(tx, referral_id)
    if referral is None:
        raise NotFound(NOT_THERE)
    return referral


def next_status(referral: Referral, act: Act) -> ReferralStatus:
    to = TRANSITIONS.get((referral.status, act))
    if to is not None:
        return to
    if referral.status is ReferralStatus.ACCEPTED:
        raise NotFromHere(f"{referral.organisation.name} has it already. What is still to come is what they answered.")
    raise ended(referral)


_ENDED: dict[ReferralStatus, str] = {
    ReferralStatus.REFUSED: "This was sent back: it is not theirs.",
    ReferralStatus.ANSWERED: "What they answered is on file already. Nothing more is needed.",
    ReferralStatus.WITHDRAWN: "The press office took this back. Nothing more is needed.",
    ReferralStatus.TOLD: "This was for information. Nothing is asked.",
}


def ended(referral: Referral) -> NotFromHere:
    return NotFromHere(_ENDED.get(referral.status, "This has ended. Look at the enquiry’s card."))


def move(work: Work, referral: Referral, act: Act, **values: object) -> None:
    if not referrals.change(work.tx, referral, to=next_status(referral, act), **values):
        raise NotFromHere("Somebody changed this a moment ago. Look at it and try again.")


def enquiry_of(tx: Transaction, referral: Referral) -> Enquiry:
    """The enquiry of a referral that somebody may see, whether or not they may see all of the enquiry.

    Only what is sent to a partner's lead is shown of it.
    """
    with sensitive.lifted(tx):
        enquiry = enquiries.get(tx, referral.enquiry_id)
    if enquiry is None:
        raise LookupError(f"enquiry {referral.enquiry_id} is not on file")
    return enquiry


def title(tx: Transaction, referral: Referral) -> str:
    enquiry = enquiry_of(tx, referral)
    return f"{enquiry.reference} · {enquiry.outlet}, for {referral.organisation.name}"


def owner_of(work: Work, referral: Referral) -> Person:
    """Who sees to it here: the enquiry's owner; while nobody has that, whoever referred it. Or who stands in."""
    owner = enquiry_of(work.tx, referral).owner or referral.referred_by
    return deputies.acting_for(work, owner, about=subject_of(referral.id))


def say_by(work: Work, deadline: datetime | None) -> datetime:
    """By when the partner should say whether they take it (UTC)."""
    most = work.hours.add(work.now, MOST_TIME_TO_SAY)
    if deadline is None:
        return most
    return max(min(work.now + (deadline - work.now) / 2, most), work.now + LEAST_TIME_TO_SAY)


def answer_by(work: Work, deadline: datetime | None) -> datetime:
    """By when they should have answered, and told us (UTC)."""
    return deadline or work.hours.add(work.now, TIME_TO_ANSWER)


def ask(work: Work, referral: Referral) -> None:
    """The lead owes us a word, and is told; without Slack, through whoever sees to it here."""
    enquiry = enquiry_of(work.tx, referral)
    owed = obligations.owe(
        work,
        Duty.ACCEPT_REFERRAL,
        subject_of(referral.id),
        owner=referral.lead,
        due_at=say_by(work, enquiry.deadline),
        is_told=True,
    )
    send(work, referral, people.get(work.tx, owed.owner_id) if owed.owner_id else None)


def send(work: Work, referral: Referral, holder: Person | None) -> None:
    """The message with the whole of it: to the lead or their deputy, or as an e-mail to send to whoever owns it."""
    reader = holder if holder is not None and holder.on_slack else owner_of(work, referral)
    outbox.post(
        work,
        PostingKind.REFERRAL,
        subject_of(referral.id),
        person=reader,
        dedupe_key=f"referral:{referral.id}:{referral.lead_id}:{reader.id}",
    )


def holder_of(work: Work, referral: Referral) -> Person:
    """The lead, or whoever sees to it in their place."""
    owed = obligation_records.open_on(work.tx, subject_of(referral.id), owner_id=referral.lead_id)
    return owed[0].owner if owed and owed[0].owner else referral.lead


def tell_them(work: Work, referral: Referral, sentence: dict[str, object]) -> None:
    """Tells the lead, or whoever stands in. One who is not in Slack is told by whoever owns it: so they are asked."""
    holder = holder_of(work, referral)
    if holder.on_slack:
        if holder.id != work.person_id:
            outbox.tell(work, holder, subject_of(referral.id), sentence)
        return
    words = f"Please tell {holder.name} of {referral.organisation.name}, who is not in Slack: {sentence['sentence']}"
    outbox.tell(work, owner_of(work, referral), subject_of(referral.id), {**sentence, "sentence": words})


def redraw(work: Work, referral: Referral) -> None:
    """Its own messages, the enquiry's cards, and the homes of both sides."""
    outbox.redraw(work, subject_of(referral.id))
    outbox.redraw(work, Subject(SubjectKind.ENQUIRY, referral.enquiry_id))
    outbox.redraw_homes(work, [referral.lead_id, enquiry_of(work.tx, referral).owner_id])


def deadline_changed(work: Work, enquiry: Enquiry) -> None:
    """What the partner owes is owed by the new deadline, and they are told of it."""
    referral = referrals.open_on(work.tx, enquiry.id)
    if referral is None:
        return
    subject = subject_of(referral.id)
    obligations.move_deadline(work, subject, Duty.ACCEPT_REFERRAL, say_by(work, enquiry.deadline))
    obligations.move_deadline(work, subject, Duty.REFERRAL_OUTCOME, answer_by(work, enquiry.deadline))
    if enquiry.deadline is not None:
        sentence = f"The journalist’s deadline for {title(work.tx, referral)} is {{deadline}} now."
        tell_them(work, referral, said(sentence, times={"deadline": enquiry.deadline}))
    redraw(work, referral)


def details_corrected(work: Work, enquiry: Enquiry) -> None:
    """The partner sees what was put right; if it concerns an organisation now, who else should know is asked."""
    referral = referrals.open_on(work.tx, enquiry.id)
    if referral is not None:
        redraw(work, referral)
    ask_whom_it_touches(work, enquiry)


def owner_changed(work: Work, enquiry_id: int) -> None:
    """Whoever takes over an enquiry gets what has to be carried to a partner outside Slack."""
    referral = referrals.open_on(work.tx, enquiry_id)
    if referral is None:
        return
    holder = holder_of(work, referral)
    if not holder.on_slack:
        send(work, referral, holder)
    redraw(work, referral)


def enquiry_closed(work: Work, enquiry: Enquiry, outcome: Outcome, words: str) -> None:
    """Closed otherwise than by them, nothing is asked of a partner any more. They are told."""
    referral = referrals.open_on(work.tx, enquiry.id)
    if referral is None:
        return
    if outcome is Outcome.REFERRED:
        redraw(work, referral)
        return
    sentence = f"{title(work.tx, referral)} needs nothing more from you: {enquiry.reference} is closed, {words}."
    tell_them(work, referral, said(sentence))
    referrals.change(work.tx, referral, to=ReferralStatus.WITHDRAWN, ended_at=work.now)
    obligations.cancel(work, subject_of(referral.id), *DUTIES)
    redraw(work, referral)


def ask_whom_it_touches(work: Work, enquiry: Enquiry, *, referred_to: Organisation | None = None) -> None:
    """Whoever logs, refers, answers or closes what concerns a partner is asked, once, who else should be told."""
    concerned = referred_to or enquiry.organisation or enquiry.referred_to
    if concerned is None or not people.organisation_leads(work.tx):
        return
    own = "" if referred_to else ", or should their own lead know of it"
    outbox.tell(
        work,
        enquiry.owner if Relation.ASKED in work.standing else work.person,
        Subject(SubjectKind.ENQUIRY, enquiry.id),
        said(
            f"{enquiry.reference} · {enquiry.outlet} concerns {concerned.name}. Does it touch another "
            f"organisation{own}? You can tell their leads, for information.",
            tell_partners=enquiry.id,
        ),
        urgency=Urgency.BY_THE_WAY,
        dedupe_key=f"touches:{enquiry.id}",
    )


def say(work: Work, referral: Referral, sentence: dict[str, object]) -> None:
    """Adds a sentence to the enquiry's history."""
    enquiry_places.say(work, referral.enquiry_id, sentence)


def clock(work: Work, at: datetime) -> str:
    """Thu 3 June, 4pm: by the office's clocks, for a text that leaves Slack."""
    return understood(at, now=work.now, zone=work.hours.zone).rpartition(", ")[0]


def is_back_with_us(enquiry: Enquiry, referral: Referral) -> bool:
    """Whether an enquiry was closed as referred to this partner, and they say now that it is not theirs."""
    return (
        enquiry.status is EnquiryStatus.CLOSED
        and enquiry.outcome is Outcome.REFERRED
        and enquiry.referred_to_id == referral.organisation_id
    )


def leads_changed(work: Work) -> None:
    """Somebody became, or is no longer, an organisation's lead: what was asked of it goes to whoever leads it now."""
    leads = people.organisation_leads(work.tx)
    for referral in referrals.all_open(work.tx):
        if _is_lead(referral.lead, referral.organisation_id):
            continue
        new = leads.get(referral.organisation_id)
        if new is not None:
            _give_to(work, referral, new)
        elif referral.lead.left_at is not None:
            send(work, referral, referral.lead)
            name, organisation = referral.lead.name, referral.organisation.name
            sentence = f"{name} has left, and {organisation} has no other lead. The owner carries it to them."
            say(work, referral, said(sentence))


def _is_lead(person: Person, organisation_id: int) -> bool:
    still = person.left_at is None and Role.ORGANISATION_LEAD in person.roles
    return still and person.organisation_id == organisation_id


def _give_to(work: Work, referral: Referral, new: Person) -> None:
    was = referral.lead
    if not referrals.change(work.tx, referral, to=referral.status, lead_id=new.id):
        return
    for duty in DUTIES:
        obligations.hand_over(work, subject_of(referral.id), duty, new)
    _take_back_from(work, referral, was)
    referral = get(work.tx, referral.id)
    send(work, referral, holder_of(work, referral))
    say(
        work, referral, said(f"{new.name} leads {referral.organisation.name} now, and was asked instead of {was.name}.")
    )
    redraw(work, referral)


def _take_back_from(work: Work, referral: Referral, was: Person) -> None:
    """Who led the organisation before has nothing to do with it any more."""
    told = postings.of(work.tx, subject_of(referral.id), person_id=was.id)
    postings.take_back(work.tx, [posting.id for posting in told], work.now, by=None)
