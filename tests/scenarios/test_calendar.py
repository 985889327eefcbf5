"""The board's calendar, as the press office and everybody else use it."""

from datetime import UTC, date, datetime, timedelta

from bot.sandbox import Form
from storage import calendar as records
from storage.briefings import Briefing, BriefingStatus
from storage.calendar import CalendarDate
from storage.people import Role
from tests.office import AMINA, BEN, CARYS, ESTHER, JOAN, MONDAY_TEN, PRESS, Office
from tests.scenarios.test_briefings import MESSAGES, audience


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


def tell_in_the_morning(office: Office, part: str) -> None:
    """The morning's digest tells this, and nothing else."""
    carys = office.member(CARYS)
    carys.open_home()
    carys.press_in_home("Change digests")
    carys.fill("Which", "The day ahead")
    assert carys.submit() is not None
    carys.fill("What it tells", [part])
    assert carys.submit() is None


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
    assert message.buttons == ["Write the briefing"]
    assert "Due tomorrow at 17:00" in message.text, "close of the second working day after the meeting"
    office.wait(hours=2)
    assert len(reminders(office)) == 1


def test_a_meeting_is_moved_called_off_and_held_after_all(sqlite_office: Office) -> None:
    """By the programme office too; not by others, who look. A day on which nobody works is shown as such. Homes and a
    digest tell of it; of what is posted already, those who can mend it are told."""
    office = sqlite_office
    office.change(JOAN, Role.PROGRAMME_OFFICE)
    joan, esther = office.member(JOAN), office.member(ESTHER)
    office.member(AMINA).open_home()
    refused = fill_date(office, london(12, 26, 14), JOAN, ends=london(12, 26, 13))
    assert refused is not None
    assert refused.errors == {"Ends": "This is before it begins. Give a later time."}
    joan.fill("Begins", london(11, 26, 14))
    joan.fill("Ends", london(11, 26, 16))
    page = joan.submit()
    assert page is not None
    assert page.buttons == ["Add a date", "Change", "Call off"]
    assert "26 Nov" in office.member(AMINA).sees_in_home("Coming up").text
    joan.press("Change")
    joan.fill("Begins", london(11, 28, 14))
    page = joan.submit()
    assert page is not None
    assert "This is a Saturday, when the office is closed." in page.text

    joan.press("Call off")
    refused = joan.submit()
    assert refused is not None
    assert "Why" in refused.errors
    joan.fill("Why", "Half of the board is ill")
    page = joan.submit()
    assert page is not None
    assert "Called off: Half of the board is ill" in page.text
    assert page.buttons == ["Add a date", "Put it back on"]
    assert calendar(office, ESTHER).buttons == []
    page = joan.press("Put it back on").form
    assert page is not None
    assert "It is on again." in page.text
    joan.close_form()
    assert "Only" in (esther.run("/desk calendar add").text or "")

    (meeting,) = on_file(office)
    with office.app.database.transaction(office.app.workspace_id) as tx:
        briefing = Briefing(number=3, meeting_id=meeting.id, status=BriefingStatus.POSTED, owner_id=office.ids[BEN])
        briefing.chair_id, briefing.started_at, briefing.posted_at = office.ids[JOAN], MONDAY_TEN, MONDAY_TEN
        tx.add(briefing)
    calendar(office, JOAN)
    joan.press("Change")
    joan.fill("Begins", london(11, 27, 14))
    joan.submit()
    office.settle()
    for who in (BEN, CARYS):
        told = office.member(who).sees("BRF-3, its key messages, was posted")
        assert "moved Board meeting, Sat 28 Nov 2026, to" in told.text
        assert "Check whether it names the old day." in told.text
    shown = office.member(BEN).press("Show the date", on=office.member(BEN).sees("BRF-3")).form
    assert shown is not None
    assert "BRF-3, its key messages, was posted." in shown.text


