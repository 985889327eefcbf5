"""Many at once: what one person does holds against what others do in the same moment, on both databases."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from bot.core.audit import verify
from bot.core.errors import AlreadyDone, BadInput, DeskError, NotFromHere, StaleDraft
from bot.core.obligations import remind
from bot.desk import enquiries, enquiry_closing, enquiry_deadlines, home, signoffs, statements
from bot.desk.enquiry_closing import Closing
from storage import outbox, outbox_line, people
from storage.database import Database, DatabaseUnavailable
from storage.enquiries import Enquiry, EnquiryStatus, NoteKind, Outcome
from storage.obligations import Duty, Obligation
from storage.outbox import Posting, PostingKind
from storage.signoffs import Draft, Signature, SignatureState, Signoff
from storage.statements import Dispatch, Statement, StatementStatus
from storage.subjects import SubjectKind
from tests.storage.press_office import AMINA, BEN, CARYS, ESTHER, GARETH, SIGNATORIES, PressOffice, at_once

ALL_EIGHT = (ESTHER, GARETH, *SIGNATORIES)


@pytest.fixture(autouse=True)
def all_the_time_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is proved here is order, not speed: on a slow machine nobody may give up waiting for their turn."""
    monkeypatch.setattr("storage.database.TURN_SECONDS", 30.0)


def every(office: PressOffice, model: Any, *conditions: Any) -> list[Any]:
    with office.reading() as tx:
        return list(tx.session.scalars(sa.select(model).where(*conditions).order_by(model.id)).unique())


def in_this_order(office: PressOffice, *acts: Callable[[], Any]) -> list[Any]:
    """Lets acts come in one after another while somebody else writes: then they are carried out in that order."""
    database, outcomes = office.desk.database, [None] * len(acts)
    with database.transaction(office.workspace_id):
        threads = []
        for number, act in enumerate(acts):

            def run(number: int = number, act: Callable[[], Any] = act) -> None:
                outcomes[number] = at_once(act)[0]

            threads.append(threading.Thread(target=run))
            threads[-1].start()
            while sum(len(turns._waiting) for turns in database._turns.values()) <= number:
                threads[-1].join(0.005)
    for thread in threads:
        thread.join()
    return outcomes


def test_two_people_take_one_enquiry(press_office: PressOffice) -> None:
    """One has it, the other is told who was quicker; both attempts are on the record."""
    for enquiry in [press_office.log() for _ in range(4)]:
        outcomes = at_once(
            *(
                partial(enquiries.take, press_office.desk, press_office.caller(who), enquiry.id)
                for who in (AMINA, BEN, CARYS)
            )
        )
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "NotFromHere", "NotFromHere"]
        owner = (AMINA, BEN, CARYS)[outcomes.index(None)]
        (taken,) = every(press_office, Enquiry, Enquiry.id == enquiry.id)
        assert taken.owner_id == press_office.ids[owner]
        answer = every(press_office, Obligation, Obligation.subject_id == enquiry.id, Obligation.duty == Duty.ANSWER)
        assert [obligation.owner_id for obligation in answer] == [press_office.ids[owner]]
    assert verify(press_office.desk.database).findings == ()


def test_eight_people_sign_at_once_and_it_is_signed_once(press_office: PressOffice, elsewhere: PressOffice) -> None:
    """Whoever was last, in whichever process, one thing follows: one obligation to issue, one message about it."""
    statement = press_office.in_signoff(*SIGNATORIES)
    asked = [press_office.signature(statement, who).id for who in ALL_EIGHT]
    acts = [
        partial(signoffs.approve, office.desk, office.caller(who), one)
        for who, one, office in zip(ALL_EIGHT, asked, (press_office, elsewhere) * 4, strict=True)
    ]
    assert at_once(*acts) == [None] * 8
    assert {s.state for s in every(press_office, Signature, Signature.must_sign)} == {SignatureState.APPROVED}
    assert len(every(press_office, Obligation, Obligation.duty == Duty.ISSUE)) == 1
    assert len(every(press_office, Posting, Posting.kind == PostingKind.READY_TO_ISSUE)) == 1
    (signoff,) = every(press_office, Signoff)
    assert signoff.signed_at == press_office.clock.now()
    assert not [o for o in every(press_office, Obligation, Obligation.duty == Duty.SIGN) if o.is_open]


