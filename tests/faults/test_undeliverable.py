"""What cannot be said is told to somebody who can mend it, holds nobody up, and is said once it is mended."""

import sqlalchemy as sa

from bot.sandbox import Message
from storage.outbox import Posting
from tests.faults.helpers import OTHER, Day, assert_said_once
from tests.office import AMINA, CARYS, GUS, PRESS


def _told(day: Day, words: str) -> Message:
    """What the comms lead was told, once."""
    day.sandbox.member(CARYS).sees(words)
    day.office.settle()
    found = [message for message in day.sandbox.member(CARYS).messages() if words in message.text]
    assert len(found) == 1
    return found[0]


def test_the_channel_is_archived(connected_day: Day) -> None:
    """The card and what stands below it fail; the lead is told once, opens it again, and presses Try again."""
    day = connected_day
    enquiry = day.log()
    day.office.settle()
    day.sandbox.archive(PRESS)
    day.take(enquiry)
    day.note(enquiry, "The bus company was rung.")
    notice = _told(day, "the channel is archived")
    day.sandbox.unarchive(PRESS)
    day.sandbox.member(CARYS).press("Try again", on=notice)
    amina = day.sandbox.member(AMINA)
    card = amina.sees("Owner  Amina Rahman", channel=PRESS)
    amina.sees("The bus company was rung.", channel=PRESS, thread=card)
    day.office.settle()
    assert_said_once(day.sandbox, day.database)


def test_the_desk_is_taken_out_of_the_channel_before_a_card_goes_up(connected_day: Day) -> None:
    """Nothing of the card is there, and what stands below it waits for it."""
    day = connected_day
    day.sandbox.remove_bot(PRESS)
    day.log()
    notice = _told(day, "not in the channel")
    day.sandbox.invite_bot(PRESS)
    day.sandbox.member(CARYS).press("Try again", on=notice)
    amina = day.sandbox.member(AMINA)
    amina.sees("logged ENQ-1", channel=PRESS, thread=amina.sees("ENQ-1", channel=PRESS))
    day.office.settle()
    assert_said_once(day.sandbox, day.database)


def test_a_card_is_deleted_by_hand(connected_day: Day) -> None:
    """The lead is told; Try again puts a new card up, with what was to stand below the old one."""
    day = connected_day
    enquiry = day.log()
    day.office.settle()
    card = day.sandbox.member(AMINA).sees("ENQ-1", channel=PRESS)
    day.sandbox.ask(lambda: _delete_thread(day, card))
    day.note(enquiry, "The bus company was rung.")
    notice = _told(day, "the message was deleted")
    day.sandbox.member(CARYS).press("Try again", on=notice)
    amina = day.sandbox.member(AMINA)
    amina.sees("The bus company was rung.", channel=PRESS, thread=amina.sees("ENQ-1", channel=PRESS))
    day.office.settle()
    assert len(amina.messages(channel=PRESS)) == 1


def test_somebody_has_left(day: Day) -> None:
    """Slack takes messages to them without a word; the desk asks first, says nothing there, and tells the lead."""
    day.sandbox.deactivate(GUS)
    day.tell(GUS, "Good morning.")
    _told(day, "Gus Guest could not be told something")
    assert not [call for call in day.calls("chat.postMessage") if call.args["text"] == "Good morning."]


def test_somebody_leaves_later(day: Day) -> None:
    """Who was there an hour ago is asked after again."""
    day.tell(GUS, "Good morning.")
    day.office.settle()
    day.sandbox.deactivate(GUS)
    day.office.wait(hours=2)
    day.tell(GUS, "It is noon.")
    _told(day, "Gus Guest could not be told something")
    assert not [call for call in day.calls("chat.postMessage") if call.args["text"] == "It is noon."]


def test_who_is_still_there_cannot_be_found_out(day: Day) -> None:
    """Then the message is worth a try."""
    day.sandbox.faults.server_error("users.info")
    day.tell(GUS, "Good morning.")
    day.sandbox.member(GUS).sees("Good morning.")


def test_a_message_slack_does_not_take_holds_nobody_up(day: Day) -> None:
    """The ones after it, in the same channel, are there; the lead is told at once."""
    day.sandbox.faults.refuse("chat.postMessage", error="invalid_blocks", channel=day.sandbox.channel_id(PRESS))
    day.say(PRESS, "poison", "first", "second")
    _told(day, "invalid_blocks")
    assert [message.text for message in day.sandbox.member(AMINA).messages(channel=PRESS)] == ["first", "second"]


def test_a_message_the_desk_cannot_draw_holds_nobody_up(day: Day) -> None:
    """A fault of the desk's own is tried a few times, while others go on, and then told."""
    day.say(OTHER, "poison")
    with day.database.across_workspaces() as view:
        view.session.execute(sa.update(Posting).where(Posting.ts.is_(None)).values(detail={}))
    day.say(OTHER, "first", "second")
    day.tell(GUS, "Good morning.")
    day.settle_in_a_hurry()
    assert [message.text for message in day.sandbox.member(AMINA).messages(channel=OTHER)] == ["first", "second"]
    _told(day, "cannot be shown in their channel")


def test_an_answer_nobody_foresaw_is_tried_a_few_times_and_then_told(day: Day) -> None:
    """And not for ever."""
    day.sandbox.faults.refuse("chat.postMessage", error="a_new_code", times=100, channel=day.sandbox.channel_id(PRESS))
    day.say(PRESS, "poison")
    day.settle_in_a_hurry()
    _told(day, "a_new_code")
    assert len(day.calls("chat.postMessage", channel=day.sandbox.channel_id(PRESS))) == 8


def test_a_home_that_was_refused_is_drawn_at_the_next_change(connected_day: Day) -> None:
    """Nobody is told of it, so it must not stay blank for good."""
    day = connected_day
    day.sandbox.faults.refuse("views.publish", error="invalid_arguments")
    amina = day.sandbox.member(AMINA)
    day.sandbox.ask(lambda: day.sandbox.acts.open_home(amina.person))
    day.sandbox.wait_until(lambda: day.calls("views.publish") or None)
    day.office.settle()
    assert amina.home is None
    amina.open_home()


def _delete_thread(day: Day, card: Message) -> None:
    for post in day.sandbox.workspace.posts_in(card.channel):
        if card.ts in (post.ts, post.thread_ts):
            day.sandbox.workspace.drop_post(post)
