"""Which enquiry goes on with which, on the screen."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.desk.enquiry_cards import EnquiryCard
from bot.desk.finds import SaidIn
from bot.desk.follow_ups import Earlier
from handlers import ids
from handlers.views import forms, words
from storage.enquiries import Enquiry

LONGEST_OUTLET = 40
MOST_ON_CARD = 5
LONGEST_SAID = 2500


def lines(shown: EnquiryCard) -> list[Block]:
    """On both cards: what it follows, and what follows it."""
    found = []
    if shown.follows is not None:
        found.append(f"Follows {_named(shown.follows)}")
    if shown.followed_by:
        followers = [_named(one) for one in shown.followed_by[:MOST_ON_CARD]]
        more = len(shown.followed_by) - MOST_ON_CARD
        found.append(f"Followed by {', '.join(followers)}" + (f" and {more} more" if more > 0 else ""))
    return [words.small(f":link: {' · '.join(found)}")] if found else []


def said_before(shown: EnquiryCard) -> list[Block]:
    """On its page: what was answered the first time."""
    if shown.follows is None:
        return []
    show = words.button("Show", ids.SHOW, shown.follows.id)
    blocks: list[Block] = [
        words.divider(),
        words.section(
            f"*The first time: {_named(shown.follows)}*\n{words.plain(shown.follows.question, 300)}", accessory=show
        ),
    ]
    if not shown.said_before:
        return [*blocks, words.small("Nothing has been sent on it.")]
    said = shown.said_before[0]
    use = words.button("Use this", ids.USE_THIS, f"{said.where}:{said.id}")
    what = said.reference if said.where is SaidIn.STATEMENT else "Answer from before Comms Desk"
    blocks.append(words.section(f"*What was answered*: {what}, sent {words.moment(said.at)}", accessory=use))
    return [*blocks, words.verbatim(words.excerpt(said.text, LONGEST_SAID))]


def link_form(earlier: Earlier) -> View:
    """The likeliest to choose from; any other by its number."""
    enquiry = earlier.enquiry
    offered = [
        (f"{one.reference} · {words.typed(one.outlet, 30)}: {words.cut(one.question, 60)}", str(one.id))
        for one in earlier.likely
    ]
    return forms.form(
        f"{enquiry.reference} follows",
        ids.LINK_FOLLOW_UP_FORM,
        [
            *(
                [forms.choice("earlier", "Which enquiry it follows", offered, optional=True)]
                if offered
                else [words.section("Nothing else of this journalist is on file.")]
            ),
            forms.line(
                "number",
                "Or its number" if offered else "The number of the enquiry that it follows",
                optional=bool(offered),
                hint="Like ENQ-3. /enquiry find and some words finds it.",
            ),
        ],
        submit="Link it",
        about={"enquiry": enquiry.id},
    )


def unlink_form(enquiry: Enquiry, before: Enquiry) -> View:
    return forms.form(
        f"Unlink {enquiry.reference}",
        ids.UNLINK_FOLLOW_UP_FORM,
        [words.section(f"{enquiry.reference} will not be shown as following {_named(before)} any more.")],
        submit="Take link away",
        about={"enquiry": enquiry.id},
    )


def _named(enquiry: Enquiry) -> str:
    return f"{enquiry.reference} ({words.plain(enquiry.outlet, LONGEST_OUTLET)})"
