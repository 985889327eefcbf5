"""Lists and homes when a lot is on file."""

import time
from datetime import UTC, datetime, timedelta

from benchmarks.figures import Row, Times
from benchmarks.office import PRESS, BenchOffice
from storage.enquiries import CameBy, Enquiry, EnquiryStatus, Outcome

OPEN_OF_ALL = 5
"""Every fifth enquiry is still open; every tenth is the first officer's."""


def list_and_home(office: BenchOffice, *, on_file: int = 2000, times: int = 20) -> list[Row]:
    """`/enquiry list`, one enquiry by its number, and a home that is opened, with so many enquiries on file."""
    _fill(office, on_file)
    person = office.sandbox.member(office.officers[0])
    commands = []
    for line in ("/enquiry list", "/enquiry ENQ-50001"):
        seconds = []
        for _ in range(times):
            started = time.perf_counter()
            shown = person.run(line, channel=PRESS)
            seconds.append(time.perf_counter() - started)
            assert "ENQ-" in (shown.text or "")
        commands.append((f"{line}, {on_file} on file, {on_file // OPEN_OF_ALL} open", str(Times(seconds)), "3 s"))
    return [*commands, ("home opened, until it is drawn", str(Times(_homes(office, times))), "2 s")]


def _homes(office: BenchOffice, times: int) -> list[float]:
    person, seconds = office.sandbox.member(office.officers[0]), []
    person.open_home()
    for _ in range(times):
        office.settle()
        before = _published(office)
        started = time.perf_counter()
        person.open_home()
        office.wait_until(lambda before=before: _published(office) > before)  # type: ignore[misc]
        seconds.append(time.perf_counter() - started)
    return seconds


def _published(office: BenchOffice) -> int:
    return sum(call.method == "views.publish" for call in office.sandbox.calls)


def _fill(office: BenchOffice, on_file: int) -> None:
    """Writes enquiries straight into the tables: what is measured is reading them."""
    now = datetime.now(UTC)
    first = office.ids[office.officers[0]]
    with office.desk.database.transaction(office.workspace_id) as tx:
        for number in range(50_000, 50_000 + on_file):
            is_open = number % OPEN_OF_ALL == 0
            tx.session.add(
                Enquiry(
                    workspace_id=office.workspace_id,
                    number=number,
                    status=EnquiryStatus.OPEN if is_open else EnquiryStatus.CLOSED,
                    outcome=None if is_open else Outcome.DECLINED,
                    closed_at=None if is_open else now,
                    journalist="Rosa Achter",
                    outlet="Evening Courier",
                    email="rosa@courier.example",
                    came_by=CameBy.EMAIL,
                    received_at=now,
                    out_of_hours=False,
                    deadline=now + timedelta(minutes=number % 600 + 5),
                    question="Why are the buses late?",
                    topic_id=office.topic_id,
                    owner_id=first if number % 10 == 0 else None,
                    logged_by_id=first,
                    logged_at=now,
                )
            )
        tx.flush()
