"""What the tests of trouble share: a desk of short patience, its day's work, and the proof that all was said once."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from secrets import token_hex

import sqlalchemy as sa

from bot.app import Pace, build_app
from bot.clock import MovableClock
from bot.core import outbox
from bot.core.outbox import said
from bot.desk import briefings, enquiries, exports, signoffs
from bot.desk.enquiry_details import EnquiryDetails
from bot.desk.exports import Format, Which
from bot.sandbox import Plan, Sandbox
from bot.sandbox.api_calls import Call
from bot.sandbox.records import Post
from storage import audiences, outbox_line, people
from storage import signoffs as signatures
from storage.calendar import CalendarDate, DateKind
from storage.database import Database, Transaction
from storage.enquiries import CameBy, NoteKind
from storage.outbox import FILES, NOT_MESSAGES, Posting, PostingKind, Urgency
from storage.people import Person, Role, Topic
from storage.subjects import Subject, SubjectKind
from tests.office import AMINA, CARYS, MANIFEST, MONDAY_TEN, PLAN, PRESS, Office, config_for

SHORT = Pace(lease=timedelta(seconds=2), delivery_timeout_seconds=1)
"""A send that Slack does not answer is given up after a second; one that nobody ended is taken over after two."""
OTHER = "second-office"


@contextmanager
def desk_at_work(database_url: str, *, plan: Plan = PLAN, pace: Pace = SHORT) -> Iterator["Day"]:
    """The desk, with one press officer and one comms lead. Nobody presses anything: there is no line from Slack."""
    clock = MovableClock(MONDAY_TEN)
    with Sandbox(plan, manifest=MANIFEST, clock=clock) as sandbox:
        app = build_app(config_for(sandbox, database_url), clock=clock, pace=pace)
        day = Day(Office(sandbox, app, clock, {}))
        try:
            app.delivery.start()
            day.office.settle()
            yield day
        finally:
            sandbox.faults.clear()
            app.stop()


Moment = Callable[[Call], bool]


class Day:
    """What happens in a press office, as far as it makes the desk say something."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.sandbox = office.sandbox
        self.database = office.app.database
        self.delivery = office.app.delivery
        self.desk = office.app.desk
        self.amina = office.caller(AMINA)
        with self.desk.on_its_own(office.app.workspace_id) as work:
            self.person(work.tx, AMINA).roles = frozenset({Role.PRESS_OFFICER})
            self.person(work.tx, CARYS).roles = frozenset({Role.COMMS_LEAD})
        self.works_in(PRESS)

    def person(self, tx: Transaction, name: str) -> Person:
        user_id, team_id = self.sandbox.user_id(name), self.sandbox.team_id
        return people.arrive(tx, slack_user_id=user_id, slack_team_id=team_id, name=name)

    def works_in(self, channel: str) -> None:
        """New cards go up there from now on."""
        with self.desk.on_its_own(self.office.app.workspace_id) as work:
            work.settings.press_channel_id = self.sandbox.channel_id(channel)

    def log(self, question: str = "Why are the buses late?", *, topic: Topic | None = None) -> int:
        """A card, and a reply below it. Gives the enquiry's id. Each is asked by somebody else: none looks alike."""
        journalist = token_hex(4)
        details = EnquiryDetails(
            journalist=f"Rosa {journalist}",
            outlet="Evening Courier",
            email=f"{journalist}@courier.example",
            phone="",
            came_by=CameBy.EMAIL,
            received_at=None,
            deadline=self.office.clock.now() + timedelta(hours=6),
            question=question,
            topic_id=topic.id if topic else None,
        )
        return enquiries.log_enquiry(self.desk, self.amina, details, once=token_hex(8)).id

    def take(self, enquiry: int) -> None:
        """The card changes, with a reply below it."""
        enquiries.take(self.desk, self.amina, enquiry)

    def note(self, enquiry: int, text: str) -> None:
        """The same, as often as one likes."""
        enquiries.add_note(self.desk, self.amina, enquiry, NoteKind.NOTE, text, once=token_hex(8))

    def tell(self, name: str, *sentences: str, by_the_way: bool = False) -> None:
        """Messages to one person."""
        urgency = Urgency.BY_THE_WAY if by_the_way else Urgency.WAITED_FOR
        with self.desk.on_its_own(self.office.app.workspace_id) as work:
            person = self.person(work.tx, name)
            for sentence in sentences:
                outbox.tell(work, person, Subject(SubjectKind.PERSON, person.id), said(sentence), urgency=urgency)

    def export(self) -> None:
        """A file, to Amina."""
        exports.send(self.desk, self.amina, Which.ALL, Format.CSV, once=token_hex(8))

    def brief(self, channels: list[str], readers: list[str]) -> str:
        """A briefing, which its chair signs and which is to be posted in all these places. Gives its text."""
        with self.desk.on_its_own(self.office.app.workspace_id) as work:
            chair = self.person(work.tx, CARYS)
            chair.roles = frozenset({Role.COMMS_LEAD, Role.CHAIR})
            held_at = work.now - timedelta(days=1)
            meeting = CalendarDate(
                kind=DateKind.BOARD_MEETING, title="Partnership Board", starts_at=held_at, added_at=held_at
            )
            work.tx.add(meeting)
            audience_id = audiences.put(work.tx, None, "Everybody")
            channel_ids = [self.sandbox.channel_id(channel) for channel in channels]
            audiences.set_places(work.tx, audience_id, channel_ids, [self.person(work.tx, one).id for one in readers])
        details = briefings.Details(meeting.id, ("One.", "Two.", "Three."), "", [audience_id], None, "", chair.id)
        shown = briefings.start(self.desk, self.amina, details, once=token_hex(8)).shown
        briefings.ask_chair(self.desk, self.amina, shown.briefing.id, draft=1, once=token_hex(8))
        with self.desk.on_its_own(self.office.app.workspace_id) as work:
            signature = signatures.waiting_for(work.tx, chair.id)[0]
        signoffs.approve(self.desk, self.office.caller(CARYS), signature.id)
        return shown.standing.draft.text

    def say(self, channel: str, *sentences: str) -> None:
        """Messages in a channel."""
        with self.desk.on_its_own(self.office.app.workspace_id) as work:
            for sentence in sentences:
                subject = Subject(SubjectKind.SETTINGS, self.office.app.workspace_id)
                channel_id = self.sandbox.channel_id(channel)
                outbox.post(work, PostingKind.NOTICE, subject, channel_id=channel_id, detail=said(sentence))

    def hurry(self) -> None:
        """What waits for a later try is tried now. (How long it waits is tests/unit/test_delivery_refusals.py's.)"""
        with self.database.across_workspaces() as view:
            view.session.execute(
                sa.update(Posting)
                .where(Posting.retry_at_real.is_not(None), Posting.claim.is_(None))
                .values(retry_at_real=None)
            )

    def settle_in_a_hurry(self) -> None:
        """Returns when all is said; no try waits for its time."""

        def look() -> bool | None:
            self.hurry()
            return all_said(self.database) or None

        self.sandbox.wait_until(look, patience=20)

    def when(self, moment: Moment, act: Callable[[], object]) -> threading.Event:
        """Does something once, at one moment of a call: it has had its effect, and its answer cannot go out before.

        Gives what is set afterwards. All of it happens on the workspace's loop, so `act` must ask nothing of that.
        """
        happened = threading.Event()
        calls = self.sandbox._web_api.calls  # `sandbox.calls` asks the loop
        listeners = self.sandbox.workspace.changes.listeners

        def look(what: str) -> None:
            if what == "calls" and look in listeners and moment(calls[-1]):
                listeners.discard(look)
                act()
                happened.set()  # last: whoever waits for this goes on to look at what `act` did

        listeners.add(look)
        return happened

    def calls(self, method: str, **args: str) -> list[Call]:
        """The desk's calls of a method, with those arguments."""
        return [
            call
            for call in self.sandbox.calls
            if call.method == method and all(call.args.get(name) == value for name, value in args.items())
        ]


