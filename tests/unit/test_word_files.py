"""Word files, read back as another program reads them."""

from datetime import UTC, datetime
from io import BytesIO

import docx

from bot.core.word_files import WordFile


def test_what_was_typed_stands_in_the_file_without_what_xml_does_not_know() -> None:
    file = WordFile("Key messages", author="Northbrook", at=datetime(2026, 11, 23, 10, tzinfo=UTC))
    file.paragraph("First.\n\nSecond <b>&amp;\x00")
    file.numbered(["One", "Two"])
    file.table(["Row", "Done"], [["Finance", "Yes"]])
    read = docx.Document(BytesIO(file.content()))
    assert [part.text for part in read.paragraphs] == ["Key messages", "First.", "Second <b>&amp;", "One", "Two"]
    assert [[cell.text for cell in row.cells] for row in read.tables[0].rows] == [["Row", "Done"], ["Finance", "Yes"]]
    assert [bool(row._tr.xpath("./w:trPr/w:cantSplit")) for row in read.tables[0].rows] == [True, True]
    fields = read.sections[0].footer._element.xpath(".//w:fldSimple/@w:instr")
    assert fields == ["PAGE", "NUMPAGES"]
    assert (read.core_properties.title, read.core_properties.author) == ("Key messages", "Northbrook")
