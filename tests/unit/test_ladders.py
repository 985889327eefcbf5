"""Ladders on real dates: the default ones, how steps make room for one another, and quiet hours."""

from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core.ladders import (
    DEFAULT_LADDERS,
    DutyOfficerNow,
    Ladder,
    Now,
    Step,
    Wait,
    current_step,
    next_step,
    steps,
    when_to_tell,
)
from bot.core.rungs import (
    After,
    AtDue,
    Before,
    Part,
    Position,
    RepeatByWorkingDays,
    Rung,
    Tell,
)
from bot.core.working_days import Nation, WorkingHours

London = ZoneInfo("Europe/London")
ENGLAND = WorkingHours(London, Nation.ENGLAND)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HALF, THREE_QUARTERS = Part(Fraction(1, 2)), Part(Fraction(3, 4))


def london(text: str) -> datetime:
    """A time on London's clocks, `Wed 21 Oct 2026 09:30`; the weekday has to be right."""
    wall = datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=London)
    assert f"{wall:%a}" == text[:3]
    return wall.astimezone(UTC)


def shown(step: Step) -> tuple[str, str]:
    """A step as a line of the tables below: when on London's clocks, and whom it tells."""
    return f"{step.at.astimezone(London):%a %d %H:%M}", " ".join(step.tells)


def climb(ladder: str, asked_at: str, due_at: str | None, first: int = 20) -> list[tuple[str, str]]:
    due = None if due_at is None else london(due_at)
    every = steps(DEFAULT_LADDERS[ladder], asked_at=london(asked_at), due_at=due, hours=ENGLAND)
    return [shown(step) for step in islice(every, first)]


def ladder_of(*positions: Position) -> Ladder:
    return Ladder("any", tuple(Rung(position, (Tell.OWNER,)) for position in positions))


def times(ladder: Ladder, given: int) -> list[float]:
    """The minutes after asking at which the steps come, when so many minutes are given."""
    asked_at = london("Wed 21 Oct 2026 09:00")
    every = steps(ladder, asked_at=asked_at, due_at=asked_at + given * MINUTE, hours=ENGLAND)
    return [(step.at - asked_at) / MINUTE for step in every]


# --- the default ladders (DOMAIN.md §10) ------------------------------------------------------------------


def test_an_answer_is_asked_for_until_it_is_given() -> None:
    assert climb("answer", "Wed 21 Oct 2026 09:00", "Wed 21 Oct 2026 17:00", 13) == [
        ("Wed 21 13:00", "owner"),
        ("Wed 21 15:00", "owner"),
        ("Wed 21 16:00", "owner"),
        ("Wed 21 17:00", "owner comms_lead"),
        ("Wed 21 17:30", "owner comms_lead"),
        ("Wed 21 18:00", "owner comms_lead"),
        ("Wed 21 18:30", "owner comms_lead"),
        ("Wed 21 19:00", "owner comms_lead"),
        ("Thu 22 09:00", "owner comms_lead"),
        ("Thu 22 10:00", "owner comms_lead"),
        ("Thu 22 11:00", "owner comms_lead"),
        ("Thu 22 12:00", "owner comms_lead"),
        ("Thu 22 13:00", "owner comms_lead"),
    ]


def test_three_hours_are_too_few_for_a_reminder_an_hour_before() -> None:
    assert climb("answer", "Wed 21 Oct 2026 09:00", "Wed 21 Oct 2026 12:00", 3) == [
        ("Wed 21 10:30", "owner"),
        ("Wed 21 11:15", "owner"),
        ("Wed 21 12:00", "owner comms_lead"),
    ]
    assert climb("answer", "Wed 21 Oct 2026 09:00", "Wed 21 Oct 2026 12:30", 4) == [
        ("Wed 21 10:45", "owner"),
        ("Wed 21 11:30", "owner"),  # an hour before comes first; three quarters (11:37:30) makes room
        ("Wed 21 11:40", "owner"),
        ("Wed 21 12:30", "owner comms_lead"),
    ]


def test_from_a_day_up_the_parts_are_of_working_time_over_the_clock_change() -> None:
    # 16 working hours, 8 of them by Friday's close: the Sunday on which the clocks go back counts nothing.
    assert climb("answer", "Fri 23 Oct 2026 09:00", "Mon 26 Oct 2026 17:00", 4) == [
        ("Fri 23 17:00", "owner"),
        ("Mon 26 13:00", "owner"),
        ("Mon 26 16:00", "owner"),
        ("Mon 26 17:00", "owner comms_lead"),
    ]


def test_a_day_is_the_border_between_real_and_working_time() -> None:
    half = ladder_of(HALF)
    assert times(half, 24 * 60) == [4 * 60]  # of the 8 working hours from 09:00 to 09:00
    assert times(half, 24 * 60 - 2) == [12 * 60 - 1]


