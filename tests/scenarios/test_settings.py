"""Settings in Slack: from nothing to a working press office, and each change on the record."""

from collections.abc import Iterator

import pytest

from bot.app import build_app
from bot.clock import MovableClock
from bot.sandbox import Sandbox
from storage import audit
from tests.office import (
    AMINA,
    BEN,
    CARYS,
    ESTHER,
    GARETH,
    HANNAH,
    MANIFEST,
    MONDAY_TEN,
    PLAN,
    PRESS,
    Office,
    config_for,
    running,
)
from tests.scenarios.acts import ask_for_signatures, card, decide, draft, log, said, take


@pytest.fixture
def empty_office(sqlite_url: str) -> Iterator[Office]:
    with running(sqlite_url, set_up=False) as office:
        yield office


def test_the_owner_is_asked_when_slack_says_who_that_is(sqlite_url: str) -> None:
    """It would not, at the start; it is asked again. Once they were told, no start asks about everybody."""
    with Sandbox(PLAN, manifest=MANIFEST, clock=MovableClock(MONDAY_TEN)) as sandbox:
        sandbox.faults.rate_limit("users.list")
        carys, config = sandbox.member(CARYS), config_for(sandbox, sqlite_url)
        app = build_app(config)
        app.delivery.start()
        app.tick()
        assert carys.messages() == []
        app.tick()
        carys.sees("needs to know how your press office works")
        app.stop()
        again = build_app(config)
        again.tick()
        again.stop()
        assert [call.error for call in sandbox.calls if call.method == "users.list"] == ["rate_limit", None]


def test_the_owner_is_asked_and_sets_up_the_office(empty_office: Office) -> None:
    """The desk starts without settings; the administrator does them in Slack, and the first enquiry is logged."""
    office, carys = empty_office, empty_office.member(CARYS)
    carys.sees("needs to know how your press office works")
    home = carys.open_home()
    carys.sees_in_home("Still missing")
    assert "No press channel is chosen" in carys.sees_in_home("Settings").text
    assert home.buttons

    for name, roles in ((AMINA, ["Press officer"]), (CARYS, ["Comms lead"]), (GARETH, ["Spokesperson"])):
        carys.press_in_home("Add person")
        carys.fill("Who", name)
        carys.fill("Roles", roles)
        assert carys.submit() is None
        carys.sees_in_home(f"{name}: {roles[0].lower()}")
    carys.press_in_home("Add person without Slack")
    carys.fill("Name", "Leonora Ashby")
    carys.fill("E-mail", "leonora@partners.example")
    carys.fill("Roles", ["Lead for a topic"])
    assert carys.submit() is None
    carys.sees_in_home("Leonora Ashby (not in Slack)")

    carys.press_in_home("Add topic")
    carys.fill("Topic", "Screening")
    carys.fill("Lead, who must sign what is said on it", "Leonora Ashby")
    assert carys.submit() is None
    carys.sees_in_home("Screening: Leonora Ashby")
    carys.press_in_home("Change press office")
    carys.fill("Press channel", PRESS)
    carys.fill("Time zone", "Europe/Nowhere")
    refused = carys.submit()
    assert refused is not None
    assert "Write it like Europe/London" in refused.errors["Time zone"]
    carys.fill("Time zone", "Europe/London")
    carys.fill("Duty officer", AMINA)
    assert carys.submit() is None
    carys.sees_in_home("Duty officer: Amina Rahman")
    assert "Still missing" not in carys.sees_in_home("Settings").text

    log(office, topic="Screening (Leonora Ashby)")
    assert "ENQ-1" in card(office).text


def test_without_a_press_channel_logging_says_what_to_do(empty_office: Office) -> None:
    """Before the settings are done, a command says who can do them."""
    office, carys = empty_office, empty_office.member(CARYS)
    carys.open_home()
    carys.sees_in_home("Still missing")
    carys.press_in_home("Add person")
    carys.fill("Who", AMINA)
    carys.fill("Roles", ["Press officer"])
    assert carys.submit() is None
    office.settle()
    shown = office.member(AMINA).run("/enquiry Why?", channel=PRESS)
    assert shown.form is None
    assert "does not know its press channel yet" in said(shown)


