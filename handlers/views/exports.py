"""Asking for enquiries as a file, and the words beside the file."""

from collections.abc import Mapping

from slack_sdk.models.views import View

from bot.desk.exports import Format, ToSend, Which
from handlers import ids
from handlers.views import forms, words
from handlers.views.words import Drawn

WHICH_WORDS: Mapping[Which, str] = {
    Which.OPEN: "What is not closed",
    Which.YEAR: "What came this year",
    Which.ALL: "All there is",
}
LARGE = 5_000
"""Enquiries from which on a file is not made in a few seconds."""
FORMAT_WORDS: Mapping[Format, str] = {Format.XLSX: "Excel (.xlsx)", Format.CSV: "CSV, for other programs"}


def form(offered: Mapping[Which, int], *, which: Which = Which.YEAR, format_: Format = Format.XLSX) -> View:
    """Which enquiries, in which format."""
    return forms.form(
        "Export enquiries",
        ids.EXPORT_FORM,
        [
            words.section("The file comes to you alone, in your messages with Comms Desk. It is on the record."),
            forms.choice(
                "which",
                "Which enquiries",
                [(f"{text} ({offered[one]:,})", one.value) for one, text in WHICH_WORDS.items()],
                which,
            ),
            forms.radio("format", "Format", [(text, one.value) for one, text in FORMAT_WORDS.items()], format_),
        ],
        submit="Export",
    )


def on_its_way(number: int) -> View:
    when = "in a moment" if number < LARGE else "in a minute or two, since it is large"
    return forms.page(
        "On its way",
        [words.section(f"{counted(number)} as a file: it comes to your messages with Comms Desk {when}.")],
    )


def beside(shown: ToSend) -> Drawn:
    """What stands beside the file."""
    text = (
        f"Here: {counted(len(shown.exported.rows))} ({WHICH_WORDS[shown.which].lower()}), as on file on "
        f"{words.moment(shown.at)}. It names journalists: keep it no longer than you need it."
    )
    return words.drawn(text, [words.section(text)])


def counted(number: int) -> str:
    return "1 enquiry" if number == 1 else f"{number:,} enquiries"