def test_the_same_signature_pressed_many_times_counts_once(press_office: PressOffice) -> None:
    """A person who presses Approve again and again signs once; every other press is refused."""
    statement = press_office.in_signoff()
    asked = press_office.signature(statement, ESTHER).id
    outcomes = at_once(
        *[lambda: signoffs.approve(press_office.desk, press_office.caller(ESTHER), asked) for _ in range(5)]
    )
    assert Counter(type(outcome) for outcome in outcomes) == {type(None): 1, NotFromHere: 4}


def issued_only_what_was_signed(office: PressOffice, statement: Statement) -> bool:
    """Whether it went out; and if it did, that it was the newest text, with every signature on it."""
    (now,) = every(office, Statement, Statement.id == statement.id)
    dispatches = every(office, Dispatch, Dispatch.statement_id == statement.id)
    assert (now.status is StatementStatus.ISSUED) == (len(dispatches) == 1)
    for dispatch in dispatches:
        signatures = every(office, Signature, Signature.draft_id == dispatch.draft_id, Signature.must_sign)
        assert {signature.state for signature in signatures} == {SignatureState.APPROVED}
        newest = max(every(office, Draft, Draft.signoff_id == dispatch.draft.signoff_id), key=lambda d: d.number)
        assert dispatch.draft_id == newest.id
    return bool(dispatches)


def test_a_new_draft_races_approvals_and_issue(press_office: PressOffice) -> None:
    """Whoever wins, nothing goes out on a signature that no longer counts, and nothing changes once it is out."""
    for turn in range(4):
        statement = press_office.in_signoff()
        acts = [
            partial(press_office.approve, statement, ESTHER),
            partial(press_office.approve, statement, GARETH),
            partial(press_office.rewrite, statement, "Other words.", based_on=1),
            partial(press_office.issue, statement),
        ]
        if turn % 2:
            press_office.approve(statement, ESTHER, GARETH)
            acts = acts[2:]
        for outcome in at_once(*acts):
            assert outcome is None or isinstance(outcome, (NotFromHere, StaleDraft)), outcome
        issued_only_what_was_signed(press_office, statement)
    assert verify(press_office.desk.database).findings == ()


@pytest.mark.parametrize("draft_first", [True, False])
def test_a_new_draft_and_the_issue_of_the_old_one(press_office: PressOffice, *, draft_first: bool) -> None:
    """Both had looked while it could still be done: the first is done, the second refused."""
    statement = press_office.in_signoff()
    press_office.approve(statement, ESTHER, GARETH)
    acts = [lambda: press_office.rewrite(statement, "Other.", based_on=1), lambda: press_office.issue(statement)]
    first, second = in_this_order(press_office, *(acts if draft_first else acts[::-1]))
    assert first is None
    assert isinstance(second, (NotFromHere, StaleDraft))
    assert issued_only_what_was_signed(press_office, statement) is not draft_first
    assert not [o for o in every(press_office, Obligation, Obligation.duty == Duty.ISSUE) if o.is_open]


@pytest.mark.parametrize("withdrawn_first", [True, False])
def test_a_withdrawal_and_the_last_signature(press_office: PressOffice, *, withdrawn_first: bool) -> None:
    """A statement that was withdrawn is never ready to be issued, however close the last signature was."""
    statement = press_office.in_signoff()
    press_office.approve(statement, ESTHER)
    last = press_office.signature(statement, GARETH).id
    acts = [
        lambda: statements.withdraw(
            press_office.desk, press_office.caller(AMINA), statement.id, "Not needed", once=press_office.once()
        ),
        lambda: signoffs.approve(press_office.desk, press_office.caller(GARETH), last),
    ]
    in_this_order(press_office, *(acts if withdrawn_first else acts[::-1]))
    (now,) = every(press_office, Statement, Statement.id == statement.id)
    assert now.status is StatementStatus.WITHDRAWN
    about = (Obligation.subject_kind == SubjectKind.STATEMENT, Obligation.subject_id == statement.id)
    assert [o.duty for o in every(press_office, Obligation, *about) if o.is_open] == []


