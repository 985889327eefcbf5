"""Taking key messages home: who may do what in which state, and what a form refuses."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import docx
import pytest
from sqlalchemy import event

from bot.clock import MovableClock
from bot.core import obligations
from bot.core.errors import BadInput, NotFromHere, NotPermitted
from bot.core.ladders import Ladder
from bot.core.permissions import Act, Relation
from bot.core.rungs import Rung, Tell, WorkingDay
from bot.desk import cascade_cards, cascade_files, cascades
from bot.desk.cascade_steps import TRANSITIONS, subject_of
from bot.desk.cascades import Said
from handlers.views import cascades as views
from storage import briefings, outbox, people
from storage import cascades as records
from storage.cascades import Cascade, CascadeReply, CascadeState, NotAsked, PassedBy
from storage.database import Database
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.people import Person, Role
from storage.signoffs import HeardBy
from tests.unit.small_office import (
    COPIED,
    GUEST,
    IN_ROLES,
    NOW,
    OWNER,
    SIGNATORY,
    STRANGERS,
    Attempt,
    SmallOffice,
    State,
    everybody_else,
    everybody_tries,
    opened,
    rightful,
)

PASSED = Said(CascadeState.PASSED_ON, to_whom="All team leaders", how=PassedBy.EMAIL)
CANNOT = Said(CascadeState.CANNOT, reason="I am ill.")


@pytest.fixture
def office(sqlite_url: str) -> Iterator[SmallOffice]:
    database = Database(sqlite_url)
    yield opened(database)
    database.dispose()


def heard(what: Said) -> Said:
    return Said(what.said, what.to_whom, what.how, reason=what.reason, heard_by=HeardBy.PHONE)


ON_CASCADES: dict[Act, Attempt] = {
    Act.PASS_MESSAGES_ON: lambda office, caller, it: cascades.passed_on(
        office.desk, caller, it, PASSED, once=office.once()
    ),
    Act.CANNOT_PASS_ON: lambda office, caller, it: cascades.cannot(office.desk, caller, it, CANNOT, once=office.once()),
    Act.RECORD_PASSED_ON: lambda office, caller, it: cascades.record(
        office.desk, caller, it, heard(PASSED), once=office.once()
    ),
    Act.ASK_TO_PASS_ON: lambda office, caller, it: cascades.ask_instead(
        office.desk, caller, it, person_id=office.ids[GUEST.name], member=None, once=office.once()
    ),
}
RULES = """
                      asked       passed_on   cannot      no_longer_asked
    pass_messages_on  passed_on   =           passed_on   passed_on
    cannot_pass_on    cannot      cannot      =           .
    record_passed_on  passed_on   =           passed_on   passed_on
    ask_to_pass_on    .           .           =           =
"""


def test_the_table_is_the_rules() -> None:
    """What each act makes of each state; `=` leaves it, `.` is not for it."""
    heading, *lines = RULES.strip().splitlines()
    found = {}
    for act, *marks in map(str.split, lines):
        for state, mark in zip(heading.split(), marks, strict=True):
            if mark != ".":
                found[state, act] = state if mark == "=" else mark
    assert {(str(state), str(act)): str(to) for (state, act), to in TRANSITIONS.items()} == found


def state_of(office: SmallOffice, cascade_id: int) -> CascadeState:
    with office.reading() as tx:
        return tx.session.get_one(Cascade, cascade_id).state


@pytest.mark.parametrize("act", ON_CASCADES)
def test_everybody_tries_everything_in_every_state(office: SmallOffice, act: Act) -> None:
    """Role by state by act: done exactly when both tables say so; else refused, unchanged and on record."""
    relations = {SIGNATORY: Relation.ASKED, OWNER: Relation.OWNER}
    states = [
        State(partial(office.cascade, state, asked=SIGNATORY), TRANSITIONS.get((state, act)), relations)
        for state in CascadeState
    ]
    becomes, others = partial(state_of, office), [OWNER, SIGNATORY, GUEST]
    assert everybody_tries(office, act, ON_CASCADES[act], states=states, becomes=becomes, others=others) == []


LOOKS: dict[Act, Attempt] = {
    Act.SEE_WHO_PASSED_ON: lambda office, caller, it: cascade_cards.who(office.desk, caller, it),
    Act.READ_FEEDBACK: lambda office, caller, it: cascade_cards.feedback(office.desk, caller, it),
}


@pytest.mark.parametrize("act", LOOKS)
def test_who_and_what_people_said_are_for_those_who_may_know(office: SmallOffice, act: Act) -> None:
    """Each role that may reads it, and the briefing's owner; all the others together, and strangers, do not."""
    briefing_id = office.briefing()
    for who in (*rightful(act), OWNER):
        LOOKS[act](office, who.caller, briefing_id)
    for who in (everybody_else(act), *STRANGERS, GUEST, SIGNATORY):
        with pytest.raises(NotPermitted, match="Nothing has changed"):
            LOOKS[act](office, who.caller, briefing_id)


