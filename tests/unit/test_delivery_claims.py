"""Who may send what, and when: the questions that delivery asks of the outbox, on both databases."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

import pytest
import sqlalchemy as sa

from storage import outbox, outbox_line, people, workspaces
from storage.database import Database
from storage.outbox import Posting, PostingKind, Urgency
from storage.subjects import SubjectKind

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
LEASE = timedelta(seconds=20)


class Outbox:
    """An outbox of one workspace, and what is done with it from two processes at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.across_workspaces() as view:
            found = workspaces.open_for(view, team_id="T1", enterprise_id=None, name="Northbrook")
            self.workspace_id = found.id

    def post(
        self, *, channel: str | None = "C1", person: int | None = None, below: int | None = None, **more: Any
    ) -> int:
        with self._database.transaction(self.workspace_id) as tx:
            posting = Posting(
                kind=more.pop("kind", PostingKind.NOTICE),
                urgency=more.pop("urgency", Urgency.WAITED_FOR),
                subject_kind=SubjectKind.SETTINGS,
                subject_id=1,
                detail={},
                channel_id=None if person else channel,
                person_id=person,
                thread_of_id=below,
                token=token_hex(8),
                created_at=NOW,
                **more,
            )
            tx.add(posting)
            return posting.id

    def person(self) -> int:
        with self._database.transaction(self.workspace_id) as tx:
            return people.arrive(tx, slack_user_id="U1", slack_team_id="T1", name="Gus").id

    def ready(self, *, at: datetime = NOW) -> list[int]:
        with self._database.across_workspaces(read_only=True) as view:
            return outbox_line.ready(view, now_real=at, limit=50)

    def claim(self, ids: Sequence[int], by: str, *, at: datetime = NOW) -> list[int]:
        with self._database.across_workspaces() as view:
            found = outbox_line.claim(view, ids, by=by, now_real=at, until_real=at + LEASE)
            return [posting.id for posting in found]

    def begin(self, posting_id: int, by: str, *, at: datetime = NOW) -> bool:
        with self._database.transaction(self.workspace_id) as tx:
            return outbox_line.begin(tx, posting_id, by, version=1, posted_in="C1", until_real=at + LEASE)

    def hold_back(self, posting_id: int, *, until: datetime) -> None:
        with self._database.transaction(self.workspace_id) as tx:
            posting = outbox.get(tx, posting_id)
            assert posting is not None
            outbox_line.hold_back(tx, posting, until)

    def change(self, posting_id: int, **values: Any) -> None:
        with self._database.across_workspaces() as view:
            view.session.execute(sa.update(Posting).where(Posting.id == posting_id).values(**values))

    def get(self, posting_id: int) -> Posting:
        with self._database.transaction(self.workspace_id, read_only=True) as tx:
            found = outbox.get(tx, posting_id)
            assert found is not None
            return found

    def unsent(self) -> int:
        with self._database.across_workspaces(read_only=True) as view:
            return outbox_line.count_unsent(view)


@pytest.fixture
def box(database: Database) -> Outbox:
    return Outbox(database)


def test_two_senders_that_saw_the_same_share_it_out(box: Outbox) -> None:
    """Whoever comes second gets what is left, though it looked before the first had claimed."""
    ids = [box.post(channel=f"C{number}") for number in range(3)]
    seen = box.ready()
    assert seen == ids
    assert box.claim(seen[:2], "first") == ids[:2]
    assert box.claim(seen, "second") == ids[2:]
    assert box.ready() == []


def test_a_claim_holds_for_its_lease_and_no_longer(box: Outbox) -> None:
    """Then another takes it over, and the first can note nothing more about it, nor begin."""
    posting = box.post()
    box.claim([posting], "first")
    assert box.ready(at=NOW + LEASE) == []
    later = NOW + LEASE + timedelta(seconds=1)
    assert box.claim(box.ready(at=later), "second", at=later) == [posting]
    assert not box.begin(posting, "first", at=later)
    assert box.get(posting).attempting is None
    assert box.begin(posting, "second", at=later)


def test_what_was_said_or_taken_back_after_the_look_is_not_claimed(box: Outbox) -> None:
    """Between the question and the claim another process may have done it all."""
    said, taken_back, failed = (box.post(channel=f"C{number}") for number in range(3))
    seen = box.ready()
    box.change(said, sent=1, ts="1.000100")
    box.change(taken_back, cancelled_at=NOW)
    box.change(failed, failed_because="is_archived")
    assert box.claim(seen, "second") == []


def test_to_begin_renews_the_lease(box: Outbox) -> None:
    """However long it was looked for before, the post itself has a whole lease before anybody takes it for lost."""
    posting = box.post()
    box.claim([posting], "first")
    late = NOW + timedelta(seconds=19)
    assert box.begin(posting, "first", at=late)
    assert box.ready(at=NOW + timedelta(seconds=21)) == []
    assert box.ready(at=late + LEASE + timedelta(seconds=1)) == [posting]