def test_where_no_working_time_lies_between_parts_are_of_real_time() -> None:
    asked_at, due_at = london("Fri 24 Dec 2027 18:00"), london("Wed 29 Dec 2027 08:00")
    (step,) = steps(ladder_of(HALF), asked_at=asked_at, due_at=due_at, hours=ENGLAND)
    assert shown(step) == ("Mon 27 01:00", "owner")


def test_what_nobody_owns_is_told_to_the_press_channel_and_then_to_the_comms_lead() -> None:
    assert climb("own", "Wed 21 Oct 2026 10:00", "Wed 21 Oct 2026 16:00", 8) == [
        ("Wed 21 10:15", "press_channel"),
        ("Wed 21 13:00", "comms_lead"),
        ("Wed 21 16:00", "press_channel comms_lead"),  # ours: a deadline does not pass in silence
        ("Wed 21 16:30", "press_channel comms_lead"),
        ("Wed 21 17:00", "press_channel comms_lead"),
        ("Wed 21 17:30", "press_channel comms_lead"),
        ("Wed 21 18:00", "press_channel comms_lead"),
        ("Thu 22 09:00", "press_channel comms_lead"),
    ]
    assert climb("own", "Tue 20 Oct 2026 16:50", None) == [("Wed 21 09:05", "press_channel")]


def test_what_nobody_owns_and_is_due_in_two_hours_is_told_at_once() -> None:
    at_once, in_time = "Wed 21 10:00", "Wed 21 10:15"
    assert climb("own", "Wed 21 Oct 2026 10:00", "Wed 21 Oct 2026 12:00")[0] == (at_once, "press_channel")
    assert climb("own", "Wed 21 Oct 2026 10:00", "Wed 21 Oct 2026 12:01")[0] == (in_time, "press_channel")
    assert climb("own", "Wed 21 Oct 2026 10:00", "Wed 21 Oct 2026 09:00")[:2] == [
        (at_once, "press_channel comms_lead"),
        ("Wed 21 10:30", "press_channel comms_lead"),
    ]


def test_a_signature_climbs_to_deputy_owner_and_comms_lead() -> None:
    assert climb("sign", "Wed 21 Oct 2026 09:00", "Wed 21 Oct 2026 17:00") == [
        ("Wed 21 13:00", "owner"),
        ("Wed 21 15:00", "owner deputy"),
        ("Wed 21 16:00", "owner deputy subject_owner"),
        ("Wed 21 17:00", "comms_lead"),
    ]
    assert climb("sign", "Wed 21 Oct 2026 09:00", "Wed 21 Oct 2026 10:00") == [
        ("Wed 21 09:30", "owner"),
        ("Wed 21 09:45", "owner deputy"),
        ("Wed 21 10:00", "comms_lead"),
    ]


def test_what_is_signed_is_to_be_issued_at_once_and_every_half_hour() -> None:
    assert climb("issue", "Wed 21 Oct 2026 14:00", "Wed 21 Oct 2026 15:05", 5) == [
        ("Wed 21 14:00", "owner"),
        ("Wed 21 14:30", "owner"),
        ("Wed 21 15:05", "owner comms_lead"),  # the repeat at 15:00 gives way
        ("Wed 21 15:35", "owner comms_lead"),
        ("Wed 21 16:05", "owner comms_lead"),
    ]
    assert climb("issue", "Wed 21 Oct 2026 14:00", "Wed 21 Oct 2026 14:40", 3)[1:] == [
        ("Wed 21 14:30", "owner"),  # ten minutes are enough
        ("Wed 21 14:40", "owner comms_lead"),
    ]
    assert climb("issue", "Wed 21 Oct 2026 14:00", "Wed 21 Oct 2026 13:00", 2) == [
        ("Wed 21 14:00", "owner comms_lead"),
        ("Wed 21 14:30", "owner comms_lead"),
    ]


@pytest.mark.parametrize(
    ("asked_at", "an_hour_later", "next_morning"),
    [
        ("Wed 21 Oct 2026 10:00", "Wed 21 11:00", "Thu 22 09:00"),
        ("Thu 24 Dec 2026 16:30", "Thu 24 17:30", "Tue 29 09:00"),
        ("Wed 21 Oct 2026 08:30", "Wed 21 09:30", "Thu 22 09:00"),
        ("Fri 27 Mar 2026 23:30", "Sat 28 00:30", "Mon 30 09:00"),
    ],
)
def test_an_email_is_awaited_for_an_hour_and_until_morning(
    asked_at: str, an_hour_later: str, next_morning: str
) -> None:
    assert climb("awaiting_email", asked_at, None, 2) == [(an_hour_later, "owner"), (next_morning, "owner")]


