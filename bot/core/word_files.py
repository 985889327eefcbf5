"""Word files (.docx): a heading, paragraphs, lists and tables, in the hand of any office program.

What a person typed goes in as it is, without control characters, which XML does not know.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.shared import Emu, Mm, Pt

from storage.database import without_controls

FONT, FONT_POINTS = "Arial", 11
"""What NHS and council guidance on accessible documents asks for: plain letters, of a size that can be read."""

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Mm(210), Mm(297), Mm(20)
"""A4: what offices here print on."""
_LINE_WIDTH = PAGE_WIDTH - 2 * MARGIN


class WordFile:
    """One document on its way. `title` stands on top and in the file's properties; `at` is when it was made (UTC)."""

    def __init__(self, title: str, *, author: str, at: datetime) -> None:
        self._file: WordDocument = docx.Document()
        style = self._file.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(FONT_POINTS)
        page = self._file.sections[0]
        page.page_width, page.page_height = PAGE_WIDTH, PAGE_HEIGHT
        page.left_margin = page.right_margin = MARGIN
        properties = self._file.core_properties
        properties.title, properties.author, properties.language = _clean(title), _clean(author), "en-GB"
        properties.created = properties.modified = at.replace(tzinfo=None)
        properties.comments = ""
        self._file.add_heading(_clean(title), level=0)

    def heading(self, words: str) -> None:
        self._file.add_heading(_clean(words), level=1)

    def paragraph(self, text: str) -> None:
        """One paragraph for each line that a blank line ends; single line ends stay line ends."""
        for part in _clean(text).split("\n\n"):
            self._file.add_paragraph(part)

    def numbered(self, entries: Sequence[str]) -> None:
        for entry in entries:
            self._file.add_paragraph(_clean(entry), style="List Number")

    def bullets(self, entries: Sequence[str]) -> None:
        for entry in entries:
            self._file.add_paragraph(_clean(entry), style="List Bullet")

    def running_head(self, words: str) -> None:
        """Words on top of each page."""
        self._file.sections[0].header.paragraphs[0].text = _clean(words)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[int] = ()) -> None:
        """A table whose first row is its heading, repeated on each page. `widths`: of its columns, in hundredths."""
        table = self._file.add_table(rows=1, cols=len(head), style="Table Grid")
        for cell, words in zip(table.rows[0].cells, head, strict=True):
            cell.paragraphs[0].add_run(_clean(words)).bold = True
        heading = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 (python-docx has no name for it)
        heading.append(heading.makeelement(f"{{{heading.nsmap['w']}}}tblHeader", {}))
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = _clean(words)
        if widths:
            table.autofit = False
            for column, width in zip(table.columns, widths, strict=True):
                column.width = Emu(_LINE_WIDTH * width // 100)
                for cell in column.cells:
                    cell.width = column.width

    def content(self) -> bytes:
        """The file, whole."""
        buffer = BytesIO()
        self._file.save(buffer)
        return buffer.getvalue()


def _clean(text: str) -> str:
    return without_controls(text)
