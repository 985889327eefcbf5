"""Audiences in the settings file: `[[audience]]` with a name, channels (Slack ids) and people."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core.workspaces import Work
from bot.desk import audiences
from bot.desk.settings_tables import Table
from storage import audiences as records


@dataclass(frozen=True)
class FileAudience:
    """What a file says of one. None: it says nothing of that. People are named as anywhere in the file."""

    where: str
    name: str
    channels: tuple[str, ...] | None
    people: tuple[str, ...] | None


def read(tables: Sequence[Table]) -> tuple[FileAudience, ...]:
    found: list[FileAudience] = []
    for table in tables:
        one = FileAudience(table.where, table.text("name") or "", table.texts("channels"), table.texts("people"))
        if not one.name:
            table.fault("name", "Give it a name.")
        elif one.name.casefold() in {other.name.casefold() for other in found}:
            table.fault("name", f"There are two audiences called {one.name}. Keep one of the two.")
        if not all(re.fullmatch(r"[CG][A-Z0-9]{4,}", channel) for channel in one.channels or ()):
            table.fault(
                "channels", "Write channels’ IDs (C…). In Slack each stands at the end of its channel’s details."
            )
        found.append(one)
        table.end()
    return tuple(found)


def put(work: Work, one: FileAudience, person_id: Callable[[str], int | None]) -> list[str]:
    """Carries out what a file says of one. Gives the changes in sentences."""
    before = records.named(work.tx, one.name)
    channels = one.channels if one.channels is not None else before.channels if before else ()
    people = [person.id for person in before.people] if before and one.people is None else []
    people += [id_ for name in one.people or () if (id_ := person_id(name)) is not None]
    return audiences.put(work, before.id if before else None, one.name, channels, people)
