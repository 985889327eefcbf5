"""How an enquiry stands, in plain words, for messages that keep saying what was so when they were written."""

from collections.abc import Iterable

from bot.core import deputies
from bot.core.workspaces import Work
from bot.desk.enquiry_cards import EnquiryLine, Stage
from storage.people import Person
from storage.signoffs import Signature

MOST_NAMES = 6

STAGES: dict[Stage, str] = {
    Stage.AWAITING_EMAIL: "waiting for the journalist’s e-mail",
    Stage.NOBODY: "somebody has to take it",
    Stage.OWNED: "not drafted yet",
    Stage.REFERRED: "a partner was asked to take it",
    Stage.WITH_PARTNER: "a partner answers it",
    Stage.HELD: "holding line sent, the answer is still owed",
    Stage.DRAFTING: "being drafted",
    Stage.SIGNING: "to be signed",
    Stage.AMENDMENT: "changes asked for",
    Stage.READY: "ready to issue",
    Stage.ANSWERED: "answered, not closed yet",
    Stage.CLOSED: "closed",
}

_WITH_A_PARTNER = {Stage.REFERRED: "was asked to take it", Stage.WITH_PARTNER: "answers it"}


def stage(line: EnquiryLine) -> str:
    """Where it stands, for whom it waits, and whether what is under way answers it at all."""
    owed = "; the answer is still owed" if line.current and not line.current.statement.is_answer else ""
    return f"{_stage(line)}{owed}"


def _stage(line: EnquiryLine) -> str:
    standing = line.current.standing if line.current else None
    if standing is not None and line.stage is Stage.SIGNING:
        return f"to be signed by {names(standing.missing)}"
    if standing is not None and line.stage is Stage.AMENDMENT:
        return f"changes asked for by {names(standing.objections)}"
    if line.referral is not None and line.stage in _WITH_A_PARTNER:
        return f"{line.referral.organisation.name} {_WITH_A_PARTNER[line.stage]}"
    return STAGES[line.stage]


def holder(work: Work, owner: Person | None) -> str:
    """Who has it, and who stands in for them."""
    if owner is None:
        return "Nobody yet"
    cover = deputies.cover(work, owner).person
    if cover is not None and cover.id == owner.id:
        return owner.name
    return f"{owner.name} (away; {f'{cover.name} stands in' if cover else 'nobody stands in'})"


def names(signatures: Iterable[Signature]) -> str:
    found = [signature.person.name for signature in signatures]
    more = f" and {len(found) - MOST_NAMES} more" if len(found) > MOST_NAMES else ""
    return ", ".join(found[:MOST_NAMES]) + more
