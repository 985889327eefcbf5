"""`/enquiry find`, and using again what was found."""

from slack_sdk.models.views import View

from bot.core.errors import BadInput
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk
from bot.desk import enquiry_lists, finds
from bot.desk.finds import Said, SaidIn
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission, how_far
from handlers.views import finds as views
from handlers.views import statements
from handlers.views.words import Drawn
from storage.statements import StatementKind


def found(desk: Desk, caller: Caller, typed: str) -> Drawn:
    return views.message(finds.find(desk, caller, typed), typed=typed)


def turned(desk: Desk, press: Press) -> View:
    offset, _, words = press.value.partition(":")
    return views.page(finds.find(desk, press.caller, words, offset=how_far(offset)))


def use(desk: Desk, press: Press) -> View:
    """With one open enquiry there is nothing to choose."""
    where, id_ = _source(press.value)
    offered = finds.to_reuse(desk, press.caller, where, id_)
    if len(offered.enquiries) == 1:
        return _start_form(desk, press.caller, offered.enquiries[0].id, offered.said)
    return views.use_form(offered)


def chosen(desk: Desk, form: Submission) -> View:
    where, id_ = _source(form.about["said"])
    said = finds.said_to_reuse(desk, form.caller, where, id_)
    return _start_form(desk, form.caller, form.number("enquiry") or 0, said)


def _start_form(desk: Desk, caller: Caller, enquiry_id: int, said: Said) -> View:
    """What was not on the record does not become a statement unless somebody chooses that."""
    offered = enquiry_lists.for_form(desk, caller, enquiry_id, Act.START_STATEMENT)
    kind = said.kind or StatementKind.STATEMENT
    return statements.start_form(enquiry_id, offered.enquiry.reference, offered.spokespeople, text=said.text, kind=kind)


def _source(value: str) -> tuple[SaidIn, int]:
    where, _, id_ = value.partition(":")
    if where not in set(SaidIn) or not id_.isdecimal() or len(id_) > 18:
        raise BadInput("This button can no longer be read. Look for the text again with /enquiry find.")
    return SaidIn(where), int(id_)


def register(edge: Edge) -> None:
    edge.turning(ids.TURN_FINDS, turned)
    edge.button(ids.USE_THIS, use)
    edge.form(ids.USE_FORM, chosen)
