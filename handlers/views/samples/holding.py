"""Samples of holding lines, of what is not on the record, and of corrections."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from slack_sdk.models.views import View

from bot.core.features import Corrected
from bot.core.permissions import Act
from bot.desk.corrections import ToCorrect
from bot.desk.enquiry_cards import Stage, StatementLine
from bot.desk.finds import Found, Said, SaidIn, Search
from bot.desk.statement_cards import StatementCard, ToIssue
from handlers.views import corrections, enquiry_cards, finds, holding, home, signoffs, statements
from handlers.views.samples.records import NOW, TWELVE_MISSING, TWELVE_SIGNED, Typed, pieces, related
from handlers.views.words import Drawn
from storage.finds import Term
from storage.people import Role
from storage.signoffs import SignatureState
from storage.statements import Dispatch, SentBy, Statement, StatementKind, StatementStatus

Shown = tuple[str, Drawn | View]
MARKS = ("BACKGROUND, NOT FOR QUOTATION", "EMBARGOED UNTIL 00:01 (GMT) ON WEDNESDAY 23 SEPTEMBER 2026")


def views(typed: Typed) -> Iterator[Shown]:
    yield from _holding_lines(typed)
    yield from _corrections(typed)
    yield from _what_was_wrong(typed)


def of_kind(typed: Typed, card: StatementCard, kind: StatementKind) -> StatementCard:
    """The same of another kind; what is not on the record, with who agreed to that."""
    statement = typed.statement(card.statement.status, kind=kind)
    if kind in {StatementKind.BACKGROUND, StatementKind.OFF_RECORD}:
        statement.agreed_by, statement.agreed_at = typed.outlet, NOW
    return replace(card, statement=statement)


def correction(typed: Typed, status: StatementStatus) -> Statement:
    found = typed.statement(status, 5, StatementKind.STATEMENT)
    found.corrects_id, found.what_was_wrong = 4, typed.text[: corrections.LONGEST_REASON]
    return found


def _holding_lines(typed: Typed) -> Iterator[Shown]:
    for number in (0, 1, 150):
        people = [typed.person(1 + place, Role.SPOKESPERSON) for place in range(number)]
        yield f"holding line form, {number}", holding.form(7, "ENQ-7", people)
    signed = typed.statement_card(StatementStatus.IN_SIGNOFF, *TWELVE_SIGNED)
    issued = typed.statement_card(StatementStatus.ISSUED, *TWELVE_SIGNED)
    for kind, marks in product(StatementKind, ((), MARKS)):
        dispatch = Dispatch(id=1, enquiry_id=7, sent_to=typed.outlet, sent_by=SentBy.PHONE, sent_at=NOW)
        to_issue = ToIssue(of_kind(typed, signed, kind), 3, (typed.enquiry(),), {7: dispatch}, marks)
        yield f"ready, {kind} {len(marks)}", statements.ready_to_issue(to_issue)
        yield f"issue form, {kind} {len(marks)}", statements.issue_form(to_issue, NOW)
        yield f"card, {kind}", statements.card(of_kind(typed, issued, kind))
    for stage, status in product(Stage, (StatementStatus.DRAFT, StatementStatus.IN_SIGNOFF)):
        card = typed.enquiry_card(stage)
        beside = [
            typed.statement(status, 20, StatementKind.HOLDING),
            typed.statement(status, 21, StatementKind.OFF_RECORD),
            correction(typed, status),
        ]
        states = {StatementStatus.DRAFT: (), StatementStatus.IN_SIGNOFF: TWELVE_MISSING}[status]
        tied = tuple(StatementLine(one, typed.standing(*states)) for one in beside)
        line = replace(card.line, statements=(*card.line.statements, *tied), held_at=NOW)
        shown = replace(card, line=line)
        yield f"card with others beside, {stage} {status}", enquiry_cards.card(shown)
        yield f"page with others beside, {stage} {status}", enquiry_cards.show_page(shown)
        yield f"line with others beside, {stage} {status}", View(type="home", blocks=home.line_blocks(line))


def _corrections(typed: Typed) -> Iterator[Shown]:
    dispatch = related(Dispatch(id=1, sent_to=typed.outlet, sent_by=SentBy.EMAIL, sent_at=NOW), draft=typed.draft())
    wrong = typed.statement(StatementStatus.ISSUED)
    yield "correction form", corrections.form(ToCorrect(wrong, dispatch))
    for status in (StatementStatus.DRAFT, StatementStatus.ISSUED):
        issued = typed.statement_card(StatementStatus.ISSUED, *TWELVE_SIGNED)
        acts = issued.acts - {Act.CORRECT_STATEMENT}
        yield (
            f"corrected, {status}",
            statements.card(replace(issued, corrected_by=correction(typed, status), acts=acts)),
        )
        card = replace(typed.statement_card(status), statement=correction(typed, status), corrects=wrong)
        yield f"correction, {status}", statements.card(card)
        yield f"whole text of a correction, {status}", statements.read_page(card)
    for state, relayed in product(SignatureState, (False, True)):
        request = typed.sign_request(typed.signature(12, state, in_slack=not relayed), relayed=relayed, since=relayed)
        since = pieces(request.draft.text, 10)
        words = "STA-4 went out read out on the phone, {sent}"
        corrected = Corrected(words, {"sent": NOW}, typed.other_text, typed.text[: corrections.LONGEST_REASON])
        request = replace(request, corrects=corrected, since_issued=since)
        yield f"request for a correction, {state} {relayed}", signoffs.request(request)
        yield f"sign form of a correction, {state}", signoffs.sign_form(request)


def _what_was_wrong(typed: Typed) -> Iterator[Shown]:
    for status in (StatementStatus.DRAFT, StatementStatus.ISSUED):
        by = correction(typed, status)
        said = Said(SaidIn.STATEMENT, 4, typed.text, NOW, "STA-4", StatementKind.OFF_RECORD, by)
        search = Search(typed.name, (Found(typed.enquiry(), (said,)),), 1, 0, has_all=True, terms=(Term(("x",)),))
        yield f"found, and it was wrong, {status}", finds.message(search, typed=typed.text)
