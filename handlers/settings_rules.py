"""The office's rules: hours, reminders, who signs, what is kept, what everybody knows."""

from slack_sdk.models.views import View

from bot.core.errors import BadInput
from bot.core.ladder_plans import Again, Moment, Plan, plan_from_data
from bot.core.rungs import Tell
from bot.core.workspaces import Desk
from bot.desk import settings, settings_lines
from bot.desk.settings import Hours, KnownWords
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import settings_rules as views
from storage.obligations import Duty
from storage.settings import BackgroundRule, ExecutivesRule


def hours(desk: Desk, press: Press) -> View:
    return views.hours_form(settings.look(desk, press.caller))


def hours_changed(desk: Desk, form: Submission) -> None:
    given = Hours(
        weekdays=frozenset(form.numbers("weekdays")),
        opens=form.time("opens"),
        closes=form.time("closes"),
        other=settings_lines.read_other_hours(form.text("other")),
        closed_on=settings_lines.read_days(form.text("closed_on")),
    )
    settings.change_hours(desk, form.caller, given, once=form.once)


def reminders(desk: Desk, press: Press) -> View:
    settings.look(desk, press.caller)
    return views.choose_reminders_form()


def reminders_chosen(desk: Desk, form: Submission) -> View:
    return views.reminders_form(settings.reminders_of(desk, form.caller, _duty(form.option("duty"))))


def reminders_planned(desk: Desk, form: Submission) -> View:
    duty = _duty(form.about.get("duty"))
    plan = Plan(
        tells={moment: told for moment in Moment if (told := tuple(Tell(one) for one in form.options(moment.value)))},
        again=Again(form.option("again") or Again.NOT),
        meanwhile=Again(form.option("meanwhile") or Again.NOT),
    )
    return views.preview_form(settings.preview_reminders(desk, form.caller, duty, plan))


def default_reminders(desk: Desk, press: Press) -> View:
    return views.preview_form(settings.preview_reminders(desk, press.caller, _duty(press.value), None))


def reminders_changed(desk: Desk, form: Submission) -> None:
    given = form.about.get("plan")
    plan = plan_from_data(given) if given else None
    settings.change_reminders(desk, form.caller, _duty(form.about.get("duty")), plan, once=form.once)


def signing_rules(desk: Desk, press: Press) -> View:
    return views.signing_form(settings.look(desk, press.caller))


def signing_rules_changed(desk: Desk, form: Submission) -> None:
    settings.change_signing(
        desk,
        form.caller,
        executives=ExecutivesRule(form.option("executives") or ExecutivesRule.COPIED),
        background=BackgroundRule(form.option("background") or BackgroundRule.SAME),
        once=form.once,
    )


def kept(desk: Desk, press: Press) -> View:
    return views.kept_form(settings.look(desk, press.caller))


def kept_changed(desk: Desk, form: Submission) -> None:
    settings.change_kept(desk, form.caller, form.number("months") or 0, once=form.once)


def known_words(desk: Desk, press: Press) -> View:
    return views.known_words_form(settings.look(desk, press.caller))


def known_words_changed(desk: Desk, form: Submission) -> None:
    known = KnownWords(settings_lines.items(form.text("domains")), settings_lines.items(form.text("abbreviations")))
    settings.change_words(desk, form.caller, known, once=form.once)


def _duty(value: object) -> Duty:
    if value not in set(Duty):
        raise BadInput("Choose what the reminders are of.", field="duty")
    return Duty(str(value))


def register(edge: Edge) -> None:
    edge.button(ids.HOURS, hours)
    edge.button(ids.REMINDERS, reminders)
    edge.button(ids.DEFAULT_REMINDERS, default_reminders)
    edge.button(ids.SIGNING_RULES, signing_rules)
    edge.button(ids.KEPT, kept)
    edge.button(ids.KNOWN_WORDS, known_words)
    edge.form(ids.HOURS_FORM, hours_changed)
    edge.form(ids.CHOOSE_REMINDERS_FORM, reminders_chosen)
    edge.form(ids.REMINDERS_FORM, reminders_planned)
    edge.form(ids.PREVIEW_REMINDERS_FORM, reminders_changed)
    edge.form(ids.SIGNING_RULES_FORM, signing_rules_changed)
    edge.form(ids.KEPT_FORM, kept_changed)
    edge.form(ids.KNOWN_WORDS_FORM, known_words_changed)