def test_what_a_form_refuses(office: SmallOffice) -> None:
    """Each refusal stands at its field and says what to do."""
    cascade_id, caller = office.cascade(asked=SIGNATORY), SIGNATORY.caller
    wrong: list[tuple[Said, str]] = [
        (Said(None), "said"),
        (Said(CascadeState.PASSED_ON, how=PassedBy.EMAIL), "to_whom"),
        (Said(CascadeState.PASSED_ON, to_whom="x" * 301, how=PassedBy.EMAIL), "to_whom"),
        (Said(CascadeState.PASSED_ON, to_whom="All"), "passed_by"),
        (Said(CascadeState.PASSED_ON, "All", PassedBy.EMAIL, NOW + timedelta(hours=1)), "at"),
        (Said(CascadeState.PASSED_ON, "All", PassedBy.EMAIL, NOW - timedelta(days=9)), "at"),
        (Said(CascadeState.PASSED_ON, "All", PassedBy.EMAIL, feedback="x" * 3001), "feedback"),
    ]
    for what, field in wrong:
        with pytest.raises(BadInput) as refused:
            cascades.passed_on(office.desk, caller, cascade_id, what, once=office.once())
        assert refused.value.field == field, what
    for what, field in ((Said(CascadeState.CANNOT, reason=" "), "reason"),):
        with pytest.raises(BadInput) as refused:
            cascades.cannot(office.desk, caller, cascade_id, what, once=office.once())
        assert refused.value.field == field
    with pytest.raises(BadInput, match="how you heard"):
        cascades.record(office.desk, OWNER.caller, cascade_id, PASSED, once=office.once())
    assert state_of(office, cascade_id) is CascadeState.ASKED
    assert office.refusals() == [], "a mistake in a form is no attempt at what one may not do"


def test_whom_can_be_asked_instead(office: SmallOffice) -> None:
    """One person, once, of here."""
    cascade_id = office.cascade(CascadeState.CANNOT, asked=SIGNATORY)
    ask = partial(cascades.ask_instead, office.desk, OWNER.caller)
    stranger = STRANGERS[0]
    for choice in (
        {"person_id": None, "member": None},
        {"person_id": office.ids[GUEST.name], "member": GUEST.slack_id},
        {"person_id": office.ids[SIGNATORY.name], "member": None},
        {"person_id": None, "member": stranger.slack_id},
        {"person_id": office.ids[stranger.name], "member": None},
        {"person_id": 99999, "member": None},
    ):
        with pytest.raises(BadInput):
            ask(cascade_id, once=office.once(), **choice)
    ask(cascade_id, person_id=office.ids[GUEST.name], member=None, once=office.once())
    for other in (GUEST, COPIED):
        with pytest.raises(NotFromHere, match="guest has not said that they cannot"):
            ask(cascade_id, person_id=office.ids[other.name], member=None, once=office.once())
    with office.reading() as tx:
        instead = records.last_instead(tx, tx.session.get_one(Cascade, cascade_id))
    cascades.cannot(office.desk, GUEST.caller, instead.id, CANNOT, once=office.once())
    with pytest.raises(BadInput, match="asked already"):
        ask(cascade_id, person_id=office.ids[GUEST.name], member=None, once=office.once())
    ask(cascade_id, person_id=office.ids[COPIED.name], member=None, once=office.once())
    with office.reading() as tx:
        third = records.last_instead(tx, instead)
        assert (third.person_id, third.instead_of_id) == (office.ids[COPIED.name], instead.id), "one after another"
        assert records.count(tx, instead.briefing_id) == (0, 1, 0, 1, third.due_at)


def replaces(office: SmallOffice, cascade_id: int) -> int:
    """Another briefing is posted in place of the one that a record is about, whose id this gives."""
    newer_id = office.briefing()
    with office.writing() as tx:
        briefing_id = tx.session.get_one(Cascade, cascade_id).briefing_id
        tx.session.get_one(briefings.Briefing, newer_id).replaces_id = briefing_id
    return briefing_id


