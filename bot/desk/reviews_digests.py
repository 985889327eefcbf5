"""What digests tell of reviews: what is due for one, and what was put off since the last edition (DOMAIN §5).

Of what is due, the board sees what is marked for it; of what was put off, everything. The press office and the
programme office see everything.
"""

from bot.core.digest_parts import Edition, Entry, Part, Section, bounded
from bot.core.working_days import ONE_DAY
from bot.core.workspaces import Work
from bot.desk import reviews_cards
from bot.desk.reviews_cards import BOARD, SEE_ALL
from bot.desk.reviews_rules import in_words
from bot.desk.reviews_steps import subject_of
from storage import reviews
from storage.digests import ReaderKind
from storage.reviews import Review, ReviewEntry

MOST_LINES = 10
LONGEST_WHY = 300


def is_for_board(edition: Edition) -> bool:
    """Whether an edition tells of what is due only what the board is to see: one for it, or whoever may not see all."""
    readers = edition.digest.readers
    if any(reader.role in BOARD for reader in readers):
        return True
    if edition.reader is not None:
        return not edition.reader.roles & SEE_ALL
    return any(reader.kind is ReaderKind.CHANNEL for reader in readers)


def _see(edition: Edition, sentence: str) -> str:
    """Where the rest is, for those to whom it is shown there."""
    return sentence if edition.reader is None or edition.reader.roles & (SEE_ALL | BOARD) else ""


class ReviewsDue:
    name, label, needs = "reviews_due", "What is due for review", None

    def gather(self, work: Work, edition: Edition) -> Section:
        before = reviews_cards.soon(work) + ONE_DAY
        found = reviews.due_before(work.tx, before, for_board=is_for_board(edition))
        kept, more = bounded([_due(work, review) for review in found], MOST_LINES)
        see = _see(edition, "`/desk reviews due` shows all of them.")
        return Section("Due for review", kept, more, see, quiet="nothing is due for review in the next 20 working days")


class ReviewsPutOff:
    name, label, needs = "reviews_put_off", "Reviews put off", None

    def gather(self, work: Work, edition: Edition) -> Section:
        found = reviews.put_off_between(work.tx, edition.since, edition.due_at)
        kept, more = bounded([_put_off(entry, review) for entry, review in found], MOST_LINES)
        day = work.hours.local_day(edition.since)
        quiet = f"no review has been put off since {day.day} {day:%B}"
        see = _see(edition, "`/desk reviews put off` shows those that still are.")
        return Section("Reviews put off", kept, more, see, quiet=quiet)


def _due(work: Work, review: Review) -> Entry:
    late = reviews_cards.is_late(work, review)
    put_off = f" · put off from {in_words(review.planned_on)}" if review.is_put_off else ""
    words = f"{{title}} · {'overdue since' if late else 'due'} {in_words(review.next_on)} · {_typed(review.owner.name)}"
    return Entry(words + put_off, (subject_of(review.id),))


def _put_off(entry: ReviewEntry, review: Review) -> Entry:
    until = f" until {in_words(entry.next_on)}" if entry.next_on else ""
    why = _typed(entry.words or "")
    why = why if len(why) <= LONGEST_WHY else f"{why[: LONGEST_WHY - 1].rstrip()}…"
    words = f"{{title}} · put off by {_typed(entry.owner.name)} from {in_words(entry.due_on)}{until}: {why}"
    return Entry(words, (subject_of(review.id),))


def _typed(text: str) -> str:
    """What a person typed, on one line: nothing in it stands for a title or a time."""
    return " ".join(text.split()).replace("{", "(").replace("}", ")")


PARTS: tuple[Part, ...] = (ReviewsDue(), ReviewsPutOff())
