"""More time on the screen: what to send, and the forms for what was said."""

from datetime import datetime
from typing import Final

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.views import View

from bot.desk.more_time import LONGEST_NAME, Asking, MoreTime
from handlers import ids
from handlers.views import forms, hearing, words
from storage.enquiries import Enquiry


def asking_page(shown: Asking) -> View:
    """The text to send, and what to press when they have answered."""
    enquiry_id = shown.enquiry.id
    return forms.page(
        f"{shown.enquiry.reference}: more time",
        [
            words.section("*Send this to the journalist, or ring and say it.* Then note what they said."),
            words.section("*Where to send it*"),
            words.verbatim(shown.to),
            words.verbatim(shown.text),
            *words.buttons(
                [
                    words.button("More time agreed", ids.MORE_TIME_AGREED, enquiry_id, primary=True),
                    words.button("They said no", ids.THEY_SAID_NO, enquiry_id),
                ]
            ),
        ],
    )


def agreed_form(enquiry: Enquiry, now: datetime, more: MoreTime | None = None, *, understood: str = "") -> View:
    """The new deadline, who agreed to it and how."""
    more = more or MoreTime(None, "", enquiry.journalist, None)
    deadline = f"The deadline is {words.moment(enquiry.deadline)}. " if enquiry.deadline else ""
    return forms.form(
        f"{enquiry.reference}: more time",
        ids.MORE_TIME_FORM,
        [
            words.section(f"{deadline}Signatures and reminders move to the new one."),
            *(_to_check(more, understood) if understood else _to_fill_in()),
            _who("Who agreed it", more.agreed_by),
            hearing.how("How they said it", more.how),
            *_late(enquiry, now),
        ],
        submit="Note more time",
        about={"enquiry": enquiry.id},
    )


def _late(enquiry: Enquiry, now: datetime) -> list[InputBlock]:
    """Only of a deadline that has passed can a later one have passed as well."""
    if enquiry.deadline is not None and enquiry.deadline > now:
        return []
    return [forms.tick("late", "If the new deadline has passed", "It is late already: record it so")]


READ_FROM_WORDS: Final = "checked"
"""A field of its own: Slack would keep what stood in the one before, which was nothing."""


def _to_check(more: MoreTime, understood: str) -> list[Block]:
    return [
        words.section(f"*{words.plain(understood)}*"),
        forms.moment(READ_FROM_WORDS, "New deadline", more.deadline),
    ]


def _to_fill_in() -> list[Block]:
    return [
        forms.moment("deadline", "New deadline", optional=True),
        forms.line("words", "Or in words", optional=True, hint="For example: 4pm Thursday. You check it next."),
    ]


def refused_form(enquiry: Enquiry) -> View:
    """Who gave no more time, and how."""
    return forms.form(
        "They said no",
        ids.NO_MORE_TIME_FORM,
        [
            words.section(f"*{enquiry.reference}*\nThe deadline stays as it is. You are offered a holding line."),
            _who("Who said no", enquiry.journalist),
            hearing.how("How they said it"),
        ],
        submit="Note it",
        about={"enquiry": enquiry.id},
    )


def _who(label: str, name: str) -> InputBlock:
    return forms.line("agreed_by", label, name, most=LONGEST_NAME, hint="The journalist, or somebody at the outlet")
