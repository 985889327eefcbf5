"""Slack fails while somebody waits: every press is acknowledged or visibly failed in three seconds, and done once.

The workspace itself keeps the three seconds: an act whose acknowledgement comes later is shown as failed there, too.
"""

import threading
from collections.abc import Callable
from http.client import IncompleteRead
from typing import Any

import pytest
from slack_bolt import BoltRequest
from slack_sdk.webhook import WebhookClient

from bot.sandbox import Message
from bot.sandbox.screen import Shown
from handlers import ids
from tests.faults.helpers import Day, assert_said_once
from tests.office import AMINA, BEN, PRESS

TROUBLES = ["rate_limit", "server_error", "no_reply"]
FORM = "Log a media enquiry"


@pytest.fixture
def card(connected_day: Day) -> Message:
    connected_day.log()
    connected_day.office.settle()
    return connected_day.sandbox.member(AMINA).sees("ENQ-1", channel=PRESS)


def trouble(day: Day, kind: str, method: str, *, times: int) -> None:
    cause: Callable[..., None] = getattr(day.sandbox.faults, kind)
    cause(method, times=times)


def test_a_command_whose_form_does_not_open_is_answered(connected_day: Day) -> None:
    """In words, at once, whatever the trouble; the next try opens it, with what was typed."""
    amina = connected_day.sandbox.member(AMINA)
    for kind in TROUBLES:
        trouble(connected_day, kind, "views.open", times=2)
        shown = amina.run("/enquiry late buses", channel=PRESS)
        assert shown.ok, kind
        assert shown.form is None
        assert shown.text
    shown = amina.run("/enquiry late buses", channel=PRESS)
    assert shown.form is not None
    assert "late buses" in shown.form.values.values()


def test_a_button_whose_form_does_not_open_at_once_is_tried_twice(connected_day: Day, card: Message) -> None:
    """One failure is made good before anybody sees it, whatever it is."""
    amina = connected_day.sandbox.member(AMINA)
    for kind in TROUBLES:
        trouble(connected_day, kind, "views.open", times=1)
        shown = amina.press("Add note", on=card)
        assert shown.ok, kind
        assert shown.form is not None
        amina.close_form()


@pytest.mark.parametrize("kind", ["rate_limit", "no_reply"])
def test_a_button_whose_form_does_not_open_visibly_fails(connected_day: Day, card: Message, kind: str) -> None:
    """Two failures are shown by Slack itself, beside the button; the next press opens the form."""
    amina = connected_day.sandbox.member(AMINA)
    trouble(connected_day, kind, "views.open", times=2)
    shown = amina.press("Add note", on=card)
    assert not shown.ok
    assert amina.messages(channel=PRESS)[0].warnings
    shown = amina.press("Add note", on=card)
    assert shown.ok
    assert shown.form is not None
    assert not amina.messages(channel=PRESS)[0].warnings


@pytest.mark.parametrize("act", ["command", "button"])
def test_a_form_that_opened_is_not_said_to_have_failed(connected_day: Day, card: Message, act: str) -> None:
    """Slack's reply was lost, and the form is there."""
    amina = connected_day.sandbox.member(AMINA)
    connected_day.sandbox.faults.lose_reply("views.open")
    shown: Shown
    shown = amina.run("/enquiry late buses", channel=PRESS) if act == "command" else amina.press("Add note", on=card)
    assert shown.ok
    assert shown.text is None
    assert shown.form is not None


def test_slack_is_slow(connected_day: Day, card: Message) -> None:
    """At a second a call, forms still open in time."""
    connected_day.sandbox.faults.slow(seconds=1)
    shown = connected_day.sandbox.member(AMINA).press("Add note", on=card)
    assert shown.ok
    assert shown.form is not None


