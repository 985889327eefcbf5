"""What was measured, as a table that is read at a glance."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

Row = tuple[str, str, str]
"""What was measured, what came of it, and what it should be (or "")."""


@dataclass(frozen=True)
class Times:
    """Several measurements of the same, in seconds."""

    seconds: Sequence[float]

    def at(self, share: float) -> float:
        """The time within which that share of them was done."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def slowest(self) -> float:
        return max(self.seconds)

    def __str__(self) -> str:
        marks = (("p50", self.at(0.50)), ("p95", self.at(0.95)), ("p99", self.at(0.99)), ("slowest", self.slowest))
        return " · ".join(f"{name} {words(seconds)}" for name, seconds in marks)


def words(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f} before we began" if hasattr(os, "getloadavg") else ""
    return f"{cores} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}{load}"


def show(title: str, rows: Sequence[Row]) -> None:
    print(f"\n{title}", flush=True)
    width = max(len(what) for what, _, _ in rows)
    for what, came, wanted in rows:
        print(f"  {what:<{width}}  {came}{f'   (wanted: {wanted})' if wanted else ''}", flush=True)
