"""What holds for any ladder, whatever is asked by when: in any office, over clock changes and downtimes."""

import json
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from itertools import islice, pairwise, takewhile
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.core.ladders import (
    CLOSING_GRACE,
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
    TEN_MINUTES,
    After,
    AtDue,
    Before,
    NextMorning,
    Part,
    Repeat,
    RepeatByWorkingDays,
    Rung,
    Since,
    Tell,
    WorkingDay,
)
from bot.core.working_days import Nation, WorkingHours

London = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)

many = settings(deadline=None, max_examples=100)

minutes = st.integers(0, 60 * 24 * 5).map(lambda number: number * MINUTE)
parts = st.integers(1, 49).map(lambda number: Part(Fraction(number, 50)))
befores = st.builds(Before, st.integers(1, 300).map(lambda number: number * MINUTE), st.none() | minutes)
positions = st.one_of(
    parts,
    parts,
    befores,
    st.builds(After, minutes, st.booleans(), st.none() | minutes),
    st.integers(1, 6).map(WorkingDay),
    st.integers(-6, 6).map(lambda number: WorkingDay(number, Since.DUE)),
    st.sampled_from([NextMorning(), AtDue(), AtDue()]),
)
how_often = st.none() | st.integers(1, 4)
repeats = st.one_of(
    st.builds(Repeat, st.integers(10, 90).map(lambda number: number * MINUTE), how_often, st.booleans()),
    st.builds(RepeatByWorkingDays, st.integers(1, 6), how_often),
)
rungs = st.builds(
    Rung,
    positions,
    st.sampled_from([(Tell.OWNER,), (Tell.DEPUTY, Tell.COMMS_LEAD), tuple(Tell)]),
    st.booleans(),
    st.lists(repeats, max_size=3).filter(lambda several: all(repeat.times for repeat in several[:-1])).map(tuple),
)
ladders = st.one_of(
    st.sampled_from(sorted(DEFAULT_LADDERS.values(), key=lambda ladder: ladder.name)),
    st.builds(Ladder, st.just("any"), st.lists(rungs, min_size=1, max_size=6).map(tuple)),
)
offices = st.sampled_from(
    [
        WorkingHours(London, Nation.ENGLAND),
        WorkingHours(ZoneInfo("Pacific/Auckland"), Nation.SCOTLAND, time(8, 30), time(16, 45)),
        WorkingHours(London, Nation.WALES, time(0), time(23, 55), frozenset({0, 6})),
    ]
)
moments = st.datetimes(datetime(2026, 3, 1), datetime(2027, 4, 30), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis adds UTC


@st.composite
def asked(draw: st.DrawFn) -> dict[str, Any]:
    """The arguments that say what was asked: by when, in minutes, hours, days, not at all, or yesterday."""
    asked_at = draw(moments)
    seconds = st.integers(-3600, 4 * 3600) | st.integers(-2 * 86400, 40 * 86400)
    span = draw(st.none() | seconds)
    due_at = None if span is None else asked_at + timedelta(seconds=span)
    return {"asked_at": asked_at, "due_at": due_at, "hours": draw(offices)}


def first_steps(ladder: Ladder, asking: dict[str, Any], number: int = 60) -> list[Step]:
    return list(islice(steps(ladder, **asking), number))


@many
@given(ladders, asked())
def test_steps_go_forward_ten_minutes_at_a_time(ladder: Ladder, asking: dict[str, Any]) -> None:
    come = first_steps(ladder, asking)
    assert all(later.at - sooner.at >= TEN_MINUTES for sooner, later in pairwise(come))
    assert all(step.at.tzinfo is UTC for step in come)


@many
@given(ladders, asked())
def test_nothing_comes_before_it_was_asked(ladder: Ladder, asking: dict[str, Any]) -> None:
    for step in first_steps(ladder, asking):
        assert step.at >= asking["asked_at"]
        match ladder.rungs[step.rung].position:
            case Part() | Before():
                assert step.at > asking["asked_at"]
                assert step.repeat or step.at < asking["due_at"]
            case WorkingDay(since=Since.DUE) | AtDue():
                assert asking["due_at"] is not None
            case _:
                pass


@many
@given(ladders, asked())
def test_a_step_is_its_rung_said_again(ladder: Ladder, asking: dict[str, Any]) -> None:
    come = first_steps(ladder, asking)
    for step in come:
        rung = ladder.rungs[step.rung]
        assert (step.tells, step.pierces) == (rung.tells, rung.pierces_quiet_hours)
        assert step.repeat == 0 or rung.repeats
    for sooner, later in pairwise(come):
        assert later.repeat in (0, sooner.repeat + 1)
        assert later.rung == sooner.rung or later.repeat == 0
    firsts = [step.rung for step in come if step.repeat == 0]
    assert len(firsts) == len(set(firsts))


@many
@given(st.lists(parts | befores, max_size=5), asked())
def test_the_due_step_always_comes_and_is_never_ten_minutes_late(
    before: list[Part | Before], asking: dict[str, Any]
) -> None:
    assume(asking["due_at"] is not None)
    ladder = Ladder("any", tuple(Rung(position, (Tell.OWNER,)) for position in (*before, AtDue())))
    *_, last = steps(ladder, **asking)
    due_at = max(asking["due_at"], asking["asked_at"])
    assert last.rung == len(before)
    assert due_at <= last.at < due_at + TEN_MINUTES
    if asking["due_at"] <= asking["asked_at"]:
        assert last.at == asking["asked_at"]


@many
@given(ladders, asked())
def test_next_step_after_next_step_is_every_step(ladder: Ladder, asking: dict[str, Any]) -> None:
    after: datetime | None = None
    for step in first_steps(ladder, asking, 12):
        found = next_step(ladder, **asking, after=after)
        assert found == step
        after = step.at


@many
@given(ladders, asked(), st.integers(0, 11), st.integers(0, 60 * 24))
def test_a_step_too_soon_is_put_off_and_not_lost(ladder: Ladder, asking: dict[str, Any], place: int, late: int) -> None:
    come = first_steps(ladder, asking, 200)
    after = come[min(place, len(come) - 1)].at if come else asking["asked_at"]
    last_told = after + late * MINUTE
    free_from = last_told + TEN_MINUTES
    rest = [step for step in come if step.at > after]
    put_off = [step for step in rest if step.at <= free_from]
    found = next_step(ladder, **asking, after=after, last_told=last_told)
    if not rest:
        assert found is None
        return
    assert found is not None
    assert found.at == (free_from if put_off else rest[0].at)
    assert found.rung == (max(step.rung for step in put_off) if put_off else rest[0].rung)


@many
@given(ladders, asked(), st.integers(-60, 60 * 24 * 3), st.none() | st.integers(0, 600))
def test_the_latest_step_is_current_and_of_several_missed_the_highest(
    ladder: Ladder, asking: dict[str, Any], later: int, down_for: int | None
) -> None:
    at = asking["asked_at"] + later * MINUTE
    since = None if down_for is None else at - down_for * MINUTE
    come = list(takewhile(lambda step: step.at <= at, steps(ladder, **asking)))
    if since is None:
        assert current_step(ladder, **asking, at=at) == (come[-1] if come else None)
        return
    found = current_step(ladder, **asking, at=at, since=since)
    missed = [step for step in come if step.at > since]
    if not missed:
        assert found is None
        return
    assert found in missed
    assert found.rung == max(step.rung for step in missed)
    assert found.at == max(step.at for step in missed if step.rung == found.rung)


@many
@given(ladders, asked(), st.lists(st.sampled_from([1, 1, 1, 3, 7, 45, 60 * 20]), max_size=60))
def test_a_desk_that_is_down_at_times_forgets_nobody_and_nags_nobody(
    ladder: Ladder, asking: dict[str, Any], pauses: list[int]
) -> None:
    """The way the tick uses all this: look when `next_step` says, tell `current_step`, ask for the next."""
    now = asking["asked_at"]
    dealt_with = now - MINUTE
    told: list[tuple[datetime, Step]] = []
    to_come = next_step(ladder, **asking)
    for pause in pauses:
        if to_come is not None and to_come.at <= now:
            step = current_step(ladder, **asking, at=now, since=dealt_with)
            assert step is not None
            told.append((now, step))
            dealt_with = now
            to_come = next_step(ladder, **asking, after=now, last_told=now)
        now += pause * MINUTE
    assert all(later - sooner >= TEN_MINUTES for (sooner, _), (later, _) in pairwise(told))
    for step in takewhile(lambda step: step.at <= dealt_with, steps(ladder, **asking)):
        assert any(at >= step.at and heard.rung >= step.rung for at, heard in told)


@many
@given(moments, st.none() | st.integers(-600, 60 * 24 * 6), offices)
def test_nothing_waits_past_its_due_time(at: datetime, left: int | None, hours: WorkingHours) -> None:
    due_at = None if left is None else at + left * MINUTE
    morning = hours.next_opening(at)
    match when_to_tell(at, due_at=due_at, hours=hours):
        case Now():
            assert hours.is_open(at) or hours.is_open(at - CLOSING_GRACE)
        case DutyOfficerNow():
            assert not hours.is_open(at)
            assert due_at is not None
            assert due_at <= morning
        case Wait(until):
            assert until == morning > at
            assert due_at is None or until < due_at


@many
@given(ladders)
def test_a_ladder_comes_back_from_json_as_it_was(ladder: Ladder) -> None:
    assert Ladder.from_data(json.loads(json.dumps(ladder.to_data()))) == ladder
