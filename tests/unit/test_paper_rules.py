"""Papers: who may do what in which state, what a form refuses, what is hidden from whom, and by when they are due."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.core.permissions import Act
from bot.core.working_days import Nation, WorkingHours
from bot.core.workspaces import Caller
from bot.desk import calendar_changes, home, paper_cards, paper_rulings, paper_steps, papers
from bot.desk.calendar_changes import Scope
from bot.desk.calendar_details import DateDetails
from bot.desk.evidence import LARGEST, GivenFile
from bot.desk.paper_rulings import Heard, Ruling
from bot.desk.paper_steps import NOT_THERE, due_by
from bot.desk.papers import PaperDetails
from storage import obligations as obligation_records
from storage import papers as records
from storage import people, sensitive
from storage.calendar import CalendarDate, DateKind
from storage.database import Database
from storage.obligations import Duty
from storage.papers import HIDDEN, Paper, PaperKind, PaperState
from storage.people import Person, Role
from storage.signoffs import HeardBy
from tests.unit.small_office import (
    GUEST,
    IN_ROLES,
    NOW,
    OWNER,
    SmallOffice,
    Someone,
    State,
    everybody_tries,
    opened,
)

ADDRESS = "https://north.example/winter"
CHAIR, OFFICER, PMO = (IN_ROLES[role] for role in (Role.CHAIR, Role.PRESS_OFFICER, Role.PROGRAMME_OFFICE))
STATES = [state for state in PaperState if state is not PaperState.REMOVED]
HEARD = Heard(HeardBy.PHONE, "She rang me.")
RULES = """
                         to_publish   published    asked        confidential
    change_paper         to_publish   published    asked        confidential
    remove_paper         removed      removed      removed      removed
    publish_paper        published    published    .            .
    ask_for_ruling       asked        asked        .            .
    rule_confidential    confidential confidential confidential .
    rule_published       .            .            to_publish   to_publish
    record_confidential  confidential confidential confidential .
    record_published     .            .            to_publish   to_publish