def test_people_topics_and_organisations_change_and_it_is_on_the_record(sqlite_office: Office) -> None:
    """Changing somebody's roles takes effect at once, and who changed what stays on the record."""
    office, carys, ben = sqlite_office, sqlite_office.member(CARYS), sqlite_office.member(BEN)
    carys.open_home()
    carys.press_in_home("Change person")
    carys.fill("Who", BEN)
    form = carys.submit()
    assert form is not None
    assert form.values["Roles"] == ["Press officer"]
    carys.fill("Roles", ["Board member"])
    assert carys.submit() is None
    carys.sees_in_home(f"{BEN}: board member")
    assert "Only the comms lead" in said(ben.run("/enquiry Why?", channel=PRESS))

    carys.press_in_home("Change topic")
    carys.fill("Which", "Screening")
    assert carys.submit() is not None
    carys.fill("Lead, who must sign what is said on it", GARETH)
    assert carys.submit() is None
    carys.sees_in_home(f"Screening: {GARETH}")
    carys.press_in_home("Add organisation")
    carys.fill("Name", "Westmere Trust")
    refused = carys.submit()
    assert refused is not None
    assert "of this name already" in refused.errors["Name"]
    with office.app.database.transaction(office.app.workspace_id, read_only=True) as tx:
        acts = [entry["act"] for page in audit.entries(tx) for entry in page]
    assert acts[-3:] == ["change_settings", "log_enquiry.refused", "change_settings"]


def test_others_see_no_settings_and_may_not_change_them(sqlite_office: Office) -> None:
    """Settings are the administrator's and the comms lead's; a forged press is refused and recorded."""
    office, hannah = sqlite_office, sqlite_office.member(HANNAH)
    assert "Settings" not in hannah.open_home().text
    log(office)
    shown = hannah.press_raw(card(office, who=HANNAH), "settings.office", value="office")
    assert shown.form is not None
    assert "Only the comms lead or the desk’s administrator" in shown.form.text


def test_an_archived_press_channel_is_told_and_mended(office: Office) -> None:
    """What cannot be shown is told to the comms lead, who tries again or chooses another channel; nothing is lost."""
    carys = office.member(CARYS)
    log(office)
    office.sandbox.archive(PRESS)
    log_anywhere(office)
    told = carys.sees("the channel is archived")
    assert "Try again" in told.buttons
    office.sandbox.unarchive(PRESS)
    carys.press("Try again", on=told)
    office.settle()
    assert "ENQ-2" in card(office, 2).text

    office.sandbox.archive(PRESS)
    log_anywhere(office)
    carys.open_home()
    carys.press_in_home("Change press office")
    carys.fill("Press channel", "second-office")
    assert carys.submit() is None
    office.settle()
    assert "ENQ-3" in carys.sees("ENQ-3", channel="second-office").text


def log_anywhere(office: Office) -> None:
    """Logs an enquiry from the home, where no press channel is needed to type in."""
    amina = office.member(AMINA)
    amina.open_home()
    amina.press_in_home("Log a media enquiry")
    amina.fill("What is asked", "Why are the trains late?")
    amina.fill("Journalist", "Rosa Achter")
    amina.fill("Outlet", "Courier")
    amina.fill("E-mail", "rosa@courier.example")
    amina.fill("Deadline", office.clock.now().replace(hour=16))
    decide(amina)
    office.settle()


def test_somebody_who_left_slack_is_told_to_the_lead(sqlite_office: Office) -> None:
    """A signatory whose account is gone is reached through the owner, and the comms lead is told."""
    office, amina = sqlite_office, sqlite_office.member(AMINA)
    log(office)
    take(office)
    office.sandbox.deactivate(ESTHER)
    office.wait(days=1, minutes=1)
    assert "Esther Lindqvist has left this Slack workspace" in office.member(CARYS).sees("has left this Slack").text
    draft(office)
    ask_for_signatures(office)
    amina.sees("Please ask Esther Lindqvist to sign STA-1")
