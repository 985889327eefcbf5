"""What Slack sends, as the few things a handler needs."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from bot.core.errors import BadInput
from bot.core.workspaces import Caller
from bot.desk.evidence import GivenFile
from handlers.views import long_texts
from handlers.views.forms import ANSWER
from storage.database import without_controls
from storage.signoffs import HeardBy
from storage.subjects import Subject, SubjectKind

_BROKEN = "This button can no longer be read. Open your Home and press it there."


@dataclass(frozen=True)
class Command:
    caller: Caller
    text: str
    channel_id: str


@dataclass(frozen=True)
class Press:
    """A button or a shortcut. `value` is the button's."""

    caller: Caller
    value: str = ""

    @property
    def number(self) -> int:
        """The id that the button carries."""
        if not self.value.isdecimal() or len(self.value) > 18:
            raise BadInput(_BROKEN)
        return int(self.value)

    @property
    def pair(self) -> tuple[int, int]:
        """The two ids that the button carries: `9:4`."""
        one, _, other = self.value.partition(":")
        return replace(self, value=one).number, replace(self, value=other).number

    @property
    def text_of(self) -> Subject:
        """The record whose text it is about: `briefing:2`; a number alone is that of a statement."""
        kind, _, id_ = self.value.rpartition(":")
        if kind not in {"", SubjectKind.STATEMENT, SubjectKind.BRIEFING}:
            raise BadInput(_BROKEN)
        return Subject(SubjectKind(kind or SubjectKind.STATEMENT), replace(self, value=id_).number)


def how_far(offset: str) -> int:
    """How many come before a page, as its button carries it."""
    return int(offset) if offset.isdecimal() and len(offset) < 10 else 0


@dataclass(frozen=True)
class Submission:
    """A form as it was sent in. `once` is what Slack repeats if it sends the same again."""

    caller: Caller
    once: str
    about: Mapping[str, Any]
    state: Mapping[str, Any]

    def text(self, field: str) -> str:
        return without_controls(str(self._answer(field).get("value") or ""))

    def long_text(self, field: str) -> str:
        """A text that was written in several inputs, as one."""
        names = [field, *(f"{field}_{number}" for number in range(2, long_texts.MOST_PARTS + 1))]
        return long_texts.joined([self.text(name) for name in names], self.about.get(f"{field}_joins") or ())

    def option(self, field: str) -> str | None:
        chosen = self._answer(field).get("selected_option")
        return str(chosen["value"]) if chosen else None

    def heard_by(self) -> HeardBy | None:
        """How something reached whoever writes it down, if they chose it."""
        chosen = self.option("how")
        return HeardBy(chosen) if chosen else None

    def options(self, field: str) -> list[str]:
        return [str(option["value"]) for option in self._answer(field).get("selected_options") or ()]

    def number(self, field: str) -> int | None:
        """The id behind the option chosen, if one was."""
        chosen = self.option(field)
        return int(chosen) if chosen else None

    def numbers(self, field: str) -> list[int]:
        return [int(value) for value in self.options(field)]

    def ticked(self, field: str) -> bool:
        return bool(self._answer(field).get("selected_options"))

    def moment(self, field: str) -> datetime | None:
        """An instant, UTC."""
        seconds = self._answer(field).get("selected_date_time")
        return datetime.fromtimestamp(int(seconds), UTC) if seconds else None

    def time(self, field: str) -> time:
        return time.fromisoformat(str(self._answer(field).get("selected_time") or "00:00"))

    def day(self, field: str) -> date | None:
        chosen = self._answer(field).get("selected_date")
        return date.fromisoformat(str(chosen)) if chosen else None

    def files(self, field: str) -> tuple[GivenFile, ...]:
        """What was put in, as Slack describes it."""
        return tuple(
            GivenFile(
                slack_file_id=str(file["id"]),
                name=without_controls(str(file.get("name") or file.get("title") or "file")),
                size=int(file.get("size") or 0),
                permalink=str(file["permalink"]) if file.get("permalink") else None,
            )
            for file in self._answer(field).get("files") or ()
        )

    def channel(self, field: str) -> str | None:
        return self._answer(field).get("selected_conversation")

    def channels(self, field: str) -> list[str]:
        return list(self._answer(field).get("selected_conversations") or ())

    def members(self, field: str) -> list[str]:
        return list(self._answer(field).get("selected_users") or ())

    def member(self, field: str) -> str | None:
        return self._answer(field).get("selected_user")

    def _answer(self, field: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.state.get(field, {}).get(ANSWER, {})
        return found


@dataclass(frozen=True)
class Chosen:
    """A message on which a shortcut was chosen."""

    text: str
    file_ids: tuple[str, ...]


def message_of(body: Mapping[str, Any]) -> Chosen:
    message = body.get("message") or {}
    files = tuple(str(file["id"]) for file in message.get("files") or () if "id" in file)
    return Chosen(typed(_unlinked(str(message.get("text") or ""))), files[:MOST_FILES])


MOST_FILES = 5


def _unlinked(text: str) -> str:
    """Slack writes addresses and numbers in messages as links: `<mailto:a@b.example|a@b.example>`."""
    text = re.sub(r"<(?:mailto:|tel:|https?://)[^|>]*\|([^>]*)>", r"\1", text)
    return re.sub(r"<(?:mailto:|tel:)([^|>]*)>", r"\1", text)


def typed(text: str) -> str:
    """What somebody typed after a command: Slack escapes three characters in it."""
    return without_controls(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).strip()


def caller_of(context: Mapping[str, Any], body: Mapping[str, Any]) -> Caller:
    """Who is behind a request: the team the desk is installed in, and the team the person belongs to."""
    user = body.get("user")
    named = user if isinstance(user, Mapping) else {}
    team_id = str(context.get("team_id") or "")
    return Caller(
        team_id=team_id,
        user_id=str(context.get("user_id") or named.get("id") or ""),
        user_team_id=str(named.get("team_id") or context.get("actor_team_id") or team_id),
        user_name=str(named.get("name") or named.get("username") or body.get("user_name") or ""),
    )


def submission_of(caller: Caller, view: Mapping[str, Any]) -> Submission:
    """A form that follows in place of another has its id, and a hash of its own. What Slack repeats has both."""
    return Submission(
        caller=caller,
        once=f"view:{view['id']}:{view.get('hash', '')}",
        about=json.loads(view.get("private_metadata") or "{}"),
        state=view["state"]["values"],
    )
