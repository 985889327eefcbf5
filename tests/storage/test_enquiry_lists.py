"""Lists and homes ask as many questions of the database for two hundred enquiries as for ten."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bot.desk import enquiries, enquiry_lists, enquiry_steps, finds, home
from bot.desk.enquiry_lists import PAGE
from storage.enquiry_lists import Listed
from tests.storage.press_office import AMINA, ESTHER, GARETH, PressOffice
from tests.storage.test_records import asked


def a_day(office: PressOffice, number: int) -> None:
    """Enquiries at every stage: nobody's, owned, drafted, in sign-off, issued."""
    for place in range(number):
        enquiry = office.log()
        if place % 5:
            enquiries.take(office.desk, office.caller(AMINA), enquiry.id)
        if place % 5 > 1:
            statement = office.draft(enquiry)
            if place % 5 > 2:
                office.ask(statement)
            if place % 5 > 3:
                office.approve(statement, ESTHER, GARETH)
                office.issue(statement, close=place % 2 == 0)


def questions(office: PressOffice, look: Callable[[], object]) -> int:
    after = asked(office.desk.database)
    before = len(after)
    look()
    return len(after) - before


def test_as_many_questions_for_few_as_for_many(press_office: PressOffice) -> None:
    """No question is asked for each enquiry or statement of a page: every list, what is found, and the home."""
    desk, amina = press_office.desk, press_office.caller(AMINA)

    def look_at_home() -> object:
        with desk.on_its_own(press_office.workspace_id, read_only=True) as work:
            person = next(one for one in enquiry_steps.possible_owners(work.tx) if one.name == AMINA)
            return home.page(work, person)

    looks: dict[str, Callable[[], object]] = {
        **{listed.value: partial(enquiry_lists.listed, desk, amina, listed) for listed in Listed},
        "find": partial(finds.find, desk, amina, "buses"),
        "home": look_at_home,
    }
    a_day(press_office, 5)
    press_office.clock.advance(timedelta(hours=7))
    a_day(press_office, 5)
    few = {name: questions(press_office, look) for name, look in looks.items()}
    a_day(press_office, 15)
    assert min(few.values()) > 0
    assert {name: questions(press_office, look) for name, look in looks.items()} == few


def test_pages_hold_everything_once(press_office: PressOffice) -> None:
    """Page after page, every enquiry is there, the most pressing first, and none twice."""
    desk, amina = press_office.desk, press_office.caller(AMINA)
    logged = [press_office.log(hours=1 + number % 7).number for number in range(2 * PAGE + 3)]
    numbers: list[int] = []
    while page := enquiry_lists.listed(desk, amina, offset=len(numbers)).lines:
        numbers += [line.enquiry.number for line in page]
        assert len(page) <= PAGE
    assert sorted(numbers) == logged
    assert enquiry_lists.listed(desk, amina).total == len(logged)


def test_each_list_holds_what_it_says(press_office: PressOffice) -> None:
    """Mine, overdue, waiting for signatures, nobody's: by what was done with each."""
    desk, amina = press_office.desk, press_office.caller(AMINA)
    a_day(press_office, 5)  # nobody's, owned, drafted, in sign-off, issued and closed
    a_day(press_office, 10)

    def numbers(listed: Listed) -> set[int]:
        return {line.enquiry.number for line in enquiry_lists.listed(desk, amina, listed).lines}

    answered = {15}
    assert numbers(Listed.NOBODYS) == {1, 6, 11}
    assert numbers(Listed.WAITING) == {4, 9, 14}
    assert numbers(Listed.MINE) == numbers(Listed.OPEN) - {1, 6, 11}
    assert numbers(Listed.OVERDUE) == set()
    assert len(numbers(Listed.WEEK)) == 15
    press_office.clock.advance(timedelta(hours=7))
    issued_and_open = {
        line.enquiry.number
        for line in enquiry_lists.listed(desk, amina).lines
        if any(tied.statement.status == "issued" for tied in line.statements)
    }
    assert numbers(Listed.OVERDUE) == numbers(Listed.OPEN) - issued_and_open
    assert issued_and_open == answered
    press_office.clock.advance(timedelta(days=7))
    assert numbers(Listed.WEEK) == set()
