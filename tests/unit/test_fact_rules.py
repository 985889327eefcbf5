"""Facts: who may do what in which state, what a form refuses, and by when an answer is asked for."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.core.permissions import MAY, Act, Relation
from bot.core.signoffs import LONGEST_TEXT
from bot.core.working_days import Nation, WorkingHours
from bot.desk import facts, facts_cards
from bot.desk.facts import Heard, Question, WhoKnows
from bot.desk.facts_steps import NOT_THERE, TRANSITIONS, due_by_default
from storage import people
from storage.database import Database
from storage.facts import FactRequest, FactState
from storage.people import Role
from storage.signoffs import HeardBy
from tests.unit.small_office import (
    GUEST,
    IN_ROLES,
    NOW,
    OWNER,
    SIGNATORY,
    STRANGERS,
    Attempt,
    SmallOffice,
    State,
    everybody_tries,
    opened,
    tried_by,
)

COLLEAGUE = IN_ROLES[Role.CHAIR]
TIME = Question("How many?", "", NOW + timedelta(hours=1))


@pytest.fixture
def office(sqlite_url: str) -> Iterator[SmallOffice]:
    database = Database(sqlite_url)
    yield opened(database)
    database.dispose()


ON_FACTS: dict[Act, Attempt] = {
    Act.ANSWER_FACTS: lambda office, caller, it: facts.answer(office.desk, caller, it, "Twelve.", once=office.once()),
    Act.RECORD_FACTS: lambda office, caller, it: facts.record(
        office.desk, caller, it, Heard("Twelve.", "Her e-mail.", HeardBy.EMAIL), once=office.once()
    ),
    Act.CANNOT_SAY: lambda office, caller, it: facts.cannot_say(
        office.desk, caller, it, "I am new.", could=None, could_words="", once=office.once()
    ),
    Act.ASK_INSTEAD: lambda office, caller, it: facts.ask_instead(
        office.desk, caller, it, COLLEAGUE.slack_id, "", once=office.once()
    ),
    Act.WITHDRAW_FACTS: lambda office, caller, it: facts.withdraw(office.desk, caller, it, once=office.once()),
    Act.USE_FACTS: lambda office, caller, it: facts_cards.to_use(office.desk, caller, it),
}
RULES = """
                    asked        answered     cannot_say   withdrawn
    answer_facts    answered     =            answered     answered
    record_facts    answered     =            answered     answered
    cannot_say      cannot_say   .            .            .
    ask_instead     cannot_say   .            .            .
    withdraw_facts  withdrawn    .            .            .
    use_facts       .            =            .            .
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


def state_of(office: SmallOffice, request_id: int) -> FactState:
    with office.reading() as tx:
        return tx.session.get_one(FactRequest, request_id).state


@pytest.mark.parametrize("act", ON_FACTS)
def test_everybody_tries_everything_in_every_state(office: SmallOffice, act: Act) -> None:
    """Role by state by act: done exactly when both tables say so; else refused, unchanged and on record."""
    relations = {SIGNATORY: Relation.ASKED, OWNER: Relation.OWNER}
    states = [
        State(partial(office.fact_request, state, asked=SIGNATORY), TRANSITIONS.get((state, act)), relations)
        for state in FactState
    ]
    becomes, others = partial(state_of, office), [OWNER, SIGNATORY, GUEST]
    assert everybody_tries(office, act, ON_FACTS[act], states=states, becomes=becomes, others=others) == []


def test_the_table_holds_on_postgresql_too(postgres_url: str) -> None:
    """Each act by one who may, in each state that allows it."""
    database = Database(postgres_url)
    office, wrong = opened(database), []
    for act, attempt in ON_FACTS.items():
        who = SIGNATORY if act in {Act.ANSWER_FACTS, Act.CANNOT_SAY, Act.ASK_INSTEAD} else OWNER
        states = [
            State(partial(office.fact_request, state, asked=SIGNATORY), to, {})
            for (state, of), to in TRANSITIONS.items()
            if of is act
        ]
        wrong += tried_by(office, who, act, attempt, states, becomes=partial(state_of, office))
    database.dispose()
    assert wrong == []


