"""Whom a form means: a member of the workspace, somebody known outside Slack, or somebody new there."""

from dataclasses import dataclass

from bot.core import outbox
from bot.core.errors import BadInput
from bot.core.workspaces import Caller, Work
from storage import people
from storage.people import Person
from storage.subjects import Subject, SubjectKind

LONGEST_NAME = 75


@dataclass(frozen=True)
class Whom:
    """One of them: a member by their Slack id, somebody known outside Slack by ours, or a name."""

    slack_user_id: str | None = None
    person_id: int | None = None
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Asking:
    """What is said where nobody was chosen, and where somebody chose themselves. `oneself` empty: they may."""

    nobody: str
    oneself: str = ""


def find(work: Work, caller: Caller, who: Whom, asking: Asking) -> Person:
    """Whoever was chosen, on file from now on if they were not.

    `BadInput` on "member", "outsider", "name" or "email".
    """
    name, email = " ".join(who.name.split()), who.email.strip()
    check(who, asking)
    if who.slack_user_id is not None:
        return member(work, caller, who.slack_user_id, asking)
    if who.person_id is not None:
        person = people.get(work.tx, who.person_id)
        if person is None or person.slack_user_id is not None:
            raise BadInput("This person is not on the list any more. Choose them again.", field="outsider")
        return person
    return _outsider(work, name, email)


def check(who: Whom, asking: Asking) -> None:
    """Refuses what names nobody, or several, before anything is written."""
    name, email = who.name.strip(), who.email.strip()
    given = [bool(who.slack_user_id), who.person_id is not None, bool(name)]
    if sum(given) > 1:
        raise BadInput("Choose one person. To ask several, ask one after the other.", field="member")
    if not any(given):
        if email:
            raise BadInput("Give the name that belongs to this address.", field="name")
        raise BadInput(asking.nobody, field="member")


def member(work: Work, caller: Caller, slack_user_id: str, asking: Asking) -> Person:
    """A member of the workspace. Of somebody new, Slack is asked who they are."""
    known = people.by_slack(work.tx, slack_user_id)
    if known is None:
        known = people.arrive(work.tx, slack_user_id=slack_user_id, slack_team_id=caller.team_id, name=slack_user_id)
        outbox.want_profile(work, known)
    if asking.oneself and known.id == work.person.id:
        raise BadInput(asking.oneself, field="member")
    if known.left_at is not None:
        raise BadInput(f"{known.name} has left Slack. Choose somebody else.", field="member")
    if known.slack_team_id != caller.team_id:
        raise BadInput(
            f"{known.name} belongs to another Slack workspace and cannot answer here. Give their name and e-mail "
            "address below instead.",
            field="member",
        )
    return known


def _outsider(work: Work, name: str, email: str) -> Person:
    """Somebody without a Slack account, found again by the address, or by the name where that is all there is."""
    if len(name) > LONGEST_NAME:
        raise BadInput(f"Shorten the name to {LONGEST_NAME} characters.", field="name")
    if email and (email.count("@") != 1 or any(letter.isspace() for letter in email) or email.strip("@") != email):
        raise BadInput("This is no e-mail address. Write it like name@trust.nhs.uk.", field="email")
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
