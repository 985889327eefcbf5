"""How much one message or one view holds, and what is left out when there is more to say."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block, SectionBlock

from handlers.views import words


@dataclass(frozen=True)
class Room:
    """What Slack takes in one message or view.

    `size` counts characters of JSON. Slack counts those of a message as people would, and those of a view as they
    travel, where an emoji may take twelve.
    """

    blocks: int
    size: int
    as_they_travel: bool

    def holds(self, blocks: Sequence[Block]) -> bool:
        return len(blocks) <= self.blocks and self.size_of(blocks) <= self.size

    def size_of(self, blocks: Sequence[Block]) -> int:
        return len(json.dumps([block.to_dict() for block in blocks], ensure_ascii=self.as_they_travel))

    def lay_out(
        self,
        groups: Sequence[Sequence[Block]],
        *,
        beside: Sequence[Block] = (),
        rest: Callable[[int], Block],
        not_given: int = 0,
    ) -> list[Block]:
        """As many groups as there is room for `beside` what must be there anyway: each whole, and in their order.

        Where some are left out, or there are more than were given, `rest` says below them how many.
        """
        left_out = rest(len(groups) + not_given)
        blocks = self.blocks - len(beside) - 1
        size = self.size - self.size_of([*beside, left_out])
        kept: list[Block] = []
        for place, group in enumerate(groups):
            blocks, size = blocks - len(group), size - self.size_of(group)
            if blocks < 0 or size < 0:
                return [*kept, rest(len(groups) + not_given - place)]
            kept += group
        return [*kept, rest(not_given)] if not_given else kept

    def lines(self, lines: Sequence[str], *, beside: Sequence[Block], rest: Callable[[int], str]) -> list[SectionBlock]:
        """The same for lines of mark-up, packed into as few blocks as they need."""
        for shown in range(len(lines), 0, -1):
            left_out = [rest(len(lines) - shown)] if shown < len(lines) else []
            found = words.sections([*lines[:shown], *left_out])
            if self.holds([*beside, *found]):
                return found
        return words.sections([rest(len(lines))]) if lines else []


MESSAGE: Final = Room(blocks=50, size=12_500, as_they_travel=False)
"""A little below Slack's limit (about 13,200)."""
VIEW: Final = Room(blocks=100, size=240_000, as_they_travel=True)
"""A little below Slack's limit (250,000)."""


def long_text(text: str, beside: Sequence[Block]) -> list[Block]:
    """As much of a long text as a form holds, exactly as it was written."""
    return VIEW.lay_out(
        [[words.verbatim(part)] for part in words.parts(text)],
        beside=beside,
        rest=lambda _: words.small("It goes on; an export has all of it."),
    )
