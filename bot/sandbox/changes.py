"""Telling whoever waits that something in the workspace changed: drivers, pages, tests."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Changes:
    """Belongs to the workspace's loop; every method is called there."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self.listeners: set[Callable[[str], None]] = set()

    def tell(self, what: str) -> None:
        """Says that something changed: `messages:C…`, `home`, `form`, `workspace`, `clock`, `calls` or `lines`."""
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        for listener in tuple(self.listeners):
            listener(what)

    async def wait_for(self, look: Callable[[], Found | None], patience: float) -> Found | None:
        """Looks, and looks again after each change, for `patience` seconds of real time; None if never found."""
        until = time.monotonic() + patience
        while True:
            found = look()
            if found is not None or time.monotonic() >= until:
                return found
            await self.next(until - time.monotonic())

    async def next(self, patience: float) -> None:
        """Waits for the next change, for `patience` seconds at most."""
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.add(waiting)
        try:
            await asyncio.wait({waiting}, timeout=patience)
        finally:
            self._waiting.discard(waiting)