def test_what_was_replaced_says_so_and_is_put_to_nobody_new(office: SmallOffice) -> None:
    """Also where everybody had answered before, so that nobody's record ended with it."""
    cascade_id = office.cascade(CascadeState.CANNOT, asked=SIGNATORY)
    briefing_id = replaces(office, cascade_id)
    with office.desk.on_its_own(office.workspace_id) as work:
        briefing = briefings.get(work.tx, briefing_id)
        assert briefing is not None
        assert cascade_cards.show_card(work, briefing).is_replaced
    comms_lead = IN_ROLES[Role.COMMS_LEAD].caller
    assert Act.ASK_TO_PASS_ON not in cascade_cards.who(office.desk, comms_lead, briefing_id).acts
    with pytest.raises(NotFromHere, match="Newer key messages"):
        cascades.ask_instead(
            office.desk, OWNER.caller, cascade_id, person_id=office.ids[GUEST.name], member=None, once=office.once()
        )


def test_the_file_of_what_was_replaced_says_so_on_top(office: SmallOffice) -> None:
    """It comes from an old message, whose buttons stay, and is forwarded by itself."""
    cascade_id = office.cascade(CascadeState.PASSED_ON, asked=SIGNATORY)
    briefing_id = replaces(office, cascade_id)
    cascades.send_file(office.desk, SIGNATORY.caller, cascade_id)
    with office.desk.on_its_own(office.workspace_id) as work:
        [posting] = outbox.of(work.tx, subject_of(cascade_id), PostingKind.CASCADE_FILE)
        shown = cascade_files.load(work, posting)
        newer = briefings.replacement_of(work.tx, briefing_id)
    assert shown is not None
    assert newer is not None
    assert newer.reference in views.beside_file(shown).text
    document = docx.Document(io.BytesIO(cascade_files.make(shown).content))
    lines = [one.text for one in document.paragraphs]
    assert lines[1].startswith(f"Replaced by {newer.reference}.")


def record(
    number: int, state: CascadeState, instead_of: int | None = None, because: NotAsked | None = NotAsked.LEFT
) -> Cascade:
    return Cascade(id=number, state=state, due_at=NOW, instead_of_id=instead_of, ended_because=because)


def test_no_organisation_is_lost_when_whoever_was_asked_instead_leaves() -> None:
    """As `passed on of wanted, cannot`: whoever could not counts again, until somebody else is asked."""
    asked, cannot, gone, passed = (
        CascadeState.ASKED,
        CascadeState.CANNOT,
        CascadeState.NO_LONGER_ASKED,
        CascadeState.PASSED_ON,
    )
    other = record(9, passed)
    several = {
        (record(1, cannot),): (1, 2, 1),
        (record(1, cannot), record(2, asked, 1)): (1, 2, 0),
        (record(1, cannot), record(2, passed, 1)): (2, 2, 0),
        (record(1, cannot), record(2, gone, 1)): (1, 2, 1),
        (record(1, cannot), record(2, gone, 1), record(3, asked, 2)): (1, 2, 0),
        (record(1, cannot), record(2, cannot, 1), record(3, gone, 2)): (1, 2, 1),
        (record(1, cannot), record(2, gone, 1, NotAsked.REPLACED)): (1, 1, 0),
    }
    for some, expected in several.items():
        assert records.counted([other, *some])[:3] == expected


def test_an_organisation_s_lead_reads_what_was_said_there(office: SmallOffice) -> None:
    """And no other; the group chairs read all; whoever asked not to be named is not."""
    cascade_id = office.cascade(asked=SIGNATORY)
    what = Said(CascadeState.PASSED_ON, "All", PassedBy.EMAIL, feedback="Too few buses.", is_named=False)
    cascades.passed_on(office.desk, SIGNATORY.caller, cascade_id, what, once=office.once())
    with office.reading() as tx:
        briefing_id = tx.session.get_one(Cascade, cascade_id).briefing_id
    lead, chair = IN_ROLES[Role.ORGANISATION_LEAD], IN_ROLES[Role.GROUP_CHAIR]
    for who in (lead, chair):
        shown = cascade_cards.feedback(office.desk, who.caller, briefing_id)
        assert [one.feedback for one in shown.said] == ["Too few buses."]
        assert shown.organisations == {}, "nor is their organisation told"
    with office.writing() as tx:
        tx.session.get_one(Cascade, cascade_id).organisation_id = None
    assert cascade_cards.feedback(office.desk, lead.caller, briefing_id).said == ()
    assert cascade_cards.feedback(office.desk, chair.caller, briefing_id).said != ()


