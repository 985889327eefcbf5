"""The line from Slack is refreshed or cut while people use it: no command fails, nothing is lost, and it ends well."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import pytest

from bot.sandbox import Message
from tests.faults.helpers import Day, assert_said_once
from tests.office import AMINA, BEN, CARYS, DEV, ESTHER, FARAH, GARETH, HANNAH, PRESS

ROOT = Path(__file__).parent.parent.parent
EVERYBODY = (AMINA, BEN, CARYS, DEV, ESTHER, FARAH, GARETH, HANNAH)


def ask_for_help(day: Day, name: str) -> list[str | None]:
    """Types five commands, one after another. Gives what went wrong."""
    return [day.sandbox.member(name).run("/enquiry help", channel=PRESS).error for _ in range(5)]


def test_no_command_fails_while_the_line_is_refreshed(connected_day: Day) -> None:
    """Eight people type all the time while Slack asks for a new line, six times."""
    with ThreadPoolExecutor(len(EVERYBODY)) as people:
        for _ in range(6):
            busy = [people.submit(ask_for_help, connected_day, name) for name in EVERYBODY]
            connected_day.sandbox.faults.refresh_socket()
            assert {error for asking in busy for error in asking.result()} == {None}


def test_no_command_fails_after_the_line_was_cut(connected_day: Day) -> None:
    """Six times. (What Slack had put on the line when it was cut is gone, and whoever typed it is told so.)"""
    with ThreadPoolExecutor(len(EVERYBODY)) as people:
        for _ in range(6):
            connected_day.sandbox.faults.drop_socket()
            busy = [people.submit(ask_for_help, connected_day, name) for name in EVERYBODY]
            assert {error for asking in busy for error in asking.result()} == {None}


def test_a_line_that_slack_closes_is_replaced_at_once(connected_day: Day) -> None:
    """With a farewell, and no request to refresh before."""
    (line,) = connected_day.sandbox.socket._lines
    connected_day.sandbox.do(line.socket.close())
    assert ask_for_help(connected_day, AMINA) == [None] * 5


@pytest.mark.parametrize("event", ["refresh", "drop"])
def test_what_was_heard_over_one_line_is_acknowledged_over_the_next(connected_day: Day, event: str) -> None:
    """The line goes while a form is being opened, at the second try; and the next one is long in coming."""
    day = connected_day
    card = a_card(day)
    lines = day.sandbox.socket
    day.sandbox.faults.slow("views.open", seconds=0.3)
    day.sandbox.faults.slow("apps.connections.open", seconds=0.8)
    day.sandbox.faults.server_error("views.open")
    gone = day.when(
        lambda call: call.error == "server_error",
        lines.drop if event == "drop" else lambda: lines._start(lines.refresh()),
    )
    shown = day.sandbox.member(AMINA).press("Add note", on=card)
    assert gone.is_set()
    assert shown.ok
    assert shown.form is not None


def test_a_new_line_is_sought_until_there_is_one(connected_day: Day) -> None:
    """Slack refuses it three times, in three ways; a command typed meanwhile is answered."""
    faults = connected_day.sandbox.faults
    faults.server_error("apps.connections.open")
    faults.refuse("apps.connections.open", error="internal_error")
    faults.lose_reply("apps.connections.open")
    faults.drop_socket()
    assert connected_day.sandbox.member(AMINA).run("/enquiry help", channel=PRESS).ok
    assert len(connected_day.calls("apps.connections.open")) == 1 + 4


def test_an_event_during_a_drop_is_heard(connected_day: Day) -> None:
    """Somebody opens their home at that moment."""
    connected_day.sandbox.faults.drop_socket()
    connected_day.sandbox.member(AMINA).open_home()


def test_whoever_pressed_before_the_end_gets_an_answer(connected_day: Day) -> None:
    """The desk is stopped while a form is opening: the press is acknowledged first."""
    day = connected_day
    card = a_card(day)
    line = day.office.app.socket
    closing = threading.Thread(target=line.close)

    def stop() -> None:
        closing.start()
        while not line.client.closed:
            closing.join(0.001)

    stopped = day.when(lambda call: call.method == "views.open", stop)
    assert day.sandbox.member(AMINA).press("Add note", on=card).ok
    assert stopped.is_set()
    closing.join()


def test_what_hangs_at_the_end_is_said_by_the_next_start(day: Day) -> None:
    """Ten messages that Slack does not answer when the desk is stopped."""
    day.sandbox.faults.no_reply("chat.postMessage", times=10)
    for number, name in enumerate([*EVERYBODY, *EVERYBODY][:10]):
        day.tell(name, f"Message {number}")
    day.sandbox.wait_until(lambda: day.calls("chat.postMessage") or None)
    day.delivery.stop()
    day.sandbox.faults.clear()
    day.delivery.start()
    day.settle_in_a_hurry()
    assert_said_once(day.sandbox, day.database)


def test_the_process_ends_within_seconds(connected_day: Day) -> None:
    """`comms-desk run` is asked to end while Slack hangs, and does, cleanly."""
    day = connected_day
    day.office.app.stop()
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": day.sandbox.bot_token,
        "SLACK_APP_TOKEN": day.sandbox.app_token,
        "SLACK_API_URL": day.sandbox.api_url,
        "DATABASE_URL": day.database.url,
    }
    day.tell(AMINA, "Good morning.")
    day.sandbox.faults.no_reply("chat.postMessage", times=10)
    hangs = day.when(lambda call: call.error == "no_reply", lambda: None)
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environment, stderr=subprocess.PIPE
    ) as run:
        assert hangs.wait(30)
        day.sandbox.wait_until(lambda: day.sandbox.connected or None, patience=10)
        assert day.sandbox.member(AMINA).run("/enquiry help", channel=PRESS).ok
        began = monotonic()
        run.send_signal(signal.SIGTERM)
        assert run.wait(10) == 0
        assert monotonic() - began < 6


def a_card(day: Day) -> Message:
    day.log()
    day.office.settle()
    return day.sandbox.member(AMINA).sees("ENQ-1", channel=PRESS)
