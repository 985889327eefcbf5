"""*Correct this*, on a statement that went out."""

from slack_sdk.models.views import View

from bot.core.workspaces import Desk
from bot.desk import corrections, drafting
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import corrections as views
from handlers.views import statements


def correct(desk: Desk, press: Press) -> View:
    return views.form(corrections.to_correct(desk, press.caller, press.number))


def corrected(desk: Desk, form: Submission) -> View | None:
    drafted = drafting.correct(
        desk,
        form.caller,
        form.about["statement"],
        form.long_text("text"),
        what_was_wrong=form.text("reason"),
        once=form.once,
    )
    return statements.hints_page(drafted.hints)


def register(edge: Edge) -> None:
    edge.button(ids.CORRECT_STATEMENT, correct)
    edge.form(ids.CORRECTION_FORM, corrected)
