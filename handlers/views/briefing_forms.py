"""The forms of briefings: writing one, seeing it as it will be posted, and when it goes out."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.desk.briefing_cards import BriefingCard, ToChange
from bot.desk.briefing_text import FEWEST, MOST, Content, in_words
from bot.desk.briefings import LONGEST_LINES_TO_TAKE, Details, Offers, ReplacesAnother
from handlers import ids
from handlers.views import briefings, forms, words
from storage.audiences import Audience
from storage.briefings import BriefingStatus

LONGEST_MESSAGE, LONGEST_LINKS = 3000, 3000
"""What an input holds; that together they fit into one post is checked before anything is saved."""


def new_form(shown: Offers, typed: Details | None = None, replaces: ReplacesAnother | None = None) -> View:
    """A new briefing; with what was `typed` where the desk asks whether it `replaces` another."""
    meetings = [
        (words.cut(f"{in_words(day)}: {one.title}", words.LONGEST_OPTION), str(one.id))
        for one, day in zip(shown.meetings, shown.days, strict=True)
    ]
    meeting_id = typed.meeting_id if typed else shown.meeting_id
    chairs = [(person.name, str(person.id)) for person in shown.chairs]
    chair_id = typed.chair_id if typed else shown.chairs[0].id
    blocks: list[Block] = [
        *_replaces(replaces),
        forms.choice("meeting", "Which meeting", meetings, str(meeting_id)),
        *_messages(typed.messages if typed else ()),
        _links(typed.links if typed else ""),
        _audiences(shown.audiences, typed.audience_ids if typed else ()),
        forms.moment(
            "at",
            "When to post it",
            typed.at if typed else None,
            hint="Left empty, it is posted as soon as it is signed. It is never posted before that.",
            optional=True,
        ),
        forms.choice("chair", "Which chair signs", chairs, str(chair_id)),
        _lines_to_take(typed.lines_to_take if typed else ""),
    ]
    about = {"replaces": replaces.before_id} if replaces else {}
    return forms.form("New briefing", ids.BRIEFING_FORM, blocks, submit="Preview", about=about)


def _replaces(asked: ReplacesAnother | None) -> list[Block]:
    if asked is None:
        return []
    reference = asked.reference
    what = (
        f"*{reference} has been posted for this meeting.* A new briefing corrects it: it says that it replaces what "
        "was posted."
        if asked.is_posted
        else f"*{reference} is the briefing for this meeting already*, and has not been posted. A new one takes its "
        "place: it is withdrawn."
    )
    return [
        words.section(f"{what} Otherwise press Cancel, and {reference} stays as it is."),
        forms.tick("replaces", f"Does this replace {reference}?", f"Replace {reference}"),
    ]


def change_form(to_change: ToChange, suggested: str = "", said: Content | None = None) -> View:
    """The words, for whom, and lines to take; filled in with what a signatory `suggested`, if it could be read."""
    shown, content = to_change.shown, said or to_change.shown.content
    blocks: list[Block] = []
    if shown.standing.was_asked:
        blocks.append(words.section("Other words are a new draft: the signature given so far no longer counts."))
    if suggested:
        read = "" if said else " It could not be taken apart into messages: please copy what you want of it."
        blocks += [words.section(f"*This was suggested.*{read}"), words.quote(words.excerpt(suggested, 3000))]
    blocks += [
        *_messages(content.messages),
        _links("\n".join(f"{link.label} {link.url}" for link in content.links)),
        _audiences(to_change.audiences, [one.id for one in shown.audiences]),
        *_chairs(to_change),
        _lines_to_take(shown.briefing.lines_to_take or ""),
    ]
    about = {"briefing": shown.briefing.id, "draft": shown.standing.draft.number}
    title = f"{shown.briefing.reference}: change"
    return forms.form(title, ids.CHANGE_BRIEFING_FORM, blocks, submit="Preview", about=about)


def _chairs(to_change: ToChange) -> list[Block]:
    """Who signs, where whoever was to is no longer chair."""
    if not to_change.chairs:
        return []
    offered = [(person.name, str(person.id)) for person in to_change.chairs]
    was = words.cut(to_change.shown.briefing.chair.name, words.LONGEST_NAME)
    hint = f"{was} was asked before." if to_change.shown.standing.was_asked else f"{was} was to sign it before."
    return [forms.choice("chair", "Which chair signs", offered, offered[0][1], hint=hint)]


def preview(shown: BriefingCard, hints: Sequence[str] = ()) -> View:
    """Exactly what will be posted, to whom and when; and, if nobody was asked yet, asking the chair."""
    briefing = shown.briefing
    blocks: list[Block] = [
        words.section(f"*Draft {shown.standing.draft.number} is saved. This is what will be posted:*"),
        words.divider(),
        briefings.as_posted(shown.standing.draft.text),
        words.divider(),
        words.section(f"*For*  {words.names(one.name for one in shown.audiences)}: {briefings.places(shown.places)}"),
        words.section(f"*When*  {_when(shown)}"),
    ]
    if hints:
        blocks.append(words.section("Some of it might read more plainly:"))
        blocks += words.sections(f"• {words.plain(hint)}" for hint in hints)
        blocks.append(words.small("These are only hints. To follow them, choose Change text on its card."))
    if Act.ASK_CHAIR not in shown.acts:
        return forms.page(f"{briefing.reference}: preview", blocks)
    chair = words.name(briefing.chair.name)
    blocks.append(words.section(f"{chair} signs it next. Close this to keep the draft and ask later, on its card."))
    return forms.form(
        f"{briefing.reference}: preview",
        ids.ASK_CHAIR_FORM,
        blocks,
        submit="Ask for signature",
        about={"briefing": briefing.id, "draft": shown.standing.draft.number},
    )


def _when(shown: BriefingCard) -> str:
    briefing = shown.briefing
    if briefing.status is BriefingStatus.POSTED and briefing.posted_at is not None:
        return f"Posted {words.moment(briefing.posted_at)}."
    if briefing.post_at is None:
        return "As soon as it is signed."
    return f"{words.moment(briefing.post_at)}, if it is signed by then. If not, you are asked when."


def time_form(shown: BriefingCard) -> View:
    briefing = shown.briefing
    at = None if briefing.hour_passed else briefing.post_at
    now = "it is posted at once, since it is signed" if shown.standing.is_signed else "as soon as it is signed"
    return forms.form(
        f"{briefing.reference}: when",
        ids.POSTING_TIME_FORM,
        [forms.moment("at", "When to post it", at, hint=f"Left empty: {now}.", optional=True)],
        submit="Save",
        about={"briefing": briefing.id},
    )


def withdraw_form(shown: BriefingCard) -> View:
    return forms.form(
        f"Withdraw {shown.briefing.reference}",
        ids.WITHDRAW_BRIEFING_FORM,
        [forms.paragraph("reason", "Why it will not be posted", most=1000)],
        submit="Withdraw",
        about={"briefing": shown.briefing.id},
    )


def _messages(given: Sequence[str]) -> list[Block]:
    """An input for each, so that each keeps its own words and can be put right on a phone."""
    return [
        forms.paragraph(
            f"message_{number}",
            f"Key message {number}",
            given[number - 1] if number <= len(given) else "",
            most=LONGEST_MESSAGE,
            optional=number > 1,
            hint=f"{FEWEST} to {MOST} messages. You can also paste all of them here, one a line."
            if number == 1
            else "",
        )
        for number in range(1, MOST + 1)
    ]


def _links(value: str) -> Block:
    return forms.paragraph(
        "links",
        "Links to papers",
        value,
        most=LONGEST_LINKS,
        optional=True,
        hint="One a line: what it is called, then its link. Agenda https://board.example/agenda.pdf",
    )


def _audiences(offered: Sequence[Audience], chosen: Any) -> Block:
    found = [(words.cut(one.name, words.LONGEST_OPTION), str(one.id)) for one in offered]
    return forms.choices("audiences", "For whom", found, [str(one) for one in chosen], optional=False)


def _lines_to_take(value: str) -> Block:
    return forms.paragraph(
        "lines_to_take",
        "Lines to take",
        value,
        most=LONGEST_LINES_TO_TAKE,
        optional=True,
        hint="For the press office alone: these are never posted.",
    )
