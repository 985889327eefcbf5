"""Enquiries that look alike: the question on top of a form, and a line on the card."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.desk.alikes import Alike
from bot.desk.enquiry_cards import EnquiryCard
from handlers import ids
from handlers.views import forms, words
from storage.alikes import Because
from storage.enquiries import EnquiryStatus

BECAUSE_WORDS: dict[Because, str] = {
    Because.JOURNALIST: "same journalist",
    Because.STORY: "same story",
    Because.BOTH: "same journalist, same story",
}
LONGEST_ASKED = 200
LONGEST_OUTLET = 40
MOST_ON_CARD = 4


def question(found: Sequence[Alike], chosen: str | None) -> list[Block]:
    """What the enquiry in a form looks like, and what to do with it; nothing where it looks like nothing."""
    if not found:
        return []
    which = "one on file" if len(found) == 1 else f"{len(found)} on file"
    blocks: list[Block] = [words.section(f":eyes: *This looks like {which}*")]
    blocks += [
        words.section(
            f"*{one.enquiry.reference} · {words.plain(one.enquiry.outlet, LONGEST_OUTLET)}* · "
            f"{BECAUSE_WORDS[one.because]}\n{words.name(one.enquiry.journalist)}, "
            f"{words.moment(one.enquiry.received_at)}: {words.plain(one.enquiry.question, LONGEST_ASKED)}",
            accessory=words.button("Show", ids.SHOW, one.enquiry.id),
        )
        for one in found
    ]
    choices = [("Log it anyway", "new")]
    for one in found:
        choices.append((f"Log as a follow-up of {one.enquiry.reference}", f"follow:{one.enquiry.id}"))
        if one.enquiry.status is EnquiryStatus.AWAITING_EMAIL:
            choices.append((f"Record as the e-mail that {one.enquiry.reference} waits for", f"email:{one.enquiry.id}"))
        else:
            choices.append((f"Keep with {one.enquiry.reference} as a note", f"note:{one.enquiry.id}"))
    return [*blocks, forms.radio("alike", "What to do", choices, chosen), words.divider()]


def lines(shown: EnquiryCard) -> list[Block]:
    """On a card: who else asked."""
    asked = [
        f"{other.reference} ({words.plain(other.outlet, LONGEST_OUTLET)}), {BECAUSE_WORDS[because]}"
        for other, because in shown.alike[:MOST_ON_CARD]
    ]
    if len(shown.alike) > MOST_ON_CARD:
        asked.append(f"{len(shown.alike) - MOST_ON_CARD} more")
    return [words.small(f":eyes: Also asked: {' · '.join(asked)}")] if asked else []
