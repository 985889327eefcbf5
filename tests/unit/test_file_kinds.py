"""What is kept as evidence is what its name says: each kind with what it holds, and with what others hold."""

import pytest

from bot.core.file_kinds import KINDS, kind_of

CONTENTS = {
    "eml": b"Return-Path: <a@b.example>\r\nFrom: Esther <esther@b.example>\r\nSubject: Yes\r\n\r\nApproved.",
    "msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
    "pdf": b"%PDF-1.7\n\x00",
    "png": b"\x89PNG\r\n\x1a\n\0\0",
    "jpg": b"\xff\xd8\xff\xe0\0",
    "jpeg": b"\xff\xd8\xff\xe1\0",
    "heic": b"\0\0\0\x18ftypheic",
    "docx": b"PK\x03\x04\0",
    "txt": b"She rang at ten: yes.",
}
ALIKE = {"eml": {"txt"}, "jpg": {"jpeg"}, "jpeg": {"jpg"}}
"""What may pass for something else: an e-mail is text, too."""


@pytest.mark.parametrize("ending", KINDS)
def test_each_kind_is_known_by_what_it_holds(ending: str) -> None:
    """Under each name its own content fits, and no other's: a program that is called a PDF does not."""
    kind = kind_of(f"Her reply.{ending.upper()}")
    assert kind is not None
    assert {other for other, content in CONTENTS.items() if kind.fits(content)} == {
        other for other in CONTENTS if other == ending or ending in ALIKE.get(other, ())
    }
    assert not kind.fits(b"MZ\x90\0\x03\0")


@pytest.mark.parametrize("name", ["reply.exe", "reply", "pdf", "reply.pdf.scr", "", "a.", "reply.html"])
def test_other_names_are_of_no_kind(name: str) -> None:
    """What could run, and what says nothing of itself."""
    assert kind_of(name) is None
