"""Reading an enquiry out of an e-mail or out of typed words, for a person to check before it is logged."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.deadline_reader import Reading, read_deadline, understood
from bot.core.email_reader import EmailSource, PastedEmail, read_email
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk.enquiry_details import EnquiryDetails
from storage import outlets
from storage.enquiries import CameBy


@dataclass(frozen=True)
class Captured:
    """What the form is filled in with. `understood` says in words by when it is wanted, or why that is not known."""

    details: EnquiryDetails
    understood: str = ""


def from_email(desk: Desk, caller: Caller, source: EmailSource) -> Captured:
    """What a journalist's e-mail says, however it was passed on."""
    with desk.looking(caller, Act.LOG_ENQUIRY) as work:
        return _captured(work, source, words="")


def from_words(desk: Desk, caller: Caller, words: str) -> Captured:
    """What was typed or pasted. Where it is no e-mail, the words are the question."""
    with desk.looking(caller, Act.LOG_ENQUIRY) as work:
        return _captured(work, PastedEmail(words), words=words)


def _captured(work: Work, source: EmailSource, *, words: str) -> Captured:
    zone = work.hours.zone
    email = read_email(source, own_domains=work.settings.own_domains, zone=zone)
    is_email = bool(email.email or email.journalist)
    sent_at = email.sent_at if email.sent_at is not None and email.sent_at <= work.now else None
    body = email.body if is_email or not words else words
    reading = read_deadline(body, received_at=sent_at or work.now, now=work.now, zone=zone, hours=work.hours)
    details = EnquiryDetails(
        journalist=email.journalist,
        outlet=email.outlet or outlets.of_domain(work.tx, email.sender_domain),
        email=email.email,
        phone=email.phone,
        came_by=CameBy.EMAIL,
        received_at=sent_at,
        deadline=reading.at,
        question=email.question if is_email or not words else words,
    )
    return Captured(details, _in_words(work, reading) if body.strip() else "")


def _in_words(work: Work, reading: Reading) -> str:
    """For a person to check: what was read as the deadline, from which words, and what else it could be."""
    if reading.at is None:
        return reading.why_not
    found = _said(work, reading.at)
    doubt = "Please check." if reading.certain else "This may be wrong: please check."
    others = "".join(f" It also says “{one.words}”: {_said(work, one.at)}." for one in reading.others[:2])
    return f"Deadline read from “{reading.words}”: {found}. {doubt}{others}"


def _said(work: Work, at: datetime) -> str:
    return understood(at, now=work.now, zone=work.hours.zone)
