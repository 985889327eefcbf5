"""Facts: asked of whoever knows, answered, corrected, passed on to somebody else, or not needed any more.

An answer is no statement. Nobody signs it; only those who see the enquiry see it, and a press officer may use it in a
draft. Whoever is asked sees the question and nothing of the enquiry.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.core import obligations, outbox
from bot.core.errors import BadInput, NotFromHere
from bot.core.features import Feature
from bot.core.permissions import Act
from bot.core.signoffs import LONGEST_TEXT
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiry_steps, facts_cards, facts_steps, hearing, whom
from bot.desk.facts_cards import check_sees_enquiry
from bot.desk.facts_steps import NOT_THERE, announce, change, subject_of
from bot.desk.whom import Asking, Whom
from bot.desk.written import needed
from storage import facts
from storage.database import Transaction
from storage.facts import FactAnswer, FactRequest, FactState
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.signoffs import HeardBy
from storage.subjects import SubjectKind

LONGEST_QUESTION = 3000
LONGEST_IN_TITLE = 100


WhoKnows = Whom
WHO_KNOWS = Asking(
    nobody="Choose who knows; or, of somebody outside Slack, give the name below.",
    oneself="This is you. Choose somebody else, or keep what you know with Add note.",
)


@dataclass(frozen=True)
class Question:
    """What is asked, why (as they may read it), and by when (UTC)."""

    text: str
    why: str
    due_at: datetime | None


@dataclass(frozen=True)
class Heard:
    """An answer that reached a press officer outside Slack. `at` is UTC; None means now."""

    text: str
    evidence: str
    how: HeardBy | None
    at: datetime | None = None


def ask(desk: Desk, caller: Caller, enquiry_id: int, who: WhoKnows, question: Question, *, once: str) -> FactRequest:
    """Asks somebody for what is needed to answer an enquiry. They are reminded of it; the enquiry's card shows it."""
    with desk.acting(caller, Act.ASK_FOR_FACTS, enquiry_steps.subject_of(enquiry_id), once=once) as work:
        enquiry = enquiry_steps.get(work.tx, enquiry_id)
        enquiry_steps.next_status(enquiry, Act.ASK_FOR_FACTS)
        text = needed(question.text, "Write what you need to know.", field="question", most=LONGEST_QUESTION)
        due_at = facts_steps.check_due(work, enquiry, question.due_at)
        asked = whom.find(work, caller, who, WHO_KNOWS)
        for other in facts.of_enquiry(work.tx, enquiry.id):
            if (other.asked_id, other.question, other.state) == (asked.id, text, FactState.ASKED):
                raise BadInput(f"{asked.name} has been asked exactly this already.", field="question")
        request = FactRequest(
            enquiry_id=enquiry.id,
            asked_id=asked.id,
            asked_by_id=work.person.id,
            owner_id=enquiry.owner_id or work.person.id,
            state=FactState.ASKED,
            question=text,
            why=question.why.strip() or None,
            due_at=due_at,
            asked_at=work.now,
            in_confidence=enquiry.is_sensitive,
        )
        return _put(work, request)


def answer(desk: Desk, caller: Caller, request_id: int, text: str, *, once: str) -> None:
    """The person says what they know. A second time, it corrects what they said: both stay on file."""
    with desk.acting(caller, Act.ANSWER_FACTS, subject_of(request_id), once=once) as work:
        request = facts_steps.get(work.tx, request_id)
        _answered(work, request, Act.ANSWER_FACTS, FactAnswer(text=_answer_text(text), given_by_id=work.person.id))


def record(desk: Desk, caller: Caller, request_id: int, heard: Heard, *, once: str) -> None:
    """Writes down what somebody answered by e-mail or on the phone, and how that is known."""
    with desk.acting(caller, Act.RECORD_FACTS, subject_of(request_id), once=once) as work:
        request = facts_steps.get(work.tx, request_id)
        check_sees_enquiry(work, request)
        text = _answer_text(heard.text)
        evidence = needed(heard.evidence, "Say how you know: who told you, and when.", field="evidence", most=500)
        heard_at = hearing.when(work, heard.at, since=request.asked_at, early="It was asked", field="heard_at")
        said = FactAnswer(
            text=text,
            given_by_id=request.asked_id,
            recorded_by_id=work.person.id,
            heard_by=hearing.chosen(heard.how),
            heard_at=heard_at,
            evidence=evidence,
        )
        _answered(work, request, Act.RECORD_FACTS, said)
        if request.asked_id != work.person.id:
            sentence = f"{work.person.name} recorded what you answered. If it is wrong, press Correct the answer:"
            outbox.tell(work, request.asked, subject_of(request_id), outbox.said(sentence, quote=text))


def cannot_say(
    desk: Desk, caller: Caller, request_id: int, reason: str, *, could: str | None, could_words: str, once: str
) -> None:
    """The person cannot say: why, and who could (a member of the workspace by Slack id, or in words)."""
    with desk.acting(caller, Act.CANNOT_SAY, subject_of(request_id), once=once) as work:
        request = facts_steps.get(work.tx, request_id)
        facts_steps.check(request, Act.CANNOT_SAY)
        reason, could_words = reason.strip(), could_words.strip()
        if not (reason or could or could_words):
            raise BadInput("Say why not, or who could.", field="reason")
        named = whom.member(work, caller, could, WHO_KNOWS) if could else None
        changed = change(
            work,
            request,
            Act.CANNOT_SAY,
            reason=reason or None,
            instead_id=named.id if named else None,
            instead_words=could_words or None,
        )
        obligations.done(work, subject_of(request_id), Duty.FACTS)
        announce(work, changed, to_owner=True)
        work.record(
            Act.CANNOT_SAY,
            subject_of(request_id),
            instead=named.id if named else None,
            personal={"reason": reason, "instead_words": could_words},
        )


