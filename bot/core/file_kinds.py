"""What a file is: by the end of its name, and by what it holds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from io import BytesIO
from zipfile import BadZipFile, ZipFile


@dataclass(frozen=True)
class FileKind:
    """`called` is how people call it; `fits` says of a file's content whether it can be one."""

    called: str
    fits: Callable[[bytes], bool]


def _begins(*marks: bytes, at: int = 0) -> Callable[[bytes], bool]:
    return lambda content: content[at:].startswith(marks)


def _is_email(content: bytes) -> bool:
    """What mail programs save: headers first, among them one that every e-mail has."""
    head = re.split(rb"\r?\n\r?\n", content.removeprefix(b"\xef\xbb\xbf").lstrip(), maxsplit=1)[0]
    headers = BytesHeaderParser().parsebytes(head[:200_000])
    return any(name in headers for name in ("From", "Date", "Subject", "Received", "Message-ID"))


def _is_text(content: bytes) -> bool:
    return b"\0" not in content or content.startswith((b"\xff\xfe", b"\xfe\xff"))


def _is_office(folder: str) -> Callable[[bytes], bool]:
    """Of the three that look alike, the one that keeps its pages in this folder."""

    def fits(content: bytes) -> bool:
        try:
            with ZipFile(BytesIO(content)) as file:
                return any(name.startswith(f"{folder}/") for name in file.namelist())
        except (BadZipFile, ValueError, OSError):
            return False

    return fits


_JPEG = FileKind("a picture (JPEG)", _begins(b"\xff\xd8\xff"))
_OLDER_OFFICE = _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
KINDS: Mapping[str, FileKind] = {
    "eml": FileKind("a saved e-mail", _is_email),
    "msg": FileKind("an e-mail saved by Outlook", _OLDER_OFFICE),
    "pdf": FileKind("a PDF", lambda content: b"%PDF-" in content[:1024]),
    "png": FileKind("a picture (PNG)", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "heic": FileKind("a picture (HEIC)", _begins(b"ftyp", at=4)),
    "docx": FileKind("a Word document", _begins(b"PK\x03\x04")),
    "txt": FileKind("a text", _is_text),
}
"""By the end of the name, in small letters."""


PAPER_KINDS: Mapping[str, FileKind] = {
    "pdf": KINDS["pdf"],
    "docx": FileKind("a Word document", _is_office("word")),
    "xlsx": FileKind("an Excel workbook", _is_office("xl")),
    "pptx": FileKind("a PowerPoint presentation", _is_office("ppt")),
}
"""What agendas, papers and minutes come as."""


def kind_of(name: str, kinds: Mapping[str, FileKind] = KINDS) -> FileKind | None:
    """None: none of those that the desk knows."""
    return kinds.get(name.rpartition(".")[2].lower()) if "." in name else None


def something_else(kind: FileKind | None) -> str:
    """What is said of a file that does not hold what its name says, and what to do."""
    if kind is None:
        return "It is none of the kinds that can be kept. Save it as a PDF and give it again."
    return f"It is named as {kind.called} and is something else. Save it as {kind.called} and give it again."
