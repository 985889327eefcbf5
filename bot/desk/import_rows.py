"""Rows of somebody's spreadsheet, read as enquiries; and what is wrong with those that cannot be."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.core.working_days import WorkingHours, moment_of
from bot.desk.import_columns import Columns, Field, plain
from bot.desk.import_dates import Habits, Order, UnclearDate, Written, clock, habits_of, written
from bot.desk.spreadsheets import Cell, Row
from storage.enquiries import CameBy, EnquiryStatus, Outcome

LONGEST_TEXT = 32_000
LONGEST_LINE = 200
LONGEST_NAME = 40
NOT_RECORDED = "Not recorded"

_DATES = (Field.RECEIVED, Field.DEADLINE, Field.CLOSED)


@dataclass(frozen=True)
class Wishes:
    """What somebody decided before the rows are read."""

    open_too: bool = False
    outcome_for_rest: Outcome | None = None
    """How a closed row ended whose own words do not say it."""
    order: Order = Order.BRITISH_FIRST


@dataclass(frozen=True)
class Office:
    """Whom and what a row may name: ids by plain name."""

    now: datetime
    hours: WorkingHours
    owners: Mapping[str, int]
    topics: Mapping[str, int]
    organisations: Mapping[str, int]
    kept_since: datetime
    """Of what was closed before this, the names and addresses of journalists are erased at once."""


@dataclass(frozen=True)
class Candidate:
    """A row that can be taken over. `values` are columns of an `ImportRow`."""

    line: int
    key: str
    values: Mapping[str, Any]
    answer: str | None

    @property
    def is_open(self) -> bool:
        return self.values["status"] is EnquiryStatus.OPEN


@dataclass(frozen=True)
class BadRow:
    line: int
    reason: str
    cells: tuple[Cell, ...]


@dataclass
class Reading:
    """All rows of a sheet, read. `remarks` say what was left out of rows that are taken over, and of how many."""

    candidates: list[Candidate] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    same_twice: list[tuple[int, int]] = field(default_factory=list)
    headings: int = 0
    remarks: dict[str, int] = field(default_factory=dict)

    def remark(self, words: str) -> None:
        self.remarks[words] = self.remarks.get(words, 0) + 1


class _Bad(Exception):
    """Why a row cannot be taken over."""


def read(rows: Sequence[Row], columns: Columns, office: Office, wishes: Wishes) -> Reading:
    """Reads every row below the names. Nothing is guessed: what is not clear is a bad row, with its reason."""
    below = [row for row in rows if row.line > columns.line and not row.is_empty]
    habits = {
        one: habits_of((row.line, columns.cell(row, one)) for row in below) for one in _DATES if one in columns.of
    }
    reader = _Reader(columns, office, wishes, habits)
    first_with: dict[str, int] = {}
    for row in below:
        if reader.is_heading(row):
            reader.reading.headings += 1
            continue
        try:
            candidate = reader.candidate(row)
        except _Bad as bad:
            reader.reading.bad.append(BadRow(row.line, str(bad), row.cells))
            continue
        if (first := first_with.setdefault(candidate.key, row.line)) != row.line:
            reader.reading.same_twice.append((row.line, first))
        else:
            reader.reading.candidates.append(candidate)
    return reader.reading


class _Reader:
    def __init__(self, columns: Columns, office: Office, wishes: Wishes, habits: Mapping[Field, Habits]) -> None:
        self._columns = columns
        self._office = office
        self._wishes = wishes
        self._habits = habits
        self.reading = Reading()

    def is_heading(self, row: Row) -> bool:
        """The names again, or a line that stands alone above those that follow: `March 2024`."""
        cells = [str(cell or "").strip() for cell in row.cells]
        if all(one.lower() == name.lower() for one, name in zip(cells, self._columns.names, strict=False)):
            return True
        filled = {one for one in cells if one}
        return len(filled) == 1 and self._text(row, Field.QUESTION) == ""

    def candidate(self, row: Row) -> Candidate:
        if any(str(cell or "").strip() for cell in row.cells[len(self._columns.names) :]):
            raise _Bad("it has more cells than there are columns; quotes may be missing around a text with a comma")
        question = self._long(row, Field.QUESTION)
        if not question:
            raise _Bad("it has no question")
        journalist, outlet = self._line(row, Field.JOURNALIST), self._line(row, Field.OUTLET)
        if not journalist and not outlet:
            raise _Bad("it names neither the journalist nor the outlet")
        received = self._received(row)
        answer = self._long(row, Field.RESPONSE)
        if len(answer) < LONGEST_NAME and plain(answer) in _NO_ANSWER:
            answer = ""
        email, phone = self._contact(row)
        values = {
            "journalist": journalist or NOT_RECORDED,
            "outlet": outlet or NOT_RECORDED,
            "email": email,
            "phone": phone,
            "came_by": self._came_by(row, email, phone),
            "received_at": self._instant(received, self._office.hours.opens),
            "out_of_hours": self._was_out_of_hours(received),
            "question": question,
            "topic_id": self._named(row, Field.TOPIC, self._office.topics, "topic"),
            "organisation_id": self._named(row, Field.ORGANISATION, self._office.organisations, "organisation"),
            "owner_id": self._named(row, Field.OWNER, self._office.owners, "owner"),
            **self._ending(row, received, answer),
        }
        return Candidate(row.line, _key(received.day, journalist, outlet, question), values, answer or None)

    # -- when

    def _received(self, row: Row) -> Written:
        received = self._date(row, Field.RECEIVED)
        if received is None:
            raise _Bad("it does not say when it was received")
        if received.clock is None:
            received = Written(received.day, clock(self._columns.cell(row, Field.RECEIVED_TIME)))
        if received.day > self._office.hours.local_day(self._office.now) + timedelta(days=1):
            raise _Bad(f"it was received on {received.day:%d %B %Y}, which is still to come; check the date")
        return received

    def _date(self, row: Row, which: Field, day: date | None = None) -> Written | None:
        try:
            habits = self._habits.get(which, Habits())
            return written(self._columns.cell(row, which), habits, self._wishes.order, day=day)
        except UnclearDate as unclear:
            raise _Bad(f"{which.value}: {unclear}") from unclear

    def _deadline(self, row: Row, received: Written, *, is_open: bool) -> datetime | None:
        """What a closed row says of its deadline may be anything; it is past, and no reason to refuse the row."""
        try:
            due = self._date(row, Field.DEADLINE, received.day)
        except _Bad as bad:
            if is_open or "American" in str(bad):
                raise
            self.reading.remark("deadlines that are no date (“ASAP”) are left empty")
            return None
        if due is None:
            if is_open:
                raise _Bad("it is open and has no deadline; give one")
            return None
        at = due.clock or clock(self._columns.cell(row, Field.DEADLINE_TIME)) or time(17)
        return self._instant(Written(due.day, at), at)

    def _instant(self, moment: Written, otherwise: time) -> datetime:
        return moment_of(moment.day, moment.clock or otherwise, self._office.hours.zone)

    def _was_out_of_hours(self, received: Written) -> bool:
        if received.clock is None:
            return not self._office.hours.is_working_day(received.day)
        return not self._office.hours.is_open(self._instant(received, received.clock))

    # -- how it ended

    def _ending(self, row: Row, received: Written, answer: str) -> dict[str, Any]:
        status, outcome_words = self._line(row, Field.STATUS), self._text(row, Field.OUTCOME)
        is_open = _is_open(status, outcome_words, answer)
        detail = self._detail(row, outcome_words or ("" if plain(status) in _CLOSED else status))
        deadline = self._deadline(row, received, is_open=is_open)
        if is_open:
            if not self._wishes.open_too:
                raise _Bad("it is still open; import it with --open-too, or close it in the spreadsheet first")
            return {
                "status": EnquiryStatus.OPEN,
                "deadline": deadline,
                "outcome": None,
                "outcome_detail": detail,
                "closed_at": None,
            }
        closed = self._date(row, Field.CLOSED, received.day) or received
        return {
            "status": EnquiryStatus.CLOSED,
            "deadline": deadline,
            "outcome": self._outcome(outcome_words, status, answer),
            "outcome_detail": detail,
            "closed_at": self._instant(closed, received.clock or self._office.hours.opens),
        }

    def _outcome(self, words: str, status: str, answer: str) -> Outcome:
        outcome = outcome_of(words) or outcome_of(status)
        if outcome is None and answer:
            outcome = Outcome.STATEMENT
        if outcome is None:
            outcome = self._wishes.outcome_for_rest
        if outcome is None:
            said = f"“{words or status}” does not say" if words or status else "nothing says"
            raise _Bad(f"{said} how it ended; say it for all such rows with --outcome-for-rest")
        if outcome in {Outcome.STATEMENT, Outcome.BACKGROUND} and not answer:
            self.reading.remark("answered, but the text of the answer is not in the file")
        return outcome

    def _detail(self, row: Row, outcome_words: str) -> str | None:
        reference = self._line(row, Field.REFERENCE)
        parts = [outcome_words, self._text(row, Field.NOTES), f"Reference before: {reference}" if reference else ""]
        owner = self._line(row, Field.OWNER)
        if owner and plain(owner) not in self._office.owners:
            parts.append(f"Owner then: {owner}")
        return "\n".join(part for part in parts if part)[:LONGEST_TEXT] or None

    # -- who and what

    def _contact(self, row: Row) -> tuple[str | None, str | None]:
        email, phone = self._line(row, Field.EMAIL), self._line(row, Field.PHONE)
        mixed = self._text(row, Field.CONTACT)
        if not email and (found := re.search(r"[^\s<>;,]+@[^\s<>;,]+", mixed)):
            email = found[0]
        if not phone and (found := re.search(r"\+?\d[\d ()\-]{7,}\d", mixed)):
            phone = found[0]
        return email or None, phone or None

    def _came_by(self, row: Row, email: str | None, phone: str | None) -> CameBy:
        words = self._line(row, Field.CAME_BY)
        for way, pattern in _WAYS:
            if re.search(pattern, words, re.IGNORECASE):
                return way
        return CameBy.PHONE if phone and not email else CameBy.EMAIL

    def _named(self, row: Row, which: Field, known: Mapping[str, int], what: str) -> int | None:
        name = self._line(row, which)
        if not name:
            return None
        found = known.get(plain(name))
        if found is None:
            self.reading.remark(f"the {what} is not known to the desk and is left open")
        return found

    def _text(self, row: Row, which: Field) -> str:
        cell = self._columns.cell(row, which)
        if cell is None:
            return ""
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return str(cell).strip()

    def _line(self, row: Row, which: Field) -> str:
        text = " ".join(self._text(row, which).split())
        if len(text) > LONGEST_LINE:
            raise _Bad(f"{which.value} has {len(text):,} characters and may have {LONGEST_LINE}; is it another column?")
        return text

    def _long(self, row: Row, which: Field) -> str:
        text = self._text(row, which)
        if re.fullmatch(r"#(REF|VALUE|N/A|NAME\?|DIV/0|NUM|NULL)!?", text):
            raise _Bad(f"{which.value} is {text}: its formula has no value")
        if len(text) > LONGEST_TEXT:
            raise _Bad(f"{which.value} has {len(text):,} characters and may have {LONGEST_TEXT:,}")
        return text


_OPEN = re.compile(
    r"\b(open|ongoing|on going|in progress|live|outstanding|new|pending|awaiting|waiting|in hand|wip|not started|"
    r"chasing|drafting|in draft|unanswered|active|not closed|incomplete|to do)\b"
)
_CLOSED = frozenset(
    ("closed", "close", "complete", "completed", "done", "finished", "resolved", "responded", "answered", "sent", "c")
) | {"issued", "archived", "yes", "dealt with", "no further action", "nfa", "response sent", "closed answered"}
_NO_ANSWER = frozenset(["", "none", "n a", "na", "no", "nil", "tbc", "no response", "not applicable", "see above", "x"])
_NO = r"\b(no|not|none|never)\b"
_OUTCOMES: tuple[tuple[Outcome, str], ...] = (
    (Outcome.FOI, r"\bf\.?o\.?i\b|freedom of information"),
    (Outcome.WITHDRAWN, r"withdr[ae]w|cancel|dropped|no longer (need|required|running)|not running|story pulled"),
    (Outcome.DECLINED, r"declin|no comment|refus|turned down|did not comment|not (able|possible) to (help|comment)"),
    (Outcome.REFERRED, r"referr|passed (on )?to|redirect|signpost|forwarded to|transferred"),
    (Outcome.BACKGROUND, r"background|off the record|guidance"),
    (Outcome.INTERVIEW, r"interview"),
    (
        Outcome.STATEMENT,
        r"statement|respon[ds]|answer|lines? (issued|sent|given)|quote|comment|repl(y|ied)|issued",
    ),
)
_WAYS: tuple[tuple[CameBy, str], ...] = (
    (CameBy.EMAIL, r"e-?mail"),
    (CameBy.PHONE, r"phone|call|tel\b|mobile|voicemail"),
    (CameBy.SOCIAL, r"twitter|\bx\b|facebook|social|tweet|linkedin|instagram|whatsapp|\bdm\b"),
    (CameBy.IN_PERSON, r"person|meeting|face|event|press conference"),
)


def _is_open(status: str, outcome_words: str, answer: str) -> bool:
    """The status decides; without one, whatever has neither an outcome nor an answer is open."""
    words = plain(status)
    if words:
        return bool(_OPEN.search(words)) and not (words.startswith("closed") or "no longer" in words)
    return not outcome_words and not answer


def outcome_of(words: str) -> Outcome | None:
    """The outcome that somebody's own words stand for. “No statement” stands for none."""
    for outcome, pattern in _OUTCOMES:
        if re.search(pattern, words, re.IGNORECASE):
            if outcome is Outcome.STATEMENT and re.search(_NO, words, re.IGNORECASE):
                return None
            return outcome
    return None


def _key(received: date, journalist: str, outlet: str, question: str) -> str:
    """The same whenever this row is read: not by its line, nor by what may still be filled in, as the answer is."""
    parts = [received.isoformat(), *(_folded(one) for one in (journalist, outlet, question))]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def by_plain_name(named: Iterable[tuple[str, int]]) -> dict[str, int]:
    return {plain(name): id_ for name, id_ in named}


def by_first_name_too(named: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The same of people, whom a column calls `Amina` where only one has that name."""
    full = by_plain_name(named)
    firsts = [name.split(" ")[0] for name in full]
    return {first: id_ for first, id_ in zip(firsts, full.values(), strict=True) if firsts.count(first) == 1} | full
