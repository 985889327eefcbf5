"""Where the parts meet: nothing here decides anything, and nothing is global."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.core import digests as digest_editions
from bot.core import obligations
from bot.core.features import Features
from bot.core.outbox import redraw_what_changed_band
from bot.core.workspaces import Desk
from bot.delivery import Delivery
from bot.desk import (
    briefing_posting,
    briefings,
    bulletins,
    calendar,
    calendar_asking,
    calendar_series,
    cascades,
    digests,
    enquiries,
    evidence,
    exports,
    facts,
    home,
    imports,
    leave,
    messages,
    papers,
    people,
    referrals,
    reminders,
    reports,
    retention,
    reviews,
    settings,
    signoffs,
    statements,
)
from bot.scheduler import Scheduler
from bot.socket_mode import SteadySocketModeHandler
from handlers import register_all
from handlers.edge import Edge
from storage import settings as settings_records
from storage import workspaces
from storage.database import Database

log = logging.getLogger(__name__)

FORM_TIMEOUT_SECONDS = 1.2
"""For `views.*` inside a request: two tries and the transaction must fit into Slack's three seconds."""
DELIVERY_TIMEOUT_SECONDS = 8
PEOPLE_SECONDS = 600.0
RETENTION_SECONDS = 900.0
SETTINGS_SECONDS = 60.0
"""Until those who may do the settings have been told. Slack may refuse to say at first who they are."""
MEMBERS_AT_ONCE = 1000
"""Slack's most. It answers some twenty such questions a minute: with fewer, a large workspace's owners stay unknown."""


@dataclass(frozen=True)
class Pace:
    """How often the ticks run, and how long one send may take, in real seconds."""

    tick_seconds: float = 5.0
    lease: timedelta = timedelta(seconds=20)
    delivery_timeout_seconds: int = DELIVERY_TIMEOUT_SECONDS


@dataclass(frozen=True)
class CommsDesk:
    """The whole program, ready to start."""

    database: Database
    desk: Desk
    bolt: App
    edge: Edge
    delivery: Delivery
    scheduler: Scheduler
    socket: SteadySocketModeHandler
    workspace_id: int
    ask_for_settings: Callable[[], None]

    def tick(self) -> None:
        """What the scheduler does again and again, once and now."""
        leave.notice(self.desk)
        calendar_series.plan_ahead(self.desk)
        calendar_asking.ask_for_briefings(self.desk)
        obligations.remind(self.desk)
        redraw_what_changed_band(self.desk)
        bulletins.call_by_itself(self.desk)
        briefing_posting.post_due(self.desk)
        digest_editions.send_due(self.desk)
        bulletins.gather_due(self.desk)
        people.refresh_profiles(self.desk)
        leave.settle_everywhere(self.desk)
        retention.erase_expired(self.desk)
        self.ask_for_settings()

    def start(self) -> None:
        """Raises SlackApiError or OSError if there is no line from Slack; then nothing was started."""
        self.socket.connect()  # type: ignore[no-untyped-call]
        self.ask_for_settings()
        self.delivery.start()
        self.scheduler.start()

    def stop(self) -> None:
        self.socket.close()  # type: ignore[no-untyped-call]
        self.scheduler.stop()
        self.delivery.stop()
        self.database.dispose()


FEATURES = (
    enquiries.FEATURE,
    statements.FEATURE,
    signoffs.FEATURE,
    facts.FEATURE,
    cascades.FEATURE,
    referrals.FEATURE,
    reminders.FEATURE,
    messages.FEATURE,
    home.FEATURE,
    imports.FEATURE,
    digests.FEATURE,
    bulletins.FEATURE,
    exports.FEATURE,
    evidence.FEATURE,
    reviews.FEATURE,
    calendar.FEATURE,
    reports.FEATURE,
    reports.ROW_FEATURE,
    briefings.FEATURE,
    papers.FEATURE,
)


