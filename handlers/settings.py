"""The settings, for the administrator and the comms lead."""

from slack_sdk.models.views import View

from bot.core.errors import BadInput
from bot.core.workspaces import Desk
from bot.desk import settings, undeliverable
from bot.desk.settings import Office, PersonDetails, StandInRules
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import settings as views
from storage.people import Role
from storage.settings import PassTo


def office(desk: Desk, press: Press) -> View:
    return views.office_form(settings.look(desk, press.caller))


def office_changed(desk: Desk, form: Submission) -> None:
    given = Office(
        press_channel_id=form.channel("channel"),
        zone=form.text("zone").strip(),
        nation=form.option("nation") or "",
        duty_officer_id=form.number("duty_officer"),
    )
    settings.change_office(desk, form.caller, given, once=form.once)


def signing_rules(desk: Desk, press: Press) -> View:
    return views.signing_form(settings.look(desk, press.caller))


def signing_rules_changed(desk: Desk, form: Submission) -> None:
    rules = StandInRules(
        deputies_sign_for_leads=form.ticked("leads"),
        deputies_sign_for_spokespeople=form.ticked("spokespeople"),
        pass_to=PassTo(form.option("pass_to") or PassTo.DEPUTY_OR_ROLE),
        spokespeople_can_be_overridden=form.ticked("override"),
    )
    settings.change_stand_in_rules(desk, form.caller, rules, once=form.once)


def add_person(desk: Desk, press: Press) -> View:
    return views.person_form(settings.look(desk, press.caller), None, outside_slack=False)


def add_outsider(desk: Desk, press: Press) -> View:
    return views.person_form(settings.look(desk, press.caller), None, outside_slack=True)


def change_person(desk: Desk, press: Press) -> View:
    return views.choose_person_form(settings.look(desk, press.caller).people)


def person_chosen(desk: Desk, form: Submission) -> View:
    shown = settings.look(desk, form.caller)
    person = next((one for one in shown.people if one.id == form.number("person")), None)
    if person is None:
        raise BadInput("Choose who it is about.", field="person")
    return views.person_form(shown, person, outside_slack=False)


def person_saved(desk: Desk, form: Submission) -> None:
    details = PersonDetails(
        slack_user_id=form.member("member"),
        name=form.text("name"),
        email=form.text("email"),
        roles=frozenset(Role(value) for value in form.options("roles")),
        organisation_id=form.number("organisation"),
        deputy_id=form.number("deputy"),
    )
    settings.save_person(desk, form.caller, details, person_id=form.about.get("person"), once=form.once)


def add_topic(desk: Desk, press: Press) -> View:
    return views.topic_form(settings.look(desk, press.caller), None)


def change_topic(desk: Desk, press: Press) -> View:
    return views.choose_topic_form(settings.look(desk, press.caller).topics)


def topic_chosen(desk: Desk, form: Submission) -> View:
    shown = settings.look(desk, form.caller)
    topic = next((one for one in shown.topics if one.id == form.number("topic")), None)
    if topic is None:
        raise BadInput("Choose the topic.", field="topic")
    return views.topic_form(shown, topic)


def topic_saved(desk: Desk, form: Submission) -> None:
    settings.save_topic(
        desk,
        form.caller,
        topic_id=form.about.get("topic"),
        name=form.text("name"),
        lead_id=form.number("lead"),
        also_sign=form.numbers("also_sign"),
        once=form.once,
    )


def add_organisation(desk: Desk, press: Press) -> View:
    settings.look(desk, press.caller)
    return views.organisation_form()


def organisation_saved(desk: Desk, form: Submission) -> None:
    settings.save_organisation(desk, form.caller, form.text("name"), once=form.once)


def retry(desk: Desk, press: Press) -> None:
    undeliverable.retry(desk, press.caller, press.value)


def register(edge: Edge) -> None:
    edge.button(ids.OFFICE, office)
    edge.button(ids.STAND_INS, signing_rules)
    edge.button(ids.ADD_PERSON, add_person)
    edge.button(ids.ADD_OUTSIDER, add_outsider)
    edge.button(ids.CHANGE_PERSON, change_person)
    edge.button(ids.ADD_TOPIC, add_topic)
    edge.button(ids.CHANGE_TOPIC, change_topic)
    edge.button(ids.ADD_ORGANISATION, add_organisation)
    edge.button(ids.RETRY, retry)
    edge.form(ids.OFFICE_FORM, office_changed)
    edge.form(ids.STAND_INS_FORM, signing_rules_changed)
    edge.form(ids.CHOOSE_PERSON_FORM, person_chosen)
    edge.form(ids.PERSON_FORM, person_saved)
    edge.form(ids.CHOOSE_TOPIC_FORM, topic_chosen)
    edge.form(ids.TOPIC_SETTINGS_FORM, topic_saved)
    edge.form(ids.ORGANISATION_FORM, organisation_saved)
