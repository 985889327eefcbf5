"""Every view as it goes to Slack; the ordinary ones drawn once for all tests that look at them: it takes its time."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from handlers.views.samples.catalogue import ALL_TEXTS, SHORT, everything
from handlers.views.samples.records import Shown
from handlers.views.words import Drawn

Data = Mapping[str, Any]


def as_data(shown: Shown) -> Data:
    """What goes to Slack. slack_sdk's models check themselves as they become JSON."""
    drawn = shown[1]
    return {"text": drawn.text, "blocks": drawn.blocks_as_data()} if isinstance(drawn, Drawn) else drawn.to_dict()


@cache
def ordinary() -> tuple[tuple[str, Data], ...]:
    """All views in all states, by their names, with a short text wherever somebody can type. Not to be changed."""
    return tuple((shown[0], as_data(shown)) for shown in everything(SHORT))


def with_text(name: str) -> Iterable[tuple[str, Data]]:
    """The same with another text."""
    if ALL_TEXTS[name] is SHORT:
        return ordinary()
    return ((shown[0], as_data(shown)) for shown in everything(ALL_TEXTS[name]))
