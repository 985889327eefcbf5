"""After a board meeting, all of it: asked for, written, signed, posted, taken home, counted."""

from datetime import UTC, datetime, timedelta

from bot.core import audit
from storage.calendar import CalendarDate, DateKind
from tests.office import AMINA, BEN, CARYS, JOAN, PRESS, Office
from tests.scenarios.test_briefings import MESSAGES, TEXT, audience, posted, sign

TUESDAY_NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_from_the_meeting_to_what_people_said(sqlite_office: Office) -> None:
    """The press channel is asked the working day after; the button there opens the form; nobody is asked again."""
    office, amina, joan = sqlite_office, sqlite_office.member(AMINA), sqlite_office.member(JOAN)
    audience(office, people=())
    with office.app.desk.on_its_own(office.app.workspace_id) as work:
        held_at = work.now + timedelta(hours=2)
        work.tx.add(
            CalendarDate(kind=DateKind.BOARD_MEETING, title="Partnership Board", starts_at=held_at, added_at=work.now)
        )
    office.wait_until(TUESDAY_NINE)
    asked = amina.sees("The key messages of Partnership Board", channel=PRESS)
    amina.press("Write the briefing", on=asked)
    assert amina.form is not None
    assert amina.form.values["Which meeting"] == "Monday 23 November 2026: Partnership Board"
    for number, message in enumerate(MESSAGES, 1):
        amina.fill(f"Key message {number}", message)
    amina.fill("For whom", ["All staff"])
    assert amina.submit() is not None
    assert amina.submit() is None
    office.settle()
    assert "Nothing more is needed" in amina.sees("The key messages of Partnership", channel=PRESS).text
    sign(office)
    assert posted(office, who=BEN) == [TEXT.replace("Thursday 19", "Monday 23").partition("\n\nPapers")[0]]
    joan.press("Passed on", on=joan.sees("Please pass on the key messages of Partnership Board"))
    joan.fill("To whom", "Our team leaders")
    joan.fill("How", "By e-mail")
    joan.fill("What people said", "Will the ward have showers?")
    assert joan.submit() is None
    office.settle()
    messages = [one.text for one in amina.messages(channel=PRESS)]
    assert any("1 of 2 have passed on BRF-1 · " in text for text in messages), "Piers, outside Slack, has not"
    assert any("BRF-1 · Key messages, Partnership Board\n:white_check_mark: Posted today" in text for text in messages)
    home = office.member(CARYS).open_home().text
    assert "What the board owes" in home
    office.wait(days=6)
    assert "Please pass on" not in "".join(one.text for one in joan.messages() if one.text.startswith("Reminder"))
    amina.run("/desk calendar")
    assert amina.form is not None
    assert "Held" in amina.form.text
    assert "Partnership Board" in amina.form.text, "what was held can still be put right"
    assert audit.verify(office.app.database).findings == ()
