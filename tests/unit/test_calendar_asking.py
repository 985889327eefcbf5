"""Each board meeting is asked for once, the working day after, whatever the clocks do."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.working_days import ONE_DAY, Nation, WorkingHours
from bot.desk import calendar_asking
from bot.desk.calendar_asking import asked_at, due_at
from bot.desk.calendar_words import subject_of
from storage import calendar as records
from storage import obligations
from storage.briefings import Briefing, BriefingStatus
from storage.calendar import CalendarDate, DateKind
from storage.database import Database
from storage.obligations import Duty, Obligation
from tests.unit.small_office import NOW, OWNER, SmallOffice, opened

LONDON = ZoneInfo("Europe/London")
HOURS = WorkingHours(zone=LONDON, nation=Nation.ENGLAND)
CHANGES = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]
"""Sundays on which the clocks of London go forward, back, forward and back."""
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallOffice]:
    file = tmp_path_factory.mktemp("asking") / "desk.db"
    file.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{file}")
    yield opened(database)
    database.dispose()


class ClockAt:
    """A clock that is set, also back: as a machine's may be."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC)


def asked(office: SmallOffice, meeting_id: int) -> list[Obligation]:
    with office.reading() as tx:
        return obligations.every_one_on(tx, subject_of(meeting_id))


def tick(office: SmallOffice, at: datetime) -> None:
    calendar_asking.ask_for_briefings(replace(office.desk, clock=ClockAt(at)))


def forget(office: SmallOffice, meeting_id: int) -> None:
    """The next example begins without it."""
    with office.writing() as tx:
        found = records.get(tx, meeting_id)
        assert found is not None
        records.change(tx, found, called_off_at=NOW)


@settings(max_examples=25)
@given(
    change=st.sampled_from(CHANGES),
    begins=st.integers(-5 * 24, 2 * 24),
    steps=st.lists(st.tuples(st.integers(5, 1200), st.sampled_from([0, 0, 0, -60, 60])), min_size=25, max_size=25),
)
def test_each_meeting_is_asked_for_once_around_each_clock_change(
    office: SmallOffice, change: date, begins: int, steps: list[tuple[int, int]]
) -> None:
    """Held at any hour about the change; ticks up to twenty hours apart; a clock that jumps an hour either way."""
    starts_at = local(change, 12) + timedelta(hours=begins)
    meeting_id = office.meeting(starts_at)
    at, latest = starts_at - timedelta(hours=2), starts_at
    with office.reading() as tx:
        meeting = records.get(tx, meeting_id)
        assert meeting is not None
    for minutes, jump in steps:
        at += timedelta(minutes=minutes + jump)
        latest = max(latest, at)
        tick(office, at)
    found = asked(office, meeting_id)
    when = asked_at(meeting, HOURS)
    assert len(found) == (1 if latest >= when else 0)
    assert when.astimezone(LONDON).time() == time(9)
    assert HOURS.is_working_day(when.astimezone(LONDON).date())
    assert all(
        one.asked_at >= when and one.due_at and one.due_at.astimezone(LONDON).time() == time(17) for one in found
    )
    forget(office, meeting_id)


@pytest.mark.parametrize(
    ("held", "until", "asked_on", "due_on"),
    [
        (date(2026, 12, 8), None, date(2026, 12, 9), date(2026, 12, 10)),
        (date(2026, 11, 27), None, date(2026, 11, 30), date(2026, 12, 1)),
        (date(2026, 11, 28), None, date(2026, 11, 30), date(2026, 12, 1)),
        (date(2026, 12, 24), None, date(2026, 12, 29), date(2026, 12, 30)),
        (date(2026, 12, 8), date(2026, 12, 9), date(2026, 12, 10), date(2026, 12, 11)),
        (date(2026, 10, 23), None, date(2026, 10, 26), date(2026, 10, 27)),
    ],
)
def test_the_working_day_after_and_the_second(held: date, until: date | None, asked_on: date, due_on: date) -> None:
    """Over weekends, Christmas and a clock change; of a meeting of two days, after the second."""
    meeting = CalendarDate(starts_at=local(held, 14), ends_at=local(until, 16) if until else None)
    assert asked_at(meeting, HOURS) == local(asked_on, 9)
    assert due_at(meeting, HOURS, local(asked_on, 9)) == local(due_on, 17)
    late = local(due_on + 7 * ONE_DAY, 12)
    assert due_at(meeting, HOURS, late) == HOURS.closing_of(HOURS.working_day_after(due_on + 7 * ONE_DAY, 1))


def test_what_is_not_asked_for(office: SmallOffice) -> None:
    """Called off, past when it was added, no board meeting, long ago, or briefed already; and what is withdrawn is
    asked for anew."""
    held = NOW - timedelta(days=5)
    fine, past = office.meeting(held), office.meeting(held, added_at=NOW - timedelta(days=4))
    off, other, old, briefed = (
        office.meeting(held),
        office.meeting(held),
        office.meeting(LONG_AGO),
        office.meeting(held),
    )
    with office.writing() as tx:
        for id_, values in ((off, {"called_off_at": NOW}), (other, {"kind": DateKind.GROUP_MEETING})):
            one = records.get(tx, id_)
            assert one is not None
            records.change(tx, one, **values)
        owner = office.ids[OWNER.name]
        briefing = Briefing(number=1, meeting_id=briefed, status=BriefingStatus.DRAFT, owner_id=owner, chair_id=owner)
        briefing.started_at = NOW
        tx.add(briefing)
    tick(office, NOW)
    tick(office, NOW + timedelta(hours=1))
    assert [len(asked(office, id_)) for id_ in (fine, past, off, other, old, briefed)] == [1, 0, 0, 0, 0, 0]

    with office.desk.on_its_own(office.workspace_id) as work:
        held_ids = [one.id for one in calendar_asking.meetings_to_brief(work)]
        assert set(held_ids) >= {fine, past, briefed}
        assert not {off, other, old} & set(held_ids)
        calendar_asking.briefed(work, fine)
        calendar_asking.not_briefed(work, briefed)
    assert [one.done_at for one in asked(office, fine)] == [NOW]
    tick(office, NOW + timedelta(hours=2))
    assert asked(office, briefed) == [], "another briefing of it is there still"
    with office.desk.on_its_own(office.workspace_id) as work:
        found = work.tx.session.get(Briefing, briefing.id)
        assert found is not None
        found.status = BriefingStatus.WITHDRAWN
        work.tx.flush()
        calendar_asking.not_briefed(work, briefed)
    tick(office, NOW + timedelta(hours=3))
    assert [one.duty for one in asked(office, briefed)] == [Duty.BRIEF]
