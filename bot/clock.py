"""What time it is. Handed in wherever it is needed; nothing reads the machine's clock in passing."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock:
    """A clock that runs with the machine's, or stands still at `start`, and can be moved forward.

    For the demo (where people want to see tomorrow's reminders today) and for tests. It never goes back.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._stands_at = start
        self._ahead = timedelta()
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            return (self._stands_at or datetime.now(UTC)) + self._ahead

    def advance(self, by: timedelta) -> None:
        if by < timedelta():
            raise ValueError("the clock only moves forward")
        with self._lock:
            self._ahead += by
