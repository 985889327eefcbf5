"""Says to Slack what the desk wants said: each thing once, whatever happens in between.

Claim (a lease, in real time) → look, if an earlier try may have arrived → draw → send → record. A message whose reply
was lost is never sent again before it has been looked for by its token (SLACK.md, "Delivery"). What cannot be delivered
is told to somebody who can mend it.
"""

import logging
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from secrets import token_hex
from time import monotonic
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.claims import LET_GO, Claims, LostClaimError, Sent, claim_on
from bot.core.outbox import LIVING_CARDS
from bot.core.workspaces import Desk
from bot.desk import people, sensitive, undeliverable
from bot.desk.people import Profile
from bot.file_delivery import FileDelivery
from bot.slack_refusals import ACCOUNT_OFF, Meaning, understand
from handlers.views import RENDERERS, home_view
from storage import outbox, outbox_line
from storage import people as person_records
from storage.database import DatabaseUnavailable
from storage.outbox import FILES, NOT_MESSAGES, TO_READ, Posting, PostingKind
from storage.people import Person

log = logging.getLogger(__name__)

METADATA_EVENT = "comms_desk_posting"
LOOK_BACK = timedelta(minutes=10)
"""How far Slack's clock and ours may differ when a lost message is looked for."""
GIVE_UP_AFTER = 8
"""Tries, over about a minute, of what fails for a reason that nobody foresaw."""
HANDS = 16
"""Sends at once."""
FAREWELL = timedelta(seconds=3)
"""How long a stop waits for what is being sent."""
ACCOUNT_KNOWN_FOR = timedelta(hours=1)
"""How long an account that was there is taken to be there: Slack takes messages to those who left without a word."""


