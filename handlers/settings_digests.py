"""Digests in the settings: which there are, on which days, when, with what in them, and for whom."""

from slack_sdk.models.views import View

from bot.core.errors import BadInput
from bot.core.workspaces import Desk
from bot.desk import settings_digests
from bot.desk.digest_rules import DigestRules
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import settings_digests as views
from storage.digests import Every, Moment, Reader, ReaderKind
from storage.people import Role


def which(desk: Desk, press: Press) -> View:
    return views.choose_form(settings_digests.all_of_them(desk, press.caller))


def chosen(desk: Desk, form: Submission) -> View:
    if form.option("digest") == views.A_NEW_ONE:
        return views.digest_form(settings_digests.new(desk, form.caller))
    return views.digest_form(settings_digests.one(desk, form.caller, form.number("digest")))


def changed(desk: Desk, form: Submission) -> None:
    digest_id = form.about.get("digest")
    if digest_id is None:
        settings_digests.add(desk, form.caller, _rules(form), once=form.once)
    else:
        settings_digests.change(desk, form.caller, digest_id, _rules(form), once=form.once)


def _rules(form: Submission) -> DigestRules:
    every, _, on_day = (form.option("days") or "").partition(":")
    moment = form.option("moment")
    if every not in set(Every) or not (on_day.isdecimal() or not on_day):
        raise BadInput("Choose the days on which it goes out.", field="days")
    if moment not in set(Moment):
        raise BadInput("Choose when it goes out.", field="moment")
    number, is_before = int(on_day) if on_day else None, every == Every.BEFORE_MEETING
    return DigestRules(
        is_on=form.ticked("on"),
        every=Every(every),
        on_day=None if is_before else number,
        days_before=number if is_before else None,
        moment=Moment(moment),
        at=form.time("at") if moment == Moment.CLOCK else None,
        parts=tuple(form.options("parts")),
        title=form.text("title"),
        readers=_readers(form),
    )


def _readers(form: Submission) -> tuple[Reader, ...]:
    named = [_named(value) for value in form.options("readers")]
    people = [Reader(ReaderKind.PERSON, person_id=number) for number in form.numbers("people")]
    return (*named, *(Reader(ReaderKind.CHANNEL, channel_id=one) for one in form.channels("channels")), *people)


def _named(value: str) -> Reader:
    """The press channel, the duty officer, or everybody in a role."""
    if value in set(Role):
        return Reader(ReaderKind.ROLE, role=Role(value))
    return Reader(ReaderKind(value))


def preview(desk: Desk, press: Press) -> View:
    return views.preview_page(settings_digests.preview(desk, press.caller, press.number))


def remove(desk: Desk, press: Press) -> View:
    return views.remove_form(settings_digests.one(desk, press.caller, press.number))


def removed(desk: Desk, form: Submission) -> None:
    settings_digests.remove(desk, form.caller, form.about["digest"], once=form.once)


def register(edge: Edge) -> None:
    edge.button(ids.DIGESTS, which)
    edge.button(ids.PREVIEW_DIGEST, preview)
    edge.button(ids.REMOVE_DIGEST, remove)
    edge.form(ids.CHOOSE_DIGEST_FORM, chosen)
    edge.form(ids.DIGEST_FORM, changed)
    edge.form(ids.REMOVE_DIGEST_FORM, removed)
