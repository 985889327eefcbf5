"""Files whose reply was lost, or that Slack does not take: there once, or somebody is told."""

import json

import sqlalchemy as sa
from slack_sdk import WebClient

from bot.file_delivery import LOOKS
from storage import outbox as postings
from storage.audit import AuditEntry
from storage.outbox import FILES, Posting
from tests.faults.helpers import SHORT, Day, assert_said_once, every_posting
from tests.office import AMINA, CARYS


def test_a_file_is_there_once_whichever_reply_was_lost(day: Day) -> None:
    """Of each of the three steps in turn; it is looked for by its id, and on the record once."""
    day.log()
    for number, method in enumerate(("files.getUploadURLExternal", "upload_url", "files.completeUploadExternal"), 1):
        day.sandbox.faults.lose_reply(method)
        day.export()
        day.settle_in_a_hurry()
        assert_said_once(day.sandbox, day.database)
        assert len([message for message in day.sandbox.member(AMINA).messages() if message.files]) == number
    assert len(day.calls("files.info")) == 1
    with day.database.transaction(day.office.app.workspace_id, read_only=True) as tx:
        posted = tx.session.scalars(sa.select(AuditEntry).where(AuditEntry.act == "file.posted"))
        assert [json.loads(entry.details)["enquiries"] for entry in posted] == [1, 1, 1]


def test_a_file_that_is_in_no_conversation_is_posted_in_the_end(day: Day) -> None:
    """Slack shows a file a little later than it takes it, so it is looked for some times before it is sent again."""
    day.log()
    day.export()
    day.office.settle()
    day.delivery.stop()
    client = WebClient(token=day.sandbox.bot_token, base_url=day.sandbox.api_url, retry_handlers=[])
    client.proxy = None
    nowhere = client.files_upload_v2(filename="a.csv", content=b"a")["file"]["id"]
    day.export()
    [first, second] = [posting for posting in every_posting(day.database) if posting.kind in FILES]
    begun = {"file_id": nowhere, "attempting": 1, "posted_in": first.posted_in, "detail": first.detail}
    with day.database.across_workspaces() as view:
        view.session.execute(sa.update(Posting).where(Posting.id == second.id).values(**begun))
    day.delivery.start()
    day.settle_in_a_hurry()
    assert_said_once(day.sandbox, day.database)
    assert len(day.calls("files.info", file=nowhere)) == LOOKS + 1


def test_a_doubt_outlives_trouble_with_looking(day: Day) -> None:
    """Nothing is sent again until Slack can say what is there."""
    day.log()
    for trouble in (day.sandbox.faults.rate_limit, day.sandbox.faults.server_error, day.sandbox.faults.no_reply):
        day.sandbox.faults.lose_reply("files.completeUploadExternal")
        trouble("files.info")
        day.export()
        day.settle_in_a_hurry()
        assert_said_once(day.sandbox, day.database)


def test_a_file_that_takes_longer_than_a_lease_is_made_once_and_holds_up_nobody(day: Day) -> None:
    """Its lease is renewed, and what else there is to say to the same person comes at once."""
    day.log()
    day.office.settle()
    day.sandbox.faults.slow("upload_url", seconds=SHORT.lease.total_seconds() + 0.6)
    day.export()
    day.tell(AMINA, "Good morning.")
    amina = day.sandbox.member(AMINA)
    amina.sees("Good morning.")
    assert not any(message.files for message in amina.messages())
    day.office.settle()
    assert_said_once(day.sandbox, day.database)
    assert len(day.calls("files.getUploadURLExternal")) == 1


def test_a_file_that_is_taken_back_is_gone_from_slack(day: Day) -> None:
    """Also where it is not known yet whether it arrived: it is looked for first."""
    day.log()
    day.export()
    day.office.settle()
    day.sandbox.faults.lose_reply("files.completeUploadExternal")
    day.sandbox.faults.server_error("files.info", times=10)
    day.export()
    day.sandbox.wait_until(lambda: day.calls("files.info") or None)
    ids = [posting.id for posting in every_posting(day.database) if posting.kind in FILES]
    with day.database.transaction(day.office.app.workspace_id) as tx:
        postings.take_back(tx, ids, day.office.clock.now(), by=None)
    day.settle_in_a_hurry()
    messages = day.sandbox.member(AMINA).messages()
    assert [file.text for message in messages for file in message.files] == ["This file was deleted."] * 2


def test_a_file_that_slack_does_not_take_is_told(day: Day) -> None:
    """Whoever asked, and who can mend it; *Try again* sends it once it is mended."""
    day.log()
    day.office.settle()
    day.sandbox.faults.refuse("files.getUploadURLExternal", error="missing_scope")
    day.export()
    day.office.settle()
    day.sandbox.member(AMINA).sees("A file that was asked for could not be sent: Slack does not allow Comms Desk")
    told = day.sandbox.member(CARYS).sees("install it again from its newest manifest")
    assert "Try again" in told.buttons
