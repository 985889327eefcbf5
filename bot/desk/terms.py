"""On what terms a journalist is told something: on the record, background, off the record; and an embargo.

DOMAIN §2, *extra*: "on/off record and embargo terms". What the journalist did not agree to beforehand does not bind
them, so whoever records that background or something off the record went out says who agreed to that, and when.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.errors import BadInput
from storage.enquiries import Enquiry, Terms
from storage.statements import StatementKind

TERMS_WORDS: dict[Terms, str] = {
    Terms.ON_RECORD: "on the record",
    Terms.BACKGROUND: "background, not for quotation",
    Terms.OFF_RECORD: "off the record",
}
TERMS_OF: dict[StatementKind, Terms] = {
    StatementKind.STATEMENT: Terms.ON_RECORD,
    StatementKind.HOLDING: Terms.ON_RECORD,
    StatementKind.BACKGROUND: Terms.BACKGROUND,
    StatementKind.OFF_RECORD: Terms.OFF_RECORD,
}
KIND_FOR: dict[Terms, StatementKind] = {
    Terms.ON_RECORD: StatementKind.STATEMENT,
    Terms.BACKGROUND: StatementKind.BACKGROUND,
    Terms.OFF_RECORD: StatementKind.OFF_RECORD,
}
"""What is drafted first for an enquiry that was made on these terms."""

LONGEST_HOLDING_LINE = 400
"""Characters: two or three sentences that one can sign at a glance. Our own judgement."""

APART: dict[StatementKind, str] = {
    StatementKind.HOLDING: "holding line",
    StatementKind.BACKGROUND: "background",
    StatementKind.OFF_RECORD: "off the record",
}
"""What sets a text apart from a statement, in a word beside its reference."""

_MARKS: dict[Terms, str] = {
    Terms.BACKGROUND: "BACKGROUND, NOT FOR QUOTATION",
    Terms.OFF_RECORD: "OFF THE RECORD, NOT FOR PUBLICATION",
}
_A_MOMENT = timedelta(minutes=1)
"""Forms know no seconds."""


@dataclass(frozen=True)
class Agreement:
    """That a journalist agreed to the terms, as whoever spoke to them recorded it. `at` is UTC."""

    by: str
    at: datetime | None
    is_confirmed: bool


def needs_agreement(kind: StatementKind) -> bool:
    return TERMS_OF[kind] is not Terms.ON_RECORD


def check_agreement(kind: StatementKind, agreement: Agreement | None, *, sent_at: datetime) -> None:
    """Terms count if the journalist agreed to them first."""
    if not needs_agreement(kind):
        return
    terms = TERMS_WORDS[TERMS_OF[kind]]
    if agreement is None or not agreement.is_confirmed:
        raise BadInput(
            f"Tick this once the journalist has agreed that it is {terms}. If they have not, it is on the record: "
            "do not send it.",
            field="agreed",
        )
    if not agreement.by.strip():
        raise BadInput(f"Say who agreed that it is {terms}.", field="agreed_by")
    if agreement.at is None:
        raise BadInput("Say when they agreed.", field="agreed_at")
    if agreement.at > sent_at + _A_MOMENT:
        raise BadInput("They must have agreed before it was sent. Check both times.", field="agreed_at")


def check_length(kind: StatementKind, text: str) -> None:
    length = len(text.strip())
    if kind is StatementKind.HOLDING and length > LONGEST_HOLDING_LINE:
        raise BadInput(
            f"A holding line may have {LONGEST_HOLDING_LINE} characters, and this has {length:,}. Shorten it, or draft "
            "a statement instead.",
            field="text",
        )


def check_embargo(until: datetime | None, now: datetime, *, was: datetime | None = None) -> None:
    """An embargo begins with its end in the future; what is on file already may stay when it is over."""
    if until is None or until == was:
        return
    if until <= now:
        raise BadInput("This time has passed. Give when the embargo ends, or leave it open.", field="embargo")
    if until > now + timedelta(days=366 * 2):
        raise BadInput("This is more than two years away. Check the year.", field="embargo")


def embargo(enquiry: Enquiry, now: datetime) -> datetime | None:
    """Until when nothing of an enquiry is to be published; None once that has passed."""
    until = enquiry.embargo_until
    return until if until is not None and until > now else None


def embargo_on(enquiries: Collection[Enquiry], now: datetime) -> datetime | None:
    """The same of one text for several: none of them before the last."""
    running = [until for until in (embargo(enquiry, now) for enquiry in enquiries) if until is not None]
    return max(running, default=None)


def marks(kind: StatementKind, enquiries: Collection[Enquiry], now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    """What stands above a text that goes to a journalist, in plain words to be copied with it."""
    until = embargo_on(enquiries, now)
    found = [_MARKS[TERMS_OF[kind]]] if needs_agreement(kind) else []
    if until is not None:
        local = until.astimezone(zone)
        found.append(f"EMBARGOED UNTIL {local:%H:%M} ({local:%Z}) ON {local:%A} {local.day} {local:%B %Y}".upper())
    return tuple(found)
