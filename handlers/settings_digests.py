"""Digests in the settings: which one, on which days, when, with what in it."""

from slack_sdk.models.views import View

from bot.core.errors import BadInput
from bot.core.workspaces import Desk
from bot.desk import settings_digests
from bot.desk.settings_digests import DigestRules
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import settings_digests as views
from storage.digests import Every, Moment


def which(desk: Desk, press: Press) -> View:
    return views.choose_form(settings_digests.all_of_them(desk, press.caller))


def chosen(desk: Desk, form: Submission) -> View:
    return views.digest_form(settings_digests.one(desk, form.caller, form.number("digest")))


def changed(desk: Desk, form: Submission) -> None:
    every, _, on_day = (form.option("days") or "").partition(":")
    moment = form.option("moment")
    if every not in set(Every) or not (on_day.isdecimal() or not on_day):
        raise BadInput("Choose the days on which it goes out.", field="days")
    if moment not in set(Moment):
        raise BadInput("Choose when it goes out.", field="moment")
    number = int(on_day) if on_day else None
    rules = DigestRules(
        is_on=form.ticked("on"),
        every=Every(every),
        on_day=number if every != Every.BEFORE_MEETING else None,
        days_before=number if every == Every.BEFORE_MEETING else None,
        moment=Moment(moment),
        at=form.time("at") if moment == Moment.CLOCK else None,
        parts=tuple(form.options("parts")),
    )
    settings_digests.change(desk, form.caller, form.about.get("digest") or 0, rules, once=form.once)


def register(edge: Edge) -> None:
    edge.button(ids.DIGESTS, which)
    edge.form(ids.CHOOSE_DIGEST_FORM, chosen)
    edge.form(ids.DIGEST_FORM, changed)
