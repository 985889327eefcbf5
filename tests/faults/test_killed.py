"""The process is killed a hundred times, at the worst moments: nothing is lost, and nothing is said twice."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import pytest

from bot.sandbox import ChannelPlan, MemberPlan, Plan
from bot.sandbox.api_calls import Call
from storage.outbox import PostingKind
from tests.faults.helpers import (
    SHORT,
    Day,
    Moment,
    all_said,
    assert_said_once,
    desk_at_work,
    every_posting,
    said_by_the_desk,
)
from tests.office import AMINA, IN_SLACK, PLAN
from tests.scenarios.briefed import IN_SLACK_OF_SIXTY, OF_SIXTY, make_sixty, post

SCRIPT = Path(__file__).with_name("desk_process.py")
ROOT = Path(__file__).parent.parent.parent
ROOMS = [f"room-{number}" for number in range(20)]
READERS = [f"Reader {number}" for number in range(20)]

MANY_PLACES = Plan(
    team=PLAN.team,
    partner_teams=PLAN.partner_teams,
    members=(*PLAN.members, *(MemberPlan(name) for name in READERS)),
    channels=(*PLAN.channels, *(ChannelPlan(room, members=IN_SLACK, bot=True) for room in ROOMS)),
)
"""A place for each life: what one death leaves in doubt must not hold up the next."""


def _posted(call: Call) -> bool:
    return call.method == "chat.postMessage" and call.ok


def a_card_is_up(call: Call) -> bool:
    return _posted(call) and "thread_ts" not in call.args and str(call.args["channel"]).startswith("C")


def a_person_is_told(call: Call) -> bool:
    return _posted(call) and str(call.args["channel"]).startswith("D")


def a_reply_is_below(call: Call) -> bool:
    return _posted(call) and "thread_ts" in call.args


def a_card_is_changed(call: Call) -> bool:
    return call.method == "chat.update" and call.ok


def a_post_is_under_way(call: Call) -> bool:
    return call.method == "chat.postMessage" and call.error == "no_reply"


def it_is_looked_for(call: Call) -> bool:
    return call.method in {"conversations.history", "conversations.replies"}


def a_place_is_given(call: Call) -> bool:
    return call.method == "files.getUploadURLExternal" and call.ok


def the_bytes_are_there(call: Call) -> bool:
    return call.method == "upload_url" and call.ok


def the_file_is_there(call: Call) -> bool:
    return call.method == "files.completeUploadExternal" and call.ok


def the_file_is_under_way(call: Call) -> bool:
    return call.method == "files.completeUploadExternal" and call.error == "no_reply"


def the_file_is_looked_for(call: Call) -> bool:
    return call.method == "files.info"


OF_FILES: list[Moment] = [a_place_is_given, the_bytes_are_there, the_file_is_there, the_file_is_under_way]
IN_CHANNELS: list[Moment] = [a_card_is_up, a_card_is_changed]
ELSEWHERE: list[Moment] = [a_person_is_told, a_reply_is_below, a_post_is_under_way]


class Forge:
    """The process in which desks are built. One for all tests, as to import everything takes seconds."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._to, self._from = process.stdin, process.stdout

    def ask(self, words: str) -> str:
        self._to.write(words + "\n")
        self._to.flush()
        return self._from.readline().strip()


