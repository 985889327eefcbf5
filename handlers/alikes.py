"""Looking at enquiries that look alike, and saying that they are not."""

from slack_sdk.models.views import View

from bot.core.workspaces import Desk
from bot.desk import alikes, follow_ups
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press
from handlers.views import alike_page as views


def look(desk: Desk, press: Press) -> View:
    return views.page(alikes.look(desk, press.caller, press.number))


def set_aside(desk: Desk, press: Press) -> None:
    enquiry_id, other_id = press.pair
    alikes.set_aside(desk, press.caller, enquiry_id, other_id)


def follow(desk: Desk, press: Press) -> None:
    enquiry_id, other_id = press.pair
    follow_ups.link(desk, press.caller, enquiry_id, follows_id=other_id, once=None)


def register(edge: Edge) -> None:
    edge.button(ids.ALIKE, look)
    edge.button(ids.SET_ASIDE, set_aside)
    edge.button(ids.FOLLOW_THIS, follow)
