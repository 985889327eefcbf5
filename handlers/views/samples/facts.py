"""Facts with made-up records: every state of a question, as everybody who has to do with it sees it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product

from slack_sdk.models.views import View

from bot.core.deadlines import Band
from bot.core.permissions import Act
from bot.desk.enquiry_cards import Stage
from bot.desk.facts_cards import FactsCard, FactsRequest, ToAsk, ToUse
from bot.desk.facts_steps import TRANSITIONS
from handlers.views import enquiry_cards, facts, facts_forms
from handlers.views.samples.records import NOW, Typed
from handlers.views.words import Drawn
from storage.database import relate
from storage.facts import FactAnswer, FactRequest, FactState
from storage.people import Role
from storage.signoffs import HeardBy
from storage.statements import StatementStatus

_OF_ASKED = frozenset({Act.ANSWER_FACTS, Act.CANNOT_SAY, Act.ASK_INSTEAD})


def fact_request(typed: Typed, state: FactState, *, in_slack: bool = True, passed: bool = False) -> FactRequest:
    said = state is FactState.CANNOT_SAY or passed
    request = FactRequest(
        id=3,
        enquiry_id=7,
        asked_id=5,
        asked_by_id=1,
        owner_id=1,
        state=state,
        question=typed.text,
        why=typed.text[:1000],
        due_at=NOW + timedelta(minutes=20),
        asked_at=NOW,
        in_confidence=False,
        passed_from_id=2 if passed else None,
        reason=typed.text[:1000] if said else None,
        instead_id=6 if said and in_slack else None,
        instead_words=typed.outlet if said else None,
    )
    officer = typed.person(1, Role.PRESS_OFFICER)
    relate(
        request,
        asked=typed.person(5, in_slack=in_slack),
        asked_by=officer,
        owner=officer,
        instead=typed.person(6) if said and in_slack else None,
        passed_from=fact_request(typed, FactState.CANNOT_SAY) if passed else None,
    )
    return request


def fact_answers(typed: Typed, number: int) -> tuple[FactAnswer, ...]:
    """The second was written down by a press officer."""
    found = []
    for place in range(number):
        heard_by = HeardBy.IN_PERSON if place else None
        text = typed.draft_text or typed.text
        answer = FactAnswer(id=place, text=text, given_by_id=5, at=NOW, heard_by=heard_by, heard_at=NOW)
        relate(answer, given_by=typed.person(5), recorded_by=typed.person(1) if place else None)
        found.append(answer)
    return tuple(found)


def facts_request(typed: Typed, request: FactRequest, *, relayed: bool = False, other: str = "") -> FactsRequest:
    number = 2 if request.state is FactState.ANSWERED else 0
    acts = {act for (state, act) in TRANSITIONS if state is request.state}
    acts &= set() if other == "elsewhere" else {Act.RECORD_FACTS} if relayed else _OF_ASKED
    return FactsRequest(
        request=request,
        answers=fact_answers(typed, number),
        reader=request.owner if relayed else request.asked,
        why=request.why or "",
        is_confidential=other == "confidential",
        is_sensitive=other == "confidential",
        is_relayed=relayed,
        is_stood_in=other == "stood in",
        is_elsewhere=other == "elsewhere",
        was_passed=other == "stood in",
        enquiry=typed.enquiry() if relayed else None,
        email=f"Dear {typed.name},\n\n{request.question}\n\n{request.why}" if relayed else "",
        band=Band.SOON,
        acts=frozenset(acts),
    )


def facts_views(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    for state, relayed, passed in product(FactState, (False, True), (False, True)):
        request = fact_request(typed, state, in_slack=not relayed, passed=passed)
        for other in ("", "confidential", "stood in", "elsewhere"):
            shown = facts_request(typed, request, relayed=relayed, other=other)
            yield f"facts asked, {state} {relayed} {passed} {other}", facts.request(shown)
        shown = facts_request(typed, request, relayed=relayed)
        yield from _forms(shown)
        acts = {act for (from_, act) in TRANSITIONS if from_ is state} - _OF_ASKED
        acts |= {Act.ASK_FOR_FACTS} if state is FactState.CANNOT_SAY else set()
        for overtaken in (False, True):
            card = FactsCard(request, typed.enquiry(), shown.answers, overtaken, passed, relayed, frozenset(acts))
            yield f"facts, {state} {relayed} {passed} {overtaken}", facts.card(card)
        for number in (0, 150):
            outsiders = tuple(typed.person(300 + one, in_slack=False) for one in range(number))
            to_ask = ToAsk(typed.enquiry(is_sensitive=passed), outsiders, NOW, request if passed else None)
            yield f"ask form, {state} {number}", facts_forms.ask_form(to_ask)
    for statement, number in ((None, 0), (None, 3), (typed.statement_card(StatementStatus.DRAFT), 3)):
        spokespeople = tuple(typed.person(one, Role.SPOKESPERSON) for one in range(number))
        text = (typed.draft_text or typed.text)[:12_000]
        yield (
            "facts in a draft",
            facts_forms.use_form(ToUse(typed.enquiry(), statement, spokespeople, text, is_cut=True)),
        )
    shown_card = typed.enquiry_card(Stage.OWNED)
    asked = tuple(fact_request(typed, state) for state in (*FactState, *FactState))
    shown_card = replace(shown_card, line=replace(shown_card.line, facts=asked))
    yield "card with facts", enquiry_cards.card(shown_card)
    yield "page with facts", enquiry_cards.show_page(shown_card)


def _forms(shown: FactsRequest) -> Iterator[tuple[str, Drawn | View]]:
    state = shown.request.state
    yield f"answer form, {state}", facts_forms.answer_form(shown)
    yield f"cannot say form, {state}", facts_forms.cannot_say_form(shown)
    yield f"ask instead form, {state}", facts_forms.ask_instead_form(shown)
    yield f"record facts form, {state}", facts_forms.record_form(shown, NOW)
    yield f"withdraw facts form, {state}", facts_forms.withdraw_form(shown)
    yield f"what was said, {state}", facts_forms.read_page(shown)
