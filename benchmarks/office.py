"""A press office of any size to be measured: the local workspace here, the desk in a process of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex

from bot.app import FEATURES
from bot.clock import MovableClock
from bot.core.features import Features
from bot.core.workspaces import Caller, Desk
from bot.desk import enquiries, statements
from bot.desk.enquiry_details import EnquiryDetails
from bot.sandbox import ChannelPlan, MemberPlan, Plan, Sandbox, TeamPlan
from storage import outbox_line, people, workspaces
from storage import settings as settings_records
from storage.database import Database, Transaction
from storage.enquiries import CameBy, Enquiry
from storage.people import Person, Role, Topic
from storage.statements import Statement, StatementKind

ROOT = Path(__file__).parent.parent
PRESS = "press-office"
AUTHOR, LEAD, SPOKESPERSON = "Author of Drafts", "Lead of Topics", "Spokes Person"
A_MINUTE = 60.0


@dataclass
class BenchOffice:
    """The workspace, the desk's functions on the same database, and ids by name."""

    sandbox: Sandbox
    desk: Desk
    workspace_id: int
    officers: tuple[str, ...]
    ids: dict[str, int]
    topic_id: int
    process_id: int

    def caller(self, name: str) -> Caller:
        team_id = self.sandbox.team_id
        return Caller(team_id, self.sandbox.user_id(name), team_id, name)

    def log(self, number: int = 1) -> list[Enquiry]:
        """Logs so many enquiries that nobody has yet."""
        author = self.caller(AUTHOR)
        return [enquiries.log_enquiry(self.desk, author, _details(self), once=_once()) for _ in range(number)]

    def in_signoff(self, enquiry: Enquiry, added: str) -> Statement:
        """A statement for which the lead, the spokesperson and one other person are asked to sign."""
        author = self.caller(AUTHOR)
        statement = statements.start(
            self.desk,
            author,
            enquiry.id,
            kind=StatementKind.STATEMENT,
            spokesperson_id=self.ids[SPOKESPERSON],
            text="The buses are late because of the snow. " * 10,
            once=_once(),
        )
        statements.request_signoff(self.desk, author, statement.id, draft=1, added=[self.ids[added]], once=_once())
        return statement

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        with self.desk.database.transaction(self.workspace_id, read_only=True) as tx:
            yield tx

    def settle(self) -> None:
        """Returns when everything the desk wants to say is in Slack."""
        self.wait_until(lambda: self._unsent() == 0)

    def _unsent(self) -> int:
        with self.desk.database.across_workspaces(read_only=True) as view:
            return outbox_line.count_unsent(view)

    def wait_until(self, come: Callable[[], bool]) -> None:
        self.sandbox.wait_until(lambda: come() or None, patience=5 * A_MINUTE)


def _details(office: BenchOffice) -> EnquiryDetails:
    return EnquiryDetails(
        journalist="Rosa Achter",
        outlet="Evening Courier",
        email="rosa@courier.example",
        phone="",
        came_by=CameBy.EMAIL,
        received_at=None,
        deadline=datetime.now(UTC) + timedelta(hours=6),
        question="Why are the buses late, and since when has the alliance known? " * 5,
        topic_id=office.topic_id,
    )


def _once() -> str:
    return f"bench:{token_hex(8)}"


@contextmanager
def running(url: str, *, officers: int) -> Iterator[BenchOffice]:
    """The desk at work on a migrated, empty database, with so many press officers."""
    names = tuple(f"Officer {number}" for number in range(1, officers + 1))
    everybody = (*names, AUTHOR, LEAD, SPOKESPERSON)
    plan = Plan(
        team=TeamPlan("Bench Alliance"),
        members=tuple(MemberPlan(name, owner=name == AUTHOR) for name in everybody),
        channels=(ChannelPlan(PRESS, members=everybody, bot=True),),
    )
    clock = MovableClock()
    with Sandbox(plan, manifest=ROOT / "manifest.yml", clock=clock) as sandbox, open_desk(url, clock) as desk:
        workspace_id, ids, topic_id = set_up(desk.database, sandbox, everybody)
        with _process(sandbox, url) as process_id:
            sandbox.wait_until(lambda: sandbox.connected or None, patience=A_MINUTE)
            office = BenchOffice(sandbox, desk, workspace_id, names, ids, topic_id, process_id)
            office.settle()
            yield office


@contextmanager
def open_desk(url: str, clock: MovableClock) -> Iterator[Desk]:
    """The desk's functions, without its connection to Slack."""
    database = Database(url)
    yield Desk(database, clock, Features(FEATURES))
    database.dispose()


def set_up(database: Database, sandbox: Sandbox, everybody: tuple[str, ...]) -> tuple[int, dict[str, int], int]:
    """Gives everybody their role. Returns the workspace's id, the people's by name, and the topic's."""
    roles = {LEAD: Role.LEAD, SPOKESPERSON: Role.SPOKESPERSON, AUTHOR: Role.COMMS_LEAD}
    with database.across_workspaces() as view:
        workspace = workspaces.open_for(view, team_id=sandbox.team_id, enterprise_id=None, name="Bench")
    with database.transaction(workspace.id) as tx:
        settings_records.make(tx)
        for name in everybody:
            person = Person(name=name, slack_user_id=sandbox.user_id(name), slack_team_id=sandbox.team_id)
            person.profile_read_at = datetime.now(UTC)
            tx.add(person)
            person.roles = frozenset({roles.get(name, Role.PRESS_OFFICER)})
        ids = {person.name: person.id for person in people.everyone(tx)}
        topic = Topic(name="Buses", lead_id=ids[LEAD])
        tx.add(topic)
        settings_records.get(tx).press_channel_id = sandbox.channel_id(PRESS)
    return workspace.id, ids, topic.id


@contextmanager
def _process(sandbox: Sandbox, url: str) -> Iterator[int]:
    """`comms-desk run`, as it runs in production, on the local workspace."""
    environment = os.environ | {
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": url,
        "COMMS_DESK_LOG_LEVEL": "WARNING",
    }
    with tempfile.TemporaryFile("w+") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environment, stdout=words, stderr=words, text=True
        )
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait()
            words.seek(0)
            told = [line for line in words if "Comms Desk is running" not in line]
            if told:
                print(f"  the desk said {len(told)} lines, first: {told[0].strip()}")
