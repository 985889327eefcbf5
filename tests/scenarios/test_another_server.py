"""The same desk in another program that speaks Slack's API: it relies on Slack, and not on our local workspace."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

import pytest
from pydantic import SecretStr

from bot.app import CommsDesk, Pace, build_app
from bot.clock import MovableClock
from bot.config import Settings
from bot.core.workspaces import Caller
from bot.desk import audiences, settings
from bot.desk.audiences import Given
from bot.desk.settings import Office as OfficeSettings
from bot.desk.settings import PersonDetails
from storage import people
from storage.calendar import CalendarDate, DateKind
from storage.people import Role
from tests.elsewhere import APP_TOKEN, BOT_TOKEN, TEAM, Elsewhere, another_slack
from tests.office import MONDAY_TEN

PROGRAM = os.environ.get("LOCAL_SLACK", "")
pytestmark = pytest.mark.skipif(not PROGRAM, reason="LOCAL_SLACK does not name another Slack server")

CARYS, AMINA, GARETH, JOAN = "U1CARYS", "U2AMINA", "U3GARETH", "U4JOAN"
MEMBERS = {CARYS: "Carys Whitlock", AMINA: "Amina Rahman", GARETH: "Gareth Pryce", JOAN: "Joan Tattersby"}
ROLES = {
    CARYS: (Role.COMMS_LEAD,),
    AMINA: (Role.PRESS_OFFICER,),
    GARETH: (Role.LEAD, Role.SPOKESPERSON, Role.CHAIR),
    JOAN: (Role.BOARD_MEMBER,),
}
PRESS, EVERYONE = "C1PRESS", "C2ALL"


@dataclass
class Day:
    there: Elsewhere
    app: CommsDesk
    clock: MovableClock

    def wait(self, **span: float) -> None:
        self.clock.advance(timedelta(**span))
        self.app.tick()


@pytest.fixture
def day(tmp_path: Path, sqlite_url: str) -> Iterator[Day]:
    clock = MovableClock(MONDAY_TEN)
    channels = {PRESS: "press-office", EVERYONE: "everyone"}
    with another_slack(PROGRAM, tmp_path, members=MEMBERS, channels=channels) as there:
        config = Settings(
            slack_bot_token=SecretStr(BOT_TOKEN),
            slack_app_token=SecretStr(APP_TOKEN),
            slack_api_url=there.api_url,
            database_url=sqlite_url,
            comms_desk_admin=CARYS,
        )
        app = build_app(config, clock=clock, pace=Pace(tick_seconds=0.2))
        app.start()
        try:
            _set_up(app)
            yield Day(there, app, clock)
        finally:
            app.socket.client.auto_reconnect_enabled = False
            app.stop()


def test_an_enquiry_is_answered(day: Day) -> None:
    """Logged in a form, taken, drafted, asked, approved on a button, recorded as issued; the card says so."""
    there = day.there
    there.command(AMINA, "/enquiry", "Why are the buses late?", channel=PRESS)
    there.form()
    there.submit(
        AMINA,
        journalist="Rosa Achter",
        outlet="Evening Courier",
        email="rosa@courier.example",
        deadline=day.clock.now() + timedelta(hours=6),
        topic="Screening (Gareth Pryce)",
    )
    there.press(AMINA, "Take it", below="ENQ-1")
    there.press(AMINA, "Draft statement", below="ENQ-1")
    there.form()
    there.submit(AMINA, spokesperson="Gareth Pryce", text="The buses are late because of the snow.")
    there.press(AMINA, "Ask for signatures", below="ENQ-1")
    there.form()
    there.submit(AMINA)
    there.press(GARETH, "Approve", below="Please")
    there.press(AMINA, "Record as issued", below="STA-1")
    there.form()
    there.submit(AMINA)
    closed = "ENQ-1 · Evening Courier: closed: answered with a statement"
    there.wait_until(lambda: there.texts(PRESS)[0].startswith(closed) or None)
    assert "Everyone has signed draft 1 of STA-1." in there.texts(PRESS)


def test_key_messages_are_signed_posted_and_taken_home(day: Day) -> None:
    """The board's main path: a form on top of a form, a signature, a post in a channel, a member's word, the count."""
    there = day.there
    with day.app.desk.on_its_own(day.app.workspace_id) as work:
        held_at = work.now - timedelta(hours=20)
        work.tx.add(
            CalendarDate(kind=DateKind.BOARD_MEETING, title="Partnership Board", starts_at=held_at, added_at=held_at)
        )
    administrator = Caller(TEAM, CARYS, TEAM, MEMBERS[CARYS])
    audiences.save(day.app.desk, administrator, None, Given("All staff", (EVERYONE,), ()), once=token_hex(8))
    there.command(AMINA, "/briefing", channel=PRESS)
    there.form()
    there.submit(AMINA, message_1="One.", message_2="Two.", message_3="Three.", audiences=["All staff"])
    there.wait_until(lambda: there.form()["title"]["text"].startswith("BRF-1") or None)
    there.submit(AMINA)
    there.press(GARETH, "Approve", below="Please sign BRF-1")
    there.wait_until(lambda: any(text.startswith("Key messages:") for text in there.texts(EVERYONE)) or None)
    there.press(JOAN, "Passed on", below="Please pass on")
    there.form()
    there.submit(JOAN, to_whom="Our team leaders", passed_by="By e-mail")
    there.wait_until(lambda: any(text.startswith("1 of 1 have passed on BRF-1") for text in there.texts(PRESS)) or None)
    assert sum(text.startswith("Key messages:") for text in there.texts(EVERYONE)) == 1


def _set_up(app: CommsDesk) -> None:
    administrator = Caller(TEAM, CARYS, TEAM, MEMBERS[CARYS])
    for id_, name in MEMBERS.items():
        details = PersonDetails(id_, name, "", frozenset(ROLES[id_]), None, None)
        settings.save_person(app.desk, administrator, details, person_id=None, once=token_hex(8))
    with app.database.transaction(app.workspace_id, read_only=True) as tx:
        gareth = people.by_slack(tx, GARETH)
    assert gareth is not None
    settings.save_topic(app.desk, administrator, topic_id=None, name="Screening", lead_id=gareth.id, once=token_hex(8))
    office = OfficeSettings(press_channel_id=PRESS, zone="Europe/London", nation="england", duty_officer_id=None)
    settings.change_office(app.desk, administrator, office, once=token_hex(8))
