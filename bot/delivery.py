"""Says to Slack what the desk wants said: each thing once, whatever happens in between.

Claim (a lease, in real time) → look up, if an earlier try may have arrived → render → send → record. A posting whose
reply was lost is never sent again before it has been looked for by its token (SLACK.md, "Delivery"). What cannot be
delivered is told to somebody who can mend it.
"""

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.core.workspaces import Desk
from bot.desk import people, undeliverable
from bot.desk.people import Profile
from handlers.views import RENDERERS, home_view
from handlers.views.words import Drawn
from storage import outbox
from storage import people as person_records
from storage.database import DatabaseUnavailable
from storage.outbox import Posting, PostingKind

log = logging.getLogger(__name__)

METADATA_EVENT = "comms_desk_posting"
LOOK_BACK = timedelta(minutes=10)
"""How far Slack's clock and ours may differ when a lost post is looked for."""
LONGEST_TEXT = 3000
GIVE_UP_AFTER = 12
WORKERS = 16

_GONE_FOR_GOOD = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
        "message_not_found",
        "not_in_channel",
        "restricted_action",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
    }
)


@dataclass(frozen=True)
class Sent:
    """What is known of a posting once it is in Slack. `version` is the one that is shown there."""

    version: int
    channel: str | None = None
    ts: str | None = None
    redraw_at: datetime | None = None


