"""An import is all there at once or not at all, whatever happens in the middle, and once however often it is run."""

from typing import Any

import pytest
import sqlalchemy as sa

from bot.core import audit
from bot.core.errors import BadInput, NotFromHere, NotPermitted
from bot.desk import enquiries, enquiry_lists, finds, imports
from storage import audit as audit_records
from storage import imports as records
from storage.enquiries import Enquiry, EnquiryStatus
from storage.obligations import Duty, Obligation
from tests.storage.press_office import AMINA, BEN, ESTHER, PressOffice, broken_off, from_before

PAST = [from_before(number) for number in range(1, 601)]


def counted(office: PressOffice, table: type[Any]) -> int:
    with office.reading() as tx:
        return tx.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def found(office: PressOffice, words: str) -> int:
    return finds.find(office.desk, office.caller(AMINA), words).total


def bring(office: PressOffice, past: list[Any], **more: Any) -> imports.Brought:
    return imports.bring_along(office.desk, office.caller(AMINA), past, sha256="0" * 64, **more)


def test_everything_comes_at_once_with_numbers_in_order(press_office: PressOffice) -> None:
    """Until the switch nothing is seen, listed or found; what is logged meanwhile keeps its own number."""
    office, seen = press_office, []

    def meanwhile() -> None:
        seen.append((counted(office, Enquiry), found(office, "pool")))
        if len(seen) == 1:
            office.log()

    brought = bring(office, PAST, between=meanwhile)
    before_switch = seen[:3]
    assert before_switch == [(0, 0), (1, 0), (1, 0)]
    assert (brought.enquiries, brought.references) == (600, "ENQ-2 to ENQ-601")
    assert counted(office, Enquiry) == 601
    assert found(office, "pool") == found(office, "repairs") == 600
    assert counted(office, records.ImportRow) == 0
    assert office.log().number == 602
    with office.reading() as tx:
        rows = tx.session.execute(sa.select(Enquiry.number, Enquiry.question).order_by(Enquiry.number)).all()
    assert [question for number, question in rows if 2 <= number <= 601] == [one.values["question"] for one in PAST]


def test_what_is_on_file_is_recognised(press_office: PressOffice) -> None:
    """A second run finds nothing new; with ten more rows it takes ten."""
    caller = press_office.caller(AMINA)
    bring(press_office, PAST[:300])
    assert imports.not_yet_here(press_office.desk, caller, PAST[:300]) == []
    assert imports.not_yet_here(press_office.desk, caller, PAST[:310]) == PAST[300:310]
    with pytest.raises(BadInput):
        bring(press_office, [])


def test_killed_in_the_middle_it_leaves_nothing_that_counts(press_office: PressOffice) -> None:
    """Nothing is seen or found of it, nothing counts as on file, and the next run sweeps it away and takes all."""
    broken_off(press_office, PAST)
    assert counted(press_office, Enquiry) == found(press_office, "pool") == 0
    assert imports.not_yet_here(press_office.desk, press_office.caller(AMINA), PAST) == PAST
    bring(press_office, PAST)
    assert counted(press_office, Enquiry) == found(press_office, "pool") == 600
    assert counted(press_office, records.Import) == 1
    assert counted(press_office, records.ImportedEnquiry) == 600


def test_the_last_one_started_goes_first(press_office: PressOffice) -> None:
    """Two at once do not mix: the earlier one stops, and says so."""
    caller, desk = press_office.caller(AMINA), press_office.desk
    went_on: list[bool] = []

    def another() -> None:
        if not went_on:
            went_on.append(True)
            imports.bring_along(desk, caller, PAST[:10], sha256="2" * 64)

    with pytest.raises(NotFromHere, match="Another import"):
        bring(press_office, PAST, between=another)
    assert counted(press_office, Enquiry) == 10


def test_one_entry_on_the_record_that_names_nobody(press_office: PressOffice) -> None:
    """How many, which file, by whom; no journalist and no question; and the record holds."""
    bring(press_office, PAST[:20])
    entry = audit_records.AuditEntry
    with press_office.reading() as tx:
        told = [one for one in tx.session.scalars(sa.select(entry)) if one.act == "import_enquiries"]
    assert len(told) == 1
    assert '"enquiries":20' in told[0].details.replace(" ", "")
    assert "0" * 64 in told[0].details
    assert not {"Tom", "pool", "Post"} & set(told[0].details.replace('"', " ").split())
    assert audit.verify(press_office.desk.database).holds


def open_row(number: int, **more: Any) -> Any:
    from dataclasses import replace

    one = from_before(number, answer=None)
    values = dict(one.values) | {"status": EnquiryStatus.OPEN, "outcome": None, "closed_at": None}
    return replace(one, values=values | {"outcome_detail": "Rang twice."} | more)


def test_open_rows_get_a_card_and_are_owed(press_office: PressOffice) -> None:
    """Somebody must answer, or first own, what is still open; what was noted becomes a note."""
    office = press_office
    bring(office, [open_row(1, owner_id=office.ids[BEN]), open_row(2), from_before(3)])
    with office.reading() as tx:
        duties = tx.session.execute(sa.select(Obligation.duty, Obligation.owner_id).order_by(Obligation.id)).all()
    assert [tuple(one) for one in duties] == [(Duty.ANSWER, office.ids[BEN]), (Duty.OWN, None)]
    listed = enquiry_lists.listed(office.desk, office.caller(AMINA))
    assert [line.enquiry.number for line in listed.lines] == [2, 1]
    assert listed.lines[0].enquiry.outcome_detail is None
    enquiries.take(office.desk, office.caller(AMINA), listed.lines[0].enquiry.id)


def test_too_many_open_rows_are_refused_before_anything_is_staged(press_office: PressOffice) -> None:
    with pytest.raises(BadInput, match="201 rows are open"):
        bring(press_office, [open_row(number) for number in range(1, 202)])
    assert counted(press_office, records.Import) == 0


def test_only_the_press_office_imports(press_office: PressOffice) -> None:
    with pytest.raises(NotPermitted):
        imports.bring_along(press_office.desk, press_office.caller(ESTHER), PAST[:1], sha256="0" * 64)
    assert counted(press_office, Enquiry) == 0


def test_an_answer_from_before_is_shown_as_what_it_is(press_office: PressOffice) -> None:
    """It can be found and used again, and is no statement that anybody signed."""
    caller, desk = press_office.caller(AMINA), press_office.desk
    bring(press_office, PAST[:1])
    [hit] = finds.find(desk, caller, "repairs").found
    assert (hit.said[0].where, hit.said[0].text) == (finds.SaidIn.BEFORE, "For repairs.")
    card = enquiry_lists.one(desk, caller, hit.enquiry.id)
    assert card.answer_from_before == "For repairs."
    assert card.line.statements == ()
