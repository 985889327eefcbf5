"""Reviews: put on the list, reminded of before and after, answered, put off before the board, handed on, ended."""

from datetime import UTC, date, datetime, timedelta
from secrets import token_hex

from bot.core import audit
from bot.desk import leave
from bot.desk.leave import Absence
from bot.sandbox import Message
from storage import digests as digest_records
from storage.digests import Every, Moment, Reader, ReaderKind
from storage.people import Role
from tests.office import AMINA, BEN, CARYS, ESTHER, GARETH, HANNAH, JOAN, LEONORA, Office
from tests.scenarios.acts import said

TITLE = "Communications strategy"
BOARD = "The board sees when it is due; what is put off, it sees anyway"


def add(
    office: Office,
    who: str = AMINA,
    *,
    owner: str = JOAN,
    title: str = TITLE,
    first: date = date(2027, 3, 1),
    cadence: str = "Every six months",
    board: bool = True,
) -> str:
    """Puts something on the list, and gives what the page of its dates said."""
    person = office.member(who)
    person.press("Add something to review", on=reviews(office, who))
    person.fill("What is reviewed", title)
    person.fill("Kind", "Strategy")
    outside = owner == LEONORA
    person.fill("Or somebody outside Slack" if outside else "Who reviews it", owner)
    person.fill("Next review", first)
    person.fill("How often", cadence)
    if board:
        person.fill("Board", [BOARD])
    dates = person.submit()
    assert dates is not None
    assert person.submit() is None
    office.settle()
    return dates.text


def reviews(office: Office, who: str, words: str = "") -> Message:
    message = office.member(who).run(f"/desk reviews {words}".strip()).message
    assert message is not None
    return message


def show(office: Office, who: str, title: str = TITLE) -> str:
    """Opens a review's page from the list."""
    person = office.member(who)
    person.press("Show", on=reviews(office, who, title))
    assert person.form is not None
    return person.form.text


def answer(office: Office, who: str, button: str, on: Message | None = None, **fields: object) -> None:
    """Presses a button on a reminder, or on the page that is open, and sends its form with these fields."""
    person = office.member(who)
    person.press(button, on=on)
    for label, value in fields.items():
        person.fill(label.replace("_", " "), value)
    assert person.submit() is None
    office.settle()


def texts(office: Office, who: str) -> str:
    office.settle()
    return "\n".join(message.text for message in office.member(who).messages())


def nine(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, 0, 30, tzinfo=UTC)


def test_what_has_a_review_date_is_reminded_of_and_reviewed(office: Office) -> None:
    """The main path: added with its dates, reminded, reviewed, changed, put off twice before board and comms lead."""
    assert "Nothing has a review date yet" in said(office.member(AMINA).run("/desk reviews"))
    dates = add(office)
    for words in ("Every six months", "Monday 1 March 2027", "Wednesday 1 September 2027", "Friday 1 September 2028"):
        assert words in dates
    joan, carys = office.member(JOAN), office.member(CARYS)
    assert "put your name beside a review: Communications strategy" in joan.sees("put your name").text
    assert "Nothing waits for you" in joan.open_home().text
    office.wait_until(datetime(2027, 2, 1, 8, 59, tzinfo=UTC))
    assert "Please review" not in texts(office, JOAN)
    office.wait_until(nine(2027, 2, 1))
    reminder = joan.sees("Please review Communications strategy")
    assert "Reviewed, no change" in joan.open_home().buttons
    joan.press("Reviewed, no change", on=reminder)
    assert joan.form is not None
    assert joan.form.values["Next review"] == "2027-09-01"
    assert joan.submit() is None
    office.settle()
    assert "Done. Nothing more is needed" in joan.sees("Please review Communications strategy").text
    assert "due Wednesday 1 September 2027" in said(carys.run("/desk review"))

    show(office, JOAN)
    answer(office, JOAN, "Put off", Why="The chair is new.", Until_when=date(2027, 10, 4))
    assert "put off" not in texts(office, CARYS)
    assert "due Monday 4 October 2027, put off from Wednesday 1 September 2027" in said(
        carys.run("/desk reviews put off")
    )
    show(office, JOAN)
    joan.press("Put off")
    assert joan.form is not None
    assert "The comms lead is told" in joan.form.text
    joan.close_form()
    joan.close_form()
    show(office, JOAN)
    answer(office, JOAN, "Put off", Why="Still new.", Until_when=date(2027, 11, 1))
    told = carys.sees("has put off the review of Communications strategy twice in a row")
    assert "Still new." in told.text
    show(office, JOAN)
    answer(office, JOAN, "Reviewed, changed", What_changed="New aims.", Link_to_the_new_one="https://north.example/s")
    page = show(office, CARYS)
    history = page.split("What became of it")[1]
    for words in ("and changed it", "New aims.", "put it off from", "Still new.", "no change", "put it on the list"):
        assert words in history
    assert "https://north.example/s" in page
    assert "Due Wednesday 1 March 2028" in page, "from the dates planned, not from those it was put off to"
    assert audit.verify(office.app.database).findings == ()