def test_an_email_that_does_not_come_is_chased_every_working_morning() -> None:
    """Ours: DOMAIN leaves off after the first morning, and the journalist would be forgotten."""
    assert climb("awaiting_email", "Thu 22 Oct 2026 10:00", None, 4)[1:] == [
        ("Fri 23 09:00", "owner"),
        ("Mon 26 09:00", "owner"),
        ("Tue 27 09:00", "owner"),
    ]


def test_a_cascade_is_chased_by_working_days() -> None:
    assert climb("cascade", "Thu 24 Dec 2026 11:00", None) == [
        ("Wed 30 09:00", "owner"),
        ("Mon 04 09:00", "owner"),
        ("Tue 05 09:00", "deputy"),
        ("Thu 07 09:00", "comms_lead"),
    ]


def test_a_review_nags_before_on_and_after_its_day() -> None:
    assert climb("review", "Mon 01 Jun 2026 10:00", "Wed 30 Dec 2026 17:00", 6) == [
        ("Mon 30 09:00", "owner"),  # of November: Christmas and Boxing Day are not counted
        ("Mon 21 09:00", "owner"),
        ("Wed 30 09:00", "owner"),
        ("Thu 07 09:00", "owner comms_lead"),
        ("Thu 14 09:00", "owner comms_lead"),
        ("Thu 21 09:00", "owner comms_lead"),
    ]


def test_a_review_due_on_a_weekend_is_told_on_the_friday() -> None:
    friday = climb("review", "Mon 01 Jun 2026 10:00", "Sun 25 Oct 2026 17:00", 3)[2]
    assert friday == ("Fri 23 09:00", "owner")


def test_the_day_of_a_review_is_the_offices_own() -> None:
    # Half past midnight in summer is still the day before in UTC.
    assert climb("review", "Mon 01 Jun 2026 10:00", "Wed 21 Oct 2026 00:30", 3)[2] == ("Wed 21 09:00", "owner")


def test_a_review_long_overdue_when_it_is_set_goes_straight_to_the_top() -> None:
    assert climb("review", "Wed 21 Oct 2026 10:00", "Wed 01 Jul 2026 17:00", 2) == [
        ("Wed 21 10:00", "owner comms_lead"),
        ("Wed 28 09:00", "owner comms_lead"),
    ]


def test_the_defaults_are_there_for_each_obligation() -> None:
    assert set(DEFAULT_LADDERS) == {"answer", "own", "sign", "issue", "awaiting_email", "cascade", "review"} | {
        "facts",
        "correct",
        "accept_referral",
        "referral_outcome",
        "brief",
        "check",
        "submit",
        "post",
        "contribute",
        "publish",
        "rule",
    }


# --- ten minutes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "at"),
    [
        (80, [40, 60, 80]),
        (36, [18, 28, 36 + 2]),  # 27 is moved to 28, and the due step to 38
        (20, [10, 20]),  # 15 would be moved to 20, which is due
        (12, [6, 16]),
        (1, [0.5, 10.5]),
    ],
)
def test_steps_make_room_for_one_another(given: int, at: list[float]) -> None:
    assert times(ladder_of(HALF, THREE_QUARTERS, AtDue()), given) == at


def test_a_rung_that_would_reach_the_next_is_left_out() -> None:
    crowded = ladder_of(After(60 * MINUTE), After(62 * MINUTE), After(69 * MINUTE), AtDue())
    assert times(crowded, 200) == [60, 70, 200]


def test_rungs_at_one_moment_before_due_are_spaced() -> None:
    assert times(ladder_of(THREE_QUARTERS, Before(HOUR), AtDue()), 240) == [180, 190, 240]


def test_an_hour_before_is_left_out_just_after_asking() -> None:
    assert times(ladder_of(Before(HOUR), AtDue()), 69) == [69]
    assert times(ladder_of(Before(HOUR), AtDue()), 70) == [10, 70]


def test_a_repeat_by_working_days_keeps_the_ten_minutes_over_midnight() -> None:
    never_shut = WorkingHours(London, Nation.ENGLAND, time(0), time(23, 59))
    daily = Rung(After(5 * MINUTE), (Tell.OWNER,), repeats=(RepeatByWorkingDays(1, times=2),))
    asked_at = london("Wed 21 Oct 2026 23:50")
    come = [shown(step)[0] for step in steps(Ladder("any", (daily,)), asked_at=asked_at, due_at=None, hours=never_shut)]
    assert come == ["Wed 21 23:55", "Thu 22 00:05", "Fri 23 00:00"]


