"""Bringing the past along: enquiries from the spreadsheet that a press office kept until today.

First everything is staged, batch by batch, while the desk goes on; then one short transaction makes enquiries of it,
gives them their numbers and puts one entry on the record. Before that, nobody sees anything of it; a process that dies
half-way leaves nothing that counts, and the next import sweeps it away.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core import outbox
from bot.core.errors import BadInput, NotFromHere
from bot.core.features import Feature
from bot.core.permissions import Act
from bot.core.workspaces import Caller, Desk, Work
from bot.desk import enquiries, enquiry_steps, retention
from bot.desk.import_rows import Candidate, Office, by_first_name_too, by_plain_name
from storage import enquiries as enquiry_records
from storage import imports, people
from storage.enquiries import EnquiryStatus, Note, NoteKind
from storage.people import Role
from storage.subjects import Subject, SubjectKind

BATCH = 100
"""Rows in one transaction: others who want to write wait a few hundredths of a second."""
MOST_OPEN = 200
"""Open rows in one import: each gets a card, and somebody must own it."""

Progress = Callable[[int], None]
"""Is told how many rows are done."""


@dataclass(frozen=True)
class Brought:
    """What an import took over: so many enquiries, from the first number on."""

    enquiries: int
    first_number: int

    @property
    def references(self) -> str:
        last = self.first_number + self.enquiries - 1
        return f"ENQ-{self.first_number}" if self.enquiries == 1 else f"ENQ-{self.first_number} to ENQ-{last}"


def office(desk: Desk, caller: Caller) -> Office:
    """What rows may name in this workspace."""
    with desk.looking(caller, Act.IMPORT_ENQUIRIES) as work:
        could_own = people.holding(work.tx, Role.PRESS_OFFICER, Role.COMMS_LEAD, Role.ON_CALL_OFFICER)
        return Office(
            now=work.now,
            hours=work.hours,
            owners=by_first_name_too((person.name, person.id) for person in could_own),
            topics=by_plain_name((topic.name, topic.id) for topic in people.topics(work.tx)),
            organisations=by_plain_name((o.name, o.id) for o in people.organisations(work.tx)),
            kept_since=retention.kept_since(work),
        )


def not_yet_here(desk: Desk, caller: Caller, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that no earlier import has taken over."""
    with desk.looking(caller, Act.IMPORT_ENQUIRIES) as work:
        known = imports.known_keys(work.tx, [one.key for one in candidates])
    return [one for one in candidates if one.key not in known]


def bring_along(
    desk: Desk,
    caller: Caller,
    candidates: Sequence[Candidate],
    *,
    sha256: str,
    progress: Progress = lambda _: None,
    between: Callable[[], None] = lambda: None,
) -> Brought:
    """Takes all of them over, or none. `between` is called after each batch, and lets others write.

    Raises `NotFromHere` when a later import was started meanwhile.
    """
    if not candidates:
        raise BadInput("There is nothing in it that is not on file already.")
    still_open = sum(one.is_open for one in candidates)
    if still_open > MOST_OPEN:
        raise BadInput(
            f"{still_open:,} rows are open, and each would get a card; {MOST_OPEN} is the most. Close those in the "
            "spreadsheet that are done with."
        )
    sweep(desk, caller, between=between)
    with desk.acting(caller, Act.IMPORT_ENQUIRIES) as work:
        if still_open and work.settings.press_channel_id is None:
            raise BadInput("The desk does not know its press channel yet, where open enquiries get their cards.")
        started = imports.begin(work.tx, sha256=sha256, by_id=work.person.id, now=work.now)
        ids = imports.set_ids_aside(work.tx, len(candidates))
    numbered = list(enumerate(zip(candidates, ids, strict=True), 1))
    for start in range(0, len(numbered), BATCH):
        batch = numbered[start : start + BATCH]
        with desk.acting(caller, Act.IMPORT_ENQUIRIES) as work:
            _still_ours(work, started.id)
            rows = [_row(started.id, place, one, id_) for place, (one, id_) in batch]
            imports.stage(work.tx, rows)
        progress(batch[-1][0])
        between()
    brought = _switch(desk, caller, started.id, len(candidates), sha256)
    sweep(desk, caller, between=between)
    return brought


def _switch(desk: Desk, caller: Caller, import_id: int, number: int, sha256: str) -> Brought:
    with desk.acting(caller, Act.IMPORT_ENQUIRIES) as work:
        _still_ours(work, import_id)
        first = imports.switch(work.tx, import_id, number, by_id=work.person.id, now=work.now)
        opened = imports.taken_over(work.tx, import_id, status=EnquiryStatus.OPEN)
        for enquiry in opened:
            if enquiry.outcome_detail is not None:
                words = enquiry.outcome_detail
                enquiry_records.change(work.tx, enquiry, to=enquiry.status, outcome_detail=None)
                work.tx.add(
                    Note(enquiry_id=enquiry.id, author_id=work.person.id, kind=NoteKind.NOTE, text=words, at=work.now)
                )
            sentence = f"{work.person.name} brought {enquiry.reference} along from before Comms Desk."
            enquiries.arrived(work, enquiry, sentence)
        outbox.redraw_homes(work, [person.id for person in enquiry_steps.possible_owners(work.tx)])
        work.record(
            Act.IMPORT_ENQUIRIES,
            Subject(SubjectKind.IMPORT, import_id),
            enquiries=number,
            open=len(opened),
            first=f"ENQ-{first}",
            last=f"ENQ-{first + number - 1}",
            file_sha256=sha256,
        )
        return Brought(number, first)


def sweep(desk: Desk, caller: Caller, *, between: Callable[[], None] = lambda: None) -> None:
    """Removes, bit by bit, what broken-off imports have left, and what finished ones had staged."""
    with desk.looking(caller, Act.IMPORT_ENQUIRIES) as work:
        left = imports.left_behind(work.tx)
    for import_id in left:
        more = True
        while more:
            with desk.acting(caller, Act.IMPORT_ENQUIRIES) as work:
                more = imports.sweep(work.tx, import_id)
            between()


def count_new(desk: Desk, caller: Caller) -> None:
    """Tells the database that there is a lot more than before."""
    with desk.acting(caller, Act.IMPORT_ENQUIRIES) as work:
        imports.count_new(work.tx)


def _still_ours(work: Work, import_id: int) -> None:
    if not imports.is_under_way(work.tx, import_id):
        raise NotFromHere("Another import was started after this one and goes first. Nothing of this one was kept.")


def _row(import_id: int, place: int, one: Candidate, enquiry_id: int) -> dict[str, object]:
    beside = {"import_id": import_id, "position": place, "enquiry_id": enquiry_id}
    return {**beside, "line": one.line, "key": one.key, "answer": one.answer, **one.values}


FEATURE = Feature(kind=SubjectKind.IMPORT)
