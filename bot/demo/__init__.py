"""The demo: an invented partnership in a workspace on this machine, with its work already under way.

Everything is seeded through the desk's own functions, as its people would have done it.
"""

from datetime import datetime

from bot.clock import MovableClock
from bot.core.workspaces import Desk
from bot.demo.board import BoardStory
from bot.demo.enquiries import EnquiryStory
from bot.demo.members import plan
from bot.demo.office import set_up
from bot.demo.steps import HOURS
from bot.sandbox import Sandbox
from storage import people

__all__ = ["first_day", "plan", "seed_if_fresh"]


def first_day(now: datetime) -> datetime:
    """When the story of a fresh demo begins: on the next working day, so that nothing in it lies in real time yet."""
    return HOURS.next_morning(now)


def seed_if_fresh(desk: Desk, clock: MovableClock, sandbox: Sandbox) -> None:
    """Fills a fresh demo with two days of work; it begins on the second, at half past nine."""
    with desk.database.transaction(desk.workspace_id(sandbox.team_id), read_only=True) as tx:
        if people.everyone(tx):
            return
    story = EnquiryStory(desk, clock, sandbox.team_id, sandbox.user_id, sandbox.channel_id)
    story.move_to(first_day(clock.now()))
    set_up(story)
    board = BoardStory(desk, clock, sandbox.team_id, sandbox.user_id, sandbox.channel_id, story.ids, story.topics)
    board.yesterday()
    story.yesterday()
    story.move_to(HOURS.next_morning(clock.now()))
    board.this_morning()
    story.this_morning()
