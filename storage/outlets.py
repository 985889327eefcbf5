"""The outlets that the desk has come to know: by the domain of the address from which they wrote before."""

import sqlalchemy as sa

from storage.database import Transaction
from storage.enquiries import Enquiry

EVERYBODYS = frozenset(
    {
        "aol.com",
        "btinternet.com",
        "gmail.com",
        "googlemail.com",
        "hotmail.co.uk",
        "hotmail.com",
        "icloud.com",
        "live.co.uk",
        "me.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "sky.com",
        "virginmedia.com",
        "yahoo.co.uk",
        "yahoo.com",
    }
)
"""From these anybody writes: they tell nothing of the outlet."""


def of_domain(tx: Transaction, domain: str) -> str:
    """The outlet that was logged last for an address of this domain; "" if none was. Corrections are learnt, too."""
    domain = domain.strip().lower()
    if not domain or domain in EVERYBODYS:
        return ""
    ends_so = sa.func.lower(Enquiry.email).endswith(f"@{domain}", autoescape=True)
    query = sa.select(Enquiry.outlet).where(ends_so).order_by(Enquiry.number.desc()).limit(1)
    return tx.session.scalar(query) or ""


def on_file(tx: Transaction) -> list[str]:
    """Every outlet that was logged, as it was spelt; the newest spelling last."""
    query = sa.select(Enquiry.outlet).group_by(Enquiry.outlet).order_by(sa.func.max(Enquiry.number))
    return [outlet for outlet in tx.session.scalars(query) if outlet]
