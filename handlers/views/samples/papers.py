"""Papers with made-up records: each kind in each state, as the press office, the chair and everybody else see them."""

from collections.abc import Iterator
from datetime import timedelta

from slack_sdk.models.views import View

from bot.core.deadlines import Band
from bot.core.permissions import Act
from bot.desk.paper_cards import MeetingLine, MeetingPapers, Meetings, PaperLine, RulingRequest, ToAsk, When
from bot.desk.paper_steps import CONFIDENTIAL, OPEN, TRANSITIONS
from handlers.views import paper_forms, papers
from handlers.views.samples.records import NOW, Typed
from handlers.views.words import Drawn
from storage.calendar import CalendarDate, DateKind
from storage.database import relate
from storage.papers import Paper, PaperKind, PaperRuling, PaperState
from storage.people import Role
from storage.signoffs import HeardBy

_ADDRESS = "https://north.example/papers/winter.pdf"


def meeting(typed: Typed, *, is_on: bool = True) -> CalendarDate:
    return CalendarDate(
        id=7,
        kind=DateKind.BOARD_MEETING,
        title=typed.outlet,
        starts_at=NOW + timedelta(days=9),
        called_off_at=None if is_on else NOW,
    )


def paper(typed: Typed, state: PaperState, kind: PaperKind = PaperKind.PAPER, *, in_slack: bool = True) -> Paper:
    found = Paper(
        id=3,
        meeting_id=7,
        kind=kind,
        title=typed.outlet,
        state=state,
        link=None if kind is PaperKind.AGENDA else _ADDRESS,
        slack_file_id="F1",
        file_name=f"{typed.outlet}.pdf",
        permalink="https://north.slack.example/files/F1",
        size=2_000_000,
        refused_because=typed.text[:200] if kind is PaperKind.MINUTES else None,
        added_by_id=1,
        asked_because=typed.text[:1000],
        published_at=NOW,
        public_link=_ADDRESS,
    )
    officer = typed.person(1, Role.PRESS_OFFICER)
    chair = typed.person(6, Role.CHAIR, in_slack=in_slack)
    relate(found, meeting=meeting(typed), added_by=officer, asked_by=officer, chair=chair)
    return found


def ruling(typed: Typed, *, confidential: bool) -> PaperRuling:
    found = PaperRuling(
        is_confidential=confidential, reason=typed.text[:1000], at=NOW, heard_at=NOW, heard_by=HeardBy.PHONE
    )
    relate(found, chair=typed.person(6, Role.CHAIR), recorded_by=typed.person(1) if confidential else None)
    return found


def paper_line(typed: Typed, state: PaperState, kind: PaperKind) -> PaperLine:
    acts = {act for table in (TRANSITIONS, CONFIDENTIAL, OPEN) for (of, act) in table if of is state}
    return PaperLine(
        paper(typed, state, kind),
        ruling(typed, confidential=state is PaperState.CONFIDENTIAL),
        NOW + timedelta(days=1),
        Band.ON_TIME,
        frozenset(acts),
        may_rule_confidential=(state, Act.RULE_PAPER) in CONFIDENTIAL,
        may_rule_published=(state, Act.RULE_PAPER) in OPEN,
    )


def paper_views(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    states = [state for state in PaperState if state is not PaperState.REMOVED]
    lines = tuple(paper_line(typed, state, kind) for kind in PaperKind for state in states)
    for some, may_add in (((), False), (lines, True), (lines * 4, True)):
        yield f"papers, {len(some)}", papers.page(MeetingPapers(meeting(typed), some, may_add))
    for text in ("", f"{typed.outlet}\n\nAgenda\n{typed.text}: {_ADDRESS}"):
        yield "for the website", papers.website_page(meeting(typed), text)
    for number in (0, 1, 10):
        some_meetings = tuple(
            MeetingLine(meeting(typed, is_on=place % 2 == 0), list(When)[place * 3 // number], place, place // 2)
            for place in range(number)
        )
        for nothing in (False, True):
            shown = Meetings(some_meetings, number, number * 3, typed.text, nothing and number > 0)
            yield f"meetings, {number}", papers.meetings_message(shown)
            yield f"meetings page, {number}", papers.meetings_page(shown)
    for state in (PaperState.ASKED, PaperState.CONFIDENTIAL, PaperState.REMOVED):
        for in_slack in (True, False):
            yield f"ruling, {state} {in_slack}", papers.ruling_request(_request(typed, state, in_slack=in_slack))
    yield from _forms(typed)


def _request(typed: Typed, state: PaperState, *, in_slack: bool) -> RulingRequest:
    asked = paper(typed, state, in_slack=in_slack)
    is_open = state is PaperState.ASKED
    return RulingRequest(
        asked,
        ruling(typed, confidential=True) if state is PaperState.CONFIDENTIAL else None,
        typed.person(6, Role.CHAIR, in_slack=in_slack),
        is_relayed=not in_slack,
        email="" if in_slack else f"Dear {typed.name},\n\n{typed.text}",
        is_open=is_open,
        band=Band.SOON,
        due_at=NOW if is_open else None,
    )


def _forms(typed: Typed) -> Iterator[tuple[str, Drawn | View]]:
    shown = paper(typed, PaperState.TO_PUBLISH)
    yield "paper form", paper_forms.paper_form(meeting(typed))
    yield "change paper form", paper_forms.paper_form(meeting(typed), shown)
    yield "remove paper form", paper_forms.remove_form(shown)
    yield "publish form", paper_forms.publish_form(shown, NOW)
    for number in (1, 3):
        chairs = tuple(typed.person(place + 1, Role.CHAIR) for place in range(number))
        yield "ask the chair form", paper_forms.ask_form(ToAsk(shown, chairs))
        yield "record ruling form", paper_forms.record_form(ToAsk(shown, chairs), NOW)
    for confidential in (True, False):
        yield "ruling form", paper_forms.ruling_form(shown, confidential=confidential)