NOBODY, NEW = WhoKnows(), WhoKnows(name="Tomos Reed", email="tomos@ward.example")
REFUSED: dict[str, tuple[WhoKnows, Question, str, str]] = {
    "nothing asked": (NEW, Question("  \n", "", TIME.due_at), "question", "Write what you need"),
    "too much asked": (NEW, Question("?" * 3001, "", TIME.due_at), "question", "Shorten it"),
    "no time": (NEW, Question("How many?", "", None), "due", "Say by when"),
    "a time gone by": (NEW, Question("How many?", "", NOW), "due", "has passed"),
    "after the deadline": (NEW, Question("How many?", "", NOW + timedelta(hours=7)), "due", "16:00 on 23 November"),
    "the wrong year": (NEW, Question("How many?", "", NOW + timedelta(days=800)), "due", "Check the year"),
    "nobody": (NOBODY, TIME, "member", "Choose who knows"),
    "two people": (WhoKnows(slack_user_id=GUEST.slack_id, name="Tomos"), TIME, "member", "Choose one person"),
    "an address alone": (WhoKnows(email="tomos@ward.example"), TIME, "name", "Give the name"),
    "no address": (WhoKnows(name="Tomos Reed", email="tomos at ward"), TIME, "email", "no e-mail address"),
    "half an address": (WhoKnows(name="Tomos Reed", email="@ward.example"), TIME, "email", "no e-mail address"),
    "a very long name": (WhoKnows(name="Tomos " * 20), TIME, "name", "Shorten the name"),
    "oneself": (WhoKnows(slack_user_id=OWNER.slack_id), TIME, "member", "This is you"),
    "another workspace's member": (WhoKnows(slack_user_id=STRANGERS[0].slack_id), TIME, "member", "another Slack"),
    "somebody gone from the list": (WhoKnows(person_id=9999), TIME, "outsider", "not on the list"),
}


def test_a_form_that_cannot_be_taken_says_why_and_changes_nothing(office: SmallOffice) -> None:
    """Each bad input with its field and its sentence; then the same question twice, and an answer without words."""
    enquiry_id = office.enquiry()
    for name, (who, question, field, sentence) in REFUSED.items():
        before = office.everything()
        with pytest.raises(BadInput, match=sentence) as refused:
            facts.ask(office.desk, OWNER.caller, enquiry_id, who, question, once=office.once())
        assert (name, refused.value.field) == (name, field)
        assert office.everything() == before, name
    request = facts.ask(office.desk, OWNER.caller, enquiry_id, NEW, TIME, once=office.once())
    with pytest.raises(BadInput, match="exactly this already"):
        facts.ask(office.desk, OWNER.caller, enquiry_id, NEW, TIME, once=office.once())
    for heard, field in (
        (Heard("", "Her e-mail.", HeardBy.EMAIL), "text"),
        (Heard("x" * (LONGEST_TEXT + 1), "Her e-mail.", HeardBy.EMAIL), "text"),
        (Heard("Twelve.", " ", HeardBy.EMAIL), "evidence"),
        (Heard("Twelve.", "Her e-mail.", None), "how"),
        (Heard("Twelve.", "Her e-mail.", HeardBy.EMAIL, at=NOW + timedelta(hours=1)), "heard_at"),
        (Heard("Twelve.", "Her e-mail.", HeardBy.EMAIL, at=NOW - timedelta(minutes=1)), "heard_at"),
    ):
        with pytest.raises(BadInput) as refused:
            facts.record(office.desk, OWNER.caller, request.id, heard, once=office.once())
        assert refused.value.field == field
    own = office.fact_request(asked=SIGNATORY, enquiry_id=enquiry_id)
    with pytest.raises(BadInput, match="who could"):
        facts.cannot_say(office.desk, SIGNATORY.caller, own, " ", could=None, could_words="", once=office.once())
    for to, sentence in ((None, "Choose who"), (SIGNATORY.slack_id, "This is you")):
        with pytest.raises(BadInput, match=sentence):
            facts.ask_instead(office.desk, SIGNATORY.caller, own, to, "", once=office.once())
    passed = facts.ask_instead(office.desk, SIGNATORY.caller, own, COLLEAGUE.slack_id, "", once=office.once())
    with pytest.raises(BadInput, match="asked this already"):
        facts.ask_instead(office.desk, COLLEAGUE.caller, passed.id, SIGNATORY.slack_id, "", once=office.once())


def test_somebody_outside_slack_is_found_again(office: SmallOffice) -> None:
    """By the address, whatever its capitals; by the name, where no address says otherwise. Else they are two people."""
    enquiry_id = office.enquiry()

    def asked(name: str, email: str = "") -> int:
        question = Question(office.once(), "", TIME.due_at)
        who = WhoKnows(name=name, email=email)
        return facts.ask(office.desk, OWNER.caller, enquiry_id, who, question, once=office.once()).asked_id

    tomos = asked("Tomos Reed")
    assert asked(" tomos  reed ") == tomos
    assert asked("Tomos Reed", "tomos@ward.example") == tomos
    assert asked("T. Reed", "TOMOS@ward.example") == tomos
    assert asked("Tomos Reed", "other@ward.example") != tomos
    with office.reading() as tx:
        found = people.get(tx, tomos)
        assert found is not None
        assert (found.name, found.email, found.roles) == ("Tomos Reed", "tomos@ward.example", frozenset())


