"""Reviews on the screen: the list, one with its history, and the buttons by which its owner answers."""

from collections.abc import Collection, Mapping

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.desk.reviews_cards import KIND_WORDS, PAGE, ReviewCard, ReviewLine, ReviewList
from bot.desk.reviews_rules import in_words
from handlers import ids
from handlers.views import forms, room, words
from handlers.views.enquiry_lists import next_page
from handlers.views.room import MESSAGE, VIEW, Room
from handlers.views.words import Drawn
from storage.reviews import Listed, Review, ReviewEntry, ReviewState, ReviewStep

_NONE: Mapping[Listed, str] = {
    Listed.ALL: "Nothing has a review date yet.",
    Listed.MINE: "Nothing waits for your review.",
    Listed.DUE: "Nothing is due for review in the next 20 working days.",
    Listed.OVERDUE: "No review is overdue.",
    Listed.PUT_OFF: "No review is put off.",
    Listed.ENDED: "Nothing has been taken off the list.",
}
_COUNTED: Mapping[Listed, tuple[str, str]] = {
    Listed.ALL: ("1 thing has a review date", "{} things have a review date"),
    Listed.MINE: ("1 thing is yours to review", "{} things are yours to review"),
    Listed.DUE: ("1 review is due in the next 20 working days", "{} reviews are due in the next 20 working days"),
    Listed.OVERDUE: ("1 review is overdue", "{} reviews are overdue"),
    Listed.PUT_OFF: ("1 review is put off", "{} reviews are put off"),
    Listed.ENDED: ("1 thing is no longer reviewed", "{} things are no longer reviewed"),
}
_OTHERS = "After `/desk reviews` you can type `mine`, `due`, `overdue`, `put off`, `ended`, or words of a title."
LONGEST_TYPED = 100
LONGEST_IN_HISTORY = 600

ANSWERS = (
    (Act.REVIEW_WITHOUT_CHANGE, "Reviewed, no change", ids.NO_CHANGE_REVIEW),
    (Act.REVIEW_WITH_CHANGE, "Reviewed, changed", ids.CHANGED_REVIEW),
    (Act.PUT_OFF_REVIEW, "Put off", ids.PUT_OFF_REVIEW),
    (Act.RECORD_REVIEW, "Record reply", ids.RECORD_REVIEW),
)
_MORE = (
    (Act.HAND_OVER_REVIEW, "Hand over", ids.HAND_OVER_REVIEW),
    (Act.REPLAN_REVIEW, "Change", ids.REPLAN_REVIEW),
    (Act.END_REVIEW, "End", ids.END_REVIEW),
)


def answers(acts: Collection[Act], review_id: int) -> list[ButtonElement]:
    """What can be said of a review, for a reminder or its page."""
    return [
        words.button(text, action_id, review_id, primary=act is Act.REVIEW_WITHOUT_CHANGE)
        for act, text, action_id in ANSWERS
        if act in acts
    ]


def message(shown: ReviewList) -> Drawn:
    """The answer to `/desk reviews`."""
    return words.drawn(_title(shown), _blocks(shown, MESSAGE))


def list_page(shown: ReviewList) -> View:
    return forms.page("Reviews", _blocks(shown, VIEW))


def _title(shown: ReviewList) -> str:
    is_boards = shown.sees_boards and shown.listed is Listed.ALL
    which = shown.listed if shown.sees_all or is_boards else _own(shown.listed)
    typed = f" with “{words.plain(shown.words, LONGEST_TYPED)}” in the title" if shown.words else ""
    if not shown.total:
        if shown.words:
            return f"Nothing{typed} has a review date."
        return "Nothing for the board has a review date." if is_boards else _NONE[which]
    one, many = _COUNTED[which]
    return (one if shown.total == 1 else many.format(f"{shown.total:,}")) + typed


def _own(listed: Listed) -> Listed:
    return Listed.MINE if listed is Listed.ALL else listed


def _blocks(shown: ReviewList, room_: Room) -> list[Block]:
    below: list[Block] = [*words.buttons(_buttons(shown)), words.small(_OTHERS)]
    if shown.sees_boards:
        below = [words.small("Listed are those for the board, those put off, and your own."), *below]
    if shown.offers_usual:
        usual = (
            "Strategies, plans and logs have review dates that everyone forgets. Put them here, and "
            "whoever owns one is reminded in time."
        )
        below = [words.section(usual), *below]
    if not shown.total:
        return [words.section(_title(shown)), *below]
    top: list[Block] = [words.section(f"*{_title(shown)}*")]
    found = room_.lay_out(
        [[_line(line)] for line in shown.lines],
        beside=[*top, *below],
        rest=next_page(ids.TURN_REVIEWS, shown.total, PAGE, lambda at: f"{at}:{shown.listed}:{shown.words}"),
        not_given=max(0, shown.total - shown.offset - len(shown.lines)),
    )
    return [*top, *found, *below]


