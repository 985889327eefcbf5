"""Word files (.docx): a heading, paragraphs, lists and tables, in the hand of any office program.

What a person typed goes in as it is, without control characters, which XML does not know.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.table import _Row

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
        self._number_pages()

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
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = _clean(words)
        for row_ in table.rows:
            _marked(row_, "w:cantSplit")
        _marked(table.rows[0], "w:tblHeader")
        if widths:
            table.autofit = False
            for column, width in zip(table.columns, widths, strict=True):
                column.width = Emu(_LINE_WIDTH * width // 100)
                for cell in column.cells:
                    cell.width = column.width

    def _number_pages(self) -> None:
        """`3 of 7` at the bottom of each page. What stands in the fields is counted by whatever program opens it."""
        footer = self._file.sections[0].footer.paragraphs[0]
        footer.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER
        for before, field in (("", "PAGE"), (" of ", "NUMPAGES")):
            footer.add_run(before)
            of_field = OxmlElement("w:fldSimple")
            of_field.set(qn("w:instr"), field)
            of_field.append(footer.add_run("1")._r)  # noqa: SLF001 (python-docx has no fields)
            footer._p.append(of_field)  # noqa: SLF001

    def content(self) -> bytes:
        """The file, whole."""
        buffer = BytesIO()
        self._file.save(buffer)
        return buffer.getvalue()


def _marked(row: _Row, mark: str) -> None:
    """A mark on a row of a table: that it stays on one page, or heads each page."""
    row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001 (python-docx has no name for either)


def _clean(text: str) -> str:
    return without_controls(text)