@pytest.mark.parametrize("given_first", [True, False])
def test_an_enquiry_changes_hands_while_the_last_signature_comes(
    press_office: PressOffice, *, given_first: bool
) -> None:
    """Whoever owns the statement in the end is the one who owes its issue."""
    statement = press_office.in_signoff()
    press_office.approve(statement, ESTHER)
    last = press_office.signature(statement, GARETH).id
    (enquiry,) = every(press_office, Enquiry)
    acts = [
        lambda: enquiries.give(
            press_office.desk, press_office.caller(AMINA), enquiry.id, press_office.ids[BEN], once=press_office.once()
        ),
        lambda: signoffs.approve(press_office.desk, press_office.caller(GARETH), last),
    ]
    assert in_this_order(press_office, *(acts if given_first else acts[::-1])) == [None, None]
    owed = [o for o in every(press_office, Obligation, Obligation.duty == Duty.ISSUE) if o.is_open]
    assert [o.owner_id for o in owed] == [press_office.ids[BEN]]


def test_a_statement_is_not_begun_on_an_enquiry_that_closes(press_office: PressOffice) -> None:
    """Closing and drafting at once: a closed enquiry has no statement under way."""
    for enquiry in [press_office.log() for _ in range(4)]:
        before = len(every(press_office, Statement))
        close = partial(enquiry_closing.close, press_office.desk, press_office.caller(BEN), enquiry.id)
        at_once(
            partial(press_office.draft, enquiry),
            partial(close, Closing(Outcome.WITHDRAWN), once=press_office.once()),
        )
        (now,) = every(press_office, Enquiry, Enquiry.id == enquiry.id)
        assert (now.status is EnquiryStatus.CLOSED) == (len(every(press_office, Statement)) == before)


def test_numbers_are_given_once_and_none_is_left_out(press_office: PressOffice, elsewhere: PressOffice) -> None:
    """ENQ-1 to ENQ-16, each once, from eight people in two processes; a form that was refused uses none up."""

    def log_two(office: PressOffice) -> list[int]:
        found = [office.log(BEN).number]
        with pytest.raises(BadInput):
            office.log(BEN, hours=-1)
        return [*found, office.log(BEN).number]

    outcomes = at_once(*[partial(log_two, office) for office in (press_office, elsewhere) * 4])
    assert sorted(number for some in outcomes for number in some) == list(range(1, 17))


def test_a_form_sent_many_times_is_carried_out_once(press_office: PressOffice, elsewhere: PressOffice) -> None:
    """Slack repeats itself, to two processes at once: one enquiry, and the rest hears that it is done."""
    outcomes = at_once(*[partial(office.log, once="view:V1") for office in (press_office, elsewhere) * 3])
    assert Counter(type(outcome) for outcome in outcomes) == {Enquiry: 1, AlreadyDone: 5}
    assert len(every(press_office, Enquiry)) == 1


def test_a_home_opened_twice_at_once_is_one_home(press_office: PressOffice, elsewhere: PressOffice) -> None:
    """Two windows of one person: one home is kept up to date, and nobody sees an error."""
    amina = press_office.caller(AMINA)
    assert (
        at_once(*[partial(home.open_home, office.desk, amina) for office in (press_office, elsewhere) * 2])
        == [None] * 4
    )
    assert len(every(press_office, Posting, Posting.kind == PostingKind.HOME)) == 1


def test_a_stranger_who_comes_by_several_doors_is_one_person(press_office: PressOffice, elsewhere: PressOffice) -> None:
    """Somebody's first press, twice at once, makes them known once."""
    stranger = press_office.caller("Somebody New")
    at_once(*[partial(home.open_home, office.desk, stranger) for office in (press_office, elsewhere) * 2])
    with press_office.reading() as tx:
        assert len([person for person in people.in_slack(tx) if person.slack_user_id == stranger.user_id]) == 1


def test_reminders_are_said_once_however_many_processes_tick(press_office: PressOffice, elsewhere: PressOffice) -> None:
    """Several schedulers beside each other: each person hears of what is due in one of them."""
    for _ in range(3):
        enquiry = press_office.log(hours=2)
        enquiries.take(press_office.desk, press_office.caller(AMINA), enquiry.id)
    press_office.clock.advance(timedelta(hours=1, minutes=1))
    assert at_once(*[partial(remind, office.desk) for office in (press_office, elsewhere) * 2]) == [None] * 4
    reminders = every(press_office, Posting, Posting.kind == PostingKind.REMINDER)
    told = [obligation for reminder in reminders for obligation in reminder.detail["obligations"]]
    assert len(told) == len(set(told)) == 3