def ask_instead(desk: Desk, caller: Caller, request_id: int, to: str | None, note: str, *, once: str) -> FactRequest:
    """The person passes the question to a colleague (by Slack id), who answers it by the same time."""
    with desk.acting(caller, Act.ASK_INSTEAD, subject_of(request_id), once=once) as work:
        request = facts_steps.get(work.tx, request_id)
        facts_steps.check(request, Act.ASK_INSTEAD)
        if not work.may_see(work.person, enquiry_steps.subject_of(request.enquiry_id)):
            raise NotFromHere(
                "This is confidential, so the press office asks them. Press I can’t say and name them there."
            )
        if to is None:
            raise BadInput("Choose who could say.", field="member")
        person = whom.member(work, caller, to, WHO_KNOWS)
        same = [one for one in facts.of_enquiry(work.tx, request.enquiry_id) if one.question == request.question]
        if person.id in {one.asked_id for one in same}:
            raise BadInput(f"{person.name} has been asked this already. Choose somebody else.", field="member")
        passed = change(work, request, Act.ASK_INSTEAD, reason=note.strip() or None, instead_id=person.id)
        obligations.done(work, subject_of(request_id), Duty.FACTS)
        facts_steps.redraw(work, passed)
        new = FactRequest(
            enquiry_id=request.enquiry_id,
            asked_id=person.id,
            asked_by_id=request.asked_by_id,
            owner_id=request.owner_id,
            state=FactState.ASKED,
            question=request.question,
            why=request.why,
            due_at=request.due_at,
            asked_at=work.now,
            in_confidence=request.in_confidence,
            passed_from_id=request.id,
        )
        work.record(Act.ASK_INSTEAD, subject_of(request_id), to=person.id, personal={"note": note.strip()})
        return _put(work, new)


def withdraw(desk: Desk, caller: Caller, request_id: int, *, once: str) -> None:
    """The press office does not need it any more. Whoever was asked is told, with thanks."""
    with desk.acting(caller, Act.WITHDRAW_FACTS, subject_of(request_id), once=once) as work:
        request = facts_steps.get(work.tx, request_id)
        check_sees_enquiry(work, request)
        facts_steps.withdraw(work, request)
        work.record(Act.WITHDRAW_FACTS, subject_of(request_id))


def _put(work: Work, request: FactRequest) -> FactRequest:
    """A new question goes out, and is owed from now on."""
    work.tx.add(request)
    subject = subject_of(request.id)
    request = facts_steps.get(work.tx, request.id)
    obligations.owe(work, Duty.FACTS, subject, owner=request.asked, due_at=request.due_at)
    facts_steps.send(work, request)
    announce(work, request, to_owner=request.passed_from_id is not None)
    work.record(
        Act.ASK_FOR_FACTS,
        subject,
        enquiry=request.enquiry_id,
        person=request.asked_id,
        passed_from=request.passed_from_id,
        due=request.due_at.isoformat(),
        personal={"question": request.question, "why": request.why},
    )
    return request


def _answered(work: Work, request: FactRequest, act: Act, said: FactAnswer) -> None:
    is_correction = bool(facts.answers(work.tx, request.id))
    changed = change(work, request, act)
    said.request_id, said.at = request.id, work.now
    work.tx.add(said)
    subject = subject_of(request.id)
    obligations.done(work, subject, Duty.FACTS)
    announce(work, changed, to_owner=True)
    work.record(
        act,
        subject,
        answer=said.id,
        given_by=said.given_by_id,
        recorded_by=said.recorded_by_id,
        heard_by=said.heard_by.value if said.heard_by else None,
        heard_at=said.heard_at.isoformat() if said.heard_at else None,
        corrects=is_correction,
        personal={"answer": said.text, "evidence": said.evidence},
    )


def _answer_text(text: str) -> str:
    return needed(text, "Write the answer first.", field="text", most=LONGEST_TEXT)


def _title(tx: Transaction, request_id: int) -> str:
    """The question, and nothing of its enquiry: whoever is asked reads this too."""
    question = " ".join(facts_steps.get(tx, request_id).question.split())
    if len(question) > LONGEST_IN_TITLE:
        question = f"{question[: LONGEST_IN_TITLE - 1].rstrip()}…"
    return f"“{question}”"


FEATURE = Feature(
    kind=SubjectKind.FACTS,
    relations=facts_cards.relations,
    is_there=lambda tx, request_id: facts.get(tx, request_id) is not None,
    not_there=NOT_THERE,
    title=_title,
    owner_id=lambda tx, request_id: facts_steps.get(tx, request_id).owner_id,
    acts_on_duty=facts_cards.on_duty,
    loaders={
        PostingKind.FACTS_REQUEST: facts_cards.load_request,
        PostingKind.FACTS_CARD: facts_cards.load_card,
    },
)