def test_a_form_is_delivered_twice(connected_day: Day) -> None:
    """Slack believes the first was lost: one enquiry, one card."""
    day = connected_day
    fill_the_form(day)
    assert day.sandbox.member(AMINA).submit() is None
    day.sandbox.redeliver_last()
    day.office.settle()
    assert len(day.sandbox.member(AMINA).messages(channel=PRESS)) == 1
    assert_said_once(day.sandbox, day.database)


def test_a_press_is_delivered_twice(connected_day: Day, card: Message) -> None:
    """The same press, by Slack: taken once, and one line below the card."""
    day = connected_day
    amina = day.sandbox.member(AMINA)
    amina.press("Take it", on=card)
    day.sandbox.redeliver_last()
    day.office.settle()
    lines = [line.text for line in amina.messages(channel=PRESS, thread=card)]
    assert lines == ["Amina Rahman logged ENQ-1.", "Amina Rahman took ENQ-1."]


def test_the_same_press_twice_by_hand(connected_day: Day, card: Message) -> None:
    """The second is answered with how it stands."""
    day = connected_day
    amina = day.sandbox.member(AMINA)
    amina.press("Take it", on=card)
    shown = amina.press_raw(card, ids.TAKE, value="1")
    assert shown.form is not None
    assert "ENQ-1 is yours already" in shown.form.text
    day.office.settle()
    assert len(amina.messages(channel=PRESS, thread=card)) == 2


def test_an_event_is_delivered_twice(connected_day: Day) -> None:
    """Opening one's home twice is opening one's home."""
    day = connected_day
    ben = day.sandbox.member(BEN)
    ben.open_home()
    day.sandbox.redeliver_last()
    day.office.settle()
    assert ben.home is not None
    assert_said_once(day.sandbox, day.database)


def fill_the_form(day: Day) -> None:
    amina = day.sandbox.member(AMINA)
    amina.run("/enquiry late buses", channel=PRESS)
    amina.fill("Journalist", "Rosa Achter")
    amina.fill("Outlet", "Evening Courier")
    amina.fill("E-mail", "rosa@courier.example")
    amina.fill("Deadline", day.office.clock.now().replace(hour=16))


def test_an_answer_that_slack_breaks_off_is_none(
    connected_day: Day, card: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reply to `views.open` ends in the middle of a line: the form is opened at the second try."""
    client = connected_day.office.app.edge._client
    opened = client.views_open

    def broken_off(**arguments: Any) -> Any:
        monkeypatch.setattr(client, "views_open", opened)
        raise IncompleteRead(b'{"ok": tr')

    monkeypatch.setattr(client, "views_open", broken_off)
    shown = connected_day.sandbox.member(AMINA).press("Add note", on=card)
    assert shown.ok
    assert shown.form is not None


def test_a_press_does_not_wait_for_a_courtesy(
    connected_day: Day, card: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack takes its time over what replaces a message that one person sees: the press is acknowledged before."""
    amina, may_go_on = connected_day.sandbox.member(AMINA), threading.Event()
    send = WebhookClient.send_dict

    def hesitating(*arguments: Any) -> Any:
        assert may_go_on.wait(20)
        return send(*arguments)

    monkeypatch.setattr(WebhookClient, "send_dict", hesitating)
    answer = amina.run("/enquiry ENQ-1", channel=PRESS).message
    assert answer is not None
    assert amina.press("Take it", on=answer).ok
    may_go_on.set()
    amina.sees("Done. The card in the press channel shows how it stands now.", channel=PRESS)


def test_a_home_opened_in_an_unknown_workspace_is_acknowledged(connected_day: Day) -> None:
    """Or Slack would send it again and again. (An organisation's install names no workspace.)"""
    user = connected_day.sandbox.user_id(AMINA)
    body = {
        "type": "event_callback",
        "event": {"type": "app_home_opened", "user": user, "tab": "home", "event_ts": "1795428000.000100"},
        "authorizations": [{"enterprise_id": "E1", "team_id": None, "user_id": "U1", "is_enterprise_install": True}],
    }
    assert connected_day.office.app.bolt.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 200