def test_nobody_stands_in_anybodys_way_for_good(press_office: PressOffice, elsewhere: PressOffice) -> None:
    """Sixteen people, two processes, delivery and ticks at the same few records: no deadlock, one unbroken record."""
    shared = [press_office.in_signoff() for _ in range(3)]
    for name in (AMINA, BEN, CARYS, ESTHER, GARETH):
        home.open_home(press_office.desk, press_office.caller(name))
    chance = random.Random(16)  # noqa: S311 (the same storm each time)
    people_and_places = zip((AMINA, BEN, CARYS, AMINA) * 4, (press_office, elsewhere) * 8, strict=True)
    storms = [Storm(office, who, chance, shared).acts() for who, office in people_and_places]
    over = threading.Event()
    delivering = [threading.Thread(target=deliver, args=(office, over)) for office in (press_office, elsewhere)]
    for thread in delivering:
        thread.start()
    outcomes = [outcome for some in at_once(*storms) for outcome in some]
    over.set()
    for thread in delivering:
        thread.join()
    unforeseen = [
        outcome for outcome in outcomes if not isinstance(outcome, (type(None), DeskError, DatabaseUnavailable))
    ]
    assert unforeseen == []
    assert [str(outcome) for outcome in outcomes if "deadlock" in str(outcome)] == []
    assert sum(outcome is None for outcome in outcomes) > 16
    assert deadlocks(press_office.desk.database) == 0
    verdict = verify(press_office.desk.database)
    assert verdict.findings == ()
    assert verdict.entries > 16


def deadlocks(database: Database) -> int:
    """How often PostgreSQL had to tear two apart."""
    if database.engine.dialect.name == "sqlite":
        return 0
    with database.engine.connect() as connection:
        counted = sa.text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(connection.scalar(counted) or 0)


def deliver(office: PressOffice, over: threading.Event) -> None:
    """What delivery and the scheduler do beside the people, again and again."""
    turn = 0
    while not over.is_set():
        turn += 1
        with suppress(DatabaseUnavailable):  # it is busy: they come again
            deliver_once(office, turn)


def deliver_once(office: PressOffice, turn: int) -> None:
    """Claims whatever is to be said and takes it for said, as a sender does; and ticks."""
    database, now = office.desk.database, datetime.now(UTC)
    name = f"{id(office)}-{turn}"
    with database.across_workspaces(read_only=True) as view:
        ready = outbox_line.ready(view, now_real=now, limit=16)
    with database.across_workspaces() as view:
        claimed = outbox_line.claim(view, ready, by=name, now_real=now, until_real=now + timedelta(seconds=30))
        outbox.want_redraws(view, office.clock.now() + timedelta(hours=turn))
    for posting in claimed:
        with database.transaction(posting.workspace_id) as tx:
            values = {"sent": posting.wanted, "ts": posting.ts or f"{posting.id}.0", "claimed_until_real": None}
            outbox_line.held(tx, posting.id, name, redraw_at=office.clock.now(), **values)
    remind(office.desk)


@dataclass
class Storm:
    """One person who does whatever comes to their mind."""

    office: PressOffice
    who: str
    chance: random.Random
    shared: list[Statement]

    def acts(self) -> Callable[[], list[Any]]:
        office, chance = self.office, self.chance
        desk, caller = office.desk, office.caller(self.who)
        statement = chance.choice(self.shared)
        (enquiry,) = every(office, Enquiry, Enquiry.number == statement.number)
        signatory = chance.choice((ESTHER, GARETH))
        asked = office.signature(statement, signatory).id
        deadline = office.clock.now() + timedelta(hours=chance.randint(1, 9))
        to = office.ids[chance.choice((AMINA, BEN))]
        possible: list[Callable[[], Any]] = [
            lambda: enquiries.add_note(desk, caller, enquiry.id, NoteKind.NOTE, "Rang again.", once=office.once()),
            lambda: enquiries.give(desk, caller, enquiry.id, to, once=office.once()),
            lambda: enquiry_deadlines.change_deadline(
                desk, caller, enquiry.id, deadline, late_is_meant=False, once=office.once()
            ),
            lambda: office.rewrite(statement, f"Words by {self.who}.", based_on=1),
            lambda: signoffs.approve(desk, office.caller(signatory), asked),
            lambda: signoffs.ask_for_changes(desk, office.caller(signatory), asked, "Softer", once=office.once()),
            lambda: office.issue(statement),
            lambda: home.open_home(desk, caller),
            lambda: enquiries.take(desk, office.caller(GARETH), enquiry.id),
        ]
        chosen = chance.sample(possible, 4)
        return lambda: [at_once(act)[0] for act in chosen]
