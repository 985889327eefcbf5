"""The e-bulletin on the screen: what somebody is asked, what came in, and the text to copy."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.desk.bulletin_cards import Bulletins, Collected, ShownBulletin, as_text, below_text
from bot.desk.bulletins import LONGEST_HEADLINE, LONGEST_LINK, LONGEST_TEXT, LONGEST_TITLE, ToCall
from handlers import ids
from handlers.views import forms, hearing, room, words
from handlers.views.role_words import ROLE_WORDS
from handlers.views.words import Drawn
from storage.bulletins import BulletinItem, ContributorState

MOST_HEADLINES = 8
MOST_OUTSIDE = 20
ROOM_IN_LIST = 800


def reminder_buttons(bulletin_id: int, *, is_own: bool) -> list[ButtonElement]:
    """To whoever owes items; or to the owner, who writes to those outside Slack."""
    if not is_own:
        return [words.button("Record an item", ids.RECORD_ITEM, bulletin_id, primary=True)]
    return [
        words.button("Add an item", ids.ADD_ITEM, bulletin_id, primary=True),
        words.button("Nothing from us", ids.NOTHING_TO_ADD, bulletin_id),
    ]


def request(shown: ShownBulletin) -> Drawn:
    """To whoever is asked for items."""
    title = _title(shown)
    own = shown.own
    if own is None:
        text = f"Items for {title} are with somebody else now."
        return words.drawn(text, [words.section(text)])
    whose = "" if own.person_id == shown.reader.id else f" For {words.name(own.person.name)}, for whom you stand in."
    heading = _asked_words(shown, own.state)
    lines = [f"*{heading}*{whose}"]
    if own.state is ContributorState.ASKED and shown.bulletin.ended_at is None:
        lines.append(f"Please say so by {_due(shown)}. A headline and a few sentences are enough.")
    lines += [f"• {words.plain(item.headline, LONGEST_HEADLINE)}" for item in shown.own_items[:MOST_HEADLINES]]
    return words.drawn(heading, [*words.sections(lines), *words.buttons(_own_buttons(shown))])


def _asked_words(shown: ShownBulletin, state: ContributorState) -> str:
    title = _title(shown)
    match state:
        case ContributorState.ASKED if shown.bulletin.ended_at is not None:
            return f"{title}: the deadline has passed, and you need not do anything"
        case ContributorState.ASKED:
            return f"Have you news for {title}?"
        case ContributorState.GAVE:
            return f"Thank you: your news for {title}"
        case ContributorState.NOTHING:
            return f"Noted: nothing from you for {title}, thank you"


def _own_buttons(shown: ShownBulletin) -> list[ButtonElement]:
    bulletin_id = shown.bulletin.id
    label = "Add an item" if not shown.own_items else "Add another item"
    found = []
    if Act.ADD_ITEM in shown.acts:
        found.append(words.button(label, ids.ADD_ITEM, bulletin_id, primary=not shown.own_items))
    if Act.NOTHING_TO_ADD in shown.acts:
        found.append(words.button("Nothing from us", ids.NOTHING_TO_ADD, bulletin_id))
    return found


def card(shown: ShownBulletin) -> Drawn:
    """To the owner: how many have answered, what came in, and the text for those outside Slack."""
    heading = f"{_title(shown)}: {_count(len(shown.items), 'item')} so far"
    if shown.bulletin.gathered_at is not None:
        heading = f"{_title(shown)}: the deadline has passed, and {_count(len(shown.items), 'item')} came in"
    above: list[Block] = [words.section(f"*{heading}*\n{_how_far(shown)}")]
    below: list[Block] = [*words.buttons(_office_buttons(shown))]
    if shown.outside and shown.bulletin.ended_at is None:
        below = [words.section(_outside_words(shown)), words.verbatim(shown.email), *below]
    lines = _headlines(shown)
    headlines = room.MESSAGE.lines(lines, beside=[*above, *below], rest=lambda number: f"and {number} more")
    return words.drawn(heading, [*above, *headlines, *below])


def _how_far(shown: ShownBulletin) -> str:
    answered = len(shown.asked) - len(shown.waiting)
    said = f"Deadline {_due(shown)} · {answered} of {len(shown.asked)} have answered"
    if shown.waiting:
        said += f"\nNot yet: {words.names(one.person.name for one in shown.waiting)}"
    return said


def _outside_words(shown: ShownBulletin) -> str:
    people = [
        f"{words.name(one.person.name)}{f' ({words.plain(one.person.email, 100)})' if one.person.email else ''}"
        for one in shown.outside[:MOST_OUTSIDE]
    ]
    if len(shown.outside) > MOST_OUTSIDE:
        people.append(f"and {len(shown.outside) - MOST_OUTSIDE} more")
    return "\n".join(["Not in Slack. Send them this text, then press Record an item:", *people])


def _headlines(shown: ShownBulletin) -> list[str]:
    return [
        f"• {words.plain(item.headline, LONGEST_HEADLINE)} ({words.name(item.given_by.name)})" for item in shown.items
    ]


def _office_buttons(shown: ShownBulletin) -> list[ButtonElement]:
    bulletin_id = shown.bulletin.id
    found = []
    if Act.COLLECT_ITEMS in shown.acts and shown.items:
        found.append(words.button("Show the text to copy", ids.COPY_ITEMS, bulletin_id, primary=True))
        found.append(words.button("Make a Word file", ids.COLLECT_ITEMS, bulletin_id))
    if Act.RECORD_ITEM in shown.acts and shown.asked:
        found.append(words.button("Record an item", ids.RECORD_ITEM, bulletin_id))
    if shown.items:
        found.append(words.button("Show what came in", ids.SHOW_ITEMS, bulletin_id))
    return found


def listed(shown: Bulletins) -> Drawn:
    """`/desk bulletin`"""
    call = (
        [words.button("Call for items", ids.CALL_FOR_ITEMS, "new", primary=not shown.found)] if shown.may_call else []
    )
    if not shown.found:
        text = "No items for a bulletin have been called for yet."
        return Drawn(text, [words.section(text), *words.buttons(call)])
    below = words.buttons(call)
    blocks = room.MESSAGE.lay_out(
        [_in_list(one) for one in shown.found],
        beside=below,
        rest=lambda number: words.small(f"And {number} more, whose deadline comes later."),
    )
    return Drawn("Bulletin", [*blocks, *below])


def _in_list(shown: ShownBulletin) -> list[Block]:
    heading = f"*{_title(shown)}: {_count(len(shown.items), 'item')} so far*\n{_stands(shown)}"
    offered = [*_own_buttons(shown), *_office_buttons(shown)]
    return [words.section(f"{heading}\n{words.listed(_headlines(shown), ROOM_IN_LIST)}"), *words.buttons(offered)]


def _stands(shown: ShownBulletin) -> str:
    if Act.RECORD_ITEM in shown.acts:
        return _how_far(shown)
    return f"Deadline {_due(shown)}"


def call_form(shown: ToCall) -> View:
    return forms.form(
        "Call for items",
        ids.CALL_FOR_ITEMS_FORM,
        [
            forms.line("title", "What for", shown.title, most=LONGEST_TITLE),
            forms.moment(
                "deadline", "Deadline", shown.deadline, hint="They are reminded half way, the day before and then."
            ),
            forms.choices(
                "roles",
                "Whom to ask",
                [(text, role.value) for role, text in ROLE_WORDS.items()],
                [role.value for role in shown.roles],
                hint="Everybody who holds one of these roles. The choice is kept for the next time.",
            ),
        ],
        submit="Call for items",
    )


def add_form(shown: ShownBulletin) -> View:
    return forms.form(
        "Add an item",
        ids.ADD_ITEM_FORM,
        [words.section(f"For *{_title(shown)}*, by {_due(shown)}"), *_item_inputs()],
        submit="Add item",
        about={"bulletin": shown.bulletin.id},
    )


def record_form(shown: ShownBulletin) -> View:
    waiting = {one.person_id for one in shown.waiting}
    asked = sorted(shown.asked, key=lambda one: (one.person.on_slack, one.person_id not in waiting))
    offered = [(one.person.name, str(one.person_id)) for one in asked]
    return forms.form(
        "Record an item",
        ids.RECORD_ITEM_FORM,
        [
            words.section(f"For *{_title(shown)}*. Leave headline and text empty if there is nothing from them."),
            forms.choice("person", "From whom", offered),
            hearing.how("How it reached you"),
            *_item_inputs(is_optional=True),
        ],
        submit="Record item",
        about={"bulletin": shown.bulletin.id},
    )


def _item_inputs(*, is_optional: bool = False) -> list[Block]:
    return [
        forms.line("headline", "Headline", most=LONGEST_HEADLINE, optional=is_optional),
        forms.paragraph(
            "text", "Text", most=LONGEST_TEXT, optional=is_optional, hint="It is copied exactly as you write it."
        ),
        forms.line("link", "Link", most=LONGEST_LINK, optional=True),
        forms.day("until", "News until", optional=True, hint="After this day it is no news any more."),
    ]


def page(shown: ShownBulletin) -> View:
    """What came in, item by item."""
    above: list[Block] = [words.section(f"*{_title(shown)}*\n{_stands(shown)}")]
    groups = [_item_blocks(shown, item) for item in shown.items]
    if not groups:
        above.append(words.section("Nothing has come in yet."))
    rest = room.VIEW.lay_out(
        groups, beside=above, rest=lambda number: words.small(f"And {number} more: the text to copy has all of them.")
    )
    return forms.page("What came in", [*above, *rest])


def _item_blocks(shown: ShownBulletin, item: BulletinItem) -> list[Block]:
    recorded = ", written down by the press office" if item.recorded_by_id else ""
    out = [words.button("Take it out", ids.TAKE_ITEM_OUT, item.id)] if Act.TAKE_ITEM_OUT in shown.acts else []
    said = f"{words.name(item.given_by.name)}, {words.moment(item.given_at)}{recorded}"
    below = below_text(item)
    return [
        words.divider(),
        words.section(f"*{words.plain(item.headline, LONGEST_HEADLINE)}*"),
        words.verbatim(item.text),
        *([words.small(words.plain(below))] if below else []),
        words.small(said),
        *words.buttons(out),
    ]


def text_page(shown: ShownBulletin) -> View:
    """All that came in, to copy: exactly as it was given."""
    if not shown.items:
        return forms.page("Text to copy", [words.section("Nothing has come in yet.")])
    above: list[Block] = [words.section(f"*{_title(shown)}*: {_count(len(shown.items), 'item')}, as they were given")]
    return forms.page("Text to copy", [*above, *room.long_text(as_text(shown.items), above)])


def on_its_way() -> View:
    said = "The Word file comes to your messages with Comms Desk in a moment."
    return forms.page("On its way", [words.section(said)])


def beside(shown: Collected) -> Drawn:
    """What stands beside the file."""
    title = words.plain(shown.title, words.LONGEST_TITLE)
    text = f"Here: {title}, with {_count(len(shown.items), 'item')}, as on file on {words.moment(shown.at)}."
    return words.drawn(text, [words.section(text)])


def _title(shown: ShownBulletin) -> str:
    return words.plain(shown.bulletin.title, words.LONGEST_TITLE)


def _due(shown: ShownBulletin) -> str:
    return words.due(shown.bulletin.deadline, shown.band)


def _count(number: int, thing: str) -> str:
    return f"1 {thing}" if number == 1 else f"{number} {thing}s"
