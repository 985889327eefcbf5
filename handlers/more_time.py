"""Asking a journalist for more time, and writing down what they said."""

from slack_sdk.models.views import View

from bot.core.permissions import Act
from bot.core.workspaces import Desk
from bot.desk import more_time
from bot.desk.more_time import MoreTime
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import more_time as views


def ask(desk: Desk, press: Press) -> View:
    return views.asking_page(more_time.to_ask(desk, press.caller, press.number))


def agreed(desk: Desk, press: Press) -> View:
    enquiry = more_time.look_at(desk, press.caller, press.number, Act.AGREE_MORE_TIME)
    return views.agreed_form(enquiry, desk.clock.now())


def agreement_noted(desk: Desk, form: Submission) -> View | None:
    more = MoreTime(
        deadline=form.moment("deadline") or form.moment(views.READ_FROM_WORDS),
        words=form.text("words"),
        agreed_by=form.text("agreed_by"),
        how=form.heard_by(),
        late_is_meant=form.ticked("late"),
    )
    if more.deadline is None and more.words.strip():
        read = more_time.read_words(desk, form.caller, form.about["enquiry"], more)
        return views.agreed_form(read.enquiry, desk.clock.now(), read.more, understood=read.sentence)
    more_time.agree(desk, form.caller, form.about["enquiry"], more, once=form.once)
    return None


def said_no(desk: Desk, press: Press) -> View:
    return views.refused_form(more_time.look_at(desk, press.caller, press.number, Act.ASK_FOR_MORE_TIME))


def refusal_noted(desk: Desk, form: Submission) -> None:
    enquiry_id, said_by = form.about["enquiry"], form.text("agreed_by")
    more_time.refused(desk, form.caller, enquiry_id, said_by, form.heard_by(), once=form.once)


def register(edge: Edge) -> None:
    edge.button(ids.ASK_FOR_MORE_TIME, ask)
    edge.button(ids.MORE_TIME_AGREED, agreed)
    edge.button(ids.THEY_SAID_NO, said_no)
    edge.form(ids.MORE_TIME_FORM, agreement_noted)
    edge.form(ids.NO_MORE_TIME_FORM, refusal_noted)
