"""The e-bulletin: calling for items, giving them, writing them down, and taking them from the desk."""

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk
from bot.desk import bulletin_cards, bulletins
from bot.desk.bulletins import Call, Item
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import bulletins as views
from handlers.views.words import Drawn
from storage.people import Role


def listed(desk: Desk, caller: Caller, _words: str) -> Drawn:
    """`/desk bulletin`"""
    return views.listed(bulletin_cards.listed(desk, caller))


def call(desk: Desk, press: Press) -> View:
    return views.call_form(bulletins.to_call(desk, press.caller))


def called(desk: Desk, form: Submission) -> None:
    roles = frozenset(Role(value) for value in form.options("roles"))
    given = Call(form.text("title"), form.moment("deadline"), roles)
    bulletins.call_for_items(desk, form.caller, given, once=form.once)


def add(desk: Desk, press: Press) -> View:
    return views.add_form(bulletin_cards.look_at(desk, press.caller, press.number, Act.ADD_ITEM))


def added(desk: Desk, form: Submission) -> None:
    bulletins.add_item(desk, form.caller, form.about["bulletin"], _item(form), once=form.once)


def nothing(desk: Desk, press: Press) -> None:
    bulletins.nothing_to_add(desk, press.caller, press.number)


def record(desk: Desk, press: Press) -> View:
    return views.record_form(bulletin_cards.look_at(desk, press.caller, press.number, Act.RECORD_ITEM))


def recorded(desk: Desk, form: Submission) -> None:
    bulletins.record_item(
        desk,
        form.caller,
        form.about["bulletin"],
        form.number("person"),
        _item(form),
        how=form.heard_by(),
        once=form.once,
    )


def show(desk: Desk, press: Press) -> View:
    return views.page(bulletin_cards.look_at(desk, press.caller, press.number, Act.SEE_BULLETIN))


def copy(desk: Desk, press: Press) -> View:
    return views.text_page(bulletin_cards.look_at(desk, press.caller, press.number, Act.COLLECT_ITEMS))


def take_out(desk: Desk, press: Press) -> None:
    bulletins.take_item_out(desk, press.caller, press.number)


def send_file(desk: Desk, press: Press) -> View:
    bulletins.send_file(desk, press.caller, press.number)
    return views.on_its_way()


def _item(form: Submission) -> Item:
    return Item(form.text("headline"), form.text("text"), form.text("link"), form.day("until"))


def register(edge: Edge) -> None:
    edge.button(ids.CALL_FOR_ITEMS, call)
    edge.button(ids.ADD_ITEM, add)
    edge.button(ids.NOTHING_TO_ADD, nothing)
    edge.button(ids.RECORD_ITEM, record)
    edge.button(ids.SHOW_ITEMS, show)
    edge.button(ids.COPY_ITEMS, copy)
    edge.button(ids.TAKE_ITEM_OUT, take_out)
    edge.button(ids.COLLECT_ITEMS, send_file)
    edge.form(ids.CALL_FOR_ITEMS_FORM, called)
    edge.form(ids.ADD_ITEM_FORM, added)
    edge.form(ids.RECORD_ITEM_FORM, recorded)
