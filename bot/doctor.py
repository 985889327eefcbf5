"""`comms-desk doctor`: what is missing in a real workspace, each in a sentence with what to do."""

import argparse
import importlib.metadata
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import environment
from bot.app import FEATURES, MEMBERS_AT_ONCE, ourselves, web_client
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.core.features import Features
from bot.core.workspaces import Desk
from bot.desk import checkup
from bot.desk.checkup import Finding, fine, unseen, wrong
from handlers.views import samples
from handlers.views.words import Drawn
from storage import migrate, people, workspaces
from storage import settings as settings_records
from storage.database import Database, DatabaseUnavailable
from storage.engines import UnknownDatabase
from storage.people import Person

NEEDED_SCOPES = frozenset(
    {
        "channels:history",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "im:history",
        "im:write",
        "users:read",
    }
)
"""What manifest.yml asks for (a test compares the two): an installed program has no manifest beside it."""
CLOCK_MAY_DIFFER = timedelta(seconds=30)
LEAST_FREE_BYTES = 200_000_000
TIMEOUT_SECONDS = 10
SIGNS = {True: "✓", False: "✗", None: "–"}


def add(commands: Any) -> None:
    """Adds the command to the others."""
    command = commands.add_parser("doctor", help="what is missing, each in a sentence with what to do")
    command.add_argument("--live", action="store_true", help="ask Slack about every view too (blocks.validate)")
    command.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    found = []
    for finding in examine(environment.read(), live=chosen.live):
        print(f"{SIGNS[finding.ok]} {finding.sentence}", flush=True)
        found.append(finding)
    number = sum(finding.ok is False for finding in found)
    print(f"{number} to put right." if number else "Nothing to put right.")
    return 1 if number else 0


def examine(config: Settings, *, clock: Clock | None = None, live: bool = False) -> Iterator[Finding]:
    """Everything that can be looked at, one finding after another. Changes nothing and says nothing in Slack.

    `clock` is the desk's own; what Slack's answers say of the time is compared with the real one and it.
    """
    clock = clock or SystemClock()
    slack = _Slack(config)
    yield from (wrong(problem) for problem in config.problems())
    yield from slack.tokens(clock)
    try:
        with environment.database(config) as database:
            yield from _database(config, database)
            if migrate.is_newest(database):
                yield from _workspaces(Desk(database, clock, Features(FEATURES), config.administrators), slack)
    except UnknownDatabase as error:
        yield wrong(environment.unknown_database(error))
    except DatabaseUnavailable as error:
        yield wrong(". ".join(environment.silent_database(error)))
    yield from _zones()
    if live and config.has_api_url:
        yield from slack.views()


def _database(config: Settings, database: Database) -> Iterator[Finding]:
    if migrate.is_newer(database):
        yield wrong("The database is a newer Comms Desk’s. Install the newest Comms Desk.")
        return
    if not migrate.is_newest(database):
        yield wrong("The database is not at this version. Run: comms-desk migrate")
        return
    yield fine("The database answers and is at this version.")
    why_not = database.why_not_writable()
    if why_not:
        yield wrong(f"The database cannot be written to: {why_not}. Check its owner and its disk.")
    else:
        yield fine("The database can be written to.")
    parts = urlsplit(config.sqlalchemy_url)
    folder = Path(parts.path[1:]).resolve().parent
    if parts.scheme == "sqlite" and folder.is_dir():
        free = shutil.disk_usage(folder).free
        words = f"{free // 1_000_000:,} MB are free on the disk of the database"
        enough = free >= LEAST_FREE_BYTES
        yield fine(f"{words}.") if enough else wrong(f"Only {words}. Make room before it is full.")


