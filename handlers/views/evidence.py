"""Files as evidence: putting them in, and how they are listed."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, InputBlock, RichTextBlock, RichTextElementParts, RichTextSectionElement
from slack_sdk.models.views import View

from bot.desk.evidence import MOST_FILES, EvidencePage, Recorded, in_kilobytes
from bot.desk.unblocking import HEARD_WORDS
from handlers import ids
from handlers.views import forms, room, words
from storage.evidence import EvidenceFile
from storage.signoffs import Signature

MOST_LISTED = 10
"""Files of one reply, the newest."""


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


def page(shown: EvidencePage) -> View:
    """Every answer to a draft that did not come by a press: who said so, how, when, and what shows it."""
    heading = words.section(f"*{words.plain(shown.title, words.LONGEST_TITLE)}, draft {shown.draft}*")
    if not shown.recorded:
        return forms.page("Evidence", [heading, words.section("Everyone who answered this draft pressed themselves.")])
    groups = [_recorded(one) for one in shown.recorded]
    return forms.page("Evidence", [heading, *room.VIEW.lay_out(groups, beside=[heading], rest=_rest)])


def _recorded(one: Recorded) -> list[Block]:
    signature = one.signature
    recorded_by = words.name(signature.recorded_by.name) if signature.recorded_by else "a press officer"
    how = f" {HEARD_WORDS[signature.heard_by]}" if signature.heard_by else ""
    when = f", {words.moment(signature.heard_at)}" if signature.heard_at else ""
    said_by = words.name((signature.given_by or signature.person).name)
    link = [words.verbatim(signature.evidence_link)] if signature.evidence_link else []
    return [
        words.section(f"*{said_by}*{how}{when}. Recorded by {recorded_by}:"),
        words.quote(signature.evidence or "–"),
        *link,
        *listed(one.files[-MOST_LISTED:]),
        *words.buttons([words.button("Attach a file", ids.ATTACH_EVIDENCE, signature.id)]),
    ]


def _rest(number: int) -> Block:
    return words.small(f"And {number} more.")


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
