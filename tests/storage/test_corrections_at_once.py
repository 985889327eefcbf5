"""A statement has one correction at a time, whoever begins one, and the database would refuse another."""

import pytest
import sqlalchemy as sa

from bot.desk import corrections, statements
from storage.statements import Statement, StatementStatus
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
