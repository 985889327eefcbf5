"""*Export*: enquiries as a file, in the messages of whoever asks."""

import re

from slack_sdk.models.views import View

from bot.core.errors import BadInput
from bot.core.workspaces import Caller, Desk
from bot.desk import exports
from bot.desk.exports import Format, Which
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import exports as views

ASKED = re.compile(r"export(?:\s+(?:open|this|year|all|csv|xlsx|excel|enquiries))*", re.IGNORECASE)
"""`/enquiry export`, and what narrows it down. Whatever else follows is a question about somebody's exports."""


def asked(desk: Desk, caller: Caller, words: str) -> View:
    """The form, with what the words say chosen already."""
    said = set(words.lower().split())
    which = next((one for one in Which if one.value in said), Which.YEAR)
    return views.form(exports.offered(desk, caller), which=which, format_=Format.CSV if "csv" in said else Format.XLSX)


def export(desk: Desk, press: Press) -> View:
    return asked(desk, press.caller, "")


def exported(desk: Desk, form: Submission) -> View:
    which, format_ = form.option("which"), form.option("format")
    if which not in set(Which) or format_ not in set(Format):
        raise BadInput("Choose which enquiries, and the format.", field="which")
    return views.on_its_way(exports.send(desk, form.caller, Which(which), Format(format_), once=form.once))


def register(edge: Edge) -> None:
    edge.button(ids.EXPORT, export)
    edge.form(ids.EXPORT_FORM, exported)
