"""Waiting in line."""

import threading
from collections import deque


class Turns:
    """A lock that is had in the order in which it was asked for.

    `threading.Lock` goes to whoever runs: of two threads that write again and again, one waits for ever.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Event] = deque()

    def acquire(self, *, timeout: float) -> bool:
        with self._mutex:
            if not self._is_taken:
                self._is_taken = True
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(timeout):
            return True
        with self._mutex:
            if turn.is_set():  # it came in the moment in which we stopped waiting
                return True
            self._waiting.remove(turn)
            return False

    def release(self) -> None:
        """Hands the lock to whoever has waited longest; it is never free in between."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False
