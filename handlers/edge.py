"""Between Slack and the handlers: every request is translated, carried out once, acknowledged, and visibly answered.

A handler is given a `Command`, a `Press` or a `Submission` and gives back what the person sees. It never speaks to
Slack: this does, with at most one `views.*` call, inside the three seconds that Slack allows.
"""

import logging
import threading
from collections.abc import Callable
from http.client import HTTPException
from secrets import token_urlsafe
from time import sleep
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.core.email_reader import EmailSource, PastedEmail
from bot.core.errors import AlreadyDone, DeskError
from bot.core.workspaces import Caller, Desk
from handlers.errors import sentence_for
from handlers.files import source_of
from handlers.payloads import Command, Press, Submission, caller_of, message_of, submission_of, typed
from handlers.views import forms
from handlers.views.words import Drawn

log = logging.getLogger(__name__)

CommandHandler = Callable[[Desk, Command], Drawn | View]
PressHandler = Callable[[Desk, Press], View | None]
MessageHandler = Callable[[Desk, Caller, list[EmailSource]], View]
FormHandler = Callable[[Desk, Submission], View | None]

PAUSES = (0.25, 1.0, 3.0)
"""Seconds between tries to show what was read."""
SLACK_FAILED = "Slack did not open the form. Please type the command again."


