"""Committee reports: who may do what in which state, what a form refuses, and by when a report is due."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BadInput, NotFound, NotFromHere, NotPermitted, StaleDraft
from bot.core.permissions import Act, Relation
from bot.core.working_days import Nation, WorkingHours
from bot.desk import report_cards, report_rows, report_submission, reports
from bot.desk.report_rows import Heard, Said, WithWhom
from bot.desk.report_steps import NOT_THERE, due_by_default
from bot.desk.reports import Cover, CoverTexts
from bot.desk.whom import Whom
from storage import reports as records
from storage.database import Database
from storage.people import Role
from storage.reports import Report, ReportEntry, ReportRow, ReportStatus, ReportVersion, RowKind, RowState
from storage.signoffs import HeardBy
from tests.unit.small_office import (
    GUEST,
    IN_ROLES,
    NOW,
    OUTSIDER,
    OWNER,
    SIGNATORY,
    STRANGERS,
    Attempt,
    SmallOffice,
    State,
    everybody_tries,
    opened,
    tried_by,
)

BLANK, COMPLETE, SIGNED, SUBMITTED, DROPPED = STAGES = ("blank", "complete", "signed", "submitted", "dropped")
WHY = Said(RowState.NOT_APPLICABLE, why="It costs nothing.")
HEARD = Heard(HeardBy.PHONE, "She rang me.")
RULES = """
                     blank     complete  signed    submitted dropped
    read_report      blank     complete  signed    submitted dropped
    change_cover     blank     complete  complete  .         .
    assign_rows      blank     complete  signed    .         .
    complete_row     blank     complete  complete  .         .
    record_row       blank     complete  complete  .         .
    refuse_row       blank     .         .         .         .
    sign_report      .         signed    .         .         .
    submit_report    .         .         submitted .         .
    take_back_report .         .         .         signed    .
    give_report      blank     complete  complete  .         .
    drop_report      dropped   dropped   dropped   .         .
"""
"""What each act makes of a report. Whatever changes it voids the owner's signature."""


@pytest.fixture
def office(sqlite_url: str) -> Iterator[SmallOffice]:
    database = Database(sqlite_url)
    yield opened(database)
    database.dispose()


def report(office: SmallOffice, stage: str = BLANK, *, private: bool = False, **values: object) -> int:
    """A report of the owner's, whose first row is the signatory's."""
    owner, asked = office.ids[OWNER.name], office.ids[SIGNATORY.name]
    status = {SUBMITTED: ReportStatus.SUBMITTED, DROPPED: ReportStatus.DROPPED}.get(stage, ReportStatus.OPEN)
    complete = {BLANK: 0, COMPLETE: 9, DROPPED: 0}.get(stage, 10)
    with office.writing() as tx:
        made = Report(
            number=int(office.once().rpartition(":")[2]),
            status=status,
            owner_id=owner,
            title="Winter plan",
            due_at=NOW + timedelta(days=5),
            is_private=private,
            administrator_id=office.ids[OUTSIDER.name],
            started_at=NOW,
            version=1 if stage == SUBMITTED else 0,
            **values,
        )
        tx.add(made)
        for place, kind in enumerate(RowKind):
            is_complete = place < complete
            row = ReportRow(
                report_id=made.id,
                kind=kind,
                assigned_id=owner if place else asked,
                state=RowState.DONE if is_complete else RowState.BLANK,
                entries=int(is_complete),
            )
            tx.add(row)
            if is_complete:
                entry = ReportEntry(row_id=row.id, number=1, state=RowState.DONE, given_by_id=owner, at=NOW)
                tx.add(entry)
        if stage == SUBMITTED:
            who = {"submitted_by_id": owner, "sent_to_id": office.ids[OUTSIDER.name], "submitted_at": NOW}
            tx.add(ReportVersion(report_id=made.id, number=1, content={}, sha256="0" * 64, **who))
        return made.id


def row_of(office: SmallOffice, report_id: int, place: int = 0) -> int:
    with office.reading() as tx:
        return records.rows_of(tx, report_id)[place].id