class Delivery:
    """Sends from one process; several may run beside each other.

    `lease` is how long one send may take, in real time, before another process may take it over. It is made at least
    twice as long as the client waits for Slack, or a slow answer could be taken for a lost one.
    """

    def __init__(self, desk: Desk, client: WebClient, *, lease: timedelta = timedelta(seconds=20)) -> None:
        self._desk = desk
        self._client = client
        self._claims = Claims(desk, max(lease, timedelta(seconds=2 * client.timeout)))
        self._files = FileDelivery(desk, client, self._claims)
        self._name = token_hex(6)
        self._work_to_do = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._under_way: set[threading.Thread] = set()
        desk.database.on_commit(self.wake)

    def start(self) -> None:
        self._stopping.clear()
        self.wake()  # what the last process left
        self._thread = threading.Thread(target=self._run, name="delivery", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Leaves what is not said for the next start; that includes what Slack has not answered in `FAREWELL`."""
        self._stopping.set()
        self.wake()
        if self._thread is not None:
            self._thread.join()
        until = monotonic() + FAREWELL.total_seconds()
        for sending in list(self._under_way):
            sending.join(max(0.0, until - monotonic()))

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
        free = HANDS - len(self._under_way)
        if free <= 0:
            return False
        now = datetime.now(UTC)
        with self._desk.database.across_workspaces(read_only=True) as view:
            ready = outbox_line.ready(view, now_real=now, limit=free)
        if not ready:
            return False
        with self._desk.database.across_workspaces() as view:
            claimed = outbox_line.claim(
                view, ready, by=f"{self._name}-{token_hex(4)}", now_real=now, until_real=now + self._claims.lease
            )
        for posting in claimed:
            # a daemon: a process that ends does not wait for a Slack that does not answer
            sending = threading.Thread(target=self._send_and_note, args=[posting], name="sending", daemon=True)
            self._under_way.add(sending)
            sending.start()
        return bool(claimed)

    def _send_and_note(self, posting: Posting) -> None:
        """One send, at the edge of the program: whatever fails is noted, and tried again later."""
        try:
            try:
                self._send(posting)
            except LostClaimError:
                log.info("posting %s was taken over or taken back", posting.id)
            except SlackApiError as error:
                self._after_refusal(posting, error)
            except (OSError, HTTPException) as error:
                log.info("posting %s got no reply: %s", posting.id, error)
                self._after_silence(posting)
        except DatabaseUnavailable as error:
            log.warning("posting %s keeps its lease until it runs out: %s", posting.id, error)
        except Exception:
            log.exception("posting %s failed", posting.id)
            self._after_mistake(posting)
        finally:
            self._under_way.discard(threading.current_thread())
            self.wake()

    def _send(self, posting: Posting) -> None:
        if posting.attempting is not None and posting.ts is None:
            found = self._look_for(posting)
            if found is not None:
                (self._files if posting.kind in FILES else self._claims).record(posting, found)
                return
        if posting.taken_back_at is not None:
            self._take_back(posting)
            return
        match posting.kind:
            case PostingKind.PROFILE:
                if posting.person is not None:
                    self._ask_profile(posting, posting.person)
                self._claims.record(posting, Sent(posting.wanted))
            case PostingKind.HOME:
                self._publish(posting)
            case kind if kind in TO_READ:
                self._files.read(posting)
            case kind if kind in FILES and posting.sent:
                self._claims.record(posting, Sent(posting.wanted))  # a file is said once
            case _ if posting.ts is None:
                self._post(posting)
            case _:
                self._update(posting)

    # -- messages

    def _post(self, posting: Posting) -> None:
        channel = self._place(posting)
        if channel is None:
            undeliverable.report(self._desk, posting, claim_on(posting), ACCOUNT_OFF)
            return
        if posting.kind in FILES:
            self._files.post(posting, channel)
            return
        shown = self._begin(posting, channel)
        if shown is None:
            return
        drawn = RENDERERS[posting.kind](shown)
        reply = self._client.chat_postMessage(
            channel=channel,
            text=drawn.text,
            blocks=drawn.blocks_as_data(),
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": METADATA_EVENT, "event_payload": {"token": posting.token}},
            thread_ts=posting.thread_of.ts if posting.thread_of else None,
        )
        self._claims.record(
            posting, Sent(posting.wanted, str(reply["channel"]), str(reply["ts"]), getattr(shown, "redraw_at", None))
        )

    def _begin(self, posting: Posting, channel: str) -> Any:
        """What a first post shows; None if it need not be said any more.

        That it is about to go out is noted in the same transaction. Whatever supersedes it comes either before, and
        nothing is sent, or after, and the message is changed. If this process dies, the next one knows where to look.
        """
        with self._desk.on_its_own(posting.workspace_id) as work:
            begun = outbox_line.begin(
                work.tx,
                posting.id,
                claim_on(posting),
                version=posting.wanted,
                posted_in=channel,
                until_real=self._claims.until(),
            )
            if not begun:
                raise LostClaimError(posting.id)
            shown = self._desk.load(work, posting)
            if shown is None:
                outbox_line.held(work.tx, posting.id, claim_on(posting), cancelled_at=work.now, **LET_GO)
        return shown

    def _update(self, posting: Posting) -> None:
        shown = self._load(posting)
        if shown is None:
            self._claims.record(posting, Sent(posting.wanted))
            return
        drawn = RENDERERS[posting.kind](shown)
        self._client.chat_update(
            channel=str(posting.posted_in), ts=str(posting.ts), text=drawn.text, blocks=drawn.blocks_as_data()
        )
        self._claims.record(posting, Sent(posting.wanted, redraw_at=getattr(shown, "redraw_at", None)))

    def _take_back(self, posting: Posting) -> None:
        """Deletes a message. What others wrote below a card is not ours to delete: whoever wanted it gone is told."""
        if posting.kind in FILES:
            self._files.delete(posting)
        elif posting.ts is not None:
            if posting.kind is PostingKind.ENQUIRY_CARD and posting.channel_id is not None:
                self._tell_whose_replies_remain(posting)
            try:
                self._client.chat_delete(channel=str(posting.posted_in), ts=posting.ts)
            except SlackApiError as error:
                if understand(error).code != outbox.MESSAGE_DELETED:
                    raise
        self._claims.let_go(posting, cancelled_at=self._desk.clock.now(), sent=posting.wanted)

    def _tell_whose_replies_remain(self, card: Posting) -> None:
        users: Counter[str] = Counter()
        cursor: str | None = None
        while True:
            page = self._client.conversations_replies(
                channel=str(card.posted_in), ts=str(card.ts), limit=200, cursor=cursor
            )
            users.update(str(message["user"]) for message in page["messages"] if "bot_id" not in message)
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        if users:
            sensitive.replies_remain(self._desk, card, dict(users))

    def _look_for(self, posting: Posting) -> Sent | None:
        """Where an earlier first post was begun and its end is unknown: whether it arrived after all."""
        if posting.kind in FILES:
            return self._files.look_for(posting)
        oldest = min(posting.first_tried_real or posting.created_at, posting.created_at) - LOOK_BACK
        cursor: str | None = None
        while True:
            page = self._history(posting, f"{oldest.timestamp():.6f}", cursor)
            for message in page["messages"]:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("token") == posting.token:
                    # a card may be out of date by now, and only drawing it tells when its band changes
                    version = (posting.attempting or 0) - (posting.kind in LIVING_CARDS)
                    return Sent(version, posting.posted_in, str(message["ts"]))
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None

    def _history(self, posting: Posting, oldest: str, cursor: str | None) -> Any:
        where: dict[str, Any] = {"channel": posting.posted_in, "oldest": oldest, "cursor": cursor}
        if posting.thread_of is not None:
            return self._client.conversations_replies(
                ts=str(posting.thread_of.ts), include_all_metadata=True, limit=200, **where
            )
        return self._client.conversations_history(include_all_metadata=True, limit=200, **where)

    # -- where to

    def _place(self, posting: Posting) -> str | None:
        """The conversation a message goes into; None if the person has left."""
        if posting.channel_id is not None:
            return posting.channel_id
        person = posting.person
        if person is None or person.slack_user_id is None:
            raise LookupError(f"posting {posting.id} has no place to go")
        if person.left_at is not None or self._has_left(posting, person):
            return None
        if person.dm_channel_id is not None:
            return person.dm_channel_id
        opened = str(self._client.conversations_open(users=person.slack_user_id)["channel"]["id"])
        with self._desk.database.transaction(posting.workspace_id) as tx:
            person_records.note_dm_channel(tx, person.id, opened)
        return opened

    def _has_left(self, posting: Posting, person: Person) -> bool:
        """Asks Slack, if that is not known of late. Without an answer, the message is worth a try."""
        known_at = person.profile_read_at
        if known_at is not None and self._desk.clock.now() - known_at < ACCOUNT_KNOWN_FOR:
            return False
        try:
            return self._ask_profile(posting, person).has_left
        except (SlackApiError, OSError, HTTPException) as error:
            log.info("whether person %s is still there is not known: %s", person.id, error)
            return False

    def _ask_profile(self, posting: Posting, person: Person) -> Profile:
        user = self._client.users_info(user=str(person.slack_user_id))["user"]
        profile = profile_of(user)
        people.apply_profile(self._desk, posting.workspace_id, person.id, profile)
        return profile

    # -- homes

    def _publish(self, posting: Posting) -> None:
        shown = self._load(posting)
        if shown is not None and posting.person is not None and posting.person.slack_user_id is not None:
            view = home_view(shown).to_dict()
            self._client.views_publish(user_id=posting.person.slack_user_id, view=view)
        self._claims.record(posting, Sent(posting.wanted, redraw_at=getattr(shown, "redraw_at", None)))

    def _load(self, posting: Posting) -> Any:
        with self._desk.on_its_own(posting.workspace_id, read_only=True) as work:
            return self._desk.load(work, posting)

    # -- afterwards

    def _after_refusal(self, posting: Posting, error: SlackApiError) -> None:
        """Slack answered, and it was a no."""
        refusal = understand(error)
        log.warning("Slack refused posting %s (%s): %s", posting.id, posting.kind.value, refusal.code)
        match refusal.meaning:
            case Meaning.IN_DOUBT:
                self._after_silence(posting)
            case Meaning.NOT_NOW:
                self._wait_for_slack(posting, refusal.wait or _pause(posting))
            case Meaning.UNKNOWN if posting.attempts + 1 < GIVE_UP_AFTER:
                self._try_later(posting, attempting=posting.attempting)
            case _:
                undeliverable.report(self._desk, posting, claim_on(posting), refusal.code)

    def _after_silence(self, posting: Posting) -> None:
        """It may have arrived, or be on its way still: it is looked for before the next try, and not at once."""
        self._try_later(posting, wait=max(_pause(posting), self._claims.lease / 10))

    def _after_mistake(self, posting: Posting) -> None:
        """The desk itself cannot say it."""
        try:
            if posting.attempts + 1 < GIVE_UP_AFTER:
                self._try_later(posting)
            else:
                undeliverable.report(self._desk, posting, claim_on(posting), "desk_error")
        except DatabaseUnavailable as error:
            log.warning("posting %s keeps its lease until it runs out: %s", posting.id, error)

    def _wait_for_slack(self, posting: Posting, wait: timedelta) -> None:
        """Nothing was said; what was in doubt before still is. Nobody else in that place is sent to meanwhile."""
        until = datetime.now(UTC) + wait
        with self._desk.database.transaction(posting.workspace_id) as tx:
            outbox_line.held(
                tx, posting.id, claim_on(posting), retry_at_real=until, attempting=posting.attempting, **LET_GO
            )
            if posting.ts is None and posting.kind not in NOT_MESSAGES:
                outbox_line.hold_back(tx, posting, until)

    def _try_later(self, posting: Posting, *, wait: timedelta | None = None, **more: Any) -> None:
        until = datetime.now(UTC) + (wait or _pause(posting))
        self._claims.let_go(posting, retry_at_real=until, attempts=posting.attempts + 1, **more)


def profile_of(user: Mapping[str, Any]) -> Profile:
    """What the desk takes from a user as Slack describes one. In an Enterprise Grid there may be no `team_id`."""
    about = user.get("profile") or {}
    in_grid = (user.get("enterprise_user") or {}).get("teams") or ()
    return Profile(
        name=str(about.get("display_name") or user.get("real_name") or about.get("real_name") or ""),
        team_ids=tuple(dict.fromkeys(str(team) for team in (user.get("team_id"), *in_grid) if team)),
        is_workspace_owner=bool(user.get("is_owner") or user.get("is_primary_owner")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        has_left=bool(user.get("deleted")),
    )


def _claim(posting: Posting) -> str:
    if posting.claim is None:
        raise LookupError(f"posting {posting.id} was not claimed")
    return posting.claim


def _pause(posting: Posting) -> timedelta:
    """Half a second, and twice as long after each failure, up to a minute."""
    return timedelta(seconds=min(60.0, 0.5 * 2 ** min(posting.attempts, 7)))