def _buttons(shown: ReviewList) -> list[ButtonElement]:
    found = []
    if shown.offers_usual:
        found.append(words.button("Add the usual ones", ids.ADD_USUAL_REVIEWS, "usual", primary=True))
    if shown.may_add:
        found.append(words.button("Add something to review", ids.ADD_REVIEW, "new", primary=not shown.offers_usual))
    return found


def _line(line: ReviewLine) -> Block:
    review = line.review
    show = words.button("Show", ids.SHOW_REVIEW, review.id)
    facts = [_when(review, is_late=line.is_late), words.name(review.owner.name), words.plain(line.cadence)]
    return words.section(f"*{_name(review)}*\n{' · '.join(facts)}", accessory=show)


def _name(review: Review) -> str:
    return words.plain(review.title, words.LONGEST_TITLE)


def _when(review: Review, *, is_late: bool) -> str:
    """When it is due, and that in words as well as colour."""
    if review.state is ReviewState.ENDED:
        return "no longer reviewed"
    put_off = f", put off from {in_words(review.planned_on)}" if review.is_put_off else ""
    late = ":red_circle: overdue since " if is_late else "due "
    return f"{late}{in_words(review.next_on)}{put_off}"


def page(shown: ReviewCard) -> View:
    """One review: what it is, what can be done, and what became of it before, the newest first."""
    review = shown.review
    top: list[Block] = [
        words.section(f"*{_name(review)}*\n{words.first_up(KIND_WORDS[review.kind])}"),
        *words.sections(_facts(shown)),
    ]
    if review.link:
        top.append(words.small("Where it is:", before=review.link))
    if review.ended_because and review.state is ReviewState.ENDED:
        top.append(words.quote(review.ended_because))
    top += [*words.buttons(answers(shown.acts, review.id)), *words.buttons(_more(shown)), words.divider()]
    top.append(words.section("*What became of it*"))
    rest = next_page(
        ids.TURN_REVIEW_HISTORY, shown.history_total, len(shown.history) or 1, lambda offset: f"{review.id}:{offset}"
    )
    found = room.VIEW.lay_out(
        [_entry(entry) for entry in shown.history],
        beside=top,
        rest=rest,
        not_given=max(0, shown.history_total - shown.offset - len(shown.history)),
    )
    return forms.page("Review", [*top, *found])


def _facts(shown: ReviewCard) -> list[str]:
    review = shown.review
    lines = [f"{words.first_up(_when(review, is_late=shown.is_late))} · {words.plain(shown.cadence)}"]
    if review.state is ReviewState.ACTIVE:
        lines += [words.plain(remark) for remark in shown.remarks[:1]]
    owner = f"Reviewed by {words.name(review.owner.name)}"
    if shown.stands_in is not None:
        owner += f", for whom {words.name(shown.stands_in.name)} stands in"
    if shown.brought_by is not None:
        owner += f", who is not in Slack; {words.name(shown.brought_by.name)} brings it to them"
    lines.append(owner)
    lines.append(
        "The board sees when it is due, and when it is put off."
        if review.for_board
        else "The board sees it only when it is put off."
    )
    return lines


def _more(shown: ReviewCard) -> list[ButtonElement]:
    return [words.button(text, action_id, shown.review.id) for act, text, action_id in _MORE if act in shown.acts]


def _entry(entry: ReviewEntry) -> list[Block]:
    by = words.name(entry.by.name)
    said = f"{words.moment(entry.at)}: {_step(entry, by)}"
    if entry.heard_by is not None:
        at = words.moment(entry.heard_at or entry.at)
        said += f"\nAs {words.name(entry.owner.name)} said, {at}; recorded by {by}."
        said += f" How that is known: {words.plain(entry.evidence or '', LONGEST_IN_HISTORY)}"
    found: list[Block] = [words.section(said)]
    if entry.words:
        found.append(words.quote(words.excerpt(entry.words, LONGEST_IN_HISTORY)))
    return found


def _step(entry: ReviewEntry, by: str) -> str:
    who = words.name(entry.owner.name) if entry.heard_by else by
    due = in_words(entry.due_on)
    following = f" Next: {in_words(entry.next_on)}." if entry.next_on else " That was all."
    match entry.step:
        case ReviewStep.ADDED:
            return f"{by} put it on the list, for {words.name(entry.owner.name)}. First: {due}."
        case ReviewStep.NO_CHANGE:
            return f"{who} reviewed what was due {due}: no change.{following}"
        case ReviewStep.CHANGED:
            return f"{who} reviewed what was due {due}, and changed it.{following}"
        case ReviewStep.PUT_OFF:
            return f"{who} put it off from {due} until {in_words(entry.next_on or entry.due_on)}."
        case ReviewStep.HANDED_OVER:
            return f"{by} handed it over to {words.name(entry.owner.name)}."
        case ReviewStep.REPLANNED:
            return f"{by} changed what it is or when it comes.{following}"
        case ReviewStep.ENDED:
            return f"{by} took it off the list."
