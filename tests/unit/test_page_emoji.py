"""The local workspace shows every emoji that we write: its page must know the name."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHORTCODE = re.compile(r":([a-z][a-z0-9_]+):(?=[ \"\\])")


def test_the_page_knows_every_emoji_of_ours() -> None:
    sheet = (ROOT / "bot/sandbox/page/emoji.js").read_text(encoding="utf-8").split("`")[1].split()
    known = set(sheet[::2])
    ours = {name for file in (ROOT / "handlers").rglob("*.py") for name in SHORTCODE.findall(file.read_text("utf-8"))}
    assert "palm_tree" in ours
    assert ours <= known, ours - known
