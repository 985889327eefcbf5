"""What every story of the demo is told with: somebody acting, the clock, and who is who."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import MovableClock
from bot.core.working_days import Nation, WorkingHours
from bot.core.workspaces import Caller, Desk
from storage.database import Transaction

ZONE = ZoneInfo("Europe/London")
HOURS = WorkingHours(zone=ZONE, nation=Nation.ENGLAND)


@dataclass
class Steps:
    """`user_id` gives a member's Slack id by name, `channel_id` a channel's; `ids` are our own ids of the people, and
    `topics` those of the topics."""

    desk: Desk
    clock: MovableClock
    team_id: str
    user_id: Callable[[str], str]
    channel_id: Callable[[str], str]
    ids: dict[str, int] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)
    taken: int = 0

    def as_(self, name: str) -> Caller:
        return Caller(self.team_id, self.user_id(name), self.team_id, name)

    def once(self) -> str:
        self.taken += 1
        return f"demo:{type(self).__name__}:{self.taken}"

    def move(self, by: timedelta) -> None:
        self.clock.advance(by)

    def move_to(self, at: datetime) -> None:
        self.clock.advance(max(timedelta(), at - self.clock.now()))

    def reading(self) -> AbstractContextManager[Transaction]:
        return self.desk.database.transaction(self.desk.workspace_id(self.team_id), read_only=True)
