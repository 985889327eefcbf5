"""How pressing a time is, in bands that a card can show without going out of date every minute."""

from datetime import datetime, timedelta
from enum import StrEnum

SOON = timedelta(hours=3)
DUE = timedelta(minutes=30)


class Band(StrEnum):
    """How much time is left until something is due."""

    UNKNOWN = "unknown"
    ON_TIME = "on_time"
    SOON = "soon"
    DUE = "due"
    LATE = "late"


def band(due_at: datetime | None, now: datetime) -> Band:
    if due_at is None:
        return Band.UNKNOWN
    left = due_at - now
    if left <= timedelta():
        return Band.LATE
    if left <= DUE:
        return Band.DUE
    return Band.SOON if left <= SOON else Band.ON_TIME


def next_band_at(due_at: datetime | None, now: datetime) -> datetime | None:
    """When the band changes next, a second late rather than early; None once it is late or while it is unknown."""
    if due_at is None:
        return None
    second = timedelta(seconds=1)
    changes = (due_at - SOON + second, due_at - DUE + second, due_at)
    return next((at for at in changes if at > now), None)


def sign_by(deadline: datetime, asked_at: datetime) -> datetime:
    """By when signatures are needed for something that must go out by `deadline`.

    Our own judgement: signing may take three quarters of the time there is; for issuing, half an hour at most is kept.
    """
    left = deadline - asked_at
    return deadline - min(DUE, left / 4) if left > timedelta() else deadline


def in_words(span: timedelta) -> str:
    """A span of time as people say it: `2 hours`, `1 hour 20 minutes`, `3 days`. Rounded to what matters."""
    minutes = max(0, round(span.total_seconds() / 60))
    if minutes < 60:
        return _counted(minutes, "minute")
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return _counted(hours, "hour") + (f" {_counted(minutes, 'minute')}" if minutes and hours < 6 else "")
    days, hours = divmod(hours, 24)
    return _counted(days, "day") + (f" {_counted(hours, 'hour')}" if hours and days < 3 else "")


def time_left(due_at: datetime, now: datetime) -> str:
    """`in 2 hours`, `now`, or `40 minutes late`."""
    left = due_at - now
    if abs(left) < timedelta(seconds=30):
        return "now"
    return f"in {in_words(left)}" if left >= timedelta() else f"{in_words(-left)} late"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
