"""The first settings of the demo: who is who, which topics there are, and where the desk writes."""

from bot.core.working_days import Nation
from bot.demo.members import ORGANISATIONS, PEOPLE, PRESS_CHANNEL, TOPICS
from bot.demo.steps import ZONE, Steps
from bot.desk import settings
from bot.desk.settings import Office, PersonDetails
from storage import people


def set_up(steps: Steps) -> None:
    """Everybody has their roles, the topics their leads, and the office its channel."""
    administrator = steps.as_("Carys Whitlock")
    for name in ORGANISATIONS:
        settings.save_organisation(steps.desk, administrator, name, once=steps.once())
    with steps.reading() as tx:
        organisations = {one.name: one.id for one in people.organisations(tx)}
    for person in PEOPLE:
        if person.team is None:
            details = PersonDetails(
                slack_user_id=steps.user_id(person.name) if person.in_slack else None,
                name=person.name,
                email=person.email,
                roles=frozenset(person.roles),
                organisation_id=organisations[person.organisation] if person.organisation else None,
                deputy_id=None,
            )
            settings.save_person(steps.desk, administrator, details, person_id=None, once=steps.once())
    with steps.reading() as tx:
        steps.ids = {person.name: person.id for person in people.everyone(tx)}
    for name, lead in TOPICS:
        settings.save_topic(
            steps.desk, administrator, topic_id=None, name=name, lead_id=steps.ids[lead], once=steps.once()
        )
    with steps.reading() as tx:
        steps.topics = {topic.name: topic.id for topic in people.topics(tx)}
    office = Office(
        press_channel_id=steps.channel_id(PRESS_CHANNEL),
        zone=str(ZONE),
        nation=Nation.ENGLAND,
        duty_officer_id=steps.ids["Dev Malhotra"],
    )
    settings.change_office(steps.desk, administrator, office, once=steps.once())
