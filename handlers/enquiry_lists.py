"""`/enquiry list`: which list the words mean, and turning its pages."""

from slack_sdk.models.views import View

from bot.core.workspaces import Caller, Desk
from bot.desk import enquiry_lists
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, how_far
from handlers.views import enquiry_lists as views
from handlers.views.words import Drawn
from storage.enquiry_lists import Listed

_CALLED: dict[str, Listed] = {
    "": Listed.OPEN,
    "open": Listed.OPEN,
    "all": Listed.OPEN,
    "mine": Listed.MINE,
    "my": Listed.MINE,
    "overdue": Listed.OVERDUE,
    "late": Listed.OVERDUE,
    "waiting": Listed.WAITING,
    "signatures": Listed.WAITING,
    "week": Listed.WEEK,
    "nobody": Listed.NOBODYS,
}
"""By the first word that says which; `for`, `this` and other small words are passed over."""


def listed(desk: Desk, caller: Caller, typed: str) -> Drawn:
    called = [word for word in typed.lower().split() if word not in {"for", "this", "ones", "enquiries"}]
    which = _CALLED.get(called[0] if called else "")
    found = enquiry_lists.listed(desk, caller, which or Listed.OPEN)
    return views.message(found, not_known="" if which else typed)


def turned(desk: Desk, press: Press) -> View:
    which, _, offset = press.value.partition(":")
    listed_ = Listed(which) if which in set(Listed) else Listed.OPEN
    return views.page(enquiry_lists.listed(desk, press.caller, listed_, offset=how_far(offset)))


def register(edge: Edge) -> None:
    for action_id in (*views.BUTTONS.values(), ids.TURN_LIST):
        edge.turning(action_id, turned)
