"""What people do in more than one story."""

import re
from datetime import timedelta

from playwright.sync_api import Locator, expect

from tests.browser.people import Person

QUESTION = "Why are the buses late?"
SCREENING = "Cancer screening (Dr Esther Lindqvist)"
TEXT = "The buses are late because of the snow. Nobody misses an appointment for it."


def log(person: Person, outlet: str, *, hours: float = 4) -> Locator:
    """Logs an enquiry as a press officer does, and gives its card."""
    person.run(f"/enquiry {QUESTION}")
    form = person.form("Log a media enquiry")
    form.fill("Journalist", "Rosa Achter")
    form.fill("Outlet", outlet)
    form.fill("E-mail", "rosa@vale-live.example")
    form.fill("Deadline", person.now + timedelta(hours=hours))
    form.pick("Topic", SCREENING)
    form.submit()
    return person.card(outlet)


def take(person: Person, card: Locator) -> None:
    person.press("Take it", card)
    expect(card).to_contain_text(f"Owner {person.name}")


def draft(person: Person, card: Locator, *, in_the_name_of: str, text: str = TEXT) -> None:
    person.press("Draft statement", card)
    form = person.form(f"Statement for {person.reference(card)}")
    form.fill("Text", text)
    form.pick("In the name of", in_the_name_of)
    form.submit()
    expect(card).to_contain_text("Being drafted")


def ask_for_signatures(person: Person, card: Locator) -> None:
    person.press("Ask for signatures", card)
    person.form(re.compile(r"STA-\d+: signatures")).submit()
    expect(card).to_contain_text("Waiting for")


def approve(person: Person, text: str = TEXT) -> None:
    """Answers the request for this text in the person's messages."""
    request = person.message(text)
    person.press("Approve", request)
    expect(request).to_contain_text("Approved")