def stage_of(office: SmallOffice, report_id: int) -> str:
    with office.reading() as tx:
        found = records.get(tx, report_id)
        assert found is not None
        rows = records.rows_of(tx, report_id)
    if found.status is not ReportStatus.OPEN:
        return SUBMITTED if found.status is ReportStatus.SUBMITTED else DROPPED
    if rows[-1].state is RowState.DONE:
        return SIGNED
    return COMPLETE if all(row.state is not RowState.BLANK for row in rows[:-1]) else BLANK


def seen(office: SmallOffice, report_id: int) -> int:
    with office.reading() as tx:
        found = records.get(tx, report_id)
        return found.revision if found else 0


def entries(office: SmallOffice, report_id: int) -> int:
    with office.reading() as tx:
        found = records.row(tx, row_of(office, report_id))
        return found.entries if found else 0


ATTEMPTS: dict[Act, Attempt] = {
    Act.READ_REPORT: lambda office, caller, it: report_cards.look(office.desk, caller, it),
    Act.CHANGE_COVER: lambda office, caller, it: reports.change_texts(
        office.desk, caller, it, CoverTexts(background=office.once()), once=office.once()
    ),
    Act.ASSIGN_ROWS: lambda office, caller, it: report_rows.assign(
        office.desk, caller, it, WithWhom({RowKind.FINANCE: GUEST.slack_id}), once=office.once()
    ),
    Act.COMPLETE_ROW: lambda office, caller, it: report_rows.complete(
        office.desk, caller, row_of(office, it), WHY, seen=entries(office, it), once=office.once()
    ),
    Act.RECORD_ROW: lambda office, caller, it: report_rows.record(
        office.desk, caller, row_of(office, it), WHY, HEARD, seen=entries(office, it), once=office.once()
    ),
    Act.REFUSE_ROW: lambda office, caller, it: report_rows.refuse(
        office.desk, caller, row_of(office, it), "I am new.", could=None, could_words="", once=office.once()
    ),
    Act.SIGN_REPORT: lambda office, caller, it: report_rows.sign(
        office.desk, caller, it, seen=seen(office, it), once=office.once()
    ),
    Act.SUBMIT_REPORT: lambda office, caller, it: report_submission.submit(
        office.desk, caller, it, seen=seen(office, it), once=office.once()
    ),
    Act.TAKE_BACK_REPORT: lambda office, caller, it: report_submission.take_back(
        office.desk, caller, it, "A wrong figure.", once=office.once()
    ),
    Act.GIVE_REPORT: lambda office, caller, it: reports.give(
        office.desk, caller, it, GUEST.slack_id, once=office.once()
    ),
    Act.DROP_REPORT: lambda office, caller, it: reports.drop(
        office.desk, caller, it, "Not needed.", once=office.once()
    ),
}
ON_ROWS = {Act.COMPLETE_ROW, Act.RECORD_ROW, Act.REFUSE_ROW}


def by_the_rules(act: Act) -> dict[str, str | None]:
    heading, *lines = RULES.strip().splitlines()
    marks = next(line.split()[1:] for line in lines if line.split()[0] == act)
    found = dict(zip(heading.split(), marks, strict=True))
    return {stage: None if to == "." else next(one for one in STAGES if one == to) for stage, to in found.items()}


@pytest.mark.parametrize("act", ATTEMPTS)
def test_everybody_tries_everything_in_every_state(office: SmallOffice, act: Act) -> None:
    """Role by state by act: done exactly when both tables say so; else refused, unchanged and on record."""
    relations = {SIGNATORY: Relation.ASKED, OWNER: Relation.OWNER}
    rules = by_the_rules(act)
    states = [State(partial(report, office, stage), rules[stage], relations) for stage in STAGES]
    becomes, others = partial(stage_of, office), [OWNER, SIGNATORY, GUEST]
    assert everybody_tries(office, act, ATTEMPTS[act], states=states, becomes=becomes, others=others) == []


