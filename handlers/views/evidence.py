"""Files as evidence: putting them in, and how they are listed."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, InputBlock, RichTextBlock, RichTextElementParts, RichTextSectionElement
from slack_sdk.models.views import View

from bot.desk.evidence import MOST_FILES, in_kilobytes
from handlers import ids
from handlers.views import forms, words
from storage.evidence import EvidenceFile
from storage.signoffs import Signature


def files_input(*, optional: bool) -> InputBlock:
    return forms.files(
        "files",
        "Attach it",
        most=MOST_FILES,
        hint="The saved e-mail, a PDF or a screenshot, 10 MB at most.",
        optional=optional,
    )


def attach_form(signature: Signature) -> View:
    """More evidence of a reply that was recorded before."""
    return forms.form(
        "Attach a file",
        ids.ATTACH_FORM,
        [
            words.section(
                f"It is kept as evidence of what {words.name((signature.given_by or signature.person).name)} said of "
                f"draft {signature.draft.number}."
            ),
            files_input(optional=False),
        ],
        submit="Attach",
        about={"signature": signature.id},
    )


def listed(files: Sequence[EvidenceFile]) -> list[Block]:
    """Each file with its size and what proves it, and where it is in Slack."""
    return [_line(file) for file in files]


def _line(file: EvidenceFile) -> RichTextBlock:
    proof = f", SHA-256 {file.sha256}" if file.sha256 else ", not read yet"
    name = words.typed(file.name, words.LONGEST_TITLE)
    named = (
        RichTextElementParts.Link(url=file.permalink, text=name)
        if file.permalink
        else RichTextElementParts.Text(text=name)
    )
    about = RichTextElementParts.Text(text=f", {in_kilobytes(file.size)}{proof}")
    return RichTextBlock(elements=[RichTextSectionElement(elements=[named, about])])
