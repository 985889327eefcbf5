"""The local workspace's own page, without the desk: what it lets run, and how it shows what people send."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.browser.windows import DESK, Windows
from tests.sandbox.conftest import MANIFEST, PLAN, TestClock

AMINA, OFFICE = "Amina Rahman", "press-office"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(PLAN, manifest=MANIFEST, clock=TestClock()) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


@pytest.fixture
def amina(sandbox: Sandbox, windows: Windows) -> Iterator[Page]:
    """Amina looking at the press office's channel. The page must have had nothing to complain of."""
    window = windows.borrow(DESK, sandbox.url)
    window.page.goto(f"{sandbox.url}/#as={sandbox.user_id(AMINA)}&in={sandbox.channel_id(OFFICE)}")
    expect(window.page.get_by_role("textbox", name=f"Message #{OFFICE}")).to_be_visible()
    yield window.page
    assert window.complaints == []
    windows.give_back(DESK, window)


def test_nothing_runs_on_the_page_but_its_own_files(sandbox: Sandbox, windows: Windows) -> None:
    """A script that somehow got into the page's text is not run, and nothing can be fetched from elsewhere."""
    window = windows.borrow(DESK, sandbox.url)
    window.page.goto(sandbox.url)
    window.page.evaluate(
        """() => {
            document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = true" }));
            const image = Object.assign(document.createElement("img"), { src: "https://example.org/x.png" });
            document.body.append(image);
        }"""
    )
    assert window.page.evaluate("window.ran") is None
    said = " ".join(window.complaints)
    assert "Content Security Policy directive 'script-src" in said.replace('"', "'")
    windows.give_back(DESK, window)


def test_a_mark_beside_an_invisible_joiner_is_no_formatting(sandbox: Sandbox, client: WebClient, amina: Page) -> None:
    text = "*bold* \u2060*\u2060plain\u2060*\u2060 \u2060`\u2060code\u2060`\u2060 a`b`c"
    client.chat_postMessage(channel=sandbox.channel_id(OFFICE), text=text)
    message = amina.get_by_role("article")
    expect(message.locator("strong", has_text="bold")).to_be_visible()
    expect(message.locator(".message-text strong")).to_have_count(1)
    expect(message.locator("code")).to_have_count(0)