def test_dates_to_come_are_changed_by_another_rule_and_told_in_a_digest(sqlite_office: Office) -> None:
    """The rule is refused with a sentence, seen with its dates, changed once more, and saved as it was seen."""
    office = sqlite_office
    amina = office.member(AMINA)
    fill_date(office, london(12, 1, 10), kind="Group meeting", title="Mental health group", again=True)
    amina.fill("How it comes again", "By a rule of my own (iCalendar)")
    for rule, sentence in (
        ("FREQ=MINUTELY", "This rule comes more than once a day."),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "This rule does not fall on any day."),
    ):
        amina.fill("A rule of my own", rule)
        refused = amina.submit()
        assert refused is not None
        assert sentence in refused.errors["A rule of my own"]
    amina.fill("A rule of my own", "FREQ=WEEKLY;BYDAY=TU;COUNT=30")
    shown = amina.submit()
    assert shown is not None
    assert "Tue 29 Dec 2026, 10:00" in shown.text
    amina.fill("A rule of my own", "FREQ=WEEKLY;BYDAY=FR;COUNT=30")
    shown = amina.submit()
    assert shown is not None
    assert "Fri 25 Dec 2026, 10:00  :warning: a bank holiday" in shown.text
    assert on_file(office) == [], "changed once more, it is shown once more"
    page = amina.submit()
    assert page is not None
    assert page.buttons.count("Change") == 15
    assert "Show next 15 of 15" in page.buttons
    page = amina.press("Show next 15 of 15").form
    assert page is not None
    assert "From the 16th of 30 on" in page.text

    amina.press("Change")
    amina.fill("What to change", "This and all to come, by another rule")
    form = amina.submit()
    assert form is not None
    assert form.values["Weekday"] == "Friday"
    amina.fill("How it comes again", "Every week, or every few weeks")
    amina.fill("Weekday", "Thursday")
    amina.fill("Until", date(2027, 6, 30))
    assert amina.submit() is not None
    page = amina.submit()
    assert page is not None
    assert "Changed." in page.text
    days = {one.starts_at.strftime("%a") for one in on_file(office) if one.starts_at > london(3, 25, 0, year=2027)}
    assert days == {"Thu"}
    amina.close_form()

    tell_in_the_morning(office, "What is in the calendar")
    office.wait_until(london(11, 24, 9))
    told = office.member(BEN).sees("The day ahead", channel=PRESS)
    assert "Mental health group, Fri 4 Dec 2026" in told.text
    assert "Fri 11 Dec" not in told.text, "the next fourteen days"


def test_the_reminder_leads_to_the_briefing_and_ends_with_it(sqlite_office: Office) -> None:
    """It opens the form with the meeting chosen; once it is begun nothing is owed; withdrawn, it is asked for anew."""
    office = sqlite_office
    audience(office)
    fill_date(office, london(11, 23, 11))
    office.member(AMINA).close_form()
    office.member(CARYS).open_home()
    office.wait_until(london(11, 24, 9))
    office.wait(minutes=1)
    ben = office.member(BEN)
    ben.press("Write the briefing", on=ben.sees("The key messages of Board meeting", channel=PRESS))
    assert ben.wait_for_form().values["Which meeting"] == "Monday 23 November 2026: Board meeting"
    ben.close_form()
    assert calendar(office, BEN).buttons[:3] == ["Add a date", "Write the briefing", "Change"]
    office.wait_until(london(11, 25, 17))
    assert "nobody has begun its key-message briefing" in office.member(CARYS).sees_in_home("Late and stuck").text
    assert "Write the briefing" in office.member(CARYS).sees("The key messages of Board meeting").buttons
    ben.press("Write the briefing", on=ben.sees("The key messages of Board meeting", channel=PRESS))
    for number, message in enumerate(MESSAGES, 1):
        ben.fill(f"Key message {number}", message)
    ben.fill("For whom", ["All staff"])
    assert ben.submit() is not None
    office.settle()
    assert "Done. Nothing more is needed." in ben.sees("The key messages of Board meeting", channel=PRESS).text
    assert "nobody has begun" not in office.member(CARYS).open_home().text
