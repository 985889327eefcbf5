"""Moving and calling off: one date, or all of a series to come; what has passed or has a briefing stays."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.clock import MovableClock
from bot.core.digest_parts import Edition, Part
from bot.core.errors import BadInput, NotFound, NotFromHere
from bot.desk import (
    calendar,
    calendar_asking,
    calendar_changes,
    calendar_outlook,
    calendar_series,
    cascade_outlook,
)
from bot.desk.calendar_changes import Scope
from bot.desk.calendar_details import DateDetails, details_of
from bot.desk.calendar_series import Again, RuleChoice
from bot.desk.calendar_words import subject_of
from storage import calendar as records
from storage import digests, obligations, outbox, people
from storage.audit import AuditEntry
from storage.briefings import Briefing, BriefingStatus
from storage.calendar import CalendarDate, DateKind
from storage.database import Database
from storage.outbox import PostingKind
from storage.papers import Paper, PaperKind, PaperState
from storage.people import Role
from tests.unit.small_office import IN_ROLES, NOW, OWNER, SmallOffice, Someone, opened

OFFICER, LEAD = IN_ROLES[Role.PRESS_OFFICER], IN_ROLES[Role.COMMS_LEAD]
LONDON = ZoneInfo("Europe/London")
FIRST = datetime(2026, 12, 1, 14, tzinfo=UTC)
MONTHLY = RuleChoice(Again.WEEKDAY, weekday=1, nth=1)
"""Every first Tuesday."""


@pytest.fixture
def office(sqlite_url: str) -> Iterator[SmallOffice]:
    database = Database(sqlite_url)
    yield opened(database)
    database.dispose()


def add(office: SmallOffice, starts_at: datetime = FIRST, choice: RuleChoice | None = MONTHLY) -> list[CalendarDate]:
    ends_at = starts_at + timedelta(hours=2)
    details = DateDetails(DateKind.BOARD_MEETING, "", "Town Hall", starts_at, ends_at)
    calendar.add(office.desk, OFFICER.caller, details, choice, once=office.once())
    return on_file(office)


def on_file(office: SmallOffice) -> list[CalendarDate]:
    with office.reading() as tx:
        return records.between(tx, NOW - timedelta(days=400), NOW + timedelta(days=4000))


def change(office: SmallOffice, one: CalendarDate, scope: Scope = Scope.ONE, **values: object) -> str:
    details = replace(details_of(one), **values)  # type: ignore[arg-type]
    return calendar_changes.change(
        office.desk, OFFICER.caller, one.id, details, seen=one.starts_at, scope=scope, once=office.once()
    )


def call_off(office: SmallOffice, one: CalendarDate, scope: Scope = Scope.ONE, because: str = "No quorum") -> str:
    return calendar_changes.call_off(
        office.desk, OFFICER.caller, one.id, because, seen=one.starts_at, scope=scope, once=office.once()
    )


def brief(office: SmallOffice, meeting: CalendarDate, status: BriefingStatus) -> None:
    with office.writing() as tx:
        briefing = Briefing(number=7, meeting_id=meeting.id, status=status, owner_id=office.ids[OWNER.name])
        briefing.chair_id, briefing.started_at = office.ids[OWNER.name], NOW
        briefing.posted_at = NOW if status is BriefingStatus.POSTED else None
        tx.add(briefing)


def file_paper(office: SmallOffice, meeting: CalendarDate, state: PaperState) -> None:
    with office.writing() as tx:
        paper = Paper(meeting_id=meeting.id, kind=PaperKind.AGENDA, title="Agenda", state=state)
        paper.added_by_id, paper.added_at = office.ids[OWNER.name], NOW
        tx.add(paper)


def notices(office: SmallOffice) -> dict[int | None, str]:
    with office.reading() as tx:
        found = outbox.newest(tx, PostingKind.NOTICE, limit=50)
        return {one.person_id: str(one.detail["sentence"]) for one in reversed(found)}


def days(found: list[CalendarDate], most: int = 4) -> list[str]:
    return [f"{one.starts_at.astimezone(LONDON):%d %b %H:%M}" for one in found[:most]]


def test_one_is_moved_and_the_others_stay(office: SmallOffice) -> None:
    """And it stays where it is when the series is planned further, or moves as a whole by an hour."""
    found = add(office)
    assert days(found) == ["01 Dec 14:00", "05 Jan 14:00", "02 Feb 14:00", "02 Mar 14:00"]
    change(office, found[1], starts_at=found[1].starts_at + timedelta(days=2))
    assert on_file(office)[1].ends_at == found[1].starts_at + timedelta(days=2, hours=2), "its end moves along"
    office.desk.clock.advance(timedelta(days=45))  # type: ignore[attr-defined]
    calendar_series.plan_ahead(office.desk)
    calendar_series.plan_ahead(office.desk)
    later = on_file(office)
    assert len(later) == len(found) + 2
    assert days(later) == ["01 Dec 14:00", "07 Jan 14:00", "02 Feb 14:00", "02 Mar 14:00"]
    march = later[3]
    early = march.starts_at - timedelta(hours=4)
    assert change(office, march, Scope.ALL, starts_at=early, ends_at=None, place="Library") == ""
    moved = on_file(office)
    assert days(moved[2:6]) == ["02 Feb 14:00", "02 Mar 10:00", "06 Apr 10:00", "04 May 10:00"]
    assert [one.place for one in moved[2:5]] == ["Town Hall", "Library", "Library"]
    assert {one.ends_at for one in moved[3:]} == {None}
    office.desk.clock.advance(timedelta(days=60))  # type: ignore[attr-defined]
    calendar_series.plan_ahead(office.desk)
    assert on_file(office)[-1].starts_at.astimezone(LONDON).hour == 10


def test_what_was_moved_by_itself_keeps_its_time(office: SmallOffice) -> None:
    """When all to come begin earlier, one that was put on another day is left there, and gets the new place."""
    found = add(office)
    change(office, found[2], starts_at=found[2].starts_at + timedelta(days=1, hours=1))
    change(office, found[1], Scope.ALL, starts_at=found[1].starts_at - timedelta(hours=1), place="Library")
    now = on_file(office)
    assert days(now) == ["01 Dec 14:00", "05 Jan 13:00", "03 Feb 15:00", "02 Mar 13:00"]
    assert [one.place for one in now[:4]] == ["Town Hall", "Library", "Library", "Library"]


def test_a_briefing_and_the_past_are_not_touched_by_a_change_of_all(office: SmallOffice) -> None:
    """What was left is named; from one that has passed, only that one can be changed."""
    found = add(office)
    brief(office, found[1], BriefingStatus.DRAFT)
    left = change(office, found[0], Scope.ALL, title="Partnership board")
    assert left == "Left as it was, since there is a briefing: Board meeting, Tue 5 Jan 2027."
    assert [one.title for one in on_file(office)[:3]] == ["Partnership board", "Board meeting", "Partnership board"]
    left = call_off(office, on_file(office)[0], Scope.ALL)
    assert "Tue 5 Jan 2027" in left
    assert [one.id for one in on_file(office)] == [found[1].id]
    office.desk.clock.advance(timedelta(days=60))  # type: ignore[attr-defined]
    calendar_series.plan_ahead(office.desk)
    assert [one.id for one in on_file(office)] == [found[1].id], "nothing more is planned"
    with pytest.raises(NotFromHere, match="has passed"):
        change(office, found[1], Scope.ALL, title="Other")
    change(office, found[1], title="Other")


def another_rule(
    office: SmallOffice, one: CalendarDate, choice: RuleChoice, who: Someone = OFFICER, **values: object
) -> str:
    details = replace(details_of(one), **values)  # type: ignore[arg-type]
    return calendar_changes.change_rule(
        office.desk, who.caller, one.id, details, choice, seen=one.starts_at, once=office.once()
    )


def test_another_rule_from_a_date_on(office: SmallOffice) -> None:
    """Dates of the same month keep their row, so that what hangs on them stays; the others are called off, with the
    reason, and can be put back; earlier ones stay. All of it is on record."""
    found = add(office)
    wednesdays = RuleChoice(Again.WEEKDAY, "2", weekday=2, nth=2)
    said = another_rule(
        office, found[2], wednesdays, starts_at=datetime(2027, 2, 10, 9, tzinfo=UTC), ends_at=None, place="Library"
    )
    now = on_file(office)
    assert days(now, 5) == ["01 Dec 14:00", "05 Jan 14:00", "10 Feb 09:00", "14 Apr 09:00", "09 Jun 09:00"]
    assert [now[2].id, now[3].id] == [found[2].id, found[4].id]
    assert len({one.series_id for one in now[2:]}) == 1
    assert now[2].series_id != now[1].series_id
    named = "Board meeting, Tue {}".format
    assert said.startswith(f"Called off, since the new rule has no such date: {named('2 Mar 2027')}; ")
    shown = calendar.page(office.desk, OFFICER.caller)
    assert shown.lines[2].rule == "every second Wednesday of the month, every 2 months"
    (march,) = (line.date for line in shown.lines if line.date.id == found[3].id)
    assert march.called_off_because == "The rule changed to every second Wednesday of the month, every 2 months"
    with office.reading() as tx:
        entry = tx.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        on_record = json.loads(entry.details)
    assert on_record["was"] == {"rule": "every first Tuesday of the month"}
    assert (on_record["now"]["place"], on_record["now"]["starts"]) == ("Library", "09:00:00")
    assert on_record["moved"][:2] == [found[2].id, found[4].id]
    assert on_record["called_off"][:2] == [found[3].id, found[5].id]
    calendar_changes.put_back(office.desk, OFFICER.caller, march.id)
    (march,) = (one for one in on_file(office) if one.id == march.id)
    assert march.series_id is None


def test_another_rule_leaves_what_has_a_briefing_or_papers(office: SmallOffice) -> None:
    """Where it is, and as it is; no second meeting is put on its day, and its key messages are not owed twice. Of
    papers that are hidden from whoever changes the rule, nothing is told."""
    found = add(office, choice=RuleChoice(Again.WEEK, weekday=1))
    brief(office, found[0], BriefingStatus.DRAFT)
    file_paper(office, found[1], PaperState.TO_PUBLISH)
    file_paper(office, found[2], PaperState.CONFIDENTIAL)
    call_off(office, found[4])
    alone = found[6].starts_at + timedelta(days=1)
    change(office, found[6], starts_at=alone)
    every_two = RuleChoice(Again.WEEK, "2", weekday=1)
    said = another_rule(office, found[0], every_two, IN_ROLES[Role.PROGRAMME_OFFICE], title="Board", place="Library")
    assert said.startswith(
        "Left as it was, since there is a briefing: Board meeting, Tue 1 Dec 2026. "
        "Left as it was, since there are papers: Board meeting, Tue 8 Dec 2026. "
        "Left as it was: Board meeting, Tue 15 Dec 2026. "
        "Left on the day to which it was moved: Board meeting, Wed 13 Jan 2027. "
        "Called off, since the new rule has no such date: Board meeting, Tue 22 Dec 2026; Board meeting, Tue 5 Jan 2027"
    ), said
    now = on_file(office)
    assert [one.id for one in now[:5]] == [found[place].id for place in (0, 1, 2, 6, 8)]
    assert days(now, 5) == ["01 Dec 14:00", "08 Dec 14:00", "15 Dec 14:00", "13 Jan 14:00", "26 Jan 14:00"]
    assert [one.place for one in now[:5]] == ["Town Hall", "Town Hall", "Town Hall", "Library", "Library"]
    assert len({one.series_id for one in now}) == 1
    calendar_series.plan_ahead(office.desk)
    assert len(on_file(office)) == len(now)
    assert another_rule(office, now[0], RuleChoice(Again.WEEK, weekday=1)).count("Left as it was") == 2
    later = on_file(office)
    assert len({one.starts_at.date() for one in later}) == len(later), "one on each day"
    office.desk.clock.advance(FIRST - NOW + timedelta(days=3))  # type: ignore[attr-defined]
    calendar_asking.ask_for_briefings(office.desk)
    with office.reading() as tx:
        assert records.meetings_owed(tx) == []


def test_another_rule_puts_nothing_where_a_date_was_moved_away(office: SmallOffice) -> None:
    """Also where it was moved to before the date from which on the rule is another."""
    found = add(office)
    change(office, found[3], starts_at=FIRST - timedelta(days=1))
    another_rule(office, found[0], MONTHLY, place="Library")
    assert days(on_file(office)) == ["30 Nov 14:00", "01 Dec 14:00", "05 Jan 14:00", "02 Feb 14:00"]
    assert days(on_file(office)[4:], 1) == ["06 Apr 14:00"]


def test_a_meeting_with_papers_stays_a_meeting(office: SmallOffice) -> None:
    """Of papers that are hidden from whoever changes it, the refusal tells nothing."""
    found = add(office)
    file_paper(office, found[0], PaperState.CONFIDENTIAL)
    details = replace(details_of(found[0]), kind=DateKind.CAMPAIGN)
    for scope in (Scope.ONE, Scope.ALL):
        for who, sentence in ((OFFICER, "has papers on file"), (IN_ROLES[Role.PROGRAMME_OFFICE], "This stays a meet")):
            with pytest.raises(BadInput, match=sentence) as refused:
                calendar_changes.change(
                    office.desk, who.caller, found[0].id, details, seen=FIRST, scope=scope, once=office.once()
                )
            assert ("paper" in str(refused.value)) is (who is OFFICER)
    file_paper(office, found[2], PaperState.PUBLISHED)
    said = change(office, found[1], Scope.ALL, kind=DateKind.CAMPAIGN, title="Week of care")
    assert said == "Left as it was, since there are papers: Board meeting, Tue 2 Feb 2027."
    assert [one.kind is DateKind.CAMPAIGN for one in on_file(office)[:4]] == [False, True, False, True]


def test_a_long_series_is_changed_with_few_questions(office: SmallOffice) -> None:
    """One for each date, and not one for each date and each thing that may hang on it: a form waits three seconds."""
    found = add(office, choice=RuleChoice(Again.WEEK, weekday=1))
    asked: list[int] = []
    sa.event.listen(office.desk.database.engine, "before_cursor_execute", lambda *_: asked.append(1))
    change(office, found[0], Scope.ALL, title="Board")
    another_rule(office, on_file(office)[0], RuleChoice(Again.WEEK, weekday=2))
    call_off(office, on_file(office)[0], Scope.ALL)
    assert len(asked) < 5 * len(found), (len(asked), len(found))


def test_after_a_posted_briefing_those_who_can_mend_it_hear_what_to_do(office: SmallOffice) -> None:
    """Moved, and then called off: its owner and the comms leads, each in a sentence; where it is a draft, another."""
    (one,) = add(office, choice=None)
    brief(office, one, BriefingStatus.POSTED)
    change(office, one, title="Extraordinary meeting")
    assert notices(office) == {}, "another title moves nothing"
    change(office, on_file(office)[0], starts_at=FIRST + timedelta(days=7))
    told = notices(office)
    assert set(told) == {office.ids[OWNER.name], office.ids[LEAD.name]} | _other_leads(office)
    assert told[office.ids[OWNER.name]] == (
        f"{OFFICER.name} moved Extraordinary meeting, Tue 1 Dec 2026, to {{starts}}. BRF-7, its key messages, was "
        "posted {posted}. Check whether it names the old day. If it does, write one that replaces it, and tell those "
        "who have passed it on."
    )
    call_off(office, on_file(office)[0])
    said = notices(office)[office.ids[OWNER.name]]
    assert "called off Extraordinary meeting, Tue 8 Dec 2026: No quorum." in said
    assert "Write one that replaces it and says so" in said
    with pytest.raises(NotFromHere, match="called off"):
        change(office, one, title="Other")
    assert on_file(office) == []
    calendar_changes.put_back(office.desk, OFFICER.caller, one.id)
    assert [one.called_off_because for one in on_file(office)] == [None]
    with pytest.raises(NotFromHere, match="on already"):
        calendar_changes.put_back(office.desk, OFFICER.caller, one.id)


def _other_leads(office: SmallOffice) -> set[int]:
    with office.reading() as tx:
        return {person.id for person in people.holding(tx, Role.COMMS_LEAD) if person.on_slack}


def test_braces_that_somebody_typed_stand_for_nothing(office: SmallOffice) -> None:
    """In digests and in what is said of a briefing they are shown as brackets, and nothing is filled in for them."""
    office.cascade(asked=IN_ROLES[Role.BOARD_MEMBER])
    with office.writing() as tx:
        tx.session.execute(sa.update(CalendarDate).values(title="Board {due}"))
    (one,) = add(office, NOW + timedelta(days=2), choice=None)[1:]
    brief(office, one, BriefingStatus.POSTED)
    change(office, one, title="{starts} {posted}", place="{title} {exact}")

    def told(part: Part) -> str:
        with office.desk.on_its_own(office.workspace_id, read_only=True) as work:
            (digest, *_) = digests.every_one(work.tx)
            edition = Edition(digest, NOW.date(), NOW, None, NOW)
            return "\n".join(entry.words for entry in part.gather(work, edition).entries)

    assert told(calendar_outlook.ComingDates()) == "{title} · 10:00 · (title) (exact)"
    assert told(cascade_outlook.TakenHome()).count("{due}") == 1
    call_off(office, one, because="No {briefing} quorum")
    assert told(calendar_outlook.ComingDates()) == "{title} · No (briefing) quorum"
    assert "off (starts) (posted), Wed 25 Nov 2026: No (briefing) quorum." in notices(office)[office.ids[OWNER.name]]


def test_a_meeting_that_was_not_held_is_not_asked_for_any_more(office: SmallOffice) -> None:
    """Called off, or moved, the day after: what was owed goes, and comes again after the new day, once."""
    (one,) = add(office, NOW + timedelta(hours=2), None)
    clock = office.desk.clock
    assert isinstance(clock, MovableClock)

    def owed() -> int:
        calendar_asking.ask_for_briefings(office.desk)
        with office.reading() as tx:
            return len(obligations.open_on(tx, subject_of(one.id)))

    clock.advance(timedelta(days=1))
    assert owed() == 1
    change(office, one, starts_at=clock.now() + timedelta(hours=3), ends_at=None)
    assert owed() == 0
    clock.advance(timedelta(days=1))
    assert owed() == 1
    call_off(office, on_file(office)[0])
    assert owed() == 0
    calendar_changes.put_back(office.desk, OFFICER.caller, one.id)
    assert owed() == 1


def test_refusals_in_sentences(office: SmallOffice) -> None:
    """Each beside its input; a date that somebody else moved meanwhile is not overwritten."""
    found = add(office)
    for values, field in (
        ({"ends_at": found[0].starts_at}, "ends"),
        ({"ends_at": found[0].starts_at + timedelta(days=400)}, "ends"),
        ({"starts_at": FIRST + timedelta(days=4000), "ends_at": None}, "starts"),
        ({"title": "x" * 101}, "title"),
        ({"place": "x" * 81}, "place"),
        ({"kind": DateKind.CAMPAIGN, "title": " "}, "title"),
        ({}, "title"),
    ):
        with pytest.raises(BadInput) as refused:
            change(office, found[0], **values)
        assert refused.value.field == field
    with pytest.raises(BadInput, match="own days"):
        change(office, found[0], Scope.ALL, starts_at=FIRST + timedelta(days=1))
    with pytest.raises(BadInput, match="Say why"):
        call_off(office, found[0], because=" ")
    change(office, found[0], starts_at=FIRST + timedelta(days=1))
    with pytest.raises(NotFromHere, match="Somebody moved this"):
        call_off(office, found[0])
    with pytest.raises(NotFound):
        calendar.one(office.desk, OFFICER.caller, 999)
    past = DateDetails(DateKind.MILESTONE, "Report", "", datetime(2020, 1, 6, 9, tzinfo=UTC), None)
    ended = RuleChoice(Again.WEEK, until=date(2020, 3, 1))
    with pytest.raises(BadInput, match="have passed"):
        calendar.add(office.desk, OFFICER.caller, past, ended, once=office.once())


def test_a_rule_of_every_other_year_has_its_next_date_on_file(office: SmallOffice) -> None:
    """Also where that is further away than is planned; and days on which nobody works are shown as such."""
    add(office, datetime(2026, 12, 25, 14, tzinfo=UTC), RuleChoice(Again.YEAR, "3"))
    assert days(on_file(office)) == ["25 Dec 14:00"]
    office.desk.clock.advance(timedelta(days=40))  # type: ignore[attr-defined]
    for _ in range(3):
        calendar_series.plan_ahead(office.desk)
    assert [f"{one.starts_at:%Y}" for one in on_file(office)] == ["2026", "2029"]
    office.desk.clock.advance(timedelta(days=700))  # type: ignore[attr-defined]
    calendar_series.plan_ahead(office.desk)
    assert [f"{one.starts_at:%Y}" for one in on_file(office)] == ["2026", "2029"]
