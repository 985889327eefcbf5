"""A tick that fails is a tick that comes again."""

import threading

from bot.scheduler import Scheduler
from storage.database import DatabaseUnavailable


def test_a_tick_survives_its_failures() -> None:
    """The database was gone, then something nobody foresaw happened; the third time it runs, as does its neighbour."""
    failures = [DatabaseUnavailable("gone"), ValueError("nobody foresaw this")]
    done, neighbour = threading.Event(), threading.Event()

    def tick() -> None:
        if failures:
            raise failures.pop()
        done.set()

    scheduler = Scheduler({"troubled": (tick, 0.05), "neighbour": (neighbour.set, 0.05)})
    scheduler.start()
    try:
        assert done.wait(5)
        assert neighbour.wait(5)
    finally:
        scheduler.stop()


def test_a_tick_that_hangs_holds_up_no_other_and_does_not_pile_up() -> None:
    """One run at a time, however long it takes."""
    runs: list[int] = []
    release, neighbour = threading.Event(), threading.Semaphore(0)

    def hangs() -> None:
        runs.append(1)
        release.wait(5)

    scheduler = Scheduler({"hangs": (hangs, 0.05), "neighbour": (neighbour.release, 0.05)})
    scheduler.start()
    try:
        for _ in range(5):
            assert neighbour.acquire(timeout=5)
        assert runs == [1]
    finally:
        release.set()
        scheduler.stop()
