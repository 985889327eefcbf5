"""Reviews when two people are at one in the same moment."""

from datetime import date, timedelta

from bot.core.errors import DeskError
from bot.desk import leave, reviews
from bot.desk.leave import Absence
from bot.desk.reviews import Answer, Details
from bot.desk.reviews_rules import months
from bot.desk.whom import Whom
from storage import obligations
from storage import reviews as records
from storage.obligations import Duty
from storage.reviews import ReviewKind
from storage.subjects import Subject, SubjectKind
from tests.storage.press_office import AMINA, ESTHER, HANNAH, PressOffice, at_once


def test_owner_and_deputy_answer_at_once_and_one_of_them_counts(press_office: PressOffice) -> None:
    """She from the beach that nothing changed, he that it is put off: one is refused, one date is owed next.

    Where hers comes first, he no longer stands in: she is back before the next one.
    """
    office, desk = press_office, press_office.desk
    first, after = date(2026, 12, 7), date(2027, 6, 7)
    whose = Whom(slack_user_id=office.caller(ESTHER).user_id)
    details = Details("Risk log", ReviewKind.RISK_LOG, "", whose, first, months(6), for_board=False)
    review = reviews.add(desk, office.caller(AMINA), details, once=office.once())
    absence = Absence(None, office.clock.now() + timedelta(days=30), office.ids[HANNAH])
    leave.set_own(desk, office.caller(ESTHER), absence, once=office.once())
    until = date(2027, 1, 4)
    outcomes = at_once(
        lambda: reviews.reviewed(
            desk, office.caller(ESTHER), review.id, Answer(day=after), revision=1, once=office.once()
        ),
        lambda: reviews.put_off(
            desk, office.caller(HANNAH), review.id, Answer("Ill.", day=until), revision=1, once=office.once()
        ),
    )
    refused = [isinstance(one, DeskError) for one in outcomes]
    assert sorted(refused) == [False, True]
    with office.reading() as tx:
        now = records.get(tx, review.id)
        assert now is not None
        assert now.next_on == (until if refused[0] else after)
        _, entries = records.history(tx, review.id, offset=0, limit=9)
        owed = obligations.open_on(tx, Subject(SubjectKind.REVIEW, review.id), duty=Duty.REVIEW)
    assert entries == 2
    assert len(owed) == 1