def _workspaces(desk: Desk, slack: "_Slack") -> Iterator[Finding]:
    with desk.database.across_workspaces(read_only=True) as view:
        known = workspaces.all_of_them(view)
    if not known:
        yield wrong("The desk has not been started in a workspace yet. Start it with: comms-desk run")
    elif slack.team_id is not None and slack.team_id not in {one.team_id for one in known}:
        listed = ", ".join(one.name for one in known)
        yield wrong(
            f"The bot token is of {slack.team_name}, and the database knows {listed}. Check SLACK_BOT_TOKEN and "
            "DATABASE_URL.",
        )
    for workspace in known:
        yield from _workspace(desk, workspace.id, slack if workspace.team_id == slack.team_id else None)


def _workspace(desk: Desk, workspace_id: int, slack: "_Slack | None") -> Iterator[Finding]:
    with desk.database.transaction(workspace_id, read_only=True) as tx:
        zone = settings_records.get(tx).zone
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield wrong(f"The time zone {zone} is not known. Choose Change press office in Settings.")
        return
    with desk.on_its_own(workspace_id, read_only=True) as work:
        found = list(checkup.records(work))
        channel_id, everybody = work.settings.press_channel_id, people.everyone(work.tx)
    yield from found
    if slack is not None:
        yield from slack.channel(channel_id)
        yield from slack.people([person for person in everybody if person.on_slack])


def _zones() -> Iterator[Finding]:
    """Clock changes are decided by parliaments: data that is years old may be wrong by an hour."""
    version = importlib.metadata.version("tzdata")
    old = int(version.split(".")[0]) < datetime.now(UTC).year - 1
    if old:
        yield wrong(f"The time zones are of {version.split('.')[0]}. Update the package tzdata.")
    else:
        yield fine(f"The time zones are of {version}.")


