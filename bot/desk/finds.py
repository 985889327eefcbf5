"""Finding what was asked and what was said, and using it again."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk.terms import APART
from storage import corrections, enquiries, finds, imports, statements
from storage import enquiry_lists as lists
from storage.database import Transaction
from storage.enquiries import Enquiry
from storage.enquiry_lists import Listed, Question
from storage.finds import Term
from storage.statements import Statement, StatementKind, StatementStatus

PAGE = 8
LONGEST_WORDS = 300
"""Characters that are looked for; whoever pastes a whole e-mail means its beginning."""
MOST_TERMS = 12
MOST_OFFERED = 300

_STOP_WORDS = frozenset(
    word
    for line in (
        "a about after all also an and any are as at be because been but by can could did do does for from had has",
        "have he her his how i if in into is it its me my no not of on or our out say said she so some than that the",
        "their them then there they this to was we were what when where which who why will with would you your",
    )
    for word in line.split()
)


class SaidIn(StrEnum):
    """Where something that was sent is kept: in a statement, or as it was brought along from before Comms Desk."""

    STATEMENT = "statement"
    BEFORE = "before"


@dataclass(frozen=True)
class Said:
    """Something that went out. `at` (UTC) is when; `id` is the statement's, or the enquiry's that brought it along."""

    where: SaidIn
    id: int
    text: str
    at: datetime
    reference: str = ""
    kind: StatementKind | None = None
    correction: Statement | None = None
    """What puts right a mistake in it, under way or issued: this text is not to be used again."""

    @property
    def marked(self) -> str:
        """The text, and before it in brackets what whoever reads it elsewhere has to know."""
        marks = [APART[self.kind]] if self.kind in APART else []
        if self.correction is not None:
            marks.append(f"corrected by {self.correction.reference}" if self.is_corrected else "being corrected")
        return f"[{', '.join(marks)}] {self.text}" if marks else self.text

    @property
    def is_corrected(self) -> bool:
        return self.correction is not None and self.correction.status is StatementStatus.ISSUED


@dataclass(frozen=True)
class Found:
    """An enquiry that was found, and what was sent on it, newest first."""

    enquiry: Enquiry
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Search:
    """A page of what was found for some words. Not `has_all`: nothing has all of them, these have some."""

    words: str
    found: tuple[Found, ...]
    total: int
    offset: int
    has_all: bool
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Reuse:
    """A text that went out, and the person's own open enquiries that it could be used for."""

    said: Said
    enquiries: tuple[Enquiry, ...]


def find(desk: Desk, caller: Caller, words: str, *, offset: int = 0) -> Search:
    """What has all the words, or else some of them: in the question, the outlet, the journalist, or what was sent."""
    words = " ".join(words.split())[:LONGEST_WORDS]
    terms = terms_of(words)
    with desk.looking(caller, Act.SEE_ENQUIRIES) as work:
        found = finds.enquiries(work.tx, terms, now=work.now, offset=offset, limit=PAGE)
        has_all = found.total > 0 or len(terms) < 2
        if not has_all:
            found = finds.enquiries(work.tx, terms, now=work.now, all_of_them=False, offset=offset, limit=PAGE)
        shown = lists.in_this_order(work.tx, found.ids)
        said = said_on(work.tx, [enquiry.id for enquiry in shown])
        lines = tuple(Found(enquiry, said[enquiry.id]) for enquiry in shown)
        return Search(words, lines, found.total, offset, has_all, tuple(terms))


def to_reuse(desk: Desk, caller: Caller, where: SaidIn, id_: int) -> Reuse:
    """The text, and whose draft it can become."""
    with desk.looking(caller, Act.SEE_ENQUIRIES) as work:
        said = _one(work, where, id_)
        question = Question(Listed.MINE, work.person, work.now)
        own = lists.page(work.tx, question, limit=MOST_OFFERED).found
        if not own:
            raise BadInput("You have no open enquiry to use it in. Take one first, then choose Use this again.")
        return Reuse(said, tuple(own))


def said_to_reuse(desk: Desk, caller: Caller, where: SaidIn, id_: int) -> Said:
    with desk.looking(caller, Act.SEE_ENQUIRIES) as work:
        return _one(work, where, id_)


