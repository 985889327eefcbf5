"""Audiences on the screen: what the settings say of them, and the forms."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.desk.audiences import LONGEST_NAME, AudiencePage
from handlers import ids
from handlers.views import forms, words
from storage.audiences import Audience


def summary(audiences: Sequence[Audience]) -> list[Block]:
    """Which there are and where each reads, for the home."""
    lines = [f"• {words.name(one.name)}: {_where(one)}" for one in audiences]
    offered = [words.button("Add audience", ids.ADD_AUDIENCE, "new")]
    if audiences:
        offered.append(words.button("Change audience", ids.CHANGE_AUDIENCE, "which"))
    said = words.listed(lines) or "None yet: a briefing has nowhere to go."
    return [words.section(f"*Audiences of briefings*\n{said}"), *words.buttons(offered)]


def _where(audience: Audience) -> str:
    channels = [f"<#{channel}>" for channel in audience.channels[:5]]
    more = len(audience.channels) - len(channels)
    if more > 0:
        channels.append(f"{more} more channels")
    if audience.people:
        channels.append(words.names(one.name for one in audience.people))
    return ", ".join(channels) or "nowhere yet"


def choose_form(shown: AudiencePage) -> View:
    offered = [(one.name, str(one.id)) for one in shown.audiences]
    if not offered:
        return forms.refusal("There is no audience any more. Choose Add audience in Settings.")
    return forms.form(
        "Change audience", ids.CHOOSE_AUDIENCE_FORM, [forms.choice("audience", "Which", offered)], submit="Continue"
    )


def form(shown: AudiencePage) -> View:
    """A new audience, or one as it is. Who left Slack is not offered, and so goes with the next change."""
    one = shown.chosen
    known = [(words.cut(person.name, 40), str(person.id)) for person in shown.people]  # a form may have 250 kB
    chosen = [str(person.id) for person in one.people] if one else []
    blocks: list[Block] = [
        forms.line("name", "Audience", one.name if one else "", most=LONGEST_NAME, hint="For example: GP practices"),
        forms.channels(
            "channels",
            "Channels",
            one.channels if one else (),
            hint="Where this audience reads. Invite Comms Desk to each of them first.",
        ),
    ]
    if known:
        blocks.append(
            forms.choices(
                "people",
                "People",
                known,
                chosen,
                hint="Each gets a message. Who is not in Slack gets an e-mail from the press office.",
            )
        )
    blocks.append(forms.members("members", "Other members of this Slack workspace"))
    if one is not None:
        blocks.append(forms.tick("remove", "Take it away", f"Take {words.cut(one.name, 50)} away"))
    title = "Change audience" if one else "Add audience"
    return forms.form(title, ids.AUDIENCE_FORM, blocks, submit="Save", about={"audience": one.id if one else None})
