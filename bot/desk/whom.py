"""Whom something is asked of: a member of the workspace, or somebody outside Slack; on file from now on."""

from dataclasses import dataclass

from bot.core import outbox
from bot.core.errors import BadInput
from bot.core.workspaces import Caller, Work
from storage import people
from storage.people import Person
from storage.subjects import Subject, SubjectKind

LONGEST_NAME = 75


def member(work: Work, caller: Caller, slack_user_id: str, *, field: str = "member") -> Person:
    """A member of the workspace. Of somebody new, Slack is asked who they are.

    `BadInput` on `field` for whoever cannot act here.
    """
    known = people.by_slack(work.tx, slack_user_id)
    if known is None:
        known = people.arrive(work.tx, slack_user_id=slack_user_id, slack_team_id=caller.team_id, name=slack_user_id)
        outbox.want_profile(work, known)
    if known.left_at is not None:
        raise BadInput(f"{known.name} has left Slack. Choose somebody else.", field=field)
    if known.slack_team_id != caller.team_id:
        raise BadInput(
            f"{known.name} belongs to another Slack workspace and cannot answer here. Give their name and e-mail "
            "address below instead.",
            field=field,
        )
    return known


def known_outsider(work: Work, person_id: int, *, field: str) -> Person:
    """Somebody without a Slack account who was chosen from a list."""
    person = people.get(work.tx, person_id)
    if person is None or person.slack_user_id is not None:
        raise BadInput("This person is not on the list any more. Choose them again.", field=field)
    return person


def outsider(work: Work, name: str, email: str, *, field: str = "name", email_field: str = "email") -> Person:
    """Somebody without a Slack account, found again by the address, or by the name where that is all there is."""
    if len(name) > LONGEST_NAME:
        raise BadInput(f"Shorten the name to {LONGEST_NAME} characters.", field=field)
    if email and (email.count("@") != 1 or any(letter.isspace() for letter in email) or email.strip("@") != email):
        raise BadInput("This is no e-mail address. Write it like name@trust.nhs.uk.", field=email_field)
    for person in people.outside_slack(work.tx):
        same_address = email and (person.email or "").casefold() == email.casefold()
        same_name = person.name.casefold() == name.casefold() and not (email and person.email)
        if same_address or same_name:
            if email and not person.email:
                person.email = email
                work.tx.flush()
            return person
    person = Person(name=name, email=email or None)
    work.tx.add(person)
    work.record("add_person", Subject(SubjectKind.PERSON, person.id), personal={"name": name, "email": email})
    return person


@dataclass(frozen=True)
class Chosen:
    """Whom a form names: a member of the workspace by their Slack id, or somebody outside it by name. One of them."""

    slack_user_id: str | None = None
    name: str = ""
    email: str = ""
    person_id: int | None = None
    """Somebody outside Slack who is on file."""


NOBODY = Chosen()


def find(work: Work, caller: Caller, chosen: Chosen, *, field: str) -> Person | None:
    """Whoever was chosen; None, if nobody was. `field` is that of the form; `{field}_name` and `{field}_email` stand
    beside it."""
    name, email = " ".join(chosen.name.split()), chosen.email.strip()
    if sum((bool(chosen.slack_user_id), chosen.person_id is not None, bool(name))) > 1:
        raise BadInput("Choose one person.", field=field)
    if chosen.slack_user_id is not None:
        return member(work, caller, chosen.slack_user_id, field=field)
    if chosen.person_id is not None:
        return known_outsider(work, chosen.person_id, field=f"{field}_known")
    if name:
        return outsider(work, name, email, field=f"{field}_name", email_field=f"{field}_email")
    if email:
        raise BadInput("Give the name that belongs to this address.", field=f"{field}_name")
    return None
