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


NOBODY = Whom()


@dataclass(frozen=True)
class Asking:
    """What is said where nobody was chosen, and where somebody chose themselves. `oneself` empty: they may."""

    nobody: str
    oneself: str = ""


ANYBODY = Asking("Choose somebody.")


@dataclass(frozen=True)
class Fields:
    """Where on a form each part is, for what is wrong with it."""

    member: str = "member"
    outsider: str = "outsider"
    name: str = "name"
    email: str = "email"

    @classmethod
    def beside(cls, field: str) -> "Fields":
        """Of a form that names several people: each part beside the one of the member."""
        return cls(field, f"{field}_known", f"{field}_name", f"{field}_email")


ALONE = Fields()


def find_if_any(work: Work, caller: Caller, who: Whom, *, fields: Fields) -> Person | None:
    """The same where nobody is an answer too."""
    return find(work, caller, who, ANYBODY, fields) if who != NOBODY else None


def find(work: Work, caller: Caller, who: Whom, asking: Asking, fields: Fields = ALONE) -> Person:
    """Whoever was chosen, on file from now on if they were not. `BadInput` on one of `fields`."""
    name, email = " ".join(who.name.split()), who.email.strip()
    check(who, asking, fields)
    if who.slack_user_id is not None:
        return member(work, caller, who.slack_user_id, asking, field=fields.member)
    if who.person_id is not None:
        person = people.get(work.tx, who.person_id)
        if person is None or person.slack_user_id is not None:
            raise BadInput("This person is not on the list any more. Choose them again.", field=fields.outsider)
        return person
    return _outsider(work, name, email, fields)


def check(who: Whom, asking: Asking, fields: Fields = ALONE) -> None:
    """Refuses what names nobody, or several, before anything is written."""
    name, email = who.name.strip(), who.email.strip()
    given = [bool(who.slack_user_id), who.person_id is not None, bool(name)]
    if sum(given) > 1:
        raise BadInput("Choose one person. To ask several, ask one after the other.", field=fields.member)
    if not any(given):
        if email:
            raise BadInput("Give the name that belongs to this address.", field=fields.name)
        raise BadInput(asking.nobody, field=fields.member)


def member(
    work: Work, caller: Caller, slack_user_id: str, asking: Asking = ANYBODY, *, field: str = ALONE.member
) -> Person:
    """A member of the workspace. Of somebody new, Slack is asked who they are."""
    known = people.by_slack(work.tx, slack_user_id)
    if known is None:
        known = people.arrive(work.tx, slack_user_id=slack_user_id, slack_team_id=caller.team_id, name=slack_user_id)
        outbox.want_profile(work, known)
    if asking.oneself and known.id == work.person.id:
        raise BadInput(asking.oneself, field=field)
    if known.left_at is not None:
        raise BadInput(f"{known.name} has left Slack. Choose somebody else.", field=field)
    if known.slack_team_id != caller.team_id:
        raise BadInput(
            f"{known.name} belongs to another Slack workspace and cannot answer here. Give their name and e-mail "
            "address below instead.",
            field=field,
        )
    return known


def _outsider(work: Work, name: str, email: str, fields: Fields) -> Person:
    """Somebody without a Slack account, found again by the address, or by the name where that is all there is."""
    if len(name) > LONGEST_NAME:
        raise BadInput(f"Shorten the name to {LONGEST_NAME} characters.", field=fields.name)
    if email and (email.count("@") != 1 or any(letter.isspace() for letter in email) or email.strip("@") != email):
        raise BadInput("This is no e-mail address. Write it like name@trust.nhs.uk.", field=fields.email)
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
