"""Which column of somebody's spreadsheet holds what, by its name."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.errors import BadInput
from bot.desk.spreadsheets import Cell, Row


class Field(StrEnum):
    """What the desk takes from a row, in the words in which a preview names it."""

    RECEIVED = "Received"
    RECEIVED_TIME = "Time received"
    JOURNALIST = "Journalist"
    OUTLET = "Outlet"
    EMAIL = "E-mail"
    PHONE = "Phone"
    CONTACT = "Contact details"
    CAME_BY = "How it came"
    DEADLINE = "Deadline"
    DEADLINE_TIME = "Deadline time"
    QUESTION = "Question"
    TOPIC = "Topic"
    ORGANISATION = "Organisation"
    OWNER = "Owner"
    STATUS = "Status"
    OUTCOME = "Outcome"
    RESPONSE = "Response"
    CLOSED = "Closed"
    NOTES = "Notes"
    REFERENCE = "Reference"


_SPELLINGS: Mapping[Field, str] = {
    Field.RECEIVED: "received; date received; date recd; recd; date; date in; date of enquiry; enquiry date; "
    "date logged; logged; date of call; date and time received; date time received; received on; received date; "
    "date of query; date taken; query date; call date; day; date rec",
    Field.RECEIVED_TIME: "time received; time recd; time; time in; time of call; time of enquiry; time logged; "
    "time taken; received time",
    Field.JOURNALIST: "journalist; journo; reporter; journalist name; name of journalist; contact name; name; "
    "correspondent; enquirer; caller; from; press contact; media contact; contact; journalists name; requester; who",
    Field.OUTLET: "outlet; media outlet; publication; media; organisation of journalist; paper; newspaper; title; "
    "media organisation; news outlet; station; programme; publication outlet; source; outlet publication; broadcaster; "
    "media title; outlet name; press; media name; publication name; publication station; journal",
    Field.EMAIL: "email; e mail; email address; journalist email; contact email; mail",
    Field.PHONE: "phone; telephone; tel; mobile; phone number; tel no; telephone number; contact number; tel number; "
    "mobile number; number",
    Field.CONTACT: "contact details; contact info; details of journalist; journalist contact; contact information; "
    "email phone; phone email; tel email; email tel; journalist contact details",
    Field.CAME_BY: "how received; received by; method; channel; how it came; via; medium; came by; route; "
    "contact method; how; received via; source of enquiry; method of contact",
    Field.DEADLINE: "deadline; due; due date; deadline date; response due; needed by; by when; required by; "
    "journalist deadline; journalists deadline; media deadline; due by; deadline date time; response deadline; "
    "date due; date needed; deadline for response",
    Field.DEADLINE_TIME: "deadline time; time of deadline; due time; time due; time needed",
    Field.QUESTION: "question; query; enquiry; questions; nature of enquiry; details; enquiry details; media enquiry; "
    "request; query text; question asked; what is asked; description; details of enquiry; summary; detail; issue; "
    "details of query; nature of query; media query; query details; enquiry summary; subject of enquiry; "
    "enquiry text; questions asked; information requested; request details",
    Field.TOPIC: "topic; subject; theme; category; area; service; service area; subject area; department; "
    "directorate; topic area; type",
    Field.ORGANISATION: "organisation; partner; trust; partner organisation; council; concerns; locality; body; "
    "organisation concerned",
    Field.OWNER: "owner; lead officer; officer; press officer; handled by; assigned to; dealt with by; lead; "
    "comms officer; comms lead; responsible; responsible officer; taken by; logged by; case officer; handler; "
    "allocated to; contact officer; who dealt with it; team member; staff member; initials",
    Field.STATUS: "status; state; open closed; progress; current status; stage; open or closed",
    Field.OUTCOME: "outcome; result; how closed; resolution; action taken; outcome of enquiry; final outcome; action; "
    "how resolved; type of response; response type",
    Field.RESPONSE: "response; answer; statement; reply; what was sent; statement issued; response issued; "
    "response sent; our response; response text; statement text; response provided; response given; what we said; "
    "line; lines; comment; press statement; statement sent; quote; lines to take; our statement; final response; "
    "text of response; approved response; issued statement; our reply; reply sent; media response; statement provided",
    Field.CLOSED: "closed; date closed; closed date; date responded; response date; date of response; completed; "
    "date completed; responded; date answered; date issued; issued; date sent; sent; closed on; response sent date; "
    "date replied; time responded; date of reply; statement issued date; date statement issued; date response sent",
    Field.NOTES: "notes; comments; note; remarks; outcome details; further information; other; "
    "additional information; other notes; follow up; notes comments; any other information",
    Field.REFERENCE: "reference; ref; ref no; reference number; id; no; number in log; log no; log number; "
    "enquiry no; enquiry number; enquiry ref; case number; ref number; unique id; row",
}

LOOKED_AT = 15
"""How many rows are looked at for the one that names the columns: titles and logos may stand above it."""
ALIKE = 0.85
"""How much like a known spelling a name must be (0 to 1) to be taken for a slip of the pen."""


@dataclass(frozen=True)
class Columns:
    """Where each field stands. `line` is that of the names; `left` are names that nothing is taken from."""

    line: int
    names: tuple[str, ...]
    of: Mapping[Field, int]
    left: tuple[str, ...]

    def cell(self, row: Row, field: Field) -> Cell:
        place = self.of.get(field)
        return row.cells[place] if place is not None and place < len(row.cells) else None


def find(rows: Sequence[Row], told: Mapping[str, str]) -> Columns:
    """Looks for the row of names. `told` gives names by field (`Question=Query text`), as somebody said them.

    Raises `BadInput` where no row has a column for the question, or what was told is not there.
    """
    wanted = {_field(field): name for field, name in told.items()}
    best = max((_matched(row, wanted) for row in rows[:LOOKED_AT] if not row.is_empty), key=_score, default=None)
    names = ", ".join(f"“{name}”" for name in best.names if name) if best else ""
    for field, name in wanted.items():
        if best is None or field not in best.of:
            raise BadInput(f"There is no column “{name}”. There are {names or 'none'}.")
    if best is None or Field.QUESTION not in best.of or len(best.of) < 2:
        raise BadInput(
            f"No column holds the question, as far as its name tells. There are {names or 'none'}. "
            'Say which it is: --columns "Question=Query text".'
        )
    return best


def makes_sense(rows: Sequence[Row], told: Mapping[str, str]) -> bool:
    """Whether there is a row of names by which a sheet could be read."""
    try:
        find(rows, told)
    except BadInput:
        return False
    return True


def _score(columns: Columns) -> tuple[bool, int]:
    return Field.QUESTION in columns.of, len(columns.of)


def _field(named: str) -> Field:
    for field in Field:
        if plain(named) in {plain(field.value), plain(field.name)}:
            return field
    raise BadInput(f"“{named}” is none of what is imported: {', '.join(field.value for field in Field)}.")


def _matched(row: Row, wanted: Mapping[Field, str]) -> Columns:
    names = tuple(str(cell or "").strip() for cell in row.cells)
    found: dict[Field, int] = {}
    for field, name in wanted.items():
        for place, one in enumerate(names):
            if plain(one) == plain(name):
                found[field] = place
    for is_same in (_is_spelled, _is_nearly):
        for place, name in enumerate(names):
            field_ = is_same(name)
            if name and place not in found.values() and field_ is not None and field_ not in {*found, *wanted}:
                found[field_] = place
    left = tuple(name for place, name in enumerate(names) if name and place not in found.values())
    return Columns(row.line, names, found, left)


_BY_SPELLING: dict[str, Field] = {
    re.sub(r"[^a-z0-9]+", " ", spelling).strip(): field
    for field, spellings in _SPELLINGS.items()
    for spelling in spellings.split(";")
}


def _is_spelled(name: str) -> Field | None:
    return _BY_SPELLING.get(plain(name))


def _is_nearly(name: str) -> Field | None:
    close = difflib.get_close_matches(plain(name), _BY_SPELLING, n=1, cutoff=ALIKE)
    return _BY_SPELLING[close[0]] if close else None


def plain(name: str) -> str:
    """A name without capitals and punctuation: `Date rec'd` is `date recd`."""
    name = re.sub("[’'`\u00b4]", "", name.lower()).replace("&", " and ").replace("e-mail", "email")
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"\(.*?\)", " ", name)).strip()
