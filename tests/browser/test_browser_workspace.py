"""The local workspace's own page, without the desk: what it lets run, and how it shows what people send."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.browser.windows import DESK, Windows
from tests.sandbox.conftest import MANIFEST, PLAN, Bot, TestClock, input_block, modal, section

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


def test_a_file_is_attached_sent_and_fetched(sandbox: Sandbox, amina: Page, tmp_path: Path) -> None:
    chosen: list[FilePayload] = [
        {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF" * 600} for name in ("kept", "dropped")
    ]
    amina.locator("input[type=file]").first.set_input_files(chosen)
    amina.get_by_role("button", name="Remove dropped.pdf").click()
    amina.get_by_role("textbox", name=f"Message #{OFFICE}").fill("As agreed")
    amina.keyboard.press("Enter")
    card = amina.get_by_role("article").get_by_role("group", name="File kept.pdf")
    expect(card).to_contain_text("2.4 kB")
    expect(amina.locator(".composer .chip")).to_have_count(0)
    with amina.expect_download() as fetched:
        card.get_by_role("link", name="Download kept.pdf").click()
    fetched.value.save_as(tmp_path / "fetched.pdf")
    assert (tmp_path / "fetched.pdf").read_bytes() == b"%PDF" * 600
    [message] = sandbox.member(AMINA).messages(OFFICE)
    assert (message.text, [file.name for file in message.files]) == ("As agreed\nkept.pdf", ["kept.pdf"])
    sandbox.delete_file(message.files[0].id)
    expect(amina.get_by_role("article")).to_contain_text("This file was deleted.")


def test_an_email_is_read_and_taken_up_from_its_menu(sandbox: Sandbox, amina: Page) -> None:
    bot = Bot(sandbox)

    @bot.app.shortcut("from_message")
    def on_shortcut(ack: Any, body: Any, client: Any) -> None:
        ack()
        found = client.files_info(file=body["message"]["files"][0]["id"])["file"]
        client.views_open(trigger_id=body["trigger_id"], view=modal("Enquiry", blocks=[section(found["plain_text"])]))

    bot.connect()
    try:
        text = "<b>Why</b> are the buses late?"
        sandbox.member(AMINA).forward_email("Late buses", text, channel=OFFICE, sender="Rosa <rosa@courier.example>")
        card = amina.get_by_role("group", name="E-mail Late buses")
        expect(card).to_contain_text("From Rosa <rosa@courier.example>")
        expect(card).to_contain_text(text)
        card.hover()
        amina.get_by_role("button", name="More actions").click()
        amina.get_by_role("menuitem", name="Make an enquiry").click()
        expect(amina.get_by_role("dialog", name="Enquiry")).to_contain_text(text)
    finally:
        bot.close()


def test_a_form_asks_for_files(sandbox: Sandbox, client: WebClient, amina: Page) -> None:
    element = {"type": "file_input", "action_id": "files", "filetypes": ["pdf"], "max_files": 1}
    view = modal("Cuttings", blocks=[input_block("Cuttings", "cuttings", element)])
    trigger_id = sandbox.ask(lambda: sandbox.workspace.new_trigger(sandbox.workspace.person_named(AMINA).id))
    client.views_open(trigger_id=trigger_id, view=view)
    form = amina.get_by_role("dialog", name="Cuttings")
    form.get_by_role("button", name="Send").click()
    expect(form).to_contain_text("Please complete this required field.")
    large: FilePayload = {"name": "big.pdf", "mimeType": "application/pdf", "buffer": bytes(11_000_000)}
    form.locator("input[type=file]").set_input_files(large)
    expect(form).to_contain_text("big.pdf has 11 MB; 10 MB at most.")
    form.locator("input[type=file]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"x"})
    expect(form.locator(".chip")).to_contain_text("a.png")
    expect(form).not_to_contain_text("10 MB at most")
    form.get_by_role("button", name="Send").click()
    expect(form).to_contain_text("Please choose files of these kinds: pdf.")
