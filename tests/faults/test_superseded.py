"""A request to sign a text that has been replaced is not sent; and if it was, it says so and can sign nothing."""

from secrets import token_hex

import pytest

from bot.desk import statements
from bot.sandbox.api_calls import Call
from storage.people import Role, Topic
from storage.statements import StatementKind
from tests.faults.helpers import Day, assert_said_once
from tests.office import ESTHER

FIRST, SECOND = "The buses are late because of snow.", "The buses were late. They are on time again."


@pytest.fixture
def statement(day: Day) -> int:
    """A statement, drafted and not yet asked about. Esther leads its topic and speaks: she alone will be asked."""
    with day.desk.on_its_own(day.office.app.workspace_id) as work:
        esther = day.person(work.tx, ESTHER)
        esther.roles = frozenset({Role.LEAD, Role.SPOKESPERSON})
        topic = Topic(name="Buses", lead_id=esther.id)
        work.tx.add(topic)
    started = statements.start(
        day.desk,
        day.amina,
        day.log(topic=topic),
        kind=StatementKind.STATEMENT,
        spokesperson_id=esther.id,
        text=FIRST,
        once=token_hex(8),
    )
    day.office.settle()
    return started.id


def ask(day: Day, statement: int) -> None:
    statements.request_signoff(day.desk, day.amina, statement, draft=1, added=[], once=token_hex(8))


def replace(day: Day, statement: int) -> None:
    statements.write_draft(day.desk, day.amina, statement, SECOND, based_on=1, once=token_hex(8))


def asks_for_the_first(call: Call) -> bool:
    return call.method == "chat.postMessage" and "Please sign" in str(call.args) and FIRST in str(call.args)


def conversation_with_esther(day: Day) -> str:
    """Its id in Slack, once something has been said there. (Others are told of the same request at the same time.)"""
    day.tell(ESTHER, "Good morning.")
    day.office.settle()
    with day.database.transaction(day.office.app.workspace_id) as tx:
        return str(day.person(tx, ESTHER).dm_channel_id)


def the_one_request(day: Day) -> str:
    """What Esther has before her when all is said."""
    day.settle_in_a_hurry()
    assert_said_once(day.sandbox, day.database)
    (request,) = day.sandbox.member(ESTHER).messages()
    assert request.buttons == ["Approve", "Ask for changes", "Suggest wording"]
    return request.text


def test_replaced_before_anybody_sends_it(day: Day, statement: int) -> None:
    """It is taken back in the transaction of the new draft."""
    day.delivery.stop()
    ask(day, statement)
    replace(day, statement)
    day.delivery.start()
    assert SECOND in the_one_request(day)
    assert not [call for call in day.sandbox.calls if asks_for_the_first(call)]


def test_replaced_between_the_claim_and_the_post(day: Day, statement: int) -> None:
    """Its authority is checked again when the post begins: a new draft written before that moment stops it."""
    at_work_on_it = day.when(lambda call: call.method == "conversations.open", lambda: replace(day, statement))
    ask(day, statement)
    assert at_work_on_it.wait(5)
    assert SECOND in the_one_request(day)
    assert not [call for call in day.sandbox.calls if asks_for_the_first(call)]


def test_replaced_while_nobody_knows_whether_it_arrived(day: Day, statement: int) -> None:
    """It did not, so it is not sent again."""
    day.sandbox.faults.no_reply("chat.postMessage", channel=conversation_with_esther(day))
    begun = day.when(asks_for_the_first, lambda: replace(day, statement))
    ask(day, statement)
    assert begun.wait(5)
    day.settle_in_a_hurry()
    assert len([call for call in day.sandbox.calls if asks_for_the_first(call)]) == 1
    assert [FIRST in message.text for message in day.sandbox.member(ESTHER).messages()] == [False, False]


def test_replaced_when_it_has_arrived_and_the_reply_is_lost(day: Day, statement: int) -> None:
    """It is found, and then says that the text was replaced; nothing on it can be pressed."""
    day.sandbox.faults.lose_reply("chat.postMessage", channel=conversation_with_esther(day))
    arrived = day.when(asks_for_the_first, lambda: replace(day, statement))
    ask(day, statement)
    assert arrived.wait(5)
    day.settle_in_a_hurry()
    assert_said_once(day.sandbox, day.database)
    _, first, second = day.sandbox.member(ESTHER).messages()
    assert first.buttons == []
    assert "Approve" in second.buttons
