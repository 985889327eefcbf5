"""Every view with made-up records: what `comms-desk doctor --live` asks Slack about, and what the tests look at."""

import json
from collections.abc import Iterator

from slack_sdk.models.views import View

from handlers.views.samples.catalogue import SHORT, everything
from handlers.views.samples.records import Shown
from handlers.views.words import Drawn


def one_of_each() -> Iterator[Shown]:
    """Of the views that differ in their state alone, the fullest: some seventy instead of a thousand."""
    fullest: dict[str, tuple[int, Shown]] = {}
    for shown in everything(SHORT):
        sort = shown[0].partition(",")[0]
        size = len(json.dumps(_data(shown[1])))
        if sort not in fullest or size > fullest[sort][0]:
            fullest[sort] = (size, shown)
    for _, shown in fullest.values():
        yield shown


def _data(view: Drawn | View) -> object:
    return view.blocks_as_data() if isinstance(view, Drawn) else view.to_dict()
