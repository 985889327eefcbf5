"""Sensitive enquiries on the screen: the forms that say what will happen before it does."""

from collections.abc import Sequence

from slack_sdk.models.views import View

from handlers import ids
from handlers.views import forms, words
from storage.enquiries import Enquiry
from storage.people import Person


def mark_form(enquiry: Enquiry) -> View:
    return forms.form(
        f"{enquiry.reference}: sensitive",
        ids.MARK_SENSITIVE_FORM,
        [
            words.section(
                "Only those who work on it will see it: its owner, whoever signs or is copied, whoever you let in, and "
                "the comms leads. Its card and what the desk wrote below it go from the channel. It leaves everybody "
                "else’s lists, searches and homes."
            )
        ],
        submit="Mark as sensitive",
        about={"enquiry": enquiry.id},
    )


def show_to_all_form(enquiry: Enquiry) -> View:
    return forms.form(
        f"{enquiry.reference}: show to all",
        ids.SHOW_TO_ALL_FORM,
        [words.section("Its card goes up in the press channel, with its statements, for everybody there to read.")],
        submit="Show to all",
        about={"enquiry": enquiry.id},
    )


def let_in_form(enquiry: Enquiry, people: Sequence[Person]) -> View:
    if not people:
        return forms.refusal("Everybody whom the desk knows in Slack is in already.")
    return forms.form(
        f"{enquiry.reference}: let in",
        ids.LET_IN_FORM,
        [
            forms.choices(
                "people",
                "Whom to let in",
                [(person.name, str(person.id)) for person in people],
                hint="They see all of it, and get its card from Comms Desk.",
            )
        ],
        submit="Let them in",
        about={"enquiry": enquiry.id},
    )
