"""Reading an enquiry out of an e-mail or out of typed words, for a person to check before it is logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.deadline_reader import Reading, read_deadline, understood
from bot.core.email_reader import EmailSource, PastedEmail, read_email
from bot.core.errors import BadInput
from bot.core.permissions import Act
from bot.core.typed_words import Asker, who_asks
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import alikes, enquiry_details
from bot.desk.alikes import Alike
from bot.desk.enquiry_details import EnquiryDetails
from storage import outlets, people
from storage.enquiries import CameBy
from storage.people import Organisation, Topic


@dataclass(frozen=True)
class ToLog:
    """What the form is filled in with, and what it offers to choose from.

    `understood` says in words by when it is wanted, or why that is not known; `alike` is what it looks like.
    """

    details: EnquiryDetails
    understood: str
    topics: Sequence[Topic]
    organisations: Sequence[Organisation]
    alike: Sequence[Alike]
    now: datetime


_NOTHING_YET = EnquiryDetails("", "", "", "", CameBy.EMAIL, received_at=None, deadline=None, question="")


def from_message(desk: Desk, caller: Caller, sources: Sequence[EmailSource]) -> ToLog:
    """What a message says, or the e-mails that it brings: the first of them that says who asks, else the first."""
    with desk.looking(caller, Act.LOG_ENQUIRY) as work:
        read = [_captured(work, source, words="") for source in sources or [PastedEmail("")]]
        named = [one for one in read if one[0].email or one[0].journalist]
        return _to_log(work, *(named or read)[0])


def from_words(desk: Desk, caller: Caller, words: str) -> ToLog:
    """What was typed or pasted. Where it is no e-mail, the words are the question."""
    with desk.looking(caller, Act.LOG_ENQUIRY) as work:
        return _to_log(work, *(_captured(work, PastedEmail(words), words=words) if words else (_NOTHING_YET, "")))


def for_details(desk: Desk, caller: Caller, details: EnquiryDetails) -> ToLog:
    """The form once more, with what was filled in and what that looks like."""
    with desk.looking(caller, Act.LOG_ENQUIRY) as work:
        return _to_log(work, details, "")


def _to_log(work: Work, details: EnquiryDetails, understood: str) -> ToLog:
    if work.settings.press_channel_id is None:
        raise BadInput(
            "The desk does not know its press channel yet. Ask the administrator to choose one: Comms Desk, Home, "
            "Settings, Change press office."
        )
    alike = alikes.found(work, enquiry_details.asked(work, details))
    return ToLog(details, understood, people.topics(work.tx), people.organisations(work.tx), alike, work.now)


def _captured(work: Work, source: EmailSource, *, words: str) -> tuple[EnquiryDetails, str]:
    zone = work.hours.zone
    email = read_email(source, own_domains=work.settings.own_domains, zone=zone)
    is_email = bool(email.email or email.journalist)
    sent_at = email.sent_at if email.sent_at is not None and email.sent_at <= work.now else None
    body = email.body if is_email or not words else words
    reading = read_deadline(body, received_at=sent_at or work.now, now=work.now, zone=zone, hours=work.hours)
    typed = Asker()
    if words:
        typed = who_asks(words, address=email.email, known_outlets=outlets.on_file(work.tx))
    details = EnquiryDetails(
        journalist=email.journalist or typed.journalist,
        outlet=email.outlet or outlets.of_domain(work.tx, email.sender_domain) or typed.outlet,
        email=email.email,
        phone=email.phone,
        came_by=CameBy.EMAIL,
        received_at=sent_at,
        deadline=reading.at,
        question=email.question if is_email or not words else words,
    )
    is_dated = not email.has_unread_date and (email.sent_at is None or sent_at is not None)
    return details, _in_words(work, reading, is_dated=is_dated) if body.strip() else ""


def _in_words(work: Work, reading: Reading, *, is_dated: bool) -> str:
    """For a person to check: what was read as the deadline, from which words, and what else it could be.

    Without the date of an e-mail, its "tomorrow" may be today.
    """
    if reading.at is None:
        return reading.why_not
    found = _said(work, reading.at)
    doubt = "Please check." if reading.certain else "This may be wrong: please check."
    if not is_dated:
        doubt = "The e-mail’s own date could not be read, so it counts from now and may be a day wrong: please check."
    others = "".join(f" It also says “{one.words}”: {_said(work, one.at)}." for one in reading.others[:2])
    return f"Deadline read from “{reading.words}”: {found}. {doubt}{others}"


def _said(work: Work, at: datetime) -> str:
    return understood(at, now=work.now, zone=work.hours.zone)
