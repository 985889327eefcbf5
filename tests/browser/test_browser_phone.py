"""The essentials on a phone, 390 pixels wide; and the main path without touching a mouse."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import AMINA, ESTHER, GARETH, HOME, MESSAGES, People, Person
from tests.browser.steps import TEXT, approve, draft, log, take

TOO_WIDE = """
() => [...document.querySelectorAll("#place *, #thread *, dialog[open] *")]
  .filter((one) => one.checkVisibility() && !one.closest(".unseen"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => `${one.tagName}.${one.className}: ${one.textContent.slice(0, 40)}`)
"""


def test_the_main_path_fits_a_phone(people_on_phones: People) -> None:
    """Logged, taken, drafted, asked, read in the thread, approved, seen at home: nothing runs off the screen."""
    amina, esther = people_on_phones(AMINA), people_on_phones(ESTHER, MESSAGES)
    card = log(amina, "Vale Live and the whole of its long-winded sister paper")
    _fits(amina)
    take(amina, card)
    amina.press("Draft statement", card)
    _fits(amina)
    amina.form(re.compile("^Statement for")).close()
    draft(amina, card, in_the_name_of=GARETH)
    amina.press("Ask for signatures", card)
    _fits(amina)
    amina.form(re.compile(r"STA-\d+: signatures")).submit()
    expect(card).to_contain_text("Waiting for 2 signatures")
    amina.open_thread(card)
    _fits(amina)
    expect(amina.thread).to_contain_text(TEXT)
    amina.press("Close thread", amina.thread)

    _fits(esther)
    approve(esther)
    _fits(esther)

    amina.press("Menu", amina.place)
    amina.page.get_by_role("navigation", name="Channels").get_by_role("link", name="Comms Desk").click()
    amina.page.get_by_role("tab", name="Home").click()
    expect(amina.place).to_contain_text("waiting for 1 signature: Gareth Pryce-Bell")
    _fits(amina)


def test_settings_and_lists_fit_a_phone(people_on_phones: People) -> None:
    """The administrator's home and a list of enquiries need no scrolling sideways."""
    carys = people_on_phones("Carys Whitlock", HOME)
    _fits(carys)
    carys.press("Change press office", carys.place)
    _fits(carys)
    carys.form("Press office").close()
    carys.go("press-office")
    carys.run("/enquiry list")
    expect(carys.message("Only visible to you")).to_contain_text("open enquir")
    _fits(carys)


def test_the_main_path_without_a_mouse(people: People) -> None:
    """From the command to the approval by another person, with the keys alone."""
    page = people(AMINA).page
    keys = page.keyboard
    _log(page)
    card = page.get_by_role("article").filter(has_text="Vale Live")
    expect(card).to_be_visible()
    _tab_to(page, "Take it", backwards=True)
    keys.press("Enter")
    expect(card).to_contain_text("Owner Amina Rahman")
    expect(card).to_be_focused()  # the button is gone; the next key must not land on another card
    _tab_to(page, "Draft statement")
    keys.press("Enter")
    expect(page.get_by_label("Text", exact=True)).to_be_focused()
    keys.type(TEXT)
    _tab_to(page, "In the name of")
    _choose(page, "Gareth")
    keys.press("Control+Enter")
    expect(card).to_contain_text("Being drafted")
    _tab_to(page, "Ask for signatures")
    keys.press("Enter")
    expect(page.get_by_role("dialog", name=re.compile("signatures"))).to_be_visible()
    keys.press("Control+Enter")
    expect(card).to_contain_text("Waiting for 2 signatures")

    _tab_to(page, re.compile("Acting as Amina"))
    keys.press("Enter")
    expect(page.get_by_label("Find a person")).to_be_focused()
    keys.type("Lindqvist")
    keys.press("Enter")
    expect(page.get_by_role("button", name=re.compile("Acting as Dr Esther"))).to_be_visible()
    _tab_to(page, re.compile(r"^Comms Desk(\d+ unread)?$"))
    keys.press("Enter")
    request = page.get_by_role("main").get_by_role("article").filter(has_text=TEXT)
    expect(request).to_be_visible()
    _tab_to(page, "Approve", backwards=True)
    keys.press("Enter")
    expect(request).to_contain_text("Approved")


def _log(page: Page) -> None:
    keys = page.keyboard
    _tab_to(page, "Message #press-office")
    keys.type("/enquiry Why are the buses late?")
    keys.press("Enter")
    expect(page.get_by_label("What is asked")).to_be_focused()
    for label, words in (("Journalist", "Rosa Achter"), ("Outlet", "Vale Live")):
        _tab_to(page, label)
        keys.type(words)
    _tab_to(page, "Only phoned so far: their e-mail and deadline are still to come")
    keys.press("Space")
    _tab_to(page, "Phone")
    keys.type("01632 960777")
    _tab_to(page, "How it came")
    _choose(page, "Phone")
    _tab_to(page, "Topic")
    _choose(page, "Cancer screening")
    keys.press("Control+Enter")


def _fits(person: Person) -> None:
    """Everything on the screen can be read without scrolling sideways."""
    assert person.page.evaluate(TOO_WIDE) == []
    assert person.page.evaluate("document.documentElement.scrollWidth") == 390


def _tab_to(page: Page, name: str | re.Pattern[str], *, backwards: bool = False) -> None:
    """Presses Tab until the control of this name has the focus."""
    seen = []
    for _ in range(120):
        focused = page.evaluate(NAME_OF_THE_FOCUSED)
        seen.append(focused)
        if re.search(name, focused) if isinstance(name, re.Pattern) else focused == name:
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"Tab does not lead to {name}, only to {seen}")


def _choose(page: Page, words: str) -> None:
    """Types until one option is left, and takes it."""
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("option")).to_have_count(0)


NAME_OF_THE_FOCUSED = """
() => {
  const one = document.activeElement;
  if (one === document.body) return "";
  const words = one.labels?.length ? one.labels[0].textContent : one.getAttribute("aria-label") ?? one.textContent;
  return (words ?? "").trim();
}
"""
