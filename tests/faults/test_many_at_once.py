"""Rate limits, slowness and quick changes: everyone else goes on, few calls are made, and the last state wins."""

import threading
from time import monotonic

from bot.app import build_app
from bot.core import outbox
from bot.sandbox.api_calls import Call
from storage import enquiries
from storage.subjects import Subject, SubjectKind
from tests.faults.helpers import OTHER, Day, all_said, assert_said_once, desk_at_work
from tests.office import AMINA, GUS, PRESS, config_for


def test_a_rate_limit_holds_back_one_channel_and_no_thread(day: Day) -> None:
    """For a second nothing is sent to the busy channel, others hear at once, and nobody sleeps meanwhile."""
    press = day.sandbox.channel_id(PRESS)
    day.sandbox.faults.rate_limit("chat.postMessage", retry_after=1, channel=press)
    began = monotonic()
    day.say(PRESS, "one", "two", "three")
    day.sandbox.wait_until(lambda: day.calls("chat.postMessage", channel=press) or None)
    day.say(OTHER, "elsewhere")
    day.tell(GUS, "to a person")
    day.sandbox.member(AMINA).sees("elsewhere", channel=OTHER)
    day.sandbox.member(GUS).sees("to a person")
    assert day.sandbox.member(AMINA).messages(channel=PRESS) == []
    day.sandbox.wait_until(lambda: not [t for t in threading.enumerate() if t.name == "sending"] or None)
    day.office.settle()
    assert monotonic() - began >= 1
    assert [message.text for message in day.sandbox.member(AMINA).messages(channel=PRESS)] == ["one", "two", "three"]
    assert len(day.calls("chat.postMessage", channel=press)) == 1 + 3
    assert not day.calls("conversations.history"), "a message that was refused need not be looked for"


def test_a_rate_limit_holds_back_one_person(day: Day) -> None:
    """The same for somebody's messages."""
    day.sandbox.faults.rate_limit("chat.postMessage", retry_after=1)
    day.tell(GUS, "one", "two", "three")
    day.office.settle()
    assert [message.text for message in day.sandbox.member(GUS).messages()] == ["one", "two", "three"]
    sends = [call for call in day.calls("chat.postMessage") if call.args["text"] in {"one", "two", "three"}]
    assert [call.error for call in sends] == ["rate_limit", None, None, None]


def test_a_rate_limit_on_a_change_holds_back_that_card_alone(day: Day) -> None:
    """New cards, and changes of others, go on."""
    first, second = day.log("The first"), day.log("The second")
    day.office.settle()
    day.sandbox.faults.rate_limit("chat.update", retry_after=30)
    day.take(first)
    day.sandbox.wait_until(lambda: day.calls("chat.update") or None)
    day.take(second)
    day.log("The third")
    amina = day.sandbox.member(AMINA)
    amina.sees("The third", channel=PRESS)
    day.sandbox.wait_until(lambda: len([call for call in day.calls("chat.update") if call.ok]) == 1 or None)
    assert [("Nobody yet" in card.text) for card in amina.messages(channel=PRESS)] == [True, False, True]
    day.settle_in_a_hurry()
    assert_said_once(day.sandbox, day.database)


def test_ten_quick_changes_are_few_calls_and_the_last_state_wins(day: Day) -> None:
    """Slack takes 150 ms a call; what changes meanwhile is one more call."""
    enquiry = day.log()
    day.office.settle()
    day.sandbox.faults.slow(seconds=0.15)
    for number in range(1, 11):
        _rename(day, enquiry, f"Paper {number}")
    day.office.settle()
    assert len(day.calls("chat.update")) <= 4
    day.sandbox.member(AMINA).sees("ENQ-1 · Paper 10", channel=PRESS)
    assert_said_once(day.sandbox, day.database)


def test_no_update_overtakes_another_also_with_two_processes(database_url: str) -> None:
    """Two desks on one database: a card goes through its states in order, and nothing is said by both."""
    with desk_at_work(database_url) as day:
        second = build_app(config_for(day.sandbox, day.database.url), clock=day.office.clock)
        second.delivery.start()
        try:
            enquiry = day.log()
            day.say(PRESS, *map(str, range(10)))
            day.sandbox.faults.slow("chat.update", seconds=0.02)
            for number in range(20):
                _rename(day, enquiry, f"Paper {number:02}")
                day.tell(GUS, str(number))
                second.delivery.wake()  # as its own half-second look would, sooner or later
            day.sandbox.wait_until(lambda: all_said(day.database) or None, patience=20)
        finally:
            second.stop()
        shown = [_paper(call) for call in day.calls("chat.update")]
        assert shown == sorted(shown)
        assert shown[-1] == "Paper 19"
        assert_said_once(day.sandbox, day.database)
        told = [message.text for message in day.sandbox.member(GUS).messages()]
        assert told == [str(number) for number in range(20)]


def test_what_people_wait_for_goes_before_what_a_tick_made(day: Day) -> None:
    """Also to the same person: a morning's reminders do not hold up an answer."""
    day.delivery.stop()
    day.tell(GUS, "reminder one", "reminder two", by_the_way=True)
    day.tell(GUS, "an answer")
    day.delivery.start()
    day.office.settle()
    told = [message.text for message in day.sandbox.member(GUS).messages()]
    assert told == ["an answer", "reminder one", "reminder two"]


def _rename(day: Day, enquiry_id: int, outlet: str) -> None:
    with day.desk.on_its_own(day.office.app.workspace_id) as work:
        enquiry = enquiries.get(work.tx, enquiry_id)
        assert enquiry is not None
        assert enquiries.change(work.tx, enquiry, to=enquiry.status, outlet=outlet)
        outbox.redraw(work, Subject(SubjectKind.ENQUIRY, enquiry_id))


def _paper(call: Call) -> str:
    return str(call.args["text"]).split("· ")[1][: len("Paper 00")]
