"""Media enquiries: logged, owned, answered by the deadline, closed with an outcome."""

from bot.core import outbox
from bot.core.errors import BadInput, NotFromHere
from bot.core.features import Feature
from bot.core.outbox import said
from bot.core.permissions import Act, Relation
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import (
    alikes,
    enquiry_cards,
    enquiry_details,
    enquiry_outlook,
    enquiry_places,
    enquiry_steps,
    follow_ups,
    referral_steps,
    statement_signing,
)
from bot.desk.alikes import Decided, WhatToDo
from bot.desk.enquiry_details import EnquiryDetails
from bot.desk.terms import TERMS_WORDS
from storage import enquiries, people, referrals, sensitive
from storage import obligations as obligation_records
from storage import statements as statement_records
from storage.database import Transaction
from storage.enquiries import Enquiry, Note, NoteKind, Terms
from storage.obligations import Duty, open_on
from storage.outbox import PostingKind
from storage.people import Person
from storage.referrals import ReferralStatus
from storage.subjects import SubjectKind


def take_in(desk: Desk, caller: Caller, details: EnquiryDetails, decided: Decided, *, once: str) -> None:
    """What was asked, logged anew or kept with what it belongs to, as the person decided.

    Raises `LooksAlike` and `DeadlinePast` where they have to be asked first.
    """
    match decided:
        case Decided(what=WhatToDo.NOTE, other_id=int(other)):
            keep_with(desk, caller, other, details, once=once)
        case Decided(what=WhatToDo.EMAIL, other_id=int(other)):
            enquiry_details.record_email(
                desk,
                caller,
                other,
                email=details.email,
                question=details.question,
                deadline=details.deadline,
                late_is_meant=details.late_is_meant,
                once=once,
            )
        case _:
            log_enquiry(desk, caller, details, decided=decided, once=once)


def log_enquiry(
    desk: Desk, caller: Caller, details: EnquiryDetails, *, decided: Decided | None = None, once: str
) -> Enquiry:
    """Logs an enquiry, puts its card into the press channel and starts the clock. `once` is the form's id.

    Raises `LooksAlike` where it looks like one on file that the person was not shown. Where nobody can be asked,
    `decided` is None, and nobody is.
    """
    with desk.acting(caller, Act.LOG_ENQUIRY, once=once) as work:
        if work.settings.press_channel_id is None:
            raise BadInput(
                "The desk does not know its press channel yet. Ask the administrator to choose one in Settings."
            )
        enquiry_details.check(work, details)
        alikes.ask(work, enquiry_details.asked(work, details), decided)
        enquiry = enquiry_details.as_logged(work, details)
        work.tx.add(enquiry)
        enquiry = enquiry_steps.get(work.tx, enquiry.id)
        subject = enquiry_steps.subject_of(enquiry.id)
        if enquiry.is_sensitive:
            sensitive.let_in(work.tx, enquiry.id, work.person, by=work.person, at=work.now)
        referral_steps.ask_whom_it_touches(work, enquiry)
        arrived(work, enquiry, f"{work.person.name} logged {enquiry.reference}.")
        work.record(
            Act.LOG_ENQUIRY,
            subject,
            reference=enquiry.reference,
            deadline=enquiry.deadline.isoformat() if enquiry.deadline else None,
            out_of_hours=enquiry.out_of_hours,
            sensitive=enquiry.is_sensitive,
            personal={
                "journalist": enquiry.journalist,
                "email": enquiry.email,
                "phone": enquiry.phone,
                "question": enquiry.question,
            },
        )
        alikes.notice(work, enquiry)
        if decided is not None and decided.follows_id is not None:
            follow_ups.put_after(work, enquiry, alikes.seen(work, decided.follows_id))
        return enquiry


