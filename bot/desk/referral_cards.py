"""A referral as its reader sees it: a partner's lead, or whoever carries it to them; and the texts to send."""

from dataclasses import dataclass
from datetime import datetime

from bot.core import deadlines
from bot.core.deadlines import Band
from bot.core.permissions import Act, may
from bot.core.workspaces import Work
from bot.desk import referral_steps
from storage import referrals, sensitive, signoffs, statements
from storage.enquiries import Enquiry, EnquiryStatus
from storage.outbox import Posting
from storage.people import Person
from storage.referrals import Referral, ReferralStatus
from storage.statements import StatementStatus
from storage.subjects import Subject, SubjectKind

BY_THEM = frozenset({Act.ACCEPT_REFERRAL, Act.REFUSE_REFERRAL, Act.ANSWER_REFERRAL})
"""What their lead does, or one of us writes down for them."""


@dataclass(frozen=True)
class ReferralCard:
    """One referral, or what was told for information, as one reader sees it.

    `email` is what to send where the reader carries it to somebody outside Slack; `said` are the texts that went out.
    """

    referral: Referral
    enquiry: Enquiry
    reader: Person
    stands_in: bool
    is_relayed: bool
    email: str
    said: tuple[str, ...]
    band: Band
    redraw_at: datetime | None
    acts: frozenset[Act]


def load(work: Work, posting: Posting) -> ReferralCard | None:
    referral = referrals.get(work.tx, posting.subject_id)
    return show(work, referral, posting.person) if referral is not None and posting.person is not None else None


def show(work: Work, referral: Referral, reader: Person) -> ReferralCard:
    enquiry = referral_steps.enquiry_of(work.tx, referral)
    subject = referral_steps.subject_of(referral.id)
    standing = reader.roles | work.features.relations(work.tx, subject, reader)
    holder = referral_steps.holder_of(work, referral)
    is_theirs = reader.id in {holder.id, referral.lead_id}
    possible = {act for (status, act) in referral_steps.TRANSITIONS if status is referral.status}
    acts = {act for act in possible if may(act, standing)}
    if not is_theirs and possible and may(Act.RECORD_PARTNER_REPLY, standing):
        acts |= {Act.RECORD_PARTNER_REPLY}
    is_open = referral.is_open
    said = _said(work, enquiry) if referral.status is ReferralStatus.TOLD else ()
    return ReferralCard(
        referral=referral,
        enquiry=enquiry,
        reader=reader,
        stands_in=is_theirs and reader.id != referral.lead_id,
        is_relayed=not is_theirs,
        email=_email(work, referral, enquiry, said) if not is_theirs else "",
        said=said,
        band=deadlines.band(enquiry.deadline, work.now) if is_open else Band.UNKNOWN,
        redraw_at=deadlines.next_band_at(enquiry.deadline, work.now) if is_open else None,
        acts=frozenset(acts),
    )


def contact(enquiry: Enquiry) -> str:
    return " · ".join(part for part in (enquiry.journalist, enquiry.outlet, enquiry.email, enquiry.phone) if part)


def for_journalist(work: Work, referral: Referral) -> str:
    """Whom the journalist should speak to from now on, to be sent to them."""
    enquiry = referral_steps.enquiry_of(work.tx, referral)
    lead = referral.lead
    address = f" ({lead.email})" if lead.email else ""
    return (
        f"Dear {enquiry.journalist}\n\n"
        f"Thank you for your enquiry. It concerns {referral.organisation.name}, and they will answer you. Please speak "
        f"to {lead.name}{address}, who leads their communications and has your question and your deadline.\n\n"
        f"{referral_steps.owner_of(work, referral).name}"
    )


def _email(work: Work, referral: Referral, enquiry: Enquiry, said: tuple[str, ...]) -> str:
    """What to send to a lead outside Slack."""
    us = referral_steps.owner_of(work, referral).name
    asked = f"{enquiry.journalist}, {enquiry.outlet}, asks:\n\n{enquiry.question}\n\n"
    note = f"{referral.note}\n\n" if referral.note else ""
    greeting = f"Dear {referral.lead.name}\n\n"
    if referral.status is ReferralStatus.TOLD:
        answered = "".join(f"We said:\n\n{text}\n\n" for text in said) or "We have not answered yet.\n\n"
        return (
            f"{greeting}For your information: this touches {referral.organisation.name}.\n\n{asked}{answered}{note}{us}"
        )
    by = referral_steps.clock(work, enquiry.deadline) if enquiry.deadline else "not known yet"
    reach = ", ".join(part for part in (enquiry.email, enquiry.phone) if part)
    return (
        f"{greeting}This enquiry concerns {referral.organisation.name}. Please tell us whether you take it; and later "
        f"what you answered, and when.\n\n{asked}Deadline: {by}\nContact: {enquiry.journalist}, {reach}\n\n{note}{us}"
    )


def _said(work: Work, enquiry: Enquiry) -> tuple[str, ...]:
    """What went out on an enquiry, the oldest first; or how it ended without a text."""
    found = []
    with sensitive.lifted(work.tx):
        for statement in statements.of_enquiry(work.tx, enquiry.id):
            if statement.status is StatementStatus.ISSUED:
                signoff = signoffs.of(work.tx, Subject(SubjectKind.STATEMENT, statement.id))
                draft = signoffs.draft(work.tx, signoff.id, signoff.current_draft)
                found += [draft.text] if draft else []
    if not found and enquiry.status is EnquiryStatus.CLOSED and enquiry.outcome_detail:
        found.append(enquiry.outcome_detail)
    return tuple(found)
