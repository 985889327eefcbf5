"""Sixty people take the messages home, some away, some gone, some without Slack: asked once, chased right."""

import time
from datetime import UTC, datetime, timedelta
from functools import partial
from secrets import token_hex

from bot.core.workspaces import Caller
from bot.desk import cascade_cards, cascades, leave, people, settings
from bot.desk.cascades import Said
from bot.desk.leave import Absence
from bot.desk.people import Profile
from bot.desk.settings import PersonDetails
from storage import cascades as records
from storage import people as person_records
from storage.cascades import CascadeState, Count, PassedBy
from storage.people import Role
from storage.signoffs import HeardBy
from tests.faults.helpers import Day, desk_at_work
from tests.office import AMINA, CARYS, ESTHER, PRESS
from tests.scenarios.briefed import IN_SLACK_OF_SIXTY, MESSAGES, OF_SIXTY, OUTSIDE_OF_SIXTY, make_sixty, post

AWAY_WITH_DEPUTY, AWAY_ALONE, GONE_BEFORE, GONE_UNKNOWN = IN_SLACK_OF_SIXTY[:4]
LOSES_ROLE, LEAVES, HAS_DEPUTY = IN_SLACK_OF_SIXTY[4:7]
PASSED = Said(CascadeState.PASSED_ON, to_whom="All team leaders", how=PassedBy.EMAIL)


def nine_on(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 9, 1, tzinfo=UTC)


class Sixty:
    """The office, the sixty, and the briefing that they take home."""

    def __init__(self, day: Day) -> None:
        self.office, self.desk = day.office, day.desk
        self.ids = make_sixty(day.office)
        self.briefing_id = 0

    def caller(self, name: str) -> Caller:
        return self.office.caller(name)

    def told(self, name: str, words: str) -> list[str]:
        return [message.text for message in self.office.member(name).messages() if words in message.text]

    def count(self) -> Count:
        with self.desk.on_its_own(self.office.app.workspace_id, read_only=True) as work:
            return records.count(work.tx, self.briefing_id)

    def record_of(self, name: str) -> int:
        with self.desk.on_its_own(self.office.app.workspace_id, read_only=True) as work:
            found = records.of_person(work.tx, self.briefing_id, self.ids[name])
        assert found is not None
        return found.id

    def passes_on(self, name: str, *, by: str | None = None) -> None:
        cascades.passed_on(self.desk, self.caller(by or name), self.record_of(name), PASSED, once=token_hex(8))

    def reminded(self, whom: tuple[str, ...]) -> dict[str, int]:
        """How many reminders each has had."""
        return {
            name: sum(MESSAGES not in text for text in self.told(name, "Please pass on the key messages"))
            for name in whom
        }

    def card(self) -> str:
        self.office.settle()
        [text] = [m.text for m in self.office.member(AMINA).messages(channel=PRESS) if "passed on BRF-1 · " in m.text]
        return text


def test_sixty_people_take_the_messages_home(sqlite_url: str) -> None:
    """Asked once each; counted; chased on the 2nd and 4th working day, their deputies on the 5th, Carys on the 7th."""
    with desk_at_work(sqlite_url, plan=OF_SIXTY) as day:
        sixty = Sixty(day)
        _somebody_is_away_and_somebody_is_gone(sixty)
        began = time.perf_counter()
        sixty.briefing_id = post(sixty.office)
        assert time.perf_counter() - began < 30, "written and said"
        _each_is_asked_once(sixty)
        _twenty_pass_it_on(sixty)
        _the_rest_are_chased(sixty)


def _somebody_is_away_and_somebody_is_gone(sixty: Sixty) -> None:
    office, amina = sixty.office, sixty.caller(AMINA)
    with sixty.desk.on_its_own(office.app.workspace_id) as work:
        esther = person_records.arrive(
            work.tx, slack_user_id=office.sandbox.user_id(ESTHER), slack_team_id=office.sandbox.team_id, name=ESTHER
        )
        gone = person_records.get(work.tx, sixty.ids[GONE_BEFORE])
        assert gone is not None
        gone.left_at = work.now
        has_deputy = person_records.get(work.tx, sixty.ids[HAS_DEPUTY])
        assert has_deputy is not None
        has_deputy.deputy_id = esther.id
    back = office.clock.now() + timedelta(days=30)
    for name, deputy_id in ((AWAY_WITH_DEPUTY, esther.id), (AWAY_ALONE, None)):
        leave.set_for(sixty.desk, amina, sixty.ids[name], Absence(None, back, deputy_id), once=token_hex(8))
    office.sandbox.deactivate(GONE_UNKNOWN)