def _one(work: Work, where: SaidIn, id_: int) -> Said:
    tied = statements.enquiries_of(work.tx, id_) if where is SaidIn.STATEMENT else []
    ids = [enquiry.id for enquiry in tied] if tied else [id_]
    seen = [one for one in ids if enquiries.get(work.tx, one) is not None]
    for said in (said for of_it in said_on(work.tx, seen).values() for said in of_it):
        if (said.where, said.id) == (where, id_):
            _refuse_what_was_wrong(said)
            return said
    raise NotFound("This text is not on file. Look for it again with /enquiry find.")


def _refuse_what_was_wrong(said: Said) -> None:
    if said.correction is None:
        return
    by = said.correction.reference
    raise NotFromHere(
        f"{said.reference} was corrected by {by}. Use that text: look for it again with /enquiry find."
        if said.is_corrected
        else f"There is a mistake in {said.reference}, and {by}, which corrects it, has not gone out yet. Wait for "
        "it, or write the text anew."
    )


def said_on(tx: Transaction, enquiry_ids: Sequence[int]) -> dict[int, tuple[Said, ...]]:
    """What went out on each of several enquiries, in so many questions, however many they are.

    The newest first; but what was wrong comes after all that was right.
    """
    if not enquiry_ids:
        return {}
    dispatches = statements.dispatches_to(tx, enquiry_ids)
    corrected = corrections.of_several(tx, {one.id for of_it in dispatches.values() for one, _ in of_it})
    before = imports.answers(tx, enquiry_ids)
    owners = {one.id: one for one in enquiries.several(tx, before)}
    found: dict[int, tuple[Said, ...]] = {}
    for enquiry_id in enquiry_ids:
        sent = [
            Said(
                SaidIn.STATEMENT,
                one.id,
                dispatch.draft.text,
                dispatch.sent_at,
                one.reference,
                one.kind,
                corrected.get(one.id),
            )
            for one, dispatch in dispatches[enquiry_id]
        ]
        if (brought := before.get(enquiry_id)) is not None:
            enquiry = owners[enquiry_id]
            sent.append(Said(SaidIn.BEFORE, enquiry_id, brought.answer or "", enquiry.closed_at or enquiry.received_at))
        found[enquiry_id] = tuple(sorted(sent, key=lambda said: (said.correction is None, said.at), reverse=True))
    return found


# -- words


def terms_of(typed: str) -> list[Term]:
    """What somebody looks for: words, "phrases in quotes", and the beginnings of words, with a star: `screen*`.

    Anything else is taken for spaces, so nothing that can be typed is an error. Words that say nothing (`the`, `why`)
    are left out, unless there are no others.
    """
    found = list(_terms(typed[:LONGEST_WORDS]))
    telling = [term for term in found if len(term.words) > 1 or term.is_prefix or not _says_nothing(term.words[0])]
    return list(dict.fromkeys(telling or found))[:MOST_TERMS]


def _terms(typed: str) -> Iterator[Term]:
    for match in _TERM.finditer(folded(typed).replace("“", '"').replace("”", '"')):
        if phrase := match.group("phrase"):
            words = tuple(_WORD.findall(phrase))
            if words:
                yield Term(words)
        elif begun := match.group("begun"):
            yield Term((begun,), is_prefix=True)
        elif word := match.group("word"):
            yield Term((word,))


_WORD = re.compile(r"[^\W_]{1,60}")
_TERM = re.compile(r'"(?P<phrase>[^"]*)"|(?P<begun>[^\W_]{2,60})\*|(?P<word>[^\W_]{1,60})')


def _says_nothing(word: str) -> bool:
    return word in _STOP_WORDS or (len(word) == 1 and word.isalpha())


def folded(text: str) -> str:
    """Without accents and capitals, as the index has it."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def passage(text: str, terms: Sequence[Term], most: int) -> str:
    """The part of a text in which the first of the words stands; its beginning if none does."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    place = min((at for term in terms if (at := _place(text, term)) is not None), default=0)
    start = max(0, place - most // 4)
    if start:
        start = text.find(" ", start, place) + 1 or start
    end = start + most - 2
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _place(text: str, term: Term) -> int | None:
    """Where a word, or one with the same beginning, stands: the index finds `buses` for `bus`, and so does this."""
    begun = term.words[0][: max(3, len(term.words[0]) - 2)]
    for match in _WORD.finditer(text):
        if folded(match.group()).startswith(begun):
            return match.start()
    return None
