"""Terms on the screen: on the record or not, embargoes, and that a journalist agreed."""

from datetime import datetime

from slack_sdk.models.blocks import InputBlock

from bot.desk.statement_cards import ToIssue
from bot.desk.terms import TERMS_OF, TERMS_WORDS, embargo, needs_agreement
from handlers.views import forms, words
from storage.enquiries import Enquiry, Terms
from storage.statements import Statement

LONGEST_AGREED_BY = 200


def choice(field: str, label: str, chosen: Terms, *, hint: str = "") -> InputBlock:
    offered = [(words.first_up(text), terms.value) for terms, text in TERMS_WORDS.items()]
    return forms.choice(field, label, offered, chosen.value, hint=hint)


def inputs(terms: Terms, embargo_until: datetime | None) -> list[InputBlock]:
    """Of an enquiry: what the journalist asked for, or agreed to."""
    return [
        choice("terms", "Terms", terms, hint="What the journalist asked for or agreed to. Mostly on the record."),
        forms.moment(
            "embargo",
            "Embargo until",
            embargo_until,
            optional=True,
            hint="Nothing is to be published before. Leave it open if there is none.",
        ),
    ]


def facts(enquiry: Enquiry, now: datetime) -> list[str]:
    """For its card: only what is unusual. An embargo that is over is none."""
    found = []
    if enquiry.terms is not Terms.ON_RECORD:
        found.append(f"*Terms*  {words.first_up(TERMS_WORDS[enquiry.terms])}")
    until = embargo(enquiry, now)
    if until is not None:
        found.append(f"*Embargo*  :no_entry: Not to be published before {words.moment(until)}")
    return found


def agreement_inputs(shown: ToIssue, now: datetime) -> list[InputBlock]:
    """What is not on the record binds the journalist only if they agreed first: who did, and when."""
    kind = shown.card.statement.kind
    if not needs_agreement(kind):
        return []
    terms = TERMS_WORDS[TERMS_OF[kind]]
    journalists = "; ".join(enquiry.journalist for enquiry in shown.card.enquiries)
    return [
        forms.tick(
            "agreed",
            "Agreed first",
            f"They agreed beforehand: {terms}",
            hint="If they have not agreed, it is on the record: do not send it.",
            optional=False,
        ),
        forms.line("agreed_by", "Who agreed", journalists, most=LONGEST_AGREED_BY),
        forms.moment("agreed_at", "When they agreed", now),
    ]


def agreed(statement: Statement) -> list[str]:
    if not statement.agreed_by or statement.agreed_at is None:
        return []
    terms = TERMS_WORDS[TERMS_OF[statement.kind]]
    who = words.plain(statement.agreed_by, LONGEST_AGREED_BY)
    return [f"{words.first_up(terms)}, agreed by {who}, {words.moment(statement.agreed_at)}"]