def test_what_was_taken_back_does_not_begin(box: Outbox) -> None:
    """A request to sign that a new draft superseded after the claim."""
    posting = box.post()
    box.claim([posting], "first")
    box.change(posting, cancelled_at=NOW)
    assert not box.begin(posting, "first")


def test_a_channel_reads_in_order_unless_an_elder_has_failed(box: Outbox) -> None:
    """The younger waits for the elder's first try, not for its success."""
    elder, younger, elsewhere = box.post(), box.post(), box.post(channel="C2")
    assert box.ready() == [elder, elsewhere]
    box.change(elder, attempts=1, retry_at_real=NOW + timedelta(minutes=1))
    assert box.ready() == [younger, elsewhere]


def test_a_person_reads_in_order(box: Outbox) -> None:
    """Their home and their profile are no messages: they neither wait nor hold up."""
    person = box.person()
    home = box.post(person=person, kind=PostingKind.HOME)
    elder, _younger = box.post(person=person), box.post(person=person)
    profile = box.post(person=person, kind=PostingKind.PROFILE)
    assert box.ready() == [home, elder, profile]


def test_a_thread_reads_in_order_and_waits_for_what_it_hangs_on(box: Outbox) -> None:
    """Also for an elder that failed for now; not for one that was given up."""
    card = box.post()
    first, second = box.post(below=card), box.post(below=card)
    assert box.ready() == [card]
    box.change(card, sent=1, ts="1.000100")
    assert box.ready() == [first]
    box.change(first, attempts=3, retry_at_real=NOW + timedelta(minutes=1))
    assert box.ready() == []
    box.change(first, failed_because="invalid_blocks")
    assert box.ready() == [second]


def test_what_people_wait_for_comes_first_and_waits_for_no_tick(box: Outbox) -> None:
    """Though a tick's message to the same place is older."""
    tick = box.post(urgency=Urgency.BY_THE_WAY)
    waited_for = box.post()
    assert box.ready() == [waited_for]
    box.change(waited_for, sent=1, ts="1.000100")
    assert box.ready() == [tick]


def test_a_change_of_band_does_not_make_a_waited_for_card_less_urgent(box: Outbox) -> None:
    """Somebody pressed a moment ago; the tick comes before their card was drawn."""
    pressed = box.post(redraw_at=NOW)
    resting = box.post(redraw_at=NOW, sent=1, ts="1.000100")
    with box._database.across_workspaces() as view:
        assert outbox.want_redraws(view, NOW) == 2
    assert box.get(pressed).urgency is Urgency.WAITED_FOR
    assert box.get(resting).urgency is Urgency.BY_THE_WAY


def test_what_hangs_on_nothing_is_not_waited_for(box: Outbox) -> None:
    """A card that could not be said has replies: they can only be said once it is tried again."""
    card = box.post()
    box.post(below=card)
    assert box.unsent() == 2
    box.change(card, failed_because="is_archived")
    assert box.unsent() == 0
    with box._database.transaction(box.workspace_id) as tx:
        outbox_line.retry(tx, channel_id="C1")
    assert box.unsent() == 2
    assert box.ready() == [card]


def test_patience_in_one_channel_is_for_all_that_is_new_there(box: Outbox) -> None:
    """Its other threads too; not for changes, for which Slack has another limit, and not for other places."""
    first, second = (box.post(sent=1, wanted=1, ts=f"{number}.000100") for number in (1, 2))
    reply, other_reply = box.post(below=first), box.post(below=second)
    change = box.post(sent=1, wanted=2, ts="3.000100")
    elsewhere = box.post(channel="C2")
    box.hold_back(reply, until=NOW + timedelta(seconds=1))
    assert box.ready() == [change, elsewhere]
    assert box.ready(at=NOW + timedelta(seconds=1)) == [reply, other_reply, change, elsewhere]


def test_patience_with_one_person_is_for_their_messages(box: Outbox) -> None:
    """Their home is drawn all the same."""
    person = box.person()
    home, message = box.post(person=person, kind=PostingKind.HOME), box.post(person=person)
    elsewhere = box.post()
    box.hold_back(message, until=NOW + timedelta(seconds=1))
    assert box.ready() == [home, elsewhere]


def test_a_deleted_card_is_tried_again_as_a_new_one(box: Outbox) -> None:
    """What failed for another reason is changed where it stands."""
    deleted = box.post(sent=1, wanted=2, ts="1.000100", failed_because="message_not_found")
    archived = box.post(sent=1, wanted=2, ts="2.000100", failed_because="is_archived")
    with box._database.transaction(box.workspace_id) as tx:
        outbox_line.retry(tx, channel_id="C1")
    assert box.get(deleted).ts is None
    assert box.get(archived).ts == "2.000100"
