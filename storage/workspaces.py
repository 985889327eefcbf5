"""Workspaces: the tenants, the numbers of their records, and the submissions already taken in."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from storage.database import Base, InWorkspace, Overview, Transaction, insert_new, insert_once


class Workspace(Base):
    """One Slack team. How its press office works is in `storage.settings`."""

    __tablename__ = "workspaces"
    __table_args__ = (sa.UniqueConstraint("team_id"),)

    team_id: Mapped[str]
    enterprise_id: Mapped[str | None]
    name: Mapped[str]


class NumberSeries(StrEnum):
    """What is counted, by the prefix of its references: ENQ-7, STA-4."""

    ENQUIRY = "ENQ"
    STATEMENT = "STA"
    BRIEFING = "BRF"
    REPORT = "REP"


class LastNumber(InWorkspace, Base):
    __tablename__ = "last_numbers"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "series"),)

    series: Mapped[str]
    number: Mapped[int]


class TakenIn(InWorkspace, Base):
    """A submission that was carried out, by what Slack repeats of it (`view.id`, `event_id`)."""

    __tablename__ = "taken_in"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "key"),)

    key: Mapped[str]


def find(view: Overview, team_id: str) -> Workspace | None:
    return view.session.scalar(sa.select(Workspace).where(Workspace.team_id == team_id))


def all_of_them(view: Overview) -> list[Workspace]:
    return list(view.session.scalars(sa.select(Workspace).order_by(Workspace.id)))


def open_for(view: Overview, *, team_id: str, enterprise_id: str | None, name: str) -> Workspace:
    """The workspace of a Slack team, made on first meeting, by whichever process meets it first."""
    insert_new(view.session, Workspace, team_id=team_id, enterprise_id=enterprise_id, name=name)
    workspace = view.session.scalars(sa.select(Workspace).where(Workspace.team_id == team_id)).one()
    workspace.name, workspace.enterprise_id = name, enterprise_id
    return workspace


def get(tx: Transaction) -> Workspace:
    return tx.session.get_one(Workspace, tx.workspace_id)


def next_number(tx: Transaction, series: NumberSeries) -> int:
    """The next number of a series. A number once given is not given again, nor are two given at once."""
    return next_numbers(tx, series, 1)


def next_numbers(tx: Transaction, series: NumberSeries, how_many: int) -> int:
    """The next numbers of a series, one after the other: the first of them."""
    given = (
        sa.update(LastNumber)
        .where(LastNumber.series == series.value)
        .values(number=LastNumber.number + how_many)
        .returning(LastNumber.number)
    )
    last = tx.session.scalar(given)
    if last is None:
        insert_once(tx, LastNumber, series=series.value, number=0)
        last = tx.session.scalars(given).one()
    return last - how_many + 1


def take_in(tx: Transaction, key: str) -> bool:
    """Notes that a submission is being carried out. False when it already was."""
    return insert_once(tx, TakenIn, key=key)
