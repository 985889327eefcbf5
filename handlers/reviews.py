"""`/desk reviews`: the list, adding to it, and what its owner says of a review."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.recurrences import Recurrence
from bot.core.workspaces import Caller, Desk
from bot.desk import reviews, reviews_cards
from bot.desk.reviews import Answer, Details, Heard, Saved, Usual
from bot.desk.reviews_cards import ReviewCard
from bot.desk.reviews_rules import RULES, Cadence, CustomRule, Way
from bot.desk.whom import Whom
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission, how_far
from handlers.views import reviews as views
from handlers.views import reviews_forms as form_views
from handlers.views.words import Drawn
from storage.reviews import Listed, ReviewKind

_CALLED: Mapping[str, Listed] = {
    "": Listed.ALL,
    "all": Listed.ALL,
    "mine": Listed.MINE,
    "my": Listed.MINE,
    "due": Listed.DUE,
    "soon": Listed.DUE,
    "overdue": Listed.OVERDUE,
    "late": Listed.OVERDUE,
    "put off": Listed.PUT_OFF,
    "ended": Listed.ENDED,
}


def listed(desk: Desk, caller: Caller, typed: str) -> Drawn:
    which = _CALLED.get(" ".join(typed.lower().split()))
    words = "" if which else typed[: views.LONGEST_TYPED]
    return views.message(reviews_cards.listed(desk, caller, which or Listed.ALL, words))


def turned(desk: Desk, press: Press) -> View:
    offset, _, rest = press.value.partition(":")
    which, _, words = rest.partition(":")
    listed_ = Listed(which) if which in set(Listed) else Listed.ALL
    return views.list_page(reviews_cards.listed(desk, press.caller, listed_, words, offset=how_far(offset)))


def show(desk: Desk, press: Press) -> View:
    return views.page(reviews_cards.one(desk, press.caller, press.number))


def history_turned(desk: Desk, press: Press) -> View:
    review_id, offset = press.pair
    return views.page(reviews_cards.one(desk, press.caller, review_id, offset=offset))


def add(desk: Desk, press: Press) -> View:
    return form_views.details_form(reviews_cards.to_add(desk, press.caller))


def replan(desk: Desk, press: Press) -> View:
    return form_views.details_form(reviews_cards.to_replan(desk, press.caller, press.number))


def described(desk: Desk, form: Submission) -> View:
    """What is reviewed is known; a rule of its own is asked for, or the next dates are shown."""
    cadence = Cadence(form.option("cadence") or Cadence.ONCE)
    rule = RULES.get(cadence)
    kind = form.option("kind")
    first = form.day("first")
    about = {
        **{key: form.about[key] for key in ("review", "revision") if key in form.about},
        "title": form.text("title"),
        "kind": kind,
        "link": form.text("link"),
        "member": form.member("member"),
        "outsider": form.number("outsider"),
        "name": form.text("name"),
        "email": form.text("email"),
        "first": first.isoformat() if first else None,
        "rule": rule.to_data() if rule else None,
        "for_board": form.ticked("for_board"),
    }
    if cadence is Cadence.CUSTOM:
        reviews.look_ahead(desk, form.caller, _details(about), about.get("review"))
        before = form.about.get("rule")
        return form_views.rule_form(about, Recurrence.from_data(before) if before else None)
    return _dates(desk, form.caller, about)


def ruled(desk: Desk, form: Submission) -> View:
    way = form.option("way")
    custom = CustomRule(
        Way(way) if way else None,
        form.text("every"),
        form.number("nth"),
        form.number("weekday"),
        tuple(form.numbers("months")),
    )
    return _dates(desk, form.caller, {**form.about, "rule": custom.rule().to_data()})


def _dates(desk: Desk, caller: Caller, about: Mapping[str, Any]) -> View:
    plan = reviews.look_ahead(desk, caller, _details(about), about.get("review"))
    return form_views.dates_form(about, plan.title, plan.cadence, plan.days, plan.remarks)


def dates_confirmed(desk: Desk, form: Submission) -> None:
    details, review_id = _details(form.about), form.about.get("review")
    if review_id is None:
        reviews.add(desk, form.caller, details, once=form.once)
    else:
        revision = form.about["revision"]
        reviews.replan(desk, form.caller, review_id, details, revision=revision, once=form.once)


def _details(about: Mapping[str, Any]) -> Details:
    is_new = about.get("review") is None
    return Details(
        title=about["title"],
        kind=ReviewKind(about["kind"]) if about["kind"] else None,
        link=about["link"],
        owner=Whom(about["member"], about["outsider"], about["name"], about["email"]) if is_new else None,
        first=date.fromisoformat(about["first"]) if about["first"] else None,
        rule=Recurrence.from_data(about["rule"]) if about["rule"] else None,
        for_board=about["for_board"],
    )


def usual(desk: Desk, press: Press) -> View:
    offers = reviews_cards.usual(desk, press.caller)
    return form_views.usual_form(offers) if offers.offers else form_views.no_usual()


def usual_confirmed(desk: Desk, form: Submission) -> None:
    confirmed = [
        Usual(ReviewKind(kind), form.member(f"owner_{kind}"), form.day(f"first_{kind}")) for kind in form.about["kinds"]
    ]
    reviews.add_usual(desk, form.caller, confirmed, once=form.once)


def no_change(desk: Desk, press: Press) -> View:
    return form_views.no_change_form(_look_at(desk, press, Act.REVIEW_WITHOUT_CHANGE))


def not_changed(desk: Desk, form: Submission) -> View | None:
    review_id, revision = _about(form)
    return _saved(reviews.reviewed(desk, form.caller, review_id, _answer(form), revision=revision, once=form.once))


def changed(desk: Desk, press: Press) -> View:
    return form_views.changed_form(_look_at(desk, press, Act.REVIEW_WITH_CHANGE))


def was_changed(desk: Desk, form: Submission) -> View | None:
    review_id, revision = _about(form)
    return _saved(reviews.changed(desk, form.caller, review_id, _answer(form), revision=revision, once=form.once))


def put_off(desk: Desk, press: Press) -> View:
    return form_views.put_off_form(_look_at(desk, press, Act.PUT_OFF_REVIEW))


def was_put_off(desk: Desk, form: Submission) -> View | None:
    review_id, revision = _about(form)
    return _saved(reviews.put_off(desk, form.caller, review_id, _answer(form), revision=revision, once=form.once))


def record(desk: Desk, press: Press) -> View:
    return form_views.record_form(_look_at(desk, press, Act.RECORD_REVIEW), desk.clock.now())


def recorded(desk: Desk, form: Submission) -> View | None:
    review_id, revision = _about(form)
    said = form.option("said")
    heard = Heard(Act(said) if said else None, form.heard_by(), form.text("evidence"), form.moment("heard_at"))
    after = reviews.record(desk, form.caller, review_id, _answer(form), heard, revision=revision, once=form.once)
    return _saved(after)


def hand_over(desk: Desk, press: Press) -> View:
    return form_views.hand_over_form(_look_at(desk, press, Act.HAND_OVER_REVIEW))


def handed_over(desk: Desk, form: Submission) -> None:
    review_id, revision = _about(form)
    to = Whom(form.member("member"), form.number("outsider"), form.text("name"), form.text("email"))
    reviews.hand_over(desk, form.caller, review_id, to, form.text("words"), revision=revision, once=form.once)


def end(desk: Desk, press: Press) -> View:
    return form_views.end_form(_look_at(desk, press, Act.END_REVIEW))


def ended(desk: Desk, form: Submission) -> None:
    review_id, revision = _about(form)
    reviews.end(desk, form.caller, review_id, form.text("words"), revision=revision, once=form.once)


def _look_at(desk: Desk, press: Press, act: Act) -> ReviewCard:
    return reviews_cards.look_at(desk, press.caller, press.number, act)


def _about(form: Submission) -> tuple[int, int]:
    return form.about["review"], form.about["revision"]


def _answer(form: Submission) -> Answer:
    return Answer(form.text("words"), form.text("link"), form.day("day"))


def _saved(after: Saved) -> View | None:
    """Said only where somebody should know more: nobody works on the day that was chosen."""
    return form_views.saved(after.review.next_on, after.remark) if after.remark else None


def register(edge: Edge) -> None:
    edge.button(ids.SHOW_REVIEW, show)
    edge.button(ids.ADD_REVIEW, add)
    edge.button(ids.ADD_USUAL_REVIEWS, usual)
    edge.button(ids.NO_CHANGE_REVIEW, no_change)
    edge.button(ids.CHANGED_REVIEW, changed)
    edge.button(ids.PUT_OFF_REVIEW, put_off)
    edge.button(ids.RECORD_REVIEW, record)
    edge.button(ids.HAND_OVER_REVIEW, hand_over)
    edge.button(ids.REPLAN_REVIEW, replan)
    edge.button(ids.END_REVIEW, end)
    edge.turning(ids.TURN_REVIEWS, turned)
    edge.turning(ids.TURN_REVIEW_HISTORY, history_turned)
    edge.form(ids.REVIEW_FORM, described)
    edge.form(ids.REVIEW_RULE_FORM, ruled)
    edge.form(ids.REVIEW_DATES_FORM, dates_confirmed)
    edge.form(ids.USUAL_REVIEWS_FORM, usual_confirmed)
    edge.form(ids.NO_CHANGE_REVIEW_FORM, not_changed)
    edge.form(ids.CHANGED_REVIEW_FORM, was_changed)
    edge.form(ids.PUT_OFF_REVIEW_FORM, was_put_off)
    edge.form(ids.RECORD_REVIEW_FORM, recorded)
    edge.form(ids.HAND_OVER_REVIEW_FORM, handed_over)
    edge.form(ids.END_REVIEW_FORM, ended)