@dataclass
class _Slack:
    """What Slack says, as far as the tokens go."""

    config: Settings
    team_id: str | None = None
    team_name: str = ""
    client: WebClient | None = None
    scopes: frozenset[str] = frozenset()
    members: dict[str, dict[str, Any]] = field(default_factory=dict)

    def tokens(self, clock: Clock) -> Iterator[Finding]:
        bot, app = self.config.slack_bot_token, self.config.slack_app_token
        if bot is None or not self.config.has_bot_token or not self.config.has_api_url:
            yield unseen("Without it scopes, channel and people could not be looked at in Slack.")
        else:
            yield from self._bot_token(bot.get_secret_value(), clock)
        if app is not None and self.config.has_app_token and self.config.has_api_url:
            yield from self._app_token(app.get_secret_value())

    def _bot_token(self, token: str, clock: Clock) -> Iterator[Finding]:
        client = web_client(self.config, token, timeout=TIMEOUT_SECONDS)
        try:
            me = ourselves(client)
        except SlackApiError as error:
            yield wrong(environment.refused_by_slack(error, self.config))
            return
        except (OSError, HTTPException) as error:
            yield self._no_answer(error)
            return
        self.client, self.team_id, self.team_name = client, str(me["team_id"]), str(me.get("team"))
        yield fine(f"The bot token works, in the workspace {self.team_name}.")
        headers = {name.lower(): value for name, value in me.headers.items()}
        self.scopes = frozenset(scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")) - {""}
        yield self._scopes()
        yield _clock(headers.get("date"), clock)
        yield from self._read_members(str(me["user_id"]))

    def _scopes(self) -> Finding:
        if not self.scopes:
            return unseen("Slack did not say which scopes the app holds.")
        missing = sorted(NEEDED_SCOPES - self.scopes)
        if missing:
            return wrong(
                f"The app lacks the scopes {', '.join(missing)}. Paste manifest.yml into App Manifest in your Slack "
                "app, then install it again.",
            )
        return fine("The app holds every scope that the manifest asks for.")

    def _read_members(self, me: str) -> Iterator[Finding]:
        """Everybody in the workspace, and which app the bot is of."""
        assert self.client is not None  # noqa: S101 (asked for after auth.test alone)
        try:
            for page in self.client.users_list(limit=MEMBERS_AT_ONCE):
                self.members |= {str(user["id"]): user for user in page["members"]}
        except (SlackApiError, OSError, HTTPException) as error:
            yield unseen(f"Slack did not say who is in the workspace ({_code(error)}).")
            return
        app = self.config.slack_app_token
        parts = app.get_secret_value().split("-") if app else []
        app_id = self.members.get(me, {}).get("profile", {}).get("api_app_id")
        if app_id and len(parts) > 3 and parts[2] != app_id:
            yield wrong(
                "The two tokens are of different apps. Copy both from the same app, in your list of Slack apps."
            )

    def _app_token(self, token: str) -> Iterator[Finding]:
        client = web_client(self.config, token, timeout=TIMEOUT_SECONDS)
        try:
            client.apps_connections_open(app_token=token)
        except SlackApiError as error:
            yield wrong(environment.refused_by_slack(error, self.config))
        except (OSError, HTTPException, AttributeError) as error:  # slack_sdk's, where JSON is no object
            yield self._no_answer(error)
        else:
            yield fine("The app-level token works, and Socket Mode can be reached.")

    def _no_answer(self, error: Exception) -> Finding:
        return wrong(environment.silent_slack(error, self.config))

    def channel(self, channel_id: str | None) -> Iterator[Finding]:
        """Whether the bot can read and write where enquiries are shown. Archived: seen when something is refused."""
        if channel_id is None or self.client is None:
            return
        try:
            self.client.conversations_history(channel=channel_id, limit=1)
        except SlackApiError as error:
            code = str(error.response.get("error"))
            yield wrong(_OF_CHANNELS.get(code, f"Slack does not show the press channel ({code}).") + _INVITE)
        except (OSError, HTTPException) as error:
            yield self._no_answer(error)
        else:
            yield fine("Comms Desk is in the press channel.")

    def people(self, known: list[Person]) -> Iterator[Finding]:
        if not self.members:
            return
        gone = [
            person.name
            for person in known
            if person.slack_user_id
            and person.slack_team_id in {None, self.team_id}
            and self.members.get(person.slack_user_id, {"deleted": True}).get("deleted")
        ]
        for name in gone:
            yield wrong(
                f"{name} holds a role and has no account in Slack any more. Choose Change person in Settings and give "
                "the roles to somebody else.",
            )
        if not gone:
            yield fine("Everybody with a role has an account in Slack, or never had one.")

    def views(self) -> Iterator[Finding]:
        """Asks Slack about every view, with made-up records; nothing is shown to anybody."""
        client = web_client(self.config, None, timeout=TIMEOUT_SECONDS)
        number = 0
        for name, view in samples.one_of_each():
            given = {"message": as_message(view)} if isinstance(view, Drawn) else {"view": json.dumps(view.to_dict())}
            try:
                client.api_call("blocks.validate", data=given)  # slack_sdk's own puts a whole view into the address
            except SlackApiError as error:
                faults = error.response.get("errors") or [error.response.get("error")]
                yield wrong(f"Slack would not take “{name}”: {faults[0]}. Please tell us.")
            except (OSError, HTTPException) as error:
                yield self._no_answer(error)
                return
            else:
                number += 1
        yield fine(f"Slack would take {number} views.")


def as_message(view: Drawn) -> str:
    return json.dumps({"text": view.text, "blocks": view.blocks_as_data()})


_INVITE = " In Slack, go to the channel and type: /invite @Comms Desk"
_OF_CHANNELS = {
    "channel_not_found": "The press channel is gone, or is private and Comms Desk is not in it.",
    "not_in_channel": "Comms Desk is not in the press channel.",
    "is_archived": "The press channel is archived. Open it again, or choose another in Settings.",
}


def _clock(date: str | None, clock: Clock) -> Finding:
    if date is None:
        return unseen("Slack did not say what time it is.")
    differs = abs(clock.now() - parsedate_to_datetime(date).astimezone(UTC))
    if differs > CLOCK_MAY_DIFFER:
        return wrong(
            f"This machine’s clock is {differs // timedelta(seconds=1):,} seconds from Slack’s, so deadlines would be "
            "wrong. Set the clock, and let it be kept by the network (NTP).",
        )
    return fine("This machine’s clock agrees with Slack’s.")


def _code(error: Exception) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else str(error)
