"""Commands run to their end, and as processes of their own."""

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[3]
RUNS = "Comms Desk is running."


@dataclass(frozen=True)
class Ended:
    """What was left of a command: its exit code, and what it printed where."""

    code: int
    out: str
    err: str


Comms = Callable[..., Ended]


@contextmanager
def started(*words: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A command as a process of its own, and the line that says it runs. Killed at the end, if it has not ended."""
    process = subprocess.Popen(  # noqa: S603 (our own command)
        [sys.executable, "-m", "bot", *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    impatience = threading.Timer(60, process.kill)
    impatience.start()
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith(RUNS), _all_of(process.stderr)
        yield process, line
    finally:
        impatience.cancel()
        process.kill()
        process.communicate()


def _all_of(stream: IO[str] | None) -> str:
    return stream.read() if stream is not None else ""


def ended(process: "subprocess.Popen[str]", by: signal.Signals) -> Ended:
    process.send_signal(by)
    out, err = process.communicate(timeout=30)
    return Ended(process.returncode, out, err)


def free_port() -> int:
    """One where nobody is."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
