"""Enquiries that look alike, that follow each other, and that one statement answers, for the views to draw."""

from collections.abc import Iterator
from dataclasses import replace

from slack_sdk.models.views import View

from bot.desk.alikes import Alike, AlikePage, Beside
from bot.desk.answering import Answers, ToAnswer
from bot.desk.capture import ToLog
from bot.desk.enquiry_cards import Stage
from bot.desk.enquiry_details import EnquiryDetails
from bot.desk.finds import Said, SaidIn
from bot.desk.follow_ups import Earlier
from bot.desk.statement_cards import ToIssue
from handlers.views import alike_page, answering, enquiries, enquiry_cards, follow_ups, statements
from handlers.views.samples.records import NOW, TWELVE_MISSING, TWELVE_SIGNED, Typed
from handlers.views.words import Drawn
from storage.alikes import Because
from storage.enquiries import CameBy
from storage.statements import Dispatch, SentBy, StatementKind, StatementStatus

MANY = 12


def views_of_several(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    others = [typed.enquiry(number) for number in range(1, 1 + MANY)]
    yield from _alike(typed)
    said = Said(SaidIn.STATEMENT, 4, typed.draft_text or typed.text, NOW, "STA-4", StatementKind.STATEMENT)
    before = Said(SaidIn.BEFORE, 7, typed.text * 4, NOW)
    for name, said_before in (("nothing", ()), ("a statement", (said,)), ("an answer from before", (before, said))):
        card = replace(
            typed.enquiry_card(Stage.OWNED),
            alike=tuple((one, list(Because)[one.id % 3]) for one in others),
            follows=others[0],
            followed_by=tuple(others),
            said_before=said_before,
        )
        yield f"card of one of many, {name}", enquiry_cards.card(card)
        yield f"page of a follow-up, {name}", enquiry_cards.show_page(card)
    for number in (0, 1, MANY):
        yield f"link form, {number}", follow_ups.link_form(Earlier(typed.enquiry(), tuple(others[:number])))
    yield "unlink form", follow_ups.unlink_form(typed.enquiry(), others[0])
    yield from _answering(typed)


def _alike(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    alike = [Alike(typed.enquiry(number), because) for number, because in enumerate(Because, 1)]
    details = EnquiryDetails(
        journalist=typed.outlet,
        outlet=typed.outlet,
        email=typed.outlet,
        phone=typed.outlet,
        came_by=CameBy.EMAIL,
        received_at=None,
        deadline=NOW,
        question=typed.text,
    )
    for number in (1, len(alike)):
        to_log = ToLog(details, "", (), (), alike[:number], NOW)
        yield f"log form, looks like {number}", enquiries.log_form(to_log, what_to_do="new")
    stages = list(Stage)
    for number in (0, 1, MANY):
        beside = []
        for place in range(number):
            line = typed.enquiry_card(stages[place % len(stages)]).line
            dispatch = Dispatch(id=1, enquiry_id=7, sent_by=SentBy.EMAIL, sent_at=NOW, draft=typed.draft())
            sent = ((typed.statement(StatementStatus.ISSUED), dispatch),) if place % 2 else ()
            beside.append(Beside(line, list(Because)[place % 3], sent))
        page = AlikePage(typed.enquiry_card(Stage.OWNED).line, tuple(beside), 7 if number == 1 else None)
        yield f"page of {number} alike", alike_page.page(page)
        later = replace(page.line, enquiry=typed.enquiry(900))
        yield f"page of {number} alike before it", alike_page.page(replace(page, line=later))


def _answering(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    enquiry = typed.enquiry(9)
    for status, states in (
        (StatementStatus.DRAFT, ()),
        (StatementStatus.IN_SIGNOFF, TWELVE_MISSING),
        (StatementStatus.ISSUED, TWELVE_SIGNED),
    ):
        card = typed.statement_card(status, *states)
        for number in (1, 30):
            offered = tuple(replace(card, statement=typed.statement(status, 1 + place)) for place in range(number))
            yield f"answer form, {status} {number}", answering.choose_form(Answers(enquiry, offered))
        shown = ToAnswer(enquiry, card, tuple(typed.person(number) for number in range(9)))
        if shown.has_gone_out:
            yield "send form", answering.send_form(shown, NOW)
        else:
            yield f"tie form, {status}", answering.tie_form(shown)
            yield f"untie form, {status}", answering.untie_form(card)
    signed = typed.statement_card(StatementStatus.IN_SIGNOFF, *TWELVE_SIGNED)
    several = ToIssue(signed, 3, tuple(typed.enquiry(number) for number in range(1, 1 + MANY)))
    yield "issue form for several", statements.issue_form(several, NOW)
    yield "ready to issue for several", statements.ready_to_issue(several)
