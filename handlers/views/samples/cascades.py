"""Key messages with made-up records: every state of somebody's record, as everybody who has to do with it sees it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from slack_sdk.models.views import View

from bot.core.deadlines import Band
from bot.core.permissions import Act
from bot.desk.cascade_cards import (
    CascadeCard,
    CascadeLine,
    CascadeRequest,
    CascadeToCarry,
    Feedback,
    ToAskInstead,
    ToRecord,
    WhoPassedOn,
)
from bot.desk.cascade_files import MessagesToSend
from bot.desk.cascade_steps import TRANSITIONS
from bot.desk.reminders import Reminder
from handlers.views import cascade_forms, cascades, reminders
from handlers.views.samples.records import NOW, Typed
from handlers.views.words import Drawn
from storage.briefings import Briefing, BriefingStatus
from storage.calendar import CalendarDate, DateKind
from storage.cascades import Cascade, CascadeReply, CascadeState, Count, NotAsked, PassedBy
from storage.database import relate
from storage.obligations import Duty
from storage.people import Role
from storage.signoffs import HeardBy

DAY = date(2026, 11, 19)
OF_ASKED = frozenset({Act.PASS_MESSAGES_ON, Act.CANNOT_PASS_ON, Act.READ_MESSAGES})


def briefing(typed: Typed) -> Briefing:
    meeting = CalendarDate(
        id=3, kind=DateKind.BOARD_MEETING, title=typed.outlet, place=None, starts_at=NOW - timedelta(days=4)
    )
    found = Briefing(
        id=2,
        number=2,
        meeting_id=3,
        status=BriefingStatus.POSTED,
        owner_id=1,
        chair_id=4,
        started_at=NOW,
        posted_at=NOW,
    )
    relate(found, meeting=meeting, owner=typed.person(1, Role.PRESS_OFFICER), chair=typed.person(4, Role.CHAIR))
    return found


def cascade(typed: Typed, state: CascadeState, number: int = 5, *, in_slack: bool = True) -> Cascade:
    because = NotAsked.ROLE_LOST if state is CascadeState.NO_LONGER_ASKED else None
    found = Cascade(
        id=number,
        briefing_id=2,
        person_id=number,
        organisation_id=1,
        state=state,
        asked_at=NOW,
        due_at=NOW + timedelta(days=7),
        ended_because=because,
    )
    relate(found, person=typed.person(number, Role.BOARD_MEMBER, in_slack=in_slack), organisation=typed.organisation(1))
    return found


def reply(typed: Typed, said: CascadeState, *, recorded: bool = False, is_named: bool = True) -> CascadeReply:
    passed = said is CascadeState.PASSED_ON
    found = CascadeReply(
        id=said is CascadeState.CANNOT,
        cascade_id=5,
        said=said,
        to_whom=typed.text[:300] if passed else None,
        passed_by=PassedBy.BULLETIN if passed else None,
        passed_at=NOW if passed else None,
        feedback=typed.text if passed else None,
        is_named=is_named,
        reason=None if passed else typed.text,
        instead_id=None if passed else 6,
        instead_words=None if passed else typed.text[:300],
        given_by_id=5,
        at=NOW,
        recorded_by_id=1 if recorded else None,
        heard_by=HeardBy.EMAIL if recorded else None,
    )
    relate(
        found,
        given_by=typed.person(5),
        recorded_by=typed.person(1) if recorded else None,
        instead=None if passed else typed.person(6),
    )
    return found


def request(typed: Typed, state: CascadeState, other: str = "", *, reads: bool = True) -> CascadeRequest:
    said = {CascadeState.PASSED_ON, CascadeState.CANNOT} & {state}
    acts = {act for (from_, act) in TRANSITIONS if from_ is state} & OF_ASKED | {Act.READ_MESSAGES}
    shown = cascade(typed, state)
    if other == "replaced":
        shown.ended_because = NotAsked.REPLACED
    return CascadeRequest(
        cascade=shown,
        briefing=briefing(typed),
        day=DAY,
        text=typed.draft_text or typed.text,
        agreed=f"Agreed by {typed.name} for {typed.name}." if other != "replaces" else "",
        replies=tuple(reply(typed, one, recorded=other == "recorded") for one in said),
        reader=typed.person(5),
        is_stood_in=other == "stood in",
        is_elsewhere=other == "elsewhere",
        replaces=other == "replaces",
        band=Band.SOON,
        acts=frozenset(acts | ({Act.READ_FEEDBACK} if reads else set())),
    )


def cascade_views(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    for state, other in product(CascadeState, ("", "stood in", "elsewhere", "replaces", "replaced", "recorded")):
        shown = request(typed, state, other)
        yield f"messages to take home, {state} {other}", cascades.request(shown)
        yield f"messages to read, {state}", cascades.messages_page(shown)
        yield "passed on", cascade_forms.passed_on_form(shown, NOW)
        yield "cannot", cascade_forms.cannot_form(shown)
        yield f"change, {state}", cascade_forms.change_form(shown, NOW)
    yield "on its way", cascades.on_its_way()
    to_send = MessagesToSend("BRF-2", typed.outlet, DAY, typed.text, typed.name, typed.name, NOW)
    yield "beside the messages", cascades.beside_file(to_send)
    yield "beside messages that were replaced", cascades.beside_file(replace(to_send, replaced_by="BRF-3"))
    for passed, wanted, cannot, said in ((0, 60, 0, 0), (30, 60, 3, 12), (60, 60, 0, 1)):
        to_come = wanted - passed - cannot
        count = Count(passed, wanted, cannot, to_come, NOW if to_come else None)
        card = CascadeCard(briefing(typed), DAY, count, said, Band.LATE, is_replaced=bool(cannot))
        yield f"card of a cascade, {passed}", cascades.card(card)
    yield from _many(typed)
    yield from _instead(typed)
    for only, number in product((None, typed.name), (0, 1, 90)):
        found = tuple(reply(typed, CascadeState.PASSED_ON, is_named=bool(one % 2)) for one in range(number))
        shown_said = Feedback(briefing(typed), DAY, found, {0: typed.name}, only)
        yield f"what people said, {number}", cascades.feedback_page(shown_said)


def _lines(typed: Typed, number: int, *, carried: bool) -> tuple[CascadeLine, ...]:
    states = list(CascadeState)
    return tuple(
        CascadeLine(
            cascade(typed, states[place * len(states) // number], 300 + place, in_slack=not carried),
            reply(typed, CascadeState.CANNOT if place % 3 else CascadeState.PASSED_ON, recorded=carried),
            carried,
            instead=typed.person(7) if place % 5 == 1 else None,
            stands_in=typed.person(8) if place % 7 == 1 else None,
        )
        for place in range(number)
    )


def _many(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    office = frozenset({Act.RECORD_PASSED_ON, Act.ASK_TO_PASS_ON})
    count = Count(30, 60, 3, 27, NOW)
    for number, acts in product((1, 8, 40), (office, frozenset[Act]())):
        lines = _lines(typed, number, carried=False)
        page = WhoPassedOn(briefing(typed), DAY, count, lines, 40, 40 + number + 1, acts)
        yield f"who, {number}", cascades.who_page(page)
        carried = _lines(typed, number, carried=True)
        email = typed.draft_text or typed.text
        to_carry = CascadeToCarry(briefing(typed), DAY, carried, email, NOW)
        yield f"to carry, {number}", cascades.to_carry(to_carry)
        yield f"e-mail to send, {number}", cascades.email_page(to_carry)
        offered = tuple(line.cascade for line in _lines(typed, number * 3, carried=True))
        to_record = ToRecord(briefing(typed), DAY, offered, None)
        yield f"record one of {number}", cascade_forms.record_form(to_record, NOW)
        yield "record one", cascade_forms.record_form(replace(to_record, chosen=offered[0]), NOW)
    line = typed.reminder_line(Duty.CASCADE, own=False)
    several = tuple(replace(line, acts=acts, briefing_id=2) for acts in [office] * 60)
    yield "sixty who have not said", reminders.reminder(Reminder(typed.person(1), several))
    yield "one who has not said", reminders.reminder(Reminder(typed.person(1), several[:1]))
    long_email = CascadeToCarry(briefing(typed), DAY, _lines(typed, 40, carried=True), 1000 * "It is open. ", NOW)
    yield "a long text to carry", cascades.to_carry(long_email)
    yield "a long e-mail to send", cascades.email_page(long_email)
    own = replace(typed.reminder_line(Duty.CASCADE), acts=OF_ASKED | {Act.MARK_SEEN})
    yield "messages to take home, reminded", reminders.reminder(Reminder(typed.person(1), (own,)))


def _instead(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    for number, said in product((0, 3, 150), (True, False)):
        colleagues = tuple(typed.person(300 + one, in_slack=False) for one in range(number))
        why = reply(typed, CascadeState.CANNOT) if said else None
        shown = ToAskInstead(cascade(typed, CascadeState.CANNOT), briefing(typed), DAY, why, colleagues)
        yield f"ask someone to pass on, {number}", cascade_forms.ask_instead_form(shown)
