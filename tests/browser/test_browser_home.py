"""The home, in a browser: what waits for each person, answered right there; and the settings."""

import re

from playwright.sync_api import expect

from tests.browser.people import AMINA, BEN, CARYS, ESTHER, GARETH, HOME, MESSAGES, People
from tests.browser.steps import TEXT, ask_for_signatures, draft, log, take


def test_what_waits_is_answered_in_the_home_and_others_see_it_at_once(people: People) -> None:
    """A signature given in one person's home leaves it, and the owner's home, open meanwhile, shows what is left."""
    amina, esther = people(AMINA), people(ESTHER, HOME)
    card = log(amina, "Vale Live")
    take(amina, card)
    draft(amina, card, in_the_name_of=GARETH)
    ask_for_signatures(amina, card)
    amina.go(HOME)
    expect(amina.place).to_contain_text(re.compile("Vale Live.*waiting for 2 signatures", re.DOTALL))

    expect(esther.place).to_contain_text(TEXT)
    esther.press("Approve", esther.line(TEXT))
    expect(esther.place).not_to_contain_text(TEXT)
    expect(amina.place).to_contain_text(re.compile("Vale Live.*waiting for 1 signature: Gareth Pryce-Bell", re.DOTALL))


def test_an_enquiry_is_taken_logged_and_looked_at_from_the_home(people: People) -> None:
    """What nobody has is offered to the press office, moves to Yours once taken, and a new one can be logged there."""
    ben, amina = people(BEN), people(AMINA, HOME)
    reference = ben.reference(log(ben, "Vale Live"))
    free = amina.line(reference)
    amina.press("Take it", free)
    yours = amina.line(reference)
    expect(yours.get_by_role("button", name="Draft statement")).to_be_visible()
    amina.press("Show", yours)
    page = amina.form(reference)
    page.says("Vale Live")
    page.close()
    amina.press("Log a media enquiry", amina.place)
    amina.form("Log a media enquiry").close()


def test_the_administrator_sets_up_the_office(people: People) -> None:
    """Hours, people with and without Slack, roles, topics and partners: each form saves, and the home shows it."""
    carys, amina = people(CARYS, HOME), people(AMINA, HOME)
    expect(amina.place.get_by_role("heading", name="Settings")).to_have_count(0)
    home = carys.place

    carys.press("Change press office", home)
    form = carys.form("Press office")
    form.pick("Duty officer", BEN)
    form.submit()
    expect(home).to_contain_text("Duty officer: Ben Okafor")
    carys.press("Change hours", home)
    form = carys.form("Hours")
    form.fill("Closes", "18:30")
    form.submit()
    expect(home).to_contain_text("09:00 to 18:30")

    carys.press("Add person without Slack", home)
    form = carys.form(re.compile("^Add person"))
    form.fill("Name", "Percival Dunstable")
    form.fill("E-mail", "percival@dunstable.example")
    form.pick("Roles", "Executive", "Board member")
    form.submit()
    expect(home).to_contain_text("Percival Dunstable (not in Slack): executive, board member")

    carys.press("Change person", home)
    form = carys.form("Change person")
    form.pick("Who", AMINA)
    form.send()
    form.pick("Roles", "On-call officer")
    form.submit()
    expect(home).to_contain_text("Amina Rahman: press officer, on-call officer")

    carys.press("Add topic", home)
    form = carys.form("Add topic")
    form.fill("Topic", "Winter plans")
    form.pick("Lead, who must sign what is said on it", ESTHER)
    form.submit()
    expect(home).to_contain_text("Winter plans: Dr Esther Lindqvist")

    carys.press("Add organisation", home)
    form = carys.form("Add organisation")
    form.fill("Name", "Vale Ambulance Trust")
    form.submit()
    carys.press("Log a media enquiry", home)
    form = carys.form("Log a media enquiry")
    form.pick("Organisation it concerns", "Vale Ambulance Trust")
    form.pick("Topic", "Winter plans (Dr Esther Lindqvist)")


def test_whoever_has_nothing_to_do_is_told_so(people: People) -> None:
    """A member of a partner's workspace sees a welcome, not other people's business, and is offered no commands."""
    kit = people("Kit Sandringhale", HOME)
    expect(kit.place).to_contain_text("Nothing waits for you")
    expect(kit.place).not_to_contain_text("ENQ-")
    kit.go(MESSAGES)
    expect(kit.place.get_by_role("button", name="Shortcuts")).to_be_hidden()
