"""Key messages as a Word file, to be forwarded as they are."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core import outbox
from bot.core.documents import Document
from bot.core.permissions import Act
from bot.core.word_files import WordFile
from bot.core.workspaces import Work
from bot.desk import cascade_cards
from bot.desk.briefing_text import PAPERS, in_words
from bot.desk.cascade_steps import about, replaced_by, subject_of
from storage import briefings, cascades, workspaces
from storage.briefings import Briefing
from storage.cascades import Cascade
from storage.outbox import Posting, PostingKind
from storage.subjects import SubjectKind


@dataclass(frozen=True)
class MessagesToSend:
    """The messages as they go out to whoever asked for them.

    `agreed` says who signed, in a sentence; `at` is when the file was made (UTC); `replaced_by` is the reference of the
    briefing that was posted in place of this one, if one was.
    """

    reference: str
    meeting: str
    day: date
    text: str
    agreed: str
    partnership: str
    at: datetime
    replaced_by: str | None = None


def send(work: Work, cascade: Cascade) -> None:
    """To whoever takes them home. Pressed twice in a minute, it is sent once."""
    subject, person = subject_of(cascade.id), work.person
    key = f"cascade-file:{cascade.id}:{person.id}:{work.now:%Y-%m-%dT%H:%M}"
    outbox.post(work, PostingKind.CASCADE_FILE, subject, person=person, dedupe_key=key)
    work.record(Act.READ_MESSAGES, subject, file="docx")


def send_of(work: Work, briefing: Briefing) -> None:
    """To whoever sends it on by e-mail."""
    subject, person = about(briefing.id), work.person
    key = f"cascade-file:of:{briefing.id}:{person.id}:{work.now:%Y-%m-%dT%H:%M}"
    outbox.post(work, PostingKind.CASCADE_FILE, subject, person=person, dedupe_key=key)
    work.record(Act.READ_MESSAGES, subject, file="docx")


def load(work: Work, posting: Posting) -> MessagesToSend | None:
    """None, if whoever asked has left meanwhile."""
    if posting.person is None or not posting.person.on_slack:
        return None
    briefing_id: int | None = posting.subject_id
    if posting.subject_kind is SubjectKind.CASCADE:
        cascade = cascades.get(work.tx, posting.subject_id)
        briefing_id = cascade.briefing_id if cascade else None
    briefing = briefings.get(work.tx, briefing_id) if briefing_id else None
    if briefing is None:
        return None
    newer = replaced_by(work.tx, briefing.id)
    return MessagesToSend(
        reference=briefing.reference,
        meeting=briefing.meeting.title,
        day=cascade_cards.day_of(work, briefing),
        text=cascade_cards.signed_text(work.tx, briefing),
        agreed=cascade_cards.agreed(work.tx, briefing),
        partnership=workspaces.get(work.tx).name,
        at=work.now,
        replaced_by=newer.reference if newer is not None else None,
    )


def make(shown: MessagesToSend) -> Document:
    title = f"Key messages: {' '.join(shown.meeting.split())}, {in_words(shown.day)}"
    file = WordFile(title, author=shown.partnership, at=shown.at)
    if shown.replaced_by is not None:
        file.paragraph(f"Replaced by {shown.replaced_by}. Please pass on those messages, and not these.")
    asked = "Please pass these messages on to your people, in these words."
    file.paragraph(" ".join(filter(None, (f"{shown.partnership}.", shown.agreed, asked))))
    file.heading("The messages")
    for block in _below(title, shown.text).split("\n\n"):
        first, _, rest = block.partition("\n")
        if first == PAPERS and rest:
            file.heading(PAPERS)
        file.paragraph(rest if first == PAPERS and rest else block)
    return Document(
        name=f"key-messages-{shown.reference}-{shown.day:%Y-%m-%d}.docx",
        title=title,
        content=file.content(),
        facts={"reference": shown.reference},
    )


def _below(title: str, text: str) -> str:
    """The signed text; its first line stands above it already, where that is the title to the letter."""
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if first == title else text