@pytest.mark.parametrize("state", [FactState.ASKED, FactState.ANSWERED, FactState.WITHDRAWN])
def test_nothing_is_kept_with_what_was_erased(office: SmallOffice, state: FactState) -> None:
    """Once names were erased, an answer would bring them back: it is refused in words."""
    request_id = office.fact_request(state, asked=SIGNATORY)
    with office.writing() as tx:
        tx.session.get_one(FactRequest, request_id).erased_at = NOW
    for act in (Act.ANSWER_FACTS, Act.RECORD_FACTS, Act.USE_FACTS):
        who = SIGNATORY if act is Act.ANSWER_FACTS else OWNER
        with pytest.raises(NotFromHere, match="over long ago"):
            ON_FACTS[act](office, who.caller, request_id)


LOOKS: dict[Act, Attempt] = {
    Act.ASK_FOR_FACTS: lambda office, caller, it: facts_cards.to_ask_again(office.desk, caller, it),
    Act.READ_TEXT: lambda office, caller, it: facts_cards.read(office.desk, caller, it),
    **{
        act: partial(lambda act, office, caller, it: facts_cards.look_at(office.desk, caller, it, act), act)
        for act in (Act.RECORD_FACTS, Act.WITHDRAW_FACTS)
    },
}


def test_a_question_of_a_sensitive_enquiry_is_not_there_for_those_who_may_not_see_it(office: SmallOffice) -> None:
    """Whatever a press officer tries reads as for a number never given; one who was asked can answer, and no more."""
    officer, asked = IN_ROLES[Role.PRESS_OFFICER], IN_ROLES[Role.ON_CALL_OFFICER]
    hidden = [
        office.fact_request(state, asked=asked, enquiry_id=office.enquiry(is_sensitive=True)) for state in FactState
    ]
    tried = [*ON_FACTS.items(), *LOOKS.items()]
    of_office = [one for one in tried if Role.PRESS_OFFICER in MAY[one[0]]]
    for act, attempt in of_office:
        sentences = set()
        for who, request_id in product((officer, asked), (*hidden, 9999)):
            with pytest.raises(NotFound) as refused:
                attempt(office, who.caller, request_id)
            sentences.add(refused.value.sentence)
        assert sentences == {NOT_THERE}, act
    with pytest.raises(NotFromHere, match="confidential"):
        ON_FACTS[Act.ASK_INSTEAD](office, asked.caller, hidden[0])
    for request_id in hidden:
        ON_FACTS[Act.ANSWER_FACTS](office, asked.caller, request_id)
        assert state_of(office, request_id) is FactState.ANSWERED


HOURS = WorkingHours(ZoneInfo("Europe/London"), Nation.ENGLAND, time(9), time(17), closed_on=frozenset[date]())
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001 (Hypothesis draws naive ones)


@given(now=MOMENTS, left=st.timedeltas(timedelta(seconds=1), timedelta(days=30)))
def test_half_of_what_is_left_and_never_after_the_deadline(now: datetime, left: timedelta) -> None:
    """To come, not after the deadline, half of what is left; of the working time, where that would come at night."""
    due_at, about = due_by_default(now + left, now, HOURS), timedelta(minutes=5)
    assert now < due_at <= now + left
    working = HOURS.time_between(now, now + left)
    if HOURS.is_open(now + left / 2) or not working:
        assert abs(due_at - (now + left / 2)) <= about
    else:
        assert abs(HOURS.time_between(now, due_at) - working / 2) <= about


@given(now=MOMENTS, late=st.timedeltas(timedelta(0), timedelta(days=3)))
def test_without_time_left_it_is_needed_soon(now: datetime, late: timedelta) -> None:
    """Half an hour, where the deadline has passed; one working day, where it is not known."""
    assert timedelta(minutes=25) < due_by_default(now - late, now, HOURS) - now <= timedelta(minutes=30)
    unknown = due_by_default(None, now, HOURS)
    assert timedelta(hours=7, minutes=55) <= HOURS.time_between(now, unknown) <= timedelta(hours=8)
