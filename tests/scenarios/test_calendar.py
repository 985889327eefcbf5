"""The board's calendar, as the press office and everybody else use it."""

from datetime import UTC, datetime, timedelta

from bot.sandbox import Form
from storage import calendar as records
from storage.calendar import CalendarDate
from tests.office import AMINA, BEN, JOAN, PRESS, Office


def london(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime:
    """Winter time; in summer an hour earlier than it says."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def calendar(office: Office, who: str = AMINA) -> Form:
    shown = office.member(who).run("/desk calendar")
    assert shown.form is not None
    return shown.form


def on_file(office: Office) -> list[CalendarDate]:
    with office.app.database.transaction(office.app.workspace_id, read_only=True) as tx:
        return records.between(tx, office.clock.now() - timedelta(days=400), office.clock.now() + timedelta(days=4000))


def fill_date(
    office: Office,
    starts: datetime,
    who: str = AMINA,
    *,
    kind: str = "Board meeting",
    title: str = "",
    ends: datetime | None = None,
    place: str = "",
    again: bool = False,
) -> Form | None:
    """Fills and sends the form for a new date, which `/desk calendar add` opens."""
    person = office.member(who)
    person.run("/desk calendar add")
    person.fill("What it is", kind)
    person.fill("What it is called", title)
    person.fill("Begins", starts)
    person.fill("Ends", ends)
    person.fill("Where", place)
    if again:
        person.fill("Comes again", ["Yes: next, say how"])
    return person.submit()


def reminders(office: Office) -> list[str]:
    office.settle()
    return [one.text for one in office.member(BEN).messages(channel=PRESS) if "The key messages of" in one.text]


def test_second_tuesday_of_odd_months_and_the_key_messages_after_it(office: Office) -> None:
    """Added by a form that shows the next five dates first; one is moved, one called off; the day after the meeting
    the press channel is asked for the key messages, once, with a button that begins the briefing."""
    amina = office.member(AMINA)
    form = fill_date(office, london(12, 8, 14), ends=london(12, 8, 16), place="Town Hall", again=True)
    assert form is not None
    assert form.values["Which one of the month"] == "Second"
    assert form.values["Weekday"] == "Tuesday"
    amina.fill("In which months", "Odd months: January, March, May …")
    shown = amina.submit()
    assert shown is not None
    assert "Every second Tuesday of odd months" in shown.text
    for day in ("Tue 12 Jan 2027, 14:00", "Tue 9 Mar 2027", "Tue 11 May 2027", "Tue 13 Jul 2027", "Tue 14 Sep 2027"):
        assert day in shown.text
    assert "Tue 8 Dec 2026 itself is not one of them" in shown.text
    assert on_file(office) == [], "nothing is saved before it has been looked at"
    page = amina.submit()
    assert page is not None
    assert "Added." in page.text
    assert [one.starts_at for one in on_file(office)][:4] == [
        london(1, 12, 14, year=2027),
        london(3, 9, 14, year=2027),
        london(5, 11, 13, year=2027),
        london(7, 13, 13, year=2027),
    ], "two o’clock in summer as in winter"
    assert len(on_file(office)) == 7
    amina.close_form()

    assert "Board meeting" in calendar(office, JOAN).text
    assert "Change" not in calendar(office, JOAN).text
    office.wait_until(london(1, 12, 18, year=2027))
    assert reminders(office) == []
    office.wait_until(london(1, 13, 9, year=2027))
    office.wait(minutes=1)
    (asked,) = reminders(office)
    assert "The key messages of Board meeting, Tue 12 Jan 2027 are to go out" in asked
    message = office.member(BEN).sees("The key messages of Board meeting", channel=PRESS)
    assert message.buttons == ["Start the briefing"]
    assert "Due tomorrow at 17:00" in message.text, "close of the second working day after the meeting"
    office.wait(hours=2)
    assert len(reminders(office)) == 1
