"""A few fixed ticks. What is due lives in the tables; the scheduler only asks, again and again."""

import logging
from collections.abc import Callable, Mapping

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from storage.database import DatabaseUnavailable

log = logging.getLogger(__name__)


class Scheduler:
    """Runs each tick every so many seconds. A tick that fails is logged, and comes again."""

    def __init__(self, ticks: Mapping[str, tuple[Callable[[], None], float]]) -> None:
        # it warns of a tick that is left out because the one before is not over: that is how it should be
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        self._scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()}, executors={"default": ThreadPoolExecutor(4)}, timezone="UTC"
        )
        for name, (tick, seconds) in ticks.items():
            self._scheduler.add_job(
                _guarded(name, tick),
                "interval",
                seconds=seconds,
                id=name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)


def _guarded(name: str, tick: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            tick()
        except DatabaseUnavailable as error:
            log.warning("tick %s waits for the database: %s", name, error)
        except Exception:
            log.exception("tick %s failed", name)

    return run
