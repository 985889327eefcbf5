"""People at the demo in a browser: what they look at, press and fill in, by the names that they read there."""

import re
from datetime import datetime
from types import TracebackType
from typing import Self

from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import Demo
from tests.browser.windows import DESK, PATIENCE_MS, Screen, Window, Windows

AMINA, BEN, CARYS, DEV = "Amina Rahman", "Ben Okafor", "Carys Whitlock", "Dev Malhotra"
ESTHER, FARAH, GARETH, HANNAH = "Dr Esther Lindqvist", "Farah Castellane", "Gareth Pryce-Bell", "Hannah Oduya"
JOAN, LEONORA, MABEL = "Joan Tattersby", "Leonora Ashby-Quill", "Mabel Thistlewood"

HOME, MESSAGES, PRESS = "home", "messages", "press-office"
FIELD_TIME = "%Y-%m-%dT%H:%M"
"""How a date and time field of a browser is filled in, in the zone of whoever acts."""

Words = str | re.Pattern[str]
"""What is read: exactly so for names, as a part of it for what is said."""

expect.set_options(timeout=PATIENCE_MS)


class Form:
    """An open form, or a page to read."""

    def __init__(self, page: Page, title: Words) -> None:
        self.dialog = page.get_by_role("dialog", name=title, exact=True)
        expect(self.dialog).to_be_visible()
        self._page = page

    def field(self, label: Words) -> Locator:
        return self.dialog.get_by_label(label, exact=True)

    def fill(self, label: Words, value: str | datetime) -> None:
        self.field(label).fill(value if isinstance(value, str) else value.strftime(FIELD_TIME))

    def pick(self, label: str, *options: str) -> None:
        """Types the first letters of each option and takes it from the list."""
        for option in options:
            self.field(label).fill(option[:8])
            self._page.get_by_role("option", name=option).click()
        self.field(label).press("Tab")

    def tick(self, words: str) -> None:
        """A box or a radio button."""
        self.field(words).check()

    def submit(self) -> None:
        """Sends it, and the desk is content: it closes."""
        self.send()
        expect(self.dialog).to_be_hidden()

    def send(self) -> None:
        """Sends it, whatever comes of it."""
        self.dialog.locator("button[type=submit]").click()

    def says(self, words: Words) -> None:
        expect(self.dialog).to_contain_text(words)

    def refuses(self, label: str, sentence: Words) -> None:
        """It stays open, and says beside this field what to do."""
        field = self.dialog.locator(".field").filter(has=self._page.get_by_text(label, exact=True))
        expect(field.locator(".field-error")).to_contain_text(sentence)

    def close(self) -> None:
        self.dialog.locator("footer").get_by_role("button").first.click()
        expect(self.dialog).to_be_hidden()


class Person:
    """One member of the partnership, in a tab of their own."""

    def __init__(self, page: Page, demo: Demo, name: str) -> None:
        self.page = page
        self.name = name
        self._demo = demo
        self._user_id = demo.sandbox.user_id(name)

    # -- where they look

    def go(self, place: str) -> None:
        """A channel by its name, their home, or their messages from the desk."""
        where = place if place in {HOME, MESSAGES} else self._demo.sandbox.channel_id(place)
        self.page.goto(f"{self._demo.url}/#as={self._user_id}&in={where}")
        shown = {HOME: ".home .block", MESSAGES: "#place .message, #place .empty"}.get(place, "#place .message")
        expect(self.page.locator(shown).first).to_be_visible()

    @property
    def place(self) -> Locator:
        """What they look at, without the thread beside it."""
        return self.page.get_by_role("main")

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("complementary", name="Thread")

    def message(self, words: Words) -> Locator:
        """The newest message with these words, once it is there."""
        found = self.place.get_by_role("article").filter(has_text=words).last
        expect(found).to_be_visible()
        return found

    def card(self, title: str) -> Locator:
        """An enquiry's living card, by its reference or its outlet. There is only ever one."""
        heading = self.page.get_by_role("heading", name=re.compile(rf"(^| ){re.escape(title)}($| )"))
        found = self.place.get_by_role("article").filter(has=heading, has_not_text="Only visible to you")
        expect(found).to_be_visible()
        return found

    def reference(self, card: Locator) -> str:
        return (card.get_by_role("heading").first.text_content() or "").split(" ")[0]

    def line(self, words: str, within: Locator | None = None) -> Locator:
        """The row of buttons below these words, where several things stand below each other."""
        above = (within or self.place).locator(".block", has_text=words).last
        return above.locator("xpath=following-sibling::div[contains(@class, 'block-is-actions')][1]")

    def open_thread(self, card: Locator) -> Locator:
        card.get_by_role("button", name=re.compile(r"^\d+ repl")).click()
        expect(self.thread).to_be_visible()
        return self.thread

    # -- what they do

    def run(self, command: str) -> None:
        """Writes a command where they are."""
        box = self.page.get_by_role("textbox", name=re.compile("^Message "))
        box.fill(command)
        box.press("Enter")

    def form(self, title: Words) -> Form:
        return Form(self.page, title)

    def answer(self, title: Words, label: Words, words: str) -> None:
        """Fills in the one field that a small form is about, and sends it."""
        form = self.form(title)
        form.fill(label, words)
        form.submit()

    def press(self, button: str, on: Locator) -> None:
        on.get_by_role("button", name=button, exact=True).click()

    def choose(self, entry: str, on: Locator) -> None:
        """Something on the page behind a card's *Show more*."""
        self.press("Show more", on)
        self.page.get_by_role("dialog").get_by_role("button", name=entry, exact=True).click()

    # -- the time

    @property
    def now(self) -> datetime:
        """The demo's clock, as this person's wall shows it."""
        workspace = self._demo.sandbox.workspace
        return workspace.now_in(workspace.people[self._user_id].zone)

    def move_clock(self, button: str) -> None:
        """Moves it, and lets the desk say what has come due."""
        before = self.now
        self.page.get_by_role("region", name="Demo clock").get_by_role("button", name=button).click()
        self._demo.sandbox.wait_until(lambda: self.now > before or None)
        self.settle()

    def settle(self) -> None:
        """Returns when the desk has said all that has come due by now."""
        self._demo.tick()


class People:
    """Whoever a story needs, each at a window of their own. At its end, nothing may have gone wrong behind the page."""

    def __init__(self, windows: Windows, demo: Demo, screen: Screen = DESK) -> None:
        self._windows = windows
        self._demo = demo
        self._screen = screen
        self._in_use: list[Window] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for window in self._in_use:
            self._windows.give_back(self._screen, window)
        if error is None:
            assert [complaint for window in self._in_use for complaint in window.complaints] == []

    def __call__(self, name: str, place: str = PRESS) -> Person:
        window = self._windows.borrow(self._screen, self._demo.url)
        self._in_use.append(window)
        person = Person(window.page, self._demo, name)
        person.go(place)
        return person