def all_said(database: Database) -> bool:
    with database.across_workspaces(read_only=True) as view:
        return outbox_line.count_unsent(view) == 0


def every_posting(database: Database) -> list[Posting]:
    with database.across_workspaces(read_only=True) as view:
        return list(view.session.scalars(sa.select(Posting).order_by(Posting.id)))


def said_by_the_desk(sandbox: Sandbox) -> list[Post]:
    """Every message of the desk's in Slack, in every place; oldest first in each."""

    def look() -> list[Post]:
        posts = [sandbox.workspace.posts_in(channel) for channel in sandbox.workspace.channels]
        return [post for there in posts for post in there if post.by_bot]

    return sandbox.ask(look)


def assert_said_once(sandbox: Sandbox, database: Database) -> None:
    """Each message that was wanted is in Slack exactly once, where it belongs; threads read in the order written."""
    everything = [
        posting
        for posting in every_posting(database)
        if posting.kind not in NOT_MESSAGES and posting.cancelled_at is None and posting.failed_because is None
    ]
    files = sorted((posting.posted_in, posting.file_id) for posting in everything if posting.kind in FILES)
    there = sorted((post.channel, file_id) for post in said_by_the_desk(sandbox) for file_id in post.files)
    assert there == files, "each file once, and no other"
    wanted = [posting for posting in everything if posting.kind not in FILES]
    found = {
        (post.channel, post.ts): post.metadata["event_payload"]["token"]
        for post in said_by_the_desk(sandbox)
        if post.metadata is not None
    }
    times = Counter(found.values())
    assert {token: number for token, number in times.items() if number > 1} == {}, "said twice"
    assert {posting.token for posting in wanted} - set(times) == set(), "never said"
    assert set(times) - {posting.token for posting in wanted} == set(), "said, and nobody wanted it"
    threads = {(post.channel, post.ts): post.thread_ts for post in said_by_the_desk(sandbox)}
    for posting in wanted:
        assert posting.sent == posting.wanted
        place = (str(posting.posted_in), str(posting.ts))
        assert found[place] == posting.token
        assert threads[place] == (posting.thread_of.ts if posting.thread_of else None)
        below = [str(reply.ts) for reply in wanted if reply.thread_of_id == posting.id]
        assert below == sorted(below)
