"""Slack has it and the answer is lost, or nobody can tell: looked for, found or said again, and never twice."""

from bot.core.deadlines import Band
from handlers.views.words import BAND_WORDS
from tests.faults.helpers import OTHER, Day, assert_said_once
from tests.office import AMINA, GUS, PRESS


def test_a_card_whose_reply_was_lost_is_found(day: Day) -> None:
    """It is looked for once, not posted again, and what stands below it follows."""
    day.sandbox.faults.lose_reply("chat.postMessage")
    day.log()
    day.settle_in_a_hurry()
    assert_said_once(day.sandbox, day.database)
    assert len(day.calls("conversations.history")) == 1


def test_a_found_card_still_changes_with_its_time_band(day: Day) -> None:
    """Finding a card tells nothing of when its band changes, so it is drawn anew; or it would stay green for good."""
    day.sandbox.faults.lose_reply("chat.postMessage")
    day.log()
    day.office.settle()
    day.office.wait(hours=6.5)
    day.office.member(AMINA).sees(BAND_WORDS[Band.LATE], channel=PRESS)


def test_a_message_to_a_person_whose_reply_was_lost_is_found(day: Day) -> None:
    """In the conversation with that person."""
    day.tell(GUS, "Good morning.")
    day.office.settle()
    day.sandbox.faults.lose_reply("chat.postMessage")
    day.tell(GUS, "It is eleven.")
    day.settle_in_a_hurry()
    assert_said_once(day.sandbox, day.database)
    assert [message.text for message in day.office.member(GUS).messages()] == ["Good morning.", "It is eleven."]


def test_a_reply_whose_reply_was_lost_is_found_in_its_thread(day: Day) -> None:
    """History does not list replies; the thread does. Younger replies wait for it."""
    enquiry = day.log()
    day.office.settle()
    day.sandbox.faults.lose_reply("chat.postMessage")
    for number in range(3):
        day.note(enquiry, f"Note {number}")
    day.settle_in_a_hurry()
    assert_said_once(day.sandbox, day.database)
    assert len(day.calls("conversations.replies")) == 1


def test_what_is_looked_for_may_be_on_a_later_page(day: Day) -> None:
    """Two hundred messages came after it before anybody could look."""
    day.sandbox.faults.lose_reply("chat.postMessage")
    day.sandbox.faults.server_error("conversations.history")
    day.log()
    day.sandbox.wait_until(lambda: day.calls("conversations.history") or None)
    amina = day.office.member(AMINA)
    for number in range(210):
        amina.say(f"chatter {number}", channel=PRESS)
    day.settle_in_a_hurry()
    assert_said_once(day.sandbox, day.database)


def test_a_doubt_outlives_trouble_with_looking(day: Day) -> None:
    """The reply was lost, and then Slack cannot say what is there: nothing is posted until it can."""
    for ask, cause in enumerate(
        (day.sandbox.faults.rate_limit, day.sandbox.faults.server_error, day.sandbox.faults.no_reply), 1
    ):
        day.sandbox.faults.lose_reply("chat.postMessage")
        cause("conversations.history")
        day.say(PRESS, "once")
        day.settle_in_a_hurry()
        assert_said_once(day.sandbox, day.database)
        assert len(day.calls("conversations.history")) == 2 * ask


def test_an_error_that_may_have_succeeded_is_looked_into(day: Day) -> None:
    """Slack says of these that part of it may have been done."""
    for ask, error in enumerate(("internal_error", "fatal_error", "service_unavailable"), 1):
        day.sandbox.faults.refuse("chat.postMessage", error=error)
        day.say(PRESS, "once")
        day.settle_in_a_hurry()
        assert_said_once(day.sandbox, day.database)
        assert len(day.calls("conversations.history")) == ask


def test_a_server_error_is_tried_again(day: Day) -> None:
    """Once: looked for, not found, said."""
    day.sandbox.faults.server_error("chat.postMessage")
    day.log()
    day.settle_in_a_hurry()
    assert_said_once(day.sandbox, day.database)


def test_slack_is_out_of_order_for_long(day: Day) -> None:
    """However often it fails, nothing is given up; when Slack is back, all is said, in order."""
    enquiry = day.log()
    day.office.settle()
    day.sandbox.faults.server_error("*", times=60)
    for number in range(3):
        day.note(enquiry, f"Note {number}")
    day.tell(GUS, "Good morning.", "It is eleven.")

    def struck_often() -> bool | None:
        day.hurry()
        return len([call for call in day.sandbox.calls if call.error == "server_error"]) == 60 or None

    day.sandbox.wait_until(struck_often, patience=20)
    day.settle_in_a_hurry()
    assert_said_once(day.sandbox, day.database)


def test_no_reply_at_all_holds_up_nobody_else(day: Day) -> None:
    """One channel hangs; the other, and people, hear at once; then it is said there too."""
    day.sandbox.faults.no_reply("chat.postMessage", channel=day.sandbox.channel_id(PRESS))
    day.say(PRESS, "Here it hangs.")
    day.say(OTHER, "Here it does not.")
    day.tell(GUS, "Nor here.")
    day.sandbox.member(AMINA).sees("Here it does not.", channel=OTHER)
    day.sandbox.member(GUS).sees("Nor here.")
    assert day.sandbox.member(AMINA).messages(channel=PRESS) == []
    day.settle_in_a_hurry()
    assert_said_once(day.sandbox, day.database)


def test_a_token_that_is_not_taken_loses_nothing(day: Day) -> None:
    """Nothing can be told to anybody then; when the token is right again, all is said."""
    day.sandbox.faults.refuse("*", error="token_revoked", times=20)
    day.log()
    day.tell(GUS, "Good morning.")

    def refused() -> bool | None:
        day.hurry()
        return len([call for call in day.sandbox.calls if call.error == "token_revoked"]) == 20 or None

    day.sandbox.wait_until(refused, patience=10)
    day.settle_in_a_hurry()
    assert_said_once(day.sandbox, day.database)