def test_the_table_holds_on_postgresql_too(postgres_url: str) -> None:
    """Each act by one who may, in each state."""
    database = Database(postgres_url)
    office, wrong = opened(database), []
    for act, attempt in ATTEMPTS.items():
        who = SIGNATORY if act in {Act.COMPLETE_ROW, Act.REFUSE_ROW} else OWNER
        states = [State(partial(report, office, stage), to, {}) for stage, to in by_the_rules(act).items()]
        wrong += tried_by(office, who, act, attempt, states, becomes=partial(stage_of, office))
    database.dispose()
    assert wrong == []


def test_the_signature_is_nobody_else_s_row(office: SmallOffice) -> None:
    """It is neither completed, recorded nor handed back, and nothing is signed or submitted that was not seen so."""
    it = report(office, COMPLETE)
    last = row_of(office, it, 9)
    with pytest.raises(NotPermitted):
        report_rows.complete(office.desk, OWNER.caller, last, WHY, seen=0, once=office.once())
    with pytest.raises(NotFromHere, match="This row is yours"):
        report_rows.record(office.desk, OWNER.caller, last, WHY, HEARD, seen=0, once=office.once())
    before = seen(office, it)
    ATTEMPTS[Act.CHANGE_COVER](office, OWNER.caller, it)
    with pytest.raises(StaleDraft, match="Look at it again"):
        report_rows.sign(office.desk, OWNER.caller, it, seen=before, once=office.once())
    ATTEMPTS[Act.SIGN_REPORT](office, OWNER.caller, it)
    with pytest.raises(StaleDraft, match="Look at it again"):
        report_submission.submit(office.desk, OWNER.caller, it, seen=before, once=office.once())
    with pytest.raises(NotFromHere, match="a moment ago"):
        report_rows.complete(office.desk, SIGNATORY.caller, row_of(office, it), WHY, seen=0, once=office.once())


DONE = Said(RowState.DONE, with_whom="The clinical senate", day=NOW.date())
BAD_ROWS: dict[str, tuple[Said, str]] = {
    "neither": (Said(None), "state"),
    "blank": (Said(RowState.BLANK), "state"),
    "not applicable, and why not": (Said(RowState.NOT_APPLICABLE, why=" "), "why"),
    "done, and with whom not": (Said(RowState.DONE, with_whom=" ", day=NOW.date()), "with_whom"),
    "no day": (Said(RowState.DONE, details="In full."), "day"),
    "a day to come": (Said(RowState.DONE, details="In full.", day=date(2026, 11, 24)), "day"),
    "too long": (Said(RowState.NOT_APPLICABLE, why="x" * 3001), "why"),
}
NEXT_WEEK = NOW + timedelta(days=7)
BAD_COVERS: dict[str, tuple[Cover, str]] = {
    "no title": (Cover(" "), "title"),
    "a long title": (Cover("x" * 201), "title"),
    "a meeting gone by": (Cover("A", meeting_at=NOW - timedelta(days=1)), "meeting"),
    "due before now": (Cover("A", due_at=NOW), "due"),
    "due after the meeting": (Cover("A", meeting_at=NEXT_WEEK, due_at=NEXT_WEEK + timedelta(hours=1)), "due"),
    "two administrators": (Cover("A", administrator=Whom(GUEST.slack_id, name="Pat")), "administrator"),
    "an address alone": (Cover("A", administrator=Whom(email="pat@trust.example")), "administrator_name"),
    "no address": (Cover("A", administrator=Whom(name="Pat", email="pat")), "administrator_email"),
    "a stranger": (Cover("A", administrator=Whom(STRANGERS[0].slack_id)), "administrator"),
}
NEW = Whom(name="Tomos Reed", email="tomos@ward.example")
BAD_ASKING: dict[str, tuple[WithWhom, str]] = {
    "an outsider without rows": (WithWhom({}, NEW), "outsider_rows"),
    "rows without anybody": (WithWhom({}, outsiders_rows=[RowKind.DATA]), "outsider_name"),
    "a stranger": (WithWhom({RowKind.FINANCE: STRANGERS[0].slack_id}), "finance"),
}


