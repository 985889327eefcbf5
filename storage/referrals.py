"""Enquiries that partner organisations were asked to answer, or were told of."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Base, InWorkspace, Transaction, by_value, changed, within_workspace
from storage.people import Organisation, Person
from storage.signoffs import HeardBy


class ReferralStatus(StrEnum):
    ASKED = "asked"
    """Their lead has not said yet whether they take it."""
    ACCEPTED = "accepted"
    """They answer the journalist; what they said is still to come."""
    REFUSED = "refused"
    """It is not theirs: it is back with us."""
    ANSWERED = "answered"
    """They told us what they answered."""
    WITHDRAWN = "withdrawn"
    """We took it back."""
    TOLD = "told"
    """For information: nothing is asked of them."""


OPEN = (ReferralStatus.ASKED, ReferralStatus.ACCEPTED)
"""Somebody there owes us a word."""
_IS_OPEN = "status IN ('asked', 'accepted')"


class Referral(InWorkspace, Base):
    """One enquiry, one partner organisation, and its lead. Instants are UTC.

    `reason` says why it was refused or taken back; `answer`, `answered_at` and `link` what they told the journalist.
    `heard_by` and `recorded_by_id` are set where one of us wrote their reply down. An enquiry is with one partner at a
    time, so that it is clear who answers.
    """

    __tablename__ = "referrals"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "id"),
        within_workspace("enquiry_id", table="enquiries"),
        within_workspace("organisation_id", table="organisations"),
        within_workspace("lead_id", table="people"),
        within_workspace("referred_by_id", table="people"),
        within_workspace("recorded_by_id", table="people"),
        sa.Index("ix_referrals_enquiry", "workspace_id", "enquiry_id"),
        sa.Index("ix_referrals_lead", "workspace_id", "lead_id"),
        sa.Index(
            "uq_referrals_open",
            "workspace_id",
            "enquiry_id",
            unique=True,
            sqlite_where=sa.text(_IS_OPEN),
            postgresql_where=sa.text(_IS_OPEN),
        ),
    )

    enquiry_id: Mapped[int]
    organisation_id: Mapped[int]
    lead_id: Mapped[int]
    status: Mapped[ReferralStatus] = mapped_column(by_value(ReferralStatus))
    note: Mapped[str | None]
    """A word of ours that goes with it."""
    referred_by_id: Mapped[int]
    referred_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    link: Mapped[str | None]
    heard_by: Mapped[HeardBy | None] = mapped_column(by_value(HeardBy))
    recorded_by_id: Mapped[int | None]

    organisation: Mapped[Organisation] = relationship(
        lazy="joined", foreign_keys="Referral.organisation_id", viewonly=True
    )
    lead: Mapped[Person] = relationship(lazy="joined", foreign_keys="Referral.lead_id", viewonly=True)
    referred_by: Mapped[Person] = relationship(lazy="joined", foreign_keys="Referral.referred_by_id", viewonly=True)
    recorded_by: Mapped[Person | None] = relationship(
        lazy="joined", foreign_keys="Referral.recorded_by_id", viewonly=True
    )

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


def get(tx: Transaction, referral_id: int) -> Referral | None:
    return tx.session.scalar(sa.select(Referral).where(Referral.id == referral_id))


def of_enquiry(tx: Transaction, enquiry_id: int) -> list[Referral]:
    """All of an enquiry, the oldest first; those for information too."""
    asked = sa.select(Referral).where(Referral.enquiry_id == enquiry_id).order_by(Referral.id)
    return list(tx.session.scalars(asked))


def open_on(tx: Transaction, enquiry_id: int) -> Referral | None:
    """The partner with whom an enquiry is now, or who was asked and has not said."""
    asked = sa.select(Referral).where(Referral.enquiry_id == enquiry_id, Referral.status.in_(OPEN))
    return tx.session.scalar(asked)


def open_by_enquiry(tx: Transaction, ids: Collection[int]) -> dict[int, Referral]:
    """The same for several enquiries; those that are with nobody else are left out."""
    asked = sa.select(Referral).where(Referral.enquiry_id.in_(ids), Referral.status.in_(OPEN))
    return {referral.enquiry_id: referral for referral in tx.session.scalars(asked)}


def all_open(tx: Transaction) -> list[Referral]:
    return list(tx.session.scalars(sa.select(Referral).where(Referral.status.in_(OPEN)).order_by(Referral.id)))


def change(tx: Transaction, referral: Referral, *, to: ReferralStatus, **values: Any) -> bool:
    """Moves a referral on if its status and lead are still as `referral` shows; False when another was quicker."""
    return changed(
        tx,
        sa.update(Referral)
        .where(Referral.id == referral.id, Referral.status == referral.status, Referral.lead_id == referral.lead_id)
        .values(status=to, **values),
    )


def rewrite(tx: Transaction, referral_id: int, **texts: str | None) -> None:
    """Sets its words anew, without what is kept no longer."""
    changed(tx, sa.update(Referral).where(Referral.id == referral_id).values(**texts))
