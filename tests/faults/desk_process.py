"""The desk as a process of its own, to be killed again and again, without the cost of a start each time.

`build {…}` builds one and has it say what there is to say, so that every statement is compiled; `start` forks it, which
takes a hundredth of a second, and answers with the process id; `end` lets it go. What `build` starts from is itself
a fork of this process, in which everything is imported.
"""

import json
import os
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.app import CommsDesk, Pace, build_app
from bot.clock import MovableClock
from bot.config import Settings
from bot.core.working_days import Nation, WorkingHours
from storage import outbox_line
from storage.settings import DEFAULT_CLOSES, DEFAULT_NATION, DEFAULT_OPENS, DEFAULT_ZONE


def main() -> None:
    holidays = WorkingHours(ZoneInfo(DEFAULT_ZONE), Nation(DEFAULT_NATION), DEFAULT_OPENS, DEFAULT_CLOSES)
    holidays.is_open(datetime(2026, 11, 23, tzinfo=UTC))  # worked out once, too
    while line := sys.stdin.readline():
        builder = os.fork()
        if builder == 0:
            serve(build(json.loads(line.removeprefix("build "))))
            os._exit(0)
        os.waitpid(builder, 0)
        answer("ended")


def build(given: dict[str, str]) -> CommsDesk:
    pace = Pace(lease=timedelta(seconds=float(given["lease"])), delivery_timeout_seconds=int(given["timeout"]))
    config = Settings.model_validate(given["settings"])
    desk = build_app(config, clock=MovableClock(datetime.fromisoformat(given["now"])), pace=pace)
    desk.delivery.start()
    while something_is_unsaid(desk):
        threading.Event().wait(0.01)
    desk.delivery.stop()
    desk.socket.close()  # type: ignore[no-untyped-call]  # its threads would not live in a fork, and nobody presses here
    desk.database.dispose()  # nor may a connection have two owners
    return desk


def something_is_unsaid(desk: CommsDesk) -> bool:
    with desk.database.across_workspaces(read_only=True) as view:
        return outbox_line.count_unsent(view) > 0


def serve(desk: CommsDesk) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    answer("ready")
    while sys.stdin.readline().strip() == "start":
        child = os.fork()
        if child == 0:
            run(desk, parent=os.getppid())
        answer(str(child))


def run(desk: CommsDesk, *, parent: int) -> None:
    """Says what is to be said, until killed; or until the test that started it all is no more."""
    desk.delivery.start()
    while os.getppid() == parent:
        threading.Event().wait(0.2)
    os._exit(0)


def answer(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
