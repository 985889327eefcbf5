"""Posts files, each once, whatever happens in between; and reads those that people gave.

Make the bytes (in no transaction) → ask Slack for a place → send them there → note the file's id → complete. Only what
is completed is seen by anybody. A file's message carries no metadata: whoever finds a try that nobody ended asks
`files.info` for the id that was noted.
"""

import hashlib
import urllib.request
from dataclasses import replace
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.claims import LET_GO, Claims, LostClaimError, Sent, claim_on
from bot.core.documents import Document
from bot.core.workspaces import Desk
from handlers.files import NotGivenOutError, fetch
from handlers.views import RENDERERS
from storage import outbox_line
from storage.outbox import Posting

TRANSFER_SECONDS = 60.0
"""For the bytes alone. The lease is renewed meanwhile."""


LOOKS = 6
"""How often, over half a minute, a file is looked for that is there and in no conversation."""


class NotSharedYetError(OSError):
    """Slack has the file and has not said yet where it is. As good as no answer."""


class _Given(Protocol):
    """What stands for a file that somebody gave."""

    @property
    def slack_file_id(self) -> str: ...


class FileDelivery:
    """What `Delivery` does with a posting that is a file, here or in Slack."""

    def __init__(self, desk: Desk, client: WebClient, claims: Claims) -> None:
        self._desk = desk
        self._client = client
        self._claims = claims

    def post(self, posting: Posting, channel: str) -> None:
        with self._claims.kept(posting):
            shown = self._load(posting)
            if shown is None:
                self._claims.let_go(posting, cancelled_at=self._desk.clock.now())
                return
            document = self._desk.features.maker(posting.kind)(shown)
            file_id = self._upload(document)
        detail = self._begin(posting, channel, file_id, document)
        self._client.files_completeUploadExternal(
            files=[{"id": file_id, "title": document.title}],
            channel_id=channel,
            thread_ts=posting.thread_of.ts if posting.thread_of else None,
            initial_comment=RENDERERS[posting.kind](shown).text,
        )
        self.record(posting, Sent(posting.wanted), detail)

    def look_for(self, posting: Posting) -> Sent | None:
        """Whether a file arrived that was begun. One that was not completed is none; one deleted since was there.

        Slack puts a completed file into its conversation a little later: what is in none yet is looked for again.
        """
        if posting.file_id is None:
            return None
        arrived = Sent(posting.attempting or posting.wanted)
        try:
            file = self._client.files_info(file=posting.file_id)["file"]
        except SlackApiError as error:
            match error.response.get("error"):
                case "file_not_found":
                    return None
                case "file_deleted":
                    return arrived
            raise
        ts = _ts(file, str(posting.posted_in))
        if ts is not None:
            return replace(arrived, channel=posting.posted_in, ts=ts)
        if posting.attempts < LOOKS:
            raise NotSharedYetError(posting.file_id)
        return None

    def delete(self, posting: Posting) -> None:
        """Takes a file away that was posted, for everybody."""
        if posting.file_id is None or not posting.sent:
            return
        try:
            self._client.files_delete(file=posting.file_id)
        except SlackApiError as error:
            if error.response.get("error") not in {"file_not_found", "file_deleted"}:
                raise

    def record(self, posting: Posting, sent: Sent, detail: dict[str, Any] | None = None) -> None:
        """That it is there goes on the audit record with what it holds, in the transaction that notes it."""
        about = (detail or posting.detail)["file"]
        with self._desk.on_its_own(posting.workspace_id) as work:
            if outbox_line.held(work.tx, posting.id, claim_on(posting), **LET_GO, **sent.as_values()):
                work.record("file.posted", posting.subject, kind=posting.kind.value, person=posting.person_id, **about)

    def read(self, posting: Posting) -> None:
        """Reads a file that somebody gave. What fails for now raises, and is tried again."""
        file: _Given | None = self._load(posting)
        if file is not None:
            with self._claims.kept(posting):
                self._read(posting, file)
        self._claims.record(posting, Sent(posting.wanted))

    def _read(self, posting: Posting, file: _Given) -> None:
        reader = self._desk.features.reader(posting.kind)
        try:
            about = self._client.files_info(file=file.slack_file_id)["file"]
            content = fetch(self._client, about, seconds=TRANSFER_SECONDS)
        except SlackApiError as error:
            if error.response.get("error") not in {"file_not_found", "file_deleted"}:
                raise
            reader.refuse(self._desk, posting, "It is not in Slack any more.")
        except NotGivenOutError:
            reader.refuse(self._desk, posting, "Slack does not let the desk read it.")
        else:
            reader.read(self._desk, posting, content)

    def _load(self, posting: Posting) -> Any:
        with self._desk.on_its_own(posting.workspace_id, read_only=True) as work:
            return self._desk.load(work, posting)

    def _upload(self, document: Document) -> str:
        """Brings the bytes to Slack, where nobody sees them yet. Gives the id that the file will have."""
        place = self._client.files_getUploadURLExternal(filename=document.name, length=len(document.content))
        request = urllib.request.Request(str(place["upload_url"]), document.content)  # noqa: S310 (Slack's address)
        opener = urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if self._client.proxy is None else []))
        with opener.open(request, timeout=TRANSFER_SECONDS):
            return str(place["file_id"])

    def _begin(self, posting: Posting, channel: str, file_id: str, document: Document) -> dict[str, Any]:
        about = {
            **document.facts,
            "file": file_id,
            "name": document.name,
            "size": len(document.content),
            "sha256": hashlib.sha256(document.content).hexdigest(),
        }
        detail = {**posting.detail, "file": about}
        with self._desk.database.transaction(posting.workspace_id) as tx:
            begun = outbox_line.begin(
                tx,
                posting.id,
                claim_on(posting),
                version=posting.wanted,
                posted_in=channel,
                until_real=self._claims.until(),
                file_id=file_id,
                detail=detail,
            )
            if not begun:
                raise LostClaimError(posting.id)
        return detail


def _ts(file: Any, channel: str) -> str | None:
    """The message that a file is in, as far as Slack says so already."""
    for places in (file.get("shares") or {}).values():
        for share in places.get(channel) or ():
            return str(share["ts"])
    return None
