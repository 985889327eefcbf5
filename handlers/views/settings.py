"""Settings on the screen: what is set, what is missing, and the forms."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.core.working_days import Nation
from bot.desk.settings import SettingsPage
from handlers import ids
from handlers.views import audiences, forms, settings_rules, words
from handlers.views.role_words import ROLE_WORDS
from storage.people import Person, Role, Topic
from storage.settings import PassTo, Settings

NATION_WORDS: dict[Nation, str] = {
    Nation.ENGLAND: "England",
    Nation.WALES: "Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}


def summary(shown: SettingsPage) -> list[Block]:
    """What is set and what is missing, in few blocks, for the home."""
    set_ = shown.settings
    channel = f"<#{set_.press_channel_id}>" if set_.press_channel_id else "not chosen yet"
    duty = words.name(set_.duty_officer.name) if set_.duty_officer else "nobody yet"
    blocks: list[Block] = [words.header("Settings")]
    if shown.missing:
        missing = words.listed([f":warning: {words.plain(sentence)}" for sentence in shown.missing])
        blocks.append(words.section(f"*Still missing*\n{missing}"))
    blocks += [
        words.section(
            f"*Press office*\nChannel: {channel}\n{words.plain(set_.zone)}, bank holidays of "
            f"{NATION_WORDS[Nation(set_.nation)]}\nDuty officer: {duty}"
        ),
        words.section(f"*Signing*\n{_signing(set_)}"),
        *words.buttons(
            [
                words.button("Change press office", ids.OFFICE, "office"),
                words.button("Change signing rules", ids.STAND_INS, "signing"),
            ]
        ),
        words.section(f"*People*\n{_people(shown.people)}"),
        *words.buttons(
            [
                words.button("Add person", ids.ADD_PERSON, "new"),
                words.button("Add person without Slack", ids.ADD_OUTSIDER, "new"),
                *([words.button("Change person", ids.CHANGE_PERSON, "which")] if shown.people else []),
            ]
        ),
        words.section(f"*Topics and their leads*\n{_topics(shown)}"),
        *words.buttons(
            [
                words.button("Add topic", ids.ADD_TOPIC, "new"),
                *([words.button("Change topic", ids.CHANGE_TOPIC, "which")] if shown.topics else []),
                words.button("Add organisation", ids.ADD_ORGANISATION, "new"),
            ]
        ),
        *_organisations(shown),
        *audiences.summary(shown.audiences),
        *settings_rules.summary(shown),
    ]
    return blocks


def office_form(shown: SettingsPage) -> View:
    set_ = shown.settings
    in_slack = [person for person in shown.people if person.on_slack]
    return forms.form(
        "Press office",
        ids.OFFICE_FORM,
        [
            forms.channel(
                "channel",
                "Press channel",
                set_.press_channel_id,
                hint="Where enquiries are shown. Invite Comms Desk to it first.",
            ),
            forms.line("zone", "Time zone", set_.zone, hint="For example Europe/London"),
            forms.choice(
                "nation", "Bank holidays of", [(text, n.value) for n, text in NATION_WORDS.items()], set_.nation
            ),
            *(
                [
                    forms.choice(
                        "duty_officer",
                        "Duty officer",
                        [(person.name, str(person.id)) for person in in_slack],
                        str(set_.duty_officer_id) if set_.duty_officer_id else None,
                        hint="Gets what cannot wait until the morning.",
                        optional=True,
                    )
                ]
                if in_slack
                else []
            ),
        ],
        submit="Save",
    )


PASS_TO_WORDS: dict[PassTo, str] = {
    PassTo.DEPUTY_OR_ROLE: "Their deputy, or somebody of the same role",
    PassTo.DEPUTY: "Their deputy only",
    PassTo.NOBODY: "Nobody",
}


def _signing(set_: Settings) -> str:
    def rule(allowed: bool, what: str) -> str:  # noqa: FBT001 (a sentence either way)
        return f"{what}: {'yes' if allowed else 'no, they only remind them'}"

    without = "may go on" if set_.spokespeople_can_be_overridden else "never goes on"
    return "\n".join(
        (
            rule(set_.deputies_sign_for_leads, "Deputies sign for a topic’s lead"),
            rule(set_.deputies_sign_for_spokespeople, "Deputies sign for a spokesperson"),
            f"A request is passed to: {PASS_TO_WORDS[set_.pass_to].lower()}",
            f"The comms lead {without} without the spokesperson",
        )
    )


def signing_form(shown: SettingsPage) -> View:
    set_ = shown.settings
    return forms.form(
        "Signing rules",
        ids.STAND_INS_FORM,
        [
            forms.tick(
                "leads", "Topic’s lead away", "Their deputy may sign for them", ticked=set_.deputies_sign_for_leads
            ),
            forms.tick(
                "spokespeople",
                "Spokesperson away",
                "Their deputy may sign for them",
                ticked=set_.deputies_sign_for_spokespeople,
                hint="Without this, deputies are only asked to reach whoever must sign, and nobody can pass it on.",
            ),
            forms.choice(
                "pass_to",
                "A request to sign can be passed to",
                [(text, value.value) for value, text in PASS_TO_WORDS.items()],
                set_.pass_to,
            ),
            forms.tick(
                "override",
                "Comms lead",
                "May go on without the spokesperson, with a reason",
                ticked=set_.spokespeople_can_be_overridden,
                hint="Without anybody else they may in any case.",
            ),
        ],
        submit="Save",
    )


def person_form(shown: SettingsPage, person: Person | None, *, outside_slack: bool) -> View:
    """Somebody new, in Slack or not; or what is known of somebody."""
    outside_slack = outside_slack or (person is not None and person.slack_user_id is None)
    name = person.name if person else ""
    who: list[Block] = []
    if person is not None and not outside_slack:
        who = [words.section(f"*{words.name(name)}*")]
    elif outside_slack:
        email = (person.email or "") if person else ""
        who = [
            forms.line("name", "Name", name, most=words.LONGEST_NAME),
            forms.line("email", "E-mail", email, hint="Texts to sign are sent here."),
        ]
    else:
        who = [forms.member("member", "Who")]
    others = [(other.name, str(other.id)) for other in shown.people if person is None or other.id != person.id]
    organisations = [(organisation.name, str(organisation.id)) for organisation in shown.organisations]
    chosen = [role.value for role in person.roles] if person else []
    return forms.form(
        "Change person" if person else "Add person",
        ids.PERSON_FORM,
        [
            *who,
            forms.choices(
                "roles",
                "Roles",
                [(text, role.value) for role, text in ROLE_WORDS.items()],
                chosen,
                hint="Somebody without a role can do nothing here.",
            ),
            *forms.optional_choice(
                "organisation", "Organisation", organisations, person.organisation_id if person else None
            ),
            *forms.optional_choice("deputy", "Deputy", others, person.deputy_id if person else None),
        ],
        submit="Save",
        about={"person": person.id if person else None},
    )


def choose_person_form(people: Sequence[Person]) -> View:
    offered = [(person.name, str(person.id)) for person in people]
    return forms.form(
        "Change person", ids.CHOOSE_PERSON_FORM, [forms.choice("person", "Who", offered)], submit="Continue"
    )


def topic_form(shown: SettingsPage, topic: Topic | None) -> View:
    leads = [
        (person.name, str(person.id))
        for person in sorted(shown.people, key=lambda person: Role.LEAD not in person.roles)
    ]
    shorter = [(words.cut(name, 40), value) for name, value in leads]  # the whole form may have 250 kB
    also = [str(person.id) for person in shown.also_sign.get(topic.id, ())] if topic else []
    return forms.form(
        "Change topic" if topic else "Add topic",
        ids.TOPIC_SETTINGS_FORM,
        [
            forms.line("name", "Topic", topic.name if topic else "", most=75),
            *forms.optional_choice(
                "lead", "Lead, who must sign what is said on it", leads, topic.lead_id if topic else None
            ),
            *([forms.choices("also_sign", "Who else must sign", shorter, also)] if leads else []),
        ],
        submit="Save",
        about={"topic": topic.id if topic else None},
    )


def choose_topic_form(topics: Sequence[Topic]) -> View:
    offered = [(topic.name, str(topic.id)) for topic in topics]
    return forms.form(
        "Change topic", ids.CHOOSE_TOPIC_FORM, [forms.choice("topic", "Which", offered)], submit="Continue"
    )


def organisation_form() -> View:
    return forms.form("Add organisation", ids.ORGANISATION_FORM, [forms.line("name", "Name", most=75)], submit="Save")


def _people(people: Sequence[Person]) -> str:
    lines = [
        f"• {words.name(person.name)}{'' if person.on_slack else ' (not in Slack)'}: "
        + ", ".join(ROLE_WORDS[role].lower() for role in sorted(person.roles, key=list(Role).index))
        for person in people
    ]
    return words.listed(lines) or "Nobody yet"


def _organisations(shown: SettingsPage) -> list[Block]:
    """Who leads the communications of each, and what to do where nobody does."""
    if not shown.organisations:
        return []
    lines = [
        f"• {words.name(one.name)}: "
        + (words.name(lead.name) if (lead := shown.organisation_leads.get(one.id)) else "no lead yet")
        for one in shown.organisations
    ]
    advice = "\nWithout a lead nothing can be referred to it. Choose Change person or Add person." * bool(
        shown.without_lead
    )
    return [words.section(f"*Organisations and their leads*\n{words.listed(lines)}{advice}")]


def _topics(shown: SettingsPage) -> str:
    lines = [
        f"• {words.name(topic.name)}: {words.name(topic.lead.name) if topic.lead else 'no lead yet'}"
        + (f", and {words.names(person.name for person in also)}" if (also := shown.also_sign.get(topic.id)) else "")
        for topic in shown.topics
    ]
    return words.listed(lines) or "None yet"
