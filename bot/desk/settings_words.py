"""Settings in words: what each is called, and how a change of it is told."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from bot.core.workspaces import Work
from storage import people
from storage.obligations import Duty
from storage.settings import BackgroundRule, ExecutivesRule, PassTo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

DUTY_WORDS: Mapping[str, str] = {
    Duty.OWN.value: "an enquiry that nobody has",
    Duty.ANSWER.value: "answering an enquiry",
    Duty.AWAITING_EMAIL.value: "a journalist’s e-mail that is awaited",
    Duty.SIGN.value: "signing",
    Duty.ISSUE.value: "sending out what is signed",
    Duty.CORRECT.value: "corrections",
    Duty.FACTS.value: "facts asked for",
    Duty.ACCEPT_REFERRAL.value: "a partner’s yes or no to an enquiry",
    Duty.REFERRAL_OUTCOME.value: "what a partner answered",
    Duty.CONTRIBUTE.value: "items for a bulletin",
    Duty.REVIEW.value: "reviews",
    Duty.BRIEF.value: "the key messages of a board meeting",
    Duty.CHECK.value: "a row of a report’s checklist",
    Duty.SUBMIT.value: "submitting a report",
    Duty.CASCADE.value: "taking key messages home",
    Duty.POST.value: "saying when a briefing is posted whose hour has passed",
    Duty.PUBLISH.value: "publishing a paper",
    Duty.RULE.value: "ruling whether a paper is confidential",
}


def duty_words(duty: Duty) -> str:
    return DUTY_WORDS.get(duty.value, duty.value.replace("_", " "))


def plain(value: Any) -> Any:
    """A value as the record keeps it."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, frozenset):
        return sorted(value)
    return value


LABELS: Mapping[str, str] = {
    "press_channel_id": "Press channel",
    "zone": "Time zone",
    "nation": "Bank holidays of",
    "duty_officer_id": "Duty officer",
    "weekdays": "Working days",
    "opens": "Opens",
    "closes": "Closes",
    "other_hours": "Days with other hours",
    "closed_on": "Closed also on",
    "executives": "Executives on statements",
    "background": "Background is signed by",
    "keep_months": "Journalists’ names are kept, in months",
    "own_domains": "Our own e-mail domains",
    "known_abbreviations": "Abbreviations that everybody knows",
    "deputies_sign_for_leads": "A deputy may sign for a topic’s lead",
    "deputies_sign_for_spokespeople": "A deputy may sign for a spokesperson",
    "pass_to": "A request to sign may be passed to",
    "spokespeople_can_be_overridden": "A comms lead may go on without a spokesperson",
    "name": "name",
    "email": "e-mail",
    "organisation_id": "organisation",
    "deputy_id": "deputy",
    "roles": "roles",
    "lead_id": "lead",
    "also_sign": "who else must sign",
}
VALUE_WORDS: Mapping[Any, str] = {
    ExecutivesRule.COPIED: "copied",
    ExecutivesRule.MUST_SIGN: "must sign",
    BackgroundRule.SAME: "the same people as a statement",
    BackgroundRule.LEAD: "the topic’s lead alone",
    PassTo.DEPUTY_OR_ROLE: "a deputy or somebody of the same role",
    PassTo.DEPUTY: "a deputy",
    PassTo.NOBODY: "nobody",
}


def sentence(work: Work, label: str, name: str, was: Any, now: Any) -> str:
    """What a setting was and what it becomes."""
    return f"{label}: {_in_words(work, name, was)} becomes {_in_words(work, name, now)}."


def _in_words(work: Work, name: str, value: Any) -> str:
    if value is None or (not value and isinstance(value, list | dict | frozenset | str)):
        return "none"
    match name:
        case "duty_officer_id" | "deputy_id" | "lead_id":
            return _name_of(work, value)
        case "also_sign":
            return ", ".join(_name_of(work, one) for one in value)
        case "organisation_id":
            return next((one.name for one in people.organisations(work.tx) if one.id == value), "none")
        case "weekdays":
            return ", ".join(WEEKDAYS[day] for day in value)
        case "other_hours":
            return ", ".join(f"{WEEKDAYS[int(day)]} {opens} to {closes}" for day, (opens, closes) in value.items())
        case "roles":
            return ", ".join(role.replace("_", " ") for role in sorted(value))
        case "nation":
            return str(value).replace("_", " ").title()
    return _value_in_words(value)


def _value_in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return VALUE_WORDS.get(value, str(plain(value)))


def _name_of(work: Work, person_id: int) -> str:
    person = people.get(work.tx, person_id)
    return person.name if person else "none"
