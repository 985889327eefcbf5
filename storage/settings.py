"""How one workspace's press office works. Each has one row, made with the workspace."""

from datetime import datetime, time
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Transaction, by_value, insert_once, within_workspace
from storage.people import Person

DEFAULT_ZONE = "Europe/London"
DEFAULT_NATION = "england"
DEFAULT_OPENS, DEFAULT_CLOSES = time(9), time(17)
DEFAULT_WEEKDAYS = (0, 1, 2, 3, 4)
DEFAULT_KEEP_MONTHS = 24


class ExecutivesRule(StrEnum):
    """What executives are to a statement (DOMAIN §1: set per workspace)."""

    COPIED = "copied"
    MUST_SIGN = "must_sign"


class BackgroundRule(StrEnum):
    """Who signs background given to a journalist (DOMAIN §2: set per workspace)."""

    SAME = "same"
    LEAD = "lead"


class PassTo(StrEnum):
    """Whom a signatory is offered when they pass a request on."""

    DEPUTY_OR_ROLE = "deputy_or_role"
    DEPUTY = "deputy"
    NOBODY = "nobody"


class Settings(InWorkspace, Base):
    """`opens` and `closes` are local times in `zone` (an IANA name); `nation` says whose bank holidays count.

    What is kept as JSON is never changed in place: it is set anew, or the change is not stored.
    """

    __tablename__ = "settings"
    __table_args__ = (sa.UniqueConstraint("workspace_id"), within_workspace("duty_officer_id", table="people"))

    zone: Mapped[str] = mapped_column(default=DEFAULT_ZONE)
    nation: Mapped[str] = mapped_column(default=DEFAULT_NATION)
    opens: Mapped[time] = mapped_column(default=DEFAULT_OPENS)
    closes: Mapped[time] = mapped_column(default=DEFAULT_CLOSES)
    weekdays: Mapped[list[int]] = mapped_column(
        sa.JSON, default=lambda: list(DEFAULT_WEEKDAYS), server_default="[0, 1, 2, 3, 4]"
    )
    """Monday is 0."""
    other_hours: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """`{"4": ["09:00", "16:30"]}`: weekdays whose hours differ."""
    closed_on: Mapped[list[str]] = mapped_column(sa.JSON, default=list, server_default="[]")
    """Dates (`2026-12-24`) on which nobody works, beside bank holidays."""
    press_channel_id: Mapped[str | None]
    duty_officer_id: Mapped[int | None]
    asked_for_at: Mapped[datetime | None]
    deputies_sign_for_leads: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    deputies_sign_for_spokespeople: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    """Where a deputy may not sign, they are only reminded to reach whoever must."""
    pass_to: Mapped[PassTo] = mapped_column(
        by_value(PassTo), default=PassTo.DEPUTY_OR_ROLE, server_default=PassTo.DEPUTY_OR_ROLE.value
    )
    spokespeople_can_be_overridden: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    ladders: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """The workspace's own ladders by duty, as `bot.core.ladder_data` writes them; of other duties, the default."""
    executives: Mapped[ExecutivesRule] = mapped_column(
        by_value(ExecutivesRule), default=ExecutivesRule.COPIED, server_default=ExecutivesRule.COPIED.value
    )
    background: Mapped[BackgroundRule] = mapped_column(
        by_value(BackgroundRule), default=BackgroundRule.SAME, server_default=BackgroundRule.SAME.value
    )
    keep_months: Mapped[int] = mapped_column(default=DEFAULT_KEEP_MONTHS, server_default=str(DEFAULT_KEEP_MONTHS))
    """How long journalists' names and addresses are kept once their enquiry is closed."""
    looked_for_expired_at: Mapped[datetime | None]
    own_domains: Mapped[list[str]] = mapped_column(sa.JSON, default=list, server_default="[]")
    """E-mail domains of the partnership itself, in small letters: whoever writes from them is no journalist."""
    known_abbreviations: Mapped[list[str]] = mapped_column(sa.JSON, default=list, server_default="[]")
    """Abbreviations that need no explanation here, for the hints on plain English."""

    duty_officer: Mapped[Person | None] = relationship(
        lazy="joined", foreign_keys="Settings.duty_officer_id", viewonly=True
    )


def get(tx: Transaction) -> Settings:
    return tx.session.scalars(sa.select(Settings)).one()


def make(tx: Transaction) -> None:
    """Gives a new workspace its row of defaults; one that has it keeps its own."""
    insert_once(
        tx,
        Settings,
        zone=DEFAULT_ZONE,
        nation=DEFAULT_NATION,
        opens=DEFAULT_OPENS,
        closes=DEFAULT_CLOSES,
    )
