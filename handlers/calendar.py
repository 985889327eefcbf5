"""The calendar: looking, adding, changing, calling off."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from slack_sdk.models.views import View

from bot.core.errors import BadInput
from bot.core.recurrences import Recurrence
from bot.core.workspaces import Caller, Desk
from bot.desk import calendar, calendar_changes, calendar_series
from bot.desk.calendar_changes import Scope
from bot.desk.calendar_details import DateDetails
from bot.desk.calendar_series import Again, Months, RuleChoice
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission, how_far
from handlers.views import calendar as views
from handlers.views import calendar_forms
from storage.calendar import DateKind


def word(desk: Desk, caller: Caller, typed: str) -> View:
    """`/desk calendar`, and `/desk calendar add`."""
    if typed.casefold() == "add":
        calendar.may_add(desk, caller)
        return calendar_forms.add_form()
    return views.page(calendar.page(desk, caller))


def turned(desk: Desk, press: Press) -> View:
    return views.page(calendar.page(desk, press.caller, offset=how_far(press.value)))


def show(desk: Desk, press: Press) -> View:
    return views.one_page(calendar.one(desk, press.caller, press.number))


def add(desk: Desk, press: Press) -> View:
    calendar.may_add(desk, press.caller)
    return calendar_forms.add_form()


def added(desk: Desk, form: Submission) -> View:
    details = _details(form)
    if form.ticked("again"):
        details, starts = calendar.check(desk, form.caller, details)
        return calendar_forms.rule_form({"details": _to_data(details)}, starts)
    calendar.add(desk, form.caller, details, once=form.once)
    return views.page(calendar.page(desk, form.caller, remark="Added."))


def rule_given(desk: Desk, form: Submission) -> View:
    """Shows the dates a rule leads to; saves it when it is sent in as it was shown."""
    details, choice = _from_data(form.about["details"]), _choice(form)
    shown = calendar_series.preview(desk, form.caller, details, choice)
    about = {**form.about, "shown": shown.rule.to_data()}
    if form.about.get("shown") is None or Recurrence.from_data(form.about["shown"]) != shown.rule:
        _, starts = calendar.check(desk, form.caller, details)
        return calendar_forms.rule_form(about, starts, choice, shown)
    if "date" in form.about:
        date_id, seen = form.about["date"], _seen(form)
        left = calendar_changes.change_rule(desk, form.caller, date_id, details, choice, seen=seen, once=form.once)
        return views.page(calendar.page(desk, form.caller, remark=f"Changed. {left}".strip()))
    calendar.add(desk, form.caller, details, choice, once=form.once)
    return views.page(calendar.page(desk, form.caller, remark="Added."))


def change(desk: Desk, press: Press) -> View:
    return calendar_forms.change_form(calendar_changes.to_change(desk, press.caller, press.number))


def changed(desk: Desk, form: Submission) -> View:
    details, scope = _details(form), Scope(form.option("scope") or Scope.ONE)
    if scope is Scope.RULE:
        date_id, seen = form.about["date"], _seen(form)
        details, starts = calendar_changes.to_rule(desk, form.caller, date_id, details, seen=seen)
        return calendar_forms.rule_form({**form.about, "details": _to_data(details)}, starts)
    left = calendar_changes.change(
        desk, form.caller, form.about["date"], details, seen=_seen(form), scope=scope, once=form.once
    )
    return views.page(calendar.page(desk, form.caller, remark=f"Changed. {left}".strip()))


def call_off(desk: Desk, press: Press) -> View:
    return calendar_forms.call_off_form(calendar_changes.to_call_off(desk, press.caller, press.number))


def called_off(desk: Desk, form: Submission) -> View:
    scope = Scope(form.option("scope") or Scope.ONE)
    left = calendar_changes.call_off(
        desk,
        form.caller,
        form.about["date"],
        form.text("because"),
        seen=_seen(form),
        scope=scope,
        once=form.once,
    )
    return views.page(calendar.page(desk, form.caller, remark=f"Called off. {left}".strip()))


def put_back(desk: Desk, press: Press) -> View:
    calendar_changes.put_back(desk, press.caller, press.number)
    return views.page(calendar.page(desk, press.caller, remark="It is on again."))


def _details(form: Submission) -> DateDetails:
    starts_at = form.moment("starts")
    if starts_at is None:
        raise BadInput("Say when it begins: the day and the time.", field="starts")
    kind = DateKind(form.option("kind") or DateKind.BOARD_MEETING)
    return DateDetails(kind, form.text("title"), form.text("place"), starts_at, form.moment("ends"))


def _choice(form: Submission) -> RuleChoice:
    return RuleChoice(
        again=Again(form.option("frequency") or Again.WEEKDAY),
        every=form.text("interval"),
        weekday=form.number("weekday") or 0,
        nth=int(form.option("nth") or 1),
        months=Months(form.option("months") or Months.EVERY),
        chosen=tuple(form.numbers("chosen")),
        until=form.day("until"),
        own=form.text("own"),
    )


def _seen(form: Submission) -> datetime:
    return datetime.fromtimestamp(form.about["seen"], UTC)


def _to_data(details: DateDetails) -> dict[str, Any]:
    ends = int(details.ends_at.timestamp()) if details.ends_at else None
    return {
        "kind": details.kind.value,
        "title": details.title,
        "place": details.place,
        "starts": int(details.starts_at.timestamp()),
        "ends": ends,
    }


def _from_data(data: Mapping[str, Any]) -> DateDetails:
    ends = datetime.fromtimestamp(data["ends"], UTC) if data["ends"] else None
    starts = datetime.fromtimestamp(data["starts"], UTC)
    return DateDetails(DateKind(data["kind"]), data["title"], data["place"], starts, ends)


def register(edge: Edge) -> None:
    edge.turning(ids.SHOW_CALENDAR, turned)
    edge.turning(ids.PUT_DATE_BACK, put_back)
    edge.button(ids.ADD_DATE, add)
    edge.button(ids.SHOW_DATE, show)
    edge.button(ids.CHANGE_DATE, change)
    edge.button(ids.CALL_OFF_DATE, call_off)
    edge.form(ids.ADD_DATE_FORM, added)
    edge.form(ids.DATE_RULE_FORM, rule_given)
    edge.form(ids.CHANGE_DATE_FORM, changed)
    edge.form(ids.CALL_OFF_DATE_FORM, called_off)