def test_an_owner_outside_slack_one_who_is_away_and_one_who_left(sqlite_office: Office) -> None:
    """Through the press officer, who records how it is known; through the deputy when it counts; through the office."""
    office, amina, ben = sqlite_office, *map(sqlite_office.member, (AMINA, BEN))
    add(office, owner=LEONORA, first=date(2026, 12, 22))
    add(office, title="Risk log", first=date(2026, 12, 22), cadence="Once only", board=False)
    add(office, title="Lines to take", owner=ESTHER, first=date(2027, 6, 30))
    office.change(JOAN, Role.BOARD_MEMBER, deputy=BEN)
    back = datetime(2026, 12, 7, 9, tzinfo=UTC)
    away = Absence(None, back, office.ids[BEN])
    leave.set_for(office.app.desk, office.caller(CARYS), office.ids[JOAN], away, once=token_hex(8))
    leave.set_for(
        office.app.desk,
        office.caller(CARYS),
        office.ids[ESTHER],
        Absence(None, back, office.ids[BEN]),
        once=token_hex(8),
    )
    office.settle()
    assert "you stand in. With you now: Risk log" in texts(office, BEN)
    assert "Lines to take" not in texts(office, BEN), "it waits for Esther, who is back long before"
    office.wait_until(nine(2026, 11, 24))
    assert "Please review Risk log; you stand in for Joan" in ben.sees("Please review Risk log").text
    reminder = amina.sees("Communications strategy is to be reviewed; Leonora Ashby has it")
    amina.press("Record reply", on=reminder)
    amina.fill("What Leonora Ashby said", "Reviewed, changed")
    amina.fill("What changed, or why it is put off", "Two aims fewer.")
    amina.fill("How it reached you", "On the phone")
    amina.fill("How you know", "She rang me at nine.")
    assert amina.submit() is None
    office.settle()
    page = show(office, AMINA)
    assert "As Leonora Ashby said" in page
    assert "She rang me at nine." in page
    amina.close_form()
    answer(office, BEN, "Reviewed, no change", on=ben.sees("Please review Risk log"))
    assert "1 thing is no longer reviewed" in said(ben.run("/desk reviews ended"))

    office.wait_until(back + timedelta(minutes=1))
    office.change(ESTHER, Role.LEAD)
    office.sandbox.deactivate(ESTHER)
    office.wait(days=2)
    office.wait_until(nine(2027, 6, 2))
    assert "Record reply" in amina.sees("Lines to take is to be reviewed; Esther Lindqvist has it").buttons
    amina.open_home()
    assert "Lines to take" in amina.sees_in_home("Due 30 Jun 2027").text


