"""`comms-desk doctor`: nothing wrong where nothing is, and each fault found once, with what to do about it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot import doctor
from bot.clock import MovableClock, SystemClock
from bot.config import Settings
from bot.desk.checkup import Finding, circles_of
from bot.doctor import NEEDED_SCOPES
from bot.sandbox.manifest import Manifest
from storage import people
from storage.database import Database
from storage.people import Role
from tests.office import AMINA, BEN, CARYS, DEV, ESTHER, MANIFEST, PRESS, Office, config_for
from tests.scenarios.acts import log
from tests.scenarios.test_settings import log_anywhere


def wrong(
    office: Office, changed: dict[str, object] | None = None, *, live: bool = False, clock_is_off: bool = False
) -> list[str]:
    """What the doctor finds wrong in this office, by the real clock, which is Slack's."""
    config = config_for(office.sandbox, office.app.database.url).model_copy(update=changed)
    clock = MovableClock(SystemClock().now() + timedelta(hours=1)) if clock_is_off else SystemClock()
    return [finding.sentence for finding in doctor.examine(config, clock=clock, live=live) if finding.ok is False]


def test_an_office_that_lacks_nothing_is_told_so(office: Office) -> None:
    """Every check is made and none finds anything; with --live Slack is asked about every view and takes it."""
    config = config_for(office.sandbox, office.app.database.url)
    found = list(doctor.examine(config, live=True))
    assert [finding.sentence for finding in found if finding.ok is not True] == []
    assert len(found) > 12
    validated = [call for call in office.sandbox.calls if call.method == "blocks.validate"]
    assert len(validated) > 50


def test_scopes_are_those_of_the_manifest() -> None:
    """What an installed program believes the app needs is what its manifest asks for."""
    assert Manifest.read(MANIFEST).scopes == NEEDED_SCOPES


def lack_a_scope(office: Office) -> dict[str, object]:
    world = office.sandbox._world
    less = replace(world.manifest, scopes=world.manifest.scopes - {"im:write"})
    object.__setattr__(world, "manifest", less)
    return {}


def say_into_the_archive(office: Office) -> dict[str, object]:
    office.sandbox.archive(PRESS)
    log_anywhere(office)
    return {}


def refuse_the_socket(office: Office) -> dict[str, object]:
    office.sandbox.faults.refuse("apps.connections.open", error="missing_scope")
    return {}


def take_the_bot_out(office: Office) -> dict[str, object]:
    office.sandbox.remove_bot(PRESS)
    return {}


def take_the_role_away(office: Office) -> dict[str, object]:
    office.change(CARYS)
    return {}


def deactivate(office: Office) -> dict[str, object]:
    office.sandbox.deactivate(ESTHER)
    return {}


def lose_the_lead(office: Office) -> dict[str, object]:
    with office.app.database.transaction(office.app.workspace_id) as tx:
        next(topic for topic in people.topics(tx) if topic.name == "Screening").lead_id = None
    return {}


def leave(office: Office) -> dict[str, object]:
    with office.app.database.transaction(office.app.workspace_id) as tx:
        esther = people.get(tx, office.ids[ESTHER])
        assert esther is not None
        esther.left_at = office.clock.now()
    return {}


def stand_in_for_each_other(office: Office) -> dict[str, object]:
    office.change(AMINA, Role.PRESS_OFFICER, deputy=BEN)
    office.change(BEN, Role.PRESS_OFFICER, deputy=DEV)
    office.change(DEV, Role.ON_CALL_OFFICER, deputy=AMINA)
    return {}


def keep_something_back(office: Office) -> dict[str, object]:
    office.settle()
    office.app.delivery.stop()
    log(office)
    execute(office, "UPDATE postings SET created_at = '2020-01-01 00:00:00.000000' WHERE sent < wanted")
    return {}


def forget_the_team(office: Office) -> dict[str, object]:
    execute(office, "UPDATE workspaces SET team_id = 'TOTHER'")
    return {}


def set_in_database(office: Office, what: str) -> dict[str, object]:
    execute(office, f"UPDATE settings SET {what}")  # noqa: S608 (of our own tables)
    return {}


def age(office: Office) -> dict[str, object]:
    execute(office, "UPDATE alembic_version SET version_num = '0001'")
    return {}


def age_backwards(office: Office) -> dict[str, object]:
    execute(office, "UPDATE alembic_version SET version_num = '9999'")
    return {}


def read_only(office: Office) -> dict[str, object]:
    file = office.app.database.url.removeprefix("sqlite:///")
    return {"database_url": f"sqlite:///file:{file}?mode=ro&uri=true"}


def execute(office: Office, statement: str) -> None:
    database: Database = office.app.database
    with database.engine.connect().execution_options(writes=True) as connection:
        connection.exec_driver_sql(statement)
        connection.commit()


