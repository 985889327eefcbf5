"""Key messages as a Word file: the signed text to the letter, and nothing of it twice."""

from datetime import UTC, date, datetime
from io import BytesIO

import docx

from bot.desk import cascade_files
from bot.desk.briefing_text import Content, Link, compose
from bot.desk.cascade_files import MessagesToSend

DAY = date(2026, 11, 24)
SIGNED = compose("Board meeting", DAY, Content(("One.", "Two.", "Three."), (Link("Agenda", "https://b.example/a"),)))


def written(text: str) -> list[tuple[str, str]]:
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    shown = MessagesToSend("BRF-1", "Board meeting", DAY, text, "Gareth Pryce", "Northbrook", at)
    read = docx.Document(BytesIO(cascade_files.make(shown).content))
    return [(str(part.style and part.style.name), part.text) for part in read.paragraphs]


def test_the_first_line_of_the_text_is_the_title_and_stands_there_once() -> None:
    title, _, *text = written(SIGNED)
    assert title == ("Title", "Key messages: Board meeting, Tuesday 24 November 2026")
    assert text == [
        ("Heading 1", "The messages"),
        *(("Normal", message) for message in ("1. One.", "2. Two.", "3. Three.")),
        ("Heading 1", "Papers"),
        ("Normal", "Agenda: https://b.example/a"),
    ]


def test_a_first_line_that_somebody_wrote_stays() -> None:
    """A signatory may have put it otherwise, and they are passed on in the words that were signed."""
    other = SIGNED.replace("Key messages: Board meeting", "What the board decided")
    assert ("Normal", "What the board decided, Tuesday 24 November 2026") in written(other)
