"""The clock is moved forward, and what is due happens before one's eyes."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.people import AMINA, CARYS, HOME, MESSAGES, People
from tests.browser.steps import log, take


def test_reminders_climb_while_the_clock_is_moved(people: People) -> None:
    """Owner at half time, silenced to the next rung by Seen, put off by Snooze; once due, the comms lead hears too."""
    amina, carys = people(AMINA), people(CARYS, MESSAGES)
    card = log(amina, "Vale Live", hours=2)
    take(amina, card)
    expect(card).to_contain_text("less than 3 hours left")
    amina.go(MESSAGES)

    amina.move_clock("+1 hour")
    reminded = amina.message("Vale Live")
    expect(reminded).to_contain_text("less than 3 hours left")
    amina.press("Seen", amina.line("Vale Live", reminded))
    expect(reminded).to_contain_text("You have seen this")

    for _ in range(3):
        amina.move_clock("+10 min")
    reminded = amina.message("Vale Live")
    expect(reminded).to_contain_text("less than half an hour left")
    amina.press("Snooze 30 minutes", amina.line("Vale Live", reminded))
    expect(reminded).to_contain_text("You will be reminded again")
    expect(carys.place.get_by_role("article").filter(has_text="Vale Live")).to_have_count(0)

    amina.move_clock("+1 hour")
    expect(amina.message("Vale Live")).to_contain_text("🔴 late")
    expect(carys.message("Vale Live")).to_contain_text("Amina Rahman has it")
    amina.go("press-office")
    expect(card).to_contain_text("🔴 late")


def test_an_enquiry_that_nobody_takes_is_named_in_the_press_channel(people: People) -> None:
    """After a quarter of an hour the channel is asked, once, in a message whose Take it works and then says Done."""
    amina = people(AMINA)
    card = log(amina, "Vale Live")
    for _ in range(2):
        amina.move_clock("+10 min")
    asked = amina.message(re.compile("Nobody has taken .*Vale Live"))
    amina.press("Take it", amina.line("Vale Live", asked))
    expect(card).to_contain_text("Owner Amina Rahman")
    expect(asked).to_contain_text("Done")


def test_nobody_is_reminded_at_night_of_what_can_wait(people: People) -> None:
    """Half of the time passes in the evening: the reminder waits for the next morning, and comes then."""
    amina = people(AMINA)
    card = log(amina, "Vale Live", hours=26)
    take(amina, card)
    amina.go(MESSAGES)
    # 09:10 → 19:10, by the dialog that moves the clock as far as one likes
    amina.page.get_by_role("button", name="Move forward by …").click()
    form = amina.form("Move the demo clock forward")
    evening = amina.now + timedelta(hours=10)
    form.fill("Hours", "10")
    form.says(f"{evening:%H:%M}")
    form.submit()
    expect(amina.page.get_by_role("region", name="Demo clock")).to_contain_text(f"{evening:%H:%M}")
    amina.settle()
    expect(amina.place.get_by_role("article").filter(has_text="Vale Live")).to_have_count(0)

    amina.move_clock("To next morning 09:00")
    expect(amina.message("Vale Live")).to_contain_text("less than 3 hours left")
    amina.go(HOME)
    expect(amina.place).to_contain_text("Vale Live")
