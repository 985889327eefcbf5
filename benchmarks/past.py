"""With years on file: how long an import takes, what others wait meanwhile, and lists, finds and homes afterwards."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa

from benchmarks.figures import Row, Times, words
from benchmarks.office import open_desk
from bot.clock import MovableClock
from bot.core import digests as editions
from bot.core.workspaces import Caller, Desk
from bot.desk import capture, enquiry_lists, finds, home, imports
from bot.desk import digests as digests_desk
from bot.desk.enquiry_details import EnquiryDetails
from bot.desk.import_rows import Candidate
from handlers.views import enquiry_lists as list_views
from handlers.views import finds as find_views
from handlers.views import home as home_views
from storage import digests, people, sensitive, workspaces
from storage import settings as settings_records
from storage.database import Database, DatabaseUnavailable
from storage.digests import Digest
from storage.enquiries import CameBy, Enquiry, EnquiryStatus, Outcome
from storage.enquiry_lists import Listed
from storage.people import Person, Role, Topic
from storage.signoffs import Capacity, Draft, Signature, SignatureState, Signoff, text_hash
from storage.statements import Dispatch, SentBy, Statement, StatementEnquiry, StatementKind, StatementStatus
from storage.subjects import SubjectKind

ON_FILE = 20_000
OPEN_OF_ALL = 50
TEAM = "TPAST"
OFFICER = Caller(TEAM, "U0", TEAM, "Officer 0")
PRESS_OFFICER = Caller(TEAM, "UPRESS", TEAM, "Press officer")
WANTED = "300 ms"
VOCABULARY = tuple(
    word
    for line in (
        "hospital parking screening waiting list ambulance bus budget council school meals care home inspection",
        "nurses funding closure consultation flood gritting vaccine maternity unit complaint data breach recycling",
        "library pool planning housing tenants damp repairs fire safety cladding police station crime knife custody",
    )
    for word in line.split()
)


def years_on_file(url: str, *, number: int = ON_FILE, times: int = 20) -> list[Row]:
    clock = MovableClock()
    with open_desk(url, clock) as desk:
        _open(desk)
        rows = _bring_along(desk, list(candidates(number, clock.now())))
        _issue_half(desk.database, desk.workspace_id(TEAM))
        for listed in Listed:
            rows.append(_timed(f"list {listed}", times, lambda one=listed: _list(desk, one)))  # type: ignore[misc]
        rows.append(_timed("list open, its last page", times, lambda: _list(desk, Listed.OPEN, number)))
        for typed in ("parking", "hospital parking budget", '"care home"', "screen*", "zebra", "a*", "nurses bus gold"):
            rows.append(_timed(f"find {typed}", times, lambda typed=typed: _find(desk, typed)))  # type: ignore[misc]
        rows.append(_timed("home of a comms lead", times, lambda: _home(desk, OFFICER)))
        rows.append(_timed("home of a press officer", times, lambda: _home(desk, PRESS_OFFICER)))
        for digest in _digests(desk):
            rows.append(_timed(f"digest {digest.name}", times, lambda one=digest: _gather(desk, one)))  # type: ignore[misc]
        rows.append(_timed("a form, and what it looks like", times, lambda: _log_form(desk)))
        _all_of_late(desk, clock.now())
        rows.append(_timed("… with all of them asked in the last five days", times, lambda: _log_form(desk)))
        return rows


def _timed(what: str, times: int, act: Callable[[], object]) -> Row:
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - started)
    return (what, str(Times(seconds)), WANTED)


def _list(desk: Desk, listed: Listed, offset: int = 0) -> object:
    return list_views.message(enquiry_lists.listed(desk, OFFICER, listed, offset=offset)).blocks_as_data()


def _find(desk: Desk, typed: str) -> object:
    return find_views.message(finds.find(desk, OFFICER, typed), typed=typed).blocks_as_data()


def _home(desk: Desk, whose: Caller) -> object:
    with desk.on_its_own(desk.workspace_id(TEAM), read_only=True) as work:
        person = people.by_slack(work.tx, whose.user_id)
        assert person is not None
        with sensitive.shown_to(work.tx, person):
            return home_views.home(home.page(work, person)).to_dict()


def _digests(desk: Desk) -> list[Digest]:
    with desk.on_its_own(desk.workspace_id(TEAM)) as work:
        digests_desk.make_defaults(work)
        return digests.every_one(work.tx)


def _gather(desk: Desk, digest: Digest) -> object:
    """All that an edition for the press channel asks for."""
    with desk.on_its_own(desk.workspace_id(TEAM), read_only=True) as work, sensitive.shown_to(work.tx, None):
        edition = editions.edition_now(work, digest, None)
        return editions.gathered(work, edition, is_press=True)


def _log_form(desk: Desk) -> object:
    """The form for a new enquiry, whose question is compared with those on file."""
    dice = random.Random(8)  # noqa: S311 (the same)
    details = EnquiryDetails(
        journalist="Journalist 7",
        outlet="Outlet 8",
        email="",
        phone="",
        came_by=CameBy.EMAIL,
        received_at=None,
        deadline=None,
        question=" ".join(dice.choices(VOCABULARY, k=300)),
    )
    return capture.for_details(desk, OFFICER, details).alike


def _all_of_late(desk: Desk, now: datetime) -> None:
    with desk.database.transaction(desk.workspace_id(TEAM)) as tx:
        tx.session.execute(
            sa.update(Enquiry).values(received_at=now - timedelta(days=1)),
            execution_options={"synchronize_session": False},
        )


def candidates(number: int, now: datetime) -> Iterator[Candidate]:
    """Ten years of a press office; every fiftieth is still open (put in closed, and opened afterwards)."""
    dice = random.Random(7)  # noqa: S311 (the same every time is what is wanted)
    for line in range(2, number + 2):
        received = now - timedelta(minutes=dice.randrange(10 * 365 * 24 * 60))
        question = " ".join(dice.choices(VOCABULARY, k=40))
        yield Candidate(
            line,
            sha256(f"{line} {question}".encode()).hexdigest(),
            {
                "status": EnquiryStatus.CLOSED,
                "journalist": f"Journalist {dice.randrange(400)}",
                "outlet": f"Outlet {dice.randrange(80)}",
                "email": "somebody@outlet.example",
                "phone": None,
                "came_by": CameBy.EMAIL,
                "received_at": received,
                "out_of_hours": False,
                "deadline": received + timedelta(hours=6),
                "question": question,
                "topic_id": None,
                "organisation_id": None,
                "owner_id": None,
                "outcome": Outcome.STATEMENT,
                "outcome_detail": None,
                "closed_at": received + timedelta(hours=5),
            },
            " ".join(dice.choices(VOCABULARY, k=90)) if line % 2 else None,
        )


def _open(desk: Desk) -> None:
    with desk.database.across_workspaces() as view:
        workspace = workspaces.open_for(view, team_id=TEAM, enterprise_id=None, name="Past")
    with desk.database.transaction(workspace.id) as tx:
        settings_records.make(tx)
        settings_records.get(tx).press_channel_id = "CPRESS"
        for number in range(4):
            person = Person(name=f"Officer {number}", slack_user_id=f"U{number}", slack_team_id=TEAM)
            tx.add(person)
            person.roles = frozenset({Role.COMMS_LEAD, Role.LEAD, Role.SPOKESPERSON})
        person = Person(name="Press officer", slack_user_id=PRESS_OFFICER.user_id, slack_team_id=TEAM)
        tx.add(person)
        person.roles = frozenset({Role.PRESS_OFFICER})
        tx.add(Topic(name="Buses", lead_id=1))


def _bring_along(desk: Desk, found: list[Candidate]) -> list[Row]:
    """The import, and somebody who goes on opening their home meanwhile, which writes."""
    waited: list[float] = []
    refused = 0
    stop = threading.Event()

    def work() -> None:
        nonlocal refused
        while not stop.is_set():
            started = time.perf_counter()
            try:
                home.open_home(desk, OFFICER)
            except DatabaseUnavailable:
                refused += 1
            waited.append(time.perf_counter() - started)
            time.sleep(0.01)

    somebody = threading.Thread(target=work)
    somebody.start()
    before_switch = [0.0]
    started = time.perf_counter()

    def progress(done: int) -> None:
        if done == len(found):
            before_switch[0] = time.perf_counter()

    imports.bring_along(desk, OFFICER, found, sha256="0" * 64, progress=progress, between=lambda: time.sleep(0.01))
    ended = time.perf_counter()
    stop.set()
    somebody.join()
    imports.count_new(desk, OFFICER)
    return [
        (f"{len(found):,} rows imported", words(ended - started), ""),
        ("… of that from the last batch on: switch, and sweeping up", words(ended - before_switch[0]), ""),
        ("… somebody who writes meanwhile waits", f"{Times(waited)} · {refused} refused", "none refused"),
    ]


def _issue_half(database: Database, workspace_id: int) -> None:
    """Statements, signed and issued, for every second enquiry; straight into the tables. Some are opened again."""
    now, text = datetime.now(UTC), " ".join(VOCABULARY)
    ours = {"workspace_id": workspace_id}
    with database.transaction(workspace_id) as tx:
        ids = list(tx.session.scalars(sa.select(Enquiry.id).order_by(Enquiry.id)))
        half = ids[::2]
        places = range(1, len(half) + 1)

        def fill(table: type, rows: Iterator[dict[str, object]]) -> None:
            tx.session.execute(sa.insert(table), [row | ours for row in rows])

        statement = {"kind": StatementKind.STATEMENT, "status": StatementStatus.ISSUED, "started_at": now}
        by = {"spokesperson_id": 1, "owner_id": 1}
        fill(Statement, ({"id": n, "number": n} | statement | by for n in places))
        fill(StatementEnquiry, ({"statement_id": n, "enquiry_id": half[n - 1]} for n in places))
        signoff = {"subject_kind": SubjectKind.STATEMENT, "current_draft": 1, "signed_at": now}
        fill(Signoff, ({"id": n, "subject_id": n} | signoff for n in places))
        draft = {"number": 1, "text": text, "sha256": text_hash(text), "author_id": 1, "written_at": now}
        fill(Draft, ({"id": n, "signoff_id": n} | draft for n in places))
        given = {"state": SignatureState.APPROVED, "sha256": "x", "asked_at": now, "capacity": Capacity.ADDED}
        people_ = (1, 2, 3)
        each = ((n, person) for n in places for person in people_)
        fill(Signature, ({"draft_id": n, "person_id": p, "must_sign": p < 3} | given for n, p in each))
        sent = {"sent_to": "x", "sent_by": SentBy.EMAIL, "sent_at": now, "recorded_by_id": 1, "recorded_at": now}
        fill(Dispatch, ({"statement_id": n, "enquiry_id": half[n - 1], "draft_id": n} | sent for n in places))
        tx.session.execute(
            sa.update(Enquiry)
            .where(Enquiry.id.in_(ids[::OPEN_OF_ALL]))
            .values(status=EnquiryStatus.OPEN, outcome=None, closed_at=None, owner_id=1),
            execution_options={"synchronize_session": False},
        )
