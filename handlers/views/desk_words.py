"""What `/desk` can do, in words."""

from collections.abc import Sequence

from handlers.views import words
from handlers.views.words import Drawn


def help_(usages: Sequence[tuple[str, str]]) -> Drawn:
    lines = [f"`/desk {word}` {does}" for word, does in usages]
    lines.append(
        "`/enquiry help` and `/briefing help` have what is done with those. Your Home shows what waits for you."
    )
    return Drawn("Help with /desk", [words.section("\n".join(lines))])


def unknown(typed: str, usages: Sequence[tuple[str, str]]) -> Drawn:
    said = words.section(f"“{words.plain(typed, 100)}” is nothing that `/desk` knows. This is what it does:")
    return Drawn("Help with /desk", [said, *help_(usages).blocks])
