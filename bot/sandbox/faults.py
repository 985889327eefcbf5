"""Trouble on demand: what Slack and the network do to a bot sooner or later."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Fault:
    """What happens to the next `times` calls of a method, in one channel or in all; None: until cleared."""

    kind: str
    method: str
    times: int | None
    channel: str | None = None
    error: str = ""
    seconds: float = 0.0

    def fits(self, method: str, channel: str) -> bool:
        """Whether a call is one of those to be troubled."""
        return self.method in ("*", method) and self.channel in (None, channel) and self.times != 0


class Faults:
    """Called from tests' threads and read on the workspace's loop; each change is one list operation."""

    def __init__(self, drop_socket: Callable[[], None], refresh_socket: Callable[[], None]) -> None:
        self._faults: list[Fault] = []
        self.drop_socket = drop_socket
        self.refresh_socket = refresh_socket

    def lose_reply(self, method: str = "*", *, times: int = 1, channel: str | None = None) -> None:
        """The call takes effect, then the connection breaks before the answer."""
        self._faults.append(Fault("lose_reply", method, times, channel))

    def rate_limit(
        self, method: str = "*", *, retry_after: int = 1, times: int = 1, channel: str | None = None
    ) -> None:
        """429 with `Retry-After`, in seconds."""
        self._faults.append(Fault("rate_limit", method, times, channel, seconds=retry_after))

    def server_error(self, method: str = "*", *, times: int = 1, channel: str | None = None) -> None:
        """500, and nothing done."""
        self._faults.append(Fault("server_error", method, times, channel))

    def refuse(self, method: str, *, error: str, times: int = 1, channel: str | None = None) -> None:
        """`ok: false` with that error, and nothing done."""
        self._faults.append(Fault("refuse", method, times, channel, error=error))

    def slow(self, method: str = "*", *, seconds: float = 0.15, channel: str | None = None) -> None:
        """Every call takes that much longer, until `clear()`."""
        self._faults.append(Fault("slow", method, None, channel, seconds=seconds))

    def no_reply(self, method: str = "*", *, times: int = 1, channel: str | None = None) -> None:
        """Nothing done and no answer, until the caller gives up."""
        self._faults.append(Fault("no_reply", method, times, channel))

    def clear(self) -> None:
        """All is well again."""
        self._faults.clear()

    def strike(self, method: str, channel: str) -> list[Fault]:
        """The faults that this call meets: all slowness, and the first of the others."""
        slow = [fault for fault in self._faults if fault.kind == "slow" and fault.fits(method, channel)]
        for fault in self._faults:
            if fault.kind != "slow" and fault.times and fault.fits(method, channel):
                fault.times -= 1
                return [*slow, fault]
        return slow
