"""A press office to tell stories in: the real program, in the local workspace, with people who have their roles."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex

from pydantic import SecretStr

from bot.app import CommsDesk, Pace, build_app
from bot.clock import MovableClock
from bot.config import Settings
from bot.core.workspaces import Caller
from bot.desk import settings
from bot.desk.settings import Office as OfficeSettings
from bot.desk.settings import PersonDetails
from bot.sandbox import ChannelPlan, Member, MemberPlan, Plan, Sandbox, TeamPlan
from storage import outbox_line, people
from storage.people import Role

MANIFEST = Path(__file__).parent.parent / "manifest.yml"
MONDAY_TEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PRESS = "press-office"

AMINA, BEN, CARYS = "Amina Rahman", "Ben Okafor", "Carys Whitlock"
ESTHER, GARETH, FARAH = "Esther Lindqvist", "Gareth Pryce", "Farah Castellane"
HANNAH, DEV, JOAN, GUS, KIT = "Hannah Oduya", "Dev Malhotra", "Joan Tattersby", "Gus Guest", "Kit Partner"
LEONORA, PIERS = "Leonora Ashby", "Piers Nakamura"

ROLES: dict[str, tuple[Role, ...]] = {
    AMINA: (Role.PRESS_OFFICER,),
    BEN: (Role.PRESS_OFFICER,),
    CARYS: (Role.COMMS_LEAD,),
    ESTHER: (Role.LEAD,),
    FARAH: (Role.LEAD,),
    GARETH: (Role.SPOKESPERSON, Role.CHAIR),
    HANNAH: (Role.EXECUTIVE,),
    DEV: (Role.ON_CALL_OFFICER,),
    JOAN: (Role.BOARD_MEMBER,),
    LEONORA: (Role.SPOKESPERSON,),
}
OUTSIDE_SLACK = (LEONORA, PIERS)
IN_SLACK = (AMINA, BEN, CARYS, ESTHER, FARAH, GARETH, HANNAH, DEV, JOAN)

PLAN = Plan(
    team=TeamPlan("Northbrook Health Alliance"),
    partner_teams=(TeamPlan("Eastvale Council"),),
    members=(
        *(MemberPlan(name, owner=name == CARYS) for name in IN_SLACK),
        MemberPlan(GUS, guest=True),
        MemberPlan(KIT, team="Eastvale Council"),
    ),
    channels=(
        ChannelPlan(PRESS, members=(*IN_SLACK, GUS, KIT), bot=True),
        ChannelPlan("second-office", members=(*IN_SLACK,), bot=True),
        ChannelPlan("canteen", members=(*IN_SLACK,)),
    ),
)


@dataclass
class Office:
    """What a story needs: the people, the clock, and the program behind them."""

    sandbox: Sandbox
    app: CommsDesk
    clock: MovableClock
    ids: dict[str, int]
    """Our own ids of the people, by name."""

    def member(self, name: str) -> Member:
        return self.sandbox.member(name)

    def caller(self, name: str) -> Caller:
        user_id = self.sandbox.user_id(name)
        return Caller(self.sandbox.team_id, user_id, self.sandbox.team_id, name)

    def change(self, name: str, *roles: Role, deputy: str | None = None) -> None:
        """The administrator gives somebody these roles and no others, and a deputy."""
        details = PersonDetails(
            slack_user_id=None if name in OUTSIDE_SLACK else self.sandbox.user_id(name),
            name=name,
            email="",
            roles=frozenset(roles),
            organisation_id=None,
            deputy_id=self.ids[deputy] if deputy else None,
        )
        settings.save_person(self.app.desk, self.caller(CARYS), details, person_id=self.ids[name], once=token_hex(8))

    def lead(self, topic: str, name: str) -> None:
        """The administrator names another lead of a topic."""
        with self.app.database.transaction(self.app.workspace_id, read_only=True) as tx:
            found = people.topic_named(tx, topic)
        settings.save_topic(
            self.app.desk,
            self.caller(CARYS),
            topic_id=found.id if found else None,
            name=topic,
            lead_id=self.ids[name],
            once=token_hex(8),
        )

    def wait(self, **span: float) -> None:
        """Moves the clock forward and lets the desk do what has come due; returns when all of it is in Slack."""
        self.clock.advance(timedelta(**span))
        self.app.tick()
        self.settle()

    def wait_until(self, at: datetime) -> None:
        self.wait(seconds=(at - self.clock.now()).total_seconds())

    def settle(self) -> None:
        """Returns when everything the desk wanted to say is in Slack, or cannot be."""

        def all_said() -> bool | None:
            with self.app.database.across_workspaces(read_only=True) as view:
                return outbox_line.count_unsent(view) == 0 or None

        self.sandbox.wait_until(all_said, patience=30)


@contextmanager
def running(
    database_url: str, *, start: datetime = MONDAY_TEN, set_up: bool = True, slack: Path | None = None
) -> Iterator[Office]:
    """The program and its workspace, connected. The database at `database_url` is migrated already.

    With `slack`, the workspace goes on from that file, as the desk does from its database: both set up before.
    """
    clock = MovableClock(start)
    with Sandbox(PLAN, manifest=MANIFEST, clock=clock, state=slack) as sandbox:
        app = build_app(config_for(sandbox, database_url), clock=clock, pace=Pace(lease=timedelta(seconds=2)))
        app.delivery.start()
        app.socket.connect()  # type: ignore[no-untyped-call]
        office = Office(sandbox, app, clock, _ids(app))
        try:
            if set_up and not office.ids:
                set_up_office(office)
            elif not set_up:
                app.ask_for_settings()
            yield office
        finally:
            # slack_sdk waits three seconds for a silent server when it closes; a line that is cut ends at once
            app.socket.client.auto_reconnect_enabled = False
            sandbox.faults.drop_socket()
            app.stop()


def _ids(app: CommsDesk) -> dict[str, int]:
    with app.database.transaction(app.workspace_id, read_only=True) as tx:
        return {person.name: person.id for person in people.everyone(tx)}


def config_for(sandbox: Sandbox, database_url: str) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token),
        slack_api_url=sandbox.api_url,
        database_url=database_url,
    )


def set_up_office(office: Office) -> None:
    """Gives everybody their roles, through the desk's own functions."""
    desk = office.app.desk
    with desk.database.transaction(office.app.workspace_id) as tx:
        carys = people.arrive(
            tx, slack_user_id=office.sandbox.user_id(CARYS), slack_team_id=office.sandbox.team_id, name=CARYS
        )
        carys.is_workspace_owner = True
    administrator = office.caller(CARYS)
    for name, roles in ROLES.items():
        details = PersonDetails(
            slack_user_id=None if name in OUTSIDE_SLACK else office.sandbox.user_id(name),
            name=name,
            email=f"{name.split()[0].lower()}@partners.example" if name in OUTSIDE_SLACK else "",
            roles=frozenset(roles),
            organisation_id=None,
            deputy_id=None,
        )
        settings.save_person(desk, administrator, details, person_id=None, once=f"person:{name}")
    office.ids = _ids(office.app)
    for topic, lead in (("Screening", ESTHER), ("Parking", FARAH)):
        settings.save_topic(
            desk, administrator, topic_id=None, name=topic, lead_id=office.ids[lead], once=f"topic:{topic}"
        )
    settings.save_organisation(desk, administrator, "Westmere Trust", once="organisation")
    with desk.database.transaction(office.app.workspace_id, read_only=True) as tx:
        westmere = people.organisations(tx)[0].id
    its_lead = PersonDetails(None, PIERS, "piers@westmere.example", frozenset({Role.ORGANISATION_LEAD}), westmere, None)
    settings.save_person(desk, administrator, its_lead, person_id=None, once=f"person:{PIERS}")
    office.ids = _ids(office.app)
    settings.change_office(
        desk,
        administrator,
        OfficeSettings(
            press_channel_id=office.sandbox.channel_id(PRESS),
            zone="Europe/London",
            nation="england",
            duty_officer_id=office.ids[DEV],
        ),
        once="office",
    )
    office.settle()
