"""`/desk`: everything that is no enquiry, by its first word."""

from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk.models.views import View

from bot.core.workspaces import Caller, Desk
from handlers import bulletins, calendar, digests, ids, papers, reports, reviews
from handlers.edge import Edge
from handlers.payloads import Command
from handlers.views import desk_words as views
from handlers.views.words import Drawn

Answer = Callable[[Desk, Caller, str], Drawn | View]
"""Of who typed it, and of what they typed after the first word."""


@dataclass(frozen=True)
class DeskWord:
    """A first word of `/desk`. `does` says what it does, for the help; `also`: other words for it."""

    word: str
    does: str
    answer: Answer
    also: tuple[str, ...] = ()


WORDS: tuple[DeskWord, ...] = (
    DeskWord("calendar", "shows the board’s calendar: what is coming, and what to add or change", calendar.word),
    DeskWord("papers", "shows agenda, papers and minutes of a meeting; words of its title find it", papers.meetings),
    DeskWord("report", "starts a committee report, with its cover and its checklist", reports.begin),
    DeskWord("reports", "lists the committee reports that you may see", reports.listed),
    DeskWord("reviews", "lists what has a review date, and what to add or answer", reviews.listed, also=("review",)),
    DeskWord("digest", "lists the digests that you may have, and sends you one now", digests.offered),
    DeskWord("bulletin", "shows which items came in for the bulletin, and takes yours", bulletins.listed),
)
"""In the order in which the help names them. Each stands with its feature."""


def command(desk: Desk, command: Command) -> Drawn | View:
    first, _, rest = command.text.partition(" ")
    for word in WORDS:
        if first.casefold() in {word.word, *word.also}:
            return word.answer(desk, command.caller, rest.strip())
    usages = [(word.word, word.does) for word in WORDS]
    return views.help_(usages) if first.casefold() in {"", "help"} else views.unknown(command.text, usages)


def register(edge: Edge) -> None:
    edge.command(ids.DESK_COMMAND, command)
