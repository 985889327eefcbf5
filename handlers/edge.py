"""Between Slack and the handlers: every request is translated, carried out once, acknowledged, and visibly answered.

A handler is given a `Command`, a `Press` or a `Submission` and gives back what the person sees. It never speaks to
Slack: this does, with at most one `views.*` call, inside the three seconds that Slack allows.
"""

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.core.errors import AlreadyDone, BadInput, DeskError
from bot.core.workspaces import Desk
from handlers import ids
from handlers.errors import sentence_for
from handlers.payloads import Command, Press, Submission, caller_of, submission_of, typed
from handlers.views import forms
from handlers.views.words import Drawn

log = logging.getLogger(__name__)

CommandHandler = Callable[[Desk, Command], Drawn | View]
PressHandler = Callable[[Desk, Press], View | None]
FormHandler = Callable[[Desk, Submission], View | None]

SLACK_FAILED = "Slack did not open the form. Please type the command again."


class Edge:
    """Where handlers register. Each command, button and form has one."""

    def __init__(self, app: App, desk: Desk, client: WebClient) -> None:
        self._app = app
        self._desk = desk
        self._client = client
        self._presses: dict[str, PressHandler] = {}
        self.handled: set[str] = set()
        app.action(ids.MORE)(self._chosen_from_menu)
        self.handled.add(ids.MORE)

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

    def button(self, action_id: str, handler: PressHandler) -> None:
        def run(ack: Ack, body: dict[str, Any], context: BoltContext, respond: Respond) -> None:
            value = str(body["actions"][0].get("value") or "")
            self._press(handler, Press(caller_of(context, body), value), ack, body, respond)

        self._app.action(action_id)(run)
        self._presses[action_id] = handler
        self.handled.add(action_id)

    def form(self, callback_id: str, handler: FormHandler, *, closes_all: bool = False) -> None:
        """`closes_all`: the forms below it are closed too, since they show what is no longer so."""

        def run(ack: Ack, body: dict[str, Any], context: BoltContext, view: dict[str, Any]) -> None:
            try:
                following = handler(self._desk, submission_of(caller_of(context, body), view))
            except AlreadyDone:
                ack()
            except Exception as error:  # noqa: BLE001 (the edge: logged with its id and told to the person)
                _refuse_form(ack, view, error)
            else:
                _answer_form(ack, following, closes_all=closes_all)

        self._app.view(callback_id)(run)
        self.handled.add(callback_id)

    def _chosen_from_menu(self, ack: Ack, body: dict[str, Any], context: BoltContext, respond: Respond) -> None:
        """An entry of a menu says which button it stands for."""
        action_id, _, value = str(body["actions"][0]["selected_option"]["value"]).partition("|")
        handler = self._presses.get(action_id, _unknown)
        self._press(handler, Press(caller_of(context, body), value), ack, body, respond)

    def _press(
        self,
        handler: PressHandler,
        press: Press,
        ack: Ack,
        body: dict[str, Any],
        respond: Respond | None,
    ) -> None:
        try:
            shown = handler(self._desk, press)
        except AlreadyDone:
            shown = None
        except Exception as error:  # noqa: BLE001 (the edge: logged with its id and told to the person)
            shown = forms.refusal(sentence_for(error))
        opened = shown is None or _try_to_open(self._client, body, shown)
        if opened:
            ack()  # not acknowledged, Slack itself shows that the press failed
            if shown is None and respond is not None and (body.get("container") or {}).get("is_ephemeral"):
                _confirm(respond)


def _unknown(_desk: Desk, _press: Press) -> View | None:
    raise BadInput("This entry is no longer in use. Look at the newest card.")


def _open(client: WebClient, body: dict[str, Any], view: View) -> None:
    """Opens a form; on top of the open one, if the press came from a form."""
    inside = body.get("view") or {}
    if inside.get("type") == "modal":
        client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        client.views_open(trigger_id=body["trigger_id"], view=view)


def _try_to_open(client: WebClient, body: dict[str, Any], view: View) -> bool:
    """Whether it opened. Tried twice: a form that does not open is a press without an outcome."""
    for last in (False, True):
        try:
            _open(client, body, view)
        except (SlackApiError, OSError) as error:
            code = error.response.get("error") if isinstance(error, SlackApiError) else None
            if last and code == "exchanged_trigger_id":
                return True  # the first try used the trigger: its form is open, and only Slack's reply was lost
            log.warning("a form did not open%s: %s", " again" if last else "", error)
            if code in _POINTLESS:
                return False
        else:
            return True
    return False


_POINTLESS = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"})


def _confirm(respond: Respond) -> None:
    """A courtesy to whoever pressed in a message that only they see: the card elsewhere is what counts."""
    try:
        respond(text="Done. The card in the press channel shows how it stands now.", replace_original=True)
    except (SlackApiError, OSError) as error:
        log.info("a courtesy was not delivered: %s", error)


def _answer_form(ack: Ack, following: View | None, *, closes_all: bool) -> None:
    if following is None and closes_all:
        ack(response_action="clear")
    elif following is None:
        ack()
    else:
        ack(response_action="update", view=following)


def _refuse_form(ack: Ack, view: dict[str, Any], error: Exception) -> None:
    """Keeps the form open with what was typed, and puts the sentence where it belongs."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    sentence = sentence_for(error)
    if not inputs:
        ack(response_action="push", view=forms.refusal(sentence))
        return
    named = error.field if isinstance(error, DeskError) else None
    field = named if named in inputs and named is not None else inputs[0]
    ack(response_action="errors", errors={field: sentence})
