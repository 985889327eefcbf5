"""Writing a statement's draft, and what its author is told of it: hints on plain English, which hold nothing up."""

from dataclasses import dataclass

from bot.core import plain_english
from bot.core.workspaces import Caller, Desk
from bot.desk import corrections, statements
from storage.statements import StatementKind


@dataclass(frozen=True)
class Drafted:
    """A draft is on file. `hints` are for its author alone, four at most."""

    hints: tuple[str, ...]


def begin(
    desk: Desk,
    caller: Caller,
    enquiry_id: int,
    *,
    kind: StatementKind,
    spokesperson_id: int | None,
    text: str,
    once: str,
) -> Drafted:
    """Drafts a statement for an enquiry: `statements.start`."""
    statements.start(desk, caller, enquiry_id, kind=kind, spokesperson_id=spokesperson_id, text=text, once=once)
    return _drafted(desk, caller, text)


def go_on(desk: Desk, caller: Caller, statement_id: int, text: str, *, based_on: int, once: str) -> Drafted:
    """Writes the next draft: `statements.write_draft`."""
    statements.write_draft(desk, caller, statement_id, text, based_on=based_on, once=once)
    return _drafted(desk, caller, text)


def correct(desk: Desk, caller: Caller, statement_id: int, text: str, *, what_was_wrong: str, once: str) -> Drafted:
    """Drafts the correction of what went out: `corrections.start`."""
    corrections.start(desk, caller, statement_id, text, what_was_wrong=what_was_wrong, once=once)
    return _drafted(desk, caller, text)


def _drafted(desk: Desk, caller: Caller, text: str) -> Drafted:
    with desk.on_its_own(desk.workspace_id(caller.team_id), read_only=True) as work:
        known = work.settings.known_abbreviations
    return Drafted(plain_english.hints(text, known))
