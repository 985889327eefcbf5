"""A posting that one sender has claimed: its lease, and what became of it, noted as long as the claim holds."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.workspaces import Desk
from storage import outbox_line
from storage.database import DatabaseUnavailable
from storage.outbox import Posting

log = logging.getLogger(__name__)

LET_GO: dict[str, Any] = {"claim": None, "claimed_until_real": None}


class LostClaimError(Exception):
    """Another process has taken the posting over, or nobody wants it said any more."""


@dataclass(frozen=True)
class Sent:
    """What is known of a posting once it is in Slack. `version` is the one that is shown there."""

    version: int
    channel: str | None = None
    ts: str | None = None
    redraw_at: datetime | None = None

    def as_values(self) -> dict[str, Any]:
        where = {"ts": self.ts, "posted_in": self.channel} if self.ts is not None else {}
        return {
            "sent": self.version,
            "redraw_at": self.redraw_at,
            "attempting": None,
            "attempts": 0,
            "retry_at_real": None,
            **where,
        }


class Claims:
    """What is noted of claimed postings. `lease` is how long, in real time, one send may take."""

    def __init__(self, desk: Desk, lease: timedelta) -> None:
        self._desk = desk
        self.lease = lease

    def until(self) -> datetime:
        """When a lease that begins now runs out (real time)."""
        return datetime.now(UTC) + self.lease

    def record(self, posting: Posting, sent: Sent) -> None:
        self.let_go(posting, **sent.as_values())

    def let_go(self, posting: Posting, **values: Any) -> None:
        with self._desk.database.transaction(posting.workspace_id) as tx:
            outbox_line.held(tx, posting.id, claim_on(posting), **LET_GO, **values)

    @contextmanager
    def kept(self, posting: Posting) -> Iterator[None]:
        """Renews the lease for as long as this takes; if the process dies, the lease runs out as ever."""
        done = threading.Event()

        def renew() -> None:
            while not done.wait(self.lease.total_seconds() / 4):
                try:
                    with self._desk.database.transaction(posting.workspace_id) as tx:
                        outbox_line.held(tx, posting.id, claim_on(posting), claimed_until_real=self.until())
                except DatabaseUnavailable as error:
                    log.warning("the lease of posting %s was not renewed: %s", posting.id, error)

        keeping = threading.Thread(target=renew, name="keeping", daemon=True)
        keeping.start()
        try:
            yield
        finally:
            done.set()
            keeping.join()


def claim_on(posting: Posting) -> str:
    if posting.claim is None:
        raise LookupError(f"posting {posting.id} was not claimed")
    return posting.claim