class Edge:
    """Where handlers register. Each command, button and form has one."""

    def __init__(self, app: App, desk: Desk, client: WebClient, reader: WebClient) -> None:
        """`client` opens forms inside a request, and gives up soon. `reader` works after one, and has more time."""
        self._app = app
        self._desk = desk
        self._client = client
        self._reader = reader
        self._turning: set[str] = set()
        self.handled: set[str] = set()

    def command(self, name: str, handler: CommandHandler) -> None:
        def run(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
            command = Command(caller_of(context, body), typed(str(body.get("text") or "")), str(body["channel_id"]))
            try:
                shown = handler(self._desk, command)
                if isinstance(shown, Drawn):
                    ack(text=shown.text, blocks=shown.blocks_as_data())
                elif _try_to_open(self._client, body, shown):
                    ack()
                else:
                    ack(text=SLACK_FAILED)
            except Exception as error:  # noqa: BLE001 (the edge: logged with its id and told to the person)
                ack(text=sentence_for(error))

        self._app.command(name)(run)
        self.handled.add(name)

    def shortcut(self, callback_id: str, handler: PressHandler) -> None:
        def run(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
            self._press(handler, Press(caller_of(context, body)), ack, body, None)

        self._app.shortcut(callback_id)(run)
        self.handled.add(callback_id)

    def on_message(self, callback_id: str, handler: MessageHandler) -> None:
        """A shortcut on a message. Files take longer to read than Slack waits: a page says so until they are."""

        def run(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
            caller, message = caller_of(context, body), message_of(body)
            text: list[EmailSource] = [PastedEmail(message.text)] if message.text.strip() else []
            if not message.file_ids:
                self._press(lambda desk, press: handler(desk, press.caller, text), Press(caller), ack, body, None)
                return
            page = token_urlsafe(18)
            if not _try_to_open(self._client, body, forms.reading(page)):
                return  # not acknowledged, Slack itself shows that it failed
            ack()

            def read() -> None:
                try:
                    sources = [source_of(self._reader, file_id) for file_id in message.file_ids]
                    shown = handler(self._desk, caller, [*sources, *text])
                except Exception as error:  # noqa: BLE001 (the edge: logged with its id and told to the person)
                    shown = forms.refusal(sentence_for(error))
                _show_in(self._reader, page, shown)

            threading.Thread(target=read, name="reading", daemon=True).start()

        self._app.message_shortcut(callback_id)(run)
        self.handled.add(callback_id)

    def button(self, action_id: str, handler: PressHandler) -> None:
        def run(ack: Ack, body: dict[str, Any], context: BoltContext, respond: Respond) -> None:
            value = str(body["actions"][0].get("value") or "")
            in_place = action_id in self._turning
            self._press(handler, Press(caller_of(context, body), value), ack, body, respond, in_place=in_place)

        self._app.action(action_id)(run)
        self.handled.add(action_id)

    def turning(self, action_id: str, handler: PressHandler) -> None:
        """A button that turns a page: pressed in an open page, it shows the other one in its place."""
        self.button(action_id, handler)
        self._turning.add(action_id)

    def form(self, callback_id: str, handler: FormHandler) -> None:
        def run(ack: Ack, body: dict[str, Any], context: BoltContext, view: dict[str, Any]) -> None:
            try:
                following = handler(self._desk, submission_of(caller_of(context, body), view))
            except AlreadyDone:
                _answer_form(ack, view, None)
            except Exception as error:  # noqa: BLE001 (the edge: logged with its id and told to the person)
                _refuse_form(ack, view, error)
            else:
                _answer_form(ack, view, following)

        self._app.view(callback_id)(run)
        self.handled.add(callback_id)

    def _press(
        self,
        handler: PressHandler,
        press: Press,
        ack: Ack,
        body: dict[str, Any],
        respond: Respond | None,
        *,
        in_place: bool = False,
    ) -> None:
        on_a_page = (body.get("view") or {}).get("type") == "modal"
        try:
            shown = handler(self._desk, press)
        except AlreadyDone:
            shown = None
        except Exception as error:  # noqa: BLE001 (the edge: logged with its id and told to the person)
            shown, in_place = forms.refusal(sentence_for(error)), False
        if shown is None and on_a_page:
            shown, in_place = forms.done(), True
        opened = shown is None or _try_to_open(self._client, body, shown, in_place=in_place)
        if opened:
            ack()  # not acknowledged, Slack itself shows that the press failed
            if shown is None and respond is not None and (body.get("container") or {}).get("is_ephemeral"):
                _confirm(respond)


def _open(client: WebClient, body: dict[str, Any], view: View, *, in_place: bool) -> None:
    """Opens a form: on top of the page on which it was pressed, or in place of that."""
    inside = body.get("view") or {}
    if in_place and inside.get("type") == "modal":
        client.views_update(view_id=inside["id"], view=view)
    elif inside.get("type") == "modal":
        client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        client.views_open(trigger_id=body["trigger_id"], view=view)


def _try_to_open(client: WebClient, body: dict[str, Any], view: View, *, in_place: bool = False) -> bool:
    """Whether it opened. Tried twice: a form that does not open is a press without an outcome."""
    for last in (False, True):
        try:
            _open(client, body, view, in_place=in_place)
        except _NO_SUCCESS as error:
            code = error.response.get("error") if isinstance(error, SlackApiError) else None
            if last and code in _OPEN_ALREADY:
                return True  # since the first try: only Slack's reply was lost
            log.warning("a form did not open%s: %s", " again" if last else "", error)
            if code in _POINTLESS:
                return False
        else:
            return True
    return False


def _show_in(client: WebClient, external_id: str, view: View) -> None:
    """Shows something in an open page, named by the id that we gave it. Nobody waits in a request for this."""
    for pause in (*PAUSES, None):
        try:
            client.views_update(external_id=external_id, view=view)
        except _NO_SUCCESS as error:
            code = error.response.get("error") if isinstance(error, SlackApiError) else None
            log.warning("what was read could not be shown%s: %s", "" if pause else ", for good", error)
            if code == "not_found":
                return  # closed meanwhile
            if pause is not None:
                sleep(pause)
        else:
            return


_NO_SUCCESS = (SlackApiError, OSError, HTTPException)
"""Slack says no, is not there, or breaks off in the middle of its answer."""
_OPEN_ALREADY = frozenset({"exchanged_trigger_id", "duplicate_external_id"})
_POINTLESS = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"})


def _confirm(respond: Respond) -> None:
    """A courtesy to whoever pressed in a message that only they see: the card elsewhere is what counts.

    The press is acknowledged once its handler ends, and that must not wait for this.
    """

    def say() -> None:
        try:
            respond(text="Done. The card in the press channel shows how it stands now.", replace_original=True)
        except _NO_SUCCESS as error:
            log.info("a courtesy was not delivered: %s", error)

    threading.Thread(target=say, name="courtesy", daemon=True).start()


def _answer_form(ack: Ack, view: dict[str, Any], following: View | None) -> None:
    """What comes next, or nothing: then the page below it goes too, which shows how things stood before."""
    if following is not None:
        ack(response_action="update", view=following)
    elif view.get("root_view_id", view["id"]) != view["id"]:
        ack(response_action="clear")
    else:
        ack()


def _refuse_form(ack: Ack, view: dict[str, Any], error: Exception) -> None:
    """Keeps the form open with what was typed. The sentence stands beside the field it is about, or on top of all."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    sentence = sentence_for(error)
    field = error.field if isinstance(error, DeskError) else None
    if field is not None and field in inputs:
        ack(response_action="errors", errors={field: sentence})
    else:
        ack(response_action="push", view=forms.refusal(sentence))
