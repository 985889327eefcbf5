"""Who is in the workspace and where they talk: plain data, which the demo and the tests write down."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What time the workspace shows. Timeouts are real time and never ask it."""

    def now(self) -> datetime:
        """The time shown, aware, in UTC."""

    def advance(self, by: timedelta) -> None:
        """Moves the time shown forward."""


@dataclass(frozen=True)
class TeamPlan:
    """A Slack workspace: ours, where the bot is installed, or a partner's, connected by shared channels."""

    name: str


@dataclass(frozen=True)
class MemberPlan:
    """A person. `team` names a partner's workspace; None is ours. `zone` is an IANA name. `gone`: deactivated."""

    name: str
    title: str = ""
    zone: str = "Europe/London"
    owner: bool = False
    guest: bool = False
    team: str | None = None
    email: str = ""
    gone: bool = False


@dataclass(frozen=True)
class ChannelPlan:
    """A channel. With members of a partner team it is a shared one; `bot` says whether the bot was invited."""

    name: str
    members: tuple[str, ...] = ()
    private: bool = False
    bot: bool = False
    purpose: str = ""


@dataclass(frozen=True)
class Plan:
    """The whole workspace as it is on its first day."""

    team: TeamPlan
    partner_teams: tuple[TeamPlan, ...] = ()
    members: tuple[MemberPlan, ...] = ()
    channels: tuple[ChannelPlan, ...] = field(default=())

    def __post_init__(self) -> None:
        """A plan that contradicts itself would show up much later as a puzzle, so it is refused here."""
        names = [member.name for member in self.members]
        if len(set(names)) != len(names):
            raise ValueError("two members have the same name")
        if len({channel.name for channel in self.channels}) != len(self.channels):
            raise ValueError("two channels have the same name")
        teams = {team.name for team in self.partner_teams}
        for member in self.members:
            if member.team is not None and member.team not in teams:
                raise ValueError(f"{member.name} is of a team that the plan lacks: {member.team}")
        for channel in self.channels:
            if unknown := set(channel.members) - set(names):
                raise ValueError(f"#{channel.name} has members that the plan lacks: {sorted(unknown)}")
