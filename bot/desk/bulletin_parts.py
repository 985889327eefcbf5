"""What digests tell of bulletins: the deadline, and what came in. All of that is to be read, so it is for everybody."""

from collections.abc import Sequence

from bot.core.digest_parts import Edition, Entry, Part, Section
from bot.core.workspaces import Work
from storage import bulletins
from storage.bulletins import Bulletin


class InBulletin:
    """The deadline, and what came in."""

    name, label, needs = "bulletin", "Items for the bulletin, and the deadline", None

    def gather(self, work: Work, edition: Edition) -> Section:  # noqa: ARG002 (the same for every edition)
        found = bulletins.open_ones(work.tx, work.now)
        entries = tuple(entry for bulletin in found for entry in _entries(work, bulletin))
        see = "`/desk bulletin` shows all of them."
        kept = entries[:MOST_ENTRIES]
        return Section("For the bulletin", kept, len(entries) - len(kept), see, quiet="no items are called for")


MOST_ENTRIES = 12


def _entries(work: Work, bulletin: Bulletin) -> Sequence[Entry]:
    items = bulletins.items(work.tx, bulletin.id)
    came = (
        "nothing has come in yet" if not items else "1 item so far" if len(items) == 1 else f"{len(items)} items so far"
    )
    first = Entry(
        f"{_plain(bulletin.title)}: items by {{by}}, {came}. `/desk bulletin` adds one.",
        times={"by": bulletin.deadline},
    )
    return [first, *(Entry(f"“{_plain(item.headline)}”, {_plain(item.given_by.name)}") for item in items)]


def _plain(typed: str) -> str:
    """What somebody typed, in a sentence in which braces stand for something."""
    return typed.replace("{", "(").replace("}", ")")


class CallForItems(InBulletin):
    """The same in a channel; but when its edition is due, people are called on for items (`call_by_itself`)."""

    name, label = "bulletin_call", "A call for bulletin items, once for each edition"
    asks_in_person = True


PARTS: tuple[Part, ...] = (InBulletin(), CallForItems())