def test_a_rule_of_its_own_hand_over_change_and_end(sqlite_office: Office) -> None:
    """The comms lead's usual ones; the last Friday of March and September; handed on, changed, ended with a reason."""
    office, carys, joan, gareth = sqlite_office, *map(sqlite_office.member, (CARYS, JOAN, GARETH))
    carys.press("Add the usual ones", on=reviews(office, CARYS))
    assert carys.form is not None
    assert carys.form.values["Next review: Risk log"] == "2027-02-23"
    for title in ("Stakeholder analysis", "Consents", "Annual equality report", "Annual returns", "Lines to take"):
        carys.fill(f"Next review: {title}", None)
    carys.fill("Who reviews it: Risk log", JOAN)
    assert carys.submit() is None
    office.settle()
    assert "3 things have a review date" in said(carys.run("/desk reviews"))
    assert "1 thing is yours to review" in said(joan.run("/desk reviews mine"))
    assert "put your name beside a review: Risk log" in texts(office, JOAN)

    show(office, CARYS, "Risk log")
    carys.press("Change")
    carys.fill("How often", "By a rule of its own")
    carys.fill("Next review", date(2027, 3, 27))
    rule = carys.submit()
    assert rule is not None
    carys.fill("How it comes again", "On a weekday of the month, such as the last Friday")
    wrong = carys.submit()
    assert wrong is not None
    assert "Choose which one of the month." in wrong.errors.values()
    carys.fill("On a weekday: which one of the month", "Last")
    carys.fill("Which day of the week", "Friday")
    carys.fill("Of which months", ["March", "September"])
    dates = carys.submit()
    assert dates is not None
    assert "Every last Friday of March and September" in dates.text
    assert "Friday 24 September 2027" in dates.text
    assert "Nobody works on Saturday 27 March 2027" in dates.text
    assert "comes on Thursday 25 March 2027" in dates.text, "Friday is Good Friday"
    assert carys.submit() is None
    office.settle()
    assert "changed when Risk log is reviewed: Saturday 27 March 2027" in texts(office, JOAN)

    show(office, JOAN, "Risk log")
    answer(office, JOAN, "Hand over", Who_reviews_it_from_now_on=GARETH, A_word_to_them="It is short.")
    assert "It is short." in gareth.sees("gave you the review of Risk log").text
    show(office, CARYS, "Risk log")
    carys.press("End")
    show(office, GARETH, "Risk log")
    gareth.press("Reviewed, no change")
    carys.fill("Why it is no longer reviewed", "The board keeps its own.")
    assert carys.submit() is None
    office.settle()
    assert "The board keeps its own." in gareth.sees("is no longer reviewed").text
    refused = gareth.submit()
    assert refused is not None
    assert "no longer reviewed" in refused.text


def test_homes_and_digests_show_what_is_due_and_what_was_put_off(sqlite_office: Office) -> None:
    """Own ones and everybody's under their heading; the board's digest has what is for the board, and nothing else."""
    office, carys, joan = sqlite_office, sqlite_office.member(CARYS), sqlite_office.member(JOAN)
    office.change(HANNAH, Role.PROGRAMME_OFFICE)
    add(office, first=date(2026, 11, 30))
    add(office, title="Consents", first=date(2026, 12, 14), board=False)
    add(office, title="Risk log {title}", first=date(2026, 12, 15))
    for who, seen in ((JOAN, ("Communications strategy", "Consents")), (HANNAH, ("Communications strategy",))):
        text = office.member(who).open_home().text.split("Due for review")[1]
        assert all(title in text for title in seen)
        assert ("Consents" in text) is (who == JOAN)
    assert "Communications strategy" in carys.open_home().text.split("Due for review")[1]
    with office.app.database.transaction(office.app.workspace_id) as tx:
        for name, role in (("board", Role.BOARD_MEMBER), ("office", Role.PROGRAMME_OFFICE)):
            digest_records.make(
                tx,
                f"reviews for the {name}",
                [Reader(ReaderKind.ROLE, role=role)],
                title=f"For the {name}",
                is_on=True,
                on_since=office.clock.now(),
                every=Every.WORKING_DAY,
                moment=Moment.OPENS,
                hours_late=3,
                parts=["reviews_due", "reviews_put_off"],
            )
    show(office, JOAN, "Risk")
    answer(office, JOAN, "Put off", Why="No quorum {title}.", Until_when=date(2026, 12, 16))
    show(office, JOAN, "Consents")
    answer(office, JOAN, "Put off", Why="Nobody to ask.", Until_when=date(2026, 12, 30))
    office.wait_until(nine(2026, 11, 24))
    board = joan.sees("For the board").text
    assert "Communications strategy · due Monday 30 November 2026 · Joan Tattersby" in board
    assert "put off by Joan Tattersby from Tuesday 15 December 2026" in board
    assert "No quorum (title)." in board
    assert "Consents" not in board.split("Reviews put off")[0]
    assert "Consents · put off by Joan Tattersby from Monday 14 December 2026" in board
    assert "Consents" in office.member(HANNAH).sees("For the office").text
    office.wait_until(nine(2026, 12, 1))
    latest = [message.text for message in joan.messages() if message.text.startswith("For the board")][-1]
    assert "overdue since Monday 30 November 2026" in latest
    assert "no review has been put off since" in latest.lower()
    assert "1 review is overdue" in said(carys.run("/desk reviews overdue"))
    assert "Nothing with “nonsense” in the title has a review date." in said(carys.run("/desk reviews nonsense"))
