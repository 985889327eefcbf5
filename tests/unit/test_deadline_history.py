"""Whether an answer was in time: for the first deadline, for an agreed one, or for neither. Nothing is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.enquiry_deadlines import Kept, history
from storage.deadline_changes import Because, DeadlineChange
from storage.enquiries import Enquiry

TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)


def at(hour: float) -> datetime:
    """That many hours after ten."""
    return TEN + timedelta(hours=hour)


def step(because: Because, was: float | None, now: float | None, said: float) -> DeadlineChange:
    return DeadlineChange(
        because=because,
        was=None if was is None else at(was),
        now=None if now is None else at(now),
        at=at(said),
    )


CORRECTED, AGREED, REFUSED, REOPENED = Because.CORRECTED, Because.AGREED, Because.REFUSED, Because.REOPENED


@pytest.mark.parametrize(
    ("changes", "first", "agreed", "answers"),
    [
        ([], 4, 0, {4: Kept.FIRST, 4.1: Kept.NEITHER}),
        ([(AGREED, 4, 6, 3)], 4, 1, {4: Kept.FIRST, 6: Kept.AGREED, 6.1: Kept.NEITHER}),
        ([(AGREED, 4, 6, 3), (AGREED, 6, 8, 6)], 4, 2, {7: Kept.AGREED, 9: Kept.NEITHER}),
        ([(REFUSED, 4, 4, 3)], 4, 0, {5: Kept.NEITHER}),
        ([(CORRECTED, 4, 6, 1)], 6, 0, {6: Kept.FIRST}),
        ([(CORRECTED, 4, 2, 1)], 2, 0, {3: Kept.NEITHER}),
        ([(CORRECTED, 4, 6, 5)], 4, 0, {5.5: Kept.NEITHER}),
        ([(AGREED, 4, 6, 3), (CORRECTED, 6, 9, 3.5)], 4, 1, {8: Kept.NEITHER}),
        ([(CORRECTED, None, 5, 1)], 5, 0, {5: Kept.FIRST}),
        ([(AGREED, 4, 6, 3), (REOPENED, 6, 30, 20)], 30, 0, {25: Kept.FIRST, 31: Kept.NEITHER}),
    ],
    ids=[
        "never changed",
        "more time",
        "more time twice",
        "no more time",
        "put right in time",
        "put right to an earlier one",
        "put right once it had passed counts for nothing",
        "put right once more time was given counts for nothing",
        "not known at first",
        "a new beginning",
    ],
)
def test_which_deadline_was_kept(
    changes: list[tuple[Because, float | None, float | None, float]],
    first: float,
    agreed: int,
    answers: dict[float, Kept],
) -> None:
    """By the history of its deadline, from the oldest change to the newest."""
    steps = [step(*change) for change in changes]
    found = history(Enquiry(deadline=steps[-1].now if steps else at(4)), steps)
    assert (found.first, len(found.agreed)) == (at(first), agreed)
    assert {answered: found.kept(at(answered)) for answered in answers} == answers


def test_without_a_deadline_nothing_can_be_said() -> None:
    assert history(Enquiry(deadline=None), []).kept(TEN) is Kept.UNKNOWN
