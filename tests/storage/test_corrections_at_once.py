"""Corrections below the surface: one at a time for each statement, and nothing of what is sensitive in them."""

import pytest
import sqlalchemy as sa

from bot.desk import answering, corrections, enquiries, sensitive, statements
from storage import outbox
from storage import statements as records
from storage.outbox import PostingKind
from storage.statements import Statement, StatementStatus
from storage.subjects import Subject, SubjectKind
from tests.storage.press_office import AMINA, BEN, ESTHER, GARETH, PressOffice, at_once


def test_two_who_find_a_mistake_at_once_begin_one_correction(press_office: PressOffice) -> None:
    """The other is told which; and past the desk, a second row is refused unless the first was withdrawn."""
    office = press_office
    wrong = office.in_signoff()
    office.approve(wrong, ESTHER, GARETH)
    office.issue(wrong)

    def start(who: str) -> Statement:
        return corrections.start(
            office.desk,
            office.caller(who),
            wrong.id,
            f"It was ice, says {who}.",
            what_was_wrong="Ice.",
            once=office.once(),
        )

    outcomes = at_once(lambda: start(AMINA), lambda: start(BEN))
    assert sorted(type(one).__name__ for one in outcomes) == ["NotFromHere", "Statement"]
    with office.reading() as tx:
        found = list(tx.session.scalars(sa.select(Statement).where(Statement.corrects_id == wrong.id)))
    assert len(found) == 1
    second = office.draft(office.log())
    with pytest.raises(sa.exc.IntegrityError), office.desk.database.transaction(office.workspace_id) as tx:
        tx.session.execute(sa.update(Statement).where(Statement.id == second.id).values(corrects_id=wrong.id))
    statements.withdraw(office.desk, office.caller(AMINA), found[0].id, "It was snow.", once=office.once())
    assert start(BEN).status is StatementStatus.DRAFT


def test_who_corrects_hears_nothing_of_a_sensitive_enquiry_that_it_answered_too(press_office: PressOffice) -> None:
    """The correction goes to what its author may see; whoever owns the other is told to send it there as well."""
    office = press_office
    wrong = office.in_signoff()
    with office.reading() as tx:
        (hidden,) = records.enquiries_of(tx, wrong.id)
    seen = office.log(BEN)
    enquiries.take(office.desk, office.caller(BEN), seen.id)
    answering.tie(office.desk, office.caller(BEN), seen.id, wrong.id, once=office.once())
    office.approve(wrong, ESTHER, GARETH)
    office.issue(wrong)
    sensitive.mark(office.desk, office.caller(AMINA), hidden.id, once=office.once())
    correction = corrections.start(
        office.desk, office.caller(BEN), wrong.id, "It was ice.", what_was_wrong="Ice.", once=office.once()
    )
    with office.reading() as tx:
        assert [one.id for one in records.enquiries_of(tx, correction.id)] == [seen.id]
        told = outbox.of(tx, Subject(SubjectKind.ENQUIRY, hidden.id), PostingKind.NOTICE)
    assert [(one.person_id, f"which answered {hidden.reference} too" in one.detail["sentence"]) for one in told][
        -1:
    ] == [(office.ids[AMINA], True)]
