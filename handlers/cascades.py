"""Key messages to take home: passed on, cannot, recorded, asked of someone else; who has, and what people said."""

from slack_sdk.models.views import View

from bot.core.errors import BadInput
from bot.core.permissions import Act
from bot.core.workspaces import Desk
from bot.desk import cascade_cards, cascades
from bot.desk.cascades import Said
from handlers import ids
from handlers.edge import Edge
from handlers.payloads import Press, Submission
from handlers.views import cascade_forms as forms
from handlers.views import cascades as views
from storage.cascades import CascadeState, PassedBy


def passed_on(desk: Desk, press: Press) -> View:
    shown = cascade_cards.look_at(desk, press.caller, press.number, Act.PASS_MESSAGES_ON)
    return forms.passed_on_form(shown, desk.clock.now())


def cannot(desk: Desk, press: Press) -> View:
    return forms.cannot_form(cascade_cards.look_at(desk, press.caller, press.number, Act.CANNOT_PASS_ON))


def change(desk: Desk, press: Press) -> View:
    shown = cascade_cards.look_at(desk, press.caller, press.number, Act.PASS_MESSAGES_ON)
    return forms.change_form(shown, desk.clock.now())


def record(desk: Desk, press: Press) -> View:
    return forms.record_form(cascade_cards.to_record(desk, press.caller, press.number), desk.clock.now())


def record_one(desk: Desk, press: Press) -> View:
    return forms.record_form(cascade_cards.to_record_one_of(desk, press.caller, press.number), desk.clock.now())


def ask_instead(desk: Desk, press: Press) -> View:
    return forms.ask_instead_form(cascade_cards.to_ask_instead(desk, press.caller, press.number))


def read(desk: Desk, press: Press) -> View:
    return views.messages_page(cascade_cards.look_at(desk, press.caller, press.number, Act.READ_MESSAGES))


def get_file(desk: Desk, press: Press) -> View:
    cascades.send_file(desk, press.caller, press.number)
    return views.on_its_way()


def get_file_of(desk: Desk, press: Press) -> View:
    cascades.send_file_of(desk, press.caller, press.number)
    return views.on_its_way()


def read_email(desk: Desk, press: Press) -> View:
    return views.email_page(cascade_cards.email_to_send(desk, press.caller, press.number))


def who(desk: Desk, press: Press) -> View:
    return views.who_page(cascade_cards.who(desk, press.caller, press.number))


def turn(desk: Desk, press: Press) -> View:
    briefing_id, offset = press.pair
    return views.who_page(cascade_cards.who(desk, press.caller, briefing_id, offset=offset))


def feedback(desk: Desk, press: Press) -> View:
    return views.feedback_page(cascade_cards.feedback(desk, press.caller, press.number))


def said_passed_on(desk: Desk, form: Submission) -> None:
    what = _said(form, CascadeState.PASSED_ON)
    cascades.passed_on(desk, form.caller, form.about["cascade"], what, once=form.once)


def said_cannot(desk: Desk, form: Submission) -> None:
    cascades.cannot(desk, form.caller, form.about["cascade"], _said(form, CascadeState.CANNOT), once=form.once)


def changed(desk: Desk, form: Submission) -> None:
    (said_cannot if form.option("said") == CascadeState.CANNOT else said_passed_on)(desk, form)


def recorded(desk: Desk, form: Submission) -> None:
    cascade_id = form.about.get("cascade") or form.number("cascade")
    if cascade_id is None:
        raise BadInput("Choose who answered.", field="cascade")
    chosen = form.option("said")
    what = _said(form, CascadeState(chosen) if chosen else None)
    cascades.record(desk, form.caller, cascade_id, what, once=form.once)


def asked_instead(desk: Desk, form: Submission) -> None:
    cascades.ask_instead(
        desk,
        form.caller,
        form.about["cascade"],
        person_id=form.number("colleague"),
        member=form.member("member"),
        once=form.once,
    )


def _said(form: Submission, said: CascadeState | None) -> Said:
    how = form.option("passed_by")
    return Said(
        said=said,
        to_whom=form.text("to_whom"),
        how=PassedBy(how) if how else None,
        at=form.moment("at"),
        feedback=form.text("feedback"),
        is_named=not form.ticked("unnamed"),
        reason=form.text("reason"),
        could=form.member("could"),
        could_words=form.text("could_words"),
        heard_by=form.heard_by(),
    )


def register(edge: Edge) -> None:
    edge.button(ids.PASSED_ON, passed_on)
    edge.button(ids.CANNOT_PASS_ON, cannot)
    edge.button(ids.CHANGE_PASSED_ON, change)
    edge.button(ids.RECORD_PASSED_ON, record)
    edge.button(ids.RECORD_ONE_PASSED_ON, record_one)
    edge.button(ids.ASK_TO_PASS_ON, ask_instead)
    edge.button(ids.READ_MESSAGES, read)
    edge.button(ids.MESSAGES_FILE, get_file)
    edge.button(ids.MESSAGES_FILE_OF, get_file_of)
    edge.button(ids.READ_EMAIL, read_email)
    edge.button(ids.WHO_PASSED_ON, who)
    edge.turning(ids.TURN_WHO_PASSED_ON, turn)
    edge.button(ids.READ_FEEDBACK, feedback)
    edge.form(ids.PASSED_ON_FORM, said_passed_on)
    edge.form(ids.CANNOT_PASS_ON_FORM, said_cannot)
    edge.form(ids.CHANGE_PASSED_ON_FORM, changed)
    edge.form(ids.RECORD_PASSED_ON_FORM, recorded)
    edge.form(ids.ASK_TO_PASS_ON_FORM, asked_instead)