@pytest.fixture(scope="session")
def forge() -> Iterator[Forge]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(  # noqa: S603 (our own script)
        [sys.executable, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield Forge(process)


class Desks:
    """One desk after another, each in a process of its own."""

    def __init__(self, day: Day, forge: Forge) -> None:
        self._day = day
        self._forge = forge
        self._alive: int | None = None
        self._is_starting = threading.Lock()
        self.deaths = 0

    def start(self) -> None:
        with self._is_starting:
            self._alive = int(self._forge.ask("start"))

    def live_until(self, moment: Moment) -> None:
        """Starts a desk, which is killed at that moment."""
        died = self._day.when(moment, self._kill)
        self.start()
        assert died.wait(10), f"{moment.__name__} never came"

    def _kill(self) -> None:
        with self._is_starting:
            assert self._alive is not None
            os.kill(self._alive, signal.SIGKILL)
            self._alive = None
            self.deaths += 1


@contextmanager
def desks(day: Day, forge: Forge) -> Iterator[Desks]:
    sandbox = day.sandbox
    given = {
        "settings": {
            "slack_bot_token": sandbox.bot_token,
            "slack_app_token": sandbox.app_token,
            "slack_api_url": sandbox.api_url,
            "database_url": day.database.url,
            "comms_desk_admin": sandbox.user_id(AMINA),
        },
        "now": day.office.clock.now().isoformat(),
        "lease": SHORT.lease.total_seconds(),
        "timeout": SHORT.delivery_timeout_seconds,
    }
    assert forge.ask(f"build {json.dumps(given)}") == "ready"
    try:
        yield Desks(day, forge)
    finally:  # whoever still lives ends with the process that forked it
        assert forge.ask("end") == "ended"


def _killed(database_url: str, forge: Forge, moments: list[Moment]) -> None:
    with desk_at_work(database_url, plan=MANY_PLACES) as day:
        day.delivery.stop()
        standing = []
        for room in ROOMS[-8:]:
            day.works_in(room)
            standing.append(day.log())
        day.tell(READERS[-1], "Good morning.")
        with desks(day, forge) as fresh:
            for life, moment in enumerate(moments):
                _give_work(day, moment, life, standing)
                fresh.live_until(moment)
            assert fresh.deaths == len(moments)
            fresh.start()
            day.sandbox.wait_until(lambda: all_said(day.database) or None, patience=20)
        assert_said_once(day.sandbox, day.database)


def _give_work(day: Day, moment: Moment, life: int, standing: list[int]) -> None:
    """Something that leads to the moment, and something else that is under way at the same time."""
    day.tell(READERS[life % len(READERS)], f"life {life}", "and more")
    if moment in OF_FILES:
        day.export()
    if moment is the_file_is_under_way:
        day.sandbox.faults.no_reply("files.completeUploadExternal")
    if moment in {a_card_is_up, a_post_is_under_way}:
        day.works_in(ROOMS[life % len(ROOMS)])
        day.log(f"The question of life {life}")
    if moment in {a_card_is_changed, a_reply_is_below}:
        day.note(standing[life % len(standing)], f"life {life}")
    if moment is a_post_is_under_way:
        day.sandbox.faults.no_reply("chat.postMessage")


@pytest.mark.parametrize("moments", [IN_CHANNELS, ELSEWHERE], ids=["cards", "people_and_threads"])
def test_killed_between_a_call_and_its_record(sqlite_url: str, forge: Forge, moments: list[Moment]) -> None:
    """Killed forty times when Slack has it, or is about to, and the desk does not know: each thing is there once."""
    _killed(sqlite_url, forge, list(islice(cycle(moments), 40)))


def test_killed_on_postgresql(postgres_url: str, forge: Forge) -> None:
    """The same at each of these moments in turn, and while it looks for what an earlier death left."""
    _killed(postgres_url, forge, [*4 * [*IN_CHANNELS, *ELSEWHERE], it_is_looked_for, it_is_looked_for])


def test_killed_while_a_briefing_is_posted(sqlite_url: str, forge: Forge) -> None:
    """Between one audience and the next, and while a post is under way: each place has it, and has it once."""
    with desk_at_work(sqlite_url, plan=MANY_PLACES) as day:
        day.delivery.stop()
        with desks(day, forge) as fresh:
            text = day.brief(ROOMS[:7], READERS[:3])
            for moment in (a_card_is_up, a_person_is_told, a_post_is_under_way):
                if moment is a_post_is_under_way:
                    day.sandbox.faults.no_reply("chat.postMessage")
                fresh.live_until(moment)
            fresh.start()
            day.sandbox.wait_until(lambda: all_said(day.database) or None, patience=20)
        assert_said_once(day.sandbox, day.database)
        posts = [post.channel for post in said_by_the_desk(day.sandbox) if post.text.startswith(text[:60])]
        assert len(posts) == len(set(posts)) == 7 + 3


def test_killed_at_each_step_of_a_file(sqlite_url: str, forge: Forge) -> None:
    """Before and after each of Slack's three steps, and while it is looked for: each file is there once."""
    _killed(sqlite_url, forge, [*OF_FILES, the_file_is_looked_for])


def test_killed_while_sixty_are_asked_to_take_messages_home(sqlite_url: str, forge: Forge) -> None:
    """Killed five times while forty-eight messages go out at once: each has theirs once, and the card counts them."""
    with desk_at_work(sqlite_url, plan=OF_SIXTY) as day:
        make_sixty(day.office)
        day.delivery.stop()
        with desks(day, forge) as fresh:
            post(day.office, settle=False)
            for moment in (
                a_person_is_told,
                a_post_is_under_way,
                a_person_is_told,
                a_post_is_under_way,
                a_person_is_told,
            ):
                if moment is a_post_is_under_way:
                    day.sandbox.faults.no_reply("chat.postMessage")
                fresh.live_until(moment)
            fresh.start()
            day.sandbox.wait_until(lambda: all_said(day.database) or None, patience=30)
        assert_said_once(day.sandbox, day.database)
        asked = [one for one in every_posting(day.database) if one.kind is PostingKind.CASCADE_REQUEST]
        assert len(asked) == len({one.person_id for one in asked}) == len(IN_SLACK_OF_SIXTY)
