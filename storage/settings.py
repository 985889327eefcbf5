"""How one workspace's press office works. Each has one row, made with the workspace."""

from datetime import datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Transaction, insert_once, within_workspace
from storage.people import Person

DEFAULT_ZONE = "Europe/London"
DEFAULT_NATION = "england"
DEFAULT_OPENS, DEFAULT_CLOSES = time(9), time(17)


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
