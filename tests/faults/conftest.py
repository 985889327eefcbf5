"""The desk at work, with nobody pressing: what Slack's trouble does to what it says."""

from collections.abc import Iterator

import pytest

from tests.faults.helpers import Day, desk_at_work


@pytest.fixture
def day(sqlite_url: str) -> Iterator[Day]:
    with desk_at_work(sqlite_url) as day:
        yield day


@pytest.fixture
def connected_day(day: Day) -> Day:
    """The same with a line from Slack: people can press."""
    day.office.app.socket.connect()  # type: ignore[no-untyped-call]
    return day
