"""How one workspace's press office works. Each has one row, made with the workspace."""

from datetime import datetime, time
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Transaction, by_value, insert_once, within_workspace
from storage.people import Person

DEFAULT_ZONE = "Europe/London"
DEFAULT_NATION = "england"
DEFAULT_OPENS, DEFAULT_CLOSES = time(9), time(17)


class PassTo(StrEnum):
    """Whom a signatory is offered when they pass a request on."""

    DEPUTY_OR_ROLE = "deputy_or_role"
    DEPUTY = "deputy"
    NOBODY = "nobody"


class Settings(InWorkspace, Base):
    """`opens` and `closes` are local times in `zone` (an IANA name); `nation` says whose bank holidays count."""

    __tablename__ = "settings"
    __table_args__ = (sa.UniqueConstraint("workspace_id"), within_workspace("duty_officer_id", table="people"))

    zone: Mapped[str] = mapped_column(default=DEFAULT_ZONE)
    nation: Mapped[str] = mapped_column(default=DEFAULT_NATION)
    opens: Mapped[time] = mapped_column(default=DEFAULT_OPENS)
    closes: Mapped[time] = mapped_column(default=DEFAULT_CLOSES)
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
