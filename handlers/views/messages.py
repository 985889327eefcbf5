"""Single sentences on the screen, with the button that follows from them."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.desk.messages import Sentence
from handlers import ids
from handlers.views import words
from handlers.views.words import Drawn


def sentence(shown: Sentence) -> Drawn:
    """A line of history, or a word to one person."""
    said = words.sentence(shown.words, shown.times)
    if shown.more.get("channel"):
        said += f" The channel is <#{shown.more['channel']}>."
    blocks: list[Block] = [words.section(said)]
    if shown.quote:
        blocks.append(words.quote(shown.quote))
    blocks += words.buttons(_buttons(shown))
    return words.drawn(said, blocks)


def _buttons(shown: Sentence) -> list[ButtonElement]:
    more = shown.more
    offered = (
        ("enquiry", "Show", ids.SHOW),
        ("signature", "Read and sign", ids.READ_AND_SIGN),
        ("adopt", "Use this wording", ids.ADOPT_WORDING),
        ("draft_of", "Write new draft", ids.WRITE_DRAFT),
        ("objection", "Keep the wording", ids.KEEP_WORDING),
        ("retry", "Try again", ids.RETRY),
    )
    found = [words.button(text, action_id, more[key]) for key, text, action_id in offered if more.get(key)]
    if more.get("settings"):
        found.append(words.button("Change press office", ids.OFFICE, "office"))
    return found
