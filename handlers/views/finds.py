"""What was found: what was asked, what we said, and the buttons to read it or use it again."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.desk.finds import PAGE, Found, Reuse, Said, SaidIn, Search, passage
from handlers import ids
from handlers.views import corrections, enquiry_cards, forms, statements, words
from handlers.views.enquiry_lists import next_page, ordinal
from handlers.views.room import MESSAGE, VIEW, Room, long_text
from handlers.views.words import Drawn
from storage.enquiries import EnquiryStatus

LONGEST_ASKED, LONGEST_SAID = 160, 320
LONGEST_VALUE = 2000
"""What a button carries."""
HOW_TO_FIND = (
    "Type what you look for: `/enquiry find car park`. Words in quotes are looked for as they stand, "
    '`find "car park"`, and a star stands for any ending: `find screen*`.'
)


def message(shown: Search, *, typed: str) -> Drawn:
    """The answer to `/enquiry find`. `typed` is all of what was typed, to be logged if nothing is found."""
    if not shown.words:
        return words.drawn(HOW_TO_FIND, [words.section(HOW_TO_FIND)])
    if not shown.total:
        text = f"Nothing on file has “{words.plain(shown.words, 100)}”. If it is a new enquiry, log it."
        log = words.button("Log a media enquiry", ids.LOG_WORDS, typed[:LONGEST_VALUE], primary=True)
        return words.drawn(text, [words.section(text), *words.buttons([log])])
    return words.drawn(_title(shown), _blocks(shown, MESSAGE))


def page(shown: Search) -> View:
    if not shown.total:
        return forms.page("Found", [words.section("What was here is not on file any more. Look for it again.")])
    return forms.page("Found", _blocks(shown, VIEW))


def use_form(offered: Reuse) -> View:
    """For which of their own enquiries the text is drafted anew."""
    choices = [
        (f"{one.reference} · {words.typed(one.outlet, 30)}: {words.cut(one.question, 60)}", str(one.id))
        for one in offered.enquiries
    ]
    above: list[Block] = [
        forms.choice("enquiry", "For which enquiry", choices, hint="Yours that are open."),
        words.section(f"*{_of(offered.said)}*"),
    ]
    return forms.form(
        "Use this text",
        ids.USE_FORM,
        [*above, *long_text(offered.said.text, above)],
        submit="Draft statement",
        about={"said": _value(offered.said)},
    )


def _title(shown: Search) -> str:
    counted = "1 enquiry has" if shown.total == 1 else f"{shown.total:,} enquiries have"
    if shown.has_all:
        return f"{counted} “{words.plain(shown.words, 100)}”"
    return f"No enquiry has all of “{words.plain(shown.words, 100)}”. {counted} some of it, closest first."


def _blocks(shown: Search, room: Room) -> list[Block]:
    top: list[Block] = [words.section(f"*{_title(shown)}*")]
    if shown.offset:
        top.append(words.small(f"From the {ordinal(shown.offset + 1)} on"))
    found = room.lay_out(
        [_found(one, shown) for one in shown.found],
        beside=top,
        rest=next_page(ids.TURN_FINDS, shown.total, PAGE, lambda offset: f"{offset}:{shown.words}"),
        not_given=max(0, shown.total - shown.offset - len(shown.found)),
    )
    return [*top, *found]


def _found(one: Found, search: Search) -> list[Block]:
    enquiry = one.enquiry
    outlet = words.plain(enquiry.outlet, enquiry_cards.LONGEST_OUTLET_IN_LIST)
    asked = words.plain(passage(enquiry.question, search.terms, LONGEST_ASKED))
    who = words.name(enquiry.journalist)
    blocks: list[Block] = [
        words.section(f"*{enquiry.reference} · {outlet}* · {who} · {words.moment(enquiry.received_at)}\n{asked}")
    ]
    buttons = [words.button("Show", ids.SHOW, enquiry.id)]
    if one.said:
        said = one.said[0]
        others = f" (and {len(one.said) - 1} more, see Show)" if len(one.said) > 1 else ""
        blocks.append(words.small(f"{_of(said)}{others}"))
        blocks.append(words.quote(passage(said.text, search.terms, LONGEST_SAID)))
        if said.correction is None:
            buttons.append(words.button("Use this", ids.USE_THIS, _value(said)))
    else:
        nothing = "Nothing has been sent yet" if enquiry.status is not EnquiryStatus.CLOSED else "No text was sent"
        blocks.append(words.small(nothing))
    return [*blocks, *words.buttons(buttons)]


def _of(said: Said) -> str:
    if said.where is SaidIn.BEFORE:
        return f"{enquiry_cards.ANSWER_FROM_BEFORE}, {words.moment(said.at)}"
    kind = statements.KIND_WORDS[said.kind] if said.kind else "Statement"
    wrong = f" · :warning: {corrections.corrected(said.correction)}" if said.correction else ""
    return f"{kind}, {said.reference}, sent {words.moment(said.at)}{wrong}"


def _value(said: Said) -> str:
    return f"{said.where}:{said.id}"
