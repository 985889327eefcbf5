"""views.*, blocks.validate and the two methods with which a bot begins."""

import json

from bot.sandbox import payloads
from bot.sandbox.api_calls import Refusal, World, method
from bot.sandbox.api_chat import named
from bot.sandbox.block_kit import Fault
from bot.sandbox.elements import interactive, state_of
from bot.sandbox.limits import message_faults, view_faults
from bot.sandbox.records import Json, View, new_id
from bot.sandbox.workspace import MODALS_DEEP, TRIGGER_SECONDS, Trigger

VIEW_BYTES = 250_000


def check_view(world: World, view: object, kind: str, *, itself: str | None = None) -> Json:
    """The view, if Slack would take it as a `modal` or as a `home`, in place of the view `itself` if any."""
    faults = view_faults(view, kind)
    if faults or not isinstance(view, dict):
        said = (f"{fault.message} [json-pointer:/view{fault.pointer}]" for fault in faults)
        raise Refusal("invalid_arguments", *said)
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        raise Refusal("view_too_large")
    if any(placed.element["type"] == "file_input" for placed in interactive(view["blocks"])):
        world.require("files:read")
    # An app's own name for a view must be the only one of that name.
    shown = [form for stack in world.workspace.forms.values() for form in stack] + [*world.workspace.homes.values()]
    external_id = view.get("external_id")
    if external_id and any(s.payload.get("external_id") == external_id and s.id != itself for s in shown):
        raise Refusal("duplicate_external_id")
    return {**view, "blocks": named(view["blocks"])}


def exchange(world: World, args: Json) -> Trigger:
    """Takes a trigger, which can be done once and for three seconds."""
    trigger = world.workspace.triggers.get(args["trigger_id"])
    if trigger is None:
        raise Refusal("invalid_trigger_id")
    if trigger.used:
        raise Refusal("exchanged_trigger_id")
    if trigger.age() > TRIGGER_SECONDS:
        raise Refusal("expired_trigger_id")
    return trigger


@method("views.open", takes="trigger_id view")
def open_view(world: World, args: Json) -> Json:
    """Opens a form before the person who gave the trigger: on top of the form it came from, or in place of any."""
    payload = check_view(world, args["view"], "modal")
    trigger = exchange(world, args)
    if trigger.in_view is None:
        world.workspace.forms.pop(trigger.user, None)
    return show(world, trigger, payload)


def show(world: World, trigger: Trigger, payload: Json) -> Json:
    """Lays a form on top of those open, at most three deep."""
    if len(world.workspace.forms.get(trigger.user, [])) >= MODALS_DEEP:
        raise Refusal("push_limit_reached")
    trigger.used = True
    view = world.workspace.show_form(trigger.user, payload, state_of(payload["blocks"]))
    return {"view": payloads.view(world.workspace, view)}


@method("views.push", takes="trigger_id view")
def push_view(world: World, args: Json) -> Json:
    """Lays a form on top of the one that the trigger came from."""
    payload = check_view(world, args["view"], "modal")
    trigger = exchange(world, args)
    stack = world.workspace.forms.get(trigger.user, [])
    if trigger.in_view is None or not any(view.id == trigger.in_view for view in stack):
        raise Refusal("not_found")
    return show(world, trigger, payload)


@method("views.update", takes="view", may_take="view_id external_id hash")
def update_view(world: World, args: Json) -> Json:
    """Changes an open form; what was typed stays where block and action ids do."""
    if ("view_id" in args) == ("external_id" in args):
        raise Refusal("invalid_arguments", "one of view_id and external_id is needed")
    wanted = args.get("view_id", args.get("external_id"))
    for view in (view for stack in world.workspace.forms.values() for view in stack):
        if wanted == (view.id if "view_id" in args else view.payload.get("external_id")):
            break
    else:
        raise Refusal("not_found")
    payload = check_view(world, args["view"], "modal", itself=view.id)
    if "hash" in args and args["hash"] != view.hash:
        raise Refusal("hash_conflict")
    world.workspace.change_form(view, payload, state_of(payload["blocks"], view.state))
    return {"view": payloads.view(world.workspace, view)}


@method("views.publish", takes="user_id view", may_take="hash")
def publish(world: World, args: Json) -> Json:
    """Sets what one person's home shows."""
    workspace = world.workspace
    if not world.manifest.home_tab:
        raise Refusal("not_enabled")
    person = workspace.people.get(args["user_id"])
    if person is None or person.gone:
        raise Refusal("invalid_arguments", "invalid `user_id`")
    before = workspace.homes.get(person.id)
    payload = check_view(world, args["view"], "home", itself=before.id if before else None)
    if "hash" in args and before is not None and args["hash"] != before.hash:
        raise Refusal("hash_conflict")
    view_id = before.id if before else new_id("V")
    state = state_of(payload["blocks"], before.state if before else None)
    view = View(view_id, person.id, payload, workspace.new_hash(), root=view_id, state=state)
    workspace.keep_home(view)
    return {"view": payloads.view(workspace, view)}


@method("blocks.validate", may_take="blocks message view", bearer="")
def validate(_world: World, args: Json) -> Json:
    """Says what is wrong with blocks, a message or a view, without showing it to anyone. Needs no token."""
    if len(args) != 1:
        raise Refusal("invalid_arguments", "provide exactly one of blocks, view, or message")
    [(what, given)] = args.items()
    faults = whole_message_faults(given) if what == "message" else message_faults(given)
    if what == "view":
        faults = view_faults(given, given.get("type", "") if isinstance(given, dict) else "")
    if faults:
        raise Refusal(f"invalid_{what}", errors=[fault.as_json() for fault in faults])
    return {}


def whole_message_faults(given: object) -> list[Fault]:
    """What is wrong with what would be the arguments of chat.postMessage."""
    if not isinstance(given, dict):
        return [Fault("", "expected object", "invalid_type")]
    if not given.get("text") and not given.get("blocks"):
        return [Fault("", "missing required field: text or blocks", "missing_field")]
    return [fault.under("/blocks") for fault in message_faults(given.get("blocks", []))]


@method("auth.test")
def auth_test(world: World, _args: Json) -> Json:
    """Whose token it is. Bolt asks this before anything else."""
    identity = world.workspace.identity
    return {
        "url": f"https://{world.workspace.team.domain}.slack.com/",
        "team": world.workspace.team.name,
        "user": world.workspace.bot_name.lower().replace(" ", ""),
        "team_id": identity.team_id,
        "user_id": identity.bot_user_id,
        "bot_id": identity.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", bearer="xapp")
def open_connection(world: World, _args: Json) -> Json:
    """An address for one Socket Mode connection."""
    return {"url": f"{world.workspace.address.replace('http', 'ws', 1)}/link?ticket={world.socket.new_ticket()}"}
