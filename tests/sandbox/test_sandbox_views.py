"""Forms and the home: triggers, stacks, hashes, and what a person typed."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Sandbox, workspace
from tests.sandbox.conftest import modal, section, text_input


def error(call: Callable[..., Any], **args: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**args)
    return str(refused.value.response["error"])


@pytest.fixture
def trigger(sandbox: Sandbox) -> Callable[[], str]:
    """A fresh trigger of Amina's, as a command would give."""
    amina = sandbox.user_id("Amina Rahman")
    return lambda: sandbox.ask(lambda: sandbox.workspace.new_trigger(amina))


def from_form(sandbox: Sandbox, view_id: str) -> str:
    amina = sandbox.user_id("Amina Rahman")
    return sandbox.ask(lambda: sandbox.workspace.new_trigger(amina, in_view=view_id))


def test_a_trigger_opens_one_form(sandbox: Sandbox, client: WebClient, trigger: Callable[[], str]) -> None:
    trigger_id = trigger()
    view = client.views_open(trigger_id=trigger_id, view=modal("First"))["view"]
    assert view["state"]["values"]["name"]["typed"] == {"type": "plain_text_input", "value": None}
    assert view["root_view_id"] == view["id"]
    assert error(client.views_open, trigger_id=trigger_id, view=modal("Again")) == "exchanged_trigger_id"
    assert error(client.views_open, trigger_id="1.2.abc", view=modal("x")) == "invalid_trigger_id"
    form = sandbox.member("Amina Rahman").form
    assert form
    assert form.title == "First"


def test_a_trigger_expires(client: WebClient, trigger: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    trigger_id = trigger()
    monkeypatch.setattr("bot.sandbox.api_views.TRIGGER_SECONDS", 0.0)
    assert error(client.views_open, trigger_id=trigger_id, view=modal("x")) == "expired_trigger_id"
    assert workspace.TRIGGER_SECONDS == 3.0


def test_a_refused_form_leaves_the_trigger(client: WebClient, trigger: Callable[[], str]) -> None:
    trigger_id = trigger()
    assert error(client.views_open, trigger_id=trigger_id, view={"type": "modal"}) == "invalid_arguments"
    assert client.views_open(trigger_id=trigger_id, view=modal("x"))["ok"]


def test_three_forms_deep_and_no_deeper(sandbox: Sandbox, client: WebClient, trigger: Callable[[], str]) -> None:
    first = client.views_open(trigger_id=trigger(), view=modal("1"))["view"]
    second = client.views_push(trigger_id=from_form(sandbox, first["id"]), view=modal("2"))["view"]
    assert (second["root_view_id"], second["previous_view_id"]) == (first["id"], first["id"])
    third = client.views_push(trigger_id=from_form(sandbox, second["id"]), view=modal("3"))["view"]
    deeper = from_form(sandbox, third["id"])
    assert error(client.views_push, trigger_id=deeper, view=modal("4")) == "push_limit_reached"
    amina = sandbox.member("Amina Rahman")
    for title in ("3", "2", "1"):
        form = amina.form
        assert form
        assert form.title == title
        amina.close_form()
    assert amina.form is None


def test_a_form_is_pushed_only_from_a_form(client: WebClient, trigger: Callable[[], str]) -> None:
    assert error(client.views_push, trigger_id=trigger(), view=modal("x")) == "not_found"


def test_an_update_keeps_what_was_typed_where_ids_stay(
    sandbox: Sandbox, client: WebClient, trigger: Callable[[], str]
) -> None:
    blocks = [text_input("Name", "name"), text_input("Place", "place")]
    view = client.views_open(trigger_id=trigger(), view=modal("x", blocks=blocks))["view"]
    amina = sandbox.member("Amina Rahman")
    amina.fill("Name", "Ada")
    amina.fill("Place", "Leeds")
    other = text_input("Place", "place")
    other["block_id"] = "place-2"
    updated = client.views_update(view_id=view["id"], view=modal("y", blocks=[text_input("Name", "name"), other]))
    form = amina.form
    assert form
    assert form.values == {"Name": "Ada", "Place": None}
    assert updated["view"]["hash"] != view["hash"]


def test_an_update_of_an_older_version_conflicts(client: WebClient, trigger: Callable[[], str]) -> None:
    view = client.views_open(trigger_id=trigger(), view=modal("x"))["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=modal("y"))
    stale = {"view_id": view["id"], "hash": view["hash"], "view": modal("z")}
    assert error(client.views_update, **stale) == "hash_conflict"
    assert error(client.views_update, view_id="V0", view=modal("z")) == "not_found"


def test_an_apps_own_name_for_a_form_is_unique(client: WebClient, trigger: Callable[[], str]) -> None:
    view = client.views_open(trigger_id=trigger(), view=modal("x", external_id="mine"))["view"]
    again = modal("y", external_id="mine")
    assert error(client.views_open, trigger_id=trigger(), view=again) == "duplicate_external_id"
    assert client.views_update(external_id="mine", view=again)["view"]["id"] == view["id"]


def test_a_view_of_more_than_250_kb_is_refused(client: WebClient, trigger: Callable[[], str]) -> None:
    large = modal("x", blocks=[section("x" * 3000) for _ in range(90)])
    assert error(client.views_open, trigger_id=trigger(), view=large) == "view_too_large"


def test_a_home_is_one_persons(sandbox: Sandbox, client: WebClient) -> None:
    amina, ben = sandbox.member("Amina Rahman"), sandbox.member("Ben Okafor")
    home = {"type": "home", "blocks": [section("Waiting for *you*")]}
    view = client.views_publish(user_id=amina.id, view=home)["view"]
    assert amina.sees_in_home("Waiting for you").buttons == []
    assert ben.home is None
    again = client.views_publish(user_id=amina.id, view=home, hash=view["hash"])["view"]
    assert again["id"] == view["id"]
    assert error(client.views_publish, user_id=amina.id, view=home, hash=view["hash"]) == "hash_conflict"
    assert error(client.views_publish, user_id="U0", view=home) == "invalid_arguments"


def test_without_a_home_tab_there_is_no_home(sandbox: Sandbox, client: WebClient) -> None:
    object.__setattr__(sandbox._world.manifest, "home_tab", False)
    home = {"type": "home", "blocks": [section("x")]}
    assert error(client.views_publish, user_id=sandbox.user_id("Amina Rahman"), view=home) == "not_enabled"
