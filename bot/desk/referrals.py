"""Enquiries that concern a partner organisation alone: its lead is asked, and what they answered comes back.

Until they have said yes, it is ours to answer; until they have said what they answered, they owe us that. Who owes what
is never nobody.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.core import obligations
from bot.core.errors import BadInput, NotFromHere
from bot.core.features import Feature
from bot.core.outbox import said
from bot.core.permissions import Act, Relation
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_steps, referral_cards, referral_steps
from bot.desk.referral_cards import ReferralCard
from bot.desk.referral_replies import come_back, needed
from bot.desk.referral_steps import DUTIES, subject_of
from storage import obligations as obligation_records
from storage import people
from storage import referrals as records
from storage.database import Transaction
from storage.enquiries import Enquiry
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.people import Organisation, Person
from storage.referrals import Referral, ReferralStatus
from storage.subjects import SubjectKind

LONGEST_NOTE = 1000


@dataclass(frozen=True)
class Partners:
    """The organisations that could be asked or told, each with its lead, if it has one."""

    enquiry: Enquiry
    organisations: Sequence[tuple[Organisation, Person | None]]


def partners(desk: Desk, caller: Caller, enquiry_id: int, act: Act) -> Partners:
    with desk.looking(caller, act, enquiry_steps.subject_of(enquiry_id)) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        enquiry_steps.next_status(enquiry, act)
        if act is Act.REFER_ENQUIRY:
            _refuse_second(work, enquiry)
        leads, own = people.organisation_leads(work.tx), people.own_organisation_ids(work.tx)
        found = [
            (organisation, leads.get(organisation.id))
            for organisation in people.organisations(work.tx)
            if organisation.id not in own
        ]
        if not found:
            raise NotFromHere("No partner organisation is on file. Ask the administrator to add one in Settings.")
        return Partners(enquiry, found)


def refer(desk: Desk, caller: Caller, enquiry_id: int, organisation_id: int, note: str, *, once: str) -> None:
    """Asks a partner's lead to answer an enquiry. It stays ours until they have said yes."""
    with desk.acting(caller, Act.REFER_ENQUIRY, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        enquiry_steps.next_status(enquiry, Act.REFER_ENQUIRY)
        _refuse_second(work, enquiry)
        lead = lead_of(work, organisation_id)
        referral = _stored(work, enquiry, lead, note, ReferralStatus.ASKED)
        referral_steps.ask(work, referral)
        how = "" if lead.on_slack else " They are not in Slack: the owner sends them the e-mail and records the reply."
        referral_steps.say(
            work,
            referral,
            said(
                f"{work.person.name} referred {enquiry.reference} to {referral.organisation.name}: {lead.name} was "
                f"asked to take it. Until they have, it stays ours, and the deadline runs on.{how}",
                quote=referral.note,
            ),
        )
        referral_steps.redraw(work, referral)
        enquiry_steps.redraw(work, enquiry)
        referral_steps.ask_whom_it_touches(work, enquiry, referred_to=referral.organisation)
        work.record(
            Act.REFER_ENQUIRY,
            enquiry_steps.subject_of(enquiry.id),
            referral=referral.id,
            organisation=organisation_id,
            lead=lead.id,
            personal={"note": referral.note},
        )


def lead_of(work: Work, organisation_id: int, *, field: str = "organisation") -> Person:
    """Who leads an organisation's communications. `BadInput` that says who can name one, where nobody does."""
    organisation = next((one for one in people.organisations(work.tx) if one.id == organisation_id), None)
    if organisation is None:
        raise BadInput("Choose an organisation.", field=field)
    if organisation.id in people.own_organisation_ids(work.tx):
        raise BadInput(
            f"{organisation.name} is where the press office works, so it is ours to answer. Choose a partner.",
            field=field,
        )
    lead = people.organisation_leads(work.tx).get(organisation_id)
    if lead is None:
        raise BadInput(
            f"{organisation.name} has no communications lead yet. The comms lead or the administrator can name one: "
            "Settings, Change person or Add person, with the role and the organisation.",
            field=field,
        )
    return lead


def tell_leads(
    desk: Desk, caller: Caller, enquiry_id: int, organisation_ids: Collection[int], note: str, *, once: str
) -> None:
    """Tells the leads of other organisations, for information: what was asked, and what was said. Nobody is chased."""
    with desk.acting(caller, Act.TELL_PARTNERS, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        enquiry_steps.next_status(enquiry, Act.TELL_PARTNERS)
        leads = [lead_of(work, chosen, field="organisations") for chosen in dict.fromkeys(organisation_ids)]
        if not leads:
            raise BadInput("Choose whose lead to tell.", field="organisations")
        for lead in leads:
            told = _stored(work, enquiry, lead, note, ReferralStatus.TOLD)
            referral_steps.send(work, told, lead)
        names = [lead.name for lead in leads]
        listed = ", ".join(names)
        sentence = f"{work.person.name} told, for information: {listed}."
        outside = [lead.name for lead in leads if not lead.on_slack]
        if outside:
            sentence += f" The e-mail to send to {', '.join(outside)} is with the owner."
        enquiry_steps.say(work, enquiry, said(sentence, quote=note.strip() or None))
        work.record(
            Act.TELL_PARTNERS,
            enquiry_steps.subject_of(enquiry.id),
            organisations=list(dict.fromkeys(organisation_ids)),
            leads=[lead.id for lead in leads],
            personal={"note": note.strip()},
        )


def withdraw(desk: Desk, caller: Caller, referral_id: int, reason: str, *, once: str) -> None:
    """We take it back. Nothing is asked of the partner any more, and they are told."""
    with desk.acting(caller, Act.WITHDRAW_REFERRAL, subject_of(referral_id), once=once) as work:
        referral, reason = (
            referral_steps.get(work.tx, referral_id),
            needed(reason, "Say why it is withdrawn.", field="reason"),
        )
        holder_told = said(
            f"{work.person.name} took {referral_steps.title(work.tx, referral)} back. You need do nothing more.",
            quote=reason,
        )
        referral_steps.next_status(referral, Act.WITHDRAW_REFERRAL)
        referral_steps.tell_them(work, referral, holder_told)
        referral_steps.move(work, referral, Act.WITHDRAW_REFERRAL, reason=reason, ended_at=work.now)
        obligations.cancel(work, subject_of(referral.id), *DUTIES)
        sentence = f"{work.person.name} took the enquiry back from {referral.organisation.name}:"
        referral_steps.say(work, referral, said(sentence, quote=reason))
        come_back(work, referral)
        referral_steps.redraw(work, referral)
        work.record(Act.WITHDRAW_REFERRAL, subject_of(referral.id), personal={"reason": reason})


def read(desk: Desk, caller: Caller, referral_id: int) -> ReferralCard:
    """All of a referral, for whoever was asked and whoever asked."""
    with desk.looking(caller, Act.READ_REFERRAL, subject_of(referral_id)) as work:
        return referral_cards.show(work, referral_steps.get(work.tx, referral_id), work.person)


def look_at(desk: Desk, caller: Caller, referral_id: int, act: Act) -> ReferralCard:
    """A referral as the person may see it, for the form of an act on it. Refuses what its state does not allow."""
    with desk.looking(caller, act, subject_of(referral_id)) as work:
        referral = referral_steps.get(work.tx, referral_id)
        if act is Act.RECORD_PARTNER_REPLY and not referral.is_open:
            raise referral_steps.ended(referral)
        if act in {of for _, of in referral_steps.TRANSITIONS}:
            referral_steps.next_status(referral, act)
        return referral_cards.show(work, referral, work.person)


def _stored(work: Work, enquiry: Enquiry, lead: Person, note: str, status: ReferralStatus) -> Referral:
    if len(note) > LONGEST_NOTE:
        raise BadInput(f"Shorten this to {LONGEST_NOTE:,} characters.", field="note")
    referral = Referral(
        enquiry_id=enquiry.id,
        organisation_id=lead.organisation_id,
        lead_id=lead.id,
        status=status,
        note=note.strip() or None,
        referred_by_id=work.person.id,
        referred_at=work.now,
    )
    work.tx.add(referral)
    return referral_steps.get(work.tx, referral.id)


def _refuse_second(work: Work, enquiry: Enquiry) -> None:
    other = records.open_on(work.tx, enquiry.id)
    if other is not None:
        raise NotFromHere(
            f"{enquiry.reference} is with {other.organisation.name} already. Take it back from them first, if somebody "
            "else should answer."
        )


def _relations(tx: Transaction, referral_id: int, person: Person) -> frozenset[Relation]:
    """The lead, or whoever stands in, was asked; the enquiry's owner owns it, or, while there is none, who referred."""
    referral = records.get(tx, referral_id)
    if referral is None:
        return frozenset()
    enquiry, found = referral_steps.enquiry_of(tx, referral), set[Relation]()
    if person.id == referral.lead_id or obligation_records.is_stood_in_for(
        tx, subject_of(referral_id), person.id, *DUTIES
    ):
        found.add(Relation.ASKED)
    if person.id == (enquiry.owner_id or referral.referred_by_id) or obligation_records.is_stood_in_for(
        tx, enquiry_steps.subject_of(enquiry.id), person.id, Duty.ANSWER, Duty.AWAITING_EMAIL
    ):
        found.add(Relation.OWNER)
    return frozenset(found)


def _owner_id(tx: Transaction, referral_id: int) -> int:
    referral = referral_steps.get(tx, referral_id)
    return referral_steps.enquiry_of(tx, referral).owner_id or referral.referred_by_id


FEATURE = Feature(
    kind=SubjectKind.REFERRAL,
    relations=_relations,
    is_there=lambda tx, referral_id: records.get(tx, referral_id) is not None,
    not_there=referral_steps.NOT_THERE,
    title=lambda tx, referral_id: referral_steps.title(tx, referral_steps.get(tx, referral_id)),
    owner_id=_owner_id,
    loaders={PostingKind.REFERRAL: referral_cards.load},
)
