"""The pictures in README: `python -m tests.browser.screenshots` takes them anew."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Locator, expect, sync_playwright

from tests.browser import demo as demos
from tests.browser.demo import Demo
from tests.browser.people import AMINA, FARAH, HOME, MABEL, MESSAGES, People, Person
from tests.browser.windows import DESK, PHONE, Screen, Windows, launched

FOLDER = Path(__file__).parent.parent.parent / "docs" / "images"
MOST_BYTES = 300_000

LAPTOP = replace(DESK, width=1200, height=760, scale=1.25)


def press_channel(amina: Person) -> None:
    """A card in the press channel, and its history in the thread."""
    card = amina.card("Radio Eastvale")
    amina.open_thread(card)
    expect(amina.thread.get_by_role("article").last).to_be_visible()
    _to_the_top(card)


def request_to_sign(farah: Person) -> None:
    """The whole text in one message, with what can be answered."""
    expect(farah.message("Please sign").get_by_role("button", name="Approve")).to_be_visible()


def home(amina: Person) -> None:
    """What waits for a press officer."""
    expect(amina.place.get_by_role("heading", name="Waiting for you")).to_be_visible()


def key_messages(mabel: Person) -> None:
    """What the board said, to be taken home."""
    asked = mabel.message("Please pass on")
    expect(asked.get_by_role("button", name="Passed on")).to_be_visible()
    _to_the_top(asked)


def phone(amina: Person) -> None:
    """The same card on a phone."""
    _to_the_top(amina.card("Radio Eastvale"))


PICTURES: dict[str, tuple[Screen, str, str, Callable[[Person], None]]] = {
    "press-channel": (LAPTOP, AMINA, "press-office", press_channel),
    "request-to-sign": (replace(LAPTOP, width=1000, height=560), FARAH, MESSAGES, request_to_sign),
    "home": (LAPTOP, AMINA, HOME, home),
    "key-messages": (replace(LAPTOP, width=1000, height=680), MABEL, MESSAGES, key_messages),
    "phone": (replace(PHONE, scale=2), AMINA, "press-office", phone),
}
"""By name: on what screen, who looks, where, and what they do before the picture is taken."""


def take(windows: Windows, demo: Demo, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, (screen, who, where, arrange) in PICTURES.items():
        with People(windows, demo, screen) as people:
            person = people(who, where)
            arrange(person)
            person.page.mouse.move(0, 0)
            person.page.screenshot(path=folder / f"{name}.png", animations="disabled", caret="hide")


def _to_the_top(card: Locator) -> None:
    card.evaluate("(card) => card.scrollIntoView({ block: 'start' })")


def main() -> int:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launched(playwright)
        if browser is None:
            sys.exit("There is no Chromium to take pictures with.")
        seeded = Path(folder) / "seeded"
        demos.seed(seeded)
        with demos.copy_of(seeded, Path(folder) / "demo") as demo:
            take(Windows(browser), demo, FOLDER)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
