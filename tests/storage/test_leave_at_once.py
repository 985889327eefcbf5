"""Leave and signatures when several processes, or several people, are at it in the same moment."""

from datetime import timedelta

from bot.core.errors import NotFromHere
from bot.desk import leave, signoffs
from bot.desk.leave import Absence
from storage import obligations
from storage.obligations import Duty
from storage.signoffs import SignatureState
from storage.subjects import Subject, SubjectKind
from tests.storage.press_office import ESTHER, HANNAH, PressOffice, at_once


def test_ticks_that_come_at_once_hand_over_once(press_office: PressOffice) -> None:
    """Four processes notice a leave at once: one open obligation, with the deputy, and on the record once."""
    office = press_office
    start = office.clock.now() + timedelta(hours=1)
    absence = Absence(start, start + timedelta(hours=1), office.ids[HANNAH])
    leave.set_own(office.desk, office.caller(ESTHER), absence, once=office.once())
    statement = office.in_signoff()
    subject = Subject(SubjectKind.STATEMENT, statement.id)
    for moment, holder in ((start, HANNAH), (start + timedelta(hours=1), ESTHER)):
        office.clock.advance(moment - office.clock.now())
        assert at_once(*[lambda: leave.notice(office.desk)] * 4) == [None] * 4
        leave.settle_everywhere(office.desk)
        with office.reading() as tx:
            owed = obligations.open_on(tx, subject, duty=Duty.SIGN, owner_id=office.ids[ESTHER])
            assert [one.owner_id for one in owed] == [office.ids[holder]]
            assert owed[0].for_id == (office.ids[ESTHER] if holder == HANNAH else None)
        stand_in = office.signature(statement, ESTHER).stand_in_id
        assert stand_in == (office.ids[HANNAH] if holder == HANNAH else None)


def test_a_signature_given_by_two_at_once_is_given_once(press_office: PressOffice) -> None:
    """She on the beach and her deputy press in the same moment: one of them signs, the other is told so."""
    office = press_office
    absence = Absence(None, office.clock.now() + timedelta(hours=9), office.ids[HANNAH])
    leave.set_own(office.desk, office.caller(ESTHER), absence, once=office.once())
    statement = office.in_signoff()
    asked = office.signature(statement, ESTHER)
    outcomes = at_once(
        lambda: signoffs.approve(office.desk, office.caller(ESTHER), asked.id),
        lambda: signoffs.approve(office.desk, office.caller(HANNAH), asked.id),
    )
    assert [type(one) for one in outcomes if one is not None] == [NotFromHere]
    given = office.signature(statement, ESTHER)
    assert given.state is SignatureState.APPROVED
    assert given.given_by_id == (office.ids[HANNAH] if outcomes[1] is None else None)