class Delivery:
    """Sends from one process; several may run beside each other. `lease` is how long one send may take, real time."""

    def __init__(self, desk: Desk, client: WebClient, *, lease: timedelta = timedelta(seconds=20)) -> None:
        self._desk = desk
        self._client = client
        self._lease = lease
        self._name = token_hex(6)
        self._work_to_do = threading.Event()
        self._stopping = threading.Event()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="delivery")
        self._thread = threading.Thread(target=self._run, name="delivery", daemon=True)
        self._under_way: set[Future[None]] = set()
        desk.database.on_commit(self.wake)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finishes what is being sent and leaves the rest for the next start."""
        self._stopping.set()
        self._work_to_do.set()
        if self._thread.is_alive():
            self._thread.join()
        self._pool.shutdown(wait=True)

    def wake(self) -> None:
        self._work_to_do.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._work_to_do.wait(timeout=0.5)
            self._work_to_do.clear()
            try:
                while not self._stopping.is_set() and self._send_next():
                    pass
            except DatabaseUnavailable as error:
                log.warning("delivery waits for the database: %s", error)
                self._stopping.wait(1)
            except Exception:
                log.exception("delivery tick failed")
                self._stopping.wait(1)

    def _send_next(self) -> bool:
        """Claims what is ready, as much as there are free hands, and has it sent. Says whether there was anything."""
        self._under_way = {future for future in self._under_way if not future.done()}
        free = WORKERS - len(self._under_way)
        if free <= 0:
            return False
        now = datetime.now(UTC)
        with self._desk.database.across_workspaces() as view:
            claimed = outbox.claim(
                view, by=f"{self._name}-{token_hex(4)}", now_real=now, until_real=now + self._lease, limit=free
            )
        for posting in claimed:
            future = self._pool.submit(self._send_and_note, posting)
            self._under_way.add(future)
            future.add_done_callback(lambda _: self.wake())
        return bool(claimed)

    def _send_and_note(self, posting: Posting) -> None:
        """One send, at the edge of the program: whatever fails is noted, and tried again later."""
        try:
            self._send(posting)
        except _LostClaimError:
            log.info("posting %s was taken over by another process", posting.id)
        except SlackApiError as error:
            self._after_refusal(posting, error)
        except OSError as error:  # no reply: it may have arrived, so it is looked for before the next try
            log.info("posting %s got no reply: %s", posting.id, error)
            self._try_later(posting)
        except DatabaseUnavailable as error:
            log.warning("posting %s could not be recorded: %s", posting.id, error)
        except Exception:
            log.exception("posting %s failed", posting.id)
            self._try_later(posting)

    def _send(self, posting: Posting) -> None:
        version = posting.wanted
        found = self._look_up(posting)
        if found is not None:
            self._record(posting, found)
            return
        with self._desk.on_its_own(posting.workspace_id, read_only=True) as work:
            shown = self._desk.features.loader(posting.kind)(work, posting)
        if shown is None:
            self._record_cancelled(posting)
            return
        self._record(posting, self._say(posting, shown, version))

    def _say(self, posting: Posting, shown: Any, version: int) -> Sent:
        redraw_at = getattr(shown, "redraw_at", None)
        match posting.kind:
            case PostingKind.PROFILE:
                self._ask_profile(posting)
                return Sent(version)
            case PostingKind.HOME:
                self._publish(posting, home_view(shown))
                return Sent(version, redraw_at=redraw_at)
            case kind:
                channel, ts = self._post_or_update(posting, RENDERERS[kind](shown), version)
                return Sent(version, channel, ts, redraw_at)

    def _post_or_update(self, posting: Posting, drawn: Drawn, version: int) -> tuple[str, str]:
        blocks, text = drawn.blocks_as_data(), drawn.text[:LONGEST_TEXT]
        if posting.ts is not None and posting.posted_in is not None:
            self._client.chat_update(channel=posting.posted_in, ts=posting.ts, text=text, blocks=blocks)
            return posting.posted_in, posting.ts
        channel = self._channel(posting)
        self._begin_first_post(posting, version, channel)
        reply = self._client.chat_postMessage(
            channel=channel,
            text=text,
            blocks=blocks,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": METADATA_EVENT, "event_payload": {"token": posting.token}},
            thread_ts=posting.thread_of.ts if posting.thread_of else None,
        )
        return str(reply["channel"]), str(reply["ts"])

    def _begin_first_post(self, posting: Posting, version: int, channel: str) -> None:
        """Noted before anything goes out: if this process dies now, the next one knows that it has to look."""
        with self._desk.database.transaction(posting.workspace_id) as tx:
            if not outbox.held(tx, posting.id, _claim(posting), attempting=version, posted_in=channel):
                raise _LostClaimError(posting.id)

    def _look_up(self, posting: Posting) -> Sent | None:
        """Where an earlier first post was begun and its end is unknown: whether it arrived after all."""
        if posting.attempting is None or posting.ts is not None or posting.posted_in is None:
            return None
        oldest = (posting.first_tried_real or posting.created_at) - LOOK_BACK
        oldest = min(oldest, posting.created_at - LOOK_BACK)
        cursor: str | None = ""
        while cursor is not None:
            page = self._history(posting, f"{oldest.timestamp():.6f}", cursor)
            for message in page["messages"]:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("token") == posting.token:
                    return Sent(posting.attempting, posting.posted_in, str(message["ts"]))
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        return None

    def _history(self, posting: Posting, oldest: str, cursor: str) -> Any:
        asked: dict[str, Any] = {
            "channel": posting.posted_in,
            "oldest": oldest,
            "include_all_metadata": True,
            "limit": 200,
            **({"cursor": cursor} if cursor else {}),
        }
        if posting.thread_of is not None and posting.thread_of.ts is not None:
            return self._client.conversations_replies(ts=posting.thread_of.ts, **asked)
        return self._client.conversations_history(**asked)

    def _channel(self, posting: Posting) -> str:
        if posting.channel_id is not None:
            return posting.channel_id
        person = posting.person
        if person is None or person.slack_user_id is None:
            raise LookupError(f"posting {posting.id} has no place to go")
        if person.dm_channel_id is not None:
            return person.dm_channel_id
        opened = str(self._client.conversations_open(users=person.slack_user_id)["channel"]["id"])
        with self._desk.database.transaction(posting.workspace_id) as tx:
            person_records.note_dm_channel(tx, person.id, opened)
        return opened

    def _publish(self, posting: Posting, view: View) -> None:
        if posting.person and posting.person.slack_user_id:
            self._client.views_publish(user_id=posting.person.slack_user_id, view=view.to_dict())

    def _ask_profile(self, posting: Posting) -> None:
        person = posting.person
        if person is None or person.slack_user_id is None:
            return
        user = self._client.users_info(user=person.slack_user_id)["user"]
        profile = user.get("profile") or {}
        people.apply_profile(
            self._desk,
            posting.workspace_id,
            person.id,
            Profile(
                name=str(profile.get("display_name") or user.get("real_name") or profile.get("real_name") or ""),
                team_id=user.get("team_id"),
                is_workspace_owner=bool(user.get("is_owner") or user.get("is_primary_owner")),
                is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
                has_left=bool(user.get("deleted")),
            ),
        )

    def _record(self, posting: Posting, sent: Sent) -> None:
        values: dict[str, Any] = {
            "sent": sent.version,
            "attempting": None,
            "attempts": 0,
            "claim": None,
            "claimed_until_real": None,
            "retry_at_real": None,
            "redraw_at": sent.redraw_at,
        }
        if sent.ts is not None:
            values |= {"ts": sent.ts, "posted_in": sent.channel}
        with self._desk.database.transaction(posting.workspace_id) as tx:
            outbox.held(tx, posting.id, _claim(posting), **values)

    def _record_cancelled(self, posting: Posting) -> None:
        with self._desk.on_its_own(posting.workspace_id) as work:
            outbox.held(
                work.tx, posting.id, _claim(posting), cancelled_at=work.now, claim=None, claimed_until_real=None
            )

    def _after_refusal(self, posting: Posting, error: SlackApiError) -> None:
        """Slack answered, and it was a no. Whether that is for now or for good is in its answer."""
        status = error.response.status_code
        code = str(error.response.get("error") or f"http_{status}")
        if status == 429 or code == "ratelimited":
            seconds = float(error.response.headers.get("Retry-After") or 1)
            self._try_later(posting, wait=timedelta(seconds=seconds), arrived=False, whole_channel=True)
        elif status >= 500:
            self._try_later(posting)
        elif code in _GONE_FOR_GOOD or posting.attempts + 1 >= GIVE_UP_AFTER:
            log.warning("posting %s cannot be delivered: %s", posting.id, code)
            undeliverable.report(self._desk, posting, _claim(posting), code)
        else:
            log.error("Slack refused posting %s (%s): %s", posting.id, posting.kind.value, code)
            self._try_later(posting, arrived=False)

    def _try_later(
        self,
        posting: Posting,
        *,
        wait: timedelta | None = None,
        arrived: bool | None = None,
        whole_channel: bool = False,
    ) -> None:
        """Lets the posting go until later. `arrived` False: Slack said that nothing was posted."""
        wait = wait or timedelta(seconds=min(60.0, 0.5 * 2 ** min(posting.attempts, 7)))
        until = datetime.now(UTC) + wait
        values: dict[str, Any] = {
            "retry_at_real": until,
            "attempts": posting.attempts + (0 if whole_channel else 1),
            "claim": None,
            "claimed_until_real": None,
        }
        if arrived is False:
            values["attempting"] = None
        try:
            with self._desk.database.transaction(posting.workspace_id) as tx:
                outbox.held(tx, posting.id, _claim(posting), **values)
                if whole_channel and posting.ts is None:
                    outbox.hold_back_channel(tx, posting.posted_in or posting.channel_id or "", until)
        except DatabaseUnavailable as error:
            log.warning("posting %s keeps its lease until it runs out: %s", posting.id, error)

    def settle(self) -> None:
        """Sends until nothing is left that can be sent now. For tests and for a last flush; not while `start` runs."""
        while self._send_next() or self._under_way:
            for future in list(self._under_way):
                future.result()
            self._under_way = {future for future in self._under_way if not future.done()}


class _LostClaimError(Exception):
    """Another process has taken the posting over; it will say it."""


def _claim(posting: Posting) -> str:
    if posting.claim is None:
        raise LookupError(f"posting {posting.id} was not claimed")
    return posting.claim


def redraw_what_changed_band(desk: Desk) -> None:
    """The tick for cards: those whose time band has changed are wanted anew."""
    with desk.database.across_workspaces() as view:
        outbox.want_redraws(view, desk.clock.now())