FAULTS: dict[str, tuple[Callable[[Office], dict[str, object]], str]] = {
    "no bot token": (lambda _: {"slack_bot_token": None}, "SLACK_BOT_TOKEN is missing"),
    "a bot token of another kind": (lambda _: {"slack_bot_token": SecretStr("xoxp-1")}, "is no bot token"),
    "no web address": (lambda _: {"slack_api_url": "slack.com"}, "SLACK_API_URL is no web address"),
    "no member": (lambda _: {"comms_desk_admin": "Carys"}, "COMMS_DESK_ADMIN names Carys"),
    "no app token": (lambda _: {"slack_app_token": None}, "SLACK_APP_TOKEN is missing"),
    "unknown bot token": (
        lambda _: {"slack_bot_token": SecretStr("xoxb-1")},
        "Slack does not know the bot token. Copy it again",
    ),
    "unknown app token": (
        lambda _: {"slack_app_token": SecretStr("xapp-1-A1-2-3")},
        "Slack does not know the app-level token. Copy it again",
    ),
    "two apps": (lambda _: {"slack_app_token": SecretStr("xapp-1-A1-2-3")}, "The two tokens are of different apps"),
    "scopes": (lack_a_scope, "The app lacks the scopes im:write"),
    "socket mode": (
        refuse_the_socket,
        "The app-level token lacks the scope connections:write",
    ),
    "slack is silent": (
        lambda _: {"slack_api_url": "http://127.0.0.1:9/api/"},
        "Slack does not answer at http://127.0.0.1:9/api/",
    ),
    "not in the channel": (
        take_the_bot_out,
        "Comms Desk is not in the press channel. In Slack, go to the channel and type: /invite @Comms Desk",
    ),
    "archived": (say_into_the_archive, "the channel is archived"),
    "a role nobody holds": (take_the_role_away, "Nobody is comms lead"),
    "a topic without a lead": (lose_the_lead, "The topic Screening has no lead"),
    "a signatory without an account": (
        deactivate,
        "Esther Lindqvist holds a role and has no account in Slack any more",
    ),
    "a signatory who left": (leave, "Esther Lindqvist has left Slack, and is still lead of"),
    "deputies in a circle": (stand_in_for_each_other, "Deputies go round in a circle: Amina"),
    "waiting for long": (keep_something_back, "Something has been waiting to be said in Slack"),
    "another database": (forget_the_team, "The bot token is of Northbrook"),
    "an unknown zone": (lambda office: set_in_database(office, "zone = 'Europe/Nowhere'"), "The time zone Europe/Now"),
    "an old database": (age, "The database is not at this version. Run: comms-desk migrate"),
    "a newer database": (age_backwards, "Install the newest Comms Desk"),
    "an address of no database": (
        lambda _: {"database_url": "mysql://127.0.0.1/desk"},
        "DATABASE_URL is no database that Comms Desk can use",
    ),
    "a read-only database": (read_only, "The database cannot be written to"),
    "no database": (
        lambda _: {"database_url": "postgresql://127.0.0.1:9/none"},
        "The database does not answer",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_with_what_to_do(sqlite_office: Office, fault: str) -> None:
    """A fault of every kind: found, said in a sentence that ends with what to do, and gone when it is mended."""
    assert wrong(sqlite_office) == []
    make, sentence = FAULTS[fault]
    found = wrong(sqlite_office, make(sqlite_office))
    assert any(sentence in one for one in found), found
    assert all(one[0].isupper() and one.rstrip().endswith((".", "Desk", "migrate", "run")) for one in found), found


def test_a_clock_that_is_wrong_is_found(sqlite_office: Office) -> None:
    """An hour away from the time that Slack's answers carry."""
    [found] = wrong(sqlite_office, clock_is_off=True)
    assert re.search(r"clock is 3,[56]\d\d seconds from Slack’s", found)


def test_a_full_disk_is_found(sqlite_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Less room than a busy month needs."""
    monkeypatch.setattr(doctor, "LEAST_FREE_BYTES", 10**18)
    [found] = wrong(sqlite_office)
    assert "Make room before it is full" in found


def test_views_that_slack_would_not_take_are_named(sqlite_office: Office) -> None:
    """With --live, a refused view is told by name, and the others are still asked about."""
    sqlite_office.sandbox.faults.refuse("blocks.validate", error="invalid_message", times=2)
    found = wrong(sqlite_office, live=True)
    assert len(found) == 2
    assert all("Slack would not take" in one for one in found)


def test_without_any_token_it_says_what_it_could_not_look_at(sqlite_office: Office) -> None:
    """The rest is looked at all the same."""
    config = Settings(slack_bot_token=None, slack_app_token=None, database_url=sqlite_office.app.database.url)
    found = list(doctor.examine(config))
    assert Finding(None, "Without it scopes, channel and people could not be looked at in Slack.") in found
    assert sum(finding.ok is True for finding in found) > 6


def test_circles_are_found_once_each() -> None:
    """Also of one, of three, and with others who lead into them."""
    assert circles_of({1: 2, 2: 1, 3: 1, 4: None}) == [(1, 2)]
    assert circles_of({1: 2, 2: 3, 3: 1, 4: 4}) == [(1, 2, 3), (4,)]
    assert circles_of({1: 2, 2: 3, 3: None, 5: 9}) == []
