"""Who signs a briefing as chair: somebody who is, when they are asked and when they sign."""

from bot.core import signoffs, turns
from bot.core.errors import BadInput, NotFromHere
from bot.core.workspaces import Work
from bot.desk import briefing_posting
from bot.desk.briefing_steps import get, redraw, say, standing_of, subject_of
from storage import briefings, people
from storage import outbox as postings
from storage import signoffs as signoff_records
from storage.briefings import Briefing, BriefingStatus
from storage.database import Transaction
from storage.people import Person, Role
from storage.signoffs import Capacity, Signature, SignatureState

NO_CHAIR = "Nobody is chair of the board yet, and the chair signs. Ask the administrator to add them in Settings."
_NOT_GIVEN = frozenset({SignatureState.ASKED, SignatureState.CHANGES_ASKED})


def is_offered(tx: Transaction, briefing: Briefing) -> bool:
    """Whether a form offers to choose who signs: whoever was to is no longer chair, or is not asked any more."""
    return Role.CHAIR not in briefing.chair.roles or is_missing(tx, briefing)


def is_missing(tx: Transaction, briefing: Briefing) -> bool:
    """Whether nobody could sign it as it stands. What a chair has signed stands, whatever they are by now."""
    asked = standing_of(tx, briefing.id).signatures
    return not any(one.must_sign for one in asked) if asked else Role.CHAIR not in briefing.chair.roles


def chosen(work: Work, chair_id: int | None, *, author_id: int) -> Person:
    """Who a form says signs. Raises `BadInput` where they cannot."""
    chair = people.get(work.tx, chair_id) if chair_id else None
    if chair is None or Role.CHAIR not in chair.roles:
        raise BadInput("Choose the chair who signs it.", field="chair")
    if chair.id == work.person.id == author_id:
        raise BadInput(
            "You would sign this, and no one signs what they wrote. A colleague in the press office has to write it.",
            field="chair",
        )
    if chair.id == author_id:
        raise BadInput(
            f"{chair.name} wrote this draft, and no one signs what they wrote. Choose somebody else.", field="chair"
        )
    return chair


def check(briefing: Briefing) -> None:
    """Raises `NotFromHere` where whoever would be asked is not chair any more."""
    if Role.CHAIR not in briefing.chair.roles:
        raise NotFromHere(
            f"{briefing.chair.name} is no longer chair of the board. Press Change text on the card of "
            f"{briefing.reference} to choose who signs it, then ask."
        )


def give(work: Work, briefing: Briefing, chair: Person) -> Briefing:
    """Another chair signs it. Nobody is asked yet."""
    signoff = signoff_records.lock(work.tx, signoff_records.of(work.tx, subject_of(briefing.id)).id)
    for one in standing_of(work.tx, briefing.id).signatures:
        if one.must_sign and one.person_id == briefing.chair_id != chair.id:
            signoff_records.copy_only(work.tx, signoff, one)
    briefings.change(work.tx, briefing, to=briefing.status, chair_id=chair.id)
    say(work, briefing.id, f"{work.person.name} chose {chair.name} to sign {briefing.reference}.")
    return get(work.tx, briefing.id)


def roles_changed(work: Work, person: Person) -> None:
    """Whoever is no longer chair does not sign: what they were asked is not asked of them any more."""
    if Role.CHAIR in person.roles:
        return
    for briefing in briefings.not_over(work.tx):
        if briefing.status is BriefingStatus.IN_SIGNOFF:
            for one in standing_of(work.tx, briefing.id).signatures:
                if _is_asked_as_chair(one, person):
                    _let_go(work, briefing, one)


def _is_asked_as_chair(signature: Signature, person: Person) -> bool:
    is_theirs = signature.person_id == person.id and signature.capacity is Capacity.CHAIR
    return is_theirs and signature.must_sign and signature.state in _NOT_GIVEN


def _let_go(work: Work, briefing: Briefing, signature: Signature) -> None:
    person, subject = signature.person, subject_of(briefing.id)
    signoffs.ask_no_more(work, subject, [person], states=_NOT_GIVEN)
    told = f"{person.name} is no longer chair of the board and does not sign {briefing.reference}."
    by = _back_to_who_passed(work, briefing, signature)
    if by is not None:
        told += f" {by.name}, who passed it on, is asked again."
    say(work, briefing.id, told)
    choose = "" if by is not None else " Press Change text on its card to choose who does."
    briefing_posting.tell_owner(work, briefing, f"{told}{choose}")
    redraw(work, get(work.tx, briefing.id))
    work.record("briefing.chair_lost", subject, person=person.id)


def _back_to_who_passed(work: Work, briefing: Briefing, signature: Signature) -> Person | None:
    """A request that was passed on is asked again of whoever passed it, if they are chair. Gives who that is."""
    passed = signoff_records.signature(work.tx, signature.passed_from_id) if signature.passed_from_id else None
    if passed is None or passed.state is not SignatureState.PASSED:
        return None
    if Role.CHAIR not in passed.person.roles:
        signoff_records.copy_only(work.tx, signoff_records.get(work.tx, passed.draft.signoff_id), passed)
        return None
    signoff_records.change(work.tx, passed, state=SignatureState.ASKED, passed_to_id=None, answered_at=None)
    postings.want_of_signatures(work.tx, [passed.id])
    asked = signoff_records.signature(work.tx, passed.id)
    turns.ask(work, subject_of(briefing.id), asked or passed)
    return passed.person
