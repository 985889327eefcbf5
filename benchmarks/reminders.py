"""The tick for reminders with thousands of open obligations, and how long people wait while it runs."""

import threading
import time
from datetime import timedelta

from benchmarks.figures import Row, Times, words
from benchmarks.office import open_desk
from bot.clock import MovableClock
from bot.core.obligations import remind
from bot.core.workspaces import Caller, Desk
from bot.desk import home
from storage import settings as settings_records
from storage import workspaces
from storage.database import DatabaseUnavailable
from storage.enquiries import CameBy, Enquiry, EnquiryStatus
from storage.obligations import Duty, Obligation
from storage.people import Person, Role
from storage.subjects import SubjectKind

OPEN = 5000
OFFICERS = 40
TEAM = "TBENCH"


def ticks(url: str) -> list[Row]:
    """Nothing due, one in a hundred due, and all of them at once, as after a week-end with the desk switched off."""
    clock = MovableClock()
    with open_desk(url, clock) as desk:
        _fill(desk, clock)
        rows = [(f"{OPEN:,} open obligations, none due: the tick", words(_tick(desk)), "")]
        clock.advance(timedelta(hours=1, seconds=1))
        rows.append((f"… {OPEN // 100} due", words(_tick(desk)), ""))
        clock.advance(timedelta(hours=2))
        waited = _People(desk)
        waited.thread.start()
        all_due = _tick(desk)
        waited.stop.set()
        waited.thread.join()
        rows.append((f"… all {OPEN:,} due at once", words(all_due), ""))
        failed = f" · {waited.failed} refused" if waited.failed else ""
        return [
            *rows,
            ("… somebody who opens their home meanwhile", f"{Times(waited.seconds)}{failed}", "3 s, none refused"),
        ]


def _tick(desk: Desk) -> float:
    started = time.perf_counter()
    remind(desk)
    return time.perf_counter() - started


class _People:
    """Somebody who goes on working while the tick runs."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.stop = threading.Event()
        self.seconds: list[float] = []
        self.failed = 0
        self.thread = threading.Thread(target=self._work)

    def _work(self) -> None:
        caller = Caller(TEAM, "U0", TEAM, "Officer 0")
        while not self.stop.is_set():
            started = time.perf_counter()
            try:
                home.open_home(self.desk, caller)
            except DatabaseUnavailable:
                self.failed += 1
            self.seconds.append(time.perf_counter() - started)


def _fill(desk: Desk, clock: MovableClock) -> None:
    now = clock.now()
    with desk.database.across_workspaces() as view:
        workspace = workspaces.open_for(view, team_id=TEAM, enterprise_id=None, name="Bench")
    with desk.database.transaction(workspace.id) as tx:
        settings_records.make(tx)
        settings_records.get(tx).press_channel_id = "CPRESS"
        officers = [Person(name=f"Officer {n}", slack_user_id=f"U{n}", slack_team_id=TEAM) for n in range(OFFICERS)]
        tx.add(*officers)
        for officer in officers:
            officer.roles = frozenset({Role.PRESS_OFFICER})
        found = [
            Enquiry(
                number=number,
                status=EnquiryStatus.OPEN,
                journalist="Rosa Achter",
                outlet="Evening Courier",
                came_by=CameBy.EMAIL,
                received_at=now,
                out_of_hours=False,
                deadline=now + timedelta(hours=4),
                question="Why are the buses late?",
                owner_id=officers[number % OFFICERS].id,
                logged_by_id=officers[0].id,
                logged_at=now,
            )
            for number in range(1, OPEN + 1)
        ]
        tx.add(*found)
        tx.add(
            *(
                Obligation(
                    owner_id=enquiry.owner_id,
                    duty=Duty.ANSWER,
                    subject_kind=SubjectKind.ENQUIRY,
                    subject_id=enquiry.id,
                    asked_at=now,
                    due_at=enquiry.deadline,
                    next_reminder_at=now + timedelta(hours=1 if enquiry.number % 100 == 0 else 2),
                )
                for enquiry in found
            )
        )