def test_what_comes_too_soon_after_telling_is_told_later_and_as_its_highest_rung() -> None:
    asking: dict[str, Any] = {
        "asked_at": london("Wed 21 Oct 2026 09:00"),
        "due_at": london("Wed 21 Oct 2026 17:00"),
        "hours": ENGLAND,
        "after": london("Wed 21 Oct 2026 15:00"),
    }
    due_step = next_step(DEFAULT_LADDERS["answer"], **asking, last_told=london("Wed 21 Oct 2026 16:55"))
    assert due_step
    assert shown(due_step) == ("Wed 21 17:05", "owner comms_lead")
    in_time = next_step(DEFAULT_LADDERS["answer"], **asking, last_told=london("Wed 21 Oct 2026 15:50"))
    assert in_time
    assert shown(in_time) == ("Wed 21 16:00", "owner")


@pytest.mark.parametrize(
    ("ladder", "due_at", "since", "at", "told"),
    [
        ("answer", "Wed 21 Oct 2026 17:00", None, "Wed 21 Oct 2026 12:59", None),
        ("answer", "Wed 21 Oct 2026 17:00", None, "Wed 21 Oct 2026 13:00", ("Wed 21 13:00", "owner")),
        ("answer", "Wed 21 Oct 2026 17:00", "Wed 21 Oct 2026 13:00", "Wed 21 Oct 2026 14:59", None),
        (
            "answer",
            "Wed 21 Oct 2026 17:00",
            "Wed 21 Oct 2026 13:00",
            "Wed 21 Oct 2026 18:10",
            ("Wed 21 18:00", "owner comms_lead"),
        ),
        ("sign", "Wed 21 Oct 2026 12:30", None, "Wed 21 Oct 2026 11:50", ("Wed 21 11:40", "owner deputy")),
        (
            "sign",
            "Wed 21 Oct 2026 12:30",
            "Wed 21 Oct 2026 11:00",
            "Wed 21 Oct 2026 11:50",
            ("Wed 21 11:30", "owner deputy subject_owner"),
        ),
    ],
)
def test_steps_missed_in_a_downtime_count_as_the_highest(
    ladder: str, due_at: str, since: str | None, at: str, told: tuple[str, str] | None
) -> None:
    step = current_step(
        DEFAULT_LADDERS[ladder],
        asked_at=london("Wed 21 Oct 2026 09:00"),
        due_at=london(due_at),
        hours=ENGLAND,
        at=london(at),
        since=None if since is None else london(since),
    )
    assert (step and shown(step)) == told


# --- quiet hours ------------------------------------------------------------------------------------------

duty_officer = DutyOfficerNow()


def wait(text: str) -> Wait:
    return Wait(london(text))


@pytest.mark.parametrize(
    ("at", "due_at", "told"),
    [
        ("Wed 21 Oct 2026 12:00", "Wed 21 Oct 2026 15:00", Now()),
        ("Wed 21 Oct 2026 12:00", None, Now()),
        ("Wed 21 Oct 2026 17:00", "Wed 21 Oct 2026 17:00", Now()),  # close of play: they are still there
        ("Wed 21 Oct 2026 17:05", "Wed 21 Oct 2026 17:00", duty_officer),
        ("Wed 21 Oct 2026 20:00", None, wait("Thu 22 Oct 2026 09:00")),
        ("Thu 22 Oct 2026 08:59", None, wait("Thu 22 Oct 2026 09:00")),
        ("Wed 21 Oct 2026 20:00", "Thu 22 Oct 2026 10:00", wait("Thu 22 Oct 2026 09:00")),
        (
            "Wed 21 Oct 2026 20:00",
            "Thu 22 Oct 2026 09:00",
            duty_officer,
        ),  # first thing is too late to be told
        ("Wed 21 Oct 2026 20:00", "Wed 21 Oct 2026 22:00", duty_officer),
        ("Fri 23 Oct 2026 18:00", "Mon 26 Oct 2026 12:00", wait("Mon 26 Oct 2026 09:00")),
        ("Fri 27 Mar 2026 18:00", "Sun 29 Mar 2026 12:00", duty_officer),
        ("Thu 24 Dec 2026 20:00", "Mon 28 Dec 2026 12:00", duty_officer),
        ("Fri 25 Dec 2026 11:00", "Tue 29 Dec 2026 12:00", wait("Tue 29 Dec 2026 09:00")),
    ],
)
def test_quiet_hours(at: str, due_at: str | None, told: Now | DutyOfficerNow | Wait) -> None:
    due = None if due_at is None else london(due_at)
    assert when_to_tell(london(at), due_at=due, hours=ENGLAND) == told
    assert when_to_tell(london(at), due_at=due, hours=ENGLAND, pierces=True) == Now()


def test_a_naive_time_is_refused() -> None:
    naive = datetime(2026, 7, 1, 10)  # noqa: DTZ001  what is to be refused
    with pytest.raises(ValueError, match="needs its zone"):
        next_step(DEFAULT_LADDERS["answer"], asked_at=naive, due_at=None, hours=ENGLAND)
    with pytest.raises(ValueError, match="needs its zone"):
        when_to_tell(naive, due_at=None, hours=ENGLAND)
