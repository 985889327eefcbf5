"""A browser for the demo's page. Without one these tests are skipped with a sentence, or fail where it is required."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import demo as demos
from tests.browser.demo import Demo
from tests.browser.people import People
from tests.browser.windows import PHONE, Windows, launched

BROWSER = "COMMS_DESK_BROWSER"
"""Set to `required`, a missing browser is a failure: whoever releases must not skip these stories unawares."""


def no_browser() -> NoReturn:
    """Skips, or fails where a browser is required; either way it says what to do."""
    sentence = (
        "There is no Chromium to look at the demo with. Install one: apt install chromium, "
        "or .venv/bin/playwright install chromium."
    )
    if os.environ.get(BROWSER) == "required":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all stories of a worker: it starts slower than the demo."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        if browser is None:
            no_browser()
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def windows(chromium: Browser) -> Windows:
    return Windows(chromium)


@pytest.fixture(scope="package")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's files at the point where it hands over to whoever opens it."""
    folder = tmp_path_factory.mktemp("demo") / "seeded"
    demos.seed(folder)
    return folder


@pytest.fixture
def demo(seeded: Path, tmp_path: Path) -> Iterator[Demo]:
    """A demo of its own for each story."""
    with demos.copy_of(seeded, tmp_path / "demo") as running:
        yield running


@pytest.fixture
def people(windows: Windows, demo: Demo) -> Iterator[People]:
    """The partnership at their desks, in windows 1280 pixels wide. The page must have had nothing to complain of."""
    with People(windows, demo) as people:
        yield people


@pytest.fixture
def people_on_phones(windows: Windows, demo: Demo) -> Iterator[People]:
    """The same on phones, 390 pixels wide."""
    with People(windows, demo, PHONE) as people:
        yield people