def _each_is_asked_once(sixty: Sixty) -> None:
    asked = "Please pass on the key messages of Board meeting"
    there = [name for name in IN_SLACK_OF_SIXTY if name not in {AWAY_WITH_DEPUTY, GONE_BEFORE, GONE_UNKNOWN}]
    assert {name: len(sixty.told(name, asked)) for name in there} == dict.fromkeys(there, 1)
    assert len(sixty.told(ESTHER, f"for {AWAY_WITH_DEPUTY}, for whom you stand in")) == 1
    assert sixty.told(AWAY_WITH_DEPUTY, asked) == []
    [carry] = sixty.told(AMINA, "13 people are not in Slack")
    for name in (*OUTSIDE_OF_SIXTY, GONE_BEFORE):
        assert name in carry
    assert "outsider.49@partners.example" in carry
    assert len(sixty.told(AMINA, f"{GONE_UNKNOWN} has left this Slack workspace, and is not asked")) == 1
    assert sixty.count() == Count(0, 59, 0, 59, datetime(2026, 11, 30, 17, 0, tzinfo=UTC))
    assert "0 of 59 have passed on" in sixty.card()
    assert "Member" not in sixty.card(), "a channel reads no names"


def _twenty_pass_it_on(sixty: Sixty) -> None:
    """Fourteen press it, a deputy does for somebody away, five answer outside Slack; two are not asked any more."""
    for name in IN_SLACK_OF_SIXTY[10:24]:
        sixty.passes_on(name)
    sixty.passes_on(AWAY_WITH_DEPUTY, by=ESTHER)
    heard = Said(PASSED.said, PASSED.to_whom, PASSED.how, heard_by=HeardBy.EMAIL)
    for name in OUTSIDE_OF_SIXTY[:5]:
        cascades.record(sixty.desk, sixty.caller(AMINA), sixty.record_of(name), heard, once=token_hex(8))
    loses = PersonDetails(
        slack_user_id=sixty.office.sandbox.user_id(LOSES_ROLE),
        name=LOSES_ROLE,
        email="",
        roles=frozenset({Role.LEAD}),
        organisation_id=None,
        deputy_id=None,
    )
    settings.save_person(sixty.desk, sixty.caller(CARYS), loses, person_id=sixty.ids[LOSES_ROLE], once=token_hex(8))
    gone = Profile(LEAVES, (sixty.office.sandbox.team_id,), is_workspace_owner=False, is_guest=False, has_left=True)
    people.apply_profile(sixty.desk, sixty.office.app.workspace_id, sixty.ids[LEAVES], gone)
    sixty.office.settle()
    assert "20 of 57 have passed on" in sixty.card()
    for name in (LOSES_ROLE, LEAVES):
        assert len(sixty.told(AMINA, f"{name} has")) == 1, "the press office hears of it, with what to do"
    who = partial(cascade_cards.who, sixty.desk, sixty.caller(AMINA), sixty.briefing_id)
    lines = (*who().lines, *who(offset=cascade_cards.PER_PAGE).lines)
    assert len({line.cascade.person_id for line in lines}) == who().total == 60
    by_deputy = next(line for line in lines if line.cascade.person.name == AWAY_WITH_DEPUTY)
    assert by_deputy.reply is not None
    assert by_deputy.reply.given_by.name == ESTHER


def _the_rest_are_chased(sixty: Sixty) -> None:
    still = tuple(name for name in IN_SLACK_OF_SIXTY[24:] if name != HAS_DEPUTY)
    done = IN_SLACK_OF_SIXTY[10:24]
    many = "people have not said whether they passed on"
    for number, morning in enumerate((nine_on(25), nine_on(27)), 1):
        sixty.office.wait_until(morning)
        assert sixty.reminded(still) == dict.fromkeys(still, number)
        assert sixty.reminded(done) == dict.fromkeys(done, 0), "nobody who has said something is chased"
        assert len(sixty.told(AMINA, f"9 {many}")) == number, (
            "the seven outside, who is gone, who is away alone: one line"
        )
    sixty.passes_on(still[0])
    sixty.office.wait_until(nine_on(30))
    assert sixty.reminded(still) == dict.fromkeys(still, 2)
    assert len(sixty.told(ESTHER, f"{HAS_DEPUTY} has not said")) == 1
    sixty.passes_on(HAS_DEPUTY, by=ESTHER)
    sixty.office.wait_until(nine_on(2, 12))
    assert len(sixty.told(CARYS, many)) == 1
    assert sixty.reminded(still) == dict.fromkeys(still, 2)
    nobody = [m.text for m in sixty.office.member(AMINA).messages(channel=PRESS) if "Reminder" in m.text]
    assert nobody == [], "nor is anybody named in a channel"
    assert "22 of 57 have passed on" in sixty.card()