def keep_with(desk: Desk, caller: Caller, enquiry_id: int, details: EnquiryDetails, *, once: str) -> None:
    """What was to be logged belongs to an enquiry on file: all of it is kept there as a note."""
    with desk.acting(caller, Act.ADD_NOTE, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        enquiry_steps.next_status(enquiry, Act.ADD_NOTE)
        enquiry_details.check_question(details.question)
        if details.is_sensitive and not enquiry.is_sensitive:
            raise BadInput(
                f"You marked this as sensitive, and everybody here sees {enquiry.reference}. Log it as an enquiry of "
                "its own, or take the tick away.",
                field="sensitive",
            )
        text = enquiry_details.in_words(work, details)
        work.tx.add(Note(enquiry_id=enquiry.id, author_id=work.person.id, kind=NoteKind.NOTE, text=text, at=work.now))
        told = said(f"{work.person.name} kept this with {enquiry.reference}, instead of logging it anew:", quote=text)
        enquiry_steps.say(work, enquiry, told)
        enquiry_steps.redraw(work, enquiry)
        personal = {"journalist": details.journalist, "email": details.email, "phone": details.phone, "text": text}
        work.record(
            Act.ADD_NOTE, enquiry_steps.subject_of(enquiry.id), kind=NoteKind.NOTE.value, kept=True, personal=personal
        )


def arrived(work: Work, enquiry: Enquiry, sentence: str) -> None:
    """Puts up the card of an enquiry that is new to the desk, and starts the clock on what is owed."""
    enquiry_places.put_up(work, enquiry)
    enquiry_steps.say(work, enquiry, said(sentence))
    enquiry_steps.owe(work, enquiry)
    enquiry_steps.redraw(work, enquiry)


def take(desk: Desk, caller: Caller, enquiry_id: int) -> None:
    """The person will see to it."""
    with desk.acting(caller, Act.TAKE_ENQUIRY, enquiry_steps.subject_of(enquiry_id)) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        if enquiry.owner_id == work.person.id:
            raise NotFromHere(f"{enquiry.reference} is yours already.")
        if enquiry.owner is not None:
            raise NotFromHere(
                f"{enquiry.owner.name} has {enquiry.reference}. "
                "If you should have it, press Show more, then Give to someone."
            )
        enquiry_steps.hand_over(work, enquiry, work.person, Act.TAKE_ENQUIRY)
        enquiry_steps.say(work, enquiry, said(f"{work.person.name} took {enquiry.reference}."))


def give(desk: Desk, caller: Caller, enquiry_id: int, person_id: int, *, once: str) -> None:
    """Somebody else in the press office sees to it from now on, and is told."""
    with desk.acting(caller, Act.GIVE_ENQUIRY, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        to = people.get(work.tx, person_id)
        if to is None or to.id not in {person.id for person in enquiry_steps.possible_owners(work.tx)}:
            raise BadInput("Choose somebody from the press office.", field="person")
        if to.id == enquiry.owner_id:
            raise BadInput(f"{to.name} has it already. Choose somebody else.", field="person")
        enquiry_steps.hand_over(work, enquiry, to, Act.GIVE_ENQUIRY)
        enquiry_steps.say(work, enquiry, said(f"{work.person.name} gave {enquiry.reference} to {to.name}."))
        if to.id != work.person.id:
            sentence = said(
                f"{work.person.name} gave you {enquiry.reference} from {enquiry.outlet}.",
                quote=enquiry.question,
                enquiry=enquiry.id,
            )
            outbox.tell(work, to, enquiry_steps.subject_of(enquiry.id), sentence)


def add_note(
    desk: Desk,
    caller: Caller,
    enquiry_id: int,
    kind: NoteKind,
    text: str,
    *,
    terms: Terms = Terms.ON_RECORD,
    once: str,
) -> None:
    """Keeps a call, a conversation or a remark with the enquiry; of what was said, on what terms."""
    with desk.acting(caller, Act.ADD_NOTE, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        enquiry_steps.next_status(enquiry, Act.ADD_NOTE)
        if not text.strip():
            raise BadInput("Write the note first.", field="text")
        if kind is NoteKind.NOTE and terms is not Terms.ON_RECORD:
            raise BadInput("A remark of ours has no terms. Choose a call or a conversation.", field="kind")
        note = Note(
            enquiry_id=enquiry.id, author_id=work.person.id, kind=kind, text=text.strip(), at=work.now, terms=terms
        )
        work.tx.add(note)
        words = {NoteKind.CALL: "a call", NoteKind.CONVERSATION: "a conversation", NoteKind.NOTE: "this"}
        on_terms = f", {TERMS_WORDS[terms]}" if terms is not Terms.ON_RECORD else ""
        enquiry_steps.say(work, enquiry, said(f"{work.person.name} noted {words[kind]}{on_terms}:", quote=text.strip()))
        enquiry_steps.redraw(work, enquiry)
        work.record(
            Act.ADD_NOTE,
            enquiry_steps.subject_of(enquiry.id),
            kind=kind.value,
            terms=terms.value,
            personal={"text": text.strip()},
        )


def _relations(tx: Transaction, enquiry_id: int, person: Person) -> frozenset[Relation]:
    enquiry = enquiries.get(tx, enquiry_id)
    owns = enquiry is not None and enquiry.owner_id == person.id
    owns = owns or obligation_records.is_stood_in_for(
        tx, enquiry_steps.subject_of(enquiry_id), person.id, Duty.ANSWER, Duty.AWAITING_EMAIL
    )
    return frozenset({Relation.OWNER}) if owns else frozenset()


def _title(tx: Transaction, enquiry_id: int) -> str:
    enquiry = enquiry_steps.get(tx, enquiry_id)
    return f"{enquiry.reference} · {enquiry.outlet}"


def _owner_id(tx: Transaction, enquiry_id: int) -> int | None:
    return enquiry_steps.get(tx, enquiry_id).owner_id


def _rests(tx: Transaction, enquiry_id: int, duty: Duty) -> bool:
    """While a signed statement waits to go out, or a partner answers, reminding of that is enough."""
    if duty is not Duty.ANSWER:
        return False
    partner = referrals.open_on(tx, enquiry_id)
    return (partner is not None and partner.status is ReferralStatus.ACCEPTED) or any(
        open_on(tx, statement_signing.subject_of(statement.id), duty=Duty.ISSUE)
        for statement in statement_records.of_enquiry(tx, enquiry_id)
        if statement.is_answer
    )


FEATURE = Feature(
    kind=SubjectKind.ENQUIRY,
    relations=_relations,
    is_there=lambda tx, enquiry_id: enquiries.get(tx, enquiry_id) is not None,
    not_there=enquiry_steps.NOT_THERE,
    title=_title,
    owner_id=_owner_id,
    rests=_rests,
    loaders={PostingKind.ENQUIRY_CARD: enquiry_cards.load},
    coming_up=enquiry_outlook.coming_up,
    late_and_stuck=enquiry_outlook.stuck,
)
