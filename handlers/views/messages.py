"""Single sentences on the screen, with the button that follows from them."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.desk.messages import Sentence
from handlers import ids
from handlers.views import words
from handlers.views.words import Drawn
from storage.subjects import SubjectKind

LONGEST_QUOTE = 3000
"""Characters of what a person typed; what a form holds of a longer text is seen in full where it is used."""


def sentence(shown: Sentence) -> Drawn:
    """A line of history, or a word to one person."""
    said = words.sentence(shown.words, shown.times)
    if shown.more.get("channel"):
        said += f" The channel is <#{shown.more['channel']}>."
    if shown.settled:
        said += f"\n:white_check_mark: {words.sentence(shown.settled, shown.times)}"
    blocks: list[Block] = [words.section(said)]
    if shown.quote:
        blocks.append(words.quote(words.excerpt(shown.quote, LONGEST_QUOTE)))
    blocks += words.buttons(_buttons(shown))
    return words.drawn(said, blocks)


_WRITE = {SubjectKind.BRIEFING: ids.CHANGE_BRIEFING}
"""What changes the text of a record; of any other, it is a statement's."""


def _buttons(shown: Sentence) -> list[ButtonElement]:
    more = shown.more
    offered = (
        ("enquiry", "Show", ids.SHOW),
        ("signature", "Read and sign", ids.READ_AND_SIGN),
        ("dispute", "Dispute", ids.DISPUTE),
        ("attach", "Attach another file", ids.ATTACH_EVIDENCE),
        ("holding", "Draft a holding line", ids.HOLDING_LINE),
        ("more_time", "Ask for more time", ids.ASK_FOR_MORE_TIME),
        ("tell_partners", "Tell their lead", ids.TELL_PARTNERS),
        ("adopt", "Use this wording", ids.ADOPT_WORDING),
        ("draft_of", "Write new draft", _WRITE.get(shown.subject.kind, ids.WRITE_DRAFT)),
        ("statement", "Go on with it", ids.READ_ALL),
        ("objection", "Keep the wording", ids.KEEP_WORDING),
        ("cascade_instead", "Ask someone instead", ids.ASK_TO_PASS_ON),
        ("said_of", "What people said", ids.READ_FEEDBACK),
        ("report", "Show", ids.SHOW_REPORT),
        ("papers", "Show papers", ids.SHOW_PAPERS),
        ("retry", "Try again", ids.RETRY),
        ("review", "Show", ids.SHOW_REVIEW),
        ("briefing", "Read the briefing", ids.READ_BRIEFING),
        ("calendar_date", "Show the date", ids.SHOW_DATE),
        ("post_now", "Post now", ids.POST_NOW),
        ("post_time", "Choose another time", ids.POSTING_TIME),
        ("post_again", "Post there again", ids.POST_AGAIN),
    )
    found = [words.button(text, action_id, more[key]) for key, text, action_id in offered if more.get(key)]
    if more.get("away"):
        found.append(words.button("Show who is away", ids.WHO_IS_AWAY, "all"))
    if more.get("settings"):
        found.append(words.button("Change press office", ids.OFFICE, "office"))
    return found
