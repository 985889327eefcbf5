"""What somebody said outside Slack, as one of us writes it down: how they heard it, and when it was said.

Nothing of it is taken for granted. What nobody chose, nobody heard.
"""

from datetime import datetime, timedelta

from bot.core.errors import BadInput
from bot.core.workspaces import Work
from storage.signoffs import HeardBy

CLOCKS_DIFFER = timedelta(minutes=5)
"""By how much the clock of somebody's own device may be ahead."""


def chosen(how: HeardBy | None) -> HeardBy:
    """How it reached one of us. `BadInput` where that was left open."""
    if how is None:
        raise BadInput("Choose how you heard it.", field="how")
    return how


def when(work: Work, at: datetime | None, *, since: datetime, early: str, field: str) -> datetime:
    """When it was said: not to come, and not before `since`, to the minute. None means now.

    `early` says what happened at `since`: `It was asked`.
    """
    if at is None:
        return work.now
    if at > work.now + CLOCKS_DIFFER:
        raise BadInput("This is in the future. Give the time at which it was said.", field=field)
    if at < since.replace(second=0, microsecond=0):
        local = since.astimezone(work.hours.zone)
        raise BadInput(f"{early} at {local:%H:%M on %d %B %Y}. Give a time after that.", field=field)
    return min(at, work.now)
