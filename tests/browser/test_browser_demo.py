"""The demo as a newcomer starts it, its pictures in README, and what happens where there is no browser."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import screenshots
from tests.browser.conftest import BROWSER, no_browser
from tests.browser.demo import Demo
from tests.browser.windows import Windows

ROOT = Path(__file__).parent.parent.parent


def test_the_command_prints_an_address_at_which_one_can_be_anybody(chromium: Browser, tmp_path: Path) -> None:
    """`comms-desk demo` serves the page where it says; whoever opens it sees the cards and may become somebody else."""
    command = [sys.executable, "-m", "bot", "demo", "--folder", str(tmp_path / "demo"), "--port", "0", "--fresh"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own command)
    assert process.stdout is not None
    page = chromium.new_page()
    try:
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert address is not None
        page.goto(address[0])
        expect(page.get_by_role("heading", name=re.compile("^ENQ-1 ·"))).to_be_visible(timeout=30_000)
        page.get_by_role("button", name=re.compile("^Acting as")).click()
        dialog = page.get_by_role("dialog", name="Act as")
        dialog.get_by_role("button", name="Dr Esther Lindqvist").click()
        expect(page.get_by_role("button", name=re.compile("^Acting as Dr Esther Lindqvist"))).to_be_visible()
        page.get_by_role("link", name=re.compile("^Comms Desk")).click()
        expect(page.get_by_role("button", name="Approve")).to_be_visible()
    finally:
        page.context.close()
        process.terminate()
        ended = process.wait(timeout=30)
        process.stdout.close()
    assert ended == 0


def test_the_pictures_in_readme_can_be_taken_anew_and_are_small(windows: Windows, demo: Demo, tmp_path: Path) -> None:
    """Every picture that README shows is one that `tests.browser.screenshots` takes, is there, and is under 300 kB."""
    screenshots.take(windows, demo, tmp_path)
    taken = {file.name: file.stat().st_size for file in tmp_path.iterdir()}
    assert max(taken.values()) < screenshots.MOST_BYTES
    shown = re.findall(r"\(docs/images/([^)]+)\)", (ROOT / "README.md").read_text())
    assert shown
    assert set(shown) <= set(taken)
    kept = {file.name: file.stat().st_size for file in screenshots.FOLDER.iterdir()}
    assert set(shown) <= set(kept)
    assert max(kept.values()) < screenshots.MOST_BYTES


def test_a_missing_browser_is_said_and_fails_where_one_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody's tests are skipped with what to install; where COMMS_DESK_BROWSER=required is set, they fail."""
    monkeypatch.delenv(BROWSER, raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt install chromium"):
        no_browser()
    monkeypatch.setenv(BROWSER, "required")
    with pytest.raises(pytest.fail.Exception, match="apt install chromium"):
        no_browser()
