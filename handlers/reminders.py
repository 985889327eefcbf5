"""*Seen* and *Snooze*."""

from bot.core.workspaces import Desk
from bot.desk import reminders
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press


def seen(desk: Desk, press: Press) -> None:
    reminders.mark_seen(desk, press.caller, press.number)


def snooze(desk: Desk, press: Press) -> None:
    reminders.snooze(desk, press.caller, press.number)


def register(edge: Edge) -> None:
    edge.button(ids.SEEN, seen)
    edge.button(ids.SNOOZE, snooze)
