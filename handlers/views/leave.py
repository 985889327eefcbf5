"""Leave on the screen: in the home, the list of who is away, and the forms."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.desk.leave import LeaveLine, LeaveOffers
from handlers import ids
from handlers.views import forms, room, words


def in_home(leave: LeaveLine | None, *, is_known: bool, may_set_for_others: bool) -> list[Block]:
    """Whether the reader is away, and the buttons that change it."""
    buttons = []
    if is_known:
        buttons.append(words.button("I’m away…", ids.I_AM_AWAY, "own"))
    if leave is not None:
        buttons.insert(0, words.button("I’m back", ids.I_AM_BACK, leave.leave.id, primary=leave.is_on))
    if may_set_for_others:
        buttons.append(words.button("Show who is away", ids.WHO_IS_AWAY, "all"))
    said = [words.section(_own(leave))] if leave is not None else []
    return [*said, *words.buttons(buttons)]


def _own(line: LeaveLine) -> str:
    leave = line.leave
    if line.is_on:
        return f":palm_tree: *You are away until {words.moment(leave.back_at)}.* {_stand_in(line)}"
    return f":palm_tree: You will be away from {words.moment(leave.from_at)} to {words.moment(leave.back_at)}. " + (
        _stand_in(line)
    )


def _stand_in(line: LeaveLine) -> str:
    if line.stand_in is None:
        return ":warning: Nobody stands in: name a deputy who is there."
    return f"{words.name(line.stand_in.name)} stands in."


def page(lines: Sequence[LeaveLine]) -> View:
    """Who is or will be away."""
    top = words.buttons([words.button("Note leave for someone", ids.SET_LEAVE, "new", primary=True)])
    empty = [words.section("Nobody is away, as far as the desk knows.")]
    groups = [
        [
            words.section(
                f"*{words.name(line.leave.person.name)}*, {words.moment(line.leave.from_at)} to "
                f"{words.moment(line.leave.back_at)}\n{_stand_in(line)}",
                accessory=words.button("Note as back" if line.is_on else "Cancel leave", ids.END_LEAVE, line.leave.id),
            )
        ]
        for line in lines
    ]
    found = room.VIEW.lay_out(groups, beside=top, rest=lambda number: words.small(f"And {number} more, back later."))
    return forms.page("Who is away", [*top, *(found if lines else empty)])


def ended(name: str) -> View:
    return forms.page("Noted", [words.section(f"{words.name(name)} is there. What waits for them is with them again.")])


def own_form(shown: LeaveOffers) -> View:
    others = [(one.name, str(one.id)) for one in shown.people if shown.person is None or one.id != shown.person.id]
    chosen = shown.person.deputy_id if shown.person else None
    return forms.form(
        "I’m away",
        ids.OWN_LEAVE_FORM,
        [
            *_times(shown, who="you"),
            *forms.optional_choice("deputy", "Deputy", others, chosen, hint="Gets what waits for you meanwhile."),
        ],
        submit="Save",
    )


def leave_form(shown: LeaveOffers) -> View:
    offered = [(one.name, str(one.id)) for one in shown.people]
    if not offered:
        return forms.refusal("There is nobody yet. Choose Add person in Settings first.")
    return forms.form(
        "Somebody is away",
        ids.LEAVE_FORM,
        [
            forms.choice("person", "Who", offered),
            *_times(shown),
            *forms.optional_choice(
                "deputy",
                "Deputy",
                offered if len(offered) <= forms.MOST_OPTIONS else [],  # two long lists are more than a form holds
                hint="Left open, the deputy named in Settings stands in. They are told.",
            ),
        ],
        submit="Save",
    )


def _times(shown: LeaveOffers, *, who: str = "they") -> list[Block]:
    return [
        forms.moment("from", "Away from", shown.now),
        forms.moment("back", "Back at work", hint=f"The first moment at which {who} can be asked again."),
    ]