"""


@pytest.fixture
def office(sqlite_url: str) -> Iterator[SmallOffice]:
    database = Database(sqlite_url)
    yield opened(database)
    database.dispose()


def meeting(office: SmallOffice, *, kind: DateKind = DateKind.BOARD_MEETING) -> int:
    with office.writing() as tx:
        date_ = CalendarDate(kind=kind, title="Board meeting", starts_at=NOW + timedelta(days=20), added_at=NOW)
        tx.add(date_)
        return date_.id


def paper(office: SmallOffice, state: PaperState = PaperState.TO_PUBLISH, **values: object) -> int:
    of_meeting = meeting(office)
    with office.writing() as tx:
        made = Paper(
            meeting_id=of_meeting,
            kind=PaperKind.PAPER,
            title="Winter plan",
            state=state,
            link=ADDRESS,
            added_by_id=office.ids[OWNER.name],
            added_at=NOW,
            chair_id=office.ids[CHAIR.name] if state is PaperState.ASKED else None,
            **values,
        )
        tx.add(made)
        return made.id


def state_of(office: SmallOffice, paper_id: int) -> PaperState:
    with office.reading() as tx:
        return tx.session.get_one(Paper, paper_id).state


Try = Callable[[SmallOffice, Caller, int], object]


def ruling(act: str, *, confidential: bool) -> Try:
    made = Ruling(confidential, "It names a buyer.")
    if act == "rule":
        return lambda office, caller, it: paper_rulings.rule(office.desk, caller, it, made, once=office.once())
    return lambda office, caller, it: paper_rulings.record(office.desk, caller, it, made, HEARD, once=office.once())


ATTEMPTS: dict[str, tuple[Act, Try]] = {
    "change_paper": (
        Act.CHANGE_PAPER,
        lambda office, caller, it: papers.change(
            office.desk, caller, it, PaperDetails(PaperKind.MINUTES, office.once(), ADDRESS), once=office.once()
        ),
    ),
    "remove_paper": (
        Act.REMOVE_PAPER,
        lambda office, caller, it: papers.remove(office.desk, caller, it, "A mistake.", once=office.once()),
    ),
    "publish_paper": (
        Act.PUBLISH_PAPER,
        lambda office, caller, it: papers.publish(office.desk, caller, it, ADDRESS, None, once=office.once()),
    ),
    "ask_for_ruling": (
        Act.ASK_FOR_RULING,
        lambda office, caller, it: paper_rulings.ask(
            office.desk, caller, it, "It names a buyer.", office.ids[CHAIR.name], once=office.once()
        ),
    ),
    "rule_confidential": (Act.RULE_PAPER, ruling("rule", confidential=True)),
    "rule_published": (Act.RULE_PAPER, ruling("rule", confidential=False)),
    "record_confidential": (Act.RECORD_RULING, ruling("record", confidential=True)),
    "record_published": (Act.RECORD_RULING, ruling("record", confidential=False)),
}


def by_the_rules(what: str) -> dict[PaperState, PaperState | None]:
    heading, *lines = RULES.strip().splitlines()
    marks = next(line.split()[1:] for line in lines if line.split()[0] == what)
    return {
        PaperState(state): None if to == "." else PaperState(to)
        for state, to in zip(heading.split(), marks, strict=True)
    }


@pytest.fixture
def one_chair(office: SmallOffice) -> SmallOffice:
    """The people with all roles but some are no chairs here: else nobody would know which chair is meant."""
    with office.writing() as tx:
        for person in people.holding(tx, Role.CHAIR):
            if person.id != office.ids[CHAIR.name]:
                person.roles -= {Role.CHAIR}
    return office


@pytest.mark.parametrize("what", ATTEMPTS)
def test_everybody_tries_everything_in_every_state(one_chair: SmallOffice, what: str) -> None:
    """Role by state by act: done exactly when both tables say so; else refused, unchanged and on record.

    To whom a paper is hidden, it is not there: the programme office keeps only what everybody sees.
    """
    office = one_chair
    act, attempt = ATTEMPTS[what]
    rules, wrong = by_the_rules(what), []
    for state in STATES:
        if state in HIDDEN and act in {Act.CHANGE_PAPER, Act.REMOVE_PAPER, Act.PUBLISH_PAPER}:
            with pytest.raises(NotFound, match=NOT_THERE[:20]):
                attempt(office, PMO.caller, paper(office, state))
            tried = [State(partial(paper, office, state), rules[state], {})]
            outcome = _by(office, OFFICER, attempt, tried[0])
            wrong += [outcome] if outcome else []
            continue
        states = [State(partial(paper, office, state), rules[state], {})]
        becomes = partial(state_of, office)
        wrong += everybody_tries(office, act, attempt, states=states, becomes=becomes, others=[OWNER, GUEST])
    assert wrong == []


def _by(office: SmallOffice, who: Someone, attempt: Try, state: State) -> str:
    it = state.fresh()
    try:
        attempt(office, who.caller, it)
    except NotFromHere:
        return "" if state.becomes is None else f"refused, should become {state.becomes}"
    return "" if state_of(office, it) is state.becomes else f"{state_of(office, it)}, should be {state.becomes}"


@pytest.mark.parametrize("state", PaperState)
def test_what_is_confidential_is_there_for_the_board_and_the_press_office_alone(
    office: SmallOffice, state: PaperState
) -> None:
    """Each role alone, and an open channel: what may be seen follows from the state."""
    it = paper(office, state)
    allowed = {Role.CHAIR, Role.COMMS_LEAD, Role.PRESS_OFFICER, Role.BOARD_MEMBER}
    with office.desk.on_its_own(office.workspace_id, read_only=True) as work:
        for role in Role:
            person = work.tx.session.get_one(Person, office.ids[IN_ROLES[role].name])
            is_there = work.may_see(person, paper_steps.subject_of(it))
            assert is_there is (state is not PaperState.REMOVED and (state not in HIDDEN or role in allowed)), role
        assert work.may_see(None, paper_steps.subject_of(it)) is (state not in {*HIDDEN, PaperState.REMOVED})
    same = PaperDetails(PaperKind.PAPER, "Winter plan", ADDRESS)
    if state in HIDDEN:
        with office.reading() as tx:
            of_meeting = tx.session.get_one(Paper, it).meeting_id
        papers.add(office.desk, PMO.caller, of_meeting, same, once=office.once())  # nothing says that there is one
        seen = paper_cards.of_meeting(office.desk, PMO.caller, of_meeting).lines
        assert [line.paper.added_by_id for line in seen] == [office.ids[PMO.name]]
    if state is PaperState.PUBLISHED:
        return
    with office.reading() as tx:
        of_meeting = tx.session.get_one(Paper, it).meeting_id
    _, text = paper_cards.for_website(office.desk, CHAIR.caller, of_meeting)
    assert text == "", "only what is published is on the website's list, for whomever it is made"


def details(**values: object) -> PaperDetails:
    given = {"kind": PaperKind.PAPER, "title": "Estates", "link": ADDRESS} | values
    return PaperDetails(**given)  # type: ignore[arg-type]  # as the table below has them


PDF = GivenFile("F1", "plan.pdf", 9)
BAD: dict[str, tuple[PaperDetails, str]] = {
    "no kind": (details(kind=None), "kind"),
    "no title": (details(title=" "), "title"),
    "a long title": (details(title="x" * 201), "title"),
    "the same again": (details(title="winter PLAN"), "title"),
    "neither link nor file": (details(link=" "), "link"),
    "both": (details(files=[PDF]), "link"),
    "no https": (details(link="http://north.example/p"), "link"),
    "no address": (details(link="https://"), "link"),
    "no website": (details(link="https://???"), "link"),
    "a mention": (details(link="https://north.example/<!channel>|x"), "link"),
    "two addresses": (details(link=f"{ADDRESS} {ADDRESS}"), "link"),
    "a long address": (details(link=f"https://{'x' * 1000}"), "link"),
    "a program": (details(link="", files=[GivenFile("F1", "plan.exe", 9)]), "files"),
    "a picture": (details(link="", files=[GivenFile("F1", "plan.png", 9)]), "files"),
    "too large": (details(link="", files=[GivenFile("F1", "plan.pdf", LARGEST + 1)]), "files"),
}


def test_a_form_that_cannot_be_taken_says_why_and_changes_nothing(office: SmallOffice) -> None:
    """Each bad input with its field; and no paper of what is no meeting."""
    it, campaign = paper(office), meeting(office, kind=DateKind.CAMPAIGN)
    with office.reading() as tx:
        of_meeting = tx.session.get_one(Paper, it).meeting_id
    desk, officer = office.desk, OFFICER.caller
    later = NOW + timedelta(hours=1)
    tries: list[tuple[str, str, Callable[..., object]]] = [
        *((name, field, partial(papers.add, desk, officer, of_meeting, it)) for name, (it, field) in BAD.items()),
        ("no link", "public_link", partial(papers.publish, desk, officer, it, "", None)),
        ("to come", "published_at", partial(papers.publish, desk, officer, it, ADDRESS, later)),
        ("no reason", "reason", partial(papers.remove, desk, officer, it, " ")),
        ("no why", "reason", partial(paper_rulings.ask, desk, officer, it, "", office.ids[CHAIR.name])),
        ("no chair", "chair", partial(paper_rulings.ask, desk, officer, it, "Why", office.ids[GUEST.name])),
        ("no ruling", "ruling", partial(paper_rulings.record, desk, officer, it, Ruling(None), HEARD)),
        ("ruled why", "reason", partial(paper_rulings.rule, desk, CHAIR.caller, it, Ruling(is_confidential=True))),
    ]
    before = office.everything()
    for name, field, attempt in tries:
        with pytest.raises(BadInput) as refused:
            attempt(once=office.once())
        assert (name, refused.value.field) == (name, field)
    with pytest.raises(NotFound, match="not on file"):
        papers.add(desk, officer, campaign, details(), once=office.once())
    assert office.everything() == before


def test_a_paper_whose_file_cannot_be_kept_is_published_only_once_it_has_a_link_or_a_file(office: SmallOffice) -> None:
    """The button goes, the act is refused with what to do, and so say the list's title of it and the reminder's."""
    desk, officer = office.desk, OFFICER.caller
    it = paper(office, slack_file_id="F1", file_name="fake.pdf", refused_because="It is something else.", read_at=NOW)
    with office.writing() as tx:
        of_meeting = tx.session.get_one(Paper, it).meeting_id
        tx.session.get_one(Paper, it).link = None

    def seen() -> tuple[bool, str]:
        (line,) = paper_cards.of_meeting(desk, officer, of_meeting).lines
        with office.reading() as tx:
            return Act.PUBLISH_PAPER in line.acts, desk.features.title(tx, paper_steps.subject_of(it))

    assert seen() == (False, "Paper “Winter plan” (give it a file or a link: /desk papers, then Change)")
    for attempt in (
        partial(papers.publish, desk, officer, it, ADDRESS, None, once=office.once()),
        partial(paper_cards.look, desk, officer, it, Act.PUBLISH_PAPER),
    ):
        with pytest.raises(NotFromHere, match="Give it a file or a link first"):
            attempt()
    papers.change(desk, officer, it, details(title="Winter plan"), once=office.once())
    assert seen() == (True, "Paper “Winter plan”")
    papers.publish(desk, officer, it, ADDRESS, None, once=office.once())


def test_a_meeting_moved_called_off_or_put_back_changes_what_is_owed(office: SmallOffice) -> None:
    """What is to be published is due by the new date; of a meeting that is off, nothing is, until it is on again."""
    of_meeting = meeting(office)
    it = papers.add(office.desk, OFFICER.caller, of_meeting, details(), once=office.once())

    def due() -> list[datetime | None]:
        with office.reading() as tx:
            owed = obligation_records.open_on(tx, paper_steps.subject_of(it.id), duty=Duty.PUBLISH)
            return [one.due_at for one in owed]

    assert due() == [datetime(2026, 12, 7, 17, tzinfo=UTC)], "five working days before Sunday 13 December"
    desk, officer = office.desk, OFFICER.caller
    at = NOW + timedelta(days=20)
    later = DateDetails(DateKind.BOARD_MEETING, "Board meeting", "", at + timedelta(days=7), None)
    calendar_changes.change(desk, officer, of_meeting, later, seen=at, scope=Scope.ONE, once=office.once())
    assert due() == [datetime(2026, 12, 14, 17, tzinfo=UTC)]
    with pytest.raises(BadInput, match="stays a meeting"):
        calendar_changes.change(
            desk,
            officer,
            of_meeting,
            replace(later, kind=DateKind.CAMPAIGN),
            seen=later.starts_at,
            scope=Scope.ONE,
            once=office.once(),
        )
    calendar_changes.call_off(
        desk, officer, of_meeting, "Snow.", seen=later.starts_at, scope=Scope.ONE, once=office.once()
    )
    assert due() == []
    paper_rulings.ask(desk, officer, it.id, "It names a buyer.", office.ids[CHAIR.name], once=office.once())
    paper_rulings.rule(desk, CHAIR.caller, it.id, Ruling(is_confidential=False), once=office.once())
    papers.add(desk, officer, of_meeting, details(title="Late"), once=office.once())
    with office.reading() as tx:
        assert obligation_records.open_of(tx, [Duty.PUBLISH]) == [], "whatever is done meanwhile"
    calendar_changes.put_back(desk, officer, of_meeting)
    assert due() == [datetime(2026, 12, 14, 17, tzinfo=UTC)]
    with office.reading() as tx:
        assert len(records.of_meeting(tx, of_meeting)) == 2


def test_whoever_is_no_chair_any_more_keeps_a_home(office: SmallOffice) -> None:
    """What they were asked to rule is hidden from them now. The home is drawn without it."""
    it, ids = paper(office), office.ids
    paper_rulings.ask(office.desk, OFFICER.caller, it, "It names a buyer.", ids[CHAIR.name], once=office.once())

    def waits() -> list[str]:
        with office.desk.on_its_own(office.workspace_id, read_only=True) as work:
            reader = work.tx.session.get_one(Person, ids[CHAIR.name])
            with sensitive.shown_to(work.tx, reader):
                return [owed.line.title for owed in home.page(work, reader).owed]

    assert waits() == ["Paper “Winter plan”"]
    with office.writing() as tx:
        tx.session.get_one(Person, ids[CHAIR.name]).roles = frozenset({Role.SPOKESPERSON})
    assert waits() == []


def test_a_ruling_is_recorded_of_whoever_chairs_the_board(office: SmallOffice) -> None:
    """Of several chairs the one who was asked; where nobody was, or they are no chair any more, the form asks which."""
    desk, officer, asked, other = office.desk, OFFICER.caller, office.ids[CHAIR.name], IN_ROLES[Role.SPOKESPERSON]
    with office.writing() as tx:
        for person in people.holding(tx, Role.CHAIR):
            person.roles = frozenset({Role.CHAIR}) if person.id == asked else frozenset()
        tx.session.get_one(Person, office.ids[other.name]).roles = frozenset({Role.CHAIR})
    made = Ruling(is_confidential=True, reason="It names a buyer.")

    def recorded(it: int, chair_id: int | None) -> str:
        paper_rulings.record(desk, officer, it, made, replace(HEARD, chair_id=chair_id), once=office.once())
        with office.reading() as tx:
            return records.rulings(tx, it)[-1].chair.name

    it = paper(office)
    assert len(paper_cards.to_record(desk, officer, it).chairs) == 2
    with pytest.raises(BadInput, match="Choose which chair") as refused:
        recorded(it, None)
    assert refused.value.field == "chair"
    assert recorded(it, office.ids[other.name]) == other.name
    it, late = paper(office, PaperState.ASKED), paper(office, PaperState.ASKED)
    assert [chair.id for chair in paper_cards.to_record(desk, officer, it).chairs] == [asked]
    assert recorded(it, None) == CHAIR.name
    with office.writing() as tx:
        tx.session.get_one(Person, asked).roles = frozenset({Role.SPOKESPERSON})
    assert [chair.name for chair in paper_cards.to_record(desk, officer, late).chairs] == [other.name]
    assert recorded(late, None) == other.name


HOURS = WorkingHours(ZoneInfo("Europe/London"), Nation.ENGLAND, time(9), time(17), closed_on=frozenset[date]())
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001 (Hypothesis draws naive ones)


@given(now=MOMENTS, until=st.timedeltas(timedelta(days=-60), timedelta(days=60)), kind=st.sampled_from(PaperKind))
def test_a_paper_is_due_days_before_and_minutes_days_after(now: datetime, until: timedelta, kind: PaperKind) -> None:
    """Always to come: at closing time of the right working day, or of the next one, where that has passed."""
    due_at, day = due_by(kind, now + until, now, HOURS), HOURS.local_day(now + until)
    wanted = HOURS.closing_of(HOURS.working_day_after(day, 10 if kind is PaperKind.MINUTES else -5))
    assert due_at > now
    assert due_at == (wanted if wanted > now else HOURS.closing_of(HOURS.working_day_after(HOURS.local_day(now), 1)))


def test_every_ruling_has_its_state() -> None:
    """The two tables say together what the chair may rule, and nothing twice."""
    for state, confidential in product(STATES, (True, False)):
        table = paper_steps.CONFIDENTIAL if confidential else paper_steps.OPEN
        assert ((state, Act.RULE_PAPER) in table) == ((state, Act.RECORD_RULING) in table)
