"""When far more comes due in one moment than one transaction should hold, everything is told all the same, once."""

from collections import Counter
from datetime import timedelta

import pytest

from bot.core import obligations
from storage import outbox, people
from storage.obligations import Duty
from storage.outbox import PostingKind
from storage.subjects import Subject, SubjectKind
from tests.storage.press_office import AMINA, BEN, PressOffice


def test_a_flood_of_reminders_is_told_in_parts_and_each_of_them_once(
    press_office: PressOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people with more than one part each: every reminder reaches its owner, no two messages name the same."""
    monkeypatch.setattr(obligations, "AT_ONCE", 5)
    desk, each = press_office.desk, 6
    subject = Subject(SubjectKind.ENQUIRY, press_office.log().id)
    with desk.on_its_own(press_office.workspace_id) as work:
        for name in (AMINA, BEN):
            owner = people.get(work.tx, press_office.ids[name])
            for _ in range(each):
                obligations.owe(work, Duty.ANSWER, subject, owner=owner, due_at=work.now + timedelta(hours=2))
    press_office.clock.advance(timedelta(minutes=61))
    obligations.remind(desk)
    obligations.remind(desk)
    told: Counter[tuple[int | None, int]] = Counter()
    with press_office.reading() as tx:
        for posting in outbox.of(tx, Subject(SubjectKind.OBLIGATION, 0), PostingKind.REMINDER):
            told.update((posting.person_id, number) for number in posting.detail["obligations"])
            assert len(posting.detail["obligations"]) <= 5
    assert set(told.values()) == {1}
    whose = Counter(person_id for person_id, _ in told)
    assert [whose[press_office.ids[name]] for name in (AMINA, BEN)] == [each, each]