def build_app(config: Settings, *, clock: Clock | None = None, pace: Pace | None = None) -> CommsDesk:
    """Puts the program together. Asks Slack who it is, so it raises SlackApiError or OSError if Slack does not answer.

    The database must be at its newest migration.
    """
    clock, pace = clock or SystemClock(), pace or Pace()
    bot_token = config.slack_bot_token.get_secret_value() if config.slack_bot_token else ""
    app_token = config.slack_app_token.get_secret_value() if config.slack_app_token else ""
    sender = web_client(config, bot_token, timeout=pace.delivery_timeout_seconds)
    me = ourselves(sender)

    database = Database(config.sqlalchemy_url)
    desk = Desk(database, clock, Features(FEATURES), config.administrators)
    workspace_id = _open_workspace(database, me)
    with desk.on_its_own(workspace_id) as work:
        digests.make_defaults(work)
        work.hours.is_open(work.now)  # the year's bank holidays take half a second to work out: not in somebody's press
    ask_for_settings = partial(_ask_for_settings, desk, workspace_id, str(me["team_id"]), sender)

    opener = web_client(config, bot_token, timeout=FORM_TIMEOUT_SECONDS)
    bolt = _bolt(me, web_client(config, None, timeout=FORM_TIMEOUT_SECONDS), bot_token)
    reader = web_client(config, bot_token, timeout=pace.delivery_timeout_seconds)
    edge = register_all(bolt, desk, opener, reader)
    ticks: dict[str, tuple[Callable[[], None], float]] = {
        "leave": (lambda: leave.notice(desk), pace.tick_seconds),
        "reminders": (lambda: obligations.remind(desk), pace.tick_seconds),
        "bands": (lambda: redraw_what_changed_band(desk), pace.tick_seconds),
        "briefings": (lambda: briefing_posting.post_due(desk), pace.tick_seconds),
        "digests": (lambda: digest_editions.send_due(desk), pace.tick_seconds),
        "calls": (lambda: bulletins.call_by_itself(desk), pace.tick_seconds),
        "gathering": (lambda: bulletins.gather_due(desk), pace.tick_seconds),
        "briefings asked for": (lambda: calendar_asking.ask_for_briefings(desk), pace.tick_seconds),
        "calendar": (lambda: calendar_series.plan_ahead(desk), PEOPLE_SECONDS),
        "handovers": (lambda: leave.settle_everywhere(desk), PEOPLE_SECONDS),
        "people": (lambda: people.refresh_profiles(desk), PEOPLE_SECONDS),
        "retention": (lambda: retention.erase_expired(desk), RETENTION_SECONDS),
        "settings": (ask_for_settings, SETTINGS_SECONDS),
    }
    return CommsDesk(
        database=database,
        desk=desk,
        bolt=bolt,
        edge=edge,
        delivery=Delivery(desk, sender, lease=pace.lease),
        scheduler=Scheduler(ticks),
        socket=SteadySocketModeHandler(bolt, app_token, web_client(config, bot_token, timeout=10)),
        workspace_id=workspace_id,
        ask_for_settings=ask_for_settings,
    )


def ourselves(client: WebClient) -> SlackResponse:
    """Who the token is for. Raises ConnectionError if what answers does not say so, and can hardly be Slack."""
    try:
        me = client.auth_test()
    except AttributeError as error:  # slack_sdk's, where JSON is no object
        raise ConnectionError("its answer cannot be read") from error
    if not (me.get("team_id") and me.get("user_id")):
        raise ConnectionError("it does not say which workspace the token is for")
    return me


def web_client(config: Settings, token: str | None, *, timeout: float) -> WebClient:
    """A client that never sends anything twice by itself. `timeout` is in real seconds."""
    client = WebClient(token=token, base_url=config.api_url, timeout=timeout, retry_handlers=[])  # type: ignore[arg-type]
    if urlsplit(config.api_url).hostname in {"127.0.0.1", "localhost", "::1"}:
        client.proxy = None  # slack_sdk heeds HTTPS_PROXY and not NO_PROXY
    return client


def _bolt(me: Any, client: WebClient, bot_token: str) -> App:
    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=me.get("enterprise_id"),
            team_id=me["team_id"],
            bot_user_id=me["user_id"],
            bot_id=me.get("bot_id"),
            bot_token=bot_token,
        )

    return App(
        client=client,
        authorize=authorize,
        signing_secret="socket mode has none",  # noqa: S106 (Bolt wants one, and no HTTP request ever reaches it)
        process_before_response=True,
        raise_error_for_unhandled_request=False,
    )


def _open_workspace(database: Database, me: Any) -> int:
    with database.across_workspaces() as view:
        workspace = workspaces.open_for(
            view,
            team_id=str(me["team_id"]),
            enterprise_id=me.get("enterprise_id"),
            name=str(me.get("team") or me["team_id"]),
        )
    with database.transaction(workspace.id) as tx:
        settings_records.make(tx)
    return workspace.id


def _ask_for_settings(desk: Desk, workspace_id: int, team_id: str, client: WebClient) -> None:
    """Whoever may do the settings is told that the desk waits for them, once."""
    if not settings.are_to_be_asked_for(desk, workspace_id):
        return
    administrators = desk.administrators
    if not administrators:
        try:
            administrators = frozenset(_owners(client))
        except (SlackApiError, OSError, HTTPException) as error:
            log.warning("the workspace's owners could not be read yet: %s", error)
            return
    settings.ask_for_settings(desk, workspace_id, team_id=team_id, administrators=sorted(administrators))


def _owners(client: WebClient) -> list[str]:
    return [
        str(user["id"])
        for page in client.users_list(limit=MEMBERS_AT_ONCE)
        for user in page["members"]
        if (user.get("is_owner") or user.get("is_primary_owner")) and not user.get("deleted") and not user.get("is_bot")
    ]