def test_no_time_tells_who_is_not_to_be_named(office: SmallOffice) -> None:
    """What they said stands after what others did, by its words, and without when."""
    cascade_id = office.cascade(asked=SIGNATORY)
    with office.reading() as tx:
        briefing_id = tx.session.get_one(Cascade, cascade_id).briefing_id
    with office.writing() as tx:
        for number, (words, is_named) in enumerate(
            [("Zeal.", False), ("First.", True), ("Awe.", False), ("Last.", True)]
        ):
            asked = Person(name=f"Member {number}")
            tx.add(asked)
            one = Cascade(
                briefing_id=briefing_id, person_id=asked.id, state=CascadeState.PASSED_ON, asked_at=NOW, due_at=NOW
            )
            tx.add(one)
            tx.add(
                CascadeReply(
                    cascade_id=one.id,
                    said=CascadeState.PASSED_ON,
                    feedback=words,
                    is_named=is_named,
                    given_by_id=asked.id,
                    at=NOW + timedelta(minutes=number),
                )
            )
    shown = cascade_cards.feedback(office.desk, IN_ROLES[Role.GROUP_CHAIR].caller, briefing_id)
    assert [one.feedback for one in shown.said] == ["Last.", "First.", "Awe.", "Zeal."]
    page = json.dumps(views.feedback_page(shown).to_dict())
    assert page.count("<!date") == 2
    assert page.count("*Not to be named*") == 2


def test_one_s_own_is_not_offered_to_be_recorded() -> None:
    """Whoever may pass it on themselves says so with that; what somebody else said is written down."""
    own = views.buttons({Act.PASS_MESSAGES_ON, Act.CANNOT_PASS_ON, Act.RECORD_PASSED_ON}, 1)
    other = views.buttons({Act.RECORD_PASSED_ON}, 1)
    texts = [[button.text.text for button in row if button.text is not None] for row in (own, other)]
    assert texts == [["Passed on", "I can’t, because"], ["Record reply"]]


def test_sixty_are_asked_in_a_few_questions(office: SmallOffice) -> None:
    """Beside the rows that are written, it does not grow with how many are asked: nobody's press waits for it."""
    costs = []
    for number in (6, 60):
        with office.writing() as tx:
            tx.add(*(Person(name=f"{number} {one}", roles=frozenset({Role.BOARD_MEMBER})) for one in range(number)))
        briefing_id = office.briefing()
        asked: list[str] = []
        event.listen(office.desk.database.engine, "before_cursor_execute", partial(_note, asked))
        with office.desk.on_its_own(office.workspace_id) as work:
            briefing = briefings.get(work.tx, briefing_id)
            assert briefing is not None
            cascades.begin(work, briefing)
        costs.append(sum(not statement.startswith("INSERT") for statement in asked))
    assert costs[1] <= costs[0] < 40


def _note(asked: list[str], _connection: object, _cursor: object, statement: str, *_: object) -> None:
    asked.append(statement)


def test_what_can_wait_rings_nobody_at_night(office: SmallOffice) -> None:
    """A rung missed in a downtime, and late by now: the duty officer sleeps, and the morning brings one reminder."""
    subject = subject_of(office.cascade(asked=SIGNATORY))
    assert isinstance(office.desk.clock, MovableClock)
    with office.desk.on_its_own(office.workspace_id) as work:
        work.settings.duty_officer_id = office.ids[IN_ROLES[Role.ON_CALL_OFFICER].name]
        signatory = people.get(work.tx, office.ids[SIGNATORY.name])
        assert signatory is not None
        obligations.owe(work, Duty.CASCADE, subject, owner=signatory, due_at=NOW + timedelta(days=1))
    told = []
    for hours in (24 * 2 + 10, 14):
        office.desk.clock.advance(timedelta(hours=hours))
        obligations.remind(office.desk)
        with office.reading() as tx:
            told.append([one.person_id for one in outbox.newest(tx, PostingKind.REMINDER, limit=9)])
    assert told == [[], [office.ids[SIGNATORY.name]]]


def test_a_channel_is_not_told_who_has_not_said_anything(office: SmallOffice) -> None:
    """Not even by a ladder of the workspace's own that names the press channel: the comms lead hears instead."""
    subject = subject_of(office.cascade(asked=SIGNATORY))
    assert isinstance(office.desk.clock, MovableClock)
    with office.desk.on_its_own(office.workspace_id) as work:
        ladder = Ladder("cascade", (Rung(WorkingDay(1), (Tell.PRESS_CHANNEL,)),))
        work.settings.ladders = {"cascade": ladder.to_data()}
        signatory = people.get(work.tx, office.ids[SIGNATORY.name])
        assert signatory is not None
        obligations.owe(work, Duty.CASCADE, subject, owner=signatory, due_at=NOW + timedelta(days=3))
    office.desk.clock.advance(timedelta(days=1))
    obligations.remind(office.desk)
    with office.reading() as tx:
        told = {(one.channel_id, one.person_id) for one in outbox.newest(tx, PostingKind.REMINDER, limit=99)}
        leads = people.holding(tx, Role.COMMS_LEAD)
    assert told == {(None, lead.id) for lead in leads}
