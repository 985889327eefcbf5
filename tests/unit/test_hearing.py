"""What somebody said outside Slack: how it was heard is never taken for granted, and no time is made up."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from bot.core.errors import BadInput
from bot.core.workspaces import Work
from bot.desk import hearing
from storage.signoffs import HeardBy
from tests.unit.test_deadline_reader import HOURS

ASKED = datetime(2026, 11, 23, 10, 4, 30, tzinfo=UTC)
NOW = ASKED + timedelta(hours=2)


@dataclass(frozen=True)
class Clocks:
    now = NOW
    hours = HOURS


def when(at: datetime | None) -> datetime:
    return hearing.when(cast("Work", Clocks()), at, since=ASKED, early="It was asked", field="at")


def test_how_it_was_heard_has_to_be_chosen() -> None:
    assert hearing.chosen(HeardBy.PHONE) is HeardBy.PHONE
    with pytest.raises(BadInput, match="Choose how you heard it") as refused:
        hearing.chosen(None)
    assert refused.value.field == "how"


def test_a_time_lies_between_the_question_and_now() -> None:
    """To the minute, as that is what one can choose; a clock that is a little ahead is forgiven, but not believed."""
    assert when(None) == NOW
    assert when(ASKED.replace(second=0)) == ASKED.replace(second=0)
    assert when(NOW + timedelta(minutes=3)) == NOW
    with pytest.raises(BadInput, match="It was asked at 10:04 on 23 November 2026"):
        when(ASKED - timedelta(minutes=1))
    with pytest.raises(BadInput, match="in the future") as refused:
        when(NOW + timedelta(minutes=6))
    assert refused.value.field == "at"