def test_a_form_that_cannot_be_taken_says_why_and_changes_nothing(office: SmallOffice) -> None:
    """Each bad input with its field."""
    it, desk = report(office), office.desk
    row = row_of(office, it)
    tries: list[tuple[str, str, Callable[..., object]]] = [
        *(
            (name, field, partial(report_rows.complete, desk, SIGNATORY.caller, row, what, seen=0))
            for name, (what, field) in BAD_ROWS.items()
        ),
        *(
            (name, field, partial(reports.start, desk, IN_ROLES[Role.LEAD].caller, cover))
            for name, (cover, field) in BAD_COVERS.items()
        ),
        *(
            (name, field, partial(report_rows.assign, desk, OWNER.caller, it, to))
            for name, (to, field) in BAD_ASKING.items()
        ),
        *(
            (field, field, partial(report_rows.record, desk, OWNER.caller, row, DONE, heard, seen=0))
            for heard, field in (
                (Heard(None, "She rang."), "how"),
                (Heard(HeardBy.PHONE, " "), "evidence"),
                (Heard(HeardBy.PHONE, "She rang.", NOW - timedelta(days=1)), "heard_at"),
            )
        ),
        (
            "nobody",
            "reason",
            partial(report_rows.refuse, desk, SIGNATORY.caller, row, " ", could=None, could_words=""),
        ),
        ("no reason", "reason", partial(reports.drop, desk, OWNER.caller, it, " ")),
        ("nobody to give to", "member", partial(reports.give, desk, OWNER.caller, it, None)),
    ]
    before = office.everything()
    for name, field, attempt in tries:
        with pytest.raises(BadInput) as refused:
            attempt(once=office.once())
        assert (name, refused.value.field) == (name, field)
    assert office.everything() == before


def test_a_private_report_is_not_there_for_those_who_have_nothing_to_do_with_it(office: SmallOffice) -> None:
    """Owner, whoever has a row, chair and comms lead read it; for everybody else it is not on file, nor in the list."""
    it = report(office, private=True)
    public = report(office)
    sees = {OWNER, SIGNATORY, IN_ROLES[Role.CHAIR], IN_ROLES[Role.COMMS_LEAD]}
    for who in sees:
        assert report_cards.look(office.desk, who.caller, it).report.id == it
    pmo = IN_ROLES[Role.PROGRAMME_OFFICE]
    assert [one.id for one, _ in report_cards.listed(office.desk, pmo.caller).lines] == [public]
    with pytest.raises(NotFound) as refused:
        report_cards.look(office.desk, pmo.caller, it)
    assert refused.value.sentence == NOT_THERE
    chair = report_cards.listed(office.desk, IN_ROLES[Role.CHAIR].caller)
    assert {one.id for one, _ in chair.lines} == {it, public}
    for _ in range(report_cards.PAGE):
        report(office)
    second = report_cards.listed(office.desk, pmo.caller, offset=report_cards.PAGE)
    assert (len(second.lines), second.total) == (1, report_cards.PAGE + 1), "a page at a time, and of what they may see"
    nobody = report_cards.listed(office.desk, IN_ROLES[Role.PRESS_OFFICER].caller)
    assert (nobody.lines, nobody.total) == ((), 0)


HOURS = WorkingHours(ZoneInfo("Europe/London"), Nation.ENGLAND, time(9), time(17), closed_on=frozenset[date]())
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001 (Hypothesis draws naive ones)


@given(now=MOMENTS, until=st.none() | st.timedeltas(timedelta(minutes=1), timedelta(days=60)))
def test_a_report_is_due_in_time_for_its_meeting(now: datetime, until: timedelta | None) -> None:
    """To come; five working days before the meeting, or as soon as can be, but never after it begins."""
    meeting = now + until if until else None
    due_at = due_by_default(meeting, now, HOURS)
    assert now < due_at
    if meeting is None:
        assert due_at == HOURS.closing_of(HOURS.working_day_after(HOURS.local_day(now), 10))
        return
    assert due_at <= meeting
    wanted = HOURS.closing_of(HOURS.working_day_after(HOURS.local_day(meeting), -5))
    assert due_at == wanted or wanted <= now
